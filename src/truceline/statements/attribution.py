"""Who said what: dependency rules from words to source, cue and content.

    Parse + quotations --attribute--> Attributions, each with one Piece for every clause or sentence said

In: one parsed paragraph. Out: spans into the raw text and word numbers into the parse; no opinion yet
about position or speaker. Nesting is geometry: an attribution whose cue lies in a piece of another
stands inside it. Start at `attribute`; every `_from_...` rule is one way in which content hangs on a cue.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from truceline.statements import neither
from truceline.statements.clause import answers, not_yet, teller
from truceline.statements.content import (
    Piece,
    content_of,
    noun_content,
    noun_span,
    runs,
    sentences_of,
    span_under,
    spans_of,
    trim,
)
from truceline.statements.languages.language import Act, Frame, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import Quotation, claims, cue_of
from truceline.statements.statement import Span

# What stands above an act without putting it in doubt: "has been unable to", "continued to".
_LIGHT = frozenset({"be", "have", "do", "continue", "begin", "able", "go", "vote", "decide"})


@dataclass(frozen=True)
class Attribution:
    """Words that say that somebody said something.

    Attributes:
        verb: The cue's word number; `top` the finite verb above it ("was" of "was unable to confirm").
        subject: Word number of the source's head, None where nobody is named.
        about: Word number of the one accused or urged, where the frame names one.
        negations: How many negations stand over the cue.
        doubt: Why the act itself may not have taken place ("whether", "might"), or empty.
    """

    act: Act
    verb: int
    top: int
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    subject: int | None
    pieces: tuple[Piece, ...]
    negations: int = 0
    modal: str = ""
    doubt: str = ""
    about: int | None = None
    quoted: bool = False
    note: str = ""


def attribute(
    text: str, parse: Parse, quotes: tuple[Quotation, ...], language: Language
) -> tuple[list[Attribution], tuple[Quotation, ...]]:
    """All attributions of a paragraph in the order of their cues, and quotations no verb here claims."""
    if not parse.words:
        return [], ()
    pairs = neither.find(parse, language)
    paired = {number for pair in pairs for number in (pair.first, pair.last)}
    governing = {n for pair in pairs for n in neither.governors(parse, pair.first)} if pairs else set()
    claimed, loose = claims(text, parse, quotes, language)
    found = [_from_pair(parse, pair, language) for pair in pairs]
    for word in parse.words:
        if word.i in paired or (word.i in governing and word.lemma in language.refusals):
            continue
        direct = claimed.get(word.i, [])
        attribution = _from_verb(parse, word, direct, quotes, language)
        if attribution is None or not attribution.pieces:
            attribution = (
                _from_according(parse, word)
                or _from_silence(parse, word, language)
                or _from_open(parse, word, language)
            )
        if attribution is not None:
            found.append(attribution)
    whole = [a for a in found if a is not None and a.pieces]
    return sorted(whole, key=lambda a: (a.cue, a.verb)), loose


def _from_verb(
    parse: Parse, word: Word, direct: list[Quotation], quotes: tuple[Quotation, ...], language: Language
) -> Attribution | None:
    lemma = cue_of(parse, word, language)
    if lemma is None:
        return None
    cue = language.verbs[lemma]
    chain = neither.governors(parse, word.i)
    above = [parse.words[n].lemma for n in _above(parse, chain)]
    if any(n not in _LIGHT | language.refusals or n in ("refuse", "decline") for n in above):
        return None
    act, note, about = cue.act, lemma, None
    if lemma == "accuse" and any(p.lower == "of" and p.i == word.i + 1 for p in parse.children(word.i, "prep")):
        return None  # "A accused of P": nobody says who accuses
    if direct and Frame.QUOTE in cue.frames:
        pieces = tuple(p for quote in direct for p in sentences_of(parse, quote.start, quote.end))
    else:
        pieces, about = content_of(parse, word, cue.frames, act, language)
    if not pieces and (noun := noun_content(parse, word, language)) is not None:
        act, pieces, note = noun
    if lemma == "ask" and any(p.head is not None and _questioned(parse, p.head, language) for p in pieces):
        return None  # who is asked whether P, or to confirm or deny it, has not answered yet
    refused = _refusal(parse, word, act, pieces, language)
    if refused is not None:
        act = refused
    if act is Act.DENY and _denied_access(parse, word, language):
        return None
    subject, passive = subject_of(parse, chain)
    if (
        subject is None
        and not direct
        and (act not in (Act.ASSERT, Act.REPORT) or (passive and Frame.OBJECT in cue.frames))
    ) and not _impersonal(parse, word, act, language):
        return None  # "justice denied": nobody speaks
    return built(parse, word, chain, act, pieces, subject, language, about=about, quoted=bool(direct), note=note)


def _questioned(parse: Parse, head: int, language: Language) -> bool:
    marks = {c.lower for c in parse.children(head, "mark", "advmod")}
    return bool(marks & {"whether", "if", "why", "how", "when"}) or parse.words[head].lemma in language.confirming


def _from_pair(parse: Parse, pair: neither.Pair, language: Language) -> Attribution | None:
    chain = neither.governors(parse, pair.first)
    if pair.negations == 0 and _above(parse, chain):
        return None  # "was asked to confirm or deny": nobody has answered yet
    subject, _ = subject_of(parse, chain)
    heads = [
        child
        for number in (pair.first, pair.last)
        for child in parse.children(number, "ccomp", "dobj", "xcomp", "advcl", "nsubjpass", "acl")
        if child.i not in (pair.first, pair.last) and (child.i > pair.first or child.dep == "nsubjpass")
        if child.dep != "advcl" or any(c.lower in ("if", "whether") for c in parse.children(child.i, "mark"))
    ]
    words = sorted({pair.first, pair.last, *pair.marks, *range(pair.first, pair.last + 1)})
    if pair.last - pair.first > 4:
        words = sorted({pair.first, pair.last, *pair.marks})
    heads = [h for h in heads if h.tag != "PRP"] or heads
    pieces = tuple(
        Piece((span,), h.i) for h in heads[-1:] if (span := span_under(parse, h, pair.last, language)) is not None
    )
    if not pieces:
        span = trim([parse.words[n] for n in range(words[0], words[-1] + 1)])
        pieces = (Piece((span,), None),) if span else ()
    if pair.nouns and subject is None:
        subject = _from_phrase(parse, pair)
    whole = built(parse, parse.words[pair.first], chain, Act.NEITHER, pieces, subject, language, note="confirm, deny")
    return replace(whole, cue=spans_of(parse, [*words, *_helpers(parse, chain)]), negations=pair.negations)


def _from_according(parse: Parse, word: Word) -> Attribution | None:
    """'According to X, P' and 'P, according to X'; 'by X's count, P'."""
    if word.lower not in ("according", "by") or word.head == word.i:
        return None
    to = next((c for c in parse.children(word.i, "prep") if c.lower == "to"), None)
    source = next(iter(parse.children(to.i, "pobj")), None) if to else None
    if word.lower == "by":
        to = next(
            (c for c in parse.children(word.i, "pobj") if c.lemma in ("count", "account", "tally", "reckoning")), None
        )
        source = next(iter(parse.children(to.i, "poss")), None) if to else None
    if to is None or source is None:
        return None
    head = parse.words[word.head]
    top = next((a for a in parse.ancestors(word.i) if a.tag[0] == "V" and a.dep != "amod"), head)
    numbers = [n for n in parse.subtree(top.i) if not word.left <= n <= word.right]
    spans = tuple(s for run in runs(numbers) if (s := trim([parse.words[n] for n in run])) is not None)
    return Attribution(
        act=Act.ASSERT,
        verb=word.i,
        top=word.i,
        cue=spans_of(parse, [word.i, to.i]),
        source=noun_span(parse, source.i),
        subject=source.i,
        pieces=(Piece(spans, top.i),) if spans else (),
        note="according to",
    )


