"""How often reports tell of acts: two looks counted as in the books, and a bound that no lost feed narrows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.assessment.sector_days import sector_days
from truceline.assessment.told import NOBODY_TELLS, Told, told_of
from truceline.observations.schema import COVERAGE
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

SHOTS = EventClass.SMALL_ARMS_FIRE


def act(*voices: tuple[Origin, str, bool]) -> tuple[Any, list[Any]]:
    """An incident of shots with one observation a voice: origin, feed, independent."""
    keys = [f"{feed}/{n}" for n, (_, feed, _) in enumerate(voices)]
    roots = [
        SimpleNamespace(origin=origin, independent=independent, observations=(key,))
        for key, (origin, _, independent) in zip(keys, voices, strict=True)
    ]
    return SimpleNamespace(event_class=SHOTS, observations=tuple(keys)), roots


PATROL, AGENCY = (Origin.MONITOR, "patrols", True), (Origin.THIRD_PARTY, "press", True)
AGREEMENT: Any = SimpleNamespace(
    feeds=(
        SimpleNamespace(name="patrols", sees={SHOTS: 0.9}),
        SimpleNamespace(name="press", sees={}),
    )
)


def counted(*acts: tuple[Any, list[Any]]) -> Told:
    rows = {key: {"feed": key.split("/")[0]} for incident, _ in acts for key in incident.observations}
    return told_of(acts, rows, AGREEMENT)


def test_only_acts_a_watch_heard_are_counted_and_only_others_tell_of_them() -> None:
    """Three heard, of which an agency tells of one; an act only the agency tells of teaches nothing of how often."""
    assert counted(act(PATROL), act(PATROL, AGENCY), act(PATROL, PATROL), act(AGENCY)) == Told(3, 1)


def test_whoever_is_no_independent_voice_tells_of_nothing() -> None:
    """A party's claim, a row of unknown origin, a copy: none of them makes reports more complete."""
    party, unknown, copy = (
        (Origin.PARTY, "press", False),
        (Origin.UNKNOWN, "press", False),
        (Origin.THIRD_PARTY, "press", False),
    )
    assert counted(act(PATROL, party), act(PATROL, unknown), act(PATROL, copy)) == Told(3, 0)


def test_the_share_is_the_planted_one() -> None:
    """Acts heard with 0.6 and told of with 0.37, each apart: the share is found, whatever the watch hears."""
    draw = np.random.default_rng(4)
    for heard in (0.3, 0.6, 0.9):
        both = draw.random((4000, 2)) < (heard, 0.37)
        told = Told(int(both[:, 0].sum()), int(both.all(1).sum()))
        assert told.share == pytest.approx(0.37, abs=0.035)


def day(told: Told, *, silent: bool = False, seen: float | None = 0.3) -> dict[str, Any]:
    """The middle one of five sectors, seen so well, where the others are watched and heard two acts each."""
    rows = [
        {
            "sector": f"S{n}", "event_class": str(SHOTS), "looks": 0, "watched_h": 8.0, "clear_share": None,
            "observability": seen if n == 2 else 0.9, "silent_feeds": ["press"] if silent else [], "reasons": [],
        }
        for n in range(5)
    ]  # fmt: skip
    table = sector_days(
        pa.Table.from_pylist(rows, schema=COVERAGE),
        [(f"S{n}", SHOTS) for n in (0, 0, 1, 1, 3, 3, 4, 4)],
        [], [], forbidden=[SHOTS], quiet_at=0.9, told=told,
    )  # fmt: skip
    (found,) = [row for row in table.to_pylist() if row["sector"] == "S2" and row["event_class"] == str(SHOTS)]
    return found


def test_what_reports_tell_narrows_the_bound_and_nothing_else() -> None:
    """Fewer can have been missed; state, observability and count stay, for a report makes nobody a watch."""
    bare, told = day(NOBODY_TELLS), day(Told(20, 9))
    assert told["missed_expected"] < 0.75 * bare["missed_expected"]
    assert told["missed_upper_90"] <= bare["missed_upper_90"]
    for name in ("state", "observability", "count"):
        assert told[name] == bare[name]


def test_a_feed_that_was_out_is_not_relied_upon() -> None:
    """Where somebody who could have told was out that day, reports add nothing to the bound."""
    assert day(Told(20, 9), silent=True)["missed_expected"] == day(NOBODY_TELLS)["missed_expected"]


def test_where_nobody_looked_reports_make_no_bound() -> None:
    """Seen by nobody, or not known by whom: no bound, however much the press writes."""
    assert day(Told(20, 20), seen=0.0)["bound"] == "no bound"
    assert day(Told(20, 20), seen=None)["bound"] == "not known"


@given(st.integers(0, 200), st.integers(0, 200), st.floats(0, 1))
def test_the_chance_stays_a_chance_and_never_falls(heard: int, told: int, seen: float) -> None:
    """Between what was seen and 1."""
    one = Told(heard, min(told, heard))
    assert 0 <= one.share < 1
    assert seen <= one.seen_or_told(seen) + 1e-12 <= 1 + 1e-9
