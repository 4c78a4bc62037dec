"""Exposure: what every feed looked at on a day, at every place of the line, before anybody asks for which class.

    sectors --sample--> places;  intervals less outages, passes, cloud --expose--> Exposure

A place is a point of a sector's path, at most 2 km from the next. A passing feed gives looks, each with the
places under it and how clear it was there; a staring feed gives hours. A feed that only says that it delivered
gives looks where its satellites' orbits are known, and otherwise "not known".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from truceline.feeds.record import Cloud, Elements, Interval, Trouble
from truceline.ground.sectors import Sector
from truceline.observations.clouds import Clear, Clouds
from truceline.observations.passes import Pass, Sky, passes
from truceline.observations.spans import merge, without
from truceline.spacetime import LonLat, When
from truceline.terms.agreement import FeedTerms

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

M_PER_DEG = 111_195.0  # of latitude, on a sphere of the mean radius 6,371,008.8 m (IUGG)
_STEP_KM = 2.0  # a watch area or a swath edge is known no better than this


@dataclass(frozen=True)
class Look:
    """One look of a passing feed (or `count` alike, where its table says so).

    Attributes:
        at: When; the middle of the pass.
        under: Places it looked at, shape (m,).
        at_s: Seconds from the day's start at each place, where the pass was computed.
        clear: Share free of cloud at each place, NaN where not known.
        shared: Key of the cloud value it goes by; None where the share is this look's own.
        satellite: Which, where it was computed.
    """

    at: datetime
    under: Mask
    at_s: Floats
    clear: Floats
    shared: str | None = None
    count: int = 1
    satellite: str | None = None


@dataclass(frozen=True)
class Watch:
    """Somebody on watch: which places, in which parts of the day; what is out of sight may be in hearing."""

    under: Mask
    in_sight: Mask
    parts: tuple[When, ...]


@dataclass(frozen=True)
class Seen:
    """What one feed looked at.

    Attributes:
        unknown: Places over which nobody knows when it looked.
        unknown_parts: In which parts of the day that is so.
        watched_h, in_sight_h: Hours in which each place was in hearing or sight, and in sight alone.
    """

    feed: FeedTerms
    looks: tuple[Look, ...]
    watches: tuple[Watch, ...]
    unknown: Mask
    unknown_parts: tuple[When, ...]
    watched_h: Floats
    in_sight_h: Floats


@dataclass(frozen=True)
class Exposure:
    """Every feed over every place.

    Attributes:
        points: (lon, lat) of the places, degrees, shape (m, 2), sector by sector.
        starts: Where each sector's places begin, shape (n_sectors,).
        skies: By feed, what the orbits say; only of feeds that name their satellites.
    """

    day: When
    sectors: tuple[Sector, ...]
    points: Floats
    starts: NDArray[np.int64]
    seen: tuple[Seen, ...]
    skies: Mapping[str, Sky]

    def mean(self, values: Floats) -> Floats:
        """Mean of a figure over the places of each sector."""
        sizes = np.diff(np.append(self.starts, len(self.points)))
        means: Floats = np.add.reduceat(values, self.starts) / sizes
        return means

    def clear(self, look: Look) -> Floats:
        """Clear share of a look over what it saw of each sector; NaN where it saw nothing of it."""
        sizes = np.add.reduceat(look.under.astype(float), self.starts)
        total = np.add.reduceat(np.where(look.under, np.nan_to_num(look.clear), 0.0), self.starts)
        told = look.clear[look.under & ~np.isnan(look.clear)]
        share = total / np.maximum(sizes, 1)
        if told.size and (told == told[0]).all() and told.size == look.under.sum():
            share = np.full(len(sizes), told[0])  # one value everywhere is that value, to the last digit
        return np.where(sizes > 0, share, np.nan)

    def any(self, mask: Mask) -> Mask:
        """Whether it is so at any place of each sector."""
        found: Mask = np.logical_or.reduceat(mask, self.starts)
        return found


def expose(
    sectors: Sequence[Sector],
    day: When,
    *,
    feeds: Sequence[FeedTerms],
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    orbits: Sequence[Elements] = (),
    clouds: Sequence[Cloud] = (),
) -> Exposure:
    """What every feed looked at on a day.

    Args:
        sectors: Of the line.
        day: The period of the bulletin.
        feeds: Of the case.
        intervals: When they looked or delivered.
        troubles: What went wrong with them; an outage takes its time away.
        orbits: Elements of their satellites.
        clouds: Cloud values of the cloud feeds.
    """
    samples = [_sample(sector) for sector in sectors]
    points = np.concatenate(samples) if samples else np.empty((0, 2))
    starts = np.cumsum([0, *(len(s) for s in samples[:-1])]) if samples else np.zeros(0, dtype=np.int64)
    if not samples:
        return Exposure(day, (), points, starts, (), {})
    reach = {f.name: f.reach_km for f in feeds}
    skies = {f.name: passes(f, orbits, points, day) for f in feeds if f.orbits is not None}
    seen = []
    for feed in feeds:
        if open_time := _open_time(feed, day, intervals, troubles):
            cloud = Clouds(feed.cloud, reach[feed.cloud], clouds, points, day) if feed.cloud in reach else None
            seen.append(_seen(feed, open_time, points, day, skies.get(feed.name), cloud))
    return Exposure(day, tuple(sectors), points, starts, tuple(seen), skies)


def inside(area: tuple[float, float, float, float], points: Floats) -> Mask:
    """Points in a box of (west, south, east, north) degrees."""
    west, south, east, north = area
    lon, lat = points[:, 0], points[:, 1]
    found: Mask = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    return found


def _sample(sector: Sector) -> Floats:
    """Points (lon, lat) spread evenly along a sector, at most `_STEP_KM` apart, shape (n, 2)."""
    n = max(2, math.ceil(sector.length_km / _STEP_KM) + 1)
    spots = [sector.path.interpolate(share, normalized=True) for share in np.linspace(0, 1, n)]
    return np.array([(spot.x, spot.y) for spot in spots])


_Open = list[tuple[Interval, list[When]]]


def _open_time(feed: FeedTerms, day: When, intervals: Sequence[Interval], troubles: Sequence[Trouble]) -> _Open:
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


def _seen(feed: FeedTerms, open_time: _Open, points: Floats, day: When, sky: Sky | None, cloud: Clouds | None) -> Seen:
    looks: list[Look] = []
    watches: list[Watch] = []
    unknown, unknown_parts = np.zeros(len(points), dtype=bool), list[When]()
    delivered: dict[tuple[float, float, float, float] | None, list[When]] = {}
    for interval, parts in open_time:
        if interval.kind == "feed" and sky is not None:
            delivered.setdefault(interval.area, []).extend(parts)
            continue
        under = _under(interval, points)
        if not under.any():
            continue
        if interval.kind == "staring":
            watches.append(Watch(under, _in_sight(interval, points), tuple(parts)))
        elif interval.kind == "feed" or interval.looks is None or not _whole(interval, parts):
            unknown |= under
            unknown_parts += parts
        elif interval.looks:
            looks.append(_declared(interval, interval.looks, under, day, cloud))
    for area, spans in delivered.items():
        there = np.ones(len(points), dtype=bool) if area is None else inside(area, points)
        if sky is None or not there.any():
            continue
        got = merge(spans)
        looks += [look for one in sky.passes if (look := _computed(one, got, there, day, cloud)) is not None]
        if sky.missing:
            unknown |= there
            unknown_parts += got
    looks.sort(key=lambda look: look.at)
    return Seen(
        feed,
        tuple(looks),
        tuple(watches),
        unknown,
        tuple(merge(unknown_parts)),
        _hours(watches, [w.under for w in watches], len(points)),
        _hours(watches, [w.in_sight for w in watches], len(points)),
    )


def _declared(interval: Interval, count: int, under: Mask, day: When, cloud: Clouds | None) -> Look:
    """A look as a table tells it; its own clear share, where it has one, goes before the cloud feed's."""
    at = interval.when.middle
    at_s = np.full(len(under), (at - day.start).total_seconds())
    if interval.clear_share is not None or cloud is None:
        share = np.nan if interval.clear_share is None else interval.clear_share
        return Look(at, under, at_s, np.full(len(under), share), None, count)
    clear = cloud.at(at)
    return Look(at, under, at_s, clear.share, clear.key or None, count)


