"""Windows the parties agreed on: quiet for repairs and passage, permission for exercises and demining.

    Agreement, Assessments --windows--> Kept: one a window that touches the day

A window of quiet is checked like a promise of its own and reported when it was kept too; a window of permission says
what was permitted in it. Neither is a finding on a provision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from truceline.assessment import ANY, Assessments, State
from truceline.compliance.finding import Verdict
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.event_class import NO_FIRE
from truceline.terms.provision import Window


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
    agreement: Agreement, day: When, assessments: Assessments, seen_in: Callable[[When], Assessments]
) -> tuple[Kept, ...]:
    """The windows that touch a day.

    Args:
        agreement: With its windows.
        day: The period of the bulletin.
        assessments: Of that day.
        seen_in: The assessments of a part of the day.
    """
    found = []
    for window in agreement.windows:
        period = When(window.start, window.end).meet(day)
        if period is not None:
            found.append((_permitted if window.permits else _quiet)(window, period, assessments, seen_in))
    return tuple(found)


def _permitted(window: Window, period: When, assessments: Assessments, _: Callable[[When], Assessments]) -> Kept:
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


def _quiet(window: Window, period: When, assessments: Assessments, seen_in: Callable[[When], Assessments]) -> Kept:
    acts = [
        one
        for one in assessments.assessments
        if one.counted and one.incident.sector is not None and one.incident.event_class in NO_FIRE
    ]
    inside = tuple(one.incident.id for one in acts if one.incident.when.within(period))
    if inside:
        noun = "incident lies" if len(inside) == 1 else "incidents lie"
        return Kept(window, period, Verdict.NOT_CONSISTENT, f"{len(inside)} counted {noun} in it.", inside)
    astride = sum(1 for one in acts if one.incident.when.overlaps(period))
    rows = seen_in(period).sector_days.select(["event_class", "state"]).to_pylist()
    states = [State(row["state"]) for row in rows if row["event_class"] == ANY]
    if states and all(state is State.QUIET for state in states) and not astride:
        return Kept(window, period, Verdict.CONSISTENT, "No counted incident, and every sector was seen quiet.", ())
    reason = "No counted incident lies in it for certain, but not all of the line was seen quiet."
    return Kept(window, period, Verdict.NOT_ASSESSABLE, reason, ())
