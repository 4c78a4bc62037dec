"""Telling: what was found of each detection, in words and numbers; by the million, so in Arrow and not in Python.

Scored --reasons_of--> one text a cell-day;  Scored, rows --lines--> JSON Lines, in parts
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.observations.heat.hits import COLUMNS, PER_DEGREE, Floats, Ints
from truceline.observations.heat.register import StaticSource
from truceline.observations.heat.scoring import RECENT_DAYS, Scored

_PART = 200_000


def reasons_of(found: Scored, row: int) -> tuple[str, ...]:
    """What speaks for a vote being ordinary or not, the same words as `lines` gives."""
    one = slice(row, row + 1)
    return tuple(json.loads(f"[{_reasons(found, one)[0].as_py()}]"))


def lines(found: Scored, rows: Ints, sources: Sequence[StaticSource]) -> Iterator[memoryview]:
    """One JSON object a detection: row, cell, date, p_ordinary, flagged, reasons.

    Args:
        found: Of the detections.
        rows: Number of each detection in its file.
        sources: The register `found` was made with.
    """
    votes = _votes(found)
    none = len(votes)
    votes = pa.concat_arrays([votes, pa.array(["", ""])])  # behind the last: at a vouched source
    vouched = '"p_ordinary": null, "flagged": false, "reasons": ["a monitor vouches for this source'
    names = pa.array([f"static source {json.dumps(one.id, ensure_ascii=False)[1:-1]}" for one in sources] + [""])
    for start in range(0, len(rows), _PART):
        part = slice(start, start + _PART)
        vote, source = found.vote[part], found.source[part]
        text = votes.take(pa.array(np.where(vote < 0, none, vote)))
        at = pa.array(np.where(source < 0, len(sources), source))
        static = pc.if_else(pa.array(source >= 0), pc.binary_join_element_wise(', "', names.take(at), '"', ""), "")
        repeated = pc.if_else(pa.array(found.repeated[part]), ', "repeats or gives way to another row"', "")
        if (vote < 0).any():
            where = pc.binary_join_element_wise(_places(found, part), f', {vouched}"', "")
            text = pc.if_else(pa.array(vote < 0), where, text)
        row = pc.cast(pa.array(rows[part]), pa.string())
        whole = pc.binary_join_element_wise('{"row": ', row, ", ", text, static, repeated, "]}\n", "")
        yield from _bytes(whole)


def _bytes(text: Any) -> Iterator[memoryview]:
    """The characters of strings that follow each other in memory."""
    for chunk in text.chunks if isinstance(text, pa.ChunkedArray) else [text]:
        offsets = np.frombuffer(chunk.buffers()[1], dtype=np.int32)[chunk.offset : chunk.offset + len(chunk) + 1]
        yield memoryview(chunk.buffers()[2])[int(offsets[0]) : int(offsets[-1])]


def _places(found: Scored, part: slice) -> Any:
    return _cell_and_date(found.cell[part], found.day[part])


def _votes(found: Scored) -> Any:
    """The part of a line that all detections of a cell-day share, up to their reasons."""
    p = np.round(found.p, 5)
    judged = np.isfinite(p)
    told = pc.if_else(pa.array(judged), _number(np.nan_to_num(p)), "null")
    flag = pc.if_else(pa.array(judged), pc.if_else(pa.array(found.flagged), "true", "false"), "null")
    return pc.binary_join_element_wise(
        _cell_and_date(found.votes.cell, found.votes.day), ', "p_ordinary": ', told, ', "flagged": ', flag,
        ', "reasons": [', _reasons(found, slice(None)), "",
    )  # fmt: skip


def _reasons(found: Scored, part: slice) -> Any:
    """The reasons of votes, quoted and separated, without brackets."""
    expected, level, season = found.expected[part], found.level[part], found.season[part]
    judged = np.isfinite(expected)
    count, recent = pc.cast(pa.array(found.votes.count[part]), pa.string()), pa.array(found.recent[part])
    known = pc.binary_join_element_wise(
        '"expected ', _number(_digits(expected)), ", seen ", count,
        '", "the day around it ', _number(_digits(level)), ' of its season", "season ', _number(_digits(season)),
        " of the cell's year", '"', "",
    )  # fmt: skip
    unknown = pc.binary_join_element_wise('"no baseline is known here at this season, seen ', count, '"', "")
    spell = pc.binary_join_element_wise(
        ', "fires on ', pc.cast(recent, pa.string()), f' of the {RECENT_DAYS} days before"', ""
    )
    other = pc.if_else(pa.array(found.beside[part]), ', "seen by another satellite than the baseline\'s"', "")
    body = pc.if_else(pa.array(judged), known, unknown)
    return pc.binary_join_element_wise(body, pc.if_else(pc.greater(recent, 0), spell, ""), other, "")


def _cell_and_date(cell: Ints, day: Ints) -> Any:
    """The cell by its south-west corner, and the UTC date."""
    row, column = np.divmod(cell, COLUMNS)
    lat, lon = row - 90 * PER_DEGREE, column - 180 * PER_DEGREE

    def corner(value: Ints, plus: str, minus: str) -> Any:
        whole, tenth = np.divmod(np.abs(value), PER_DEGREE)
        parts = [pc.cast(pa.array(v), pa.string()) for v in (whole, tenth)]
        return pc.binary_join_element_wise(parts[0], ".", parts[1], pc.if_else(pa.array(value >= 0), plus, minus), "")

    dates = pc.cast(pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32()), pa.string())
    return pc.binary_join_element_wise(
        '"cell": "', corner(lat, "N", "S"), " ", corner(lon, "E", "W"), '", "date": "', dates, '"', ""
    )


def _digits(values: Floats) -> Floats:
    """Two significant digits: no expectation of ours is finer."""
    safe = np.where(np.isfinite(values) & (values > 0), values, 1.0)
    scale = 10.0 ** (1 - np.floor(np.log10(safe)))
    return np.asarray(np.round(safe * scale) / scale)


def _number(values: Floats) -> Any:
    return pc.cast(pa.array(values), pa.string())
