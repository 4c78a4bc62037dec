"""The trained attribution: which words make a statement, whose it is, and what was said.

    Parse --cue CRF--> cues --one role CRF for each--> Marks: words of source, cue and content

In: one parsed paragraph. Out: word numbers; no opinion about position or speaker. Every cue is looked at
alone, so statements inside statements need no rule of their own. The weights are CRFsuite's plain binary
form, read without running anything in them; their digest stands in data/attribution.json and is checked.
How they were made: tools/train_attribution.py and docs/methods/attribution.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from truceline.statements.features import Sheet, Vocabulary
from truceline.statements.parser import Parse

CUE_AT = 0.6
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
    """What the taggers say of a paragraph; `chances` holds for every word the chance to be in a cue."""

    marks: tuple[Marks, ...] = ()
    chances: tuple[float, ...] = ()


@dataclass(frozen=True)
class Weights:
    """Both taggers and their vocabulary."""

    cues: Any
    roles: Any
    vocabulary: Vocabulary
    held: tuple[bytes, ...] = ()  # the library reads its model in place and does not keep it alive


def mark(parse: Parse, weights: Weights, *, cue_at: float = CUE_AT) -> Marked:
    """Every attribution of a paragraph, in the order of cues. What has no content is none."""
    if not parse.words:
        return Marked()
    sheet = Sheet(parse, weights.vocabulary)
    weights.cues.set(sheet.cue_rows())
    numbers = range(len(parse.words))
    opens = [weights.cues.marginal("B", i) for i in numbers]
    inside = [weights.cues.marginal("I", i) for i in numbers]
    cues = cues_at(parse, opens, inside, cue_at)
    taken = {i for cue in cues for i in cue}
    found = []
    for cue in cues:
        sure = max(opens[i] + inside[i] for i in cue)
        tags = weights.roles.tag(sheet.role_rows(cue, taken))
        span = sheet.window(cue)
        source = tuple(i for i, tag in zip(span, tags, strict=True) if tag == "S")
        content = tuple(span[k] for k in range(len(span)) if tags[k] == "C" or _enclosed(tags, k))
        if content:
            found.append(Marks(tuple(cue), source, content, sure))
    return Marked(tuple(found), tuple(a + b for a, b in zip(opens, inside, strict=True)))


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
    taggers, held = [], []
    for name in ("cues", "roles"):
        data = (folder / f"{name}.crfsuite").read_bytes()
        if hashlib.sha256(data).hexdigest() != card["sha256"][name]:
            raise RuntimeError(
                f"{name}.crfsuite in the installed package is not the file that was shipped: install again"
            )
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(data)
        taggers.append(tagger)
        held.append(data)
    return Weights(taggers[0], taggers[1], Vocabulary(frozenset(card["lemmas"]), card["cues"]), tuple(held))
