"""Hits and votes: thermal detections as plain columns, and what one cell had on one day.

    rows of a feed --Hits--> without duplicates --votes_of--> Votes: one row a cell, day and stream

A *stream* is what one satellite gives. Archives mix satellites, and more satellites are not more fires, so a cell-day
is judged on one stream and has one vote. Cells are 0.1 degree, counted from 180 W, 90 S; days are UTC days since 1970.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

PER_DEGREE = 10
COLUMNS = 360 * PER_DEGREE
CELLS = COLUMNS * 180 * PER_DEGREE
SAME_PLACE = 10_000  # per degree: rows within 11 m of each other on one day are one detection, given twice
PENTADS = 73
CAP = 5  # a giant burn is one thing that burns: more detections than this in a cell-day teach nothing more
_STREAMS = 64


@dataclass(frozen=True)
class Hits:
    """Detections as columns of equal length.

    Attributes:
        lon, lat: Degrees, WGS 84.
        day: UTC days since 1 January 1970.
        stream: Index into `names`.
        names: Streams, for example the satellites.
    """

    lon: Floats
    lat: Floats
    day: Ints
    stream: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def cell(self) -> Ints:
        """The cell of each detection."""
        return cell_of(self.lon, self.lat)

    def where(self, mask: Mask) -> Hits:
        """Those a mask chooses."""
        return Hits(self.lon[mask], self.lat[mask], self.day[mask], self.stream[mask], self.names)


@dataclass(frozen=True)
class Votes:
    """One row a cell, day and stream with detections, sorted by day, cell and stream.

    Attributes:
        day, cell, stream: As in `Hits`.
        count: Detections, duplicates left out.
    """

    day: Ints
    cell: Ints
    stream: Ints
    count: Ints
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.day)

    def where(self, mask: Mask) -> Votes:
        """Those a mask chooses, in the same order."""
        return Votes(self.day[mask], self.cell[mask], self.stream[mask], self.count[mask], self.names)


def cell_of(lon: Floats, lat: Floats) -> Ints:
    """The cell of each position.

    >>> [name_of(int(cell)) for cell in cell_of(np.array([-180.0, 35.3]), np.array([-89.95, 48.7]))]
    ['90.0S 180.0W', '48.7N 35.3E']
    """
    # A position written 35.3 is 35.29999... in binary: a ten-millionth of a cell is lent to it.
    column = np.floor((lon + 180) * PER_DEGREE + 1e-7).astype(np.int64) % COLUMNS
    row = np.clip(np.floor((lat + 90) * PER_DEGREE + 1e-7).astype(np.int64), 0, 180 * PER_DEGREE - 1)
    return np.asarray(row * COLUMNS + column)


def name_of(cell: int) -> str:
    """A cell by its south-west corner, in degrees."""
    row, column = divmod(cell, COLUMNS)
    lat, lon = row / PER_DEGREE - 90, column / PER_DEGREE - 180
    return f"{abs(lat):.1f}{'N' if lat >= 0 else 'S'} {abs(lon):.1f}{'E' if lon >= 0 else 'W'}"


def first_of_its_place(hits: Hits) -> Mask:
    """Which detections are no repetition of an earlier row at the same place on the same day."""
    lon = np.round((hits.lon + 180) * SAME_PLACE).astype(np.int64)
    lat = np.round((hits.lat + 90) * SAME_PLACE).astype(np.int64)
    key = (hits.day * 1_800_001 + lat) * 3_600_001 + lon
    _, first = np.unique(key, return_index=True)
    mask = np.zeros(len(hits), dtype=bool)
    mask[first] = True
    return mask


def votes_of(hits: Hits) -> Votes:
    """Count detections by cell, day and stream. Duplicates are the caller's to leave out."""
    if len(hits.names) > _STREAMS:
        raise ValueError(f"{len(hits.names)} streams are more than the {_STREAMS} a file can hold")
    key, count = np.unique((hits.day * CELLS + hits.cell) * _STREAMS + hits.stream, return_counts=True)
    place, stream = np.divmod(key, _STREAMS)
    day, cell = np.divmod(place, CELLS)
    return Votes(day, cell, stream, count.astype(np.int64), hits.names)


def year_of(day: Ints) -> Ints:
    """Calendar year of each UTC day."""
    return np.asarray(np.asarray(day, dtype="datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)


def pentad_of(day: Ints) -> Ints:
    """Five days of the year each day falls into, 0..72; 29 February belongs to 25 February to 1 March.

    >>> days = np.array(["2024-01-05", "2024-02-29", "2023-12-31"], "datetime64[D]").astype(np.int64)
    >>> pentad_of(days).tolist()
    [0, 11, 72]
    """
    return _pentads()[day - _FIRST]


_FIRST, _LAST = -7305, 92_000  # 1950 to 2221


@lru_cache(maxsize=1)
def _pentads() -> Ints:
    days = np.arange(_FIRST, _LAST).astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    nth = (days - years).astype(np.int64)
    leap = ((years + 1).astype("datetime64[D]") - years.astype("datetime64[D]")).astype(np.int64) == 366
    return np.asarray((nth - (leap & (nth >= 59))) // 5)
