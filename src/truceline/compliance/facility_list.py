"""The promise to spare what a list names, wherever it is: in words, never by place.

not_consistent   an independent voice reports an act at a listed kind of facility, wholly inside the period
consistent       none, and feeds declared to watch all that is listed would have told
not_assessable   none that an independent voice reports; what only parties report is named and stands in no count

An incident is at a listed facility where the words of a voice that counts say so. A party's own words put nothing on
the list: else an accusation beside somebody else's shelling would make a breach.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from truceline.assessment import Assessment
from truceline.compliance.finding import Finding, Verdict
from truceline.compliance.known import Known, Promise, counted, notes, sort_out
from truceline.feeds.origin import cited_name
from truceline.terms.provision import Kind

KIND = Kind.FACILITY_LIST


def check(promise: Promise, known: Known) -> Finding:
    """Check a list of facilities over the part of a day in which it was in force."""
    concerned = {
        one.incident.id: names
        for one in known.assessments.assessments
        if one.incident.event_class in promise.classes and (names := _named(one, promise, known))
    }
    found = sort_out((a for a in known.assessments.assessments if a.incident.id in concerned), promise)
    if found.inside:
        kinds = sorted({name for key in found.inside for name in concerned[key]})
        reason = f"Rests on {counted(len(found.inside))} at what the list names ({', '.join(kinds)}).{notes(found)}"
        return promise.finding(Verdict.NOT_CONSISTENT, reason, found)
    chance, watched = _chance(promise, known)
    if chance is not None and chance >= known.quiet_at and not found.astride:
        reason = f"No counted incident, and {', '.join(watched)} would have told of one.{notes(found)}"
        return promise.finding(Verdict.CONSISTENT, reason, found)
    if not promise.provision.watch:
        why = "nobody is on watch at what the list names"
    elif chance is None:
        why = f"how long {', '.join(promise.provision.watch)} watched is not known"
    else:
        why = f"who watches would have told of an act with a probability of {chance:.2f}"
    reason = f"No independent voice reports an act at what the list names; {why}.{notes(found)}"
    if found.claimed:
        verb = "stands" if len(found.claimed) == 1 else "stand"
        reason += f" {len(found.claimed)} reported at what it names {verb} in no count."
    return promise.finding(Verdict.NOT_ASSESSABLE, reason, found)


def _named(one: Assessment, promise: Promise, known: Known) -> tuple[str, ...]:
    """The entries of the list that the words of an incident name; of a counted one, the words of voices that count."""
    texts = list(_words(one, known))
    return tuple(
        entry.name for entry in promise.listed if any(cited_name(text, entry.words) is not None for text in texts)
    )


def _words(one: Assessment, known: Known) -> Iterable[str]:
    for root in one.roots:
        if root.independent or not one.counted:
            yield from (known.texts[key] for key in root.observations if key in known.texts)


def _chance(promise: Promise, known: Known) -> tuple[float | None, tuple[str, ...]]:
    """The least chance, over the classes, that one feed at least would have told; None: not known of any feed."""
    least: float | None = None
    for event in promise.classes:
        told = {name: known.on_watch(name, event, promise.period) for name in promise.provision.watch}
        chances = [chance for chance in told.values() if chance is not None]
        if not chances:
            return None, ()
        chance = 1 - math.prod(1 - one for one in chances)
        least = chance if least is None else min(least, chance)
    return least, promise.provision.watch
