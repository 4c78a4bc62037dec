"""Coverage: who could have seen what, in which sector, on this day.

    Exposure --per place of the sector, sees--> looks, watched hours, observability

A sector is sampled along its path; at each place the looks and the watched time of every feed are
taken exactly, then averaged. With p the declared P(seen | happened) of a class for one clear look (or
for a whole day on watch), an event being equally likely at any time and place of the sector-day:

    looks with a clear share of their own     missed = prod over looks of (1 - p * clear)
    looks that go by one cloud value          missed = 1 - clear + clear * prod over looks of (1 - p)
    a staring feed                            missed = 1 - p * (watched time / length of the day)
    all together                              1 - prod of what each misses

The second line takes the cloud of one value to have lain still, which is the least that can be claimed. What is
not known adds nothing to the product, so the figure can only be too low; where nothing is known at all it
is null. `p` is the case's declared prior (`sees`), printed as such.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.feeds import FEEDS
from truceline.feeds.record import Cloud, Elements, Interval, SetAside, Trouble
from truceline.ground.sectors import Sector
from truceline.observations.exposure import Exposure, Floats, Mask, Seen, expose, inside
from truceline.observations.limits import limits
from truceline.observations.schema import COVERAGE
from truceline.observations.spans import merge
from truceline.spacetime import When
from truceline.terms.agreement import FeedTerms
from truceline.terms.event_class import PERCEIVED_BY, EventClass, Perceived
from truceline.terms.party import Origin


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
    orbits: Sequence[Elements] = (),
    clouds: Sequence[Cloud] = (),
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
        orbits: Elements of the feeds' satellites.
        clouds: Cloud values of the cloud feeds.
    """
    exposure = expose(sectors, day, feeds=feeds, intervals=intervals, troubles=troubles, orbits=orbits, clouds=clouds)
    return covered(
        exposure,
        feeds=feeds,
        intervals=intervals,
        troubles=troubles,
        classes=classes,
        set_aside=set_aside,
        stale_map=stale_map,
    )


def covered(
    exposure: Exposure,
    *,
    feeds: Sequence[FeedTerms],
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    classes: Sequence[EventClass],
    set_aside: Sequence[SetAside] = (),
    stale_map: str | None = None,
) -> pa.Table:
    """The same of an exposure that is already known."""
    if not exposure.sectors:
        return pa.Table.from_pylist([], schema=COVERAGE)
    day, n = exposure.day, len(exposure.sectors)
    failed = [feed for feed in feeds if has_failed(feed, day, intervals, troubles, set_aside)]
    stale = () if stale_map is None else (stale_map,)
    reaches = {feed.name: _reaches(feed, exposure) for feed in feeds}
    per_sector = _looks(exposure)
    known_cloud = cloud_known(exposure)
    by_here: dict[tuple[bool, ...], list[str]] = {}
    reasons = []
    for i in range(n):
        here = tuple(bool(reaches[feed.name][i]) for feed in feeds)
        if here not in by_here:
            by_here[here] = list(
                limits(
                    day,
                    feeds=[f for f, is_here in zip(feeds, here, strict=True) if is_here],
                    intervals=intervals,
                    troubles=troubles,
                    skies=exposure.skies,
                    cloud_known=known_cloud,
                )
            )
        reasons.append(by_here[here])
    seen = {event: _observability(exposure, event) for event in classes}
    rows: list[dict[str, Any]] = [
        {
            "sector": sector.id,
            "event_class": str(event),
            **per_sector[i],
            "observability": seen[event][i],
            "silent_feeds": [*stale, *(f.name for f in failed if _could_tell(f, event) and reaches[f.name][i])],
            "reasons": reasons[i],
        }
        for i, sector in enumerate(exposure.sectors)
        for event in classes
    ]
    return pa.Table.from_pylist(rows, schema=COVERAGE)


def cloud_known(exposure: Exposure) -> frozenset[str]:
    """Feeds whose every look has a clear share over all it looked at, and whose every look is known."""
    return frozenset(
        one.feed.name
        for one in exposure.seen
        if one.looks and not one.unknown.any() and not any(np.isnan(k.clear[k.under]).any() for k in one.looks)
    )


