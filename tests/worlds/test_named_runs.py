"""Worlds run and scored: a spoiled tool is caught, less coverage never calms, order and time do not matter."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from truceline.assessment import sector_days
from truceline.assessment.exposure import Missed
from truceline.observations import coverage
from truceline.simulate import Score, score, theatre
from truceline.simulate.picture import picture
from truceline.simulate.scoring import read_run, score_bulletins
from truceline.simulate.sweep import pool_runs, sweep, to_markdown
from truceline.simulate.truth import Deception, read_truth
from truceline.simulate.worlds import World, make
from truceline.terms.event_class import EventClass
from truceline.watch import run

ASSESS = sys.modules["truceline.assessment.assess"]  # the package gives the verb of that name
GRADES = ("unverifiable", "discounted", "contested", "single_source", "corroborated", "confirmed")
# Hardly anybody looks or tells: what is missing must not be read as calm.
BLIND = World(
    "blind", "Few look, by day only.", line_km=210.0, fire=20.0, left=0.6, watch_h=10.0, reported=0.05, fields=0.2
)
SMALL = World(
    "small", "A short line with everything on it.", line_km=210.0, fire=14.0, left=0.1, fields=0.2, scrub=0.2,
    posted=0.85, reported=0.5, cloud=0.2, talk="loud",
)  # fmt: skip
DECEIVED = World(
    "deceived_small", "Everything is tried.", line_km=100.0, regime="kept", left=0.1,
    deceptions=("set_fire", "flooding", "planted_copies", "forged_capture"),
)  # fmt: skip
DAYS = 3


def watched(place: Path) -> Path:
    run(place, read_truth(place).days)
    return place


def bulletins_of(place: Path) -> list[dict[str, Any]]:
    return [json.loads(file.read_text()) for file in sorted(place.glob("bulletins/*/bulletin.json"))]


def again(place: Path, to: Path) -> Path:
    """A copy of the case without what a run made."""
    shutil.copytree(place, to, ignore=shutil.ignore_patterns("ledger", "bulletins"))
    return to


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small world, run. Look, do not touch."""
    return watched(make(SMALL, 4, DAYS, tmp_path_factory.mktemp("named") / "small"))


def share(result: Score, name: str) -> float:
    (one,) = [m for m in result.measured.measures if m.name == name]
    assert one.n, f"{name} has nothing to look at"
    return one.k / one.n


def test_the_sound_tool_scores_well(small: Path) -> None:
    """What is said is so: the figures the spoiled ones are held against."""
    result = score(small)
    assert share(result, "recall") > 0.9
    assert share(result, "quiet_wrong") < 0.2
    assert share(result, "bound_covers") > 0.9
    assert 0.85 < share(result, "bound_calibrated") <= 1
    assert share(result, "copies_one_voice") > 0.95


Spoil = Callable[[pytest.MonkeyPatch], None]


def missing_as_zero(patch: pytest.MonkeyPatch) -> None:
    """None counted is read as quiet, whoever looked."""
    quiet, active = sector_days.State.QUIET, sector_days.State.ACTIVE
    patch.setattr(sector_days, "_state", lambda count, *_: active if count else quiet)
    patch.setattr(coverage, "_observability", lambda exposure, _: [1.0] * len(exposure.sectors))


def copies_counted(patch: pytest.MonkeyPatch) -> None:
    """Every row of a third party is a voice of its own."""
    sound = ASSESS.roots_of

    def split(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "root": f"{row['root']}/{row['id']}"} if row["origin"] == "third_party" else row

    patch.setattr(ASSESS, "roots_of", lambda rows, *others: sound([split(row) for row in rows], *others))


def intervals_halved(patch: pytest.MonkeyPatch) -> None:
    """Half of what may have been missed is told."""
    sound = sector_days.missed

    def half(count: int, seen: float, prior: Any) -> Missed | None:
        told = sound(count, seen, prior)
        return None if told is None else Missed(told.shape / 2, min(0.999999, (told.success + 1) / 2))

    patch.setattr(sector_days, "missed", half)


def everything_undetermined(patch: pytest.MonkeyPatch) -> None:
    """A tool that never says anything is never wrong."""
    undetermined, active = sector_days.State.UNDETERMINED, sector_days.State.ACTIVE
    patch.setattr(sector_days, "_state", lambda count, *_: active if count else undetermined)


