"""The search for pairs is exact: every near pair once, and no other, however reaches and durations are mixed."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.incidents.neighbours import Points, near_pairs, on_earth
from truceline.spacetime import LonLat, distance_m


def scattered(seed: int, n: int, *, plane: bool = True) -> Points:
    """Points of very different reaches and durations, some on one spot and some at one time."""
    rng = np.random.default_rng(seed)
    xyz = rng.uniform(-20_000, 20_000, (n, 2 if plane else 3)).round(-1)
    xyz[: n // 4] = xyz[0]
    start = rng.uniform(0, 400_000, n).round(-3)
    start[: n // 8] = start[0]
    return Points.of(
        xyz, start, start + rng.choice([0, 60, 3_600, 86_400], n), rng.choice([0, 250, 500, 1_000, 9_000], n)
    )


def as_set(pairs: np.ndarray) -> set[tuple[int, int]]:
    found = [(int(i), int(j)) for i, j in pairs]
    assert len(set(found)) == len(found), "a pair is told twice"
    return set(found)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 120), st.sampled_from([0.0, 900.0, 86_400.0]), st.booleans())
def test_the_walk_over_cells_finds_what_comparing_each_with_each_finds(
    seed: int, n: int, gap_s: float, plane: bool
) -> None:
    """The same pairs, each once, for any mix; within one set and between two."""
    points, others = scattered(seed, n, plane=plane), scattered(seed + 1, n // 2 + 1, plane=plane)
    assert as_set(near_pairs(points, gap_s, few=0)) == as_set(near_pairs(points, gap_s))
    assert as_set(near_pairs(points, gap_s, others, few=0)) == as_set(near_pairs(points, gap_s, others))


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(2, 5))
def test_parts_with_a_halo_give_the_pairs_of_the_whole(seed: int, parts: int) -> None:
    """Cut by time into parts, each with what may reach into it, the pairs found in all parts are the pairs of all."""
    points, gap_s = scattered(seed, 80), 3_600.0
    cuts = np.linspace(-1, 500_000, parts + 1)
    found: set[tuple[int, int]] = set()
    for low, high in pairwise(cuts):
        inside = np.flatnonzero((points.end_s >= low - gap_s) & (points.start_s <= high + gap_s))
        part = Points.of(points.xyz[inside], points.start_s[inside], points.end_s[inside], points.reach_m[inside])
        found |= {(int(inside[i]), int(inside[j])) for i, j in near_pairs(part, gap_s, few=0)}
    assert found == as_set(near_pairs(points, gap_s))


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90))
def test_a_line_through_the_earth_is_never_longer_than_the_way_over_it(
    lon: float, lat: float, to_lon: float, to_lat: float
) -> None:
    """So the search proposes too much and never too little."""
    a, b = on_earth([lon, to_lon], [lat, to_lat], (lon, lat))
    assert np.linalg.norm(a - b) <= distance_m(LonLat(lon, lat), LonLat(to_lon, to_lat)) + 1e-3


def test_what_is_no_number_is_refused() -> None:
    """A place that is not finite would be near nothing, silently."""
    with pytest.raises(ValueError, match="finite"):
        Points.of([[0.0, np.nan]], [0.0], [0.0], 1.0)
    with pytest.raises(ValueError, match="before its start"):
        Points.of([[0.0, 0.0]], [1.0], [0.0], 1.0)
    assert near_pairs(Points.of(np.empty((0, 2)), [], [], 1.0), 1.0).shape == (0, 2)
