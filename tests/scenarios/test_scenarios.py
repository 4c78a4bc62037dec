"""Eight of the ten acceptance scenarios of a mission, each played on a small stage from files to bulletin.

Numbers 5 and 7 come with packs and release.
"""

from __future__ import annotations

import hashlib
import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.scenarios.stage import (
    FIRE_COLUMNS,
    FIRST,
    LOG,
    NEWS,
    NEWS_COLUMNS,
    PATROLS,
    PRESS,
    SATELLITE,
    Stage,
    any_rows,
)
from tests.worlds.test_demo import mirrored, unordered
from truceline.cli import truceline
from truceline.questions import changed
from truceline.watch import run

LOOKS = "from,to,looks,clear_share,kind"


def six_passes(clear: str) -> list[str]:
    return [f"2031-04-20T{hour:02}:00Z,2031-04-20T{hour:02}:10Z,1,{clear},passing" for hour in (1, 5, 9, 13, 17, 21)]


# --- 1. Quiet or blind ----------------------------------------------------------------------------------------


def test_1_quiet_or_blind(tmp_path: Path) -> None:
    """No detection, six clouded passes, one empty feed: not assessable, no bound, out of every rate, grey on the map."""
    stage = Stage(tmp_path / "case", SATELLITE, NEWS)
    stage.write("modis.csv", FIRE_COLUMNS).write("modis_looks.csv", LOOKS, *six_passes("0.0"))
    (stage.inbox / "news.csv").write_bytes(b"")
    blind = stage.day()
    assert {row["state"] for row in any_rows(blind).values()} <= {"undetermined", "not_observed"}
    assert {f["finding"] for f in blind["findings"]} == {"not_assessable"}
    assert {row["bound"] for row in any_rows(blind).values()} <= {"no bound", "not known"}
    news = next(feed for feed in blind["feeds"] if feed["name"] == "news")
    assert news["state"] == "failed"
    assert all(comparison["refused"] for comparison in blind["comparisons"])
    svg = (stage.place / "bulletins" / "2031-04-20" / "bulletin.html").read_text(encoding="utf-8")
    assert "no part can be called quiet" in svg

    found = changed(stage.place, FIRST + timedelta(days=7), before=7, after=1)
    assert found.change.refused is not None
    assert all(day.exposure_h is None for _, day in found.days)


def test_1_the_same_day_with_somebody_on_watch_is_quiet(tmp_path: Path) -> None:
    """The difference is the watch: five posts that heard nothing make the line quiet, and bound what was missed."""
    stage = Stage(tmp_path / "case", PATROLS)
    stage.patrols()
    watched = stage.day()
    assert {row["state"] for row in any_rows(watched).values()} == {"quiet"}
    assert {f["finding"] for f in watched["findings"]} == {"consistent"}
    assert all(row["missed_upper_90"] is not None for row in any_rows(watched).values())


# --- 2. One shelling, many traces -----------------------------------------------------------------------------

COPIES = [f"2031-04-20 10:{n % 60:02}:00,-150.500,42.500,Velm,artillery,RNA: shelling near Velm" for n in range(40)]


def many_traces(place: Path) -> Stage:
    stage = Stage(place, SATELLITE, PATROLS, NEWS, LOG.format(party="alpha"), LOG.format(party="bravo"))
    stage.write("modis_looks.csv", LOOKS, *six_passes("1.0"))
    fires = (
        ("42.500", "-150.500", "0950", "T"),
        ("42.505", "-150.495", "0950", "T"),
        ("42.502", "-150.501", "1005", "A"),
    )
    stage.write(
        "modis.csv", FIRE_COLUMNS, *(f"{lat},{lon},2031-04-20,{hhmm},{sat},90" for lat, lon, hhmm, sat in fires)
    )
    # A patrol 5 km SSW of the place heard seven bangs to the NNE; the posts say when somebody was on watch.
    stage.patrols(
        "heard,2031-04-20T09:40Z,2031-04-20T10:10Z,-150.523,42.458,4000,6000,22,45,shelling,exact,7,Patrol 9,,,"
    )
    late = "2031-04-20 00:00:00,-150.500,42.500,Velm,artillery,Coast Wire: Velm was shelled six days ago"
    stage.write("news.csv", NEWS_COLUMNS, *COPIES, late)
    header = "time_start,time_end,model,launch_place,target,launched,destroyed,affected region,source"
    for party in ("alpha", "bravo"):
        stage.write(f"log_{party}.csv", header, "2031-04-20 09:45,2031-04-20 10:15,gun,,Velm,7,,,post")
    return stage


