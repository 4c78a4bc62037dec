"""Is it holding? The change of a rate over a run of days of one case, and how many incidents there were in all.

    days of a case --daily--> series --rate_change--> Change
                   --lists_of--> histories --how_many--> HowMany, for each period

A row of days with a map each; what is not known of a day stays so and is left out, with its reason kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from truceline.assessment.change import LEVEL, Change, rate_change
from truceline.assessment.daily import Daily
from truceline.assessment.how_many import HowMany, how_many


@dataclass(frozen=True)
class Told:
    """What one day gives to the series: its figures, and its counted incidents by the lists that hold them."""

    figures: Daily
    lists: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Holding:
    """The answer to "did it change?".

    Attributes:
        at: First day after.
        days: Every day asked about, in order, with what is known of it.
        change: Rate per observed sector-hour after divided by before, or the refusal.
        unknown: Reasons for which days were left out, with their numbers.
        in_all_before, in_all_after: How many incidents there were, told or not.
    """

    at: date
    before_days: int
    after_days: int
    days: tuple[tuple[date, Daily], ...]
    change: Change
    unknown: tuple[tuple[str, int], ...]
    in_all_before: HowMany
    in_all_after: HowMany


def holding(
    told: Mapping[date, Told],
    at: date,
    *,
    before: int,
    after: int,
    level: float = LEVEL,
    known_changes: Iterable[date] = (),
) -> Holding:
    """How the rate of a case changed at a date.

    Args:
        told: Every day of the series without a gap; further days than the two periods serve as placebo dates.
        at: First day after.
        before, after: Days of each period; both lie within the series.
        level: Two-sided level of the interval.
        known_changes: Other dates at which something is known to have happened.
    Raises:
        ValueError: A day is missing from the series, or a period reaches beyond it.
    """
    days = sorted(told)
    if not days or days != [days[0] + timedelta(days=n) for n in range(len(days))]:
        raise ValueError("the days of a series follow each other without a gap; give a day that is not known as such")
    start, end = at - timedelta(days=before), at + timedelta(days=after)
    if start < days[0] or end - timedelta(days=1) > days[-1]:
        raise ValueError(f"{before} days before and {after} after {at} reach beyond {days[0]}..{days[-1]}")
    figures = [told[day].figures for day in days]
    change = rate_change(
        [one.count for one in figures],
        [one.exposure_h for one in figures],
        (at - days[0]).days,
        before=before,
        after=after,
        level=level,
        known_changes=[(day - days[0]).days for day in known_changes],
    )
    inside = [day for day in days if start <= day < end]
    why = Counter(told[day].figures.reason for day in inside if told[day].figures.reason is not None)
    return Holding(
        at=at,
        before_days=before,
        after_days=after,
        days=tuple((day, told[day].figures) for day in inside),
        change=change,
        unknown=tuple((str(reason), number) for reason, number in sorted(why.items(), key=str)),
        in_all_before=_in_all(told, [day for day in inside if day < at]),
        in_all_after=_in_all(told, [day for day in inside if day >= at]),
    )


def _in_all(told: Mapping[date, Told], days: Sequence[date]) -> HowMany:
    return how_many(one for day in days for one in told[day].lists)
