"""What the bulletin says of promises: provisions, readings, findings, windows, and what an incident means for each.

Plain objects of schema/bulletin.schema.json; `compose` puts them together.
"""

from __future__ import annotations

from typing import Any

from truceline.assessment import Assessment
from truceline.compliance import Finding, Kept
from truceline.spacetime import iso
from truceline.terms import Agreement


def provisions(agreement: Agreement) -> list[dict[str, Any]]:
    """Every provision, with what it forbids and what it lists, in words."""
    return [
        {
            "id": p.id,
            "kind": str(p.kind),
            "text": p.text,
            "zone": p.zone,
            "count": p.count,
            "classes": [str(c) for c in p.classes],
            "list": [{"id": entry.id, "name": entry.name, "written": entry.written} for entry in p.list],
        }
        for p in agreement.provisions
    ]


def readings(agreement: Agreement) -> list[dict[str, Any]]:
    """Every reading, with its period and what it makes of the lists."""
    return [
        {
            "id": r.id,
            "party": r.party,
            "start": iso(r.start or agreement.start),
            "end": iso(r.end or agreement.end),
            "note": r.note,
            "zones": dict(sorted(r.zones.items())),
            "lists": {provision: list(ids) for provision, ids in sorted(r.lists.items())},
        }
        for r in agreement.readings
    ]


def breach(finding: Finding, a: Assessment) -> dict[str, str]:
    """What one incident means for one finding; the finding itself is of the whole period."""
    if finding.period is None:
        judgement, reason = "not in force", finding.reason
    elif a.incident.id in finding.incidents:
        judgement, reason = "not consistent", "counted, forbidden here, and wholly inside the period"
    elif a.incident.id in finding.unplaced:
        judgement, reason = "not assessable", "its time or its place is not known well enough"
    elif a.incident.id in finding.permitted:
        judgement, reason = "permitted", "a window of the agreement permits it"
    elif not a.counted:
        judgement, reason = "not assessable", f"graded {a.grade}: it stands in no count"
    else:
        judgement, reason = "not concerned", "outside the period, away from the line, or of a class not forbidden"
    return {"provision": finding.provision, "reading": finding.reading, "judgement": judgement, "reason": reason}


def finding(one: Finding) -> dict[str, Any]:
    """A finding, with the incidents it rests on and those it only names."""
    return {
        "provision": one.provision,
        "kind": one.kind,
        "reading": one.reading,
        "party": one.party,
        "finding": str(one.verdict),
        "reason": one.reason,
        "period": None if one.period is None else {"from": iso(one.period.start), "to": iso(one.period.end)},
        "incidents": list(one.incidents),
        "unplaced": list(one.unplaced),
        "permitted": list(one.permitted),
        "claimed": list(one.claimed),
        "flips": one.flips,
        "differ": list(one.differ),
    }


def window(one: Kept) -> dict[str, Any]:
    """What became of a window in the period."""
    return {
        "id": one.window.id,
        "kind": one.window.kind,
        "text": one.window.text,
        "period": {"from": iso(one.period.start), "to": iso(one.period.end)},
        "finding": None if one.verdict is None else str(one.verdict),
        "reason": one.reason,
        "incidents": list(one.incidents),
    }
