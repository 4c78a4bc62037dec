"""FIRMS active fires as CSV: thermal detections of MODIS or VIIRS, in every shape FIRMS gives them.

    archive or near-real-time, with or without `type`, `version`, `instrument`, `country_id`, in any order
    MODIS  brightness, bright_t31; confidence 0-100; satellite T, A, Terra or Aqua
    VIIRS  bright_ti4, bright_ti5, or the MODIS names; confidence l, n, h or words; satellite N, N20 or 1, N21 or 2

Format: https://www.earthdata.nasa.gov/data/tools/firms/active-fire-data-attributes-modis-viirs
`acq_time` is UTC written HHMM, as text or as a number without leading zeros. `version` ends in NRT, RT or URT for
near-real-time rows and is a bare number for standard quality. `type` is no sufficient mask: one furnace is 0, 2 or 3
on different nights. A detection is heat, nothing more.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from truceline.feeds.context import File, RowRefused, event_day, optional_number, position
from truceline.feeds.record import Parsed
from truceline.feeds.rows import read_rows
from truceline.feeds.satellite.schema import DETECTION, SORT_KEY
from truceline.feeds.satellite.volume import short_days
from truceline.spacetime import When, instant
from truceline.terms.satellite import BY_WRITTEN

NAME = "firms"
NEEDED = ("latitude", "longitude", "acq_date", "acq_time", "satellite", "confidence")

# Words of the VIIRS product and, for MODIS, the classes of its confidence: low below 30 %, nominal
# below 80 %, high from there on. Source: MODIS Collection 6 Active Fire Product User's Guide, table 8.
_WORDS = {"l": "low", "low": "low", "n": "nominal", "nominal": "nominal", "h": "high", "high": "high"}
_TYPES = {0: "vegetation", 1: "volcano", 2: "other_static", 3: "offshore"}
_PIXEL_KM = {"MODIS": 1.0, "VIIRS": 0.375}  # at nadir, where scan and track are not given
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+)*(NRT|RT|URT)?")


def parse(data: bytes, file: File) -> Parsed:
    """Detections of the window. Raises FeedChanged where the file is not FIRMS CSV."""
    # A row in both qualities is no repetition: the standard one supersedes (vintage.py).
    rows = read_rows(
        data, file, needed=NEEDED, parse=_detection, dated=_when, same=lambda hit: f"{hit['id']} {hit['quality']}"
    )
    inside = [hit for hit in rows.found if file.window.holds(hit["at_utc"])]
    table = pa.Table.from_pylist(inside, schema=DETECTION).sort_by(SORT_KEY)
    counts: dict[date, int] = {}
    for hit in rows.found:
        day = hit["at_utc"].date()
        counts[day] = counts.get(day, 0) + 1
    short = short_days(counts, file)
    return Parsed(detections=table, set_aside=rows.set_aside, troubles=(*rows.troubles, *short), rows_read=rows.read)


def _detection(row: dict[str, str], line: int, file: File) -> dict[str, Any]:
    place = position(row, "longitude", "latitude")
    at = _acquired(row["acq_date"], row["acq_time"])
    word, percent = _confidence(row["confidence"])
    scan = optional_number(row, "scan", least=0.01, most=20)
    track = optional_number(row, "track", least=0.01, most=20)
    satellite = row["satellite"].strip()[:20]
    pixel_km = _PIXEL_KM[_sensor(satellite, row)]
    side_km = math.hypot(scan or pixel_km, track or pixel_km)
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
        "quality": _quality(row.get("version", "")),
        "source_type": _type(row),
        "uncertainty_m": side_km * 1000 / 2,
    }


def _sensor(satellite: str, row: dict[str, str]) -> str:
    """MODIS or VIIRS: by the satellite, else by the instrument; the wider pixel where nobody tells."""
    known = BY_WRITTEN.get(satellite.casefold())
    said = row.get("instrument", "").strip().upper() if known is None else known.sensor
    return said if said in _PIXEL_KM else "VIIRS" if "bright_ti4" in row else "MODIS"


def _quality(version: str) -> str | None:
    """Standard or near real time, by the version; None where it is absent or written in a way we do not know.

    >>> _quality("6.1NRT"), _quality("2"), _quality("61.03"), _quality("2.0URT"), _quality("")
    ('near_real_time', 'standard', 'standard', 'near_real_time', None)
    """
    written = _VERSION.fullmatch(version.strip().upper().replace(" ", ""))
    if written is None:
        return None
    return "standard" if written.group(1) is None else "near_real_time"


def _type(row: dict[str, str]) -> str | None:
    code = optional_number(row, "type", least=0, most=3)
    if code is not None and code not in _TYPES:
        raise RowRefused(f"type {code:g} is none of 0, 1, 2, 3")
    return None if code is None else _TYPES[int(code)]


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
