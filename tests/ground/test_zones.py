"""Zones: in or out by signed distance, and how surely; closed forms are the truth they are held against."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from tests.ground.fiction import DAY, collection, country, east_ring, read
from truceline.errors import CaseError
from truceline.ground import Ground, lay_out
from truceline.ground.fixed import FixedGround
from truceline.ground.plane import Plane
from truceline.ground.zones import SIGMAS_IN_95, Zone
from truceline.terms.agreement import ZoneTerms

PLANE = Plane(11.0, 51.0)


def square(side_m: float, hole_m: float = 0.0) -> Zone:
    """A square about the middle of the sheet, with a square hole."""
    half, inner = side_m / 2, hole_m / 2
    area = shapely.box(-half, -half, half, half)
    if hole_m:
        area = area.difference(shapely.box(-inner, -inner, inner, inner))
    return Zone("Z", "buffer", {None: area}, PLANE, "planted")


def at(x_m: float, y_m: float) -> tuple[list[float], list[float]]:
    lon, lat = PLANE.lonlat([[x_m, y_m]])[0]
    return [float(lon)], [float(lat)]


def share_of_square(side_m: float, x: float, y: float, sigma: float) -> float:
    """A round normal spread over a square, in closed form."""
    half = side_m / 2
    across = [ndtr((half - v) / sigma) - ndtr((-half - v) / sigma) for v in (x, y)]
    return float(across[0] * across[1])


@pytest.mark.parametrize("uncertainty_m", [50.0, 500.0, 5_000.0, 50_000.0])
@pytest.mark.parametrize("place", [(0.0, 0.0), (900.0, 0.0), (999.9, 999.9), (1_001.0, 0.0), (3_000.0, -2_000.0)])
def test_the_share_is_the_closed_form(place: tuple[float, float], uncertainty_m: float) -> None:
    """Inside, outside, near a corner, at every spread: the normal integral to 1e-9."""
    lonlat = at(*place)
    x, y = PLANE.xy(*lonlat)[0]  # there and back the projection is good to millimetres
    found = square(2_000.0).p_in(*lonlat, uncertainty_m)[0]
    assert found == pytest.approx(share_of_square(2_000.0, x, y, uncertainty_m / SIGMAS_IN_95), abs=1e-9)


def test_a_hole_takes_away_what_it_holds() -> None:
    """The share in a square with a hole is the difference of two squares."""
    lonlat, sigma = at(100.0, 50.0), 800.0 / SIGMAS_IN_95
    x, y = PLANE.xy(*lonlat)[0]
    found = square(2_000.0, 600.0).p_in(*lonlat, 800.0)[0]
    expected = share_of_square(2_000.0, x, y, sigma) - share_of_square(600.0, x, y, sigma)
    assert found == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(x=st.floats(-5_000, 5_000), y=st.floats(-5_000, 5_000))
def test_it_tends_to_yes_or_no(x: float, y: float) -> None:
    """As the uncertainty goes to 0 the answer goes to 1 inside and to 0 outside, and is so at 0."""
    zone = square(3_000.0)
    metres = zone.signed_distance_m(*at(x, y))[0]
    if abs(metres) < 1.0:
        return
    last = zone.p_in(*at(x, y), 0.2)[0]
    assert last == pytest.approx(float(metres < 0), abs=1e-6)
    assert zone.p_in(*at(x, y), 0.0)[0] == float(metres < 0)
    assert 0.0 <= zone.p_in(*at(x, y), 4_000.0)[0] <= 1.0


def test_deeper_in_is_never_less_sure() -> None:
    """Walking out of a zone, the probability only falls."""
    zone = square(4_000.0)
    places = [at(float(x), 300.0) for x in range(0, 8_000, 250)]
    lon, lat = [p[0][0] for p in places], [p[1][0] for p in places]
    found = zone.p_in(lon, lat, 1_500.0)
    assert (np.diff(found) <= 1e-12).all()
    assert found[0] > 0.9 > 0.1 > found[-1]


def test_not_finite_is_not_known() -> None:
    """A position that is no number has no distance and no probability; an uncertainty below 0 is refused."""
    zone = square(1_000.0)
    assert math.isnan(zone.signed_distance_m([math.nan], [51.0])[0])
    assert math.isnan(zone.p_in([11.0], [math.inf], 10.0)[0])
    with pytest.raises(ValueError, match="0 or more"):
        zone.p_in([11.0], [51.0], -1.0)


def laid(*zones: ZoneTerms, **more: object) -> Ground:
    fixed = FixedGround(zones=zones, parties=("alpha", "bravo"), **more)  # type: ignore[arg-type]
    return lay_out(
        [read(collection([east_ring(swing=0.0)]))],
        DAY,
        borders=country(),
        tolerance_km=3,
        sector_km=25,
        depth_km=20,
        fixed=fixed,
    )


def test_each_party_has_its_own_distance() -> None:
    """Alpha (east of 11 degrees) keeps 15 km away, bravo 10: each on its own side only."""
    zone = laid(ZoneTerms("W", "withdrawal", sides={"alpha": 15.0, "bravo": 10.0})).zone("W")
    km = 1 / (111.195 * math.cos(math.radians(51.0)))
    east, west = [11.0 + 12 * km], [11.0 - 12 * km]
    assert zone.signed_distance_m(east, [51.0], "alpha")[0] == pytest.approx(-3_000, rel=0.02)
    assert zone.signed_distance_m(west, [51.0], "bravo")[0] == pytest.approx(2_000, rel=0.02)
    assert zone.signed_distance_m(west, [51.0], "alpha")[0] == pytest.approx(12_000, rel=0.02)
    with pytest.raises(ValueError, match="does not bind"):
        zone.area_for("gamma")


def test_a_strip_can_begin_away_from_the_line() -> None:
    """A security zone from 5 to 15 km: the line itself lies outside it."""
    zone = laid(ZoneTerms("S", "security", beyond_km=5.0, within_km=15.0)).zone("S")
    assert zone.signed_distance_m([11.0], [51.0])[0] == pytest.approx(5_000, rel=0.01)
    assert zone.p_in([11.0], [51.0], 100.0)[0] < 1e-12


def test_an_area_of_the_case_is_a_zone_and_a_line_that_is_not_there_is_named() -> None:
    """A disengagement area comes from its file; a zone along an unknown line says which lines there are."""
    box = shapely.box(10.5, 50.5, 10.8, 50.9)
    ground = laid(ZoneTerms("D", "disengagement", area="d.geojson", party="bravo"), areas={"d.geojson": box})
    assert ground.zone("D").p_in([10.65], [50.7], 500.0, "bravo")[0] > 0.999
    with pytest.raises(CaseError, match="no line 'old'"):
        laid(ZoneTerms("B", "buffer", line="old", within_km=5.0))
