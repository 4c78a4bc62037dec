"""What burns and is no act of fire: stubble, scrub, works that always burn, and fires set to deceive.

    Stage, acts --blazes--> Blaze, Blaze, ...: what a passing satellite may see, and what lit it

A blaze that an act lit carries the act's id; a benign one carries none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from truceline.simulate.theatre import day_start
from truceline.simulate.worlds.fire import Act
from truceline.simulate.worlds.stage import Stage, poisson
from truceline.spacetime import LonLat


@dataclass(frozen=True)
class Blaze:
    """Something that burns for a while.

    Attributes:
        kind: ``act``, ``harvest``, ``wildfire``, ``works`` or ``set``.
        act: The act that lit it, None for the others.
        pixels: Detections it gives to one clear pass, about.
    """

    id: str
    kind: str
    act: str | None
    start: datetime
    end: datetime
    km: float
    at: LonLat
    pixels: int


def blazes(stage: Stage, days: int, fired: tuple[Act, ...]) -> tuple[Blaze, ...]:
    """Everything that burns, by start and id."""
    found = [*_lit(stage, fired), *_works(stage, days)]
    for day in range(1, days + 1):
        found += _fields(stage, day)
        found += _scrub(stage, day, days)
    if "set_fire" in stage.world.deceptions:
        found += _set_fires(stage, days)
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def ordinary_blazes(stage: Stage, first: int, last: int, concern: str) -> tuple[Blaze, ...]:
    """What burns in another year: fields and scrub drawn anew, the works where they always are."""
    found = list(_works(stage, 1, first, last))
    for day in range(first, last + 1):
        found += _fields(stage, day, concern)
        found += _scrub(stage, day, last, concern)
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def _lit(stage: Stage, fired: tuple[Act, ...]) -> list[Blaze]:
    chance = stage.chance("lit")
    found = []
    for act in fired:
        lasts, pixels = timedelta(minutes=round(60 * chance.lognormvariate(0.6, 0.8))), chance.randint(1, 3)
        if act.lit:
            found.append(Blaze(f"f{act.id}", "act", act.id, act.start, act.end + lasts, act.km, act.at, pixels))
    return found


def _fields(stage: Stage, day: int, concern: str = "") -> list[Blaze]:
    """Stubble: lit in the forenoon, out by evening, in parts of the line that farm."""
    chance, length = stage.chance(f"{concern}fields/{day}"), stage.track.length_km
    found = []
    for n in range(poisson(chance, stage.world.fields * length / 100)):
        km = length * chance.betavariate(1.3, 2.2)
        start = day_start(day) + timedelta(minutes=round(60 * chance.uniform(8.5, 14)))
        end = start + timedelta(minutes=round(60 * chance.uniform(1.0, 5.0)))
        at = stage.track.at(km, chance.choice((-1, 1)) * chance.uniform(1.0, 16.0))
        found.append(Blaze(f"h{day:03d}-{n + 1:04d}", "harvest", None, start, end, km, at, chance.randint(1, 4)))
    return found


def _scrub(stage: Stage, day: int, days: int, concern: str = "") -> list[Blaze]:
    """Scrub: burns for days and walks."""
    chance, length = stage.chance(f"{concern}scrub/{day}"), stage.track.length_km
    found = []
    for n in range(poisson(chance, stage.world.scrub * length / 100)):
        km, north = chance.uniform(5, length - 5), chance.choice((-1, 1)) * chance.uniform(2, 18)
        start = day_start(day) + timedelta(minutes=round(60 * chance.uniform(10, 16)))
        for leg in range(min(chance.randint(1, 4), days + 1 - day)):
            at = stage.track.at(km + leg * chance.uniform(-1, 1), north + leg * chance.uniform(-0.8, 0.8))
            begin = start + timedelta(hours=24 * leg)
            found.append(
                Blaze(f"w{day:03d}-{n + 1:03d}-{leg}", "wildfire", None, begin, begin + timedelta(hours=24), km, at,
                      chance.randint(2, 8))
            )  # fmt: skip
    return found


def _works(stage: Stage, days: int, first: int = 0, last: int | None = None) -> list[Blaze]:
    """Furnaces and flares: at fixed places, every night and day."""
    chance, length = stage.chance("works"), stage.track.length_km
    found = []
    for n in range(max(1, round(stage.world.works * length / 100))):
        km, north = chance.uniform(5, length - 5), chance.choice((-1, 1)) * chance.uniform(3, 18)
        at, start = stage.track.at(km, north), day_start(first)
        found.append(
            Blaze(
                f"k{n + 1:03d}",
                "works",
                None,
                start,
                start + timedelta(days=days + 2 if last is None else last + 2 - first),
                km,
                at,
                chance.randint(1, 2),
            )
        )
    return found


def _set_fires(stage: Stage, days: int) -> list[Blaze]:
    """Somebody lights brush close to the line, where patrols stand, and calls it shelling."""
    found = []
    for day in range(3, days + 1):
        chance = stage.chance(f"set/{day}")
        for n in range(4):
            km = chance.uniform(10, stage.track.length_km - 10)
            start = day_start(day) + timedelta(minutes=round(60 * chance.uniform(9, 15)))
            at = stage.track.at(km, chance.uniform(-3, 3))
            found.append(Blaze(f"s{day:03d}-{n + 1}", "set", None, start, start + timedelta(hours=3), km, at, 3))
    return found
