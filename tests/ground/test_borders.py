"""Borders: the UN's view, the derived file, and a case's own file."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import shapely

from tests.ground.fiction import collection, rectangle
from truceline.errors import CaseError
from truceline.ground.borders import builtin, from_geojson
from truceline.ground.plane import area_km2
from truceline.spacetime import LonLat

PLACES = [
    ("Simferopol", 34.10, 44.95, "Ukraine"),
    ("Sevastopol", 33.55, 44.58, "Ukraine"),
    ("Kerch", 36.45, 45.35, "Ukraine"),
    ("Armiansk, at the isthmus", 33.69, 46.11, "Ukraine"),
    ("Kyiv", 30.52, 50.45, "Ukraine"),
    ("Moscow", 37.62, 55.75, "Russia"),
    ("Belgorod", 36.59, 50.60, "Russia"),
    ("north Nicosia", 33.36, 35.20, "Cyprus"),
    ("Hargeisa", 44.06, 9.56, "Somalia"),
    ("Baikonur", 63.30, 45.95, "Kazakhstan"),
    ("Chukotka, past 180 degrees", -175.0, 66.5, "Russia"),
    ("Wrangel Island, west of 180", 179.5, 71.2, "Russia"),
    ("Wrangel Island, east of 180", -179.0, 71.2, "Russia"),
    ("the South Pole", 0.0, -89.9, "Antarctica"),
    ("the Black Sea", 34.0, 43.5, None),
    ("the Sea of Azov", 36.5, 46.2, None),
]


@pytest.mark.parametrize(("place", "lon", "lat", "state"), PLACES)
def test_places_lie_where_the_un_counts_them(place: str, lon: float, lat: float, state: str | None) -> None:
    """A base map for monitors follows the UN's view of borders, Crimea and Sevastopol first."""
    assert builtin().country_at(LonLat(lon, lat)) == state, place


@pytest.mark.parametrize(("place", "lon", "lat", "state"), [p for p in PLACES if p[0] != "the South Pole"])
def test_the_world_at_a_coarser_scale_has_the_same_view(place: str, lon: float, lat: float, state: str | None) -> None:
    """The 1:50m file follows the UN's view too; it does not close Antarctica round the pole."""
    assert builtin("50m").country_at(LonLat(lon, lat)) == state, place


def test_a_country_s_area_holds_its_places() -> None:
    """`country` gives the same view as `country_at`: Simferopol is in the polygon of Ukraine only."""
    simferopol = shapely.Point(34.10, 44.95)
    assert builtin().country("Ukraine").covers(simferopol)
    assert not builtin().country("Russia").covers(simferopol)


def test_area_of_a_country_is_the_published_one() -> None:
    """Ukraine with Crimea has 603,550 km2; the generalised border is within 1.5 % of that."""
    assert area_km2(builtin().country("Ukraine")) == pytest.approx(603_550, rel=0.015)


def test_no_international_border_at_the_isthmus() -> None:
    """Moving Crimea removes the line, not only the name: nothing between mainland and Crimea is a border."""
    isthmus = (33.3, 45.9, 34.9, 46.3)
    assert builtin().lines(isthmus, kind="border").is_empty
    assert not builtin().lines(isthmus, kind="coast").is_empty


def test_coast_and_border_can_be_told_apart() -> None:
    """Inland there is border and no coast, on an island coast and no border; both together is the default."""
    inland, island = (35.0, 50.0, 37.0, 51.0), (-20.0, 63.0, -18.0, 64.0)
    assert builtin().lines(inland, kind="coast").is_empty
    assert builtin().lines(inland).equals(builtin().lines(inland, kind="border"))
    assert builtin().lines(island, kind="border").is_empty
    assert not builtin().lines(island).is_empty


def test_lines_run_on_past_180_degrees() -> None:
    """A bbox astride 180 degrees gets both sides in one frame, and no line where a map was cut."""
    lines = builtin().lines((178.0, 60.0, 190.0, 72.0))
    west, _, east, _ = lines.bounds
    assert west < 180 < east
    assert lines.length == pytest.approx(builtin().lines((-182.0, 60.0, -170.0, 72.0)).length)
    cut = shapely.LineString([(180, 66), (180, 68)])
    assert lines.intersection(cut.buffer(1e-6)).length < 1e-3


def test_wrong_kind_and_unknown_country_are_named() -> None:
    """A wrong argument shows the value and what is allowed or alike."""
    with pytest.raises(ValueError, match="'river' must be 'coast'"):
        builtin().lines((0, 0, 1, 1), kind="river")
    with pytest.raises(ValueError, match=r"'Ukr' is not in .*names like it: Ukraine"):
        builtin().country("Ukr")


# --- the shipped file ------------------------------------------------------------------------------


def test_the_shipped_file_is_the_one_the_readme_describes() -> None:
    """The fingerprints in data/README.md are those of the file beside it, and it is small."""
    folder = files("truceline.ground").joinpath("data")
    packed = folder.joinpath("borders_10m.json.gz").read_bytes()
    named = re.findall(r"sha256 `([0-9a-f]{64})`", folder.joinpath("README.md").read_text("utf-8"))
    assert hashlib.sha256(gzip.decompress(packed)).hexdigest() == named[1]
    assert hashlib.sha256(packed).hexdigest() == named[2]
    assert len(packed) < 1_000_000


