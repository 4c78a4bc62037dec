"""The promise to let the mission look.

not_consistent   the mission's own record says that access was denied, or its means were jammed, in the period
consistent       it was not, and every feed of the mission was heard for the whole period
not_assessable   nobody of the mission was heard, or not all the time
A feed that merely failed denies nothing to anybody.
"""

from __future__ import annotations

from truceline.compliance.finding import Finding, Verdict
from truceline.compliance.known import Known, Promise
from truceline.spacetime import iso
from truceline.terms.provision import Kind

KIND = Kind.ACCESS
DENIES = {"access_denied": "access was denied", "jamming": "the mission's means were jammed"}


def check(promise: Promise, known: Known) -> Finding:
    """Check freedom of access over the part of a day in which it was promised."""
    denied = [one for one in known.denials if one.cause in DENIES and one.when.overlaps(promise.period)]
    if denied:
        said = "; ".join(
            f"{one.feed}: {DENIES[one.cause]} from {iso(one.when.start)} to {iso(one.when.end)} ({one.reason})"
            for one in denied
        )
        return promise.finding(Verdict.NOT_CONSISTENT, f"By the mission's own record: {said}.")
    heard = known.monitors(promise.period)
    if not heard:
        return promise.finding(Verdict.NOT_ASSESSABLE, "The case has no feed of the mission's own.")
    silent = [name for name, whole in sorted(heard.items()) if not whole]
    if silent:
        why = f"No denial is recorded, but not all of the period was heard from {', '.join(silent)}."
        return promise.finding(Verdict.NOT_ASSESSABLE, why)
    names = ", ".join(sorted(heard))
    return promise.finding(Verdict.CONSISTENT, f"No denial is recorded, and {names} was heard for the whole period.")
