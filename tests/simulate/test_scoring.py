"""A spoiled bulletin is seen: each fault breaks its own promise, and a faultless run breaks none."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from truceline.errors import CaseError
from truceline.simulate import Score, score
from truceline.simulate.happenings import THE_SHELLING
from truceline.simulate.matching import lay
from truceline.simulate.scoring import score_bulletins
from truceline.simulate.truth import Truth
from truceline.spacetime import iso
from truceline.terms.event_class import EventClass

from .conftest import incident

Bulletins = list[dict[str, Any]]
Scored = Callable[[Bulletins], Score]


@pytest.fixture
def scored(truth: Truth, texts: dict[str, str]) -> Scored:
    return lambda bulletins: score_bulletins(truth, bulletins, texts)


def broken(result: Score) -> set[str]:
    return {promise.name for promise in result.promises if not promise.held}


def shelling_of(bulletins: Bulletins, truth: Truth) -> tuple[dict[str, Any], dict[str, Any]]:
    """The bulletin and the incident of the shelling."""
    event = next(event for event in truth.events if event.story == THE_SHELLING)
    for bulletin in bulletins:
        for one in bulletin["incidents"]:
            if one["id"] == f"i-{event.id}":
                return bulletin, one
    raise AssertionError("the shelling is in no bulletin")


def add(bulletin: dict[str, Any], one: dict[str, Any]) -> None:
    """Add a counted incident and keep the sums in order, as a tool that believes in it would."""
    bulletin["incidents"].append(one)
    bulletin["totals"]["incidents"]["counted"] += 1
    by_class = bulletin["totals"]["incidents"]["by_class"]
    by_class[one["class"]] = by_class.get(one["class"], 0) + 1


def test_a_faultless_run_keeps_every_promise(scored: Scored, bulletins: Bulletins) -> None:
    """What knows the truth and keeps the rules scores full marks."""
    result = scored(bulletins)
    assert result.passed, result.to_text()
    assert len(result.promises) >= 14
    assert result.incidents.planted == len(result.incidents.found) == 6
    assert result.incidents.beyond_reach == 2
    assert result.statements.right == result.statements.planted


def test_quiet_in_the_dead_stretch_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """A feed that never arrived may not make its sectors quiet: fire that nobody heard lies there."""
    for bulletin in bulletins:
        for row in bulletin["sector_days"][-2:]:
            row["state"] = "quiet"
    assert {"the stretch of the dead feed is not quiet", "no fire where it was said quiet"} <= broken(scored(bulletins))


def test_quiet_under_cloud_is_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """Where nobody could look nothing is quiet."""
    laid = lay(truth, bulletins[0])
    assert laid is not None
    clouded = {one.sector for one in laid.sectors if one.overlap(truth.clouded) > 0.8}
    assert len(clouded) == 2
    for row in bulletins[0]["sector_days"]:
        if row["sector"] in clouded:
            row["state"] = "quiet"
    assert "the clouded, unwatched stretch is undetermined" in broken(scored(bulletins))


def test_an_unnamed_dead_feed_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """Failed in the table but not on page one, or on page one but called ok: both break the promise."""
    silent, called_ok = copy.deepcopy(bulletins), copy.deepcopy(bulletins)
    silent[1]["restrictions"] = []
    called_ok[1]["feeds"][0]["state"] = "ok"
    assert broken(scored(silent)) == broken(scored(called_ok)) == {"page one names the dead feed"}


@pytest.mark.parametrize("place", ["totals", "by_class", "sector_days", "comparisons"])
def test_a_tally_added_to_a_count_is_seen(scored: Scored, bulletins: Bulletins, place: str) -> None:
    """Wherever a party's 444 is added, some count is larger than its incidents explain."""
    bulletin = bulletins[2]
    if place == "totals":
        bulletin["totals"]["incidents"]["counted"] += 444
    elif place == "by_class":
        bulletin["totals"]["incidents"]["by_class"]["shelling"] += 444
    elif place == "sector_days":
        bulletin["sector_days"][3]["count"] += 444
    else:
        bulletin["comparisons"].append({"this": {"count": 445}})
    assert broken(scored(bulletins)) == {"a party's tally is in no count"}


def test_an_incident_made_of_a_tally_is_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """An incident whose observation is the sentence with the tally."""
    bulletin, one = shelling_of(bulletins, truth)
    bulletin["observations"].append({"id": "o1", "text": truth.tallies[0].words})
    one["observations"] = ["o1"]
    assert broken(scored(bulletins)) == {"a party's tally is in no count"}


