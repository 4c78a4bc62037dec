"""One seed is one world, to the byte."""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from truceline.errors import OutputError
from truceline.simulate import simulate
from truceline.simulate.theatre import ZONE, cutoff_of, line_of, truce_start
from truceline.simulate.truth import Truth, read_truth
from truceline.terms import read_agreement


def digest(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two runs of one seed differ in no byte of no file."""
    assert digest(simulate(11, 5, tmp_path / "a")) == digest(simulate(11, 5, tmp_path / "b"))


def test_another_seed_gives_another_world(tmp_path: Path) -> None:
    """Map, heat, posts, news, claims, press and truth all depend on the seed; the case says where the dead feed lay; the coast stays."""
    a, b = digest(simulate(1, 4, tmp_path / "a")), digest(simulate(2, 4, tmp_path / "b"))
    assert a.keys() == b.keys()
    same = {name for name in a if a[name] == b[name]}
    assert same == {"borders.geojson"}


def test_a_longer_world_begins_like_the_shorter(tmp_path: Path) -> None:
    """More days add days: what happened on the first four stays as it was."""
    short, long = read_truth(simulate(3, 4, tmp_path / "a")), read_truth(simulate(3, 9, tmp_path / "b"))
    assert short.events == tuple(event for event in long.events if event.start < cutoff_of(4))
    assert short.statements == tuple(said for said in long.statements if said.day <= short.days[-1])
    assert short.lines == long.lines[:4]


@pytest.mark.parametrize("days", [1, 2, 3, 40])
def test_any_number_of_days_is_a_readable_case(tmp_path: Path, days: int) -> None:
    """The case can be read, says EXERCISE, and its truth has a line for every day."""
    case = simulate(5, days, tmp_path / "w")
    agreement, truth = read_agreement(case), read_truth(case)
    assert agreement.exercise
    assert agreement.time_zone == ZONE
    assert len(truth.lines) == len(truth.days) == days
    assert "EXERCISE" in truth.note
    assert all("EXERCISE" in (case / name).read_text() for name in ("truce.toml", "truth.json", "borders.geojson"))


def test_days_before_partly_and_wholly_in_force(world: Path, truth: Truth) -> None:
    """Day 1 ends before the truce, day 2 holds its start, day 3 lies wholly inside."""
    agreement = read_agreement(world)
    first, second, third, last = (agreement.covers(day) for day in truth.days)
    assert first.end <= agreement.start == truce_start()
    assert second.start < agreement.start < second.end
    assert agreement.start < third.start
    assert last.end == agreement.end


@pytest.mark.parametrize("seed", range(6))
def test_the_line_runs_from_its_north_most_end(seed: int) -> None:
    """Chainage begins at the north-most end, as the ground room has it; that end is the west one on Ostrel."""
    for day in (1, 5, 30):
        line = line_of(seed, day)
        assert line[0].lat > line[-1].lat
        assert all(a.lon < b.lon for a, b in pairwise(line))


@pytest.mark.parametrize(("seed", "days"), [(-1, 4), (1, 0), (1, 401)])
def test_impossible_arguments_are_refused(tmp_path: Path, seed: int, days: int) -> None:
    """A wrong argument is a ValueError that names it, and nothing is written."""
    with pytest.raises(ValueError, match="must be"):
        simulate(seed, days, tmp_path / "w")
    assert not (tmp_path / "w").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Where a file stands in the way the error names the file and what to do."""
    (tmp_path / "w").write_text("")
    with pytest.raises(OutputError, match="Give a folder"):
        simulate(1, 4, tmp_path / "w")


def test_truth_is_read_back_as_it_was(world: Path, truth: Truth) -> None:
    """truth.json loses nothing: written again it is the same bytes."""
    assert truth.to_json() == (world / "truth.json").read_text(encoding="utf-8")
    assert json.loads((world / "truth.json").read_text(encoding="utf-8"))["seed"] == truth.seed
