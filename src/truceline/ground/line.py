"""The line of contact: the edge of an area of control, less coast and international border.

    ControlArea --less what lies within the tolerance of coast and border--> stretches on land
    stretches --chained end to end--> LineOfContact

In: one control area, the borders, a tolerance. Out: pieces in one order and direction, from the
north-most end on, with geodesic lengths. Start at `line_of_contact`. Where the publisher's rings
begin, and which way they run, changes nothing.
Method, choices and limits: docs/methods/line.md
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from truceline.errors import FeedChanged
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.misplaced import refuse_misplaced
from truceline.ground.plane import Plane, bbox_of, length_km, unwrapped, whole_degrees
from truceline.spacetime import LonLat

# Coordinates on the sheet are rounded to this, so that pieces which met before the sheet still meet on it.
GRID_M = 0.001
MAX_TOLERANCE_KM = 200.0


@dataclass(frozen=True)
class LineOfContact:
    """Where the areas of the parties meet, as one publisher drew it for one day: assessed, not agreed.

    Attributes:
        publisher: Whose map it is.
        day: The day the map stands for.
        pieces: In order; the end of each lies near the start of the next. Degrees, WGS 84.
        length_km: Geodesic length of all pieces at the map's own detail, kilometres.
        tolerance_km: Edges within this distance of coast or border are not part of the line. A
            length without it is meaningless.
        dropped_km: Length of scraps left out because each is shorter than the tolerance.
        dropped_pieces: How many scraps that were.
        at_sea_km: Length left out because it lies off every coast, farther than the tolerance.
        elsewhere_km: Length left out because it lies in a country that was not asked for.
        by_country: Length in each country the line runs through, (name, kilometres), by name. A map
            and the borders may disagree by more than the tolerance: then a stretch of the border
            itself shows here as kilometres in the neighbour.
        borders_found: Whether any coast or border lay near the area at all; where none did, its
            whole edge is taken for the line.
    """

    publisher: str
    day: date
    pieces: tuple[LineString, ...]
    length_km: float
    tolerance_km: float
    dropped_km: float
    dropped_pieces: int
    at_sea_km: float
    elsewhere_km: float
    by_country: tuple[tuple[str, float], ...]
    borders_found: bool

    @property
    def path(self) -> MultiLineString:
        """All pieces as one geometry in degrees."""
        return MultiLineString(list(self.pieces))


def plane_of(control: ControlArea) -> Plane:
    """The sheet a control area is measured on; areas within the same whole degrees share one."""
    return Plane.over(whole_degrees(bbox_of(unwrapped(control.area))))


def line_of_contact(
    control: ControlArea, borders: Borders, *, tolerance_km: float, on_land_of: Sequence[str] = ()
) -> LineOfContact:
    """Find the line of contact of one control area.

    The edge of the area, less every part within the tolerance of coast or international border,
    less what lies at sea. Scraps shorter than the tolerance are left out too: they are no longer
    than the disagreement between two maps of one coast. All that is left out is measured.

    Args:
        control: The area one party holds.
        borders: Coast and borders.
        tolerance_km: How far the map and the borders may disagree about the same coast, kilometres.
        on_land_of: Names of countries, as `borders` writes them, on whose land the line is looked
            for. None named: on all land.
    Returns:
        The line, its pieces chained from the north-most end (of two as far north, the west one):
        each next piece is the one with an end nearest to where the last one ended.
    Raises:
        FeedChanged: No part of the edge is left, or the area lies in another country or has its axes swapped.
        ValueError: The tolerance is not above 0 and at most 200 km, or a country is not known.
    """
    if not 0 < tolerance_km <= MAX_TOLERANCE_KM:
        raise ValueError(f"tolerance_km {tolerance_km} must be above 0 and at most {MAX_TOLERANCE_KM:g}")
    for name in on_land_of:
        borders.country(name)  # an unknown name is refused here, not met with an empty line
    refuse_misplaced(control, borders, on_land_of)
    area = shapely.normalize(unwrapped(control.area))
    bbox = whole_degrees(bbox_of(area))
    plane = Plane.over(bbox)
    margin = borders.near(plane, bbox, tolerance_km * 1000.0)
    stretches = _less(plane.onto(area).boundary, margin)

    kept: list[NDArray[np.float64]] = []
    scraps: list[float] = []
    at_sea: list[float] = []
    elsewhere: list[float] = []
    by_country: dict[str, list[float]] = {}
    for stretch in stretches:
        length = length_km(plane.back(stretch))
        # A stretch keeps its distance from every coast and border, so all of it lies where its middle does.
        lon, lat = plane.lonlat(shapely.get_coordinates(stretch.interpolate(0.5, normalized=True)))[0]
        country = borders.country_at(LonLat(float(lon), float(lat)))
        if country is None and not margin.is_empty:
            at_sea.append(length)
        elif on_land_of and country not in on_land_of:
            elsewhere.append(length)
        elif length < tolerance_km:
            scraps.append(length)
        else:
            kept.append(shapely.get_coordinates(stretch))
            if country is not None:
                by_country.setdefault(country, []).append(length)
    if not kept:
        raise FeedChanged(
            control.publisher,
            f"the area of {control.held_by} on {control.day} has no edge on land longer than {tolerance_km:g} km and "
            f"farther than {tolerance_km:g} km from coast and border, so there is no line of contact",
            "Check the map, and in truce.toml [ground] borders and tolerance_km.",
        )
    pieces = tuple(LineString(plane.lonlat(points)) for points in _chained(kept, plane))
    return LineOfContact(
        publisher=control.publisher,
        day=control.day,
        pieces=pieces,
        length_km=math.fsum(length_km(piece) for piece in pieces),
        tolerance_km=tolerance_km,
        dropped_km=math.fsum(scraps),
        dropped_pieces=len(scraps),
        at_sea_km=math.fsum(at_sea),
        elsewhere_km=math.fsum(elsewhere),
        by_country=tuple((name, math.fsum(by_country[name])) for name in sorted(by_country)),
        borders_found=not margin.is_empty,
    )


def _less(edge: BaseGeometry, margin: BaseGeometry) -> list[BaseGeometry]:
    """The stretches of an edge outside the margin, in one canonical order and direction."""
    whole = shapely.union_all(_rounded(_lines(edge)))
    rest = whole if margin.is_empty else whole.difference(margin)
    # Cutting leaves a joint where each ring began: joined again, so that it makes no piece of its own.
    return _lines(shapely.normalize(shapely.line_merge(shapely.union_all(_rounded(_lines(rest))))))


def _rounded(lines: list[BaseGeometry]) -> list[BaseGeometry]:
    """Lines with coordinates rounded to the grid, without those that shrink to a point."""
    rounded = [shapely.transform(line, lambda points: np.round(points / GRID_M) * GRID_M) for line in lines]
    return [line for line in rounded if line.length > 0]


def _lines(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The lines of any geometry; where an edge only touches the margin, points are left, and let go."""
    parts = shapely.get_parts(shapely.get_parts([geometry]))
    return [LineString(part) for part in parts if part.geom_type in ("LineString", "LinearRing")]