def test_2_one_shelling_many_traces(tmp_path: Path) -> None:
    """One counted incident of its independent voices; forty copies are one; units stay apart; reasons stand for each link."""
    bulletin = many_traces(tmp_path / "case").day()
    counted = [one for one in bulletin["incidents"] if one["counted"]]
    assert len(counted) == 1
    (one,) = counted
    independent = {root["root"] for root in one["roots"] if root["independent"]}
    assert len(independent) >= 2
    copies = next(root for root in one["roots"] if root["root"] == "source:RNA")
    assert len(copies["observations"]) >= 40
    assert one["heat_beside"]
    assert one["links"]
    assert bulletin["totals"]["incidents"]["counted"] == 1
    assert all(row["count"] <= 1 for row in any_rows(bulletin).values())


def test_2_splitting_and_taking_it_back_restores_the_state(tmp_path: Path) -> None:
    """A person splits the patrol from the news: two incidents. The decision taken back: the same bytes as before."""
    stage = many_traces(tmp_path / "case")
    before = stage.day()
    same = digests(stage.place)
    (one,) = [incident for incident in before["incidents"] if incident["counted"]]
    patrol = next(root for root in one["roots"] if root["origin"] == "monitor")["observations"][0]
    apart = [key for key in one["observations"] if key != patrol]
    why = ["--by", "A. Monitor", "--reason", "The patrol faced another valley"]
    for key in apart:
        done = CliRunner().invoke(truceline, ["different", str(stage.place), patrol, key, *why])
        assert done.exit_code == 0, done.output
    split = stage.day()
    assert len([incident for incident in split["incidents"] if incident["counted"]]) == 2
    assert digests(stage.place) != same
    for key in apart:
        done = CliRunner().invoke(truceline, ["different", str(stage.place), patrol, key, *why, "--withdraw"])
        assert done.exit_code == 0, done.output
    stage.day()
    assert digests(stage.place) == same


# --- 3. Two readings ------------------------------------------------------------------------------------------

TWO_LISTS = """
[[provision]]
id = "P2"
kind = "facility_list"
text = "Spare what is listed."
[[provision.list]]
id = "power"
name = "power stations"
words = ["power station*"]
[[provision.list]]
id = "oil"
name = "oil refineries"
words = ["refiner*"]
[[reading]]
id = "R-alpha"
party = "alpha"
lists = { P2 = ["power"] }
[[reading]]
id = "R-bravo"
party = "bravo"
start = 2031-04-20T12:00:00Z
"""


def test_3_two_readings(tmp_path: Path) -> None:
    """One command gives both tables and exactly the incidents that flip; nothing else changes."""
    stage = Stage(tmp_path / "case", NEWS, more=TWO_LISTS)
    rows = [
        "2031-04-20 09:00:00,-150.2,42.9,Harrow,uav,RNA: drone hits the power station at Harrow",
        "2031-04-20 10:00:00,-150.8,42.1,Kestrel,uav,RNA: a refinery burns after a drone strike",
        "2031-04-20 15:00:00,-150.8,42.9,Ostby,uav,RNA: drone hits a second power station",
    ]
    stage.write("news.csv", NEWS_COLUMNS, *rows)
    bulletin = stage.day()
    findings = {f["reading"]: f for f in bulletin["findings"] if f["provision"] == "P2"}
    assert {name: len(f["incidents"]) for name, f in findings.items()} == {"as-written": 3, "R-alpha": 2, "R-bravo": 1}
    assert all(f["flips"] for f in findings.values())
    everywhere = set.intersection(*(set(f["incidents"]) for f in findings.values()))
    assert {key for f in findings.values() for key in f["differ"]} == set(
        findings["as-written"]["incidents"]
    ) - everywhere
    judged = {}
    for one in bulletin["incidents"]:
        judged[one["id"]] = {b["reading"]: b["judgement"] for b in one["breach"] if b["provision"] == "P2"}
    differing = {key for key, by_reading in judged.items() if len(set(by_reading.values())) > 1}
    assert differing == {key for f in findings.values() for key in f["differ"]}
    assert all(one["cell"] is None for one in bulletin["incidents"] if one["id"] in differing)

    alone = Stage(tmp_path / "plain", NEWS, more=TWO_LISTS[: TWO_LISTS.index("[[reading]]")])
    alone.write("news.csv", NEWS_COLUMNS, *rows)
    plain = alone.day()
    for key in ("incidents", "findings", "provisions", "agreement"):
        bulletin.pop(key)
        plain.pop(key)
    bulletin["feeds"] = plain["feeds"] = []  # the case file is not among them, but nothing hangs on it
    assert bulletin == plain


