"""What happens on the island: the planted stories, and on longer runs more of their kind.

    seed, days --happen--> Happenings: events, benign fires, allegations

The first four days are always the same stories, at seeded minutes and places; from day 5 on each day draws a
few events and perhaps another day of harvest. All of it is fiction. Issue "worlds" replaces the drawing by
point processes; the nouns stay.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from truceline.simulate.theatre import (
    CAPITALS,
    Place,
    beside,
    day_start,
    line_of,
    place_named,
    place_of,
    point_at,
    stream,
)
from truceline.simulate.truth import Allegation, BenignFire, Event
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass

THE_SHELLING = "the shelling"
POST_ONLY = "small-arms fire that only a post heard"
ONE_AGENCY = "a drone attack that one agency reports"
PARTY_ONLY = "fire that only a party reports"
UNSEEN = "fire that nobody saw"
BEFORE = "fire before the truce"

HARVEST_KM = (16.0, 46.0)  # the grain fields, south of the first two sectors
COPIES = 40

# What a later day may draw: story, class, place, who tells.
_LATER: tuple[tuple[str, EventClass, str, tuple[str, ...]], ...] = (
    (POST_ONLY, EventClass.SMALL_ARMS_FIRE, "Pellam", ("posts",)),
    (POST_ONLY, EventClass.SHELLING, "Hollin", ("posts", "bravo")),
    (ONE_AGENCY, EventClass.DRONE_ATTACK, "Sedgeby", ("harbour",)),
    (PARTY_ONLY, EventClass.SHELLING, "Teskel", ("bravo",)),
    (UNSEEN, EventClass.SMALL_ARMS_FIRE, "Drosk", ()),
)


@dataclass(frozen=True)
class Happenings:
    """All that happened, and what was said to have happened and did not."""

    events: tuple[Event, ...]
    benign_fires: tuple[BenignFire, ...]
    allegations: tuple[Allegation, ...]


def happen(seed: int, days: int) -> Happenings:
    """Draw what happens in the days from 1 on.

    Args:
        seed: The same seed gives the same world.
        days: How many days, 1 or more.
    """
    events = [event for day in range(1, days + 1) for event in _events_of(seed, day)]
    fires = [fire for day in range(1, days + 1) for fire in _fires_of(seed, day)]
    alleged = [one for day in range(1, days + 1) for one in _allegations_of(seed, day)]
    return Happenings(
        events=tuple(sorted(events, key=lambda e: (e.start, e.id))),
        benign_fires=tuple(sorted(fires, key=lambda f: (f.start, f.id))),
        allegations=tuple(sorted(alleged, key=lambda a: (a.start, a.id))),
    )


def is_harvest(seed: int, day: int) -> bool:
    """Whether the fields burn that day: on days 3 and 4, later on every other day or so."""
    return day in (3, 4) or (day > 4 and stream(seed, f"harvest/{day}").random() < 0.5)


def _events_of(seed: int, day: int) -> list[Event]:
    chance = stream(seed, f"events/{day}")

    def one(
        story: str,
        event: EventClass,
        place: str,
        local_h: float,
        minutes: int,
        traces: tuple[str, ...],
        copies: int = 0,
    ) -> Event:
        start = _at(chance, day, local_h)
        where = _near(chance, seed, place_named(place))
        end = start + timedelta(minutes=minutes)
        number = len(found) + 1
        return Event(
            f"e{day:03d}-{number}", story, event, start, end, where.lon, where.lat, place, tuple(sorted(traces)), copies
        )

    found: list[Event] = []
    if day == 1:
        found.append(one(BEFORE, EventClass.SHELLING, "Pellam", 10.0, 40, ("posts", "harbour")))
        found.append(one(BEFORE, EventClass.SMALL_ARMS_FIRE, "Hollin", 15.0, 20, ("posts",)))
    elif day == 2:
        found.append(one(BEFORE, EventClass.SHELLING, "Hollin", 9.0, 35, ("posts", "ridge")))
    elif day == 3:
        shelling = ("posts", "ridge", "harbour", "modis", "bravo")
        found.append(one(THE_SHELLING, EventClass.SHELLING, "Velm", 12.7, 35, shelling, COPIES))
        found.append(one(PARTY_ONLY, EventClass.SHELLING, "Teskel", 8.2, 20, ("bravo",)))
        found.append(one(UNSEEN, EventClass.SMALL_ARMS_FIRE, "Drosk", 4.0, 25, ()))
    elif day == 4:
        found.append(one(POST_ONLY, EventClass.SMALL_ARMS_FIRE, "Pellam", 6.2, 20, ("posts",)))
        found.append(one(ONE_AGENCY, EventClass.DRONE_ATTACK, "Sedgeby", 11.2, 10, ("harbour",), 3))
    else:
        for story, event, place, traces in _LATER:
            if chance.random() < 0.3:
                copies = 3 if "harbour" in traces else 0
                found.append(one(story, event, place, chance.uniform(5, 16), 20, traces, copies))
    return found


def _fires_of(seed: int, day: int) -> list[BenignFire]:
    chance = stream(seed, f"fires/{day}")
    line = line_of(seed, 1)
    found: list[BenignFire] = []

    def add(kind: str, at: LonLat, local_h: float, hours: float, detections: int) -> None:
        start = day_start(day) + timedelta(hours=local_h)
        found.append(
            BenignFire(
                f"b{day:03d}-{len(found) + 1}", kind, start, start + timedelta(hours=hours), at.lon, at.lat, detections
            )
        )

    if is_harvest(seed, day):
        for _ in range(chance.randint(7, 10)):
            field = beside(line, chance.uniform(*HARVEST_KM), -chance.uniform(4, 12))
            add("harvest", field, 9.5, 5.5, chance.randint(3, 6))
    works = CAPITALS["bravo"]
    add("works", LonLat(round(works.lon + 0.06, 5), round(works.lat - 0.02, 5)), 0.0, 24.0, chance.randint(1, 2))
    for _ in range(2):  # scrub, far from the line
        scrub = beside(line, chance.uniform(60, 240), chance.choice((-1, 1)) * chance.uniform(35, 50))
        add("scrub", scrub, 10.0, 5.0, 1)
    return found


def _allegations_of(seed: int, day: int) -> list[Allegation]:
    """Bravo's log of fire that was not, all along the line, the watched and the burning parts included."""
    chance = stream(seed, f"allegations/{day}")
    line = line_of(seed, 1)
    found: list[Allegation] = []

    def add(party: str | None, event: EventClass, at: LonLat, start: datetime) -> None:
        number = len(found) + 1
        end = start + timedelta(minutes=10)
        found.append(Allegation(f"a{day:03d}-{number}", party, event, start, end, at.lon, at.lat))

    kinds = (EventClass.SHELLING, EventClass.SMALL_ARMS_FIRE, EventClass.DRONE_ATTACK)
    for _ in range(chance.randint(6, 10)):
        at = beside(line, chance.uniform(8, 300), chance.uniform(-5, 5))
        add("bravo", chance.choice(kinds), at, _at(chance, day, chance.uniform(1, 18)))
    if is_harvest(seed, day):  # the burning fields are called shelling, too
        at = beside(line, sum(HARVEST_KM) / 2, -8)
        add("bravo", EventClass.SHELLING, at, _at(chance, day, 13.0))
    if day >= 2:  # and something nobody can be asked about
        rumour = point_at(line, chance.uniform(138, 150))
        at = LonLat(round(rumour.lon, 5), round(rumour.lat, 5))
        add(None, EventClass.SHELLING, at, _at(chance, day, 16.0))
    return found


def _at(chance: random.Random, day: int, local_h: float) -> datetime:
    """A whole minute within a quarter of an hour after a local hour of a day, UTC."""
    return day_start(day) + timedelta(minutes=round(local_h * 60) + chance.randint(0, 14))


def _near(chance: random.Random, seed: int, place: Place) -> LonLat:
    at = place_of(line_of(seed, 1), place)
    return LonLat(round(at.lon + chance.uniform(-0.012, 0.012), 5), round(at.lat + chance.uniform(-0.009, 0.009), 5))
