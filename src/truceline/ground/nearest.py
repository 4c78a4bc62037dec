"""The nearest point of a line for very many positions, exactly: a tree of boxes over its segments.

    segments on the sheet --SegmentTree--> boxes of consecutive segments, a binary tree of them
    positions in Morton order --nearest--> distance_m, segment, share along it

Consecutive segments lie beside each other, so blocks of them make tight boxes without sorting. Positions are taken
in Morton order, and each search begins with the segment that answered the one before: most boxes are then never
opened. The answer does not depend on that order. Distances are those of the sheet; no fast-math, which breaks
the checks for what is not a number.
Source: branch and bound over bounding boxes, Roussopoulos, Kelley and Vincent (1995), https://doi.org/10.1145/223784.223794
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.strtree import STRtree

LEAF = 4  # segments in the smallest box
MOST_THREADS = 8
CHUNK = 1_000_000  # positions at once: bounds the memory beside input and answer
MORTON_BITS = 16
MANY = 100_000  # positions from which on compiling a faster search pays

Floats = NDArray[np.float64]


def feet_of(ends: Floats, xy: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The nearest segment of each position and the nearest point on it.

    Two segments meet in each vertex; the one that comes first along the line answers for it. Few positions are
    looked up by shapely, very many by the tree below: twenty times as fast, once it is compiled.

    Args:
        ends: Segments in metres, shape (n, 2, 2), in the order of the line.
        xy: Finite positions in metres, shape (m, 2).
    Returns:
        Index of the segment, shape (m,), and the point on it in metres, shape (m, 2).
    """
    if len(xy) >= MANY:
        _, segment, share = SegmentTree(ends.reshape(-1, 4)).nearest(xy)
        chosen = ends[segment]
        return segment.astype(np.int64), chosen[:, 0] + share[:, None] * (chosen[:, 1] - chosen[:, 0])
    segments = shapely.linestrings(ends)
    points = shapely.points(xy)
    which, found = STRtree(segments).query_nearest(points, all_matches=True)
    first = np.lexsort((found, which))
    which, found = which[first], found[first]
    found = found[np.concatenate([[True], which[1:] != which[:-1]])]
    return found, shapely.get_coordinates(shapely.shortest_line(points, segments[found]))[1::2]


class SegmentTree:
    """A line's segments on the sheet, ready to be asked.

    Args:
        segments: x0, y0, x1, y1 in metres, shape (n, 4), in the order of the line; some may have no length.

    Raises:
        ValueError: No segment, another shape, or a coordinate that is not finite.
    """

    def __init__(self, segments: Floats) -> None:
        segments = np.ascontiguousarray(segments, dtype=np.float64)
        if segments.ndim != 2 or segments.shape[1] != 4 or len(segments) == 0:
            raise ValueError(f"segments of shape {segments.shape} must be (n, 4) with n of 1 or more")
        if not np.isfinite(segments).all():
            raise ValueError("a segment has a coordinate that is not a finite number")
        self.segments = segments
        self.boxes = _boxes(segments)

    def nearest(self, xy: Floats) -> tuple[Floats, NDArray[np.int32], Floats]:
        """The nearest point of the line for each position.

        Args:
            xy: Metres on the sheet, shape (n, 2).
        Returns:
            Distance in metres, index of the segment, and the share 0..1 along it, each of shape (n,). A position that
            is not finite gives NaN, -1, NaN: unknown, not far.
        """
        xy = np.ascontiguousarray(xy, dtype=np.float64)
        if xy.ndim != 2 or xy.shape[1] != 2:
            raise ValueError(f"positions of shape {xy.shape} must be (n, 2)")
        distance, segment, share = np.full(len(xy), np.nan), np.full(len(xy), -1, np.int32), np.full(len(xy), np.nan)
        search = _compiled()
        threads = min(os.cpu_count() or 1, MOST_THREADS)
        for start in range(0, len(xy), CHUNK):
            part = slice(start, start + CHUNK)
            order = morton_order(xy[part])
            found = self.segments, self.boxes, xy[part]
            answer = distance[part], segment[part], share[part]
            # Stretches of the curve are searched side by side: each position is answered once, whoever does it.
            stretches = np.array_split(order, threads if len(order) >= MANY else 1)
            with ThreadPoolExecutor(len(stretches)) as pool:
                list(pool.map(lambda stretch, found=found, answer=answer: search(*found, stretch, *answer), stretches))
        return distance, segment, share


