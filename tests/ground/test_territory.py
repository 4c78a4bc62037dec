"""Territory: areas known by hand, what changed hands by region, and commands that say what is wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from truceline.cli import truceline
from truceline.errors import CaseError
from truceline.ground.control_area import ControlArea
from truceline.ground.territory import NO_REGION, Region, changed, held_in, read_regions


def control(area: shapely.Polygon, day: int = 1, held_by: str = "alpha") -> ControlArea:
    return ControlArea("atlas", date(2031, 4, day), held_by, area, f"e{day}")


def box(west: float, east: float) -> shapely.Polygon:
    return shapely.box(west, 48.0, east, 49.0)


def km2(west: float, east: float) -> float:
    """The area of such a box by pyproj's own geodesic polygon, its edges stepped along the parallels."""
    ring = shapely.segmentize(box(west, east), 0.01).exterior.coords
    lon, lat = zip(*ring, strict=True)
    return abs(Geod(ellps="WGS84").polygon_area_perimeter(lon, lat)[0]) / 1e6


REGIONS = (Region("East", box(31.0, 32.0)), Region("West", box(30.0, 31.0)))


def test_what_changed_hands_is_told_both_ways_and_by_region() -> None:
    """From 30.0-31.2 to 30.1-31.5: a tenth of a degree given up in the west, three tenths taken in the east."""
    change = changed(control(box(30.0, 31.2)), control(box(30.1, 31.5), 2), REGIONS)
    assert change.gained_km2 == pytest.approx(km2(31.2, 31.5), rel=1e-5)
    assert change.lost_km2 == pytest.approx(km2(30.0, 30.1), rel=1e-5)
    assert change.net_km2 == pytest.approx(change.gained_km2 - change.lost_km2, abs=1e-3)
    east, west = change.regions
    assert (east.name, west.name) == ("East", "West")
    assert (east.gained_km2, east.lost_km2) == pytest.approx((km2(31.2, 31.5), 0.0), rel=1e-5)
    assert (west.gained_km2, west.lost_km2) == pytest.approx((0.0, km2(30.0, 30.1)), rel=1e-5)


def test_what_lies_in_no_region_is_told_apart() -> None:
    """Land beyond every region is neither lost nor spread over them."""
    change = changed(control(box(31.5, 32.0)), control(box(31.5, 32.4), 2), REGIONS)
    (rest,) = [row for row in change.regions if row.name == NO_REGION]
    assert rest.region_km2 is None
    assert rest.gained_km2 == pytest.approx(km2(32.0, 32.4), rel=1e-5)


@given(st.floats(30.0, 30.9), st.floats(31.1, 32.5), st.floats(30.0, 30.9), st.floats(31.1, 32.5))
def test_regions_add_up_to_the_whole(a: float, b: float, c: float, d: float) -> None:
    """Over the regions and the rest: gains, losses and what is held add up, and gains less losses are the net."""
    change = changed(control(box(a, b)), control(box(c, d), 2), REGIONS)
    assert sum(row.gained_km2 for row in change.regions) == pytest.approx(change.gained_km2, abs=1e-3)
    assert sum(row.lost_km2 for row in change.regions) == pytest.approx(change.lost_km2, abs=1e-3)
    assert sum(row.after_km2 for row in change.regions) == pytest.approx(change.after_km2, abs=1e-3)
    assert change.net_km2 == pytest.approx(change.gained_km2 - change.lost_km2, abs=1e-3)


def test_a_region_s_share() -> None:
    """Half of the east and none of the west."""
    (east,) = held_in(control(box(31.5, 32.0)), REGIONS)
    assert (east.name, east.share) == ("East", pytest.approx(0.5, abs=1e-6))


def test_two_parties_and_two_orders_are_refused() -> None:
    """A change between maps of different parties, or backwards in time, is none."""
    with pytest.raises(ValueError, match="several parties"):
        changed(control(box(30, 31)), control(box(30, 31), 2, "bravo"))
    with pytest.raises(ValueError, match="exchange them"):
        changed(control(box(30, 31), 2), control(box(30, 31), 1))


def collection(*features: tuple[shapely.Polygon, dict[str, object]]) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": said, "geometry": shapely.geometry.mapping(area)}
                for area, said in features
            ],
        }
    )


