"""The trained attribution: which words make a statement, whose it is, and what was said.

    Parse --chances of a cue--> cues --chances of the roles, for each cue--> Marks: words of source, cue and content

In: one parsed paragraph. Out: word numbers; no opinion about position or speaker. Every cue is looked at
alone, so statements inside statements need no rule of their own. Two readers are asked and their chances averaged:
conditional random fields over the parse, and a small transformer (encoder.py). The weights are plain numbers, read
without running anything in them; their digests stand in data/attribution.json and are checked.
How they were made: tools/train_attribution.py, tools/train_encoder.py and docs/methods/attribution.md.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.statements.encoder import OWN, Reader, Seen
from truceline.statements.features import Sheet, Vocabulary
from truceline.statements.parser import Parse

CUE_AT = 0.45
CUE_SHARE, ROLE_SHARE = 0.6, 0.7  # of the transformer in a mean with the field
# What it costs to go from one of O, S, C to another: words of content stand together.
STEP = ((0.0, 0.0, 1.0), (0.0, 0.0, 1.0), (1.0, 1.0, 0.0))
LONE = ((0.0,) * 3,) * 3
_LEAST = 1e-6
_TOGETHER_WORDS = 120
_GAP = 3


@dataclass(frozen=True)
class Marks:
    """Word numbers of one attribution in its paragraph; `sure` is the cue's probability by the model."""

    cue: tuple[int, ...]
    source: tuple[int, ...]
    content: tuple[int, ...]
    sure: float


@dataclass(frozen=True)
class Marked:
    """What the taggers say of a paragraph; `chances` holds for every word the chance to be in a cue.

    `own` holds for every word the chance to be the predicate of what is said without a cue, by whoever writes.
    `seen` is the paragraph as the transformer read it, for whoever looks at it further; None where it has no words.
    """

    marks: tuple[Marks, ...] = ()
    chances: tuple[float, ...] = ()
    own: tuple[float, ...] = ()
    seen: Seen | None = None


@dataclass(frozen=True)
class Weights:
    """The transformer, both fields and their vocabulary."""

    cues: Any
    roles: Any
    reader: Reader
    vocabulary: Vocabulary
    held: tuple[bytes, ...] = ()  # the library reads its model in place and does not keep it alive


def mark(parses: Iterable[Parse], weights: Weights, *, cue_at: float = CUE_AT) -> Iterator[Marked]:
    """Every attribution of each paragraph, in the order of cues. What has no content is none.

    Some paragraphs are read together, for speed: what is found in one does not hang on the others.
    """
    group: list[Parse] = []
    for parse in parses:
        group.append(parse)
        if sum(len(one.words) for one in group) >= _TOGETHER_WORDS:
            yield from _together(group, weights, cue_at)
            group = []
    yield from _together(group, weights, cue_at)


def _together(parses: Sequence[Parse], weights: Weights, cue_at: float) -> Iterator[Marked]:
    sheets = [Sheet(parse, weights.vocabulary) for parse in parses]
    for sheet, seen in zip(sheets, weights.reader.read(sheets), strict=True):
        yield _one(sheet, seen, weights, cue_at) if sheet.parse.words else Marked()


def _one(sheet: Sheet, seen: Seen, weights: Weights, cue_at: float) -> Marked:
    parse = sheet.parse
    weights.cues.set(sheet.cue_rows())
    opens, inside = (
        [_both(read[label], weights.cues.marginal(name, i), CUE_SHARE) for i, read in enumerate(seen.cues)]
        for label, name in ((1, "B"), (2, "I"))
    )
    cues = cues_at(parse, opens, inside, cue_at)
    taken = {i for cue in cues for i in cue}
    spans = [sheet.window(cue) for cue in cues]
    found = []
    for cue, span, read in zip(cues, spans, seen.roles(cues, taken, spans), strict=True):
        weights.roles.set(sheet.role_rows(cue, taken))
        chances = [_roles(read.get(i), *(weights.roles.marginal(r, k) for r in "SC")) for k, i in enumerate(span)]
        tags = likeliest(chances)
        if "C" not in tags:  # one likely word: "has denied it"
            tags = likeliest(chances, step=LONE)
        own = set(cue)
        content = tuple(i for k, i in enumerate(span) if (tags[k] == "C" or _enclosed(tags, k)) and i not in own)
        if content:
            others = own.union(content)
            source = tuple(i for i, tag in zip(span, tags, strict=True) if tag == "S" and i not in others)
            sure = max(opens[i] + inside[i] for i in cue)
            found.append(Marks(tuple(cue), source, content, sure))
    in_cue = tuple(a + b for a, b in zip(opens, inside, strict=True))
    return Marked(tuple(found), in_cue, tuple(read[OWN] for read in seen.cues), seen)


