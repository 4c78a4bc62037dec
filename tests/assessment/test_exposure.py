"""What may have been missed: published formula, planted rates, and a prior that neighbours teach."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom

from truceline.assessment.exposure import Gamma, Missed, missed, priors, quantile, together


@given(st.floats(0.05, 20), st.floats(0.05, 0.98))
def test_it_is_the_negative_binomial_of_the_books(shape: float, success: float) -> None:
    """The chances are scipy's, term by term, and the bound is its 90 % quantile."""
    told = Missed(shape, success)
    chances = told.chances()
    assert chances[:40] == pytest.approx(nbinom.pmf(np.arange(len(chances)), shape, success)[:40], abs=1e-8)
    assert told.upper_90 == nbinom.ppf(0.9, shape, success)
    assert told.expected == pytest.approx(nbinom.mean(shape, success))


def test_jeffreys_prior_gives_the_values_worked_by_hand() -> None:
    """Shape 1/2 and no prior sector-days, p = 1/2, none seen: .7071, .1768, .0663: 90 % is passed at 2."""
    told = missed(0, 0.5, Gamma(0.5, 1e-12))
    assert told is not None
    assert told.chances()[:3] == pytest.approx([0.7071, 0.1768, 0.0663], abs=1e-4)
    assert told.upper_90 == 2


def test_where_nothing_can_see_there_is_no_bound() -> None:
    """However calm the neighbours are: a sector nobody sees has no bound."""
    assert missed(0, 0.0, priors([0, 0, 0], [0.9, 0.9, 0.0])[2]) is None


@given(st.integers(0, 30), st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.1, 5), st.floats(0.05, 10))
def test_seeing_less_never_narrows_the_bound(n: int, a: float, b: float, shape: float, rate: float) -> None:
    """Less chance to see, more could have been missed."""
    more, less = missed(n, max(a, b), Gamma(shape, rate)), missed(n, min(a, b), Gamma(shape, rate))
    assert more is not None
    assert less is not None
    assert less.upper_90 >= more.upper_90
    assert less.expected >= more.expected - 1e-12


def test_the_neighbours_teach_and_the_far_end_teaches_less() -> None:
    """Fire on the left: the sector beside it expects more than the one at the other end."""
    learned = priors([6, 5, 0, 0, 0, 0, 0, 0], [0.9] * 8)
    assert learned[2].mean > 2 * learned[7].mean > 0


def test_a_sector_is_not_its_own_witness() -> None:
    """Its own count does not enter its prior but through the line's mean."""
    quiet, loud = priors([0, 0, 0, 0], [0.9] * 4), priors([0, 0, 9, 0], [0.9] * 4)
    assert loud[2].mean < loud[1].mean
    assert loud[1].mean > quiet[1].mean


def test_rumours_from_an_unwatched_sector_teach_nothing() -> None:
    """Counts where next to nothing could be seen say how loud the press is, not how much was fired."""
    assert priors([0, 9, 0], [0.9, 0.05, 0.9])[0] == priors([0, 0, 0], [0.9, 0.05, 0.9])[0]


@pytest.mark.parametrize(("shape", "mean", "p"), [(0.5, 1.0, 0.9), (1.0, 3.0, 0.5), (0.35, 0.4, 0.7), (2.5, 6.0, 0.3)])
def test_the_bound_holds_its_share_on_uneven_lines(shape: float, mean: float, p: float) -> None:
    """Lines of 40 sectors with gamma rates, thinned by p: at least 88 % of what was missed lies within the bound."""
    rng = np.random.default_rng(7)
    held = total = 0
    for _ in range(25):
        acts = rng.poisson(rng.gamma(shape, mean / shape, 40))
        seen = rng.binomial(acts, p)
        for n, gone, prior in zip(seen, acts - seen, priors(seen.tolist(), [p] * 40), strict=True):
            told = missed(int(n), p, prior)
            assert told is not None
            held += gone <= told.upper_90
            total += 1
    assert held / total >= 0.88


def test_sums_of_parts_are_convolved_not_added_bound_by_bound() -> None:
    """Two coins: the bound of a sum is narrower than the sum of bounds, and its mean is the sum of means."""
    parts = [Missed(0.5, 0.5), Missed(0.5, 0.5)]
    whole = together(parts)
    assert whole[:30] == pytest.approx(Missed(1.0, 0.5).chances()[:30], abs=1e-8)
    assert quantile(whole, 0.9) == 3 < parts[0].upper_90 + parts[1].upper_90
