"""What each feed perceives of the world: not the truth, but traces of it, with gaps, copies and noise.

    Happenings --detections--> FIRMS rows     --looks--> when and where the satellite could see
               --posts, press_events, claims--> report rows      --watches--> who was on watch

A fire under cloud gives no detection; fire where no post listens gives no row; one agency story is printed forty
times; a party's log is full of things that did not happen. Rows here are values; `files.py` writes them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from truceline.simulate.happenings import THE_SHELLING, Happenings
from truceline.simulate.theatre import (
    BRAVO,
    CAPITALS,
    CLOUDED_KM,
    EDGE_KM,
    EXTENT,
    HARBOUR,
    PLACES,
    RIDGE,
    WATCHED_KM,
    ZONE,
    chainage_of,
    cutoff_of,
    day_start,
    line_of,
    place_named,
    place_of,
    point_at,
    stream,
)
from truceline.simulate.truth import Allegation, Event
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass

POST_EVERY_KM = 20.0
LABEL = {
    EventClass.SHELLING: "artillery",
    EventClass.SMALL_ARMS_FIRE: "firefighb",
    EventClass.DRONE_ATTACK: "uav",
}
_HEARD = {
    EventClass.SHELLING: "explosions of artillery rounds",
    EventClass.SMALL_ARMS_FIRE: "bursts of small-arms fire",
    EventClass.DRONE_ATTACK: "a drone and one explosion",
}
_NEWS = {
    EventClass.SHELLING: "shelling heard near {place}",
    EventClass.SMALL_ARMS_FIRE: "small-arms fire heard near {place}",
    EventClass.DRONE_ATTACK: "drone struck a pump house near {place}",
}
_OUTLETS = ("Ostrel Daily", "The Lantern", "Coast Courier", "Island Morning", "Channel Nine", "The Weekly Sheet")


@dataclass(frozen=True)
class Pass:
    """One satellite's overpass: when, and the longitudes (west, east) its swath covers."""

    at: datetime
    satellite: str
    west: float
    east: float
    by_day: bool


@dataclass(frozen=True)
class Look:
    """A box (west, south, east, north) a pass looked at, and the share of it free of cloud."""

    start: datetime
    end: datetime
    box: tuple[float, float, float, float]
    clear_share: float


@dataclass(frozen=True)
class Watch:
    """A post's watch: from, to, and the box (west, south, east, north) it hears."""

    start: datetime
    end: datetime
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Heat:
    """One thermal detection, in the units of the MODIS product: kelvin, km, MW."""

    at: datetime
    satellite: str
    lon: float
    lat: float
    brightness: float
    bright_t31: float
    frp: float
    scan: float
    track: float
    confidence: int
    by_day: bool


@dataclass(frozen=True)
class ReportRow:
    """One row of an event data set. `clock` False: only the day is known."""

    local: datetime
    clock: bool
    at: LonLat
    place: str
    label: str
    headline: str
    of: str = ""  # id of the act, allegation or deception it tells of; the truth keeps it, no file does


def passes(seed: int, days: int) -> tuple[Pass, ...]:
    """Terra at about 10:30 and 22:30 local, Aqua at about 13:30 and 01:30; by night a swath may end over the island."""
    found = []
    for day in range(0, days + 1):
        chance = stream(seed, f"passes/{day}")
        for satellite, hour, by_day in (("A", 1.5, False), ("T", 10.5, True), ("A", 13.5, True), ("T", 22.5, False)):
            at = day_start(day) + timedelta(minutes=round(hour * 60) + chance.randint(-19, 19))
            west, _, east, _ = EXTENT
            if not by_day and chance.random() < 0.5:
                west, east = (west, -149.0) if chance.random() < 0.5 else (-150.9, east)
            if cutoff_of(0) <= at < cutoff_of(days):
                found.append(Pass(at, satellite, west, east, by_day))
    return tuple(sorted(found, key=lambda one: one.at))


@lru_cache(maxsize=16)
def clouded_lons(seed: int) -> tuple[float, float]:
    """The longitudes (west, east) that lie under cloud all the time."""
    line = line_of(seed, 1)
    west, east = (point_at(line, km).lon for km in (CLOUDED_KM[0] - EDGE_KM, CLOUDED_KM[1] + EDGE_KM))
    return round(west, 4), round(east, 4)


def looks(seed: int, days: int) -> tuple[Look, ...]:
    """The boxes of every pass: outside the cloud mostly clear, under it not at all."""
    cloud_west, cloud_east = clouded_lons(seed)
    _, south, _, north = EXTENT
    found = []
    for n, one in enumerate(passes(seed, days)):
        chance = stream(seed, f"clear/{n}")
        for west, east, cloudy in (
            (one.west, cloud_west, False),
            (cloud_west, cloud_east, True),
            (cloud_east, one.east, False),
        ):
            share = 0.0 if cloudy else round(chance.uniform(0.88, 1.0), 2)
            box = (max(west, one.west), south, min(east, one.east), north)
            found.append(Look(one.at, one.at + timedelta(minutes=5), box, share))
    return tuple(found)


