"""Windows the parties agreed on: quiet for repairs and passage, permission for exercises and demining.

    Agreement, Assessments --windows--> Kept: one a window that touches the day

A window of quiet is checked like a promise of its own and reported when it was kept too; a window of permission says
what was permitted in it. Neither is a finding on a provision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from truceline.assessment import ANY, Assessments
from truceline.compliance.finding import Verdict
from truceline.compliance.known import Known, Promise, along_the_line, placed, sort_out
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.event_class import NO_FIRE, EventClass
from truceline.terms.provision import Kind, Provision, Window
from truceline.terms.rules import AS_WRITTEN


@dataclass(frozen=True)
class Kept:
    """What became of a window on a day.

    Attributes:
        period: The part of it that lies in the day.
        verdict: Of a window of quiet; None for one that permits.
        incidents: What breaks the quiet, or what was permitted.
    """

    window: Window
    period: When
    verdict: Verdict | None
    reason: str
    incidents: tuple[str, ...]


def windows(
    agreement: Agreement,
    day: When,
    assessments: Assessments,
    seen_in: Callable[[When], Assessments],
    beside: Known,
) -> tuple[Kept, ...]:
    """The windows that touch a day.

    Args:
        agreement: With its windows.
        day: The period of the bulletin.
        assessments: Of that day.
        seen_in: The assessments of a part of the day.
        beside: What else is known of the day: lengths of sectors, zones.
    """
    found = []
    for window in agreement.windows:
        period = When(window.start, window.end).meet(day)
        if period is not None:
            found.append(
                _permitted(window, period, assessments)
                if window.permits
                else _quiet(window, period, assessments, seen_in, beside)
            )
    return tuple(found)


def _permitted(window: Window, period: When, assessments: Assessments) -> Kept:
    inside = tuple(
        one.incident.id
        for one in assessments.assessments
        if one.counted
        and one.incident.sector is not None
        and one.incident.when.within(period)
        and (not window.classes or one.incident.event_class in window.classes)
    )
    noun = "incident lies" if len(inside) == 1 else "incidents lie"
    return Kept(window, period, None, f"{len(inside)} counted {noun} in it and may be what it permits.", inside)


def _quiet(
    window: Window, period: When, assessments: Assessments, seen_in: Callable[[When], Assessments], beside: Known
) -> Kept:
    """Quiet is promised as a provision promises it, so the same rule decides: along the line, or in a zone."""
    promise = Promise(
        provision=Provision(id=window.id, kind=Kind.NO_FIRE, text=window.text),
        reading=AS_WRITTEN,
        party=None,
        period=period,
        classes=tuple(event for event in EventClass if event in NO_FIRE),
        listed=(),
        windows=(),
        zone=window.zone,
    )
    known = replace(beside, assessments=assessments, quiet=seen_in(period))
    concerned, doubtful = placed(promise, known)
    found = replace(sort_out(concerned, promise, doubtful), claimed=())
    told = along_the_line(promise, known, found, (ANY,))
    return Kept(window, period, told.verdict, told.reason, told.incidents)