@pytest.fixture(scope="module")
def deriver() -> ModuleType:
    """The deriving script, loaded from tools/."""
    path = Path(__file__).parents[2] / "tools" / "derive_borders.py"
    spec = importlib.util.spec_from_file_location("derive_borders", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def small_world() -> dict[str, Any]:
    """A topology with the parts the UN counts to another state, each a box; arc 0 is the isthmus."""

    def box(west: int, south: int, east: int, north: int) -> list[list[int]]:
        return [[west, south], [east - west, 0], [0, north - south], [west - east, 0], [0, south - north]]

    isthmus = [[34, 46], [1, 0]]
    mainland = [[35, 46], [0, 4], [-1, 0], [0, -4]]
    crimea = [[35, 46], [0, -2], [-1, 0], [0, 2]]
    arcs = [isthmus, mainland, crimea, *[box(k, 0, k + 1, 1) for k in range(0, 16, 2)], [[90, 0], [0, 0]]]
    names = ["N. Cyprus", "Cyprus U.N. Buffer Zone", "Cyprus", "Somaliland", "Somalia", "Baikonur", "Kazakhstan"]
    geometries = [{"type": "Polygon", "arcs": [[3 + k]], "properties": {"name": name}} for k, name in enumerate(names)]
    russia = {"type": "MultiPolygon", "arcs": [[[10]], [[~0, 2]], [[11]]], "properties": {"name": "Russia"}}
    ukraine = {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Ukraine"}}
    countries = {"type": "GeometryCollection", "geometries": [*geometries, russia, ukraine]}
    return {"objects": {"countries": countries}, "arcs": arcs, "transform": {"scale": [1, 1], "translate": [0, 0]}}


def test_deriving_twice_gives_the_same_bytes(deriver: ModuleType) -> None:
    """The same input gives the same bytes: no clock, no file name, no order by chance."""
    assert deriver.derive(small_world()) == deriver.derive(small_world())


def test_deriving_moves_the_parts_and_drops_points(deriver: ModuleType) -> None:
    """Each part of the UN's view moves to its state; an island that shrank to a point is left out."""
    got = json.loads(gzip.decompress(deriver.derive(small_world())))
    polygons = dict(got["countries"])
    assert sorted(polygons) == ["Cyprus", "Kazakhstan", "Russia", "Somalia", "Ukraine"]
    assert {name: len(parts) for name, parts in polygons.items()} == {
        "Cyprus": 3,
        "Kazakhstan": 2,
        "Russia": 1,
        "Somalia": 2,
        "Ukraine": 2,
    }
    assert len(got["lengths"]) == 11  # the arc of the point island is gone


def test_deriving_from_another_file_stops(deriver: ModuleType) -> None:
    """A source in which Crimea is not where we know it is refused, never shipped untouched."""
    world = small_world()
    world["objects"]["countries"]["geometries"][-2]["arcs"] = [[[10]]]
    with pytest.raises(SystemExit, match="not found once"):
        deriver.derive(world)


# --- a case's own file -----------------------------------------------------------------------------


def two_countries() -> bytes:
    """Two boxes side by side; the east one's edge has a corner the west one's has not."""
    east = [[1.0, 0.0], [2.0, 0.0], [2.0, 1.0], [1.0, 1.0], [1.0, 0.4], [1.0, 0.0]]
    return collection([rectangle(0, 0, 1, 1)], [east], names=("Westland", "Eastland"))


def test_own_borders_tell_coast_from_border() -> None:
    """The common edge is border, the outer edges are coast, whatever corners the two files gave it."""
    borders = from_geojson(two_countries(), "own.geojson")
    assert borders.lines((-1, -1, 3, 2), kind="border").length == pytest.approx(1.0)
    assert borders.lines((-1, -1, 3, 2), kind="coast").length == pytest.approx(6.0)
    assert borders.country_at(LonLat(0.5, 0.5)) == "Westland"
    assert borders.country_at(LonLat(1.5, 0.5)) == "Eastland"
    assert borders.country_at(LonLat(2.5, 0.5)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"", "empty"),
        (b"{", "cut off"),
        (b"[1, 2]", "not a FeatureCollection"),
        (collection([rectangle(0, 0, 1, 1)]), "feature 1 has no property 'name'"),
        (collection([rectangle(0, 0, 1, 1)], names=("  ",)), "feature 1 has no property 'name'"),
        (collection([rectangle(0, 0, 1, 1000)], names=("A",)), "outside the range of degrees"),
        (b'{"type": "FeatureCollection", "features": []}', "none of 0 features is a polygon"),
    ],
)
def test_a_file_that_is_no_borders_file_is_refused(text: bytes, words: str) -> None:
    """The error is the case's to mend, and names the file, what is wrong and what to do."""
    with pytest.raises(CaseError, match=words) as caught:
        from_geojson(text, "own.geojson")
    assert caught.value.who == "own.geojson"
    assert caught.value.todo.endswith(".")
