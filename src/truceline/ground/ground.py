"""The ground of one day: the line, its sectors, and how far anything is from them.

    control areas, day, borders --lay_out--> Ground
    Ground.distance_to_line_m(positions) -> metres, and the sector each is nearest to

In: control areas of any days. Out: the newest map on or before the day, never a later one, laid
out. Start at `lay_out`. Method: docs/methods/line.md
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.strtree import STRtree

from truceline.errors import FeedChanged, FeedMissing
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.line import LineOfContact, line_of_contact, plane_of
from truceline.ground.nearest import SegmentTree
from truceline.ground.plane import Plane, area_km2
from truceline.ground.sectors import Sector, cut
from truceline.spacetime import wgs84

MAX_AGE_DAYS = 7
MANY = 100_000  # positions from which on compiling a faster search pays


@dataclass(frozen=True)
class Ground:
    """Where the agreement applies on one day.

    Attributes:
        day: The day it was laid out for.
        map_day: The day of the map it rests on, `day` or earlier.
        publisher: Whose map that is.
        held_by: The party whose area the map shows.
        entry: The ledger entry of the map.
        line: The line of contact.
        sectors: The line's sectors, in order.
        depth_km: How far from the line the agreement's zone reaches, kilometres, on both sides.
        area_km2: Geodesic area held, square kilometres, nothing cut off at coast or border.
        note: Whose map, how old, and what else a reader must know; to be printed with any figure.
        plane: The sheet it was measured on.
        on_land_of: The countries on whose land the line was looked for; empty: anywhere.
    """

    day: date
    map_day: date
    publisher: str
    held_by: str
    entry: str
    line: LineOfContact
    sectors: tuple[Sector, ...]
    depth_km: float
    area_km2: float
    note: str
    plane: Plane
    on_land_of: tuple[str, ...] = ()

    def distance_to_line_m(self, lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """How far positions lie from the line, and in which sector's reach.

        The nearest point of the line is found on the sheet, the distance to it is geodesic. It is
        never too small, and too large by at most 0.1 % within 400 km of the theatre's middle, 0.2 %
        within 570 km: where two parts of the line are that nearly as near (docs/methods/line.md).

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
        Returns:
            Distance in metres, and the index in `sectors` of the nearest sector (of two as near, the
            first). A position that is not finite is NaN away from sector -1: unknown, not far.
        Raises:
            ValueError: Shapes differ.
        """
        lons, lats = np.atleast_1d(np.asarray(lon, dtype=float)), np.atleast_1d(np.asarray(lat, dtype=float))
        if lons.shape != lats.shape or lons.ndim != 1:
            raise ValueError(f"lon {lons.shape} and lat {lats.shape} must be lists of the same length")
        distance = np.full(len(lons), np.nan)
        sector = np.full(len(lons), -1, dtype=np.int64)
        known = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats) & (np.abs(lats) <= 90))
        xy = self.plane.xy(lons[known], lats[known])
        on_sheet = np.isfinite(xy).all(axis=1)  # the point opposite the middle has no place on it
        known, xy = known[on_sheet], xy[on_sheet]
        if len(known) == 0:
            return distance, sector
        ends, owner = self._segments
        segment, feet = _feet(ends, xy) if len(xy) < MANY else _feet_of_many(ends, xy)
        foot = self.plane.lonlat(feet)
        distance[known] = wgs84().inv(lons[known], lats[known], foot[:, 0], foot[:, 1])[2]
        sector[known] = owner[segment]
        return distance, sector

    def in_depth(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
        """Whether positions lie within the depth of the line; one that is not finite does not."""
        distance, _ = self.distance_to_line_m(lon, lat)
        return np.asarray(distance <= self.depth_km * 1000.0)

    @cached_property
    def _segments(self) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Every segment of the line on the sheet, shape (n, 2, 2), and the sector each belongs to."""
        ends: list[NDArray[np.float64]] = []
        owner: list[int] = []
        for index, sector in enumerate(self.sectors):
            for part in sector.path.geoms:
                degrees = shapely.get_coordinates(part)
                xy = self.plane.xy(degrees[:, 0], degrees[:, 1])
                ends.append(np.stack([xy[:-1], xy[1:]], axis=1))
                owner.extend([index] * (len(xy) - 1))
        return np.concatenate(ends), np.array(owner, dtype=np.int64)


