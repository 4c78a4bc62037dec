"""Check every provision in every reading, and say which findings flip.

    Agreement, Assessments --in force?--> CHECKS[kind] --per reading--> Findings

The text as written is a reading like the parties' own: `as-written`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from truceline.assessment import Assessments
from truceline.compliance import access, facility_list, no_fire, no_fly, withdrawal
from truceline.compliance.finding import Finding, Verdict
from truceline.compliance.known import Known, Promise
from truceline.spacetime import When, iso
from truceline.terms import Agreement
from truceline.terms.agreement import Status
from truceline.terms.provision import Kind, Provision, Reading
from truceline.terms.rules import AS_WRITTEN

Check = Callable[[Promise, Known], Finding]
CHECKS: dict[Kind, Check] = {
    access.KIND: access.check,
    facility_list.KIND: facility_list.check,
    no_fire.KIND: no_fire.check,
    no_fly.KIND: no_fly.check,
    withdrawal.KIND: withdrawal.check,
}

_BINDING = {Status.IN_FORCE, Status.EXTENDED, Status.ENDED}  # an ended truce was in force until its end


def check(
    agreement: Agreement,
    day: When,
    assessments: Assessments,
    sector_km: dict[str, float],
    seen_in: Callable[[When], Assessments],
    beside: Known | None = None,
) -> tuple[Finding, ...]:
    """Findings of a day, provision by provision, reading by reading.

    Args:
        agreement: Provisions, readings, windows, status and period.
        day: The period of the bulletin.
        assessments: Of that day.
        sector_km: Length of each sector in km.
        seen_in: The assessments of a part of the day: a provision in force for three hours was kept only
            if those three hours were watched.
        beside: What else is known of the day (words, who was on watch, denials); None: nothing.
    """
    written = Reading(id=AS_WRITTEN, start=agreement.start, end=agreement.end)
    base = beside or Known(assessments, assessments, sector_km)
    parts: dict[When, Assessments] = {}
    findings: list[Finding] = []
    for provision in agreement.provisions:
        same = []
        for reading in (written, *agreement.readings):
            start, end = reading.start or agreement.start, reading.end or agreement.end
            period = When(start, end).meet(day) if agreement.status in _BINDING else None
            if period is None:
                reason = _why_not(agreement, start, end)
                same.append(
                    Finding(
                        provision.id, str(provision.kind), reading.id, reading.party, Verdict.NOT_IN_FORCE, reason, None
                    )
                )
                continue
            if period not in parts:
                parts[period] = assessments if period.hours == day.hours else seen_in(period)
            known = replace(base, assessments=assessments, quiet=parts[period], sector_km=sector_km)
            same.append(CHECKS[provision.kind](_promise(agreement, provision, reading, period), known))
        findings += _flipped(same)
    return tuple(findings)


def _promise(agreement: Agreement, provision: Provision, reading: Reading, period: When) -> Promise:
    ids = reading.lists.get(provision.id)
    return Promise(
        provision=provision,
        reading=reading.id,
        party=reading.party,
        period=period,
        classes=reading.classes.get(provision.id, provision.classes),
        listed=tuple(entry for entry in provision.list if (entry.written if ids is None else entry.id in ids)),
        zone=reading.zones.get(provision.id, provision.zone),
        windows=tuple(w for w in agreement.windows if w.permits and (not w.provisions or provision.id in w.provisions)),
    )


def _flipped(same: Sequence[Finding]) -> list[Finding]:
    """Which readings of one provision differ, and by exactly which incidents."""
    flips = len({(f.verdict, f.incidents) for f in same}) > 1
    everywhere = set.intersection(*(set(f.incidents) for f in same))
    return [replace(f, flips=flips, differ=tuple(k for k in f.incidents if k not in everywhere)) for f in same]


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
