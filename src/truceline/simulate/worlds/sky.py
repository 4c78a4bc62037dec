"""What satellites record: passes, moving cloud, swaths, misses; and what they say of their own view.

    Stage, blazes --sky--> Sighting (who saw which blaze when), FIRMS rows, boxes of looks

Two products, as the real archives give them: VIIRS of two satellites and MODIS of two. Cloud is a field of
bands that drift along the line; a blaze under it gives nothing. A coverage table tells each box's clear share;
what it tells may be wrong where the world says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from truceline.simulate.sensors import Heat, Look
from truceline.simulate.theatre import cutoff_of, day_start
from truceline.simulate.worlds.burning import Blaze
from truceline.simulate.worlds.stage import Stage

CELL_KM = 5.0  # cloud is drawn in cells of this length
BOX_KM = 25.0  # the coverage table tells boxes of this length


@dataclass(frozen=True)
class Satellite:
    """One satellite: its product's feed, its letter in it, local hours of its passes, its chance to see a blaze."""

    feed: str
    letter: str
    hours: tuple[float, float]
    sees: float


# Mean local times of the equator crossings: NASA Earthdata, pages of S-NPP and NOAA-20 (13:30), Terra (10:30)
# and Aqua (13:30). The chances to see are ours: an invented world's, not a product's.
SATELLITES: tuple[Satellite, ...] = (
    Satellite("viirs", "N", (1.4, 13.4), 0.85),
    Satellite("viirs", "N20", (2.2, 14.2), 0.85),
    Satellite("modis", "T", (10.5, 22.5), 0.6),
    Satellite("modis", "A", (1.6, 13.6), 0.6),
)


@dataclass(frozen=True)
class Pass:
    """One satellite's overpass and the chainages (km) its swath covers."""

    at: datetime
    satellite: Satellite
    from_km: float
    to_km: float

    @property
    def by_day(self) -> bool:
        return 6 < (self.at - day_start(0)).seconds / 3600 < 20


@dataclass(frozen=True)
class Sighting:
    """That a pass saw a blaze."""

    blaze: Blaze
    over: Pass
    rows: int


