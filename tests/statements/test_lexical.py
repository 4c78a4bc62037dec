"""Ukrainian and Russian by lexicon: spans are the raw text, days are counted, and odd text breaks nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.statement import Confidence, Position, Statement
from truceline.terms.party import Party

PARTIES = (
    Party("alpha", "Норландія", ("Норланд*", "норландськ*", "норландск*")),
    Party("bravo", "Судрія", ("Судрі*", "Судри*", "судрійськ*", "судрийск*")),
)


def read(text: str, language: str = "uk") -> tuple[Statement, ...]:
    return extract([Document("d", "press", "e", "a", text, date(2031, 4, 16), language)], PARTIES).statements


def test_a_neither_is_no_denial_in_either_language() -> None:
    """The near miss every careless reader files as a denial."""
    (uk,) = read("Норландія не підтвердила і не заперечила обстріл.")
    (ru,) = read("Норландия не подтвердила и не опровергла обстрел.", "ru")
    assert uk.position is ru.position is Position.NEITHER_CONFIRMS_NOR_DENIES


def test_a_weekday_counts_back_from_publication() -> None:
    """'У понеділок' is the last Monday on or before the day the text came out."""
    (one,) = read("У понеділок Норландія заявила, що дорога відкрита.")
    assert one.said_at is not None
    assert one.said_at.start.date() == date(2031, 4, 14)


def test_never_sure() -> None:
    """A reading by lexicon is never of high confidence, and says by what it was read."""
    for one in (*read("Норландія заперечила обстріл."), *read("Судрия отвергла обвинения.", "ru")):
        assert one.confidence is not Confidence.HIGH
        assert one.reason.startswith("by lexicon")


WORDS = st.sampled_from(
    ["Норландія", " заявила", ", що", " не", " підтверджує", " ні", " заперечує", "«", "»", " – ", ". ", "\n", "\n\n", " якщо", " 444", " ",
     " сказав", "Судрия", " опровергла", " огонь", "…", "\u200b", "\u202e", "!", "?", '"', "„", "“"]
)  # fmt: skip


@pytest.mark.parametrize("language", ["uk", "ru"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=60).map("".join))
def test_every_span_is_the_raw_text(language: str, text: str) -> None:
    """Whatever stands there: no crash, every span a slice of the text."""
    for one in read(text, language):
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)
        assert one.text == " … ".join(text[a:b] for a, b in one.content)


def test_a_wall_of_text_costs_no_more_than_its_length() -> None:
    """A megabyte without a full stop is not searched for sentences of that length."""
    assert read("Норландія заявила " * 50_000) == ()


def test_an_alias_with_a_star_takes_every_ending() -> None:
    """Languages bend names; the case writes the stem once."""
    (one,) = read("Міністр оборони Судрії звинуватив норландських військових в обстрілі.")
    assert (one.party, one.about_party, one.position) == ("bravo", "alpha", Position.ACCUSES)
