"""The learned reader: a small transformer that looks at a paragraph once, and once more from every cue.

    Parses --Reader.read--> Seen: chances of a cue; from one cue, chances of source and content --Seen.roles-->

Thirteen layers that began as all-mpnet-base-v2 (Song et al. 2020, https://arxiv.org/abs/2004.09297), a fifth of whose
numbers are left. Eleven read the pieces of a paragraph with tags, dependencies and quotation marks added; the twelfth
reads them again with one cue marked, so that a statement inside a statement is seen like any other. A thirteenth looks
at the eleven's reading with one statement marked, and gives the chances of its position (opinion.py). Plain numpy:
weights are rounded to few steps in the file and made whole when they are read; paragraphs are laid end to end, so that
a multiplication is worth its call, and each looks at itself alone. How the weights were made: tools/train_encoder.py,
docs/methods/attribution.md.
"""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from truceline.statements.features import Sheet
from truceline.statements.pieces import MAX_PIECES, Chunk, Labels, chunks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

HEAD = 64  # numbers of what one head asks
SHARED = 11  # layers that read a paragraph once; the one behind them reads it from a cue, the next judges a statement
ADDED_AT = 2  # the layer before which the parse is added
_TOGETHER = 8
_SCALE, _FAR = ".scale", ".far"
_EPSILON = 1e-5
_FURTHEST = 128  # pieces: from here on all are equally far
LONGEST = MAX_PIECES + 2
VIEWS = ("marks", "relations", "sides")  # what is added for a cue
_ADDED_BEHIND = {SHARED: VIEWS, SHARED + 1: ("parts", "whose", "hints")}
STATES = ("o", "q", "(", ")")
OWN = 3  # among a word's chances: that it is the predicate of what is said without a cue, by whoever writes
PARTS = ("", "cue", "source", "said", "said besides")
WHOSE = ("", "own", "another's")


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
                if name.endswith(_FAR):
                    weights[name] = between(np.ascontiguousarray(values[steps(len(values))].T))
                    continue
                if name + _SCALE in held.files:
                    values *= held[name + _SCALE][:, None]
                dense = values.ndim == 2 and name.endswith(".weight") and not name.startswith("added.")
                weights[name] = np.ascontiguousarray(values.T) if dense else values
        for name, values in weights.items():
            if ".qkv." in name:  # once here what attention asks of every pair of pieces
                values[..., : values.shape[-1] // 3] *= np.float32(HEAD**-0.5)
        for number, kinds in _ADDED_BEHIND.items():
            for kind in kinds:  # a sum goes through a matrix part by part: what is added is multiplied only here
                weights[f"asked.{kind}"] = weights[f"added.{kind}.weight"] @ weights[f"layers.{number}.qkv.weight"]
        return cls(labels, weights)

    def read(self, sheets: Sequence[Sheet]) -> list[Seen]:
        """Paragraphs read once; ask the results for cues, and for the roles as seen from them."""
        import numpy as np

        weights, labels = self.weights, self.labels
        seen = [Seen(self, sheet, chunks(sheet.parse, labels)) for sheet in sheets]
        told = [(one, chunk) for one in seen for chunk in one.chunks]
        if not told:
            return seen
        sizes = [len(chunk.ids) for _, chunk in told]
        x = weights["table"][[n for _, chunk in told for n in chunk.ids]]
        x += np.concatenate([weights["place"][:size] for size in sizes])
        x = self._norm("norm", x)
        for number in range(SHARED):
            if number == ADDED_AT:
                x += np.concatenate([self._parsed(one.sheet, chunk) for one, chunk in told])
            x = self._layer(number, x, sizes)
        start = 0
        for (one, chunk), size in zip(told, sizes, strict=True):
            hidden = x[start : start + size]
            one.hidden.append(hidden)
            firsts = hidden[chunk.first]
            one.cues += _shares(self._dense("cue", firsts)).tolist()
            one.press += (1 - _shares(self._dense("press", firsts))[:, 0]).tolist()
            start += size
        return seen

    def roles(
        self,
        hidden: Floats,
        asked: Floats,
        views: Sequence[Mapping[str, Sequence[int]]],
        words: Sequence[Sequence[int]],
    ) -> list[list[list[float]]]:
        """From each of some cues, the chances of O, source and content of the pieces asked for.

        Args:
            hidden, asked: A chunk as read, and what its pieces ask and answer in the layer of roles.
            views: For each cue the numbers of `as_seen`, one for every piece.
            words: For each cue the pieces whose chances are wanted.
        """
        import numpy as np

        weights = self.weights
        size = len(hidden)
        qkv = np.concatenate(
            [sum((weights[f"asked.{kind}"][view[kind]] for kind in VIEWS), start=asked) for view in views]
        )
        x = np.concatenate(
            [
                sum((weights[f"added.{kind}.weight"][np.asarray(view[kind])[at]] for kind in VIEWS), start=hidden[at])
                for view, at in zip(views, words, strict=True)
            ]
        )
        rows = [np.asarray(at) for at in words]
        found = _shares(self._dense("role", self._attended(SHARED, x, qkv, [size] * len(views), rows))).tolist()
        cut: list[list[list[float]]] = []
        for at in words:
            cut.append(found[: len(at)])
            found = found[len(at) :]
        return cut

    def judge(self, chunk: Chunk, hidden: Floats, asked: Floats, shown: Shown) -> list[float]:
        """The chances of the positions, in their order, of one statement of a paragraph that was read."""
        import numpy as np

        weights = self.weights
        first, past = shown.start - chunk.start, shown.past - chunk.start
        pieces = [k for k, word in enumerate(chunk.word) if first <= word < past]
        at = [0, *pieces]
        parts = np.array([0, *(shown.parts[chunk.word[k] - first] + 1 for k in pieces)])
        whose = np.array([0, *(shown.whose[chunk.word[k] - first] + 1 for k in pieces)])
        known = [self.labels.hints[hint] for hint in shown.hints if hint in self.labels.hints]
        said, cue = (parts == PARTS.index(part) + 1 for part in ("said", "cue"))
        wanted = said | cue
        wanted[0] = True
        rows = np.flatnonzero(wanted)
        qkv = asked[at] + weights["asked.parts"][parts] + weights["asked.whose"][whose]
        qkv[0] += weights["asked.hints"][known].sum(0)
        x = hidden[at][rows] + weights["added.parts.weight"][parts[rows]] + weights["added.whose.weight"][whose[rows]]
        x[0] += weights["added.hints.weight"][known].sum(0)
        x = self._attended(SHARED + 1, x, qkv, [len(at)], [rows])
        means = [x[of[rows]].mean(0) if of.any() else np.zeros_like(x[0]) for of in (said, cue)]
        found: list[float] = _shares(self._dense("opinion", np.concatenate([x[0], *means])[None]))[0].tolist()
        return found

    def asked(self, number: int, hidden: Floats) -> Floats:
        """What the pieces of a chunk ask and answer in a layer, before anything is added for a cue or a statement."""
        return self._dense(f"layers.{number}.qkv", hidden)

    def _parsed(self, sheet: Sheet, chunk: Chunk) -> Floats:
        """What is added for the parse: tags, dependencies and quotation marks."""
        words = sheet.parse.words[chunk.start : chunk.past]
        found = self._added("tags", chunk, [self.labels.tags.get(w.tag, 0) for w in words])
        found += self._added("deps", chunk, [self.labels.deps.get(w.dep, 0) for w in words])
        found += self._added("states", chunk, [STATES.index(sheet.state[w.i]) for w in words])
        return found

    def _added(self, kind: str, chunk: Chunk, values: Sequence[int]) -> Floats:
        """What is added to every piece for a number of its word; row 0 is for both ends."""
        found: Floats = self.weights[f"added.{kind}.weight"][_by_piece(chunk, values)]
        return found

    def _norm(self, name: str, x: Floats) -> Floats:
        """Layer normalisation (Ba, Kiros and Hinton 2016, arXiv:1607.06450), in the array itself: callers hand over."""
        import numpy as np

        even = np.full(x.shape[-1], 1 / x.shape[-1], dtype=np.float32)
        x -= (x @ even)[..., None]
        x *= 1 / np.sqrt(np.einsum("...i,...i->...", x, x)[..., None] / x.shape[-1] + _EPSILON)
        x *= self.weights[name + ".weight"]
        x += self.weights[name + ".bias"]
        return x

    def _dense(self, name: str, x: Floats) -> Floats:
        found: Floats = x @ self.weights[name + ".weight"]
        found += self.weights[name + ".bias"]
        return found

    def _layer(self, number: int, x: Floats, sizes: Sequence[int]) -> Floats:
        """One layer over chunks laid end to end, of as many pieces as `sizes` tells."""
        return self._attended(number, x, self._dense(f"layers.{number}.qkv", x), sizes)

    def _attended(
        self, number: int, x: Floats, qkv: Floats, sizes: Sequence[int], rows: Sequence[NDArray[np.intp]] | None = None
    ) -> Floats:
        """The rest of a layer; with `rows`, of each chunk only these pieces, which alone are in `x` then."""
        import numpy as np

        name = f"layers.{number}."
        parts = qkv.reshape(len(qkv), 3, -1, HEAD).transpose(1, 2, 0, 3)
        mixed = np.empty((len(x), parts.shape[1] * HEAD), dtype=np.float32)
        start = begin = 0
        for n, size in enumerate(sizes):
            query, key, value = parts[:, :, start : start + size]
            far = self.weights[name + "far"][:, :size, :size]
            if rows is not None:
                query, far = query[:, rows[n]], far[:, rows[n]]
            past = begin + query.shape[1]
            asked = query @ key.transpose(0, 2, 1)
            asked += far
            found = _shares(asked) @ value
            mixed[begin:past] = found.transpose(1, 0, 2).reshape(past - begin, -1)
            start, begin = start + size, past
        told = self._dense(name + "out", mixed)
        told += x
        x = self._norm(name + "norm1", told)
        told = self._dense(name + "down", _gelu(self._dense(name + "up", x)))
        told += x
        return self._norm(name + "norm2", told)


@dataclass
class Seen:
    """A paragraph as read.

    `cues` holds for every word the chances of O, B and I, and of a predicate of own words; `press` the chance to be in
    a cue as those who annotate newspapers mark them.
    """

    reader: Reader
    sheet: Sheet
    chunks: list[Chunk]
    hidden: list[Floats] = field(default_factory=list)
    cues: list[list[float]] = field(default_factory=list)
    press: list[float] = field(default_factory=list)
    _asked: dict[tuple[int, int], Floats] = field(default_factory=dict)

    def roles(
        self, cues: Sequence[Sequence[int]], others: Collection[int], spans: Sequence[range]
    ) -> Iterator[dict[int, list[float]]]:
        """For each cue the chances of O, source and content of the words of its span that were read together with it.

        Args:
            cues: The words of each cue, in the order of the text.
            others: The words of all cues.
            spans: For each cue the words asked about, by number.
        """
        for number, chunk in enumerate(self.chunks):
            mine = [k for k, cue in enumerate(cues) if chunk.start <= cue[0] < chunk.past]
            for at in range(0, len(mine), _TOGETHER):
                now = mine[at : at + _TOGETHER]
                views = [as_seen(self.sheet, chunk, cues[k], others, self.reader.labels) for k in now]
                words = [[n for n in spans[k] if chunk.start <= n < chunk.past] for k in now]
                found = self.reader.roles(
                    self.hidden[number],
                    self._asking(number, SHARED),
                    [{kind: _by_piece(chunk, values) for kind, values in view.items()} for view in views],
                    [[chunk.first[n - chunk.start] for n in asked] for asked in words],
                )
                yield from (dict(zip(asked, told, strict=True)) for asked, told in zip(words, found, strict=True))

    def judge(self, shown: Shown) -> list[float] | None:
        """The chances of a statement's positions; None where its words were not read together."""
        for number, chunk in enumerate(self.chunks):
            if chunk.start <= shown.start and shown.past <= chunk.past:
                return self.reader.judge(chunk, self.hidden[number], self._asking(number, SHARED + 1), shown)
        return None

    def _asking(self, number: int, layer: int) -> Floats:
        if (number, layer) not in self._asked:
            self._asked[number, layer] = self.reader.asked(layer, self.hidden[number])
        return self._asked[number, layer]


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


def _by_piece(chunk: Chunk, values: Sequence[int]) -> list[int]:
    """A number for every piece: 0 for both ends, one more than the word's own for the others."""
    return [0 if w < 0 else values[w] + 1 for w in chunk.word]


def steps(count: int) -> NDArray[np.intp]:
    """Of `count` steps of distance the one from a piece to each other, from the furthest behind to the furthest ahead.

    Song et al. 2020, https://arxiv.org/abs/2004.09297: half of the steps lead back and half ahead; of each half one is
    a piece as far as half of it, then they widen.
    """
    import numpy as np

    apart = np.arange(LONGEST - 1, -LONGEST, -1)  # how far behind it the other stands
    half = count // 2
    near = half // 2
    far = np.abs(apart)
    widened = near + (np.log(np.maximum(far, 1) / near) / np.log(_FURTHEST / near) * (half - near)).astype(int)
    steps: NDArray[np.intp] = (apart < 0) * half + np.where(far < near, far, np.minimum(widened, half - 1))
    return steps


def between(far: Floats) -> Floats:
    """What distance adds for every pair of `LONGEST` pieces, of shape (heads, pieces, pieces): windows on one row.

    Of a shorter chunk it is the upper left corner: what is added hangs on nothing but how far apart two stand.
    """
    import numpy as np

    rows: Floats = np.lib.stride_tricks.sliding_window_view(far, LONGEST, axis=1)[:, ::-1]
    return rows


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
    """Softmax over the last axis, in the array itself."""
    import numpy as np

    x -= x.max(-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(-1, keepdims=True)
    return x
