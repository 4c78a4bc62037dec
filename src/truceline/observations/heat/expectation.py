"""Expectation: what each vote had to be expected to hold, given its season and its day.

Votes, mean, levels --expect--> Expected: log expectations with the wide and the near level, row by row
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.area import Area, Grid
from truceline.observations.heat.day_level import Levels, image_of
from truceline.observations.heat.hits import Floats, Ints, Mask, Votes, pentad_of
from truceline.observations.heat.tail import Tally


@dataclass(frozen=True)
class Expected:
    """One row a vote. NaN where no baseline is known: outside the area, or a season no year delivered.

    Attributes:
        wide: Log expectation with the wide level of the day, taken upwards only; what a vote is judged by.
        near: Log expectation with the near level; what the predictive distribution goes by.
        level: The wide level as it is.
        season: Expected by the season alone, detections a day.
    """

    wide: Floats
    near: Floats
    level: Floats
    season: Floats


@dataclass(frozen=True)
class Climate:
    """What `expect` holds the days against."""

    area: Area
    known: Mask
    mean: Grid
    levels: Levels


def expect(
    votes: Votes,
    climate: Climate,
    shares: Sequence[float],
    *,
    all_days: Ints | None = None,
    tallies: tuple[Tally, Tally] | None = None,
) -> Expected:
    """Expectations of votes, and tallies of every cell-day of the first stream where they are asked for.

    Args:
        votes: Sorted by day; streams are indices into `shares`, those beyond it count as 1.
        climate: Baseline of the season.
        shares: What each stream sees of what the reference sees.
        all_days: Days the first stream delivered, for the tallies: also those without any vote.
        tallies: For the wide and the near expectation.
    """
    n = len(votes)
    found = Expected(*(np.full(n, np.nan) for _ in range(4)))
    quiet = [] if all_days is None else np.setdiff1d(all_days, votes.day[votes.stream == 0]).tolist()
    for day, stream, rows in _groups(votes, quiet):
        pentad = int(pentad_of(np.array([day]))[0])
        share = shares[stream] if stream < len(shares) else 1.0
        its = Votes(votes.day[rows], votes.cell[rows], votes.stream[rows], votes.count[rows], votes.names)
        image = image_of(its, climate.area)
        row, column, inside = climate.area.index(its.cell)
        inside[inside] = climate.known[row[inside], column[inside]]
        inside &= bool(np.isfinite(climate.mean[pentad]).any())
        if inside.any():
            r, c, here = row[inside], column[inside], rows[inside]
            mean = climate.mean[pentad, r, c].astype(float)
            wide, near = climate.levels.of_day(image, pentad, r, c, share)
            found.level[here] = wide
            found.season[here] = mean * share
            found.wide[here] = np.log(mean * share * np.maximum(wide, 1.0))
            found.near[here] = np.log(mean * share * near)
        if tallies is not None and stream == 0 and np.isfinite(climate.mean[pentad]).any():
            r, c = np.nonzero(climate.known)
            mean = climate.mean[pentad, r, c].astype(float)
            wide, near = climate.levels.of_day(image, pentad, r, c, share)
            tallies[0].note(np.log(mean * np.maximum(wide, 1.0)))
            tallies[1].note(np.log(mean * near))
            tallies[0].note_fires(found.wide[rows[inside]], its.count[inside])
            tallies[1].note_fires(found.near[rows[inside]], its.count[inside])
    return found


def _groups(votes: Votes, quiet: Sequence[int]) -> Iterator[tuple[int, int, Ints]]:
    """Rows of each day and stream, then the days on which the first stream saw nothing."""
    order = np.lexsort((votes.stream, votes.day))
    day, stream = votes.day[order], votes.stream[order]
    if len(order):
        new = np.flatnonzero(np.diff(day) | np.diff(stream)) + 1
        for rows in np.split(order, new):
            yield int(votes.day[rows[0]]), int(votes.stream[rows[0]]), np.asarray(rows)
    for one in quiet:
        yield int(one), 0, np.array([], dtype=np.int64)
