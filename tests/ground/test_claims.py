"""Sentences held against maps whose truth is planted: holds, does not hold, and when nobody can say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.ground.fiction import collection, country, read, rectangle, wave_km
from truceline.ground.borders import Borders
from truceline.ground.claims import Holds, check, days_needed
from truceline.ground.control_area import ControlArea
from truceline.ground.territory import Region
from truceline.terms.agreement import ClaimTerms, GroundTerms
from truceline.terms.party import Party

PARTIES = (Party("alpha", "North", ("Northern",), ()), Party("bravo", "South", ("Southern",), ()))
TERMS = GroundTerms(map="control", held_by="alpha", countries=("Northland",))
SAID = date(2031, 4, 19)
BORDERS: Borders = country()
REGIONS = (
    Region("Upper Ridge", read(collection([rectangle(9, 51, 13, 52)])).area),
    Region("Lower Ridge", read(collection([rectangle(9, 50, 13, 51)])).area),
    Region("Lakeland", read(collection([rectangle(9, 50.5, 13, 51.5)])).area),
)


def held(front: float, day: date, publisher: str = "atlas") -> ControlArea:
    return read(collection([rectangle(front, 50.0, 13.0, 52.0)]), day=day, publisher=publisher)


def monthly(fronts: list[float], publisher: str = "atlas") -> list[ControlArea]:
    """A map on the second day of each month up to April 2031, and one on the day it was said."""
    months = [date(2030 + (9 + n) // 12, (9 + n) % 12 + 1, 2) for n in range(7)]
    return [held(front, day, publisher) for front, day in zip(fronts, months, strict=True)] + [
        held(fronts[-1], SAID, publisher)
    ]


ADVANCING = [11.0 - 0.01 * n for n in range(7)]


def verdict(text: str, maps: dict[str, list[ControlArea]], **more: object) -> tuple[Holds, str]:
    claim = ClaimTerms(id="c", text=text, said_on=SAID, **more)  # type: ignore[arg-type]
    found = check(claim, terms=TERMS, parties=PARTIES, maps=maps, borders=BORDERS, regions=REGIONS)
    return found.holds, " ".join([found.note, *(part.why for part in found.parts)])


ONE = {"atlas": monthly(ADVANCING)}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("a more than 200-kilometre front line", Holds.YES),
        ("a 216-kilometre line of contact", Holds.YES),
        ("a more than 300 km long front line", Holds.NO),
        ("North holds about half of the country", Holds.YES),
        ("North holds nearly half of the country", Holds.NO),
        ("North holds more than 60% of the country", Holds.NO),
        ("North steadily advanced in Lakeland in recent months", Holds.YES),
        ("South advanced in Lakeland in recent months", Holds.NO),
        ("South retreated in Lakeland in recent months", Holds.YES),
        ("nobody said anything of the ground", Holds.UNKNOWN),
    ],
)
def test_planted_truth_decides(text: str, holds: Holds) -> None:
    """The line is 216 km long, alpha holds 51.5 % and gains every month: each sentence gets what is so."""
    assert wave_km(50.03, 51.97, swing=0.0) == pytest.approx(216, abs=1)
    assert verdict(text, ONE)[0] is holds


def test_one_month_the_other_way_is_not_steadily() -> None:
    """In all it advanced; in one of six months it did not: "steadily" does not hold, "advanced" does."""
    maps = {"atlas": monthly([11.0, 10.99, 10.98, 10.985, 10.96, 10.95, 10.94])}
    assert verdict("North steadily advanced in Lakeland in recent months", maps)[0] is Holds.NO
    assert verdict("North advanced in Lakeland in recent months", maps)[0] is Holds.YES


def test_publishers_who_disagree_leave_it_open() -> None:
    """By one map alpha advanced, by the other it went back: not assessable, and both stand there."""
    maps = {"atlas": monthly(ADVANCING), "survey": monthly(ADVANCING[::-1], "survey")}
    holds, why = verdict("North advanced in Lakeland in recent months", maps)
    assert holds is Holds.UNKNOWN
    assert "maps disagree" in why


def test_a_sentence_all_of_whose_parts_hold_holds_and_one_false_part_is_enough() -> None:
    """Kilometres and miles are both checked, and their disagreement is said."""
    holds, note = verdict("a more than 200-kilometer (130-mile) frontline", ONE)
    assert holds is Holds.YES
    assert "they differ by 9 km; both were checked" in note
    assert verdict("a more than 200-kilometer (150-mile) frontline", ONE)[0] is Holds.NO


@pytest.mark.parametrize(
    ("text", "maps", "why"),
    [
        ("a more than 200-kilometre front line", {}, "no map of that day"),
        (
            "North advanced in Lakeland in recent months",
            {"atlas": ONE["atlas"][3:]},
            "first days of each of these months",
        ),
        ("North advanced in Ridge in recent months", ONE, "several regions are called 'Ridge'"),
        ("North advanced in Nowhere in recent months", ONE, "no region is called 'Nowhere'"),
        ("they advanced in Lakeland in recent months", ONE, "does not say which party"),
        ("South holds about half of the country", ONE, "draw the area of alpha"),
        ("it is in its fourth year", ONE, "does not say when it began"),
    ],
)
def test_what_cannot_be_assessed_says_why(text: str, maps: dict[str, list[ControlArea]], why: str) -> None:
    """Missing is not false: without map, region, party or date the verdict is open, with the reason."""
    holds, said = verdict(text, maps)
    assert holds is Holds.UNKNOWN
    assert why in said


@pytest.mark.parametrize(
    ("began", "holds"), [(date(2027, 4, 19), Holds.NO), (date(2027, 4, 20), Holds.YES), (date(2028, 1, 1), Holds.YES)]
)
def test_the_nth_year_is_counted_from_the_day(began: date, holds: Holds) -> None:
    """On the anniversary the next year begins."""
    assert verdict("the war is in its fourth year", ONE, began=began)[0] is holds


def test_the_days_a_sentence_needs() -> None:
    """A direction needs the first days of its months, no sentence a later day than that it was said on."""
    claim = ClaimTerms(id="c", text="North advanced in Lakeland over the past two months", said_on=SAID)
    days = days_needed(claim, PARTIES)
    assert date(2031, 2, 1) in days
    assert date(2031, 3, 4) in days
    assert max(days) == SAID
    assert len(days) == 3 * 8 + 1
    assert days_needed(ClaimTerms(id="c", text="nothing", said_on=SAID), PARTIES) == (SAID,)
    assert all(b - a >= timedelta(days=1) for a, b in pairwise(days))


def test_a_publisher_without_a_vote_is_named() -> None:
    """One map decides, the other is of another part of the world: the verdict stands, and why the other has no vote."""
    away = read(collection([rectangle(30.0, 10.0, 33.0, 12.0)]), day=SAID, publisher="survey")
    holds, said = verdict("a more than 200-kilometre front line", {**ONE, "survey": [away]})
    assert holds is Holds.YES
    assert "survey at 3 km: the area lies in the sea, not in Northland" in said
