"""The nearest point of a line: shapely's answer on every line, whatever the order, and unknown stays unknown."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from truceline.ground.nearest import SegmentTree, morton_order


def segments_of(points: np.ndarray) -> np.ndarray:
    return np.hstack([points[:-1], points[1:]])


def walk(n: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.normal(0, 800, (n, 2)), axis=0)


def spiral(n: int) -> np.ndarray:
    turn = np.linspace(0, 40 * np.pi, n)
    return np.column_stack([turn * 300 * np.cos(turn), turn * 300 * np.sin(turn)])


LINES = {
    "random walk": walk(3_000, 1),
    "one segment": np.array([[0.0, 0.0], [1_000.0, 0.0]]),
    "a point": np.array([[5.0, 5.0], [5.0, 5.0]]),
    "duplicate vertices": np.repeat(walk(200, 2), 3, axis=0),
    "collinear runs": np.column_stack([np.arange(500) * 100.0, np.zeros(500)]),
    "back over itself": np.vstack([walk(150, 3), walk(150, 3)[::-1]]),
    "spiral": spiral(4_000),
    "far from zero": np.add(walk(500, 4), (6e6, -5e6)),
    "comb": np.array([[x // 2 * 50.0, (x % 4 // 2) * 20_000.0] for x in range(800)]),
}


@pytest.mark.parametrize("name", LINES)
def test_it_is_shapely_s_answer(name: str) -> None:
    """Distance to 1e-6 m and the foot it says, near the line, on its vertices and far from it."""
    line = LINES[name]
    rng = np.random.default_rng(9)
    low, high = line.min(0) - 3_000, line.max(0) + 3_000
    near = line[rng.integers(0, len(line), 400)] + rng.normal(0, 300, (400, 2))
    points = np.vstack([rng.uniform(low, high, (400, 2)), near, line[:200], line.mean(0, keepdims=True) + 1e6])
    segments = segments_of(line)
    distance, segment, share = SegmentTree(segments).nearest(points)
    expected = shapely.distance(shapely.points(points), shapely.linestrings(line))
    assert np.abs(distance - expected).max() < 1e-6
    chosen = segments[segment]
    foot = chosen[:, :2] + share[:, None] * (chosen[:, 2:] - chosen[:, :2])
    assert np.abs(np.hypot(*(foot - points).T) - distance).max() < 1e-6
    assert ((share >= 0) & (share <= 1)).all()


@settings(max_examples=40, deadline=None)
@given(
    arrays(np.float64, st.tuples(st.integers(2, 30), st.just(2)), elements=st.integers(-50, 50)),
    arrays(np.float64, st.tuples(st.integers(1, 20), st.just(2)), elements=st.integers(-80, 80)),
)
def test_on_lattices_full_of_ties(line: np.ndarray, points: np.ndarray) -> None:
    """Whole numbers: repeated vertices, equal distances, crossings. The distance is shapely's, the segment the first."""
    segments = segments_of(line)
    distance, segment, _ = SegmentTree(segments).nearest(points)
    each = shapely.distance(shapely.points(points)[:, None], shapely.linestrings(segments.reshape(-1, 2, 2))[None])
    assert distance == pytest.approx(each.min(1), abs=1e-9)
    assert each[np.arange(len(points)), segment] == pytest.approx(each.min(1), abs=1e-9)


def test_order_and_company_do_not_matter() -> None:
    """A position gets the same answer alone, shuffled and among others, to the last bit."""
    tree, rng = SegmentTree(segments_of(LINES["random walk"])), np.random.default_rng(3)
    points = rng.uniform(-30_000, 30_000, (500, 2))
    shuffled = rng.permutation(500)
    whole = tree.nearest(points)
    for once, again in zip(whole, tree.nearest(points[shuffled]), strict=True):
        assert (once[shuffled] == again).all()
    assert all((one[:1] == alone).all() for one, alone in zip(whole, tree.nearest(points[:1]), strict=True))


def test_what_is_not_finite_is_unknown() -> None:
    """NaN or infinity in: NaN, -1, NaN out; its neighbours are answered."""
    distance, segment, share = SegmentTree(np.array([[0.0, 0, 1, 0]])).nearest(
        np.array([[np.nan, 0], [0.5, 2], [np.inf, 1]])
    )
    assert np.isnan(distance[[0, 2]]).all()
    assert np.isnan(share[[0, 2]]).all()
    assert segment.tolist() == [-1, 0, -1]
    assert distance[1] == 2.0
    assert len(morton_order(np.full((3, 2), np.nan))) == 0


@pytest.mark.parametrize("wrong", [np.empty((0, 4)), np.zeros((3, 2)), np.array([[0, 0, np.nan, 1]])])
def test_no_line_is_refused(wrong: np.ndarray) -> None:
    """Nothing to be near to, another shape, a coordinate that is none."""
    with pytest.raises(ValueError, match="segment"):
        SegmentTree(wrong)


def test_the_ground_answers_alike_by_either_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few positions by shapely, very many by the tree: the same distances, and the same sectors."""
    from tests.ground.fiction import DAY, collection, country, east_ring, read
    from truceline.ground import lay_out
    from truceline.ground import nearest as room

    laid = lay_out([read(collection([east_ring()]))], DAY, borders=country(), tolerance_km=3, sector_km=25, depth_km=20)
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(9.5, 12.5, 3_000), rng.uniform(50.1, 51.9, 3_000)
    few = laid.distance_to_line_m(lon, lat)
    monkeypatch.setattr(room, "MANY", 1)
    many = laid.distance_to_line_m(lon, lat)
    assert np.abs(few[0] - many[0]).max() < 1e-6
    assert (few[1] == many[1]).mean() > 0.999  # of two sectors as near to the last bit either may be named
