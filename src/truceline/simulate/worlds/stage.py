"""Where a world lies: an invented island in the open ocean, a line from coast to coast, places beside it.

    World, seed --Stage--> line of a day, the control map's rings, the coast, places, positions by chainage

The island is a superellipse around 140 W, 38 N, more than 1,500 km from any land, as wide as its line needs.
Longitudes grow eastward along the line, so one longitude is one place on it.
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from truceline.simulate.theatre import stream
from truceline.simulate.worlds.catalogue import World
from truceline.spacetime import LonLat, distance_m

CENTRE = LonLat(-140.0, 38.0)
HALF_HEIGHT_DEG = 1.3
KM_PER_DEG = 111.195  # of latitude, on a sphere of the mean radius
KM_PER_DEG_LON = KM_PER_DEG * math.cos(math.radians(CENTRE.lat))
TOLERANCE_KM = 3.0
TILT_DEG = 0.3
VERTEX_EVERY_KM = 1.8
PLACE_EVERY_KM = 11.0
_HEADS = ("Hol", "Vel", "Bran", "Or", "Mist", "Tes", "Sedge", "Pel", "Yar", "Dros", "Am", "Kar", "Us", "Wen", "Fal")
_TAILS = ("lin", "mere", "del", "rick", "low", "kel", "by", "lam", "rin", "ka", "bry", "row", "kar", "dale", "more")


@dataclass(frozen=True)
class Town:
    """A settlement: chainage on the first day's line and km north (+) or south (-) of it."""

    name: str
    km: float
    north_km: float
    at: LonLat


class Track:
    """A line with the chainage of its vertices, for many look-ups."""

    def __init__(self, line: tuple[LonLat, ...]) -> None:
        self.line = line
        self.along = [0.0]
        for a, b in pairwise(line):
            self.along.append(self.along[-1] + distance_m(a, b) / 1000)
        self.lons = [p.lon for p in line]

    @property
    def length_km(self) -> float:
        return self.along[-1]

    def at(self, km: float, north_km: float = 0.0) -> LonLat:
        """The position at a chainage, moved north or south; beyond an end, that end."""
        km = min(max(km, 0.0), self.length_km)
        n = max(1, bisect_left(self.along, km))
        share = (km - self.along[n - 1]) / (self.along[n] - self.along[n - 1])
        a, b = self.line[n - 1], self.line[n]
        lat = a.lat + (b.lat - a.lat) * share + north_km / KM_PER_DEG
        return LonLat(round(a.lon + (b.lon - a.lon) * share, 5), round(lat, 5))

    def km_of(self, lon: float) -> float:
        """The chainage at a longitude."""
        n = min(max(1, bisect_left(self.lons, lon)), len(self.lons) - 1)
        share = (lon - self.lons[n - 1]) / (self.lons[n] - self.lons[n - 1])
        return self.along[n - 1] + (self.along[n] - self.along[n - 1]) * min(max(share, 0.0), 1.0)


