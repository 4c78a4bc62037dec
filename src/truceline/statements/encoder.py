"""The learned reader: a small transformer that looks at a paragraph once, and once more from every cue.

    Parse --Reader.read--> Seen: chances of a cue; from one cue, chances of source and content --Seen.roles-->

Six layers of all-MiniLM-L6-v2 (Wang et al. 2020, https://arxiv.org/abs/2002.10957), trained further. Five read the
pieces of a paragraph with tags, dependencies and quotation marks added; the sixth reads them again with one cue
marked, so that a statement inside a statement is seen like any other. A seventh looks at the five's reading with one
statement marked, and gives the chances of its position (opinion.py). Plain numpy: weights are rounded to bytes in
the file and made whole when they are read. How they were made: tools/train_encoder.py, docs/methods/attribution.md.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.statements.features import Sheet
from truceline.statements.parser import Parse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEADS = 12
SHARED = 5  # layers that read a paragraph once; the one behind them reads it from a cue, the next judges a statement
ADDED_AT = 2  # the layer before which the parse is added
MAX_PIECES = 380
_MAX_LETTERS = 100
_TOGETHER = 8
_SCALE = ".scale"
_EPSILON = 1e-12
_BASIC = re.compile(r"[^\W_]+|\S")
UNKNOWN, OPEN, CLOSE = "[UNK]", "[CLS]", "[SEP]"
_KINDS = ("tags", "deps", "relations", "sides", "hints")
STATES = ("o", "q", "(", ")")
PARTS = ("", "cue", "source", "said", "said besides")
WHOSE = ("", "own", "another's")


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


@dataclass(frozen=True)
class Shown:
    """One statement as it is shown to be judged.

    Attributes:
        start, past: The words looked at.
        parts: Of each of them its place in `PARTS`.
        whose: Of each of them its place in `WHOSE`; only words of the statement itself are asked for.
        hints: What the rules know, as names: their position, the act of the cue, whose act it is about.
    """

    start: int
    past: int
    parts: tuple[int, ...]
    whose: tuple[int, ...]
    hints: tuple[str, ...]


@dataclass
class Reader:
    """The weights, ready to read. Make one with `Reader.of`, then `read` a paragraph."""

    labels: Labels
    weights: Mapping[str, Floats]

    @classmethod
    def of(cls, data: bytes) -> Reader:
        """From the shipped file: rows of bytes are made whole with their scales."""
        import numpy as np

        weights: dict[str, Floats] = {}
        with np.load(io.BytesIO(data), allow_pickle=False) as held:
            labels = Labels.of(json.loads(held["labels"].tobytes()))
            for name in held.files:
                if name == "labels" or name.endswith(_SCALE):
                    continue
                values = held[name].astype(np.float32)
                if name + _SCALE in held.files:
                    values *= held[name + _SCALE][:, None]
                dense = values.ndim == 2 and name.endswith(".weight") and not name.startswith("added.")
                weights[name] = np.ascontiguousarray(values.T) if dense else values
        return cls(labels, weights)

    def read(self, sheet: Sheet) -> Seen:
        """A paragraph read once; ask the result for cues, and for the roles as seen from them."""
        weights, labels = self.weights, self.labels
        seen = Seen(self, sheet, chunks(sheet.parse, labels))
        for chunk in seen.chunks:
            x = weights["table"][chunk.ids] + weights["place"][: len(chunk.ids)]
            x = self._norm("norm", x)
            words = sheet.parse.words[chunk.start : chunk.past]
            for number in range(SHARED):
                if number == ADDED_AT:
                    x = x + self._added("tags", chunk, [labels.tags.get(w.tag, 0) for w in words])
                    x += self._added("deps", chunk, [labels.deps.get(w.dep, 0) for w in words])
                    x += self._added("states", chunk, [STATES.index(sheet.state[w.i]) for w in words])
                x = self._layer(number, x[None])[0]
            seen.hidden.append(x)
            seen.cues += _shares(x[chunk.first] @ weights["cue.weight"] + weights["cue.bias"]).tolist()
        return seen

    def judge(self, chunk: Chunk, hidden: Floats, shown: Shown) -> list[float]:
        """The chances of the positions, in their order, of one statement of a paragraph that was read."""
        import numpy as np

        first, past = shown.start - chunk.start, shown.past - chunk.start
        pieces = [k for k, word in enumerate(chunk.word) if first <= word < past]
        at = [0, *pieces]
        parts = np.array([0, *(shown.parts[chunk.word[k] - first] + 1 for k in pieces)])
        whose = [0, *(shown.whose[chunk.word[k] - first] + 1 for k in pieces)]
        x = hidden[at] + self.weights["added.parts.weight"][parts] + self.weights["added.whose.weight"][whose]
        known = [self.labels.hints[hint] for hint in shown.hints if hint in self.labels.hints]
        x[0] += self.weights["added.hints.weight"][known].sum(0)
        said, cue = (parts == PARTS.index(part) + 1 for part in ("said", "cue"))
        asked = said | cue
        asked[0] = True
        x = self._layer(SHARED + 1, x[None], asked)[0]
        means = [x[of[asked]].mean(0) if of.any() else np.zeros_like(x[0]) for of in (said, cue)]
        found: list[float] = _shares(self._dense("opinion", np.concatenate([x[0], *means])[None]))[0].tolist()
        return found

    def _added(self, kind: str, chunk: Chunk, values: Sequence[int]) -> Floats:
        """What is added to every piece for a number of its word; row 0 is for both ends."""
        found: Floats = self.weights[f"added.{kind}.weight"][[0 if w < 0 else values[w] + 1 for w in chunk.word]]
        return found

    def _norm(self, name: str, x: Floats) -> Floats:
        import numpy as np

        even = np.full(x.shape[-1], 1 / x.shape[-1], dtype=np.float32)
        x = x - (x @ even)[..., None]
        x *= 1 / np.sqrt(np.einsum("...i,...i->...", x, x)[..., None] / x.shape[-1] + _EPSILON)
        x *= self.weights[name + ".weight"]
        x += self.weights[name + ".bias"]
        return x

    def _dense(self, name: str, x: Floats) -> Floats:
        found: Floats = x.reshape(-1, x.shape[-1]) @ self.weights[name + ".weight"]
        found += self.weights[name + ".bias"]
        return found.reshape(*x.shape[:-1], -1)

    def _layer(self, number: int, x: Floats, asked: NDArray[np.bool_] | None = None) -> Floats:
        """One layer over sequences of one length, shape (sequences, pieces, width); only the pieces asked for."""
        import numpy as np

        name = f"layers.{number}."
        n, size, width = x.shape
        parts = self._dense(name + "qkv", x).reshape(n, size, 3, HEADS, width // HEADS)
        query, key, value = np.ascontiguousarray(parts.transpose(2, 0, 3, 1, 4))
        if asked is not None:
            x, query, size = x[:, asked], query[:, :, asked], int(asked.sum())
        mixed = _shares(query * np.float32((width // HEADS) ** -0.5) @ key.transpose(0, 1, 3, 2)) @ value
        x = self._norm(
            name + "norm1", x + self._dense(name + "out", mixed.transpose(0, 2, 1, 3).reshape(n, size, width))
        )
        up = self._dense(name + "up", x)
        return self._norm(name + "norm2", x + self._dense(name + "down", _gelu(up)))


@dataclass
class Seen:
    """A paragraph as read: `cues` holds for every word the chances of O, B and I."""

    reader: Reader
    sheet: Sheet
    chunks: list[Chunk]
    hidden: list[Floats] = field(default_factory=list)
    cues: list[list[float]] = field(default_factory=list)

    def roles(self, cues: Sequence[Sequence[int]], others: Collection[int]) -> Iterator[dict[int, list[float]]]:
        """For each cue the chances of O, source and content of every word read together with it, by word number."""
        for chunk, hidden in zip(self.chunks, self.hidden, strict=True):
            mine = [cue for cue in cues if chunk.start <= cue[0] < chunk.past]
            for at in range(0, len(mine), _TOGETHER):
                yield from self._from(chunk, hidden, mine[at : at + _TOGETHER], others)

    def _from(
        self, chunk: Chunk, hidden: Floats, cues: Sequence[Sequence[int]], others: Collection[int]
    ) -> Iterator[dict[int, list[float]]]:
        import numpy as np

        reader = self.reader
        x = np.repeat(hidden[None], len(cues), 0)
        for row, cue in enumerate(cues):
            for kind, values in as_seen(self.sheet, chunk, cue, others, reader.labels).items():
                x[row] += reader._added(kind, chunk, values)
        asked = np.zeros(len(chunk.ids), dtype=np.bool_)
        asked[chunk.first] = True
        x = reader._layer(SHARED, x, asked)
        for row in _shares(reader._dense("role", x)):
            yield dict(zip(range(chunk.start, chunk.past), row.tolist(), strict=True))

    def judge(self, shown: Shown) -> list[float] | None:
        """The chances of a statement's positions; None where its words were not read together."""
        for chunk, hidden in zip(self.chunks, self.hidden, strict=True):
            if chunk.start <= shown.start and shown.past <= chunk.past:
                return self.reader.judge(chunk, hidden, shown)
        return None


def as_seen(
    sheet: Sheet, chunk: Chunk, cue: Sequence[int], others: Collection[int], labels: Labels
) -> dict[str, list[int]]:
    """For every word of a chunk: of this cue, of another or of none; by which branch it hangs; side and distance."""
    span = range(chunk.start, chunk.past)
    relations, sides = sheet.seen_from(cue, span)
    own = set(cue)
    return {
        "marks": [1 if n in own else 2 if n in others else 0 for n in span],
        "relations": [labels.relations.get(one, 0) for one in relations],
        "sides": [labels.sides.get(one, 0) for one in sides],
    }


def _gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit by its tanh (Hendrycks and Gimpel 2016, arXiv:1606.08415), in one new array."""
    import numpy as np

    bend = x * x
    bend *= np.float32(0.7978845608 * 0.044715)
    bend += np.float32(0.7978845608)
    bend *= x
    np.tanh(bend, out=bend)
    bend += np.float32(1)
    bend *= x
    bend *= np.float32(0.5)
    return bend


def _shares(x: Floats) -> Floats:
    """Softmax over the last axis."""
    import numpy as np

    x = np.exp(x - x.max(-1, keepdims=True))
    x /= x.sum(-1, keepdims=True)
    return x
