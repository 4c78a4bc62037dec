"""Observability of heat by size and duration: would anybody have seen a fire of so many megawatts, burning so long?

    looks with their times, clear shares --fires that begin at any minute of the day--> P(seen | happened)

A fire begins at any time of the day, each as likely. It is seen if a look falls while it burns, the sky is clear,
and the look sees a fire of its size. Looks after the day's end are left out, so the figure can only be too
low. What one look sees is measured by two satellites that follow each other (detection.py); for a sensor
nobody has measured so there is no figure, and its looks add nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.observations.detection import sun_up
from truceline.observations.exposure import Exposure, Floats, Look
from truceline.terms.satellite import SATELLITES

STEP_S = 900.0
DURATIONS_H = (0.5, 2.0, 6.0, 24.0)


@dataclass(frozen=True)
class Size:
    """Fires of a power, and the chance that one look of a VIIRS sees one: by day, and by night.

    Attributes:
        from_mw, below_mw: Radiative power of the whole fire, megawatts.
    """

    from_mw: float
    below_mw: float
    day: float
    night: float


# Two-look shares of Suomi NPP and NOAA-20, both ways together, North America, 10 to 29 June 2026.
# Measured by `python benchmarks/coverage_of_days.py --only two-look`; counts and intervals in docs/methods/coverage.md.
VIIRS: tuple[Size, ...] = (
    Size(2, 5, 0.261, 0.765),
    Size(10, 20, 0.507, 0.885),
    Size(50, 100, 0.719, 0.923),
)


@dataclass(frozen=True)
class BySize:
    """P(seen | happened) of one sector, size and duration; None where no sensor that was measured looked."""

    sector: str
    size: Size
    duration_h: float
    observability: float | None


def by_size(exposure: Exposure) -> tuple[BySize, ...]:
    """Every sector by every size and duration, in that order."""
    looks = [look for one in exposure.seen for look in one.looks if _measured(look)]
    blurred = exposure.any(_dark(exposure))
    found: list[BySize] = []
    figures = {
        (size, hours): exposure.mean(_seen(exposure, looks, size, hours)) for size in VIIRS for hours in DURATIONS_H
    }
    looked = np.zeros(len(exposure.sectors), dtype=bool)
    for look in looks:
        looked |= exposure.any(look.under & ~np.isnan(look.clear))
    for i, sector in enumerate(exposure.sectors):
        for (size, hours), values in figures.items():
            known = bool(looked[i]) or not bool(blurred[i])
            found.append(BySize(sector.id, size, hours, round(float(values[i]), 4) if known else None))
    return tuple(found)


def _measured(look: Look) -> bool:
    return look.satellite is not None and SATELLITES[look.satellite].sensor == "VIIRS"


def _dark(exposure: Exposure) -> np.ndarray:
    """Places at which somebody looked, or may have, of whom nobody knows how well."""
    dark = np.zeros(len(exposure.points), dtype=bool)
    for one in exposure.seen:
        dark |= one.unknown
        for look in one.looks:
            dark |= look.under & (np.isnan(look.clear) | (not _measured(look)))
    return dark


def _seen(exposure: Exposure, looks: Sequence[Look], size: Size, duration_h: float) -> Floats:
    """P(seen | happened) at each place, a fire beginning at any step of the day."""
    length_s = exposure.day.hours * 3600
    begins = np.arange(STEP_S / 2, length_s, STEP_S)
    missed = np.ones((len(begins), len(exposure.points)))
    still: dict[str, tuple[Floats, Floats]] = {}
    for look in looks:
        p = np.where(sun_up(exposure.points, look.at), size.day, size.night)
        told = look.under & ~np.isnan(look.clear)
        since = np.nan_to_num(look.at_s, nan=-1.0) - begins[:, None]
        burning = told & (since >= 0) & (since < duration_h * 3600)
        if look.shared is None:
            missed *= np.where(burning, 1 - p * np.nan_to_num(look.clear), 1.0) ** look.count
        else:
            _, blind = still.setdefault(look.shared, (np.nan_to_num(look.clear), np.ones_like(missed)))
            blind *= np.where(burning, 1 - p, 1.0)
    for clear, blind in still.values():
        missed *= 1 - clear + clear * blind
    seen: Floats = 1 - missed.mean(axis=0)
    return seen
