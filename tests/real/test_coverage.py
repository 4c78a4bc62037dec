"""Benchmark 4 on the real data: days without data, elements beside skyfield, detections under their passes."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from truceline.terms import read_agreement

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    """The benchmark itself, as a module."""
    spec = importlib.util.spec_from_file_location("benchmark_coverage", ROOT / "benchmarks" / "coverage_of_days.py")
    if spec is None or spec.loader is None:
        raise ImportError("benchmarks/coverage_of_days.py is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def case() -> Any:
    return read_agreement(ROOT / "examples" / "easter-2025")


def test_no_day_without_data_is_quiet_or_gives_a_rate(bench: ModuleType, case: Any, shared_data: Path) -> None:
    """54 of 54 days; and quiet is said on full days, so that the promise is not kept by silence."""
    told = bench.days(shared_data, case)
    assert (told["days"], told["right"], told["wrong"]) == (54, 54, [])
    assert told["quiet_sector_days_on_other_days"] == 0
    assert told["quiet_sector_days_on_full_days"] > 0
    for unit in told["easter_within_20_km"].values():
        low, high = unit["interval_95"]
        assert low < 1 < high


def test_every_invalid_set_is_refused_and_every_sound_one_taken(
    bench: ModuleType, case: Any, shared_data: Path
) -> None:
    """n of n, both ways."""
    told = bench.invalid(shared_data, case)
    assert told["invalid"] == told["invalid_refused"] == 4
    assert told["one_digit_slips"] == told["slips_refused"] > 500
    assert told["sound"] == told["sound_taken"] == 632


def test_ground_tracks_are_skyfields(bench: ModuleType, case: Any, shared_data: Path) -> None:
    """Median within 50 m over ten checked sets and two days."""
    told = bench.orbits(shared_data, case)
    assert told["sets"] == 10
    assert told["median_m"] < 50


def test_detections_lie_under_passes_of_their_satellite(bench: ModuleType, case: Any, shared_data: Path) -> None:
    """Of 124,000 detections of June 2026 all but a handful at the very edge."""
    for one in bench.passes_seen(shared_data, case).values():
        assert one["detections"] > 60_000
        assert one["detections"] - one["under_a_pass"] <= 5
        assert one["widest_scan_deg"] < 56.30


def test_two_looks_agree_with_the_table_in_use(bench: ModuleType, case: Any, shared_data: Path) -> None:
    """The shares by_size.py goes by are the measured ones."""
    from truceline.observations.by_size import VIIRS

    found = {(one["light"], one["from_mw"]): one["p"] for one in bench.two_looks(shared_data, case)["sizes"]}
    for size in VIIRS:
        assert found["day", size.from_mw] == pytest.approx(size.day, abs=0.001)
        assert found["night", size.from_mw] == pytest.approx(size.night, abs=0.001)


def test_heat_beside_located_events_is_bounded_as_stated(bench: ModuleType, case: Any, shared_data: Path) -> None:
    """The bound the methods print is the highest upper end at 5 km."""
    from truceline.observations.detection import ACTS_AT_MOST

    told = bench.hits(shared_data, case)
    highest = max(one["interval_90"][1] for t in told.values() for one in t["by_radius"] if one["r_km"] == 5.0)
    assert highest == pytest.approx(ACTS_AT_MOST, abs=0.005)
