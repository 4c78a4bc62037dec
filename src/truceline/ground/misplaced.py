"""Is the map where it says it is? Swapped axes and the wrong country are named before anything is measured.

    ControlArea, borders, countries --refuse_misplaced--> nothing, or the error that says what is wrong

A latitude is a legal longitude, so swapped axes pass every check of range; the coast tells them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.errors import FeedChanged
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.spacetime import LonLat

GRID = 12  # places a side that are tried over the area's box
MOST = 0.5  # swapped, at least this share must lie where it should


def refuse_misplaced(control: ControlArea, borders: Borders, countries: Sequence[str] = ()) -> None:
    """Refuse a map whose area lies nowhere it could.

    Args:
        control: The map's area.
        borders: Country polygons.
        countries: On whose land the line is looked for; none named: on any land.
    Raises:
        FeedChanged: No tried place of the area lies there: swapped axes, the wrong country, or the sea.
    """
    places = _inside(control)
    lies = Counter(_country(borders, lon, lat) for lon, lat in places)
    wanted = set(countries) or {country.name for country in borders.countries}
    if sum(n for name, n in lies.items() if name in wanted):
        return
    turned = Counter(_country(borders, lat, lon) for lon, lat in places if abs(lon) <= 90)
    best = lies.most_common(1)[0][0] or "the sea"
    asked = f"in {', '.join(countries)}" if countries else "on land"
    if sum(n for name, n in turned.items() if name in wanted) >= MOST * len(places):
        raise FeedChanged(
            control.publisher,
            f"the area lies in {best}, not {asked}; exchange latitude and longitude and it does: its axes are swapped",
            "Export the map in longitude, latitude on WGS 84 (EPSG:4326, CRS84).",
        )
    if countries:
        raise FeedChanged(
            control.publisher,
            f"the area lies in {best}, not {asked}: the map is of another country, or the country is the wrong one",
            "Give the map of the theatre, or mend ground.countries (--country).",
        )
    # On no land at all and not swapped either: borders of another part of the world; the line says what it found.


def _inside(control: ControlArea) -> NDArray[np.float64]:
    """Places inside the area: of a grid over its box, and one in each of its largest parts."""
    west, south, east, north = control.area.bounds
    lon, lat = np.meshgrid(np.linspace(west, east, GRID + 2)[1:-1], np.linspace(south, north, GRID + 2)[1:-1])
    grid = np.column_stack([lon.ravel(), lat.ravel()])
    shapely.prepare(control.area)
    inside = grid[shapely.contains_xy(control.area, grid[:, 0], grid[:, 1])]
    parts = sorted(shapely.get_parts(control.area), key=lambda part: -part.area)[:8]
    return np.concatenate([inside, shapely.get_coordinates(shapely.point_on_surface(parts))])


def _country(borders: Borders, lon: float, lat: float) -> str | None:
    return borders.country_at(LonLat((float(lon) + 180.0) % 360.0 - 180.0, float(lat)))