def _from_silence(parse: Parse, word: Word, language: Language) -> Attribution | None:
    """'would not comment', 'had no comment', 'did not respond to a request for comment', 'would not say whether P'."""
    if word.tag[0] not in "VN":
        return None
    if word.lemma == "comment" and word.tag[0] == "N":
        holder = parse.words[word.head]
        if not any(c.lower == "no" for c in parse.children(word.i, "det")) or word.dep != "dobj":
            return None
        subject, _ = subject_of(parse, [holder.i])
        span = span_under(parse, word, holder.i, language)
        pieces = (Piece((span,), None),) if span else ()
        return built(parse, holder, [holder.i], Act.NO_COMMENT, pieces, subject, language, note="no comment")
    if not answers(parse, word):
        return None
    chain = neither.governors(parse, word.i)
    marks = neither.negations(parse, chain, language) or not_yet(parse, chain)
    if len(marks) != 1 or any(parse.words[n].lemma in ("refuse", "decline") for n in chain[1:]):
        return None
    subject, _ = subject_of(parse, chain)
    if (told := teller(parse, word, language)) is not None:
        subject = told
    if subject is None:
        return None
    first = min(marks[0], *_helpers(parse, chain), word.i)
    span = trim([parse.words[n] for n in range(first, word.right + 1)])
    pieces = (Piece((span,), None),) if span else ()
    return built(parse, word, chain, Act.NO_COMMENT, pieces, subject, language, note=f"not {word.lemma}")


