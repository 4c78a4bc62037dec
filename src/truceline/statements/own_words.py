"""Sentences in the first person outside quotation marks: a party's own text, which nobody else reports.

    "We will not withdraw until the mines are cleared."   --own_words--> Attribution without a named source

A press release has no "said". What "we" will, will not, or would on a condition is the author's position; who the
author is, the text does not tell, so the speaker stays unnamed and the confidence low. Plain sentences in the first
person make no statement: a memoir is no ledger. Start at `own_words`.
"""

from __future__ import annotations

from truceline.statements.attribution import Attribution
from truceline.statements.content import Piece, span_under
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import Quotation

OWN_WORDS = "own words"
_AUTHOR = frozenset({"we", "i"})
_AHEAD = frozenset({"will", "shall", "would", "wo", "'ll", "’ll", "cannot", "can", "ca", "must"})


def own_words(
    parse: Parse, known: list[Attribution], quotes: tuple[Quotation, ...], language: Language
) -> list[Attribution]:
    """One attribution for each clause whose author speaks of what "we" will or will not do, beside the ones known."""
    spoken = {n for a in known for n in (a.verb, a.top)}
    found = []
    for word in parse.words:
        subject = next((c for c in parse.children(word.i, "nsubj") if c.lower in _AUTHOR), None)
        if subject is None or word.i in spoken or not _leads(parse, word):
            continue
        if not any(c.lower in _AHEAD for c in parse.children(word.i, "aux")):
            continue
        at = subject.start
        if any(q.start <= at < q.end for q in quotes) or any(p.covers(at) for a in known for p in a.pieces):
            continue
        span = span_under(parse, word, subject.i - 1, language, first=subject)
        if span is not None:
            whole = ((subject.start, subject.end),)
            piece = Piece((_from_condition(parse, word, span),), word.i)
            found.append(
                Attribution(Act.ASSERT, word.i, word.i, whole, whole, subject.i, (piece,), quoted=True, note=OWN_WORDS)
            )
    return found


def _leads(parse: Parse, word: Word) -> bool:
    """A main clause, or one joined to it."""
    while word.dep == "conj" and word.head != word.i:
        word = parse.words[word.head]
    return word.head == word.i


def _from_condition(parse: Parse, word: Word, span: tuple[int, int]) -> tuple[int, int]:
    """A clause under "if" that stands in front belongs to what is said."""
    lead = next((c for c in parse.children(word.i, "advcl") if c.i < word.i and parse.children(c.i, "mark")), None)
    return (min(span[0], parse.words[lead.left].start), span[1]) if lead is not None else span
