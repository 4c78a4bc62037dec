"""Named worlds: the same bytes twice, real formats, a truth that fits its files, and a frozen mark that is kept."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from truceline.cli import truceline
from truceline.simulate.theatre import truce_start
from truceline.simulate.truth import read_truth
from truceline.simulate.worlds import CATALOGUE, SIZES, World, make, world_named
from truceline.simulate.worlds.fire import acts
from truceline.simulate.worlds.stage import Stage
from truceline.terms import read_agreement


def sums(place: Path) -> dict[str, str]:
    return {
        file.relative_to(place).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(place.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def deceived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world with everything in it. Look, do not touch."""
    return make(world_named("deceived"), 3, 4, tmp_path_factory.mktemp("named") / "deceived")


@pytest.mark.parametrize("name", ["frayed", "outage", "frozen_storm"])
def test_the_same_seed_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Twice the same, and another seed another world."""
    once, again, other = (make(world_named(name), seed, 3, tmp_path / str(n)) for n, seed in enumerate((5, 5, 6)))
    assert sums(once) == sums(again)
    assert sums(once)["truth.json"] != sums(other)["truth.json"]


@pytest.mark.parametrize("world", CATALOGUE, ids=lambda world: world.name)
def test_every_world_is_a_case_the_program_reads(world: World, tmp_path: Path) -> None:
    """truce.toml is sound, every declared file is there but the one that was lost, and the truth reads back."""
    place = make(world, 2, 3, tmp_path)
    agreement, truth = read_agreement(place), read_truth(place)
    assert agreement.exercise
    assert (truth.world, truth.frozen) == (world.name, world.frozen)
    absent = [feed.name for feed in agreement.feeds if "%" not in feed.path and not (place / feed.path).exists()]
    assert absent == list(truth.dead_feeds)
    assert bool(truth.deceptions) == bool(world.deceptions)


@pytest.mark.parametrize("line_km", [50.0, 300.0, 1_500.0])
def test_the_line_is_as_long_as_asked(line_km: float) -> None:
    """Within 4 %, the tolerance at both coasts apart: the coast is where it is."""
    stage = Stage(World("w", "", line_km=line_km), 1)
    assert stage.track.length_km == pytest.approx(line_km + 6, rel=0.04)


def test_the_truth_says_which_line_tells_of_what(deceived: Path) -> None:
    """Line by line: the row a truth points at names the place, or the patrol, of what it tells of."""
    truth = read_truth(deceived)
    events = {event.id: event for event in truth.events}
    seen = 0
    for feed, lines in truth.rows:
        text = (deceived / "inbox" / f"{feed}.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text)))
        for line, of in lines:
            row = rows[line - 2]
            if of not in events:
                continue
            seen += 1
            if feed == "patrols":
                assert row["means"] in ("heard", "saw")
                assert row["from_utc"] == f"{events[of].start:%Y-%m-%dT%H:%MZ}"
            else:
                assert row["event_type"]
    assert seen > 50


def test_a_kept_truce_is_quieter_than_a_broken_one() -> None:
    """Over ten seeds: under a kept truce little is left of the fire, under a broken one all of it."""
    left = {}
    for name in ("kept", "broken", "frayed", "one_sided"):
        after = before = 0
        for seed in range(10):
            for act in acts(Stage(world_named(name), seed), 4):
                after += act.start >= truce_start()
                before += act.start < truce_start()
        left[name] = after / before
    assert left["kept"] < 0.05 < left["frayed"] < 0.5 < left["broken"]
    assert 0.2 < left["one_sided"] < left["broken"]


def test_fire_excites_fire() -> None:
    """Acts come in clusters: more of them follow another within two hours than in a world without memory."""
    times = [sorted(act.start for act in acts(Stage(world_named("broken"), seed), 6)) for seed in range(6)]
    counts = [[sum(a <= t < a + timedelta(hours=3) for t in series) for a in series[::3]] for series in times]
    spread = [c for series in counts for c in series]
    mean = sum(spread) / len(spread)
    flat = [len(series) / (6 * 24) * 3 for series in times]
    assert mean > 1.3 * (sum(flat) / len(flat))


def test_sources_err_and_the_truth_knows_where(tmp_path: Path) -> None:
    """Patrols and agencies tell of what was not, in good faith; every row that does is named, and none is an event's."""
    place = make(World("w", "", fire=2.0, line_km=900.0), 3, 12, tmp_path)
    truth = read_truth(place)
    ids = {one.id for one in truth.mistakes}
    assert not ids & {event.id for event in truth.events}
    told = {feed: {of for _, of in lines} & ids for feed, lines in truth.rows}
    assert told["patrols"]
    assert told["wire_ridge"] | told["wire_harbour"]
    assert (told["wire_ridge"] | told["wire_harbour"]) <= told[
        "press_events"
    ]  # whatever a wire wrote is cited elsewhere


def test_what_was_withdrawn_is_gone_from_the_next_vintage(tmp_path: Path) -> None:
    """later/ holds the same file as it reads some days on: every row of it was there before, and some are gone."""
    place = make(World("w", "", reported=0.9, fire=40.0), 1, 4, tmp_path)
    now, later = ((place / folder / "press_events.csv").read_text().splitlines() for folder in ("inbox", "later"))
    assert set(now) - set(later)


def test_the_catalogue_is_listed_and_sizes_are_no_part_of_it() -> None:
    """`simulate --list` names every world; unique names; the frozen ones say so."""
    names = [world.name for world in (*CATALOGUE, *SIZES)]
    assert len(set(names)) == len(names)
    said = CliRunner().invoke(truceline, ["simulate", "--list"]).output
    assert all(name in said for name in names)
    assert all(world.frozen == world.about.startswith("Frozen") for world in CATALOGUE)
    assert sum(world.frozen for world in CATALOGUE) >= 3


@pytest.mark.parametrize(
    "wrong", [{"line_km": 20.0}, {"line_km": 2_000.0}, {"regime": "lost"}, {"deceptions": ("lie",)}]
)
def test_an_impossible_world_is_refused(wrong: dict[str, object]) -> None:
    """With the value and the allowed ones."""
    with pytest.raises(ValueError, match=r"must be|is none of|are none of"):
        World("w", "", **wrong)  # type: ignore[arg-type]


def test_unknown_names_and_missing_options_are_asked_wrongly() -> None:
    """Exit 2, with the known names."""
    asked = CliRunner().invoke(
        truceline, ["simulate", "--seed", "1", "--days", "1", "--out", "x", "--world", "nowhere"]
    )
    assert asked.exit_code == 2
    assert "known: kept" in asked.output
    assert CliRunner().invoke(truceline, ["simulate"]).exit_code == 2
