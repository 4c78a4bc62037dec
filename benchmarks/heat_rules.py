"""Reference rules for benchmark 3, in our own words: how the rule behaves, not what its authors' files contain.

    votes of peaceful years, votes of a year --rule--> which votes it flags

Both stand on a climatology of the kind the first papers used: a mean over years, smoothed over the neighbouring cells
and a fortnight, with no level of the day, no left-out years, no satellite offset.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d, maximum_filter
from scipy.stats import nbinom

from truceline.observations.heat.area import Area
from truceline.observations.heat.hits import Votes, year_of

BOOTSTRAPS = 20
BOUND = 0.999
SPELL_DAYS = 10
NEAR_CELLS = 5  # about 50 km
TWO_DAYS = (9, 89)


def economist_like(training: Votes, votes: Votes) -> tuple[np.ndarray, None]:
    """Excess over the 95th percentile of bootstrapped means less 2; kept where it recurs; then ten days of everything.

    After github.com/TheEconomist/the-economist-war-fire-model as read. Bootstraps over years of a smoothed mean stand
    for its hundred boosted models; no weather, no cloud, no boxes drawn by hand. Its random choice of fires within a
    cell is left out: all fires of a cell-day with excess are tagged.
    """
    area = Area.around(np.concatenate([training.cell, votes.cell]))
    years = np.unique(year_of(training.day)).tolist()
    of_year = {y: _daily(training.where(year_of(training.day) == y), area) for y in years}
    chance = np.random.default_rng(1)
    means = np.sort(
        [_smooth(sum(of_year[y] for y in chance.choice(years, len(years)))) / len(years) for _ in range(BOOTSTRAPS)],
        axis=0,
    )
    upper = means[int(0.95 * BOOTSTRAPS) - 1]
    seen = _daily(votes, area)
    excess = seen - np.ceil(upper) - 2 > 0
    lasting = np.zeros_like(excess)
    day, row, column = np.nonzero(excess)
    for d, r, c in zip(day, row, column, strict=True):
        other = np.flatnonzero(excess[:, r, c])
        gap = np.abs(other - d)
        lasting[d, r, c] = bool(((gap >= TWO_DAYS[0]) & (gap <= TWO_DAYS[1])).any())
    near = maximum_filter(lasting.any(0), size=2 * NEAR_CELLS + 1)
    kept = excess & near[None]
    tagged = kept.copy()
    for back in range(1, SPELL_DAYS + 1):
        tagged[back:] |= kept[:-back]
    return _look_up(tagged, votes, area), None


def plain_nb(training: Votes, votes: Votes) -> tuple[np.ndarray, float]:
    """Above the 99.9 % bound of a negative binomial around the smoothed mean, one dispersion for all cells."""
    area = Area.around(np.concatenate([training.cell, votes.cell]))
    years = np.unique(year_of(training.day)).tolist()
    daily = [_daily(training.where(year_of(training.day) == y), area) for y in years]
    mean = _smooth(sum(daily)) / len(years) + 1e-6
    squares = sum(((one - mean) ** 2 - mean).sum(dtype=float) for one in daily) / len(years)
    k = float((mean.astype(float) ** 2).sum() / max(squares, 1e-9))  # moments: variance = m + m^2 / k
    grid = np.geomspace(1e-6, 1e3, 4_000)
    bound = nbinom.ppf(BOUND, k, k / (k + grid))
    at = np.clip(np.searchsorted(grid, mean), 0, len(grid) - 1)
    above = _daily(votes, area) > bound[at]
    nominal = nbinom.sf(bound, k, k / (k + grid))[at].sum()
    return _look_up(above, votes, area), float(above.sum() / nominal)


def _daily(votes: Votes, area: Area) -> Any:
    row, column, _ = area.index(votes.cell)
    image = np.zeros((366, *area.shape), np.float32)
    np.add.at(image, (_day_of_year(votes), row, column), votes.count)
    return image


def _look_up(flag: Any, votes: Votes, area: Area) -> np.ndarray:
    row, column, _ = area.index(votes.cell)
    return np.asarray(flag[_day_of_year(votes), row, column])


def _day_of_year(votes: Votes) -> np.ndarray:
    days = votes.day.astype("datetime64[D]")
    return np.asarray((days - days.astype("datetime64[Y]")).astype(int))


def _smooth(image: Any) -> Any:
    return gaussian_filter(gaussian_filter1d(image, 7.0, axis=0, mode="wrap", truncate=3), (0, 1.0, 1.0), truncate=3)
