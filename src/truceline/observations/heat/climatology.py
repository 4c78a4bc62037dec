"""Climatology: how many detections an ordinary day of the season brings to each cell.

    capped counts, days delivered, year by year --smooth--> Season --mean_of--> expected a day, by pentad and cell

A fine estimate (kernel of half a cell and ten days) is drawn towards a coarse one (0.6 degree, twelve days) that weighs
as much as 0.4 years: where a cell burnt in none of few years its neighbours still say something. Where land use is
known the coarse one looks at neighbours of the same use: a forest learns nothing from fields. Days on which a stream
delivered nothing for longer than `GAP_DAYS` are not days without fire: they are not counted at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from truceline.observations.heat.area import Area, Grid, by_pentad
from truceline.observations.heat.hits import CAP, PENTADS, Floats, Ints, Mask, Votes, pentad_of
from truceline.observations.heat.land_use import Uses

FINE_CELLS, FINE_PENTADS = 0.5, 2.0
COARSE_CELLS, COARSE_PENTADS = 6.0, 2.4
COARSE_YEARS = 0.4
FEW_ALIKE = 0.05  # share of the surroundings at which neighbours of the same land use weigh as much as all of them
LEAST = 1e-6  # detections a day: nowhere is it impossible that something burns
GAP_DAYS = 5  # longer without any detection in the whole theatre, and the stream is taken not to have delivered
KNOWN = 0.15  # share of the surroundings (2 cells) that ever burnt from which on a baseline is known


@dataclass(frozen=True)
class Season:
    """One year of one stream, smoothed: detections and delivered days, fine and coarse."""

    fine: Grid
    coarse: Grid
    fine_days: Floats
    coarse_days: Floats


def delivered(days: Ints) -> Ints:
    """The days a stream delivered: those with detections, and gaps of at most `GAP_DAYS` between them.

    >>> delivered(np.array([10, 12, 30])).tolist()
    [10, 11, 12, 30]
    """
    seen = np.unique(days)
    if not len(seen):
        return np.asarray(seen)
    parts = [np.arange(a, b) for a, b in pairwise(seen) if b - a <= GAP_DAYS + 1]
    return np.asarray(np.unique(np.concatenate([seen, *parts])))


def known_area(area: Area, votes: Votes) -> Mask:
    """Where anything ever burnt, and its surroundings: elsewhere nobody knows what is ordinary."""
    from scipy.ndimage import gaussian_filter

    row, column, inside = area.index(votes.cell)
    ever = np.zeros(area.shape)
    ever[row[inside], column[inside]] = 1.0
    return np.asarray(gaussian_filter(ever, 2.0, mode="constant") > KNOWN) | (ever > 0)


def season_of(votes: Votes, days: Ints, area: Area, known: Mask, use: Uses | None = None) -> Season:
    """Smooth one year of one stream.

    Args:
        votes: Of that year and stream, inside the area.
        days: The days it delivered.
        use: Land use of the area's cells; None or 0: not known.
    """
    counts = by_pentad(votes, area, pentad_of(votes.day), CAP)
    exposure = np.bincount(pentad_of(days), minlength=PENTADS).astype(float)
    return Season(
        fine=_smooth(counts, FINE_CELLS, FINE_PENTADS, known),
        coarse=_smooth_alike(counts, COARSE_CELLS, COARSE_PENTADS, known, use),
        fine_days=_in_time(exposure, FINE_PENTADS),
        coarse_days=_in_time(exposure, COARSE_PENTADS),
    )


def mean_of(seasons: list[Season], known: Mask) -> Grid:
    """Expected capped detections a delivered day, shape (73, height, width); 0 outside the known area.

    NaN in pentads no year delivered, to within the kernel.
    """
    fine_days = sum(s.fine_days for s in seasons)[:, None, None]  # type: ignore[index]
    coarse_days = sum(s.coarse_days for s in seasons)[:, None, None]  # type: ignore[index]
    fine, coarse = sum(s.fine for s in seasons), sum(s.coarse for s in seasons)
    weight = 5.0 * COARSE_YEARS
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (fine + weight * coarse / coarse_days) / (fine_days + weight)
    mean = np.where(coarse_days > 0.5, np.maximum(mean, LEAST) * known, np.nan)
    return np.asarray(mean, dtype=np.float32)


def _smooth(counts: Grid, cells: float, pentads: float, known: Mask) -> Grid:
    """Kernel sums in time, kernel means in space that do not leak over the edge of the known area."""
    from scipy.ndimage import gaussian_filter

    share = np.maximum(gaussian_filter(known.astype(np.float32), cells, mode="constant", truncate=3), 1e-3)
    whole = _in_time(counts, pentads)
    return np.asarray(gaussian_filter(whole, (0, cells, cells), mode="constant", truncate=3) / share, np.float32)


def _smooth_alike(counts: Grid, cells: float, pentads: float, known: Mask, use: Uses | None) -> Grid:
    """The same, each cell by its neighbours of the same land use, drawn towards all of them where those are few."""
    from scipy.ndimage import gaussian_filter

    every = _smooth(counts, cells, pentads, known)
    uses = [] if use is None else np.unique(use[known]).tolist()
    if use is None or len(uses) < 2:
        return every
    whole, alike = _in_time(counts, pentads), np.zeros_like(every)
    for one in uses:
        its = known & (use == one)
        share = gaussian_filter(its.astype(np.float32), cells, mode="constant", truncate=3)
        total = gaussian_filter(whole * its, (0, cells, cells), mode="constant", truncate=3)
        alike += its * (total + FEW_ALIKE * every) / (share + FEW_ALIKE)
    return np.asarray(alike, np.float32)


def _in_time(values: Floats | Grid, pentads: float) -> Floats:
    from scipy.ndimage import gaussian_filter1d

    return np.asarray(gaussian_filter1d(values, pentads, axis=0, mode="wrap", truncate=3))
