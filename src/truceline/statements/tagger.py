"""The trained attribution: which words make a statement, whose it is, and what was said.

    Parse --chances of a cue--> cues --chances of the roles, for each cue--> Marks: words of source, cue and content

In: one parsed paragraph. Out: word numbers; no opinion about position or speaker. Every cue is looked at
alone, so statements inside statements need no rule of their own. A small transformer (encoder.py) gives the chances.
Its weights are plain numbers, read without running anything in them; their digest stands in data/encoder.json and is
checked. How they were made: tools/train_encoder.py and docs/methods/attribution.md.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from truceline.statements.encoder import OWN, Reader, Seen
from truceline.statements.features import Sheet
from truceline.statements.parser import Parse

CUE_AT = 0.5
LEAST_CUE = 0.2
UNREAD = (1.0, 0.0, 0.0)  # a word that was read apart from its cue
TURN = 1.0  # what it costs to begin or to end content: its words stand together
_LEAST = 1e-6
_TOGETHER_WORDS = 320  # the weights are fetched for as many at a time; more gave 1 %, 120 cost 6
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
    """What the reader says of a paragraph; `chances` holds for every word the chance to be in a cue.

    `own` holds for every word the chance to be the predicate of what is said without a cue, by whoever writes.
    `seen` is the paragraph as the transformer read it, for whoever looks at it further; None where it has no words.
    """

    marks: tuple[Marks, ...] = ()
    chances: tuple[float, ...] = ()
    own: tuple[float, ...] = ()
    seen: Seen | None = None


def mark(parses: Iterable[Parse], reader: Reader) -> Iterator[Marked]:
    """Every attribution of each paragraph, in the order of cues. What has no content is none.

    Some paragraphs are read together, for speed: what is found in one does not hang on the others.
    """
    group: list[Parse] = []
    for parse in parses:
        group.append(parse)
        if sum(len(one.words) for one in group) >= _TOGETHER_WORDS:
            yield from _together(group, reader)
            group = []
    yield from _together(group, reader)


def _together(parses: Sequence[Parse], reader: Reader) -> Iterator[Marked]:
    sheets = [Sheet(parse) for parse in parses]
    for sheet, seen in zip(sheets, reader.read(sheets), strict=True):
        yield _one(sheet, seen) if sheet.parse.words else Marked()


def _one(sheet: Sheet, seen: Seen) -> Marked:
    opens, inside = ([read[label] for read in seen.cues] for label in (1, 2))
    cues = cues_at(sheet.parse, opens, inside)
    taken = {i for cue in cues for i in cue}
    spans = [sheet.window(cue) for cue in cues]
    found = []
    for cue, span, read in zip(cues, spans, seen.roles(cues, taken, spans), strict=True):
        chances = [(read[i][0], read[i][1], read[i][2]) if i in read else UNREAD for i in span]
        tags = likeliest(chances)
        if "C" not in tags:  # one likely word: "has denied it"
            tags = likeliest(chances, turn=0.0)
        own = set(cue)
        content = tuple(i for k, i in enumerate(span) if (tags[k] == "C" or _enclosed(tags, k)) and i not in own)
        if content:
            others = own.union(content)
            source = tuple(i for i, tag in zip(span, tags, strict=True) if tag == "S" and i not in others)
            sure = max(opens[i] + inside[i] for i in cue)
            found.append(Marks(tuple(cue), source, content, sure))
    in_cue = tuple(a + b for a, b in zip(opens, inside, strict=True))
    return Marked(tuple(found), in_cue, tuple(read[OWN] for read in seen.cues), seen)


def likeliest(chances: Sequence[tuple[float, float, float]], turn: float = TURN) -> str:
    """One of O, S, C for each word: the likeliest row of labels where content seldom begins or ends (Viterbi 1967).

    Between O and S a row may change for nothing, so two ways are followed: the last word is content, or it is not.
    """
    apart = within = 0.0
    came: list[tuple[bool, bool]] = []  # whether a word that is not content, and one that is, comes behind content
    for outside, source, content in chances:
        left, entered = within - turn > apart, within >= apart - turn
        came.append((left, entered))
        apart, within = (
            (within - turn if left else apart) + math.log(max(outside, source, _LEAST)),
            (within if entered else apart - turn) + math.log(max(content, _LEAST)),
        )
    said = within > apart
    row = []
    for (outside, source, _), (left, entered) in zip(reversed(chances), reversed(came), strict=True):
        row.append("C" if said else "S" if source > outside else "O")
        said = entered if said else left
    return "".join(reversed(row))


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


def cues_at(parse: Parse, opens: Sequence[float], inside: Sequence[float]) -> list[list[int]]:
    """The cues of a paragraph: words whose chance to be in one is at least CUE_AT, neighbours together.

    A sentence in which no word reaches it is not passed over for that: there the likeliest word is enough, from
    LEAST_CUE up.
    """
    words = parse.words
    chances = [a + b for a, b in zip(opens, inside, strict=True)]
    bars = [max(chances[begin:past], default=0.0) for begin, past in parse.sentences]
    bars = [CUE_AT if best >= CUE_AT else max(LEAST_CUE, best) for best in bars]
    cues: list[list[int]] = []
    for i, word in enumerate(words):
        if chances[i] < bars[word.sentence]:
            continue
        last = cues[-1][-1] if cues else -_GAP - 1
        if inside[i] > opens[i] and i - last <= _GAP and words[last].sentence == word.sentence:
            cues[-1].append(i)
        else:
            cues.append([i])
    return cues


@cache
def english() -> Reader:
    """The shipped weights, loaded once.

    Raises:
        RuntimeError: The package is damaged: the digest does not match.
    """
    folder = files("truceline.statements") / "data"
    card = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
    held = (folder / "encoder.npz").read_bytes()
    if hashlib.sha256(held).hexdigest() != card["sha256"]:
        raise RuntimeError("encoder.npz in the installed package is not the file that was shipped: install again")
    return Reader.of(held)
