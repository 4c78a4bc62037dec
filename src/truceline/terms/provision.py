"""Promises: provisions, what a facility list names, rival readings, and windows the parties agreed on."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field
from pydantic.dataclasses import dataclass

from truceline.terms.event_class import AT_FACILITIES, IN_THE_AIR, NO_FIRE, PRESENCE, EventClass
from truceline.terms.keys import TABLE, Id, Name, Text, Utc

LINE = "line"  # the zone every case has: within the depth of the day's line


class Kind(StrEnum):
    """What a provision promises; compliance has one check a kind."""

    NO_FIRE = "no_fire"
    NO_FLY = "no_fly"
    WITHDRAWAL = "withdrawal"
    FACILITY_LIST = "facility_list"
    ACCESS = "access"


# What each kind forbids unless the provision says otherwise. Access forbids no class of event.
_FORBIDS: dict[Kind, tuple[EventClass, ...]] = {
    Kind.NO_FIRE: NO_FIRE,
    Kind.NO_FLY: IN_THE_AIR,
    Kind.WITHDRAWAL: PRESENCE,
    Kind.FACILITY_LIST: AT_FACILITIES,
    Kind.ACCESS: (),
}


@dataclass(frozen=True, config=TABLE)
class Listed:
    """A kind of facility a list names, in words: never a place.

    Attributes:
        id: Short, for readings to name it by.
        name: As the list has it.
        words: How reports name such a facility, in whatever language; a word that ends in ``*`` matches any ending.
        written: Whether the text itself names it; else only a reading does.
    """

    id: Id
    name: Text
    words: Annotated[tuple[Name, ...], Field(min_length=1)]
    written: bool = True


@dataclass(frozen=True, config=TABLE)
class Provision:
    """One checkable promise of the text.

    Attributes:
        zone: Where it holds: ``line`` (within the depth of the day's line), or the id of a zone of the case.
        classes: What it forbids; not given: what its kind forbids.
        list: Of a facility list: what it names.
        watch: Of a facility list: feeds that watch all that is listed, so that the list can be seen to be kept.
    """

    id: Id
    kind: Kind
    text: Text
    zone: Id = LINE
    count: Literal["incident"] = "incident"
    classes: Annotated[tuple[EventClass, ...], Field(min_length=1)] = ()
    list: tuple[Listed, ...] = ()
    watch: tuple[Id, ...] = ()

    def __post_init__(self) -> None:
        if not self.classes:
            object.__setattr__(self, "classes", _FORBIDS[self.kind])


@dataclass(frozen=True, config=TABLE)
class Window:
    """A time in which the parties agreed on something more.

    Attributes:
        kind: ``exercise`` and ``controlled_explosion`` permit the acts of `classes`; ``repair`` and ``passage``
            promise quiet for work or people, and are reported as kept or not.
        classes: What is permitted; not given: every class.
        provisions: Provisions it makes an exception from; not given: all.
    """

    id: Id
    kind: Literal["exercise", "controlled_explosion", "repair", "passage"]
    text: Text
    start: Utc
    end: Utc
    classes: tuple[EventClass, ...] = ()
    provisions: tuple[Id, ...] = ()
    zone: Id = LINE

    @property
    def permits(self) -> bool:
        """Whether it permits acts; else it promises quiet."""
        return self.kind in ("exercise", "controlled_explosion")


@dataclass(frozen=True, config=TABLE)
class Reading:
    """One party's (or a mediator's) reading of the same text. What it leaves out is as written.

    Attributes:
        lists: By provision, the ids of what this reading takes the facility list to name.
        classes: By provision, the classes this reading takes it to forbid.
        zones: By provision, the zone in which this reading takes it to hold.
    """

    id: Id
    party: Id | None = None
    start: Utc | None = None
    end: Utc | None = None
    note: str = ""
    lists: dict[Id, tuple[Id, ...]] = field(default_factory=dict)
    classes: dict[Id, tuple[EventClass, ...]] = field(default_factory=dict)
    zones: dict[Id, Id] = field(default_factory=dict)
