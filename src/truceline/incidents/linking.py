"""Link observations into incidents: one thing that happened, however many saw it.

    observations --pairs.near--> near pairs of one kind --union--> incidents, each with its reasons

In: observations in any order. Out: the same incidents for any order. Start at `link`.

Exact reports (to the minute or hour) are joined first. A report that names only its day cannot tell two
shellings of that day apart: it joins the one that is nearest, and never makes two into one. Heat never
makes an incident and never joins two; what lies beside one is named there, the rest is unattributed.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa

from truceline.incidents.incident import Incident, Incidents, Link
from truceline.incidents.pairs import Row, candidate_pairs, near, same_kind, when_of
from truceline.observations.schema import ring_of
from truceline.spacetime import LonLat, Precision, When, Where
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

HEAT_GAP = timedelta(hours=6)  # a fire that shelling lit is seen by the next pass or two

# The anchor gives an incident its id, time and class: who saw it best speaks for it.
_ORIGIN_ORDER = {Origin.MONITOR: 0, Origin.THIRD_PARTY: 1, Origin.PARTY: 2, Origin.UNKNOWN: 3, Origin.SENSOR: 4}
_PRECISION_ORDER = {Precision.MINUTE: 0, Precision.HOUR: 1, Precision.DAY: 2}


def link(observations: pa.Table) -> Incidents:
    """Group observations into incidents.

    Args:
        observations: Table `OBSERVATION`, any order.

    Returns:
        Incidents by time and id; heat near the line that lies beside none.
    """
    rows: list[Row] = sorted(observations.to_pylist(), key=lambda row: str(row["id"]))
    heat = [row for row in rows if row["origin"] == Origin.SENSOR]
    events = [row for row in rows if row["origin"] != Origin.SENSOR]
    groups = _groups(events)
    incidents = [_incident([events[i] for i in members], links) for members, links in groups]
    by_id = {row["id"]: row for row in events}
    incidents, beside = _with_heat(incidents, by_id, heat)
    incidents.sort(key=lambda one: (one.when, one.id))
    alone = tuple(row["id"] for row in heat if row["sector"] is not None and row["id"] not in beside)
    return Incidents(tuple(incidents), alone)


def _groups(events: list[Row]) -> list[tuple[list[int], list[Link]]]:
    """Members of each incident (indices) with the links that made it."""
    leader = list(range(len(events)))
    links: list[tuple[int, Link]] = []

    def lead(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    def join(i: int, j: int, metres: float) -> None:
        a, b = sorted((lead(i), lead(j)))
        leader[b] = a
        links.append((i, Link(events[i]["id"], events[j]["id"], metres, _reason(events[i], events[j], metres))))

    pairs = []
    for i, j in candidate_pairs(events, events):
        if i < j and same_kind(EventClass(events[i]["event_class"]), EventClass(events[j]["event_class"])):
            metres = near(events[i], events[j])
            if metres is not None:
                pairs.append((i, j, metres))
    vague = {i for i, row in enumerate(events) if row["precision"] == Precision.DAY}
    for i, j, metres in pairs:
        if (i in vague) == (j in vague):
            join(i, j, metres)
    for i, j, metres in _nearest_exact(events, pairs, vague, lead):
        join(i, j, metres)

    members: dict[int, list[int]] = defaultdict(list)
    for i in range(len(events)):
        members[lead(i)].append(i)
    reasons: dict[int, list[Link]] = defaultdict(list)
    for i, one in links:
        reasons[lead(i)].append(one)
    return [(members[key], sorted(reasons[key], key=lambda one: (one.a, one.b))) for key in sorted(members)]


def _nearest_exact(
    events: list[Row], pairs: Iterable[tuple[int, int, float]], vague: set[int], lead: Callable[[int], int]
) -> list[tuple[int, int, float]]:
    """For each group of day-only reports the one exact report it joins: the nearest, then the earliest."""
    best: dict[int, tuple[float, object, str, int, int]] = {}
    for i, j, metres in pairs:
        if (i in vague) == (j in vague):
            continue
        day_only, exact = (i, j) if i in vague else (j, i)
        choice = (round(metres), events[exact]["start_utc"], events[exact]["id"], day_only, exact)
        group = lead(day_only)
        if group not in best or choice < best[group]:
            best[group] = choice
    return [(day_only, exact, metres) for metres, _, _, day_only, exact in sorted(best.values())]


def _reason(a: Row, b: Row, metres: float) -> str:
    gap = when_of(a).gap(when_of(b))
    clock = "at the same time" if not gap else f"{round(gap.total_seconds() / 60)} min apart"
    if Precision.DAY in (a["precision"], b["precision"]):
        clock = "on the same day" if a["precision"] == b["precision"] else "on the day the other names"
    kind = a["event_class"] if a["event_class"] == b["event_class"] else f"{a['event_class']} and {b['event_class']}"
    limit = (a["uncertainty_m"] + b["uncertainty_m"]) / 1000
    return f"{metres / 1000:.1f} km apart where {limit:.1f} km may be uncertain, {clock}, {kind.replace('_', ' ')}"


def _incident(rows: list[Row], links: list[Link]) -> Incident:
    anchor = min(rows, key=_anchor_key)
    place = min(rows, key=lambda row: (row["uncertainty_m"], _anchor_key(row)))
    known = [row for row in rows if row["event_class"] != EventClass.EXPLOSION_UNDETERMINED] or rows
    event = EventClass(min(known, key=_anchor_key)["event_class"])
    return Incident(
        id="i" + hashlib.sha256(f"{anchor['id']}".encode()).hexdigest()[:10],
        event_class=event,
        observations=tuple(sorted(row["id"] for row in rows)),
        when=When(anchor["start_utc"], anchor["end_utc"], Precision(anchor["precision"])),
        where=Where(LonLat(place["lon"], place["lat"]), place["uncertainty_m"]),
        sector=place["sector"],
        links=tuple(links),
        ring=ring_of(place),
        sectors_beside=tuple(place["sectors_beside"]),
    )


def _anchor_key(row: Row) -> tuple[int, int, object, str]:
    return _PRECISION_ORDER[row["precision"]], _ORIGIN_ORDER[Origin(row["origin"])], row["start_utc"], str(row["id"])


def _with_heat(incidents: list[Incident], by_id: dict[str, Row], heat: list[Row]) -> tuple[list[Incident], set[str]]:
    """Name the detections beside each incident; a report that names only its day explains no fire."""
    exact: list[tuple[int, Row]] = [
        (n, by_id[one])
        for n, incident in enumerate(incidents)
        for one in incident.observations
        if by_id[one]["precision"] != Precision.DAY and by_id[one]["origin"] in (Origin.MONITOR, Origin.THIRD_PARTY)
    ]
    beside: dict[int, set[str]] = defaultdict(set)
    for i, j in candidate_pairs([row for _, row in exact], heat):
        number, row = exact[i]
        if near(row, heat[j], HEAT_GAP) is not None:
            beside[number].add(heat[j]["id"])
    full = [replace(one, heat=tuple(sorted(beside[n]))) if n in beside else one for n, one in enumerate(incidents)]
    return full, {key for keys in beside.values() for key in keys}
