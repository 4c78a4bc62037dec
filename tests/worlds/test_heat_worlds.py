"""Heat in worlds with known truth: ranks uniform under peace, and ordinary heat no longer in the way of quiet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kstest

from truceline.observations.heat import Scorer, from_bytes
from truceline.observations.heat.evaluate import pit
from truceline.simulate import score
from truceline.simulate.truth import read_truth
from truceline.simulate.worlds import World, make, world_named
from truceline.simulate.worlds.history import YEARS, ordinary, years
from truceline.watch import run

# A short line, all of it watched, on which nothing but fields and scrub burns.
PEACEFUL = World("peaceful", "Nobody fires, fields burn.", line_km=210.0, regime="kept", fire=0.5, left=0.0, fields=12.0,
                 posted=1.0, cloud=0.15)  # fmt: skip


def test_ranks_are_uniform_in_a_peaceful_year_of_a_world() -> None:
    """Randomised PIT of `p_ordinary` over years no fit has seen, pooled over seeds, of two kinds of world."""
    for name in ("harvest", "frayed"):
        found = []
        for seed in (1, 2, 3):
            world = world_named(name)
            scorer = Scorer(from_bytes(ordinary(world, seed), "m"))
            found.append(pit(scorer.model, scorer.score(years(world, seed, first=YEARS + 1, count=2)), seed))
        p = np.concatenate(found)
        assert len(p) > 1_000
        # What differs between years and worlds is part of it: 3 points beyond the 1 % limit of independent votes.
        assert kstest(p, "uniform").statistic < 1.63 / np.sqrt(len(p)) + 0.03
        assert 0.02 < (p <= 0.05).mean() < 0.08


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = make(PEACEFUL, 5, 4, tmp_path_factory.mktemp("heat") / "w")
    run(place, read_truth(place).days)
    return place


def test_ordinary_heat_does_not_stand_in_the_way_of_quiet(watched: Path, tmp_path: Path) -> None:
    """Beside stubble fires a watched sector is quiet with a baseline and undetermined without one."""
    bare = shutil.copytree(watched, tmp_path / "bare", ignore=shutil.ignore_patterns("ledger", "bulletins"))
    case = (bare / "truce.toml").read_text(encoding="utf-8")
    kept = "\n[[feed]]\n".join(part for part in case.split("\n[[feed]]\n") if 'kind = "heat_model"' not in part)
    (bare / "truce.toml").write_text(kept, encoding="utf-8")
    run(bare, read_truth(bare).days)
    with_it, without = (_quiet_beside_heat(place) for place in (watched, bare))
    assert with_it[1] == without[1] > 5
    assert with_it[0] / with_it[1] > 0.6
    assert without[0] / without[1] < 0.3


def _quiet_beside_heat(place: Path) -> tuple[float, int]:
    (one,) = [m for m in score(place).measured.measures if m.name == "quiet_said_beside_heat"]
    return one.k, one.n


def test_the_bulletin_says_which_baseline_and_what_it_said(watched: Path) -> None:
    """Sums agree, every detection told of has its rank and reasons, and none is an incident."""
    for file in sorted(watched.glob("bulletins/*/bulletin.json")):
        bulletin = json.loads(file.read_text(encoding="utf-8"))
        heat = bulletin["heat"]
        assert heat["baseline"].startswith("peaceful years 20")
        assert heat["flagged"] + heat["ordinary"] + heat["not_judged"] == heat["unattributed"]
        seen = [one for one in bulletin["observations"] if one["origin"] == "sensor"]
        assert all(one["heat_reasons"] for one in seen)
        assert all((one["p_ordinary"] is None) == (one["flagged"] is None) for one in seen)
        assert not [one for one in bulletin["incidents"] if one["class"] == "fire_undetermined" and one["counted"]]
        page = file.with_name("bulletin.html").read_text(encoding="utf-8")
        assert "Baseline: peaceful years" in page


def test_a_broken_baseline_is_a_trouble_and_no_baseline(watched: Path, tmp_path: Path) -> None:
    """The run goes on, page one says so, and heat is not judged."""
    case = shutil.copytree(watched, tmp_path / "c", ignore=shutil.ignore_patterns("ledger", "bulletins"))
    data = (case / "inbox" / "ordinary.npz").read_bytes()
    (case / "inbox" / "ordinary.npz").write_bytes(data[: len(data) // 2])
    (place,) = run(case, [read_truth(case).days[-1]])
    bulletin = json.loads((place / "bulletin.json").read_text(encoding="utf-8"))
    (feed,) = [one for one in bulletin["feeds"] if one["name"] == "ordinary"]
    assert feed["state"] == "failed"
    assert bulletin["heat"]["baseline"] == "no baseline"
    assert bulletin["heat"]["not_judged"] == bulletin["heat"]["unattributed"]


def test_a_days_judgement_does_not_depend_on_the_days_asked_for(watched: Path, tmp_path: Path) -> None:
    """The same bytes alone as among others."""
    day = read_truth(watched).days[1]
    case = shutil.copytree(watched, tmp_path / "c", ignore=shutil.ignore_patterns("ledger", "bulletins"))
    (place,) = run(case, [day])
    assert (place / "bulletin.json").read_bytes() == (
        watched / "bulletins" / day.isoformat() / "bulletin.json"
    ).read_bytes()
