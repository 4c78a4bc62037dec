"""SectorDay: the state of one sector on one day, per class and for all acts the agreement forbids.

Sort key: sector, event_class ("any" first).
"""

from __future__ import annotations

from enum import StrEnum

import pyarrow as pa

ANY = "any"  # the row of a sector-day over every class the agreement's provisions forbid


class State(StrEnum):
    """What can be said of a sector-day."""

    ACTIVE = "active"
    QUIET = "quiet"
    UNDETERMINED = "undetermined"
    NOT_OBSERVED = "not_observed"


SECTOR_DAY = pa.schema(
    [
        pa.field("sector", pa.string(), nullable=False, metadata={"meaning": "sector of the line"}),
        pa.field("event_class", pa.string(), nullable=False, metadata={"meaning": "a class, or any"}),
        pa.field(
            "state", pa.string(), nullable=False, metadata={"meaning": "active, quiet, undetermined, not_observed"}
        ),
        pa.field("looks", pa.int32(), metadata={"meaning": "looks of passing sensors", "null": "not known"}),
        pa.field("watched_h", pa.float64(), metadata={"unit": "h", "null": "not known"}),
        pa.field("clear_share", pa.float64(), metadata={"meaning": "0..1", "null": "no look, or cloud not known"}),
        pa.field("observability", pa.float64(), metadata={"meaning": "P(seen | happened)", "null": "not known"}),
        pa.field("count", pa.int32(), nullable=False, metadata={"meaning": "counted incidents"}),
        pa.field(
            "missed_upper_90",
            pa.int32(),
            metadata={"meaning": "events that may have been missed, upper 90 %", "null": "see bound"},
        ),
        pa.field(
            "missed_expected",
            pa.float64(),
            metadata={"meaning": "mean number of events that may have been missed", "null": "see bound"},
        ),
        pa.field(
            "missed_shape",
            pa.float64(),
            metadata={
                "meaning": "shape of its negative binomial; with the mean it is the whole distribution",
                "null": "see bound; any is a sum of several",
            },
        ),
        pa.field("bound", pa.string(), nullable=False, metadata={"meaning": "up to N; no bound; not known"}),
        pa.field("reasons", pa.list_(pa.string()), nullable=False, metadata={"meaning": "why this state"}),
    ]
)
