"""Totals of a bulletin. Each is summed here from its own rows; `reconcile` then checks them against the rest."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from truceline.assessment import ANY, Grade, State
from truceline.compliance import Finding
from truceline.report.day import DayResult
from truceline.statements.statement import Position
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin


def totals(
    result: DayResult,
    line: dict[str, Any] | None,
    sector_days: list[dict[str, Any]],
    incidents: list[dict[str, Any]],
    statements: list[dict[str, Any]],
) -> dict[str, Any]:
    """Every total the bulletin prints, each with its sum."""
    states = Counter(row["state"] for row in sector_days if row["class"] == ANY)
    state_km = {str(state): 0.0 for state in State} if line is None else line["state_km"]
    grades = Counter(one["grade"] for one in incidents)
    counted = [one for one in incidents if one["counted"]]
    positions = Counter(row["position"] for row in statements)
    return {
        "sector_days": {**{str(s): states[str(s)] for s in State}, "sum": sum(states.values())},
        "line_km": {**state_km, "sum": round(math.fsum(state_km.values()), 1)},
        "incidents": {
            "counted": len(counted),
            "not_counted": len(incidents) - len(counted),
            "sum": len(incidents),
            "by_grade": {str(g): grades[str(g)] for g in Grade},
            "by_class": dict(sorted(Counter(one["class"] for one in counted).items())),
            "sub_totals": sub_totals(counted, result.findings),
        },
        "reports": _reports(result),
        "statements": {"sum": len(statements), "by_position": {str(p): positions[str(p)] for p in Position}},
    }


def sub_totals(counted: list[dict[str, Any]], findings: tuple[Finding, ...]) -> dict[str, int]:
    """Counted ones that are no acts against the other side, each with a sub-total: parts of the counted."""
    classes = Counter(one["class"] for one in counted)
    labelled = (EventClass.EXERCISE, EventClass.CONTROLLED_EXPLOSION, EventClass.CONTRAVENING_PRESENCE)
    permitted = {key for finding in findings for key in finding.permitted}
    return {str(event): classes[event] for event in labelled} | {
        "in_a_window": sum(1 for one in counted if one["id"] in permitted)
    }


def _reports(result: DayResult) -> dict[str, Any]:
    """Where every report of the period went: near the line, away from it, without a place, or a mention."""
    period = result.period
    reports = [r for r in result.records.reports if period.holds(r.when.middle)]
    sectors = dict(
        zip(
            result.observed.observations["id"].to_pylist(),
            result.observed.observations["sector"].to_pylist(),
            strict=True,
        )
    )
    mention = [r for r in reports if r.event_class is None]
    placeless = [r for r in reports if r.event_class is not None and r.where is None]
    placed = [r for r in reports if r.event_class is not None and r.where is not None]
    near = [r for r in placed if sectors.get(r.id) is not None]
    origins = Counter(str(r.origin) for r in reports)
    return {
        "in_period": len(reports),
        "near_line": len(near),
        "away_from_line": len(placed) - len(near),
        "without_place": len(placeless),
        "mention_only": len(mention),
        "by_origin": {str(o): origins[str(o)] for o in Origin if o is not Origin.SENSOR},
    }
