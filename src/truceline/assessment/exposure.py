"""How much may have been missed: a rate learned from the neighbours, thinned by what could be seen.

    counts, observability along the line --priors--> Gamma a sector --missed--> Missed: expected, upper 90 %

Of N ~ Poisson(rate) acts in a sector-day each is seen with probability p, the observability, independently of
the others; n are seen. With rate ~ Gamma(a, b) the number missed is, given n, negative binomial with shape
a + n and success probability (b + p) / (b + 1). The prior is learned, not chosen: its mean from the sectors
nearby, each weighed by how near it is and how well it was seen; its shape, how uneven the line is, from all
sectors of the day by marginal likelihood. A sector's own count never enters its own prior.
Where nothing can see a class there is no bound, whatever the neighbours show.
Sources: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., sections 2.6 and 5.1 (Poisson with gamma prior,
empirical Bayes); Kingman (1993), Poisson Processes, section 5.1 (thinning).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

LEAST_OBSERVABILITY = 0.001  # below this nobody could have seen it, and there is no bound
POOLED_FROM = 0.2  # a sector seen worse than this teaches its neighbours nothing but rumours
REACH_SECTORS = 2.0  # how fast a neighbour's weight falls off, e-fold per so many sectors
OWN_WEIGHT = 1.0  # the line's mean weighs as much as this many well seen neighbours
SHAPES = (0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0)
TAIL = 1e-9  # a distribution is followed until this little is left of it
LEVEL = 0.90


@dataclass(frozen=True)
class Gamma:
    """A prior for acts a sector-day: shape, and rate in sector-days."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        return self.shape / self.rate


@dataclass(frozen=True)
class Missed:
    """Acts that happened and were not counted: a negative binomial with shape and success probability."""

    shape: float
    success: float

    @property
    def expected(self) -> float:
        return self.shape * (1 - self.success) / self.success

    def chances(self) -> np.ndarray:
        """P(0 missed), P(1 missed), … until all but `TAIL` is told; it sums to 1."""
        term = self.success**self.shape
        found, left, m = [term], 1 - term, 0
        while left > TAIL and m < 100_000:
            term *= (self.shape + m) / (m + 1) * (1 - self.success)
            m += 1
            found.append(term)
            left -= term
        chances = np.array(found)
        return np.asarray(chances / chances.sum())

    @property
    def upper_90(self) -> int:
        """The least number that is not exceeded with a chance of 90 %."""
        return quantile(self.chances(), LEVEL)


def missed(count: int, observability: float, prior: Gamma) -> Missed | None:
    """What may have been missed in one sector-day; None: no bound.

    Args:
        count: Acts counted, 0 or more.
        observability: P(seen | happened), 0..1.
        prior: Of the rate, from the neighbours.

    >>> missed(0, 0.5, Gamma(0.5, 1.0)).upper_90, missed(3, 0.5, Gamma(0.5, 1.0)).upper_90
    (1, 3)
    >>> missed(3, 0.0, Gamma(0.5, 1.0)) is None
    True
    """
    if count < 0 or not 0 <= observability <= 1:
        raise ValueError(f"count {count} must be 0 or more and observability {observability} within 0..1")
    if observability < LEAST_OBSERVABILITY:
        return None
    return Missed(prior.shape + count, (prior.rate + observability) / (prior.rate + 1))


def priors(counts: Sequence[int], observability: Sequence[float | None]) -> tuple[Gamma, ...]:
    """A prior for each sector of a line, in the order of the line, for one class and day.

    Args:
        counts: Acts counted in each sector.
        observability: P(seen | happened) there; None: not known, and it teaches nothing.
    """
    n = np.array(counts, dtype=float)
    p = np.array([0.0 if one is None or one < POOLED_FROM else one for one in observability])
    n = np.where(p > 0, n, 0.0)
    # Half an act in a sector-day nobody need have seen: on a line without any count the mean stays above 0.
    line_mean = (n.sum() + 0.5) / (p.sum() + 1.0)
    index = np.arange(len(n))
    weight = np.exp(-np.abs(index[:, None] - index[None, :]) / REACH_SECTORS)
    np.fill_diagonal(weight, 0.0)
    means = (weight @ n + OWN_WEIGHT * line_mean) / (weight @ p + OWN_WEIGHT)
    shape = _shape(n, p, means)
    return tuple(Gamma(shape, shape / float(mean)) for mean in means)


def together(parts: Sequence[Missed]) -> np.ndarray:
    """P(0), P(1), … acts missed in several sector-days or classes that are independent given their priors."""
    whole = np.ones(1)
    for part in parts:
        whole = np.convolve(whole, part.chances())
        kept = int(np.searchsorted(np.cumsum(whole), 1 - TAIL)) + 1
        whole = whole[:kept] / whole[:kept].sum()
    return whole


def quantile(chances: np.ndarray, level: float) -> int:
    """The least number whose running sum of chances reaches a level."""
    return int(np.searchsorted(np.cumsum(chances), level - 1e-12))


def _shape(n: np.ndarray, p: np.ndarray, means: np.ndarray) -> float:
    """The shape that makes the counts of the day most likely; 0.5 (Jeffreys) is preferred where they say little."""
    seen = p > 0
    best, likeliest = 0.5, -math.inf
    for shape in SHAPES:
        rate = shape / means[seen]
        success = rate / (rate + p[seen])
        log = math.fsum(
            math.lgamma(shape + k) - math.lgamma(shape) - math.lgamma(k + 1) + shape * math.log(q) + k * math.log1p(-q)
            for k, q in zip(n[seen].tolist(), success.tolist(), strict=True)
        )
        log -= 0.5 * math.log(shape / 0.5) ** 2  # a standard log-normal around Jeffreys' half
        if log > likeliest:
            best, likeliest = shape, log
    return best
