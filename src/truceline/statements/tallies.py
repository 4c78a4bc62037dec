"""Numbers of events a party claims: "had fired 444 times", "387 artillery strikes", "about 45 shots".

    content of a statement --tallies_in--> Tally with unit and claimant

A tally is kept apart from every count of ours. Years, distances, lengths of a proposal and calibres are
no tallies: only a number before a word for an event, or "N times" under a verb for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from truceline.statements.content import Piece
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse
from truceline.statements.statement import Span, Statement, Tally, stable_id

MAX_NUMBER = 10**9
_AT_LEAST = re.compile(
    r"(?:more than|over|at least|no fewer than|no less than|upwards of|in excess of)$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:about|around|some|nearly|almost|approximately|roughly|up to|close to|an estimated)$", re.IGNORECASE
)
_COUNTABLE_BEFORE = r"(?<![\w.,$€£%-])"


@dataclass(frozen=True)
class Count:
    """A number with what it counts, before anybody says whose claim it is."""

    number: int
    inexact: str
    unit: str
    span: Span


def tallies_in(text: str, parse: Parse, piece: Piece, language: Language) -> Iterator[Count]:
    """The counts of events in one piece, left to right."""
    for start, end in piece.spans:
        for match in _pattern(
            language.code, tuple(sorted(language.number_words)), tuple(sorted(language.tally_nouns))
        ).finditer(text, start, end):
            number = _number(match["number"], language)
            if number is None:
                continue
            unit = re.sub(r"\s+", " ", f"{match['kind'] or ''}{match['unit']}").casefold()
            if match["unit"].casefold() == "times":
                verb = _verb_of(parse, match.start(), language)
                if verb is None:
                    continue
                unit = f"times {verb}"
            inexact, begin = _inexact(text, start, match.start())
            yield Count(number, inexact, unit, (begin, match.end()))


def as_tally(statement: Statement, count: Count, text: str) -> Tally:
    """A count as the tally of a statement; `text` is the raw text its span points into."""
    return Tally(
        id=stable_id(statement.id, count.span),
        statement=statement.id,
        party=statement.party,
        about_party=statement.about_party,
        number=count.number,
        inexact=count.inexact,
        unit=count.unit,
        span=count.span,
        text=text[count.span[0] : count.span[1]],
    )


@cache
def _pattern(_code: str, words: tuple[str, ...], nouns: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(words, key=lambda w: (-len(w), w))
    noun = "|".join(sorted(nouns, key=lambda n: (-len(n), n)))
    # "drone attacks" is one unit, and "cases of heavy shelling" counts shelling.
    unit = rf"times|cases?\s+of\s+(?:[^\W\d][\w’'-]*\s+){{0,2}}?(?:{noun})|(?:{noun})(?:\s+(?:{noun})){{0,2}}"
    return re.compile(
        _COUNTABLE_BEFORE
        + rf"(?P<number>\d{{1,3}}(?:[,\u00a0\u202f ]\d{{3}})+|\d{{1,9}}|\b(?:{'|'.join(longest)})\b)(?![\d.,]*\d)"
        + r"\s+(?P<kind>(?:(?!and\b|or\b|of\b|times\b|in\b|on\b|to\b)[^\W\d][\w’'-]*\s+){0,3}?)"
        + rf"(?P<unit>{unit})\b",
        re.IGNORECASE,
    )


def _number(raw: str, language: Language) -> int | None:
    if raw.casefold() in language.number_words:
        return language.number_words[raw.casefold()]
    digits = re.sub(r"[^0-9]", "", raw)
    return int(digits) if digits and int(digits) <= MAX_NUMBER else None


def _verb_of(parse: Parse, at: int, language: Language) -> str | None:
    """The word for an act that "N times" counts, the nearest before it in the sentence."""
    place = next((w for w in parse.words if w.start >= at), None)
    if place is None:
        return None
    begin = parse.sentences[place.sentence][0]
    for word in reversed(parse.words[begin : place.i]):
        if word.lemma in language.harm_verbs | language.breach_verbs and word.tag[0] == "V":
            return word.lower
    return None


def _inexact(text: str, floor: int, at: int) -> tuple[str, int]:
    lead = text[max(floor, at - 24) : at].rstrip()
    for name, pattern in (("at_least", _AT_LEAST), ("about", _ABOUT)):
        if found := pattern.search(lead):
            return name, max(floor, at - 24) + found.start()
    return "exact", at
