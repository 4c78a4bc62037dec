"""One statement in the making, and the questions a story asks of it: how deep, in whose words, how sure, which root.

Attribution + Piece + Speaker --Unit--> Statement
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from truceline.statements.attribution import Attribution
from truceline.statements.clean import plain
from truceline.statements.content import Piece
from truceline.statements.introductions import Speaker
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse
from truceline.statements.saying_time import Said
from truceline.statements.side import Reading
from truceline.statements.statement import Confidence, Position, Span, Statement, stable_id

MAX_HOLE = 120  # characters
_MIN_ROOT_WORDS = 8
_EVEN = 0.5  # a learned position less likely than this is of low confidence
_NOBODY = frozenset({"neither", "nobody", "none", "no", "nor"})


@dataclass
class Unit:
    """A statement made, with what its children need to know of it."""

    statement: Statement
    attribution: Attribution
    piece: Piece
    speaker: Speaker
    said: Said


def without_silences(text: str, attributions: list[Attribution]) -> list[Attribution]:
    """Each piece up to where its teller falls silent: ", and did not elaborate" is no part of what was said."""
    silent = [a.cue[0][0] for a in attributions if a.act is Act.NO_COMMENT and a.note.startswith("not ") and a.cue]
    return [
        replace(one, pieces=tuple(_before(text, piece, silent) for piece in one.pieces))
        if one.act is not Act.NO_COMMENT and one.cue
        else one
        for one in attributions
    ]


def _before(text: str, piece: Piece, silent: list[int]) -> Piece:
    start, end = piece.spans[-1]
    for at in silent:
        joint = re.search(r"[\s,]+(?:and|but)\s+(?:\w+\s+)?$", text[start:at]) if start < at < end else None
        if joint is not None and joint.start() > 0:
            return replace(piece, spans=(*piece.spans[:-1], (start, start + joint.start())))
    return piece


def sentence(words: Parse, attribution: Attribution) -> int:
    return words.words[attribution.verb].sentence


def depth(attribution: Attribution, others: list[Attribution]) -> int:
    at = attribution.cue[0][0]
    return sum(1 for other in others if other is not attribution and any(p.covers(at) for p in other.pieces))


def doubt_over(words: Parse, outer: Attribution, inner: Attribution) -> str:
    """What keeps it open whether something told inside a statement was said at all; empty where nothing does.

    Who tells of "Norland's claim that P" takes it for made, also by saying that it could not be verified.
    """
    made = words.words[inner.verb].tag[0] == "N"
    return outer.doubt or ("not said" if outer.negations % 2 and not made else "")


def innermost(units: list[Unit], attribution: Attribution) -> Unit | None:
    at = attribution.cue[0][0]
    around = [unit for unit in units if unit.attribution is not attribution and unit.piece.covers(at)]
    around = [unit for unit in around if not unit.piece.anaphor]
    return min(around, key=lambda unit: unit.piece.length) if around else None


def cue_clause(words: Parse, attribution: Attribution, others: list[Attribution]) -> str:
    """The words of the sentence around a cue, without anything that was said in it."""
    verb = words.words[attribution.verb]
    begin, past = words.sentences[verb.sentence]
    top = words.words[attribution.top]
    if top.left > begin and top.dep in ("ccomp", "conj", "relcl", "advcl"):
        begin, past = max(begin, top.left), min(past, top.right + 1)
    at = attribution.cue[0][0]
    said = [p for other in others for p in other.pieces if other is attribution or not p.covers(at)]
    kept = [word.text for word in words.words[begin:past] if not any(piece.covers(word.start) for piece in said)]
    return " ".join(kept)


def root(text: str, words: Parse, attribution: Attribution, piece: Piece) -> str:
    """Copies of one text share the sentence; a long quotation is one testimony wherever it is printed."""
    said = plain(" ".join(text[a:b] for a, b in piece.spans))
    if attribution.quoted and len(said.split()) >= _MIN_ROOT_WORDS:
        return stable_id("quotation", said)
    begin, past = words.sentences[words.words[attribution.verb].sentence]
    sentence = plain(text[words.words[begin].start : words.words[past - 1].end])
    return stable_id("sentence", sentence, plain(" ".join(text[a:b] for a, b in attribution.cue)), said)


def quoted(text: str, attribution: Attribution, piece: Piece) -> str:
    if attribution.quoted:
        return "direct"
    return "mixed" if any(mark in text[a:b] for a, b in piece.spans for mark in '"“”«»') else "indirect"


def confidence(speaker: Speaker, reading: Reading, attribution: Attribution) -> Confidence:
    if reading.position is Position.UNCLEAR or speaker.how in ("none", "carried") or not speaker.name:
        return Confidence.LOW
    if speaker.kind == "unknown" and attribution.act not in (Act.ASSERT, Act.REPORT):
        return Confidence.LOW
    if reading.chance is not None:
        return Confidence.LOW if reading.chance < _EVEN else Confidence.MODERATE
    if speaker.how != "named" or (speaker.label is None and speaker.kind != "medium") or attribution.doubt:
        return Confidence.MODERATE
    return Confidence.HIGH


def names_nobody(text: str, source: tuple[Span, ...]) -> bool:
    """Whether the subject itself is negated ("Neither side has denied it"): then nobody has said anything."""
    if not source:
        return False
    start, end = source[0]
    before = text[max(0, start - 12) : start].split()
    return text[start:end].split()[0].casefold() in _NOBODY or (bool(before) and before[-1].casefold() in _NOBODY)


def sided(speaker: Speaker) -> bool:
    """'Both parties', 'each side': speakers who have a side, whichever it is."""
    return bool(
        re.search(r"\b(?:both|each|either|two)\b.*\b(?:side|part|arm|camp|capital)", speaker.name, re.IGNORECASE)
    )


def monitors(speaker: Speaker, language: Language) -> bool:
    return bool({w.casefold() for w in re.findall(r"[\w’'-]+", f"{speaker.name} {speaker.role}")} & language.monitors)


def half(unit: Unit, language: Language) -> str:
    """Which half of a neither an unclear statement is, by the rule that made it; empty for all others."""
    found = re.match(r"does not (\w+)", unit.statement.reason)
    if unit.statement.position is not Position.UNCLEAR or found is None:
        return ""
    return "deny" if found[1] in language.denying else "confirm" if found[1] in language.confirming else ""


def only_terms(attribution: Attribution, others: list[Attribution]) -> bool:
    """Terms nobody is quoted with count only outside everybody's words."""
    if attribution.act is not Act.ACCEPT or attribution.modal not in ("will", "would"):
        return False
    at = attribution.cue[0][0]
    return any(p.covers(at) for other in others if other is not attribution for p in other.pieces)


