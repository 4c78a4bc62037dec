"""Who tells of it: two agencies and their copies, the parties' own logs, rumours, and planted stories.

    Stage, acts, set fires --newsroom--> rows of each agency's wire, of the data set that cites them,
                                         of each party's log, what was only alleged, what was planted to deceive

An agency writes its story in its own wire; others cite it there and print it again. It is one voice however often it
is printed, and a few stories reach its wire only after the last day. Data sets give the nearest town for the place,
sometimes a wrong one, sometimes only the day; some rows come after the end and some are withdrawn later
(`later`: the next vintage of the same file).
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.simulate.sensors import ReportRow
from truceline.simulate.theatre import ALPHA, BRAVO, HARBOUR, RIDGE, ZONE, cutoff_of, day_start
from truceline.simulate.truth import Allegation, Deception
from truceline.simulate.worlds.burning import Blaze
from truceline.simulate.worlds.fire import Act
from truceline.simulate.worlds.mistakes import stories
from truceline.simulate.worlds.stage import KM_PER_DEG, KM_PER_DEG_LON, Stage, Town, poisson
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass

AGENCIES = (("ridge", RIDGE), ("harbour", HARBOUR))
LABEL: dict[EventClass, str] = {
    EventClass.SHELLING: "artillery",
    EventClass.SMALL_ARMS_FIRE: "firefighb",
    EventClass.DRONE_ATTACK: "uav",
    EventClass.AIR_OR_MISSILE_STRIKE: "airstrike",
    EventClass.GROUND_ASSAULT: "raid",
}
_NEWS: dict[EventClass, tuple[str, ...]] = {
    EventClass.SHELLING: ("shelling near {}", "artillery rounds land outside {}", "guns heard at {} again"),
    EventClass.SMALL_ARMS_FIRE: ("small-arms fire near {}", "bursts of fire at the edge of {}"),
    EventClass.DRONE_ATTACK: ("drone strikes a barn near {}", "drone drops explosives by {}"),
    EventClass.AIR_OR_MISSILE_STRIKE: ("air strike near {}", "missile lands outside {}"),
    EventClass.GROUND_ASSAULT: ("troops cross the ditch near {}", "fighting on foot near {}"),
}
_OUTLETS = ("Ostrel Daily", "The Lantern", "Coast Courier", "Island Morning", "Channel Nine", "The Weekly Sheet")
_IDLE = ("Ferry to {} sails again", "Grain market of {} reopens", "School in {} gets a new roof", "Fair at {} put off")
WRONG_PLACE, DAY_ONLY, WITHDRAWN = 0.04, 0.15, 0.02
WIRE_LATE = 0.02  # share of an agency's stories that its own wire brings too late for any bulletin


@dataclass
class Newsroom:
    """Everything that was told.

    Attributes:
        traces: Act id -> who tells of it.
        later: The next vintage of `news`, without what was withdrawn.
        wires: Each agency's own rows, by its key; `later_wires` holds what came late and lacks what was withdrawn.
    """

    news: list[ReportRow] = field(default_factory=list)
    later: list[ReportRow] = field(default_factory=list)
    wires: dict[str, list[ReportRow]] = field(default_factory=lambda: {key: [] for key, _ in AGENCIES})
    later_wires: dict[str, list[ReportRow]] = field(default_factory=lambda: {key: [] for key, _ in AGENCIES})
    logs: dict[str, list[ReportRow]] = field(default_factory=lambda: {ALPHA.id: [], BRAVO.id: []})
    traces: dict[str, set[str]] = field(default_factory=dict)
    copies: dict[str, int] = field(default_factory=dict)
    allegations: list[Allegation] = field(default_factory=list)
    deceptions: list[Deception] = field(default_factory=list)
    mistakes: list[Act] = field(default_factory=list)


def newsroom(stage: Stage, days: int, fired: tuple[Act, ...], burning: Iterable[Blaze]) -> Newsroom:
    """What agencies, parties and deceivers told of the world."""
    told = Newsroom()
    for act in fired:
        _agencies(stage, told, act)
        _own_log(stage, told, act)
    for key, agency in AGENCIES:
        for act in stories(stage, days, key):
            _story(stage, told, stage.chance(f"news/{act.id}"), act, key, agency, stage.town_near(act.km))
            told.mistakes.append(act)
    for day in range(1, days + 1):
        _allegations(stage, told, day)
        _idle(stage, told, day)
    _deceive(stage, told, days, [blaze for blaze in burning if blaze.kind == "set"])
    end = cutoff_of(days)
    told.news, told.later = _in_order(told.news, end), _in_order(told.later, None)
    told.wires = {key: _in_order(rows, end) for key, rows in told.wires.items()}
    told.later_wires = {key: _in_order(rows, None) for key, rows in told.later_wires.items()}
    told.logs = {party: _in_order(rows, end) for party, rows in told.logs.items()}
    return told


def _agencies(stage: Stage, told: Newsroom, act: Act) -> None:
    chance = stage.chance(f"news/{act.id}")
    if chance.random() >= stage.world.reported:
        return
    tellers = [one for one in AGENCIES if chance.random() < 0.55] or [AGENCIES[chance.randrange(2)]]
    for key, agency in tellers:
        town = stage.town_near(act.km)
        if chance.random() < WRONG_PLACE:
            town = chance.choice(stage.towns)
        told.traces.setdefault(act.id, set()).add(key)
        _story(stage, told, chance, act, key, agency, town)


def _story(stage: Stage, told: Newsroom, chance: random.Random, act: Act, key: str, agency: str, town: Town) -> None:
    """An agency's story in its own wire, and wherever else it is printed."""
    text = f"{agency}: " + chance.choice(_NEWS[act.kind.event]).format(town.name)
    at = act.start + timedelta(minutes=chance.randint(2, 50))
    copies = 1 + min(60, int(chance.expovariate(1 / max(0.01, stage.world.copies - 1))))
    told.copies[act.id] = told.copies.get(act.id, 0) + copies
    rows = _prints(stage, chance, act, text, town, at, copies)
    told.news += rows
    withdrawn = chance.random() < WITHDRAWN
    told.later += [] if withdrawn else rows
    own = [replace(rows[0], headline=text.removeprefix(f"{agency}: "))]
    told.wires[key] += [] if chance.random() < WIRE_LATE else own
    told.later_wires[key] += [] if withdrawn else own


