"""Sentences in the first person outside quotation marks: a party's own text, which nobody else reports.

    "We will not withdraw until the mines are cleared."   --own_words--> Attribution without a named source

A press release has no "said". What "we" or "our troops" will, will not, or would on a condition is the author's
position, and so is "there can be no talks until", in any text where nobody is cited for it; who the author is, the
text does not tell, so the speaker stays unnamed and the confidence low. Plain sentences in the first person make no
statement: a memoir is no ledger. The learned reader knows more shapes ("Let those who fired on our convoy answer for it
before the world"): what it takes for a statement of the author's is one from a chance of three in ten, plain or not.
Start at `own_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from truceline.statements.attribution import Attribution
from truceline.statements.content import SUBJECTS, Piece, span_under
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import Quotation

OWN_WORDS = "own words"
LIKELY_WORDS = "own words, learned"
NOBODYS = frozenset({OWN_WORDS, LIKELY_WORDS})
_AUTHOR = frozenset({"we", "i"})
_OURS = frozenset({"our", "my"})
_PAST = frozenset({"had", "did", "was", "were", "could", "been"})
_AHEAD = frozenset({"will", "shall", "would", "wo", "'ll", "’ll", "cannot", "can", "ca", "must"})
_STOPS = frozenset({":", ";"})
_HELD_BACK = frozenset({"unless", "until"})
# Among texts learned from (150 of each kind of `state` and `bulletins`), reached in 59 of a hundred that hold such a
# statement and in 3 of a hundred that hold none.
LIKELY_AT = 0.3
LIKELY_BESIDE = 0.45  # in a paragraph that cites somebody, and of what is over: there it is mostly the teller's


def own_words(
    parse: Parse,
    known: list[Attribution],
    quotes: tuple[Quotation, ...],
    language: Language,
    likely: Sequence[float] = (),
) -> list[Attribution]:
    """Beside the attributions known, one for each clause of an author's own.

    What "we" or "our troops" will or will not do, what cannot be until something happens, and what `likely` gives: for
    every word the chance that it is the predicate of such a statement.
    """
    ruled = [
        replace(one, note=LIKELY_WORDS) if likely and likely[one.verb] >= LIKELY_AT else one
        for one in _by_rule(parse, known, quotes, language)
    ]
    return [*ruled, *(_likely(parse, [*known, *ruled], quotes, language, likely) if likely else ())]


def _likely(
    parse: Parse,
    known: list[Attribution],
    quotes: tuple[Quotation, ...],
    language: Language,
    likely: Sequence[float],
) -> list[Attribution]:
    """What the learned reader takes for the author's, where nobody else is heard and nothing is quoted.

    Outer clauses first: what stands inside one is no second statement.
    """
    spoken = {n for a in known for n in (a.verb, a.top)}
    told = [span for a in known for p in a.pieces for span in p.spans]
    bar = LIKELY_BESIDE if known else LIKELY_AT
    words = [
        word
        for word, chance in zip(parse.words, likely, strict=True)
        if word.i not in spoken and chance >= (LIKELY_BESIDE if _past(parse, word) else bar)
    ]
    found: list[Attribution] = []
    for word in sorted(words, key=lambda w: (w.left - w.right, w.i)):
        lets = (w for w in parse.ancestors(word.i) if w.lower == "let" and w.i not in spoken)
        word = next(lets, word)  # "Let those who fired on our convoy answer for it"
        first = _first(parse, word)
        span = span_under(parse, word, first.i - 1, language, first=first)
        if span is None:
            continue
        subject = next(iter(parse.children(word.i, *SUBJECTS, "expl")), None)
        if _over(parse, word) or (subject is not None and subject.dep == "expl"):
            continue  # "there is no school until …" is the rules' alone
        start, end = span = _from_condition(parse, word, span)
        if any(start < b and a < end for a, b in (*told, *((q.start, q.end) for q in quotes))):
            continue
        told.append(span)
        ours = subject is not None and _ours(parse, subject, language)
        head = word if subject is None else subject
        cue = ((parse.words[head.left].start if ours else head.start, head.end),)
        found.append(
            Attribution(
                Act.ASSERT,
                word.i,
                word.i,
                cue,
                cue if ours else (),
                subject.i if subject is not None and ours else None,
                (Piece((span,), word.i),),
                quoted=True,
                note=LIKELY_WORDS,
            )
        )
    return sorted(found, key=lambda a: a.verb)


def _first(parse: Parse, word: Word) -> Word:
    """Where a clause begins: what joins it to another is no part of it."""
    at = word.left
    while at < word.i and (parse.words[at].tag == "CC" or not any(c.isalnum() for c in parse.words[at].text)):
        at += 1
    return parse.words[at]


def _by_rule(
    parse: Parse, known: list[Attribution], quotes: tuple[Quotation, ...], language: Language
) -> list[Attribution]:
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
    clauses = _until(parse, word)
    within = {n for clause in clauses for n in range(clause.left, clause.right + 1)}
    under = [w for w in parse.words[word.left : word.right + 1] if w.i not in within]
    return (
        not _over(parse, word)
        and bool(clauses)
        and any(w.dep == "neg" or w.lower in ("no", "never", "nothing") for w in under)
    )


def _until(parse: Parse, word: Word) -> list[Word]:
    return [
        clause
        for clause in parse.children(word.i, "advcl")
        if any(mark.lower in _HELD_BACK for mark in parse.children(clause.i, "mark"))
    ]


def _over(parse: Parse, word: Word) -> bool:
    """Whether what hung on something is past: "there was no water until the aid came"."""
    return _past(parse, word) and bool(_until(parse, word))


def _past(parse: Parse, word: Word) -> bool:
    """Whether it is told of what is over."""
    return word.tag == "VBD" or any(c.lower in _PAST for c in parse.children(word.i, "aux", "auxpass"))


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
