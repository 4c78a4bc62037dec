"""Lines laid on a sheet, ready to be measured against: the nearest place of each position, and how far it is.

    lines in degrees, Plane --MeasuredLines--> segments in metres, which line each is of, kilometres along them
    MeasuredLines.nearest(positions) -> segment, place on the sheet, geodesic metres

Everything that measures to a line does it here: the line of the day, other publishers' lines, the reference line.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from truceline.ground.nearest import feet_of
from truceline.ground.plane import Plane, steps_m
from truceline.spacetime import wgs84

Floats = NDArray[np.float64]


class MeasuredLines:
    """Lines in their order, on a sheet.

    Args:
        lines: Lines in degrees, each a LineString or a geometry of several.
        plane: The sheet on which nearest places are looked for.
    """

    def __init__(self, lines: Sequence[BaseGeometry], plane: Plane) -> None:
        self.plane = plane
        self._degrees = [
            (index, shapely.get_coordinates(part))
            for index, line in enumerate(lines)
            for part in shapely.get_parts(line)
        ]

    @cached_property
    def ends(self) -> Floats:
        """Every segment on the sheet, metres, shape (n, 2, 2)."""
        on_sheet = [self.plane.xy(points[:, 0], points[:, 1]) for _, points in self._degrees]
        return np.concatenate([np.stack([xy[:-1], xy[1:]], axis=1) for xy in on_sheet])

    @cached_property
    def owner(self) -> NDArray[np.int64]:
        """Index of the line each segment is of, shape (n,)."""
        return np.concatenate([np.full(len(points) - 1, index, dtype=np.int64) for index, points in self._degrees])

    @cached_property
    def to_km(self) -> Floats:
        """Geodesic kilometres from the first line's start to each segment's end; gaps count none. Shape (n,)."""
        return np.asarray(np.cumsum(np.concatenate([steps_m(points) for _, points in self._degrees])) / 1000.0)

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.int64], Floats, Floats]:
        """The nearest place of the lines for each position.

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
        Returns:
            Index of the segment, the place on it (metres on the sheet, shape (n, 2)), and geodesic metres to it. A
            position without a place on the sheet gives -1, NaN, NaN: unknown, not far.
        Raises:
            ValueError: Shapes differ.
        """
        lons, lats = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        xy, known = on_sheet(self.plane, lons, lats)
        segment, feet = np.full(len(xy), -1, dtype=np.int64), np.full((len(xy), 2), np.nan)
        metres = np.full(len(xy), np.nan)
        if known.any():
            segment[known], feet[known] = feet_of(self.ends, xy[known])
            foot = self.plane.lonlat(feet[known])
            metres[known] = wgs84().inv(lons[known], lats[known], foot[:, 0], foot[:, 1])[2]
        return segment, feet, metres


def on_sheet(plane: Plane, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    """Positions in metres on a sheet, shape (n, 2), and which have a place on it; the others are NaN.

    Raises:
        ValueError: Shapes differ.
    """
    lons, lats = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
    if lons.shape != lats.shape or lons.ndim != 1:
        raise ValueError(f"lon {lons.shape} and lat {lats.shape} must be lists of the same length")
    xy = np.full((len(lons), 2), np.nan)
    sound = np.isfinite(lons) & np.isfinite(lats) & (np.abs(lats) <= 90)
    xy[sound] = plane.xy(lons[sound], lats[sound])
    known = np.isfinite(xy).all(axis=1)  # the point opposite the middle has no place on the sheet
    xy[~known] = np.nan
    return xy, known
