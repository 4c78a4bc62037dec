"""The daily series: planted advances, flips and jumps come back as what they were planted as."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from tests.ground.fiction import collection, read, rectangle
from truceline.ground.control_area import ControlArea
from truceline.ground.plane import area_km2
from truceline.ground.series import SeriesDay, judged, step_between
from truceline.ground.territory import NO_REGION, Region

FIRST = date(2031, 4, 1)
STEP_DEG = 0.002  # a strip 1 degree high and this wide has about 15.6 km2


def held(front_deg: float, *more: list[list[float]]) -> bytes:
    """Alpha holds all east of a front, and what is drawn in addition."""
    return collection([rectangle(front_deg, 50.0, 13.0, 51.0)], *[[ring] for ring in more])


def series(
    drawn: list[bytes], days: list[int] | None = None, regions: tuple[Region, ...] = ()
) -> tuple[SeriesDay, ...]:
    maps: list[ControlArea] = [
        read(text, day=FIRST + timedelta(days=n)) for n, text in zip(days or range(len(drawn)), drawn, strict=True)
    ]
    return judged([step_between(a, b, regions) for a, b in pairwise(maps)])


def test_a_steady_advance_is_an_advance() -> None:
    """Fifteen square kilometres every day for forty days: nothing flips and nothing jumps."""
    found = series([held(11.0 - n * STEP_DEG) for n in range(40)])
    assert all(day.flips_back_km2 == 0 and day.jump_km2 == 0 for day in found)
    assert all(day.to_alpha_km2 == pytest.approx(15.6, rel=0.02) and day.to_bravo_km2 == 0 for day in found)
    assert [day.provisional for day in found] == [False] * 24 + [True] * 15


def test_what_comes_and_goes_again_flips_back() -> None:
    """A bulge drawn on one day and taken out five days later is set aside on both; the advance beside it is not."""
    bulge = rectangle(10.5, 50.4, 11.0, 50.5)
    drawn = [held(11.0 - n * STEP_DEG, *([bulge] if 10 <= n < 15 else [])) for n in range(40)]
    found = series(drawn)
    flips = {n for n, day in enumerate(found, start=1) if day.flips_back_km2 > 1}
    assert {10, 15} == flips
    assert found[14].to_bravo_km2 == pytest.approx(found[14].flips_back_km2, rel=0.01)
    assert found[11].advance_km2 == pytest.approx(14.0, rel=0.05)


def test_what_goes_and_comes_after_a_month_is_no_flip() -> None:
    """Taken, and lost thirty days later: two changes of hands, not a redraw."""
    bulge = rectangle(10.9, 50.4, 11.0, 50.5)
    found = series([held(11.0), held(11.0, bulge), held(11.0)], [0, 1, 31])
    assert [day.flips_back_km2 for day in found] == [0.0, 0.0]
    assert [day.gap_days for day in found] == [1, 30]


def test_a_month_s_ground_in_one_day_where_nothing_moved_is_a_jump() -> None:
    """Far from the steady advance an area of 60 km2 appears at once and stays."""
    pocket = rectangle(9.0, 50.4, 9.12, 50.47)
    found = series([held(11.0 - n * STEP_DEG, *([pocket] if n >= 20 else [])) for n in range(40)])
    assert {n for n, day in enumerate(found, start=1) if day.jump_km2} == {20}
    assert found[19].jump_km2 == pytest.approx(area_km2(read(collection([pocket])).area), rel=1e-6)


def test_regions_and_what_lies_in_none_add_up() -> None:
    """Each day's change is shared out between regions to the last square metre, once."""
    north = Region("North", read(collection([rectangle(10.0, 50.5, 11.5, 51.0)])).area)
    found = series([held(11.0 - n * STEP_DEG) for n in range(6)], regions=(north,))
    for day in found:
        shared = {one.name: one.to_alpha_km2 for one in day.regions}
        assert sum(shared.values()) == pytest.approx(day.to_alpha_km2, rel=1e-9)
        assert shared["North"] / day.to_alpha_km2 == pytest.approx(0.497, abs=0.005)
        assert NO_REGION in shared


def test_moving_the_world_moves_the_answer() -> None:
    """The same maps thirty degrees farther east give the same areas."""
    found = [
        series([collection([rectangle(11.0 + by - n * STEP_DEG, 50.0, 13.0 + by, 51.0)]) for n in range(5)])
        for by in (0.0, 30.0)
    ]
    for a, b in zip(*found, strict=True):
        assert a.to_alpha_km2 == pytest.approx(b.to_alpha_km2, rel=1e-9)
    assert np.isclose(found[0][-1].area_km2, found[1][-1].area_km2)


def test_two_maps_of_one_day_are_refused() -> None:
    """A series has one map a day, in order."""
    one = read(held(11.0), day=FIRST)
    with pytest.raises(ValueError, match="one map a day"):
        step_between(one, one)
