"""The Easter truce of April 2025, as it really was reported. Figures are of the data, none was tuned on."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from truceline.watch import run

CASE = Path(__file__).parents[2] / "examples" / "easter-2025"
DAYS = [date(2025, 4, 14) + timedelta(days=n) for n in range(11)]
EARLY_ONLY = {"2025-04-14", "2025-04-16", "2025-04-19", "2025-04-22", "2025-04-24"}


@pytest.fixture(scope="module")
def place(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the case, run over its eleven days."""
    copy = tmp_path_factory.mktemp("easter") / "case"
    copy.mkdir()
    shutil.copy(CASE / "truce.toml", copy)
    run(copy, DAYS, roots=[shared_data])
    return copy


@pytest.fixture(scope="module")
def bulletins(place: Path) -> dict[str, dict[str, Any]]:
    """Bulletins by day."""
    return {
        p.parent.name: json.loads(p.read_text(encoding="utf-8"))
        for p in sorted(place.glob("bulletins/*/bulletin.json"))
    }


def test_there_is_one_bulletin_a_day(bulletins: dict[str, dict[str, Any]]) -> None:
    """Eleven days, eleven bulletins, each about its own date in UTC."""
    assert list(bulletins) == [day.isoformat() for day in DAYS]
    assert all(b["covers"]["from"] == f"{day}T00:00Z" for day, b in bulletins.items())


def test_no_sector_day_is_quiet_and_page_one_says_why(bulletins: dict[str, dict[str, Any]]) -> None:
    """No cloud data over the line, no orbit elements of that week, no fitted baseline."""
    for bulletin in bulletins.values():
        assert {row["state"] for row in bulletin["sector_days"] if row["class"] == "any"} <= {
            "active",
            "undetermined",
            "not_observed",
        }
        said = " ".join(bulletin["reasons"])
        assert "no cloud data" in said
        assert "no orbit elements" in said
        assert "no baseline" in said


def test_the_promise_binds_only_in_the_truce(bulletins: dict[str, dict[str, Any]]) -> None:
    """not_in_force outside 19 April 15:00 to 20 April 21:00 UTC; inside, it rests on counted incidents alone."""
    for day, bulletin in bulletins.items():
        for finding in bulletin["findings"]:
            if day not in ("2025-04-19", "2025-04-20"):
                assert finding["finding"] == "not_in_force"
                continue
            assert finding["finding"] in ("not_assessable", "not_consistent")
            counted = {i["id"] for i in bulletin["incidents"] if i["counted"]}
            assert set(finding["incidents"]) <= counted
            assert (finding["finding"] == "not_consistent") == bool(finding["incidents"])


def test_early_hours_are_told_as_early_hours(bulletins: dict[str, dict[str, Any]]) -> None:
    """14, 16, 19, 22 and 24 April: the thermal feed is partial and no comparison is made from it."""
    for day, bulletin in bulletins.items():
        (modis,) = [feed for feed in bulletin["feeds"] if feed["name"] == "modis"]
        assert (modis["state"] == "partial") == (day in EARLY_ONLY)
        assert (modis["covered_h"] < 24) == (day in EARLY_ONLY)
        assert all(comparison["refused"] for comparison in bulletin["comparisons"])
        assert any("covers only" in text for text in bulletin["restrictions"]) == (day in EARLY_ONLY)


def test_counts_rest_on_named_independent_voices(bulletins: dict[str, dict[str, Any]]) -> None:
    """Nothing of a party or of unknown origin is counted, and a counted incident says whom it rests on."""
    for bulletin in bulletins.values():
        for incident in bulletin["incidents"]:
            independent = [root for root in incident["roots"] if root["independent"]]
            assert incident["counted"] == bool(independent)
            assert all(root["origin"] in ("third_party", "monitor") for root in independent)


def test_the_parties_words_are_statements(bulletins: dict[str, dict[str, Any]]) -> None:
    """Every row of the strike log and every quotation of a party originates with that party."""
    for bulletin in bulletins.values():
        assert {o["origin"] for o in bulletin["observations"] if o["feed"] == "strike-log"} <= {"party"}
        assert all(s["origin"] == "party" for s in bulletin["statements"] if s["party"] in ("alpha", "bravo"))
    truce = [s for day in ("2025-04-19", "2025-04-20", "2025-04-21") for s in bulletins[day]["statements"]]
    assert {s["party"] for s in truce} >= {"alpha", "bravo"}


