"""Cloud cover: how much of the sky was covered, where and when. Three shapes, told apart by the header.

    from,to,lon,lat,cloud_share                          UTC, one row a place and time, share 0..1
    OBLAST_ID,ACQ_DATE,...,CLOUD_COVER (%)               a day a region; `places` says where the region lies
    date,<place>_cloudcover_mean,...                     a day, one column a place; `places` says where it lies

A day is a day of the feed's time zone. An empty value is not known and gives no row. A value speaks for the
country around it as far as `reach_km`; how far that holds is measured in docs/methods/coverage.md.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from truceline.feeds.context import File, RowRefused, event_day, number, optional_number, position
from truceline.feeds.record import Cloud, Parsed, Trouble
from truceline.feeds.rows import read_rows
from truceline.feeds.table import text_of
from truceline.spacetime import LonLat, When, local_day

NAME = "cloud"
EXPLICIT = ("from", "to", "lon", "lat", "cloud_share")
REGION = ("OBLAST_ID", "ACQ_DATE", "CLOUD_COVER (%)")
MEAN = "_cloudcover_mean"
NAMED_AT_MOST = 5


def parse(data: bytes, file: File) -> Parsed:
    """Cloud of the window. Raises FeedChanged where the file is none of the three shapes."""
    header = [c.strip() for c in text_of(data, feed=file.feed.name, path=file.path).split("\n", 1)[0].split(",")]
    unknown: set[str] = set()
    needed, row_of = _shape([name.strip('"') for name in header], unknown)
    rows = read_rows(data, file, needed=needed, parse=row_of, same=repr if needed == EXPLICIT else None)
    found = [cloud for of_row in rows.found for cloud in of_row if cloud.when.overlaps(file.window)]
    found.sort(key=lambda c: (c.when, c.at, c.line))
    troubles = list(rows.troubles)
    if unknown:
        named = ", ".join(sorted(unknown)[:NAMED_AT_MOST]) + (" and others" if len(unknown) > NAMED_AT_MOST else "")
        what = f"{file.path}: where {named} lies is not said, so its cloud is not used"
        troubles.append(Trouble(file.feed.name, what, "Add it to 'places' of this feed", outage=False))
    return Parsed(clouds=tuple(found), set_aside=rows.set_aside, troubles=tuple(troubles), rows_read=rows.read)


_Row = Callable[[dict[str, str], int, File], tuple[Cloud, ...]]


def _shape(header: list[str], unknown: set[str]) -> tuple[tuple[str, ...], _Row]:
    if set(REGION) <= set(header):
        return REGION, lambda row, line, file: _region(row, line, file, unknown)
    if columns := [name for name in header if name.endswith(MEAN)]:
        return ("date", *columns), lambda row, line, file: _wide(row, columns, line, file, unknown)
    return EXPLICIT, _explicit


def _explicit(row: dict[str, str], line: int, file: File) -> tuple[Cloud, ...]:
    when = _interval(_utc(row["from"], "from"), _utc(row["to"], "to"))
    share = optional_number(row, "cloud_share", least=0, most=1)
    if share is None:
        return ()
    return (Cloud(file.feed.name, file.entry, line, when, position(row, "lon", "lat"), share),)


def _region(row: dict[str, str], line: int, file: File, unknown: set[str]) -> tuple[Cloud, ...]:
    name = row["OBLAST_ID"].strip()
    if not name:
        raise RowRefused("OBLAST_ID is empty")
    when = local_day(event_day(row["ACQ_DATE"], "ACQ_DATE"), file.zone)
    return _of_place(name, row["CLOUD_COVER (%)"], "CLOUD_COVER (%)", when, line, file, unknown)


def _wide(row: dict[str, str], columns: list[str], line: int, file: File, unknown: set[str]) -> tuple[Cloud, ...]:
    when = local_day(event_day(row["date"], "date"), file.zone)
    found: list[Cloud] = []
    for name in columns:
        found += _of_place(name.removesuffix(MEAN), row[name], name, when, line, file, unknown)
    return tuple(found)


def _of_place(
    name: str, raw: str, column: str, when: When, line: int, file: File, unknown: set[str]
) -> tuple[Cloud, ...]:
    if name not in file.feed.places:
        unknown.add(name[:40])
        return ()
    if not raw.strip():
        return ()
    percent = number({column: raw}, column, least=0, most=100)
    return (Cloud(file.feed.name, file.entry, line, when, LonLat(*file.feed.places[name]), percent / 100),)


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
