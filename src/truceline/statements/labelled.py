"""Statements a person transcribed and labelled: the label is theirs, the mapping to positions is ours.

    Quote --POSITIONS--> Statement (source and cue empty, content the whole quotation), Tallies

The pilot label "neither" covers both no comment and no attribution (its own description), so what it
says of a position cannot be told: it becomes `unclear`, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from truceline.feeds.record import Quote
from truceline.spacetime import When, local_day
from truceline.statements.content import Piece
from truceline.statements.languages import LANGUAGES
from truceline.statements.parser import MAX_PARAGRAPH_CHARS, parse
from truceline.statements.statement import Confidence, Position, Statement, Statements, Tally
from truceline.statements.tallies import as_tally, tallies_in
from truceline.terms.party import Origin

POSITIONS: dict[str, Position] = {
    "allege": Position.ACCUSES,
    "deny": Position.DENIES,
    "confirm": Position.ACKNOWLEDGES,
    "neither": Position.UNCLEAR,
    "observe": Position.REPORTS,
    "reaffirm": Position.ASSERTS,
}
_CLAIMS = frozenset({Position.ACCUSES, Position.ACKNOWLEDGES, Position.ASSERTS})


def with_labelled(found: Statements, quotes: Iterable[Quote], zone: ZoneInfo) -> Statements:
    """What was read in texts, and what a person labelled, together; numbers a party claims become tallies.

    A quotation is dated by the day it was published, for nothing else is known.
    """
    labelled = tuple(_statement(quote, zone) for quote in quotes)
    tallies: list[Tally] = []
    too_long: list[tuple[str, str]] = []
    for statement in labelled:
        if len(statement.text) > MAX_PARAGRAPH_CHARS:
            too_long.append((statement.document, f"a quotation of {len(statement.text)} characters was not searched"))
        elif statement.party is not None and statement.position in _CLAIMS:
            tallies += _tallies(statement)
    return Statements((*found.statements, *labelled), (*found.tallies, *tallies), (*found.skipped, *too_long))


def _statement(quote: Quote, zone: ZoneInfo) -> Statement:
    return Statement(
        id=quote.id,
        parent=None,
        document=quote.id,
        feed=quote.feed,
        entry=quote.entry,
        root=quote.id,
        source=(),
        cue=(),
        content=((0, len(quote.text)),),
        speaker=quote.speaker,
        role="",
        party=quote.party,
        about_party=quote.about_party,
        position=POSITIONS[quote.stance],
        proposition="",
        said_at=local_day(quote.published, zone),
        said_at_basis=f"published that day by {quote.publisher or 'a source not named'}; when it was said is not known",
        confidence=Confidence.MODERATE,
        origin=Origin.PARTY if quote.party is not None else Origin.THIRD_PARTY,
        text=quote.text,
        quoted="not known",
        qualifiers=(),
        reason=f"labelled {quote.stance!r} by a person",
    )


def _tallies(statement: Statement) -> list[Tally]:
    (words,) = parse([(0, statement.text)])
    whole = Piece(((0, len(statement.text)),), None)
    return [
        as_tally(statement, count, statement.text)
        for count in tallies_in(statement.text, words, whole, LANGUAGES["en"])
    ]


def of_day(found: Statements, published: Mapping[str, date], period: When, zone: ZoneInfo) -> Statements:
    """What came out in a period: a text belongs to the bulletin that holds the middle of its day.

    Args:
        found: Everything that was read.
        published: The day each document or quotation came out. One without a day is in no bulletin.
        period: Of the bulletin.
        zone: In which days are counted.
    """
    inside = {key for key, day in published.items() if period.holds(local_day(day, zone).middle)}
    statements = tuple(s for s in found.statements if s.document in inside)
    kept = {s.id for s in statements}
    tallies: tuple[Tally, ...] = tuple(t for t in found.tallies if t.statement in kept)
    return Statements(statements, tallies, tuple(pair for pair in found.skipped if pair[0] in inside))
