"""Which observations are near each other in space and time, exactly, under both uncertainties.

    observations --sphere tree--> candidate pairs --geodesic and clock--> pairs with their reason

Two observations are near when the circles of their uncertainties meet on WGS 84 and their intervals
overlap or lie no more than `GAP` apart. The search is exact: the tree only proposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import shapely

from truceline.observations.schema import ring_of
from truceline.spacetime import LonLat, When, distance_m
from truceline.terms.event_class import EventClass

GAP = timedelta(hours=1)  # bursts of one shelling come minutes apart; an hour of silence ends it
LEAST_UNCERTAINTY_M = 500.0  # even an exact report may mean the other end of a field

# A bang whose kind nobody could tell may be any of these.
_BANGS = frozenset({EventClass.SHELLING, EventClass.AIR_OR_MISSILE_STRIKE, EventClass.DRONE_ATTACK, EventClass.MINE})
# A degree of geodetic latitude is shortest at the equator: the smallest radius of curvature on WGS 84 is
# a (1 - e^2). With it the tree may propose too much, never too little.
_LEAST_RADIUS_M = 6_335_439.0


Row = dict[str, Any]


def when_of(row: Row) -> When:
    """The interval of an observation row."""
    return When(row["start_utc"], row["end_utc"])


def same_kind(a: EventClass, b: EventClass) -> bool:
    """Whether two classes may be one event: equal, or one an undetermined explosion."""
    if a is b:
        return True
    return (a is EventClass.EXPLOSION_UNDETERMINED and b in _BANGS) or (
        b is EventClass.EXPLOSION_UNDETERMINED and a in _BANGS
    )


def reach_m(a: Row, b: Row) -> float:
    """How far apart two observations may lie and still be of one place, in metres."""
    return float(max(a["uncertainty_m"], LEAST_UNCERTAINTY_M) + max(b["uncertainty_m"], LEAST_UNCERTAINTY_M))


def near(a: Row, b: Row, gap: timedelta = GAP) -> float | None:
    """The distance in metres where two rows are near in space and time, else None."""
    if when_of(a).gap(when_of(b)) > gap:
        return None
    here, there = LonLat(a["lon"], a["lat"]), LonLat(b["lon"], b["lat"])
    metres = distance_m(here, there)
    if metres > reach_m(a, b):
        return None
    one, other = ring_of(a), ring_of(b)
    if one is None and other is None:
        return metres
    # What was heard lies in a ring sector, not about the observer: measure from its nearest part.
    if one is not None and other is not None:
        metres, limit = one.gap_m(other), 2 * LEAST_UNCERTAINTY_M
    elif one is not None:
        metres, limit = one.distance_m(there), max(b["uncertainty_m"], LEAST_UNCERTAINTY_M)
    elif other is not None:
        metres, limit = other.distance_m(here), max(a["uncertainty_m"], LEAST_UNCERTAINTY_M)
    return metres if metres <= limit else None


def candidate_pairs(rows: Sequence[Row], others: Sequence[Row]) -> list[tuple[int, int]]:
    """Index pairs (into `rows`, into `others`) that may be near; every near pair is among them.

    On the unit sphere a chord is never longer than its arc, so a box around the chord proposes too much
    and never too little; it works across 180 degrees and at the poles.
    """
    if not rows or not others:
        return []
    a, b = _chords(rows), _chords(others)
    widest = max(max(r["uncertainty_m"], LEAST_UNCERTAINTY_M) for r in others)
    reach = np.array([max(r["uncertainty_m"], LEAST_UNCERTAINTY_M) + widest for r in rows]) / _LEAST_RADIUS_M
    tree = shapely.STRtree(shapely.points(b[:, :2]))
    boxes = shapely.box(a[:, 0] - reach, a[:, 1] - reach, a[:, 0] + reach, a[:, 1] + reach)
    left, right = tree.query(boxes)
    level = np.abs(a[left, 2] - b[right, 2]) <= reach[left]
    return sorted(zip(left[level].tolist(), right[level].tolist(), strict=True))


def _chords(rows: Sequence[Row]) -> np.ndarray:
    lon = np.radians([row["lon"] for row in rows])
    lat = np.radians([row["lat"] for row in rows])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
