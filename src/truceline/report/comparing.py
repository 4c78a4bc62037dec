"""Compare a day with another, or refuse to, with the reason.

Counts of two days may be set side by side only where somebody could have seen as much on the one as on
the other; else the difference would measure the watch, not the fire.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from truceline.assessment import ANY
from truceline.feeds.satellite import firms
from truceline.observations.heat.near_line import contrast, counts
from truceline.report.day import DayResult
from truceline.report.feed_health import heat_gap
from truceline.terms import Agreement

COMPARABLE = 0.10  # the mean observability of the two days may differ by this share of the larger, no more


def comparison(
    name: str, result: DayResult, other: DayResult | None, day: date, agreement: Agreement | None = None
) -> dict[str, Any]:
    """One comparison.

    Args:
        name: ``previous period`` or ``reference day``.
        result: The day of the bulletin.
        other: The day to compare with; None where it could not be run.
        day: Its date.
        agreement: For the heat near the line against the control area; None leaves that out.
    """
    this = _figures(result)
    that: dict[str, Any] = {"count": None, "watched_h": None} if other is None else _figures(other)
    reason = "that day has no result" if other is None else _refusal(result, other)
    ratio = None
    if reason is None and that["count"]:
        ratio = round(this["count"] / that["count"], 3)
    said = reason or "The watch was comparable on both days."
    return {
        "with": name,
        "day": day.isoformat(),
        "refused": reason is not None,
        "reason": said[0].upper() + said[1:],
        "this": this,
        "that": that,
        "ratio": ratio,
        **({} if agreement is None else {"heat": _heat(agreement, result, other)}),
    }


def _heat(agreement: Agreement, result: DayResult, other: DayResult | None) -> dict[str, Any]:
    """Heat near the line against a control area in the same weather, or why that is not set side by side."""
    reason = "that day has no result" if other is None else _heat_refusal(agreement, result, other)
    if reason is not None or other is None:
        return {"refused": True, "reason": f"{reason}."[0].upper() + f"{reason}."[1:], "this": None, "that": None,
                "ratio": None, "low": None, "high": None, "distinguishable": None}  # fmt: skip
    depth_km = agreement.ground.depth_km
    this, that = (counts(one.observed.observations.to_pylist(), depth_km) for one in (result, other))
    found = contrast(this, that)
    return {
        "refused": False,
        "reason": "All thermal feeds delivered the whole of both days.",
        "this": {"near": this.near, "control": this.control},
        "that": {"near": that.near, "control": that.control},
        **{name: None if value is None else round(value, 3)
           for name, value in (("ratio", found.ratio), ("low", found.low), ("high", found.high))},
        "distinguishable": found.distinguishable,
    }  # fmt: skip


def _heat_refusal(agreement: Agreement, result: DayResult, other: DayResult) -> str | None:
    if not any(feed.kind == firms.NAME for feed in agreement.feeds):
        return "no thermal feed in this case"
    if result.ground is None or other.ground is None:
        return "there is no usable map of the line for both days"
    return heat_gap(agreement, result) or heat_gap(agreement, other)


def _figures(result: DayResult) -> dict[str, Any]:
    if result.ground is None:
        return {"count": None, "watched_h": None}
    rows = _any_rows(result)
    km = result.sector_km
    watched = [(row["watched_h"], km[row["sector"]]) for row in rows]
    known = all(h is not None for h, _ in watched)
    mean = math.fsum(h * length for h, length in watched) / math.fsum(km.values()) if known else None
    return {"count": sum(row["count"] for row in rows), "watched_h": None if mean is None else round(mean, 2)}


def _refusal(result: DayResult, other: DayResult) -> str | None:
    if result.ground is None or other.ground is None:
        return "there is no usable map of the line for both days"
    seen = [_mean_observability(result), _mean_observability(other)]
    if seen[0] is None or seen[1] is None:
        return "how much could have been seen is not known for both days"
    a, b = seen[0], seen[1]
    if max(a, b) == 0:
        return "nobody could have seen a forbidden act on either day"
    if abs(a - b) > COMPARABLE * max(a, b):
        return f"coverage is not comparable: mean observability {a:.2f} on this day, {b:.2f} on that"
    return None


def _mean_observability(result: DayResult) -> float | None:
    """Observability of forbidden acts, mean over the line by length; None where any sector's is not known."""
    km, parts = result.sector_km, []
    for row in _any_rows(result):
        if row["observability"] is None:
            return None
        parts.append(row["observability"] * km[row["sector"]])
    return math.fsum(parts) / math.fsum(km.values())


def _any_rows(result: DayResult) -> list[dict[str, Any]]:
    return [row for row in result.assessments.sector_days.to_pylist() if row["event_class"] == ANY]
