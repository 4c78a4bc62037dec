"""Observe: put every record on the ground, once, with what could have been perceived beside it.

Records, Ground --DETECTORS--> rows --place--> Observations;  intervals, outages --> Coverage
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.feeds.record import Records
from truceline.ground import Ground
from truceline.observations.coverage import cloud_known, covered, has_failed
from truceline.observations.exposure import M_PER_DEG, Exposure, expose
from truceline.observations.heat.scoring import Scorer
from truceline.observations.hours import hours_seen
from truceline.observations.limits import limits
from truceline.observations.ordinary import judge_heat
from truceline.observations.reported import observe_reports
from truceline.observations.schema import HOURS, OBSERVATION, ring_of
from truceline.observations.thermal import observe_heat
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

Detector = Callable[[Records, When], list[dict[str, Any]]]
DETECTORS: dict[str, Detector] = {"reported": observe_reports, "thermal": observe_heat}


@dataclass(frozen=True)
class Observed:
    """Observations and the coverage of one day.

    Attributes:
        observations: Table `OBSERVATION`; all that meets the day, near the line or not.
        coverage: Table `COVERAGE`, one row a sector and class.
        hours: Table `HOURS`, one row a sector and hour.
        restrictions: What limited the watch, one sentence each.
        failed: Names of the feeds that were out for any part of the day, or of which a row of it was unusable.
    """

    day: When
    observations: pa.Table
    coverage: pa.Table
    hours: pa.Table = field(default_factory=lambda: pa.Table.from_pylist([], schema=HOURS))
    restrictions: tuple[str, ...] = ()
    failed: frozenset[str] = frozenset()


def observe(
    records: Records,
    ground: Ground | None,
    day: When,
    *,
    agreement: Agreement,
    classes: Sequence[EventClass],
    baseline: Scorer | None = None,
) -> Observed:
    """Place the records of a day on the ground.

    Args:
        records: What the feeds gave.
        ground: Line and sectors of the day; None where no map is usable: then nothing lies near the line.
        day: The period of the bulletin, UTC.
        agreement: For the feeds' declared means.
        classes: The classes coverage is asked about.
        baseline: What peaceful years showed; None: no baseline, and no heat is judged.

    Returns:
        An observation belongs to the day that holds the middle of its interval, so that it is in one
        bulletin only.
    """
    rows = [row for detector in DETECTORS.values() for row in detector(records, day)]
    rows = [row for row in rows if day.start <= row["start_utc"] + (row["end_utc"] - row["start_utc"]) / 2 < day.end]
    rows.sort(key=lambda row: (row["start_utc"], row["id"]))
    _place(rows, ground)
    judge_heat(rows, records.detections, agreement, baseline)
    exposure = exposure_of(records, ground, day, agreement)
    coverage = covered(
        exposure,
        feeds=agreement.feeds,
        intervals=records.intervals,
        troubles=records.troubles,
        classes=classes,
        set_aside=records.set_aside,
        stale_map=None if ground is None or ground.map_day == ground.day else agreement.ground.map,
    )
    restrictions = limits(
        day,
        feeds=agreement.feeds,
        intervals=records.intervals,
        troubles=records.troubles,
        skies=exposure.skies,
        cloud_known=cloud_known(exposure),
    )
    failed = frozenset(
        feed.name
        for feed in agreement.feeds
        if has_failed(feed, day, records.intervals, records.troubles, records.set_aside)
    )
    table = pa.Table.from_pylist(rows, schema=OBSERVATION)
    return Observed(day, table, coverage, hours_seen(exposure), restrictions, failed)


def exposure_of(records: Records, ground: Ground | None, day: When, agreement: Agreement) -> Exposure:
    """What every feed of a case looked at on a day."""
    return expose(
        () if ground is None else ground.sectors,
        day,
        feeds=agreement.feeds,
        intervals=records.intervals,
        troubles=records.troubles,
        orbits=records.orbits,
        clouds=records.clouds,
    )


def _place(rows: list[dict[str, Any]], ground: Ground | None) -> None:
    """Give each row its distance to the line and, within the depth, its sector."""
    for row in rows:
        row["sectors_beside"] = []
    if ground is None or not rows:
        for row in rows:
            row["sector"] = row["distance_m"] = row["p_at_line"] = None
        return
    lon = np.array([row["lon"] for row in rows])
    lat = np.array([row["lat"] for row in rows])
    distance_m, nearest = ground.distance_to_line_m(lon, lat)
    p_at_line = ground.p_at_line(lon, lat, np.array([row["uncertainty_m"] for row in rows]), distance_m)
    for row, metres, index, p in zip(rows, distance_m, nearest, p_at_line, strict=True):
        near = metres <= ground.depth_km * 1000
        row["sector"] = ground.sectors[int(index)].id if near else None
        row["distance_m"] = round(float(metres), 1)
        row["p_at_line"] = round(float(p), 4)
    _place_rings([row for row in rows if row.get("far_m") is not None], ground)
    _name_sectors_beside([row for row in rows if row["sector"] and row.get("far_m") is None], ground)


def _name_sectors_beside(rows: list[dict[str, Any]], ground: Ground) -> None:
    """Other sectors in which a reported position may lie, its uncertainty taken: none of them may be called quiet.

    Heat is told to half a pixel and is left out. The circle is tried at twelve points, in the plane.
    """
    circles = sorted({(r["lon"], r["lat"], r["uncertainty_m"]) for r in rows if r["origin"] != Origin.SENSOR})
    if not circles:
        return
    turns = np.arange(12) * (2 * np.pi / 12)
    lon, lat, radius = (np.array(values)[:, None] for values in zip(*circles, strict=True))
    away = radius / M_PER_DEG
    edge_lon = (lon + away * np.sin(turns) / np.cos(np.radians(lat))).ravel()
    distance_m, nearest = ground.distance_to_line_m(edge_lon, (lat + away * np.cos(turns)).ravel())
    near = (distance_m <= ground.depth_km * 1000).reshape(-1, 12)
    touched = {
        circle: {ground.sectors[int(index)].id for index in row[ok]}
        for circle, row, ok in zip(circles, nearest.reshape(-1, 12), near, strict=True)
    }
    for row in rows:
        if row["origin"] != Origin.SENSOR:
            row["sectors_beside"] = sorted(touched[row["lon"], row["lat"], row["uncertainty_m"]] - {row["sector"]})


def _place_rings(rows: list[dict[str, Any]], ground: Ground) -> None:
    """A ring sector belongs to the sector that holds most of it; those it also touches are named beside it.

    Measured on samples spread evenly over its area. One that lies by more than half away from the line
    belongs to no sector, and still names those it touches.
    """
    if not rows:
        return
    places = [place for row in rows if (ring := ring_of(row)) for place in ring.samples()]
    share = len(places) // len(rows)
    lon, lat = np.array([place.lon for place in places]), np.array([place.lat for place in places])
    distance_m, nearest = ground.distance_to_line_m(lon, lat)
    p_at_line = ground.p_at_line(lon, lat, 0.0, distance_m)
    for n, row in enumerate(rows):
        its = slice(n * share, (n + 1) * share)
        near = distance_m[its] <= ground.depth_km * 1000
        touched = Counter(ground.sectors[int(index)].id for index in nearest[its][near])
        order = sorted(touched, key=lambda sector: (-touched[sector], sector))
        row["sector"] = order[0] if near.sum() * 2 >= share else None
        row["sectors_beside"] = sorted(order[1:] if row["sector"] else order)
        row["distance_m"] = round(float(distance_m[its].min()), 1)
        row["p_at_line"] = round(float(p_at_line[its].mean()), 4)
