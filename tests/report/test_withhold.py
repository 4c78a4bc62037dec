"""A cell of the grid is worth nothing beside a headline with coordinates: they are withheld, numbers are not."""

from __future__ import annotations

import pytest

from truceline.report.withhold import MARK, withhold


@pytest.mark.parametrize(
    "position",
    ["42.03203", "42.032N", "-150.58514", "48°27'30\"N", "48° 27.5′ N", "37U DQ 12345 67890", "37UDQ1234", "42,03203"],
)
def test_a_position_in_words_is_withheld(position: str) -> None:
    """Decimal degrees finer than a hundredth, degrees and minutes, grid references."""
    said = withhold(f"shelling at {position} this morning")
    assert MARK in said
    assert position.strip("-") not in said


@pytest.mark.parametrize(
    "text",
    [
        "1,355 cases of shelling",
        "1.25 million people",
        "at 12:46 on 2031-09-05",
        "S-300",
        "a 30-day truce",
        "3.5 km away",
        "387 strikes",
    ],
)
def test_numbers_that_are_no_positions_stay(text: str) -> None:
    """Tallies, times, distances and money are what people read the bulletin for."""
    assert withhold(text) == text
