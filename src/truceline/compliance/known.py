"""What a check is given: the promise in one reading, and what is known of the day.

Checks of different kinds never lean on each other; what they share stands here: which incidents lie inside a
period, which a window permits, and whether the line was seen quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from truceline.assessment import ANY, Assessment, Assessments, State
from truceline.compliance.finding import Finding, Verdict
from truceline.incidents import Incident
from truceline.spacetime import When
from truceline.terms.event_class import EventClass
from truceline.terms.provision import LINE, Listed, Provision, Window

SURELY = 0.95  # an incident lies in a zone where its place says so with this probability or more


@dataclass(frozen=True)
class Promise:
    """A provision in one reading, over the part of a day in which it was in force.

    Attributes:
        party: Whose reading it is; None for the text as written.
        classes: What this reading takes it to forbid.
        listed: What this reading takes a facility list to name.
        windows: Those that permit acts under this provision.
        zone: Where this reading takes it to hold.
    """

    provision: Provision
    reading: str
    party: str | None
    period: When
    classes: tuple[EventClass, ...]
    listed: tuple[Listed, ...]
    windows: tuple[Window, ...]
    zone: str = LINE

    def finding(self, verdict: Verdict, reason: str, sorted_out: Sorted | None = None) -> Finding:
        """The finding of this promise."""
        found = sorted_out or Sorted()
        return Finding(
            self.provision.id,
            str(self.provision.kind),
            self.reading,
            self.party,
            verdict,
            reason,
            self.period,
            found.inside,
            (*found.astride, *found.edge),
            found.permitted,
            found.claimed,
        )


@dataclass(frozen=True)
class Denial:
    """A time in which the mission was kept from looking, as a feed of its own tells."""

    feed: str
    when: When
    cause: str
    reason: str


@dataclass(frozen=True)
class Known:
    """What is known of the day.

    Attributes:
        assessments: Of the whole day, for the incidents.
        quiet: Of the period alone, for what was seen quiet in it.
        sector_km: Length of each sector.
        texts: Words of each observation that has some.
        on_watch: Chance that a feed would have told of a class at what it watches, over a period; None: not known.
        monitors: The mission's own feeds, and whether each was heard for the whole of a period.
        denials: When the mission was kept from looking.
        zones: The case's zones as they lie that day; empty without a line.
    """

    assessments: Assessments
    quiet: Assessments
    sector_km: Mapping[str, float]
    texts: Mapping[str, str] = field(default_factory=dict)
    on_watch: Callable[[str, EventClass, When], float | None] = lambda *_: None
    monitors: Callable[[When], Mapping[str, bool]] = lambda _: {}
    denials: tuple[Denial, ...] = ()
    quiet_at: float = 0.9
    zones: Mapping[str, Where] = field(default_factory=dict)


@dataclass(frozen=True)
class Where:
    """A zone as a check needs it.

    Attributes:
        chance: How likely an incident lies in it, its place being uncertain.
        watched: Whether all of it lies within the depth of the line, where coverage is known.
        rule: How it was drawn, in words.
    """

    chance: Callable[[Incident], float]
    watched: bool
    rule: str


@dataclass(frozen=True)
class Sorted:
    """Incidents a promise concerns, by what they come to; at the edge of its zone are those that may lie outside."""

    inside: tuple[str, ...] = ()
    astride: tuple[str, ...] = ()
    permitted: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()
    edge: tuple[str, ...] = ()


def placed(promise: Promise, known: Known) -> tuple[list[Assessment], frozenset[str]]:
    """The incidents of the forbidden classes where a promise holds, and which of them may lie outside.

    Along the line an incident belongs to a sector or to none. In a zone it lies with 95 % or more, or it may.
    """
    acts = [one for one in known.assessments.assessments if one.incident.event_class in promise.classes]
    if promise.zone == LINE or promise.zone not in known.zones:
        return [one for one in acts if one.incident.sector is not None], frozenset()
    chance = {one.incident.id: known.zones[promise.zone].chance(one.incident) for one in acts}
    there = [one for one in acts if chance[one.incident.id] > 1 - SURELY]
    return there, frozenset(one.incident.id for one in there if chance[one.incident.id] < SURELY)


def sort_out(concerned: Iterable[Assessment], promise: Promise, doubtful: frozenset[str] = frozenset()) -> Sorted:
    """Which incidents lie wholly inside the period, which may, which a window permits, which stand in no count."""
    inside, astride, permitted, claimed, edge = [], [], [], [], []
    for one in concerned:
        incident, period = one.incident, promise.period
        if not incident.when.overlaps(period):
            continue
        if not one.counted:
            claimed.append(incident.id)
        elif any(_permits(window, one) for window in promise.windows):
            permitted.append(incident.id)
        elif incident.id in doubtful:
            edge.append(incident.id)
        elif incident.when.within(period):
            inside.append(incident.id)
        else:
            astride.append(incident.id)
    return Sorted(tuple(inside), tuple(astride), tuple(permitted), tuple(claimed), tuple(edge))


def _permits(window: Window, one: Assessment) -> bool:
    """Whether a window permits an incident: wholly in its time, of a class it names."""
    kind = one.incident.event_class
    return one.incident.when.within(When(window.start, window.end)) and (not window.classes or kind in window.classes)


def notes(found: Sorted) -> str:
    """What is named and not used, as sentences behind a reason."""
    said = ""
    if found.astride:
        said += f" {len(found.astride)} more may lie before or after the period; their time is not known well enough."
    if found.edge:
        said += f" {len(found.edge)} more may lie in the zone or beside it; their place is not known well enough."
    if found.permitted:
        said += f" {len(found.permitted)} more lie in a window that permits them."
    return said


def counted(number: int) -> str:
    """``1 counted incident``, ``2 counted incidents``."""
    return f"{number} counted incident{'' if number == 1 else 's'}"


def along_the_line(promise: Promise, known: Known, found: Sorted, rows_of: Iterable[str]) -> Finding:
    """Judge a promise that holds along the line: broken by what lies inside, kept only where all was seen quiet.

    Args:
        promise: The promise.
        known: Of the day.
        found: The incidents it concerns.
        rows_of: Which rows of the sector-days must be quiet: ``any``, or classes.
    """
    note = notes(found)
    zone = known.zones.get(promise.zone)
    if promise.zone != LINE and zone is None:
        return promise.finding(Verdict.NOT_ASSESSABLE, f"No usable map of the line, so zone {promise.zone} is nowhere.")
    where = "near the line" if zone is None else f"in zone {promise.zone} ({zone.rule})"
    if found.inside:
        reason = f"Rests on {counted(len(found.inside))} {where}, inside the period.{note}"
        return promise.finding(Verdict.NOT_CONSISTENT, reason, found)
    wanted = {str(name) for name in rows_of}
    states: dict[str, set[State]] = {}
    for row in known.quiet.sector_days.select(["sector", "event_class", "state", "observability"]).to_pylist():
        if row["event_class"] in wanted:
            state = State(row["state"])
            well_seen = row["event_class"] != ANY and (row["observability"] or 0.0) >= known.quiet_at
            if zone is not None and state is State.ACTIVE and well_seen:
                state = State.QUIET  # what was counted here lies outside the zone, and more would have been seen
            states.setdefault(row["sector"], set()).add(state)
    if not states:
        return promise.finding(
            Verdict.NOT_ASSESSABLE, f"No usable map of the line, so there is no place to look at.{note}", found
        )
    blind = sum(known.sector_km[s] for s, state in states.items() if state != {State.QUIET})
    if zone is not None and not zone.watched:
        reason = f"No counted incident lies surely {where}, but it reaches beyond what is watched.{note}"
        return promise.finding(Verdict.NOT_ASSESSABLE, reason, found)
    if not blind and not found.astride and not found.edge:
        seen = "every sector was seen quiet" if zone is None else f"one {where} would have been seen"
        return promise.finding(Verdict.CONSISTENT, f"No counted incident, and {seen}.{note}", found)
    whole = sum(known.sector_km[s] for s in states)
    reason = f"No counted incident lies inside the period, but {blind:.0f} of {whole:.0f} km were not seen quiet.{note}"
    return promise.finding(Verdict.NOT_ASSESSABLE, reason, found)
