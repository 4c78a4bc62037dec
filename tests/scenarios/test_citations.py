"""A source speaks through its own feed: what only cites it is kept, printed, and no voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.stage import NEWS, NEWS_COLUMNS, PATROLS, Stage, any_rows

WIRE = """
[[feed]]
name = "wire"
kind = "viina"
path = "inbox/wire.csv"
time_zone = "UTC"
uncertainty_m = 2000
origin = "third_party"
publisher = "RNA"
reliability = "B"
"""
CITED = '2031-04-20 10:00:00,-150.5,42.5,Oster,artillery,"RNA: shelling near Oster"'
DENIED = '2031-04-20 10:05:00,-150.5,42.5,Oster,artillery,"RNA denies shelling near Oster"'
OWN = "2031-04-20 10:00:00,-150.5,42.5,Oster,artillery,Shelling near Oster"
ELSEWHERE = "2031-04-20 10:00:00,-150.9,42.5,Wick,artillery,Shelling near Wick"
HEARD = "heard,2031-04-20T10:00Z,2031-04-20T10:02Z,-150.5,42.49,1000,3000,,,shelling,exact,4,Post 3,,,"


def stage(place: Path, *, declared: bool = True, source: str = "RNA") -> Stage:
    """A case that receives RNA's own wire, or does not say whose feed that is."""
    made = Stage(place, NEWS, WIRE, PATROLS)
    if declared:
        case = place / "truce.toml"
        text = case.read_text(encoding="utf-8")
        case.write_text(text.replace(f'name = "{source}"\n', f'name = "{source}"\nfeeds = ["wire"]\n', 1), "utf-8")
    return made.patrols()


def shelling(bulletin: dict[str, Any]) -> dict[str, Any]:
    """The one incident at Oster."""
    (one,) = [i for i in bulletin["incidents"] if any("Oster" in (o["text"] or "") for o in its(bulletin, i))]
    return dict(one)


def its(bulletin: dict[str, Any], incident: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in bulletin["observations"] if row["id"] in incident["observations"]]


def test_what_only_cites_a_source_is_no_voice_until_its_own_feed_holds_it(tmp_path: Path) -> None:
    """The same row: unverifiable while RNA's own wire tells of other things, single source once it holds the story."""
    forged = stage(tmp_path / "a").write("news.csv", NEWS_COLUMNS, CITED).write("wire.csv", NEWS_COLUMNS, ELSEWHERE)
    one = shelling(forged.day())
    assert (one["grade"], one["counted"]) == ("unverifiable", False)
    (root,) = one["roots"]
    assert (root["name"], root["independent"]) == ("RNA", False)
    assert "own feed 'wire' does not hold it" in root["reason"]
    assert root["observations"] == one["observations"]  # kept
    held = stage(tmp_path / "b").write("news.csv", NEWS_COLUMNS, CITED).write("wire.csv", NEWS_COLUMNS, OWN)
    one = shelling(held.day())
    assert (one["grade"], len(one["observations"])) == ("single_source", 2)
    assert [root["independent"] for root in one["roots"]] == [True]


def test_where_no_own_feed_is_declared_nothing_changes(tmp_path: Path) -> None:
    """A case that does not receive an agency's wire takes its citation for its word, as before."""
    open_ = stage(tmp_path / "a", declared=False).write("news.csv", NEWS_COLUMNS, CITED)
    assert shelling(open_.write("wire.csv", NEWS_COLUMNS, ELSEWHERE).day())["grade"] == "single_source"
    other = stage(tmp_path / "b", source="Coast Wire").write("news.csv", NEWS_COLUMNS, CITED)
    assert shelling(other.write("wire.csv", NEWS_COLUMNS, ELSEWHERE).day())["grade"] == "single_source"


def test_a_forged_capture_beside_a_true_event_adds_no_voice(tmp_path: Path) -> None:
    """A patrol heard it and a forged page confirms it: one voice, as without the page."""
    made = stage(tmp_path / "a").write("news.csv", NEWS_COLUMNS, CITED).write("wire.csv", NEWS_COLUMNS, ELSEWHERE)
    one = shelling(made.patrols(HEARD).day())
    assert one["grade"] == "single_source"
    assert [root["name"] for root in one["roots"] if root["independent"]] == ["the mission:Post 3"]


