"""Grades, exactly as DESIGN section 4 defines them. The first three are counted.

confirmed      at least 2 independent roots, one of them not a party's, very likely
corroborated   at least 2 roots, likely
single_source  one root that is not a party's
contested      roots for and against
discounted     unlikely, after review
unverifiable   party roots only (a root whose origin cannot be told counts no more than a party's)
"""

from __future__ import annotations

from enum import StrEnum

from truceline.assessment.likelihood import ROUGHLY_EVEN, VERY_LIKELY


class Grade(StrEnum):
    """How well an incident is supported."""

    CONFIRMED = "confirmed"
    CORROBORATED = "corroborated"
    SINGLE_SOURCE = "single_source"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
    UNVERIFIABLE = "unverifiable"


COUNTED = frozenset({Grade.CONFIRMED, Grade.CORROBORATED, Grade.SINGLE_SOURCE})


def grade(
    roots_for: int,
    roots_against: int,
    probability: float,
    *,
    reviewed: bool = False,
    held_unlikely: bool = False,
) -> Grade:
    """The grade of an incident.

    Args:
        roots_for: Independent roots that are not a party's and report it.
        roots_against: Independent roots that are not a party's and say it did not happen. A party's
            own denial is a statement and weighs nothing here.
        probability: P(it happened), 0..1.
        reviewed: Whether a person has reviewed it; only then may it be discounted.
        held_unlikely: Whether those who reviewed it hold it unlikely, with their reasons.

    >>> str(grade(0, 0, 0.5)), str(grade(1, 0, 0.8)), str(grade(2, 0, 0.94))
    ('unverifiable', 'single_source', 'confirmed')
    """
    if roots_for < 0 or roots_against < 0:
        raise ValueError(f"roots are counted from 0; got {roots_for} for and {roots_against} against")
    percent = round(probability * 100, 6)
    if held_unlikely or (reviewed and percent <= ROUGHLY_EVEN.low_pct):
        return Grade.DISCOUNTED
    if roots_for and roots_against:
        return Grade.CONTESTED
    if roots_for >= 2 and percent > VERY_LIKELY.low_pct:
        return Grade.CONFIRMED
    if roots_for >= 2 and percent > ROUGHLY_EVEN.high_pct:
        return Grade.CORROBORATED
    return Grade.SINGLE_SOURCE if roots_for else Grade.UNVERIFIABLE


# From what is least supported to what is best.
UPWARDS = (
    Grade.UNVERIFIABLE,
    Grade.DISCOUNTED,
    Grade.CONTESTED,
    Grade.SINGLE_SOURCE,
    Grade.CORROBORATED,
    Grade.CONFIRMED,
)


def reviews_needed(given: Grade, two_people_above: str) -> int:
    """How many different people have to review an incident of this grade: two above the set one, else one.

    >>> reviews_needed(Grade.CONFIRMED, "single_source"), reviews_needed(Grade.CONTESTED, "single_source")
    (2, 1)
    """
    return 2 if UPWARDS.index(given) > UPWARDS.index(Grade(two_people_above)) else 1
