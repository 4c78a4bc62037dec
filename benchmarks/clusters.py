"""Benchmark 2: every pair within 1 km and 1 day, against scipy's cKDTree, in one run on the same input.

    python benchmarks/clusters.py [--points 1000000] [--repeats 5] [--large 10000000]

Input: a line of 1,200 km, a season of 180 days; 60 % of the points in bursts near the line, the rest spread over
the theatre. The large input has the same density (its season is as many times longer), so that its pairs
grow with its points. The peer is the fastest of three ways to ask cKDTree for the true cylinder:
the flat tree with a filter on time, a box in scaled space-time, a ball in it; each then filtered exactly.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# No file beside this one may pass for a package of its name in what numba imports.
sys.path[:] = [place for place in sys.path if Path(place or ".").resolve() != Path(__file__).resolve().parent]

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

RADIUS_M = 1_000.0
GAP_S = 86_400.0


def season(points: int, *, days: float, seed: int = 1) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Places in metres (n, 2) and times in seconds (n,): bursts along a winding line, and a background."""
    rng = np.random.default_rng(seed)
    near = int(points * 0.6)
    bursts = near // 20
    along = rng.uniform(0, 1_200_000, bursts)
    middle = np.column_stack([along, 40_000 * np.sin(along / 90_000) + rng.normal(0, 6_000, bursts)])
    when = rng.uniform(0, days * GAP_S, bursts)
    which = rng.integers(0, bursts, near)
    xy = np.empty((points, 2))
    at = np.empty(points)
    xy[:near] = middle[which] + rng.normal(0, 900, (near, 2))
    at[:near] = when[which] + rng.exponential(20_000, near)
    xy[near:] = rng.uniform((0, -200_000), (1_200_000, 200_000), (points - near, 2))
    at[near:] = rng.uniform(0, days * GAP_S, points - near)
    order = rng.permutation(points)  # as they come
    return xy[order], at[order]


def ours(xy: NDArray[np.float64], at: NDArray[np.float64], **how: int) -> NDArray[np.int32]:
    """Truceline's own search; a reach of half the radius on either side."""
    from truceline.incidents.neighbours import Points, near_pairs

    return near_pairs(Points.of(xy, at, at, RADIUS_M / 2), GAP_S, **how)


def _true(xy: NDArray[np.float64], at: NDArray[np.float64], pairs: NDArray[np.intp]) -> NDArray[np.intp]:
    i, j = pairs[:, 0], pairs[:, 1]
    near = ((xy[i] - xy[j]) ** 2).sum(axis=1) <= RADIUS_M**2
    return pairs[near & (np.abs(at[i] - at[j]) <= GAP_S)]


def flat(xy: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.intp]:
    """A cKDTree in the plane, time filtered after."""
    from scipy.spatial import cKDTree

    pairs = cKDTree(xy).query_pairs(RADIUS_M, output_type="ndarray")
    return pairs[np.abs(at[pairs[:, 0]] - at[pairs[:, 1]]) <= GAP_S]


def box(xy: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.intp]:
    """A cKDTree in scaled space-time, largest coordinate; then the exact filter."""
    from scipy.spatial import cKDTree

    tree = cKDTree(np.column_stack([xy / RADIUS_M, at / GAP_S]))
    return _true(xy, at, tree.query_pairs(1 + 1e-9, p=np.inf, output_type="ndarray"))


def ball(xy: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.intp]:
    """A cKDTree in scaled space-time, a ball about the cylinder; then the exact filter."""
    from scipy.spatial import cKDTree

    tree = cKDTree(np.column_stack([xy / RADIUS_M, at / GAP_S]))
    return _true(xy, at, tree.query_pairs(np.sqrt(2) + 1e-9, output_type="ndarray"))


PEERS: dict[str, Callable[..., NDArray[np.intp]]] = {"flat": flat, "box": box, "ball": ball}


