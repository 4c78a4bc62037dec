"""The ground of one day: the line, its sectors and zones, and how far anything is from them.

    control areas, day, borders, what is fixed --lay_out--> Ground
    Ground.distance_to_line_m(positions) -> metres, and the sector each is nearest to
    Ground.p_at_line(positions, uncertainty) -> how likely they lie within the depth, by every map of the day

In: control areas of any days. Out: the newest map on or before the day, never a later one, laid
out. Start at `lay_out`. Method: docs/methods/line.md
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from truceline.errors import FeedChanged, FeedError, FeedMissing
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.fixed import FixedGround
from truceline.ground.line import LineOfContact, line_of_contact, plane_of
from truceline.ground.measured import MeasuredLines
from truceline.ground.newest import MAX_AGE_DAYS, map_for
from truceline.ground.places import names_for
from truceline.ground.plane import Plane, area_km2
from truceline.ground.reference import ReferenceLine, cut_along
from truceline.ground.sectors import Sector, cut
from truceline.ground.side_by_side import Apart, Displacement, OtherLine, apart, displacement, p_within
from truceline.ground.zones import Zone, zone_of

LEAST_KM2 = 0.01  # a change below this is an edge drawn anew
FAR_FROM_REFERENCE_KM = 30.0  # kilometres of a reference line this far away say little: time for another


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
        reference: The line kilometres and sectors are counted along; None: the day's own.
        absent: Sectors of the reference line without any line that day.
        near: A place near each sector, by its id; sectors without one are left out.
        zones: The case's zones as they lie that day.
        others: Lines of other publishers' maps of the day.
        width: How far each of these lies from the line used.
        not_beside: Whose map could not stand beside, and why, one sentence each.
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
    reference: ReferenceLine | None = None
    absent: tuple[str, ...] = ()
    near: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[Zone, ...] = ()
    others: tuple[OtherLine, ...] = ()
    width: tuple[Apart, ...] = ()
    not_beside: tuple[str, ...] = ()

    def zone(self, zone_id: str) -> Zone:
        """The zone of that id. Raises ValueError naming the known ones."""
        for zone in self.zones:
            if zone.id == zone_id:
                return zone
        raise ValueError(f"no zone {zone_id!r}; known: {', '.join(zone.id for zone in self.zones) or 'none'}")

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
        segment, _, metres = self._measured.nearest(lon, lat)
        sector = np.where(segment >= 0, self._measured.owner[segment], -1)
        return metres, sector

    def in_depth(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
        """Whether positions lie within the depth of the line; one that is not finite does not."""
        distance, _ = self.distance_to_line_m(lon, lat)
        return np.asarray(distance <= self.depth_km * 1000.0)

    def p_at_line(
        self, lon: ArrayLike, lat: ArrayLike, uncertainty_m: ArrayLike, distance_m: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """How likely positions lie within the depth of the line, each map of the day having one vote.

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
            uncertainty_m: Metres that hold the true place in 95 of 100 cases, shape (n,) or one number.
            distance_m: What `distance_to_line_m` said of them, where it was asked already.
        Returns:
            Probabilities, shape (n,); NaN where a position is not finite.
        """
        used = self.distance_to_line_m(lon, lat)[0] if distance_m is None else distance_m
        distances = [used, *(other.distance_m(lon, lat) for other in self.others)]
        return p_within(distances, uncertainty_m, self.depth_km * 1000.0)

    @cached_property
    def _measured(self) -> MeasuredLines:
        return MeasuredLines([sector.path for sector in self.sectors], self.plane)


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
    fixed: FixedGround | None = None,
    others: Sequence[ControlArea] = (),
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
        fixed: Reference line, zones, and the files they name; None: nothing is fixed.
        others: Maps of the same party's area by other feeds, to stand beside the one used.
    Returns:
        The ground. Of several publishers' maps of one day the first by name is used; `note` says so.
    Raises:
        FeedMissing: No map, or none that is young enough.
        FeedChanged: The map's area has no edge away from coast and border.
        CaseError: A zone names a line that is not there.
        ValueError: A length is not above 0, a country is not known, or the areas are of several parties.
    """
    fixed = fixed or FixedGround()
    if not (math.isfinite(depth_km) and depth_km > 0):
        raise ValueError(f"depth_km {depth_km} must be a finite number above 0")
    if max_age_days < 0:
        raise ValueError(f"max_age_days {max_age_days} must be 0 or more")
    parties = sorted({area.held_by for area in (*control_areas, *others)})
    if len(parties) > 1:
        raise ValueError(f"control areas of several parties ({', '.join(parties)}) were given; give one party's")
    control, note = map_for(control_areas, day, max_age_days, others)
    line = line_of_contact(control, borders, tolerance_km=tolerance_km, on_land_of=on_land_of)
    plane = plane_of(control)
    if not line.borders_found:
        note += f" No coast or border of {borders.source} lies near the area: its whole edge is taken for the line."
    absent: tuple[str, ...] = ()
    if fixed.reference is None:
        sectors = cut(line, sector_km, plane)
        note += "" if fixed.reference_missing is None else f" {fixed.reference_missing}"
    else:
        sectors, absent = cut_along(line, fixed.reference, sector_km)
        note += _about_reference(line, fixed.reference, absent)
    beside, missing = _lines_beside(control, others, day, max_age_days, borders, tolerance_km, on_land_of)
    width = tuple(apart(sectors, other) for other in beside)
    note += "".join(f" {sentence}" for sentence in (*(one.sentence for one in width), *missing))
    lines = {**fixed.lines, "contact": line.path}
    if fixed.reference is not None:
        lines["reference"] = fixed.reference.path
    return Ground(
        day=day,
        map_day=control.day,
        publisher=control.publisher,
        held_by=control.held_by,
        entry=control.entry,
        line=line,
        sectors=sectors,
        depth_km=depth_km,
        area_km2=area_km2(control.area),
        note=note,
        plane=plane,
        on_land_of=tuple(on_land_of),
        reference=fixed.reference,
        absent=absent,
        near=_near(sectors, fixed),
        zones=tuple(
            zone_of(
                terms,
                plane=plane,
                held=control.area,
                held_by=control.held_by,
                parties=fixed.parties,
                lines=lines,
                areas=fixed.areas,
            )
            for terms in fixed.zones
        ),
        others=beside,
        width=width,
        not_beside=missing,
    )


