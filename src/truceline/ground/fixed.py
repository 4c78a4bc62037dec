"""What of the ground does not change with the day: the reference line, and lines and areas of the case's files.

    Agreement, control areas, borders, the case's files --fix--> FixedGround

A case has one reference line, so that kilometre 412 of one bulletin is kilometre 412 of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shapely.geometry.base import BaseGeometry

from truceline.errors import CaseError, FeedError
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import read_control_area, read_lines
from truceline.ground.line import line_of_contact
from truceline.ground.newest import map_for
from truceline.ground.places import Places
from truceline.ground.places import builtin as builtin_places
from truceline.ground.reference import ReferenceLine, of_file, of_line
from truceline.terms.agreement import Agreement, ZoneTerms

OWN_LINES = ("contact", "reference")  # lines a zone can follow that are in no file


@dataclass(frozen=True)
class FixedGround:
    """What the ground of every day of a case has in common.

    Attributes:
        reference: The line kilometres are counted along; None: along each day's own line.
        reference_missing: Why there is none, one sentence for the note beside every kilometre.
        lines, areas: Lines and areas of the case's files in degrees, by their paths.
        zones: Zones as the case file has them.
        parties: Ids of all parties.
        places: To name sectors by; None in a theatre that draws its own world.
    """

    reference: ReferenceLine | None = None
    reference_missing: str | None = None
    lines: Mapping[str, BaseGeometry] = field(default_factory=dict)
    areas: Mapping[str, BaseGeometry] = field(default_factory=dict)
    zones: tuple[ZoneTerms, ...] = ()
    parties: tuple[str, ...] = ()
    places: Places | None = None


def fix(
    agreement: Agreement, control_areas: Sequence[ControlArea], borders: Borders, read: Callable[[str], bytes]
) -> FixedGround:
    """Read what the case file names, and find the line of the day kilometres are counted along.

    Args:
        agreement: The case.
        control_areas: Maps of the feed the line is drawn from, the reference day's among them.
        borders: Coast and borders.
        read: Gives a file of the case by its path.
    Raises:
        CaseError: A file of the case holds no lines, or no areas.
    """
    reference, missing = _reference(agreement, control_areas, borders, read)
    files = [zone.line for zone in agreement.zones if zone.area is None and zone.line not in OWN_LINES]
    areas = [zone.area for zone in agreement.zones if zone.area is not None]
    return FixedGround(
        reference=reference,
        reference_missing=missing,
        lines={path: read_lines(read(path), who=path, error=CaseError) for path in dict.fromkeys(files)},
        areas={path: _area(read(path), path) for path in dict.fromkeys(areas)},
        zones=agreement.zones,
        parties=tuple(party.id for party in agreement.parties),
        places=builtin_places() if agreement.ground.borders == "builtin" else None,
    )


def _reference(
    agreement: Agreement, control_areas: Sequence[ControlArea], borders: Borders, read: Callable[[str], bytes]
) -> tuple[ReferenceLine | None, str | None]:
    terms, day = agreement.ground, agreement.reference_day
    if day is None:
        path = str(terms.reference)
        return of_file(read(path), name=path), None
    try:
        control, _ = map_for(control_areas, day)
        line = line_of_contact(control, borders, tolerance_km=terms.tolerance_km, on_land_of=terms.countries)
    except FeedError as error:
        return None, f"Kilometres belong to this map alone: of {day}, along which they should count, {error.what}."
    return of_line(line), None


def _area(text: bytes, path: str) -> BaseGeometry:
    try:
        return read_control_area(text, publisher=path, day=date.min, held_by="", entry=path).area
    except FeedError as error:
        raise CaseError(path, error.what, error.todo) from error
