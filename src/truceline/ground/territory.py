"""Territory: how much a map says one party holds, where, and what changed hands between two maps.

    ControlArea, borders --holding--> Holding: km2 in all, on the country's land
    ControlArea, regions, claims --standings--> Standing: held, claimed and recognised, region by region
    two ControlAreas --changed--> Change: km2 to each side, in all and by region

Every area is geodesic on WGS 84. What lies in no region is told apart, never spread over those there are. A map
is its publisher's claim: what it says of two days may be an advance or a redraw, and one map cannot tell which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.errors import CaseError
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import areas_only, read_features
from truceline.ground.plane import area_km2
from truceline.spacetime import LonLat
from truceline.terms.agreement import TerritoryTerms

NAMES = ("shapeName", "name", "NAME", "NAME_1", "name_en")
NO_REGION = "in no region"


@dataclass(frozen=True)
class Region:
    """A named region with its area in degrees, WGS 84."""

    name: str
    area: BaseGeometry


@dataclass(frozen=True)
class RegionHeld:
    """How much of a region an area covers, square kilometres."""

    name: str
    held_km2: float
    region_km2: float

    @property
    def share(self) -> float:
        return self.held_km2 / self.region_km2


@dataclass(frozen=True)
class Holding:
    """What one map says is held.

    Attributes:
        area_km2: As the map draws it, nothing cut off at coast or border.
        country: The country whose land holds most of it, None where it lies on no country's land.
        on_land_km2: Its part on that country's land by the borders used; what is left lies off the coast or across.
        country_km2: All of that country's land by the same borders.
    """

    area_km2: float
    country: str | None
    on_land_km2: float
    country_km2: float


@dataclass(frozen=True)
class RegionChange:
    """What changed hands in a region between two maps, square kilometres.

    Attributes:
        region_km2: Area of the region; None for what lies in no region.
        before_km2, after_km2: Held by the party whose area the maps draw.
        gained_km2, lost_km2: In the second map and not in the first, and the other way round.
    """

    name: str
    region_km2: float | None
    before_km2: float
    after_km2: float
    gained_km2: float
    lost_km2: float


@dataclass(frozen=True)
class Change:
    """What changed hands between two maps of one party's area: in all, then by region, the largest change first."""

    before_km2: float
    after_km2: float
    gained_km2: float
    lost_km2: float
    regions: tuple[RegionChange, ...]

    @property
    def net_km2(self) -> float:
        return self.after_km2 - self.before_km2


def read_regions(text: bytes, *, who: str, name: str | None = None) -> tuple[Region, ...]:
    """Regions out of a GeoJSON file; features of one name are one region.

    Args:
        text: The file.
        who: Its name, for errors.
        name: The property that names a region; None: the first of `NAMES` that every feature has.
    Raises:
        CaseError: Not such a file, or its features have no such name.
    """
    features = read_features(text, who=who, error=CaseError)
    key = name or next((key for key in NAMES if all(str(f.properties.get(key) or "") for f in features)), None)
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        said = "" if key is None else str(feature.properties.get(key) or "").strip()
        if not said:
            known = ", ".join(sorted({k for f in features for k in f.properties}))[:200]
            raise CaseError(
                who,
                f"feature {feature.number} has no {key or 'name'}; its properties are {known or 'none'}",
                "Give the property that names a region with --name",
            )
        parts.setdefault(said, []).append(feature.area)
    return tuple(Region(said, shapely.union_all(areas)) for said, areas in sorted(parts.items()))


def holding(control: ControlArea, borders: Borders) -> Holding:
    """How much a map says is held, unclipped, and on the land of the country it mostly lies in."""
    box = shapely.box(*control.area.bounds)
    best, inside = None, 0.0
    for country in borders.countries:
        if country.area.intersects(box):
            shared = _km2(shapely.intersection(control.area, country.area))
            if shared > inside:
                best, inside = country.name, shared
    whole = 0.0 if best is None else area_km2(borders.country(best))
    return Holding(area_km2(control.area), best, inside, whole)


@dataclass(frozen=True)
class Standing:
    """A region as one map, the parties, and the borders have it: three things that are never one.

    Attributes:
        held_km2: Held by the party whose area the map draws, by that map.
        claimed_by: Parties that say it is theirs, by the case.
        recognised: The state it belongs to by the borders used (the UN's view, where built in); None: none.
    """

    name: str
    region_km2: float
    held_km2: float
    claimed_by: tuple[str, ...]
    recognised: str | None

    @property
    def share_held(self) -> float:
        return self.held_km2 / self.region_km2


def standings(
    control: ControlArea, regions: Sequence[Region], claims: Sequence[TerritoryTerms], borders: Borders
) -> tuple[Standing, ...]:
    """Every region that is held in part or claimed: held, claimed and recognised side by side.

    Raises:
        CaseError: A claimed region is not in the file.
    """
    known = {region.name for region in regions}
    missing = sorted({name for claim in claims for name in claim.regions} - known)
    if missing:
        few = ", ".join(sorted(known)[:8])
        raise CaseError(
            "territory.regions", f"there is no region {missing[0]!r}; the file has {few} …", "Mend the name"
        )
    found = []
    for region in regions:
        by = tuple(sorted({claim.party for claim in claims if region.name in claim.regions}))
        touched = control.area.intersects(region.area)
        if not (by or touched):
            continue
        held = _km2(shapely.intersection(control.area, region.area)) if touched else 0.0
        inside = shapely.point_on_surface(region.area)
        state = borders.country_at(LonLat(float(inside.x), float(inside.y)))
        found.append(Standing(region.name, area_km2(region.area), held, by, state))
    return tuple(found)


def held_in(control: ControlArea, regions: Sequence[Region]) -> tuple[RegionHeld, ...]:
    """How much of each region is held; regions that are not touched are left out."""
    found = []
    for region in regions:
        if control.area.intersects(region.area):
            held = _km2(shapely.intersection(control.area, region.area))
            found.append(RegionHeld(region.name, held, area_km2(region.area)))
    return tuple(found)


def changed(before: ControlArea, after: ControlArea, regions: Sequence[Region] = ()) -> Change:
    """What changed hands between two maps of the same party's area.

    Raises:
        ValueError: The maps are of several parties, or the second is of an earlier day.
    """
    if before.held_by != after.held_by:
        raise ValueError(f"the maps are of several parties ({before.held_by}, {after.held_by}); give one party's")
    if after.day < before.day:
        raise ValueError(f"the second map is of {after.day}, before the first of {before.day}; exchange them")
    gained = areas_only(shapely.difference(after.area, before.area))
    lost = areas_only(shapely.difference(before.area, after.area))
    pieces = (before.area, after.area, gained, lost)
    rows = [
        RegionChange(region.name, area_km2(region.area), *(_km2(shapely.intersection(p, region.area)) for p in pieces))
        for region in regions
        if before.area.intersects(region.area) or after.area.intersects(region.area)
    ]
    if regions:
        everywhere = shapely.union_all([region.area for region in regions])
        rest = [_km2(shapely.difference(piece, everywhere)) for piece in pieces]
        if any(rest):
            rows.append(RegionChange(NO_REGION, None, *rest))
    rows.sort(key=lambda row: (-(row.gained_km2 + row.lost_km2), row.name))
    return Change(area_km2(before.area), area_km2(after.area), _km2(gained), _km2(lost), tuple(rows))


def _km2(geometry: BaseGeometry) -> float:
    areas = areas_only(geometry)
    return 0.0 if areas.is_empty else area_km2(areas)
