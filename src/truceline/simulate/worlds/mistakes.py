"""What was honestly taken for fire and was not: a blast in a quarry, thunder, a story that was old or wrong.

    Stage --sounds--> what patrols hear and write down    Stage --stories--> what an agency tells in good faith

No source of the real world is always right, and a world in which they are says nothing of how sure one may be. The
rates are chosen, not measured: with them about one agency story in 25 of the catalogue tells of what was not, and a
sound is heard by every patrol in its range, so that two patrols can err together.
"""

from __future__ import annotations

import random
from datetime import timedelta

from truceline.simulate.theatre import day_start
from truceline.simulate.worlds.fire import KINDS, Act, Kind
from truceline.simulate.worlds.stage import Stage, poisson

SOUNDS = 0.05  # per 100 km and day
STORIES = 0.03  # per agency, 100 km and day


def sounds(stage: Stage, days: int) -> tuple[Act, ...]:
    """Blasts and claps of thunder, to be heard as shells are."""
    return _nothing(stage, days, "sounds", SOUNDS, KINDS[:1])


def stories(stage: Stage, days: int, agency: str) -> tuple[Act, ...]:
    """What an agency tells of, though it was not."""
    return _nothing(stage, days, f"stories/{agency}", STORIES, KINDS)


def _nothing(stage: Stage, days: int, concern: str, rate: float, kinds: tuple[Kind, ...]) -> tuple[Act, ...]:
    found = []
    for day in range(1, days + 1):
        chance: random.Random = stage.chance(f"{concern}/{day}")
        for n in range(poisson(chance, rate * stage.track.length_km / 100)):
            km, north = chance.uniform(5, stage.track.length_km - 5), chance.uniform(-6, 6)
            start = day_start(day) + timedelta(minutes=chance.randint(5, 1150))
            kind = chance.choices(kinds, [one.share for one in kinds])[0]
            found.append(
                Act(f"m-{concern}-{day:03d}-{n + 1}", kind, start, start + timedelta(minutes=5), round(km, 3),
                    round(north, 3), stage.track.at(km, north), stage.town_near(km).name, by="", lit=False,
                    rounds=chance.randint(1, 3))
            )  # fmt: skip
    return tuple(found)
