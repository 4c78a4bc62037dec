"""The pasted news file: two stories with titles, captions and widgets between the words that count."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.clean import Kind as Part
from truceline.statements.clean import divide
from truceline.statements.relations import Kind, relate
from truceline.statements.statement import Position, Statement, Statements
from truceline.terms.party import Origin


@pytest.fixture(scope="module")
def text(shared_data: Path) -> str:
    return next((shared_data / "news").glob("000_*.txt")).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> Statements:
    return extract([Document("news", "press", "entry", "000.txt", text)], ())


def holding(found: Statements, words: str, speaker: str) -> list[Statement]:
    return [s for s in found.statements if words in s.text and speaker in s.speaker]


@pytest.mark.parametrize(
    ("words", "speaker", "party", "position"),
    [
        ("frontline could be", "Zelenskiy", "Ukraine", Position.ASSERTS),
        ("been in contact", "Trump", "United States", Position.ASSERTS),
        ("meet with Putin", "Trump", "United States", Position.PROMISES),
        ("nothing else", "Peskov", "Russia", Position.NO_COMMENT),
        ("unable to say more", "Peskov", "Russia", Position.NO_COMMENT),
        ("interim ceasefire", "Ukraine", "Ukraine", Position.ACCEPTS),
        ("only agree if", "Moscow", "Russia", Position.CONDITIONS),
        ("open to", "Reuters", None, Position.REPORTS),
        ("territorial concessions", "Putin", "Russia", Position.REJECTS),
        ("abandon ambitions", "Putin", "Russia", Position.CALLS_FOR),
        ("permanently cede", "Moscow", "Russia", Position.CALLS_FOR),
        ("a position", "Ukraine", "Ukraine", Position.REJECTS),
        ("apply pressure", "Zelenskiy", "Ukraine", Position.CALLS_FOR),
        ("will delay", "Zelenskiy", "Ukraine", Position.PREDICTS),
        ("strong response", "Zelenskiy", "Ukraine", Position.PREDICTS),
        ("the most difficult", "Zelenskiy", "Ukraine", Position.ASSERTS),
        ("would be required", "Zelenskiy", "Ukraine", Position.CONDITIONS),
    ],
)
def test_the_ledger_holds(found: Statements, words: str, speaker: str, party: str | None, position: Position) -> None:
    """The statements a careful reader takes down are in the ledger, with speaker, party and position."""
    assert any((s.party, s.position) == (party, position) for s in holding(found, words, speaker))


def test_neither_on_two_days_and_never_a_denial(found: Statements) -> None:
    """The Kremlin's 'neither' stands three times, one of them a day before, and nobody denies anything."""
    neither = [s for s in found.statements if s.position is Position.NEITHER_CONFIRMS_NOR_DENIES]
    assert [s.speaker.split()[-1] for s in neither] == ["Kremlin", "Peskov", "Peskov"]
    assert {(s.party, s.origin) for s in neither} == {("Russia", Origin.PARTY)}
    assert ["one day before" in s.said_at_basis for s in neither] == [False, True, False]
    assert neither[0].said_at_basis.startswith("weekday Monday")
    assert not [s for s in found.statements if s.position is Position.DENIES]


def test_the_modal_and_the_dependency_are_kept(found: Statements) -> None:
    """What could be done, and only with whose help, stays beside the assertion."""
    (statement,) = holding(found, "frontline could be", "Zelenskiy")
    assert statement.qualifiers == ("could", "with US help")


def test_with_a_date_the_two_days_are_one_apart(text: str) -> None:
    """Given a day for the text, the day before is the day before."""
    dated = extract([Document("news", "press", "entry", "000.txt", text, date(2031, 4, 15))], ())
    told = [
        s for s in dated.statements if s.speaker.endswith("Peskov") and "confirm" in s.text and s.said_at is not None
    ]
    days = {s.said_at.start.date() for s in told if s.position is Position.NEITHER_CONFIRMS_NOR_DENIES and s.said_at}
    assert days == {date(2031, 4, 14), date(2031, 4, 15)}


def test_every_span_is_the_raw_text_and_none_is_a_caption(text: str, found: Statements) -> None:
    """Byte-exact, and only from the body of the two stories."""
    bodies = [p for p in divide(text) if p.kind is Part.BODY]
    assert len({p.story for p in bodies}) == 2
    for statement in found.statements:
        for start, end in (*statement.source, *statement.cue, *statement.content):
            assert any(p.start <= start < end <= p.end for p in bodies)
        assert statement.text == " … ".join(text[a:b] for a, b in statement.content)


def test_the_length_of_the_line_is_told_twice_and_differs(found: Statements) -> None:
    """600 miles are 966 km; the story says more than 1,000. Both stand, and the difference is named."""
    (differs,) = [r for r in relate(found).relations if r.kind is Kind.NUMBER_DIFFERS]
    assert "966 kilometer" in differs.reason
    assert differs.first == holding(found, "frontline could be", "Zelenskiy")[0].id


def test_the_day_of_the_second_story_stands_on_its_own_weekday(found: Statements) -> None:
    """Without a date told, no day is invented, and the basis repeats the weekday; captions' dates are never used."""
    (first,) = holding(found, "saw a good chance", "Zelenskiy")
    assert first.said_at is None
    assert first.said_at_basis == "weekday Friday, date of the text not known"
    assert not [s for s in found.statements if "2025" in s.said_at_basis or "2024" in s.said_at_basis]


def test_neither_contradicts_nobody(found: Statements) -> None:
    """The Kremlin's 'neither' bears on no statement of the file as a contradiction."""
    neither = {s.id for s in found.statements if s.position is Position.NEITHER_CONFIRMS_NOR_DENIES}
    against = [r for r in relate(found).relations if r.kind in (Kind.CONTRADICTS, Kind.REVERSES)]
    assert not [r for r in against if {r.first, r.second} & neither]
