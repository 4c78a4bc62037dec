"""A fictional theatre: one rectangular country, split from its south to its north edge by a wavy line.

The line's length is known before any of our code runs, so tests compare with it.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

from pyproj import Geod

from truceline.ground.borders import Borders, from_geojson
from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import read_control_area

WEST, EAST, SOUTH, NORTH, MIDDLE = 9.0, 13.0, 50.0, 52.0, 11.0
DAY = date(2031, 4, 19)
Ring = list[list[float]]


def wave(east_by: float = 0.0, swing: float = 0.2, steps: int = 200) -> Ring:
    """The planted line from south to north, degrees."""
    return [
        [MIDDLE + east_by + swing * math.sin(6 * math.pi * k / steps), SOUTH + (NORTH - SOUTH) * k / steps]
        for k in range(steps + 1)
    ]


def wave_km(south: float, north: float, swing: float = 0.2) -> float:
    """Geodesic length of the planted line between two latitudes, measured without our code."""
    fine = [point for point in wave(swing=swing, steps=20_000) if south <= point[1] <= north]
    return float(Geod(ellps="WGS84").line_length([p[0] for p in fine], [p[1] for p in fine])) / 1000


def east_ring(east_by: float = 0.0, swing: float = 0.2) -> Ring:
    """The part east of the wave, as a closed ring."""
    line = wave(east_by, swing)
    return [*line, [EAST + east_by, NORTH], [EAST + east_by, SOUTH], line[0]]


def rectangle(west: float, south: float, east: float, north: float) -> Ring:
    """A closed ring round a box."""
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection(*polygons: list[Ring], names: tuple[str, ...] = ()) -> bytes:
    """A FeatureCollection of polygons, named where names are given."""
    features: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "properties": {"name": names[k]} if names else {},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for k, rings in enumerate(polygons)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def read(text: bytes, day: date = DAY, publisher: str = "atlas", held_by: str = "alpha") -> ControlArea:
    """Read a control map as the feed would."""
    return read_control_area(text, publisher=publisher, day=day, held_by=held_by, entry=f"{publisher}-{day}")


def country(east_by: float = 0.0) -> Borders:
    """The country alone in its sea."""
    box = rectangle(WEST + east_by, SOUTH, EAST + east_by, NORTH)
    return from_geojson(collection([box], names=("Northland",)), "borders.geojson")