def _chained(pieces: list[NDArray[np.float64]], plane: Plane) -> list[NDArray[np.float64]]:
    """Pieces ordered and turned so that the line runs on from its north-most end."""
    waiting = [_from_its_north(piece, plane) if _closed(piece) else piece for piece in pieces]
    ends = np.array([[piece[0], piece[-1]] for piece in waiting])  # (n, 2, xy)
    # North first, then west: the rank that decides where the line starts, and every tie after that.
    order = _north_then_west(ends.reshape(-1, 2), plane)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    free = np.ones(len(waiting), dtype=bool)
    chained: list[NDArray[np.float64]] = []
    at = int(order[0])
    while True:
        piece, end = divmod(at, 2)
        free[piece] = False
        chained.append(waiting[piece] if end == 0 else waiting[piece][::-1])
        if not free.any():
            return chained
        gap = np.hypot(*(ends.reshape(-1, 2) - chained[-1][-1]).T)
        gap[~np.repeat(free, 2)] = np.inf
        at = int(np.lexsort((rank, np.round(gap, 3)))[0])


def _closed(points: NDArray[np.float64]) -> bool:
    return bool((points[0] == points[-1]).all())


def _north_then_west(points: NDArray[np.float64], plane: Plane) -> NDArray[np.int64]:
    """The order of points from north to south, of those as far north (to 0.1 m) from west to east."""
    degrees = np.round(plane.lonlat(points), 6)
    return np.lexsort((degrees[:, 0], -degrees[:, 1]))


def _from_its_north(ring: NDArray[np.float64], plane: Plane) -> NDArray[np.float64]:
    """A closed piece (round an enclave) begun at its north-most point, running clockwise."""
    first = int(_north_then_west(ring[:-1], plane)[0])
    turned = np.concatenate([ring[first:-1], ring[: first + 1]])
    return turned[::-1] if shapely.is_ccw(shapely.linearrings(turned)) else turned
