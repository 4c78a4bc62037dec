"""Thermal detections become observations of heat: fire, undetermined, and nothing more.

Whether it is out of the ordinary is judged by the case's baseline (ordinary.py). Heat alone never makes a sector
active: one in twenty ordinary fires is flagged too.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.feeds.record import Records
from truceline.observations.schema import Means
from truceline.spacetime import When
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin


def observe_heat(records: Records, day: When) -> list[dict[str, Any]]:
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
        for hit in _on(records.detections, day).to_pylist()
    ]


def _on(detections: pa.Table, day: When) -> pa.Table:
    """The detections of a day, taken before any becomes a row."""
    at = detections["at_utc"]
    start, end = (pa.scalar(moment, at.type) for moment in (day.start, day.end))
    return detections.filter(pc.and_(pc.greater_equal(at, start), pc.less(at, end)))
