"""FIRMS active fires as CSV: thermal detections of MODIS or VIIRS, archive or near-real-time columns.

Format: https://www.earthdata.nasa.gov/data/tools/firms/active-fire-data-attributes-modis-viirs
`acq_time` is UTC written HHMM, as text or as a number without leading zeros. `confidence` is 0-100 for
MODIS and a word (or its first letter) for VIIRS. A detection is heat, nothing more.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from truceline.feeds.context import File, RowRefused, event_day, optional_number, position
from truceline.feeds.record import Parsed
from truceline.feeds.rows import read_rows
from truceline.feeds.satellite.schema import DETECTION, SORT_KEY
from truceline.spacetime import When, instant

NAME = "firms"
NEEDED = ("latitude", "longitude", "acq_date", "acq_time", "satellite", "confidence")

# Words of the VIIRS product and, for MODIS, the classes of its confidence: low below 30 %, nominal
# below 80 %, high from there on. Source: MODIS Collection 6 Active Fire Product User's Guide, table 8.
_WORDS = {"l": "low", "low": "low", "n": "nominal", "nominal": "nominal", "h": "high", "high": "high"}
_DEFAULT_PIXEL_KM = 1.0  # MODIS at nadir, where scan and track are not given


def parse(data: bytes, file: File) -> Parsed:
    """Detections of the window. Raises FeedChanged where the file is not FIRMS CSV."""
    rows = read_rows(data, file, needed=NEEDED, parse=_detection, dated=_when, same=lambda hit: str(hit["id"]))
    inside = [hit for hit in rows.found if file.window.holds(hit["at_utc"])]
    table = pa.Table.from_pylist(inside, schema=DETECTION).sort_by(SORT_KEY)
    return Parsed(detections=table, set_aside=rows.set_aside, troubles=rows.troubles, rows_read=rows.read)


def _detection(row: dict[str, str], line: int, file: File) -> dict[str, Any]:
    place = position(row, "longitude", "latitude")
    at = _acquired(row["acq_date"], row["acq_time"])
    word, percent = _confidence(row["confidence"])
    scan = optional_number(row, "scan", least=0.01, most=20)
    track = optional_number(row, "track", least=0.01, most=20)
    side_km = math.hypot(scan or _DEFAULT_PIXEL_KM, track or _DEFAULT_PIXEL_KM)
    satellite = row["satellite"].strip()[:20]
    return {
        "id": file.key(place.lon, place.lat, at.isoformat(), satellite, scan),
        "feed": file.feed.name,
        "entry": file.entry,
        "line": line,
        "lon": place.lon,
        "lat": place.lat,
        "at_utc": at,
        "satellite": satellite,
        "confidence": word,
        "confidence_pct": percent,
        "frp_mw": optional_number(row, "frp", least=0, most=1e6),
        "day_or_night": row.get("daynight", "").strip()[:1] or None,
        "uncertainty_m": side_km * 1000 / 2,
    }


def _when(row: dict[str, str], _file: File) -> When:
    return instant(_acquired(row["acq_date"], row["acq_time"]))


def _acquired(day: str, clock: str) -> datetime:
    digits = clock.strip().removesuffix(".0").replace(":", "")
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        raise RowRefused(f"acq_time {clock[:40]!r} is not a time written HHMM")
    hour, minute = divmod(int(digits), 100)
    if hour > 23 or minute > 59:
        raise RowRefused(f"acq_time {clock[:40]!r} is not a time written HHMM")
    on = event_day(day, "acq_date")
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)


def _confidence(raw: str) -> tuple[str | None, float | None]:
    raw = raw.strip().lower()
    if not raw:
        return None, None
    if raw in _WORDS:
        return _WORDS[raw], None
    try:
        percent = float(raw)
    except ValueError:
        raise RowRefused(f"confidence {raw[:40]!r} is neither a number nor low, nominal, high") from None
    if not 0 <= percent <= 100:
        raise RowRefused(f"confidence {raw[:40]!r} is outside 0..100")
    return ("low" if percent < 30 else "nominal" if percent < 80 else "high"), percent
