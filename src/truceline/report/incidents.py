"""The incidents of a day, as the bulletin has them and, with every link, as the terminal has them."""

from __future__ import annotations

from typing import Any

from truceline.assessment import Assessment
from truceline.assessment.grading import reviews_needed
from truceline.incidents import Link
from truceline.report.cells import cell_of
from truceline.report.day import DayResult
from truceline.report.provisions import breach
from truceline.report.withhold import withhold
from truceline.spacetime import iso
from truceline.terms import Agreement
from truceline.terms.event_class import NAMES

_KINDS = {"report": "reports it", "against": "speaks against it", "admission": "an admission of its own side"}


def incident(agreement: Agreement, result: DayResult, a: Assessment, *, hidden: bool) -> dict[str, Any]:
    """One incident as the bulletin has it: three judgements, voices, reasons, reviews.

    Args:
        agreement: The case.
        result: The day.
        a: The incident, judged.
        hidden: Whether its place is not published.
    """
    one = a.incident
    return {
        "id": one.id,
        "class": str(one.event_class),
        "class_name": NAMES[one.event_class],
        "sector": one.sector,
        "cell": None if hidden else cell_of(one.where.lonlat, one.ring, agreement.grid_deg),
        "from": iso(one.when.start),
        "to": iso(one.when.end),
        "precision": str(one.when.precision),
        "uncertainty_km": round(one.where.uncertainty_m / 1000, 1),
        "grade": str(a.grade),
        "counted": a.counted,
        "occurrence": {
            "likelihood": None if a.band is None else a.band.word,
            "range": None if a.band is None else a.band.text,
            "confidence": None if a.confidence is None else str(a.confidence),
            "evidence_for": [
                *(f"{root.name}: {root.reason}" for root in a.roots if root.independent),
                *(f"{item.name}: {withhold(item.reason)}" for item in a.evidence if item.kind == "admission"),
                *(
                    [f"{len(one.heat)} thermal detection(s) beside it; without a baseline they move nothing"]
                    if one.heat
                    else []
                ),
            ],
            "evidence_against": [f"{root.name}: {withhold(root.reason)}" for root in a.against],
            "without": [
                {
                    "item": f"{without.item.name} ({_KINDS[without.item.kind]})",
                    "likelihood": None if without.band is None else without.band.word,
                    "range": None if without.band is None else without.band.text,
                    "grade": str(without.grade),
                }
                for without in a.without
            ],
        },
        "responsibility": {
            "set_by_program": False,
            "note": "Recorded, not judged: which parties' own channels report this incident.",
            "recorded": [
                {
                    "party": claim.party,
                    "position": "reports",
                    "about_party": None,
                    "statement": f"{len(claim.observations)} row(s) of its own channels",
                    "reason": "rows that originate with it",
                }
                for claim in a.claims
            ]
            + [
                {
                    "party": spoken.statement.party,
                    "position": spoken.statement.position,
                    "about_party": spoken.statement.about_party,
                    "statement": spoken.statement.id,
                    "reason": "it names the place and the kind" if hidden else withhold(spoken.reason),
                }
                for spoken in a.spoken
            ],
        },
        "review": review_state(agreement, a),
        "answers": [
            {
                "party": answer.party,
                "kind": answer.kind,
                "at": iso(answer.at),
                "late": answer.late,
                "text": withhold(answer.text),
            }
            for answer in result.answers
            if answer.incident == one.id
        ],
        "breach": [breach(f, a) for f in result.findings],
        "roots": [
            {
                "root": root.key,
                "origin": str(root.origin),
                "name": root.name,
                "independent": root.independent,
                "reason": root.reason,
                "observations": list(root.observations),
            }
            for root in (*a.roots, *a.against)
        ],
        "links": [*_links(a), *(withhold(why) for why in one.kept_apart)],
        "observations": list(one.observations),
        "heat_beside": list(one.heat),
    }


def review_state(agreement: Agreement, a: Assessment) -> dict[str, Any]:
    """How far people have looked at it: draft until as many different ones as its grade needs have."""
    needed, done = reviews_needed(a.grade_before, agreement.two_people_above), len(a.reviews)
    return {
        "state": "reviewed" if done >= needed else "draft",
        "reviews": done,
        "needed": needed,
        "lapsed": a.lapsed,
        "outcomes": sorted(f"{review.outcome} ({iso(review.at)}): {withhold(review.reason)}" for review in a.reviews),
    }


def _links(a: Assessment) -> list[str]:
    """Why these observations are one incident: for each two voices the nearest link; copies by their number."""
    voice = {key: root.name for root in a.roots for key in root.observations}
    between: dict[tuple[str, str], list[Link]] = {}
    for link in a.incident.links:
        pair = tuple(sorted((voice[link.a], voice[link.b])))
        between.setdefault((pair[0], pair[1]), []).append(link)
    said = []
    for (first, second), why in sorted(between.items()):
        who = f"within {first}" if first == second else f"{first} and {second}"
        more = f" (the nearest of {len(why)} links)" if len(why) > 1 else ""
        nearest = min(why, key=lambda link: (link.distance_m is not None, link.distance_m or 0.0, link.a, link.b))
        said.append(f"{who}: {withhold(nearest.reason)}{more}")
    return said


def linked_incidents(result: DayResult) -> list[dict[str, Any]]:
    """One object an incident: id, class, time, grade, observations with their voice, links with their reasons."""
    found = []
    for a in result.assessments.assessments:
        one = a.incident
        voice = {key: root.name for root in a.roots for key in root.observations}
        found.append(
            {
                "id": one.id,
                "class": str(one.event_class),
                "class_name": NAMES[one.event_class],
                "from": iso(one.when.start),
                "to": iso(one.when.end),
                "sector": one.sector,
                "grade": str(a.grade),
                "counted": a.counted,
                "observations": [{"id": key, "voice": voice[key]} for key in one.observations],
                "links": [
                    {
                        "a": why.a,
                        "b": why.b,
                        "distance_m": None if why.distance_m is None else round(why.distance_m),
                        "bits": why.bits,
                        "reason": withhold(why.reason),
                    }
                    for why in one.links
                ],
                "kept_apart": [withhold(why) for why in one.kept_apart],
                "heat_beside": list(one.heat),
            }
        )
    return found
