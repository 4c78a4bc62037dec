"""How many in all: what several voices told apart says of what none of them told.

    incidents, each with the lists it stands on --log-linear models--> N with an interval, warnings, or a refusal

A list is one independent kind of voice: the mission's own observers, or one named third party. Incidents that two
lists share tell how complete each is. That holds only if one list does not lead to the other; so with three lists
and more every pair is tried for dependence, and with two, where it cannot be tried, that is said.
Sources: Fienberg (1972), https://doi.org/10.1093/biomet/59.3.591 (log-linear models of capture histories); Chao (1987),
https://doi.org/10.2307/2531532 (log-normal interval); International Working Group for Disease
Monitoring and Forecasting (1995), https://doi.org/10.1093/oxfordjournals.aje.a117558 (dependent lists); Evans and
Bonett (1994), https://doi.org/10.2307/2533454 (empty cells).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

MOST_LISTS = 4  # the smallest ones are put together beyond this
LEAST_INCIDENTS = 10
LEAST_SHARED = 3
NEARLY_AS_WELL = 4.0  # of Schwarz's criterion: beyond it a model has little left to say for it
LEVEL = 0.90
_Z = 1.6448536269514722  # 95 % of the normal: two-sided 90 %


@dataclass(frozen=True)
class HowMany:
    """How many incidents there were in all, told or not.

    Attributes:
        told: Distinct incidents on any list.
        lists: Name and length of each list, longest first.
        shared: Incidents on two lists or more.
        estimate, low, high: Of all incidents, told ones included; None where refused.
        dependent: Pairs of lists that share more or fewer incidents than chance would have them.
        warnings: What a reader must know before quoting the figure.
        refused: Why there is no figure.
    """

    told: int
    lists: tuple[tuple[str, int], ...]
    shared: int
    estimate: float | None
    low: float | None
    high: float | None
    dependent: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...]
    refused: str | None


def how_many(histories: Iterable[Iterable[str]]) -> HowMany:
    """Estimate how many incidents there were from which lists hold which.

    Args:
        histories: For each distinct incident, the lists it stands on. One on no list is not given.

    >>> both = [("patrols", "agency")] * 20 + [("patrols",)] * 20 + [("agency",)] * 10
    >>> found = how_many(both)
    >>> found.told, round(found.estimate)
    (50, 60)
    """
    told = [frozenset(one) for one in histories]
    if any(not one for one in told):
        raise ValueError("an incident on no list was given; only told ones can be")
    told, sizes = _few_lists(told)
    shared = sum(1 for one in told if len(one) > 1)
    names = tuple(name for name, _ in sizes)
    reason = _refusal(len(told), names, shared)
    models = [] if reason is not None else _models(told, names)
    if not models:
        reason = reason or "the lists share so much or so little that no model can be fitted"
        return HowMany(len(told), sizes, shared, None, None, None, (), (), reason)
    best = min(models, key=lambda one: (one.criterion, one.pairs))
    dependent = tuple(
        (names[i], names[j], "share more than chance" if best.log_odds[i, j] > 0 else "share less than chance")
        for i, j in best.pairs
    )
    # Which pairs depend is itself not known: the interval holds those of every model that fits nearly as well.
    near = [one for one in models if one.criterion - best.criterion <= NEARLY_AS_WELL]
    limits = [_limits(len(told), one.untold, one.variance) for one in near]
    return HowMany(
        told=len(told),
        lists=sizes,
        shared=shared,
        estimate=len(told) + best.untold,
        low=min(low for low, _ in limits),
        high=max(high for _, high in limits),
        dependent=dependent,
        warnings=tuple(_warnings(names, dependent, [len(told) + one.untold for one in near])),
        refused=None,
    )


@dataclass(frozen=True)
class _Model:
    """One log-linear model: the pairs it lets depend, and what it says of the untold."""

    pairs: tuple[tuple[int, int], ...]
    criterion: float
    untold: float
    variance: float
    log_odds: dict[tuple[int, int], float]


def _few_lists(told: Sequence[frozenset[str]]) -> tuple[list[frozenset[str]], tuple[tuple[str, int], ...]]:
    """At most `MOST_LISTS` lists, the smallest put together, and their sizes."""
    sizes = Counter(chain.from_iterable(told))
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    if len(order) > MOST_LISTS:
        kept = set(order[: MOST_LISTS - 1])
        told = [frozenset(name if name in kept else "all others" for name in one) for one in told]
        sizes = Counter(chain.from_iterable(told))
        order = sorted(sizes, key=lambda name: (-sizes[name], name))
    return list(told), tuple((name, sizes[name]) for name in order)


def _refusal(told: int, names: Sequence[str], shared: int) -> str | None:
    if len(names) < 2:
        return "fewer than two independent lists told of anything"
    if told < LEAST_INCIDENTS:
        return f"only {told} incidents were told; at least {LEAST_INCIDENTS} are needed"
    if shared < LEAST_SHARED:
        return f"only {shared} incidents stand on two lists; at least {LEAST_SHARED} are needed"
    return None


def _models(told: Sequence[frozenset[str]], names: Sequence[str]) -> list[_Model]:
    """Every model with some pairs dependent that leaves something to estimate; for two lists there is one."""
    number = len(names)
    cells = [tuple(int(bit) for bit in np.binary_repr(n, number)) for n in range(1, 2**number)]
    seen = Counter(tuple(int(name in one) for name in names) for one in told)
    y = np.array([seen[cell] for cell in cells], dtype=np.float64)
    every = list(combinations(range(number), 2)) if number > 2 else []
    choices = list(chain.from_iterable(combinations(every, size) for size in range(len(every) + 1)))
    fits = [pairs for pairs in choices if 1 + number + len(pairs) <= len(cells)]
    found = [one for pairs in fits if (one := _fit(y, np.array(cells, dtype=np.float64), pairs)) is not None]
    if (
        not found
    ):  # lists that hold nearly the same incidents leave cells empty: Evans and Bonett (1994) fill them a little
        found = [
            one for pairs in fits if (one := _fit(y + 0.5 ** (number - 1), np.array(cells, dtype=np.float64), pairs))
        ]
    return found


def _fit(y: NDArray[np.float64], cells: NDArray[np.float64], pairs: tuple[tuple[int, int], ...]) -> _Model | None:
    """Poisson log-linear fit by iterated weighted least squares; None where the table cannot carry the model."""
    columns = [np.ones(len(cells)), *cells.T, *(cells[:, i] * cells[:, j] for i, j in pairs)]
    x = np.column_stack(columns)
    mean: NDArray[np.float64] = np.asarray(y + 0.5)
    coefficients = np.zeros(x.shape[1])
    for _ in range(100):
        log = np.log(mean)
        weight = x * mean[:, None]
        information = x.T @ weight
        if np.linalg.cond(information) > 1e10:
            return None
        new = np.asarray(np.linalg.solve(information, weight.T @ (log + (y - mean) / mean)), dtype=np.float64)
        mean = np.asarray(np.exp(np.clip(x @ new, -30, 30)))
        moved = float(np.abs(new - coefficients).max())
        coefficients = new
        if moved < 1e-9:
            break
    else:
        return None
    variance = float(np.linalg.inv(information)[0, 0])
    n, k = float(y.sum()), x.shape[1]
    deviance = 2 * float(np.sum(np.where(y > 0, y * np.log(np.where(y > 0, y, 1) / mean), 0) - (y - mean)))
    untold = math.exp(coefficients[0])
    odds = {pair: float(coefficients[1 + cells.shape[1] + at]) for at, pair in enumerate(pairs)}
    # Bayes' criterion of Schwarz (1978) on incidents: a pair is called dependent only on good grounds.
    return _Model(pairs, deviance + k * math.log(n), untold, untold + untold**2 * variance, odds)


def _limits(told: int, untold: float, variance: float) -> tuple[float, float]:
    """Log-normal interval of Chao (1987): never below what was told."""
    if untold <= 0:
        return float(told), float(told)
    stretch = math.exp(_Z * math.sqrt(math.log1p(variance / untold**2)))
    return told + untold / stretch, told + untold * stretch


def _warnings(
    names: Sequence[str], dependent: Sequence[tuple[str, str, str]], estimates: Sequence[float]
) -> Iterable[str]:
    if len(names) == 2:
        yield (
            f"With two lists nobody can tell whether {names[0]} and {names[1]} lead to one another; "
            "if they do, there were more than this."
        )
    for first, second, how in dependent:
        yield f"{first} and {second} {how}: they are not independent, and the estimate allows for it."
    if max(estimates) > 1.25 * min(estimates):
        yield f"Models that fit about as well say from {min(estimates):.0f} to {max(estimates):.0f}."
    yield "Lists that look at different places or classes share too little, and then the figure is too high."