def morton_order(xy: Floats) -> NDArray[np.int64]:
    """Indices that walk positions along a Morton curve, near ones after one another; those not finite are left out."""
    finite = np.flatnonzero(np.isfinite(xy).all(axis=1))
    if len(finite) == 0:
        return finite
    points = xy[finite]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (2**MORTON_BITS - 1) / np.maximum(high - low, 1e-9)
    cells = ((points - low) * scale).astype(np.uint64)
    code = _spread(cells[:, 0]) | (_spread(cells[:, 1]) << np.uint64(1))
    return np.asarray(finite[np.argsort(code, kind="stable")])


def _spread(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The bits of 16-bit numbers with a zero between each two."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        value = (value | (value << np.uint64(shift))) & np.uint64(mask)
    return value


def _boxes(segments: Floats) -> Floats:
    """West, south, east, north of every node: node k has children 2k and 2k + 1; leaves hold `LEAF` segments each."""
    leaves = -(-len(segments) // LEAF)
    width = 1 << (leaves - 1).bit_length()
    boxes = np.empty((2 * width, 4))
    boxes[:, :2], boxes[:, 2:] = np.inf, -np.inf  # an empty box is infinitely far from everything
    starts = np.arange(0, len(segments), LEAF)
    for axis in (0, 1):
        low = np.minimum(segments[:, axis], segments[:, axis + 2])
        high = np.maximum(segments[:, axis], segments[:, axis + 2])
        boxes[width : width + leaves, axis] = np.minimum.reduceat(low, starts)
        boxes[width : width + leaves, axis + 2] = np.maximum.reduceat(high, starts)
    for node in range(width - 1, 0, -1):
        left, right = boxes[2 * node], boxes[2 * node + 1]
        boxes[node, :2], boxes[node, 2:] = np.minimum(left[:2], right[:2]), np.maximum(left[2:], right[2:])
    return boxes


@cache
def _compiled() -> Callable[..., Any]:
    """The search, compiled on first use (numba takes a second or two)."""
    from numba import njit

    leaf_size = LEAF

    @njit
    def to_box(boxes: Any, node: int, x: float, y: float) -> float:
        dx = max(boxes[node, 0] - x, x - boxes[node, 2], 0.0)
        dy = max(boxes[node, 1] - y, y - boxes[node, 3], 0.0)
        return dx * dx + dy * dy  # type: ignore[no-any-return]

    @njit
    def to_segment(segments: Any, n: int, x: float, y: float) -> tuple[float, float]:
        ax, ay = segments[n, 0], segments[n, 1]
        ux, uy = segments[n, 2] - ax, segments[n, 3] - ay
        square = ux * ux + uy * uy
        share = 0.0
        if square > 0.0:
            share = min(max(((x - ax) * ux + (y - ay) * uy) / square, 0.0), 1.0)
        dx, dy = ax + share * ux - x, ay + share * uy - y
        return dx * dx + dy * dy, share

    @njit(nogil=True)
    def search(segments: Any, boxes: Any, xy: Any, order: Any, distance: Any, segment: Any, share: Any) -> None:
        width = len(boxes) // 2
        waiting, bound = np.empty(128, np.int64), np.empty(128)
        before = 0
        for index in order:
            x, y = xy[index, 0], xy[index, 1]
            found = before
            best, along = to_segment(segments, found, x, y)
            waiting[0], bound[0], left = 1, to_box(boxes, 1, x, y), 1
            while left:
                left -= 1
                if bound[left] > best:
                    continue
                node = waiting[left]
                if node >= width:
                    first = (node - width) * leaf_size
                    for n in range(first, min(first + leaf_size, len(segments))):
                        square, at = to_segment(segments, n, x, y)
                        if square < best or (square == best and n < found):  # of two as near the first along the line
                            best, along, found = square, at, n
                    continue
                near, far = 2 * node, 2 * node + 1
                d_near, d_far = to_box(boxes, near, x, y), to_box(boxes, far, x, y)
                if d_far < d_near:
                    near, far, d_near, d_far = far, near, d_far, d_near
                if d_far <= best:
                    waiting[left], bound[left] = far, d_far
                    left += 1
                if d_near <= best:
                    waiting[left], bound[left] = near, d_near
                    left += 1
            distance[index], segment[index], share[index] = np.sqrt(best), found, along
            before = found

    return search
