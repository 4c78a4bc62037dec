"""Detections in bulk: ten million rows as plain columns, read in parts, for fitting and scoring baselines.

    CSV (FIRMS in any shape, or bare latitude, longitude, date; gzipped or not) --read_bulk--> Bulk

Columns are found by name in either case. A row that cannot be read is set aside and counted, the first few by name.
Where no satellite is named the digits of a coordinate tell products apart (docs/methods/heat.md): FIRMS writes MODIS
with at most four decimals, and VIIRS with five or six.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from truceline.errors import FeedChanged, FeedMissing
from truceline.terms.satellite import BY_WRITTEN

MAX_ROWS = 60_000_000
BLOCK_BYTES = 8_000_000
SHOWN = 5
_NAMES = {
    "lat": ("latitude", "lat"),
    "lon": ("longitude", "lon", "lng"),
    "day": ("acq_date", "date"),
    "satellite": ("satellite",),
    "version": ("version",),
}
_NUMBER = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?\s*$"
DECIMALS = ("4 decimals or fewer", "5 decimals", "6 decimals or more")


@dataclass(frozen=True)
class Bulk:
    """Columns of a file's usable rows.

    Attributes:
        row: Number of each in the file; the first after the header is 1.
        stream: Index into `names`: satellites, or what the digits of coordinates tell of the product.
        superseded: Near-real-time rows of a satellite and day of which standard rows stand in the file.
        read: Rows of the file; `refused` of them could not be used, and `reasons` names the first few.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    day: NDArray[np.int64]
    stream: NDArray[np.int64]
    row: NDArray[np.int64]
    superseded: NDArray[np.bool_]
    names: tuple[str, ...]
    read: int
    refused: int
    reasons: tuple[str, ...]


def read_bulk(file: Path | bytes, who: str) -> Bulk:
    """Read a file of detections.

    Args:
        file: Where it is, or its bytes.
        who: How to call it in messages.

    Raises:
        FeedMissing: It is not there or cannot be opened.
        FeedChanged: It is no table of detections, or is cut off.
    """
    broken: list[int] = []

    def skip(row: Any) -> str:
        broken.append(-1 if row.number is None else int(row.number))
        return "skip"

    try:
        with _opened(file) as source, pcsv.open_csv(
            source,
            read_options=pcsv.ReadOptions(block_size=BLOCK_BYTES, use_threads=False),
            parse_options=pcsv.ParseOptions(invalid_row_handler=skip),
            convert_options=_columns(file, who),
        ) as reader:  # fmt: skip
            return _read(reader, who, broken)
    except FileNotFoundError as error:
        raise FeedMissing(who, "is not there", "Give a file of detections") from error
    except (OSError, pa.ArrowInvalid) as error:
        raise FeedChanged(
            who, f"cannot be read as a table ({str(error)[:120]})", "Open it and see what was sent"
        ) from error


def _opened(file: Path | bytes) -> Any:
    """A stream of the file's text, unpacked where gzipped."""
    source = pa.BufferReader(file) if isinstance(file, bytes) else pa.OSFile(str(file), "rb")
    head = source.read(2)
    source.seek(0)
    return pa.CompressedInputStream(source, "gzip") if head == b"\x1f\x8b" else source


def _columns(file: Path | bytes, who: str) -> pcsv.ConvertOptions:
    """Which columns to take, all as text, from the header."""
    with _opened(file) as source:
        head = bytes(source.read(65_536)).split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip("\r")
    written = [name.strip().strip('"') for name in head.split(",")]
    take: dict[str, str] = {}
    for column, names in _NAMES.items():
        found = [name for name in written if name.casefold() in names]
        if found:
            take[column] = found[0]
        elif column in ("lat", "lon", "day"):
            todo = "A table of detections has latitude, longitude and acq_date, separated by commas"
            raise FeedChanged(who, f"column {names[0]!r} is missing from line 1", todo)
    chosen = list(take.values())
    return pcsv.ConvertOptions(
        include_columns=chosen, column_types=dict.fromkeys(chosen, pa.string()), strings_can_be_null=False
    )


