"""Build a world: let things happen, let the feeds perceive them, write both down.

    happenings -> sensors, press -> files
                `-> truth.json

Start at `simulate`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from truceline.errors import OutputError
from truceline.simulate import files, sensors
from truceline.simulate.happenings import Happenings, happen
from truceline.simulate.press import PressDay, stories
from truceline.simulate.theatre import (
    CLOUDED_KM,
    DEAD_KM,
    EXTENT,
    FIRST_DAY,
    WATCHED_KM,
    control_area,
    cutoff_of,
    day_start,
    line_of,
    point_at,
)
from truceline.simulate.truth import FILE, LineTruth, Truth

MAX_DAYS = 400
DEPTH_KM, TOLERANCE_KM = 20.0, 3.0


def simulate(seed: int, days: int, out: Path) -> Path:
    """Write a fictional case with known truth, in the feeds' real file formats.

    Args:
        seed: 0 or more. The same seed and days give the same bytes.
        days: 1 to 400. Day 1 lies before the truce, which begins on the evening of day 2; the planted
            stories are complete from 4 days on.
        out: The case folder to make. Files of an earlier world of the same name are written over.

    Returns:
        The case folder.

    Raises:
        ValueError: A seed below 0, or days outside 1..400.
        OutputError: The folder cannot be written.
    """
    if seed < 0:
        raise ValueError(f"seed {seed} must be 0 or more")
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"days {days} must be 1 to {MAX_DAYS}")
    case = out / "truce.toml"
    if case.exists() and not case.read_bytes().startswith(b"# EXERCISE"):
        raise OutputError("simulate", f"{out} holds a case that is no exercise", "Give another folder")
    world = happen(seed, days)
    press = stories(seed, days)
    files.write(out, "truce.toml", files.truce_toml(days, _dead_area(seed)))
    files.write(out, "borders.geojson", files.borders_geojson())
    for day in range(1, days + 1):
        name = f"control_{_date(day):%Y%m%d}"
        files.write(out, f"inbox/{name}.geojson", files.control_geojson(name, control_area(seed, day)))
    files.write(out, "inbox/modis.csv", files.firms_csv(sensors.detections(seed, days, world)))
    files.write(out, "inbox/modis_looks.csv", files.looks_csv(sensors.looks(seed, days)))
    files.write(out, "inbox/posts.csv", files.viina_csv(sensors.posts(seed, days, world)))
    files.write(out, "inbox/posts_watch.csv", files.watches_csv(sensors.watches(seed, days)))
    files.write(out, "inbox/press_events.csv", files.viina_csv(sensors.press_events(seed, days, world)))
    files.write(out, "inbox/claims.csv", files.viina_csv(sensors.claims(seed, days, world)))
    for one in press:
        files.write(out, one.path, one.text)
    files.write(out, FILE, truth_of(seed, days, world, press).to_json())
    return out


def truth_of(seed: int, days: int, world: Happenings, press: tuple[PressDay, ...]) -> Truth:
    """The truth of a world, as far as anybody can be asked about it: up to the last cut-off."""
    return Truth(
        seed=seed,
        days=tuple(_date(day) for day in range(1, days + 1)),
        depth_km=DEPTH_KM,
        tolerance_km=TOLERANCE_KM,
        events=tuple(event for event in world.events if event.start < cutoff_of(days)),
        benign_fires=world.benign_fires,
        allegations=tuple(one for one in world.allegations if one.start < cutoff_of(days)),
        statements=tuple(said for one in press for said in one.statements),
        tallies=tuple(told for one in press for told in one.tallies),
        furniture=tuple(sorted({line for one in press for line in one.furniture})),
        dead_feeds=(files.DEAD_FEED,),
        watched=tuple(_lons(seed, stretch) for stretch in WATCHED_KM),
        clouded=(_lons(seed, CLOUDED_KM),),
        dead=(_lons(seed, DEAD_KM),),
        lines=tuple(
            LineTruth(_date(day), tuple((p.lon, p.lat) for p in line_of(seed, day))) for day in range(1, days + 1)
        ),
    )


def _lons(seed: int, stretch: tuple[float, float]) -> tuple[float, float]:
    """Where a stretch of the line lies, as longitudes (west, east) of the first day's line."""
    first = line_of(seed, 1)
    return round(point_at(first, stretch[0]).lon, 5), round(point_at(first, stretch[1]).lon, 5)


def _dead_area(seed: int) -> tuple[float, float, float, float]:
    """What the dead feed would have reported on: its stretch, from one end of the island to the other."""
    (west, east), (_, south, _, north) = _lons(seed, DEAD_KM), EXTENT
    return west, south, east, north


def _date(day: int) -> date:
    return day_start(day).astimezone(FIRST_DAY.tzinfo).date()
