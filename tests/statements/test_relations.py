"""What statements are to one another: contradictions, changes of mind, conditions, numbers, silence."""

from __future__ import annotations

from datetime import date

import pytest

from truceline.feeds.record import Document
from truceline.spacetime import LonLat, Where
from truceline.statements import extract
from truceline.statements.languages.predicates import Predicate
from truceline.statements.matters import matter_of
from truceline.statements.relations import Kind, Related, relate
from truceline.statements.statement import Position, Statements
from truceline.terms.event_class import EventClass
from truceline.terms.party import Party

PARTIES = (
    Party("alpha", "Norland", ("North", "Norlandic")),
    Party("bravo", "Sudria", ("South", "Sudrian")),
)


def read(*texts: str) -> Statements:
    documents = [
        Document(f"d{n}", "press", "e", f"{n}.txt", text, date(2031, 4, 10 + n)) for n, text in enumerate(texts)
    ]
    return extract(documents, PARTIES)


def related(*texts: str) -> tuple[Statements, Related]:
    found = read(*texts)
    return found, relate(found, PARTIES)


def kinds(*texts: str) -> list[Kind]:
    return [r.kind for r in related(*texts)[1].relations]


def test_a_claim_and_its_denial_contradict() -> None:
    """Two parties, one matter, yes and no: both statements and the reason are named."""
    found, bearing = related("Sudria said Norland had shelled Ostrel.", "Norland denied shelling Ostrel.")
    (relation,) = bearing.relations
    assert relation.kind is Kind.CONTRADICTS
    assert {relation.first, relation.second} == {s.id for s in found.statements}
    assert "Ostrel" in relation.reason
    (proposition,) = bearing.propositions
    assert proposition.matter.event is EventClass.SHELLING


def test_neither_contradicts_nothing() -> None:
    """'Neither confirms nor denies' stands on the same proposition and bears on no statement of it."""
    found, bearing = related(
        "Sudria said Norland had shelled Ostrel.",
        "Norland could neither confirm nor deny that it had shelled Ostrel.",
    )
    assert len(bearing.propositions) == 1
    assert bearing.relations == ()
    assert {s.position for s in found.statements} >= {Position.NEITHER_CONFIRMS_NOR_DENIES}


def test_another_place_is_another_matter() -> None:
    """A denial of shelling Ostrel does not contradict a claim about Velm."""
    assert kinds("Sudria said Norland had shelled Velm.", "Norland denied shelling Ostrel.") == []


def test_weeks_apart_is_another_matter() -> None:
    """The same words three weeks later are not the same event."""
    first = Document("a", "press", "e", "a", "Sudria said Norland had shelled Ostrel.", date(2031, 4, 1))
    second = Document("b", "press", "e", "b", "Norland denied shelling Ostrel.", date(2031, 4, 29))
    assert relate(extract([first, second], PARTIES), PARTIES).relations == ()


def test_a_change_of_mind_is_a_reversal() -> None:
    """The same party, first no, then yes."""
    assert kinds("Norland denied shelling Ostrel.", "Norland admitted shelling Ostrel.") == [Kind.REVERSES]


def test_an_admission_confirms_the_accusation() -> None:
    """The accused says so too."""
    assert kinds("Sudria said Norland had shelled Ostrel.", "Norland admitted shelling Ostrel.") == [Kind.CONFIRMS]


def test_a_copy_bears_on_nothing() -> None:
    """Forty copies of one sentence neither repeat nor confirm one another."""
    assert kinds(*["Norland denied shelling Ostrel."] * 5) == []


def test_saying_it_again_in_other_words_repeats() -> None:
    """A party that says it again repeats itself; that is no second voice."""
    assert kinds("Norland denied shelling Ostrel.", "Norland said it had not shelled Ostrel.") == [Kind.REPEATS]


def test_a_condition_is_met_by_what_the_other_says() -> None:
    """What the one named in a condition accepts or promises is a claim that the condition is met; a refusal, that it is not."""
    terms = "Sudria said it would sign only if Norland withdrew its guns from Ostrel."
    assert Kind.CONDITION_MET in kinds(terms, "Norland promised to withdraw its guns from Ostrel.")
    assert Kind.CONDITION_UNMET in kinds(terms, "Norland refused to withdraw its guns from Ostrel.")


def test_numbers_that_differ_are_named_and_never_averaged() -> None:
    """Two claimants of one day and unit."""
    found, bearing = related(
        "Norland's army said Sudria had fired 45 shells. An officer of the Sudrian army said Sudria had fired 12 shells."
    )
    differs = [r for r in bearing.relations if r.kind is Kind.NUMBER_DIFFERS]
    assert len(found.tallies) == 2
    assert [r.reason for r in differs] == ["45 and 12 shells"]


def test_silence_says_where_was_looked() -> None:
    """An accused party of whom nothing was heard is named with the number of texts, never given a position."""
    _, bearing = related("Sudria said Norland had shelled Ostrel.", "Norland said the road was open.")
    (silence,) = bearing.silences
    assert silence.party == "alpha"
    assert "2 texts" in silence.looked


def test_places_come_with_where_they_are() -> None:
    """A place the case's own feeds locate is given with its uncertainty; another stays a name."""
    (statement,) = read("Sudria said Norland had shelled Ostrel.").statements
    known = {"Ostrel": Where(LonLat(10.0, 50.0), 5_000.0)}
    assert matter_of(statement, gazetteer=known).where == known["Ostrel"]
    assert matter_of(statement).where is None
    assert matter_of(statement).places == ("Ostrel",)


@pytest.mark.parametrize(
    ("text", "predicate"),
    [
        ("Sudria said Norland had shelled Ostrel.", Predicate.SHELLING),
        ("Sudria said 12 Norlandic drones had attacked Ostrel.", Predicate.DRONE_ATTACK),
        ("Norland accepted the truce.", Predicate.TRUCE),
        ("Norland said the talks had been useful.", Predicate.TALKS),
        ("Norland demanded that Sudria withdraw from Ostrel.", Predicate.WITHDRAWAL),
    ],
)
def test_each_matter_has_its_class(text: str, predicate: Predicate) -> None:
    """The kind of matter is told from the words, whatever position is taken on it."""
    (statement,) = read(text).statements
    assert matter_of(statement).predicate is predicate


def test_one_length_in_two_units_that_differ() -> None:
    """600 miles are 966 km, not 1,000: the statement is told to differ from itself."""
    found, bearing = related("Norland said the line was a more than 1,000-kilometer (600-mile) front.")
    (relation,) = bearing.relations
    assert relation.kind is Kind.NUMBER_DIFFERS
    assert (relation.first, relation.second) == (found.statements[0].id, found.statements[0].id)
    assert "966 kilometer" in relation.reason
