"""A daily series of territory: what changed hands from map to map, and what of it may be the pen and not the ground.

    two maps, regions --step_between--> Step: the pieces that changed hands, each with its regions
    steps of a publisher --judged--> SeriesDay: advance told from what flips back and from what jumps

A publisher redraws: an area comes and goes again within days, or a month's worth of ground appears at once where
nothing around it moved. Both are shown beside the advance, never in it; which of them was a correction and which a
late entry one publisher's maps cannot tell. Start at `judged`. Method: docs/methods/territory.md
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import areas_only
from truceline.ground.plane import Plane, area_km2, bbox_of, whole_degrees
from truceline.ground.territory import NO_REGION, Region

FLIP_DAYS = 14  # back within this many days, before or after
FLIP_SHARE = 0.5  # at least this much of a piece
JUMP_KM2 = 5.0  # smaller pieces are never called a jump
JUMP_NEAR_KM = 25.0  # "around it": pieces whose middle lies this near
JUMP_DAYS = 15  # and within this many days before and after
SLIVER_KM2 = 0.05  # pieces below are an edge drawn anew: counted, never judged one by one


class Sort(StrEnum):
    """What a piece of change looks like."""

    ADVANCE = "advance"
    FLIPS_BACK = "flips_back"
    JUMP = "jump"


@dataclass(frozen=True)
class Piece:
    """A connected area that changed hands between two maps.

    Attributes:
        day: Of the later map.
        gained: To the party whose area the maps draw; else from it.
        km2: Geodesic area.
        regions: Its part of each region, (name, km2); what lies in none under `NO_REGION`.
        area: In degrees.
    """

    day: date
    gained: bool
    km2: float
    regions: tuple[tuple[str, float], ...]
    area: BaseGeometry


@dataclass(frozen=True)
class Step:
    """From one map to the publisher's next.

    Attributes:
        before, day: Days of the two maps; days between them have no map.
        before_km2, after_km2: Area held by each.
        pieces: What changed hands, slivers too.
    """

    before: date
    day: date
    before_km2: float
    after_km2: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class RegionDay:
    """What changed hands in a region: all of it, and of that what looks like an advance."""

    name: str
    to_alpha_km2: float
    to_bravo_km2: float
    advance_to_alpha_km2: float
    advance_to_bravo_km2: float


@dataclass(frozen=True)
class SeriesDay:
    """One map of the series against the one before.

    Attributes:
        day, gap_days: The map's day, and how many days after the map before: more than 1 where days are missing.
        area_km2: Held by this map.
        to_alpha_km2, to_bravo_km2: All that changed hands; alpha is whose area the maps draw.
        flips_back_km2: Of both together, what was or will be undone within 14 days.
        jump_km2: Of both together, what came at once and is more than all around it moved in a month.
        regions: By name; regions where nothing changed are left out.
        provisional: The series ends less than 15 days later: a piece may still flip back or find neighbours.
    """

    day: date
    gap_days: int
    area_km2: float
    to_alpha_km2: float
    to_bravo_km2: float
    flips_back_km2: float
    jump_km2: float
    regions: tuple[RegionDay, ...]
    provisional: bool

    @property
    def advance_km2(self) -> float:
        """What is left of both directions once flips and jumps are set aside, square kilometres."""
        return self.to_alpha_km2 + self.to_bravo_km2 - self.flips_back_km2 - self.jump_km2


@dataclass(frozen=True)
class Month:
    """From the first map of a month to the first of the next, or to the series' last.

    Attributes:
        first, last: Days of the two maps.
        net_km2: Held by the second less held by the first.
        to_alpha_km2, to_bravo_km2, flips_back_km2, jump_km2: Sums of the days between.
        regions: Net change by region, (name, km2), by name.
    """

    first: date
    last: date
    net_km2: float
    to_alpha_km2: float
    to_bravo_km2: float
    flips_back_km2: float
    jump_km2: float
    regions: tuple[tuple[str, float], ...]


def months_of(days: Sequence[SeriesDay], first: date, first_km2: float) -> tuple[Month, ...]:
    """The series month by month, from the first available map of each to that of the next.

    Args:
        days: From `judged`.
        first, first_km2: Day and area of the map before the first of them.
    """
    maps = [(first, first_km2), *((day.day, day.area_km2) for day in days)]
    starts = [n for n, (day, _) in enumerate(maps) if n == 0 or (day.year, day.month) != _month(maps[n - 1][0])]
    if starts[-1] != len(maps) - 1:
        starts.append(len(maps) - 1)
    months = []
    for a, b in pairwise(starts):
        its = days[a:b]  # days[n] leads from map n to map n + 1
        nets: dict[str, list[float]] = {}
        for day in its:
            for one in day.regions:
                nets.setdefault(one.name, []).append(one.to_alpha_km2 - one.to_bravo_km2)
        months.append(
            Month(
                first=maps[a][0],
                last=maps[b][0],
                net_km2=maps[b][1] - maps[a][1],
                to_alpha_km2=math.fsum(day.to_alpha_km2 for day in its),
                to_bravo_km2=math.fsum(day.to_bravo_km2 for day in its),
                flips_back_km2=math.fsum(day.flips_back_km2 for day in its),
                jump_km2=math.fsum(day.jump_km2 for day in its),
                regions=tuple((name, math.fsum(nets[name])) for name in sorted(nets)),
            )
        )
    return tuple(months)


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def step_between(before: ControlArea, after: ControlArea, regions: Sequence[Region] = ()) -> Step:
    """What changed hands from one map to the next.

    Raises:
        ValueError: The maps are of several parties, or not in the order of their days.
    """
    if before.held_by != after.held_by:
        raise ValueError(f"the maps are of several parties ({before.held_by}, {after.held_by}); give one party's")
    if after.day <= before.day:
        raise ValueError(f"a map of {after.day} follows one of {before.day}; give one map a day, in order")
    held_before = area_km2(before.area)
    if before.area.equals(after.area):
        return Step(before.day, after.day, held_before, held_before, ())
    tree = STRtree([region.area for region in regions]) if regions else None
    pieces = []
    for gained, one, other in ((True, after.area, before.area), (False, before.area, after.area)):
        for area in areas_only(shapely.difference(one, other)).geoms:
            km2 = area_km2(area)
            shares = () if tree is None else _shares(area, km2, regions, tree)
            pieces.append(Piece(after.day, gained, km2, shares, area))
    pieces.sort(key=lambda piece: (-piece.km2, not piece.gained, piece.area.bounds))
    return Step(before.day, after.day, held_before, area_km2(after.area), tuple(pieces))


def _shares(area: BaseGeometry, km2: float, regions: Sequence[Region], tree: STRtree) -> tuple[tuple[str, float], ...]:
    """How much of a piece lies in each region. A sliver belongs where its inside lies."""
    if km2 < SLIVER_KM2:
        inside = tree.query(shapely.point_on_surface(area), predicate="intersects")
        return ((regions[int(min(inside))].name if len(inside) else NO_REGION, km2),)
    found = []
    for at in sorted(int(index) for index in tree.query(area, predicate="intersects")):
        part = area_km2(areas_only(shapely.intersection(area, regions[at].area)))
        if part > 0:
            found.append((regions[at].name, min(part, km2)))
    rest = km2 - math.fsum(part for _, part in found)
    if rest > 1e-6 * km2:
        found.append((NO_REGION, rest))
    return tuple(found)


def judged(steps: Sequence[Step]) -> tuple[SeriesDay, ...]:
    """Tell advance from redraw, day by day.

    A piece **flips back** where at least half of it changes hands the other way within 14 days before or after. It
    **jumps** where it has 5 km2 or more, does not flip back, and is larger than all that changed hands the same way
    on other days within 25 km and 15 days before and after.

    Args:
        steps: Of one publisher, in the order of their days.
    """
    if not steps:
        return ()
    sorts = sorts_of([piece for step in steps for piece in step.pieces])
    last = steps[-1].day
    days, at = [], 0
    for step in steps:
        its = sorts[at : at + len(step.pieces)]
        at += len(step.pieces)
        both = list(zip(step.pieces, its, strict=True))
        days.append(
            SeriesDay(
                day=step.day,
                gap_days=(step.day - step.before).days,
                area_km2=step.after_km2,
                to_alpha_km2=math.fsum(piece.km2 for piece in step.pieces if piece.gained),
                to_bravo_km2=math.fsum(piece.km2 for piece in step.pieces if not piece.gained),
                flips_back_km2=math.fsum(piece.km2 for piece, sort in both if sort is Sort.FLIPS_BACK),
                jump_km2=math.fsum(piece.km2 for piece, sort in both if sort is Sort.JUMP),
                regions=_regions(both),
                provisional=last - step.day < timedelta(days=JUMP_DAYS),
            )
        )
    return tuple(days)


def sorts_of(pieces: Sequence[Piece]) -> list[Sort]:
    """What each piece looks like, in their order."""
    found = [Sort.ADVANCE] * len(pieces)
    large = [n for n, piece in enumerate(pieces) if piece.km2 >= SLIVER_KM2]
    if not large:
        return found
    tree = STRtree([pieces[n].area for n in large])
    day = np.array([pieces[n].day.toordinal() for n in large])
    gained = np.array([pieces[n].gained for n in large])
    for n in large:
        if _undone(pieces, large, tree, n) >= FLIP_SHARE:
            found[n] = Sort.FLIPS_BACK
    box = whole_degrees(bbox_of(shapely.union_all([shapely.box(*pieces[n].area.bounds) for n in large])))
    middles = np.array([shapely.get_coordinates(pieces[n].area.centroid)[0] for n in large])
    xy = Plane.over(box).xy(middles[:, 0], middles[:, 1])
    km2 = np.array([0.0 if found[n] is Sort.FLIPS_BACK else pieces[n].km2 for n in large])
    for k, n in enumerate(large):
        if km2[k] >= JUMP_KM2:
            near = np.hypot(*(xy - xy[k]).T) <= JUMP_NEAR_KM * 1000.0
            other = (np.abs(day - day[k]) <= JUMP_DAYS) & (day != day[k]) & (gained == gained[k])
            if km2[k] > _sum(km2, near & other):
                found[n] = Sort.JUMP
    return found


def _sum(km2: NDArray[np.float64], which: NDArray[np.bool_]) -> float:
    return math.fsum(km2[which].tolist())


def _undone(pieces: Sequence[Piece], large: Sequence[int], tree: STRtree, n: int) -> float:
    """The share of a piece that changed hands the other way within `FLIP_DAYS`."""
    piece = pieces[n]
    back = [
        pieces[large[int(at)]].area
        for at in tree.query(piece.area, predicate="intersects")
        if pieces[large[int(at)]].gained != piece.gained
        and 0 < abs((pieces[large[int(at)]].day - piece.day).days) <= FLIP_DAYS
    ]
    if not back:
        return 0.0
    undone = areas_only(shapely.intersection(piece.area, shapely.union_all(back)))
    return 0.0 if undone.is_empty else area_km2(undone) / piece.km2


def _regions(both: Sequence[tuple[Piece, Sort]]) -> tuple[RegionDay, ...]:
    sums: dict[str, list[list[float]]] = {}
    for piece, sort in both:
        for name, km2 in piece.regions:
            columns = sums.setdefault(name, [[], [], [], []])
            columns[0 if piece.gained else 1].append(km2)
            if sort is Sort.ADVANCE:
                columns[2 if piece.gained else 3].append(km2)
    return tuple(RegionDay(name, *(math.fsum(column) for column in sums[name])) for name in sorted(sums))
