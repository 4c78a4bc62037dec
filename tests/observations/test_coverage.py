"""Coverage: what could have been seen is never more than what somebody declared and did."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import DAY, island
from truceline.feeds.record import Interval, Trouble
from truceline.observations.coverage import cover
from truceline.observations.limits import limits
from truceline.observations.spans import merge, without
from truceline.spacetime import When
from truceline.terms.agreement import FeedTerms, Outage
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

SHELLING, FIRE = EventClass.SHELLING, EventClass.FIRE_UNDETERMINED
GROUND = island()


def feed(name: str, **given_: Any) -> FeedTerms:
    return FeedTerms(**({"name": name, "kind": "viina", "path": "x.csv", "coverage": "c.csv"} | given_))


POSTS = feed("posts", sees={SHELLING: 0.95}, staring=True)
MODIS = feed("modis", kind="firms", sees={FIRE: 0.9})


def watch(start_h: float = 0, end_h: float = 24, area: tuple[float, float, float, float] | None = None) -> Interval:
    when = When(DAY.start + timedelta(hours=start_h), DAY.start + timedelta(hours=end_h))
    return Interval("posts", "e0", when, "staring", area)


def look(hour: float, clear: float | None = 1.0, looks: int | None = 1, kind: str = "passing") -> Interval:
    start = DAY.start + timedelta(hours=hour)
    return Interval("modis", "e0", When(start, start + timedelta(minutes=5)), kind, None, looks, clear)


def row(
    intervals: list[Interval],
    event: EventClass,
    *,
    feeds: list[FeedTerms] | None = None,
    troubles: list[Trouble] | None = None,
) -> dict[str, Any]:
    found = cover(
        GROUND.sectors,
        DAY,
        feeds=feeds or [POSTS, MODIS],
        intervals=intervals,
        troubles=troubles or [],
        classes=[SHELLING, FIRE],
    )
    rows: list[dict[str, Any]] = found.to_pylist()
    return next(r for r in rows if r["sector"] == "S01" and r["event_class"] == event)


def test_a_whole_watched_day_sees_what_was_declared() -> None:
    """24 hours on watch at 0.95 is 0.95, and 24 watched hours."""
    got = row([watch()], SHELLING)
    assert got["observability"] == pytest.approx(0.95)
    assert got["watched_h"] == pytest.approx(24)


def test_half_a_day_sees_half() -> None:
    """An act is as likely at any hour, so twelve hours halve the chance; two overlapping watches add nothing."""
    assert row([watch(0, 12), watch(3, 9)], SHELLING)["observability"] == pytest.approx(0.475)


def test_half_a_sector_is_half_a_sector() -> None:
    """A watch area that covers part of the sector counts for that part."""
    west = GROUND.sectors[0].path.bounds[0]
    middle = (west + GROUND.sectors[0].path.bounds[2]) / 2
    got = row([watch(area=(west - 0.01, 42, middle, 43))], SHELLING)
    assert got["observability"] == pytest.approx(0.475, abs=0.05)


def test_looks_add_up_as_independent_chances() -> None:
    """Two clear looks at 0.9 see 1 - 0.1 * 0.1; a half-clouded one sees half."""
    assert row([look(1), look(13)], FIRE)["observability"] == pytest.approx(0.99)
    assert row([look(1, clear=0.5)], FIRE)["observability"] == pytest.approx(0.45)


def test_a_clouded_look_is_a_look_that_saw_nothing() -> None:
    """looks 1, clear share 0, observability 0: looked, and could not see."""
    got = row([look(1, clear=0.0)], FIRE)
    assert (got["looks"], got["clear_share"], got["observability"]) == (1, 0.0, 0.0)


def test_unknown_cloud_is_unknown_not_clear() -> None:
    """A look without a cloud figure gives no chance; alone it leaves it not known."""
    got = row([look(1, clear=None)], FIRE)
    assert got["clear_share"] is None
    assert got["observability"] is None


def test_unknown_looks_are_unknown_not_zero() -> None:
    """A feed that delivered but does not say when it passed: looks null, not 0."""
    got = row([look(1, looks=None, kind="feed")], FIRE)
    assert got["looks"] is None
    assert got["observability"] is None


def test_nobody_looked_is_zero() -> None:
    """No interval at all: no looks, no hours, no chance."""
    got = row([], SHELLING)
    assert (got["looks"], got["watched_h"], got["observability"]) == (0, 0.0, 0.0)


def test_a_class_no_sensor_here_can_see_is_zero() -> None:
    """Thermal looks, however many, see no small-arms fire."""
    assert row([look(1), look(13)], SHELLING)["observability"] == 0.0


def test_an_outage_takes_the_time_away() -> None:
    """Declared or found, an outage leaves only the rest."""
    noon = DAY.start + timedelta(hours=12)
    dark = feed("posts", sees={SHELLING: 0.95}, staring=True, outages=(Outage(noon, DAY.end, "storm"),))
    assert row([watch()], SHELLING, feeds=[dark])["observability"] == pytest.approx(0.475)
    gone = Trouble("posts", "posts.csv is not there", "Fetch it", None)
    assert row([watch()], SHELLING, troubles=[gone])["observability"] == 0.0


def test_a_note_takes_nothing_away() -> None:
    """A trouble that is only to be read leaves the exposure."""
    note = Trouble("posts", "a repaired polygon", "Look at it", None, outage=False)
    assert row([watch()], SHELLING, troubles=[note])["observability"] == pytest.approx(0.95)


def test_what_limited_the_watch_is_said() -> None:
    """Outages, missing files and partial days, each in a sentence that names the feed."""
    early = Interval("modis", "e0", When(DAY.start, DAY.start + timedelta(hours=2)), "feed")
    said = limits(
        DAY,
        feeds=[POSTS, MODIS],
        intervals=[early],
        troubles=[Trouble("posts", "posts.csv is not there", "Fetch it", None)],
    )
    assert said == (
        "posts: posts.csv is not there",
        "posts: covers nothing of this day",
        "modis: covers only 2031-04-20T00:00Z to 2031-04-20T02:00Z",
        "modis: when and where its sensor passed is not known",
        "modis: cloud over the line is not known",
    )


SPANS = st.lists(
    st.tuples(st.integers(0, 1400), st.integers(1, 300)).map(
        lambda pair: When(DAY.start + timedelta(minutes=pair[0]), DAY.start + timedelta(minutes=pair[0] + pair[1]))
    ),
    max_size=8,
)


def minutes(spans: list[When]) -> set[int]:
    return {
        m
        for s in spans
        for m in range(int((s.start - DAY.start).total_seconds() // 60), int((s.end - DAY.start).total_seconds() // 60))
    }


@given(SPANS)
def test_merged_intervals_hold_the_same_minutes(spans: list[When]) -> None:
    """Merging loses and invents no minute, and leaves no overlap."""
    joined = merge(spans)
    assert minutes(joined) == minutes(spans)
    assert sum(s.hours for s in joined) * 60 == pytest.approx(len(minutes(spans)))


@given(SPANS, SPANS)
def test_what_is_left_is_the_difference(spans: list[When], gaps: list[When]) -> None:
    """Taking gaps out leaves exactly the other minutes."""
    left = [part for span in merge(spans) for part in without(span, gaps)]
    assert minutes(left) == minutes(spans) - minutes(gaps)


@given(st.lists(st.tuples(st.floats(0, 23), st.floats(0, 1)), max_size=5), st.integers(0, 4))
def test_less_coverage_never_makes_us_surer(looks: list[tuple[float, float]], drop: int) -> None:
    """Taking any look away never raises observability."""
    whole = row([look(h, c) for h, c in looks], FIRE)["observability"]
    rest = row([look(h, c) for n, (h, c) in enumerate(looks) if n != drop], FIRE)["observability"]
    assert rest <= whole + 1e-9


@pytest.mark.parametrize(
    ("given_", "silent"),
    [
        ({}, ["posts"]),
        ({"origin": Origin.PARTY, "party": "bravo"}, []),
        ({"area": (-160.0, 40.0, -155.0, 45.0)}, []),
        ({"area": (-151.0, 42.0, -150.0, 43.0)}, ["posts"]),
        ({"kind": "press"}, []),
    ],
    ids=["anywhere", "a party's", "elsewhere", "here", "words only"],
)
def test_a_feed_that_failed_and_could_have_spoken_is_named(given_: dict[str, Any], silent: list[str]) -> None:
    """Else losing a file could make the line quieter. A party's channel and another area hide nothing here."""
    gone = Trouble("posts", "posts.csv is not there", "Fetch it", None)
    assert row([watch()], SHELLING, feeds=[feed("posts", **given_)], troubles=[gone])["silent_feeds"] == silent


