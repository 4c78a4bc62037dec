"""What changed hands on real maps: published figures first. See docs/methods/territory.md."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.real.test_ground import control_area
from truceline.ground.borders import builtin
from truceline.ground.series import judged, months_of, step_between
from truceline.ground.territory import Region, changed, holding, read_regions

# First available days of the months, and the changes between them in km2, measured by another program.
DAYS = (
    date(2024, 9, 1),
    date(2024, 10, 1),
    date(2024, 11, 1),
    date(2024, 12, 1),
    date(2025, 1, 2),
    date(2025, 2, 1),
    date(2025, 3, 1),
)
NET_KM2 = (397, 503, 726, 401, 319, 192)


@pytest.fixture(scope="module")
def oblasts(shared_data: Path) -> tuple[Region, ...]:
    file = shared_data / "geoboundaries-ukr" / "geoBoundaries-UKR-ADM1_simplified.geojson"
    return read_regions(file.read_bytes(), who=file.name)


@pytest.mark.parametrize(("number", "net_km2"), list(enumerate(NET_KM2)))
def test_monthly_changes_are_the_published_ones(
    shared_data: Path, oblasts: tuple[Region, ...], number: int, net_km2: float
) -> None:
    """+397, +503, +726, +401, +319, +192 km2 within 1 %, and most of each in Donetsk."""
    before, after = (control_area(shared_data, day) for day in DAYS[number : number + 2])
    change = changed(before, after, oblasts)
    assert change.net_km2 == pytest.approx(net_km2, rel=0.01)
    first = change.regions[0]
    assert first.name == "Donetsk Oblast"
    assert 0.75 < (first.after_km2 - first.before_km2) / change.net_km2 < 0.9


def test_what_lies_off_the_land_is_told(shared_data: Path) -> None:
    """112,421 km2 held, of which 1,721 km2 lie outside the coast or border used: both shares are printed."""
    held = holding(control_area(shared_data, date(2025, 3, 14)), builtin())
    assert held.country == "Ukraine"
    assert held.area_km2 == pytest.approx(112_421, rel=1e-3)
    assert held.area_km2 - held.on_land_km2 == pytest.approx(1_721, abs=5)
    assert held.area_km2 / 603_550 == pytest.approx(0.186, abs=5e-4)


def test_a_series_tells_advance_from_redraw(shared_data: Path, oblasts: tuple[Region, ...]) -> None:
    """Two months of daily maps: the months are the published ones; little flips back, and what does is named."""
    files = sorted((shared_data / "control-ukraine").glob("*.geojson"))
    days = [date(int(f.stem[-8:-4]), int(f.stem[-4:-2]), int(f.stem[-2:])) for f in files]
    chosen = [day for day in days if date(2024, 9, 1) <= day <= date(2024, 11, 1)]
    maps = [control_area(shared_data, day) for day in chosen]
    steps = [step_between(a, b, oblasts) for a, b in pairwise(maps)]
    series = judged(steps)
    months = months_of(series, steps[0].before, steps[0].before_km2)
    assert [round(month.net_km2) for month in months[:2]] == [397, 503]
    assert [round(dict(month.regions)["Donetsk Oblast"]) for month in months[:2]] == [343, 391]
    changed_hands = sum(day.to_alpha_km2 + day.to_bravo_km2 for day in series)
    assert 0.005 < sum(day.flips_back_km2 for day in series) / changed_hands < 0.05
    assert all(day.advance_km2 >= -1e-9 for day in series)
