"""Sentences in the first person outside quotation marks: a party's own text, which nobody else reports.

    "We will not withdraw until the mines are cleared."   --own_words--> Attribution without a named source

A press release has no "said". What "we" or "our troops" will, will not, or would on a condition is the author's
position, and so is "there can be no talks until", in any text where nobody is cited for it; who the author is, the
text does not tell, so the speaker stays unnamed and the confidence low. Plain sentences in the first person make no
statement: a memoir is no ledger. Start at `own_words`.
"""

from __future__ import annotations

from truceline.statements.attribution import Attribution
from truceline.statements.content import Piece, span_under
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import Quotation

OWN_WORDS = "own words"
_AUTHOR = frozenset({"we", "i"})
_OURS = frozenset({"our", "my"})
_PAST = frozenset({"had", "did", "was", "were", "could", "been"})
_AHEAD = frozenset({"will", "shall", "would", "wo", "'ll", "’ll", "cannot", "can", "ca", "must"})
_STOPS = frozenset({":", ";"})
_HELD_BACK = frozenset({"unless", "until"})


def own_words(
    parse: Parse, known: list[Attribution], quotes: tuple[Quotation, ...], language: Language
) -> list[Attribution]:
    """Beside the attributions known, one for each clause of an author's own.

    What "we" or "our troops" will or will not do, and what cannot be until something happens.
    """
    spoken = {n for a in known for n in (a.verb, a.top)}
    found = []
    for word in parse.words:
        subject = next(
            (c for c in parse.children(word.i, "nsubj", "nsubjpass", "expl") if _ours(parse, c, language)), None
        )
        if subject is None or word.i in spoken or not _leads(parse, word):
            continue
        ahead = any(c.lower in _AHEAD for c in parse.children(word.i, "aux"))
        held_back = _held_back(parse, word)
        if not (ahead and held_back if subject.dep == "expl" else ahead or held_back):
            continue
        first = parse.words[subject.left]
        at = first.start
        if any(q.start <= at < q.end for q in quotes) or any(p.covers(at) for a in known for p in a.pieces):
            continue
        span = span_under(parse, word, first.i - 1, language, first=first)
        if span is not None:
            cue = ((first.start, subject.end),)
            source = () if subject.dep == "expl" else cue
            piece = Piece((_from_condition(parse, word, span),), word.i)
            found.append(
                Attribution(Act.ASSERT, word.i, word.i, cue, source, subject.i, (piece,), quoted=True, note=OWN_WORDS)
            )
    return found


def _ours(parse: Parse, subject: Word, language: Language) -> bool:
    """We, our own people ("our troops", not "our enemies"), or nobody in particular: "there can be no talks"."""
    ours = any(c.lower in _OURS for c in parse.children(subject.i, "poss"))
    return subject.lower in _AUTHOR or subject.dep == "expl" or (ours and subject.lower in language.organs)


def _held_back(parse: Parse, word: Word) -> bool:
    """Whether a clause under "unless" or "until" hangs on a no: "there can be no talks until they leave"."""
    if word.tag == "VBD" or any(c.lower in _PAST for c in parse.children(word.i, "aux")):
        return False  # "there was no water until the aid came" is over
    clauses = [
        clause
        for clause in parse.children(word.i, "advcl")
        if any(mark.lower in _HELD_BACK for mark in parse.children(clause.i, "mark"))
    ]
    within = {n for clause in clauses for n in range(clause.left, clause.right + 1)}
    under = [w for w in parse.words[word.left : word.right + 1] if w.i not in within]
    return bool(clauses) and any(w.dep == "neg" or w.lower in ("no", "never", "nothing") for w in under)


def _leads(parse: Parse, word: Word) -> bool:
    """A main clause, one joined to it, or one behind a colon: "one thing is certain: I will never allow it"."""
    if word.left and parse.words[word.left - 1].lower in _STOPS:
        return True
    while word.dep == "conj" and word.head != word.i:
        word = parse.words[word.head]
    return word.head == word.i


def _from_condition(parse: Parse, word: Word, span: tuple[int, int]) -> tuple[int, int]:
    """A clause under "if" that stands in front belongs to what is said."""
    lead = next((c for c in parse.children(word.i, "advcl") if c.i < word.i and parse.children(c.i, "mark")), None)
    return (min(span[0], parse.words[lead.left].start), span[1]) if lead is not None else span