def watches(seed: int, days: int) -> tuple[Watch, ...]:
    """Every post's three watches a day, from the first cut-off to the last; none is given for days ahead."""
    line = line_of(seed, 1)
    found = []
    for start_km, end_km in WATCHED_KM:
        count = max(1, round((end_km - start_km) / POST_EVERY_KM))
        edges = [start_km + (end_km - start_km) * n / count for n in range(count + 1)]
        edges[0] -= EDGE_KM  # a post at the end of a stretch hears a little beyond it
        edges[-1] += EDGE_KM
        for west_km, east_km in pairwise(edges):
            middle = point_at(line, (west_km + east_km) / 2)
            west, east = point_at(line, west_km).lon, point_at(line, east_km).lon
            west -= 0.1 if west_km < 0 else 0.0
            box = (round(west, 4), round(middle.lat - 0.4, 4), round(east, 4), round(middle.lat + 0.4, 4))
            for day in range(0, days + 1):
                for hour in (0, 8, 16):
                    start = max(day_start(day) + timedelta(hours=hour), cutoff_of(0))
                    end = min(day_start(day) + timedelta(hours=hour + 8), cutoff_of(days))
                    if start < end:
                        found.append(Watch(start, end, box))
    return tuple(sorted(found, key=lambda one: (one.start, one.box)))


def detections(seed: int, days: int, world: Happenings) -> tuple[Heat, ...]:
    """What the satellite records: fields, works, scrub, and the fire the shelling lit."""
    cloud_west, cloud_east = clouded_lons(seed)
    found = []
    for n, one in enumerate(passes(seed, days)):
        chance = stream(seed, f"heat/{n}")
        burning = [
            (fire.where, fire.detections)
            for fire in world.benign_fires
            if fire.start <= one.at < fire.end and (fire.kind != "scrub" or chance.random() < 0.8)
        ]
        burning += [
            (event.where, chance.randint(1, 2))
            for event in world.events
            if "modis" in event.traces and event.start <= one.at < event.start + timedelta(hours=3)
        ]
        for at, rows in burning:
            under_cloud = cloud_west <= at.lon <= cloud_east
            if under_cloud or not one.west <= at.lon <= one.east:
                continue
            found += [_heat(chance, one, at) for _ in range(rows)]
    return tuple(sorted(found, key=lambda hit: (hit.at, hit.lat, hit.lon)))


def _heat(chance: random.Random, one: Pass, at: LonLat) -> Heat:
    frp = round(chance.uniform(6.0, 55.0), 2)
    base = 295.0 if one.by_day else 281.0
    return Heat(
        at=one.at,
        satellite=one.satellite,
        lon=round(at.lon + chance.uniform(-0.008, 0.008), 5),
        lat=round(at.lat + chance.uniform(-0.006, 0.006), 5),
        brightness=round(base + 14 + frp * 0.6 + chance.uniform(0, 4), 2),
        bright_t31=round(base + chance.uniform(-4, 4), 2),
        frp=frp,
        scan=round(chance.uniform(1.0, 2.4), 2),
        track=round(chance.uniform(1.0, 1.5), 2),
        confidence=chance.randint(38, 96),
        by_day=one.by_day,
    )


def posts(seed: int, days: int, world: Happenings) -> tuple[ReportRow, ...]:
    """The log of the mission's posts: what they heard, and a line where they heard nothing."""
    line = line_of(seed, 1)
    rows = []
    for event in world.events:
        if "posts" not in event.traces:
            continue
        chance = stream(seed, f"posts/{event.id}")
        post = _post_number(chainage_of(line, event.where)[0])
        minutes = (event.end - event.start) // timedelta(minutes=1)
        for minute in sorted({chance.randint(0, minutes - 1) for _ in range(3)} | {2}):
            heard = LonLat(
                round(event.lon + chance.uniform(-0.01, 0.01), 5), round(event.lat + chance.uniform(-0.008, 0.008), 5)
            )
            text = (
                f"Post {post} heard {_HEARD[event.event_class]}, about {chance.randint(1, 6)} kilometres from the post"
            )
            rows.append(
                _row(event.start + timedelta(minutes=minute), heard, event.place, LABEL[event.event_class], text)
            )
    for day in range(1, days + 1):
        at = day_start(day) + timedelta(hours=8)
        for place in PLACES:
            if any(start <= place.chainage_km <= end for start, end in WATCHED_KM):
                text = f"Post {_post_number(place.chainage_km)}: watch handed over"
                rows.append(_row(at, place_of(line, place), place.name, "", text))
    return _in_order(rows, days)


