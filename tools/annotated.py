"""Articles and their annotations as word numbers: what train_encoder.py learns attribution from.

text + annotated spans --read_article--> parsed paragraphs, each with source, cue and content of its attributions
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from truceline.statements.clean import Kind, divide
from truceline.statements.parser import MAX_PARAGRAPH_CHARS, Parse, parse


@dataclass(frozen=True)
class Gold:
    """Word numbers of one attribution in its paragraph."""

    cue: tuple[int, ...]
    source: frozenset[int] = frozenset()
    content: frozenset[int] = frozenset()


Paragraphs = list[tuple[Parse, list[Gold]]]


def read_article(text: str, gold: Sequence) -> Paragraphs:
    """Body paragraphs, parsed as at run time, each with the attributions whose cue begins in it."""
    bodies = [p for p in divide(text) if p.kind is Kind.BODY and p.end - p.start <= MAX_PARAGRAPH_CHARS]
    parses = parse((p.start, text[p.start : p.end]) for p in bodies)
    found: Paragraphs = [(words, []) for words in parses]
    for one in gold:
        place = next((k for k, p in enumerate(bodies) if one["cue"] and p.start <= one["cue"][0][0] < p.end), None)
        if place is None:
            continue
        words, marked = found[place]
        cue, source, content = (touched(words, one[role]) for role in ("cue", "source", "content"))
        cue = cue or touched(words, one["cue"], marks=True)  # "― Ana Holt"
        if cue:
            marked.append(Gold(tuple(sorted(cue)), frozenset(source), frozenset(content)))
    return found


def touched(words: Parse, spans: Iterable[tuple[int, int]], *, marks: bool = False) -> set[int]:
    """Words that spans touch, without punctuation unless it is asked for."""
    starts = [word.start for word in words.words]
    found: set[int] = set()
    for start, end in spans:
        for word in words.words[max(0, bisect.bisect_right(starts, start) - 1) : bisect.bisect_left(starts, end)]:
            if word.end > start and (marks or any(letter.isalnum() for letter in word.text)):
                found.add(word.i)
    return found


def cue_labels(words: Parse, marked: Iterable[Gold]) -> list[str]:
    """B for the first word of a cue, I for the others, O."""
    labels = ["O"] * len(words.words)
    for gold in marked:
        for place, n in enumerate(gold.cue):
            labels[n] = "I" if place else "B"
    return labels


def role_labels(words: Parse, span: range, gold: Gold) -> list[str]:
    """S, C or O; punctuation between two words of one role is of that role."""
    labels = ["S" if n in gold.source else "C" if n in gold.content else "O" for n in span]
    solid = [k for k, n in enumerate(span) if any(letter.isalnum() for letter in words.words[n].text) or n in gold.cue]
    for left, right in pairwise(solid):
        if labels[left] == labels[right]:
            labels[left + 1 : right] = [labels[left]] * (right - left - 1)
    return labels