@pytest.mark.parametrize(
    ("spoil", "measure", "worse"),
    [
        (copies_counted, "copies_one_voice", lambda sound, now: now < sound - 0.2),
        (everything_undetermined, "quiet_said", lambda sound, now: now == 0 < sound),
    ],
)
def test_a_spoiled_tool_is_caught(
    small: Path, tmp_path: Path, spoil: Spoil, measure: str, worse: Callable[[float, float], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A part replaced by a wrong one moves its own measure, visibly."""
    sound = share(score(small), measure)
    place = again(small, tmp_path / "spoiled")
    spoil(monkeypatch)
    now = share(score(watched(place)), measure)
    assert worse(sound, now), (sound, now)


def test_halved_intervals_are_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where much is missed, a tool that tells half of it covers too little, and the score shows it."""
    place = make(BLIND, 4, DAYS, tmp_path / "blind")
    sound = share(score(watched(again(place, tmp_path / "sound"))), "bound_calibrated_at_stake")
    intervals_halved(monkeypatch)
    assert share(score(watched(place)), "bound_calibrated_at_stake") < sound - 0.05


def test_missing_read_as_zero_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few look, a tool that reads nothing as calm says quiet of sectors that burn, and the score shows it."""
    place = make(BLIND, 4, DAYS, tmp_path / "blind")
    sound = score(watched(again(place, tmp_path / "sound")))
    missing_as_zero(monkeypatch)
    spoiled = score(watched(place))
    wrong = {m.name: m for m in spoiled.measured.measures}["quiet_wrong"]
    assert {m.name: m for m in sound.measured.measures}["quiet_wrong"].k == 0
    assert wrong.k >= 3
    assert wrong.k / wrong.n > 0.15


def test_a_tally_in_a_count_is_caught(small: Path) -> None:
    """A bulletin that adds a party's sum to its own count is named."""
    truth, bulletins = read_run(small)
    texts = {said.document: (small / said.document).read_text() for said in truth.statements}
    told = [(n, one) for n, bulletin in enumerate(bulletins) for one in bulletin["tallies"]]
    assert told
    day, tally = told[0]
    spoiled = json.loads(json.dumps(bulletins))
    spoiled[day]["totals"]["incidents"]["counted"] += tally["number"]
    assert not score_bulletins(truth, bulletins, texts).statements.tallies_in_counts
    assert score_bulletins(truth, spoiled, texts).statements.tallies_in_counts


def states_of(bulletin: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(row["sector"], row["class"]): row["state"] for row in bulletin["sector_days"]}


FILES = ("patrols.csv", "viirs.csv", "modis.csv", "viirs_looks.csv", "modis_looks.csv", "press_events.csv",
         "wire_ridge.csv", "wire_harbour.csv", "log_alpha.csv", "log_bravo.csv")  # fmt: skip


@settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    gone=st.sets(st.sampled_from(FILES), max_size=3),
    thinned=st.sampled_from(("patrols.csv", "viirs_looks.csv", "modis_looks.csv")),
    share=st.floats(0.1, 0.9),
    seed=st.integers(0, 10**6),
)
def test_less_coverage_never_calms_and_never_raises(
    small: Path, tmp_path_factory: pytest.TempPathFactory, gone: set[str], thinned: str, share: float, seed: int
) -> None:
    """Whole feeds gone, watches and looks gone at random: no state becomes quiet, no grade rises."""
    place = again(small, tmp_path_factory.mktemp("less") / "case")
    file = place / "inbox" / thinned
    head, *rows = file.read_text().splitlines(keepends=True)
    chance = random.Random(seed)  # noqa: S311 (a test's dice)
    is_exposure = thinned != "patrols.csv"
    kept = [row for row in rows if not (is_exposure or row.startswith("on_watch")) or chance.random() < share]
    file.write_text(head + "".join(kept))
    for name in gone:
        (place / "inbox" / name).unlink()
    watched(place)
    for before, after in zip(bulletins_of(small), bulletins_of(place), strict=True):
        was = states_of(before)
        calmed = {key for key, state in states_of(after).items() if state == "quiet" and was[key] != "quiet"}
        assert not calmed
        grades = {one["id"]: GRADES.index(one["grade"]) for one in before["incidents"]}
        raised = [one["id"] for one in after["incidents"] if GRADES.index(one["grade"]) > grades.get(one["id"], 5)]
        assert not raised


def test_a_lost_wire_leaves_citations_and_calms_nothing(small: Path, tmp_path: Path) -> None:
    """An agency's own feed is gone: what cites it is kept and is no voice, and no sector is quiet that was not."""
    place = again(small, tmp_path / "lost")
    (place / "inbox" / "wire_ridge.csv").unlink()
    watched(place)
    open_ = 0
    for before, after in zip(bulletins_of(small), bulletins_of(place), strict=True):
        was = states_of(before)
        assert not {key for key, state in states_of(after).items() if state == "quiet" and was[key] != "quiet"}
        for one in after["incidents"]:
            cited = [root for root in one["roots"] if root["root"] == "source:Ridge News Agency"]
            open_ += len(cited)
            assert not any(root["independent"] for root in cited)
            assert all("failed that day" in root["reason"] for root in cited)
    assert open_ > 5


def test_deception_raises_nothing_and_a_tool_that_believes_citations_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All four deceptions are held; where a citation is a voice again, forged captures are believed and it shows."""
    place = make(DECEIVED, 7, DAYS, tmp_path / "deceived")
    sound = {m.name: m for m in score(watched(again(place, tmp_path / "sound"))).measured.measures}
    for kind in ("set_fire", "flooding", "planted_copies", "forged_capture"):
        one = sound[f"{kind}_held"]
        assert one.n
        assert one.k == one.n, kind
    case = place / "truce.toml"
    case.write_text("\n".join(line for line in case.read_text().splitlines() if not line.startswith("feeds = [")))
    spoiled = {m.name: m for m in score(watched(place)).measured.measures}["forged_capture_held"]
    assert spoiled.k < spoiled.n


def test_a_planted_row_that_is_a_voice_beside_a_true_event_is_counted_apart(small: Path) -> None:
    """The score tells a deception that adds a voice to what happened from one that adds none."""
    truth, bulletins = read_run(small)
    texts = {said.document: (small / said.document).read_text() for said in truth.statements}
    told = {(feed, line): of for feed, lines in truth.rows for line, of in lines}
    acts = {event.id for event in truth.events}
    rows = {row["id"]: row for bulletin in bulletins for row in bulletin["observations"]}
    for incident in (one for bulletin in bulletins for one in bulletin["incidents"] if one["counted"]):
        voices = [[rows[key] for key in r["observations"]] for r in incident["roots"] if r["independent"]]
        if len(voices) > 1 and all(told.get((row["feed"], row["line"])) in acts for its in voices for row in its):
            break
    else:
        pytest.fail("no incident with two voices")
    changed = {(row["feed"], row["line"]) for row in voices[1]}
    lie = Deception("d0001", "forged_capture", EventClass.SHELLING, truth.events[0].start, truth.events[0].end, 0, 0)
    lines = tuple(
        (feed, tuple((n, lie.id if (feed, n) in changed else of) for n, of in table)) for feed, table in truth.rows
    )
    spoiled = replace(truth, deceptions=(lie,), rows=lines)
    (one,) = [m for m in score_bulletins(spoiled, bulletins, texts).measured.measures if m.name == "beside_true_held"]
    assert (one.k, one.n) == (0, 1)


def test_the_order_of_rows_does_not_matter(small: Path, tmp_path: Path) -> None:
    """Every table shuffled: the same states, incidents, grades and counts."""
    place = again(small, tmp_path / "shuffled")
    for file in sorted((place / "inbox").glob("*.csv")):
        head, *rows = file.read_text().splitlines(keepends=True)
        random.Random(1).shuffle(rows)  # noqa: S311 (a test's dice)
        file.write_text(head + "".join(rows))
    watched(place)
    for before, after in zip(bulletins_of(small), bulletins_of(place), strict=True):
        assert before["sector_days"] == after["sector_days"]
        for one, other in zip(before["incidents"], after["incidents"], strict=True):
            assert {k: one[k] for k in ("id", "class", "grade", "cell", "from", "links")} == {
                k: other[k] for k in ("id", "class", "grade", "cell", "from", "links")
            }


def test_moving_a_world_in_time_moves_the_findings_only(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four weeks later, the same states, counts, bounds and findings, four weeks later."""
    moved = timedelta(days=28)
    monkeypatch.setattr(theatre, "FIRST_DAY", theatre.FIRST_DAY + moved)
    later = watched(make(SMALL, 4, DAYS, tmp_path / "later"))
    for before, after in zip(bulletins_of(small), bulletins_of(later), strict=True):
        assert datetime.fromisoformat(after["day"]) - datetime.fromisoformat(before["day"]) == moved
        assert states_of(before) == states_of(after)
        for key in ("count", "observability", "missed_upper_90", "watched_h", "looks"):
            assert [row[key] for row in before["sector_days"]] == [row[key] for row in after["sector_days"]]
        told = [sorted((one["class"], one["grade"], one["sector"]) for one in b["incidents"]) for b in (before, after)]
        assert told[0] == told[1]
        assert [f["finding"] for f in before["findings"]] == [f["finding"] for f in after["findings"]]


def test_swapping_the_parties_mirrors_every_bulletin(small: Path, tmp_path: Path) -> None:
    """The ids exchanged in the case and its file names: the same bulletin with the ids exchanged."""

    def mirrored(text: str) -> str:
        return text.replace("alpha", "\0").replace("bravo", "alpha").replace("\0", "bravo")

    hashes = ("sha256", "entry", "id", "observations", "links")  # of feed names, which are exchanged too

    def bag(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: bag(each) for key, each in sorted(value.items()) if key not in hashes}
        if isinstance(value, list):
            return sorted((bag(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
        return value

    place = again(small, tmp_path / "mirror")
    case = place / "truce.toml"
    case.write_text(mirrored(case.read_text()))
    alpha, bravo = (place / "inbox" / f"log_{party}.csv" for party in ("alpha", "bravo"))
    one, other = alpha.read_bytes(), bravo.read_bytes()
    alpha.write_bytes(other)
    bravo.write_bytes(one)
    watched(place)
    for before, after in zip(bulletins_of(small), bulletins_of(place), strict=True):
        swapped = bag(json.loads(mirrored(json.dumps(before))))
        got = bag(after)
        for key in ("sector_days", "totals", "findings", "tallies", "incidents", "comparisons"):
            assert got[key] == swapped[key], key


def test_the_picture_is_drawn_and_escaped(small: Path) -> None:
    """One SVG with every mark of its legend, and no markup out of names."""
    truth, bulletins = read_run(small)
    page = picture(replace(truth, world="<b>"), bulletins, replace(score(small), world="<script>"))
    assert page.startswith("<?xml")
    assert "<script>" not in page
    assert all(word in page for word in ("found: counted", "missed, though", "beyond anybody", "Said against so"))


def test_a_sweep_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Two worlds, two seeds; a run that is kept is not made again, and pooling it gives the same page."""
    told: list[tuple[int, int]] = []
    first = sweep(["kept"], [1, 2], 1, keep=tmp_path, processes=1, told=lambda *n: told.append(n))
    kept = sorted(tmp_path.rglob("*.json"))
    stamp = [file.stat().st_mtime_ns for file in kept]
    second = sweep(["kept"], [1, 2], 1, keep=tmp_path, processes=1, told=lambda *n: told.append(n))
    assert [file.stat().st_mtime_ns for file in kept] == stamp
    assert to_markdown(first) == to_markdown(second)
    assert told == [(0, 2), (1, 2), (2, 2), (2, 2)]


def test_the_interval_resamples_seeds_not_rows() -> None:
    """All the doubt lies between seeds: with one seed all right and one all wrong it reaches from 0 to 1."""
    runs = [
        {"world": "kept", "seed": seed, "measures": [["recall", k, 100]], "reliability": [], "widths": []}
        for seed, k in ((1, 100), (2, 0))
    ]
    (one,) = [p for p in pool_runs(runs, 1).pooled if p.world == "kept"]
    assert (one.k, one.n, one.low, one.high) == (100, 200, 0.0, 1.0)