def sorted_pairs(pairs: NDArray[np.integer]) -> NDArray[np.int64]:
    """Pairs in one order, to compare answers."""
    both = np.sort(pairs, axis=1).astype(np.int64)
    return both[np.lexsort((both[:, 1], both[:, 0]))]


def timed(run: Callable[..., object], *given: object) -> tuple[float, object]:
    """Seconds, and the answer."""
    start = time.perf_counter()
    answer = run(*given)
    return time.perf_counter() - start, answer


def peak_kb() -> int:
    """The most memory this process held, kB. Where Linux tells it: ru_maxrss would begin at the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def alone(what: str, points: int, days: float) -> dict[str, float]:
    """One contender in a process of its own: seconds, pairs and its peak memory over that of its input."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, __file__, "--alone", what, "--points", str(points), "--days", str(days)],
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout))


def main() -> None:
    """Run, check, print one table and one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--points", type=int, default=1_000_000)
    ask.add_argument("--repeats", type=int, default=5)
    ask.add_argument("--large", type=int, default=10_000_000, help="0: leave it out")
    ask.add_argument("--days", type=float, default=180.0)
    ask.add_argument("--alone", choices=["ours", *PEERS], help=argparse.SUPPRESS)
    told = ask.parse_args()
    if told.alone:
        xy, at = season(told.points, days=told.days)
        if told.alone == "ours":
            ours(xy[:10_000], at[:10_000], few=0)  # compile
        seconds, pairs = timed(ours if told.alone == "ours" else PEERS[told.alone], xy, at)
        peak = peak_kb() / 1024
        print(json.dumps({"seconds": seconds, "pairs": len(pairs), "peak_mb": round(peak)}))  # type: ignore[arg-type]
        return
    xy, at = season(told.points, days=told.days)
    ours(xy[:10_000], at[:10_000], few=0)  # compile
    first = {name: timed(peer, xy, at) for name, peer in PEERS.items()}
    fastest = min(first, key=lambda name: first[name][0])
    same = all(
        np.array_equal(sorted_pairs(ours(xy, at)), sorted_pairs(answer))  # type: ignore[arg-type]
        for _, answer in first.values()
    )
    of_pairs = len(first[fastest][1])  # type: ignore[arg-type]
    spent: dict[str, list[float]] = {"ours": [], fastest: []}
    for _ in range(told.repeats):  # in turn, so that a busy machine is busy for both
        spent["ours"].append(timed(ours, xy, at)[0])
        spent[fastest].append(timed(PEERS[fastest], xy, at)[0])
    median = {name: statistics.median(times) for name, times in spent.items()}
    result = {
        "points": told.points,
        "pairs": of_pairs,
        "identical_pairs": same,
        "peers_once_s": {name: round(seconds, 2) for name, (seconds, _) in first.items()},
        "peer": f"cKDTree, {fastest}",
        "median_s": {name: round(seconds, 3) for name, seconds in median.items()},
        "ratio": round(median[fastest] / median["ours"], 2),
        "memory_mb": {name: alone(name, told.points, told.days)["peak_mb"] for name in ("ours", fastest)},
        "large": None,
    }
    if told.large:
        days = told.days * told.large / told.points
        result["large"] = {"points": told.large, "days": days, **alone("ours", told.large, days)}
    print(f"{'who':28}{'median s':>10}{'peak MB':>10}   {told.points:,} points, {of_pairs:,} pairs")
    for name in ("ours", fastest):
        who = "Truceline" if name == "ours" else f"scipy cKDTree ({name})"
        print(f"{who:28}{median[name]:10.2f}{result['memory_mb'][name]:10.0f}")  # type: ignore[index]
    print(f"identical pairs: {same}; {result['ratio']} x as fast")
    if result["large"]:
        large = result["large"]
        print(
            f"{told.large:,} points: {large['seconds']:.1f} s, {large['peak_mb']:,.0f} MB, {large['pairs']:,.0f} pairs"
        )  # type: ignore[index]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
