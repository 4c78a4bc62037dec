"""The vocabulary of checkable sentences: what is read out of words, and what is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.terms.claims import Direction, Length, Share, Year, checkables, meets, sentences
from truceline.terms.party import Party

PARTIES = (Party("alpha", "North", ("Northern",), ()), Party("bravo", "South", ("Southern",), ()))


def one(text: str) -> object:
    (found,) = checkables(text, PARTIES)
    return found


def test_a_length_and_its_brackets_are_two_measures_of_one_qualifier() -> None:
    """Kilometres and miles are both read, both "more than", and each in kilometres."""
    km, miles = checkables("along a more than 1,000-kilometer (600-mile) frontline could be watched")
    assert isinstance(km, Length)
    assert isinstance(miles, Length)
    assert (km.how, km.km) == ("more", 1_000.0)
    assert (miles.how, miles.km) == ("more", pytest.approx(965.6064))


@pytest.mark.parametrize(
    ("text", "how", "km"),
    [
        ("the roughly 427 km long line of contact", "about", 427.0),
        ("some 250 miles of front", "about", 402.336),
        ("a 1,200-kilometre front line", "bare", 1_200.0),
        ("fighting along nearly 30 km of the contact line", "nearly", 30.0),
    ],
)
def test_lengths_of_a_line(text: str, how: str, km: float) -> None:
    """Qualifier, number and unit as people write them."""
    found = one(text)
    assert isinstance(found, Length)
    assert (found.how, found.km) == (how, pytest.approx(km))


@pytest.mark.parametrize("text", ["a village 40 km from here", "he drove 1,000 km to see it", "the line is long"])
def test_lengths_of_something_else_are_left_alone(text: str) -> None:
    """A distance that is no length of a line is not checked against one."""
    assert checkables(text) == ()


@pytest.mark.parametrize(
    ("text", "how", "share"),
    [
        ("Southern forces control nearly a fifth of Northern territory", "nearly", 0.2),
        ("South holds about two thirds of the country", "about", 2 / 3),
        ("South occupies 18.6% of its land", "bare", 0.186),
        ("South controls more than 20 per cent of Northern territory", "more", 0.2),
    ],
)
def test_shares(text: str, how: str, share: float) -> None:
    """Fractions in words and percentages; who holds it is the party named first."""
    found = one(text)
    assert isinstance(found, Share)
    assert (found.how, found.share, found.party) == (how, pytest.approx(share), "bravo")


def test_a_direction_with_region_and_months() -> None:
    """Steadily, where, and how long; "recent months" is six."""
    found = one("Southern forces have steadily advanced in the eastern Ridgeland region in recent months.")
    assert found == Direction(found.words, found.span, "Ridgeland", True, True, 6, "bravo")  # type: ignore[attr-defined]
    back = one("North retreated in Lakeland over the past three months")
    assert isinstance(back, Direction)
    assert (back.region, back.forward, back.steadily, back.months, back.party) == ("Lakeland", False, False, 3, "alpha")


def test_a_year() -> None:
    """The n-th year of something."""
    found = one("With the war in its fourth year, nobody counts")
    assert isinstance(found, Year)
    assert found.nth == 4


@pytest.mark.parametrize(
    ("value", "how", "said", "right"),
    [
        (1_056.0, "more", 1_000.0, True), (1_000.0, "more", 1_000.0, False), (18.6, "nearly", 20.0, True),
        (20.0, "nearly", 20.0, False), (17.9, "nearly", 20.0, False), (22.0, "about", 20.0, True),
        (22.1, "about", 20.0, False), (19.0, "bare", 20.0, True), (20.0, "most", 20.0, True),
    ],
)  # fmt: skip
def test_what_words_mean(value: float, how: str, said: float, right: bool) -> None:
    """The declared meaning, at its edges."""
    assert meets(value, how, said) is right


@given(st.text(max_size=400))
def test_no_text_breaks_it_and_every_span_is_the_words(text: str) -> None:
    """Whatever is said, nothing fails, and the words are the slice of the text."""
    for found in checkables(text, PARTIES):
        assert text[slice(*found.span)] == found.words


def test_sentences_are_found_in_a_text_once() -> None:
    """Each sentence with its first and last letter; two measures in one sentence are one sentence."""
    text = (
        "Nothing here. He spoke of a more than 1,000-kilometer (600-mile) frontline, in its fourth year, and left.\n\n"
        "South advanced in Lakeland in recent months"
    )
    assert [text[a:b] for a, b in sentences(text, PARTIES)] == [
        "He spoke of a more than 1,000-kilometer (600-mile) frontline, in its fourth year, and left.",
        "South advanced in Lakeland in recent months",
    ]


def test_long_text_costs_in_proportion() -> None:
    """A megabyte of near misses takes seconds, not minutes."""
    start = time.perf_counter()
    checkables("more than 1,000 km (" * 50_000)
    checkables("steadily advanced in the eastern " * 30_000)
    assert time.perf_counter() - start < 20
