"""One thing that happened, however many saw it."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.spacetime import RingSector, When, Where
from truceline.terms.event_class import EventClass


@dataclass(frozen=True)
class Link:
    """Why two observations are taken for the same thing; `distance_m` apart on WGS 84."""

    a: str
    b: str
    distance_m: float
    reason: str


@dataclass(frozen=True)
class Incident:
    """Observations of one event, with the reasons for taking them together.

    Attributes:
        id: From the observation that anchors it (the most exact, then the earliest): the same after a
            rebuild, and after late rows that are no more exact.
        observations: Ids, sorted.
        when: The interval of its anchor.
        where: The most exact position among its observations.
        ring: The ring sector it was heard in, where no position is known better; `where` is then the observer's.
        sector: Sector of that position; None farther from the line than its depth.
        sectors_beside: Other sectors in which it may lie as well.
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


@dataclass(frozen=True)
class Incidents:
    """All incidents of a day, and the heat near the line that lies beside none of them."""

    incidents: tuple[Incident, ...]
    unattributed_heat: tuple[str, ...]
