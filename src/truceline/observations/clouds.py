"""How clear it was over a place at a moment, where somebody said so; else it is not known.

    Cloud values --nearest place within reach, at that time--> clear share of each place, or NaN

One value stands for a whole day and the country around a place. Looks that go by the same value are not
independent: where it was overcast in the morning it may have been so all day. So each look carries the key of
the value it goes by, and coverage.py takes looks of one key together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from truceline.feeds.record import Cloud
from truceline.spacetime import When, iso

EARTH_KM = 6_371.0088  # mean radius, IUGG


@dataclass(frozen=True)
class Clear:
    """Clear share of each place, 0..1, NaN where it is not known, and the value's key."""

    share: NDArray[np.float64]
    key: str


class Clouds:
    """The cloud values of one feed over some places, each time looked up once."""

    def __init__(self, feed: str, reach_km: float, clouds: Sequence[Cloud], points: NDArray[np.float64], day: When):
        self._feed, self._reach_km, self._points = feed, reach_km, points
        self._values: dict[When, list[Cloud]] = {}
        for one in clouds:
            if one.feed == feed and one.when.overlaps(day):
                self._values.setdefault(one.when, []).append(one)
        self._known: dict[When, Clear] = {}

    def at(self, moment: datetime) -> Clear:
        """How clear it was at a moment. Where an hour's and a day's value hold it, the shorter one speaks."""
        holding = [when for when in self._values if when.holds(moment)]
        if not holding:
            return Clear(np.full(len(self._points), np.nan), "")
        when = min(holding, key=lambda w: (w.hours, w))
        if when not in self._known:
            self._known[when] = Clear(
                self._nearest(self._values[when]), f"{self._feed} {iso(when.start)} {iso(when.end)}"
            )
        return self._known[when]

    def _nearest(self, values: list[Cloud]) -> NDArray[np.float64]:
        at = np.radians([(c.at.lon, c.at.lat) for c in values])
        points = np.radians(self._points)
        half = (
            np.sin((points[:, None, 1] - at[None, :, 1]) / 2) ** 2
            + np.cos(points[:, None, 1])
            * np.cos(at[None, :, 1])
            * np.sin((points[:, None, 0] - at[None, :, 0]) / 2) ** 2
        )
        away_km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
        nearest = away_km.argmin(axis=1)
        share = 1 - np.array([c.share for c in values])[nearest]
        return np.where(away_km.min(axis=1) <= self._reach_km, share, np.nan)
