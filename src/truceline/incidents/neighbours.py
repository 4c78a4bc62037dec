"""Every pair of points that lie near each other in space and time, exactly, for very many points.

    Points --groups of like reach--> cells in order --walked beside each other--> index pairs

Near means: no farther apart than both reaches together, and no longer apart than the gap. Points are sorted into
square cells as wide as the two largest reaches that meet, seen along their third axis, and by time within a cell. The
cells are walked in order beside their neighbours with pointers that only move forward; pairs that have no room are
counted, then written, so that memory is what the answer needs. Leaving out the third axis can only propose too much,
and each pair is then measured in all three. Points are grouped by powers of two of their reach and of their duration,
so that one vague report does not make every cell wide.
Source: fixed-radius near neighbours by cells, Bentley, Stanat and Williams (1977),
https://doi.org/10.1016/0020-0190(77)90070-9
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from truceline.spacetime import wgs84

Floats = NDArray[np.float64]
Pairs = NDArray[np.int32]

_KEY_BITS = 62  # cell and time in one number, so that one sort orders both
FEW = 50_000_000  # couples that are compared each with each sooner than the walk is compiled
_BLOCK = 2_000_000
USUAL = 2  # pairs a point that are given room before they are counted


@dataclass(frozen=True)
class Points:
    """Where and when, with how far each may lie from there.

    Attributes:
        xyz: Metres in any right-angled axes, shape (n, 3); cells are squares of the first two.
        start_s, end_s: Seconds, shape (n,); no end before its start.
        reach_m: Metres, 0 or more, shape (n,).
    """

    xyz: Floats
    start_s: Floats
    end_s: Floats
    reach_m: Floats

    @classmethod
    def of(cls, xyz: ArrayLike, start_s: ArrayLike, end_s: ArrayLike, reach_m: ArrayLike) -> Points:
        """Checked points; places of two axes lie in one plane, and one reach may stand for all.

        Raises:
            ValueError: Shapes differ, a number is not finite, an end comes before its start, a reach is negative.
        """
        places = np.asarray(xyz, dtype=np.float64)
        if places.ndim != 2 or places.shape[1] not in (2, 3):
            raise ValueError(f"places of shape {places.shape} must be (n, 2) or (n, 3)")
        n = len(places)
        start, end = np.asarray(start_s, dtype=np.float64), np.asarray(end_s, dtype=np.float64)
        reach = np.broadcast_to(np.asarray(reach_m, dtype=np.float64), (n,))
        if places.shape[1] == 2:
            places = np.column_stack([places, np.zeros(n)])
        if start.shape != (n,) or end.shape != (n,):
            raise ValueError(f"{n} places need as many times; got {start.shape} and {end.shape}")
        if not all(np.isfinite(part).all() for part in (places, start, end, reach)):
            raise ValueError("a place, a time or a reach is not a finite number")
        if (end < start).any() or (reach < 0).any():
            raise ValueError("an end comes before its start, or a reach is negative")
        return cls(places, start, end, reach)

    def __len__(self) -> int:
        return len(self.xyz)


def near_pairs(points: Points, gap_s: float, others: Points | None = None, *, few: int = FEW) -> Pairs:
    """Every pair that is near, once, in no promised order.

    Args:
        points: The points.
        gap_s: Longest time between two intervals, seconds.
        others: Look for pairs of one of `points` and one of these instead.
        few: Up to so many couples, compare each with each.
    Returns:
        Indices, shape (m, 2); within `points` the first is the smaller.
    """
    if not (np.isfinite(gap_s) and gap_s >= 0):
        raise ValueError(f"gap_s {gap_s} must be a finite number of seconds, 0 or more")
    found: list[Pairs] = []
    if len(points) * len(points if others is None else others) <= few:
        return _each_with_each(points, gap_s, others)
    walk = _compiled()
    groups = list(_groups(points, gap_s))
    if others is None:
        couples = [(a, b, n == m) for n, a in enumerate(groups) for m, b in enumerate(groups) if n <= m]
    else:
        couples = [(a, b, False) for a in groups for b in _groups(others, gap_s)]
    for a, b, same in couples:
        other = points if others is None else others
        width = float(points.reach_m[a].max() + other.reach_m[b].max())
        frame = _Frame.around(points, a, other, b, max(width, 1e-3))
        left = frame.sorted(points, a)
        right = left if same else frame.sorted(other, b)
        longest = float((right.end - right.start).max())
        given = (*left.arrays, *right.arrays, frame.row, same, gap_s, longest, frame.tick_s)
        # Room for what is usual; where there are more pairs they have been counted and are written anew.
        pairs = np.empty((USUAL * max(len(left.key), len(right.key)), 2), np.int32)
        total = walk(*given, pairs)
        if total > len(pairs):
            pairs = np.empty((total, 2), np.int32)
            walk(*given, pairs)
        if total:
            found.append(pairs[:total])
    if not found:
        return np.empty((0, 2), np.int32)
    every = found[0] if len(found) == 1 else np.concatenate(found)
    if others is None:
        every.sort(axis=1)
    return every


def _each_with_each(points: Points, gap_s: float, others: Points | None) -> Pairs:
    """The same pairs without cells, block by block."""
    other = points if others is None else others
    found = [np.empty((0, 2), np.int32)]
    step = max(1, _BLOCK // max(len(other), 1))
    for first in range(0, len(points), step):
        rows = slice(first, first + step)
        near = points.start_s[rows, None] - other.end_s <= gap_s
        near &= other.start_s - points.end_s[rows, None] <= gap_s
        i, j = np.nonzero(near)
        i += first
        if others is None:
            i, j = i[i < j], j[i < j]
        square = ((points.xyz[i] - other.xyz[j]) ** 2).sum(axis=1)
        close = square <= (points.reach_m[i] + other.reach_m[j]) ** 2
        found.append(np.column_stack([i[close], j[close]]).astype(np.int32))
    return np.concatenate(found)


def on_earth(lon: ArrayLike, lat: ArrayLike, middle: tuple[float, float]) -> Floats:
    """Positions as metres from the Earth's centre, turned so that the third axis points at `middle` (lon, lat).

    A straight line through the ellipsoid is never longer than the geodesic over it, so pairs by these places may
    be too many and never too few; it works across 180 degrees and at the poles.

    Returns:
        Shape (n, 3), metres on WGS 84.
    """
    globe = wgs84()
    east, north = np.radians(np.asarray(lon, dtype=np.float64)), np.radians(np.asarray(lat, dtype=np.float64))
    normal = globe.a / np.sqrt(1 - globe.es * np.sin(north) ** 2)
    xyz = np.column_stack(
        [
            normal * np.cos(north) * np.cos(east),
            normal * np.cos(north) * np.sin(east),
            normal * (1 - globe.es) * np.sin(north),
        ]
    )
    a, b = np.radians(middle[0]), np.radians(middle[1])
    axes = np.array(
        [
            [-np.sin(a), np.cos(a), 0.0],
            [-np.sin(b) * np.cos(a), -np.sin(b) * np.sin(a), np.cos(b)],
            [np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)],
        ]
    )
    return np.asarray(xyz @ axes.T)


def _groups(points: Points, gap_s: float) -> Iterator[NDArray[np.intp] | slice]:
    """Indices of points of like reach and like duration; everything at once where all are alike."""
    if not len(points):
        return
    reach = np.ceil(np.log2(np.maximum(points.reach_m, 1.0))).astype(np.int64)
    lasts = np.ceil(np.log2(np.maximum(points.end_s - points.start_s, max(gap_s, 1.0)))).astype(np.int64)
    kind = reach * 1024 + lasts
    kinds = np.unique(kind)
    if len(kinds) == 1:
        yield slice(None)
        return
    for one in kinds:
        yield np.flatnonzero(kind == one)


@dataclass(frozen=True)
class _Sorted:
    """Points of one group in the order of their cells, then of time."""

    key: NDArray[np.int64]
    xyz: Floats
    start: Floats
    end: Floats
    reach: Floats
    index: NDArray[np.int32]

    @property
    def arrays(self) -> tuple[Any, ...]:
        return self.key, self.xyz, self.start, self.end, self.reach, self.index


@dataclass(frozen=True)
class _Frame:
    """The cells two groups share: corner, width, cells in a row, and the tick that times are sorted by."""

    x: float
    y: float
    width: float
    row: int
    since: float
    tick_s: float
    ticks: int

    @classmethod
    def around(cls, points: Points, a: Any, others: Points, b: Any, width: float) -> _Frame:
        low, high = [], []
        for axis in (0, 1):
            both = points.xyz[a, axis], others.xyz[b, axis]
            low.append(min(float(part.min()) for part in both))
            high.append(max(float(part.max()) for part in both))
        since = min(float(points.start_s[a].min()), float(others.start_s[b].min()))
        until = max(float(points.start_s[a].max()), float(others.start_s[b].max()))
        columns, row = (int((high[axis] - low[axis]) / width) + 4 for axis in (0, 1))
        room = max(1, 2**_KEY_BITS // (columns * row) - 2)
        tick = max(1.0, (until - since) / room)
        return cls(low[0], low[1], width, row, since, tick, int((until - since) / tick) + 2)

    def sorted(self, points: Points, chosen: Any) -> _Sorted:
        xyz, start = points.xyz[chosen], points.start_s[chosen]
        column = ((xyz[:, 0] - self.x) / self.width).astype(np.int64) + 1
        key = column * self.row + ((xyz[:, 1] - self.y) / self.width).astype(np.int64) + 1
        del column
        order = np.argsort(key * self.ticks + ((start - self.since) / self.tick_s).astype(np.int64))
        index = order if isinstance(chosen, slice) else chosen[order]
        return _Sorted(
            key[order],
            xyz[order],
            start[order],
            points.end_s[chosen][order],
            points.reach_m[chosen][order],
            index.astype(np.int32),
        )


@cache
def _compiled() -> Callable[..., int]:
    """The walk, compiled on first use (numba takes a second or two)."""
    from numba import njit

    @njit(nogil=True)
    def walk(
        key_a: Any, xyz_a: Any, start_a: Any, end_a: Any, reach_a: Any, index_a: Any,
        key_b: Any, xyz_b: Any, start_b: Any, end_b: Any, reach_b: Any, index_b: Any,
        row: int, same: bool, gap: float, longest: float, tick: float, pairs: Any,
    ) -> int:  # fmt: skip
        """Count the pairs, and write them where `pairs` has room."""
        count, room = 0, len(pairs)
        n, m = len(key_a), len(key_b)
        first = np.zeros(3, np.int64)  # in each of the three rows of cells: where the neighbourhood begins
        i0 = 0
        while i0 < n:
            cell = key_a[i0]
            i1 = i0 + 1
            while i1 < n and key_a[i1] == cell:
                i1 += 1
            for turn in range(1 if same else 0, 3):
                begin = cell + (turn - 1) * row - 1
                here = first[turn]
                while here < m and key_b[here] < begin:
                    here += 1
                first[turn] = here
                for step in range(3):
                    other = begin + step
                    if same and turn == 1 and step == 0:
                        continue  # that couple was walked from the other cell
                    j0 = here
                    while j0 < m and key_b[j0] < other:
                        j0 += 1
                    j1 = j0
                    while j1 < m and key_b[j1] == other:
                        j1 += 1
                    here = j1
                    if j0 == j1:
                        continue
                    itself = same and turn == 1 and step == 1
                    low = j0
                    for i in range(i0, i1):
                        earliest = start_a[i] - gap - longest - 2 * tick
                        while low < j1 and start_b[low] < earliest:
                            low += 1
                        latest = end_a[i] + gap
                        x, y, z, reach = xyz_a[i, 0], xyz_a[i, 1], xyz_a[i, 2], reach_a[i]
                        for j in range(max(low, i + 1) if itself else low, j1):
                            if start_b[j] > latest:
                                if start_b[j] > latest + tick:
                                    break
                                continue
                            if start_a[i] - end_b[j] > gap:
                                continue
                            dx, dy, dz = x - xyz_b[j, 0], y - xyz_b[j, 1], z - xyz_b[j, 2]
                            limit = reach + reach_b[j]
                            if dx * dx + dy * dy + dz * dz <= limit * limit:
                                if count < room:
                                    pairs[count, 0], pairs[count, 1] = index_a[i], index_b[j]
                                count += 1
            i0 = i1
        return count

    return walk
