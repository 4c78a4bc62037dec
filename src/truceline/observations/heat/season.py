"""Season: how many detections a day each five days of the year bring, with what differs between years.

    HeatModel --season_of_model--> Curve;  Hits --season_of_year--> Own, --season_of_day--> a count, beside it

The interval is the predictive one for another year of the same kind: with n years the interval from the lowest to the
highest holds a further year with chance (n - 1) / (n + 1), so that is the level printed; no normal law is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from truceline.observations.heat.climatology import delivered
from truceline.observations.heat.hits import CAP, PENTADS, Hits, Votes, first_of_its_place, pentad_of, votes_of
from truceline.observations.heat.model import HeatModel

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Pentad:
    """Five days of the year, from `start` (MM-DD): detections a delivered day; None where no year delivered."""

    start: str
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """The season: its pentads, and how many in a hundred further years lie within low and high."""

    pentads: tuple[Pentad, ...]
    level_pct: int
    years: tuple[int, ...]
    stream: str


@dataclass(frozen=True)
class Own:
    """A year's own detections a delivered day, by pentad; None where it did not deliver."""

    year: int
    seen: tuple[float | None, ...]


def season_of_model(model: HeatModel) -> Curve:
    """The season of the fitted years. Counts are capped at five a cell-day, as everywhere in the baseline."""
    with np.errstate(invalid="ignore", divide="ignore"):
        a_day = np.where(model.days > 0, model.totals / model.days, np.nan)
    pentads = []
    for n in range(PENTADS):
        rates = a_day[np.isfinite(a_day[:, n]), n]
        known = len(rates) > 0
        start = (date(2023, 1, 1) + timedelta(days=5 * n)).strftime("%m-%d")
        pentads.append(
            Pentad(
                start,
                round(float(np.median(rates)), 2) if known else None,
                round(float(rates.min()), 2) if known else None,
                round(float(rates.max()), 2) if known else None,
            )
        )
    n_years = len(model.years)
    return Curve(tuple(pentads), round(100 * (n_years - 1) / (n_years + 1)), model.years, model.names[0])


def season_of_year(model: HeatModel, hits: Hits) -> Own:
    """The same of one year's detections of the model's own stream. Raises ValueError where it gave none."""
    if model.names[0] not in hits.names:
        raise ValueError(f"no detections of {model.names[0]!r}, the stream the baseline is of")
    its, votes = _votes_inside(model, hits)
    counts = np.bincount(pentad_of(votes.day), np.minimum(votes.count, CAP), minlength=PENTADS)
    days = np.bincount(pentad_of(delivered(its.day)), minlength=PENTADS)
    year = int(np.median(np.asarray(its.day, "datetime64[D]").astype("datetime64[Y]").astype(int))) + 1970
    return Own(year, tuple(round(float(c / d), 2) if d else None for c, d in zip(counts, days, strict=True)))


def pentad_on(day: date) -> int:
    """Which five days of the year a day falls into, 0..72.

    >>> pentad_on(date(2031, 1, 6)), pentad_on(date(2031, 12, 31))
    (1, 72)
    """
    return int(pentad_of(np.array([(day - _EPOCH).days]))[0])


def season_of_day(model: HeatModel, hits: Hits) -> int | None:
    """The same of one day's detections; None where the model's own stream gave none at all: it may not be received."""
    if model.names[0] not in hits.names:
        return None
    _, votes = _votes_inside(model, hits)
    return int(np.minimum(votes.count, CAP).sum())


def _votes_inside(model: HeatModel, hits: Hits) -> tuple[Hits, Votes]:
    """Detections of the model's own stream, and their votes inside its area."""
    its = hits.where(hits.stream == hits.names.index(model.names[0]))
    votes = votes_of(its.where(first_of_its_place(its)))
    _, _, inside = model.area.index(votes.cell)
    return its, votes.where(inside)