def _prints(
    stage: Stage, chance: random.Random, act: Act, text: str, town: Town, at: datetime, copies: int
) -> list[ReportRow]:
    """A story and its copies: the same words, at other times, in other outlets, at a place coded by machine."""
    place = _displaced(chance, town.at, stage.world.place_error_km)
    rows = [_row(act.id, at, place, town.name, act.kind.event, text, clock=chance.random() >= DAY_ONLY)]
    for n in range(1, copies):
        at += timedelta(minutes=chance.randint(2, 9))
        words = f"{text} – {chance.choice(_OUTLETS)}" if n % 3 == 0 else text
        rows.append(_row(act.id, at, place, town.name, act.kind.event, words))
    return rows


def _own_log(stage: Stage, told: Newsroom, act: Act) -> None:
    """The side that was fired at enters it; the side that fired hardly ever does."""
    chance = stage.chance(f"log/{act.id}")
    other = BRAVO if act.by == ALPHA.id else ALPHA
    entering = {"mixed": 0.5, "silent": 0.1, "loud": 0.8}[stage.world.talk]
    if chance.random() < entering:
        shooter = ALPHA if act.by == ALPHA.id else BRAVO
        told.traces.setdefault(act.id, set()).add(other.id)
        told.logs[other.id].append(
            _row(act.id, act.start, act.at, act.place, act.kind.event, f"{shooter.name} fired near {act.place}")
        )


def _allegations(stage: Stage, told: Newsroom, day: int) -> None:
    """What was not: entries in the parties' logs, and rumours that cite nobody."""
    chance, length = stage.chance(f"alleged/{day}"), stage.track.length_km
    loud = {"mixed": 1.5, "silent": 0.2, "loud": 6.0}[stage.world.talk]
    for side, other in ((ALPHA, BRAVO), (BRAVO, ALPHA)):
        for _ in range(poisson(chance, loud * length / 100)):
            one = _alleged(stage, chance, told, side.id, day)
            town = stage.town_near(stage.track.km_of(one.lon)).name
            told.logs[side.id].append(
                _row(one.id, one.start, one.where, town, one.event_class, f"{other.name} fired near {town}")
            )
    for _ in range(poisson(chance, 0.4 * length / 100)):
        one = _alleged(stage, chance, told, None, day)
        town = stage.town_near(stage.track.km_of(one.lon)).name
        row = _row(one.id, one.start, one.where, town, one.event_class, f"Blasts near {town}, residents say")
        told.news.append(row)
        told.later.append(row)


def _alleged(stage: Stage, chance: random.Random, told: Newsroom, party: str | None, day: int) -> Allegation:
    at = stage.track.at(chance.uniform(5, stage.track.length_km - 5), chance.uniform(-4, 4))
    start = day_start(day) + timedelta(minutes=chance.randint(5, 1150))
    event = chance.choice((EventClass.SHELLING, EventClass.SMALL_ARMS_FIRE, EventClass.DRONE_ATTACK))
    number = len(told.allegations) + 1
    one = Allegation(f"a{number:05d}", party, event, start, start + timedelta(minutes=10), at.lon, at.lat)
    told.allegations.append(one)
    return one