def test_a_heat_sensor_that_failed_hides_heat_and_nothing_else() -> None:
    """Without the thermal feed nobody can rule out unattributed heat; shelling it would not have told of."""
    gone = Trouble("modis", "modis.csv is not there", "Fetch it", None)
    assert row([watch()], FIRE, troubles=[gone])["silent_feeds"] == ["modis"]
    assert row([watch()], SHELLING, troubles=[gone])["silent_feeds"] == []


def test_an_older_map_leaves_nothing_quiet() -> None:
    """Where yesterday's line stands in for today's, nobody knows which sector an event belongs to."""
    found = cover(
        GROUND.sectors, DAY, feeds=[POSTS], intervals=[watch()], troubles=[], classes=[SHELLING], stale_map="control"
    )
    assert {tuple(r["silent_feeds"]) for r in found.to_pylist()} == {("control",)}


def test_no_pass_in_an_hour_is_no_failed_sensor() -> None:
    """Passes have gaps by nature; a table of days that leaves a day out says that nothing was delivered."""
    hour = When(DAY.start + timedelta(hours=5), DAY.start + timedelta(hours=6))
    passes = [look(1), look(13)]
    yesterday = Interval("modis", "e0", When(DAY.start - timedelta(days=1), DAY.start), "feed")
    for intervals, silent in ((passes, []), ([yesterday], ["modis"])):
        found = cover(GROUND.sectors, hour, feeds=[MODIS], intervals=intervals, troubles=[], classes=[FIRE])
        assert {tuple(r["silent_feeds"]) for r in found.to_pylist()} == {tuple(silent)}
