"""Thermal detections become observations of heat: fire, undetermined, and nothing more.

Without a fitted baseline nobody can say whether a fire is out of the ordinary, so heat alone never
makes a sector active; it makes it undetermined.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from truceline.feeds.record import Records
from truceline.observations.schema import Means
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin


def observe_heat(records: Records) -> list[dict[str, Any]]:
    """One row a detection; the satellites of one feed are one root."""
    return [
        {
            "id": hit["id"],
            "feed": hit["feed"],
            "entry": hit["entry"],
            "line": hit["line"],
            "event_class": str(EventClass.FIRE_UNDETERMINED),
            "means": str(Means.RECORDED),
            "origin": str(Origin.SENSOR),
            "origin_reason": f"recorded by satellite {hit['satellite']}",
            "party": None,
            "root": f"sensor:{hit['feed']}",
            "article": hit["id"],
            "places_named": 1,
            "lon": hit["lon"],
            "lat": hit["lat"],
            "uncertainty_m": hit["uncertainty_m"],
            "start_utc": hit["at_utc"],
            "end_utc": hit["at_utc"] + timedelta(minutes=1),
            "precision": "minute",
            "place": None,
            "text": None,
        }
        for hit in records.detections.to_pylist()
    ]