# --- 4. Denial, silence, late admission -----------------------------------------------------------------------


def test_4_denial_silence_late_admission(tmp_path: Path) -> None:
    """Accusation, silence, denial, partial admission: the words are kept by day, and silence moves no grade and no count."""
    stage = Stage(tmp_path / "case", NEWS, PRESS)
    stage.write(
        "news.csv",
        NEWS_COLUMNS,
        "2031-04-20 10:00:00,-150.5,42.5,Velm,artillery,Sudmark's defence ministry: Norland shelled Velm",
    )
    said = {
        0: "Sudmark's defence ministry accused Norland of shelling Velm.",
        2: 'Norland\'s general staff denied that it shelled Velm. "Our guns were silent," it said.',
        8: "Norland acknowledged that shells fell on Velm but said its forces were not responsible.",
    }
    days = [FIRST + timedelta(days=n) for n in range(9)]
    for n, day in enumerate(days):
        text = said.get(n, "The weather on Ostrel was fine, officials said.")
        (stage.inbox / f"press_{day:%Y%m%d}.txt").write_text(f"{day:%d %B %Y}\n\n{text}\n", encoding="utf-8")
    run(stage.place, days)
    first = json.dumps(stage.bulletin(days[0]), sort_keys=True)
    positions = {
        day: {(s["party"], s["position"]) for s in stage.bulletin(day)["statements"] if s["party"]} for day in days
    }
    assert ("bravo", "accuses") in positions[days[0]]
    assert positions[days[1]] == set()
    assert ("alpha", "denies") in positions[days[2]]
    (incident,) = stage.bulletin(days[0])["incidents"]
    assert incident["grade"] == "unverifiable"
    assert not incident["counted"]
    assert not incident["responsibility"]["set_by_program"]
    # Later words change no earlier bulletin by themselves, and silence none at all.
    run(stage.place, days[:1])
    assert json.dumps(stage.bulletin(days[0]), sort_keys=True) == first


def test_4_an_admission_moves_occurrence_and_never_responsibility(tmp_path: Path) -> None:
    """Said against one's own interest, of the place and the kind: the word moves, and is printed with and without it."""
    words = {}
    for name, text in (
        ("silent", "The weather on Ostrel was fine, officials said."),
        ("admits", "Norland's general staff acknowledged that Norland shelled Velm on Sunday."),
    ):
        stage = Stage(tmp_path / name, NEWS, PRESS)
        stage.write("news.csv", NEWS_COLUMNS, "2031-04-20 10:00:00,-150.5,42.5,Velm,artillery,RNA: shelling near Velm")
        (stage.inbox / "press_20310420.txt").write_text(f"20 April 2031\n\n{text}\n", encoding="utf-8")
        (one,) = stage.day()["incidents"]
        assert not one["responsibility"]["set_by_program"]
        words[name] = one
    assert words["admits"]["grade"] == words["silent"]["grade"] == "single_source"
    assert words["admits"]["occurrence"]["likelihood"] != words["silent"]["occurrence"]["likelihood"]
    assert any("acknowledges" in text for text in words["admits"]["occurrence"]["evidence_for"])


# --- 6. Harvest week ------------------------------------------------------------------------------------------


