"""The form a human observer fills: what was heard, seen or recorded, from where, and the hours on watch.

    means,from_utc,to_utc,lon,lat,range_min_m,range_max_m,bearing_deg,bearing_width_deg,event_class,
    count_kind,count,patrol,hear_km,see_km,note

One row an observation, or, with `on_watch` for means, a stretch of watch: its exposure. The position is the
observer's own. What was heard lies in a band of ranges and a span of bearings around it, and is kept as
that ring sector, never as a point. What the form leaves empty is not known. docs/feeds.md has every column.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from truceline.feeds.context import File, RowRefused, number, optional_number, position
from truceline.feeds.record import Interval, Parsed, Report
from truceline.feeds.rows import read_rows
from truceline.spacetime import RingSector, When, Where
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

NAME = "patrol"
COLUMNS = (
    "means", "from_utc", "to_utc", "lon", "lat", "range_min_m", "range_max_m", "bearing_deg", "bearing_width_deg",
    "event_class", "count_kind", "count", "patrol", "hear_km", "see_km", "note",
)  # fmt: skip
MEANS = ("heard", "saw", "recorded")
ON_WATCH = "on_watch"
COUNTS = ("exact", "about", "at_least")
MOST_RANGE_M = 100_000.0  # beyond this nobody hears or sees an act of fire from the ground
UNKNOWN_RANGE_M = 15_000.0  # the band where the form gives none: a gun is heard that far on a still night
MOST_WATCH_H = 48.0  # a longer stretch is a slip of the pen


def parse(data: bytes, file: File) -> Parsed:
    """Reports and watches of the window. Raises FeedChanged where the file is not such a form."""
    rows = read_rows(data, file, needed=COLUMNS[:13], parse=_row, dated=_when, same=_key)
    reports = tuple(r for r in rows.found if isinstance(r, Report) and r.when.overlaps(file.window))
    watches = tuple(r for r in rows.found if isinstance(r, Interval) and r.when.overlaps(file.window))
    return Parsed(
        reports=reports, intervals=watches, set_aside=rows.set_aside, troubles=rows.troubles, rows_read=rows.read
    )


def _key(record: Report | Interval) -> str:
    return record.id if isinstance(record, Report) else repr(record)


def _row(row: dict[str, str], line: int, file: File) -> Report | Interval:
    means = row["means"].strip().lower()
    if means == ON_WATCH:
        return _watch(row, file)
    if means not in MEANS:
        raise RowRefused(f"means {means[:40]!r} is none of {', '.join((*MEANS, ON_WATCH))}")
    patrol = row["patrol"].strip()[:80]
    ring = _ring(row)
    count_kind, count = _count(row)
    return Report(
        id=file.key(*(row[name].strip() for name in COLUMNS[:13])),
        feed=file.feed.name,
        entry=file.entry,
        line=line,
        when=_when(row, file),
        where=Where(ring.observer, ring.far_m),
        place="",
        event_class=_class(row["event_class"]),
        labels=(),
        text=_words(means, patrol, count_kind, count),
        origin=Origin.MONITOR,
        origin_reason=f"filled in by {patrol or 'an observer'} of the mission",
        party=None,
        root=f"monitor:{file.publisher}:{patrol}" if patrol else f"monitor:{file.publisher}",
        article=file.key(line),
        ring=ring,
        means=means,
        count=count,
        count_kind=count_kind,
    )


def _watch(row: dict[str, str], file: File) -> Interval:
    """Hours on watch over a disc. How far the patrol hears and sees must be told, or nobody knows what it covers."""
    when = _when(row, file)
    if when.hours > MOST_WATCH_H:
        raise RowRefused(f"a watch of {when.hours:.0f} hours is longer than {MOST_WATCH_H:.0f}")
    place = position(row, "lon", "lat")
    hear_km = optional_number(row, "hear_km", least=0, most=MOST_RANGE_M / 1000)
    see_km = optional_number(row, "see_km", least=0, most=MOST_RANGE_M / 1000)
    if hear_km is None and see_km is None:
        raise RowRefused("a watch needs hear_km or see_km: without them nobody knows what it covers")
    disc = (place, (hear_km or 0.0) * 1000, (see_km or 0.0) * 1000)
    return Interval(file.feed.name, file.entry, when, "staring", disc=disc)


def _ring(row: dict[str, str]) -> RingSector:
    place = position(row, "lon", "lat")
    near = optional_number(row, "range_min_m", least=0, most=MOST_RANGE_M)
    far = optional_number(row, "range_max_m", least=0, most=MOST_RANGE_M)
    if near is not None and far is None:
        raise RowRefused("range_min_m without range_max_m: give both ends of the band, or neither")
    bearing = optional_number(row, "bearing_deg", least=0, most=360)
    width = optional_number(row, "bearing_width_deg", least=0, most=360)
    if bearing is None and width is not None:
        raise RowRefused("bearing_width_deg without bearing_deg")
    try:
        return RingSector(
            place, near or 0.0, UNKNOWN_RANGE_M if far is None else far, bearing,
            None if bearing is None else width or 45.0,
        )  # fmt: skip
    except ValueError as error:
        raise RowRefused(str(error)) from None


def _class(raw: str) -> EventClass:
    """The class of the form; left empty it is a bang nobody could tell the kind of."""
    name = raw.strip().lower()
    if not name:
        return EventClass.EXPLOSION_UNDETERMINED
    try:
        return EventClass(name)
    except ValueError:
        raise RowRefused(f"event_class {name[:40]!r} is none of docs/event-classes.md") from None


def _count(row: dict[str, str]) -> tuple[str | None, int | None]:
    kind = row["count_kind"].strip().lower()
    if not row["count"].strip():
        if kind:
            raise RowRefused(f"count_kind {kind[:20]!r} without a count")
        return None, None
    if kind not in COUNTS:
        raise RowRefused(f"count_kind {kind[:20]!r} is none of {', '.join(COUNTS)}")
    value = number(row, "count", least=0, most=100_000)
    if value != int(value):
        raise RowRefused(f"count {value:g} is not a whole number")
    return kind, int(value)


def _words(means: str, patrol: str, kind: str | None, count: int | None) -> str:
    """The row in words, without its position: positions leave as cells only."""
    many = "" if count is None else f" {str(kind).replace('_', ' ')} {count}".replace(" exact", "")
    return f"{patrol or 'An observer'} {means}{many}"


def _when(row: dict[str, str], _file: File) -> When:
    start, end = (_utc(row[name], name) for name in ("from_utc", "to_utc"))
    if end <= start:
        raise RowRefused(f"to_utc {row['to_utc'].strip()[:40]!r} is not after from_utc")
    return When(start, end)


def _utc(raw: str, column: str) -> datetime:
    raw = raw.strip()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|\+00:00)", raw):
        raise RowRefused(f"{column} {raw[:40]!r} is not a UTC time written 2031-04-19T15:00Z")
    try:
        return datetime.fromisoformat(raw.replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        raise RowRefused(f"{column} {raw[:40]!r} is not a UTC time written 2031-04-19T15:00Z") from None
