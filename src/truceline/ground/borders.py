"""Coast and international borders: where the edge of an area is no line of contact.

    data/borders_10m.json.gz --builtin--> Borders of the world
    a case's own GeoJSON --from_geojson--> Borders of its theatre
    Borders.lines(bbox) -> coast and borders near a theatre, in degrees

In: country polygons. Out: their outer edges (coast), their common edges (border), and which
country a position lies in. Start at `builtin`.

The built-in file is Natural Earth 1:10m, changed where its default view is not the UN's; provenance
and disclaimer are in data/README.md. Lakes are not cut out of countries.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from truceline.errors import CaseError
from truceline.ground.geojson import areas_only, read_features
from truceline.ground.plane import Bbox, Plane
from truceline.spacetime import LonLat

DISCLAIMER = (
    "Boundaries and names on this map are there for orientation only. They express no opinion on the legal "
    "status of any country or area, or on where its borders run, and imply no endorsement by anybody."
)
# Corners of the tolerance are rounded with 16 chords a quarter turn: short of the circle by 0.12 % at most.
CHORDS = 16


@dataclass(frozen=True)
class Country:
    """A country's name as the source writes it, and its polygons in degrees as the source draws them.

    An area astride 180 degrees is not cut: its longitudes run past 180.
    """

    name: str
    parts: tuple[Polygon, ...]

    @cached_property
    def area(self) -> BaseGeometry:
        """All of it as one valid geometry, put together when first asked for."""
        # On the source's grid many islands touch themselves; mending the whole world takes seconds.
        valid = [part if part.is_valid else areas_only(shapely.make_valid(part)) for part in self.parts]
        return shapely.normalize(shapely.union_all(valid))


@dataclass(frozen=True, eq=False)
class Borders:
    """Countries, the coast, and the borders between countries. Lines are in degrees on WGS 84.

    Attributes:
        source: Where they come from, for the note under a map.
        countries: Sorted by name.
        coast: Edges of one country only.
        border: Edges of two countries.
    """

    source: str
    countries: tuple[Country, ...]
    coast: tuple[BaseGeometry, ...]
    border: tuple[BaseGeometry, ...]
    # Buffering a coast takes most of a day's layout, and following days share one sheet; so what was
    # computed is kept with the borders it was computed from.
    _margins: dict[tuple[Plane, Bbox, float], BaseGeometry] = field(default_factory=dict, repr=False)

    def lines(self, bbox: Bbox, margin_deg: float = 0.0, kind: str | None = None) -> MultiLineString:
        """Coast and international borders within a bbox.

        Args:
            bbox: (west, south, east, north) in degrees; east may run past 180, and the lines
                then do so too.
            margin_deg: How far to look beyond the bbox, degrees.
            kind: ``"coast"`` or ``"border"``; None gives both.
        Returns:
            The lines, cut at the edge of the bbox; empty where there are none.
        """
        if kind not in (None, "coast", "border"):
            raise ValueError(f"kind {kind!r} must be 'coast', 'border' or None")
        west, south, east, north = bbox
        west, south, east, north = west - margin_deg, south - margin_deg, east + margin_deg, north + margin_deg
        found: list[BaseGeometry] = []
        for name in ("coast", "border"):
            if kind not in (None, name):
                continue
            lines, tree = self._trees[name]
            for turn in (-360.0, 0.0, 360.0):
                window = shapely.box(west - turn, south, east - turn, north)
                for index in sorted(int(at) for at in tree.query(window, predicate="intersects")):
                    cut = shapely.clip_by_rect(lines[index], west - turn, south, east - turn, north)
                    found.extend(
                        shapely.transform(part, lambda points, turn=turn: points + np.array([turn, 0.0]))
                        for part in shapely.get_parts(cut)
                        if part.length > 0
                    )
        return MultiLineString(found)

    def near(self, plane: Plane, bbox: Bbox, tolerance_m: float) -> BaseGeometry:
        """The area within a tolerance of coast or border, on the sheet, metres.

        Args:
            plane: The sheet.
            bbox: Where, in degrees.
            tolerance_m: How near counts, metres.
        """
        key = (plane, bbox, tolerance_m)
        if key not in self._margins:
            highest = min(max(abs(bbox[1]), abs(bbox[3])) + 1.0, 89.0)
            margin_deg = 2 * tolerance_m / 111_000 / float(np.cos(np.radians(highest))) + 0.1
            lines = plane.onto(self.lines(bbox, margin_deg))
            self._margins[key] = shapely.buffer(lines, tolerance_m, quad_segs=CHORDS)
        return self._margins[key]

    def country_at(self, at: LonLat) -> str | None:
        """The country a position lies in, by the source's name; None at sea and where none is drawn."""
        owners, tree = self._parts
        points = [shapely.Point(at.lon + turn, at.lat) for turn in (-360.0, 0.0, 360.0)]
        _, found = tree.query(points, predicate="intersects")
        return min((owners[int(index)] for index in found), default=None)

    def country(self, name: str) -> BaseGeometry:
        """The area of a country in degrees.

        Raises:
            ValueError: No country of that name; near names are given.
        """
        for country in self.countries:
            if country.name == name:
                return country.area
        alike = sorted(c.name for c in self.countries if name[:3].casefold() == c.name[:3].casefold())
        raise ValueError(f"country {name!r} is not in {self.source}; names like it: {', '.join(alike) or 'none'}")

    @cached_property
    def _trees(self) -> dict[str, tuple[tuple[BaseGeometry, ...], STRtree]]:
        return {"coast": (self.coast, STRtree(self.coast)), "border": (self.border, STRtree(self.border))}

    @cached_property
    def _parts(self) -> tuple[tuple[str, ...], STRtree]:
        parts = [(country.name, part) for country in self.countries for part in country.parts]
        return tuple(name for name, _ in parts), STRtree([part for _, part in parts])


