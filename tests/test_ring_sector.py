"""Ring sectors: an area, measured exactly, that never becomes a point."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from truceline.spacetime import LonLat, RingSector, wgs84

HERE = LonLat(31.2, 48.1)
RINGS = st.builds(
    lambda near, wide, bearing, width: RingSector(HERE, near, near + wide, bearing, width),
    st.floats(0, 8_000), st.floats(200, 6_000), st.floats(0, 360), st.floats(5, 360),
)  # fmt: skip


def at(azimuth: float, metres: float) -> LonLat:
    lon, lat, _ = wgs84().fwd(HERE.lon, HERE.lat, azimuth, metres)
    return LonLat(lon, lat)


@pytest.mark.parametrize(
    ("azimuth", "metres", "away"),
    [(0, 3_000, 0), (44, 3_900, 0), (0, 1_000, 1_000), (0, 5_000, 1_000), (135, 3_000, 3_000), (180, 2_000, 3_162)],
)
def test_distances_made_by_hand(azimuth: float, metres: float, away: float) -> None:
    """A band of 2-4 km, 45° either side of north: inside is 0; at 135° the foot lies on the side, at 180° a corner's."""
    ring = RingSector(HERE, 2_000, 4_000, 0, 90)
    expected = away
    if azimuth == 135:  # nearest point of the east side (45°): 90° away from it, so the near corner
        expected = math.hypot(3_000, 2_000)
    if azimuth == 180:  # 135° from either side
        expected = math.sqrt(2_000**2 + 2_000**2 - 2 * 2_000 * 2_000 * math.cos(math.radians(135)))
    assert ring.distance_m(at(azimuth, metres)) == pytest.approx(expected, abs=3)


@given(RINGS)
def test_every_sample_lies_inside(ring: RingSector) -> None:
    """What stands for a part of the area lies in it."""
    assert max(ring.distance_m(place) for place in ring.samples()) < 1


@given(RINGS, st.floats(0, 360), st.floats(0, 20_000))
def test_the_distance_is_that_of_the_nearest_part(ring: RingSector, azimuth: float, metres: float) -> None:
    """Never more than to any part of it, and no part is much nearer than it says."""
    place = at(azimuth, metres)
    said = ring.distance_m(place)
    nearest = min(
        wgs84().inv(place.lon, place.lat, one.lon, one.lat)[2] for one in (*ring.samples(20, 60), *ring.outline(90))
    )
    assert said <= nearest + 2
    assume(said > 0)
    assert nearest - said < 900  # the samples' spacing


@given(RINGS, RINGS)
def test_the_gap_is_the_same_from_both_sides(one: RingSector, other: RingSector) -> None:
    """How far apart two areas lie does not depend on which is asked."""
    assert one.gap_m(other) == pytest.approx(other.gap_m(one), abs=1e-6)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((5, 4), "a band of"),
        ((0, math.inf), "a band of"),
        ((0, 5, 10, None), "needs a width"),
        ((0, 5, 400, 5), "0..360"),
    ],
)
def test_impossible_ones_are_refused(values: tuple[float, ...], message: str) -> None:
    """A band that ends before it begins, half a bearing, a bearing beyond the rose."""
    with pytest.raises(ValueError, match=message):
        RingSector(HERE, *values)
