"""What is fired: self-exciting point processes by class, before and under the truce.

Immigrants come as a Poisson process whose rate varies along the line (hot spots) and over the day; each act
draws followers near it and soon after it, `BRANCHING` in the mean, and those draw theirs. What the truce lets
through is thinned act by act, so a broken truce keeps its clusters and a kept one is a few lone acts.
Method: Hawkes (1971), https://doi.org/10.1093/biomet/58.1.83, as a branching process.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from truceline.simulate.theatre import cutoff_of, truce_start
from truceline.simulate.worlds.stage import Stage, poisson
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass

BRANCHING = 0.45
FOLLOWS_H = 1.5  # mean wait of a follower
FOLLOWS_KM = 2.0  # its standard distance along the line
HOT_SPOT_KM = 25.0
REACH_KM = 2.2  # standard distance of an act from the line
MOST_BESIDE_KM = 7.0
BROKEN_KM = 40.0  # how long the one broken stretch is


@dataclass(frozen=True)
class Kind:
    """How one class of act behaves: its share of all acts, minutes it lasts, shots, chance to light a fire."""

    event: EventClass
    share: float
    minutes: tuple[int, int]
    rounds: tuple[int, int]
    lights: float


KINDS: tuple[Kind, ...] = (
    Kind(EventClass.SHELLING, 0.46, (4, 45), (2, 60), 0.30),
    Kind(EventClass.SMALL_ARMS_FIRE, 0.27, (2, 30), (5, 200), 0.02),
    Kind(EventClass.DRONE_ATTACK, 0.17, (1, 6), (1, 3), 0.25),
    Kind(EventClass.AIR_OR_MISSILE_STRIKE, 0.04, (1, 8), (1, 4), 0.60),
    Kind(EventClass.GROUND_ASSAULT, 0.06, (20, 120), (20, 400), 0.10),
)


@dataclass(frozen=True)
class Act:
    """One act of fire. `by` is the side that fired: the truth knows it, no feed tells it."""

    id: str
    kind: Kind
    start: datetime
    end: datetime
    km: float
    north_km: float
    at: LonLat
    place: str
    by: str
    rounds: int
    lit: bool


def acts(stage: Stage, days: int) -> tuple[Act, ...]:
    """Every act of fire of the world, by time, from the cut-off before day 1 to that of the last day."""
    world, first, last = stage.world, cutoff_of(0), cutoff_of(days)
    span_h = (last - first) / timedelta(hours=1)
    heat = _hot_spots(stage)
    truce = truce_of(stage.world.regime, days)
    broken = stage.chance("broken").uniform(20, max(21.0, stage.track.length_km - 20 - BROKEN_KM))
    found: list[tuple[datetime, float, float, Kind, str, random.Random]] = []
    for kind in KINDS:
        chance = stage.chance(f"fire/{kind.event}")
        mean = world.fire * (1 - BRANCHING) * kind.share * stage.track.length_km / 100 * span_h / 24
        queue = [
            (chance.uniform(0, span_h), _along(chance, heat), chance.choice(("alpha", "bravo")))
            for _ in range(poisson(chance, mean))
        ]
        while queue:
            hour, km, by = queue.pop()
            if not (0 <= hour < span_h and 4 < km < stage.track.length_km - 4):
                continue
            at = first + timedelta(minutes=int(hour * 60))
            if chance.random() >= _let_through(world.regime, world.left, at >= truce, km, broken, by):
                continue
            found.append((at, km, _beside(chance), kind, by, chance))
            for _ in range(poisson(chance, BRANCHING)):
                who = by if chance.random() < 0.6 else ("bravo" if by == "alpha" else "alpha")
                queue.append((hour + chance.expovariate(1 / FOLLOWS_H), km + chance.gauss(0, FOLLOWS_KM), who))
    return tuple(
        _act(stage, number, *one) for number, one in enumerate(sorted(found, key=lambda o: (o[0], o[1], o[3].event)), 1)
    )


def truce_of(regime: str, days: int) -> datetime:
    """When the truce begins: the evening of day 2, or the day after the last where it is not yet in force."""
    return cutoff_of(days) + timedelta(hours=22) if regime == "not_in_force" else truce_start()


def _act(
    stage: Stage, number: int, at: datetime, km: float, north: float, kind: Kind, by: str, chance: random.Random
) -> Act:
    return Act(
        id=f"e{number:05d}",
        kind=kind,
        start=at,
        end=at + timedelta(minutes=chance.randint(*kind.minutes)),
        km=round(km, 3),
        north_km=round(north, 3),
        at=stage.track.at(km, north),
        place=stage.town_near(km).name,
        by=by,
        rounds=chance.randint(*kind.rounds),
        lit=chance.random() < kind.lights,
    )


def _let_through(regime: str, left: float, under_truce: bool, km: float, broken_km: float, by: str) -> float:
    if not under_truce:
        return 1.0
    if regime == "broken_sector" and broken_km <= km <= broken_km + BROKEN_KM:
        return 1.0
    if regime == "one_sided" and by == "bravo":
        return 0.9
    return left


def _hot_spots(stage: Stage) -> list[tuple[float, float]]:
    """(end of the stretch in km, running share) with gamma weights: some stretches see most of the fire."""
    chance, length = stage.chance("hot spots"), stage.track.length_km
    count = max(1, round(length / HOT_SPOT_KM))
    weights = [chance.gammavariate(1.2, 1.0) + 0.05 for _ in range(count)]
    total, running, out = sum(weights), 0.0, []
    for n, weight in enumerate(weights, 1):
        running += weight / total
        out.append((length * n / count, running))
    return out


def _along(chance: random.Random, heat: list[tuple[float, float]]) -> float:
    pick, start = chance.random(), 0.0
    for end, share in heat:
        if pick <= share:
            return chance.uniform(start, end)
        start = end
    return chance.uniform(0, heat[-1][0])


def _beside(chance: random.Random) -> float:
    return min(max(chance.gauss(0, REACH_KM), -MOST_BESIDE_KM), MOST_BESIDE_KM)
