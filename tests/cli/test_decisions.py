"""Deciding at the terminal: said once, kept, shown with its reason, and taken back to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import REPORTS, call, case

__all__ = ["case"]
DAY = "2031-04-20"
MORE = (
    '"2031-04-20 12:20:00","-150.5","42.5","Velm","artillery","Coast Wire: guns near Velm"\n'
    '"2031-04-20 15:00:00","-150.4","42.5","Orm","artillery","RNA: shells at Orm"\n'
)


@pytest.fixture
def linked(case: Path) -> Path:
    """Two incidents, one of them told twice."""
    (case / "inbox" / "reports.csv").write_text(REPORTS + MORE, encoding="utf-8")
    return case


def incidents(case: Path) -> list[dict[str, Any]]:
    done = call("link", case, "--day", DAY, "--json")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def written(case: Path) -> dict[str, bytes]:
    assert call("run", case, "--day", DAY).exit_code == 0
    return {path.name: path.read_bytes() for path in (case / "bulletins" / DAY).iterdir()}


def decide(verb: str, case: Path, a: str, b: str, *more: str) -> Any:
    return call(verb, case, a, b, "--by", "Ana Monitor", "--reason", "heard at 42.50312, -150.40211 by both", *more)


def test_merging_and_splitting_restores_the_bulletin_byte_for_byte(linked: Path) -> None:
    """Every file; and the person's name and the place in the reason are in none of them."""
    before = written(linked)
    first, second = incidents(linked)
    assert decide("same", linked, first["id"], second["id"]).exit_code == 0
    merged = written(linked)
    (one,) = incidents(linked)
    assert one["id"] == first["id"]
    assert len(one["observations"]) == 3
    assert any("held to be the same" in why["reason"] for why in one["links"])
    assert not any(b"Ana Monitor" in text or b"42.50312" in text for text in merged.values())
    assert decide("different", linked, first["id"], second["id"]).exit_code == 0
    assert written(linked) == before


def test_a_decision_outlives_a_new_vintage_and_can_be_withdrawn(linked: Path) -> None:
    """The file comes again without one row and with another: the rest is still kept apart; then it is not."""
    written(linked)
    (first, _) = incidents(linked)
    a, b = (row["id"] for row in first["observations"])
    assert decide("different", linked, a, b).exit_code == 0
    late = '"2031-04-20 12:05:00","-150.5","42.5","Velm","artillery","Harbour Wire: shells on Velm"\n'
    (linked / "inbox" / "reports.csv").write_text(REPORTS + MORE.splitlines(keepends=True)[0] + late, encoding="utf-8")
    now = incidents(linked)
    assert len(now) == 2
    assert first["id"] in {one["id"] for one in now}
    assert all("held to be different" in one["kept_apart"][0] for one in now)
    assert decide("same", linked, a, b, "--withdraw").exit_code == 0
    assert [one["id"] for one in incidents(linked)] == [first["id"]]


def test_deciding_wrongly_is_refused_with_what_to_do(case: Path) -> None:
    """No ledger, no such id, no reason: exit 2, and the ledger is as it was."""
    assert decide("same", case, "a", "b").exit_code == 2
    written(case)
    done = decide("same", case, "nobody", "i1")
    assert done.exit_code == 2
    assert "truceline link" in done.output
    (one,) = incidents(case)
    key = one["observations"][0]["id"]
    assert "are one observation" in decide("same", case, key, one["id"]).output
    assert call("same", case, key, key, "--by", "", "--reason", "x").exit_code == 2


def test_the_reasons_fit_a_terminal(linked: Path) -> None:
    """Ids, times and weights in plain words."""
    done = call("link", linked, "--day", DAY)
    assert "; sum +" in done.stdout
    assert " bits" in done.stdout
