"""How statements bear on one another: contradicts, reverses, repeats, confirms, number differs, condition met or not.

    Statements, Tallies --relate--> Propositions (one matter each), Relations (both ids and a reason), Silences

Precision first: two statements that may or may not speak of one matter are left apart. "Neither confirms nor
denies" contradicts nothing; it is shown as no position. A copy (same root) relates to nothing. Start at `relate`.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from truceline.feeds import Records
from truceline.spacetime import Where
from truceline.statements.conversions import conversions_in
from truceline.statements.languages.predicates import FIRE_LIKE
from truceline.statements.matters import SAME_AT, SAYS_SO, Matter, matter_of, same_matter
from truceline.statements.statement import Position, Statement, Statements, Tally, stable_id
from truceline.terms import Agreement
from truceline.terms.party import Party

MAX_BLOCK = 400  # statements of one kind and party compared with one another; beyond it only with their neighbours


class Kind(StrEnum):
    """What one statement is to another."""

    CONTRADICTS = "contradicts"
    REVERSES = "reverses"
    REPEATS = "repeats"
    CONFIRMS = "confirms"
    CONDITION_MET = "condition_met"
    CONDITION_UNMET = "condition_unmet"
    NUMBER_DIFFERS = "number_differs"


@dataclass(frozen=True)
class Relation:
    """`first` bears on `second`; both are ids of statements, or of tallies that differ.

    A statement bears on itself where it gives one length in two units that differ.
    """

    kind: Kind
    first: str
    second: str
    reason: str


@dataclass(frozen=True)
class Proposition:
    """Statements that speak of one matter, in the order of reading.

    Attributes:
        statements: Ids; `matter` is that of the first.
    """

    id: str
    matter: Matter
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Silence:
    """A party accused, and nothing by it on the matter in all that was read: `looked` says where."""

    party: str
    proposition: str
    looked: str


@dataclass(frozen=True)
class Related:
    """Everything `relate` finds."""

    propositions: tuple[Proposition, ...] = ()
    relations: tuple[Relation, ...] = ()
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True)
class Positions:
    """Everything that was said in a case, and how statements bear on one another."""

    agreement: Agreement
    statements: Statements
    related: Related


_OPPOSED = {
    Position.ACCEPTS: frozenset({Position.REJECTS}),
    Position.REJECTS: frozenset({Position.ACCEPTS, Position.PROMISES}),
    Position.PROMISES: frozenset({Position.REJECTS}),
    Position.DENIES: SAYS_SO - {Position.REPORTS},
    Position.ACKNOWLEDGES: frozenset({Position.DENIES}),
    Position.ACKNOWLEDGES_IN_PART: frozenset({Position.DENIES}),
    Position.ASSERTS: frozenset({Position.DENIES}),
}


def relate(
    found: Statements,
    parties: Sequence[Party] = (),
    *,
    languages: Mapping[str, str] | None = None,
    gazetteer: Mapping[str, Where] | None = None,
) -> Related:
    """Statements of one matter put together, and how they bear on one another.

    Args:
        found: What was read, in order.
        parties: The case's parties, whose names are no places.
        languages: Language code by document; English where none is given.
        gazetteer: Places the case's own feeds name, with where they are.
    """
    spoken = languages or {}
    names = frozenset(w for p in parties for n in (p.id, p.name, *p.aliases, *p.channels) for w in n.split())
    statements = [s for s in found.statements if s.position is not Position.UNCLEAR or s.proposition]
    matters = {
        s.id: matter_of(s, language=spoken.get(s.document, "en"), gazetteer=gazetteer, names=names) for s in statements
    }
    groups = _groups(statements, matters)
    propositions = tuple(_proposition(group, matters) for group in groups)
    relations: list[Relation] = []
    for group in groups:
        for first, second in itertools.combinations(group, 2):
            relation = _between(first, second, matters)
            if relation is not None:
                relations.append(relation)
    relations += _conditions(statements, matters)
    relations += _numbers(found.tallies, {s.id: s for s in found.statements})
    relations += [
        Relation(Kind.NUMBER_DIFFERS, s.id, s.id, f"within one statement: {twice.told}")
        for s in statements
        for twice in conversions_in(s.text)
        if twice.differs
    ]
    return Related(propositions, tuple(relations), _silences(propositions, {s.id: s for s in statements}, found))


def hold(agreement: Agreement, found: Statements, records: Records) -> Positions:
    """The positions of a case. Places are those its reports locate, under the first place given for a name."""
    languages = {document.id: document.language for document in records.documents}
    located: dict[str, Where] = {}
    for report in records.reports:
        if report.where is not None and len(report.place) > 2:
            located.setdefault(report.place, report.where)
    related = relate(found, agreement.parties, languages=languages, gazetteer=located)
    return Positions(agreement, found, related)


def _groups(statements: list[Statement], matters: Mapping[str, Matter]) -> list[list[Statement]]:
    """Single-link groups by `same_matter`, compared within blocks of one kind so that the work stays linear."""
    parent = {s.id: s.id for s in statements}

    def top(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    blocks: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        predicate = matters[s.id].predicate
        blocks["fire" if predicate in FIRE_LIKE else predicate.value].append(s)
    for block in blocks.values():
        for place, second in enumerate(block):
            for first in block[max(0, place - MAX_BLOCK) : place]:
                if same_matter(matters[first.id], matters[second.id])[0] >= SAME_AT:
                    one, other = top(first.id), top(second.id)
                    if one != other:
                        parent[other] = one
    groups: dict[str, list[Statement]] = defaultdict(list)
    for s in statements:
        groups[top(s.id)].append(s)
    return list(groups.values())


def _proposition(group: list[Statement], matters: Mapping[str, Matter]) -> Proposition:
    first = matters[group[0].id]
    about = next((matters[s.id].about_party for s in group if matters[s.id].about_party is not None), None)
    key = stable_id("proposition", first.predicate, about, group[0].root)
    return Proposition(key, first, tuple(s.id for s in group))


def _between(first: Statement, second: Statement, matters: Mapping[str, Matter]) -> Relation | None:
    if first.root == second.root or first.party is None or second.party is None:
        return None
    score, why = same_matter(matters[first.id], matters[second.id])
    if score < SAME_AT:
        return None
    reason = "; ".join(why)
    if first.party == second.party:
        if second.position in _OPPOSED.get(first.position, ()):
            if not _later(first, second):
                return None
            return Relation(Kind.REVERSES, second.id, first.id, reason)
        if first.position is second.position:
            return Relation(Kind.REPEATS, second.id, first.id, reason)
        return None
    so = {first.position in SAYS_SO, second.position in SAYS_SO}
    if so == {True, False} and Position.DENIES in (first.position, second.position):
        return Relation(Kind.CONTRADICTS, second.id, first.id, reason)
    admits = {Position.ACKNOWLEDGES, Position.ACKNOWLEDGES_IN_PART}
    if second.position in admits and first.position is Position.ACCUSES and first.about_party == second.party:
        return Relation(Kind.CONFIRMS, second.id, first.id, reason)
    if first.position in admits and second.position is Position.ACCUSES and second.about_party == first.party:
        return Relation(Kind.CONFIRMS, first.id, second.id, reason)
    return None


def _later(first: Statement, second: Statement) -> bool:
    """Whether the second can be a change of mind: said later, or told later where no day is known."""
    if first.said_at is None or second.said_at is None or first.said_at == second.said_at:
        return True
    return first.said_at.start <= second.said_at.start


def _conditions(statements: list[Statement], matters: Mapping[str, Matter]) -> list[Relation]:
    """What the one named in a condition says of the matter: claimed met, or refused."""
    found = []
    for terms in (s for s in statements if s.position is Position.CONDITIONS and s.party is not None):
        wanted = matters[terms.id]
        for other in statements:
            if other.party is None or other.party == terms.party or other.root == terms.root:
                continue
            said = matters[other.id]
            shared = wanted.words & said.words
            if said.predicate is not wanted.predicate or len(shared) < 2 or not _later(terms, other):
                continue
            reason = f"{said.predicate.value}; same words: {', '.join(sorted(shared)[:6])}"
            if other.position in (Position.ACKNOWLEDGES, Position.PROMISES, Position.ACCEPTS):
                found.append(Relation(Kind.CONDITION_MET, other.id, terms.id, f"claimed or promised: {reason}"))
            elif other.position is Position.REJECTS:
                found.append(Relation(Kind.CONDITION_UNMET, other.id, terms.id, f"refused: {reason}"))
    return found


def _numbers(tallies: Sequence[Tally], statements: Mapping[str, Statement]) -> list[Relation]:
    """Two claimants who count the same unit of the same party and day differently. Never an average, never a sum."""
    found = []
    for first, second in itertools.combinations(tallies, 2):
        one, other = statements.get(first.statement), statements.get(second.statement)
        if one is None or other is None or first.number == second.number:
            continue
        same_thing = first.unit == second.unit and first.about_party == second.about_party
        if not same_thing or one.root == other.root or first.inexact == "at_least" != second.inexact:
            continue
        if one.said_at is None or other.said_at is None or one.said_at.start != other.said_at.start:
            continue
        found.append(
            Relation(Kind.NUMBER_DIFFERS, second.id, first.id, f"{first.number} and {second.number} {first.unit}")
        )
    return found


def _silences(
    propositions: Sequence[Proposition], statements: Mapping[str, Statement], found: Statements
) -> tuple[Silence, ...]:
    documents = sorted({s.document for s in found.statements})
    feeds = sorted({s.feed for s in found.statements if s.feed})
    days = sorted({s.said_at.start.date() for s in found.statements if s.said_at is not None})
    span = f", statements of {days[0]} to {days[-1]}" if days else ""
    looked = f"{len(documents)} texts with statements in {', '.join(feeds) or 'the files given'}{span}"
    silences = []
    for proposition in propositions:
        said = [statements[key] for key in proposition.statements]
        accused = sorted({s.about_party for s in said if s.position is Position.ACCUSES and s.about_party is not None})
        spoke = {s.party for s in said}
        silences += [Silence(party, proposition.id, looked) for party in accused if party not in spoke]
    return tuple(silences)
