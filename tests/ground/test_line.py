"""The line of contact and its sectors, on theatres whose line is known beforehand."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground.fiction import (
    EAST,
    MIDDLE,
    NORTH,
    SOUTH,
    WEST,
    collection,
    country,
    east_ring,
    read,
    rectangle,
    wave_km,
)
from truceline.errors import FeedChanged
from truceline.ground.borders import Borders, from_geojson
from truceline.ground.line import LineOfContact, line_of_contact, plane_of
from truceline.ground.plane import Plane, length_km
from truceline.ground.sectors import cut

# 3 km of latitude near 51 degrees north: the line stops that far from the coast.
TRIM = 3.0 / 111.26
SLOW_START = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def found(ring: list[list[float]], borders: Borders | None = None, tolerance_km: float = 3.0) -> LineOfContact:
    """The line of one ring's area in the fictional country."""
    return line_of_contact(read(collection([ring])), borders or country(), tolerance_km=tolerance_km)


def points(line: LineOfContact) -> list[tuple[float, float]]:
    """All points in order."""
    return [(float(x), float(y)) for piece in line.pieces for x, y in piece.coords]


def test_the_line_is_the_wave_and_only_the_wave() -> None:
    """Of a rectangle split by a wavy line the coast falls away and the wave is left, at its known length."""
    line = found(east_ring())
    assert len(line.pieces) == 1
    assert line.length_km == pytest.approx(wave_km(SOUTH + TRIM, NORTH - TRIM), rel=1e-3)
    assert line.by_country == (("Northland", pytest.approx(line.length_km)),)
    assert (line.dropped_pieces, line.dropped_km, line.at_sea_km, line.elsewhere_km) == (0, 0, 0, 0)


def test_a_straight_line_has_its_textbook_length() -> None:
    """Along the meridian 11 E from 50 to 52 N are 222,518 m less two tolerances; along a coast nothing is line."""
    line = found(rectangle(MIDDLE, SOUTH, EAST, NORTH))
    assert line.length_km == pytest.approx(222.5 - 6.0, abs=0.1)


def test_long_coasts_drawn_with_few_corners_are_still_coast() -> None:
    """An edge of 60 degrees is straight in degrees in both files, however it bends on the sheet."""
    borders = from_geojson(collection([rectangle(0, 50, 60, 60)], names=("Wideland",)), "b")
    line = found([[30, 50], [60, 50], [60, 60], [30, 60], [30, 50]], borders)
    assert all(abs(lon - 30) < 1e-5 for lon, _ in points(line))
    # The same with the coast's corners elsewhere than the map's.
    ring = [[30, 50], [47, 50], [60, 50], [60, 60], [41, 60], [30, 60], [30, 50]]
    assert found(ring, borders).length_km == pytest.approx(line.length_km, rel=1e-6)


def test_a_map_that_misses_the_coast_by_less_than_the_tolerance_gives_the_same_line() -> None:
    """Two drawings of one coast disagree; the tolerance takes that out."""
    ring = [[lon, lat] if lat < NORTH else [lon, NORTH + 0.02] for lon, lat in rectangle(MIDDLE, SOUTH, EAST, NORTH)]
    assert found(ring).length_km == pytest.approx(found(rectangle(MIDDLE, SOUTH, EAST, NORTH)).length_km, rel=1e-3)


def test_an_edge_at_sea_is_no_line_and_is_measured() -> None:
    """Nobody faces anybody in open water: the edge is left out and counted."""
    line = found(rectangle(MIDDLE, SOUTH, EAST + 1, NORTH))
    assert line.length_km == pytest.approx(216.5, abs=0.1)
    assert line.at_sea_km > 222


def test_an_edge_in_another_country_shows_and_can_be_left_out() -> None:
    """Kilometres in the neighbour are shown by name; naming the country takes them out, counted."""
    two = collection(
        [rectangle(WEST, SOUTH, EAST, NORTH)], [rectangle(EAST, SOUTH, EAST + 3, NORTH)], names=("West", "East")
    )
    borders = from_geojson(two, "two.geojson")
    area = read(collection([rectangle(MIDDLE, SOUTH, EAST + 1, NORTH)]))
    both = line_of_contact(area, borders, tolerance_km=3)
    assert [name for name, _ in both.by_country] == ["East", "West"]
    one = line_of_contact(area, borders, tolerance_km=3, on_land_of=("West",))
    assert one.by_country == (both.by_country[1],)
    assert one.elsewhere_km == pytest.approx(both.by_country[0][1])
    with pytest.raises(ValueError, match="'Wset' is not in two\\.geojson"):
        line_of_contact(area, borders, tolerance_km=3, on_land_of=("Wset",))


