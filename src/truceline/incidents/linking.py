"""Link observations into incidents: one thing that happened, however many saw it.

    observations --pairs.near_rows--> near pairs --sameness.weigh--> links --strongest first--> incidents --naming-->

In: observations in any order, and what people decided. Out: the same incidents for any order and any way the pairs
were found. Start at `link`.

Links are taken strongest first; one that would bring together what a person keeps apart is passed over. Exact reports
(to the minute or hour) are joined first. A report that names only its day cannot tell two shellings of that day
apart: it joins the one it is most like, and never makes two into one. Heat never makes an incident and never joins
two; what lies beside one is named there, the rest is unattributed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa

from truceline.incidents.incident import Incident, Incidents, Link
from truceline.incidents.naming import Names, name
from truceline.incidents.pairs import BANGS, Row, near_rows, when_of
from truceline.incidents.sameness import Sameness, weigh
from truceline.observations.schema import ring_of
from truceline.spacetime import LonLat, Precision, When, Where, iso
from truceline.terms.decision import Decision, Verdict, standing
from truceline.terms.event_class import NAMES, EventClass
from truceline.terms.party import Origin

HEAT_GAP = timedelta(hours=6)  # a fire that shelling lit is seen by the next pass or two
_OTHER_CAUSES = frozenset({EventClass.EXERCISE, EventClass.CONTROLLED_EXPLOSION})

# The anchor gives an incident its time and class: who saw it best speaks for it.
_ORIGIN_ORDER = {Origin.MONITOR: 0, Origin.THIRD_PARTY: 1, Origin.PARTY: 2, Origin.UNKNOWN: 3, Origin.SENSOR: 4}
_PRECISION_ORDER = {Precision.MINUTE: 0, Precision.HOUR: 1, Precision.DAY: 2}


def link(observations: pa.Table, decisions: Iterable[Decision] = (), names: Names | None = None) -> Incidents:
    """Group observations into incidents.

    Args:
        observations: Table `OBSERVATION`, any order.
        decisions: What people decided of pairs, oldest first; those on observations that are not here wait.
        names: What was named before.

    Returns:
        Incidents by time and id; heat near the line that lies beside none.
    """
    rows: list[Row] = sorted(observations.to_pylist(), key=lambda row: str(row["id"]))
    heat = [row for row in rows if row["origin"] == Origin.SENSOR]
    events = [row for row in rows if row["origin"] != Origin.SENSOR and row["speaks"] == "for"]
    denials = [row for row in rows if row["speaks"] == "against"]
    held = standing(decisions)
    groups = _Groups(events, held)
    groups.join_all(_weighed(events))
    incidents = groups.incidents()
    anchored = [(min((events[i] for i in members), key=_anchor_key)["id"], one.observations)
                for members, one in incidents]  # fmt: skip
    ids = name(anchored, names or Names())
    named = [replace(one, id=key) for (_, one), key in zip(incidents, ids, strict=True)]
    named = _with_against(named, events, denials, held)
    named, beside = _with_heat(named, {row["id"]: row for row in events}, heat)
    named.sort(key=lambda one: (one.when, one.id))
    alone = tuple(row["id"] for row in heat if row["sector"] is not None and row["id"] not in beside)
    return Incidents(tuple(named), alone)


def _weighed(events: Sequence[Row]) -> list[tuple[int, int, float, Sameness]]:
    """Near pairs that enough speaks for, strongest first, then the nearest, then the earliest and by id."""
    found = []
    for i, j, metres in near_rows(events):
        sameness = weigh(events[i], events[j], metres)
        if sameness is not None and sameness.bits >= 0:
            found.append((i, j, metres, sameness))

    def order(pair: tuple[int, int, float, Sameness]) -> tuple[object, ...]:
        i, j, metres, sameness = pair
        starts = sorted((events[i]["start_utc"], events[j]["start_utc"]))
        return -sameness.bits, round(metres), starts, i, j  # rows are sorted by id

    return sorted(found, key=order)


class _Groups:
    """Observations on their way to incidents: who leads whom, what links them, what must stay apart."""

    def __init__(self, events: Sequence[Row], decisions: Sequence[Decision]) -> None:
        self.events = events
        self.leader = list(range(len(events)))
        self.members: dict[int, list[int]] = {i: [i] for i in range(len(events))}
        self.links: list[tuple[int, Link]] = []
        self.foes: dict[int, dict[int, Decision]] = defaultdict(dict)
        self.heeded: dict[str, tuple[int, int, Decision]] = {}
        place = {row["id"]: i for i, row in enumerate(events)}
        here = [(place[d.a], place[d.b], d) for d in decisions if d.a in place and d.b in place]
        for i, j, decision in here:
            if decision.verdict is Verdict.DIFFERENT:
                self.foes[i][j] = self.foes[j][i] = decision
        for i, j, decision in here:
            if decision.verdict is Verdict.SAME:
                self._join(i, j, Link(decision.a, decision.b, None, _decided(decision)))

    def join_all(self, pairs: Sequence[tuple[int, int, float, Sameness]]) -> None:
        """Join what is linked, strongest first; what names only its day comes last and joins one."""
        vague = {i for i, row in enumerate(self.events) if row["precision"] == Precision.DAY}
        mixed: dict[int, list[tuple[int, int, float, Sameness]]] = defaultdict(list)
        for pair in pairs:
            i, j, metres, sameness = pair
            if (i in vague) == (j in vague):
                self._join(i, j, self._link(i, j, metres, sameness))
        for pair in pairs:
            if (pair[0] in vague) != (pair[1] in vague):
                day_only = pair[0] if pair[0] in vague else pair[1]
                mixed[self._lead(day_only)].append(pair)
        for group in sorted(mixed):
            if any(i not in vague for i in self.members[self._lead(group)]):
                continue  # a person has said which one it is
            for i, j, metres, sameness in mixed[group]:
                if self._join(i, j, self._link(i, j, metres, sameness)):
                    break

    def incidents(self) -> list[tuple[list[int], Incident]]:
        """The members of each group (indices) and the incident they make."""
        reasons: dict[int, list[Link]] = defaultdict(list)
        for i, one in self.links:
            reasons[self._lead(i)].append(one)
        apart: dict[int, list[str]] = defaultdict(list)
        for i, j, decision in self.heeded.values():
            for k in (i, j):
                apart[self._lead(k)].append(_decided(decision))
        leaders = sorted(i for i in range(len(self.events)) if self._lead(i) == i)
        return [
            (
                self.members[key],
                _incident(
                    [self.events[i] for i in self.members[key]],
                    sorted(reasons[key], key=lambda one: (one.a, one.b)),
                    tuple(sorted(apart[key])),
                ),
            )
            for key in leaders
        ]

    def _lead(self, i: int) -> int:
        while self.leader[i] != i:
            self.leader[i] = self.leader[self.leader[i]]
            i = self.leader[i]
        return i

    def _link(self, i: int, j: int, metres: float, sameness: Sameness) -> Link:
        a, b = self.events[i], self.events[j]
        return Link(a["id"], b["id"], metres, _reason(a, b, metres, sameness), sameness.bits)

    def _join(self, i: int, j: int, why: Link) -> bool:
        """Make two groups one, unless a person keeps them apart."""
        a, b = sorted((self._lead(i), self._lead(j)))
        if a != b:
            if self.foes and (between := self._between(a, b)):
                self.heeded |= between
                return False
            self.leader[b] = a
            self.members[a] = sorted(self.members[a] + self.members.pop(b))
        self.links.append((i, why))
        return True

    def _between(self, a: int, b: int) -> dict[str, tuple[int, int, Decision]]:
        """The decisions that keep two groups apart."""
        other = set(self.members[b])
        return {
            decision.id: (i, j, decision)
            for i in self.members[a]
            for j, decision in self.foes.get(i, {}).items()
            if j in other
        }


def _decided(decision: Decision) -> str:
    verb = "the same" if decision.verdict is Verdict.SAME else "different"
    return f"held to be {verb} by a person's decision {decision.id} of {iso(decision.at)}: {decision.reason}"


def _reason(a: Row, b: Row, metres: float, sameness: Sameness) -> str:
    gap = when_of(a).gap(when_of(b))
    clock = "at the same time" if not gap else f"{round(gap.total_seconds() / 60)} min apart"
    if Precision.DAY in (a["precision"], b["precision"]):
        clock = "on the same day" if a["precision"] == b["precision"] else "on the day the other names"
    kind = a["event_class"] if a["event_class"] == b["event_class"] else f"{a['event_class']} and {b['event_class']}"
    limit = (a["uncertainty_m"] + b["uncertainty_m"]) / 1000
    parts = f"; {sameness.words}" if sameness.words else ""
    near = f"{metres / 1000:.1f} km apart where {limit:.1f} km may be uncertain, {clock}, {kind.replace('_', ' ')}"
    return f"{near}{parts}; sum {sameness.bits:+g} bits"


def _incident(rows: list[Row], links: list[Link], kept_apart: tuple[str, ...]) -> Incident:
    anchor = min(rows, key=_anchor_key)
    place = min(rows, key=lambda row: (row["uncertainty_m"], _anchor_key(row)))
    known = [row for row in rows if row["event_class"] != EventClass.EXPLOSION_UNDETERMINED] or rows
    event = EventClass(min(known, key=_anchor_key)["event_class"])
    return Incident(
        id="",  # given by `naming`
        event_class=event,
        observations=tuple(sorted(row["id"] for row in rows)),
        when=When(anchor["start_utc"], anchor["end_utc"], Precision(anchor["precision"])),
        where=Where(LonLat(place["lon"], place["lat"]), place["uncertainty_m"]),
        sector=place["sector"],
        links=tuple(links),
        ring=ring_of(place),
        sectors_beside=tuple(place["sectors_beside"]),
        kept_apart=kept_apart,
    )


def _anchor_key(row: Row) -> tuple[int, int, object, str]:
    return _PRECISION_ORDER[row["precision"]], _ORIGIN_ORDER[Origin(row["origin"])], row["start_utc"], str(row["id"])


def _with_against(
    incidents: list[Incident], events: list[Row], denials: list[Row], decisions: Sequence[Decision]
) -> list[Incident]:
    """Name what speaks against each incident: reports that it did not happen, and of another cause there and then.

    A denial makes no incident. It speaks of every incident it lies near, since it does not say which it means; what a
    person keeps apart is left out.
    """
    of = {key: n for n, one in enumerate(incidents) for key in one.observations}
    apart = {(d.a, d.b) for d in decisions if d.verdict is Verdict.DIFFERENT}
    best: dict[tuple[int, str], Link] = {}
    causes = [row for row in events if row["event_class"] in _OTHER_CAUSES]
    bangs = [row for row in events if EventClass(row["event_class"]) in BANGS]
    near = [
        (events[i], denials[j], metres, "says that it did not happen") for i, j, metres in near_rows(events, denials)
    ]
    near += [
        (bangs[i], causes[j], metres, f"tells of a {NAMES[EventClass(causes[j]['event_class'])]} there and then")
        for i, j, metres in near_rows(bangs, causes)
    ]
    for row, other, metres, what in near:
        alike = other if other["speaks"] == "against" else other | {"event_class": row["event_class"]}
        sameness = weigh(row, alike, metres)
        pair = tuple(sorted((row["id"], other["id"])))
        if sameness is None or sameness.bits < 0 or pair in apart or of[row["id"]] == of.get(other["id"]):
            continue
        why = Link(row["id"], other["id"], metres, f"{what}; {_reason(row, alike, metres, sameness)}", sameness.bits)
        key = of[row["id"]], str(other["id"])
        if key not in best or (-sameness.bits, row["id"]) < (-float(best[key].bits or 0), best[key].a):
            best[key] = why
    against: dict[int, list[Link]] = defaultdict(list)
    for (n, _), why in sorted(best.items()):
        against[n].append(why)
    return [replace(one, against=tuple(against[n])) if n in against else one for n, one in enumerate(incidents)]


def _with_heat(incidents: list[Incident], by_id: dict[str, Row], heat: list[Row]) -> tuple[list[Incident], set[str]]:
    """Name the detections beside each incident; a report that names only its day explains no fire."""
    exact: list[tuple[int, Row]] = [
        (n, by_id[one])
        for n, incident in enumerate(incidents)
        for one in incident.observations
        if by_id[one]["precision"] != Precision.DAY and by_id[one]["origin"] in (Origin.MONITOR, Origin.THIRD_PARTY)
    ]
    beside: dict[int, set[str]] = defaultdict(set)
    for i, j, _ in near_rows([row for _, row in exact], heat, HEAT_GAP):
        beside[exact[i][0]].add(heat[j]["id"])
    full = [replace(one, heat=tuple(sorted(beside[n]))) if n in beside else one for n, one in enumerate(incidents)]
    return full, {key for keys in beside.values() for key in keys}
