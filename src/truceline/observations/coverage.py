"""Coverage: who could have seen what, in which sector, on this day.

    intervals less outages --per point of the sector--> looks, watched hours --sees--> observability

A sector is sampled along its path; at each point the looks and the watched time of every feed are
taken exactly, then averaged. With p the declared P(seen | happened) of a class for one clear look (or
for a whole day on watch), an event being equally likely at any time and place of the sector-day:

    a passing feed    1 - prod over looks of (1 - p * clear_share)
    a staring feed    p * (watched time / length of the day)
    all feeds         1 - prod over feeds of (1 - each)

What is not known adds nothing to that product, so the figure can only be too low; where nothing is
known at all it is null. `p` is the case's declared prior (`sees`), printed as such.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.feeds import FEEDS
from truceline.feeds.record import Interval, SetAside, Trouble
from truceline.ground.sectors import Sector
from truceline.observations.schema import COVERAGE
from truceline.spacetime import LonLat, When, iso
from truceline.terms.agreement import FeedTerms
from truceline.terms.event_class import PERCEIVED_BY, EventClass, Perceived
from truceline.terms.party import Origin

M_PER_DEG = 111_195.0  # of latitude, on a sphere of the mean radius 6,371,008.8 m (IUGG)
_STEP_KM = 2.0  # a watch area or a swath edge is known no better than this


@dataclass(frozen=True)
class _Seen:
    """What one feed could see in one sector: at each sample point, in one day."""

    feed: FeedTerms
    looks: int
    looks_unknown: bool
    clear: tuple[float, ...]
    clear_unknown: bool
    missed_per_look: tuple[tuple[np.ndarray, float], ...]  # (points under the look, clear share), known looks only
    watched_h: np.ndarray  # in hearing or in sight of somebody on watch
    in_sight_h: np.ndarray  # in sight alone: what makes no sound is perceived by nobody else


def cover(
    sectors: Sequence[Sector],
    day: When,
    *,
    feeds: Sequence[FeedTerms],
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    classes: Sequence[EventClass],
    set_aside: Sequence[SetAside] = (),
    stale_map: str | None = None,
) -> pa.Table:
    """Coverage of every sector and class on a day, in the form of `COVERAGE`.

    Args:
        sectors: Of the line.
        day: The period of the bulletin.
        feeds: With what their means can see.
        intervals: When they looked.
        troubles: What went wrong with them.
        set_aside: Rows that could not be used: each may have told of an event.
        classes: The classes asked about.
        stale_map: The map feed's name, where an older map stands in for the day's: then nobody knows
            which sector an event of that day belongs to, and none is called quiet.
    """
    open_time = {feed.name: _open_time(feed, day, intervals, troubles) for feed in feeds}
    stale = () if stale_map is None else (stale_map,)
    failed = [feed for feed in feeds if _failed(feed, day, intervals, troubles, set_aside)]
    intervals = [one for one in intervals if one.when.overlaps(day)]
    rows: list[dict[str, Any]] = []
    for sector in sectors:
        points = _sample(sector)
        here = [feed for feed in feeds if feed.area is None or _inside(feed.area, points).any()]
        reasons = limits(day, feeds=here, intervals=intervals, troubles=troubles)
        seen = [_seen(feed, open_time[feed.name], points) for feed in feeds if open_time[feed.name]]
        looks: int | None = sum(s.looks for s in seen)
        if any(s.looks_unknown for s in seen):
            looks = None
        clear = [share for s in seen for share in s.clear]
        cloud_unknown = any(s.clear_unknown for s in seen)
        watched = math.fsum(s.watched_h.mean() for s in seen)
        rows += [
            {
                "sector": sector.id,
                "event_class": str(event),
                "looks": looks,
                "watched_h": round(watched, 3),
                "clear_share": round(math.fsum(clear) / len(clear), 3) if clear and not cloud_unknown else None,
                "observability": _observability(seen, event, day.hours, len(points)),
                "silent_feeds": [*stale, *(f.name for f in failed if _could_tell(f, event, points))],
                "reasons": list(reasons),
            }
            for event in classes
        ]
    return pa.Table.from_pylist(rows, schema=COVERAGE)


def _failed(
    feed: FeedTerms,
    day: When,
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    set_aside: Sequence[SetAside],
) -> bool:
    """Whether a feed was out for any part of the day, covered nothing of it, or a row of the day was unusable."""
    refused = (s for s in set_aside if s.feed == feed.name and not s.repeats)
    if any(s.when is None or s.when.overlaps(day) for s in refused):
        return True
    if any(When(o.start, o.end).overlaps(day) for o in feed.outages):
        return True
    if any(t.feed == feed.name and t.outage and (t.when is None or t.when.overlaps(day)) for t in troubles):
        return True
    mine = [i for i in intervals if i.feed == feed.name]
    # A table of days says when the feed delivered at all; a table of passes or watches has gaps by nature.
    by_days = bool(mine) and all(i.kind == "feed" for i in mine)
    return by_days and not any(i.when.overlaps(day) for i in mine)


def _could_tell(feed: FeedTerms, event: EventClass, points: np.ndarray) -> bool:
    """Whether a feed, had it not failed, could have told of such an event in a sector.

    A sector is called quiet only where every feed that could have said otherwise was heard: else losing a
    file could make the line quieter. A party's channel never made a sector active, so its loss hides nothing.
    """
    tells = FEEDS[feed.kind].tells
    if feed.origin is Origin.PARTY or tells == "nothing":
        return False
    if tells == "heat" and event is not EventClass.FIRE_UNDETERMINED:
        return False
    return feed.area is None or bool(_inside(feed.area, points).any())


def limits(
    day: When, *, feeds: Sequence[FeedTerms], intervals: Sequence[Interval], troubles: Sequence[Trouble]
) -> tuple[str, ...]:
    """What limited the watch on a day, one sentence each, in the order of the feeds."""
    said: list[str] = []
    for feed in feeds:
        said += [
            f"{feed.name}: {t.what}"
            for t in troubles
            if t.feed == feed.name and t.outage and (t.when is None or t.when.overlaps(day))
        ]
        said += [
            f"{feed.name}: outage {iso(o.start)} to {iso(o.end)}, {o.reason}"
            for o in feed.outages
            if When(o.start, o.end).overlaps(day)
        ]
        mine = [i for i in intervals if i.feed == feed.name and i.when.overlaps(day)]
        covered = merge(part for i in mine if (part := i.when.meet(day)) is not None)
        hours = math.fsum(part.hours for part in covered)
        if feed.coverage is not None and not covered:
            said.append(f"{feed.name}: covers nothing of this day")
        elif any(i.kind == "feed" for i in mine) and hours < day.hours - 0.01:
            said.append(f"{feed.name}: covers only " + ", ".join(f"{iso(p.start)} to {iso(p.end)}" for p in covered))
        if any(i.kind == "feed" or (i.kind == "passing" and i.looks is None) for i in mine):
            said.append(f"{feed.name}: when and where its sensor passed is not known")
        if any(i.kind != "staring" and i.clear_share is None for i in mine):
            said.append(f"{feed.name}: cloud over the line is not known")
    return tuple(dict.fromkeys(said))


def merge(spans: Iterable[When]) -> list[When]:
    """Overlapping or touching intervals joined, in order."""
    joined: list[When] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = When(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(When(span.start, span.end))
    return joined


def without(span: When, gaps: Sequence[When]) -> list[When]:
    """What is left of an interval when the gaps are taken out."""
    left, start = [], span.start
    for gap in merge(gaps):
        if gap.end <= start or gap.start >= span.end:
            continue
        if gap.start > start:
            left.append(When(start, gap.start))
        start = max(start, gap.end)
    if start < span.end:
        left.append(When(start, span.end))
    return left


def _sample(sector: Sector) -> np.ndarray:
    """Points (lon, lat) spread evenly along a sector, at most `_STEP_KM` apart, shape (n, 2)."""
    n = max(2, math.ceil(sector.length_km / _STEP_KM) + 1)
    spots = [sector.path.interpolate(share, normalized=True) for share in np.linspace(0, 1, n)]
    return np.array([(spot.x, spot.y) for spot in spots])


def _open_time(
    feed: FeedTerms, day: When, intervals: Sequence[Interval], troubles: Sequence[Trouble]
) -> list[tuple[Interval, list[When]]]:
    """The feed's intervals on the day, less its outages."""
    gaps = [When(o.start, o.end) for o in feed.outages]
    gaps += [t.when or day for t in troubles if t.feed == feed.name and t.outage]
    found = []
    for interval in intervals:
        on_day = _on(interval, day) if interval.feed == feed.name else None
        if on_day is not None and (parts := without(on_day, gaps)):
            found.append((interval, parts))
    return found


