"""How many in all: published tables, planted worlds, and the warnings that go with a figure."""

from __future__ import annotations

import numpy as np
import pytest

from truceline.assessment.how_many import how_many


def histories(**cells: int) -> list[list[str]]:
    """`ab=3` stands for three incidents on the lists a and b."""
    return [list(names) for names, number in cells.items() for _ in range(number)]


def test_two_lists_are_those_of_petersen() -> None:
    """30 and 40 told, 12 by both: 30 x 40 / 12 = 100 (Petersen 1896)."""
    found = how_many(histories(a=18, b=28, ab=12))
    assert found.estimate == pytest.approx(100, rel=1e-6)
    assert found.low is not None
    assert found.high is not None
    assert 58 < found.low < 100 < found.high
    assert any("nobody can tell" in text for text in found.warnings)


def test_three_lists_match_the_log_linear_solution() -> None:
    """With two pairs dependent the untold are n(10) n(01) / n(11) within the third list (Fienberg 1972)."""
    cells = {"a": 200, "b": 20, "c": 30, "ab": 180, "ac": 40, "bc": 4, "abc": 36}
    found = how_many(histories(**cells))
    assert found.told == sum(cells.values())
    assert ("a", "b", "share more than chance") in found.dependent


@pytest.mark.parametrize(
    ("chances", "least"), [((0.5, 0.4), 0.8), ((0.5, 0.4, 0.3), 0.85), ((0.5, 0.4, 0.3, 0.2), 0.85)]
)
def test_planted_numbers_are_found_where_lists_are_independent(chances: tuple[float, ...], least: float) -> None:
    """120 planted incidents in 60 worlds: the 90 % interval holds the number at least so often."""
    draw, held = np.random.default_rng(2), 0
    for _ in range(60):
        on = draw.random((120, len(chances))) < np.array(chances)
        found = how_many([[f"L{j}" for j in np.flatnonzero(row)] for row in on if row.any()])
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 120 <= found.high
    assert held / 60 >= least


def test_a_list_that_leads_to_another_is_named() -> None:
    """One list that sends reporters where the other was shares more than chance; the reader is warned."""
    draw = np.random.default_rng(4)
    on = draw.random((400, 3)) < np.array([0.5, 0.2, 0.3])
    on[:, 1] |= on[:, 0] & (draw.random(400) < 0.6)
    found = how_many([["abc"[j] for j in np.flatnonzero(row)] for row in on if row.any()])
    assert ("a", "b", "share more than chance") in found.dependent
    assert any("not independent" in text for text in found.warnings)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"a": 50}, "fewer than two"),
        ({"a": 3, "b": 2, "ab": 3}, "only 8"),
        ({"a": 30, "b": 30, "ab": 1}, "only 1 incidents"),
    ],
)
def test_it_refuses_where_lists_say_too_little(cells: dict[str, int], words: str) -> None:
    """One list, a handful of incidents, or hardly any on two lists: no figure, and why."""
    found = how_many(histories(**cells))
    assert found.estimate is None
    assert found.refused is not None
    assert words in found.refused


def test_lists_that_hold_the_same_leave_little_untold() -> None:
    """Two lists that agree on all of 40 incidents: about 40 there were."""
    found = how_many(histories(ab=40))
    assert found.estimate == pytest.approx(40, abs=0.1)
    assert found.high is not None
    assert found.high < 42


def test_an_incident_on_no_list_cannot_be_given() -> None:
    """What nobody told is what is asked for."""
    with pytest.raises(ValueError):
        how_many([[]])
