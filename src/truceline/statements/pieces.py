"""Words as the pieces a transformer knows: "ceasefires" is "cease", "##fire", "##s".

    Parse + Labels --chunks--> Chunk: a run of words the reader looks at together

Only numbers come out; what is done with them stands in encoder.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from truceline.statements.parser import Parse

MAX_PIECES = 380
UNKNOWN, OPEN, CLOSE = "[UNK]", "[CLS]", "[SEP]"
_MAX_LETTERS = 100
_BASIC = re.compile(r"[^\W_]+|\S")
_KINDS = ("tags", "deps", "relations", "sides", "hints")


@dataclass(frozen=True)
class Labels:
    """Names that have a number: pieces of words, tags, dependencies, branches as seen from a cue, what rules say."""

    pieces: Mapping[str, int]
    tags: Mapping[str, int]
    deps: Mapping[str, int]
    relations: Mapping[str, int]
    sides: Mapping[str, int]
    hints: Mapping[str, int]

    @classmethod
    def of(cls, card: Mapping[str, Sequence[str]]) -> Labels:
        """From lists of names; 0 stands for every name that is in none, except among pieces."""
        numbered = {kind: {name: n for n, name in enumerate(card.get(kind, ()), 1)} for kind in _KINDS}
        return cls({piece: n for n, piece in enumerate(card["pieces"])}, **numbered)

    def split(self, word: str) -> list[int]:
        """The numbers of a word's pieces: the longest known piece first, in lower case and without accents."""
        unknown = self.pieces[UNKNOWN]
        if len(word) > _MAX_LETTERS:
            return [unknown]
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
        found: list[int] = []
        for part in _BASIC.findall(plain):
            found += self._longest(part) or [unknown]
        return found or [unknown]

    def _longest(self, part: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(part):
            for past in range(len(part), at, -1):
                number = self.pieces.get(("##" if at else "") + part[at:past])
                if number is not None:
                    found.append(number)
                    at = past
                    break
            else:
                return []
        return found


@dataclass(frozen=True)
class Chunk:
    """A run of words the reader looks at together: `ids` of pieces with both ends, `first` piece of each word."""

    start: int
    past: int
    ids: list[int]
    first: list[int]
    word: list[int]  # of each piece the word, counted from `start`; -1 for the ends


def chunks(parse: Parse, labels: Labels) -> list[Chunk]:
    """A paragraph as one chunk; a long one cut between sentences, a long sentence where it must be."""
    split = [labels.split(word.text)[: MAX_PIECES // 4] for word in parse.words]
    bounds: list[tuple[int, int]] = []
    for begin, past in parse.sentences:
        size = 0
        start = begin
        for n in range(begin, past):
            if size + len(split[n]) > MAX_PIECES:
                bounds.append((start, n))
                start, size = n, 0
            size += len(split[n])
        bounds.append((start, past))
    merged: list[tuple[int, int]] = []
    for begin, past in bounds:
        if merged and sum(len(split[n]) for n in range(merged[-1][0], past)) <= MAX_PIECES:
            merged[-1] = merged[-1][0], past
        else:
            merged.append((begin, past))
    return [_chunk(split, begin, past, labels) for begin, past in merged]


def _chunk(split: list[list[int]], begin: int, past: int, labels: Labels) -> Chunk:
    ids, first, word = [labels.pieces[OPEN]], [], [-1]
    for n in range(begin, past):
        first.append(len(ids))
        ids += split[n]
        word += [n - begin] * len(split[n])
    return Chunk(begin, past, [*ids, labels.pieces[CLOSE]], first, [*word, -1])
