"""The energy moratorium of 2025, as it was reported: two starts, two lists, and nobody who watched."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.worlds.test_demo import mirrored, unordered
from truceline.terms import read_agreement
from truceline.watch import run

CASE = Path(__file__).parents[2] / "examples" / "energy-2025"
EASTER = Path(__file__).parents[2] / "examples" / "easter-2025"
DAYS = [date(2025, 3, 18), date(2025, 3, 21), date(2025, 3, 28), date(2025, 4, 4), date(2025, 4, 17)]


@pytest.fixture(scope="module")
def bulletins(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Five of its days, which hold every kind of day there is."""
    return watched(CASE, tmp_path_factory.mktemp("energy") / "case", shared_data, DAYS)


def watched(case: Path, place: Path, data: Path, days: list[date], *, swap: bool = False) -> dict[str, dict[str, Any]]:
    place.mkdir()
    text = (case / "truce.toml").read_text(encoding="utf-8")
    (place / "truce.toml").write_text(mirrored(text) if swap else text, encoding="utf-8")
    run(place, days, roots=[data])
    return {
        day.isoformat(): json.loads((place / "bulletins" / day.isoformat() / "bulletin.json").read_text("utf-8"))
        for day in days
    }


def verdicts(bulletin: dict[str, Any]) -> dict[str, str]:
    return {f["reading"]: f["finding"] for f in bulletin["findings"]}


def test_the_days_are_those_of_either_reading() -> None:
    """18 March to 23 April: 30 days from either start, 37 in all."""
    days = read_agreement(CASE).days()
    assert (days[0], days[-1], len(days)) == (date(2025, 3, 18), date(2025, 4, 23), 37)


def test_the_starts_decide_who_is_bound(bulletins: dict[str, dict[str, Any]]) -> None:
    """A week in which one reading binds alone, weeks in which both do, a week in which the other does."""
    assert verdicts(bulletins["2025-03-21"]) == {
        "as-written": "not_in_force",
        "R-bravo": "not_assessable",
        "R-alpha": "not_in_force",
    }
    assert set(verdicts(bulletins["2025-03-28"]).values()) == {"not_assessable"}
    assert verdicts(bulletins["2025-04-17"])["R-bravo"] == "not_in_force"
    assert all(f["flips"] for f in bulletins["2025-03-21"]["findings"])


def test_nothing_is_kept_or_broken_by_what_parties_say(bulletins: dict[str, dict[str, Any]]) -> None:
    """No finding rests on an incident, some name claims; an incident at a listed facility has no cell and no words."""
    named = 0
    for bulletin in bulletins.values():
        observations = {one["id"]: one for one in bulletin["observations"]}
        incidents = {one["id"]: one for one in bulletin["incidents"]}
        for finding in bulletin["findings"]:
            assert finding["finding"] in ("not_assessable", "not_in_force")
            for key in finding["claimed"]:
                named += 1
                assert not incidents[key]["counted"]
                assert incidents[key]["cell"] is None
                for one in (observations[key] for key in incidents[key]["observations"]):
                    assert one["cell"] is None
                    assert one["text"].startswith("Withheld")
    assert named


def test_the_case_file_has_no_place(bulletins: dict[str, dict[str, Any]]) -> None:
    """Lists are words: no coordinate and no name of a place in the list, none in the provision of the bulletin."""
    for entry in read_agreement(CASE).provisions[0].list:
        assert not any(any(c.isdigit() for c in word) for word in (entry.name, *entry.words))
    assert {entry["id"] for entry in bulletins["2025-03-21"]["provisions"][0]["list"] if not entry["written"]} == {
        "infrastructure",
        "civilian",
    }


def test_both_sides_words_stand_side_by_side(bulletins: dict[str, dict[str, Any]]) -> None:
    """21 March: each accuses the other and denies."""
    said = {(s["party"], s["position"]) for s in bulletins["2025-03-21"]["statements"]}
    assert {("alpha", "denies"), ("alpha", "accuses"), ("bravo", "accuses"), ("bravo", "denies")} <= said


@pytest.mark.parametrize(
    ("case", "days"),
    [(CASE, [date(2025, 3, 21), date(2025, 4, 4)]), (EASTER, [date(2025, 4, 19), date(2025, 4, 20)])],
    ids=["energy", "easter"],
)
def test_swapping_the_parties_mirrors_a_real_bulletin(
    case: Path, days: list[date], shared_data: Path, tmp_path: Path
) -> None:
    """The parties' ids exchanged in the case give the same bulletin with them exchanged, word for word."""
    plain = watched(case, tmp_path / "plain", shared_data, days)
    swapped = watched(case, tmp_path / "swapped", shared_data, days, swap=True)
    for day, bulletin in plain.items():
        assert unordered(swapped[day]) == unordered(json.loads(mirrored(json.dumps(bulletin, sort_keys=True))))
        assert bulletin["incidents"]


def test_page_one_reads_like_a_missions_report(shared_data: Path, tmp_path: Path) -> None:
    """Facts, not blame: what became of the promise in each reading, who said what, and none of the words we avoid."""
    watched(CASE, tmp_path / "case", shared_data, [date(2025, 3, 21)])
    html = (tmp_path / "case" / "bulletins" / "2025-03-21" / "bulletin.html").read_text(encoding="utf-8")
    first = html[html.index("<main>") : html.index('<section id="comparisons"')]
    assert "cannot be assessed in the reading R-bravo of Russia" in first
    assert "accuses 1, denies 2" in first
    for word in ("violat", "enemy", "proven ", "guilty", "aggress"):
        assert word not in first.lower()


def test_two_cases_share_no_folder(tmp_path: Path) -> None:
    """The examples hold text only: no data of other people."""
    for case in (CASE, EASTER):
        shutil.copy(case / "truce.toml", tmp_path)
        assert {p.name for p in case.iterdir() if p.name not in ("ledger", "bulletins")} == {"README.md", "truce.toml"}
