"""What the rooms found for one day: the value `watch.py` hands to the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from truceline.assessment import Assessments
from truceline.compliance import Finding, Kept
from truceline.feeds import Records
from truceline.ground import Ground
from truceline.ground.side_by_side import Displacement
from truceline.ledger import Receipt
from truceline.observations import Observed
from truceline.observations.ordinary import InSeason
from truceline.spacetime import When
from truceline.statements.bearing import Bearing
from truceline.statements.statement import Statements
from truceline.terms.answer import Answer


@dataclass(frozen=True)
class DayResult:
    """One day, judged.

    Attributes:
        period: What the bulletin of `day` covers, UTC.
        records: Of the whole run; the day's own are chosen by `period`.
        ground: None where there is no usable map; `ground_trouble` then says why.
        baseline: Which peaceful baseline judged the heat, in words; None: no baseline.
        season: The season's curve and the day's count; None: no baseline.
        bearings: How the day's statements bear on one another and on those of the bulletin before.
        movement: How the maps moved the line since the day before, sector by sector.
        lengths: The line's length at two tolerances: (tolerance_km, length_km, pieces).
    """

    day: date
    period: When
    records: Records
    receipts: tuple[Receipt, ...]
    ground: Ground | None
    ground_trouble: str | None
    lengths: tuple[tuple[float, float, int], ...]
    observed: Observed
    assessments: Assessments
    findings: tuple[Finding, ...]
    windows: tuple[Kept, ...]
    statements: Statements
    answers: tuple[Answer, ...] = ()
    baseline: str | None = None
    season: InSeason | None = None
    movement: tuple[Displacement, ...] = ()
    bearings: tuple[Bearing, ...] = ()

    @property
    def sector_km(self) -> dict[str, float]:
        """Length of each sector in km; empty without a map."""
        return {} if self.ground is None else {sector.id: sector.length_km for sector in self.ground.sectors}
