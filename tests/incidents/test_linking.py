"""One thing that happened is one incident, however many saw it, in whatever order."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cases import DAY, NOON, day_only, heat, observation, table
from truceline.incidents import Incidents, link
from truceline.incidents.pairs import near, near_rows
from truceline.spacetime import LonLat, distance_m


def members(found: Incidents) -> list[tuple[str, ...]]:
    return sorted(one.observations for one in found.incidents)


def test_a_single_heard_explosion_survives() -> None:
    """One observation is one incident; nothing needs a second to exist."""
    found = link(table(observation("a", event_class="explosion_undetermined")))
    assert members(found) == [("a",)]


def test_many_traces_of_one_shelling_are_one_incident() -> None:
    """A post, an agency five kilometres off, a copy, and a party's row: one incident, with a reason for each link."""
    rows = [
        observation("post"),
        observation("agency", lat=42.54, uncertainty_m=5000.0, origin="third_party", root="source:RNA"),
        observation("copy", lat=42.54, uncertainty_m=5000.0, origin="third_party", root="source:RNA"),
        day_only("party", origin="party", party="bravo", root="party:bravo", uncertainty_m=5000.0),
    ]
    found = link(table(*rows))
    assert members(found) == [("agency", "copy", "party", "post")]
    assert len(found.incidents[0].links) >= 3
    assert all("km apart" in one.reason for one in found.incidents[0].links)


@pytest.mark.parametrize(
    "other",
    [
        {"lat": 42.6},
        {"start_utc": NOON + timedelta(hours=3), "end_utc": NOON + timedelta(hours=3, minutes=1)},
        {"event_class": "small_arms_fire"},
    ],
    ids=["11 km away", "three hours later", "another kind"],
)
def test_what_differs_in_place_time_or_kind_is_another_incident(other: dict[str, Any]) -> None:
    """Nothing is linked on one likeness alone."""
    assert members(link(table(observation("a"), observation("b", **other)))) == [("a",), ("b",)]


def test_an_undetermined_explosion_may_be_the_shelling() -> None:
    """A bang nobody could name joins what somebody could, and the incident has the known class."""
    found = link(table(observation("a"), observation("b", event_class="explosion_undetermined")))
    assert members(found) == [("a", "b")]
    assert str(found.incidents[0].event_class) == "shelling"


def test_a_day_only_report_never_joins_two_shellings() -> None:
    """Morning and evening stay two; the report of the day goes to the nearer one."""
    evening = NOON + timedelta(hours=8)
    rows = [
        observation("noon"),
        observation("evening", lat=42.505, start_utc=evening, end_utc=evening + timedelta(minutes=1)),
        day_only("report", lat=42.506, uncertainty_m=5000.0, origin="third_party", root="source:RNA"),
    ]
    assert members(link(table(*rows))) == [("evening", "report"), ("noon",)]


def test_heat_makes_no_incident_and_joins_none() -> None:
    """Fire between two shots is evidence to read; alone it is unattributed."""
    found = link(table(heat("h1"), heat("h2", lat=42.7)))
    assert found.incidents == ()
    assert found.unattributed_heat == ("h1", "h2")


def test_heat_beside_an_incident_is_named_there() -> None:
    """Within the uncertainties and six hours of what a monitor or third party reports."""
    later = NOON + timedelta(hours=2)
    rows = [
        observation("post"),
        heat("near", start_utc=later, end_utc=later + timedelta(minutes=1)),
        heat("far", lat=42.7),
        heat("away", lat=44.0, sector=None),
    ]
    found = link(table(*rows))
    assert found.incidents[0].heat == ("near",)
    assert found.unattributed_heat == ("far",)


def test_a_party_cannot_explain_heat_away() -> None:
    """Heat beside a party's claim stays unattributed: its word makes nothing certain."""
    found = link(table(observation("claim", origin="party", party="bravo", root="party:bravo"), heat("h")))
    assert found.unattributed_heat == ("h",)


def test_an_incident_keeps_its_id_when_vaguer_rows_come() -> None:
    """The most exact observation anchors it."""
    before = link(table(observation("post")))
    after = link(table(observation("post"), day_only("0-late", origin="third_party", root="source:RNA")))
    assert before.incidents[0].id == after.incidents[0].id


ROWS = st.lists(
    st.builds(
        lambda n, lon, lat, minute, kind, vague: (
            day_only(f"{n:06d}", lon=lon, lat=lat, event_class=kind, origin="third_party", root=f"r{n}")
            if vague
            else observation(
                f"{n:06d}",
                lon=lon,
                lat=lat,
                event_class=kind,
                start_utc=DAY.start + timedelta(minutes=minute),
                end_utc=DAY.start + timedelta(minutes=minute + 1),
            )
        ),
        st.integers(0, 10**6 - 1),
        st.floats(-150.6, -150.4),
        st.floats(42.4, 42.6),
        st.integers(0, 1438),
        st.sampled_from(["shelling", "explosion_undetermined", "small_arms_fire"]),
        st.booleans(),
    ),
    max_size=25,
    unique_by=lambda row: row["id"],
)


@given(rows=ROWS, order=st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: list[dict[str, Any]], order: Any) -> None:
    """Any order of the same observations gives the same incidents, links and ids."""
    mixed = list(rows)
    order.shuffle(mixed)
    assert link(table(*rows)) == link(table(*mixed))


@given(rows=ROWS)
def test_every_observation_is_in_exactly_one_incident(rows: list[dict[str, Any]]) -> None:
    """Nothing is lost and nothing counted twice."""
    seen = [key for one in link(table(*rows)).incidents for key in one.observations]
    assert sorted(seen) == sorted(row["id"] for row in rows)


POSITION = st.tuples(st.floats(-180, 180), st.floats(-89.9, 89.9))


@example(at=(0.0, 0.0), step=(0.0, 0.018059575))  # 1,997 m: a degree is shortest at the equator
@given(at=POSITION, step=st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05)))
def test_the_search_finds_every_near_pair(at: tuple[float, float], step: tuple[float, float]) -> None:
    """Across 180 degrees and close to the poles too, no near pair is missed."""
    lon = (at[0] + step[0] + 180) % 360 - 180
    a = observation("a", lon=at[0], lat=at[1])
    b = observation("b", lon=lon, lat=max(-90.0, min(90.0, at[1] + step[1])))
    metres = near(a, b)
    assert near_rows([a], [b]) == ([] if metres is None else [(0, 0, pytest.approx(metres))])
    assert near_rows([a, b]) == ([] if metres is None else [(0, 1, pytest.approx(metres))])


def test_near_is_the_geodesic_distance_against_both_uncertainties() -> None:
    """1,000 m and 1,000 m reach 2,000 m, measured on WGS 84."""
    for lat in (42.517, 42.519):
        metres = distance_m(LonLat(-150.5, 42.5), LonLat(-150.5, lat))
        got = near(observation("a"), observation("b", lat=lat))
        assert got == (pytest.approx(metres) if metres <= 2000 else None)


def test_a_chain_of_bursts_is_one_shelling() -> None:
    """Bursts less than an hour apart are one; an hour of silence ends it."""
    starts = [NOON + timedelta(minutes=m) for m in (0, 50, 100, 161 + 61)]
    rows = [observation(f"o{n}", start_utc=at, end_utc=at + timedelta(minutes=1)) for n, at in enumerate(starts)]
    assert all(b - a <= timedelta(hours=3) for a, b in pairwise(starts))
    assert members(link(table(*rows))) == [("o0", "o1", "o2"), ("o3",)]