def _from_open(parse: Parse, word: Word, language: Language) -> Attribution | None:
    """'is open to V-ing': less than an acceptance."""
    if word.lower != "open" or word.dep != "acomp" or parse.words[word.head].lemma != "be":
        return None
    to = next((p for p in parse.children(word.i, "prep") if p.lower == "to"), None)
    head = next(iter(parse.children(to.i, "pcomp", "pobj")), None) if to is not None else None
    if to is None or head is None:
        return None
    subject, _ = subject_of(parse, [word.head])
    span = span_under(parse, head, to.i, language)
    pieces = (Piece((span,), head.i),) if span else ()
    return built(parse, word, [word.i, word.head], Act.OPEN, pieces, subject, language, note="open to")


def _refusal(parse: Parse, word: Word, act: Act, pieces: tuple[Piece, ...], language: Language) -> Act | None:
    """Refusing to comment is silence, refusing an offer a rejection."""
    if act is not Act.REFUSE:
        return None
    heads = {parse.words[p.head].lemma for p in pieces if p.head is not None}
    return Act.NO_COMMENT if heads & (language.silence | {"comment", "draw", "address"}) else Act.REJECT


def _denied_access(parse: Parse, word: Word, language: Language) -> bool:
    """Reporters were denied access; but a right that somebody denies is a claim denied."""
    roles = ("dobj", "dative", "oprd") if parse.children(word.i, "agent") else ("dobj", "dative", "oprd", "nsubjpass")
    return any(c.lemma in language.access_nouns for c in parse.children(word.i, *roles))


def _impersonal(parse: Parse, word: Word, act: Act, language: Language) -> bool:
    """'it was agreed that P', 'the offer has not been accepted': somebody did it, and is not named."""
    if act in (Act.ASSERT, Act.REPORT, Act.OTHER) or not parse.children(word.i, "auxpass"):
        return False
    offers = language.anaphors | language.breach_objects | language.accusations | language.offers
    things = parse.children(word.i, "nsubjpass")
    return any(t.lemma in offers or (t.lower == "it" and parse.children(word.i, "ccomp", "xcomp")) for t in things)


def built(
    parse: Parse,
    word: Word,
    chain: list[int],
    act: Act,
    pieces: tuple[Piece, ...],
    subject: int | None,
    language: Language,
    *,
    about: int | None = None,
    quoted: bool = False,
    note: str = "",
) -> Attribution:
    """An attribution with what stands over its verb: negations, modal, doubt. `chain`: the verb and its governors."""
    # "Absolutely not," she replied: a negation inside the quotation is no negation of the reply.
    inside = [p for p in pieces if quoted]
    marks = tuple(
        n for n in neither.negations(parse, chain, language) if not any(p.covers(parse.words[n].start) for p in inside)
    )
    refused = {n for n in chain[1:] if parse.words[n].lemma in language.refusals}
    particles = [c.i for c in parse.children(word.i, "prt")]
    # A finite second verb has its own helpers: "could not confirm P but denied Q".
    shared = chain[: _first_joint(parse, chain)] if word.tag in ("VBD", "VBZ", "VBP") else chain
    modal = next((c.lower for n in shared for c in parse.children(n, "aux") if c.tag == "MD"), "")
    source = noun_span(parse, subject) if subject is not None else ()
    return Attribution(
        act=act,
        verb=word.i,
        top=shared[-1],
        cue=spans_of(parse, [word.i, *particles, *_helpers(parse, shared), *marks, *refused]),
        source=source,
        subject=subject,
        pieces=tuple(p for p in pieces if not source or p.spans != source),
        negations=len(marks),
        modal=modal,
        doubt=_charged(parse, word) or _doubt(parse, chain[-1]),
        about=about,
        quoted=quoted,
        note=note,
    )


