"""How likely one look is to see a fire: from two satellites that look one after another, or as declared.

    detections of A where B looked within the hour --two_look--> share that B found again, with its interval

Where two satellites see the same ground, the share of A's fires that B finds as well is B's chance to see such
a fire (Lincoln 1930; Seber 1982, The Estimation of Animal Abundance, ch. 3). It is the chance for a fire that A
could see, so for all fires together it is too high; and what went out or was clouded over within the hour counts
as missed, so for a fire that burns on under clear sky it is too low. Both are said wherever it is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.feeds.record import Elements
from truceline.observations.exposure import Floats, Mask
from truceline.observations.orbit import ground_m
from truceline.observations.passes import passes
from truceline.spacetime import When
from truceline.terms.agreement import FeedTerms
from truceline.terms.satellite import SATELLITES

SAME_FIRE_M = 1_200.0  # detections of one pass nearer than this are one fire: three VIIRS pixels
AGAIN_M = 1_000.0  # found again: within the size of a pixel at the swath's edge
WITHIN_S = 3_600.0  # Suomi NPP and NOAA-20 fly half an orbit, 51 minutes, apart
ENOUGH = 30  # fewer pairs say too little for a figure
_CHUNK = 20_000

# Located events of 2016, 2018 and April 2025 had heat within 5 km on their day in at most this share of cases more
# than the same places on other days: the highest upper end of three 90 % intervals.
# `python benchmarks/coverage_of_days.py --only hits`; docs/methods/coverage.md.
ACTS_AT_MOST = 0.17


@dataclass(frozen=True)
class TwoLook:
    """Of `n` fires one satellite saw and another looked at within the hour, the other saw `m`.

    Attributes:
        p, low, high: m / n with its 90 % interval; None where n < 30.
    """

    first: str
    second: str
    n: int
    m: int
    p: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Fires:
    """Fires of one satellite's passes: detections beside each other are one.

    Attributes:
        at_s: Seconds from the day's start, shape (k,).
        power_mw: Radiative power of all its pixels; NaN where the source gives none.
    """

    lon: Floats
    lat: Floats
    at_s: Floats
    power_mw: Floats


def interval(n: int, m: int, level: float = 0.90) -> tuple[float, float]:
    """Exact two-sided interval of a share m of n. Source: Clopper and Pearson (1934), Biometrika 26, 404-413.

    >>> tuple(round(x, 4) for x in interval(10, 10))
    (0.7411, 1.0)
    """
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = 0.0 if m == 0 else float(beta.ppf(tail, m, n - m + 1))
    high = 1.0 if m == n else float(beta.ppf(1 - tail, m + 1, n - m))
    return low, high


def fires(lon: Floats, lat: Floats, at_s: Floats, power_mw: Floats) -> Fires:
    """Join detections of one satellite that lie beside each other in the same pass."""
    if not len(lon):
        return Fires(lon, lat, at_s, power_mw)
    label = _together(lon, lat, at_s)
    count = int(label.max()) + 1
    size = np.bincount(label, minlength=count)
    where = [np.bincount(label, values, count) / size for values in (lon, lat, at_s)]
    return Fires(where[0], where[1], where[2], np.bincount(label, power_mw, count).astype(float))


def found_again(first: Fires, other: Fires) -> Mask:
    """Which fires another satellite found within the hour, shape (k,)."""
    from scipy.spatial import cKDTree

    found = np.zeros(len(first.lon), dtype=bool)
    if not len(first.lon) or not len(other.lon):
        return found
    near = cKDTree(ground_m(other.lon, other.lat)).query_ball_point(ground_m(first.lon, first.lat), AGAIN_M)
    for number, others in enumerate(near):
        found[number] = bool(len(others)) and bool(np.any(np.abs(other.at_s[others] - first.at_s[number]) <= WITHIN_S))
    return found


def looked_again(feed: FeedTerms, second: str, elements: Sequence[Elements], first: Fires, day: When) -> Mask:
    """Which fires lay under a pass of the second satellite within the hour. Raises ValueError without its orbit."""
    from dataclasses import replace

    alone = replace(feed, satellites=(second,))
    looked = np.zeros(len(first.lon), dtype=bool)
    for start in range(0, len(first.lon), _CHUNK):
        part = slice(start, start + _CHUNK)
        sky = passes(alone, elements, np.column_stack([first.lon[part], first.lat[part]]), day)
        if sky.missing:
            raise ValueError(sky.missing[0])
        for one in sky.passes:
            looked[part] |= np.abs(one.at_s - first.at_s[part]) <= WITHIN_S
    return looked


def two_look(feed: FeedTerms, detections: pa.Table, elements: Sequence[Elements], day: When) -> tuple[TwoLook, ...]:
    """For every two satellites of a feed whose orbits are known: how often one found what the other had seen.

    Args:
        feed: Names its satellites and the feed of their elements.
        detections: Table `DETECTION`; those of other feeds and days are left out.
        elements: Of all orbit feeds.
        day: UTC; a fire seen near midnight whose second look fell on another day is not counted.
    """
    seen = {name: _fires_of(feed, name, detections, day) for name in feed.satellites}
    found = []
    for first in feed.satellites:
        for second in feed.satellites:
            if first == second or SATELLITES[first].sensor != SATELLITES[second].sensor:
                continue
            try:
                looked = looked_again(feed, second, elements, seen[first], day)
            except ValueError:
                continue  # said among the day's restrictions: its orbit is not known
            n = int(looked.sum())
            m = int((looked & found_again(seen[first], seen[second])).sum())
            low, high = interval(n, m) if n >= ENOUGH else (None, None)
            found.append(TwoLook(first, second, n, m, m / n if n >= ENOUGH else None, low, high))
    return tuple(found)


def _fires_of(feed: FeedTerms, satellite: str, detections: pa.Table, day: When) -> Fires:
    names = SATELLITES[satellite].firms
    rows = [
        row
        for row in detections.select(["feed", "satellite", "lon", "lat", "at_utc", "frp_mw"]).to_pylist()
        if row["feed"] == feed.name and row["satellite"] in names and day.holds(row["at_utc"])
    ]

    def column(of: str) -> Floats:
        return np.array([np.nan if row[of] is None else row[of] for row in rows], dtype=float)

    at_s = np.array([(row["at_utc"] - day.start).total_seconds() for row in rows], dtype=float)
    return fires(column("lon"), column("lat"), at_s, column("frp_mw"))


def _together(lon: Floats, lat: Floats, at_s: Floats) -> NDArray[np.int64]:
    """A label for each detection; those linked by steps under 1.2 km within a few minutes share one."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    in_time = at_s / 300.0 * SAME_FIRE_M  # five minutes apart is another pass
    pairs = cKDTree(np.column_stack([ground_m(lon, lat), in_time])).query_pairs(SAME_FIRE_M, output_type="ndarray")
    ones = np.ones(len(pairs), dtype=np.int8)
    links = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(lon), len(lon)))
    label: NDArray[np.int64] = connected_components(links, directed=False)[1].astype(np.int64)
    return label


def sun_up(points: Floats, at: datetime) -> Mask:
    """Whether the sun stands above the horizon at each place.

    Declination and equation of time by Spencer (1971), Search 2(5), 172: good to 0.04 degrees and 35 s.
    """
    turn = 2 * np.pi * (at.timetuple().tm_yday - 1) / 365
    declination = (
        0.006918 - 0.399912 * np.cos(turn) + 0.070257 * np.sin(turn) - 0.006758 * np.cos(2 * turn)
        + 0.000907 * np.sin(2 * turn) - 0.002697 * np.cos(3 * turn) + 0.00148 * np.sin(3 * turn)
    )  # fmt: skip
    late = 0.000075 + 0.001868 * np.cos(turn) - 0.032077 * np.sin(turn) - 0.014615 * np.cos(2 * turn) - (
        0.040849 * np.sin(2 * turn)
    )  # fmt: skip
    clock = (at.hour + at.minute / 60 + at.second / 3600 - 12) * np.pi / 12 + late
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    up: Mask = np.sin(lat) * np.sin(declination) + np.cos(lat) * np.cos(declination) * np.cos(lon + clock) > 0
    return up
