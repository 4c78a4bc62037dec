"""Detection: a raw sensor hit. One Arrow row each; never called a violation.

Sort key: at_utc, lon, lat, id. Null means "the source did not say".
"""

from __future__ import annotations

import pyarrow as pa

DETECTION = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False, metadata={"meaning": "hash of feed and natural key"}),
        pa.field("feed", pa.string(), nullable=False, metadata={"meaning": "name of the feed"}),
        pa.field("entry", pa.string(), nullable=False, metadata={"meaning": "ledger entry it was read from"}),
        pa.field("line", pa.int32(), nullable=False, metadata={"meaning": "line of the file, the header is 1"}),
        pa.field("lon", pa.float64(), nullable=False, metadata={"unit": "degrees, WGS 84"}),
        pa.field("lat", pa.float64(), nullable=False, metadata={"unit": "degrees, WGS 84"}),
        pa.field("at_utc", pa.timestamp("s", tz="UTC"), nullable=False, metadata={"meaning": "acquisition time"}),
        pa.field("satellite", pa.string(), nullable=False, metadata={"meaning": "as the source writes it"}),
        pa.field("confidence", pa.string(), metadata={"meaning": "low, nominal or high; null: not given"}),
        pa.field(
            "confidence_pct", pa.float64(), metadata={"unit": "%", "meaning": "null: given as a word or not at all"}
        ),
        pa.field("frp_mw", pa.float64(), metadata={"unit": "MW", "meaning": "fire radiative power; null: not given"}),
        pa.field("day_or_night", pa.string(), metadata={"meaning": "D or N; null: not given"}),
        pa.field(
            "quality",
            pa.string(),
            metadata={"meaning": "standard, or near_real_time; null: the source does not say"},
        ),
        pa.field(
            "source_type",
            pa.string(),
            metadata={"meaning": "FIRMS type: vegetation, volcano, other_static, offshore; null: not given"},
        ),
        pa.field(
            "uncertainty_m", pa.float64(), nullable=False, metadata={"unit": "m", "meaning": "half a pixel's diagonal"}
        ),
    ]
)
SORT_KEY = [("at_utc", "ascending"), ("lon", "ascending"), ("lat", "ascending"), ("id", "ascending")]


def no_detections() -> pa.Table:
    """An empty table of detections."""
    return DETECTION.empty_table()
