"""A bulletin whose figures disagree is never written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report.samples import bleak_day, full_day, full_sheet
from truceline.errors import OutputError, TotalsError
from truceline.report import write_bulletin
from truceline.report.reconcile import check_places, check_totals

Change = Callable[[dict[str, Any]], object]


def row(bulletin: dict[str, Any], sector: str, name: str = "any") -> dict[str, Any]:
    return next(r for r in bulletin["sector_days"] if r["sector"] == sector and r["class"] == name)


@pytest.mark.parametrize("sample", [full_day, bleak_day])
def test_a_sound_bulletin_passes(sample: Callable[[], dict[str, Any]]) -> None:
    """Every sum of the samples agrees with its parts, also where there is nothing to sum."""
    check_totals(sample())


CHANGES: dict[str, tuple[Change, str]] = {
    "a state's sectors": (lambda b: b["totals"]["sector_days"].update(quiet=3), r"quiet is 3, .* is 2"),
    "all sectors": (lambda b: b["totals"]["sector_days"].update(sum=44), r"sum is 44, .* is 43"),
    "a sector lost": (lambda b: b["sector_days"].pop(0), "undetermined is 33, .* is 32"),
    "a row twice": (lambda b: b["sector_days"].append(dict(row(b, "S05", "shelling"))), "has 2 rows"),
    "km of a state": (lambda b: b["totals"]["line_km"].update(active=80.0, sum=1071.4), r"sum is 1071.4, .* 1066.4"),
    "km in line": (lambda b: b["line"]["state_km"].update(quiet=75.0), r"quiet is 50, .* is 75"),
    "incidents counted": (lambda b: b["totals"]["incidents"].update(counted=4), r"counted is 4, .* is 3"),
    "incidents in all": (lambda b: b["totals"]["incidents"].update(sum=7), r"sum is 7, .* is 6"),
    "a grade": (lambda b: b["totals"]["incidents"]["by_grade"].update(contested=0), r"contested is 0, .* is 1"),
    "a class": (lambda b: b["totals"]["incidents"]["by_class"].update(shelling=2), r"shelling is 2, .* is 1"),
    "counted by grade": (lambda b: b["incidents"][3].update(counted=True), "is 3, .* is 4"),
    "a sector's count": (lambda b: row(b, "S07").update(count=2), r"S07, class any, is 2, .* is 1"),
    "active, none counted": (
        lambda b: (row(b, "S19").update(count=0, state="undetermined"), b["incidents"]),
        "active is 3, .* is 2",
    ),
    "reports by place": (lambda b: b["totals"]["reports"].update(near_line=18), r"in_period is 31, .* is 30"),
    "reports by origin": (lambda b: b["totals"]["reports"]["by_origin"].update(party=13), r"31, .* origin is 30"),
    "heat": (lambda b: b["heat"].update(unattributed=8), r"near_line is 9, .* is 10"),
    "statements": (lambda b: b["statements"].pop(), r"sum is 9, .* is 8"),
    "a position": (lambda b: b["statements"][0].update(position="denies"), r"accuses is 2, .* is 1"),
    "set aside": (lambda b: b["feeds"][1].update(rows_set_aside=3), r"set aside is 3, .* is 2"),
    "an observation lost": (lambda b: b["observations"].pop(0), "o-01, which is not listed"),
    "an incident lost": (lambda b: b["findings"][0]["incidents"].append("i-0"), "i-0, which is not listed"),
    "an uncounted breach": (
        lambda b: b["findings"][0]["incidents"].append("i-b8e20f73"),
        "i-b8e20f73, which is not counted",
    ),
    "an unknown feed": (lambda b: b["observations"][0].update(feed="nobody"), "nobody, which is not among the feeds"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_two_sums_that_disagree_stop_the_bulletin(name: str, tmp_path: Path) -> None:
    """Both sums are named, and nothing is written."""
    change, words = CHANGES[name]
    bulletin = full_day()
    change(bulletin)
    with pytest.raises(TotalsError, match=words):
        write_bulletin(bulletin, full_sheet(), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("seen", [None, 0.0, 0.85])
def test_what_was_not_seen_is_never_quiet(seen: float | None) -> None:
    """A quiet row whose observability is missing or too low is refused, whatever made it."""
    bulletin = full_day()
    row(bulletin, "S12", "shelling").update(observability=seen)
    with pytest.raises(TotalsError, match="is quiet with an observability"):
        check_totals(bulletin)


def test_a_sector_with_looks_is_not_unseen() -> None:
    """`not observed` means no looks and no hours."""
    bulletin = full_day()
    row(bulletin, "S28", "shelling").update(looks=1)
    with pytest.raises(TotalsError, match="not observed with 1 looks"):
        check_totals(bulletin)


def test_rounded_lengths_are_no_disagreement() -> None:
    """Sectors rounded to a tenth of a kilometre may miss their sum by as much."""
    bulletin = full_day()
    for one in bulletin["line"]["sectors"][:20]:
        one["length_km"] += 0.04
    check_totals(bulletin)


def test_no_place_is_finer_than_the_grid() -> None:
    """A cell smaller than declared is not written, in the tables or on the map."""
    bulletin = full_day()
    cell = bulletin["observations"][0]["cell"]
    cell["east"] = cell["west"] + 0.01
    with pytest.raises(OutputError, match="observation o-01 is finer"):
        check_places(bulletin, full_sheet())
    sheet = replace(full_sheet(), cells=((-29.0, 45.0, -28.999, 45.001, "heat"),))
    with pytest.raises(OutputError, match="map cell 1 is finer"):
        check_places(full_day(), sheet)


def test_map_and_table_tell_the_same() -> None:
    """A sector drawn in another state than the table gives stops the bulletin."""
    sheet = full_sheet()
    first, *rest = sheet.sectors
    with pytest.raises(TotalsError, match="draws S01 as quiet, the sector table says undetermined"):
        check_places(full_day(), replace(sheet, sectors=((first[0], "quiet", first[2]), *rest)))