def _read(reader: Any, who: str, broken: list[int]) -> Bulk:
    names = {name.casefold(): name for name in reader.schema.names}
    column = {key: next((names[n] for n in known if n in names), None) for key, known in _NAMES.items()}
    parts: tuple[list[Any], ...] = ([], [], [], [], [], [])
    streams: dict[str, int] = {} if column["satellite"] else {name: n for n, name in enumerate(DECIMALS)}
    reasons: list[tuple[int, str]] = []
    read = refused = 0
    for batch in reader:
        if read + batch.num_rows > MAX_ROWS:
            raise FeedChanged(who, f"holds more than {MAX_ROWS} rows", "Give it in parts")
        lat, good_lat = _number(batch[column["lat"]], 90)
        lon, good_lon = _number(batch[column["lon"]], 180)
        day, good_day = _day(batch[column["day"]])
        good = good_lat & good_lon & good_day & ~((lat == 0) & (lon == 0))
        for n in np.flatnonzero(~good)[: SHOWN - len(reasons)]:
            what = (
                "latitude" if not good_lat[n] else "longitude" if not good_lon[n] else "date" if not good_day[n] else ""
            )
            reasons.append((read + int(n) + 1, f"{what} cannot be read" if what else "the position is 0, 0"))
        stream = (
            _by_digits(batch[column["lat"]], batch[column["lon"]])
            if column["satellite"] is None
            else _by_satellite(batch[column["satellite"]], streams)
        )
        quality = _quality(batch[column["version"]]) if column["version"] else np.zeros(batch.num_rows, dtype=np.int8)
        row = np.arange(read + 1, read + batch.num_rows + 1)
        for column_parts, values in zip(parts, (lon, lat, day, stream, row, quality), strict=True):
            column_parts.append(values if good.all() else values[good])
        read += batch.num_rows
        refused += int((~good).sum())
    kinds = (np.float64, np.float64, np.int64, np.int64, np.int64, np.int8)
    whole: list[Any] = []
    for n, kind in enumerate(kinds):  # column by column, so that no more than one of them stands twice in memory
        whole.append(np.concatenate(parts[n]) if parts[n] else np.empty(0, dtype=kind))
        parts[n].clear()
    rows = _shifted(np.array([n for n, _ in reasons], dtype=np.int64), broken).tolist()
    said = [f"row {n}: {what}" for n, (_, what) in zip(rows, reasons, strict=True)]
    said += [f"row {n - 1}: another number of columns than the header" for n in broken]
    return Bulk(
        lon=whole[0],
        lat=whole[1],
        day=whole[2],
        stream=whole[3],
        row=_shifted(whole[4], broken),
        superseded=_superseded(whole[2], whole[3], whole[5]),
        names=tuple(streams),
        read=read + len(broken),
        refused=refused + len(broken),
        reasons=tuple(said[:SHOWN]),
    )