def test_regions_are_named_or_refused() -> None:
    """Parts of one name are one region; a file without names says which properties it has."""
    two = collection((box(30, 31), {"name": "A"}), (box(31, 32), {"name": "A"}))
    (one,) = read_regions(two.encode(), who="r")
    assert one.area.area == pytest.approx(2)
    with pytest.raises(CaseError, match="its properties are code") as caught:
        read_regions(collection((box(30, 31), {"code": 7})).encode(), who="r")
    assert "--name" in caught.value.todo


def test_the_commands_print_and_give_json(tmp_path: Path) -> None:
    """A map of an invented area far from any coast: text of 80 columns, one JSON object, a share that says of what."""
    maps = [tmp_path / f"control_2031040{n}.geojson" for n in (1, 2)]
    for file, east in zip(maps, (31.2, 31.5), strict=True):
        file.write_text(collection((box(30.2, east), {})))
    regions = tmp_path / "regions.geojson"
    regions.write_text(collection((box(30, 31), {"name": "West"}), (box(31, 32), {"name": "<East>"})))
    run = CliRunner()
    told = json.loads(run.invoke(truceline, ["line", str(maps[0]), "--json"]).stdout)
    assert told["share_of"]["country"] == "Ukraine"
    assert [one["tolerance_km"] for one in told["length_km"]] == [3.0, 5.0]
    assert sum(s["length_km"] for s in told["sectors"]) == pytest.approx(told["length_km"][0]["length_km"], abs=1)
    text = run.invoke(truceline, ["territory", *map(str, maps), "--by", str(regions)])
    assert text.exit_code == 0
    assert all(len(line) <= 80 for line in text.stdout.splitlines()[:-1])
    change = json.loads(run.invoke(truceline, ["territory", *map(str, maps), "--by", str(regions), "--json"]).stdout)
    assert change["to_alpha_km2"] == pytest.approx(km2(31.2, 31.5), rel=1e-4)
    assert change["to_bravo_km2"] == 0
    assert "no finding of displacement" in change["note"]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["line", "{map}", "--tolerance-km", "0"], 2, "tolerance_km"),
        (["line", "{map}", "--country", "Nowhere"], 2, "Nowhere"),
        (["line", "{map}", "--of-km2", "-1"], 2, "must be above 0"),
        (["line", "{broken}"], 1, "is not JSON"),
        (["territory", "{map}", "{broken}"], 1, "is not JSON"),
        (["territory", "{map}", "{map}", "--by", "{map}"], 2, "--name"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, options: list[str], code: int, said: str) -> None:
    """Exit 2 for a question that cannot be asked, 1 for a map that cannot be used, with the mend."""
    good, broken = tmp_path / "m.geojson", tmp_path / "b.geojson"
    good.write_text(collection((box(30.2, 31.2), {})))
    broken.write_text("{nonsense")
    result = CliRunner().invoke(truceline, [part.format(map=good, broken=broken) for part in options])
    assert result.exit_code == code, result.output
    assert said in result.output


def test_held_claimed_and_recognised_are_three_things() -> None:
    """A region held and not claimed, one claimed and not held, and whose both are by the borders."""
    from truceline.ground.borders import builtin
    from truceline.ground.territory import standings
    from truceline.terms.agreement import TerritoryTerms

    east, west = (
        Region("East", shapely.box(36.0, 48.0, 37.0, 49.0)),
        Region("West", shapely.box(30.0, 48.0, 31.0, 49.0)),
    )
    far = Region("Far", shapely.box(25.0, 49.0, 25.5, 49.5))
    claims = (TerritoryTerms(party="bravo", regions=("West",)),)
    found = standings(control(shapely.box(36.5, 48.0, 37.0, 49.0)), (east, west, far), claims, builtin())
    assert [(one.name, one.claimed_by, one.recognised) for one in found] == [
        ("East", (), "Ukraine"),
        ("West", ("bravo",), "Ukraine"),
    ]
    assert [one.share_held for one in found] == pytest.approx([0.5, 0.0], abs=1e-3)
    with pytest.raises(CaseError, match="no region 'Nowhere'"):
        standings(control(box(30, 31)), (east,), (TerritoryTerms(party="bravo", regions=("Nowhere",)),), builtin())
