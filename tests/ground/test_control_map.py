"""Reading control maps: whatever arrives, the answer is an area or a sentence that says what is wrong."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.ground.fiction import collection, east_ring, read, rectangle
from truceline.errors import FeedChanged
from truceline.ground.geojson import MAX_BYTES
from truceline.ground.plane import area_km2

GOOD = collection([east_ring()])
BOX = [rectangle(10, 50, 11, 51)]


def with_geometry(geometry: object) -> bytes:
    """A collection of one feature with this geometry."""
    return json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": geometry}]}).encode()


def test_a_good_map_is_read_unrepaired() -> None:
    """A valid map is taken as it is, with who drew it, for which day and from which entry."""
    got = read(GOOD)
    assert (got.publisher, got.held_by, got.repaired) == ("atlas", "alpha", False)
    assert got.area.is_valid
    assert got.area.geom_type in ("Polygon", "MultiPolygon")


def test_area_of_a_degree_is_the_published_one() -> None:
    """A cell of one degree at the equator has 12,308.8 km2 on WGS 84 (geographiclib: 12,308.778)."""
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12_308.778, abs=0.5)


def test_area_does_not_count_holes() -> None:
    """A hole is not held, whichever way its ring runs."""
    hole = rectangle(10.2, 50.2, 10.8, 50.8)
    whole = area_km2(read(collection(BOX)).area)
    for ring in (hole, hole[::-1]):
        holed = area_km2(read(collection([BOX[0], ring])).area)
        assert holed == pytest.approx(whole - area_km2(shapely.box(10.2, 50.2, 10.8, 50.8)))


def test_several_features_are_one_area() -> None:
    """All polygons of a map together are the area held; overlaps count once."""
    got = read(collection([rectangle(10, 50, 11, 51)], [rectangle(10.5, 50, 11.5, 51)]))
    assert got.area.area == pytest.approx(1.5)


def test_features_of_other_kinds_are_passed_over() -> None:
    """A map with place names and arrows beside its polygons is a map."""
    members = json.loads(collection(BOX))
    members["features"].append({"type": "Feature", "geometry": {"type": "Point", "coordinates": [99999, 1]}})
    assert read(json.dumps(members).encode()).area.area == pytest.approx(1.0)


def test_byte_order_mark_old_encoding_and_line_ends_are_simply_read() -> None:
    """BOM, latin-1 and CRLF do not stop a map."""
    text = GOOD.decode().replace('"properties": {}', '"properties": {"name": "Gr\u00fcn"}').replace(", ", ",\r\n")
    for raw in (b"\xef\xbb\xbf" + GOOD, text.encode("latin-1"), text.encode("utf-8-sig")):
        assert read(raw).area.equals(read(GOOD).area)


def test_heights_are_not_used() -> None:
    """A third number, even at some positions only, changes nothing."""
    ring = [[*point, 7.0] if k % 2 else point for k, point in enumerate(rectangle(10, 50, 11, 51))]
    assert read(collection([ring])).area.equals(read(collection(BOX)).area)


def test_a_ring_that_crosses_itself_is_mended_and_said() -> None:
    """A bow tie becomes its two halves, and the map says it was repaired."""
    got = read(collection([[[10, 50], [11, 51], [11, 50], [10, 51], [10, 50]]]))
    assert got.repaired
    assert got.area.is_valid
    assert got.area.area == pytest.approx(0.5)


def test_an_open_ring_is_closed_and_said() -> None:
    """A ring that lacks its last point is closed, and the map says it was repaired."""
    got = read(collection([rectangle(10, 50, 11, 51)[:-1]]))
    assert got.repaired
    assert got.area.area == pytest.approx(1.0)


def test_overlapping_polygons_of_one_feature_are_no_hole() -> None:
    """Where two polygons of one MultiPolygon overlap, the overlap is held, not lost."""
    got = read(
        with_geometry(
            {"type": "MultiPolygon", "coordinates": [[rectangle(10, 50, 11, 51)], [rectangle(10.5, 50, 11.5, 51)]]}
        )
    )
    assert got.repaired
    assert got.area.area == pytest.approx(1.5)


def test_slivers_are_dropped() -> None:
    """A spike with no area leaves nothing behind but the mended area."""
    spike = [[10, 50], [11, 50], [11, 51], [11, 53], [11, 51], [10, 51], [10, 50]]
    got = read(collection([spike], [[[20, 50], [21, 50], [20, 50], [20, 50]]]))
    assert got.area.bounds == (10, 50, 11, 51)


BAD = [
    (b"", "the file is empty"),
    (b" \n", "the file is empty"),
    (GOOD[: len(GOOD) // 2], "cut off"),
    (GOOD[:-1], "cut off"),
    (b"<html>not here</html>", "is not JSON"),
    (b"\xff\xfe\x00\x01", "is not JSON"),
    (b'"map"', "not a FeatureCollection"),
    (b'{"type": "Polygon", "coordinates": []}', "'Polygon', not a FeatureCollection"),
    (b'{"type": "FeatureCollection"}', "no list 'features'"),
    (b'{"type": "FeatureCollection", "features": [3]}', "feature 1 is not an object"),
    (b'{"type": "FeatureCollection", "features": []}', "none of 0 features is a polygon"),
    (with_geometry({"type": "LineString", "coordinates": [[1, 2], [3, 4]]}), "none of 1 features is a polygon"),
    (with_geometry(None), "feature 1 has an empty geometry"),
    (with_geometry({"type": "Polygon", "coordinates": []}), "feature 1 has an empty geometry"),
    (with_geometry({"type": "Polygon", "coordinates": [[]]}), "feature 1 has an empty geometry"),
    (with_geometry({"type": "MultiPolygon", "coordinates": []}), "feature 1 has an empty geometry"),
    (with_geometry({"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1], [1, 1]]]}), "empty geometry"),
    (with_geometry({"type": "Polygon", "coordinates": [1, 2]}), "not rings of"),
    (with_geometry({"type": "Polygon"}), "not rings of"),
    (with_geometry({"type": "MultiPolygon", "coordinates": BOX}), "not \\[longitude, latitude\\]"),
    (with_geometry({"type": "Polygon", "coordinates": [[["1", "2"], ["2", "2"], ["2", "3"]]]}), "in numbers"),
    (with_geometry({"type": "Polygon", "coordinates": [[[1], [2], [3], [1]]]}), "in numbers"),
    (with_geometry({"type": "Polygon", "coordinates": [[[None, 1], [2, 2], [3, 1]]]}), "in numbers"),
    (with_geometry({"type": "Polygon", "coordinates": [[[True, False], [True, True], [False, True]]]}), "in numbers"),
    (with_geometry({"type": "Polygon", "coordinates": [[[10**30, 1], [2, 2], [3, 1]]]}), "in numbers"),
    (with_geometry({"type": "Polygon", "coordinates": [[[10**400, 1.5], [2, 2], [3, 1]]]}), "in numbers"),
    (GOOD.replace(b"50.0", b"NaN", 1), "a number that is none: NaN"),
    (GOOD.replace(b"50.0", b"-Infinity", 1), "a number that is none: -Infinity"),
    (GOOD.replace(b"50.0", b"1e999", 1), "no finite number"),
    (GOOD.replace(b"50.0", b"9" * 5000, 1), "a number that is none"),
    (collection([rectangle(3_900_000, 6_100_000, 4_000_000, 6_200_000)]), "projected \\(metres\\) or swapped"),
    (collection([rectangle(50, 100, 52, 104)]), "look swapped"),
    (b"[" * 100_000, "nests 100000 levels deep"),
    (b'{"a":' * 50_000, "nests 50000 levels deep"),
    (b" " * (MAX_BYTES + 1), "more than 67,108,864"),
]


@pytest.mark.parametrize(("text", "words"), BAD, ids=[str(k) for k in range(len(BAD))])
def test_what_is_no_map_is_refused_in_words(text: bytes, words: str) -> None:
    """The error is the feed's, speaks in the publisher's name, and says what is wrong and the mend."""
    with pytest.raises(FeedChanged, match=words) as caught:
        read(text)
    assert caught.value.who == "atlas"
    assert caught.value.todo.endswith(".")


def test_brackets_in_names_are_not_depth() -> None:
    """Depth is counted outside strings, escaped quotes and backslashes included."""
    name = '[[[ " \\ ' * 50
    text = collection(BOX, names=(name,))
    assert read(text).area.area == pytest.approx(1.0)


@given(st.binary(max_size=300))
def test_bytes_of_any_kind_give_a_sentence(raw: bytes) -> None:
    """No bytes make the reader fail in any other way than with its own error."""
    with pytest.raises(FeedChanged):
        read(raw)


@given(st.integers(0, len(GOOD) - 1))
def test_a_map_cut_off_anywhere_is_refused(length: int) -> None:
    """A truncated file is never read as a smaller map."""
    with pytest.raises(FeedChanged):
        read(GOOD[:length])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from(["Polygon", "MultiPolygon"]), json_values)
def test_any_json_in_place_of_coordinates_gives_a_sentence(kind: str, coordinates: object) -> None:
    """Coordinates of any shape are an area or our own error, nothing else."""
    try:
        got = read(with_geometry({"type": kind, "coordinates": coordinates}))
    except FeedChanged:
        return
    assert got.area.is_valid
    assert got.area.area > 0