def _on(interval: Interval, day: When) -> When | None:
    """The part of an interval that counts for the day: a pass, a matter of minutes, counts where its middle lies."""
    if interval.kind == "passing" and interval.when.hours <= 1:
        return interval.when if day.holds(interval.when.middle) else None
    return interval.when.meet(day)


def _seen(feed: FeedTerms, open_time: list[tuple[Interval, list[When]]], points: np.ndarray) -> _Seen:
    looks, looks_unknown, clear_unknown = 0, False, False
    clear: list[float] = []
    per_look: list[tuple[np.ndarray, float]] = []
    watched: list[list[When]] = [[] for _ in points]
    in_sight: list[list[When]] = [[] for _ in points]
    for interval, parts in open_time:
        under = _under(interval, points)
        if not under.any():
            continue
        if interval.kind == "staring":
            for i in np.flatnonzero(under):
                watched[i] += parts
            for i in np.flatnonzero(_in_sight(interval, points)):
                in_sight[i] += parts
        elif interval.kind == "feed" or interval.looks is None or not _whole(interval, parts):
            looks_unknown = True
        else:
            looks += interval.looks
            clear_unknown |= interval.clear_share is None
            if interval.clear_share is not None:
                clear += [interval.clear_share] * interval.looks
                per_look += [(under, interval.clear_share)] * interval.looks
    return _Seen(
        feed, looks, looks_unknown, tuple(clear), clear_unknown, tuple(per_look), _hours(watched), _hours(in_sight)
    )


