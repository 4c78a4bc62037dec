"""What can happen, in the words every room uses. One row a class; "per class" anywhere means this table.

Each row says what the class means, how other people's data sets call it, and by which means it can be
perceived at all. docs/event-classes.md is written from it (`make pages`).

Sources of the cross-walk
    VIINA   Zhukov, VIINA 2.0, labels t_*, https://github.com/zhukovyuri/VIINA; spelt as in the extracts we have
    ACLED   sub-event types of the ACLED Codebook, https://acleddata.com; not yet compared with a printed copy
    OSCE    daily reports of the Special Monitoring Mission to Ukraine, 2014-2022, the words of their tables
    UCDP    UCDP GED Codebook 24.1: events are coded by type of violence and deaths, not by means, so there is
            no cross-walk from a UCDP event to a class; it is read as what its own text says, else undetermined
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EventClass(StrEnum):
    """A kind of thing that happens along the line."""

    SHELLING = "shelling"
    AIR_OR_MISSILE_STRIKE = "air_or_missile_strike"
    DRONE_ATTACK = "drone_attack"
    SMALL_ARMS_FIRE = "small_arms_fire"
    GROUND_ASSAULT = "ground_assault"
    EXPLOSION_UNDETERMINED = "explosion_undetermined"
    FIRE_UNDETERMINED = "fire_undetermined"
    AIR_DEFENCE_FIRE = "air_defence_fire"
    INFRASTRUCTURE_DAMAGE = "infrastructure_damage"
    MINE = "mine"
    OVERFLIGHT = "overflight"
    CONTRAVENING_PRESENCE = "contravening_presence"
    EXERCISE = "exercise"
    CONTROLLED_EXPLOSION = "controlled_explosion"


class Perceived(StrEnum):
    """A means by which a class can be perceived. What is not named cannot perceive it at all."""

    HEAT = "heat"  # a satellite's thermal band: something burns long enough to be passed over
    RADAR = "radar"  # change between two radar pictures: something was broken
    EAR = "ear"  # a person or a microphone near enough
    EYE = "eye"  # a person or a camera in view
    REPORT = "report"  # somebody else's account


HEAT, RADAR, EAR, EYE, REPORT = Perceived


@dataclass(frozen=True)
class ClassRow:
    """One class: meaning, cross-walk, means.

    Attributes:
        viina, acled, osce: Other people's words for it; empty where they have none.
        forbidden: Whether a promise of no fire forbids it, unless the provision says otherwise.
    """

    event: EventClass
    name: str
    definition: str
    perceived_by: frozenset[Perceived]
    viina: tuple[str, ...] = ()
    acled: tuple[str, ...] = ()
    osce: tuple[str, ...] = ()
    forbidden: bool = False


# Where one row of a data set carries labels of several classes, the first row here that has one is taken:
# acts of fire before what answers them and what they leave behind.
TABLE: tuple[ClassRow, ...] = (
    ClassRow(
        EventClass.SHELLING,
        "shelling",
        "Fire of guns, mortars, tanks or rocket launchers from the ground.",
        frozenset({HEAT, RADAR, EAR, EYE, REPORT}),
        viina=("artillery",),
        acled=("Shelling/artillery/missile attack",),
        osce=("explosion assessed as impact or outgoing of artillery, mortar, tank or MLRS", "projectile in flight"),
        forbidden=True,
    ),
    ClassRow(
        EventClass.AIR_OR_MISSILE_STRIKE,
        "air or missile strike",
        "A bomb or missile from an aircraft, or a cruise or ballistic missile.",
        frozenset({HEAT, RADAR, EAR, EYE, REPORT}),
        viina=("airstrike",),
        acled=("Air/drone strike", "Shelling/artillery/missile attack"),
        forbidden=True,
    ),
    ClassRow(
        EventClass.DRONE_ATTACK,
        "drone attack",
        "An uncrewed aircraft that drops something or strikes. One that only watches is none.",
        frozenset({HEAT, EAR, EYE, REPORT}),
        viina=("uav",),
        acled=("Air/drone strike",),
        forbidden=True,
    ),
    ClassRow(
        EventClass.GROUND_ASSAULT,
        "ground assault",
        "Troops or vehicles that move against the other side.",
        frozenset({EAR, EYE, REPORT}),
        viina=("raid", "armor"),
        acled=("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
        forbidden=True,
    ),
    ClassRow(
        EventClass.SMALL_ARMS_FIRE,
        "small-arms fire",
        "Shots and bursts of rifles, machine guns and grenade launchers.",
        frozenset({EAR, EYE, REPORT}),
        viina=("firefight", "firefighb"),
        acled=("Armed clash", "Grenade"),
        osce=("burst", "shot"),
        forbidden=True,
    ),
    ClassRow(
        EventClass.MINE,
        "mine or remnant",
        "A mine, a trap or something left over goes off.",
        frozenset({EAR, EYE, REPORT}),
        viina=("ied",),
        acled=("Remote explosive/landmine/IED",),
    ),
    ClassRow(
        EventClass.EXPLOSION_UNDETERMINED,
        "explosion, undetermined",
        "A bang that nobody could tell the kind of.",
        frozenset({EAR, EYE, REPORT}),
        osce=("undetermined explosion", "airburst"),
        forbidden=True,
    ),
    ClassRow(
        EventClass.AIR_DEFENCE_FIRE,
        "air-defence fire",
        "Fire at something in the air. It answers another act.",
        frozenset({EAR, EYE, REPORT}),
        viina=("aad",),
        acled=("Disrupted weapons use",),
    ),
    ClassRow(
        EventClass.INFRASTRUCTURE_DAMAGE,
        "infrastructure damage",
        "Something of use to civilians is broken. A consequence, not an act.",
        frozenset({HEAT, RADAR, EYE, REPORT}),
        viina=("property", "hospital"),
        osce=("damage to civilian infrastructure",),
    ),
    ClassRow(
        EventClass.FIRE_UNDETERMINED,
        "fire, undetermined",
        "Something burns: a field, a works, a strike. Nobody could tell which.",
        frozenset({HEAT, EYE, REPORT}),
    ),
    ClassRow(
        EventClass.OVERFLIGHT,
        "overflight",
        "An aircraft in the air, crewed or not, that strikes nothing.",
        frozenset({EAR, EYE, REPORT}),
    ),
    ClassRow(
        EventClass.CONTRAVENING_PRESENCE,
        "contravening presence",
        "What the text has withdrawn, seen where it may not be. A state, not an act: counted apart, place withheld.",
        frozenset({EYE, REPORT}),
        osce=("weapon in violation of withdrawal lines",),
    ),
    ClassRow(
        EventClass.EXERCISE,
        "exercise",
        "Live fire announced or assessed as training. Counted, with a sub-total of its own.",
        frozenset({HEAT, EAR, EYE, REPORT}),
        osce=("live-fire exercise",),
    ),
    ClassRow(
        EventClass.CONTROLLED_EXPLOSION,
        "controlled explosion",
        "Demining or disposal. Counted, with a sub-total of its own.",
        frozenset({EAR, EYE, REPORT}),
        osce=("controlled explosion", "demining"),
    ),
)

NAMES: dict[EventClass, str] = {row.event: row.name for row in TABLE}
PERCEIVED_BY: dict[EventClass, frozenset[Perceived]] = {row.event: row.perceived_by for row in TABLE}

# What a promise of "no fire" forbids. Damage and burning are consequences, air-defence fire answers
# something else, and exercises and controlled explosions are labelled: none of these is itself the
# act that was renounced.
NO_FIRE: tuple[EventClass, ...] = tuple(row.event for row in TABLE if row.forbidden)

# What a ban on flights forbids: what cannot be done without a flight, and the flight itself.
IN_THE_AIR: tuple[EventClass, ...] = (
    EventClass.AIR_OR_MISSILE_STRIKE,
    EventClass.DRONE_ATTACK,
    EventClass.OVERFLIGHT,
)
# What a list of protected facilities forbids: acts that can break something, and that it is broken.
AT_FACILITIES: tuple[EventClass, ...] = (
    EventClass.SHELLING,
    EventClass.AIR_OR_MISSILE_STRIKE,
    EventClass.DRONE_ATTACK,
    EventClass.EXPLOSION_UNDETERMINED,
    EventClass.INFRASTRUCTURE_DAMAGE,
)
PRESENCE: tuple[EventClass, ...] = (EventClass.CONTRAVENING_PRESENCE,)
