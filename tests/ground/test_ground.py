"""The ground of a day: which map it rests on, what it says about that, and distances to the line."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from tests.ground.fiction import DAY, EAST, MIDDLE, NORTH, SOUTH, collection, country, east_ring, read, rectangle
from truceline.errors import FeedMissing
from truceline.ground import Ground, lay_out
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea

BORDERS = country()
STRAIGHT = collection([rectangle(MIDDLE, SOUTH, EAST, NORTH)])


def laid(
    areas: list[ControlArea],
    day: date = DAY,
    borders: Borders = BORDERS,
    *,
    sector_km: float = 50.0,
    depth_km: float = 20.0,
    max_age_days: int = 7,
) -> Ground:
    """The fictional ground with usual lengths."""
    return lay_out(
        areas,
        day,
        borders=borders,
        tolerance_km=3.0,
        sector_km=sector_km,
        depth_km=depth_km,
        max_age_days=max_age_days,
    )


STRAIGHT_GROUND = laid([read(STRAIGHT)])
WAVE_GROUND = laid([read(collection([east_ring()]))])


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


def test_the_newest_map_on_or_before_the_day_is_used() -> None:
    """A later map is never looked at: a bulletin of that day could not know it."""
    maps = [read(STRAIGHT, DAY + days(k)) for k in (-3, -1, 1, 4)]
    got = laid(maps)
    assert got.map_day == DAY - days(1)
    assert got.entry == f"atlas-{DAY - days(1)}"
    assert laid(maps[::-1]) == got


def test_the_note_says_whose_map_and_how_old() -> None:
    """With one publisher it is "according to", and an old map says its age."""
    assert STRAIGHT_GROUND.note.startswith("According to atlas, map of 2031-04-19. There is no second publisher")
    assert "map of 2031-04-19, 1 day old." in laid([read(STRAIGHT)], DAY + days(1)).note
    assert "map of 2031-04-19, 7 days old." in laid([read(STRAIGHT)], DAY + days(7)).note


def test_several_publishers_are_named() -> None:
    """Of two maps of one day the first by name is used, whatever their order, and the other is named."""
    maps = [read(STRAIGHT, publisher="zenith"), read(STRAIGHT, publisher="atlas")]
    for given_maps in (maps, maps[::-1]):
        got = laid(given_maps)
        assert got.publisher == "atlas"
        assert "Maps of the same day by zenith are not used here" in got.note


def test_two_differing_maps_of_one_publisher_and_day_are_said() -> None:
    """A second version is not swallowed; the same map twice is."""
    one = read(STRAIGHT)
    assert laid([one, replace(one, entry="b")]).note == STRAIGHT_GROUND.note
    other = replace(read(collection([east_ring()])), entry="zz")
    assert "2 differing maps of that day" in laid([other, one]).note


def test_a_mended_map_is_said() -> None:
    """Repair is no secret."""
    assert "was mended" in laid([replace(read(STRAIGHT), repaired=True)]).note


def test_missing_borders_are_said() -> None:
    """Where no coast or border lay near, the note says that the whole edge was taken."""
    got = laid([read(collection([rectangle(100, 10, 101, 11)]))])
    assert "No coast or border of borders.geojson lies near the area" in got.note


@pytest.mark.parametrize(
    ("map_days", "words"),
    [
        ([], "there is no control map, so 2031-04-19 has no line"),
        ([1, 5], "the first control map is of 2031-04-20, a later day"),
        ([-8, -20], "the newest map by 2031-04-19 is of 2031-04-11, 8 days old, more than 7"),
    ],
)
def test_without_a_young_map_there_is_no_ground(map_days: list[int], words: str) -> None:
    """An old line is never drawn as a new one: the error says which map there is and how old."""
    with pytest.raises(FeedMissing, match=words):
        laid([read(STRAIGHT, DAY + days(k)) for k in map_days])


def test_wrong_arguments_show_the_value() -> None:
    """Lengths without sense and areas of two parties are the caller's mistake."""
    with pytest.raises(ValueError, match="depth_km 0 must"):
        laid([read(STRAIGHT)], depth_km=0)
    with pytest.raises(ValueError, match="depth_km nan must"):
        laid([read(STRAIGHT)], depth_km=math.nan)
    with pytest.raises(ValueError, match="max_age_days -1 must"):
        laid([read(STRAIGHT)], max_age_days=-1)
    with pytest.raises(ValueError, match="several parties \\(alpha, bravo\\)"):
        laid([read(STRAIGHT), read(STRAIGHT, held_by="bravo")])


def test_area_is_geodesic() -> None:
    """2 by 2 degrees from 50 N have 31,086 km2 (closed formula on the ellipsoid)."""
    e = math.sqrt(0.00669437999014)

    def zone(lat: float) -> float:
        s = math.sin(math.radians(lat))
        return s / (1 - (e * s) ** 2) + math.log((1 + e * s) / (1 - e * s)) / (2 * e)

    b2 = 6356.752314245**2
    assert STRAIGHT_GROUND.area_km2 == pytest.approx(b2 / 2 * math.radians(2) * (zone(52) - zone(50)), rel=1e-6)


