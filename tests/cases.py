"""Hand-made observations and ground, shared by the tests of the middle rooms."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from truceline.ground import Ground, lay_out
from truceline.ground.borders import from_geojson
from truceline.ground.geojson import read_control_area
from truceline.observations.schema import OBSERVATION
from truceline.spacetime import When

NOON = datetime(2031, 4, 20, 12, tzinfo=UTC)
DAY = When(datetime(2031, 4, 20, tzinfo=UTC), datetime(2031, 4, 21, tzinfo=UTC))


def observation(key: str, **given: Any) -> dict[str, Any]:
    """One observation row: a monitor hears shelling at the middle of the line at noon, unless told otherwise."""
    row: dict[str, Any] = {
        "id": key,
        "feed": "posts",
        "entry": "e0",
        "line": 2,
        "event_class": "shelling",
        "means": "heard",
        "origin": "monitor",
        "origin_reason": "feed 'posts' is the mission's own",
        "party": None,
        "root": "monitor:posts",
        "speaks": "for",
        "article": key,
        "places_named": 1,
        "lon": -150.5,
        "lat": 42.5,
        "uncertainty_m": 1000.0,
        "near_m": None,
        "far_m": None,
        "bearing_deg": None,
        "width_deg": None,
        "count": None,
        "count_kind": None,
        "start_utc": NOON,
        "end_utc": NOON + timedelta(minutes=1),
        "precision": "minute",
        "sector": "S01",
        "sectors_beside": [],
        "distance_m": 100.0,
        "p_ordinary": None,
        "flagged": None,
        "heat_reasons": None,
        "place": None,
        "text": None,
    }
    unknown = set(given) - set(row)
    assert not unknown, f"no such column: {unknown}"
    return row | given


def day_only(key: str, **given: Any) -> dict[str, Any]:
    """A report that names only its day."""
    whole = {"start_utc": DAY.start, "end_utc": DAY.end, "precision": "day", "means": "reported"}
    return observation(key, **(whole | given))


def heat(key: str, **given: Any) -> dict[str, Any]:
    """A thermal detection."""
    sensor = {
        "origin": "sensor",
        "event_class": "fire_undetermined",
        "feed": "modis",
        "root": "sensor:modis",
        "means": "recorded",
    }
    return observation(key, **(sensor | given))


def table(*rows: dict[str, Any]) -> pa.Table:
    """Rows as a table of observations."""
    return pa.Table.from_pylist(list(rows), schema=OBSERVATION)


def square(west: float, south: float, east: float, north: float, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature: a rectangle in degrees."""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def collection(*features: dict[str, Any]) -> bytes:
    """A GeoJSON FeatureCollection as bytes."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def island(day: date = date(2031, 4, 20), *, sector_km: float = 25.0) -> Ground:
    """A square island, its northern half held by alpha: the line runs along 42.5 N from 151 W to 150 W."""
    area = read_control_area(
        collection(square(-151, 42.5, -150, 43)), publisher="Ridge Maps", day=day, held_by="alpha", entry="e1"
    )
    borders = from_geojson(collection(square(-151, 42, -150, 43, name="Ostrel")))
    return lay_out([area], day, borders=borders, tolerance_km=3, sector_km=sector_km, depth_km=20)
