"""Where and when: the two values every other noun carries.

    LonLat      a position in degrees, longitude first, never a bare pair
    Where       a position with its uncertainty in metres
    When        a half-open interval of UTC with the precision it was known to

In: numbers as received. Out: values that cannot hold NaN, a swapped axis out of range, or a
time without a zone. Distances are metres on the WGS 84 ellipsoid, times are UTC.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from pyproj import Geod


@dataclass(frozen=True, order=True)
class LonLat:
    """A position in degrees on WGS 84, longitude first.

    Raises:
        ValueError: A coordinate is not a finite number, or outside -180..180 or -90..90.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.lon) and math.isfinite(self.lat)):
            raise ValueError(f"longitude {self.lon} and latitude {self.lat} must be finite numbers")
        if not -180.0 <= self.lon <= 180.0:
            raise ValueError(f"longitude {self.lon} is outside -180..180")
        if not -90.0 <= self.lat <= 90.0:
            raise ValueError(f"latitude {self.lat} is outside -90..90")


@dataclass(frozen=True)
class Where:
    """A position and how far the true one may lie from it, in metres (about 95 %)."""

    lonlat: LonLat
    uncertainty_m: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.uncertainty_m) and self.uncertainty_m >= 0):
            raise ValueError(f"uncertainty_m {self.uncertainty_m} must be a finite number of metres, 0 or more")


class Precision(StrEnum):
    """How exactly a time was known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, order=True)
class When:
    """The half-open interval [start, end) of UTC in which something happened.

    A report that names only a day is spread over the whole local day, never put at midnight.
    """

    start: datetime
    end: datetime
    precision: Precision = Precision.MINUTE

    def __post_init__(self) -> None:
        for name, at in (("start", self.start), ("end", self.end)):
            if at.tzinfo is None or at.utcoffset() != timedelta(0):
                raise ValueError(f"{name} {at.isoformat()} must be in UTC")
        if self.end <= self.start:
            raise ValueError(f"the end {self.end.isoformat()} must come after the start {self.start.isoformat()}")

    @property
    def middle(self) -> datetime:
        """The middle of the interval: what decides in which bulletin an incident is counted, once."""
        return self.start + (self.end - self.start) / 2

    @property
    def hours(self) -> float:
        """The length of the interval in hours."""
        return (self.end - self.start).total_seconds() / 3600.0

    def overlaps(self, other: When) -> bool:
        """Whether the two intervals share any time."""
        return self.start < other.end and other.start < self.end

    def within(self, other: When) -> bool:
        """Whether this interval lies wholly inside the other."""
        return other.start <= self.start and self.end <= other.end

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies in the interval."""
        return self.start <= at < self.end

    def meet(self, other: When) -> When | None:
        """The time both intervals share, or None where they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return When(start, end, self.precision) if start < end else None

    def gap(self, other: When) -> timedelta:
        """The time between the two intervals; zero where they overlap or touch."""
        return max(self.start - other.end, other.start - self.end, timedelta(0))


def local_day(day: date, zone: ZoneInfo) -> When:
    """The whole of a local calendar day as UTC; 23 or 25 hours long where the clocks change."""
    start = datetime.combine(day, time(0), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    return When(start, end, Precision.DAY)


def instant(at: datetime, precision: Precision = Precision.MINUTE) -> When:
    """The minute (or hour) that begins at `at`, as an interval."""
    length = timedelta(hours=1) if precision is Precision.HOUR else timedelta(minutes=1)
    return When(at, at + length, precision)


@cache
def wgs84() -> Geod:
    """The WGS 84 ellipsoid, built once."""
    return Geod(ellps="WGS84")


def distance_m(a: LonLat, b: LonLat) -> float:
    """The geodesic distance between two positions in metres on WGS 84.

    >>> round(distance_m(LonLat(0, 0), LonLat(0, 1)))
    110574
    """
    return float(wgs84().inv(a.lon, a.lat, b.lon, b.lat)[2])


def iso(at: datetime) -> str:
    """A UTC time as text, to the minute where seconds are zero: ``2025-04-19T15:00Z``."""
    at = at.astimezone(UTC)
    spec = "minutes" if at.second == 0 and at.microsecond == 0 else "seconds"
    return at.replace(tzinfo=None).isoformat(timespec=spec) + "Z"
