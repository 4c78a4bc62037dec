"""Find what was told once and printed often: near copies of paragraphs, by MinHash and then word for word.

    paragraphs of all documents --find_copies--> Copies, each naming the first printing
    statements in copies --share_roots--> one root for one testimony

Two steps: MinHash with bands (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3) proposes pairs, an exact
comparison decides. A pair whose numbers, negations or names differ is no copy however alike it is: "fired 44 times" and
"fired 45 times", "did" and "did not", North of South and South of North are different statements.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from truceline.statements.agencies import AGENCIES
from truceline.statements.clean import Kind, Paragraph
from truceline.statements.statement import Copy, Span, Statement

SHINGLE_WORDS = 3
ALIKE_AT = 0.6
CLAUSE_AT = 0.8
MIN_WORDS = 8
ROWS, BANDS = 3, 16
MAX_BUCKET = 50
T = TypeVar("T")
_PRIME = (1 << 61) - 1
_WORD = re.compile(r"\w+")
_AGENCY = re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(AGENCIES, key=lambda n: (-len(n), n))) + r")\b")
_NEGATIONS = frozenset({"no", "not", "never", "neither", "nor", "none", "nobody", "nothing", "without", "cannot", "t"})


@dataclass(frozen=True)
class Paper:
    """A paragraph as it was printed in a document, with the agencies its story names as its source."""

    document: str
    start: int
    end: int
    text: str
    agencies: tuple[str, ...] = ()


def agencies_of(text: str, paragraphs: Iterable[Paragraph]) -> dict[int, tuple[str, ...]]:
    """Which agencies the dateline, agency line or credits of each story name, in the order they are named."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for paragraph in paragraphs:
        if paragraph.kind in (Kind.DATELINE, Kind.AGENCY_LINE, Kind.CREDIT):
            for match in _AGENCY.finditer(text, paragraph.start, paragraph.end):
                found[paragraph.story][match.group()] = None
    return {story: tuple(names) for story, names in found.items()}


def find_copies(papers: Sequence[Paper]) -> tuple[Copy, ...]:
    """Every paragraph that repeats an earlier one.

    Chains end at the first printing. Paragraphs under MIN_WORDS words are copies only with exactly the same words,
    and only between documents. The cost is linear: a bucket of more than MAX_BUCKET first printings is not searched.
    """
    prints = [Print.of(paper) for paper in papers]
    exact: dict[tuple[str, ...], int] = {}
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    found: list[Copy] = []
    for number, one in enumerate(prints):
        first = exact.get(one.words)
        alike = 1.0
        keys = one.bands() if first is None and len(one.words) >= MIN_WORDS else []
        if first is None:
            near = {n for key in keys if len(buckets[key]) <= MAX_BUCKET for n in buckets[key]}
            scored = [(one.alike(prints[n]), -n) for n in near if one.same_matter(prints[n])]
            alike, first = max(scored, default=(0.0, 0))
            first = -first if alike >= ALIKE_AT else None
        if first is None:
            exact[one.words] = number
            for key in keys:
                buckets[key].append(number)
            continue
        this, that = papers[number], papers[first]
        agencies = tuple(dict.fromkeys((*that.agencies, *this.agencies)))
        found.append(
            Copy(this.document, (this.start, this.end), that.document, (that.start, that.end), alike, agencies)
        )
    return tuple(found)


def share_roots(statements: Iterable[Statement], copies: Sequence[Copy]) -> tuple[Statement, ...]:
    """The statements, those in a copy with the root of the same statement in the first printing.

    The same: one party, one position, about one party, one surname, and contents alike. Where the first printing has
    no such statement, each keeps its own root.
    """
    later = _Places([(copy.document, copy.span, copy) for copy in copies])
    first = _Places([(copy.of_document, copy.of_span, (copy.of_document, copy.of_span)) for copy in copies])
    printed: dict[tuple[str, Span], list[Statement]] = defaultdict(list)
    shared = []
    for one in statements:
        at = (one.cue or one.content)[0][0]
        place = first.holding(one.document, at)
        if place is not None:
            printed[place].append(one)
        copy = later.holding(one.document, at)
        others = printed[copy.of_document, copy.of_span] if copy is not None else []
        same = next((other for other in others if _same(one, other)), None)
        if copy is not None:
            one = replace(one, agencies=tuple(dict.fromkeys((*one.agencies, *copy.agencies))))
        shared.append(one if same is None else replace(one, root=same.root))
    return tuple(shared)


