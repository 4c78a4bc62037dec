"""What statements are about, so that two on one matter meet: predicate, whose act, where, when, without polarity.

    Statement --matter_of--> Matter          Matters --same_matter--> score and reasons

"We did not shell Ostrel" and "A shelled Ostrel" are one matter with two positions. The score is lexical: a
language model that ranks paraphrases (MiniLM) is in no package that carries both weights and words, so a
paraphrase without a common word is missed, and is not guessed. Start at `matter_of`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from truceline.spacetime import When, Where
from truceline.statements.languages import LANGUAGES
from truceline.statements.languages.predicates import FIRE_LIKE, Predicate, predicate_of
from truceline.statements.statement import Position, Statement
from truceline.terms.event_class import EventClass

WINDOW_DAYS = 14
SAME_AT = 0.5
_WORD = re.compile(r"[^\W\d_]{3,}")
# "in Ostrel", "near Lake Irel": a name where nobody has told us more about it.
_PLACE = re.compile(
    r"\b(?:in|near|at|on|of|outside|around|into|over|to|from|inside|shell\w*|hit|str[iu]\w+|attack\w*|bomb\w*|raid\w*)\s+(?:the\s+(?:village|town|city|port)\s+of\s+)?"
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)"
)
_EMPTY = frozenset(
    [
        "about",
        "after",
        "again",
        "all",
        "also",
        "and",
        "any",
        "are",
        "been",
        "before",
        "being",
        "but",
        "can",
        "could",
        "did",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "her",
        "his",
        "into",
        "its",
        "may",
        "might",
        "more",
        "most",
        "nor",
        "not",
        "off",
        "only",
        "one",
        "our",
        "out",
        "over",
        "own",
        "said",
        "says",
        "shall",
        "she",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "too",
        "two",
        "until",
        "very",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


@dataclass(frozen=True)
class Matter:
    """What a statement is about.

    Attributes:
        about_party: Whose act it is, None where that is not told.
        places: Names of places in the order of the text; `where` is given for those the case's own feeds locate.
        days: When it is said to have happened or when it was said: (first, last), None where no day is known.
        words: What the ranking compares: folded word beginnings without names and small words.
    """

    statement: str
    predicate: Predicate
    about_party: str | None
    places: tuple[str, ...]
    where: Where | None
    days: tuple[date, date] | None
    words: frozenset[str]

    @property
    def event(self) -> EventClass | None:
        """The class of act a statement tells of; None where it tells of none or not by which means."""
        return self.predicate.event


def matter_of(
    statement: Statement,
    *,
    language: str = "en",
    gazetteer: Mapping[str, Where] | None = None,
    names: frozenset[str] = frozenset(),
) -> Matter:
    """The matter of a statement, from its exact words.

    Args:
        gazetteer: Names of places with where they are; here, the places other feeds of the case name.
        names: Words that name parties, which are no places and no matter.
    """
    told = f"{statement.text} {statement.proposition}" if statement.proposition else statement.text
    predicate = predicate_of(statement.text, language)
    if predicate is Predicate.OTHER:
        predicate = predicate_of(told, language)
    known = gazetteer or {}
    found = [name for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", statement.text)]
    guessed = [m["name"] for m in _PLACE.finditer(statement.text)]
    places = dict.fromkeys([*sorted(found, key=statement.text.find), *guessed])
    kept = tuple(p for p in places if not any(w in names for w in p.split()) and p.split()[0] not in _DAYS)
    return Matter(
        statement=statement.id,
        predicate=predicate,
        about_party=statement.about_party,
        places=kept,
        where=known[found[0]] if len(found) == 1 else None,
        days=_days(statement.said_at),
        words=_words(told, names),
    )


def same_matter(one: Matter, other: Matter) -> tuple[float, tuple[str, ...]]:
    """How far two statements speak of one matter, 0..1, and why.

    0 where something they both tell differs: whose act, the place, the kind, or more than two weeks between.
    """
    kinds = {one.predicate, other.predicate}
    loose = kinds <= FIRE_LIKE and bool(kinds & {Predicate.FIRE, Predicate.VIOLATION, Predicate.EXPLOSION_UNDETERMINED})
    if len(kinds) > 1 and not loose:
        return 0.0, ()
    if one.about_party is not None and other.about_party is not None and one.about_party != other.about_party:
        return 0.0, ()
    if one.places and other.places and not set(one.places) & set(other.places):
        return 0.0, ()
    if one.days and other.days and _apart(one.days, other.days) > WINDOW_DAYS:
        return 0.0, ()
    if bool(one.places) != bool(other.places) and len(one.words & other.words) < 3:
        return 0.0, ()  # one tells a place, the other the whole line
    reasons = [f"same kind: {one.predicate.value}" if len(kinds) == 1 else "acts of fire, means told differently"]
    score = 0.0 if one.predicate is Predicate.OTHER else 0.3 if len(kinds) == 1 else 0.2
    if one.about_party is not None and one.about_party == other.about_party:
        score += 0.15
        reasons.append(f"same party's act: {one.about_party}")
    if common := sorted(set(one.places) & set(other.places)):
        score += 0.25
        reasons.append(f"same place: {', '.join(common)}")
    shared = one.words & other.words
    smaller = min(len(one.words), len(other.words))
    if smaller:
        score += 0.4 * len(shared) / smaller
        if shared:
            reasons.append(f"same words: {', '.join(sorted(shared)[:6])}")
    return min(1.0, score), tuple(reasons)


_DAYS = frozenset(name for language in LANGUAGES.values() for name in (*language.weekdays, *language.months))


def _words(text: str, names: frozenset[str]) -> frozenset[str]:
    folded = {name.casefold() for name in names}
    kept = (w.casefold() for w in _WORD.findall(text) if w.casefold() not in folded)
    return frozenset(w[:4] for w in kept if w not in _EMPTY)


def _days(when: When | None) -> tuple[date, date] | None:
    return None if when is None else (when.start.date(), when.end.date())


def _apart(one: tuple[date, date], other: tuple[date, date]) -> int:
    if one[1] < other[0]:
        return (other[0] - one[1]).days
    return max(0, (one[0] - other[1]).days)


# What a position says of its matter: that it is so, that it is not, or neither.
SAYS_SO = frozenset(
    {Position.ASSERTS, Position.ACKNOWLEDGES, Position.ACKNOWLEDGES_IN_PART, Position.ACCUSES, Position.REPORTS}
)