def test_the_line_runs_from_its_north_most_end() -> None:
    """The order of a line is part of the answer: it begins in the north."""
    got = points(found(east_ring()))
    assert got[0][1] == max(lat for _, lat in got)
    assert got[-1][1] == min(lat for _, lat in got)


def test_pieces_are_chained_end_to_end() -> None:
    """A line that an inlet cuts runs on at the nearest end, an enclave comes once as a closed piece."""
    lake = rectangle(MIDDLE - 0.1, 50.9, MIDDLE + 0.1, 51.1)
    borders = from_geojson(collection([rectangle(WEST, SOUTH, EAST, NORTH), lake], names=("Northland",)), "b")
    enclave = rectangle(9.5, 50.5, 9.8, 50.7)
    area = read(collection([rectangle(MIDDLE, SOUTH, EAST, NORTH)], [enclave]))
    line = line_of_contact(area, borders, tolerance_km=3)
    assert len(line.pieces) == 3
    north, south, ring = line.pieces
    assert north.coords[0][1] > north.coords[-1][1] > south.coords[0][1] > south.coords[-1][1]
    assert ring.coords[0] == ring.coords[-1]
    assert ring.coords[0] == (pytest.approx(9.5), pytest.approx(50.7))
    assert not shapely.is_ccw(shapely.linearrings(ring.coords))


def test_scraps_are_left_out_and_counted() -> None:
    """A pocket with an edge shorter than the tolerance is no line, but its kilometres are told."""
    pocket = rectangle(10.0, 51.0, 10.004, 51.004)
    line = line_of_contact(
        read(collection([rectangle(MIDDLE, SOUTH, EAST, NORTH)], [pocket])), country(), tolerance_km=3
    )
    assert len(line.pieces) == 1
    assert line.dropped_pieces == 1
    assert line.dropped_km == pytest.approx(2 * (0.004 * 111.26 + 0.004 * 70.2), rel=0.01)


def test_an_area_without_inner_edge_has_no_line() -> None:
    """Who holds a whole island faces nobody: an error that says so, never a line of length nought."""
    with pytest.raises(FeedChanged, match="no line of contact"):
        found(rectangle(WEST, SOUTH, EAST, NORTH))


def test_borders_of_another_theatre_are_said() -> None:
    """Where no coast or border is near, the whole edge is the line and `borders_found` says it."""
    line = found(
        rectangle(10.5, 50.5, 11.5, 51.5),
        from_geojson(collection([rectangle(-60, -10, -50, 0)], names=("Elsewhere",)), "b"),
    )
    assert not line.borders_found
    assert len(line.pieces) == 1
    assert line.by_country == ()


def test_a_theatre_astride_180_degrees() -> None:
    """A map has to cut an area at 180 degrees; the cut is no line, and the answer is that of any other place."""
    here = found(rectangle(MIDDLE, SOUTH, EAST, NORTH))
    sides = [rectangle(178, SOUTH, 180, NORTH), rectangle(-180, SOUTH, -178, NORTH)]
    borders = from_geojson(collection(*[[ring] for ring in sides], names=("Dateland", "Dateland")), "b")
    area = read(collection([rectangle(179, SOUTH, 180, NORTH)], [rectangle(-180, SOUTH, -178, NORTH)]))
    there = line_of_contact(area, borders, tolerance_km=3)
    assert len(there.pieces) == 1
    assert all(lon == pytest.approx(179) for lon, _ in points(there))
    assert there.length_km == pytest.approx(here.length_km, rel=1e-4)


@pytest.mark.parametrize("tolerance_km", [0, -1, 201, math.nan, math.inf])
def test_tolerance_without_sense_is_refused(tolerance_km: float) -> None:
    """A wrong argument shows the value and the allowed ones."""
    with pytest.raises(ValueError, match="must be above 0 and at most 200"):
        found(east_ring(), tolerance_km=tolerance_km)


