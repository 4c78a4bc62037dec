"""The stage: an invented island in the open ocean, two invented parties, a line from coast to coast.

    coastline() ---.
    line_of(seed, day) --- control_area(seed, day) ---> the map a publisher draws of alpha's area

Everything here is data of a country that does not exist. `Ostrel` lies around 150 W, 42 N, more than
2,000 km from any land, so that no real border can come into a measurement. Longitudes grow eastward along the
line, so one longitude is one place on it. Stretches are told by chainage in km from the west coast.
Start at `line_of`.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from truceline.spacetime import LonLat, distance_m

COUNTRY = "Island of Ostrel"
ZONE = "Etc/GMT+10"  # ten hours behind UTC: the sign of these names is reversed by POSIX custom
CUTOFF = "19:30"
FIRST_DAY = datetime(2031, 9, 3, tzinfo=ZoneInfo(ZONE))

CENTRE = LonLat(-150.0, 42.0)
HALF_WIDTH_DEG = 1.55
HALF_HEIGHT_DEG = 0.95
EXTENT = (-152.2, 40.6, -147.8, 43.4)  # west, south, east, north: what a satellite's swath is cut to
COAST_VERTICES = 240
LINE_VERTICES = 170

# What the line passes, by km from the west coast. Sectors of 25 km begin about 3 km from the coast (the
# agreement's tolerance), so these fall on sector ends.
WATCHED_KM = ((0.0, 128.0), (178.0, 253.0))
CLOUDED_KM = (128.0, 178.0)
DEAD_KM = (253.0, 400.0)
EDGE_KM = 3.0  # a post hears, and a cloud reaches, a little beyond the end of its stretch


@dataclass(frozen=True)
class Side:
    """One invented party: what its people, offices and outlets are called."""

    id: str
    name: str
    possessive: str
    capital: str
    aliases: tuple[str, ...]
    channels: tuple[str, ...]
    president: str
    minister: str
    spokesman: str
    staff_speaker: str


ALPHA = Side(
    id="alpha",
    name="Norland",
    possessive="Norland's",
    capital="Norhaven",
    aliases=("Norlander", "Norlanders", "Norhaven", "Ilda Maren", "Greta Aune", "Tomas Orde", "Hanne Vik"),
    channels=("Norland general staff", "Norland's general staff", "Norland defence ministry", "Norhaven Radio"),
    president="Ilda Maren",
    minister="Greta Aune",
    spokesman="Tomas Orde",
    staff_speaker="Hanne Vik",
)
BRAVO = Side(
    id="bravo",
    name="Sudria",
    possessive="Sudria's",
    capital="Sudgate",
    aliases=("Sudrian", "Sudrians", "Sudgate", "Pavo Keld", "Marta Ruun", "Rurik Sohl", "Elna Brask"),
    channels=("Sudria general staff", "Sudria's general staff", "Sudria defence ministry", "Sudgate Radio"),
    president="Pavo Keld",
    minister="Marta Ruun",
    spokesman="Rurik Sohl",
    staff_speaker="Elna Brask",
)

RIDGE = "Ridge News Agency"
HARBOUR = "Harbour Wire"
MISSION = "Ostrel Observer Mission"


@dataclass(frozen=True)
class Place:
    """A settlement near the line, at a chainage and a distance north (+) or south (-) of it."""

    name: str
    chainage_km: float
    north_km: float


PLACES = (
    Place("Uskar", 15.0, 4.0),
    Place("Karrow", 40.0, -5.0),
    Place("Hollin", 65.0, 3.0),
    Place("Velm", 91.0, -2.0),
    Place("Brandel", 97.0, 5.0),
    Place("Orrick", 115.0, -4.0),
    Place("Mistlow", 140.0, 3.0),
    Place("Teskel", 165.0, -3.0),
    Place("Sedgeby", 190.0, 2.0),
    Place("Pellam", 215.0, -3.0),
    Place("Yarrin", 241.0, 4.0),
    Place("Drosk", 266.0, -2.0),
    Place("Ambry", 288.0, 3.0),
)
CAPITALS = {ALPHA.id: LonLat(-150.12, 42.66), BRAVO.id: LonLat(-149.42, 41.44)}


def stream(seed: int, name: str) -> random.Random:
    """A stream of chance of its own for each concern, so that a new feed shifts no other one's bytes."""
    return random.Random(f"truceline/{seed}/{name}")  # noqa: S311 (a fictional world, no secret)


def day_start(day: int) -> datetime:
    """Local midnight (UTC) that opens the simulated day; day 1 is the first."""
    return (FIRST_DAY + timedelta(days=day - 1)).astimezone(UTC)


def truce_start() -> datetime:
    """When the truce begins (UTC): 18:00 local of day 2, an hour and a half before that day's cut-off."""
    return day_start(2) + timedelta(hours=18)


def cutoff_of(day: int) -> datetime:
    """The moment (UTC) that closes the bulletin of a simulated day; 0 is the day before the first."""
    return day_start(day) + timedelta(hours=int(CUTOFF[:2]), minutes=int(CUTOFF[3:]))


def coast_at(angle: float) -> LonLat:
    """The coast in a direction from the island's centre, radians counter-clockwise from east."""
    reach = 1.0 + 0.05 * math.sin(3 * angle + 0.7) + 0.035 * math.sin(7 * angle + 2.1) + 0.015 * math.sin(17 * angle)
    return LonLat(
        CENTRE.lon + HALF_WIDTH_DEG * reach * math.cos(angle), CENTRE.lat + HALF_HEIGHT_DEG * reach * math.sin(angle)
    )


