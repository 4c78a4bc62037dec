"""What can happen, in the words every room uses. One row a class; "per class" anywhere means this table.

The cross-walk to each feed's own labels lives beside that feed's parser.
"""

from __future__ import annotations

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
    EXERCISE = "exercise"
    CONTROLLED_EXPLOSION = "controlled_explosion"


NAMES: dict[EventClass, str] = {
    EventClass.SHELLING: "shelling",
    EventClass.AIR_OR_MISSILE_STRIKE: "air or missile strike",
    EventClass.DRONE_ATTACK: "drone attack",
    EventClass.SMALL_ARMS_FIRE: "small-arms fire",
    EventClass.GROUND_ASSAULT: "ground assault",
    EventClass.EXPLOSION_UNDETERMINED: "explosion, undetermined",
    EventClass.FIRE_UNDETERMINED: "fire, undetermined",
    EventClass.AIR_DEFENCE_FIRE: "air-defence fire",
    EventClass.INFRASTRUCTURE_DAMAGE: "infrastructure damage",
    EventClass.MINE: "mine or remnant",
    EventClass.EXERCISE: "exercise",
    EventClass.CONTROLLED_EXPLOSION: "controlled explosion",
}

# What a promise of "no fire" forbids. Damage and burning are consequences, air-defence fire answers
# something else, and exercises and controlled explosions are labelled: none of these is itself the
# act that was renounced.
NO_FIRE: tuple[EventClass, ...] = (
    EventClass.SHELLING,
    EventClass.AIR_OR_MISSILE_STRIKE,
    EventClass.DRONE_ATTACK,
    EventClass.SMALL_ARMS_FIRE,
    EventClass.GROUND_ASSAULT,
    EventClass.EXPLOSION_UNDETERMINED,
)