def _first_joint(parse: Parse, chain: list[int]) -> int:
    return next((place + 1 for place, n in enumerate(chain) if parse.words[n].dep == "conj"), len(chain))


def _helpers(parse: Parse, chain: list[int]) -> list[int]:
    return [c.i for n in chain for c in parse.children(n, "aux", "auxpass", "neg") if c.tag != "TO"]


def _above(parse: Parse, chain: list[int]) -> list[int]:
    """The governors that are more than coordination and small words."""
    above = []
    for below, number in itertools.pairwise(chain):
        if parse.words[below].dep in ("conj", "prep") or parse.words[number].tag == "IN":
            continue
        above.append(number)
    return above


_CHARGES = frozenset({"accuse", "charge", "convict", "suspect"})


def _charged(parse: Parse, verb: Word) -> str:
    """Another says that it was said: "was accused of denying P"."""
    of = parse.words[verb.head]
    charge = parse.words[of.head]
    return f"{charge.lower} of" if verb.dep == "pcomp" and of.lower == "of" and charge.lemma in _CHARGES else ""


def _doubt(parse: Parse, top: int) -> str:
    """The word that puts a whole clause in doubt: whether P, if P, unless P."""
    word = parse.words[top]
    for _ in range(3):
        for mark in parse.children(word.i, "mark"):
            if mark.lower in ("whether", "if", "unless"):
                return mark.lower
        if word.dep != "conj":
            break
        word = parse.words[word.head]
    return ""


_ASKED = frozenset({"ask", "draw", "press", "question"})


def subject_of(parse: Parse, chain: list[int]) -> tuple[int | None, bool]:
    """Who acts: the subject, of a passive the agent, of "noting that" the subject above. And whether it is passive.

    Who is asked, or will not be drawn, speaks on: "A would not be drawn, noting that P".
    """
    number = chain[0]
    links = list(chain)
    for _ in range(8):
        for link in links:
            by = next((p for p in parse.children(link, "agent")), None)
            below, above = parse.words[number], parse.words[link]
            if below.dep == "advcl" and below.tag == "VBG" and below.head == link and above.lemma in _ASKED:
                return next((c.i for c in parse.children(link, "nsubjpass")), None), False
            if parse.children(link, "nsubjpass", "auxpass") or (by is not None and parse.words[link].tag == "VBN"):
                return (next((c.i for c in parse.children(by.i, "pobj")), None) if by is not None else None), True
            subject = next(iter(reversed(parse.children(link, "nsubj"))), None)
            if subject is not None:
                return _who(parse, subject, parse.words[link]), False
            if (name := _odd_name(parse, parse.words[link])) is not None:
                return name, False
        number = links[-1]
        word = parse.words[number]
        if word.head == word.i:
            return None, False
        if word.dep == "relcl":
            return word.head, False
        if word.dep == "acl" and word.tag == "VBG":
            return word.head, False
        if word.dep not in ("advcl", "conj", "xcomp", "dep", "pcomp", "prep", "ccomp", "acl", "dobj"):
            return None, False
        links = [neither.joined_above(parse, word)]
    return None, False


def _odd_name(parse: Parse, verb: Word) -> int | None:
    """A name the tree took for an adverb: 'Norhaven accused'."""
    if verb.tag not in ("VBD", "VBZ", "VBP"):
        return None
    odd = [
        c
        for c in parse.children(verb.i, "advmod", "npadvmod", "dep", "nmod")
        if c.tag in ("NNP", "NNPS") and c.i < verb.i
    ]
    return odd[-1].i if odd else None


def _who(parse: Parse, subject: Word, verb: Word) -> int:
    """The noun behind "who" and "which"."""
    return verb.head if subject.lower in ("who", "which", "that") and verb.dep == "relcl" else subject.i


def _from_phrase(parse: Parse, pair: neither.Pair) -> int | None:
    """'no confirmation or denial from X'."""
    for number in (pair.last, pair.first):
        for prep in parse.children(number, "prep"):
            if prep.lower in ("from", "by"):
                return next((c.i for c in parse.children(prep.i, "pobj")), None)
    return None
