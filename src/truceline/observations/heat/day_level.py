"""The day's level: how much more, or less, burns around a cell today than its season has.

    counts of the day, expected of the season --ring sums--> wide level, near level

Given the counts in a ring, the level is the mean of a gamma distribution (Gelman et al. 2013, Bayesian Data Analysis,
section 2.6): (a + observed) / (a + expected). The wide level (0.13 to 3 degrees) is weather: drought, cloud, the days
on which everybody burns. It serves to judge a cell, and only upwards: a wet day makes no fire more unusual than its
season does. Half a degree and more around the cell is left out, so that a stretch of front under fire does not become
its own weather. The near level (0.3 to 0.8 degrees), drawn towards the wide one, predicts better; it serves the
predictive distribution, whose calibration is published, and judges nobody.
"""

from __future__ import annotations

import numpy as np

from truceline.observations.heat.area import Area, Grid, Sums
from truceline.observations.heat.hits import CAP, PENTADS, Floats, Ints, Votes

WIDE, WIDE_LEFT_OUT, WIDE_PRIOR = 30, 12, 2.0
NEAR, NEAR_LEFT_OUT, NEAR_PRIOR = 8, 2, 0.5


class Levels:
    """Running totals of the expected counts, made once, against which each day's counts are held."""

    def __init__(self, mean: Grid) -> None:
        self._expected = [Sums(np.nan_to_num(mean[n])) for n in range(PENTADS)]

    def of_day(self, counts: Grid, pentad: int, row: Ints, column: Ints, share: float = 1.0) -> tuple[Floats, Floats]:
        """Wide and near level of some cells.

        Args:
            counts: Capped counts of the day, shape (height, width).
            pentad: Of the year.
            row, column: The cells asked for.
            share: What the stream sees of what the reference stream sees.
        """
        seen, expected = Sums(counts), self._expected[pentad]

        def sums(outer: int, inner: int) -> tuple[Floats, Floats]:
            there = seen.ring(row, column, outer=outer, inner=inner)
            return there, share * expected.ring(row, column, outer=outer, inner=inner)

        there, usual = sums(WIDE, WIDE_LEFT_OUT)
        wide = (WIDE_PRIOR + there) / (WIDE_PRIOR + usual)
        there, usual = sums(NEAR, NEAR_LEFT_OUT)
        return wide, (NEAR_PRIOR * wide + there) / (NEAR_PRIOR + usual)


def image_of(votes: Votes, area: Area) -> Grid:
    """Capped counts of one day and stream as an image; votes outside the area are left out."""
    row, column, inside = area.index(votes.cell)
    image = np.zeros(area.shape, np.float32)
    image[row[inside], column[inside]] = np.minimum(votes.count[inside], CAP)
    return image
