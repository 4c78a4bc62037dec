"""Where and when: the two values every other noun carries.

    LonLat      a position in degrees, longitude first, never a bare pair
    Where       a position with its uncertainty in metres
    RingSector  what somebody heard from where they stood: a band of ranges and, where known, a bearing
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


@dataclass(frozen=True)
class RingSector:
    """Where something heard may lie: from an observer, a band of ranges and a span of bearings.

    It is an area and stays one; nobody knows a point in it better than another.

    Attributes:
        observer: Where somebody stood.
        near_m, far_m: The band of ranges in metres.
        bearing_deg: Middle of the span, degrees clockwise from north; None: any direction.
        width_deg: Width of the span in degrees, above 0 and at most 360; None with `bearing_deg`.
    """

    observer: LonLat
    near_m: float
    far_m: float
    bearing_deg: float | None = None
    width_deg: float | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.near_m < self.far_m < math.inf):
            raise ValueError(f"a band of {self.near_m}..{self.far_m} m is none: near must be 0 or more, far larger")
        if (self.bearing_deg is None) != (self.width_deg is None):
            raise ValueError("a bearing needs a width, and a width a bearing")
        if self.bearing_deg is not None and not 0 <= self.bearing_deg <= 360:
            raise ValueError(f"bearing {self.bearing_deg} is outside 0..360")
        if self.width_deg is not None and not 0 < self.width_deg <= 360:
            raise ValueError(f"width {self.width_deg} must be above 0 and at most 360 degrees")

    def samples(self, rings: int = 6, spokes: int = 12) -> tuple[LonLat, ...]:
        """Positions spread over its area, each standing for an equal part of it."""
        middle, width = (
            (0.0, 360.0)
            if self.bearing_deg is None or self.width_deg is None
            else (
                self.bearing_deg,
                self.width_deg,
            )
        )
        found = []
        for ring in range(rings):
            share = (ring + 0.5) / rings  # of the area, hence the square root
            radius = math.sqrt(self.near_m**2 + share * (self.far_m**2 - self.near_m**2))
            for spoke in range(spokes):
                azimuth = middle - width / 2 + width * (spoke + 0.5) / spokes
                lon, lat, _ = wgs84().fwd(self.observer.lon, self.observer.lat, azimuth, radius)
                found.append(LonLat(float(lon), float(lat)))
        return tuple(found)

    def outline(self, spokes: int = 16) -> tuple[LonLat, ...]:
        """Positions on its inner and outer edge, its corners among them."""
        middle, width = (
            (0.0, 360.0)
            if self.bearing_deg is None or self.width_deg is None
            else (
                self.bearing_deg,
                self.width_deg,
            )
        )
        found = []
        for radius in (self.near_m, self.far_m):
            for spoke in range(spokes + 1):
                azimuth = middle - width / 2 + width * spoke / spokes
                lon, lat, _ = wgs84().fwd(self.observer.lon, self.observer.lat, azimuth, radius)
                found.append(LonLat(float(lon), float(lat)))
        return tuple(found)

    def distance_m(self, place: LonLat) -> float:
        """How far a position lies from the nearest part of the area; 0 inside it. Metres.

        Exact on the sphere of the observer's own distances: the band by range, the sides of the span by the
        foot of the perpendicular (the plane that touches there), good to a metre within 50 km.

        >>> ring = RingSector(LonLat(0, 0), 2_000, 4_000, 0, 90)
        >>> round(ring.distance_m(LonLat(0, 0.027))), round(ring.distance_m(LonLat(0, 0.0)))
        (0, 2000)
        """
        azimuth, _, away = wgs84().inv(self.observer.lon, self.observer.lat, place.lon, place.lat)
        outside = max(self.near_m - away, away - self.far_m, 0.0)
        if self.bearing_deg is None or self.width_deg is None or self.width_deg >= 360:
            return float(outside)
        turn = abs((float(azimuth) - self.bearing_deg + 180) % 360 - 180) - self.width_deg / 2
        if turn <= 0:
            return float(outside)
        # Beyond the span: the nearest point lies on its nearer side.
        along = away * math.cos(math.radians(turn))
        foot = min(max(along, self.near_m), self.far_m)
        return math.sqrt(max(away**2 + foot**2 - 2 * away * foot * math.cos(math.radians(turn)), 0.0))

    def gap_m(self, other: RingSector) -> float:
        """How far apart two ring sectors lie, at most: 0 where they meet. Metres.

        By samples over each area measured against the other exactly, so it can only be too large, by no
        more than half the spacing of the samples.
        """
        return min(
            min(self.distance_m(place) for place in (*other.samples(), *other.outline())),
            min(other.distance_m(place) for place in (*self.samples(), *self.outline())),
        )


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
