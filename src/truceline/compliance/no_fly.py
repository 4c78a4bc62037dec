"""The promise not to fly, along the line.

not_consistent   a counted flight, or an act that needs one, lies near the line, wholly inside the period
consistent       none, and every sector was watched well enough to have seen one of each class
not_assessable   none, but somewhere nobody could have told; no satellite sees a flight
"""

from __future__ import annotations

from dataclasses import replace

from truceline.compliance.finding import Finding
from truceline.compliance.known import Known, Promise, along_the_line, placed, sort_out
from truceline.terms.provision import Kind

KIND = Kind.NO_FLY


def check(promise: Promise, known: Known) -> Finding:
    """Check a ban on flights over the part of a day in which it was in force."""
    concerned, doubtful = placed(promise, known)
    found = replace(sort_out(concerned, promise, doubtful), claimed=())
    return along_the_line(promise, known, found, promise.classes)
