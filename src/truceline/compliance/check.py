"""Check every provision in every reading, and say which findings flip.

    Agreement, Assessments --in force?--> CHECKS[kind] --per reading--> Findings

The text as written is a reading like the parties' own: `as-written`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from truceline.assessment import Assessments
from truceline.compliance import no_fire
from truceline.compliance.finding import Finding, Verdict
from truceline.spacetime import When, iso
from truceline.terms import Agreement
from truceline.terms.agreement import Provision, Status
from truceline.terms.rules import AS_WRITTEN

Check = Callable[[Provision, str, str | None, When, Assessments, Assessments, dict[str, float]], Finding]
CHECKS: dict[str, Check] = {no_fire.KIND: no_fire.check}

_BINDING = {Status.IN_FORCE, Status.EXTENDED, Status.ENDED}  # an ended truce was in force until its end


def check(
    agreement: Agreement,
    day: When,
    assessments: Assessments,
    sector_km: dict[str, float],
    seen_in: Callable[[When], Assessments],
) -> tuple[Finding, ...]:
    """Findings of a day, provision by provision, reading by reading.

    Args:
        agreement: Provisions, readings, status and period.
        day: The period of the bulletin.
        assessments: Of that day.
        sector_km: Length of each sector in km.
        seen_in: The assessments of a part of the day: a provision in force for three hours was kept only
            if those three hours were watched.
    """
    readings: list[tuple[str, str | None, datetime, datetime]] = [(AS_WRITTEN, None, agreement.start, agreement.end)]
    readings += [(r.id, r.party, r.start or agreement.start, r.end or agreement.end) for r in agreement.readings]
    findings: list[Finding] = []
    for provision in agreement.provisions:
        same = []
        for reading, party, start, end in readings:
            period = When(start, end).meet(day) if agreement.status in _BINDING else None
            if period is None:
                reason = _why_not(agreement, start, end)
                same.append(Finding(provision.id, provision.kind, reading, party, Verdict.NOT_IN_FORCE, reason, None))
            else:
                quiet = assessments if period.hours == day.hours else seen_in(period)
                same.append(CHECKS[provision.kind](provision, reading, party, period, assessments, quiet, sector_km))
        flips = len({(f.verdict, f.incidents) for f in same}) > 1
        findings += [replace(f, flips=flips) for f in same]
    return tuple(findings)


def in_force(agreement: Agreement, day: When) -> str:
    """Whether the agreement as written was in force: ``whole``, ``part`` or ``none`` of the day."""
    period = When(agreement.start, agreement.end).meet(day) if agreement.status in _BINDING else None
    if period is None:
        return "none"
    return "whole" if (period.start, period.end) == (day.start, day.end) else "part"


def _why_not(agreement: Agreement, start: datetime, end: datetime) -> str:
    if agreement.status not in _BINDING:
        return f"The agreement is {agreement.status.replace('_', ' ')}."
    return f"In force from {iso(start)} to {iso(end)}, which is outside this period."