class Stage:
    """The geography of one world and seed."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.seed = world, seed
        shape = self.chance("shape")
        self._waves = [(shape.uniform(45, 70), 0.075), (shape.uniform(20, 32), 0.022), (shape.uniform(120, 200), 0.12)]
        self._phases = [shape.uniform(0, 2 * math.pi) for _ in self._waves]
        self._half_width_deg = self.world.line_km / 2.4 / KM_PER_DEG_LON
        self._fit()
        self._lines: dict[int, tuple[LonLat, ...]] = {}

    def chance(self, concern: str) -> random.Random:
        """A stream of chance of its own for each concern of this world."""
        return stream(self.seed, f"{self.world.name}/{concern}")

    @cached_property
    def track(self) -> Track:
        """The first day's line: what things are placed along."""
        return Track(self.line_of(1))

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """(west, south, east, north), a little beyond the coast."""
        reach = self._half_width_deg + 0.3
        return (
            round(CENTRE.lon - reach, 3),
            round(CENTRE.lat - HALF_HEIGHT_DEG - 0.3, 3),
            round(CENTRE.lon + reach, 3),
            round(CENTRE.lat + HALF_HEIGHT_DEG + 0.3, 3),
        )

    def line_of(self, day: int) -> tuple[LonLat, ...]:
        """The line of a day from the west coast to the east; a publisher redraws a twelfth of it daily."""
        if day not in self._lines:
            west, east = self._ends
            count = max(30, round(self.world.line_km / VERTEX_EVERY_KM))
            lons = [west + (east - west) * n / count for n in range(count + 1)]
            first = self.chance("line")
            shifts = [first.uniform(-0.0022, 0.0022) for _ in lons]
            for redraw in range(1, day + 1):
                chance = self.chance(f"line/{redraw}")
                for n in range(1, count):
                    if chance.random() < 1 / 12:
                        shifts[n] = chance.uniform(-0.0035, 0.0035)
            shifts[0] = shifts[-1] = 0.0
            self._lines[day] = tuple(
                LonLat(round(lon, 6), round(self._lat(lon) + shift, 6)) for lon, shift in zip(lons, shifts, strict=True)
            )
        return self._lines[day]

    def coast(self) -> tuple[LonLat, ...]:
        """The coast as the island's own survey draws it: closed, counter-clockwise."""
        ring = [self._coast_at(2 * math.pi * n / 360) for n in range(360)]
        return (*ring, ring[0])

    def held(self, day: int) -> tuple[tuple[LonLat, ...], ...]:
        """Rings of the area alpha holds as its publisher draws it: what lies north of the line, and an islet."""
        line = self.line_of(day)
        hand = self.chance("map coast")
        east, west = (self._turn_of(end) for end in (line[-1], line[0]))
        steps = max(120, round(self.world.line_km / 4))
        coast = []
        for n in range(1, steps):
            at = self._coast_at(east + (west - east) * n / steps)
            coast.append(
                LonLat(round(at.lon + hand.uniform(-0.005, 0.005), 6), round(at.lat + hand.uniform(-0.004, 0.004), 6))
            )
        spot = LonLat(CENTRE.lon - 0.4 * self._half_width_deg, CENTRE.lat + HALF_HEIGHT_DEG + 0.15)
        turns = [2 * math.pi * n / 9 for n in range(9)]
        islet = [
            LonLat(round(spot.lon + 0.03 * math.cos(a), 6), round(spot.lat + 0.02 * math.sin(a), 6)) for a in turns
        ]
        return (*line, *coast, line[0]), (*islet, islet[0])

    @cached_property
    def towns(self) -> tuple[Town, ...]:
        """Settlements every eleven kilometres or so, on either side; no two of one name."""
        chance = self.chance("towns")
        names = [head + tail for head in _HEADS for tail in _TAILS]
        chance.shuffle(names)
        count = max(4, round(self.track.length_km / PLACE_EVERY_KM))
        found = []
        for n in range(count):
            km = round((n + chance.uniform(0.3, 0.7)) * self.track.length_km / count, 1)
            north = round(chance.choice((-1, 1)) * chance.uniform(1.5, 5.5), 1)
            found.append(Town(names[n], km, north, self.track.at(km, north)))
        return tuple(found)

    def town_near(self, km: float) -> Town:
        """The settlement nearest along the line."""
        n = bisect_left([town.km for town in self.towns], km)
        return min(self.towns[max(0, n - 1) : n + 1], key=lambda town: abs(town.km - km))

    @cached_property
    def _ends(self) -> tuple[float, float]:
        """Longitudes at which the line meets the coast, west and east."""

        def crossing(inside: float, outside: float) -> float:
            for _ in range(60):
                middle = (inside + outside) / 2
                x, y = (middle - CENTRE.lon) / self._half_width_deg, (self._lat(middle) - CENTRE.lat) / HALF_HEIGHT_DEG
                inside, outside = (middle, outside) if x**4 + y**4 < 1 else (inside, middle)
            return inside

        reach = self._half_width_deg * 1.01
        return crossing(CENTRE.lon, CENTRE.lon - reach), crossing(CENTRE.lon, CENTRE.lon + reach)

    def _lat(self, lon: float) -> float:
        """Latitude of the undisturbed line. It falls from west to east by more than its waves are high, so that its
        north-most end, from which chainages count, is always the west one.
        """
        x = (lon - CENTRE.lon) * KM_PER_DEG_LON
        waves = zip(self._waves, self._phases, strict=True)
        bends = math.fsum(high * math.sin(2 * math.pi * x / long + phase) for (long, high), phase in waves)
        fall = TILT_DEG * (lon - CENTRE.lon) / self._half_width_deg
        return CENTRE.lat + (bends - fall) * min(1.0, self.world.line_km / 250)

    def _fit(self) -> None:
        """Make the island so wide that the line is as long as the world asks."""
        for _ in range(6):
            half = self._half_width_deg
            xs = [CENTRE.lon - half + 2 * half * n / 600 for n in range(601)]
            points = [LonLat(x, self._lat(x)) for x in xs]
            length = math.fsum(distance_m(a, b) for a, b in pairwise(points)) / 1000
            self._half_width_deg *= (self.world.line_km + 2 * TOLERANCE_KM) / length

    def _coast_at(self, turn: float) -> LonLat:
        c, s = math.cos(turn), math.sin(turn)
        return LonLat(
            round(CENTRE.lon + self._half_width_deg * math.copysign(math.sqrt(abs(c)), c), 6),
            round(CENTRE.lat + HALF_HEIGHT_DEG * math.copysign(math.sqrt(abs(s)), s), 6),
        )

    def _turn_of(self, at: LonLat) -> float:
        """The coast's parameter at a point on it."""
        y = (at.lat - CENTRE.lat) / HALF_HEIGHT_DEG
        sine = math.copysign(y * y, y)
        turn = math.asin(min(max(sine, -1.0), 1.0))
        return turn if at.lon > CENTRE.lon else math.pi - turn


def poisson(chance: random.Random, mean: float) -> int:
    """A Poisson number by unit-rate waiting times: the same on every Python, fine for means below some thousands."""
    count, waited = 0, chance.expovariate(1.0)
    while waited < mean:
        count += 1
        waited += chance.expovariate(1.0)
    return count


@lru_cache(maxsize=64)
def stage_of(world: World, seed: int) -> Stage:
    """The stage of a world and seed, made once."""
    return Stage(world, seed)