@SLOW_START
@given(turn=st.integers(0, 202), backwards=st.booleans(), parts=st.permutations([0, 1, 2]))
def test_ring_start_direction_and_order_change_nothing(turn: int, backwards: bool, parts: list[int]) -> None:
    """Where a publisher's rings begin, which way they run and in which order: the same line, to the last digit."""
    pocket, enclave = rectangle(9.5, 50.5, 9.8, 50.7), rectangle(9.5, 51.2, 9.6, 51.3)
    rings = [east_ring(), pocket, enclave]
    open_ring = rings[0][:-1]
    shift = turn % len(open_ring)
    rings[0] = [*open_ring[shift:], *open_ring[: shift + 1]]
    if backwards:
        rings = [ring[::-1] for ring in rings]
    straight = line_of_contact(read(collection([east_ring()], [pocket], [enclave])), country(), tolerance_km=3)
    got = line_of_contact(read(collection(*[[rings[k]] for k in parts])), country(), tolerance_km=3)
    assert got == straight


@SLOW_START
@given(east_by=st.floats(-189, 167) | st.integers(-189, 167))
def test_moving_the_world_moves_the_line(east_by: float) -> None:
    """The same theatre at another longitude has the same line there, to metres."""
    here = found(east_ring())
    there = found(east_ring(east_by), country(east_by))
    assert there.length_km == pytest.approx(here.length_km, rel=1e-4)
    assert len(there.pieces) == len(here.pieces)
    moved = shapely.transform(here.path, lambda p: p + np.array([east_by, 0.0]))
    assert shapely.hausdorff_distance(there.path, moved) < 2e-3


@SLOW_START
@given(sector_km=st.floats(1.0, 400.0), swing=st.floats(0.0, 0.6))
def test_sectors_add_up_to_the_line(sector_km: float, swing: float) -> None:
    """Sectors follow each other without gap or overlap, each as long as its path, together the line."""
    area = read(collection([east_ring(swing=swing)], [rectangle(9.5, 50.5, 9.8, 50.7)]))
    line = line_of_contact(area, country(), tolerance_km=3)
    sectors = cut(line, sector_km, plane_of(area))
    assert sectors[0].from_km == 0
    assert sectors[-1].to_km == line.length_km
    assert all(a.to_km == b.from_km for a, b in pairwise(sectors))
    assert math.fsum(s.length_km for s in sectors) == pytest.approx(line.length_km, rel=1e-12)
    for sector in sectors:
        assert length_km(sector.path) == pytest.approx(sector.length_km, abs=2e-5)
    assert [s.id for s in sectors] == sorted(s.id for s in sectors)
    assert all(s.length_km == pytest.approx(sector_km) for s in sectors[:-1])
    last = sectors[-1].length_km
    assert last < 1.5 * sector_km
    assert len(sectors) == 1 or last >= 0.5 * sector_km - 1e-9


def test_a_short_rest_joins_its_neighbour() -> None:
    """Of 216.5 km cut every 50, the rest of 16.5 km joins the fourth; cut every 58, the rest of 42 stands alone."""
    area = read(collection([rectangle(MIDDLE, SOUTH, EAST, NORTH)]))
    line = line_of_contact(area, country(), tolerance_km=3)
    plane = plane_of(area)
    assert [s.id for s in cut(line, 50, plane)] == ["S01", "S02", "S03", "S04"]
    assert cut(line, 50, plane)[-1].length_km == pytest.approx(66.5, abs=0.1)
    assert [round(s.length_km) for s in cut(line, 58, plane)] == [58, 58, 58, 42]
    assert [s.id for s in cut(line, 1000, plane)] == ["S01"]
    assert cut(line, 1, plane)[0].id == "S001"


@pytest.mark.parametrize("sector_km", [0, -5, math.nan, math.inf, 1e-9])
def test_sector_length_without_sense_is_refused(sector_km: float) -> None:
    """A wrong length shows the value, and a tiny one does not fill the memory."""
    area = read(collection([east_ring()]))
    with pytest.raises(ValueError, match="sector_km"):
        cut(line_of_contact(area, country(), tolerance_km=3), sector_km, plane_of(area))


def test_the_sheet_keeps_its_promise() -> None:
    """Within 450 km of the middle the sheet changes no length by more than 0.06 %."""
    plane = Plane(36.0, 48.0)
    for lon, lat in [(36, 52.0), (42, 48), (31, 45.5), (40, 51)]:
        for east, north in [(0.01, 0), (0, 0.01), (0.01, 0.01)]:
            step = shapely.LineString([(lon, lat), (lon + east, lat + north)])
            assert plane.onto(step).length / 1000 == pytest.approx(length_km(step), rel=7e-4)
    assert plane.stretch((31, 45.5, 41, 50.5)) < 7e-4
