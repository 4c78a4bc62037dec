"""Which statements are about an incident, and why: recorded beside it, whoever speaks.

    Incident, its observations, Statements --about--> Spoken (statement, reason)

A statement is taken to be about an incident where it names the incident's place and its kind, and was said on its
day or on one of the two after; where it names a weekday it must be the incident's, and may be said within a week. Words
that name no place are about no incident, unless a person who reviewed it says so. This links what was said to what
happened; it makes nobody responsible.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from truceline.incidents import Incident
from truceline.statements.statement import Position, Statement
from truceline.terms.decision import Attached, Review
from truceline.terms.event_class import EventClass

SAID_WITHIN = timedelta(days=2)
SAID_WITHIN_OF_A_NAMED_DAY = timedelta(days=7)
# Positions on what happened; promises, conditions and calls are about what shall.
ON_EVENTS = frozenset(
    {
        Position.ASSERTS,
        Position.ACKNOWLEDGES,
        Position.ACKNOWLEDGES_IN_PART,
        Position.DENIES,
        Position.NEITHER_CONFIRMS_NOR_DENIES,
        Position.NO_COMMENT,
        Position.ACCUSES,
        Position.REPORTS,
    }
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRE = r"fir(?:ed|ing)\b|fire on\b|opened fire|attack\w*|explosion\w*"
_KINDS: Mapping[EventClass, str] = {
    EventClass.SHELLING: rf"shell\w*|artiller\w*|mortar\w*|rocket\w*|gun(?:s|ners)?\b|{_FIRE}",
    EventClass.AIR_OR_MISSILE_STRIKE: rf"missile\w*|air ?strike\w*|bomb\w*|str(?:uck|ike|ikes)\b|{_FIRE}",
    EventClass.DRONE_ATTACK: rf"drone\w*|{_FIRE}",
    EventClass.SMALL_ARMS_FIRE: rf"shot\w*|shoot\w*|small[- ]arms|machine[- ]gun\w*|warning shots?|{_FIRE}",
    EventClass.GROUND_ASSAULT: rf"assault\w*|raid\w*|advanc\w*|{_FIRE}",
    EventClass.EXPLOSION_UNDETERMINED: rf"explo\w*|blast\w*|shell\w*|{_FIRE}",
    EventClass.MINE: r"\bmines?\b|explo\w*",
    EventClass.INFRASTRUCTURE_DAMAGE: rf"damag\w*|destroy\w*|{_FIRE}",
}


@dataclass(frozen=True)
class Spoken:
    """A statement about an incident, and why it is taken for that."""

    statement: Attached
    reason: str
    by_person: bool = False


def about(
    incident: Incident,
    rows: Sequence[Mapping[str, Any]],
    statements: Iterable[Statement],
    reviews: Iterable[Review],
    zone: ZoneInfo,
) -> tuple[Spoken, ...]:
    """The statements about an incident, in the order of their ids.

    Args:
        incident: The incident.
        rows: Its observations, for the places they name.
        statements: What came out in the bulletin's own period: what else was asked for must change nothing.
        reviews: Of this incident; a later statement is found to be about it by a person.
        zone: In which days are counted.
    """
    places = sorted({row["place"] for row in rows if row["place"] and len(row["place"]) >= 3})
    attached = {one.id: (one, review) for review in reviews for one in review.statements}
    found = [
        Spoken(one, f"a person's review {review.id} finds it to be about this", True)
        for one, review in attached.values()
    ]
    found += [
        Spoken(attach(one), reason)
        for one in statements
        if one.id not in attached and (reason := _fits(one, incident, places, zone))
    ]
    found.sort(key=lambda spoken: spoken.statement.id)
    return tuple(found)


def attach(one: Statement) -> Attached:
    """As much of a statement as the judgement of an incident needs."""
    return Attached(one.id, one.party, one.about_party, str(one.position), one.speaker)


def _fits(one: Statement, incident: Incident, places: Sequence[str], zone: ZoneInfo) -> str | None:
    if one.position not in ON_EVENTS or one.said_at is None:
        return None
    text = f"{one.text} {one.proposition}"
    place = next((p for p in places if re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text, re.IGNORECASE)), None)
    pattern = _KINDS.get(incident.event_class)
    kind = None if pattern is None else re.search(pattern, text, re.IGNORECASE)
    if place is None or kind is None:
        return None
    happened = incident.when.middle.astimezone(zone).date()
    after = one.said_at.middle.astimezone(zone).date() - happened
    named = {day for day in _WEEKDAYS if re.search(rf"(?<!\w){day}(?!\w)", text, re.IGNORECASE)}
    own = _WEEKDAYS[happened.weekday()]
    if named and own not in named:
        return None
    within = SAID_WITHIN_OF_A_NAMED_DAY if named else SAID_WITHIN
    if not timedelta(0) <= after < within + timedelta(days=0 if named else 1):
        return None
    when = f"and {own.capitalize()}" if named else f"said {after.days} day(s) after"
    return f"names {place}, {kind.group(0)!r}, {when}"
