"""Hour by hour: in which hours of the day anybody looked at a sector. What the coverage strip is drawn from.

Exposure --one row a sector and hour--> HOURS. Nothing is said of classes here: a look is a look.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.observations.exposure import Exposure, Floats, Watch
from truceline.observations.schema import HOURS
from truceline.observations.spans import merge
from truceline.spacetime import When


def hours_seen(exposure: Exposure) -> pa.Table:
    """One row a sector and hour of the day, in the form of `HOURS`; a day of 23 or 25 hours has as many."""
    if not exposure.sectors:
        return pa.Table.from_pylist([], schema=HOURS)
    rows: list[dict[str, Any]] = []
    watches = [watch for one in exposure.seen for watch in one.watches]
    for number, hour in enumerate(hours_of(exposure.day)):
        watched = exposure.mean(_watched(watches, hour, len(exposure.points)))
        looks, clear, dark, unknown = _looks(exposure, hour)
        rows += [
            {
                "sector": sector.id,
                "hour": number,
                "start_utc": hour.start,
                "watched_share": round(float(watched[i]), 4),
                "looks": None if unknown[i] else looks[i],
                "clear_share": round(math.fsum(clear[i]) / len(clear[i]), 3) if clear[i] and not dark[i] else None,
            }
            for i, sector in enumerate(exposure.sectors)
        ]
    rows.sort(key=lambda row: (row["sector"], row["hour"]))
    return pa.Table.from_pylist(rows, schema=HOURS)


def hours_of(day: When) -> list[When]:
    """The hours of a period; the last may be shorter."""
    hour = timedelta(hours=1)
    count = math.ceil((day.end - day.start) / hour)
    return [When(day.start + n * hour, min(day.start + (n + 1) * hour, day.end)) for n in range(count)]


def _watched(watches: Iterable[Watch], hour: When, n_points: int) -> Floats:
    """Share of the hour in which each place was watched by anybody."""
    there = [(watch, met) for watch in watches if (met := [p for s in watch.parts if (p := s.meet(hour))])]
    share = np.zeros(n_points)
    if not there:
        return share
    patterns, which = np.unique(np.array([watch.under for watch, _ in there]), axis=1, return_inverse=True)
    for number, pattern in enumerate(patterns.T):
        spans = merge(part for n in np.flatnonzero(pattern) for part in there[n][1])
        share[which.ravel() == number] = math.fsum(span.hours for span in spans) / hour.hours
    return share


def _looks(exposure: Exposure, hour: When) -> tuple[list[int], list[list[float]], list[bool], list[bool]]:
    """Looks of each sector in an hour, their clear shares, whether one's is not known, whether looks are not."""
    n = len(exposure.sectors)
    looks, clear, dark, unknown = [0] * n, [list[float]() for _ in range(n)], [False] * n, [False] * n
    for one in exposure.seen:
        if any(part.overlaps(hour) for part in one.unknown_parts):
            unknown = [u or bool(here) for u, here in zip(unknown, exposure.any(one.unknown), strict=True)]
        for look in one.looks:
            if not hour.holds(look.at):
                continue
            share = exposure.clear(look)
            hidden = exposure.any(look.under & np.isnan(look.clear))
            for i in np.flatnonzero(exposure.any(look.under)):
                looks[i] += look.count
                clear[i] += [float(share[i])] * look.count
                dark[i] = dark[i] or bool(hidden[i])
    return looks, clear, dark, unknown
