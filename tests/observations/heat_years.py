"""Planted peace for the heat tests: fields that burn in their season, works that always do, and days of their own."""

from __future__ import annotations

import numpy as np

from truceline.observations.heat import Hits

FIRST_YEAR = 2001
WORKS = (31.234, 47.521)
WEST, SOUTH, WIDE, HIGH = 30.0, 46.0, 3.0, 2.0  # degrees


def peace(years: int, *, seed: int = 1, first: int = FIRST_YEAR, scale: float = 1.0) -> Hits:
    """Detections of some peaceful years: patches that farm, one season, a level a day, one works."""
    chance = np.random.default_rng(seed)
    patches = np.random.default_rng(99).uniform(0, 1, (25, 2)) * (WIDE, HIGH) + (WEST, SOUTH)
    lon, lat, day = [], [], []
    for year in range(first, first + years):
        start = int(np.datetime64(f"{year}-01-01", "D").astype(int))
        for n in range(60, 300):
            season = 9.0 * np.exp(-(((n - 210) / 35.0) ** 2)) + 0.8
            level = chance.gamma(2.0, 0.5)
            for _ in range(chance.poisson(season * level * scale)):
                patch = patches[chance.integers(len(patches))] if chance.random() < 0.9 else (
                    chance.uniform(WEST, WEST + WIDE), chance.uniform(SOUTH, SOUTH + HIGH))  # fmt: skip
                at = chance.normal(patch, 0.06)
                for _ in range(1 + chance.poisson(0.6)):
                    lon.append(at[0] + chance.normal(0, 0.004))
                    lat.append(at[1] + chance.normal(0, 0.004))
                    day.append(start + n)
            if chance.random() < 0.6:
                lon.append(WORKS[0] + chance.normal(0, 0.002))
                lat.append(WORKS[1] + chance.normal(0, 0.002))
                day.append(start + n)
    return hits(lon, lat, day)


def hits(lon: object, lat: object, day: object, names: tuple[str, ...] = ("N",), stream: object = None) -> Hits:
    """Hits from lists."""
    days = np.array(day, dtype=np.int64)
    streams = np.zeros(len(days), dtype=np.int64) if stream is None else np.array(stream, dtype=np.int64)
    return Hits(np.array(lon, dtype=float), np.array(lat, dtype=float), days, streams, names)


def together(*parts: Hits) -> Hits:
    """Several as one; all of the same streams."""
    columns = ("lon", "lat", "day", "stream")
    return Hits(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns), parts[0].names)
