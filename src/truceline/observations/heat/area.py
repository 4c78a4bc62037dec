"""Area: the rectangle of cells a baseline is about, and sums over square rings of it.

A ring leaves out the cell's own surroundings, so that what happens there does not explain itself away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.observations.heat.hits import COLUMNS, PENTADS, Floats, Ints, Mask, Votes

Grid = NDArray[np.float32]
MAX_CELLS = 120_000  # about 35 by 35 degrees: a baseline is for a theatre, not for the world


@dataclass(frozen=True)
class Area:
    """A rectangle of cells: south-west corner in cells from 180 W, 90 S, and its size."""

    column: int
    row: int
    width: int
    height: int

    @classmethod
    def around(cls, cell: Ints, margin: int = 3) -> Area:
        """The smallest rectangle that holds some cells, with a margin. Raises ValueError where it is too large."""
        row, column = np.divmod(cell, COLUMNS)
        west, south = int(column.min()) - margin, int(row.min()) - margin
        width, height = int(column.max()) + margin - west + 1, int(row.max()) + margin - south + 1
        if width * height > MAX_CELLS:
            raise ValueError(
                f"the detections span {width / 10:g} by {height / 10:g} degrees; a baseline holds at most {MAX_CELLS} "
                "cells of 0.1 degree: cut the files to the theatre"
            )
        return cls(west, south, width, height)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.height, self.width

    def index(self, cell: Ints) -> tuple[Ints, Ints, Mask]:
        """Row and column of each cell in the area, and whether it lies in it."""
        row, column = np.divmod(cell, COLUMNS)
        row, column = row - self.row, column - self.column
        inside = (row >= 0) & (row < self.height) & (column >= 0) & (column < self.width)
        return row, column, inside


class Sums:
    """Sums over squares and rings of cells of an image, by its running totals; cut at the edges.

    >>> Sums(np.ones((5, 5), np.float32)).ring(np.array([2, 0]), np.array([2, 0]), outer=2, inner=1).tolist()
    [16.0, 5.0]
    """

    def __init__(self, image: Grid) -> None:
        self._height, self._width = image.shape
        self._total = np.zeros((self._height + 1, self._width + 1))
        self._total[1:, 1:] = image.cumsum(0, dtype=np.float64).cumsum(1)

    def ring(self, row: Ints, column: Ints, *, outer: int, inner: int) -> Floats:
        """Sum around each cell over those farther than `inner` and at most `outer` cells away."""
        return np.maximum(self._square(row, column, outer) - self._square(row, column, inner), 0.0)

    def _square(self, row: Ints, column: Ints, reach: int) -> Floats:
        south, north = np.maximum(row - reach, 0), np.minimum(row + reach + 1, self._height)
        west, east = np.maximum(column - reach, 0), np.minimum(column + reach + 1, self._width)
        t = self._total
        return np.asarray(t[north, east] - t[north, west] - t[south, east] + t[south, west])


def by_pentad(votes: Votes, area: Area, pentad: Ints, cap: int) -> Grid:
    """Capped counts summed by pentad of the year, shape (73, height, width). All votes must lie in the area."""
    row, column, _ = area.index(votes.cell)
    flat = (pentad * area.height + row) * area.width + column
    counts = np.minimum(votes.count, cap).astype(np.float64)
    return (
        np.bincount(flat, counts, PENTADS * area.height * area.width).reshape(PENTADS, *area.shape).astype(np.float32)
    )