def test_an_incident_made_of_a_harvest_fire_is_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """A burning field called shelling is a false alarm, and is told to be a benign fire."""
    fire = next(fire for fire in truth.benign_fires if fire.kind == "harvest")
    _, like = shelling_of(bulletins, truth)
    one = {**copy.deepcopy(like), "id": "i-fire", "sector": None, "class": "fire_undetermined"}
    one["from"], one["to"] = iso(fire.start), iso(fire.end)
    one["cell"] = {"west": fire.lon - 0.05, "south": fire.lat - 0.05, "east": fire.lon + 0.05, "north": fire.lat + 0.05}
    add(bulletins[2], one)
    result = scored(bulletins)
    assert "harmless fires make no incident" in broken(result)
    assert result.incidents.from_benign_fire == 1
    assert result.incidents.false_alarms == (f"{bulletins[2]['day']} i-fire",)


def test_a_neither_read_as_denial_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """Every 'neither' turned into a denial shows in the promise and in the confusion."""
    for bulletin in bulletins:
        for said in bulletin["statements"]:
            if said["position"] == "neither_confirms_nor_denies":
                said["position"] = "denies"
    result = scored(bulletins)
    assert broken(result) == {"'neither' is no denial"}
    assert result.statements.confusion["neither_confirms_nor_denies"] == {"denies": 2}


def test_a_neither_read_twice_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """A right reading does not excuse a denial read out of the same sentence."""
    said = next(s for s in bulletins[2]["statements"] if s["position"] == "neither_confirms_nor_denies")
    bulletins[2]["statements"].append({**said, "id": "again", "position": "denies"})
    assert broken(scored(bulletins)) == {"'neither' is no denial"}


def test_a_neither_that_is_dropped_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """Saying nothing about a 'neither' is no way to get it right."""
    for bulletin in bulletins:
        bulletin["statements"] = [s for s in bulletin["statements"] if s["position"] != "neither_confirms_nor_denies"]
    assert broken(scored(bulletins)) == {"'neither' is no denial"}


def test_statements_are_placed_whatever_the_bulletin_calls_its_documents(
    scored: Scored, bulletins: Bulletins, truth: Truth
) -> None:
    """Ids of documents are the tool's own; one with no words of ours in it is nobody's reading."""
    for bulletin in bulletins:
        for said in bulletin["statements"]:
            said["document"] = f"hash of {said['document']}"
    foreign = {**bulletins[0]["statements"][0], "document": "elsewhere", "quote": "nothing that was planted"}
    bulletins[0]["statements"].append(foreign)
    result = scored(bulletins)
    assert result.statements.right == result.statements.planted
    assert sum(result.statements.planted.values()) == len(truth.statements)
    assert result.statements.beside == 0


def test_copies_counted_as_a_second_incident_are_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """The agency's copies made an incident of their own."""
    bulletin, one = shelling_of(bulletins, truth)
    add(bulletin, {**copy.deepcopy(one), "id": "i-copies"})
    assert {"the shelling is one counted incident", "copies are one voice"} <= broken(scored(bulletins))


def test_copies_counted_as_voices_are_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """Forty rows of one agency made forty independent roots."""
    _, one = shelling_of(bulletins, truth)
    one["roots"] += [{"root": f"copy {n}", "independent": True, "origin": "third_party"} for n in range(40)]
    assert broken(scored(bulletins)) == {"copies are one voice"}


def test_a_claim_counted_is_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """Fire that only a party reports is counted, though nobody else tells of it."""
    event = next(event for event in truth.events if event.traces == ("bravo",))
    add(bulletins[2], incident(event, None))
    result = scored(bulletins)
    assert "a claim alone is not counted" in broken(result)
    assert len(result.incidents.false_alarms) == 1


def test_a_missed_event_is_seen(scored: Scored, bulletins: Bulletins, truth: Truth) -> None:
    """An incident that is listed but not counted is not found."""
    _, one = shelling_of(bulletins, truth)
    one["counted"] = False
    result = scored(bulletins)
    assert len(result.incidents.missed) == 1
    assert "the shelling is one counted incident" in broken(result)


def test_everything_undetermined_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """A tool that never says quiet is safe and useless."""
    for bulletin in bulletins:
        for row in bulletin["sector_days"]:
            row["state"] = "undetermined" if row["state"] == "quiet" else row["state"]
    assert broken(scored(bulletins)) == {"quiet is said where it was watched"}


def test_everything_quiet_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """Missing read as zero."""
    for bulletin in bulletins:
        for row in bulletin["sector_days"]:
            row["state"] = "quiet"
    assert {
        "no fire where it was said quiet",
        "the clouded, unwatched stretch is undetermined",
        "the stretch of the dead feed is not quiet",
    } <= broken(scored(bulletins))


def test_a_caption_read_as_a_statement_is_seen(
    scored: Scored, bulletins: Bulletins, truth: Truth, texts: dict[str, str]
) -> None:
    """Nobody says a title or a caption."""
    path = truth.statements[0].document
    caption = next(line for line in texts[path].splitlines() if line.startswith("FILE"))
    start = texts[path].index(caption)
    span = [start + 7, start + len(caption)]
    said = {"id": "c", "document": path, "position": "asserts", "quote": caption[7:], "content": [span], "cue": []}
    bulletins[0]["statements"].append(said)
    assert broken(scored(bulletins)) == {"titles and captions speak for nobody"}


