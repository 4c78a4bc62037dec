"""Quotations a person labelled: the label is kept, its meaning stated, its numbers are tallies."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from truceline.feeds.record import Quote
from truceline.feeds.statements.quotes import STANCES
from truceline.spacetime import When
from truceline.statements.labelled import POSITIONS, of_day, with_labelled
from truceline.statements.statement import Position, Statements
from truceline.terms.party import Origin

UTC_ZONE = ZoneInfo("UTC")


def quote(
    key: str = "q1", text: str = "They fired 44 times.", stance: str = "allege", party: str | None = "alpha"
) -> Quote:
    return Quote(key, "quotes", "e0", 1, text, "staff", party, "bravo", stance, date(2031, 4, 20), "Ridge News Agency")


def test_every_label_has_a_stated_meaning() -> None:
    """And "neither", which covers no comment and no attribution alike, is unclear, never a denial."""
    assert set(POSITIONS) == set(STANCES)
    assert POSITIONS["neither"] is Position.UNCLEAR
    assert POSITIONS["deny"] is Position.DENIES


def test_a_quotation_keeps_its_words_its_label_and_whose_it_is() -> None:
    """The content is the whole quotation, the reason names the label."""
    (one,) = with_labelled(Statements(), [quote()], UTC_ZONE).statements
    assert (one.text, one.position, one.origin, one.party) == (
        "They fired 44 times.",
        Position.ACCUSES,
        Origin.PARTY,
        "alpha",
    )
    assert one.content == ((0, len(one.text)),)
    assert "'allege'" in one.reason
    assert "when it was said is not known" in one.said_at_basis


@pytest.mark.parametrize(
    ("text", "number", "unit", "inexact"),
    [
        ("They fired 44 times.", 44, "times fired", "exact"),
        ("They launched over 900 drone attacks.", 900, "drone attacks", "at_least"),
        ("There were 1,355 cases of heavy shelling.", 1355, "cases of heavy shelling", "exact"),
    ],
)
def test_a_number_a_party_claims_is_a_tally(text: str, number: int, unit: str, inexact: str) -> None:
    """With unit and claimant, apart from every count."""
    (tally,) = with_labelled(Statements(), [quote(text=text)], UTC_ZONE).tallies
    assert (tally.number, tally.unit, tally.inexact, tally.party) == (number, unit, inexact, "alpha")


@pytest.mark.parametrize(("stance", "party"), [("deny", "alpha"), ("observe", None)])
def test_what_is_denied_or_of_no_party_is_no_tally(stance: str, party: str | None) -> None:
    """A number inside a denial is not claimed, and a third party claims for nobody."""
    assert with_labelled(Statements(), [quote(stance=stance, party=party)], UTC_ZONE).tallies == ()


def test_a_text_is_in_the_bulletin_that_holds_the_middle_of_its_day() -> None:
    """One bulletin only; a text without a day is in none; its tallies go with it."""
    found = with_labelled(Statements(), [quote("a"), quote("b")], UTC_ZONE)
    evening = When(datetime(2031, 4, 19, 16, tzinfo=UTC), datetime(2031, 4, 20, 16, tzinfo=UTC))
    after = When(evening.end, datetime(2031, 4, 21, 16, tzinfo=UTC))
    published = {"a": date(2031, 4, 20)}
    here, there = (of_day(found, published, period, UTC_ZONE) for period in (evening, after))
    assert [s.id for s in here.statements] == ["a"]
    assert [t.statement for t in here.tallies] == ["a"]
    assert there == Statements()