def test_distance_to_a_meridian_is_that_along_the_parallel_s_geodesic() -> None:
    """0.2 degrees east or west of the line near 51 N are 14 km, and the sector is the one at that latitude."""
    metres, sector = STRAIGHT_GROUND.distance_to_line_m([MIDDLE + 0.2, MIDDLE - 0.2, MIDDLE], [51.9, 50.1, 51.0])
    assert metres[0] == pytest.approx(13_765, rel=1e-3)
    assert metres[1] == pytest.approx(14_311, rel=1e-3)
    assert metres[2] == pytest.approx(0, abs=0.5)
    assert [STRAIGHT_GROUND.sectors[k].id for k in sector] == ["S01", "S04", "S03"]


def test_depth_reaches_both_sides_and_no_farther() -> None:
    """20 km on either side are within the zone, 21 km are not; beyond the line's end distance counts from it."""
    km = 1 / 70.2
    lons = [MIDDLE + 19.9 * km, MIDDLE - 19.9 * km, MIDDLE + 21 * km, MIDDLE - 21 * km]
    assert STRAIGHT_GROUND.in_depth(lons, [51.0] * 4).tolist() == [True, True, False, False]
    assert STRAIGHT_GROUND.in_depth([MIDDLE], [NORTH + 0.2]).tolist() == [False]


def test_unknown_positions_are_unknown_not_far() -> None:
    """A position that is no number is NaN away from sector -1 and in no zone; the others are not disturbed."""
    lon = [math.nan, MIDDLE, math.inf, MIDDLE, MIDDLE]
    lat = [51.0, math.nan, 51.0, 95.0, 51.0]
    metres, sector = STRAIGHT_GROUND.distance_to_line_m(lon, lat)
    assert np.isnan(metres[:4]).all()
    assert sector[:4].tolist() == [-1] * 4
    assert metres[4] < 1
    assert STRAIGHT_GROUND.in_depth(lon, lat).tolist() == [False] * 4 + [True]


def test_no_positions_and_odd_shapes() -> None:
    """No rows give no rows; lists of different lengths are refused."""
    metres, sector = STRAIGHT_GROUND.distance_to_line_m([], [])
    assert (len(metres), len(sector)) == (0, 0)
    with pytest.raises(ValueError, match="same length"):
        STRAIGHT_GROUND.distance_to_line_m([1, 2], [1])


@settings(max_examples=60, deadline=None)
@given(lon=st.floats(8, 14), lat=st.floats(49, 53))
def test_distance_is_that_of_a_search_along_the_line(lon: float, lat: float) -> None:
    """No point of the line, sampled every 50 m, is nearer; the answer is right to 0.1 % and a metre."""
    sampled = shapely.get_coordinates(shapely.segmentize(WAVE_GROUND.line.path, 0.0005))
    n = len(sampled)
    geod = Geod(ellps="WGS84")
    best = min(geod.inv([lon] * n, [lat] * n, sampled[:, 0], sampled[:, 1])[2])
    metres, sector = WAVE_GROUND.distance_to_line_m([lon], [lat])
    # A point between two samples may be nearer than both: at d away, by at most 28^2 / 2d, and by 28 m on the line.
    slack = min(28.0, 28.0**2 / 2 / max(best, 1e-9)) + 1.0
    assert best - slack <= metres[0] <= best * 1.001 + 1.0
    assert 0 <= sector[0] < len(WAVE_GROUND.sectors)


def test_far_positions_have_a_distance() -> None:
    """A position on the other side of the globe has a distance too, and a large one."""
    metres, _ = STRAIGHT_GROUND.distance_to_line_m([-60.0, 100.0, 11.0], [-30.0, 10.0, -89.0])
    assert np.isfinite(metres).all()
    assert (metres > 5e6).all()


def test_where_two_sectors_meet_the_first_answers() -> None:
    """A position nearest to a common end is in one sector only, always the same."""
    end = STRAIGHT_GROUND.sectors[0].path.geoms[-1].coords[-1]
    _, sector = STRAIGHT_GROUND.distance_to_line_m([end[0] + 0.1], [end[1]])
    assert sector[0] in (0, 1)
    again = laid([read(STRAIGHT)])
    assert again.distance_to_line_m([end[0] + 0.1], [end[1]])[1][0] == sector[0]


def test_following_days_share_what_was_computed_for_the_coast() -> None:
    """The widened coast is computed once for maps within the same whole degrees, and kept with its borders."""
    borders = country()
    for k in range(5):
        laid([read(STRAIGHT, DAY + days(k))], DAY + days(k), borders)
    assert len(borders._margins) == 1
