"""The map and the figures: cells and never points, states told apart by more than colour, everything escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.report.samples import full_day, full_sheet
from truceline.report.figures import COLOURS, round_step, sector_strip, state_bar
from truceline.report.maps import CELL_STYLES, LEAST_CELL, LINE_STROKES, WIDTH, MapSheet, draw_map
from truceline.report.words import STATES

SVG = "{http://www.w3.org/2000/svg}"


def drawn(sheet: MapSheet, *, line: bool = True) -> ET.Element:
    return ET.fromstring(str(draw_map(sheet, full_day()["line"] if line else None)))  # noqa: S314


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_map_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    """Title and description are there, with how many sectors are in which state."""
    root = drawn(full_sheet())
    assert root.get("role") == "img"
    told = root.findtext(f"{SVG}desc")
    assert told is not None
    assert "3 active, 2 quiet, 33 undetermined, 5 not observed" in told
    assert root.get("aria-labelledby") == "map-title map-desc"


def test_every_sector_is_drawn_with_its_name_and_state() -> None:
    """43 sectors, each a group whose title says which it is."""
    titles = [t.text for t in drawn(full_sheet()).iter(f"{SVG}title")]
    assert "S07: active" in titles
    assert "S43: not observed" in titles
    assert len(titles) == 43 + 1


def test_places_are_squares_of_the_grid() -> None:
    """No circle, no marker: a place is a cell, drawn where the cell is and no smaller than can be seen."""
    root = drawn(replace(full_sheet(), cells=((-29.0, 45.0, -28.9, 45.1, "incident"),)))
    assert not list(root.iter(f"{SVG}circle"))
    cells = [r for r in root.iter(f"{SVG}rect") if r.get("stroke") == CELL_STYLES["incident"]["stroke"]]
    assert len(cells) == 1
    assert float(str(cells[0].get("width"))) >= LEAST_CELL
    assert cells[0].get("fill") == "none"


def test_the_same_cell_is_drawn_once() -> None:
    """Two incidents of one cell look like one: the map does not count."""
    cell = (-29.0, 45.0, -28.9, 45.1, "heat")
    once = drawn(replace(full_sheet(), cells=(cell,)))  # type: ignore[arg-type]
    twice = drawn(replace(full_sheet(), cells=(cell, cell)))  # type: ignore[arg-type]
    assert len(list(once.iter(f"{SVG}rect"))) == len(list(twice.iter(f"{SVG}rect")))


def test_labels_do_not_cover_one_another() -> None:
    """Kilometre marks and sector names keep apart and inside the frame."""
    root = drawn(full_sheet())
    boxes = []
    for label in root.iter(f"{SVG}text"):
        if "label" not in str(label.get("class")):
            continue
        x, y, wide = float(str(label.get("x"))), float(str(label.get("y"))), len(str(label.text)) * 11 * 0.58
        boxes.append((x - wide / 2, y - 9, x + wide / 2, y + 2))
    assert len(boxes) >= 10
    for n, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[2] <= WIDTH
        for b in boxes[:n]:
            assert not (a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3])


@pytest.mark.parametrize(
    "bounds",
    [(-30.0, 44.0, -22.0, 50.0), (0.0, 0.0, 0.2, 0.2), (-170.0, -60.0, 170.0, 70.0), (10.0, 40.0, 10.5, 60.0)],
)
def test_any_theatre_fits_the_paper(bounds: tuple[float, float, float, float]) -> None:
    """Small, wide, tall or nearly the whole Earth: a frame, a scale of a round length, and north."""
    root = drawn(replace(full_sheet(), bounds=bounds))
    _, _, width, height = (float(n) for n in str(root.get("viewBox")).split())
    assert width == WIDTH
    assert 200 <= height <= 330
    scale = [t.text for t in root.iter(f"{SVG}text") if t.get("class") is None and t.text != "N"]
    assert re.fullmatch(r"[\d,]+ km", str(scale[0]))


def test_a_map_without_sectors_can_be_drawn() -> None:
    """No line that day: the land is there, nothing on it."""
    root = drawn(replace(full_sheet(), sectors=(), cells=()), line=False)
    assert "0 active" in str(root.findtext(f"{SVG}desc"))


@pytest.mark.parametrize("bounds", [(1.0, 0.0, 0.0, 1.0), (0.0, 0.0, float("nan"), 1.0), (0.0, -95.0, 1.0, 1.0)])
def test_impossible_bounds_are_refused(bounds: tuple[float, float, float, float]) -> None:
    """A swapped or missing side is a wrong argument, shown with its value."""
    with pytest.raises(ValueError, match="bounds"):
        replace(full_sheet(), bounds=bounds)


def test_a_state_that_is_none_is_refused() -> None:
    """The map has no colour for a word it does not know."""
    with pytest.raises(ValueError, match="calm"):
        replace(full_sheet(), sectors=(("S01", "calm", ()),))


def test_hostile_names_stay_text() -> None:
    """A sector whose name is markup is drawn as text."""
    name = '"><script>alert(1)</script>'
    root = drawn(replace(full_sheet(), sectors=((name, "active", full_sheet().sectors[0][2]),)), line=False)
    assert not list(root.iter(f"{SVG}script"))
    assert f"{name}: active" in [t.text for t in root.iter(f"{SVG}title")]


def test_states_differ_in_more_than_colour() -> None:
    """Each state of the line has its own strokes, and its fill in the figures its own pattern."""
    shapes = {tuple((width, dashes) for _, width, dashes, _ in LINE_STROKES[state]) for state in STATES}
    assert len(shapes) == len(STATES)
    bar = str(state_bar({"active": 1.0, "quiet": 1.0, "undetermined": 1.0, "not_observed": 1.0}))
    assert [f"url(#p-{state})" in bar for state in STATES] == [False, True, True, True]
    assert COLOURS["active"] in bar


def test_grey_is_kept_for_what_nobody_saw() -> None:
    """Only `not observed` has a colour without a hue."""
    grey = {state for state, c in COLOURS.items() if len({c[1:3], c[3:5], c[5:7]}) == 1}
    assert grey == {"not_observed"}


def test_strong_states_differ_in_brightness_from_pale_ones() -> None:
    """On a copy without colour, what is known still stands out from what is not."""
    for known in ("active", "quiet"):
        for not_known in ("undetermined", "not_observed"):
            a, b = sorted((luminance(COLOURS[known]), luminance(COLOURS[not_known])))
            assert (b + 0.05) / (a + 0.05) >= 3.0


def test_the_strip_has_a_block_for_every_sector_and_class() -> None:
    """Nothing is left out of the strip, and each block says what it is."""
    day = full_day()
    root = ET.fromstring(str(sector_strip(day["line"], day["sector_days"])))  # noqa: S314
    assert len(list(root.iter(f"{SVG}rect"))) == len(day["sector_days"])
    assert "S07, shelling: active" in [t.text for t in root.iter(f"{SVG}title")]


@pytest.mark.parametrize(("least", "step"), [(0.3, 1), (1, 1), (3, 5), (51, 100), (999, 1000)])
def test_scales_are_round(least: float, step: float) -> None:
    """1, 2 or 5 times a power of ten."""
    assert round_step(least) == step
