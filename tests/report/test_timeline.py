"""The time line of positions: every statement has its mark, its words on hover, and no party a colour."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

from truceline.report.timeline import CODES, timeline
from truceline.statements.statement import Position

NAMES = {"alpha": "North", "bravo": "South"}


def row(
    party: str | None, day: date | None, position: str = "denies", quote: str = "We did not fire."
) -> dict[str, Any]:
    return {
        "party": party,
        "day": day,
        "position": position,
        "speaker": "A spokesman",
        "quote": quote,
        "basis": "day told",
    }


def titles(drawn: object) -> list[str]:
    root = ElementTree.fromstring(str(drawn))  # noqa: S314 - our own drawing
    space = "{http://www.w3.org/2000/svg}"
    return [t.text or "" for g in root.iter(f"{space}g") for t in g.findall(f"{space}title")]


def test_every_position_has_letters_of_its_own() -> None:
    """No two positions look the same, and none is missing."""
    assert set(CODES) == {str(p) for p in Position}
    assert len(set(CODES.values())) == len(CODES)


def test_each_statement_has_a_mark_with_its_words() -> None:
    """As many marks as statements, each with speaker, position and quotation on hover."""
    rows = [
        row("alpha", date(2031, 4, 20)),
        row("bravo", date(2031, 4, 22), "accuses", "They fired."),
        row(None, None, "reports"),
    ]
    told = titles(timeline(rows, NAMES))
    assert len(told) == 3
    assert told[0] == "A spokesman: denies – We did not fire. (day told)"
    assert "day not" in str(timeline(rows, NAMES))


def test_hostile_words_stay_words() -> None:
    """A quotation cannot write into the drawing."""
    drawn = timeline([row("alpha", date(2031, 4, 20), quote="</title><script>alert(1)</script>\u202e")], NAMES)
    assert "<script" not in str(drawn)
    assert "</title><script>alert(1)</script>" in titles(drawn)[0]


def test_a_crowded_cell_says_how_many_more() -> None:
    """Nothing is cut silently: the mark that stands for the rest counts and names them."""
    told = titles(timeline([row("alpha", date(2031, 4, 20)) for _ in range(40)], NAMES))
    assert "+26" in str(timeline([row("alpha", date(2031, 4, 20)) for _ in range(40)], NAMES))
    assert told[-1].count("A spokesman: denies") == 26


def test_a_long_time_is_drawn_by_weeks() -> None:
    """A year of statements still fits a page."""
    rows = [row("alpha", date(2031, 1, 1) + timedelta(days=n)) for n in range(365)]
    width = float(re.search(r'viewBox="0 0 (\d+)', str(timeline(rows, NAMES)))[1])  # type: ignore[index]
    assert width < 2_000


def test_swapping_the_parties_swaps_the_rows() -> None:
    """No party is drawn differently from the other."""
    one = timeline([row("alpha", date(2031, 4, 20))], {"alpha": "X", "bravo": "Y"})
    other = timeline([row("bravo", date(2031, 4, 20))], {"bravo": "X", "alpha": "Y"})
    assert str(one) == str(other)


def test_no_statement_is_a_drawing_that_says_so() -> None:
    """An empty case gives a figure, not an error."""
    assert "No statement" in str(timeline([], NAMES))
