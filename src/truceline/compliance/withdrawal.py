"""The promise to withdraw: a state that may not be, not an act.

not_consistent   a counted presence of what was withdrawn lies in the zone, wholly inside the period
consistent       none, and every sector was watched well enough to have seen one
not_assessable   none, but somewhere nobody could have told
Presences are counted apart from acts of fire, and the place of one is never published.
"""

from __future__ import annotations

from dataclasses import replace

from truceline.compliance.finding import Finding
from truceline.compliance.known import Known, Promise, along_the_line, placed, sort_out
from truceline.terms.provision import Kind

KIND = Kind.WITHDRAWAL


def check(promise: Promise, known: Known) -> Finding:
    """Check a withdrawal over the part of a day in which it was in force."""
    concerned, doubtful = placed(promise, known)
    found = replace(sort_out(concerned, promise, doubtful), claimed=())
    return along_the_line(promise, known, found, promise.classes)
