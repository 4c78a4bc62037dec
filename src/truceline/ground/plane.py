"""The flat sheet a theatre is measured on, and the ellipsoid it is measured against.

    degrees --Plane.onto--> metres in the plane --Plane.back--> degrees

In: geometry in degrees (longitude first, WGS 84). Out: the same in metres, or lengths and areas
that do not depend on the sheet at all: every length that is printed is geodesic.

The sheet is Lambert's azimuthal equal-area projection about the middle of the theatre. At a
distance r from the middle it stretches lengths by at most (r/R)^2 / 8 either way: 0.06 % at 450 km,
0.1 % at 570 km. It decides what is nearest and what lies within the tolerance, nothing more.
Source: Snyder (1987), Map projections: a working manual, https://doi.org/10.3133/pp1395, p. 182-190
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from truceline.spacetime import wgs84

EARTH_RADIUS_M = 6_371_008.8
# GeoJSON means an edge to be straight in degrees. An edge is divided into steps of this many degrees
# (at most 5.6 km) before it is projected, so that it stays within a metre of that on the sheet.
STEP_DEG = 0.05

Bbox = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plane:
    """A sheet in metres about a middle, as a value: the same middle gives the same sheet.

    Attributes:
        lon: Longitude of the middle in degrees.
        lat: Latitude of the middle in degrees.
    """

    lon: float
    lat: float

    @classmethod
    def over(cls, bbox: Bbox) -> Plane:
        """The sheet about the middle of (west, south, east, north); east may run past 180."""
        west, south, east, north = bbox
        return cls((west + east) / 2, (south + north) / 2)

    @cached_property
    def _laea(self) -> Proj:
        lon = (self.lon + 180) % 360 - 180
        return Proj(proj="laea", lon_0=lon, lat_0=self.lat, ellps="WGS84", units="m")

    def xy(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Metres east and north of the middle, shape (n, 2)."""
        x, y = self._laea(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        return np.column_stack([np.atleast_1d(x), np.atleast_1d(y)])

    def lonlat(self, xy: ArrayLike) -> NDArray[np.float64]:
        """Degrees of points on the sheet, shape (n, 2), longitude in -180..180."""
        points = np.asarray(xy, dtype=float).reshape(-1, 2)
        lon, lat = self._laea(points[:, 0], points[:, 1], inverse=True)
        return np.column_stack([lon, lat])

    def onto(self, geometry: BaseGeometry) -> BaseGeometry:
        """Geometry in degrees, its edges divided into small steps, on the sheet in metres."""
        stepped = shapely.segmentize(geometry, STEP_DEG)
        return shapely.transform(stepped, _columns(self.xy))

    def back(self, geometry: BaseGeometry) -> BaseGeometry:
        """Geometry on the sheet, in degrees again."""
        return shapely.transform(geometry, self.lonlat)

    def stretch(self, bbox: Bbox) -> float:
        """The largest share by which the sheet lengthens or shortens a distance within a bbox."""
        west, south, east, north = bbox
        corners = [(lon, lat) for lon in (west, east) for lat in (south, north)]
        far = max(wgs84().inv(self.lon, self.lat, lon, lat)[2] for lon, lat in corners)
        return float((far / EARTH_RADIUS_M) ** 2 / 8)


def _columns(
    xy: Callable[[ArrayLike, ArrayLike], NDArray[np.float64]],
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    return lambda points: xy(points[:, 0], points[:, 1])


def bbox_of(geometry: BaseGeometry) -> Bbox:
    """(west, south, east, north) in degrees; for a geometry that lies astride 180, east runs past it."""
    west, south, east, north = (float(edge) for edge in geometry.bounds)
    return west, south, east, north


def unwrapped(geometry: BaseGeometry) -> BaseGeometry:
    """Polygons that a map had to cut at 180 degrees, put together again with longitudes past 180.

    Parts are moved by a whole turn only where that makes the whole narrower than half the globe.
    """
    west, _, east, _ = geometry.bounds
    if east - west <= 180:
        return geometry
    parts = shapely.get_parts(geometry)
    moved = [
        shapely.transform(part, lambda points: points + np.array([360.0, 0.0])) if part.bounds[2] <= 0 else part
        for part in parts
    ]
    whole = shapely.union_all(moved)
    new_west, _, new_east, _ = whole.bounds
    return whole if new_east - new_west <= 180 else geometry


def whole_degrees(bbox: Bbox) -> Bbox:
    """The bbox widened to whole degrees, so that maps of following days share one sheet."""
    west, south, east, north = bbox
    return (
        float(math.floor(west)),
        float(max(math.floor(south), -90)),
        float(math.ceil(east)),
        float(min(math.ceil(north), 90)),
    )


def steps_m(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Geodesic length of each step of a path in degrees, metres, shape (n - 1,)."""
    _, _, metres = wgs84().inv(lonlat[:-1, 0], lonlat[:-1, 1], lonlat[1:, 0], lonlat[1:, 1])
    return np.asarray(metres, dtype=float)


def length_km(lines: BaseGeometry) -> float:
    """Geodesic length of lines in degrees on WGS 84, kilometres."""
    return math.fsum(float(steps_m(shapely.get_coordinates(line)).sum()) for line in shapely.get_parts(lines)) / 1000.0


def area_km2(area: BaseGeometry) -> float:
    """Geodesic area of polygons in degrees on WGS 84, square kilometres.

    Edges are taken as straight in degrees, as GeoJSON has them. The order, start and direction of
    rings do not matter.

    Source:
        Karney (2013), https://doi.org/10.1007/s00190-012-0578-z
    """
    total: list[float] = []
    for part in shapely.get_parts(shapely.segmentize(area, STEP_DEG)):
        total.append(_ring_km2(part.exterior))
        total.extend(-_ring_km2(hole) for hole in part.interiors)
    return math.fsum(total)


def _ring_km2(ring: BaseGeometry) -> float:
    points = shapely.get_coordinates(ring)
    metres2, _ = wgs84().polygon_area_perimeter(points[:, 0], points[:, 1])
    return abs(float(metres2)) / 1e6
