"""Read a language without a parser: sentence by sentence, by cues and stems, one speaker a sentence.

    Document + Lexicon --read_lexically--> Statements

A first version, and honest about it: no pronouns, no nesting, confidence never above moderate. A sentence in which no
cue is found gives nothing. Names of parties are found by the case's aliases; where an alias ends in `*`, whatever
ending follows. Start at `read_lexically`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from truceline.feeds.record import Document
from truceline.spacetime import local_day
from truceline.statements.clean import Kind, divide, plain
from truceline.statements.directory import Directory
from truceline.statements.languages.lexicon import Lexicon
from truceline.statements.saying_time import Said
from truceline.statements.statement import Confidence, Position, Span, Statement, stable_id
from truceline.terms.party import Origin

MAX_SENTENCE_CHARS = 1_500
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…]+(?=[\s»”\"]|$)[»”\"]?(?:,?\s*[–—-]\s*[^.!?…\n]+[.!?…]*)?|\n|$)")
_QUOTE = re.compile(r"[«„“\"](?P<said>[^«»„“”\"]{2,600})[»“”\"]")
_EDGE = " \t\r\n.,;:!?–—-«»„“”\"'"


@dataclass(frozen=True)
class _Reading:
    position: Position
    cue: Span
    content: Span
    reason: str


def read_lexically(document: Document, directory: Directory, lexicon: Lexicon, zone: ZoneInfo) -> list[Statement]:
    """The statements of a document, in the order of the text."""
    text = document.text
    paragraphs = divide(text)
    bodies = [p for p in paragraphs if p.kind is Kind.BODY] or [p for p in paragraphs if p.kind is Kind.TITLE]
    found = []
    for paragraph in bodies:
        for start, end in _sentences(text, paragraph.start, paragraph.end):
            reading = _read(text, start, end, lexicon, directory)
            if reading is not None:
                found.append(_statement(document, directory, lexicon, zone, (start, end), reading))
    return found


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _SENTENCE.finditer(text, start, end):
        span = _trimmed(text, match.start(), match.end(), " \t\r\n")
        if span is not None and span[1] - span[0] <= MAX_SENTENCE_CHARS:
            yield span


def _trimmed(text: str, start: int, end: int, edge: str = _EDGE) -> Span | None:
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return (start, end) if start < end else None


def _read(text: str, start: int, end: int, lexicon: Lexicon, directory: Directory) -> _Reading | None:
    """The position of a sentence: the fixed shapes first, then the acts, then what is said under a verb of saying."""
    quote = _QUOTE.search(text, start, end)
    for position, shape, reason in (
        (Position.NEITHER_CONFIRMS_NOR_DENIES, lexicon.neither, "confirm and deny, both negated"),
        (Position.NO_COMMENT, lexicon.no_comment, "refuses to speak"),
        (Position.UNCLEAR, lexicon.halves, "only one half, or hedged"),
    ):
        if match := shape.search(text, start, end):
            return _made(text, start, end, position, match.span(), quote, lexicon, reason)
    condition = lexicon.conditions.search(text, start, end)
    saying = lexicon.saying.search(
        text, quote.end() if quote is not None and quote.start() <= start + 1 else start, end
    )
    outside = [] if quote is None else [(quote.start(), quote.end())]
    for position, shape in lexicon.acts:
        match = next(
            (m for m in shape.finditer(text, start, end) if not any(a <= m.start() < b for a, b in outside)), None
        )
        if match is None or (saying is not None and saying.start() < match.start()):
            continue
        if condition is not None and position in (Position.ACCEPTS, Position.PROMISES, Position.REJECTS):
            return _made(text, start, end, Position.CONDITIONS, match.span(), quote, lexicon, condition.group(0))
        if position is Position.ACKNOWLEDGES and lexicon.partly.search(text, start, end):
            position = Position.ACKNOWLEDGES_IN_PART
        return _made(text, start, end, position, match.span(), quote, lexicon, match.group(0))
    if saying is None:
        return None
    said = _made(text, start, end, Position.ASSERTS, saying.span(), quote, lexicon, "plain words")
    return _of_content(text, start, said, lexicon, directory, condition is not None)


def _of_content(
    text: str, start: int, said: _Reading, lexicon: Lexicon, directory: Directory, conditional: bool
) -> _Reading:
    a, b = said.content
    words = text[a:b]
    named = [m for m in directory.find(text, a, b) if m.label is not None]
    source = _source(text, start, said)
    own = _label(directory, text, source)
    another = next((m.label for m in named if m.label != own), None)
    source_words = "" if source is None else text[source[0] : source[1]]
    position, reason = Position.ASSERTS, "plain words"
    if conditional and lexicon.conditions.search(words):
        position, reason = Position.CONDITIONS, "only under a condition"
    elif lexicon.denied.search(words) and (another is None or not lexicon.harmful.search(words)):
        position, reason = Position.DENIES, "its own act, negated"
    elif lexicon.ours.search(words):
        position, reason = Position.PROMISES, "the first person of what is to come"
    elif another is not None and lexicon.ahead.search(words):
        position, reason = Position.PREDICTS, "of what another will do"
    elif another is not None and lexicon.harmful.search(words):
        position, reason = Position.ACCUSES, "another's act"
    elif another is None and lexicon.admitted.search(words) and own is not None:
        position, reason = Position.ACKNOWLEDGES, "its own act"
    if own is None and lexicon.media.search(source_words) and position in (Position.ASSERTS, Position.ACCUSES):
        position, reason = Position.REPORTS, f"a medium passes on ({reason})"
    return _Reading(position, said.cue, said.content, reason)


def _made(
    text: str,
    start: int,
    end: int,
    position: Position,
    cue: Span,
    quote: re.Match[str] | None,
    lexicon: Lexicon,
    reason: str,
) -> _Reading:
    """A reading with its extent: the quotation, the clause behind "that", what follows the cue, else what precedes."""
    whole = _trimmed(text, start, end) or (start, end)
    if quote is not None and len(quote["said"].split()) > 1:
        content = quote.span("said")
    elif (that := lexicon.that.search(text, cue[1], end)) is not None and that.start() - cue[1] < 40:
        content = (that.start(), end)
    elif end - cue[1] > 4 and text[cue[1] : end].strip(_EDGE):
        content = (cue[1], end)
    else:
        content = (start, cue[0])
    before = text.rfind(",", start, cue[0])
    if quote is None and before > start and position is Position.ASSERTS and not lexicon.that.search(text, cue[1], end):
        content = (start, before)  # "P, said X"
    return _Reading(position, cue, _trimmed(text, *content) or whole, reason)


def _source(text: str, start: int, said: _Reading) -> Span | None:
    """What stands before the cue, or behind it where the content comes first."""
    cue, content = said.cue, said.content
    if content[0] < cue[0]:
        end = min((n for n in (text.find(mark, cue[1]) for mark in ".!?\n") if n >= 0), default=len(text))
        return _trimmed(text, cue[1], end)
    return _trimmed(text, start, cue[0])


def _label(directory: Directory, text: str, source: Span | None) -> str | None:
    if source is None:
        return None
    return next((m.label for m in directory.find(text, *source) if m.label is not None), None)


def _statement(
    document: Document, directory: Directory, lexicon: Lexicon, zone: ZoneInfo, sentence: Span, reading: _Reading
) -> Statement:
    text = document.text
    source = _source(text, sentence[0], reading)
    party = _label(directory, text, source)
    if party is None and reading.position is not Position.REPORTS:
        party = _label(directory, text, (sentence[0], reading.cue[0])) if reading.cue[0] > sentence[0] else None
    others = [m.label for m in directory.find(text, *reading.content) if m.label not in (None, party)]
    between = [m.label for m in directory.find(text, reading.cue[1], sentence[1]) if m.label not in (None, party)]
    about = next(iter([*others, *between]), party)
    if reading.position in (Position.DENIES, Position.ACKNOWLEDGES, Position.ACKNOWLEDGES_IN_PART, Position.PROMISES):
        about = party
    medium = party is None and source is not None and lexicon.media.search(text, *source) is not None
    said = _said(text, sentence, document, lexicon, zone)
    words = text[reading.content[0] : reading.content[1]]
    return Statement(
        id=stable_id(document.id, (source,) if source else (), (reading.cue,), (reading.content,)),
        parent=None,
        document=document.id,
        feed=document.feed,
        entry=document.entry,
        root=stable_id("sentence", plain(text[sentence[0] : sentence[1]])),
        source=() if source is None else (source,),
        cue=(reading.cue,),
        content=(reading.content,),
        speaker="" if source is None else " ".join(text[source[0] : source[1]].split()),
        role="",
        party=party,
        about_party=about,
        position=reading.position,
        proposition=plain(words),
        said_at=said.when,
        said_at_basis=said.basis,
        confidence=Confidence.LOW if party is None or reading.position is Position.UNCLEAR else Confidence.MODERATE,
        origin=Origin.PARTY if party is not None else Origin.THIRD_PARTY if medium else Origin.UNKNOWN,
        text=words,
        quoted="direct" if text[reading.content[0] - 1 : reading.content[0]] in ("«", "„", "“", '"') else "indirect",
        qualifiers=(),
        reason=f"by lexicon ({lexicon.code}): {reading.reason}",
    )


def _said(text: str, sentence: Span, document: Document, lexicon: Lexicon, zone: ZoneInfo) -> Said:
    published = document.published
    words = text[sentence[0] : sentence[1]].casefold()
    named = next((day for day in lexicon.weekdays if re.search(rf"\b[ву]о?\s+{day}\b", words)), "")
    if published is None:
        return Said(
            None,
            f"weekday {named}, date of the text not known" if named else "no day named, date of the text not known",
        )
    day = published - timedelta(days=(published.weekday() - lexicon.weekdays.index(named)) % 7) if named else published
    told = (
        f"weekday {named}, the last on or before publication on {published}"
        if named
        else f"no day named: day of publication, {published}"
    )
    return Said(local_day(day, zone), told, named, day)