class _Places(Generic[T]):
    """Which of some paragraphs holds a place in a document."""

    def __init__(self, places: Iterable[tuple[str, Span, T]]) -> None:
        self._by_document: dict[str, list[tuple[Span, T]]] = defaultdict(list)
        for document, span, what in sorted(places, key=lambda place: place[:2]):
            self._by_document[document].append((span, what))

    def holding(self, document: str, at: int) -> T | None:
        spans = self._by_document.get(document, [])
        k = bisect.bisect_right(spans, at, key=lambda place: place[0][0]) - 1
        return spans[k][1] if k >= 0 and spans[k][0][0] <= at < spans[k][0][1] else None


def _same(one: Statement, other: Statement) -> bool:
    return said_alike(
        one, {key: getattr(other, key) for key in ("party", "position", "about_party", "speaker", "text")}
    )


def said_alike(one: Statement, other: Mapping[str, str | None]) -> bool:
    """Whether a statement is the one an earlier printing made: party, position, about_party, surname, words.

    One clause of it is the same statement too: where a sentence is cut may hang on a word the copy left out.
    """
    if (one.party, one.position, one.about_party) != (other["party"], other["position"], other["about_party"]):
        return False
    if one.speaker.split()[-1:] != (other["speaker"] or "").split()[-1:]:
        return False
    mine, theirs = Print.of_text(one.text), Print.of_text(other["text"] or "")
    if mine.words == theirs.words or (mine.same_matter(theirs) and mine.alike(theirs) >= ALIKE_AT):
        return True
    part, whole = sorted((mine, theirs), key=lambda one: len(one.words))
    return part.matter_within(whole) and part.within(whole) >= CLAUSE_AT


@dataclass(frozen=True)
class Print:
    """What is compared of a text: its words, their three-word sequences, and the names, numbers and negations in it."""

    words: tuple[str, ...]
    shingles: frozenset[int]
    matter: tuple[tuple[str, ...], tuple[str, ...]]

    @classmethod
    def of(cls, paper: Paper) -> Print:
        return cls.of_text(paper.text)

    @classmethod
    def of_text(cls, text: str) -> Print:
        """Of any text."""
        written = _WORD.findall(text)
        words = tuple(word.casefold() for word in written)
        size = min(SHINGLE_WORDS, max(1, len(words)))
        shingles = frozenset(_digest(" ".join(words[k : k + size])) for k in range(len(words) - size + 1))
        matter = sorted(w for w, own in zip(words, written, strict=True) if w in _NEGATIONS or own[0].isdigit())
        # The order of names counts: "A shelled B" is not "B shelled A".
        names = tuple(own for own in written if own[0].isupper() and own.casefold() not in _SMALL)
        return cls(words, shingles, (tuple(matter), names))

    def same_matter(self, other: Print) -> bool:
        """Whether numbers, negations and names are the same, names in the same order."""
        return self.matter == other.matter

    def matter_within(self, other: Print) -> bool:
        """Whether numbers, negations and names are among the other's, in its order."""
        theirs = [iter(kind) for kind in other.matter]
        return all(one in rest for kind, rest in zip(self.matter, theirs, strict=True) for one in kind)

    def within(self, other: Print) -> float:
        """The share of the shingles that is among the other's."""
        return len(self.shingles & other.shingles) / len(self.shingles) if self.shingles else 0.0

    def alike(self, other: Print) -> float:
        """Jaccard of the shingles."""
        either = len(self.shingles | other.shingles)
        return len(self.shingles & other.shingles) / either if either else 0.0

    def bands(self) -> list[tuple[int, int]]:
        """Keys under which two alike paragraphs meet with a chance of 1 - (1 - alike**ROWS)**BANDS."""
        least = [min((a * s + b) % _PRIME for s in self.shingles) for a, b in _COEFFICIENTS]
        return [(band, hash(tuple(least[band * ROWS : (band + 1) * ROWS]))) for band in range(BANDS)]


# Days are told in more than one way, and a sentence may begin with any small word.
_SMALL = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "a", "an", "and", "as", "at", "but",
     "for", "he", "her", "his", "if", "in", "it", "its", "on", "she", "that", "the", "their", "there", "they", "this",
     "we"}
)  # fmt: skip


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")


_COEFFICIENTS = tuple(
    (_digest(f"a{number}") % _PRIME | 1, _digest(f"b{number}") % _PRIME) for number in range(ROWS * BANDS)
)
