"""What a bulletin tells of how statements meet: of the day and the day before, news only."""

from __future__ import annotations

from datetime import date

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.bearing import Bearing, bearing
from truceline.statements.statement import Statements
from truceline.terms.party import Party

PARTIES = (
    Party("alpha", "Norland", ("North", "Norlandic")),
    Party("bravo", "Sudria", ("South", "Sudrian")),
)
ACCUSED = "Sudria said Norland had shelled the mill at Ostrel."
DENIED = "Norland denied shelling the mill at Ostrel."
ADMITTED = "Norland admitted shelling the mill at Ostrel."


def read(day: int, *texts: str) -> Statements:
    documents = [Document(f"{day}-{n}", "", "", "d", text, date(2031, 4, day)) for n, text in enumerate(texts)]
    return extract(documents, PARTIES)


def met(today: Statements, before: Statements) -> list[tuple[str, str, str]]:
    found: tuple[Bearing, ...] = bearing(today, before, PARTIES, {})
    return [(str(b.kind), b.first.document, b.second.document) for b in found]


def test_a_denial_meets_the_accusation_of_the_day_before() -> None:
    """The earlier one is found though it stands in another bulletin."""
    assert met(read(21, DENIED), read(20, ACCUSED)) == [("contradicts", "21-0", "20-0")]


def test_an_admission_goes_back_on_a_denial_and_confirms_the_accuser() -> None:
    """Kinds in their order, then in the order of reading."""
    assert met(read(22, ADMITTED), read(21, ACCUSED, DENIED)) == [
        ("reverses", "22-0", "21-1"),
        ("confirms", "22-0", "21-0"),
    ]


def test_what_only_the_day_before_said_is_no_news() -> None:
    """Two statements of yesterday met in yesterday's bulletin; a repetition is no news at all."""
    assert met(read(22, "Norland's minister met the guarantors."), read(21, ACCUSED, DENIED)) == []
    assert met(read(22, DENIED), read(21, DENIED)) == []


def test_a_word_in_common_is_not_a_matter_in_common() -> None:
    """The bulletin is stricter than the search: one shared word does not set two statements against each other."""
    loose = read(20, "Sudria said Norlandic guns kept shelling despite its promises.")
    assert met(read(21, "Norland denied that any shell had landed there."), loose) == []
