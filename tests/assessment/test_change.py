"""Has it changed: published figures, planted changes, placebo dates, and refusals."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.assessment.change import calibrate, rate_change
from truceline.assessment.daily import Daily
from truceline.assessment.holding import Told, holding


def test_the_ratio_is_the_ratio_of_rates() -> None:
    """With equal exposure the likeliest ratio is after over before, whatever the dispersion."""
    counts = [4, 0, 7, 3, 2, 9, 5, 1, 6, 3, 1, 0, 2, 0, 3, 1, 0, 1, 1, 1]
    found = rate_change(counts, [1.0] * 20, 10, before=10, after=10)
    assert found.ratio == pytest.approx(10 / 40, rel=1e-6)
    assert (found.rate_before, found.rate_after) == (4.0, 1.0)


def test_exposure_is_divided_by() -> None:
    """Half the watch and half the count is no change at all."""
    found = rate_change([4] * 14 + [2] * 14, [10.0] * 14 + [5.0] * 14, 14, before=14, after=14)
    assert found.ratio == pytest.approx(1.0, rel=1e-6)
    assert found.direction == "no change can be told"


def test_the_limits_are_those_of_the_profile_likelihood() -> None:
    """At both limits the likelihood, maximised by another hand over rate and dispersion, has fallen by what it should."""
    from scipy.optimize import minimize
    from scipy.stats import nbinom

    counts = [6, 0, 9, 1, 3, 8, 2, 0, 5, 6, 1, 0, 2, 5, 0, 1, 0, 4, 1, 1]
    y, step = np.array(counts), np.repeat([0, 1], 10)

    def deepest(ratio: float | None) -> float:
        def minus(x: np.ndarray) -> float:
            mean = np.exp(x[0] + step * (math.log(ratio) if ratio is not None else x[2]))
            size = math.exp(-x[1])
            return -float(nbinom.logpmf(y, size, size / (size + mean)).sum())

        return min(
            minimize(minus, [1.0, a, -1.0], method="Nelder-Mead", options={"maxiter": 4000}).fun for a in (-2, 0, 1)
        )

    found = rate_change(counts, [1.0] * 20, 10, before=10, after=10)
    limit = calibrate(counts, [1.0] * 20, 10, before=10, after=10).limit(0.90)
    for ratio in (found.low, found.high):
        assert ratio is not None
        # Residuals of these counts have no long run; so the statistic is the plain signed root.
        assert math.sqrt(2 * (deepest(ratio) - deepest(None))) == pytest.approx(limit, rel=0.02)


def test_none_after_has_an_upper_bound_and_no_lower_one() -> None:
    """A pause is a ratio of 0 with an upper bound; none before sets no upper bound."""
    noise = np.random.default_rng(3).poisson(4, 400).astype(float).tolist()
    found = rate_change([*noise, *[4] * 28, 0, 0, 0], [1.0] * 431, 428, before=28, after=3)
    assert found.ratio == found.low == 0.0
    assert found.high is not None
    assert found.high < 1
    assert found.direction == "fell"
    turned = rate_change([0] * 10 + [5] * 10, [1.0] * 20, 10, before=10, after=10)
    assert turned.ratio == turned.high == math.inf


@pytest.mark.parametrize(
    ("counts", "exposure", "words"),
    [
        ([1] * 10 + [1] * 10, [1.0] * 10 + [5.0] * 10, "coverage is not comparable"),
        ([1] * 10 + [1] * 10, [1.0] * 10 + [None] * 6 + [1.0] * 4, "only 4 of the 10 days after"),
        ([1] * 10 + [1] * 10, [0.0] * 10 + [1.0] * 10, "only 0 of the 10 days before"),
        ([0] * 20, [1.0] * 20, "no event was counted"),
    ],
)
def test_it_refuses_and_says_why(counts: list[float], exposure: list[float | None], words: str) -> None:
    """Where coverage is not comparable nothing is said of a rate, but why."""
    found = rate_change(counts, exposure, 10, before=10, after=10)
    assert found.refused is not None
    assert words in found.refused
    assert (found.ratio, found.low, found.high, found.direction) == (None, None, None, "refused")


def test_a_day_that_is_not_known_is_no_zero() -> None:
    """Days without a count are left out; calling them 0 would be another result."""
    counts = [3.0] * 14 + [3.0, None] * 7
    found = rate_change(counts, [1.0] * 28, 14, before=14, after=14)
    assert found.ratio == pytest.approx(1.0, rel=1e-6)
    assert found.exposure_after == 7


def test_a_restless_series_is_believed_less() -> None:
    """The same step after months of waves has a wider interval than after months of calm."""
    draw = np.random.default_rng(11)
    calm = draw.poisson(5, 600)
    waves = draw.poisson(5 * np.exp(np.sin(np.arange(600) / 9)))
    step = [*draw.poisson(5, 30), *draw.poisson(2, 30)]
    widths = []
    for past in (calm, waves):
        found = rate_change([*map(float, past), *map(float, step)], [1.0] * 660, 630)
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high / found.low)
    assert widths[1] > 1.5 * widths[0]


def test_false_alarms_on_series_whose_waves_are_planted() -> None:
    """On 40 planted series with waves and bursts and no step, the model alone is too sure and the interval is not."""
    draw = np.random.default_rng(5)
    alarms, spreads = 0, []
    for _ in range(40):
        level = np.zeros(230)
        for day in range(1, 230):
            level[day] = 0.95 * level[day - 1] + draw.normal(0, 0.18)
        counts = draw.negative_binomial(2, 2 / (2 + 4 * np.exp(level))).astype(float).tolist()
        found = rate_change(counts, [1.0] * 230, 115, before=25, after=25, level=0.95)
        assert found.low is not None
        assert found.high is not None
        alarms += not found.low <= 1 <= found.high
        spreads.append(found.spread)
    assert alarms <= 6  # 2 are due; more than 6 come by chance in fewer than 1 of 100 such tests
    assert np.mean(spreads) > 1.3


def test_known_changes_are_no_placebo() -> None:
    """A date at which something is known to have happened does not stand for nothing happening."""
    counts = [5.0] * 100 + [1.0] * 100 + [1.0] * 100
    exposure = [1.0] * 300
    with_it = calibrate(counts, exposure, 250, before=20, after=20)
    without = calibrate(counts, exposure, 250, before=20, after=20, known_changes=[100])
    assert without.dates < with_it.dates
    assert without.spread < with_it.spread


@given(st.lists(st.integers(0, 40), min_size=20, max_size=20), st.floats(0.5, 20))
@settings(max_examples=60, deadline=None)
def test_the_interval_holds_the_ratio_and_scale_does_not_matter(counts: list[int], unit: float) -> None:
    """low <= ratio <= high, and the unit of exposure changes nothing."""
    one = rate_change(counts, [1.0] * 20, 10, before=10, after=10)
    two = rate_change(counts, [unit] * 20, 10, before=10, after=10)
    assert one.direction == two.direction
    if one.refused is None:
        assert one.ratio is not None and one.low is not None and one.high is not None  # noqa: PT018
        assert one.low <= one.ratio * (1 + 1e-9)
        assert one.ratio <= one.high * (1 + 1e-9)
        assert two.ratio == pytest.approx(one.ratio, rel=1e-6)


@pytest.mark.parametrize(
    ("counts", "exposure", "at"),
    [([1, -1], [1, 1], 1), ([1], [1, 1], 1), ([1, 1], [1, 1], 0), ([1, math.inf], [1, 1], 1)],
)
def test_what_cannot_be_is_a_wrong_question(counts: list[float], exposure: list[float], at: int) -> None:
    """Negative counts, lengths that differ, a date with no day before it."""
    with pytest.raises(ValueError):
        rate_change(counts, exposure, at)


def day(count: int | None, hours: float | None = 100.0) -> Told:
    reason = None if count is not None else "a feed that could have told was out"
    return Told(Daily(count, hours if count is not None else None, 5, 5, reason), (("a", "b"),) * (count or 0))


def test_the_answer_of_a_case_keeps_what_is_not_known() -> None:
    """Days left out are counted with their reason, and both periods get their number in all."""
    start = date(2031, 4, 1)
    told = {start + timedelta(days=n): day(4 if n < 20 else 1) for n in range(40)} | {
        start + timedelta(days=25): day(None)
    }
    found = holding(told, start + timedelta(days=20), before=20, after=20)
    assert found.unknown == (("a feed that could have told was out", 1),)
    assert found.change.ratio == pytest.approx(0.25, rel=1e-6)
    assert found.in_all_before.told == 80
    del told[start + timedelta(days=3)]
    with pytest.raises(ValueError, match="without a gap"):
        holding(told, start + timedelta(days=20), before=10, after=10)
