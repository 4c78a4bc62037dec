"""Observation and Coverage: the two bulk nouns of this room, as Arrow tables; and Hours, coverage hour by hour.

Observation: what a person or a sensor perceived or somebody reported, once, placed on the ground.
Coverage: what was looked at in a sector on a day, and the chance to have seen a class had it happened.
Null means "not known", never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pyarrow as pa

from truceline.spacetime import LonLat, RingSector


class Means(StrEnum):
    """How something came to be known."""

    HEARD = "heard"
    SAW = "saw"
    RECORDED = "recorded"
    DERIVED = "derived"
    REPORTED = "reported"


def _field(name: str, kind: pa.DataType, meaning: str, *, null: str | None = None, unit: str | None = None) -> pa.Field:
    metadata = {"meaning": meaning}
    if null is not None:
        metadata["null"] = null
    if unit is not None:
        metadata["unit"] = unit
    return pa.field(name, kind, nullable=null is not None, metadata=metadata)


_UTC = pa.timestamp("s", tz="UTC")

# Sort key: start_utc, id.
OBSERVATION = pa.schema(
    [
        _field("id", pa.string(), "the record's own id: hash of feed and natural key"),
        _field("feed", pa.string(), "name of the feed"),
        _field("entry", pa.string(), "ledger entry it was read from"),
        _field("line", pa.int32(), "line of the file"),
        _field("event_class", pa.string(), "a row of terms.event_class"),
        _field("means", pa.string(), "heard, saw, recorded, derived, reported"),
        _field("origin", pa.string(), "monitor, sensor, third_party, party, unknown"),
        _field("origin_reason", pa.string(), "why this origin"),
        _field("party", pa.string(), "party it originates with", null="origin is not party"),
        _field("root", pa.string(), "key of the testimony it repeats"),
        _field("speaks", pa.string(), "for: it happened; against: it did not"),
        _field("article", pa.string(), "key of the text it was made from"),
        _field("places_named", pa.int32(), "places the article gives; more than 1: which is meant cannot be told"),
        _field("lon", pa.float64(), "position; the observer's own where the row is a ring sector", unit="degrees"),
        _field("lat", pa.float64(), "position; the observer's own where the row is a ring sector", unit="degrees"),
        _field("uncertainty_m", pa.float64(), "how far the true place may lie", unit="m"),
        _field("near_m", pa.float64(), "ring sector: near end of the band of ranges", unit="m", null="a position"),
        _field("far_m", pa.float64(), "ring sector: far end of the band of ranges", unit="m", null="a position"),
        _field("bearing_deg", pa.float64(), "ring sector: middle of the bearings", unit="degrees", null="not known"),
        _field("width_deg", pa.float64(), "ring sector: width of the bearings", unit="degrees", null="not known"),
        _field("count", pa.int32(), "how many were counted", null="not told"),
        _field("count_kind", pa.string(), "exact, about, at_least", null="not told"),
        _field("start_utc", _UTC, "not before"),
        _field("end_utc", _UTC, "not after"),
        _field("precision", pa.string(), "minute, hour, day"),
        _field("sector", pa.string(), "sector of the line", null="farther from the line than its depth"),
        _field("sectors_beside", pa.list_(pa.string()), "other sectors in which it may lie as well"),
        _field("distance_m", pa.float64(), "to the line, in the plane of the ground", null="no usable map", unit="m"),
        _field(
            "p_at_line",
            pa.float64(),
            "how likely it lies within the depth of the line, its place uncertain and each map of the day one vote",
            null="no usable map",
        ),
        _field(
            "p_ordinary",
            pa.float64(),
            "heat: chance under the peaceful baseline of something at least this unusual",
            null="no heat, or no baseline here",
        ),
        _field("flagged", pa.bool_(), "heat: out of the ordinary", null="no heat, or no baseline here"),
        _field("heat_reasons", pa.list_(pa.string()), "heat: what speaks for it", null="no heat, or no baseline"),
        _field("place", pa.string(), "place as the source names it", null="not named"),
        _field("text", pa.string(), "the source's own words", null="a sensor has none"),
    ]
)


def ring_of(row: Mapping[str, Any]) -> RingSector | None:
    """The ring sector of an observation row, None for one that gives a position."""
    if row["far_m"] is None:
        return None
    return RingSector(LonLat(row["lon"], row["lat"]), row["near_m"], row["far_m"], row["bearing_deg"], row["width_deg"])


# Sort key: sector, event_class.
COVERAGE = pa.schema(
    [
        _field("sector", pa.string(), "sector of the line"),
        _field("event_class", pa.string(), "a row of terms.event_class"),
        _field("looks", pa.int32(), "looks of passing sensors that met any part of the sector", null="not known"),
        _field("watched_h", pa.float64(), "hours on watch, all staring feeds together, sector mean", unit="h"),
        _field(
            "clear_share", pa.float64(), "mean share free of cloud over the looks", null="no look, or cloud not known"
        ),
        _field(
            "observability",
            pa.float64(),
            "P(seen | happened); of the exposure that is known, where only a part is",
            null="somebody may have looked; how well is not known",
        ),
        _field("silent_feeds", pa.list_(pa.string()), "feeds that failed and could have told of such an event here"),
        _field("reasons", pa.list_(pa.string()), "what limited the watch"),
    ]
)

# Sort key: sector, hour.
HOURS = pa.schema(
    [
        _field("sector", pa.string(), "sector of the line"),
        _field("hour", pa.int32(), "hour of the bulletin's day, 0 is the first after the cut-off"),
        _field("start_utc", _UTC, "when the hour begins"),
        _field("watched_share", pa.float64(), "share of the sector and hour in which somebody was on watch, 0..1"),
        _field("looks", pa.int32(), "looks of passing sensors in this hour", null="not known"),
        _field("clear_share", pa.float64(), "mean share free of cloud over these looks", null="no look, or not known"),
    ]
)
