"""Find what stands between quotation marks, and which verb of saying it belongs to.

    paragraph --quotations--> stretches between marks
    Parse + stretches --claims--> verb -> the stretches it introduces or closes

Curly, straight and angled marks; a mark without its partner is left out of account, so one stray mark never swallows
a text. A long quotation goes on behind its verb: '"P," said X. "Q."'. Where it opens again behind the end of a
sentence, its paragraphs were pasted into one line ('"Q. "R."'): it is Q and R. Words in marks in the middle of a
sentence ("the so-called 'pause'") are part of that sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.statements.languages.language import Frame, Language
from truceline.statements.parser import Parse, Word

_OPENING, _CLOSING, _STRAIGHT = "“«„", "”»", '"'
QUOTE_MARKS = _OPENING + _CLOSING + _STRAIGHT
ENDS = tuple(".!?…")  # of a sentence
_LOW = "„"  # closed by the mark that opens elsewhere: „P“
_SHORT = re.compile(r"(?:^|\W)[A-Z][a-z]{0,2}\.$")  # "U.S.", "Gen."
_TELLER = re.compile(r"\b(?:said|says|say|added|adds|told|tells)\b", re.IGNORECASE)
_MIN_LOOSE_WORDS = 3
_SUBJECT = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Quotation:
    """What stands between two marks, offsets into the raw text, the marks left out.

    `goes_on` where no mark closed it, and the next one is the same speaker's.
    """

    start: int
    end: int
    goes_on: bool = False


def quotations(text: str, start: int, end: int, *, runs_on: bool = False) -> tuple[Quotation, ...]:
    """The quotations in a stretch of text, in order.

    Args:
        runs_on: The next paragraph opens with a mark too, so a quotation that opens last and is not closed
            runs to the end of this one.
    """
    found: list[Quotation] = []
    opened: int | None = None
    by = ""
    for at in range(start, end):
        mark = text[at]
        if mark not in _OPENING + _CLOSING + _STRAIGHT:
            continue
        opens = mark in _OPENING or (mark == _STRAIGHT and _looks_opening(text, start, at, opened is not None))
        if mark in _CLOSING and opened is None and mark == "”":
            continue
        if opens and not (mark == "“" and by == _LOW and opened is not None):
            if opened is not None and is_a_paragraph_of_its(said := text[opened:at].rstrip()):
                found.append(Quotation(opened, opened + len(said), goes_on=True))
            opened, by = at + 1, mark  # another earlier mark without its partner is dropped
        elif opened is not None:
            found.append(Quotation(opened, at))
            opened = None
    if opened is not None and runs_on:
        found.append(Quotation(opened, end))
    return tuple(quote for quote in found if text[quote.start : quote.end].strip())


def is_a_paragraph_of_its(said: str) -> bool:
    """Whether what stands between two opening marks is a paragraph of the one quotation, not the teller's after a slip.

    It begins as a sentence, ends as one, and nobody tells in it who speaks.
    """
    whole = said[:1].isupper() and said[-1:] in ENDS and not _SHORT.search(said)
    return whole and _TELLER.search(said) is None


def opens_with_mark(text: str, start: int) -> bool:
    """Whether a paragraph begins with an opening mark."""
    return start < len(text) and text[start] in _OPENING + _STRAIGHT


def _looks_opening(text: str, start: int, at: int, is_open: bool) -> bool:
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    may_open = before.isspace() or before in "([—–-:"
    may_close = after.isspace() or after in ".,;:!?)]—–-'’"
    if may_open != may_close:
        return may_open
    return not is_open


def claims(
    text: str, parse: Parse, quotes: tuple[Quotation, ...], language: Language
) -> tuple[dict[int, list[Quotation]], tuple[Quotation, ...]]:
    """Which verb of saying each quotation belongs to; and those that belong to none in this paragraph.

    Returns:
        Verb's word number to its quotations, and whole sentences in marks that no verb here claims.
    """
    verbs = [w for w in parse.words if may_quote(parse, w, language) and not _inside(quotes, w.start)]
    claimed: dict[int, list[Quotation]] = {}
    loose: list[Quotation] = []
    speaking: int | None = None
    for number, quote in enumerate(quotes):
        floor = quotes[number - 1].end if number else -1
        roof = quotes[number + 1].start if number + 1 < len(quotes) else 1 << 60
        lead = text[max(floor, parse.words[0].start) : quote.start].strip(_OPENING + _STRAIGHT + "”» \t\n\r")
        fresh = not lead or lead[-1] in ".!?…:,"
        before = _verb_before(text, verbs, floor, quote, fresh)
        after = _verb_after(text, parse, verbs, quote, roof, quotes)
        goes_on = speaking is not None and before == speaking
        verb = before if before is not None and (not goes_on or after is None) else after
        same = bool(lead) or (number > 0 and quotes[number - 1].goes_on)
        if verb is None and speaking is not None and fresh and same and len(text[quote.start : quote.end].split()) >= 2:
            verb = speaking
        if verb is not None:
            claimed.setdefault(verb, []).append(quote)
            speaking = verb
        elif fresh and len(text[quote.start : quote.end].split()) >= _MIN_LOOSE_WORDS and not lead:
            loose.append(quote)
    return claimed, tuple(loose)


def cue_of(parse: Parse, word: Word, language: Language) -> str | None:
    """The cue a verb stands for, with its particle; None for every other word."""
    if word.tag[0] != "V" or word.dep in ("amod", "aux", "auxpass", "compound"):
        return None
    for particle in parse.children(word.i, "prt", "prep", "advmod", "acomp", "ccomp", "xcomp"):
        if f"{word.lemma} {particle.lower}" in language.verbs:
            return f"{word.lemma} {particle.lower}"
    return word.lemma if word.lemma in language.verbs else None


def may_quote(parse: Parse, word: Word, language: Language) -> bool:
    """Whether a word is a verb that quotations stand with."""
    cue = cue_of(parse, word, language)
    return cue is not None and Frame.QUOTE in language.verbs[cue].frames


def _inside(quotes: tuple[Quotation, ...], at: int) -> bool:
    return any(quote.start <= at < quote.end for quote in quotes)


def _verb_before(text: str, verbs: list[Word], floor: int, quote: Quotation, fresh: bool) -> int | None:
    for verb in reversed(verbs):
        if verb.start < floor or verb.end > quote.start:
            continue
        gap = text[verb.end : quote.start - 1].strip()
        if re.search(r"[.!?…]\s", gap + " ") or len(gap.split()) > 14:
            return None
        capital = text[quote.start : quote.start + 1].isupper()
        if fresh and gap[-1:] in (":", ",") and (capital or gap[-1:] == ":"):
            return verb.i
        return verb.i if not gap and capital else None
    return None


def _verb_after(
    text: str, parse: Parse, verbs: list[Word], quote: Quotation, roof: int, quotes: tuple[Quotation, ...]
) -> int | None:
    """The first verb behind a quotation, where it opens the words behind it: '," said X', '," X said'."""
    tail = text[quote.start : quote.end].rstrip()[-1:] + text[quote.end + 1 : quote.end + 2]
    if not any(mark in ",.!?…—–-" for mark in tail):
        return None
    for verb in verbs:
        if verb.start < quote.end or verb.end > roof:
            continue
        gap = text[quote.end + 1 : verb.start].strip(" ,")
        if re.search(r"[.!?]\s+[A-Z]", re.sub(r"\b[A-Z][a-z]{0,3}\.", "", gap)) or len(gap.split()) > 25:
            return None
        subjects = [s for s in parse.children(verb.i, *_SUBJECT) if not _inside(quotes, s.start)]
        opens = any(text[quote.end + 1 : parse.words[s.left].start].strip(" ,") == "" for s in subjects)
        return verb.i if not gap or opens or len(gap.split()) <= 4 else None
    return None
