"""Cells of the declared grid: the only form in which a position leaves us."""

from __future__ import annotations

import math

from truceline.spacetime import LonLat, RingSector


def cell(lon: float, lat: float, grid_deg: float) -> dict[str, float]:
    """The cell of the declared grid that holds a position: fixed, no jitter.

    >>> cell(37.26, 48.01, 0.1)
    {'west': 37.2, 'south': 48.0, 'east': 37.3, 'north': 48.1}
    """
    x, y = math.floor(lon / grid_deg + 1e-9), math.floor(lat / grid_deg + 1e-9)
    sides = (x * grid_deg, y * grid_deg, (x + 1) * grid_deg, (y + 1) * grid_deg)
    west, south, east, north = (round(side, 6) for side in sides)
    return {"west": west, "south": south, "east": east, "north": north}


def cell_of(place: LonLat, ring: RingSector | None, grid_deg: float) -> dict[str, float]:
    """The cell of a position; of a ring sector the cells around all of it, as one box: nobody knows it better."""
    if ring is None:
        return cell(place.lon, place.lat, grid_deg)
    cells = [cell(edge.lon, edge.lat, grid_deg) for edge in ring.outline()]
    return {
        "west": min(c["west"] for c in cells),
        "south": min(c["south"] for c in cells),
        "east": max(c["east"] for c in cells),
        "north": max(c["north"] for c in cells),
    }
