"""The ground on a real control map: published figures first. See docs/methods/line.md, "Measured"."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from truceline.ground import Ground, lay_out
from truceline.ground.borders import builtin
from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import read_control_area
from truceline.ground.line import line_of_contact


def control_area(shared_data: Path, day: date, held_by: str = "alpha") -> ControlArea:
    """The map of one day."""
    path = shared_data / "control-ukraine" / f"deepstatemap_data_{day:%Y%m%d}.geojson"
    return read_control_area(path.read_bytes(), publisher="deepstate", day=day, held_by=held_by, entry=path.name)


def ground_of(areas: list[ControlArea], day: date) -> Ground:
    """The ground with the case's usual lengths."""
    return lay_out(areas, day, borders=builtin(), tolerance_km=3, sector_km=25, depth_km=20, on_land_of=("Ukraine",))


@pytest.fixture(scope="module")
def march_14(shared_data: Path) -> ControlArea:
    """The map of 14 March 2025."""
    return control_area(shared_data, date(2025, 3, 14))


def test_area_is_the_published_one(march_14: ControlArea) -> None:
    """112,421 km2 on 14 March 2025, and 18.6 % of 603,550 km2: "nearly a fifth"."""
    got = ground_of([march_14], march_14.day)
    assert got.area_km2 == pytest.approx(112_421, rel=1e-3)
    assert got.area_km2 / 603_550 == pytest.approx(0.186, abs=5e-4)


@pytest.mark.parametrize(("tolerance_km", "length_km", "pieces"), [(1, 1445, 75), (3, 1115, 9), (5, 1064, 7)])
def test_length_is_the_earlier_measurement_s(
    march_14: ControlArea, tolerance_km: float, length_km: float, pieces: int
) -> None:
    """An earlier program measured 1,445, 1,115 and 1,064 km; with the scraps it kept, ours agrees to 1 km.

    It took edges within the sea and within Russia away; we take edges at sea away and look on the
    land of Ukraine only. Our line itself is shorter by the scraps below the tolerance.
    """
    line = line_of_contact(march_14, builtin(), tolerance_km=tolerance_km, on_land_of=("Ukraine",))
    assert line.length_km + line.dropped_km == pytest.approx(length_km, abs=1.0)
    assert len(line.pieces) + line.dropped_pieces == pieces
    assert line.dropped_km < 10


def test_on_all_land_the_difference_is_named(march_14: ControlArea) -> None:
    """Without a country the 3 km line is 1,154 km: 42 of them are the border itself, shown as the neighbour's."""
    line = line_of_contact(march_14, builtin(), tolerance_km=3)
    in_country = dict(line.by_country)
    assert line.length_km == pytest.approx(1153.7, abs=2)
    assert in_country["Russia"] == pytest.approx(42, abs=2)
    assert in_country["Ukraine"] == pytest.approx(1111.5, abs=2)
    assert line.at_sea_km == pytest.approx(44, abs=2)


def test_another_day_agrees_too(shared_data: Path) -> None:
    """1 September 2024: 1,088 km at 3 km, as measured before."""
    area = control_area(shared_data, date(2024, 9, 1))
    line = line_of_contact(area, builtin(), tolerance_km=3, on_land_of=("Ukraine",))
    assert line.length_km + line.dropped_km == pytest.approx(1088, abs=1)


def test_sectors_add_up(march_14: ControlArea) -> None:
    """45 sectors or so of 25 km, together the line, one long piece carrying most of them."""
    got = ground_of([march_14], march_14.day)
    assert sum(s.length_km for s in got.sectors) == pytest.approx(got.line.length_km)
    assert len(got.sectors) == 44
    assert got.note.startswith("According to deepstate, map of 2025-03-14.")


def test_eleven_days_in_time(shared_data: Path) -> None:
    """One day is laid out in under 2 s and the eleven of Easter 2025, with reading, in under 10 s."""
    days = [date(2025, 4, 14) + timedelta(days=k) for k in range(11)]
    start = time.perf_counter()
    builtin()
    areas = [control_area(shared_data, day) for day in days]
    first = time.perf_counter()
    ground_of(areas, days[0])
    assert time.perf_counter() - first < 2
    for day in days[1:]:
        assert ground_of(areas, day).map_day == day
    assert time.perf_counter() - start < 10
