"""Which observations are near each other in space and time, exactly, under both uncertainties.

    observations --neighbours.near_pairs--> candidate pairs --geodesic and clock--> near pairs with their distance

Two observations are near when the circles of their uncertainties meet on WGS 84 and their intervals
overlap or lie no more than `GAP` apart. The search is exact: `neighbours` only proposes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from truceline.incidents.neighbours import Points, near_pairs, on_earth
from truceline.observations.schema import ring_of
from truceline.spacetime import LonLat, When, distance_m, wgs84
from truceline.terms.event_class import EventClass

GAP = timedelta(hours=1)  # bursts of one shelling come minutes apart; an hour of silence ends it
LEAST_UNCERTAINTY_M = 500.0  # even an exact report may mean the other end of a field

# A bang whose kind nobody could tell may be any of these.
_KINDS = frozenset({EventClass.SHELLING, EventClass.AIR_OR_MISSILE_STRIKE, EventClass.DRONE_ATTACK, EventClass.MINE})
BANGS = _KINDS | {EventClass.EXPLOSION_UNDETERMINED}
_ROUNDING_M = 0.01  # what places in metres from the Earth's centre may be off by: propose a little more


Row = dict[str, Any]


def when_of(row: Row) -> When:
    """The interval of an observation row."""
    return When(row["start_utc"], row["end_utc"])


def same_kind(a: EventClass, b: EventClass) -> bool:
    """Whether two classes may be one event: equal, or one an undetermined explosion."""
    if a is b:
        return True
    return (a is EventClass.EXPLOSION_UNDETERMINED and b in _KINDS) or (
        b is EventClass.EXPLOSION_UNDETERMINED and a in _KINDS
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


def near_rows(
    rows: Sequence[Row], others: Sequence[Row] | None = None, gap: timedelta = GAP
) -> list[tuple[int, int, float]]:
    """Every near pair of rows, or of one row and one of `others`: two indices and the distance in metres, in order.

    The search over straight lines through the Earth proposes; the geodesic, or the ring sector, decides.
    """
    there = rows if others is None else others
    if not rows or not there:
        return []
    middle = LonLat(rows[0]["lon"], rows[0]["lat"])
    pairs = near_pairs(_points(rows, middle), gap.total_seconds(), None if others is None else _points(others, middle))
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    i, j = pairs[:, 0], pairs[:, 1]
    a, b = _numbers(rows)[i], _numbers(there)[j]
    metres = np.asarray(wgs84().inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])
    plain = np.isnan(a[:, 3]) & np.isnan(b[:, 3])
    close = metres <= a[:, 2] + b[:, 2]
    found = []
    for n in np.flatnonzero(close):
        one, other = int(i[n]), int(j[n])
        away = float(metres[n]) if plain[n] else near(rows[one], there[other], gap)
        if away is not None:
            found.append((one, other, away))
    return found


def _numbers(rows: Sequence[Row]) -> np.ndarray:
    """Longitude, latitude, reach and, for a ring sector, its far end (else NaN)."""
    return np.array(
        [
            (
                r["lon"],
                r["lat"],
                max(r["uncertainty_m"], LEAST_UNCERTAINTY_M),
                np.nan if r["far_m"] is None else r["far_m"],
            )
            for r in rows
        ]
    ).reshape(-1, 4)


def _points(rows: Sequence[Row], middle: LonLat) -> Points:
    place = _numbers(rows)
    return Points.of(
        on_earth(place[:, 0], place[:, 1], (middle.lon, middle.lat)),
        np.array([r["start_utc"].timestamp() for r in rows]),
        np.array([r["end_utc"].timestamp() for r in rows]),
        place[:, 2] + _ROUNDING_M,
    )
