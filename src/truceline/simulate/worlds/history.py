"""Peaceful years before the truce: the same fields, scrub and works, the same satellites, and no act of fire.

    Stage, sky --years--> Hits of past years, some weeks around the season of the run --ordinary--> a fitted baseline

Drawn cheaply: what burns on a past day is drawn as on a day of the run, and each pass sees it or does not.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from truceline.observations.heat import Hits, fit, to_bytes
from truceline.simulate.theatre import day_start
from truceline.simulate.worlds.burning import Blaze, ordinary_blazes
from truceline.simulate.worlds.catalogue import World
from truceline.simulate.worlds.sky import SATELLITES, Sky
from truceline.simulate.worlds.stage import stage_of
from truceline.terms.satellite import BY_WRITTEN

YEARS = 5
AROUND = 12  # days before and after the first day of the run
_NAMES = tuple(BY_WRITTEN[one.letter.casefold()].name for one in SATELLITES)
_EPOCH = date(1970, 1, 1)


@lru_cache(maxsize=4)
def ordinary(world: World, seed: int) -> bytes:
    """The baseline of a world, as the bytes `truceline heat fit` would write; the same for the same world and seed."""
    return to_bytes(fit(years(world, seed)))


def years(world: World, seed: int, *, first: int = 1, count: int = YEARS) -> Hits:
    """Detections of peaceful years.

    Args:
        world, seed: Whose stage and habits.
        first: How many years before the run the last of them lies.
        count: How many years.
    """
    stage = stage_of(world, seed)
    sky = Sky(stage, 1)
    lon: list[float] = []
    lat: list[float] = []
    day: list[int] = []
    stream: list[int] = []
    for back in range(first, first + count):
        chance = stage.chance(f"history/{back}")
        blazes = ordinary_blazes(stage, 1 - AROUND, 1 + AROUND, f"history/{back}/")
        by_day: dict[int, list[Blaze]] = {}
        for blaze in blazes:
            for n in range((blaze.start - day_start(0)).days, (blaze.end - day_start(0)).days + 1):
                by_day.setdefault(n, []).append(blaze)
        for n in range(1 - AROUND, 2 + AROUND):
            civil = (day_start(n).date() - timedelta(days=365 * back) - _EPOCH).days
            for number, satellite in enumerate(SATELLITES):
                for hour in satellite.hours:
                    at = day_start(n) + timedelta(minutes=round(hour * 60) + chance.randint(-19, 19))
                    past = at - timedelta(days=365 * back)
                    pixel = 0.006 if satellite.feed == "modis" else 0.003
                    for blaze in by_day.get(n, ()):
                        if not blaze.start <= at < blaze.end or chance.random() >= satellite.sees:
                            continue
                        if sky.clouded(blaze.km, past):
                            continue
                        for _ in range(max(1, blaze.pixels + chance.randint(-1, 1))):
                            lon.append(round(blaze.at.lon + chance.gauss(0, pixel), 5))
                            lat.append(round(blaze.at.lat + chance.gauss(0, pixel * 0.8), 5))
                            day.append(civil)
                            stream.append(number)
    return Hits(np.array(lon), np.array(lat), np.array(day, dtype=np.int64), np.array(stream, dtype=np.int64), _NAMES)
