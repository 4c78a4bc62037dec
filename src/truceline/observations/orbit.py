"""Where a satellite was, and when it looked at a place on the ground, and how far to the side.

    Elements, times --SGP4--> states --crossings--> for each place: time and scan angle

A scanner that looks across its track sees a place at the moment the place lies straight across the satellite's
path, if it lies within the scan angle of straight down. Between two steps of 20 s the moment is found on a
straight line; the scan angle is then good to 0.02 degrees (tests/observations/test_passes.py). The Earth is the
WGS 84 ellipsoid without relief. UT1 is taken for UTC (they never differ by more than 0.9 s, 420 m on the ground)
and polar motion (10 m) is left out.
Sources: SGP4 by the package `sgp4`, after Vallado and others (2006), Revisiting Spacetrack Report #3, AIAA
2006-6753; sidereal time of 1982 from the same paper; WGS 84, NIMA TR8350.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from truceline.feeds.record import Elements

Floats = NDArray[np.float64]

A_M = 6_378_137.0  # WGS 84, equatorial radius
F = 1 / 298.257223563  # WGS 84, flattening
E2 = F * (2 - F)
_EPOCH_1949 = datetime(1949, 12, 31, tzinfo=UTC)  # "days since 1949 December 31 00:00", sgp4init
_JD_1949 = 2_433_281.5


@dataclass(frozen=True)
class States:
    """A satellite at some times, in axes that turn with the Earth.

    Attributes:
        position_m: Shape (n, 3), metres from the Earth's centre.
        forward: Unit vectors of its motion among the stars, level with the ground below, shape (n, 3).
        up: Unit vectors away from the ground straight below it, shape (n, 3).
    """

    position_m: Floats
    forward: Floats
    up: Floats

    @property
    def height_m(self) -> Floats:
        """Height above the ellipsoid, metres."""
        return below(self.position_m)[2]


def states(elements: Elements, since: datetime, seconds: Floats) -> States:
    """Where the satellite was at `seconds` after `since`.

    Raises:
        ValueError: The model gives no orbit there (decayed, or elements that cannot be).
    """
    position, velocity = _teme(elements, since, seconds)
    turn = _sidereal(_days(since) + seconds / 86_400)
    position, velocity = _turned(position, turn), _turned(velocity, turn)
    lon, lat, _ = below(position)
    up = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)
    level = velocity - np.sum(velocity * up, axis=1, keepdims=True) * up
    return States(position, level / np.linalg.norm(level, axis=1, keepdims=True), up)


def ground_m(lon_deg: Floats, lat_deg: Floats) -> Floats:
    """Places on the ellipsoid as vectors from the Earth's centre, metres, shape (n, 3)."""
    lon, lat = np.radians(lon_deg), np.radians(lat_deg)
    normal = A_M / np.sqrt(1 - E2 * np.sin(lat) ** 2)
    return np.stack(
        [normal * np.cos(lat) * np.cos(lon), normal * np.cos(lat) * np.sin(lon), normal * (1 - E2) * np.sin(lat)],
        axis=-1,
    )


def below(position_m: Floats) -> tuple[Floats, Floats, Floats]:
    """Longitude and latitude (radians) straight below, and the height above the ellipsoid in metres."""
    x, y, z = position_m.T
    flat = np.hypot(x, y)
    lat = np.arctan2(z, flat * (1 - E2))
    for _ in range(4):  # from 800 km the third step moves less than a micrometre
        normal = A_M / np.sqrt(1 - E2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + E2 * normal * np.sin(lat), flat)
    normal = A_M / np.sqrt(1 - E2 * np.sin(lat) ** 2)
    height = flat * np.cos(lat) + z * np.sin(lat) - A_M**2 / normal
    return np.arctan2(y, x), lat, height


def crossings(orbit: States, seconds: Floats, places_m: Floats) -> tuple[Floats, Floats]:
    """When each place lay straight across the path, and the scan angle there.

    Args:
        orbit: One pass of a satellite, at most some twenty minutes.
        seconds: The time of each state, ascending, shape (n,).
        places_m: Places on the ground, shape (m, 3).
    Returns:
        Seconds and scan angle in degrees (negative to the left), shape (m,); NaN where a place was under the
        horizon or never straight across.
    """
    offset = places_m[None, :, :] - orbit.position_m[:, None, :]
    ahead = np.einsum("nmk,nk->nm", offset, orbit.forward)
    down = -np.einsum("nmk,nk->nm", offset, orbit.up)
    aside = np.einsum("nmk,nk->nm", offset, np.cross(orbit.forward, orbit.up))
    in_view = np.einsum("nmk,mk->nm", offset, places_m) < 0
    angle = np.degrees(np.arctan2(aside, down))
    meets = (ahead[:-1] > 0) & (ahead[1:] <= 0) & in_view[:-1] & in_view[1:]
    step, place = np.argmax(meets, axis=0), np.arange(places_m.shape[0])
    before, after = ahead[step, place], ahead[step + 1, place]
    found = meets[step, place]
    share = np.where(found, before / np.where(found, before - after, 1.0), np.nan)
    at = seconds[step] + share * (seconds[step + 1] - seconds[step])
    return at, angle[step, place] + share * (angle[step + 1, place] - angle[step, place])


def _teme(elements: Elements, since: datetime, seconds: Floats) -> tuple[Floats, Floats]:
    """Position (m) and velocity (m/s) of SGP4, in the axes of its own epoch."""
    from sgp4.api import WGS72, Satrec

    model = Satrec()
    model.sgp4init(
        WGS72,
        "i",
        elements.catalogue,
        (elements.epoch - _EPOCH_1949).total_seconds() / 86_400,
        elements.bstar,
        0.0,  # the rates of mean motion stand in the sets and SGP4 does not use them
        0.0,
        elements.eccentricity,
        np.radians(elements.perigee_deg),
        np.radians(elements.inclination_deg),
        np.radians(elements.anomaly_deg),
        elements.mean_motion * 2 * np.pi / 1440,
        np.radians(elements.node_deg),
    )
    days = _days(since)
    whole = np.full(seconds.shape, np.floor(days))
    error, position, velocity = model.sgp4_array(whole, days - whole + seconds / 86_400)
    if error.any():
        raise ValueError(f"the elements of {elements.epoch:%Y-%m-%d} give no orbit (SGP4 error {error.max()})")
    if not np.isfinite(position).all():
        raise ValueError(f"the elements of {elements.epoch:%Y-%m-%d} give no orbit (not a number)")
    return position * 1000, velocity * 1000


def _days(at: datetime) -> float:
    return _JD_1949 + (at - _EPOCH_1949).total_seconds() / 86_400


def _sidereal(julian_days: Floats) -> Floats:
    """Greenwich mean sidereal time of 1982, radians."""
    t = (julian_days - 2_451_545.0) / 36_525.0
    seconds = 67_310.54841 + (876_600 * 3600 + 8_640_184.812866) * t + 0.093104 * t**2 - 6.2e-6 * t**3
    turned: Floats = np.radians(seconds / 240.0 % 360.0)
    return turned


def _turned(vectors: Floats, angle: Floats) -> Floats:
    """Vectors in axes turned about the pole by an angle, each its own."""
    x, y, z = vectors.T
    cos, sin = np.cos(angle), np.sin(angle)
    return np.stack([cos * x + sin * y, -sin * x + cos * y, z], axis=-1)
