"""A case with a second publisher's map, from files to page one: the width is told, and a map that fails is named."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.ground.fiction import collection, rectangle
from truceline.watch import run

CASE = """
[agreement]
name = "Thirty days of silence"
status = "in_force"
start = 2031-04-19T00:00:00Z
end = 2031-05-19T00:00:00Z
exercise = true

[[party]]
id = "alpha"
name = "North"

[[party]]
id = "bravo"
name = "South"

[ground]
map = "control"
also = ["survey"]
held_by = "alpha"
borders = "borders.geojson"

[[provision]]
id = "P1"
kind = "no_fire"
text = "No fire."

[[feed]]
name = "control"
kind = "control_map"
path = "control_%Y%m%d.geojson"
publisher = "Atlas"

[[feed]]
name = "survey"
kind = "control_map"
path = "survey_%Y%m%d.geojson"
publisher = "Survey"
"""
FIRST, EDGE = date(2031, 4, 18), 11.0
# One kilometre east at 51 degrees north, degrees.
KM_EAST = 0.01429


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Both publishers draw the line a kilometre farther east on the third day; Survey's lies 2 km east of Atlas's."""
    (tmp_path / "truce.toml").write_text(CASE, encoding="utf-8")
    land = collection([rectangle(9.0, 50.0, 13.0, 52.0)], names=("Northland",))
    (tmp_path / "borders.geojson").write_bytes(land)
    for n in range(3):
        for name, km in (("control", 0.0), ("survey", 2.0)):
            edge = EDGE + (km + (n == 2)) * KM_EAST
            text = collection([rectangle(edge, 50.0, 13.0, 52.0)])
            (tmp_path / f"{name}_{FIRST + timedelta(days=n):%Y%m%d}.geojson").write_bytes(text)
    return tmp_path


def told(case: Path) -> dict:  # type: ignore[type-arg]
    (place,) = run(case, [FIRST + timedelta(days=2)])
    return json.loads((place / "bulletin.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_two_maps_give_a_width_and_findings(case: Path) -> None:
    """Page one says how far apart the maps are; both saw the line go to bravo, so it is a finding in every sector."""
    bulletin = told(case)
    page_one = " ".join(bulletin["reasons"])
    assert "The line of Survey lies 2.0 km from it in the middle case" in page_one
    assert "one control map" not in page_one
    assert {one["finding"] for one in bulletin["line"]["movement"]} == {"moved_to_bravo"}
    assert {said["publisher"] for one in bulletin["line"]["movement"] for said in one["said"]} == {"Atlas", "Survey"}


def test_a_second_map_that_fails_is_on_page_one(case: Path) -> None:
    """Swapped axes in the second map: its name and the reason stand on page one, and nothing is a finding any more."""
    for file in case.glob("survey_*.geojson"):
        file.write_bytes(collection([[[lat, lon] for lon, lat in rectangle(11.0, 50.0, 13.0, 52.0)]]))
    bulletin = told(case)
    page_one = " ".join(bulletin["reasons"])
    assert "The map of Survey cannot stand beside it" in page_one
    assert "axes are swapped" in page_one
    assert {one["finding"] for one in bulletin["line"]["movement"]} == {"according_to_publisher"}