def test_one_map_is_according_to_its_publisher(bulletins: dict[str, dict[str, Any]]) -> None:
    """One publisher's map: said on page one, with its date, and two lengths with their tolerance."""
    for day, bulletin in bulletins.items():
        assert bulletin["line"]["map_day"] == day
        assert [row["tolerance_km"] for row in bulletin["line"]["lengths"]] == [3.0, 5.0]
        assert "according to publisher" in " ".join(bulletin["reasons"])


def test_the_heat_of_19_april_is_a_hole_in_the_feed(bulletins: dict[str, dict[str, Any]]) -> None:
    """1 detection on the 19th, 362 and 393 on the days beside it (data/firms-modis-snapshots): shown, never read as calm."""
    assert [bulletins[f"2025-04-{d}"]["heat"]["detections"] for d in (18, 19, 20)] == [362, 1, 393]


def test_twice_is_the_same_to_the_byte(place: Path, shared_data: Path, tmp_path: Path) -> None:
    """Another folder, another ledger, another moment: the same bytes."""
    shutil.copy(CASE / "truce.toml", tmp_path)
    run(tmp_path, DAYS, roots=[shared_data])
    ours = {str(p.relative_to(place)): digest(p) for p in sorted(place.glob("bulletins/*/*"))}
    theirs = {str(p.relative_to(tmp_path)): digest(p) for p in sorted(tmp_path.glob("bulletins/*/*"))}
    assert ours == theirs


def test_days_one_by_one_are_the_days_all_at_once(place: Path, shared_data: Path, tmp_path: Path) -> None:
    """The day alone gives the bulletin it has among the eleven, byte for byte."""
    shutil.copy(CASE / "truce.toml", tmp_path)
    for day in (date(2025, 4, 14), date(2025, 4, 19), date(2025, 4, 20)):
        run(tmp_path, [day], roots=[shared_data])
        for file in sorted((tmp_path / "bulletins" / day.isoformat()).iterdir()):
            assert file.read_bytes() == (place / "bulletins" / day.isoformat() / file.name).read_bytes(), file.name


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


FEEDS = ["control-ukraine", "firms-modis-snapshots", "viina-incidents", "missile-attacks", "party-statements"]
MAP = "control-ukraine/deepstatemap_data_{:%Y%m%d}.geojson"


def links(shared_data: Path, place: Path, leave_out: str) -> Path:
    """The case's data folders in a root of their own, one folder or file of them left out."""
    for folder in FEEDS:
        for file in (shared_data / folder).iterdir():
            name = f"{folder}/{file.name}"
            dated = file.name[:1].islower() and any(c.isdigit() for c in file.name) and "2025" not in file.name
            if leave_out not in (folder, name) and not dated and file.stat().st_size < 1_000_000:
                (place / folder).mkdir(parents=True, exist_ok=True)
                shutil.copy(file, place / name)
    return place


@pytest.mark.parametrize("gone", FEEDS)
def test_without_any_one_feed_no_day_becomes_quiet(shared_data: Path, tmp_path: Path, gone: str) -> None:
    """Each feed taken away in turn, over all eleven days: it is failed on every page, and nothing is quiet."""
    data = links(shared_data, tmp_path / "data", gone)
    shutil.copy(CASE / "truce.toml", tmp_path)
    run(tmp_path, DAYS, roots=[data])
    for day in DAYS:
        bulletin = json.loads((tmp_path / "bulletins" / day.isoformat() / "bulletin.json").read_text(encoding="utf-8"))
        assert not [row for row in bulletin["sector_days"] if row["state"] == "quiet"]
        assert "failed" in {feed["state"] for feed in bulletin["feeds"]}
        assert not [f for f in bulletin["findings"] if f["finding"] == "consistent"]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_without_the_map_of_a_day_an_older_one_stands_in(shared_data: Path, tmp_path: Path, day: date) -> None:
    """Every day's map taken away in turn: page one says which map is used, and nothing is quiet."""
    data = links(shared_data, tmp_path / "data", MAP.format(day))
    shutil.copy(CASE / "truce.toml", tmp_path)
    run(tmp_path, [day], roots=[data])
    bulletin = json.loads((tmp_path / "bulletins" / day.isoformat() / "bulletin.json").read_text(encoding="utf-8"))
    assert bulletin["line"]["map_day"] < day.isoformat()
    assert f"There is no usable control map of {day}" in " ".join(bulletin["reasons"])
    assert {feed["state"] for feed in bulletin["feeds"] if feed["name"] == "control"} == {"partial"}
    assert not [row for row in bulletin["sector_days"] if row["state"] == "quiet"]