@cache
def builtin(scale: str = "10m") -> Borders:
    """The borders and coast of the world that come with Truceline, read once.

    Args:
        scale: ``10m`` for finding lines and drawing theatres, ``50m`` for showing where in the world one lies.
    """
    name = {"10m": "borders_10m.json.gz", "50m": "borders_50m.json.gz"}[scale]
    content = json.loads(gzip.decompress(files("truceline.ground").joinpath("data", name).read_bytes()))
    if content["format"] != "truceline-borders-1":
        raise ValueError(f"{name} has format {content['format']!r}, this version reads truceline-borders-1")
    return _from_arcs(content, f"Natural Earth 1:{scale}, with changes")


def from_geojson(text: bytes | str, name: str = "borders") -> Borders:
    """Read a case's own borders: a FeatureCollection of country polygons with a property `name`.

    Edges that two countries share are borders, all others count as coast.

    Args:
        text: The file as it is.
        name: What the file is called; the error speaks in this name.
    Raises:
        CaseError: It is not that.
    """
    features = read_features(text, who=name, error=CaseError)
    areas: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        called = feature.properties.get("name")
        if not isinstance(called, str) or not called.strip():
            raise CaseError(
                name, f"feature {feature.number} has no property 'name'", "Give each country polygon a name."
            )
        areas.setdefault(called.strip(), []).append(feature.area)
    countries = tuple(
        Country(called, tuple(areas_only(shapely.union_all(areas[called])).geoms)) for called in sorted(areas)
    )
    edges = [_without_cut(country.area.boundary) for country in countries]
    pairs = STRtree(edges).query(edges, predicate="intersects").T
    shared = [
        part
        for one, other in sorted((int(a), int(b)) for a, b in pairs if a < b)
        for part in shapely.get_parts(shapely.get_parts(edges[one].intersection(edges[other])))
        if part.geom_type == "LineString"
    ]
    border = shapely.union_all(shared) if shared else MultiLineString()
    coast = shapely.union_all(edges).difference(border)
    return Borders(name, countries, tuple(_lines(coast)), tuple(_lines(border)))