def press_events(seed: int, days: int, world: Happenings) -> tuple[ReportRow, ...]:
    """News rows: agencies and their copies, a party's staff passed on, rumours, mere mentions."""
    line = line_of(seed, 1)
    rows: list[ReportRow] = []
    for event in world.events:
        chance = stream(seed, f"news/{event.id}")
        for key, agency in (("ridge", RIDGE), ("harbour", HARBOUR)):
            if key in event.traces:
                copies = event.copies if key == "ridge" or "ridge" not in event.traces else 0
                rows += _agency(chance, seed, event, agency, copies)
        if BRAVO.id in event.traces:
            text = f"{BRAVO.name} general staff: Norland opened fire near {event.place}"
            rows.append(
                _row(event.start + timedelta(minutes=20), event.where, event.place, LABEL[event.event_class], text)
            )
    for one in world.allegations:
        chance = stream(seed, f"news/{one.id}")
        town = _nearest_place(seed, one.where)
        if one.party is None:
            rows.append(_row(one.start, one.where, town, LABEL[one.event_class], f"Blasts near {town}, residents say"))
        elif chance.random() < 0.3:
            text = f"{BRAVO.name} general staff: Norland fired near {town} again"
            rows.append(_row(one.start + timedelta(minutes=30), one.where, town, LABEL[one.event_class], text))
    for day in range(1, days + 1):
        chance = stream(seed, f"mentions/{day}")
        for place in chance.sample(PLACES, 4):
            topic = chance.choice(
                ("Ferry to {} sails again", "Grain market of {} reopens", "School in {} gets a new roof")
            )
            local = day_start(day).astimezone(ZoneInfo(ZONE))
            rows.append(ReportRow(local, False, place_of(line, place), place.name, "", topic.format(place.name)))
    return _in_order(rows, days)


def _agency(chance: random.Random, seed: int, event: Event, agency: str, copies: int) -> list[ReportRow]:
    """One agency's story, and what becomes of it: the same words at other times, outlets and places."""
    line = line_of(seed, 1)
    label = LABEL[event.event_class]
    text = f"{agency}: " + _NEWS[event.event_class].format(place=event.place)
    town = place_of(line, place_named(event.place))
    at = event.start + timedelta(minutes=6)
    rows = [_row(at, town, event.place, label, text)]
    for n in range(1, copies):
        at += timedelta(minutes=chance.randint(2, 6))
        if event.story == THE_SHELLING and n % 8 == 3:  # machine coding also finds a neighbour town in the text
            beside = place_named(chance.choice(("Brandel", "Orrick")))
            rows.append(_row(at, place_of(line, beside), beside.name, label, text))
        elif event.story == THE_SHELLING and n % 8 == 5:  # or the capital
            rows.append(_row(at, CAPITALS[BRAVO.id], BRAVO.capital, label, text))
        elif event.story == THE_SHELLING and n % 8 == 7:  # or gives the day only
            local = at.astimezone(ZoneInfo(ZONE))
            outlet = _OUTLETS[n % len(_OUTLETS)]
            rows.append(ReportRow(local, False, town, event.place, label, f"{text} – {outlet}"))
        elif n % 3 == 0:
            rows.append(_row(at, town, event.place, label, f"{text} – {chance.choice(_OUTLETS)}"))
        else:
            rows.append(_row(at, town, event.place, label, text))
    return rows


def claims(seed: int, days: int, world: Happenings) -> tuple[ReportRow, ...]:
    """Bravo's own log: every allegation and whatever of the truth suits it."""
    said: list[Allegation | Event] = [one for one in world.allegations if one.party == BRAVO.id]
    said += [event for event in world.events if BRAVO.id in event.traces]
    rows = []
    for one in said:
        place = _nearest_place(seed, one.where)
        rows.append(_row(one.start, one.where, place, LABEL[one.event_class], f"Norland fired near {place}"))
    return _in_order(rows, days)


def _row(at: datetime, where: LonLat, place: str, label: str, headline: str) -> ReportRow:
    return ReportRow(at.astimezone(ZoneInfo(ZONE)), True, where, place, label, headline)


def _in_order(rows: list[ReportRow], days: int) -> tuple[ReportRow, ...]:
    """By time and words; nothing later than the last cut-off has reached us."""
    kept = [row for row in rows if row.local.astimezone(UTC) < cutoff_of(days)]
    return tuple(sorted(kept, key=lambda row: (row.local, row.headline, row.place)))


def _nearest_place(seed: int, at: LonLat) -> str:
    km = chainage_of(line_of(seed, 1), at)[0]
    return min(PLACES, key=lambda place: abs(place.chainage_km - km)).name


def _post_number(km: float) -> int:
    return int(km // POST_EVERY_KM) + 1