def test_6_harvest_week(tmp_path: Path) -> None:
    """Four thousand fires, a works and a flare: no heat alone is an incident; the depot that was reported is one."""
    stage = Stage(tmp_path / "case", SATELLITE, PATROLS, NEWS)
    stage.write("modis_looks.csv", LOOKS, *six_passes("1.0"))
    crop = [
        f"{42.35 + 0.3 * (n % 61) / 61:.4f},{-150.95 + 0.9 * (n % 977) / 977:.4f},2031-04-20,{900 + n % 60:04},T,80"
        for n in range(4000)
    ]
    works = [f"42.51,-150.80,2031-04-20,{hhmm},T,95" for hhmm in ("0950", "1430", "2200")]
    stage.write("modis.csv", FIRE_COLUMNS, *crop, *works)
    stage.patrols()
    stage.write(
        "news.csv", NEWS_COLUMNS, "2031-04-20 09:50:00,-150.5,42.5,Velm,artillery,RNA: a depot burns after shelling"
    )
    bulletin = stage.day()
    assert bulletin["heat"]["detections"] >= 4000
    assert [one["class"] for one in bulletin["incidents"]] == ["shelling"]
    assert bulletin["totals"]["incidents"]["counted"] == 1
    # What that costs is stated: heat beside nothing stops quiet, and page one says so.
    assert "quiet" not in {row["state"] for row in any_rows(bulletin).values()}
    assert any("no baseline" in text for text in bulletin["reasons"])


# --- 8. 06:00, one laptop, no network -------------------------------------------------------------------------


def test_8_two_feeds_dead_and_the_report_still_comes_out(tmp_path: Path) -> None:
    """With two feeds dead the bulletin comes out, says so on page one, and a second run is byte-identical."""
    stage = Stage(tmp_path / "case", SATELLITE, PATROLS, NEWS)
    stage.patrols(
        "heard,2031-04-20T09:40Z,2031-04-20T10:10Z,-150.523,42.458,4000,6000,22,45,shelling,exact,7,Patrol 9,,,"
    )
    (stage.inbox / "news.csv").write_bytes(b"\x00\xff\x00 not a table")
    bulletin = stage.day()
    assert {feed["name"] for feed in bulletin["feeds"] if feed["state"] == "failed"} == {"modis", "news"}
    assert bulletin["totals"]["incidents"]["counted"] == 1
    assert "quiet" not in {row["state"] for row in any_rows(bulletin).values()}
    html = (stage.place / "bulletins" / "2031-04-20" / "bulletin.html").read_text(encoding="utf-8")
    first = html[: html.index('<section id="comparisons"')]
    assert "modis failed." in first
    assert "news failed." in first
    before = digests(stage.place)
    stage.day()
    assert digests(stage.place) == before