def _computed(one: Pass, delivered: Sequence[When], there: Mask, day: When, cloud: Clouds | None) -> Look | None:
    """A computed pass as far as its picture was delivered; None where it was not."""
    got = np.zeros(len(there), dtype=bool)
    for part in delivered:
        start, end = ((at - day.start).total_seconds() for at in (part.start, part.end))
        got |= (one.at_s >= start) & (one.at_s < end)
    under = one.under & there & got
    if not under.any():
        return None
    at = day.start + timedelta(seconds=float(np.round(one.at_s[under].mean())))
    clear = Clear(np.full(len(under), np.nan), "") if cloud is None else cloud.at(at)
    return Look(at, under, one.at_s, clear.share, clear.key or None, 1, one.satellite)


def _under(interval: Interval, points: Floats) -> Mask:
    """Points an interval is about: hearing or sight of an observer, a box, or everywhere."""
    if interval.disc is not None:
        observer, hear_m, see_m = interval.disc
        return _away_m(observer, points) <= max(hear_m, see_m)
    return np.ones(len(points), dtype=bool) if interval.area is None else inside(interval.area, points)


def _in_sight(interval: Interval, points: Floats) -> Mask:
    """Points an observer sees; a watch declared by a box hears and sees alike."""
    if interval.disc is None:
        return _under(interval, points)
    observer, _, see_m = interval.disc
    return _away_m(observer, points) <= see_m


def _away_m(observer: LonLat, points: Floats) -> Floats:
    """Metres from an observer in the plane that touches there; good to 0.1 % within 100 km."""
    east = (points[:, 0] - observer.lon) * math.cos(math.radians(observer.lat))
    away: Floats = np.hypot(east, points[:, 1] - observer.lat) * M_PER_DEG
    return away


def _hours(watches: Sequence[Watch], masks: Sequence[Mask], n_points: int) -> Floats:
    """Hours of each point under any of the watches; points under the same ones are reckoned once."""
    hours = np.zeros(n_points)
    if not watches:
        return hours
    patterns, which = np.unique(np.array(masks), axis=1, return_inverse=True)
    for number, pattern in enumerate(patterns.T):
        spans: Iterable[When] = (part for n in np.flatnonzero(pattern) for part in watches[int(n)].parts)
        hours[which.ravel() == number] = math.fsum(span.hours for span in merge(spans))
    return hours


def _whole(interval: Interval, parts: Sequence[When]) -> bool:
    """Whether all of an interval lies in the day and outside outages; else nobody knows how many looks do."""
    return len(parts) == 1 and (parts[0].start, parts[0].end) == (interval.when.start, interval.when.end)
