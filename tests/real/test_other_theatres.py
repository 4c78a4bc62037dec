"""Real data of other theatres: a case of its own line runs without any Ukraine-specific setting, and has no baseline."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from truceline.cli import truceline
from truceline.watch import run

# The line is invented, a straight cut through the country: what is tested is that nothing knows where the theatre is.
SUDAN = ("Sudan", "firms-modis-snapshots/modis_sudan_2021-2025.csv", date(2023, 11, 25), (22.5, 9.5, 30.0, 13.0))
CONGO = (
    "Dem. Rep. Congo",
    "firms-modis-snapshots/modis_global_2025-04_2025-06.csv.gz",
    date(2025, 5, 15),
    (20.0, -9.0, 24.0, -2.0),
)


def case_of(place: Path, country: str, file: str, day: date, box: tuple[float, float, float, float]) -> Path:
    place.mkdir()
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    area = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    for number in (day.day - 1, day.day):
        name = f"control_{day.year}{day.month:02d}{number:02d}.geojson"
        (place / name).write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    (place / "truce.toml").write_text(
        f"""
[agreement]
name = "A truce that is none"
status = "in_force"
start = {day.isoformat()}T00:00:00Z
end = {day.isoformat()}T23:59:00Z
time_zone = "UTC"
cutoff = "00:00"

[[party]]
id = "north"
name = "North"

[[party]]
id = "south"
name = "South"

[ground]
map = "control"
held_by = "south"
tolerance_km = 3
sector_km = 50
depth_km = 20
borders = "builtin"
countries = ["{country}"]

[[provision]]
id = "P1"
kind = "no_fire"
text = "No fire."

[[feed]]
name = "control"
kind = "control_map"
path = "control_%Y%m%d.geojson"
reliability = "F"

[[feed]]
name = "modis"
kind = "firms"
path = "{file}"
reliability = "B"
""",
        encoding="utf-8",
    )
    return place


@pytest.mark.parametrize("theatre", [SUDAN, CONGO], ids=["Sudan", "world file"])
def test_a_bulletin_of_another_theatre_says_no_baseline(
    shared_data: Path, tmp_path: Path, theatre: tuple[str, str, date, tuple[float, float, float, float]]
) -> None:
    """Heat near an invented line in Sudan and in the Congo: counted, judged by nobody, nothing quiet, nothing active."""
    day = theatre[2]
    case = case_of(tmp_path / "case", *theatre)
    (folder,) = run(case, [day], roots=[shared_data])
    bulletin: dict[str, Any] = json.loads((folder / "bulletin.json").read_text(encoding="utf-8"))
    heat = bulletin["heat"]
    assert heat["baseline"] == "no baseline"
    assert heat["season"] is None
    assert heat["near_line"] > 10
    assert heat["unattributed"] == heat["not_judged"] == heat["near_line"]
    assert not heat["flagged"] + heat["ordinary"]
    assert all(one["p_ordinary"] is None for one in bulletin["observations"])
    states = {row["state"] for row in bulletin["sector_days"]}
    assert states <= {"undetermined", "not_observed"}
    page = (folder / "bulletin.html").read_text(encoding="utf-8")
    assert "Baseline: no baseline." in page
    assert "No baseline is fitted, so they make no sector active and none quiet" in " ".join(page.split())
    assert "Ukrain" not in page
    assert "Russia" not in page


def test_coverage_of_another_theatre_is_not_known_where_nobody_declared_it(shared_data: Path, tmp_path: Path) -> None:
    """`truceline coverage` of the Sudan case: when the satellite delivered was never said, so nothing is claimed."""
    case = case_of(tmp_path / "case", *SUDAN)
    words = ["coverage", str(case), "--day", SUDAN[2].isoformat(), "--data", str(shared_data), "--json"]
    got = CliRunner().invoke(truceline, words, prog_name="truceline")
    assert got.exit_code == 0, got.output
    told = json.loads(got.stdout)
    assert "modis: when and where its sensor passed is not known" in told["restrictions"]
    assert told["sectors"]
    assert all(row["looks"] is None and row["observability"] is None for row in told["sectors"])
