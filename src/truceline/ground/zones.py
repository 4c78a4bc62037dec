"""Zones: the strips and areas in which a provision holds, and how surely a position lies in one.

    ZoneTerms, line of the day, control area, named lines --zone_of--> Zone
    Zone.signed_distance_m(positions) -> metres, below 0 inside
    Zone.p_in(positions, uncertainty) -> probability

In: what the case file promises. Out: areas on the day's sheet. A strip follows a line at a distance; which
line, and on whose side how far, the case says. Start at `zone_of`. Method: docs/methods/line.md
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from truceline.errors import CaseError
from truceline.ground.geojson import areas_only
from truceline.ground.measured import on_sheet
from truceline.ground.plane import Plane
from truceline.terms.agreement import ZoneTerms

# A position's uncertainty holds the true place in 95 of 100 cases; of a round normal spread that is the circle of
# sqrt(-2 ln 0.05) standard deviations.
SIGMAS_IN_95 = math.sqrt(-2.0 * math.log(0.05))
FAR_SIGMAS = 9.0  # an edge farther than this has less than 1e-17 of the spread beyond it
CHORDS = 16  # a quarter turn of a strip's rounded end: short of the circle by 0.12 % at most
NODES = 24  # points of the sum over one piece of an edge


@dataclass(frozen=True)
class Zone:
    """An area in which a provision holds on one day.

    Attributes:
        id: From the case file.
        kind: buffer, security, disengagement or withdrawal.
        parts: By party: where it binds this party; ``None`` as key: everybody alike.
        plane: The sheet the areas lie on, metres.
        rule: How it was drawn, in words, for the methods page.
    """

    id: str
    kind: str
    parts: Mapping[str | None, BaseGeometry]
    plane: Plane
    rule: str

    def area_for(self, party: str | None = None) -> BaseGeometry:
        """Where it binds a party, on the sheet; None: where it binds anybody.

        Raises:
            ValueError: The zone says nothing of that party.
        """
        if party is None:
            return shapely.union_all(list(self.parts.values()))
        if party in self.parts:
            return self.parts[party]
        if None in self.parts:
            return self.parts[None]
        raise ValueError(f"zone {self.id!r} does not bind {party!r}; it binds {', '.join(map(str, self.parts))}")

    def degrees(self, party: str | None = None) -> BaseGeometry:
        """The same in degrees, for a map."""
        return self.plane.back(self.area_for(party))

    def signed_distance_m(self, lon: ArrayLike, lat: ArrayLike, party: str | None = None) -> NDArray[np.float64]:
        """How far positions lie from the zone's edge: below 0 inside, above 0 outside, on the sheet.

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
            party: Whose part of the zone; None: all of it.
        Returns:
            Metres, shape (n,); NaN where a position is not finite; infinite where the zone is empty.
        """
        area = self.area_for(party)
        points, known = on_sheet(self.plane, lon, lat)
        found = np.full(len(known), np.nan)
        if area.is_empty:
            found[known] = np.inf
            return found
        shapely.prepare(area)
        places = shapely.points(points[known])
        away = shapely.distance(places, area.boundary)
        found[known] = np.where(shapely.covers(area, places), -away, away)
        return found

    def p_in(
        self, lon: ArrayLike, lat: ArrayLike, uncertainty_m: ArrayLike, party: str | None = None
    ) -> NDArray[np.float64]:
        """How likely true places lie in the zone, their positions being uncertain.

        The true place is spread about the position as a round normal distribution of which `uncertainty_m` holds
        95 %. Its share over the zone is summed exactly, whatever the zone's form (see `_share_inside`).

        Args:
            lon: Longitudes in degrees, shape (n,).
            lat: Latitudes in degrees, same shape.
            uncertainty_m: Metres that hold the true place in 95 of 100 cases, shape (n,) or one number. At 0 the
                answer is 0 or 1.
            party: Whose part of the zone; None: all of it.
        Returns:
            Probabilities, shape (n,); NaN where a position is not finite.
        Raises:
            ValueError: An uncertainty is below 0 or not finite.
        """
        area = self.area_for(party)
        points, known = on_sheet(self.plane, lon, lat)
        radius = np.broadcast_to(np.asarray(uncertainty_m, dtype=float), known.shape)
        if not (np.isfinite(radius) & (radius >= 0)).all():
            raise ValueError("uncertainty_m must be finite metres, 0 or more")
        found = np.full(len(known), np.nan)
        inside = shapely.covers(area, shapely.points(points[known]))
        edges = _edges(area)
        found[known] = [
            float(held) if sigma < 1e-3 else _share_inside(edges, place, sigma)
            for held, place, sigma in zip(inside, points[known], radius[known] / SIGMAS_IN_95, strict=True)
        ]
        return found


def zone_of(
    terms: ZoneTerms,
    *,
    plane: Plane,
    held: BaseGeometry,
    held_by: str,
    parties: tuple[str, ...],
    lines: Mapping[str, BaseGeometry],
    areas: Mapping[str, BaseGeometry],
) -> Zone:
    """Draw a zone of the case on the day's sheet.

    Args:
        terms: The zone as the case file has it.
        plane: The sheet.
        held: The area one party holds that day, degrees; decides whose side a place is on.
        held_by: That party.
        parties: All parties; the others are on the other side.
        lines: Named lines in degrees, ``contact`` among them.
        areas: Areas of the case's files in degrees, by path.
    Raises:
        CaseError: The zone names a line that is not there.
    """
    if terms.area is not None:
        area = areas_only(plane.onto(areas[terms.area]))
        return Zone(terms.id, terms.kind, {terms.party: area}, plane, f"the area of {terms.area}")
    if terms.line not in lines:
        known = ", ".join(sorted(lines))
        raise CaseError(f"zone '{terms.id}'", f"there is no line '{terms.line}'; known: {known}", "Name one of these")
    line = plane.onto(lines[terms.line])
    mine = areas_only(plane.onto(held))
    parts: dict[str | None, BaseGeometry] = {}
    if terms.within_km is not None:
        parts[terms.party] = _strip(line, terms.beyond_km, terms.within_km)
        rule = f"{terms.beyond_km:g} to {terms.within_km:g} km from the line '{terms.line}', on both sides"
    else:
        for party, far_km in terms.sides.items():
            strip = _strip(line, terms.beyond_km, far_km)
            parts[party] = strip.intersection(mine) if party == held_by else strip.difference(mine)
        told = ", ".join(f"{far:g} km on the side of {party}" for party, far in terms.sides.items())
        rule = f"from {terms.beyond_km:g} to {told}, from the line '{terms.line}'"
    unknown = sorted({party for party in parts if party is not None} - set(parties))
    if unknown:
        raise CaseError(f"zone '{terms.id}'", f"there is no party '{unknown[0]}'", f"Known: {', '.join(parties)}")
    return Zone(terms.id, terms.kind, {party: areas_only(part) for party, part in parts.items()}, plane, rule)


def _strip(line: BaseGeometry, from_km: float, to_km: float) -> BaseGeometry:
    outer = shapely.buffer(line, to_km * 1000.0, quad_segs=CHORDS)
    return outer if from_km == 0 else outer.difference(shapely.buffer(line, from_km * 1000.0, quad_segs=CHORDS))


def _edges(area: BaseGeometry) -> NDArray[np.float64]:
    """Edges of an area with the inside on their left, shape (m, 2, 2)."""
    rings = []
    for part in shapely.get_parts(areas_only(area)):
        part = shapely.orient_polygons(part)
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring)
            rings.append(np.stack([points[:-1], points[1:]], axis=1))
    return np.concatenate(rings) if rings else np.empty((0, 2, 2))


def _share_inside(edges: NDArray[np.float64], place: NDArray[np.float64], sigma: float) -> float:
    """The share of a round normal spread about a place that lies within edges.

    Out to a distance r in one direction lies 1 - exp(-r^2 / 2 sigma^2) of what is spread that way, so an area seen
    all round from the place holds the sum of that over the edges, each with the angle it is seen under: forth
    where the edge is passed against the clock, back where it is passed with it. Exact for any form, holes too.
    """
    ends = (edges - place) / sigma
    (ax, ay), (bx, by) = (ends[:, 0, 0], ends[:, 0, 1]), (ends[:, 1, 0], ends[:, 1, 1])
    long = np.hypot(bx - ax, by - ay)
    keep = long > 0
    ax, ay, bx, by, long = ax[keep], ay[keep], bx[keep], by[keep], long[keep]
    turned = np.arctan2(ax * by - ay * bx, ax * bx + ay * by)  # the angle the edge is seen under, with its sign
    along_a = (ax * (bx - ax) + ay * (by - ay)) / long
    along_b = along_a + long
    height = np.abs(ax * by - ay * bx) / long
    near = np.hypot(height, np.maximum(np.maximum(along_a, -along_b), 0.0)) < FAR_SIGMAS
    total = float(turned[~near].sum())
    grid, weight = np.polynomial.legendre.leggauss(NODES)
    for h, a, b, angle in zip(height[near], along_a[near], along_b[near], turned[near], strict=True):
        if h < 1e-12:
            continue  # the place lies on the edge's own line: it is seen under no angle
        # With u = asinh(t / h), t along the edge from its foot, d(phi) = du / cosh(u) and the distance is h cosh(u):
        # smooth on the scale of 1 however near the place lies to the edge.
        end = math.acosh(max(FAR_SIGMAS / h, 1.0))
        first, last = (min(max(math.asinh(t / h), -end), end) for t in (a, b))
        if last <= first:
            total += angle
            continue
        marks = np.linspace(first, last, max(math.ceil(last - first), 1) + 1)
        middle, half = (marks[1:] + marks[:-1]) / 2, (marks[1:] - marks[:-1]) / 2
        cosh = np.cosh(middle[:, None] + half[:, None] * grid)
        beyond = float((np.exp(-0.5 * (h * cosh) ** 2) / cosh * weight * half[:, None]).sum())
        total += angle - math.copysign(beyond, angle)
    return min(max(total / (2 * math.pi), 0.0), 1.0)
