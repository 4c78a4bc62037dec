"""What patrols hear: the form a human observer fills, with hours on watch, range bands and inexact counts.

    Stage, acts --patrols--> Heard rows (ring sectors, never points) and Watch rows

A patrol writes where it stood, how far and in which direction it heard something, and how many, exactly or
about. Two patrols may hear the same act; each writes its own row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from truceline.simulate.theatre import cutoff_of, day_start
from truceline.simulate.worlds.fire import Act
from truceline.simulate.worlds.stage import KM_PER_DEG, KM_PER_DEG_LON, Stage
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass

EVERY_KM = 7.0
DECLARED_KM = 6.0  # what the form says of hearing and seeing
SHIFT_H = 8
HEARS = 0.96  # chance within the range
# True ranges, km, in a world where the form tells the truth: what is loud is also heard from beyond it.
RANGE_KM: dict[EventClass, float] = {
    EventClass.SHELLING: 11.0,
    EventClass.AIR_OR_MISSILE_STRIKE: 14.0,
    EventClass.DRONE_ATTACK: 6.5,
    EventClass.SMALL_ARMS_FIRE: 6.5,
    EventClass.GROUND_ASSAULT: 8.0,
}
COLUMNS = (
    "means", "from_utc", "to_utc", "lon", "lat", "range_min_m", "range_max_m", "bearing_deg", "bearing_width_deg",
    "event_class", "count_kind", "count", "patrol", "hear_km", "see_km", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Post:
    """Where a patrol stands."""

    name: str
    km: float
    at: LonLat


@dataclass(frozen=True)
class Watch:
    """One shift of one patrol."""

    post: Post
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Heard:
    """What a patrol wrote down of an act. `range_m` and `bearing_deg` are None where it could not tell."""

    post: Post
    act: Act
    start: datetime
    end: datetime
    range_m: tuple[int, int] | None
    bearing_deg: int | None
    width_deg: int | None
    event: EventClass | None
    count_kind: str
    count: int
    saw: bool


@dataclass(frozen=True)
class Patrols:
    """All that patrols did.

    Attributes:
        stretches: Chainages (km) at which patrols stand.
        lost: The stretch whose reports never arrive, None where all do.
    """

    stretches: tuple[tuple[float, float], ...]
    lost: tuple[float, float] | None
    posts: tuple[Post, ...]
    watches: tuple[Watch, ...]
    heard: tuple[Heard, ...]


def patrols(stage: Stage, days: int, fired: tuple[Act, ...]) -> Patrols:
    """Where patrols stood, when, and what they heard."""
    stretches = _stretches(stage)
    posts = tuple(_posts(stage, stretches))
    watches = tuple(_watches(stage, days, posts))
    lost = None
    if stage.world.outage:
        middle = stage.track.length_km * stage.chance("lost").uniform(0.2, 0.8)
        lost = (middle - stage.track.length_km / 6, middle + stage.track.length_km / 6)
    return Patrols(stretches, lost, posts, watches, tuple(_heard(stage, watches, fired)))


def _stretches(stage: Stage) -> tuple[tuple[float, float], ...]:
    """Stretches of some 50 km, manned so that about the world's share of the line is."""
    chance, length = stage.chance("stretches"), stage.track.length_km
    count = max(3, round(length / 50))
    order = list(range(count))
    chance.shuffle(order)
    manned = sorted(order[: max(1, round(stage.world.posted * count))])
    edges = [length * n / count for n in range(count + 1)]
    joined: list[tuple[float, float]] = []
    for n in manned:
        if joined and joined[-1][1] == edges[n]:
            joined[-1] = (joined[-1][0], edges[n + 1])
        else:
            joined.append((edges[n], edges[n + 1]))
    return tuple(joined)


def _posts(stage: Stage, stretches: tuple[tuple[float, float], ...]) -> list[Post]:
    chance = stage.chance("posts")
    found: list[Post] = []
    for start, end in stretches:
        count = max(1, math.ceil((end - start) / EVERY_KM))
        for n in range(count):
            km = start + (end - start) * (n + 0.5) / count
            found.append(Post(f"Patrol {len(found) + 1}", km, stage.track.at(km, chance.uniform(-1.0, 1.0))))
    return found


def _watches(stage: Stage, days: int, posts: tuple[Post, ...]) -> list[Watch]:
    """Every post's shifts; where watch is kept by day only, one shift from seven o'clock."""
    hours = stage.world.watch_h
    shifts = [(7.0, 7.0 + hours)] if hours < 24 else [(float(h), float(h + SHIFT_H)) for h in range(0, 24, SHIFT_H)]
    found = []
    for day in range(0, days + 1):
        for post in posts:
            for start_h, end_h in shifts:
                start = max(day_start(day) + timedelta(hours=start_h), cutoff_of(0))
                end = min(day_start(day) + timedelta(hours=end_h), cutoff_of(days))
                if start < end:
                    found.append(Watch(post, start, end))
    return sorted(found, key=lambda one: (one.start, one.post.km))


def _heard(stage: Stage, watches: tuple[Watch, ...], fired: tuple[Act, ...]) -> list[Heard]:
    chance = stage.chance("heard")
    found: list[Heard] = []
    posts = {watch.post.name: watch.post for watch in watches}
    on_watch: dict[str, list[Watch]] = {name: [w for w in watches if w.post.name == name] for name in posts}
    for act in fired:
        reach = RANGE_KM[act.kind.event] * stage.world.truly_heard
        for post in posts.values():
            if abs(post.km - act.km) > reach + 10:
                continue
            east = (act.at.lon - post.at.lon) * KM_PER_DEG_LON
            north = (act.at.lat - post.at.lat) * KM_PER_DEG
            away = math.hypot(east, north)
            awake = any(w.start <= act.start < w.end for w in on_watch[post.name])
            if away <= reach and awake and chance.random() < HEARS:
                found.append(
                    _row(chance.random(), chance.gauss(0, 6), chance.gauss(0, 0.12), post, act, away, east, north)
                )
    return sorted(found, key=lambda one: (one.start, one.post.name, one.act.id))


def _row(
    luck: float, turn: float, misjudged: float, post: Post, act: Act, away: float, east: float, north: float
) -> Heard:
    """What the patrol writes: a band around what it thinks the range is, a bearing with its width."""
    guess = max(0.3, away * (1 + misjudged))
    low, high = max(0, math.floor(guess * 0.7)), math.ceil(guess * 1.3 + 0.5)
    bearing = round(math.degrees(math.atan2(east, north)) + turn) % 360
    known_class = act.kind.event is not EventClass.SHELLING or luck < 0.75
    rounds = act.rounds
    kind, count = ("exact", rounds) if rounds <= 12 else ("about", 5 * round(rounds / 5))
    if luck > 0.93:
        kind, count = "at_least", max(1, rounds // 2)
    return Heard(
        post=post,
        act=act,
        start=act.start,
        end=act.end,
        range_m=None if luck > 0.97 else (low * 1000, high * 1000),
        bearing_deg=None if 0.9 < luck < 0.94 else bearing,
        width_deg=None if 0.9 < luck < 0.94 else 30,
        event=act.kind.event if known_class else None,
        count_kind=kind,
        count=count,
        saw=away < 2.5 and luck < 0.5,
    )
