"""Read polygons out of GeoJSON that somebody else wrote.

    bytes --as_json--> JSON within limits --read_features--> features with their polygons
    bytes --read_control_area--> ControlArea
    bytes --read_lines--> lines, for a case's agreed or reference line

In: bytes as received; nothing about them is trusted. Out: geometry in degrees, longitude first, on
WGS 84, valid, in one canonical form, so that where a publisher's ring begins and which way it runs
changes nothing later. Start at `read_control_area`.
Format: RFC 7946, https://doi.org/10.17487/RFC7946
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from truceline.errors import CaseError, FeedChanged
from truceline.ground.control_area import ControlArea

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32  # a MultiPolygon in a FeatureCollection nests 8 deep
MAX_VERTICES = 3_000_000
SLIVER_DEG2 = 1e-10  # about one square metre: what is left where a ring runs back over itself


@dataclass(frozen=True)
class Feature:
    """One feature of a collection that has an area.

    Attributes:
        number: Its place in the collection, from 1.
        properties: What the file says about it, unread.
        area: Polygon or MultiPolygon, valid.
        repaired: Whether it was mended to become valid.
    """

    number: int
    properties: dict[str, Any]
    area: BaseGeometry
    repaired: bool


@dataclass(frozen=True)
class _Reader:
    """Who is being read, and which error a reader of that file expects."""

    who: str
    error: type[FeedChanged] | type[CaseError]

    def refuse(self, what: str, todo: str) -> NoReturn:
        raise self.error(self.who, what, todo)


def read_control_area(
    text: bytes, *, publisher: str, day: date, held_by: str, entry: str, only: Mapping[str, str] | None = None
) -> ControlArea:
    """Read one day's control map: all its polygons together are the area held.

    Several features whose properties differ may stand for several things (held, contested, given up), and their sum
    for none: then it must be said which to take.

    Args:
        text: The file as received: a FeatureCollection with Polygon or MultiPolygon features.
            Features of other kinds (place names, arrows) are passed over.
        publisher: Who drew the map; errors speak in this name.
        day: The day the map stands for.
        held_by: The party whose area it is.
        entry: The ledger entry of `text`.
        only: Properties a feature must have to be taken, as text; None: there is only one kind.
    Returns:
        The area, valid. `repaired` is True where a ring crossed itself, was left open, or
        polygons of one feature overlapped; the mended area is what the lines enclose.
    Raises:
        FeedChanged: Not JSON or cut off, too large or too deep, not a FeatureCollection, no polygon
            with an area, coordinates that are no degrees, or features of several kinds.
    """
    features = read_features(text, who=publisher, error=FeedChanged)
    if only:
        taken = tuple(f for f in features if all(_shown(f.properties.get(key)) == value for key, value in only.items()))
        if not taken:
            asked = ", ".join(f"{key} = {value!r}" for key, value in only.items())
            what = f"none of {len(features)} features has {asked}; they have {_kinds(features)}"
            raise FeedChanged(publisher, what, "Mend 'only' of the map.")
        features = taken
    elif len({_shown(f.properties) for f in features}) > 1:
        what = (
            f"its {len(features)} features are of several kinds, {_kinds(features)}, and only one can be the area held"
        )
        todo = 'Say which with only = { property = "value" } at the feed, or --only property=value.'
        raise FeedChanged(publisher, what, todo)
    area = shapely.normalize(shapely.union_all([feature.area for feature in features]))
    return ControlArea(publisher, day, held_by, area, entry, repaired=any(feature.repaired for feature in features))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)


def _kinds(features: tuple[Feature, ...]) -> str:
    """What tells features apart: the properties that differ, with a few of their values."""
    keys = sorted({key for feature in features for key in feature.properties})
    told = []
    for key in keys:
        values = sorted({_shown(feature.properties.get(key))[:30] for feature in features})
        if len(values) > 1:
            told.append(f"{key[:30]}: {', '.join(values[:4])}{' …' if len(values) > 4 else ''}")
    return "; ".join(told[:3]) or "nothing to tell them apart"


def read_features(text: bytes | str, *, who: str, error: type[FeedChanged] | type[CaseError]) -> tuple[Feature, ...]:
    """Read every polygon feature of a FeatureCollection, in the file's order.

    Args:
        text: GeoJSON in UTF-8 (latin-1 is read too), with or without a byte order mark.
        who: Publisher or file; the error speaks in this name.
        error: What the caller's caller acts on: `FeedChanged` for a source, `CaseError` for a
            file of the case.
    Raises:
        FeedChanged, CaseError: As asked, with what is wrong, where, and the mend.
    """
    reader = _Reader(who, error)
    members = _members(as_json(text, who=who, error=error), reader)
    found: list[Feature] = []
    empty: list[int] = []
    vertices = 0
    for number, member in enumerate(members, start=1):
        if not isinstance(member, dict):
            reader.refuse(f"feature {number} is not an object", "Look at the file; fetch it again if it is damaged.")
        geometry, properties = member.get("geometry"), member.get("properties")
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if geometry is None or kind in ("Polygon", "MultiPolygon"):
            polygons = [] if geometry is None else _polygons(geometry, number, reader)
            vertices += sum(len(ring) for polygon in polygons for ring in polygon)
            if vertices > MAX_VERTICES:
                reader.refuse(f"the map has more than {MAX_VERTICES:,} vertices", "Use a map of a coarser scale.")
            area, repaired = _area(polygons)
            if area.is_empty:
                empty.append(number)
            else:
                found.append(Feature(number, properties if isinstance(properties, dict) else {}, area, repaired))
    if not found:
        what = f"feature {empty[0]} has an empty geometry" if empty else f"none of {len(members)} features is a polygon"
        reader.refuse(f"{what}, so the map says nothing about any area", "Look at the file; it must hold polygons.")
    return tuple(found)


def read_lines(text: bytes | str, *, who: str, error: type[FeedChanged] | type[CaseError]) -> MultiLineString:
    """Read every line of a FeatureCollection, in the file's order, as one geometry in degrees.

    Raises:
        FeedChanged, CaseError: As asked: not a FeatureCollection, no line, or coordinates that are no degrees.
    """
    reader = _Reader(who, error)
    lines: list[NDArray[np.float64]] = []
    for number, member in enumerate(_members(as_json(text, who=who, error=error), reader), start=1):
        geometry = member.get("geometry") if isinstance(member, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in ("LineString", "MultiLineString"):
            continue
        coordinates = geometry["coordinates"] if geometry and "coordinates" in geometry else None
        nested = [coordinates] if kind == "LineString" else coordinates
        if not isinstance(nested, list) or not all(isinstance(line, list) for line in nested):
            reader.refuse(
                f"feature {number} says {kind} but holds no lists of [longitude, latitude]", "Export it again."
            )
        lines.extend(_ring(line, number, reader) for line in nested)
    if sum(len(line) for line in lines) > MAX_VERTICES:
        reader.refuse(f"the file has more than {MAX_VERTICES:,} vertices", "Use a line of a coarser scale.")
    # A point said twice in a row is one point.
    moved = [line[np.concatenate([[True], (line[1:] != line[:-1]).any(axis=1)])] for line in lines if len(line)]
    whole = [line for line in moved if len(line) >= 2]
    if not whole:
        reader.refuse("no feature is a LineString of two points or more", "Give a GeoJSON file of lines.")
    return MultiLineString(whole)


def _members(collection: Any, reader: _Reader) -> list[Any]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        kind = collection.get("type") if isinstance(collection, dict) else type(collection).__name__
        reader.refuse(
            f"the file is {str(kind)[:40]!r}, not a FeatureCollection", "Export the map as a GeoJSON FeatureCollection."
        )
    members = collection.get("features")
    if not isinstance(members, list):
        reader.refuse("the FeatureCollection has no list 'features'", "Look at the file; fetch it again if cut off.")
    return members


def as_json(text: bytes | str, *, who: str, error: type[FeedChanged] | type[CaseError]) -> Any:
    """Parse JSON from a stranger: size and depth are looked at before it is parsed.

    Raises:
        FeedChanged, CaseError: As asked: too large, too deep, not JSON, or a number that is none.
    """
    reader = _Reader(who, error)
    raw = text.encode("utf-8", errors="surrogatepass") if isinstance(text, str) else text
    if len(raw) > MAX_BYTES:
        reader.refuse(f"the file has {len(raw):,} bytes, more than {MAX_BYTES:,}", "Use a map of a coarser scale.")
    if not raw.strip():
        reader.refuse("the file is empty", "Fetch it again.")
    if (depth := _depth(raw)) > MAX_DEPTH:
        reader.refuse(f"the file nests {depth} levels deep, more than {MAX_DEPTH}", "This is no map; look at the file.")
    try:
        readable = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        readable = raw.decode("latin-1")  # names in an old encoding do not move a coordinate
    try:
        return json.loads(readable, parse_constant=_no_number)
    except json.JSONDecodeError as trouble:
        cut = trouble.pos >= len(readable.rstrip()) - 1 or trouble.msg.startswith("Unterminated")
        how = "ends in the middle (cut off)" if cut else f"is not JSON ({trouble.msg})"
        reader.refuse(f"the file {how} at line {trouble.lineno}, column {trouble.colno}", "Fetch it again, whole.")
    except ValueError as trouble:
        reader.refuse(
            f"the file holds a number that is none: {trouble}", "Ask the publisher; no coordinate is guessed."
        )


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _depth(raw: bytes) -> int:
    """How deep brackets nest, without those in strings; counted on bytes, so nothing is parsed yet."""
    # Backslashes occur in strings only; taking pairs first leaves each escaped quote recognisable.
    plain = np.frombuffer(raw.replace(b"\\\\", b"").replace(b'\\"', b""), dtype=np.uint8)
    marks = plain[(plain == 0x22) | (plain == 0x5B) | (plain == 0x5D) | (plain == 0x7B) | (plain == 0x7D)]
    in_string = np.cumsum(marks == 0x22, dtype=np.int64) % 2 == 1
    step = np.where((marks == 0x5B) | (marks == 0x7B), 1, -1)
    step[in_string | (marks == 0x22)] = 0
    return int(np.cumsum(step).max(initial=0))


def _polygons(geometry: dict[str, Any], number: int, reader: _Reader) -> list[list[NDArray[np.float64]]]:
    """The rings of each polygon of a geometry as arrays of (longitude, latitude)."""
    coordinates = geometry.get("coordinates")
    nested = [coordinates] if geometry["type"] == "Polygon" else coordinates
    if not isinstance(nested, list) or not all(
        isinstance(polygon, list) and all(isinstance(ring, list) for ring in polygon) for polygon in nested
    ):
        reader.refuse(
            f"feature {number} says {geometry['type']} but its coordinates are not rings of [longitude, latitude]",
            "Export the map again as GeoJSON.",
        )
    return [[_ring(ring, number, reader) for ring in polygon] for polygon in nested]


def _ring(ring: list[Any], number: int, reader: _Reader) -> NDArray[np.float64]:
    """One ring as an array, refused where a position is not two numbers in the range of degrees."""
    if not ring:
        return np.empty((0, 2))
    try:
        # Some tools write a height as a third number, even at some positions only: it is not used.
        points = np.array([[position[0], position[1]] for position in ring])
    except (TypeError, IndexError, KeyError, ValueError, OverflowError):
        points = np.empty((0, 0))
    if points.ndim != 2 or points.shape[1] != 2 or points.dtype.kind not in "iuf":
        reader.refuse(
            f"feature {number} holds a position that is not [longitude, latitude] in numbers",
            "Export the map again as GeoJSON.",
        )
    degrees = points.astype(np.float64)
    if not np.isfinite(degrees).all():
        reader.refuse(
            f"feature {number} holds a coordinate that is no finite number", "Ask the publisher; none is guessed."
        )
    lon, lat = np.abs(degrees).max(axis=0)
    if lon > 180 or lat > 90:
        worst = degrees[int(np.argmax(np.maximum(np.abs(degrees[:, 0]) / 180, np.abs(degrees[:, 1]) / 90)))]
        looks = (
            "latitude and longitude look swapped"
            if lon <= 90 and lat <= 180
            else "they look projected (metres) or swapped"
        )
        reader.refuse(
            f"feature {number} holds [{worst[0]:g}, {worst[1]:g}], outside the range of degrees; {looks}",
            "Export the map in longitude, latitude on WGS 84 (EPSG:4326, CRS84).",
        )
    return degrees


def _area(polygons: list[list[NDArray[np.float64]]]) -> tuple[BaseGeometry, bool]:
    """The area of one feature's polygons, mended where needed, and whether it was."""
    mended = False
    areas: list[BaseGeometry] = []
    for rings in polygons:
        whole = [ring for ring in rings if len(ring) >= 3]
        mended |= len(whole) < len(rings) or any((ring[0] != ring[-1]).any() for ring in whole)
        if not rings or len(rings[0]) < 3:
            continue
        area: BaseGeometry = Polygon(whole[0], whole[1:])
        if not area.is_valid:
            mended = True
            area = areas_only(shapely.make_valid(area))
        areas.append(area)
    together = MultiPolygon([p for area in areas for p in areas_only(area).geoms])
    if together.is_valid:
        return together, mended
    return areas_only(shapely.union_all(areas)), True


def areas_only(geometry: BaseGeometry) -> MultiPolygon:
    """The polygons of any geometry that have an area; points, lines and slivers are let go."""
    parts = shapely.get_parts(shapely.get_parts([geometry]))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon" and part.area > SLIVER_DEG2])