def _feet(ends: NDArray[np.float64], xy: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The nearest segment of each position and the nearest point on it. Two segments meet in each vertex; the one
    that comes first along the line answers for it.
    """
    segments = shapely.linestrings(ends)
    points = shapely.points(xy)
    which, segment = STRtree(segments).query_nearest(points, all_matches=True)
    first = np.lexsort((segment, which))
    which, segment = which[first], segment[first]
    segment = segment[np.concatenate([[True], which[1:] != which[:-1]])]
    return segment, shapely.get_coordinates(shapely.shortest_line(points, segments[segment]))[1::2]


def _feet_of_many(ends: NDArray[np.float64], xy: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The same for very many positions: twenty times as fast, once it is compiled."""
    _, segment, share = SegmentTree(ends.reshape(-1, 4)).nearest(xy)
    chosen = ends[segment]
    return segment.astype(np.int64), chosen[:, 0] + share[:, None] * (chosen[:, 1] - chosen[:, 0])


def lay_out(
    control_areas: Sequence[ControlArea],
    day: date,
    *,
    borders: Borders,
    tolerance_km: float,
    sector_km: float,
    depth_km: float,
    max_age_days: int = MAX_AGE_DAYS,
    on_land_of: Sequence[str] = (),
) -> Ground:
    """Lay out the ground of one day from the newest control map that was there by then.

    Args:
        control_areas: Maps of any days, in any order, all of one party's area.
        day: The day. Maps of later days are not looked at.
        borders: Coast and borders.
        tolerance_km: Edges this near to coast or border are no line of contact, kilometres.
        sector_km: Length of a sector, kilometres.
        depth_km: How far from the line the agreement's zone reaches, kilometres.
        max_age_days: A map older than this is no map of the day.
        on_land_of: Countries on whose land the line is looked for, by the names `borders` uses; none
            named: on all land.
    Returns:
        The ground. Of several publishers' maps of one day the first by name is used; `note` says so.
    Raises:
        FeedMissing: No map, or none that is young enough.
        FeedChanged: The map's area has no edge away from coast and border.
        ValueError: A length is not above 0, a country is not known, or the areas are of several parties.
    """
    if not (math.isfinite(depth_km) and depth_km > 0):
        raise ValueError(f"depth_km {depth_km} must be a finite number above 0")
    if max_age_days < 0:
        raise ValueError(f"max_age_days {max_age_days} must be 0 or more")
    parties = sorted({area.held_by for area in control_areas})
    if len(parties) > 1:
        raise ValueError(f"control areas of several parties ({', '.join(parties)}) were given; give one party's")
    control, note = _map_for(control_areas, day, max_age_days)
    line = line_of_contact(control, borders, tolerance_km=tolerance_km, on_land_of=on_land_of)
    plane = plane_of(control)
    if not line.borders_found:
        note += f" No coast or border of {borders.source} lies near the area: its whole edge is taken for the line."
    return Ground(
        day=day,
        map_day=control.day,
        publisher=control.publisher,
        held_by=control.held_by,
        entry=control.entry,
        line=line,
        sectors=cut(line, sector_km, plane),
        depth_km=depth_km,
        area_km2=area_km2(control.area),
        note=note,
        plane=plane,
        on_land_of=tuple(on_land_of),
    )


def lengths_of(
    ground: Ground, control_areas: Sequence[ControlArea], borders: Borders, *, wider_by_km: float = 2.0
) -> tuple[tuple[float, float, int], ...]:
    """The line's length at its own tolerance and at a wider one: a length without a scale is meaningless.

    Args:
        ground: Of a day.
        control_areas: Among them the one the ground rests on.
        borders: Those it was laid out with.
        wider_by_km: How much wider the second tolerance is, kilometres.
    Returns:
        (tolerance_km, length_km, pieces), one or two of them: at the wider one nothing of a short line may
        be left.
    """
    lines = [ground.line]
    area = next(area for area in control_areas if area.entry == ground.entry)
    with suppress(FeedChanged):
        wider_km = ground.line.tolerance_km + wider_by_km
        lines.append(line_of_contact(area, borders, tolerance_km=wider_km, on_land_of=ground.on_land_of))
    return tuple((line.tolerance_km, line.length_km, len(line.pieces)) for line in lines)


def _map_for(control_areas: Sequence[ControlArea], day: date, max_age_days: int) -> tuple[ControlArea, str]:
    """The map a day rests on, and the sentence that has to stand beside every figure from it."""
    past = [area for area in control_areas if area.day <= day]
    if not past:
        after = min((area.day for area in control_areas), default=None)
        what = "there is no control map" if after is None else f"the first control map is of {after}, a later day"
        raise FeedMissing("control map", f"{what}, so {day} has no line", "Add a map of that day or the week before.")
    newest = max(area.day for area in past)
    age = (day - newest).days
    if age > max_age_days:
        raise FeedMissing(
            "control map",
            f"the newest map by {day} is of {newest}, {age} days old, more than {max_age_days}",
            "Add a map of that day or the week before.",
        )
    of_day = sorted((area for area in past if area.day == newest), key=lambda area: (area.publisher, area.entry))
    control = of_day[0]
    note = f"According to {control.publisher}, map of {newest}"
    note += "." if age == 0 else f", {age} day{'s' if age > 1 else ''} old."
    others = sorted({area.publisher for area in of_day} - {control.publisher})
    if others:
        note += f" Maps of the same day by {', '.join(others)} are not used here."
    else:
        note += " There is no second publisher to compare it with."
    again = [area for area in of_day[1:] if area.publisher == control.publisher and not area.area.equals(control.area)]
    if again:
        note += f" {control.publisher} gave {len(again) + 1} differing maps of that day; the first by entry id is used."
    if control.repaired:
        note += " Its outline crossed itself or was left open and was mended."
    return control, note
