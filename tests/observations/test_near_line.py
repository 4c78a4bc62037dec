"""Heat near the line against a control area: the interval is the published one, and clouds and farmers cancel out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.observations.heat.near_line import Counts, contrast, counts


def test_the_interval_is_the_exact_conditional_one() -> None:
    """Fisher's tea: 3 and 1 against 1 and 3; R's fisher.test(conf.level = 0.90) gives 0.3135693 to 621.9337 at 95 %."""
    found = contrast(Counts(3, 1), Counts(1, 3))
    assert found.ratio == pytest.approx(9.0)
    assert found.low is not None
    assert found.high is not None
    assert 0.3135693 < found.low < found.ratio < found.high < 621.9337


def test_it_holds_the_truth_in_nine_of_ten_days_whatever_the_weather() -> None:
    """Planted ratio 0.5, skies that let through from a tenth to all: the interval holds it at least nine times in ten."""
    chance, held, told = np.random.default_rng(6), 0, 0
    for _ in range(400):
        here, there = chance.uniform(0.1, 1.0, 2)
        this = Counts(int(chance.poisson(30 * here * 0.5)), int(chance.poisson(80 * here)))
        that = Counts(int(chance.poisson(30 * there)), int(chance.poisson(80 * there)))
        found = contrast(this, that)
        if found.low is not None:
            told += 1
            held += found.low <= 0.5 <= (found.high or np.inf)
    assert told > 380
    assert held / told > 0.88


@given(*(st.integers(0, 60) for _ in range(4)))
def test_whatever_the_counts_nothing_is_said_that_cannot_be(a: int, b: int, c: int, d: int) -> None:
    """The ratio lies within its interval; where a day shows nothing at all there is none; the other way round mirrors."""
    found, mirrored = contrast(Counts(a, b), Counts(c, d)), contrast(Counts(c, d), Counts(a, b))
    assert found.distinguishable == mirrored.distinguishable
    if found.ratio is not None and found.low is not None:
        assert found.low <= found.ratio + 1e-9
        assert found.high is None or found.ratio <= found.high + 1e-9
    if not (a + b) or not (c + d):
        assert (found.ratio, found.low, found.high) == (None, None, None)


def test_a_cell_counts_once_and_only_sensors_count() -> None:
    """Ten pixels of one fire are one cell; a report is no heat; what lies beyond 150 km is another weather."""

    def row(lon: float, metres: float | None, origin: str = "sensor") -> dict[str, object]:
        return {"origin": origin, "distance_m": metres, "lon": lon, "lat": 47.05}

    rows = [row(31.01, 500.0), row(31.02, 900.0), row(31.21, 19_000.0), row(31.51, 60_000.0), row(33.0, 151_000.0),
            row(31.3, 500.0, "monitor"), row(31.4, None)]  # fmt: skip
    assert counts(rows, 20.0) == Counts(2, 1)