class Sky:
    """All that passes over one world."""

    def __init__(self, stage: Stage, days: int) -> None:
        self.stage, self.days = stage, days
        chance = stage.chance("cloud")
        self._bands = [
            (chance.uniform(60, 400), chance.uniform(-30, 30), chance.uniform(0, 2 * math.pi), chance.uniform(0.5, 1))
            for _ in range(6)
        ]

    @cached_property
    def passes(self) -> tuple[Pass, ...]:
        """Every pass between the cut-offs, none of a feed after its provider withdrew it."""
        length, found = self.stage.track.length_km, []
        for day in range(0, self.days + 1):
            chance = self.stage.chance(f"passes/{day}")
            for satellite in SATELLITES:
                for hour in satellite.hours:
                    at = day_start(day) + timedelta(minutes=round(hour * 60) + chance.randint(-19, 19))
                    edge = chance.uniform(0.2, 1.0) * length if chance.random() < 0.25 else length
                    start, end = (0.0, edge) if chance.random() < 0.5 else (length - edge, length)
                    if cutoff_of(0) <= at < cutoff_of(self.days) and not self._withdrawn(satellite.feed, at):
                        found.append(Pass(at, satellite, start, end))
        return tuple(sorted(found, key=lambda one: (one.at, one.satellite.letter)))

    @property
    def withdrawn_from(self) -> datetime | None:
        """When the provider of the VIIRS feed withdraws it; None: never."""
        return day_start(max(2, self.days // 2 + 1)) if self.stage.world.withdrawn else None

    def _withdrawn(self, feed: str, at: datetime) -> bool:
        return feed == "viirs" and self.withdrawn_from is not None and at >= self.withdrawn_from

    def clouded(self, km: float, at: datetime) -> bool:
        """Whether the cell of a chainage lies under cloud. The field's share of cloud is the world's, about."""
        cell = (math.floor(km / CELL_KM) + 0.5) * CELL_KM
        hours = (at - day_start(0)) / timedelta(hours=1)
        power = math.fsum(b[3] ** 2 for b in self._bands)
        level = math.fsum(
            high * math.sin(2 * math.pi * (cell - speed * hours) / long + phase)
            for long, speed, phase, high in self._bands
        ) / math.sqrt(power / 2)  # about standard normal
        return 0.5 * (1 + math.erf(level / math.sqrt(2))) < self.stage.world.cloud

    def sightings(self, burning: Iterable[Blaze]) -> tuple[Sighting, ...]:
        """Which pass saw which blaze; under cloud and beyond the swath none does."""
        chance, found = self.stage.chance("sightings"), []
        everything = sorted(burning, key=lambda one: (one.start, one.id))
        for over in self.passes:
            for blaze in everything:
                if blaze.start > over.at:
                    break
                if over.at >= blaze.end or not over.from_km <= blaze.km <= over.to_km:
                    continue
                seen, rows = chance.random() < over.satellite.sees, max(1, blaze.pixels + chance.randint(-1, 1))
                if seen and not self.clouded(blaze.km, over.at):
                    found.append(Sighting(blaze, over, rows))
        return tuple(found)

    def detections(self, sightings: Iterable[Sighting], feed: str) -> tuple[Heat, ...]:
        """The FIRMS rows of a feed. kelvin, km, MW."""
        chance, found = self.stage.chance(f"rows/{feed}"), []
        pixel = 0.006 if feed == "modis" else 0.003
        for one in sightings:
            if one.over.satellite.feed != feed:
                continue
            base = 295.0 if one.over.by_day else 281.0
            for _ in range(one.rows):
                frp = round(min(1 + chance.expovariate(1 / 14), 400), 2)
                found.append(
                    Heat(
                        at=one.over.at,
                        satellite=one.over.satellite.letter,
                        lon=round(one.blaze.at.lon + chance.gauss(0, pixel), 5),
                        lat=round(one.blaze.at.lat + chance.gauss(0, pixel * 0.8), 5),
                        brightness=round(base + 14 + min(frp, 60) * 0.6 + chance.uniform(0, 4), 2),
                        bright_t31=round(base + chance.uniform(-4, 4), 2),
                        frp=frp,
                        scan=round(chance.uniform(1.0, 2.4) if feed == "modis" else chance.uniform(0.37, 0.75), 2),
                        track=round(chance.uniform(1.0, 1.5) if feed == "modis" else chance.uniform(0.37, 0.6), 2),
                        confidence=chance.randint(38, 96),
                        by_day=one.over.by_day,
                    )
                )
        return tuple(sorted(found, key=lambda hit: (hit.at, hit.lat, hit.lon, hit.frp)))

    def looks(self, feed: str) -> tuple[Look, ...]:
        """What the feed says of its own view: a box of 25 km for each pass, with the share it calls clear."""
        track, (_, south, _, north) = self.stage.track, self.stage.bounds
        found = []
        for over in self.passes:
            if over.satellite.feed != feed:
                continue
            steps = max(1, round((over.to_km - over.from_km) / BOX_KM))
            for n in range(steps):
                a, b = (over.from_km + (over.to_km - over.from_km) * m / steps for m in (n, n + 1))
                cells = [a + CELL_KM * (k + 0.5) for k in range(max(1, round((b - a) / CELL_KM)))]
                cloud = sum(self.clouded(km, over.at) for km in cells) / len(cells)
                west = track.at(a).lon - (0.1 if a <= 0 else 0.0)
                east = track.at(b).lon + (0.1 if b >= track.length_km else 0.0)
                box = (round(west, 4), south, round(east, 4), north)
                share = round(1 - cloud * self.stage.world.cloud_said, 2)
                found.append(Look(over.at, over.at + timedelta(minutes=5), box, share))
        return tuple(found)
