"""Sectors: the line of contact cut into stretches of equal length, in its own order.

    LineOfContact --cut--> Sector S01, S02, ...

In: a chained line. Out: sectors whose lengths add up to the line's. Kilometres count along the
pieces from the line's start; the gaps between pieces count nothing. They belong to one day's map
and slide when the line is redrawn; along a fixed line they do not (`reference.py`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString

from truceline.ground.line import LineOfContact
from truceline.ground.plane import Plane, steps_m

MAX_SECTORS = 10_000


@dataclass(frozen=True)
class Sector:
    """A stretch of the line.

    Attributes:
        id: ``S01`` and on, in the order of the line; ids of one line sort as text.
        from_km: Chainage of its start, kilometres along the line chainage is counted on.
        to_km: Chainage of its end.
        path: The stretch of the day's line in degrees, WGS 84; several parts where the line has a gap.
        length_km: Length of that stretch, kilometres: as much as from_km to to_km where chainage is counted along
            the day's line itself, more or less where it is counted along a reference line.
    """

    id: str
    from_km: float
    to_km: float
    path: MultiLineString
    length_km: float


def cut(line: LineOfContact, sector_km: float, plane: Plane) -> tuple[Sector, ...]:
    """Cut a line into sectors by chainage.

    A rest shorter than half a sector is added to the last whole one.

    Args:
        line: The line.
        sector_km: Length of a sector, kilometres.
        plane: The sheet the line was found on.
    Raises:
        ValueError: `sector_km` is not a finite number above 0, or would give over 10,000 sectors.
    """
    pieces = _with_chainage(line, plane)
    bounds = marks(line.length_km, sector_km)
    digits = max(2, len(str(len(bounds) - 1)))
    return tuple(
        Sector(f"S{number:0{digits}d}", start, end, _stretch(pieces, start, end, plane), end - start)
        for number, (start, end) in enumerate(pairwise(bounds), start=1)
    )


def marks(length_km: float, sector_km: float) -> list[float]:
    """Where sectors begin and end along a line, kilometres; a rest under half a sector joins the last.

    Raises:
        ValueError: `sector_km` is not a finite number above 0, or would give over 10,000 sectors.
    """
    if not (math.isfinite(sector_km) and sector_km > 0):
        raise ValueError(f"sector_km {sector_km} must be a finite number above 0")
    if length_km / sector_km > MAX_SECTORS:
        raise ValueError(f"sector_km {sector_km} cuts {length_km:.0f} km into more than {MAX_SECTORS:,} sectors")
    whole, rest = divmod(length_km, sector_km)
    count = max(int(whole) + (rest >= sector_km / 2), 1)
    return [number * sector_km for number in range(count)] + [length_km]


def _with_chainage(line: LineOfContact, plane: Plane) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Each piece on the sheet, with the geodesic chainage of its points in kilometres."""
    found = []
    before = 0.0
    for piece in line.pieces:
        degrees = shapely.get_coordinates(piece)
        km = before + np.concatenate([[0.0], np.cumsum(steps_m(degrees))]) / 1000.0
        before = float(km[-1])
        found.append((plane.xy(degrees[:, 0], degrees[:, 1]), km))
    # Summing step by step and piece by piece differs in the last digit; the last point is the line's end.
    found[-1][1][-1] = max(line.length_km, float(found[-1][1][-2]) if len(found[-1][1]) > 1 else 0.0)
    return found


def _stretch(
    pieces: list[tuple[NDArray[np.float64], NDArray[np.float64]]], start: float, end: float, plane: Plane
) -> MultiLineString:
    """The part of the line between two chainages, in degrees."""
    parts = []
    for points, km in pieces:
        low, high = max(start, float(km[0])), min(end, float(km[-1]))
        if low >= high:
            continue
        inner = points[(km > low) & (km < high)]
        ends = np.array([[np.interp(at, km, points[:, axis]) for axis in (0, 1)] for at in (low, high)])
        parts.append(LineString(plane.lonlat(np.concatenate([ends[:1], inner, ends[1:]]))))
    return MultiLineString(parts)
