"""Benchmark 5 as a promise: named dates keep their signs, and placebo dates raise few alarms. None of it was tuned on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """benchmarks/change.py, which holds the series."""
    path = Path(__file__).parents[2] / "benchmarks" / "change.py"
    spec = importlib.util.spec_from_file_location("benchmark_change", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_named_dates(shared_data: Path, benchmark: ModuleType) -> None:
    """September 2014 and February 2015 fell, December 2018 is null, July 2019 points down; so does Easter 2025."""
    found = {row["date"]: row for one in benchmark.all_series(shared_data)[:3] for row in benchmark.named_dates(one)}
    counted = {day: (row["before"], row["after"]) for day, row in found.items()}
    assert counted["2014-09-05"] == (603, 133)
    assert counted["2015-02-15"] == (295, 64)
    assert counted["2018-12-29"] == (7, 7)
    assert counted["2019-07-21"] == (29, 13)
    assert {day for day, row in found.items() if row["direction"] == "fell"} == {
        "2014-09-05",
        "2015-02-15",
        "2025-04-19",
    }
    assert found["2018-12-29"]["direction"] == "no change can be told"
    assert found["2019-07-21"]["ratio"] < 1
    assert found["2025-04-20"]["ratio"] < 1


def test_placebo_dates(shared_data: Path, benchmark: ModuleType) -> None:
    """More than 1,000 placebo dates pooled over the series: 3.5 to 6.5 % alarms at nominal 5 %; the model alone, twice that."""
    alarms = [one for series in benchmark.all_series(shared_data)[:3] for one in benchmark.placebo(series)]
    assert len(alarms) >= 1000
    assert 0.035 <= sum(one["5 %"] for one in alarms) / len(alarms) <= 0.065
    assert sum(one["model alone, 5 %"] for one in alarms) / len(alarms) > 0.1
