"""Tail: from an expected count to the chance of so many detections or more, learned on years left out.

    expected, observed of left-out years --learn--> Tail --log_sf--> log P(Y >= y | expected)

A negative binomial around the smoothed mean is several times too sure of its far end (docs/methods/heat.md). So the
two parts of the distribution are read off instead: P(Y >= 1) as a rising function of the expected count (isotonic:
Barlow et al. 1972), and P(Y >= y | Y >= 1) by classes of it. Both are learned where each year was left out of its own
expectation, so they hold what differs between years.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.hits import Floats, Ints

LOW, HIGH, STEPS = float(np.log(1e-6)), float(np.log(30.0)), 80
SIZE_EDGES = (-5.0, -3.5, -2.5, -1.5, -0.5, 0.5)  # log of the expected count
MOST = 200
SHARED = 30.0  # so many cell-days of all classes stand behind the sizes of each


@dataclass(frozen=True)
class Tail:
    """The distribution of a cell-day's count given its expectation.

    Attributes:
        any: P(Y >= 1) at 82 points of the log expectation.
        size: P(Y >= y | Y >= 1) for y = 0..201 (0 and 1 are 1), one row a class of expectation.
    """

    any: Floats
    size: Floats

    def log_sf(self, log_mean: Floats, count: Ints) -> Floats:
        """Logarithm of P(Y >= count), for counts of 1 or more."""
        any_ = np.log(np.interp(log_mean, _centres(), self.any))
        size = self.size[np.digitize(log_mean, SIZE_EDGES), np.minimum(count, MOST + 1)]
        return np.asarray(any_ + np.log(size))

    def bounds(self, level: float) -> tuple[Floats, Ints, Floats]:
        """For 3,000 log expectations the least bound b with P(Y > b) <= level, and that chance."""
        log_mean = np.linspace(LOW, HIGH, 3_000)
        any_ = np.interp(log_mean, _centres(), self.any)
        above = any_[:, None] * self.size[np.digitize(log_mean, SIZE_EDGES)][:, 1:]  # column b: P(Y > b)
        bound = np.minimum((above > level).sum(1), MOST)
        return log_mean, bound.astype(np.int64), above[np.arange(len(log_mean)), bound]


class Tally:
    """Counts of what was expected and what came, cell-day by cell-day; tallies of several years add up."""

    def __init__(self) -> None:
        self.days = np.zeros(STEPS + 2)
        self.fires = np.zeros(STEPS + 2)
        self.sizes = np.zeros((len(SIZE_EDGES) + 1, MOST + 2))

    def note(self, log_mean: Floats) -> None:
        """Every cell-day, those without detections too."""
        self.days += np.bincount(_bin(log_mean), minlength=STEPS + 2)

    def note_fires(self, log_mean: Floats, count: Ints) -> None:
        """The cell-days with detections."""
        self.fires += np.bincount(_bin(log_mean), minlength=STEPS + 2)
        np.add.at(self.sizes, (np.digitize(log_mean, SIZE_EDGES), np.minimum(count, MOST + 1)), 1)

    def __add__(self, other: Tally) -> Tally:
        both = Tally()
        both.days, both.fires, both.sizes = self.days + other.days, self.fires + other.fires, self.sizes + other.sizes
        return both


def learn(tally: Tally) -> Tail:
    """Read the distribution off a tally of left-out years. Raises ValueError where nothing ever burnt."""
    from scipy.optimize import isotonic_regression

    if not tally.fires.sum():
        raise ValueError("no detections in the years to learn from")
    # One cell-day as a Poisson count would have it stands where none was seen.
    rate = (tally.fires - np.expm1(-np.exp(_centres()))) / (tally.days + 1.0)
    any_ = np.clip(isotonic_regression(rate, weights=tally.days + 1.0).x, 1e-7, 1.0)
    above = tally.sizes[:, ::-1].cumsum(1)[:, ::-1]
    every = _drawn_out(above.sum(0) / max(float(above[:, 1].sum()), 1.0))
    size = (above + SHARED * every) / (above[:, 1:2] + SHARED)
    size[:, 0] = size[:, 1] = 1.0
    return Tail(any_, np.minimum.accumulate(size, axis=1))


def _drawn_out(tail: Floats) -> Floats:
    """Beyond the largest count ever seen the chance falls with its square, and is never 0."""
    tail = tail.copy()
    tail[0] = tail[1] = 1.0
    last = int(np.flatnonzero(tail > 0)[-1])
    beyond = np.arange(last + 1, len(tail))
    tail[beyond] = tail[last] * (last / beyond) ** 2
    return tail


def _bin(log_mean: Floats) -> Ints:
    step = (HIGH - LOW) / STEPS
    return np.asarray(np.clip(np.floor((log_mean - LOW) / step) + 1, 0, STEPS + 1).astype(np.int64))


def _centres() -> Floats:
    step = (HIGH - LOW) / STEPS
    return np.concatenate([[LOW], LOW + step * (np.arange(STEPS) + 0.5), [HIGH]])