def _number(text: pa.Array, most: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Numbers within -most..most, and where they are; others are 0."""
    try:
        value = pc.cast(text, pa.float64())  # all rows are numbers: nearly always
        good = pc.is_finite(value)
    except pa.ArrowInvalid:
        good = pc.match_substring_regex(text, _NUMBER)
        value = pc.cast(pc.utf8_trim_whitespace(pc.if_else(good, text, "0")), pa.float64())
    found = value.to_numpy(zero_copy_only=False).astype(float)
    ok = good.to_numpy(zero_copy_only=False).astype(bool) & (np.abs(np.nan_to_num(found, nan=1e9)) <= most)
    return np.where(ok, found, 0.0), ok


def _day(text: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """UTC days since 1970 of dates written YYYY-MM-DD, within 1950..2200. Each date that occurs is read once."""
    coded = pc.dictionary_encode(text)
    if len(coded.dictionary) < len(text):
        day, good = _day(coded.dictionary)
        at = coded.indices.to_numpy(zero_copy_only=False)
        return day[at], good[at]
    head = pc.utf8_slice_codeunits(text, 0, 10)
    right = pc.match_substring_regex(head, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    stamp = pc.strptime(pc.if_else(right, head, "1970-01-01"), format="%Y-%m-%d", unit="s", error_is_null=True)
    good = pc.and_(right, pc.is_valid(stamp)).to_numpy(zero_copy_only=False).astype(bool)
    # strptime rolls 31 February over: what it gives must read as it was written.
    good &= pc.equal(pc.strftime(pc.fill_null(stamp, 0), format="%Y-%m-%d"), head).to_numpy(zero_copy_only=False)
    days = pc.cast(pc.fill_null(stamp, 0), pa.int64()).to_numpy(zero_copy_only=False) // 86_400
    return days, good & (days >= -7305) & (days < 84_000)


def _by_digits(lat: pa.Array, lon: pa.Array) -> NDArray[np.int64]:
    digits = [pc.subtract(pc.subtract(pc.utf8_length(x), pc.find_substring(x, ".")), 1) for x in (lat, lon)]
    most = pc.max_element_wise(*digits).to_numpy(zero_copy_only=False)
    return np.asarray(np.clip(most - 4, 0, 2).astype(np.int64))


def _by_satellite(text: pa.Array, streams: dict[str, int]) -> NDArray[np.int64]:
    coded = pc.dictionary_encode(text)
    place = []
    for written in coded.dictionary.to_pylist():
        known = BY_WRITTEN.get(str(written).strip().casefold())
        name = (str(written).strip()[:40] or "not named") if known is None else known.name
        place.append(streams.setdefault(name, len(streams)))
    index = coded.indices.to_numpy(zero_copy_only=False)
    return np.asarray(np.array(place, dtype=np.int64)[index]) if len(index) else np.empty(0, dtype=np.int64)


def _quality(version: pa.Array) -> NDArray[np.int8]:
    """1 for near real time, 2 for standard quality, 0 where it is not told."""
    upper = pc.utf8_upper(pc.utf8_trim_whitespace(version))
    quick = pc.match_substring_regex(upper, r"^[0-9.]+(NRT|RT|URT)$").to_numpy(zero_copy_only=False)
    standard = pc.match_substring_regex(upper, r"^[0-9]+(\.[0-9]+)*$").to_numpy(zero_copy_only=False)
    return np.asarray(quick.astype(np.int8) + 2 * standard.astype(np.int8))


def _superseded(day: NDArray[Any], stream: NDArray[Any], quality: NDArray[Any]) -> NDArray[np.bool_]:
    key = day * 64 + stream
    return np.asarray((quality == 1) & np.isin(key, np.unique(key[quality == 2])))


def _shifted(row: NDArray[np.int64], broken: Sequence[int]) -> NDArray[np.int64]:
    """Row numbers with the places of rows left in that were no rows. A broken row's number counts the header."""
    for number in sorted(n - 1 for n in broken if n > 1):
        row = row + (row >= number)
    return row


def joined(parts: Sequence[Bulk]) -> Bulk:
    """Several files as one; rows are numbered on."""
    names = list(dict.fromkeys(name for part in parts for name in part.names))
    streams, rows, before = [], [], 0
    for part in parts:
        place = np.array([names.index(name) for name in part.names], dtype=np.int64)
        streams.append(place[part.stream] if len(part.names) else part.stream)
        rows.append(part.row + before)
        before += part.read
    return Bulk(
        lon=np.concatenate([part.lon for part in parts]),
        lat=np.concatenate([part.lat for part in parts]),
        day=np.concatenate([part.day for part in parts]),
        stream=np.concatenate(streams),
        row=np.concatenate(rows),
        superseded=np.concatenate([part.superseded for part in parts]),
        names=tuple(names),
        read=before,
        refused=sum(part.refused for part in parts),
        reasons=tuple(reason for part in parts for reason in part.reasons)[:SHOWN],
    )
