"""Maps side by side: planted distances between two publishers come back, and one publisher alone finds nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.ground.fiction import DAY, collection, country, read, rectangle
from truceline.ground import Ground, lay_out
from truceline.ground.control_area import ControlArea
from truceline.ground.side_by_side import displacement, p_within

# One kilometre east at 51 degrees north, degrees.
KM_EAST = 1 / (111.195 * np.cos(np.radians(51.0)))


def held(east_km: float) -> bytes:
    """Alpha's area with its western edge some kilometres farther east."""
    edge = 11.0 + east_km * KM_EAST
    return collection([rectangle(edge, 50.0, 13.0, 52.0)])


def laid(*others_km: float) -> Ground:
    others = [read(held(km), publisher=f"survey{n}") for n, km in enumerate(others_km)]
    return lay_out(
        [read(held(0.0))],
        DAY,
        borders=country(),
        tolerance_km=3,
        sector_km=25,
        depth_km=20,
        others=others,
    )


def test_the_width_is_how_far_the_maps_lie_apart() -> None:
    """A second map drawn 2 km farther east lies 2 km away along the whole line, and the note says so."""
    ground = laid(2.0)
    (one,) = ground.width
    assert one.median_m == pytest.approx(2_000, rel=0.02)
    assert one.p90_m == pytest.approx(2_000, rel=0.03)
    assert {sector for sector, _ in one.by_sector} == {sector.id for sector in ground.sectors}
    assert "survey0" in ground.note
    assert "2.0 km" in ground.note
    assert "no second publisher" not in ground.note


def test_a_second_map_makes_the_edge_unsure() -> None:
    """19 km west of the first line a place is within 20 km by one map and not by the other: one vote each."""
    ground, place = laid(2.0), ([11.0 - 19.0 * KM_EAST], [51.0])
    assert laid().p_at_line(*place, 0.0)[0] == 1.0
    assert ground.p_at_line(*place, 0.0)[0] == 0.5
    assert 0.4 < ground.p_at_line(*place, 3_000.0)[0] < 0.6


def test_probability_falls_with_distance_and_is_sharp_without_uncertainty() -> None:
    """Monotone in the distance; 0 or 1 as the uncertainty goes to 0; a place that is not known stays unknown."""
    far = np.linspace(0, 60_000, 61)
    found = p_within([far], 4_000.0, 20_000.0)
    assert (np.diff(found) <= 1e-12).all()
    assert np.array_equal(p_within([far + 0.5], 1e-6, 20_000.0), (far + 0.5 <= 20_000).astype(float))
    assert np.isnan(p_within([np.array([np.nan])], 10.0, 20_000.0)[0])


@pytest.mark.parametrize(
    ("second_km", "finding"),
    [(None, "according_to_publisher"), (1.0, "moved_to_bravo"), (0.0, "maps_differ"), (-1.0, "maps_differ")],
)
def test_a_sector_has_moved_only_where_two_publishers_say_so(second_km: float | None, finding: str) -> None:
    """The line goes 1 km east, into alpha's area. One publisher alone is its word; two who agree are a finding."""
    ground = laid()

    def pair(km: float, who: str) -> tuple[object, object]:
        return tuple(read(held(east), publisher=who) for east in (0.0, km))  # type: ignore[return-value]

    pairs = [pair(1.0, "atlas")] + ([] if second_km is None else [pair(second_km, "survey")])
    found = displacement(
        ground.sectors, pairs, lambda lon, lat: ground.distance_to_line_m(lon, lat)[1], ("alpha", "bravo")
    )
    assert {one.finding for one in found[1:-1]} == {finding}
    assert found[2].said[0].mean_m == pytest.approx(-1_000, rel=0.05)


def test_neither_moved_is_a_finding_too() -> None:
    """Two publishers who both drew the line where it was: it stood."""
    ground = laid()
    same = [(read(held(0.0), publisher=p),) * 2 for p in ("atlas", "survey")]
    found = displacement(
        ground.sectors, same, lambda lon, lat: ground.distance_to_line_m(lon, lat)[1], ("alpha", "bravo")
    )
    assert {one.finding for one in found} == {"stood"}


def test_a_second_map_that_cannot_stand_beside_says_why() -> None:
    """A second publisher's map with swapped axes, or a month old, is named with its reason; never as if there were none."""
    from datetime import timedelta

    swapped = collection([[[lat, lon] for lon, lat in rectangle(11.0, 50.0, 13.0, 52.0)]])
    others = [
        read(swapped, publisher="mirror"),
        read(held(0.0), day=DAY - timedelta(days=30), publisher="survey"),
    ]
    ground = lay_out(
        [read(held(0.0))], DAY, borders=country(), tolerance_km=3, sector_km=25, depth_km=20, others=others
    )
    assert ground.others == ()
    assert "The map of mirror cannot stand beside it" in ground.note
    assert "axes are swapped" in ground.note
    assert "The map of survey cannot stand beside it" in ground.note
    assert "30 days old" in ground.note


def test_the_day_s_movement_is_told_sector_by_sector() -> None:
    """From one day's maps to the next: by two publishers a finding, by one its word, without a new map nothing."""
    from datetime import timedelta

    from truceline.ground.ground import moved

    def drawn(km: float, days: int, who: str) -> ControlArea:
        return read(held(km), day=DAY + timedelta(days=days), publisher=who)

    atlas, survey = [drawn(0.0, 0, "atlas"), drawn(1.0, 1, "atlas")], [drawn(0.0, 0, "survey"), drawn(0.9, 1, "survey")]

    def told(others: list[ControlArea], day: int) -> set[str]:
        ground = lay_out(
            atlas,
            DAY + timedelta(days=day),
            borders=country(),
            tolerance_km=3,
            sector_km=25,
            depth_km=20,
            others=others,
        )
        return {one.finding for one in moved(ground, atlas, others, ("alpha", "bravo"))}

    assert told(survey, 1) == {"moved_to_bravo"}
    assert told([], 1) == {"according_to_publisher"}
    assert told(survey[:1], 1) == {"according_to_publisher"}
    assert told(survey, 2) == set()
    assert told(survey, 0) == set()
