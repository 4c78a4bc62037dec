"""Evaluate: a year judged by the others, and what the judgement was worth.

    Hits of peaceful years --leave one out--> Year, Year, ...: shares flagged, exceedance, ranks

Everything, the threshold too, is fitted on the other years. Shares are of cell-days with detections, one vote each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.climatology import delivered
from truceline.observations.heat.day_level import Levels, image_of
from truceline.observations.heat.fit import fit
from truceline.observations.heat.hits import Floats, Hits, Ints, Mask, Votes, first_of_its_place, pentad_of, year_of
from truceline.observations.heat.land_use import LandUse
from truceline.observations.heat.model import HeatModel
from truceline.observations.heat.register import StaticSource
from truceline.observations.heat.scoring import Scored, Scorer

BOUND = 0.001
DEGREES = Mapping[str, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Share:
    """Votes and detections of a part of a year, and how many of them were flagged."""

    votes: int
    flagged: int
    detections: int
    flagged_detections: int

    @property
    def of_votes(self) -> float | None:
        return self.flagged / self.votes if self.votes else None

    @property
    def of_detections(self) -> float | None:
        return self.flagged_detections / self.detections if self.detections else None


@dataclass(frozen=True)
class Year:
    """What a model said of a year it had not seen.

    Attributes:
        shares: Of the whole, ``all``, and of each named box.
        threshold: Of the model.
        above, expected_above: Cell-days above their 99.9 % bound, and what the model itself expected.
        ranks: Votes by tenth of `p_ordinary`; even where the ranks are calibrated.
        unknown: Votes where no baseline is known.
    """

    year: int
    shares: dict[str, Share]
    threshold: float
    above: int
    expected_above: float
    ranks: tuple[int, ...]
    unknown: int

    @property
    def exceedance(self) -> float:
        """Above the bound, over what the model expected."""
        return self.above / self.expected_above if self.expected_above else float("nan")


def leave_one_out(
    hits: Hits,
    *,
    boxes: DEGREES | None = None,
    register: Sequence[StaticSource] | None = None,
    land_use: LandUse | None = None,
) -> tuple[Year, ...]:
    """Judge every year by a model of the others.

    Args:
        hits: Of peaceful years.
        boxes: Parts to tell apart, (west, south, east, north) in degrees.
        register: A corrected register; None learns one in every fit.
        land_use: As in `fit`.

    Raises:
        ValueError: Fewer than three years: two must be left to fit on.
    """
    year = year_of(hits.day)
    years = np.unique(year).tolist()
    if len(years) < 3:
        raise ValueError(f"leaving one year out needs three peaceful years; found {len(years)}")
    return tuple(
        judge_year(fit(hits.where(year != y), register=register, land_use=land_use), hits.where(year == y), boxes=boxes)
        for y in years
    )


def judge_year(
    model: HeatModel, hits: Hits, *, boxes: DEGREES | None = None, days: tuple[int, int] | None = None
) -> Year:
    """What a model says of a year it has not seen.

    Args:
        model: Fitted on other years.
        hits: Of one year.
        boxes: As in `leave_one_out`.
        days: First day and the day after the last (UTC days since 1970) the shares are of; None: all.
    """
    scorer = Scorer(model)
    found = scorer.score(hits)
    inside = np.ones(len(found.votes), dtype=bool)
    if days is not None:
        inside = (found.votes.day >= days[0]) & (found.votes.day < days[1])
    known = np.isfinite(found.p)
    parts: dict[str, Mask] = {"all": inside & known}
    for name, box in (boxes or {}).items():
        parts[name] = inside & known & _in(box, found.votes)
    above, expected_above = exceedance(model, hits)
    ranks = np.bincount(np.minimum((found.p[known & inside] * 10).astype(int), 9), minlength=10)
    return Year(
        year=int(year_of(hits.day[:1])[0]) if len(hits) else 0,
        shares={name: _share(found, mask) for name, mask in parts.items()},
        threshold=model.threshold,
        above=above,
        expected_above=expected_above,
        ranks=tuple(int(n) for n in ranks),
        unknown=int((inside & ~known).sum()),
    )


def exceedance(model: HeatModel, hits: Hits) -> tuple[int, float]:
    """Cell-days of the reference stream above their 99.9 % bound, and the number the model itself expected.

    Every known cell on every delivered day takes part, those without detections too.
    """
    try:
        own = hits.names.index(model.names[0])
    except ValueError:
        return 0, 0.0
    mine = hits.where(hits.stream == own)
    mine = mine.where(first_of_its_place(mine))
    days = delivered(mine.day)
    levels, (log_mean, bound, chance) = Levels(model.mean), model.near.bounds(BOUND)
    row, column = np.nonzero(model.known)
    cell, day = mine.cell, mine.day
    order = np.argsort(day, kind="stable")
    edges = np.searchsorted(day[order], np.append(days, days[-1:] + 1))
    above, expected = 0, 0.0
    for n, one in enumerate(days.tolist()):
        pentad = int(pentad_of(np.array([one]))[0])
        mean = model.mean[pentad, row, column].astype(float)
        if not np.isfinite(mean).any():
            continue
        cells, count = np.unique(cell[order[edges[n] : edges[n + 1]]], return_counts=True)
        votes = Votes(np.full(len(cells), one), cells, np.zeros(len(cells), dtype=np.int64), count, hits.names)
        image = image_of(votes, model.area)
        _, near = levels.of_day(image, pentad, row, column)
        at = np.clip(np.searchsorted(log_mean, np.log(mean * near)), 0, len(log_mean) - 1)
        whole = np.zeros(model.area.shape, dtype=np.int64)  # uncapped
        r, c, inside = model.area.index(cells)
        whole[r[inside], c[inside]] = count[inside]
        above += int((whole[row, column] > bound[at]).sum())
        expected += float(chance[at].sum())
    return above, expected


def pit(model: HeatModel, scored: Scored, seed: int) -> Floats:
    """`p_ordinary` with ties and the lowest ranks spread evenly: uniform on (0, 1] under peace.

    Source: Czado, Gneiting and Held (2009), Biometrics 65:1254 (randomised PIT).
    """
    chance = np.random.default_rng(seed)
    p = scored.p[np.isfinite(scored.p)]
    levels = np.unique(p)
    below = np.concatenate([[0.0], levels[:-1]])[np.searchsorted(levels, p)]
    repeated = np.bincount(np.searchsorted(levels, p))[np.searchsorted(levels, p)] > 1
    return np.where(repeated, below + chance.random(len(p)) * (p - below), p)


def _share(found: Scored, mask: Mask) -> Share:
    count, flagged = found.votes.count, found.flagged
    return Share(int(mask.sum()), int((mask & flagged).sum()), int(count[mask].sum()), int(count[mask & flagged].sum()))


def _in(box: tuple[float, float, float, float], votes: Votes) -> Mask:
    lon, lat = middle_of(votes.cell)
    west, south, east, north = box
    return np.asarray((lon >= west) & (lon < east) & (lat >= south) & (lat < north))


def middle_of(cell: Ints) -> tuple[Floats, Floats]:
    """Longitude and latitude of the middle of cells, degrees."""
    from truceline.observations.heat.hits import COLUMNS, PER_DEGREE

    row, column = np.divmod(cell, COLUMNS)
    return (column + 0.5) / PER_DEGREE - 180, (row + 0.5) / PER_DEGREE - 90
