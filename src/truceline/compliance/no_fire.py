"""The promise not to fire, along the line.

not_consistent   a counted incident of a forbidden class lies near the line, wholly inside the period
consistent       none, and every sector was seen quiet
not_assessable   none, but somewhere nobody could have told
"""

from __future__ import annotations

from dataclasses import replace

from truceline.assessment import ANY
from truceline.compliance.finding import Finding
from truceline.compliance.known import Known, Promise, along_the_line, placed, sort_out
from truceline.terms.provision import Kind

KIND = Kind.NO_FIRE


def check(promise: Promise, known: Known) -> Finding:
    """Check a no-fire provision over the part of a day in which it was in force."""
    concerned, doubtful = placed(promise, known)
    # What is in no count stands in the list of the line.
    found = replace(sort_out(concerned, promise, doubtful), claimed=())
    return along_the_line(promise, known, found, (ANY,))
