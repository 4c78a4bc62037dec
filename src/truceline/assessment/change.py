"""Has it changed: a rate after a date divided by the rate before it, with an interval the series itself has tested.

    daily counts, exposure --profile likelihood--> rate ratio --placebo dates--> interval, or a refusal

Counts of a day are negative binomial with mean exposure x rate, so that a day nobody could see weighs nothing and
days of bursts are allowed for. The rate steps at the date and nowhere else. A model alone is too sure: acts come in
waves that last for weeks. So the same question is asked at dates where nothing is known to have happened, and the
interval is stretched until those placebo dates are false alarms as often as they should be.

The statistic is the signed root of the likelihood ratio, divided by the root of the long-run variance of its own
residuals. Its spread over the placebo dates nearby, with Student's t for how few of them are independent, replaces
the normal table.
Sources: Lawless (1987), Negative binomial and mixed Poisson regression, https://doi.org/10.2307/3314912; Newey and
West (1987), https://doi.org/10.2307/1913610 (weights of the long-run variance); Bernal, Cummins and Gasparrini (2017),
Interrupted time series regression, https://doi.org/10.1093/ije/dyw098.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEVEL = 0.90
PLACEBO_REACH_DAYS = 730  # a war of other years tells little of the rhythm of this one
# Before any placebo date is asked, the spread is taken to be that of the real series measured in
# docs/methods/change.md, with the weight of this many independent dates.
PRIOR_SPREAD, PRIOR_DATES = 1.5, 4.0
LEAST_DAYS_BEFORE = 7
LEAST_SHARE = 0.5  # of the days of a period that must be known, or the period is not told of
MOST_UNEVEN = 2.0  # exposure a day may differ by this factor; beyond it the exposure would decide, not the counts
_ALPHA = np.concatenate([[0.0], np.geomspace(0.01, 20.0, 30)])  # dispersion: variance = mean + alpha mean^2
_FAR = 12.0  # log ratios are followed this far; beyond it there is no bound


@dataclass(frozen=True)
class Change:
    """What became of a rate at a date.

    Attributes:
        at: Index of the first day after.
        before, after: Events counted in the usable days of each period.
        exposure_before, exposure_after: Their exposure, in the unit given.
        rate_before, rate_after: Events per unit of exposure.
        ratio: Rate after divided by rate before; None where refused, infinity where none was counted before.
        low, high: Interval of the ratio at `level`. 0 and infinity where the counts set no bound.
        spread: What the interval was stretched by; 1 were the model the whole truth.
        placebo_dates: How many dates stood for it; `placebo_independent` of them do not share a day.
        refused: Why nothing is said; None where something is.
    """

    at: int
    before: float
    after: float
    exposure_before: float
    exposure_after: float
    rate_before: float | None
    rate_after: float | None
    ratio: float | None
    low: float | None
    high: float | None
    level: float
    spread: float
    placebo_dates: int
    placebo_independent: float
    refused: str | None

    @property
    def direction(self) -> str:
        """``fell``, ``rose``, ``no change can be told`` or ``refused``: the words of the interval, nothing more."""
        if self.refused is not None or self.low is None or self.high is None:
            return "refused"
        if self.high < 1:
            return "fell"
        return "rose" if self.low > 1 else "no change can be told"


@dataclass(frozen=True)
class Calibration:
    """How restless a series is by itself.

    Attributes:
        spread: Root mean square of the statistic where nothing is known to have happened.
        dates: Placebo dates asked.
        independent: How many of them share no day with another, at most.
    """

    spread: float
    dates: int
    independent: float

    def limit(self, level: float) -> float:
        """How large the statistic may be and still be nothing, two-sided."""
        from scipy.stats import t

        return float(self.spread * t.ppf(0.5 + level / 2, PRIOR_DATES + self.independent))


def rate_change(
    counts: Sequence[float | None],
    exposure: Sequence[float | None],
    at: int,
    *,
    before: int = 30,
    after: int = 30,
    level: float = LEVEL,
    known_changes: Iterable[int] = (),
) -> Change:
    """How a rate changed at a date.

    Args:
        counts: Events of each day, in order; None: not known. Never 0 for a day that was not looked at.
        exposure: What each day's count is to be divided by (observed sector-hours, or all reports of the day);
            None or 0: nobody looked, and the day is left out.
        at: Index of the first day after.
        before, after: Days of each period.
        level: Two-sided level of the interval.
        known_changes: Indices of other dates at which something is known to have happened; no placebo date has one
            in its periods.
    Returns:
        The change, or its refusal with the reason.
    Raises:
        ValueError: Lengths differ, a value is negative or no number, or the date has no day on either side.
    """
    y, e = _series(counts, exposure)
    if before < 1 or after < 1 or not 0 < at < len(y):
        raise ValueError(
            f"day {at} of {len(y)} with {before} days before and {after} after: there must be a day on either side"
        )
    if not 0 < level < 1:
        raise ValueError(f"level {level} must lie within 0..1")
    first, last = max(0, at - before), min(len(y), at + after)
    pre, post = _usable(y[first:at], e[first:at]), _usable(y[at:last], e[at:last])
    calibrated = calibrate(y.tolist(), e.tolist(), at, before=before, after=after, known_changes=known_changes)
    reason = _refusal(pre, post, before, after)
    ratio = low = high = None
    if reason is None:
        limit = calibrated.limit(level)
        ratio, low, high = _interval(pre, post, limit)
    sums = [float(part.sum()) for part in (*pre, *post)]
    return Change(
        at=at,
        before=sums[0],
        after=sums[2],
        exposure_before=sums[1],
        exposure_after=sums[3],
        rate_before=sums[0] / sums[1] if sums[1] else None,
        rate_after=sums[2] / sums[3] if sums[3] else None,
        ratio=ratio,
        low=low,
        high=high,
        level=level,
        spread=calibrated.spread,
        placebo_dates=calibrated.dates,
        placebo_independent=calibrated.independent,
        refused=reason,
    )


def calibrate(
    counts: Sequence[float | None],
    exposure: Sequence[float | None],
    at: int,
    *,
    before: int,
    after: int,
    known_changes: Iterable[int] = (),
) -> Calibration:
    """The spread of the statistic at dates near `at` whose periods share no day with its own.

    Args:
        counts, exposure, at, before, after, known_changes: As for `rate_change`.
    """
    y, e = _series(counts, exposure)
    width = before + after
    spans = [at, *known_changes]
    asked = [
        day
        for day in range(before, len(y) - after + 1)
        if width <= abs(day - at) <= PLACEBO_REACH_DAYS and not any(day - before < k < day + after for k in spans)
    ]
    found = [z for day in asked if (z := statistic(y, e, day, before=before, after=after)) is not None]
    return pooled(found, width)


def pooled(statistics: Sequence[float], width: int) -> Calibration:
    """Spread and number of independent dates from the statistics of placebo dates `width` days wide."""
    independent = len(statistics) / width
    squares = math.fsum(z * z for z in statistics) / width
    spread = math.sqrt((PRIOR_DATES * PRIOR_SPREAD**2 + squares) / (PRIOR_DATES + independent))
    return Calibration(spread, len(statistics), independent)


def statistic(y: Floats, e: Floats, at: int, *, before: int, after: int) -> float | None:
    """The statistic of "nothing changed" at one day; None where the day could not be asked about.

    Args:
        y: Counts, NaN where not known.
        e: Exposure, NaN or 0 where nobody looked.
        at: Index of the first day after; both periods lie within the series.
    """
    pre, post = _usable(y[at - before : at], e[at - before : at]), _usable(y[at : at + after], e[at : at + after])
    if _refusal(pre, post, before, after) is not None:
        return None
    return _Likelihood(pre, post).root(0.0)


def _series(counts: Sequence[float | None], exposure: Sequence[float | None]) -> tuple[Floats, Floats]:
    y = np.array([math.nan if c is None else c for c in counts], dtype=np.float64)
    e = np.array([math.nan if x is None else x for x in exposure], dtype=np.float64)
    if len(y) != len(e):
        raise ValueError(f"{len(y)} counts but {len(e)} exposures")
    if np.any(y < 0) or np.any(e < 0) or np.any(np.isinf(y)) or np.any(np.isinf(e)):
        raise ValueError("counts and exposures are finite and not below 0; write None for what is not known")
    return y, e


def _usable(y: Floats, e: Floats) -> tuple[Floats, Floats]:
    known = np.isfinite(y) & np.isfinite(e) & (np.nan_to_num(e) > 0)
    return y[known], e[known]


def _refusal(pre: tuple[Floats, Floats], post: tuple[Floats, Floats], before: int, after: int) -> str | None:
    """Why the two periods cannot be compared; None where they can."""
    for name, (days, _), asked in (("before", pre, before), ("after", post, after)):
        least = max(1, math.ceil(LEAST_SHARE * asked), LEAST_DAYS_BEFORE if name == "before" else 1)
        if len(days) < least:
            return f"only {len(days)} of the {asked} days {name} are known well enough; at least {least} are needed"
    a, b = float(pre[1].mean()), float(post[1].mean())
    if max(a, b) > MOST_UNEVEN * min(a, b):
        return f"coverage is not comparable: {a:.3g} of exposure a day before, {b:.3g} after"
    if pre[0].sum() + post[0].sum() == 0:
        return "no event was counted in either period, so there is no rate to compare"
    return None


def _interval(pre: tuple[Floats, Floats], post: tuple[Floats, Floats], limit: float) -> tuple[float, float, float]:
    """Ratio and its limits: every ratio whose statistic stays within `limit`."""
    model = _Likelihood(pre, post)
    at = model.log_ratio
    return (
        math.exp(at) if math.isfinite(at) else (0.0 if at < 0 else math.inf),
        math.exp(model.cross(limit, below=True)),
        math.exp(model.cross(limit, below=False)),
    )


class _Likelihood:
    """The likelihood of one step, with the rest (rate before, dispersion) at its best."""

    def __init__(self, pre: tuple[Floats, Floats], post: tuple[Floats, Floats]) -> None:
        from scipy.special import gammaln

        self.y = np.concatenate([pre[0], post[0]])
        self.log_e = np.log(np.concatenate([pre[1], post[1]]))
        self.step = np.concatenate([np.zeros(len(pre[0])), np.ones(len(post[0]))])
        alpha = _ALPHA[1:, None]
        self._fixed = np.sum(gammaln(self.y + 1 / alpha) - gammaln(1 / alpha) - gammaln(self.y + 1), axis=1)
        self._poisson = -float(np.sum(gammaln(self.y + 1)))
        free = _per_alpha(self.y, self.log_e, self.step == 0) + _per_alpha(self.y, self.log_e, self.step == 1)
        tops = free + np.concatenate([[self._poisson], self._fixed])
        best = int(np.argmax(tops))
        self.top, self.alpha = float(tops[best]), float(_ALPHA[best])
        rates = [self._rate(self.step == side) for side in (0, 1)]
        self.log_ratio = _log(rates[1]) - _log(rates[0])
        self.long_run = math.sqrt(_long_run(self._residuals(rates)))

    def root(self, log_ratio: float) -> float:
        """The signed statistic of one supposed log ratio; above 0 where the counts speak for a larger one."""
        held = _per_alpha(self.y, self.log_e + log_ratio * self.step, np.ones(len(self.y), dtype=bool))
        deviance = 2 * (self.top - float(np.max(held + np.concatenate([[self._poisson], self._fixed]))))
        return math.copysign(math.sqrt(max(0.0, deviance)) / self.long_run, self.log_ratio - log_ratio)

    def cross(self, limit: float, *, below: bool) -> float:
        """The log ratio at which the statistic reaches the limit, below or above the best one; infinite if nowhere."""
        sign = -1.0 if below else 1.0
        inner = min(_FAR, max(-_FAR, self.log_ratio))
        outer = sign * _FAR + (inner if abs(inner) < _FAR else 0.0)
        if abs(self.root(outer)) <= limit:
            return sign * math.inf
        for _ in range(60):
            middle = (inner + outer) / 2
            if abs(self.root(middle)) <= limit:
                inner = middle
            else:
                outer = middle
        return (inner + outer) / 2

    def _rate(self, which: NDArray[np.bool_]) -> float:
        """Events per exposure of one period, at the likeliest dispersion."""
        if self.y[which].sum() == 0:
            return 0.0
        return math.exp(float(_best_rate(self.y[which], self.log_e[which], np.array([self.alpha]))[0]))

    def _residuals(self, rates: Sequence[float]) -> Floats:
        """Pearson residuals day by day; a period without any event has none to show."""
        mean = np.where(self.step == 0, rates[0], rates[1]) * np.exp(self.log_e)
        spread = np.sqrt(mean + self.alpha * mean**2)
        return np.asarray(np.divide(self.y - mean, spread, out=np.zeros_like(mean), where=spread > 0))


def _log(rate: float) -> float:
    return math.log(rate) if rate > 0 else -math.inf


def _best_rate(y: Floats, log_e: Floats, alpha: Floats) -> Floats:
    """Log rate of highest likelihood for each dispersion, by Newton steps on its concave likelihood."""
    rate = np.full(len(alpha), math.log(float(y.sum())) - math.log(float(np.exp(log_e).sum())))
    for _ in range(40):
        mean = np.exp(log_e + rate[:, None])
        weight = 1 / (1 + alpha[:, None] * mean)
        slope = np.sum((y - mean) * weight, axis=1)
        bend = np.sum(mean * weight * (1 + alpha[:, None] * y) * weight, axis=1)
        move = np.clip(slope / bend, -1.0, 1.0)
        rate = np.asarray(rate + move)
        if float(np.abs(move).max()) < 1e-10:
            break
    return rate


def _per_alpha(y: Floats, log_e: Floats, which: NDArray[np.bool_]) -> Floats:
    """Log likelihood of some days under one rate for each dispersion, less what does not depend on the rate."""
    y, log_e = y[which], log_e[which]
    if y.sum() == 0:
        return np.zeros(len(_ALPHA))
    rate = _best_rate(y, log_e, _ALPHA)
    log_mean = log_e + rate[:, None]
    mean = np.exp(log_mean)
    found = np.empty(len(_ALPHA))
    found[0] = np.sum(y * log_mean[0] - mean[0])
    spread = _ALPHA[1:, None] * mean[1:]
    # log of (1 / (1 + spread)) ^ (1 / alpha) times (spread / (1 + spread)) ^ y
    found[1:] = np.sum(y * (np.log(spread) - np.log1p(spread)) - np.log1p(spread) / _ALPHA[1:, None], axis=1)
    return found


def _long_run(residuals: Floats) -> float:
    """Variance of a sum of residuals over that of as many unrelated ones; never below 1 (Newey and West)."""
    n = len(residuals)
    variance = float(residuals @ residuals) / n
    if variance == 0:
        return 1.0
    lags = min(n - 1, int(4 * (n / 100) ** (2 / 9)) + 3)
    parts = [(1 - k / (lags + 1)) * float(residuals[k:] @ residuals[:-k]) / n for k in range(1, lags + 1)]
    return max(1.0, 1 + 2 * math.fsum(parts) / variance)