def _looks(exposure: Exposure) -> list[dict[str, Any]]:
    """Looks, watched hours and clear share of each sector, whatever the class."""
    n = len(exposure.sectors)
    looks, unknown, dark = np.zeros(n, dtype=int), np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    clear: list[list[float]] = [[] for _ in range(n)]
    watched = np.zeros((len(exposure.seen), n))
    for number, one in enumerate(exposure.seen):
        unknown |= exposure.any(one.unknown)
        watched[number] = exposure.mean(one.watched_h)
        for look in one.looks:
            under = exposure.any(look.under)
            looks += look.count * under
            dark |= exposure.any(look.under & np.isnan(look.clear))
            share = exposure.clear(look)
            for i in np.flatnonzero(under):
                clear[i] += [float(share[i])] * look.count
    return [
        {
            "looks": None if unknown[i] else int(looks[i]),
            "watched_h": round(math.fsum(watched[:, i]), 3),
            "clear_share": round(math.fsum(clear[i]) / len(clear[i]), 3) if clear[i] and not dark[i] else None,
        }
        for i in range(n)
    ]


def _observability(exposure: Exposure, event: EventClass) -> list[float | None]:
    """P(seen | happened) of each sector from what is known; None where only the unknown could have seen it."""
    n = len(exposure.sectors)
    missed = np.ones(len(exposure.points))
    known, unknown = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    still: dict[str, tuple[Floats, Floats]] = {}  # cloud value -> clear share, P(missed | clear)
    for one in exposure.seen:
        not_known = exposure.any(one.unknown)
        if event not in one.feed.sees:
            if not one.feed.sees:
                unknown |= not_known | exposure.any(_looked(one))
            continue
        p = one.feed.sees[event]
        unknown |= not_known
        for look in one.looks:
            told = look.under & ~np.isnan(look.clear)
            unknown |= exposure.any(look.under & ~told)
            known |= exposure.any(told)
            if look.shared is None:
                missed = np.where(told, missed * (1 - p * np.nan_to_num(look.clear)) ** look.count, missed)
            else:
                _, blind = still.get(look.shared, (look.clear, np.ones(len(missed))))
                still[look.shared] = look.clear, np.where(told, blind * (1 - p) ** look.count, blind)
        known |= exposure.any(one.watched_h > 0)
        hours = one.watched_h if Perceived.EAR in PERCEIVED_BY[event] else one.in_sight_h
        missed = missed * (1 - p * np.minimum(hours / exposure.day.hours, 1.0))
    for share, blind in still.values():
        clear = np.nan_to_num(share)
        missed = missed * (1 - clear + clear * blind)
    found = 1 - exposure.mean(missed)
    return [None if unknown[i] and not known[i] else round(float(found[i]), 6) for i in range(n)]


def _looked(one: Seen) -> Mask:
    """Places a feed is known to have looked at."""
    looked = one.watched_h > 0
    for look in one.looks:
        looked = looked | look.under
    return looked


def has_failed(
    feed: FeedTerms,
    day: When,
    intervals: Sequence[Interval],
    troubles: Sequence[Trouble],
    set_aside: Sequence[SetAside],
) -> bool:
    """Whether a feed was out for any part of the day, covered only a part of it, or a row of the day was unusable."""
    refused = (s for s in set_aside if s.feed == feed.name and not s.repeats)
    if any(s.when is None or s.when.overlaps(day) for s in refused):
        return True
    if any(When(o.start, o.end).overlaps(day) for o in feed.outages):
        return True
    if any(t.feed == feed.name and t.outage and (t.when is None or t.when.overlaps(day)) for t in troubles):
        return True
    # A table of days says when the feed delivered at all; a table of passes or watches has gaps by nature.
    mine = [i for i in intervals if i.feed == feed.name]
    if not mine or any(i.kind != "feed" for i in mine):
        return False
    spans = merge(part for i in mine if (part := i.when.meet(day)) is not None)
    return math.fsum(part.hours for part in spans) < day.hours - 0.01


def _reaches(feed: FeedTerms, exposure: Exposure) -> Mask:
    """Sectors a feed reports on."""
    if feed.area is None:
        return np.ones(len(exposure.sectors), dtype=bool)
    return exposure.any(inside(feed.area, exposure.points))


def _could_tell(feed: FeedTerms, event: EventClass) -> bool:
    """Whether a feed, had it not failed, could have told of such an event.

    A sector is called quiet only where every feed that could have said otherwise was heard: else losing a
    file could make the line quieter. A party's channel never made a sector active, so its loss hides nothing.
    """
    tells = FEEDS[feed.kind].tells
    if feed.origin is Origin.PARTY or tells == "nothing":
        return False
    return tells != "heat" or event is EventClass.FIRE_UNDETERMINED
