"""Provisions that hold in a zone: inside, outside, at the edge, beyond what is watched, and two zones in two readings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.stage import PATROLS, Stage
from truceline.errors import CaseError
from truceline.terms import read_agreement

TERMS = """
[[zone]]
id = "W5"
kind = "withdrawal"
within_km = 5
[[zone]]
id = "W15"
kind = "withdrawal"
within_km = 15
[[zone]]
id = "W40"
kind = "withdrawal"
within_km = 40
[[provision]]
id = "P3"
kind = "withdrawal"
zone = "W5"
text = "Heavy arms shall stay behind five kilometres."
[[reading]]
id = "R-bravo"
party = "bravo"
zones = { P3 = "W15" }
[[reading]]
id = "R-wide"
zones = { P3 = "W40" }
"""
SEES = PATROLS.replace("sees = { ", "sees = { contravening_presence = 0.95, ")


def seen_at(km: float, *, width_m: int = 200) -> str:
    """A patrol on the spot sees one, `km` south of the line, in a patch some hundred metres wide."""
    lat = 42.5 - km / 111.1
    return f"saw,2031-04-20T09:40Z,2031-04-20T09:50Z,-150.5,{lat:.5f},0,{width_m},,,contravening_presence,exact,1,Patrol 9,,,"


def findings(place: Path, *rows: str) -> dict[str, dict[str, Any]]:
    stage = Stage(place, SEES, more=TERMS)
    # Posts see as far as they hear, so that the whole depth of the line is watched.
    stage.patrols(*rows)
    bulletin = stage.day()
    return {f["reading"]: f for f in bulletin["findings"] if f["provision"] == "P3"} | {"bulletin": bulletin}


@pytest.mark.parametrize(
    ("km", "as_written", "bravo"),
    [
        (2.0, "not_consistent", "not_consistent"),
        (10.0, "consistent", "not_consistent"),
        (18.0, "consistent", "consistent"),
    ],
)
def test_a_presence_counts_where_the_zone_is(tmp_path: Path, km: float, as_written: str, bravo: str) -> None:
    """2 km from the line breaks both readings, 10 km only the wider one, 18 km neither."""
    found = findings(tmp_path / "case", seen_at(km))
    assert found["as-written"]["finding"] == as_written
    assert found["R-bravo"]["finding"] == bravo
    assert found["as-written"]["flips"] == (km > 2.0)  # 18 km from the line lies in the widest reading alone
    assert (found["R-bravo"]["differ"] != []) == (km == 10.0)


def test_at_the_edge_it_is_named_and_not_used(tmp_path: Path) -> None:
    """A presence that may lie on either side of the edge leaves the promise not assessable."""
    found = findings(tmp_path / "case", seen_at(5.0, width_m=2000))["as-written"]
    assert found["finding"] == "not_assessable"
    assert found["incidents"] == []
    assert len(found["unplaced"]) == 1
    assert "their place is not known well enough" in found["reason"]


def test_beyond_what_is_watched_nothing_is_kept(tmp_path: Path) -> None:
    """A zone of 40 km reaches past the depth of the line, where nobody knows what could be seen."""
    found = findings(tmp_path / "case")
    assert found["as-written"]["finding"] == "consistent"
    assert found["R-wide"]["finding"] == "not_assessable"
    assert "reaches beyond what is watched" in found["R-wide"]["reason"]


def test_the_place_of_a_presence_is_never_published(tmp_path: Path) -> None:
    """No cell, no words, and nothing on the map; and it is no act of fire."""
    bulletin = findings(tmp_path / "case", seen_at(2.0))["bulletin"]
    (one,) = [i for i in bulletin["incidents"] if i["class"] == "contravening_presence"]
    assert one["cell"] is None
    assert all(o["cell"] is None for o in bulletin["observations"] if o["id"] in one["observations"])
    assert bulletin["totals"]["incidents"]["sub_totals"]["contravening_presence"] == 1
    assert {f["finding"] for f in bulletin["findings"] if f["provision"] == "P1"} == {"consistent"}


def test_a_zone_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Provision and reading name zones of the case, and lists hold anywhere."""
    stage = Stage(
        tmp_path / "case", SEES, more=TERMS.replace('zone = "W5"', 'zone = "W6"').replace('"W15" }', '"W16" }')
    )
    with pytest.raises(CaseError) as refused:
        read_agreement(stage.place)
    assert "no zone 'W6'" in str(refused.value)
    assert "no zone 'W16'" in str(refused.value)


REPAIR = """
[[window]]
id = "W1"
kind = "repair"
text = "Quiet while the water main is mended."
start = 2031-04-20T06:00:00Z
end = 2031-04-20T14:00:00Z
"""


@pytest.mark.parametrize(
    ("zone", "km", "verdict"),
    [
        ("", 2.0, "not_consistent"),
        ("", 10.0, "not_consistent"),
        ('zone = "W5"', 2.0, "not_consistent"),
        ('zone = "W5"', 10.0, "not_assessable"),
        ('zone = "W5"', None, "consistent"),
        ("", None, "consistent"),
    ],
)
def test_quiet_for_repairs_holds_where_it_was_promised(
    tmp_path: Path, zone: str, km: float | None, verdict: str
) -> None:
    """Fire 10 km off breaks a window along the line, and not one that promises quiet within five; kept is told too."""
    stage = Stage(tmp_path / "case", PATROLS, more=TERMS + REPAIR + zone + "\n")
    bulletin = stage.patrols(*([] if km is None else [seen_at(km).replace("contravening_presence", "shelling")])).day()
    (kept,) = bulletin["windows"]
    assert kept["finding"] == verdict
    assert bool(kept["incidents"]) == (verdict == "not_consistent")


def test_a_window_names_a_zone_that_is_there_and_permits_anywhere(tmp_path: Path) -> None:
    """A zone that is none, and a zone for what permits, are refused by name."""
    unknown = Stage(tmp_path / "a", PATROLS, more=TERMS + REPAIR + 'zone = "W6"\n')
    with pytest.raises(CaseError, match=r"window 'W1'\.zone: no zone 'W6'"):
        read_agreement(unknown.place)
    permits = Stage(tmp_path / "b", PATROLS, more=TERMS + REPAIR.replace("repair", "exercise") + 'zone = "W5"\n')
    with pytest.raises(CaseError, match="leave 'zone' out"):
        read_agreement(permits.place)