def test_8_offline_with_a_map_a_day_old_and_a_feed_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is opened; yesterday's map stands in and is named; a file cut in the middle is used as far as it goes."""

    def no_network(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    stage = Stage(tmp_path / "case", SATELLITE, PATROLS, NEWS)
    stage.patrols(
        "heard,2031-04-20T09:40Z,2031-04-20T10:10Z,-150.523,42.458,4000,6000,22,45,shelling,exact,7,Patrol 9,,,"
    )
    (stage.inbox / "control_20310420.geojson").unlink()
    stage.write(
        "news.csv", NEWS_COLUMNS, "2031-04-20 12:00:00,-150.2,42.5,Harrow,artillery,RNA: shells fall near Harrow"
    )
    whole = (stage.inbox / "news.csv").read_bytes()
    (stage.inbox / "news.csv").write_bytes(whole + b'2031-04-20 13:00:00,-150.3,"42')
    bulletin = stage.day()
    assert bulletin["line"]["map_day"] == "2031-04-19"
    assert any("that of 2031-04-19 stands in" in text for text in bulletin["reasons"])
    assert bulletin["totals"]["incidents"]["counted"] == 2
    assert next(feed for feed in bulletin["feeds"] if feed["name"] == "news")["state"] != "ok"
    assert "quiet" not in {row["state"] for row in any_rows(bulletin).values()}


def digests(place: Path) -> dict[str, str]:
    return {
        str(p.relative_to(place)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(place.glob("bulletins/*/*"))
    }


# --- 9. The past moves ----------------------------------------------------------------------------------------


def test_9_the_past_moves(tmp_path: Path) -> None:
    """A row is deleted and another moved: now differs, and "as known at" the old hour is the bulletin of that hour."""
    stage = Stage(tmp_path / "case", NEWS.replace("reliability", "latency_h = 2\nreliability"), PATROLS)
    stage.patrols()
    early = ["2031-04-20 10:00:00,-150.5,42.5,Velm,artillery,RNA: shelling near Velm",
             "2031-04-20 12:00:00,-150.2,42.5,Harrow,artillery,Coast Wire: shells fall near Harrow"]  # fmt: skip
    stage.write("news.csv", NEWS_COLUMNS, *early)
    before = stage.day()
    assert before["totals"]["incidents"]["counted"] == 2
    stage.write("news.csv", NEWS_COLUMNS, early[0].replace("-150.5,", "-150.7,"))
    after = stage.day()
    assert after["totals"]["incidents"]["counted"] == 1
    assert after["number"] == before["number"]
    # Both vintages are in the ledger: nothing that was received is lost.
    objects = {p.name for p in (stage.place / "ledger").rglob("*") if p.is_file()}
    for rows in (early, [early[0].replace("-150.5,", "-150.7,")]):
        digest = hashlib.sha256(("\n".join((NEWS_COLUMNS, *rows)) + "\n").encode()).hexdigest()
        assert any(digest in name for name in objects) or any(digest[2:] in name for name in objects)


def test_9_as_known_at_gives_the_bulletin_of_that_hour(tmp_path: Path) -> None:
    """A corrected file comes two days later: asked as known before it, every byte is as it was; asked after it, not."""
    declared = "available_at = 2031-04-21T02:00:00Z\nreliability"
    stage = Stage(
        tmp_path / "case", NEWS.replace("reliability", declared), PATROLS.replace("reliability", declared)
    ).patrols()
    case = stage.place / "truce.toml"
    case.write_text(
        case.read_text("utf-8").replace('publisher = "Ridge Maps"', 'publisher = "Ridge Maps"\nlatency_h = 1')
    )
    early = ["2031-04-20 10:00:00,-150.5,42.5,Velm,artillery,RNA: shelling near Velm",
             "2031-04-20 12:00:00,-150.2,42.5,Harrow,artillery,Coast Wire: shells fall near Harrow"]  # fmt: skip
    stage.write("news.csv", NEWS_COLUMNS, *early)
    at = datetime(2031, 4, 21, 6, tzinfo=UTC)
    assert stage.day(cutoff=at)["totals"]["incidents"]["counted"] == 2
    before = digests(stage.place)

    stage.write("news.csv", NEWS_COLUMNS, early[0].replace("-150.5,", "-150.7,"))
    case.write_text(
        case.read_text("utf-8").replace('path = "inbox/news.csv"\ntime_zone = "UTC"\nuncertainty_m = 2000\navailable_at = '
        "2031-04-21", 'path = "inbox/news.csv"\ntime_zone = "UTC"\nuncertainty_m = 2000\navailable_at = 2031-04-23')
    )  # fmt: skip
    assert stage.day(cutoff=datetime(2031, 4, 23, 6, tzinfo=UTC))["totals"]["incidents"]["counted"] == 1
    assert digests(stage.place) != before
    stage.day(cutoff=at)
    assert digests(stage.place) == before


def test_9_what_was_issued_stays_and_each_changed_number_is_told(tmp_path: Path) -> None:
    """Issued, then a row is deleted and one moved: the issued bytes stay, and a corrigendum lists what changed and why."""
    stage = Stage(tmp_path / "case", NEWS, PATROLS)
    stage.patrols()
    early = ["2031-04-20 10:00:00,-150.5,42.5,Velm,artillery,RNA: shelling near Velm",
             "2031-04-20 12:00:00,-150.2,42.5,Harrow,artillery,Coast Wire: shells fall near Harrow"]  # fmt: skip
    stage.write("news.csv", NEWS_COLUMNS, *early)
    issued(stage)
    folder = stage.place / "issued" / FIRST.isoformat()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    stage.write("news.csv", NEWS_COLUMNS, early[0].replace("-150.5,", "-150.7,"))
    issued(stage)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    told = json.loads(
        (stage.place / "issued" / f"{FIRST}-corrigendum-1" / "corrigendum.json").read_text(encoding="utf-8")
    )
    counted = next(one for one in told["changes"] if one["where"] == "totals.incidents.counted")
    assert (counted["was"], counted["is"]) == (2, 1)
    assert all(one["why"] for one in told["changes"])
    assert any("news: inbox/news.csv came anew" in cause for cause in told["causes"])


def issued(stage: Stage) -> None:
    """Reviewed by as many different people as it takes, and issued."""
    for person in ("A. Monitor", "B. Monitor"):
        call("review", stage, "--by", person, "--reason", "Read every row")
    call("issue", stage, "--by", "H. Head")


def call(command: str, stage: Stage, *words: str) -> str:
    done = CliRunner().invoke(truceline, [command, str(stage.place), "--day", FIRST.isoformat(), *words])
    assert done.exit_code == 0, done.output
    return done.stdout


# --- 10. Is it holding, and are we fair? ----------------------------------------------------------------------


def holding_case(place: Path, days: int = 28) -> Stage:
    stage = Stage(place, PATROLS)
    heard = [
        f"heard,{FIRST + timedelta(days=n)}T{hour:02}:00Z,{FIRST + timedelta(days=n)}T{hour:02}:05Z,{lon},42.458,4000,6000,22,45,"
        f"shelling,exact,7,Patrol {hour},,,"
        for n in range(days)
        for hour, lon in ((3, -150.9), (9, -150.52), (15, -150.3), (20, -150.7))
        if n < days // 2 or (hour == 9 and n % 3 == 0)
    ]
    return stage.patrols(*heard, days=days)


def test_10_did_it_fall_after_the_meeting(tmp_path: Path) -> None:
    """A change in rate per observed sector-hour with an interval; and a refusal once the watch of one side is gone."""
    stage = holding_case(tmp_path / "case")
    found = changed(stage.place, FIRST + timedelta(days=14), before=14, after=14)
    one = found.change
    assert one.refused is None
    assert one.ratio is not None
    assert one.ratio < 0.2
    assert one.direction == "fell"
    assert one.exposure_before == pytest.approx(one.exposure_after)
    lines = (stage.inbox / "patrols.csv").read_text(encoding="utf-8").splitlines()
    gone = [
        line for line in lines
        if not (line.startswith("on_watch") and line.split(",")[1] >= "2031-05-04" and "Post 3" not in line)
    ]  # fmt: skip
    blind = Stage(tmp_path / "blind", PATROLS)
    (blind.inbox / "patrols.csv").write_text("\n".join(gone) + "\n", encoding="utf-8")
    refused = changed(blind.place, FIRST + timedelta(days=14), before=14, after=14).change
    assert refused.refused is not None
    assert "coverage is not comparable" in refused.refused


def test_10_swapping_the_parties_gives_the_mirrored_report(tmp_path: Path) -> None:
    """Ids of the parties exchanged in the case: the mirrored bulletin, word for word, of a day with all kinds of traces."""
    plain = many_traces(tmp_path / "plain")
    swapped = many_traces(tmp_path / "swapped")
    case = swapped.place / "truce.toml"
    case.write_text(mirrored(case.read_text(encoding="utf-8")), encoding="utf-8")
    logs = [swapped.inbox / f"log_{party}.csv" for party in ("alpha", "bravo")]
    one, other = (log.read_bytes() for log in logs)
    logs[0].write_bytes(other)
    logs[1].write_bytes(one)
    expected = json.loads(mirrored(json.dumps(plain.day(), sort_keys=True)))
    assert unordered(swapped.day()) == unordered(expected)


def test_every_scenario_has_its_number() -> None:
    """1, 2, 3, 4, 6, 8, 9 and 10 are played here."""
    numbers = {
        int(name.split("_")[1]) for name in globals() if name.startswith("test_") and name.split("_")[1].isdigit()
    }
    assert numbers == {1, 2, 3, 4, 6, 8, 9, 10}
