"""One thing that happened, however many saw it."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.spacetime import RingSector, When, Where
from truceline.terms.event_class import EventClass


@dataclass(frozen=True)
class Link:
    """Why two observations are taken for the same thing.

    Attributes:
        distance_m: On WGS 84; None where a person decided without their being near.
        bits: How much speaks for it, see `sameness`; None where a person decided.
    """

    a: str
    b: str
    distance_m: float | None
    reason: str
    bits: float | None = None


@dataclass(frozen=True)
class Incident:
    """Observations of one event, with the reasons for taking them together.

    Attributes:
        id: From the observation that founded it: the same after a rebuild and after late rows (see `naming`).
        observations: Ids, sorted.
        when: The interval of its anchor.
        where: The most exact position among its observations.
        ring: The ring sector it was heard in, where no position is known better; `where` is then the observer's.
        sector: Sector of that position; None farther from the line than its depth.
        sectors_beside: Other sectors in which it may lie as well.
        against: Why reports that it did not happen, or was something else, are about it: `b` of each is the report.
        kept_apart: Decisions that keep it apart from what it would have been one with, each with its reason.
        heat: Ids of thermal detections beside it in space and time. They are evidence to read, no votes.
    """

    id: str
    event_class: EventClass
    observations: tuple[str, ...]
    when: When
    where: Where
    sector: str | None
    links: tuple[Link, ...]
    heat: tuple[str, ...] = ()
    ring: RingSector | None = None
    sectors_beside: tuple[str, ...] = ()
    kept_apart: tuple[str, ...] = ()
    against: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Incidents:
    """All incidents of a day, and the heat near the line that lies beside none of them."""

    incidents: tuple[Incident, ...]
    unattributed_heat: tuple[str, ...]
