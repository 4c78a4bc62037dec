"""How ordinary is each detection of a day, by the case's baseline of peaceful years; nothing where it has none.

    heat rows of a day, all detections of that bulletin day --Scorer--> p_ordinary, flagged, reasons on each row
    the same --in_season--> how many there were, beside the season's curve

A bulletin's day takes the place of the UTC day the baseline counts by: both have 24 hours. All detections of that day
are judged together, whichever part of it is asked for, so one detection has one judgement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.errors import FeedError
from truceline.feeds.record import Records, Trouble
from truceline.observations.heat.hits import Hits
from truceline.observations.heat.model import from_bytes
from truceline.observations.heat.scoring import Scorer
from truceline.observations.heat.season import Curve, season_of_day, season_of_model
from truceline.observations.heat.telling import reasons_of
from truceline.terms import Agreement
from truceline.terms.party import Origin
from truceline.terms.satellite import BY_WRITTEN

_EPOCH = date(1970, 1, 1)


def baseline_of(records: Records) -> tuple[Records, Scorer | None]:
    """What peaceful years showed, made ready; a model that cannot be read is a trouble of its feed."""
    for one in records.baselines:
        try:
            return records, Scorer(from_bytes(one.data, one.feed))
        except FeedError as error:
            trouble = Trouble(one.feed, f"{one.path} {error.what}", error.todo)
            return replace(records, troubles=(*records.troubles, trouble)), None
    return records, None


def judge_heat(
    rows: Sequence[dict[str, Any]], detections: pa.Table, agreement: Agreement, baseline: Scorer | None
) -> None:
    """Write `p_ordinary`, `flagged` and `heat_reasons` onto the rows; null on all but heat, and without a baseline.

    Args:
        rows: Observation rows; only those of sensors are judged.
        detections: Table `DETECTION` of all days asked for.
        agreement: Says when its days begin and end.
        baseline: Of the case; None: no baseline.
    """
    for row in rows:
        row["p_ordinary"] = row["flagged"] = row["heat_reasons"] = None
    heat = [row for row in rows if row["origin"] == Origin.SENSOR]
    if baseline is None or not heat:
        return
    told: dict[str, tuple[float | None, bool | None, list[str]]] = {}
    for day in sorted({agreement.day_of(row["start_utc"]) for row in heat}):
        told |= _judged(_of_day(detections, agreement, day), day, baseline)
    for row in heat:
        row["p_ordinary"], row["flagged"], row["heat_reasons"] = told[row["id"]]


@dataclass(frozen=True)
class InSeason:
    """The season's curve of a baseline and what its satellite saw in the baseline's area on a day, counted alike.

    `seen` is None where nothing at all came of that satellite: whether it looked is not known.
    """

    curve: Curve
    seen: int | None


def in_season(detections: pa.Table, agreement: Agreement, day: date, baseline: Scorer | None) -> InSeason | None:
    """A day beside its season; None: no baseline."""
    if baseline is None:
        return None
    hits = _hits(_of_day(detections, agreement, day), day)
    return InSeason(season_of_model(baseline.model), season_of_day(baseline.model, hits))


def _of_day(detections: pa.Table, agreement: Agreement, day: date) -> pa.Table:
    at, covers = detections["at_utc"], agreement.covers(day)
    start, end = (pa.scalar(moment, at.type) for moment in (covers.start, covers.end))
    return detections.filter(pc.and_(pc.greater_equal(at, start), pc.less(at, end)))


def _hits(table: pa.Table, day: date) -> Hits:
    """Detections of one bulletin day as columns, all of them on that day."""
    written = table["satellite"].to_pylist()
    known = [BY_WRITTEN.get(name.casefold()) for name in written]
    named = [name if one is None else one.name for name, one in zip(written, known, strict=True)]
    names = tuple(sorted(set(named)))
    stream = np.array([names.index(name) for name in named], dtype=np.int64)
    lon, lat = (table[name].to_numpy().astype(float) for name in ("lon", "lat"))
    return Hits(lon, lat, np.full(len(stream), (day - _EPOCH).days, dtype=np.int64), stream, names)


def _judged(table: pa.Table, day: date, baseline: Scorer) -> Mapping[str, tuple[float | None, bool | None, list[str]]]:
    """What is said of each detection of one day, by id."""
    found = baseline.score(_hits(table, day))
    words: dict[int, list[str]] = {}
    said: dict[str, tuple[float | None, bool | None, list[str]]] = {}
    for n, key in enumerate(table["id"].to_pylist()):
        vote, source = int(found.vote[n]), int(found.source[n])
        static = [] if source < 0 else [f"static source {baseline.sources[source].id}"]
        if vote < 0:  # at a source a monitor vouches for
            said[key] = (None, False, ["a monitor vouches for this source", *static])
            continue
        if vote not in words:
            words[vote] = list(reasons_of(found, vote))
        p = float(found.p[vote])
        if not np.isfinite(p):
            said[key] = None, None, words[vote]
            continue
        told = [f"p_ordinary {max(p, 0.001):.3f}" + (" or less" if p < 0.001 else ""), *words[vote], *static]
        said[key] = round(p, 5), bool(found.flagged[vote]), told
    return said