def _idle(stage: Stage, told: Newsroom, day: int) -> None:
    """Rows that name a place and no kind of event."""
    chance = stage.chance(f"idle/{day}")
    for town in chance.sample(stage.towns, min(4, len(stage.towns))):
        local = day_start(day).astimezone(ZoneInfo(ZONE))
        row = ReportRow(local, False, town.at, town.name, "", chance.choice(_IDLE).format(town.name))
        wire = AGENCIES[chance.randrange(len(AGENCIES))][0]
        for rows in (told.news, told.later, told.wires[wire], told.later_wires[wire]):
            rows.append(row)


def _deceive(stage: Stage, told: Newsroom, days: int, set_fires: list[Blaze]) -> None:
    """Somebody means to be believed: each attempt is kept in the truth as what it was."""
    for fire in set_fires:
        town = stage.town_near(fire.km).name
        of = _planted(told, "set_fire", fire.start, fire.at)
        told.logs[BRAVO.id].append(
            _row(of, fire.start, fire.at, town, EventClass.SHELLING, f"{ALPHA.name} shelled {town}, fires burn")
        )
    for day in range(3, days + 1):
        chance = stage.chance(f"deceive/{day}")
        for kind, attempt in (("flooding", _flood), ("planted_copies", _plant), ("forged_capture", _forge)):
            if kind in stage.world.deceptions:
                for _ in range(2):
                    km = chance.uniform(10, stage.track.length_km - 10)
                    start = day_start(day) + timedelta(minutes=chance.randint(60, 1000))
                    attempt(stage, chance, told, start, stage.town_near(km))


def _flood(_stage: Stage, chance: random.Random, told: Newsroom, start: datetime, town: Town) -> None:
    """A hundred entries of one party's log about one quiet town."""
    of = _planted(told, "flooding", start, town.at)
    for n in range(100):
        at = start + timedelta(minutes=n % 40)
        place = _displaced(chance, town.at, 1.0)
        told.logs[BRAVO.id].append(
            _row(of, at, place, town.name, EventClass.SHELLING, f"{ALPHA.name} fired near {town.name}, round {n + 1}")
        )


def _plant(stage: Stage, chance: random.Random, told: Newsroom, start: datetime, town: Town) -> None:
    """One invented story under forty mastheads, citing nobody or one another."""
    of = _planted(told, "planted_copies", start, town.at)
    text = f"Heavy shelling of {town.name}, dozens of rounds, readers write"
    for n in range(40):
        words = f"{text} – {_OUTLETS[n % len(_OUTLETS)]}" if n % 2 else text
        place = _displaced(chance, town.at, stage.world.place_error_km)
        told.news.append(_row(of, start + timedelta(minutes=n), place, town.name, EventClass.SHELLING, words))


def _forge(stage: Stage, chance: random.Random, told: Newsroom, start: datetime, town: Town) -> None:
    """A forged capture of an agency's page: its name, its style, a story it never ran."""
    of = _planted(told, "forged_capture", start, town.at)
    _, agency = chance.choice(AGENCIES)
    text = f"{agency}: {chance.choice(_NEWS[EventClass.SHELLING]).format(town.name)}"
    place = _displaced(chance, town.at, stage.world.place_error_km)
    told.news.append(_row(of, start, place, town.name, EventClass.SHELLING, text))


def _planted(told: Newsroom, kind: str, start: datetime, at: LonLat) -> str:
    """Keep an attempt in the truth; its id."""
    one = Deception(
        f"d{len(told.deceptions) + 1:04d}",
        kind,
        EventClass.SHELLING,
        start,
        start + timedelta(minutes=60),
        at.lon,
        at.lat,
    )
    told.deceptions.append(one)
    return one.id


def _displaced(chance: random.Random, at: LonLat, error_km: float) -> LonLat:
    east, north = chance.gauss(0, error_km / 1.414), chance.gauss(0, error_km / 1.414)
    return LonLat(round(at.lon + east / KM_PER_DEG_LON, 5), round(at.lat + north / KM_PER_DEG, 5))


def _row(
    of: str, at: datetime, where: LonLat, place: str, event: EventClass, headline: str, *, clock: bool = True
) -> ReportRow:
    return ReportRow(at.astimezone(ZoneInfo(ZONE)), clock, where, place, LABEL[event], headline, of)


def _in_order(rows: list[ReportRow], end: datetime | None) -> list[ReportRow]:
    """By time and words; what came after the end has not reached us."""
    kept = rows if end is None else [row for row in rows if row.local.astimezone(UTC) < end]
    return sorted(kept, key=lambda row: (row.local, row.headline, row.place, row.at.lon, row.at.lat))
