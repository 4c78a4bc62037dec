"""Near the line against a control area in the same weather: did less burn near it than elsewhere?

    observations of two days --counts--> cells with heat near the line and in the control area
      --contrast--> rate ratio with its interval, or nothing where a day was not seen

Raw counts mislead: the second-highest count of spring 2025 fell on a day of truce, under clear sky, in the season of
field burning. What clouds hide and what farmers light near the line they hide and light beside it too; so the count
near the line is divided by that of a control area, and day by day the ratio of the two is compared. The interval is the
exact conditional one of the odds ratio of a table of two by two. Source: Cornfield (1956), Proc. Third Berkeley
Symposium 4, 135-148; Fisher's conditional distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from truceline.observations.heat.hits import cell_of

CONTROL_KM = 150.0  # as far as a cloud value speaks (docs/methods/coverage.md): correlation 0.88 at 100 to 150 km
LEVEL = 0.90


@dataclass(frozen=True)
class Counts:
    """Cells of 0.1 degree with heat on one day: near the line, and in the control area beyond."""

    near: int
    control: int

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.near + other.near, self.control + other.control)


@dataclass(frozen=True)
class Contrast:
    """How much more, or less, burnt near the line than the control area would lead one to expect.

    Attributes:
        this, that: Of the day, and of what it is compared with.
        ratio: (near / control) of the day over the same of the other; None where a count it is divided by is 0.
        low, high: 90 % interval; None: open at that end.
    """

    this: Counts
    that: Counts
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def distinguishable(self) -> bool:
        """Whether the interval leaves 1 out."""
        return (self.low is not None and self.low > 1) or (self.high is not None and self.high < 1)


def counts(rows: Iterable[Mapping[str, Any]], depth_km: float) -> Counts:
    """Cells with heat near the line and in the control area.

    Args:
        rows: Observation rows; those of sensors with a known distance to the line are counted, one a cell and area.
        depth_km: How far near the line goes; the control area goes on from there to 150 km.
    """
    near: set[int] = set()
    control: set[int] = set()
    for row in rows:
        if row["origin"] != "sensor" or row["distance_m"] is None or row["distance_m"] > CONTROL_KM * 1000:
            continue
        cell = int(cell_of(np.array([row["lon"]]), np.array([row["lat"]]))[0])
        (near if row["distance_m"] <= depth_km * 1000 else control).add(cell)
    return Counts(len(near), len(control - near))


def contrast(this: Counts, that: Counts) -> Contrast:
    """Compare two days, or one with several added up.

    >>> c = contrast(Counts(20, 100), Counts(60, 150))
    >>> round(c.ratio, 2), round(c.low, 2), round(c.high, 2), c.distinguishable
    (0.5, 0.3, 0.83, True)
    >>> contrast(Counts(0, 0), Counts(5, 5)).ratio is None
    True
    """
    from scipy.stats.contingency import odds_ratio

    table = np.array([[this.near, this.control], [that.near, that.control]])
    if not table.sum(0).all() or not table.sum(1).all():
        return Contrast(this, that, None, None, None)
    ratio = None
    if this.control and that.near and that.control:
        ratio = (this.near / this.control) / (that.near / that.control)
    interval = odds_ratio(table).confidence_interval(LEVEL)
    low, high = float(interval.low), float(interval.high)
    return Contrast(this, that, ratio, low, high if np.isfinite(high) else None)
