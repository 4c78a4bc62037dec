"""Sector-days: active, quiet, undetermined or not observed, exactly as DESIGN section 4 defines them.

active         at least one counted incident
quiet          none, observability >= quiet_at, and every feed that could have said otherwise was heard
not_observed   no looks and no hours
undetermined   everything else: heat out of the ordinary or not judged, cloud not known, exposure not known

What may have been missed stands in `exposure.py`: a rate learned from the neighbouring sectors, thinned by
what could be seen; printed is the upper 90 % quantile, and "no bound" where nothing can see.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from truceline.assessment.exposure import LEVEL, Missed, missed, priors, quantile, together
from truceline.assessment.schema import ANY, SECTOR_DAY, State
from truceline.assessment.told import NOBODY_TELLS, Told
from truceline.terms.event_class import NAMES, EventClass


@dataclass(frozen=True)
class _OfSector:
    """Detections beside no incident: not judged, out of the ordinary, ordinary."""

    unjudged: int
    flagged: int
    ordinary: int

    @property
    def any(self) -> bool:
        return bool(self.unjudged or self.flagged or self.ordinary)

    @property
    def against_quiet(self) -> bool:
        """Ordinary heat speaks against nothing."""
        return bool(self.unjudged or self.flagged)

    def told(self) -> list[str]:
        said = []
        if self.unjudged:
            said.append(f"{self.unjudged} thermal detection(s) beside no incident: no baseline, so nobody can say more")
        if self.flagged:
            said.append(f"{self.flagged} thermal detection(s) out of the ordinary beside no incident")
        if self.ordinary:
            said.append(f"{self.ordinary} thermal detection(s) ordinary for place and season beside no incident")
        return said


@dataclass(frozen=True)
class _Heat:
    unjudged: Counter[str]
    flagged: Counter[str]
    ordinary: Counter[str]

    def of(self, sector: str) -> _OfSector:
        return _OfSector(self.unjudged[sector], self.flagged[sector], self.ordinary[sector])


def sector_days(
    coverage: pa.Table,
    counted: Iterable[tuple[str, EventClass]],
    heat: Iterable[str],
    uncounted: Iterable[tuple[str, EventClass]],
    *,
    beside: Iterable[tuple[str, EventClass]] = (),
    unchecked: Iterable[tuple[str, EventClass]] = (),
    flagged: Iterable[str] = (),
    ordinary: Iterable[str] = (),
    forbidden: Sequence[EventClass],
    quiet_at: float,
    told: Told = NOBODY_TELLS,
) -> pa.Table:
    """The state of every sector, per class and for any act of fire.

    Args:
        coverage: Table `COVERAGE` of the day.
        counted: Sector and class of each counted incident near the line.
        heat: Sector of each thermal detection that lies beside no incident and of which no baseline tells.
        uncounted: Sector and class of the incidents that are not counted.
        beside: Sector and class of each counted incident that was heard and may lie here as well.
        unchecked: Sector and class of each of them that may not be counted only because the own feed of a source it
            cites failed: with it, it might be.
        flagged: Sector of each such detection that is out of the ordinary by the case's baseline.
        ordinary: Sector of each that is ordinary there: it speaks against nothing.
        forbidden: Classes the agreement's provisions forbid; what ``any`` is about.
        quiet_at: Least observability at which none seen may be called quiet.
        told: How often reports tell of acts; it bears on what may have been missed and on no state.

    Returns:
        Table `SECTOR_DAY`.
    """
    counts, others, maybe, open_ = Counter(counted), Counter(uncounted), Counter(beside), Counter(unchecked)
    warm = _Heat(Counter(heat), Counter(flagged), Counter(ordinary))
    by_sector: dict[str, list[Mapping[str, Any]]] = {}
    for row in coverage.to_pylist():
        by_sector.setdefault(row["sector"], []).append(row)
    unseen = _missed(by_sector, counts, told)
    rows = []
    for sector, looked in by_sector.items():
        per_class = [
            _class_row(row, counts, others, maybe, open_, warm.of(sector), quiet_at, unseen[sector, row["event_class"]])
            for row in sorted(looked, key=lambda r: r["event_class"])
        ]
        acts = [row for row in per_class if row["event_class"] in forbidden]
        # Heat that nobody can attribute speaks against quiet, and so does a heat sensor that was out.
        dark = sorted({name for row in looked for name in row["silent_feeds"]})
        not_counted = sum(others[sector, event] for event in forbidden)
        parts = [unseen[sector, row["event_class"]] for row in acts]
        whole = _any_row(sector, acts, warm.of(sector), dark, looked[0]["reasons"], not_counted, quiet_at, parts)
        rows += [whole, *per_class]
    return pa.Table.from_pylist(rows, schema=SECTOR_DAY)


def _class_row(
    row: Mapping[str, Any],
    counts: Counter[tuple[str, EventClass]],
    others: Counter[tuple[str, EventClass]],
    maybe: Counter[tuple[str, EventClass]],
    unchecked: Counter[tuple[str, EventClass]],
    heat: _OfSector,
    quiet_at: float,
    unseen: Missed | None,
) -> dict[str, Any]:
    event = EventClass(row["event_class"])
    key = row["sector"], event
    is_heat = event is EventClass.FIRE_UNDETERMINED
    seen, reasons = row["observability"], list(row["reasons"])
    silent = row["silent_feeds"]
    doubt = bool(silent) or bool(heat.any and is_heat) or bool(maybe[key]) or bool(unchecked[key])
    state = _state(counts[key], row["looks"], row["watched_h"], seen, doubt, quiet_at)
    if is_heat:
        reasons += heat.told()
    if maybe[key]:
        reasons.append(f"{maybe[key]} counted incident(s) of a neighbouring sector may lie here as well")
    if unchecked[key]:
        reasons.append(f"{unchecked[key]} incident(s) cite a source whose own feed failed, so nobody can tell")
    if others[key]:
        reasons.append(f"{others[key]} incident(s) of this class not counted: no independent voice")
    if state is State.UNDETERMINED and not counts[key]:
        reasons += _why_not_quiet(event, seen, silent, quiet_at)
    upper = None if unseen is None else unseen.upper_90
    return {
        "sector": row["sector"],
        "event_class": str(event),
        "state": str(state),
        "looks": row["looks"],
        "watched_h": row["watched_h"],
        "clear_share": row["clear_share"],
        "observability": seen,
        "count": counts[key],
        "missed_upper_90": upper,
        "missed_expected": None if unseen is None else round(unseen.expected, 4),
        "missed_shape": None if unseen is None else round(unseen.shape, 4),
        "bound": "not known" if seen is None else _bound(upper),
        "reasons": list(dict.fromkeys(reasons)),
    }


def _state(
    count: int, looks: int | None, watched_h: float | None, seen: float | None, doubt: bool, quiet_at: float
) -> State:
    if count:
        return State.ACTIVE
    if looks == 0 and watched_h == 0:
        return State.NOT_OBSERVED
    if doubt or seen is None or seen < quiet_at:
        return State.UNDETERMINED
    return State.QUIET


def _why_not_quiet(event: EventClass, seen: float | None, silent: Sequence[str], quiet_at: float) -> list[str]:
    why = [f"{name} failed, and could have told of {NAMES[event]} here" for name in silent]
    if seen is None:
        why.append(f"somebody may have looked, but how well {NAMES[event]} would have been seen is not known")
    elif seen == 0:
        why.append(f"nothing that looked here can see {NAMES[event]}")
    elif seen < quiet_at:
        why.append(f"{NAMES[event]} would have been seen with probability {seen:.2f}, below {quiet_at:g}")
    return why


def _missed(
    by_sector: Mapping[str, Sequence[Mapping[str, Any]]], counts: Counter[tuple[str, EventClass]], told: Told
) -> dict[tuple[str, str], Missed | None]:
    """What may have been missed in each sector and class; None: no bound, or not known how well it was seen."""
    found: dict[tuple[str, str], Missed | None] = {}
    of_class: dict[str, list[Mapping[str, Any]]] = {}
    for looked in by_sector.values():
        for row in looked:
            of_class.setdefault(row["event_class"], []).append(row)
    for event, rows in of_class.items():
        numbers = [counts[row["sector"], EventClass(event)] for row in rows]
        chances = [_counted_chance(row, told) for row in rows]
        for row, number, seen, prior in zip(rows, numbers, chances, priors(numbers, chances), strict=True):
            found[row["sector"], event] = None if seen is None else missed(number, seen, prior)
    return found


def _counted_chance(row: Mapping[str, Any], told: Told) -> float | None:
    """P(counted | happened); where a feed that could have told was out, reports are not relied upon."""
    seen: float | None = row["observability"]
    if seen is None or row["silent_feeds"]:
        return seen
    return told.seen_or_told(seen)


def _bound(upper: int | None) -> str:
    return "no bound" if upper is None else f"up to {upper}"


def _any_row(
    sector: str,
    acts: Sequence[Mapping[str, Any]],
    heat: _OfSector,
    dark: Sequence[str],
    limits: Sequence[str],
    uncounted: int,
    quiet_at: float,
    unseen: Sequence[Missed | None],
) -> dict[str, Any]:
    """All forbidden acts together: quiet only where every one is, no heat is left over and no feed is out."""
    if not acts:
        raise ValueError(f"sector {sector}: no class is forbidden, so there is nothing to be quiet about")
    states = {row["state"] for row in acts}
    if State.ACTIVE in states:
        state = State.ACTIVE
    elif states == {State.NOT_OBSERVED}:
        state = State.NOT_OBSERVED
    elif states == {State.QUIET} and not heat.against_quiet and not dark:
        state = State.QUIET
    else:
        state = State.UNDETERMINED
    seen = [row["observability"] for row in acts]
    least = None if any(s is None for s in seen) else min(seen)
    parts = [one for one in unseen if one is not None]
    total = quantile(together(parts), LEVEL) if len(parts) == len(unseen) else None
    bound = "not known" if any(row["bound"] == "not known" for row in acts) else _bound(total)
    reasons = [] if state is State.QUIET else list(limits)
    if uncounted:
        reasons.append(f"{uncounted} incident(s) not counted: no independent voice")
    reasons += heat.told()
    if state is State.UNDETERMINED:
        reasons += [f"{name} failed, and could have spoken against quiet here" for name in dark]
        if least is None:
            reasons.append("somebody may have looked; how well an act would have been seen is not known")
        elif least == 0:
            reasons.append("nothing that looked here can see every forbidden act")
        elif least < quiet_at:
            reasons.append(f"some act would have been seen with a probability of only {least:.2f}, below {quiet_at:g}")
    return {
        "sector": sector,
        "event_class": ANY,
        "state": str(state),
        "looks": acts[0]["looks"],
        "watched_h": acts[0]["watched_h"],
        "clear_share": acts[0]["clear_share"],
        "observability": least,
        "count": sum(row["count"] for row in acts),
        "missed_upper_90": total,
        "missed_expected": None if total is None else round(math.fsum(one.expected for one in parts), 4),
        "missed_shape": None,
        "bound": bound,
        "reasons": reasons,
    }
