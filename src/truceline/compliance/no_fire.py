"""The promise not to fire, along the line.

not_consistent   a counted incident of a forbidden class lies near the line, wholly inside the period
consistent       none, and every sector was seen quiet
not_assessable   none, but somewhere nobody could have told
"""

from __future__ import annotations

from truceline.assessment import ANY, Assessment, Assessments, State
from truceline.compliance.finding import Finding, Verdict
from truceline.spacetime import When
from truceline.terms.agreement import Provision

KIND = "no_fire"


def check(
    provision: Provision,
    reading: str,
    party: str | None,
    period: When,
    assessments: Assessments,
    quiet: Assessments,
    sector_km: dict[str, float],
) -> Finding:
    """Check a no-fire provision over the part of a day in which it was in force.

    Args:
        provision: With the classes it forbids.
        reading: Id of the reading.
        party: Whose reading it is; None for the text as written.
        period: In force, UTC, within the day.
        assessments: Of the whole day, for the incidents.
        quiet: Of the period alone, for what was seen quiet in it.
        sector_km: Length of each sector, for the reason.
    """
    near = [
        a
        for a in assessments.assessments
        if a.counted and a.incident.sector is not None and a.incident.event_class in provision.classes
    ]
    inside = tuple(a.incident.id for a in near if a.incident.when.within(period))
    astride = tuple(a.incident.id for a in near if _astride(a, period))
    verdict, reason = _judge(len(inside), astride, quiet, sector_km)
    return Finding(provision.id, KIND, reading, party, verdict, reason, period, inside, astride)


def _astride(assessment: Assessment, period: When) -> bool:
    when = assessment.incident.when
    return when.overlaps(period) and not when.within(period)


def _judge(
    inside: int, astride: tuple[str, ...], quiet: Assessments, sector_km: dict[str, float]
) -> tuple[Verdict, str]:
    note = ""
    if astride:
        note = f" {len(astride)} more may lie before or after the period; their time is not known well enough."
    if inside:
        noun = "incident" if inside == 1 else "incidents"
        return Verdict.NOT_CONSISTENT, f"Rests on {inside} counted {noun} near the line, inside the period.{note}"
    states = {
        row["sector"]: State(row["state"])
        for row in quiet.sector_days.select(["sector", "event_class", "state"]).to_pylist()
        if row["event_class"] == ANY
    }
    if not states:
        return Verdict.NOT_ASSESSABLE, "No usable map of the line, so there is no place to look at."
    blind = sum(sector_km[s] for s, state in states.items() if state is not State.QUIET)
    if not blind and not astride:
        return Verdict.CONSISTENT, "No counted incident, and every sector was seen quiet."
    whole = sum(sector_km[s] for s in states)
    return (
        Verdict.NOT_ASSESSABLE,
        f"No counted incident lies inside the period, but {blind:.0f} of {whole:.0f} km were not seen quiet.{note}",
    )
