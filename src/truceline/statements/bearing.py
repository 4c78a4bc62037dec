"""How what was said today bears on what was said before: the part of relations a daily bulletin prints.

    statements of the day, of the day before --bearing--> Bearings: who contradicts, takes back or confirms whom

Two bulletins' statements are compared, no more: a day's bulletin is the same whichever days are run with it. The whole
course of a matter is what `truceline positions` tells. Repetitions and copies are left out: they are no news. And a
bulletin is stricter than a search: two statements meet in it only where they share a place or two words of the matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.statements.matters import matter_of
from truceline.statements.relations import Kind, relate
from truceline.statements.statement import Statement, Statements
from truceline.terms.party import Party

NEWS = (
    Kind.CONTRADICTS,
    Kind.REVERSES,
    Kind.CONFIRMS,
    Kind.NUMBER_DIFFERS,
    Kind.CONDITION_MET,
    Kind.CONDITION_UNMET,
)


_OPPOSING = frozenset({Kind.CONTRADICTS, Kind.REVERSES, Kind.CONFIRMS})
LEAST_SHARED = 2  # words


@dataclass(frozen=True)
class Bearing:
    """`first` bears on `second`, with the reason; at least one of them is of the day."""

    kind: Kind
    first: Statement
    second: Statement
    reason: str


def bearing(
    today: Statements, before: Statements, parties: Sequence[Party], languages: Mapping[str, str]
) -> tuple[Bearing, ...]:
    """Relations in which a statement of the day takes part, by kind, then in the order of reading.

    Args:
        today: Statements of the bulletin.
        before: Those of the bulletin before.
        parties: The case's, whose names are no places.
        languages: Language code by document.
    """
    mine = {one.id for one in today.statements}
    earlier = tuple(one for one in before.statements if one.id not in mine)
    merged = Statements((*earlier, *today.statements), (*before.tallies, *today.tallies))
    statements = {one.id: one for one in merged.statements}
    order = {key: place for place, key in enumerate(statements)}
    tallied = {one.id: one.statement for one in merged.tallies}
    found = []
    for relation in relate(merged, parties, languages=languages).relations:
        first, second = (tallied.get(key, key) for key in (relation.first, relation.second))
        known = first in statements and second in statements and first != second
        if relation.kind not in NEWS or not known or not mine & {first, second}:
            continue
        if relation.kind not in _OPPOSING or _firm(statements[first], statements[second], parties, languages):
            found.append(Bearing(relation.kind, statements[first], statements[second], relation.reason))
    distinct = {(b.kind, b.first.id, b.second.id): b for b in reversed(found)}.values()
    return tuple(sorted(distinct, key=lambda b: (NEWS.index(b.kind), order[b.first.id], order[b.second.id])))


def _firm(one: Statement, other: Statement, parties: Sequence[Party], languages: Mapping[str, str]) -> bool:
    """Whether the two surely speak of one matter: a place in common, or LEAST_SHARED words."""
    names = frozenset(w for p in parties for n in (p.id, p.name, *p.aliases, *p.channels) for w in n.split())
    mine, theirs = (matter_of(s, language=languages.get(s.document, "en"), names=names) for s in (one, other))
    return bool(set(mine.places) & set(theirs.places)) or len(mine.words & theirs.words) >= LEAST_SHARED
