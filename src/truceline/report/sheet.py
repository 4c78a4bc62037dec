"""Lay the map of a day: generalised lines and cells, never points.

DayResult, Borders --lay_map--> MapSheet --maps.py--> SVG
"""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.assessment import ANY
from truceline.ground.borders import DISCLAIMER, Borders
from truceline.ground.places import ATTRIBUTION
from truceline.report.cells import cell_of
from truceline.report.compose import listed_incidents, withheld_places
from truceline.report.day import DayResult
from truceline.report.maps import CellKind, MapSheet, Polyline
from truceline.spacetime import LonLat, RingSector
from truceline.terms import Agreement

OWN_BORDERS = (
    "Borders and coast as the case gives them. What is drawn here implies no opinion on any territory or its borders."
)
KM_PER_DEGREE = 111.0
MARGIN_DEG = 0.3


def lay_map(agreement: Agreement, result: DayResult, borders: Borders) -> MapSheet | None:
    """The map of a day; None where there is no line to draw."""
    ground = result.ground
    if ground is None:
        return None
    # Lines are drawn no finer than the tolerance the line itself was found with.
    coarse_deg = agreement.ground.tolerance_km / KM_PER_DEGREE
    states = {r["sector"]: r["state"] for r in result.assessments.sector_days.to_pylist() if r["event_class"] == ANY}
    west, south, east, north = shapely.union_all([sector.path for sector in ground.sectors]).bounds
    frame = (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)
    frame = (max(frame[0], -180), max(frame[1], -89), min(frame[2], 180), min(frame[3], 89))
    return MapSheet(
        bounds=frame,
        coast=_polylines(borders.lines(frame, kind="coast"), coarse_deg),
        borders=_polylines(borders.lines(frame, kind="border"), coarse_deg),
        sectors=tuple((s.id, states[s.id], _polylines(s.path, coarse_deg)) for s in ground.sectors),
        cells=_cells(agreement, result),
        disclaimer=f"{DISCLAIMER} {ATTRIBUTION}" if agreement.ground.borders == "builtin" else OWN_BORDERS,
        publisher=f"according to publisher {ground.publisher}",
    )


def _cells(agreement: Agreement, result: DayResult) -> tuple[tuple[float, float, float, float, CellKind], ...]:
    """Cells with a counted incident, with one that is not counted, with heat nobody can attribute; each once."""
    rows: dict[str, dict[str, Any]] = {row["id"]: row for row in result.observed.observations.to_pylist()}
    kinds: dict[tuple[float, float, float, float], CellKind] = {}
    for key in result.assessments.unattributed_heat:
        kinds[_sides(LonLat(rows[key]["lon"], rows[key]["lat"]), None, agreement)] = "heat"
    hidden = withheld_places(result)
    near = [a for a in listed_incidents(result) if a.incident.sector is not None and a.incident.id not in hidden]
    for a in sorted(near, key=lambda a: a.counted):
        kinds[_sides(a.incident.where.lonlat, a.incident.ring, agreement)] = (
            "incident" if a.counted else "incident_not_counted"
        )
    return tuple((*sides, kind) for sides, kind in sorted(kinds.items()))


def _sides(place: LonLat, ring: RingSector | None, agreement: Agreement) -> tuple[float, float, float, float]:
    sides = cell_of(place, ring, agreement.grid_deg)
    return sides["west"], sides["south"], sides["east"], sides["north"]


def _polylines(lines: BaseGeometry, coarse_deg: float) -> tuple[Polyline, ...]:
    """The parts of a geometry, generalised, as tuples of (lon, lat)."""
    simple = shapely.simplify(lines, coarse_deg)
    return tuple(
        tuple((round(x, 4), round(y, 4)) for x, y in shapely.get_coordinates(part).tolist())
        for part in shapely.get_parts(simple)
        if not part.is_empty
    )
