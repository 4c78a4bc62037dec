"""A small vocabulary of checkable sentences about the ground: what a sentence says that a map can bear out.

    "a more than 1,000-kilometer (600-mile) frontline"          -> two Lengths
    "control nearly a fifth of Ukrainian territory"             -> Share
    "have steadily advanced in the eastern Donetsk region"      -> Direction
    "the war is in its fourth year"                             -> Year

In: the words as said. Out: what of them can be measured, each with its place in the words. What the words around a
number mean is declared here, once, and printed beside every verdict. Start at `checkables`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from truceline.terms.party import Party

KM_PER_MILE = 1.609344  # exactly, the international mile (Refinement of Values for the Yard and the Pound, 1959)
RECENT_MONTHS = 6  # what "in recent months" is taken for
NEARLY = 0.10  # "nearly x": below x by at most this share
ABOUT = 0.10  # "about x": off by at most this share
SENTENCE = 600  # letters before the words in which the party is looked for
BARE = 0.05  # a number alone: off by at most this share

_QUALIFIERS = {
    "more than": "more", "over": "more", "upwards of": "more", "exceeding": "more", "at least": "least",
    "less than": "less", "under": "less", "fewer than": "less", "up to": "most", "at most": "most",
    "nearly": "nearly", "almost": "nearly", "close to": "nearly", "just under": "nearly",
    "about": "about", "around": "about", "roughly": "about", "some": "about", "approximately": "about",
}  # fmt: skip
MEANS = {
    "more": "above it",
    "least": "it or above",
    "less": "below it",
    "most": "it or below",
    "nearly": f"below it by at most {NEARLY:.0%}",
    "about": f"off by at most {ABOUT:.0%}",
    "bare": f"off by at most {BARE:.0%}",
}
_WORDS = "|".join(sorted(_QUALIFIERS, key=len, reverse=True))
_NUMBER = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"kilomet(?:er|re)s?|kms?|miles?|mi"
_MEASURE = rf"(?P<number>{_NUMBER})[- \u00a0]?(?P<unit>{_UNIT})\b"
_LENGTH = re.compile(rf"(?:(?P<how>{_WORDS})\s+)?(?:a\s+|the\s+)?{_MEASURE}", re.I)
_LINE = re.compile(r"\b(front[- ]?lines?|lines? of contact|contact lines?|line of separation|front)\b", re.I)
_BRACKET = re.compile(r"\s*\([^()]{0,40}\)")
_OPENS = re.compile(r"[.!?][\"”’)]?\s+|\n\s*")
_CLOSES = re.compile(r"[.!?](?=\s|$)|\s*(?:\n|$)")
_LINE_WITHIN = 40  # letters after a length in which the line must be named
_FRACTIONS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "": 1}
_PART = (
    rf"(?:(?P<count>a|an|one|two|three|four)[- ])?(?P<fraction>{'|'.join(_FRACTIONS)})s?"
    rf"|(?P<percent>{_NUMBER})\s?(?:%|per\s?cent\b)"
)
_SHARE = re.compile(
    rf"(?:(?P<how>{_WORDS})\s+)?(?:{_PART})\s+of\s+(?P<of>[^.;,()]{{0,40}}?\b(?:territory|land|country|area)\b)", re.I
)
_FORWARD = r"advanc(?:ed|ing|es?)|gain(?:ed|ing)? ground|made gains|mov(?:ed|ing) forward|push(?:ed|ing) forward"
_BACK = r"retreat(?:ed|ing)|withdr(?:ew|awn|awing)|lost ground|pull(?:ed|ing) back"
_DIRECTION = re.compile(
    rf"(?P<steadily>steadily\s+)?(?:(?P<forward>{_FORWARD})|(?P<back>{_BACK}))(?P<steadily2>\s+steadily)?"
    r"\s+in\s+(?:the\s+)?(?:(?:north|south)?(?:east|west)?(?:ern)?\s+)?(?P<region>\w[\w'’ -]{1,40}?)"
    r"(?:\s+(?:region|oblast|province|area|governorate))?(?=\s+(?:in|over|during|since|for)\b|[.,;)]|$)"
    r"(?:\s+(?:in|over|during|for)\s+(?:the\s+)?(?:(?P<recent>recent|past|last)\s+)?(?P<months>\d+|two|three|four|five|six"
    r"|twelve)?\s*months)?",
    re.I,
)
_MONTHS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "twelve": 12}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_YEAR = re.compile(
    rf"\bin\s+(?:its|the|their)\s+(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+year\b", re.I
)


@dataclass(frozen=True)
class Length:
    """The line is this long: `km`, as `words` put it; `how` is a key of `MEANS`."""

    words: str
    span: tuple[int, int]
    how: str
    km: float


@dataclass(frozen=True)
class Share:
    """A party holds this share of a country's land."""

    words: str
    span: tuple[int, int]
    how: str
    share: float
    party: str | None