def _hours(spans_of_points: Iterable[list[When]]) -> np.ndarray:
    return np.array([math.fsum(span.hours for span in merge(spans)) for spans in spans_of_points])


def _whole(interval: Interval, parts: Sequence[When]) -> bool:
    """Whether all of an interval lies in the day and outside outages; else nobody knows how many looks do."""
    return len(parts) == 1 and (parts[0].start, parts[0].end) == (interval.when.start, interval.when.end)


def _under(interval: Interval, points: np.ndarray) -> np.ndarray:
    if interval.disc is not None:
        observer, hear_m, see_m = interval.disc
        return _away_m(observer, points) <= max(hear_m, see_m)
    return np.ones(len(points), dtype=bool) if interval.area is None else _inside(interval.area, points)


def _in_sight(interval: Interval, points: np.ndarray) -> np.ndarray:
    """Points an observer sees; a watch declared by a box hears and sees alike."""
    if interval.disc is None:
        return _under(interval, points)
    observer, _, see_m = interval.disc
    return _away_m(observer, points) <= see_m


def _away_m(observer: LonLat, points: np.ndarray) -> np.ndarray:
    """Metres from an observer in the plane that touches there; good to 0.1 % within 100 km."""
    east = (points[:, 0] - observer.lon) * math.cos(math.radians(observer.lat))
    away: np.ndarray = np.hypot(east, points[:, 1] - observer.lat) * M_PER_DEG
    return away


def _inside(area: tuple[float, float, float, float], points: np.ndarray) -> np.ndarray:
    west, south, east, north = area
    lon, lat = points[:, 0], points[:, 1]
    inside: np.ndarray = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return inside


def _observability(seen: Sequence[_Seen], event: EventClass, day_h: float, n_points: int) -> float | None:
    """P(seen | happened) from what is known; None where only the unknown could have seen it."""
    missed = np.ones(n_points)
    known = unknown = False
    for one in seen:
        looked = one.looks > 0 or bool(one.watched_h.any())
        if event not in one.feed.sees:
            unknown |= not one.feed.sees and (looked or one.looks_unknown)
            continue
        p = one.feed.sees[event]
        unknown |= one.looks_unknown or one.clear_unknown
        known |= bool(one.missed_per_look) or bool(one.watched_h.any())
        for under, clear in one.missed_per_look:
            missed = np.where(under, missed * (1 - p * clear), missed)
        hours = one.watched_h if Perceived.EAR in PERCEIVED_BY[event] else one.in_sight_h
        missed = missed * (1 - p * np.minimum(hours / day_h, 1.0))
    if not known and unknown:
        return None
    return round(float(1 - missed.mean()), 6)
