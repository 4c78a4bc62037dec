"""Sector-days: active, quiet, undetermined or not observed, exactly as DESIGN section 4 defines them.

active         at least one counted incident
quiet          none, observability >= quiet_at, and every feed that could have said otherwise was heard
not_observed   no looks and no hours
undetermined   everything else: unattributed heat, cloud not known, exposure not known

Missed events. With p = P(seen | happened) and n counted, a Jeffreys prior Gamma(1/2, 0) on the rate and
independent thinning give for the number missed m a negative binomial with r = n + 1/2 and success
probability p; printed is its upper 90 % quantile.
Source: Gelman et al. (2013), Bayesian Data Analysis, 3rd ed., section 2.6 (Poisson with conjugate gamma
prior; its predictive distribution is negative binomial).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from truceline.assessment.schema import ANY, SECTOR_DAY, State
from truceline.terms.event_class import NAMES, EventClass

LEAST_OBSERVABILITY = 0.001  # below this a bound would be in the thousands: nobody could have seen it


def sector_days(
    coverage: pa.Table,
    counted: Iterable[tuple[str, EventClass]],
    heat: Iterable[str],
    uncounted: Iterable[tuple[str, EventClass]],
    *,
    forbidden: Sequence[EventClass],
    quiet_at: float,
) -> pa.Table:
    """The state of every sector, per class and for any act of fire.

    Args:
        coverage: Table `COVERAGE` of the day.
        counted: Sector and class of each counted incident near the line.
        heat: Sector of each thermal detection that lies beside no incident.
        uncounted: Sector and class of the incidents that are not counted.
        forbidden: Classes the agreement's provisions forbid; what ``any`` is about.
        quiet_at: Least observability at which none seen may be called quiet.

    Returns:
        Table `SECTOR_DAY`.
    """
    counts, others, hot = Counter(counted), Counter(uncounted), Counter(heat)
    by_sector: dict[str, list[Mapping[str, Any]]] = {}
    for row in coverage.to_pylist():
        by_sector.setdefault(row["sector"], []).append(row)
    rows = []
    for sector, looked in by_sector.items():
        per_class = [
            _class_row(row, counts, others, hot[sector], quiet_at)
            for row in sorted(looked, key=lambda r: r["event_class"])
        ]
        acts = [row for row in per_class if row["event_class"] in forbidden]
        # Heat that nobody can attribute speaks against quiet, and so does a heat sensor that was out.
        dark = sorted({name for row in looked for name in row["silent_feeds"]})
        not_counted = sum(others[sector, event] for event in forbidden)
        whole = _any_row(sector, acts, hot[sector], dark, looked[0]["reasons"], not_counted, quiet_at)
        rows += [whole, *per_class]
    return pa.Table.from_pylist(rows, schema=SECTOR_DAY)


def missed_upper_90(count: int, observability: float) -> int | None:
    """Upper 90 % of the number of events that happened and were not seen; None: no bound.

    Args:
        count: Events seen, 0 or more.
        observability: P(seen | happened), 0..1.

    >>> missed_upper_90(0, 0.95), missed_upper_90(0, 0.5), missed_upper_90(3, 0.5)
    (0, 2, 7)
    """
    if count < 0 or not 0 <= observability <= 1:
        raise ValueError(f"count {count} must be 0 or more and observability {observability} within 0..1")
    if observability < LEAST_OBSERVABILITY:
        return None
    r, missed = count + 0.5, 0
    term = observability**r  # P(0 missed); each next term by the ratio of the negative binomial
    total = term
    while total < 0.9:
        term *= (r + missed) / (missed + 1) * (1 - observability)
        missed += 1
        total += term
    return missed


def _class_row(
    row: Mapping[str, Any],
    counts: Counter[tuple[str, EventClass]],
    others: Counter[tuple[str, EventClass]],
    hot: int,
    quiet_at: float,
) -> dict[str, Any]:
    event = EventClass(row["event_class"])
    key = row["sector"], event
    is_heat = event is EventClass.FIRE_UNDETERMINED
    seen, reasons = row["observability"], list(row["reasons"])
    silent = row["silent_feeds"]
    doubt = bool(silent) or bool(hot and is_heat)
    state = _state(counts[key], row["looks"], row["watched_h"], seen, doubt, quiet_at)
    if is_heat and hot:
        reasons.append(
            f"{hot} thermal detection(s) beside no incident; no baseline is fitted, so heat stays undetermined"
        )
    if others[key]:
        reasons.append(f"{others[key]} incident(s) of this class not counted: no independent voice")
    if state is State.UNDETERMINED and not counts[key]:
        reasons += _why_not_quiet(event, seen, silent, quiet_at)
    missed, bound = _bound(counts[key], seen)
    return {
        "sector": row["sector"],
        "event_class": str(event),
        "state": str(state),
        "looks": row["looks"],
        "watched_h": row["watched_h"],
        "clear_share": row["clear_share"],
        "observability": seen,
        "count": counts[key],
        "missed_upper_90": missed,
        "bound": bound,
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


def _bound(count: int, seen: float | None) -> tuple[int | None, str]:
    if seen is None:
        return None, "not known"
    missed = missed_upper_90(count, seen)
    return missed, "no bound" if missed is None else f"up to {missed}"


def _any_row(
    sector: str,
    acts: Sequence[Mapping[str, Any]],
    hot: int,
    dark: Sequence[str],
    limits: Sequence[str],
    uncounted: int,
    quiet_at: float,
) -> dict[str, Any]:
    """All forbidden acts together: quiet only where every one is, no heat is left over and no feed is out."""
    if not acts:
        raise ValueError(f"sector {sector}: no class is forbidden, so there is nothing to be quiet about")
    states = {row["state"] for row in acts}
    if State.ACTIVE in states:
        state = State.ACTIVE
    elif states == {State.NOT_OBSERVED}:
        state = State.NOT_OBSERVED
    elif states == {State.QUIET} and not hot and not dark:
        state = State.QUIET
    else:
        state = State.UNDETERMINED
    seen = [row["observability"] for row in acts]
    least = None if any(s is None for s in seen) else min(seen)
    missed = [row["missed_upper_90"] for row in acts]
    total = None if any(m is None for m in missed) else sum(missed)  # of bounds: wider than need be, never too narrow
    if total is not None:
        bound = f"up to {total}"
    else:
        bound = "not known" if any(row["bound"] == "not known" for row in acts) else "no bound"
    reasons = [] if state is State.QUIET else list(limits)
    if uncounted:
        reasons.append(f"{uncounted} incident(s) not counted: no independent voice")
    if hot:
        reasons.append(f"{hot} thermal detection(s) beside no incident: heat that nobody can attribute")
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
        "bound": bound,
        "reasons": reasons,
    }
