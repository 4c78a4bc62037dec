"""Observe: put every record on the ground, once, with what could have been perceived beside it.

Records, Ground --DETECTORS--> rows --place--> Observations;  intervals, outages --> Coverage
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from truceline.feeds.record import Records
from truceline.ground import Ground
from truceline.observations.coverage import cover
from truceline.observations.reported import observe_reports
from truceline.observations.schema import OBSERVATION
from truceline.observations.thermal import observe_heat
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.event_class import EventClass

Detector = Callable[[Records, When], list[dict[str, Any]]]
DETECTORS: dict[str, Detector] = {"reported": observe_reports, "thermal": observe_heat}


@dataclass(frozen=True)
class Observed:
    """Observations and the coverage of one day.

    Attributes:
        observations: Table `OBSERVATION`; all that meets the day, near the line or not.
        coverage: Table `COVERAGE`, one row a sector and class.
    """

    day: When
    observations: pa.Table
    coverage: pa.Table


def observe(
    records: Records, ground: Ground | None, day: When, *, agreement: Agreement, classes: Sequence[EventClass]
) -> Observed:
    """Place the records of a day on the ground.

    Args:
        records: What the feeds gave.
        ground: Line and sectors of the day; None where no map is usable: then nothing lies near the line.
        day: The period of the bulletin, UTC.
        agreement: For the feeds' declared means.
        classes: The classes coverage is asked about.

    Returns:
        An observation belongs to the day that holds the middle of its interval, so that it is in one
        bulletin only.
    """
    rows = [row for detector in DETECTORS.values() for row in detector(records, day)]
    rows = [row for row in rows if day.start <= row["start_utc"] + (row["end_utc"] - row["start_utc"]) / 2 < day.end]
    rows.sort(key=lambda row: (row["start_utc"], row["id"]))
    _place(rows, ground)
    coverage = cover(
        () if ground is None else ground.sectors,
        day,
        feeds=agreement.feeds,
        intervals=records.intervals,
        troubles=records.troubles,
        classes=classes,
        set_aside=records.set_aside,
        stale_map=None if ground is None or ground.map_day == ground.day else agreement.ground.map,
    )
    return Observed(day, pa.Table.from_pylist(rows, schema=OBSERVATION), coverage)


def _place(rows: list[dict[str, Any]], ground: Ground | None) -> None:
    """Give each row its distance to the line and, within the depth, its sector."""
    if ground is None or not rows:
        for row in rows:
            row["sector"] = row["distance_m"] = None
        return
    lon = np.array([row["lon"] for row in rows])
    lat = np.array([row["lat"] for row in rows])
    distance_m, nearest = ground.distance_to_line_m(lon, lat)
    for row, metres, index in zip(rows, distance_m, nearest, strict=True):
        near = metres <= ground.depth_km * 1000
        row["sector"] = ground.sectors[int(index)].id if near else None
        row["distance_m"] = round(float(metres), 1)
