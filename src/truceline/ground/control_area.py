"""Who holds what, on one day, according to one publisher: a claim with a date, not the line itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class ControlArea:
    """The area one party holds on a day, as a publisher drew it.

    Attributes:
        area: Polygon or MultiPolygon in degrees (lon, lat), valid; `repaired` tells whether it was
            valid as received.
        entry: The ledger entry it was read from.
    """

    publisher: str
    day: date
    held_by: str
    area: BaseGeometry
    entry: str
    repaired: bool = False
