"""What a statement is about, without polarity and modality, so that two statements on one matter compare.

    piece + predicate --proposition_of--> "norland fire near ostrel"
    piece + predicate --qualifiers_of--> ("could", "with allied help")

In: one parsed paragraph. Out: lemmas in text order, lower case, at most 14 words; and what was taken out
of it, as it stands in the text. Modest on purpose: same words, same key; paraphrase is a later issue.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from truceline.statements import neither
from truceline.statements.content import Piece
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word

MAX_WORDS = 14
_DROPPED_DEPS = frozenset(
    {"aux", "auxpass", "neg", "mark", "punct", "det", "cc", "preconj", "expl", "case", "predet", "intj"}
)
_DROPPED_TAGS = frozenset(
    {"MD", "DT", "WDT", "CC", "UH", "RB", "RBR", "RBS", "TO", "POS", "EX", "WRB", "SYM", "HYPH", "NFP"}
)


def proposition_of(
    parse: Parse, piece: Piece, head: int | None, language: Language, named: Callable[[Word], str | None]
) -> str:
    """The normalised proposition.

    Args:
        named: What a word stands for, "" to leave it out, None to take it as it is.
    """
    skipped: set[int] = set()
    if head is not None:
        for child in parse.children(head, "advcl"):
            if any(c.lower in language.conditions for c in parse.children(child.i, "mark")):
                skipped.update(range(child.left, child.right + 1))
    words = []
    for word in parse.words:
        if not piece.covers(word.start) or word.i in skipped:
            continue
        if word.dep in _DROPPED_DEPS or word.tag in _DROPPED_TAGS or not word.text[0].isalnum():
            continue
        if word.lower in language.negations | language.hedges:
            continue
        known = named(word)
        if known == "":
            continue
        words.append((known or word.lemma).casefold())
        if len(words) == MAX_WORDS:
            break
    return re.sub(r"\s+", " ", " ".join(words)).strip()


def qualifiers_of(text: str, parse: Parse, piece: Piece, head: int | None, language: Language) -> tuple[str, ...]:
    """Modals, negations, hedges, conditions and dependencies of the content, in the order of the text."""
    if head is None:
        return ()
    found: dict[int, str] = {}
    chain = [head, *(n for n in neither.governors(parse, head)[1:] if piece.covers(parse.words[n].start))]
    for number in chain:
        for child in parse.children(number):
            if not piece.covers(child.start):
                continue
            if child.tag == "MD" or child.lower in language.negations or child.lower in language.hedges:
                found[child.i] = child.lower
            elif child.dep == "advcl" and (slice_ := _conditional(text, parse, child, piece, language)):
                found[child.left] = slice_
            elif child.dep == "prep" and child.lower in ("with", "without"):
                nouns = parse.children(child.i, "pobj")
                if any(noun.lemma in language.backers for noun in nouns):
                    found[child.i] = text[child.start : nouns[0].end]
    return tuple(found[number] for number in sorted(found))


def _conditional(text: str, parse: Parse, clause: Word, piece: Piece, language: Language) -> str:
    marks = [c for c in parse.children(clause.i, "mark", "advmod") if c.lower in language.conditions]
    if not marks:
        return ""
    words = [w for w in parse.words[clause.left : clause.right + 1] if piece.covers(w.start)]
    while words and not words[-1].text[0].isalnum():
        words.pop()
    return re.sub(r"\s+", " ", text[words[0].start : words[-1].end]) if words else ""
