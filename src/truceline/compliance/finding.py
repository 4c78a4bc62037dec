"""What a provision, in one reading, comes to on one day. Facts, not blame."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from truceline.spacetime import When


class Verdict(StrEnum):
    """The four things that can be said of a provision."""

    CONSISTENT = "consistent"
    NOT_CONSISTENT = "not_consistent"
    NOT_ASSESSABLE = "not_assessable"
    NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True)
class Finding:
    """Provision x reading x period.

    Attributes:
        period: The part of the day in which the provision was in force; None where it was not.
        incidents: The counted incidents it rests on, exactly.
        unplaced: Counted incidents that may or may not lie inside the period or the zone: named, not used.
        permitted: Counted incidents that a window of the agreement permits: named, not used.
        claimed: Incidents it would concern that stand in no count: named, not used.
        flips: Whether another reading of the same provision gives another finding.
        differ: The incidents on which this finding rests and another reading's does not.
    """

    provision: str
    kind: str
    reading: str
    party: str | None
    verdict: Verdict
    reason: str
    period: When | None
    incidents: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    flips: bool = False
    differ: tuple[str, ...] = ()