def _from_arcs(content: dict[str, Any], source: str) -> Borders:
    """Borders from a file that stores each common edge once, as an arc that rings refer to."""
    starts = np.concatenate([[0], np.cumsum(content["lengths"])])
    degrees = []
    for axis, values in enumerate(("dx", "dy")):
        steps = np.array(content[values], dtype=np.int64)
        run = np.cumsum(steps)
        # Each arc's first step is its absolute place on the grid, so the run before it is taken away.
        before = np.repeat(run[starts[:-1]] - steps[starts[:-1]], content["lengths"])
        degrees.append((run - before) * content["scale"][axis] + content["translate"][axis])
    points = np.column_stack(degrees)
    arcs = [points[a:b] for a, b in pairwise(starts)]
    users: dict[int, Counter[str]] = {}
    countries = []
    for name, polygons in content["countries"]:
        for ring in (ring for polygon in polygons for ring in polygon):
            for arc in ring:
                users.setdefault(arc if arc >= 0 else ~arc, Counter())[name] += 1
        parts = tuple(Polygon(_ring(p[0], arcs), [_ring(hole, arcs) for hole in p[1:]]) for p in polygons)
        countries.append(Country(name, parts))
    # An edge that one country's own parts share (see data/README.md) is neither coast nor border.
    coast = [arc for arc, by in sorted(users.items()) if by.total() == 1]
    border = [arc for arc, by in sorted(users.items()) if len(by) > 1]
    return Borders(
        source,
        tuple(countries),
        tuple(line for arc in coast for line in _off_seam(_line(arcs[arc]))),
        tuple(line for arc in border for line in _off_seam(_line(arcs[arc]))),
    )


def _ring(ring: Iterable[int], arcs: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The points of a ring, running on past 180 degrees, and round the pole where it holds one."""
    pieces = [arcs[arc] if arc >= 0 else arcs[~arc][::-1] for arc in ring]
    points = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
    points = _unrolled(points)
    if abs(points[-1, 0] - points[0, 0]) > 180:
        pole = np.array([[points[-1, 0], -90.0], [points[0, 0], -90.0], points[0]])
        points = np.concatenate([points, pole])
    return points


def _unrolled(points: NDArray[np.float64]) -> NDArray[np.float64]:
    if np.abs(np.diff(points[:, 0])).max() <= 180:
        return points
    return np.column_stack([np.unwrap(points[:, 0], period=360.0), points[:, 1]])


def _line(points: NDArray[np.float64]) -> BaseGeometry:
    return shapely.linestrings(_unrolled(points))


def _off_seam(line: BaseGeometry) -> Iterator[BaseGeometry]:
    """A line without its steps along 180 degrees: the built-in map was cut there, no coast runs there."""
    points = shapely.get_coordinates(line)
    on_seam = np.abs(np.abs(points[:, 0]) - 180.0) < 1e-6
    seam = on_seam[:-1] & on_seam[1:]
    for piece in np.split(points, np.flatnonzero(seam) + 1):
        if len(piece) > 1:
            yield shapely.linestrings(piece)


def _without_cut(edge: BaseGeometry) -> BaseGeometry:
    """A country's edge without what lies on both sides of 180 degrees: there the file was cut."""
    east, west = (edge.intersection(shapely.LineString([(lon, -90), (lon, 90)])) for lon in (180, -180))
    cut = east.intersection(shapely.transform(west, lambda points: points + np.array([360.0, 0.0])))
    if cut.length == 0:
        return edge
    return edge.difference(cut).difference(shapely.transform(cut, lambda points: points - np.array([360.0, 0.0])))


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    merged = shapely.line_merge(geometry)
    return [line for line in shapely.get_parts(merged) if line.length > 0]
