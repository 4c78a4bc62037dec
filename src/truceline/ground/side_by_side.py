"""Several publishers' maps of one day, side by side: their disagreement is the width of the line.

    Ground, other maps' lines --apart--> how far each lies from the line used, in all and by sector
    distances to each line, uncertainty of a position --p_within--> how likely it lies within the depth
    lines of two days by each publisher --displacement--> a finding only where two publishers agree

No map is averaged into another: one is used for the sectors, and the others say how sure that is.
Method: docs/methods/line.md
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import areas_only
from truceline.ground.line import LineOfContact
from truceline.ground.measured import MeasuredLines
from truceline.ground.plane import Plane, area_km2
from truceline.ground.sectors import Sector
from truceline.ground.zones import SIGMAS_IN_95

NearestSector = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.int64]]

STEP_M = 500.0  # how often along the line used the distance to another is taken
CELL_DEG = 0.02  # what changed hands is shared out between sectors in pieces no larger than this
# Two publishers who draw the same ground from other pictures differ by about this much all along; a sector has moved
# only where both say so by more.
STOOD_M = 100.0


@dataclass(frozen=True)
class OtherLine:
    """The line another publisher drew for the same day.

    Attributes:
        publisher, day, entry: Whose, of which day, from which ledger entry.
        line: As they drew it, found with the same tolerance and borders.
        plane: The sheet it is measured on.
    """

    publisher: str
    day: date
    entry: str
    line: LineOfContact
    plane: Plane

    @cached_property
    def _measured(self) -> MeasuredLines:
        return MeasuredLines([self.line.path], self.plane)

    def distance_m(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
        """Geodesic metres from positions to this line, shape (n,); NaN where a position is not finite."""
        return self._measured.nearest(lon, lat)[2]


@dataclass(frozen=True)
class Apart:
    """How far another publisher's line lies from the line used.

    Attributes:
        publisher: The other publisher.
        median_m, p90_m: Of the distances from places every 500 m along the line used, metres.
        by_sector: Sector id and its p90_m.
    """

    publisher: str
    median_m: float
    p90_m: float
    by_sector: tuple[tuple[str, float], ...]

    @property
    def sentence(self) -> str:
        """The width of the line in words."""
        return (
            f"The line of {self.publisher} lies {self.median_m / 1000:.1f} km from it in the middle case, "
            f"{self.p90_m / 1000:.1f} km at a tenth of places or more."
        )


def apart(sectors: Sequence[Sector], other: OtherLine) -> Apart:
    """How far another line lies from the one the sectors were cut from."""
    every: list[NDArray[np.float64]] = []
    by_sector = []
    for sector in sectors:
        places = []
        for part in sector.path.geoms:
            xy = other.plane.onto(part)
            count = max(math.ceil(xy.length / STEP_M), 1)
            at = shapely.line_interpolate_point(xy, (np.arange(count) + 0.5) * xy.length / count)
            places.append(other.plane.lonlat(shapely.get_coordinates(at)))
        lonlat = np.concatenate(places)
        metres = other.distance_m(lonlat[:, 0], lonlat[:, 1])
        every.append(metres)
        by_sector.append((sector.id, round(float(np.quantile(metres, 0.9)), 1)))
    whole = np.concatenate(every)
    return Apart(
        other.publisher,
        round(float(np.median(whole)), 1),
        round(float(np.quantile(whole, 0.9)), 1),
        tuple(by_sector),
    )


def p_within(distances_m: Sequence[ArrayLike], uncertainty_m: ArrayLike, depth_m: float) -> NDArray[np.float64]:
    """How likely positions lie within the depth of the line, their places and the line being uncertain.

    Each publisher's map has one vote. Near each, the line is taken for straight over the spread of the position,
    a round normal distribution of which `uncertainty_m` holds 95 %. Where a zone's form matters, `Zone.p_in` sums it.

    Args:
        distances_m: Metres to the line of each map, shape (n,) each; NaN where not known.
        uncertainty_m: Metres, shape (n,) or one number.
        depth_m: Depth of the agreement's zone on both sides, metres.
    Returns:
        Probabilities, shape (n,); NaN where a distance is not known.
    """
    from scipy.special import ndtr

    votes = []
    for metres in distances_m:
        d = np.atleast_1d(np.asarray(metres, dtype=float))
        sigma = np.broadcast_to(np.asarray(uncertainty_m, dtype=float), d.shape) / SIGMAS_IN_95
        sharp = np.where(np.isnan(d), np.nan, (d <= depth_m).astype(float))
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = ndtr((depth_m - d) / sigma) - ndtr((-depth_m - d) / sigma)
        votes.append(np.where(sigma > 0, spread, sharp))
    return np.asarray(np.mean(votes, axis=0))


@dataclass(frozen=True)
class Moved:
    """How the line of one publisher moved in a sector between two maps.

    Attributes:
        gained_km2, lost_km2: Area that came to, and went from, the party whose area the maps draw.
        mean_m: (gained - lost) over the sector's length: above 0 away from that party's area.
    """

    publisher: str
    gained_km2: float
    lost_km2: float
    mean_m: float


@dataclass(frozen=True)
class Displacement:
    """What can be said of a sector between two days.

    Attributes:
        finding: ``moved_to_<party>`` or ``stood`` where two publishers agree, ``maps_differ`` where they do not,
            ``according_to_publisher`` where there is only one: then it is that publisher's word and no finding.
    """

    sector: str
    finding: str
    said: tuple[Moved, ...]


def displacement(
    sectors: Sequence[Sector],
    pairs: Sequence[tuple[ControlArea, ControlArea]],
    nearest_sector: NearestSector,
    parties: tuple[str, str],
) -> tuple[Displacement, ...]:
    """What moved in each sector between two days, by each publisher, and whether that is a finding.

    Args:
        sectors: Of the ground used.
        pairs: Each publisher's map of the first day and of the second.
        nearest_sector: Function of (lon, lat) arrays that gives the index of the nearest sector.
        parties: The party whose area the maps draw, and the other.
    """
    said: list[list[Moved]] = [[] for _ in sectors]
    for before, after in pairs:
        gained = _by_sector(shapely.difference(after.area, before.area), nearest_sector, len(sectors))
        lost = _by_sector(shapely.difference(before.area, after.area), nearest_sector, len(sectors))
        for n, sector in enumerate(sectors):
            mean_m = (gained[n] - lost[n]) / sector.length_km * 1000.0
            said[n].append(
                Moved(after.publisher, round(float(gained[n]), 4), round(float(lost[n]), 4), round(float(mean_m), 1))
            )
    return tuple(
        Displacement(sector.id, _finding(moves, parties), tuple(moves))
        for sector, moves in zip(sectors, said, strict=True)
    )


def _finding(moves: Sequence[Moved], parties: tuple[str, str]) -> str:
    if len({move.publisher for move in moves}) < 2:
        return "according_to_publisher"
    signs = {0 if abs(move.mean_m) <= STOOD_M else int(math.copysign(1, move.mean_m)) for move in moves}
    if len(signs) > 1:
        return "maps_differ"
    sign = signs.pop()
    return "stood" if sign == 0 else f"moved_to_{parties[0] if sign > 0 else parties[1]}"


def _by_sector(area: BaseGeometry, nearest_sector: NearestSector, count: int) -> NDArray[np.float64]:
    """An area shared out between sectors, km2: in small pieces, each to the sector its middle is nearest to."""
    pieces = [piece for part in areas_only(area).geoms for piece in _small(part)]
    found = np.zeros(count)
    if not pieces:
        return found
    middles = shapely.get_coordinates(shapely.point_on_surface(pieces))
    index = nearest_sector(middles[:, 0], middles[:, 1])
    np.add.at(found, index, [area_km2(piece) for piece in pieces])
    return found


def _small(part: BaseGeometry) -> list[BaseGeometry]:
    west, south, east, north = (math.floor(side / CELL_DEG) for side in part.bounds)
    if east == west and north == south:
        return [part]
    cells = [
        shapely.box(x * CELL_DEG, y * CELL_DEG, (x + 1) * CELL_DEG, (y + 1) * CELL_DEG)
        for x in range(west, east + 1)
        for y in range(south, north + 1)
    ]
    return [piece for cut in shapely.intersection(part, cells) for piece in areas_only(cut).geoms]
