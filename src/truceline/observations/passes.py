"""Passes: which satellite of a feed looked at which places, when, and from how far aside.

    Elements, places, day --sound--> the set to use --orbit--> Passes, or why there are none

Nothing is computed where the elements of the day are missing, too old or at odds with each other: then it is not known
when the satellite passed, which is another thing than that it did not. Passes are given for days that are asked
about, and watch.py asks about none that is not over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from truceline.feeds.record import Elements
from truceline.observations.orbit import A_M, Floats, States, crossings, ground_m, states
from truceline.spacetime import When, iso
from truceline.terms.agreement import FeedTerms
from truceline.terms.satellite import SATELLITES, Satellite

# Sets of February 2026 stood, 95 days later, 170 to 1,700 km from those of the day, nearly all of it along the
# track: up to four minutes early or late. Drag makes it grow with the square of the age, so that 30 days keep it
# to about 170 km or 25 s (docs/methods/coverage.md). A swath is 2,300 to 3,000 km wide.
MAX_AGE_DAYS = 30.0
AT_ODDS_KM = 250.0
_STEP_S = 20.0


@dataclass(frozen=True)
class Pass:
    """One satellite going by once.

    Attributes:
        at_s: Seconds from the day's start at which it looked at each place; NaN where it did not, shape (m,).
        scan_deg: How far aside it looked, degrees, same shape.
        entry: Ledger entry of the elements it was computed from.
    """

    satellite: str
    entry: str
    at_s: Floats
    scan_deg: Floats

    @property
    def under(self) -> NDArray[np.bool_]:
        """Places it looked at."""
        return ~np.isnan(self.at_s)


@dataclass(frozen=True)
class Sky:
    """What the orbits say of one feed on one day.

    Attributes:
        missing: For each satellite whose passes are not known, its name and why.
    """

    passes: tuple[Pass, ...]
    missing: tuple[str, ...]


def passes(feed: FeedTerms, elements: Sequence[Elements], points: Floats, day: When) -> Sky:
    """Every pass of a feed's satellites over some places in a day.

    Args:
        feed: Names its satellites and the feed of their elements.
        elements: Of all orbit feeds.
        points: (lon, lat) in degrees, shape (m, 2).
        day: UTC.
    """
    found: list[Pass] = []
    missing: list[str] = []
    places = ground_m(points[:, 0], points[:, 1])
    for name in feed.satellites:
        satellite = SATELLITES[name]
        mine = [
            e
            for e in elements
            if e.feed == feed.orbits
            and e.catalogue == satellite.catalogue
            and (e.about is None or e.about.overlaps(day))
        ]
        try:
            chosen = sound(mine, day)
            found += _passes_of(satellite, chosen, places, day)
        except ValueError as reason:
            missing.append(f"{name}: {reason}")
    found.sort(key=lambda one: (float(np.nanmin(one.at_s)), one.satellite))
    return Sky(tuple(found), tuple(missing))


def sound(sets: Sequence[Elements], day: When) -> Elements:
    """The set nearest in time to a day.

    Raises:
        ValueError: There is none, it is too old (or too new), or the next nearest puts the satellite elsewhere.
    """
    if not sets:
        raise ValueError("no orbit elements were received")
    by_age = sorted(sets, key=lambda e: (abs(e.epoch - day.middle), e.epoch, e.line))
    best = by_age[0]
    if (age := _age_days(best, day.middle)) > MAX_AGE_DAYS:
        raise ValueError(f"its nearest elements are {age:.0f} days away, of {iso(best.epoch)[:10]}")
    if len(by_age) > 1 and _age_days(by_age[1], day.middle) <= MAX_AGE_DAYS:
        apart = float(np.linalg.norm(_at(best, day.middle) - _at(by_age[1], day.middle)) / 1000)
        if apart > AT_ODDS_KM:
            raise ValueError(
                f"its elements of {iso(best.epoch)} and {iso(by_age[1].epoch)} put it {apart:,.0f} km apart"
            )
    return best


def _age_days(elements: Elements, at: datetime) -> float:
    return abs(elements.epoch - at) / timedelta(days=1)


def _at(elements: Elements, at: datetime) -> Floats:
    position: Floats = states(elements, at, np.zeros(1)).position_m[0]
    return position


def _passes_of(satellite: Satellite, elements: Elements, places: Floats, day: When) -> list[Pass]:
    length_s = day.hours * 3600
    seconds = np.arange(-_STEP_S, length_s + 2 * _STEP_S, _STEP_S)
    orbit = states(elements, day.start, seconds)
    found = []
    for run in _near(orbit, places, satellite.scan_deg):
        part = States(orbit.position_m[run], orbit.forward[run], orbit.up[run])
        at, scan = crossings(part, seconds[run], places)
        seen = (np.abs(scan) <= satellite.scan_deg) & (at >= 0) & (at < length_s)
        if seen.any():
            found.append(Pass(satellite.name, elements.entry, np.where(seen, at, np.nan), np.where(seen, scan, np.nan)))
    return found


def _near(orbit: States, places: Floats, scan_deg: float) -> list[slice]:
    """Runs of steps in which the swath may reach any of the places: so little is computed that days are cheap."""
    unit = places / np.linalg.norm(places, axis=1, keepdims=True)
    middle = unit.mean(axis=0)
    middle /= np.linalg.norm(middle)
    spread = float(np.arccos(np.clip(unit @ middle, -1, 1)).max())
    distance = np.linalg.norm(orbit.position_m, axis=1)
    sine = np.clip(distance.max() / A_M * np.sin(np.radians(scan_deg)), -1, 1)
    half_swath = float(np.arcsin(sine) - np.radians(scan_deg))
    away = np.arccos(np.clip(orbit.position_m @ middle / distance, -1, 1))
    near = away <= spread + half_swath + np.radians(3.0)  # two steps of 20 s are 2.4 degrees of orbit
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    return [slice(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 2]