def _near(sectors: tuple[Sector, ...], fixed: FixedGround) -> dict[str, str]:
    """A place for each sector: of a reference line always the same, whatever the line of the day is."""
    if fixed.places is None:
        return {}
    if fixed.reference is not None:
        middle_km = [(sector.from_km + sector.to_km) / 2 for sector in sectors]
        middles = [(float(lon), float(lat)) for lon, lat in fixed.reference.place_at(middle_km)]
    else:
        points = [max(sector.path.geoms, key=lambda part: part.length).interpolate(0.5, True) for sector in sectors]
        middles = [(point.x, point.y) for point in points]
    names = names_for(middles, fixed.places)
    return {sector.id: name for sector, name in zip(sectors, names, strict=True) if name is not None}


def _lines_beside(
    control: ControlArea,
    others: Sequence[ControlArea],
    day: date,
    max_age_days: int,
    borders: Borders,
    tolerance_km: float,
    on_land_of: Sequence[str],
) -> tuple[tuple[OtherLine, ...], tuple[str, ...]]:
    """The newest line of every other publisher, found as the line used was; and who has none, with the reason."""
    found, missing = [], []
    for publisher in sorted({area.publisher for area in others} - {control.publisher}):
        try:
            area, _ = map_for([area for area in others if area.publisher == publisher], day, max_age_days)
            line = line_of_contact(area, borders, tolerance_km=tolerance_km, on_land_of=on_land_of)
        except FeedError as error:
            missing.append(f"The map of {publisher} cannot stand beside it: {error.what}.")
        else:
            found.append(OtherLine(publisher, area.day, area.entry, line, plane_of(area)))
    return tuple(found), tuple(missing)


def _about_reference(line: LineOfContact, reference: ReferenceLine, absent: tuple[str, ...]) -> str:
    """What a reader must know of kilometres counted along another line."""
    points = shapely.get_coordinates(line.path)
    far_km = float(np.max(reference.chainage_km(points[:, 0], points[:, 1])[1])) / 1000.0
    note = f" Kilometres are counted along {reference.name}."
    if far_km > FAR_FROM_REFERENCE_KM:
        note += f" The line has moved up to {far_km:.0f} km away from it: a new reference line is due."
    if absent:
        note += f" No line that day in {', '.join(absent)}."
    return note


def moved(
    ground: Ground, control_areas: Sequence[ControlArea], others: Sequence[ControlArea], parties: Sequence[str]
) -> tuple[Displacement, ...]:
    """How each publisher moved the line since the day before, sector by sector.

    A publisher whose newest map is still that of the day before says nothing of this day.

    Args:
        ground: Of a day.
        control_areas: Of the feed the line is drawn from; the one the ground rests on among them.
        others: Of the feeds that stand beside it.
        parties: Ids of all parties.
    Returns:
        The sectors in which any publisher drew a change of 0.01 km2 or more; a finding only where two agree.
    """
    pairs = []
    for publisher in (ground.publisher, *(other.publisher for other in ground.others)):
        areas = [area for area in (*control_areas, *others) if area.publisher == publisher]
        with suppress(FeedMissing):  # no map of the day before: nothing to compare with
            before = map_for(areas, ground.day - timedelta(days=1))[0]
            after = map_for(areas, ground.day)[0]
            if after.day > before.day:
                pairs.append((before, after))
    if not pairs:
        return ()
    rest = [party for party in parties if party != ground.held_by]
    other = rest[0] if len(rest) == 1 else "others"
    found = displacement(
        ground.sectors, pairs, lambda lon, lat: ground.distance_to_line_m(lon, lat)[1], (ground.held_by, other)
    )
    return tuple(one for one in found if any(max(m.gained_km2, m.lost_km2) >= LEAST_KM2 for m in one.said))


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