def _both(read: float, seen: float, share: float) -> float:
    """The mean of two chances: the transformer's has `share`, the field's the rest."""
    return share * read + (1 - share) * seen


def _roles(read: Sequence[float] | None, source: float, content: float) -> tuple[float, float, float]:
    """Chances of O, S and C; a word that was read apart from its cue is the field's alone."""
    if read is not None:
        source, content = (_both(r, s, ROLE_SHARE) for r, s in ((read[1], source), (read[2], content)))
    return max(0.0, 1 - source - content), source, content


def likeliest(chances: Sequence[tuple[float, float, float]], step: Sequence[Sequence[float]] = STEP) -> str:
    """One of O, S, C for each word: the likeliest row of labels where content seldom begins or ends (Viterbi 1967)."""
    best = [math.log(max(chance, _LEAST)) for chance in chances[0]]
    came: list[list[int]] = []
    for now in chances[1:]:
        costs = [[best[before] - step[before][to] for before in range(3)] for to in range(3)]
        ways = [max(range(3), key=cost.__getitem__) for cost in costs]
        best = [costs[to][ways[to]] + math.log(max(now[to], _LEAST)) for to in range(3)]
        came.append(ways)
    at = max(range(3), key=best.__getitem__)
    row = [at]
    for ways in reversed(came):
        at = ways[at]
        row.append(at)
    return "".join("OSC"[label] for label in reversed(row))


def _enclosed(tags: Sequence[str], k: int) -> bool:
    """Whether a word of the source stands in the middle of what was said: "increased its forecast"."""
    if tags[k] != "S":
        return False
    first = last = k
    while first > 0 and tags[first - 1] == "S":
        first -= 1
    while last + 1 < len(tags) and tags[last + 1] == "S":
        last += 1
    if first == 0 or last + 1 == len(tags):
        return False
    return tags[first - 1] == "C" and tags[last + 1] == "C"


def cues_at(parse: Parse, opens: Sequence[float], inside: Sequence[float], at: float) -> list[list[int]]:
    """The cues of a paragraph: words whose chance to be in one is at least `at`, neighbours together."""
    words = parse.words
    cues: list[list[int]] = []
    for i, word in enumerate(words):
        if opens[i] + inside[i] < at:
            continue
        last = cues[-1][-1] if cues else -_GAP - 1
        if inside[i] > opens[i] and i - last <= _GAP and words[last].sentence == word.sentence:
            cues[-1].append(i)
        else:
            cues.append([i])
    return cues


@cache
def english() -> Weights:
    """The shipped weights, loaded once.

    Raises:
        RuntimeError: The package is damaged: a digest does not match.
    """
    import pycrfsuite

    folder = files("truceline.statements") / "data"
    card = json.loads((folder / "attribution.json").read_text(encoding="utf-8"))
    held = {}
    for name, digest in card["sha256"].items():
        held[name] = (folder / name).read_bytes()
        if hashlib.sha256(held[name]).hexdigest() != digest:
            raise RuntimeError(f"{name} in the installed package is not the file that was shipped: install again")
    fields = [lzma.decompress(held[f"{name}.crfsuite.xz"]) for name in ("cues", "roles")]
    taggers = []
    for data in fields:
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(data)
        taggers.append(tagger)
    vocabulary = Vocabulary(frozenset(card["lemmas"]), card["cues"])
    return Weights(taggers[0], taggers[1], Reader.of(held["encoder.npz"]), vocabulary, tuple(fields))