@pytest.mark.parametrize("wire", ["gone", "spoiled"])
def test_a_wire_that_failed_makes_nobody_surer(tmp_path: Path, wire: str) -> None:
    """Nobody can tell whether it held the story: no voice, no quiet for the sector, and the reason is printed."""
    made = stage(tmp_path / "a").write("news.csv", NEWS_COLUMNS, CITED)
    if wire == "spoiled":
        made.write("wire.csv", NEWS_COLUMNS, "2031-04-20 10:00:00,north,42.5,Oster,artillery,Shelling near Oster")
    bulletin = made.day()
    one = shelling(bulletin)
    assert one["grade"] == "unverifiable"
    assert "failed that day" in one["roots"][0]["reason"]
    assert any_rows(bulletin)[one["sector"]]["state"] == "undetermined"
    assert {row["state"] for row in any_rows(bulletin).values()} == {"undetermined"}  # it could have told of any


def test_a_wire_that_failed_elsewhere_still_leaves_its_citation_open(tmp_path: Path) -> None:
    """Declared to report on another area only, the lost wire hides nothing here; what cites it is open all the same."""
    made = stage(tmp_path / "a").write("news.csv", NEWS_COLUMNS, CITED)
    case = made.place / "truce.toml"
    case.write_text(case.read_text("utf-8").replace('publisher = "RNA"', 'publisher = "RNA"\narea = [10, 10, 11, 11]'))
    bulletin = made.day()
    states = {sector: row["state"] for sector, row in any_rows(bulletin).items()}
    own = shelling(bulletin)["sector"]
    assert states.pop(own) == "undetermined"
    assert set(states.values()) == {"quiet"}
    row = next(r for r in bulletin["sector_days"] if r["sector"] == own and r["class"] == "shelling")
    assert any("own feed failed" in reason for reason in row["reasons"])


def test_a_forged_denial_contests_nothing_and_a_lost_wire_never_lifts_one(tmp_path: Path) -> None:
    """A denial that RNA's own wire does not hold is no voice; once the wire failed it may be one, and stands."""
    forged = stage(tmp_path / "a").write("news.csv", NEWS_COLUMNS, DENIED).write("wire.csv", NEWS_COLUMNS, ELSEWHERE)
    (one,) = [i for i in forged.patrols(HEARD).day()["incidents"] if "Post 3" in str(i["roots"])]
    assert one["grade"] == "single_source"
    assert any("does not hold it" in root["reason"] for root in one["roots"])
    own = DENIED.replace('"', "")
    grades = []
    for name, rows in (("held", [own]), ("lost", None)):
        made = stage(tmp_path / name).write("news.csv", NEWS_COLUMNS, DENIED)
        if rows:
            made.write("wire.csv", NEWS_COLUMNS, *rows)
        grades += [i["grade"] for i in made.patrols(HEARD).day()["incidents"]]
    assert grades == ["contested", "contested"]


def test_a_forged_citation_of_the_mission_is_no_voice(tmp_path: Path) -> None:
    """The mission's form is its own feed: a page that cites the mission, and that no patrol wrote, is a citation."""
    made = Stage(
        tmp_path / "a", NEWS, PATROLS, more='[[source]]\nname = "the mission"\nfeeds = ["patrols"]\n'
    ).patrols()
    made.write("news.csv", NEWS_COLUMNS, CITED.replace("RNA", "The mission"))
    assert shelling(made.day())["grade"] == "unverifiable"
    one = shelling(made.patrols(HEARD).day())
    assert one["grade"] == "single_source"


def test_its_own_wire_may_pass_on_a_party_or_another_agency(tmp_path: Path) -> None:
    """What North says is not RNA's word because RNA prints it, and what Coast Wire says is Coast Wire's."""
    made = stage(tmp_path / "a")
    made.write("news.csv", NEWS_COLUMNS, ELSEWHERE)
    made.write(
        "wire.csv",
        NEWS_COLUMNS,
        "2031-04-20 08:00:00,-150.5,42.5,Oster,artillery,Norland says shells fell near Oster",
        "2031-04-20 14:00:00,-150.3,42.5,Ford,artillery,Coast Wire: shells fall near Ford",
    )
    told = {one["roots"][0]["name"]: one["grade"] for one in made.day()["incidents"] if "Wick" not in str(one)}
    assert told["Coast Wire"] == "single_source"
    assert "unverifiable" in told.values()