@dataclass(frozen=True)
class Direction:
    """A party advanced (or went back) in a region over whole months; steadily: in every one of them."""

    words: str
    span: tuple[int, int]
    region: str
    forward: bool
    steadily: bool
    months: int
    party: str | None


@dataclass(frozen=True)
class Year:
    """Something is in its n-th year."""

    words: str
    span: tuple[int, int]
    nth: int


Checkable = Length | Share | Direction | Year


def meets(value: float, how: str, said: float) -> bool:
    """Whether a measured value is what was said, by the declared meaning of the words around the number."""
    return {
        "more": value > said,
        "least": value >= said,
        "less": value < said,
        "most": value <= said,
        "nearly": said * (1 - NEARLY) <= value < said,
        "about": abs(value - said) <= ABOUT * said,
        "bare": abs(value - said) <= BARE * said,
    }[how]


def checkables(text: str, parties: Sequence[Party] = ()) -> tuple[Checkable, ...]:
    """Everything in a text that a map can bear out or not, in its order.

    Args:
        text: The words as said, at most a few sentences; longer text costs time in proportion.
        parties: To know who is said to hold or to advance: the one named first in the sentence, before the words.
    """
    found: list[Checkable] = [*_lengths(text), *_shares(text, parties), *_directions(text, parties), *_years(text)]
    return tuple(sorted(found, key=lambda one: one.span))


def sentences(text: str, parties: Sequence[Party] = ()) -> tuple[tuple[int, int], ...]:
    """Where in a text the sentences stand that say anything checkable, as [start, end), each once."""
    found: list[tuple[int, int]] = []
    for one in checkables(text, parties):
        start, end = one.span
        if found and found[-1][0] <= start and end <= found[-1][1]:
            continue
        before = text[max(0, start - SENTENCE) : start]
        opened = max((match.end() for match in _OPENS.finditer(before)), default=0)
        closed = _CLOSES.search(text, end, end + SENTENCE)
        found.append((start - len(before) + opened, closed.end() if closed else min(len(text), end + SENTENCE)))
    return tuple(found)


def _lengths(text: str) -> Iterator[Length]:
    """Lengths before a named line; a length in brackets is the same one in another unit, under the same qualifier."""
    how, upto = "bare", -1
    for match in _LENGTH.finditer(text):
        if match.start() <= upto:  # in the brackets of the one before
            yield _length(match, how if match["how"] is None else _how(match))
            continue
        bracket = _BRACKET.match(text, match.end())
        end = bracket.end() if bracket else match.end()
        if not _LINE.search(text[end : end + _LINE_WITHIN].split(".")[0]):
            continue
        how, upto = _how(match), end
        yield _length(match, how)


def _length(match: re.Match[str], how: str) -> Length:
    km = _number(match["number"]) * (KM_PER_MILE if match["unit"].lower().startswith("mi") else 1.0)
    return Length(match[0], match.span(), how, km)


def _shares(text: str, parties: Sequence[Party]) -> Iterator[Share]:
    for match in _SHARE.finditer(text):
        if match["percent"]:
            share = _number(match["percent"]) / 100.0
        else:
            share = _COUNTS[(match["count"] or "").lower()] / _FRACTIONS[match["fraction"].lower()]
        yield Share(match[0], match.span(), _how(match), share, _subject(text, match.start(), parties))


def _directions(text: str, parties: Sequence[Party]) -> Iterator[Direction]:
    for match in _DIRECTION.finditer(text):
        months = match["months"]
        count = RECENT_MONTHS if months is None else _MONTHS.get(months.lower(), 0) or int(months)
        if not 1 <= count <= 120:
            continue
        yield Direction(
            match[0],
            match.span(),
            match["region"].strip(),
            match["forward"] is not None,
            bool(match["steadily"] or match["steadily2"]),
            count,
            _subject(text, match.start(), parties),
        )


def _years(text: str) -> Iterator[Year]:
    for match in _YEAR.finditer(text):
        nth = match["nth"].lower()
        number = _ORDINALS.index(nth) + 1 if nth in _ORDINALS else int(re.sub(r"\D", "", nth))
        if number:
            yield Year(match[0], match.span(), number)


def _subject(text: str, before: int, parties: Sequence[Party]) -> str | None:
    """The party named first in the sentence, before the words; None where none is."""
    sentence = re.split(r"[.!?]\s", text[max(0, before - SENTENCE) : before])[-1]
    first: tuple[int, str] | None = None
    for party in parties:
        for name in (party.name, *party.aliases):
            match = re.search(rf"\b{re.escape(name.rstrip('*'))}", sentence, re.I)
            if match and (first is None or match.start() < first[0]):
                first = (match.start(), party.id)
    return None if first is None else first[1]


def _how(match: re.Match[str]) -> str:
    return "bare" if match["how"] is None else _QUALIFIERS[re.sub(r"\s+", " ", match["how"].lower())]


def _number(text: str) -> float:
    value = float(re.sub(r"[,\u00a0\u202f]", "", text))
    return value if math.isfinite(value) else 0.0
