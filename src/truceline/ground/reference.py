"""The reference line: one fixed line a case counts its kilometres along, however the line of contact is redrawn.

    a line of contact, or a case's own file --> ReferenceLine
    ReferenceLine.chainage_km(positions) -> kilometre of the nearest point, and how far off it lies
    line of a day, ReferenceLine --cut_along--> Sectors that keep their names
    two reference lines --rebased--> a table of kilometre by kilometre

A place has the chainage of the nearest point of the reference line. That does not change when a map is redrawn; it
changes when the case takes another reference line, and then the table says from which kilometre to which.
Method: docs/methods/line.md
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import LineString, MultiLineString

from truceline.errors import CaseError
from truceline.ground.geojson import read_lines
from truceline.ground.line import LineOfContact
from truceline.ground.measured import MeasuredLines
from truceline.ground.nearest import feet_of
from truceline.ground.plane import Plane, bbox_of, steps_m, whole_degrees
from truceline.ground.sectors import Sector, marks

STEP_M = 250.0  # how often a day's line is asked which sector it is in; in between the change is halved down to 1 cm
HALVINGS = 15


@dataclass(frozen=True)
class ReferenceLine:
    """A fixed line with kilometres along it.

    Attributes:
        name: What it is, for the note beside every kilometre.
        path: Pieces in order, degrees on WGS 84; gaps between them count no kilometres.
        plane: The sheet nearest points are looked for on.
    """

    name: str
    path: MultiLineString
    plane: Plane

    @cached_property
    def length_km(self) -> float:
        """Geodesic length, kilometres."""
        return float(self._measured.to_km[-1])

    @cached_property
    def _measured(self) -> MeasuredLines:
        return MeasuredLines([self.path], self.plane)

    @cached_property
    def _from_km(self) -> NDArray[np.float64]:
        return np.concatenate([[0.0], self._measured.to_km[:-1]])

    def chainage_km(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The kilometre of each position, and how far from the reference line it lies.

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
        Returns:
            Kilometres along the reference line, and metres from it (geodesic), shape (n,) each; NaN where a
            position is not finite.
        """
        segment, feet, metres = self._measured.nearest(lon, lat)
        return self._along(segment, feet), metres

    def km_on_sheet(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """The kilometre of places on this line's own sheet, metres, shape (n, 2)."""
        return self._along(*feet_of(self._measured.ends, xy))

    def _along(self, segment: NDArray[np.int64], feet: NDArray[np.float64]) -> NDArray[np.float64]:
        """Kilometres of places on segments; NaN for no segment."""
        ends = self._measured.ends[segment]
        whole = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
        share = np.divide(np.hypot(*(feet - ends[:, 0]).T), whole, out=np.zeros(len(feet)), where=whole > 0)
        start, end = self._from_km[segment], self._measured.to_km[segment]
        return np.where(segment >= 0, start + np.minimum(share, 1.0) * (end - start), np.nan)

    def place_at(self, km: ArrayLike) -> NDArray[np.float64]:
        """Longitude and latitude of kilometres along the line, shape (n, 2); outside it, its ends."""
        ends, from_km, to_km = self._measured.ends, self._from_km, self._measured.to_km
        at = np.clip(np.atleast_1d(np.asarray(km, dtype=float)), 0.0, self.length_km)
        segment = np.minimum(np.searchsorted(to_km, at, side="left"), len(to_km) - 1)
        whole = to_km[segment] - from_km[segment]
        share = np.divide(at - from_km[segment], whole, out=np.zeros(len(at)), where=whole > 0)
        xy = ends[segment, 0] + share[:, None] * (ends[segment, 1] - ends[segment, 0])
        return self.plane.lonlat(xy)

    def to_geojson(self) -> bytes:
        """The line as a file a case can keep; read again it gives the same kilometres to a millimetre."""
        coordinates = [np.round(shapely.get_coordinates(part), 9).tolist() for part in self.path.geoms]
        geometry = {"type": "MultiLineString", "coordinates": coordinates}
        properties = {"name": self.name, "length_km": round(self.length_km, 3)}
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Rebased:
    """Where a kilometre of the old reference line lies on the new one, and how far that is from it, metres."""

    old_km: float
    new_km: float
    apart_m: float


def of_line(line: LineOfContact) -> ReferenceLine:
    """The reference line that a line of contact makes: its pieces in its own order."""
    path = line.path
    return ReferenceLine(
        f"the line of {line.publisher} of {line.day} at {line.tolerance_km:g} km", path, _plane_over(path)
    )


def of_file(text: bytes, *, name: str) -> ReferenceLine:
    """The reference line out of a GeoJSON file of lines, in the file's order and direction.

    Raises:
        CaseError: The file is no such thing.
    """
    path = read_lines(text, who=name, error=CaseError)
    return ReferenceLine(f"the line of {name}", path, _plane_over(path))


def rebased(old: ReferenceLine, new: ReferenceLine, *, every_km: float = 25.0) -> tuple[Rebased, ...]:
    """The table that goes with a change of reference line: whole steps of the old one, and its end."""
    count = math.floor(old.length_km / every_km + 1e-9)
    at = np.unique(np.append(np.arange(count + 1) * every_km, old.length_km))
    places = old.place_at(at)
    km, apart = new.chainage_km(places[:, 0], places[:, 1])
    return tuple(
        Rebased(round(float(a), 3), round(float(b), 3), round(float(c), 1))
        for a, b, c in zip(at, km, apart, strict=True)
    )


def cut_along(
    line: LineOfContact, reference: ReferenceLine, sector_km: float
) -> tuple[tuple[Sector, ...], tuple[str, ...]]:
    """Cut the line of a day into the sectors of the reference line.

    Every stretch belongs to the sector that holds the chainage of its places. All of the line is in some sector, so
    lengths add up; a sector the line does not touch that day is left out, and its name with it.

    Args:
        line: The line of the day.
        reference: The line kilometres are counted along.
        sector_km: Length of a sector along the reference line, kilometres.
    Returns:
        The sectors in order, and the names of those without any line that day.
    """
    bounds = np.array(marks(reference.length_km, sector_km))
    count = len(bounds) - 1
    parts: list[list[NDArray[np.float64]]] = [[] for _ in range(count)]
    for piece in line.pieces:
        degrees = shapely.get_coordinates(piece)
        for index, stretch in _stretches(reference.plane.xy(degrees[:, 0], degrees[:, 1]), reference, bounds):
            parts[index].append(stretch)
    digits = max(2, len(str(count)))
    sectors, absent = [], []
    for index, stretches in enumerate(parts):
        name = f"S{index + 1:0{digits}d}"
        if not stretches:
            absent.append(name)
            continue
        path = MultiLineString([LineString(reference.plane.lonlat(points)) for points in stretches])
        metres = math.fsum(float(steps_m(shapely.get_coordinates(part)).sum()) for part in path.geoms)
        sectors.append(Sector(name, float(bounds[index]), float(bounds[index + 1]), path, metres / 1000.0))
    return tuple(sectors), tuple(absent)


def _stretches(
    xy: NDArray[np.float64], reference: ReferenceLine, bounds: NDArray[np.float64]
) -> list[tuple[int, NDArray[np.float64]]]:
    """One piece cut where its places change sector: (sector, points on the sheet), in the order of the piece."""
    last = len(bounds) - 2

    def sector_at(points: NDArray[np.float64]) -> NDArray[np.int64]:
        km = reference.km_on_sheet(points)
        return np.clip(np.searchsorted(bounds, km, side="right") - 1, 0, last)

    points, whose = _asked_often(xy)
    index = sector_at(points)
    changes = np.flatnonzero(index[1:] != index[:-1])
    low, high = points[changes], points[changes + 1]
    for _ in range(HALVINGS):
        if not len(changes):
            break
        middle = (low + high) / 2
        same = (sector_at(middle) == index[changes])[:, None]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    cut_after = dict(zip(changes.tolist(), high, strict=True))
    found: list[tuple[int, NDArray[np.float64]]] = []
    pending = [points[0]]
    for at in range(len(points) - 1):
        if at in cut_after:
            pending.append(cut_after[at])
            found.append((int(index[at]), np.array(pending)))
            pending = [cut_after[at]]
        if whose[at + 1]:  # only the line's own vertices and the cuts are kept
            pending.append(points[at + 1])
    found.append((int(index[-1]), np.array(pending)))
    return [(sector, line) for sector, line in found if len(line) > 1 and (line[1:] != line[:-1]).any()]


def _asked_often(xy: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A path with points put in so that none is more than `STEP_M` from the next, and which are its own."""
    steps = np.hypot(*(xy[1:] - xy[:-1]).T)
    pieces = np.maximum(np.ceil(steps / STEP_M), 1).astype(np.int64)
    start = np.repeat(np.arange(len(steps)), pieces)
    turn = np.concatenate([np.arange(n) for n in pieces]) / np.repeat(pieces, pieces)
    points = xy[start] + turn[:, None] * (xy[start + 1] - xy[start])
    return np.vstack([points, xy[-1:]]), np.append(turn == 0.0, True)


def _plane_over(path: MultiLineString) -> Plane:
    return Plane.over(whole_degrees(bbox_of(path)))