def sentence_of(words: Parse, unit: Unit) -> int:
    return (
        words.words[unit.attribution.verb].sentence
        if unit.piece.head is None
        else words.words[unit.piece.head].sentence
    )


def subject_ahead(words: Parse, attribution: Attribution) -> int | None:
    """Who speaks in 'A is ready to sign, it said': the subject of what was said, where a pronoun follows it."""
    if attribution.subject is None or attribution.quoted or attribution.act is not Act.ASSERT:
        return None
    who = words.words[attribution.subject]
    head = attribution.pieces[0].head if attribution.pieces else None
    if who.lower not in ("it", "he", "she", "they") or head is None or head > who.i:
        return None
    subject = next(iter(words.children(head, "nsubj", "nsubjpass")), None)
    return subject.i if subject is not None and subject.tag[0] == "N" else None


def with_condition(text: str, words: Parse, attribution: Attribution, piece: Piece, language: Language) -> Piece:
    """The piece with the condition that stands behind it in the sentence: the words of a condition belong to it."""
    last = max(end for _, end in piece.spans)
    inside = " ".join(text[a:b] for a, b in piece.spans)
    if language.shapes.condition.search(inside):
        return piece
    _, past = words.sentences[sentence(words, attribution)]
    end = words.words[past - 1].end
    found = language.shapes.condition.search(text, last, end) if last < end else None
    if found is None or any(a <= found.start() < b for a, b in (*attribution.source, *attribution.cue)):
        return piece
    while end > found.start() and text[end - 1] in " .,;:!?\"”»'":
        end -= 1
    return replace(piece, spans=(*piece.spans, (found.start(), end)))


def joined(attribution: Attribution, piece: Piece) -> Piece:
    """The piece without holes: what stands between two spans is part of it, unless the cue or the source does."""
    spans = list(piece.spans[:1])
    for start, end in piece.spans[1:]:
        before = spans[-1][1]
        apart = any(before <= a < start for a, _ in (*attribution.cue, *attribution.source))
        if piece.anaphor or apart or start < before or start - before > MAX_HOLE:
            spans.append((start, end))
        else:
            spans[-1] = (spans[-1][0], end)
    return replace(piece, spans=tuple(spans))
