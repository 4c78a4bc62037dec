"""Reports become observations: what somebody said happened, placed on the line.

A row without a kind of event, or without a place, is no observation; it is counted as what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from truceline.feeds.record import Records, Report
from truceline.observations.schema import Means
from truceline.spacetime import When
from truceline.terms.party import Origin


def observe_reports(records: Records, day: When) -> list[dict[str, Any]]:
    """One row a report that names an event and a place; sector and distance come later."""
    of_day = [report for report in records.reports if day.holds(report.when.middle)]
    places = _places_named(of_day)
    rows = []
    for report in of_day:
        if report.event_class is None or report.where is None:
            continue
        rows.append(
            {
                "id": report.id,
                "feed": report.feed,
                "entry": report.entry,
                "line": report.line,
                "event_class": str(report.event_class),
                "means": report.means or str(Means.HEARD if report.origin is Origin.MONITOR else Means.REPORTED),
                "origin": str(report.origin),
                "origin_reason": report.origin_reason,
                "party": report.party,
                "root": report.root,
                "speaks": "against" if report.against else "for",
                "article": report.article,
                "places_named": places[report.feed, report.article],
                "lon": report.where.lonlat.lon,
                "lat": report.where.lonlat.lat,
                "uncertainty_m": report.where.uncertainty_m,
                "near_m": None if report.ring is None else report.ring.near_m,
                "far_m": None if report.ring is None else report.ring.far_m,
                "bearing_deg": None if report.ring is None else report.ring.bearing_deg,
                "width_deg": None if report.ring is None else report.ring.width_deg,
                "count": report.count,
                "count_kind": report.count_kind,
                "start_utc": report.when.start,
                "end_utc": report.when.end,
                "precision": str(report.when.precision),
                "place": report.place or None,
                "text": report.text or None,
            }
        )
    return rows


def _places_named(reports: Iterable[Report]) -> dict[tuple[str, str], int]:
    """How many places the day's rows of one article lie at. A mission's own log names one place a row."""
    places: dict[tuple[str, str], set[tuple[float, float]]] = defaultdict(set)
    own: set[tuple[str, str]] = set()
    for report in reports:
        key = report.feed, report.article
        if report.where is not None:
            places[key].add((report.where.lonlat.lon, report.where.lonlat.lat))
        if report.origin is Origin.MONITOR:
            own.add(key)
    return {key: 1 if key in own else len(found) for key, found in places.items()}
