"""A small world, and the bulletins a faultless tool would write about it, made by hand from its truth."""

from __future__ import annotations

import copy
import math
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from truceline.simulate import simulate
from truceline.simulate.matching import lay, period_of
from truceline.simulate.theatre import chainages_km, cutoff_of
from truceline.simulate.truth import INDEPENDENT, Event, Truth, read_truth
from truceline.spacetime import LonLat, iso

SEED, DAYS, SECTORS = 7, 4, 12


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of four days. Look, do not touch."""
    return simulate(SEED, DAYS, tmp_path_factory.mktemp("worlds") / "ostrel")


@pytest.fixture(scope="session")
def truth(world: Path) -> Truth:
    return read_truth(world)


@pytest.fixture(scope="session")
def texts(world: Path, truth: Truth) -> dict[str, str]:
    """Its press files by path."""
    return {said.document: (world / said.document).read_bytes().decode() for said in truth.statements}


@pytest.fixture(scope="session")
def _faultless(truth: Truth, texts: dict[str, str]) -> list[dict[str, Any]]:
    return [faultless(truth, texts, day) for day in range(1, DAYS + 1)]


@pytest.fixture
def bulletins(_faultless: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Faultless bulletins, one a day, yours to spoil."""
    return copy.deepcopy(_faultless)


def faultless(truth: Truth, texts: dict[str, str], number: int) -> dict[str, Any]:
    """The bulletin of a day by somebody who knows the truth and keeps every rule."""
    day = truth.days[number - 1]
    line = next(one for one in truth.lines if one.day == day)
    length = chainages_km(tuple(LonLat(lon, lat) for lon, lat in line.vertices))[-1] - 2 * truth.tolerance_km
    bulletin: dict[str, Any] = {
        "schema": "truceline-bulletin/1",
        "exercise": True,
        "day": day.isoformat(),
        "covers": {"from": iso(cutoff_of(number - 1)), "to": iso(cutoff_of(number))},
        "agreement": {"grid_deg": 0.1},
        "line": {
            "map_day": day.isoformat(),
            "sectors": [
                {"sector": f"S{n + 1:02d}", "from_km": length * n / SECTORS, "to_km": length * (n + 1) / SECTORS}
                for n in range(SECTORS)
            ],
        },
        "feeds": [{"name": "posts_east", "state": "failed"}, {"name": "posts", "state": "ok"}],
        "restrictions": ["posts_east: the file is not there"],
        "reasons": [],
        "comparisons": [],
        "observations": [],
        "statements": [],
        "tallies": [],
    }
    laid = lay(truth, bulletin)
    assert laid is not None
    period = period_of(bulletin)

    def sector_of(event: Event) -> str:
        km, _ = laid.km_of(event.where)
        return next(one.sector for one in laid.sectors if one.from_km <= km < one.to_km)

    events = [event for event in truth.events if period.start <= event.when.middle < period.end and event.countable]
    bulletin["incidents"] = [incident(event, sector_of(event)) for event in events]
    counts = Counter(sector_of(event) for event in events)
    bulletin["sector_days"] = [
        {
            "sector": one.sector,
            "class": "any",
            "count": counts[one.sector],
            "state": "active"
            if counts[one.sector]
            else "quiet"
            if one.overlap(truth.watched) > 0.95
            else "undetermined",
        }
        for one in laid.sectors
    ]
    bulletin["totals"] = {
        "incidents": {
            "counted": len(events),
            "by_class": dict(Counter(str(event.event_class) for event in events)),
        }
    }
    for said in truth.statements:
        if said.day == day:
            start = texts[said.document].index(said.words)
            span = [start, start + len(said.words)]
            bulletin["statements"].append(
                {
                    "id": f"{said.document}-{start}",
                    "document": said.document,
                    "position": said.position,
                    "quote": said.words,
                    "content": [span],
                    "cue": [span],
                }
            )
    bulletin["tallies"] = [{"party": one.party, "number": one.number} for one in truth.tallies if one.day == day]
    return bulletin


def incident(event: Event, sector: str | None) -> dict[str, Any]:
    """The incident of an event, in the contract's form."""
    west, south = math.floor(event.lon * 10) / 10, math.floor(event.lat * 10) / 10
    return {
        "id": f"i-{event.id}",
        "class": str(event.event_class),
        "sector": sector,
        "cell": {"west": west, "south": south, "east": west + 0.1, "north": south + 0.1},
        "from": iso(event.start),
        "to": iso(event.end),
        "counted": True,
        "roots": [
            {"root": trace, "independent": True, "origin": "monitor" if trace == "posts" else "third_party"}
            for trace in sorted(INDEPENDENT & set(event.traces))
        ],
        "observations": [],
    }
