"""Places: what a sector is near to, in words people use.

    data/places.json.gz --builtin--> Places
    middles of sectors --names_for--> one place's name a sector, each name once

Names are the file's; they say where to look on a map and nothing else. GeoNames, CC BY 4.0; data/README.md.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from truceline.spacetime import wgs84

ATTRIBUTION = "Places: GeoNames (geonames.org), CC BY 4.0, names and positions of places of 5,000 people or more."
NEAR_KM = 25.0  # the largest place this near to the middle of a sector names it
FAR_KM = 60.0  # else the nearest one within this; beyond it no place does


@dataclass(frozen=True, eq=False)
class Places:
    """Places with their names, longitude and latitude in degrees (to 0.01), and population to two figures."""

    name: tuple[str, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    population: NDArray[np.int64]

    def within(self, west: float, south: float, east: float, north: float) -> NDArray[np.int64]:
        """Indices of the places in a box, the largest first."""
        inside = (self.lon >= west) & (self.lon <= east) & (self.lat >= south) & (self.lat <= north)
        at = np.flatnonzero(inside)
        return at[np.lexsort((at, -self.population[at]))]


@cache
def builtin() -> Places:
    """The places that come with Truceline, read once."""
    packed = files("truceline.ground").joinpath("data", "places.json.gz").read_bytes()
    content = json.loads(gzip.decompress(packed))
    if content["format"] != "truceline-places-1":
        raise ValueError(f"places.json.gz has format {content['format']!r}, this version reads truceline-places-1")
    return Places(
        tuple(content["name"]),
        np.array(content["lon_centidegrees"]) / 100.0,
        np.array(content["lat_centidegrees"]) / 100.0,
        np.array(content["population"], dtype=np.int64),
    )


def names_for(middles: Sequence[tuple[float, float]], places: Places) -> tuple[str | None, ...]:
    """A place for the middle of each sector: the largest within 25 km, else the nearest within 60 km.

    Each name is used once, for the sector it suits best; others look further.

    Args:
        middles: Longitude and latitude in degrees.
    Returns:
        A name for each, None where nothing is near.
    """
    wanted: list[tuple[float, int, int]] = []
    for n, (lon, lat) in enumerate(middles):
        high = FAR_KM / 111.0
        wide = high / max(np.cos(np.radians(lat)), 0.05)
        at = places.within(lon - wide, lat - high, lon + wide, lat + high)
        if not len(at):
            continue
        km = wgs84().inv(np.full(len(at), lon), np.full(len(at), lat), places.lon[at], places.lat[at])[2] / 1000.0
        for place, far in zip(at.tolist(), km.tolist(), strict=True):
            if far <= FAR_KM:
                # Within NEAR_KM the larger wins; a place counts for less the farther it lies.
                size = np.log10(max(places.population[place], 1_000)) if far <= NEAR_KM else 0.0
                wanted.append((far / NEAR_KM - size, n, place))
    named: dict[int, str] = {}
    taken: set[str] = set()
    for _, n, place in sorted(wanted):
        if n not in named and places.name[place] not in taken:
            named[n] = places.name[place]
            taken.add(places.name[place])
    return tuple(named.get(n) for n in range(len(middles)))
