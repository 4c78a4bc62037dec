"""Benchmark 1: nearest distance and chainage of very many positions to a line, beside shapely in the same run.

    python benchmarks/line_distance.py --points 1000000
    python benchmarks/line_distance.py --points 10000000 --no-peer

A line of 1,200 km with 20,000 vertices in the metric plane; 60 % of the positions lie near it. The peer is shapely's
STRtree with line_locate_point, positions as they come and sorted first (Morton order, whose time is counted). Both must
give the same answer: largest difference in metres, printed. Medians of several runs; no timed test.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable

import numpy as np
import shapely

from truceline.ground.nearest import SegmentTree, morton_order

LINE_KM, VERTICES, NEAR = 1_200.0, 20_000, 0.6


def line(rng: np.random.Generator) -> np.ndarray:
    """A wandering line of the wanted length, metres, shape (n, 2)."""
    heading = np.cumsum(rng.normal(0, 0.12, VERTICES - 1)) * 0.25
    step = np.column_stack([np.cos(heading), np.sin(heading)])
    points = np.vstack([[0.0, 0.0], np.cumsum(step, axis=0)])
    return points * (LINE_KM * 1000 / np.hypot(*np.diff(points, axis=0).T).sum())


def positions(vertices: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """Positions in no order: six of ten within some kilometres of the line, the rest anywhere around it."""
    near = vertices[rng.integers(0, len(vertices), int(n * NEAR))]
    near = near + rng.normal(0, 5_000, near.shape)
    far = rng.uniform(vertices.min(0) - 100_000, vertices.max(0) + 100_000, (n - len(near), 2))
    return rng.permutation(np.vstack([near, far]))


def ours(vertices: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distance and chainage in metres."""
    segments = np.hstack([vertices[:-1], vertices[1:]])
    length = np.hypot(*(segments[:, 2:] - segments[:, :2]).T)
    start = np.concatenate([[0.0], np.cumsum(length)])
    distance, segment, share = SegmentTree(segments).nearest(points)
    return distance, start[segment] + share * length[segment]


def peer(vertices: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same by shapely: a tree of the segments, then the place along the one found."""
    segments = shapely.linestrings(np.stack([vertices[:-1], vertices[1:]], axis=1))
    start = np.concatenate([[0.0], np.cumsum(shapely.length(segments))])
    shaped = shapely.points(points)
    (which, segment), distance = shapely.STRtree(segments).query_nearest(
        shaped, return_distance=True, all_matches=False
    )
    chainage = start[segment] + shapely.line_locate_point(segments[segment], shaped[which])
    return distance, chainage


def peer_sorted(vertices: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The peer with the positions sorted first, and put back."""
    order = morton_order(points)
    distance, chainage = np.empty(len(points)), np.empty(len(points))
    distance[order], chainage[order] = peer(vertices, points[order])
    return distance, chainage


def timed(
    work: Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]], *given: np.ndarray
) -> tuple[float, tuple[np.ndarray, np.ndarray]]:
    begun = time.perf_counter()
    answer = work(*given)
    return time.perf_counter() - begun, answer


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--points", type=int, default=1_000_000)
    ask.add_argument("--repeats", type=int, default=5, help="of ours; the peers run once for every two of them")
    ask.add_argument("--no-peer", action="store_true")
    given = ask.parse_args()
    rng = np.random.default_rng(1)
    vertices = line(rng)
    points = positions(vertices, given.points, rng)
    ours(vertices, points[:1000])  # compiles
    seconds: dict[str, list[float]] = {"ours": []}
    worst = None
    for turn in range(given.repeats):  # in turn, so that a noisy minute hits both
        took, (distance, _) = timed(ours, vertices, points)
        seconds["ours"].append(took)
        if not given.no_peer and turn % 2 == 0:
            for name, work in (("shapely", peer), ("shapely, sorted", peer_sorted)):
                took, (other, _) = timed(work, vertices, points)
                seconds.setdefault(name, []).append(took)
                worst = max(worst or 0.0, float(np.abs(other - distance).max()))
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    print(f"{given.points:,} positions, {VERTICES:,} vertices, {LINE_KM:,.0f} km")
    for name, median in medians.items():
        print(f"  {name:<18}{median:9.2f} s   {median / medians['ours']:6.1f} x ours   {len(seconds[name])} run(s)")
    if worst is not None:
        print(f"  largest difference {worst:.2e} m")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory {memory:,.0f} MB, inputs included")
    print(json.dumps({"points": given.points, "median_s": medians, "largest_difference_m": worst, "peak_mb": memory}))


if __name__ == "__main__":
    main()
