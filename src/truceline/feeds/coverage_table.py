"""When a feed looked: the CSV a case names under `coverage`. Two shapes, told apart by the header.

    from,to[,west,south,east,north][,looks][,clear_share][,kind]     UTC, one row an interval
    date,coverage                                                    a label a UTC day, explained by `labels`

What a row leaves empty is not known, and stays so. A day that is not in the table was not covered:
an absent row is never read as a full day.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from truceline.errors import FeedChanged
from truceline.feeds.context import File, RowRefused, event_day, optional_number
from truceline.feeds.record import Interval, Parsed
from truceline.feeds.rows import read_rows
from truceline.feeds.table import text_of
from truceline.spacetime import When

KINDS = ("passing", "staring", "feed")


def parse(data: bytes, file: File) -> Parsed:
    """The intervals that meet the window. Raises FeedChanged where the file is neither shape."""
    header = text_of(data, feed=file.feed.name, path=file.path).split("\n", 1)[0]
    labelled = re.search(r"\bcoverage\b", header) is not None
    needed, parse_row = (("date", "coverage"), _labelled) if labelled else (("from", "to"), _explicit)
    rows = read_rows(data, file, needed=needed, parse=parse_row, same=repr)
    if rows.read == 0:
        raise FeedChanged(file.feed.name, f"{file.path} holds a header and no rows", "Ask the source for it again")
    intervals = tuple(i for of_row in rows.found for i in of_row if i.when.overlaps(file.window))
    return Parsed(intervals=intervals, set_aside=rows.set_aside, troubles=rows.troubles)


def _labelled(row: dict[str, str], _line: int, file: File) -> tuple[Interval, ...]:
    label = row["coverage"].strip()
    if label not in file.feed.labels:
        raise RowRefused(f"label {label[:40]!r} is not explained under 'labels' of feed '{file.feed.name}'")
    hours = file.feed.labels[label].strip()
    if not hours:
        return ()
    day = event_day(row["date"], "date")
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    clock = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", hours)
    if clock is None:
        raise RowRefused(f'label {label!r} means {hours!r}; write hours of the UTC day as "00:00-24:00"')
    h1, m1, h2, m2 = map(int, clock.groups())
    start, end = midnight + timedelta(hours=h1, minutes=m1), midnight + timedelta(hours=h2, minutes=m2)
    kind = "staring" if file.feed.staring else "feed"
    return (Interval(file.feed.name, file.entry, _interval(start, end), kind),)


def _explicit(row: dict[str, str], _line: int, file: File) -> tuple[Interval, ...]:
    kind = row.get("kind", "").strip() or ("staring" if file.feed.staring else "passing")
    if kind not in KINDS:
        raise RowRefused(f"kind {kind[:40]!r} is none of {', '.join(KINDS)}")
    looks = optional_number(row, "looks", least=0, most=1000)
    if looks is not None and looks != int(looks):
        raise RowRefused(f"looks {looks:g} is not a whole number")
    interval = Interval(
        feed=file.feed.name,
        entry=file.entry,
        when=_interval(_utc(row["from"], "from"), _utc(row["to"], "to")),
        kind=kind,
        area=_area(row),
        looks=None if looks is None else int(looks),
        clear_share=optional_number(row, "clear_share", least=0, most=1),
    )
    return (interval,)


def _area(row: dict[str, str]) -> tuple[float, float, float, float] | None:
    sides = [
        optional_number(row, "west", least=-180, most=180),
        optional_number(row, "south", least=-90, most=90),
        optional_number(row, "east", least=-180, most=180),
        optional_number(row, "north", least=-90, most=90),
    ]
    known = [side for side in sides if side is not None]
    if not known:
        return None
    if len(known) < 4:
        raise RowRefused("an area needs west, south, east and north")
    west, south, east, north = known
    if south >= north or west >= east:
        raise RowRefused(
            f"the area {west:g},{south:g},{east:g},{north:g} is empty; split it where it crosses 180 degrees"
        )
    return west, south, east, north


def _utc(raw: str, column: str) -> datetime:
    try:
        at = datetime.fromisoformat(raw.strip().replace("Z", "+00:00"))
    except ValueError:
        raise RowRefused(f"{column} {raw[:40]!r} is not a time written 2031-04-19T15:00Z") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _interval(start: datetime, end: datetime) -> When:
    if end <= start:
        raise RowRefused(f"the interval ends at {end.isoformat()}, not after its start {start.isoformat()}")
    return When(start, end)
