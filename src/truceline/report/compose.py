"""Compose a bulletin: everything the page and the exports say, as one plain object.

    DayResult (and the days it is compared with) --compose--> the object of schema/bulletin.schema.json

Positions leave as cells of the declared grid, times as UTC text, missing numbers as null. What a
person reads is rendered from this object and from nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import truceline
from truceline.assessment import ANY, Assessment, State
from truceline.assessment.told import Told
from truceline.compliance import in_force
from truceline.incidents import Incident
from truceline.observations.schema import ring_of
from truceline.report import methods
from truceline.report.burning import heat
from truceline.report.cells import cell_of
from truceline.report.comparing import comparison
from truceline.report.day import DayResult
from truceline.report.feed_health import feed_health
from truceline.report.front_page import parties, reasons
from truceline.report.incidents import incident
from truceline.report.movement import movement_of
from truceline.report.provisions import finding, provisions, readings, window
from truceline.report.totals import totals
from truceline.report.withhold import withhold
from truceline.spacetime import LonLat, When, iso
from truceline.statements.bearing import Bearing
from truceline.statements.statement import Statement, Tally
from truceline.terms import Agreement
from truceline.terms.event_class import NAMES, EventClass
from truceline.terms.provision import Kind

MARKING = "INTERNAL – NOT FOR RELEASE"
TEXT_CHARS = 300
WITHHELD = "Withheld: it tells of a place that is not published. The words stand in the ledger."


def compose(
    agreement: Agreement,
    result: DayResult,
    others: Sequence[tuple[str, DayResult | None, date]],
    *,
    as_known_at: str | None,
) -> dict[str, Any]:
    """The bulletin of one day.

    Args:
        agreement: The case.
        result: What was found for the day.
        others: Days to compare with: ``previous period`` or ``reference day``, its result, its date.
        as_known_at: The cut-off of the ledger snapshot; None for all that is in it.
    Returns:
        The object that docs and schema describe, JSON-able and sorted.
    """
    period = result.period
    sector_days = [_sector_day(row) for row in result.assessments.sector_days.to_pylist()]
    line = _line(agreement, result, sector_days)
    hidden = withheld_places(result)
    incidents = [incident(agreement, result, one, hidden=one.incident.id in hidden) for one in listed_incidents(result)]
    statements = [_statement(one) for one in result.statements.statements]
    return {
        "schema": "truceline-bulletin/1",
        "marking": MARKING,
        "exercise": agreement.exercise,
        "number": f"{result.day:%j/%Y}",
        "title": agreement.name,
        "day": result.day.isoformat(),
        "covers": {
            "from": iso(period.start),
            "to": iso(period.end),
            "time_zone": agreement.time_zone,
            "from_local": f"{period.start.astimezone(agreement.zone):%Y-%m-%d %H:%M}",
            "to_local": f"{period.end.astimezone(agreement.zone):%Y-%m-%d %H:%M}",
        },
        "as_known_at": as_known_at,
        "release_not_before": iso(period.end + timedelta(hours=agreement.delay_h)),
        "agreement": _agreement(agreement, period),
        "line": line,
        "line_trouble": result.ground_trouble,
        "feeds": feed_health(agreement, result),
        "restrictions": list(result.observed.restrictions),
        "reasons": reasons(agreement, result, sector_days),
        "parties": parties(agreement, result),
        "sector_days": sector_days,
        "told_of": _told_of(result.assessments.told),
        "coverage_hours": _coverage_hours(result),
        "incidents": incidents,
        "heat": heat(agreement, result, others),
        "statements": statements,
        "relations": [_relation(one, {s["id"] for s in statements}) for one in result.bearings],
        "tallies": [_tally(one, result) for one in result.statements.tallies],
        "comparisons": [comparison(name, result, other, day, agreement) for name, other, day in others],
        "findings": [finding(one) for one in result.findings],
        "windows": [window(one) for one in result.windows],
        "provisions": provisions(agreement),
        "totals": totals(result, line, sector_days, incidents, statements),
        "observations": _observations(agreement, result),
        "methods": methods.paragraphs(agreement),
        "software": f"truceline {truceline.__version__}",
    }


def listed_incidents(result: DayResult) -> list[Assessment]:
    """Incidents near the line, and those away from it on which a finding rests or which it names."""
    cited = {key for f in result.findings for key in (*f.incidents, *f.unplaced, *f.permitted, *f.claimed)}
    return [a for a in result.assessments.assessments if a.incident.sector is not None or a.incident.id in cited]


def withheld_places(result: DayResult) -> frozenset[str]:
    """Incidents whose place is not told at all: at a listed facility, or a presence where none may be."""
    named = {
        key
        for f in result.findings
        if f.kind == Kind.FACILITY_LIST
        for key in (*f.incidents, *f.unplaced, *f.permitted, *f.claimed)
    }
    present = {
        a.incident.id
        for a in result.assessments.assessments
        if a.incident.event_class is EventClass.CONTRAVENING_PRESENCE
    }
    return frozenset(named | present)


def _agreement(agreement: Agreement, period: When) -> dict[str, Any]:
    return {
        "name": agreement.name,
        "status": str(agreement.status),
        "start": iso(agreement.start),
        "end": iso(agreement.end),
        "in_force": in_force(agreement, period),
        "parties": [{"id": p.id, "name": p.name} for p in agreement.parties],
        "acceptances": [
            {"party": a.party, "at": _moment(a.at), "conditions": list(a.conditions), "statement": a.statement}
            for a in agreement.acceptances
        ],
        "readings": readings(agreement),
        "quiet_at": agreement.quiet_at,
        "grid_deg": agreement.grid_deg,
    }


def _moment(at: datetime | date) -> str:
    """UTC text, or the date alone where no hour is known."""
    return iso(at) if isinstance(at, datetime) else at.isoformat()


def _line(agreement: Agreement, result: DayResult, sector_days: list[dict[str, Any]]) -> dict[str, Any] | None:
    ground = result.ground
    if ground is None:
        return None
    km = result.sector_km
    whole = [row for row in sector_days if row["class"] == ANY]
    state_km = {str(state): math.fsum(km[row["sector"]] for row in whole if row["state"] == state) for state in State}
    return {
        "publisher": ground.publisher,
        "map_day": ground.map_day.isoformat(),
        "note": ground.note,
        "lengths": [
            {"tolerance_km": tolerance, "length_km": round(length, 1), "pieces": pieces}
            for tolerance, length, pieces in result.lengths
        ],
        "sector_km": agreement.ground.sector_km,
        "depth_km": ground.depth_km,
        "state_km": {state: round(length, 1) for state, length in state_km.items()},
        "sectors": [
            {
                "sector": s.id,
                "near": ground.near.get(s.id),
                "from_km": round(s.from_km, 1),
                "to_km": round(s.to_km, 1),
                "length_km": round(s.length_km, 1),
            }
            for s in ground.sectors
        ],
        "movement": movement_of(result.movement, ground.held_by),
    }


def _coverage_hours(result: DayResult) -> list[dict[str, Any]]:
    """Who looked in which hour, one object a sector, its lists as long as the day has hours."""
    found: dict[str, dict[str, Any]] = {}
    for row in result.observed.hours.to_pylist():
        one = found.setdefault(
            row["sector"],
            {"sector": row["sector"], "hours_utc": [], "watched_share": [], "looks": [], "clear_share": []},
        )
        one["hours_utc"].append(f"{row['start_utc']:%H:%M}")
        for name in ("watched_share", "looks", "clear_share"):
            one[name].append(row[name])
    return list(found.values())


def _sector_day(row: dict[str, Any]) -> dict[str, Any]:
    name = row["event_class"]
    said = {key: value for key, value in row.items() if key != "event_class"}
    return {**said, "class": name, "class_name": "any act of fire" if name == ANY else NAMES[EventClass(name)]}


def _told_of(told: Told) -> dict[str, Any]:
    return {"heard": told.heard, "told": told.told, "share": round(told.share, 4) if told.heard else None}


def _statement(one: Statement) -> dict[str, Any]:
    """A statement with its exact words, positions in them withheld; offsets lead to the words as received."""
    said = one.to_json()
    return {**said, "quote": withhold(one.text), "proposition": withhold(one.proposition)}


def _relation(one: Bearing, here: set[str]) -> dict[str, Any]:
    """How one statement bears on another; one of the bulletin before is given with its words, for it is not listed."""
    return {
        "kind": str(one.kind),
        "first": _named(one.first, here),
        "second": _named(one.second, here),
        "reason": withhold(one.reason),
    }


def _named(one: Statement, here: set[str]) -> dict[str, Any]:
    said = one.to_json()
    kept = {key: said[key] for key in ("party", "speaker", "position", "said_at", "document")}
    return {"statement": one.id, **kept, "quote": withhold(one.text)[:TEXT_CHARS], "here": one.id in here}


def _tally(one: Tally, result: DayResult) -> dict[str, Any]:
    documents = {s.id: s.document for s in result.statements.statements}
    return {
        "id": one.id,
        "party": one.party,
        "about_party": one.about_party,
        "number": one.number,
        "inexact": str(one.inexact),
        "unit": one.unit,
        "text": withhold(one.text)[:TEXT_CHARS],
        "statement": one.statement,
        "document": documents[one.statement],
    }


def _observations(agreement: Agreement, result: DayResult) -> list[dict[str, Any]]:
    """The observations behind the incidents and the heat near the line: the walk back to the bytes."""
    listed = [a.incident for a in listed_incidents(result)]

    def behind(one: Incident) -> tuple[str, ...]:
        return (*one.observations, *one.heat, *(why.b for why in one.against))

    cited = {key for one in listed for key in behind(one)}
    unplaced = withheld_places(result)
    hidden = {key for one in listed if one.id in unplaced for key in behind(one)}
    cited |= set(result.assessments.unattributed_heat)
    return [
        {
            "id": row["id"],
            "feed": row["feed"],
            "entry": row["entry"],
            "line": row["line"],
            "class": row["event_class"],
            "from": iso(row["start_utc"]),
            "to": iso(row["end_utc"]),
            "precision": row["precision"],
            "cell": None
            if row["id"] in hidden
            else cell_of(LonLat(row["lon"], row["lat"]), ring_of(row), agreement.grid_deg),
            "sector": row["sector"],
            "p_at_line": None if row["p_at_line"] is None else round(row["p_at_line"], 2),
            "means": row["means"],
            "origin": row["origin"],
            "root": row["root"],
            "text": _text(row["text"], row["id"] in hidden),
            "p_ordinary": row["p_ordinary"],
            "flagged": row["flagged"],
            "heat_reasons": [] if row["id"] in hidden else row["heat_reasons"] or [],
        }
        for row in result.observed.observations.to_pylist()
        if row["id"] in cited
    ]


def _text(text: str | None, hidden: bool) -> str | None:
    """The words of an observation; those that tell of a listed facility stay in the ledger."""
    if text is None:
        return None
    return WITHHELD if hidden else withhold(text)[:TEXT_CHARS]
