"""Real data: peaceful years left out hold the promise, and files of every shape are read in bulk."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from truceline import watch
from truceline.feeds.satellite.bulk import Bulk, joined, read_bulk
from truceline.observations.heat import Hits, Scorer, fit
from truceline.observations.heat.evaluate import judge_year
from truceline.observations.heat.near_line import contrast, counts
from truceline.terms import read_agreement


def hits(bulk: Bulk) -> Hits:
    return Hits(bulk.lon, bulk.lat, bulk.day, bulk.stream, bulk.names)


@pytest.fixture(scope="module")
def years(shared_data: Path) -> dict[int, Bulk]:
    folder = shared_data / "firms-ukraine-points"
    return {y: read_bulk(folder / f"{y}.csv.gz", str(y)) for y in (2012, 2013, 2016, 2018, 2020, 2021, 2022)}


def test_a_peaceful_year_that_was_left_out_has_at_most_five_in_a_hundred_flagged(years: dict[int, Bulk]) -> None:
    """2018, a year like others, and 2020, with the great burns of Chernobyl and Polissia; all satellites together."""
    for year in (2018, 2020):
        model = fit(hits(joined([years[y] for y in years if y not in (year, 2022)])))
        found = judge_year(model, hits(years[year]), boxes={"front": (34.5, -90, 180, 50.5)})
        assert 0.02 < (found.shares["all"].of_votes or 0) <= 0.05
        assert (found.shares["front"].of_votes or 0) <= 0.08
        assert 0.7 < found.exceedance < 1.3


def test_war_is_told_only_beside_peace_and_a_control(years: dict[int, Bulk]) -> None:
    """Front zone over west, war over peace: above 1, and the west rises too."""
    model = fit(hits(joined([years[y] for y in years if y != 2022])))
    boxes = {"front": (34.5, -90.0, 180.0, 50.5), "west": (-180.0, -90.0, 32.0, 90.0)}
    share = judge_year(model, hits(years[2022]).where(years[2022].stream == 2), boxes=boxes).shares
    assert (share["front"].of_votes or 0) > 1.4 * (share["west"].of_votes or 0) > 0.05


def test_other_theatres_are_read_and_without_a_baseline_nothing_is_said(
    shared_data: Path, years: dict[int, Bulk]
) -> None:
    """Sudan and the world under a model of another place: no rank, no flag."""
    model = fit(hits(joined([years[2018], years[2021]])))
    for name in ("modis_sudan_2021-2025.csv", "modis_global_2025-04_2025-06.csv.gz"):
        bulk = read_bulk(shared_data / "firms-modis-snapshots" / name, name)
        assert bulk.read > 20_000
        assert not bulk.refused
        found = Scorer(model).score(hits(bulk))
        outside = (bulk.lon < 20) | (bulk.lon > 42)
        assert np.isnan(found.p[found.vote[outside]]).all()


def test_the_easter_truce_cannot_be_told_by_heat(shared_data: Path, tmp_path: Path) -> None:
    """20 April 2025 against the full days 15, 17 and 18 April: the interval holds 1. Days cut short are not compared."""
    case_folder = shutil.copytree(Path(__file__).parents[2] / "examples" / "easter-2025", tmp_path / "easter")
    agreement = read_agreement(case_folder)
    days = [date(2025, 4, n) for n in (15, 17, 18, 20)]
    case = watch.open_case(case_folder, agreement, days, roots=[shared_data], cutoff=None, say=lambda _: None)
    told = {d: counts(watch.judge(case, d).observed.observations.to_pylist(), agreement.ground.depth_km) for d in days}
    found = contrast(told[days[3]], told[days[0]] + told[days[1]] + told[days[2]])
    assert (found.this.near, found.this.control, found.that.near, found.that.control) == (14, 33, 45, 107)
    assert not found.distinguishable
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high
