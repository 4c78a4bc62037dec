"""Benchmark 8: what a run of a world shows of the tool, as counts that can be added over seeds.

    Seen (truth, bulletins, matches) --measures_of--> Measure, Measure, ...

A measure is k of n, never a ratio alone, so that a sweep may pool worlds and resample seeds. A measure with
nothing to look at has n = 0 and is printed so. What each asks, and what is asked of it, stands in `tables.ASKED`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from truceline.assessment.exposure import LEVEL, Missed
from truceline.observations.spans import merge
from truceline.simulate.matching import END_SLACK_KM, Found, Laid, beside, lay, period_of
from truceline.simulate.promises import DENIES, NEITHER, Seen
from truceline.simulate.tables import ASKED, Measure, Measured, Reliability
from truceline.simulate.truth import INDEPENDENT, Said, Watched
from truceline.spacetime import When
from truceline.terms.event_class import EventClass

Sharp = dict[tuple[str, str], list[float]]  # kind and band -> sum of what was said, how often it was so, of how many
Note = Callable[[str, float], None]
AT_STAKE = 0.1  # expected missed events from which on a bound says something
WELL_WATCHED = 0.9  # share of the day in which some patrol was on watch, at each of five points of the sector
ABOVE_CONTESTED = frozenset({"single_source", "corroborated", "confirmed"})


def measures_of(seen: Seen) -> Measured:
    """Every measure of one run."""
    counts: dict[str, list[float]] = {name: [0, 0] for name in ASKED}
    widths: Counter[int] = Counter()
    sharp: Sharp = defaultdict(lambda: [0.0, 0.0, 0.0])

    def note(name: str, held: float) -> None:
        tally = counts.setdefault(name, [0, 0])
        tally[0] += held
        tally[1] += 1

    _of_events(seen, note)
    _of_incidents(seen, note, sharp)
    _of_deceptions(seen, note)
    _of_words(seen, note)
    for bulletin in seen.bulletins:
        laid = lay(seen.truth, bulletin)
        if laid is not None:
            _of_sectors(seen, bulletin, laid, note, widths, sharp)
    return Measured(
        measures=tuple(Measure(name, round(k, 3), int(n)) for name, (k, n) in counts.items()),
        reliability=tuple(
            Reliability(kind, where, round(said / n, 4), int(k), int(n))
            for (kind, where), (said, k, n) in sorted(sharp.items())
        ),
        widths=dict(sorted(widths.items())),
    )


def _of_events(seen: Seen, note: Note) -> None:
    times = Counter(event.id for one in seen.found for event in one.holds)
    for event in seen.events:
        note("recall_of_all", bool(times[event.id]))
        if event.countable:
            note("recall", bool(times[event.id]))
            note(f"recall:{event.event_class}", bool(times[event.id]))
        if event.heat_visible:
            note("heat_recall", bool(times[event.id]))
        if times[event.id]:
            note("counted_once", times[event.id] == 1)
    false = [one for one in seen.found if one.event is None]
    periods = [period_of(bulletin) for bulletin in seen.bulletins]
    for fire in seen.truth.benign_fires:
        if fire.detections and fire.kind != "set" and any(fire.when.overlaps(period) for period in periods):
            beside_it = [one for one in false if _lies_at(one, fire.when, fire.where)]
            note("benign_kept_out", all(_rests_elsewhere(seen, one, fire.id) for one in beside_it))


def _of_incidents(seen: Seen, note: Note, sharp: Sharp) -> None:
    for one in seen.found:
        note("false_alarms", one.event is None)
        if one.event is not None:
            note("told_apart", len(one.holds) == 1)
        if (grade := one.incident.get("grade")) in ABOVE_CONTESTED:
            note(f"{grade}_true", one.event is not None)
        if any(event.copies > 1 for event in one.holds):
            voices = sum(root["independent"] and root["origin"] == "third_party" for root in one.incident["roots"])
            agencies = INDEPENDENT & {trace for event in one.holds for trace in event.traces} - {"posts"}
            note("copies_one_voice", voices <= len(agencies))
        said = one.incident.get("occurrence", {}).get("range")
        if said is not None:
            low, high = (float(value) for value in said.removesuffix(" %").split("–"))
            tally = sharp["likelihood", said]
            tally[0] += (low + high) / 200
            tally[1] += one.event is not None
            tally[2] += 1


def _of_deceptions(seen: Seen, note: Note) -> None:
    """What is planted raises nothing where nothing was (held); beside a true event it adds no voice (beside true)."""
    lines = {row for row, of in _told(seen).items() if of in {one.id for one in seen.truth.deceptions}}
    for found in seen.found if lines else ():
        if found.event is None:
            continue
        rows = {row["id"]: (row["feed"], row["line"]) for row in found.bulletin["observations"]}
        roots = [[rows.get(key) in lines for key in root["observations"]] for root in found.incident["roots"]]
        if any(any(its) for its in roots):
            voices = [root["independent"] for root in found.incident["roots"]]
            note("beside_true_held", not any(told and all(its) for told, its in zip(voices, roots, strict=True)))
    periods = [period_of(bulletin) for bulletin in seen.bulletins]
    for one in seen.truth.deceptions:
        if not any(period.holds(one.when.middle) for period in periods):
            continue
        raised = [
            found
            for found in seen.found
            if found.event is None
            and found.incident.get("grade") in ABOVE_CONTESTED
            and _lies_at(found, one.when, one.where)
            and not _rests_elsewhere(seen, found, one.id)
        ]
        note(f"{one.kind}_held", not raised)


def _told(seen: Seen) -> dict[tuple[str, int], str]:
    """Which line of which file tells of what."""
    return {(feed, line): of for feed, told in seen.truth.rows for line, of in told}


def _rests_elsewhere(seen: Seen, found: Found, of: str) -> bool:
    """Whether each of its voices has a row that the truth knows to tell of something else: then this did not raise it.

    Nearness alone would blame a fire or a planted story for a false report of the same hour.
    """
    if not seen.truth.rows:
        return False
    told = _told(seen)
    rows = {row["id"]: (row["feed"], row["line"]) for row in found.bulletin["observations"]}
    voices = [root["observations"] for root in found.incident["roots"] if root["independent"]]
    return bool(voices) and all(any(told.get(rows[key], of) != of for key in its if key in rows) for its in voices)


def _lies_at(found: Found, when: When, where: Any) -> bool:
    return beside(found.incident, when, where, float(found.bulletin["agreement"]["grid_deg"]))


def _of_words(seen: Seen, note: Note) -> None:
    days = {bulletin["day"] for bulletin in seen.bulletins}
    got: dict[Said, list[str]] = defaultdict(list)
    for reading in seen.readings:
        if reading.said is not None:
            got[reading.said].append(reading.statement["position"])
    for said in seen.truth.statements:
        if said.day.isoformat() not in days:
            continue
        positions = got[said]
        note("positions_right", said.position in positions)
        if positions and said.position in (NEITHER, DENIES):
            note("denials_and_neithers_apart", (DENIES if said.position == NEITHER else NEITHER) not in positions)
    kept = {(one["party"], one["number"]) for bulletin in seen.bulletins for one in bulletin["tallies"]}
    for told in seen.truth.tallies:
        if told.day.isoformat() in days:
            note("tallies_kept", (told.party, told.number) in kept)


def _of_sectors(
    seen: Seen, bulletin: Mapping[str, Any], laid: Laid, note: Note, widths: Counter[int], sharp: Sharp
) -> None:
    truth, period = seen.truth, period_of(bulletin)
    fired = [event for event in truth.events if period.holds(event.when.middle)]
    found = {event.id for one in seen.found for event in one.holds}
    along, away = laid.km_of_all([event.where for event in fired])
    near = [(event, km) for event, km, off in zip(fired, along, away, strict=True) if off <= truth.depth_km]
    burning = [one for one in truth.benign_fires if one.detections and one.when.overlaps(period)]
    smoke, smoke_off = laid.km_of_all([one.where for one in burning])
    hot = [km for km, off in zip(smoke, smoke_off, strict=True) if off <= truth.depth_km + END_SLACK_KM]
    watches = [one for one in truth.watches if one.start < period.end and period.start < one.end]
    stretches = {one.sector: one for one in laid.sectors}
    for row in bulletin["sector_days"]:
        stretch = stretches.get(row["sector"])
        if stretch is None:
            continue
        inside = [event for event, km in near if stretch.from_km <= km < stretch.to_km]
        at_end = any(
            abs(km - end) < END_SLACK_KM for _, km in near for end in (stretch.from_km, stretch.to_km)
        )  # which of two sectors it lies in is a matter of a redraw
        if row["class"] == "any":
            if row["state"] == "quiet" and not (at_end and not inside):
                note("quiet_wrong", bool(inside))
            if row["state"] == "active":
                note("active_right", bool(inside) or at_end)
            if not inside and not at_end and _well_watched(stretch.west, stretch.east, watches, period):
                heat = any(stretch.from_km - 5 <= km <= stretch.to_km + 5 for km in hot)
                note("quiet_said_beside_heat" if heat else "quiet_said", row["state"] == "quiet")
            continue
        its = [event for event in inside if event.event_class is EventClass(row["class"])]
        missed = sum(event.id not in found for event in its)
        bound = row.get("missed_upper_90")
        if bound is not None:
            widths[int(bound)] += 1
            note("bound_covers", missed <= bound)
            expected, shape = row.get("missed_expected"), row.get("missed_shape")
            if expected and shape:
                within = covered(missed, Missed(shape, shape / (shape + expected)))
                note("bound_calibrated", within)
                if expected >= AT_STAKE:
                    note("bound_calibrated_at_stake", within)
            if missed or bound:
                note("bound_covers_where_fire", missed <= bound)
        if its and row.get("observability") is not None:
            said = float(row["observability"])
            tally = sharp["observability", _fifth(said)]
            tally[0] += said * len(its)
            tally[1] += len(its) - missed
            tally[2] += len(its)


def covered(number: int, told: Missed, level: float = LEVEL) -> float:
    """How much of a number lies within an upper bound of exactly this level: 1 below its edge, 0 above, a share on it.

    A bound on counts is a whole number, so its level is never exactly 90 %; split at the edge it is. The mean over
    many is then the level, if what was told is right. Source: Czado, Gneiting and Held (2009), Biometrics 65:1254,
    https://doi.org/10.1111/j.1541-0420.2009.01191.x (randomised PIT for counts).

    >>> told = Missed(1.0, 0.5)
    >>> [round(covered(m, told), 2) for m in (0, 3, 4)]
    [1.0, 0.4, 0.0]
    """
    running = np.concatenate([[0.0], np.cumsum(told.chances())])
    if number >= len(running) - 1:
        return 0.0
    below, up_to = float(running[number]), float(running[number + 1])
    return min(max((level - below) / max(up_to - below, 1e-300), 0.0), 1.0)


def _fifth(chance: float) -> str:
    n = min(int(chance * 5), 4)
    return f"{n / 5:.1f}-{(n + 1) / 5:.1f}"


def _well_watched(west: float, east: float, watches: Sequence[Watched], period: When) -> bool:
    """Whether somebody was on watch at five points of the sector for most of the day."""
    for n in range(5):
        lon = west + (east - west) * (n + 0.5) / 5
        parts = [
            When(max(one.start, period.start), min(one.end, period.end))
            for one in watches
            if one.west <= lon <= one.east
        ]
        if sum(part.hours for part in merge(parts)) < WELL_WATCHED * period.hours:
            return False
    return True