def test_a_bulletin_without_the_mark_is_seen(scored: Scored, bulletins: Bulletins) -> None:
    """An exercise that does not say so."""
    bulletins[3]["exercise"] = False
    assert broken(scored(bulletins)) == {"every bulletin says EXERCISE"}


@pytest.mark.parametrize(
    ("spoil", "still"),
    [
        ({"class": "explosion_undetermined"}, True),
        ({"class": "small_arms_fire"}, False),
        ({"shift_h": 1.0}, True),
        ({"shift_h": 3.0}, False),
        ({"shift_cells": 1}, True),
        ({"shift_cells": 3}, False),
    ],
)
def test_the_matching_rule_is_the_stated_one(
    scored: Scored, bulletins: Bulletins, truth: Truth, spoil: dict[str, Any], still: bool
) -> None:
    """Same group of classes, an hour's slack, one grid cell: within it is found, beyond it is missed."""
    bulletin, one = shelling_of(bulletins, truth)
    event = next(event for event in truth.events if event.story == THE_SHELLING)
    if "class" in spoil:
        one["class"] = spoil["class"]
        bulletin["totals"]["incidents"]["by_class"] = {spoil["class"]: len(bulletin["incidents"])}
    hours = timedelta(hours=spoil.get("shift_h", 0))
    one["from"], one["to"] = iso(event.start + hours), iso(event.end + hours)
    for side in ("west", "east"):
        one["cell"][side] += 0.1 * spoil.get("shift_cells", 0)
    assert ("the shelling is one counted incident" not in broken(scored(bulletins))) is still


def test_what_was_not_run_is_not_scored(scored: Scored, bulletins: Bulletins) -> None:
    """With day 1 alone there is no shelling to find and no promise about it: nothing counts as held unseen."""
    result = scored(bulletins[:1])
    names = {promise.name for promise in result.promises}
    assert "the shelling is one counted incident" not in names
    assert "'neither' is no denial" not in names
    assert result.passed


def test_a_day_without_a_line_is_not_called_anything(scored: Scored, bulletins: Bulletins) -> None:
    """No usable map: its sector-days are not scored, and no promise is held by it."""
    for bulletin in bulletins:
        bulletin["line"] = None
    result = scored(bulletins)
    assert result.states.unscored == 48
    assert "the clouded, unwatched stretch is undetermined" in broken(result)


def test_text_fits_the_page_and_json_is_whole(scored: Scored, bulletins: Bulletins) -> None:
    """At most 80 columns; the JSON object survives a round trip and says whether all was held."""
    for result in (scored(bulletins), scored(bulletins[:1]), scored([])):
        assert max(map(len, result.to_text().splitlines())) <= 80
        assert json.loads(json.dumps(result.to_json()))["passed"] is result.passed


def test_bulletins_are_read_from_the_case(world: Path, bulletins: Bulletins, tmp_path: Path) -> None:
    """`score` finds CASE/bulletins/*/bulletin.json and the press texts by itself."""
    case = Path(shutil.copytree(world, tmp_path / "case"))
    for bulletin in bulletins:
        place = case / "bulletins" / bulletin["day"]
        place.mkdir(parents=True)
        (place / "bulletin.json").write_text(json.dumps(bulletin), encoding="utf-8")
    result = score(case)
    assert result.passed, result.to_text()
    assert result.days == tuple(bulletin["day"] for bulletin in bulletins)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema": "truceline-bulletin/1"}', "[" * 100_000])
def test_a_broken_bulletin_is_said(world: Path, tmp_path: Path, content: str) -> None:
    """What is no bulletin stops the score with the file's name, never with a good mark."""
    case = Path(shutil.copytree(world, tmp_path / "case"))
    (case / "bulletins/2031-09-03").mkdir(parents=True)
    (case / "bulletins/2031-09-03/bulletin.json").write_text(content)
    with pytest.raises(CaseError, match="bulletin"):
        score(case)


def test_a_case_that_was_not_run_or_not_simulated_is_said(world: Path, tmp_path: Path) -> None:
    """No bulletin, no truth, or a truth of another form: each an error with what to do."""
    case = Path(shutil.copytree(world, tmp_path / "case"))
    with pytest.raises(CaseError, match="Run it first"):
        score(case)
    for spoilt in ("", "[]", '{"schema": "something else"}', '{"schema": "truceline-truth/1"}', "[" * 100_000):
        (case / "truth.json").write_text(spoilt)
        with pytest.raises(CaseError, match="simulate"):
            score(case)
    with pytest.raises(CaseError, match="simulate"):
        score(tmp_path)


def test_every_class_the_world_plants_can_be_matched(truth: Truth) -> None:
    """The world plants acts of fire only; what is watched for is what the posts are declared to hear."""
    assert {event.event_class for event in truth.events} == {
        EventClass.SHELLING,
        EventClass.SMALL_ARMS_FIRE,
        EventClass.DRONE_ATTACK,
    }
