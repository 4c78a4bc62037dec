"""The incidents of a day with every link, for the terminal and for programs; places stay in the bulletin's cells."""

from __future__ import annotations

from typing import Any

from truceline.report.day import DayResult
from truceline.report.withhold import withhold
from truceline.spacetime import iso
from truceline.terms.event_class import NAMES


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
