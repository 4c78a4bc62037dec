"""One simulated theatre, run once, for all tests that only look at it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.demo import DAYS, SEED, watched_days
from truceline.simulate import simulate
from truceline.terms import read_agreement
from truceline.watch import run


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's theatre, watched. Look, do not touch."""
    place = tmp_path_factory.mktemp("worlds") / "theatre"
    simulate(SEED, DAYS, place)
    run(place, watched_days(read_agreement(place)))
    return place


@pytest.fixture(scope="session")
def bulletins(theatre: Path) -> dict[str, dict[str, Any]]:
    """Its bulletins by day."""
    return {
        p.parent.name: json.loads(p.read_text(encoding="utf-8"))
        for p in sorted(theatre.glob("bulletins/*/bulletin.json"))
    }
