"""The reference line: a place keeps its kilometre however the map is redrawn, and sectors still add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ground.fiction import DAY, collection, country, east_ring, read, wave
from truceline.errors import CaseError
from truceline.ground import lay_out
from truceline.ground.control_area import ControlArea
from truceline.ground.fixed import FixedGround
from truceline.ground.line import LineOfContact, line_of_contact
from truceline.ground.reference import ReferenceLine, cut_along, of_file, of_line, rebased


def line(east_by: float = 0.0, swing: float = 0.2) -> LineOfContact:
    return line_of_contact(read(collection([east_ring(east_by, swing)])), country(), tolerance_km=3)


def with_more_vertices(area: ControlArea, step_deg: float) -> ControlArea:
    """The same map drawn with a vertex every step."""
    more = shapely.segmentize(area.area, step_deg)
    return ControlArea(area.publisher, area.day, area.held_by, more, area.entry, repaired=False)


PLACES = np.array(wave(0.06, 0.25, 60))


@pytest.mark.parametrize("step_deg", [0.02, 0.003])
def test_added_vertices_move_no_place(step_deg: float) -> None:
    """A map that draws the same line with more vertices gives every place the same kilometre to 1 m."""
    area = read(collection([east_ring()]))
    sparse, dense = (
        of_line(line_of_contact(one, country(), tolerance_km=3)) for one in (area, with_more_vertices(area, step_deg))
    )
    km = [one.chainage_km(PLACES[:, 0], PLACES[:, 1])[0] for one in (sparse, dense)]
    assert np.abs(km[0] - km[1]).max() < 0.001


def test_a_redraw_moves_no_place_and_no_sector() -> None:
    """The line moves 3 km east and its wave grows; places keep their kilometre and sectors their names and ends."""
    fixed = FixedGround(reference=of_line(line()))
    grounds = [
        lay_out(
            [read(collection([east_ring(*how)]))],
            DAY,
            borders=country(),
            tolerance_km=3,
            sector_km=25,
            depth_km=20,
            fixed=fixed,
        )
        for how in ((0.0, 0.2), (0.043, 0.23))
    ]
    for a, b in zip(grounds[0].sectors, grounds[1].sectors, strict=True):
        assert (a.id, a.from_km, a.to_km) == (b.id, b.from_km, b.to_km)
    # A sector away from both ends lies beside what it was: its middle is in the same sector again.
    for ground in grounds:
        for sector in ground.sectors[1:-1]:
            middle = sector.path.geoms[0].interpolate(0.5, normalized=True)
            _, index = ground.distance_to_line_m([middle.x], [middle.y])
            assert ground.sectors[index[0]].id == sector.id
    assert "Kilometres are counted along the line of atlas" in grounds[1].note


@settings(max_examples=25, deadline=None)
@given(east_by=st.floats(-0.3, 0.3), swing=st.floats(0.0, 0.4), sector_km=st.floats(5, 120))
def test_sectors_add_up_to_the_line_of_the_day(east_by: float, swing: float, sector_km: float) -> None:
    """Whatever the day's line is, cut along the reference all of it is in some sector, once."""
    today = line(east_by, swing)
    sectors, absent = cut_along(today, of_line(line()), sector_km)
    assert math.fsum(s.length_km for s in sectors) == pytest.approx(today.length_km, rel=1e-6)
    assert len({s.id for s in sectors} | set(absent)) == len(sectors) + len(absent)


def test_sectors_hold_what_is_nearest_to_them() -> None:
    """Places along the day's line have the chainage of the sector they are in. The two ends of a stretch are cuts,
    where the chainage may jump over a whole bend of the reference line, and are left out.
    """
    reference = of_line(line())
    for sector in cut_along(line(0.1, 0.1), reference, 25)[0]:
        inner = [shapely.get_coordinates(part.segmentize(0.01))[1:-1] for part in sector.path.geoms]
        points = np.concatenate(inner)
        km, _ = reference.chainage_km(points[:, 0], points[:, 1])
        assert km.min() > sector.from_km - 0.001
        assert km.max() < sector.to_km + 0.001


def test_a_file_keeps_the_kilometres() -> None:
    """Written and read again the reference line gives the same kilometres to a millimetre."""
    one = of_line(line())
    again = of_file(one.to_geojson(), name="reference.geojson")
    km = [r.chainage_km(PLACES[:, 0], PLACES[:, 1])[0] for r in (one, again)]
    assert np.abs(km[0] - km[1]).max() < 1e-6
    assert again.length_km == pytest.approx(one.length_km, abs=1e-6)


def test_a_new_reference_comes_with_its_table() -> None:
    """Every 25 km of the old line says which kilometre of the new one it is, and how far from it."""
    old, new = of_line(line()), of_line(line(0.05))
    table = rebased(old, new)
    assert [row.old_km for row in table[:3]] == [0.0, 25.0, 50.0]
    assert table[-1].old_km == pytest.approx(old.length_km, abs=0.001)
    assert all(0 < row.apart_m < 3_600 for row in table[1:-1])
    assert [row.new_km for row in rebased(old, old)] == pytest.approx(
        [row.old_km for row in rebased(old, old)], abs=1e-3
    )


def test_kilometres_and_places_are_each_other_s_inverse() -> None:
    """The place of a kilometre has that kilometre."""
    one = of_line(line())
    at = np.linspace(0, one.length_km, 41)
    km, away = one.chainage_km(*one.place_at(at).T)
    assert np.abs(km - at).max() < 1e-6
    assert away.max() < 1e-3


def test_what_is_no_line_is_refused_by_name() -> None:
    """A map of polygons, positions out of range, a place that is no number."""
    with pytest.raises(CaseError, match="no feature is a LineString"):
        of_file(collection([east_ring()]), name="reference.geojson")
    km, away = ReferenceLine("r", shapely.MultiLineString([[(10, 50), (11, 51)]]), of_line(line()).plane).chainage_km(
        [math.nan], [50.0]
    )
    assert math.isnan(km[0])
    assert math.isnan(away[0])