def coastline() -> tuple[LonLat, ...]:
    """The island's coast as its own survey draws it: closed, counter-clockwise."""
    ring = [coast_at(2 * math.pi * n / COAST_VERTICES) for n in range(COAST_VERTICES)]
    return (*ring, ring[0])


def line_lat(lon: float) -> float:
    """Latitude of the undisturbed line at a longitude."""
    x = lon - CENTRE.lon
    return CENTRE.lat + 0.118 * math.sin(5.1 * x + 0.4) + 0.042 * math.sin(11.3 * x + 1.9) - 0.12 * x


@lru_cache(maxsize=1)
def line_ends() -> tuple[float, float]:
    """Directions (radians) from the centre in which the line meets the coast: east, then west."""

    def above(angle: float) -> float:
        at = coast_at(angle)
        return at.lat - line_lat(at.lon)

    def crossing(low: float, high: float) -> float:
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if (above(low) < 0) == (above(middle) < 0) else (low, middle)
        return (low + high) / 2

    return crossing(-0.5, 0.5), crossing(math.pi - 0.5, math.pi + 0.5)


@lru_cache(maxsize=256)
def line_of(seed: int, day: int) -> tuple[LonLat, ...]:
    """The line of a day, from the west coast to the east coast.

    A publisher redraws a little every day: about one vertex in twelve has moved by some hundred metres
    since the day before.
    """
    east, west = (coast_at(angle) for angle in line_ends())
    first = stream(seed, "line")
    lons = [west.lon + (east.lon - west.lon) * n / (LINE_VERTICES - 1) for n in range(LINE_VERTICES)]
    lats = [line_lat(lon) + first.uniform(-0.0022, 0.0022) for lon in lons]
    for redraw in range(1, day + 1):
        chance = stream(seed, f"line/{redraw}")
        for n in range(LINE_VERTICES):
            if chance.random() < 1 / 12:
                lats[n] = line_lat(lons[n]) + chance.uniform(-0.0035, 0.0035)
    lats[0], lats[-1] = west.lat, east.lat
    return tuple(LonLat(round(lon, 6), round(lat, 6)) for lon, lat in zip(lons, lats, strict=True))


def control_area(seed: int, day: int) -> tuple[tuple[LonLat, ...], ...]:
    """Rings of the area alpha holds, as the publisher draws it: the north of the island and an islet.

    The publisher's coast is its own drawing, up to half a kilometre off the survey's.
    """
    east, west = line_ends()
    hand = stream(seed, "map coast")
    line = list(line_of(seed, day))
    steps = 150
    coast = []
    for n in range(1, steps):
        at = coast_at(east + (west - east) * n / steps)
        coast.append(
            LonLat(round(at.lon + hand.uniform(-0.005, 0.005), 6), round(at.lat + hand.uniform(-0.004, 0.004), 6))
        )
    mainland = (*line, *coast, line[0])
    islet = [LonLat(round(-151.05 + 0.03 * math.cos(a), 6), round(43.18 + 0.02 * math.sin(a), 6)) for a in _turn(9)]
    return mainland, (*islet, islet[0])


def _turn(corners: int) -> list[float]:
    return [2 * math.pi * n / corners for n in range(corners)]


@lru_cache(maxsize=256)
def chainages_km(line: tuple[LonLat, ...]) -> tuple[float, ...]:
    """Km from the first vertex at each vertex of a line."""
    out = [0.0]
    for a, b in pairwise(line):
        out.append(out[-1] + distance_m(a, b) / 1000)
    return tuple(out)


def point_at(line: tuple[LonLat, ...], km: float) -> LonLat:
    """The position at a chainage; beyond an end, that end."""
    along = chainages_km(line)
    if km <= 0:
        return line[0]
    if km >= along[-1]:
        return line[-1]
    n = bisect_left(along, km)
    share = (km - along[n - 1]) / (along[n] - along[n - 1])
    a, b = line[n - 1], line[n]
    return LonLat(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share)


def chainage_of(line: tuple[LonLat, ...], at: LonLat) -> tuple[float, float]:
    """(km along, km beside) of the vertex or mid-segment nearest to a position; good to about a kilometre."""
    along = chainages_km(line)
    best = (math.inf, 0.0)
    for n, (a, b) in enumerate(pairwise(line)):
        for share in (0.0, 0.5):
            spot = LonLat(a.lon + (b.lon - a.lon) * share, a.lat + (b.lat - a.lat) * share)
            best = min(best, (distance_m(spot, at) / 1000, along[n] + (along[n + 1] - along[n]) * share))
    return best[1], best[0]


def beside(line: tuple[LonLat, ...], km: float, north_km: float) -> LonLat:
    """The position at a chainage, moved north (+) or south (-) by some km."""
    at = point_at(line, km)
    return LonLat(round(at.lon, 5), round(at.lat + north_km / 111.1, 5))


def place_of(line: tuple[LonLat, ...], place: Place) -> LonLat:
    """Where a settlement lies; places are laid out along the line of day 1 and do not move."""
    return beside(line, place.chainage_km, place.north_km)


def place_named(name: str) -> Place:
    """The settlement of that name. Raises ValueError naming the known ones."""
    for place in PLACES:
        if place.name == name:
            return place
    raise ValueError(f"no place {name!r}; known: {', '.join(p.name for p in PLACES)}")
