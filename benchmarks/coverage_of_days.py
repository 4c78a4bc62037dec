"""Benchmark 4: what could be seen. Days without data, orbits beside skyfield, unsound elements, and the world itself.

    python benchmarks/coverage_of_days.py --data ../shared/data [--only PART]

PART is days, orbits, invalid, age, passes, two-look, hits, cloud or speed; it may be repeated.

Prints tables, and one JSON object as its last line. Nothing in it is timed as a test. What each figure means stands in
docs/methods/coverage.md; the data may not be shipped.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from truceline.assessment import ANY, State
from truceline.feeds.context import File
from truceline.feeds.orbits.elements import parse as parse_orbits
from truceline.feeds.record import Cloud, Elements, Interval
from truceline.observations.by_size import by_size
from truceline.observations.coverage import cover
from truceline.observations.detection import Fires, fires, found_again, interval, looked_again
from truceline.observations.exposure import expose
from truceline.observations.orbit import below, ground_m, states
from truceline.observations.passes import MAX_AGE_DAYS, passes
from truceline.spacetime import LonLat, When
from truceline.terms import read_agreement
from truceline.terms.agreement import FeedTerms
from truceline.terms.event_class import EventClass
from truceline.terms.satellite import BY_CATALOGUE, SATELLITES
from truceline.watch import judge, open_case

REFERENCE_DAYS = [date(2025, 4, 15), date(2025, 4, 17), date(2025, 4, 18)]
TRUCE = date(2025, 4, 20)
NEAR_KM = 20.0
RADII_KM = (1.0, 2.0, 5.0, 10.0)
PLACEBO_DAYS = tuple(n for n in range(-28, 29) if abs(n) >= 7)
SIZES_MW = (0, 1, 2, 5, 10, 20, 50, 100, math.inf)


def utc_day(day: date, days: int = 1) -> When:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return When(start, start + timedelta(days=days))


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))


# --- days: no day without data gives a rate, a comparison or quiet ------------------------------------------

# Somebody who hears every act anywhere: so that nothing but the thermal feed stands between a sector and quiet.
POSTS = """
[[feed]]
name = "posts"
kind = "viina"
path = "posts.csv"
coverage = "watch.csv"
staring = true
origin = "monitor"
sees = { shelling = 0.99, air_or_missile_strike = 0.99, drone_attack = 0.99, small_arms_fire = 0.99, \
ground_assault = 0.99, explosion_undetermined = 0.99 }
"""


def days(data: Path, _case: Any) -> dict[str, Any]:
    """Every day of 1 April to 24 May 2025, with a watch that hears everything beside the thermal feed."""
    label = {r["date"]: r["coverage"] for r in rows_of(data / "firms-modis-snapshots/day_coverage_2025-04_2025-06.csv")}
    wanted = [date(2025, 4, 1) + timedelta(days=n) for n in range(54)]
    with tempfile.TemporaryDirectory() as place:
        case = Path(place)
        text = (Path(__file__).parents[1] / "examples/easter-2025/truce.toml").read_text(encoding="utf-8")
        kept = [part for part in text.split("[[feed]]") if 'name = "' in part]
        feeds = [part for part in kept[1:] if 'name = "control"' in part or 'name = "modis"' in part]
        (case / "truce.toml").write_text("[[feed]]".join([kept[0], *feeds]) + POSTS, encoding="utf-8")
        (case / "posts.csv").write_text(
            "datetime,lon,lat,place_name,event_type,headline\n2025-04-01 00:00:00,37,48,x,artillery,x\n",
            encoding="utf-8",
        )
        (case / "watch.csv").write_text("from,to,kind\n2025-03-31T00:00Z,2025-06-01T00:00Z,staring\n", encoding="utf-8")
        agreement = read_agreement(case)
        opened = open_case(case, agreement, wanted, roots=[data], cutoff=None, say=lambda _: None)
        right, quiet, rates, wrong = 0, {True: 0, False: 0}, {}, []
        for day in wanted:
            result = judge(opened, day)
            full = label[day.isoformat()] == "full"
            rows = result.assessments.sector_days.to_pylist()
            calm = sum(1 for r in rows if r["state"] == State.QUIET and r["event_class"] in (ANY, "fire_undetermined"))
            quiet[full] += sum(1 for r in rows if r["state"] == State.QUIET and r["event_class"] == ANY)
            short = any("modis: covers" in reason for reason in result.observed.restrictions)
            heat = [r for r in result.observed.observations.to_pylist() if r["feed"] == "modis"]
            near = {r["id"]: (r["distance_m"] or math.inf) <= NEAR_KM * 1000 for r in heat}
            cells = {(math.floor(r["lon"] * 10), math.floor(r["lat"] * 10)): near[r["id"]] for r in heat}
            if not short:
                rates[day] = (sum(near.values()), len(near), sum(cells.values()), len(cells))
            ok = (not short) if full else (short and calm == 0)
            right += ok
            wrong += [] if ok else [day.isoformat()]
    base = [rates[day] for day in REFERENCE_DAYS]
    contrast = {}
    for unit, k in (("detections", 0), ("cell-days", 2)):
        hit, total = rates[TRUCE][k : k + 2]
        near, among = sum(day[k] for day in base), sum(day[k + 1] for day in base)
        ratio, low, high, p = odds(hit, total, near, among)
        contrast[unit] = {"near": hit, "of": total, "share": round(hit / total, 4), "before_near": near,
                          "before_of": among, "before_share": round(near / among, 4), "odds_ratio": round(ratio, 3),
                          "interval_95": [round(low, 3), round(high, 3)], "p_two_sided": round(p, 4)}  # fmt: skip
    return {
        "days": len(wanted), "right": right, "wrong": wrong,
        "full_days": sum(label[d.isoformat()] == "full" for d in wanted),
        "quiet_sector_days_on_full_days": quiet[True], "quiet_sector_days_on_other_days": quiet[False],
        "easter_within_20_km": contrast,
    }  # fmt: skip


def odds(a: int, n: int, b: int, m: int) -> tuple[float, float, float, float]:
    """Odds ratio of two shares, its exact conditional 95 % interval, and Fisher's exact p."""
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio

    table = [[a, n - a], [b, m - b]]
    found = odds_ratio(table, kind="conditional")
    span = found.confidence_interval(0.95)
    return float(found.statistic), float(span.low), float(span.high), float(fisher_exact(table)[1])


# --- orbits: beside skyfield; unsound sets; age ------------------------------------------------------------


def file_of(feed: str, path: Path, case: Any) -> File:
    return File(
        FeedTerms(name=feed, kind="orbits", path="x"), case, path.name, path.name, None, utc_day(date(2026, 1, 1))
    )


def sets_of(path: Path, case: Any) -> tuple[list[Elements], int, list[str]]:
    parsed = parse_orbits(path.read_bytes(), file_of("orbits", path, case))
    return list(parsed.orbits), parsed.rows_read, [s.reason for s in parsed.set_aside]


def orbits(data: Path, case: Any) -> dict[str, Any]:
    """Ground tracks of every checked set beside skyfield: how far apart, and how much faster."""
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    path = data / "tle/eo_satellites_2025_checked.tle"
    sets, _, _ = sets_of(path, case)
    lines = path.read_text().splitlines()
    seconds = np.arange(0, 2 * 86_400, 60.0)
    apart: list[float] = []
    per_set = []
    for one in sets:
        start = one.epoch.replace(microsecond=0)
        lon, lat, _ = below(states(one, start, seconds).position_m)
        moments = scale.utc(start.year, start.month, start.day, start.hour, start.minute, start.second + seconds)
        under = wgs84.geographic_position_of(
            EarthSatellite(lines[one.line - 1], lines[one.line], "", scale).at(moments)
        )
        away = distance_m(np.degrees(lon), np.degrees(lat), under.longitude.degrees, under.latitude.degrees)
        apart += list(away)
        per_set.append((one.name, f"{one.epoch:%Y-%m-%d}", float(np.median(away)), float(away.max())))
    fine = np.arange(0, 2 * 86_400, 1.0)
    one, start = sets[0], sets[0].epoch.replace(microsecond=0)
    began = time.perf_counter()
    below(states(one, start, fine).position_m)
    ours_s = time.perf_counter() - began
    moments = scale.utc(start.year, start.month, start.day, start.hour, start.minute, start.second + fine)
    began = time.perf_counter()
    wgs84.geographic_position_of(EarthSatellite(lines[one.line - 1], lines[one.line], "", scale).at(moments))
    peer_s = time.perf_counter() - began
    for name, epoch, median, most in per_set:
        print(f"  {name:24} {epoch}  median {median:6.1f} m  most {most:6.1f} m")
    return {
        "sets": len(sets), "median_m": round(float(np.median(apart)), 1), "max_m": round(max(apart), 1),
        "points": len(fine), "ours_s": round(ours_s, 3), "skyfield_s": round(peer_s, 2),
        "speed_ratio": round(peer_s / ours_s, 1),
    }  # fmt: skip


def distance_m(lon: Any, lat: Any, lon2: Any, lat2: Any) -> Any:
    east = ((lon - lon2 + 180) % 360 - 180) * np.cos(np.radians(lat))
    return np.hypot(east, lat - lat2) * 111_195


def invalid(data: Path, case: Any) -> dict[str, Any]:
    """Made-up and spoilt sets found in public code; every one-digit slip of the checked ones; and the sound ones."""
    _, read, reasons = sets_of(data / "tle/invalid_examples.tle", case)
    for reason in reasons:
        print(f"  refused: {reason}")
    lines = (data / "tle/eo_satellites_2025_checked.tle").read_text().splitlines()
    slips = refused = 0
    for n, line in enumerate(lines):
        if not line.startswith("2 "):
            continue
        for place, digit in enumerate(line[:68]):
            if digit.isdigit() and place > 1:
                spoilt = line[:place] + str((int(digit) + 1) % 10) + line[place + 1 :]
                got = parse_orbits(f"{lines[n - 1]}\n{spoilt}\n".encode(), file_of("o", data / "x", case))
                slips += 1
                refused += not got.orbits
    sound = taken = 0
    for path in sorted((data / "tle").glob("*.tle")):
        if path.name != "invalid_examples.tle":
            found, count, _ = sets_of(path, case)
            sound, taken = sound + count, taken + len(found)
    return {"invalid": read, "invalid_refused": len(reasons), "one_digit_slips": slips, "slips_refused": refused,
            "sound": sound, "sound_taken": taken}  # fmt: skip


def age(data: Path, case: Any) -> dict[str, Any]:
    """How far old elements put a satellite from where newer ones put it."""
    new: dict[int, Elements] = {}
    for one in sets_of(data / "tle/eo_satellites_2026-05_history.tle", case)[0]:
        new[one.catalogue] = one
    told = []
    old = sets_of(data / "tle/celestrak_weather_2026-02-24.tle", case)[0]
    first: dict[int, Elements] = {}
    for one in sets_of(data / "tle/eo_satellites_2026-05_history.tle", case)[0]:
        first.setdefault(one.catalogue, one)
    for one in [*first.values(), *old]:
        if one.catalogue in new and one.catalogue in BY_CATALOGUE:
            then = new[one.catalogue]
            a, b = (states(e, then.epoch, np.zeros(1)).position_m[0] for e in (one, then))
            days_old = (then.epoch - one.epoch) / timedelta(days=1)
            told.append(
                (BY_CATALOGUE[one.catalogue].name, round(days_old, 1), round(float(np.linalg.norm(a - b)) / 1000, 1))
            )
    for name, days_old, km in sorted(told, key=lambda t: t[1]):
        print(f"  {name:10} {days_old:6.1f} days old: {km:8.1f} km off")
    return {"limit_days": MAX_AGE_DAYS, "sets": [list(t) for t in told]}


# --- passes and two looks: beside what two satellites found ----------------------------------------------


def north_america(data: Path, first: date, days_n: int) -> dict[str, dict[date, Fires]]:
    """Detections of Suomi NPP and NOAA-20 by day, as bare positions (not yet joined to fires)."""
    import pyarrow.compute as pc
    import pyarrow.csv as pacsv

    table = pacsv.read_csv(data / "viirs-north-america-2026/viirs_snpp_noaa20_2026-06_2026-08.csv.gz")
    found: dict[str, dict[date, Fires]] = {}
    for name, code in (("Suomi NPP", "N"), ("NOAA-20", "N20")):
        mine = table.filter(pc.equal(table["satellite"], code))
        on = np.array(mine["acq_date"].to_pylist())
        clock = mine["acq_time"].to_numpy()
        at_s = (clock // 100 * 3600 + clock % 100 * 60).astype(float)
        lon, lat, frp = (mine[c].to_numpy().astype(float) for c in ("lng", "lat", "frp"))
        found[name] = {}
        for n in range(days_n):
            day = first + timedelta(days=n)
            here = on == day
            found[name][day] = Fires(lon[here], lat[here], at_s[here], frp[here])
    return found


def viirs(name: str) -> FeedTerms:
    return FeedTerms(name="viirs", kind="firms", path="x", orbits="orbits", satellites=(name,))


def passes_seen(data: Path, case: Any) -> dict[str, Any]:
    """Whether every detection lies under a pass of its own satellite at its own time, within the scan angle."""
    sets = sets_of(data / "tle/celestrak_weather_2026-05-30.tle", case)[0]
    first, days_n = date(2026, 6, 9), 20
    found = north_america(data, first, days_n)
    told = {}
    for name, by_day in found.items():
        total = under = 0
        widest, late = 0.0, []
        for day, hits in by_day.items():
            if not len(hits.lon):
                continue
            # Wider than the sensor looks, so that a detection outside its angle would be seen as one.
            whole = When(utc_day(day).start - timedelta(minutes=5), utc_day(day).end + timedelta(minutes=5))
            points = np.column_stack([hits.lon, hits.lat])
            best = np.full(len(hits.lon), np.nan)
            off = np.full(len(hits.lon), np.inf)
            for one in wide_passes(name, sets, points, whole):
                gap = one.at_s - 300 - hits.at_s
                better = np.abs(gap) < np.abs(off)
                best, off = np.where(better, np.abs(one.scan_deg), best), np.where(better, gap, off)
            near = np.abs(off) <= 420  # a file's time is that of its granule, up to six minutes long
            total += len(near)
            under += int((near & (best <= SATELLITES[name].scan_deg)).sum())
            widest = max(widest, float(np.nanmax(np.where(near, best, np.nan))))
            late += list(off[near])
        told[name] = {"detections": total, "under_a_pass": under, "widest_scan_deg": round(widest, 3),
                      "median_s": round(float(np.median(late)), 1)}  # fmt: skip
        print(f"  {name}: {under:,} of {total:,} under a pass; widest scan {widest:.3f} degrees")
    return told


def wide_passes(name: str, sets: list[Elements], points: np.ndarray, day: When) -> list[Any]:
    from truceline.observations.passes import _passes_of, sound

    satellite = replace(SATELLITES[name], scan_deg=60.0)
    chosen = sound([e for e in sets if e.catalogue == satellite.catalogue], day)
    found = []
    for start in range(0, len(points), 5_000):
        part = points[start : start + 5_000]
        for one in _passes_of(satellite, chosen, ground_m(part[:, 0], part[:, 1]), day):
            at, scan = np.full(len(points), np.nan), np.full(len(points), np.nan)
            at[start : start + 5_000], scan[start : start + 5_000] = one.at_s, one.scan_deg
            found.append(replace(one, at_s=at, scan_deg=scan))
    return found


def two_looks(data: Path, case: Any) -> dict[str, Any]:
    """Of the fires one satellite saw and the other looked at within the hour: how many the other saw, by power."""
    from truceline.observations.detection import sun_up

    sets = sets_of(data / "tle/celestrak_weather_2026-05-30.tle", case)[0]
    found = north_america(data, date(2026, 6, 10), 20)
    pairs: dict[tuple[bool, int], list[int]] = defaultdict(lambda: [0, 0])
    unseen = [0, 0]
    for first, second in (("Suomi NPP", "NOAA-20"), ("NOAA-20", "Suomi NPP")):
        for day, hits in found[first].items():
            mine = fires(hits.lon, hits.lat, hits.at_s, hits.power_mw)
            other = found[second][day]
            looked = looked_again(viirs(second), second, sets, mine, utc_day(day))
            again = found_again(mine, other)
            unseen[0] += int((~looked).sum())
            unseen[1] += int((~looked & again).sum())
            for minute in np.unique(mine.at_s):
                here = looked & (mine.at_s == minute)
                if not here.any():
                    continue
                at = utc_day(day).start + timedelta(seconds=float(minute))
                light = sun_up(np.column_stack([mine.lon, mine.lat]), at)
                size = np.searchsorted(SIZES_MW, mine.power_mw, side="right") - 1
                for is_day in (True, False):
                    for n in np.unique(size[here & (light == is_day)]):
                        which = here & (light == is_day) & (size == n)
                        pairs[is_day, int(n)][0] += int(which.sum())
                        pairs[is_day, int(n)][1] += int((which & again).sum())
    told = []
    for is_day in (True, False):
        for n, (low_mw, high_mw) in enumerate(pairwise(SIZES_MW)):
            count, hit = pairs[is_day, n]
            if not count:
                continue
            low, high = interval(count, hit)
            told.append(
                {
                    "light": "day" if is_day else "night",
                    "from_mw": low_mw,
                    "below_mw": None if math.isinf(high_mw) else high_mw,
                    "n": count,
                    "m": hit,
                    "p": round(hit / count, 3),
                    "interval_90": [round(low, 3), round(high, 3)],
                }
            )
            print(f"  {'day  ' if is_day else 'night'} {low_mw:5g}-{high_mw:<5g} MW: {hit:6,} of {count:6,} = "
                  f"{hit / count:.3f} ({low:.3f} to {high:.3f})")  # fmt: skip
    print(f"  control: of {unseen[0]:,} fires the other did not look at, it found {unseen[1]}")
    return {"sizes": told, "not_looked_at": unseen[0], "found_all_the_same": unseen[1]}


# --- hits: how often a located event has heat beside it -----------------------------------------------------


def hits(data: Path, _case: Any) -> dict[str, Any]:
    """Located events with a thermal detection within r km on their day, against the same places on other days."""
    told = {}
    for year in (2016, 2018):
        heat = heat_by_day(
            (r["LONGITUDE"], r["LATITUDE"], r["ACQ_DATE"][:10])
            for r in rows_of(data / f"firms-ukraine-points/{year}.csv.gz")
        )
        events = [
            (float(r["longitude"]), float(r["latitude"]), date.fromisoformat(r["date_start"][:10]))
            for r in rows_of(data / "ucdp-ged-ukraine-2014-2021/ged_ukraine_2014_2019.csv")
            if r["date_start"][:4] == str(year) and r["date_prec"] == "1" and r["where_prec"] in ("1", "2")
        ]
        told[f"UCDP {year}"] = hit_rates(events, heat, lambda d, y=year: d.year == y)
    label = {r["date"]: r["coverage"] for r in rows_of(data / "firms-modis-snapshots/day_coverage_2025-04_2025-06.csv")}
    heat = heat_by_day(
        (r["longitude"], r["latitude"], r["acq_date"])
        for r in rows_of(data / "firms-modis-snapshots/modis_ukraine_region_2021-2025.csv")
    )
    events, seen = [], set()
    for r in rows_of(data / "viina-incidents/viina_incidents_202504.csv.gz"):
        key = (r["lon"], r["lat"], r["datetime"][:10])
        if "artillery" in r["event_type"].split("|") and key not in seen:
            seen.add(key)
            events.append((float(r["lon"]), float(r["lat"]), date.fromisoformat(r["datetime"][:10])))
    full = {date.fromisoformat(d) for d, word in label.items() if word == "full"}
    told["VIINA artillery, April 2025, MODIS"] = hit_rates(events, heat, lambda d: d in full)
    return told


def heat_by_day(rows: Iterator[tuple[str, str, str]]) -> dict[date, np.ndarray]:
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for lon, lat, day in rows:
        found[day].append((float(lon), float(lat)))
    return {date.fromisoformat(day): ground_m(*np.array(sorted(set(points))).T) / 1000 for day, points in found.items()}


def hit_rates(
    events: list[tuple[float, float, date]], heat: dict[date, np.ndarray], usable: Callable[[date], bool]
) -> dict[str, Any]:
    """Hit rate, placebo rate and excess by radius, with an interval over days drawn anew."""
    from scipy.spatial import cKDTree

    events = [event for event in events if usable(event[2])]
    trees = {day: cKDTree(points) for day, points in heat.items()}
    places = ground_m(np.array([e[0] for e in events]), np.array([e[1] for e in events])) / 1000
    own, other = np.zeros((len(events), len(RADII_KM))), np.zeros((len(events), len(RADII_KM)))

    def near(place: np.ndarray, day: date) -> np.ndarray:
        away = trees[day].query(place)[0] if day in trees else math.inf
        return np.array([away <= r for r in RADII_KM], dtype=float)

    for n, (_, _, day) in enumerate(events):
        own[n] = near(places[n], day)
        placebo = [near(places[n], other_day) for k in PLACEBO_DAYS if usable(other_day := day + timedelta(days=k))]
        other[n] = np.mean(placebo, axis=0) if placebo else np.nan
    keep = ~np.isnan(other[:, 0])
    own, other = own[keep], other[keep]
    by_day = np.array([e[2].toordinal() for e in events])[keep]
    rng = np.random.default_rng(1)
    chosen = np.unique(by_day)
    sums = {d: (own[by_day == d].sum(0), other[by_day == d].sum(0), int((by_day == d).sum())) for d in chosen}
    drawn = []
    for _ in range(2_000):
        picked = [sums[d] for d in rng.choice(chosen, len(chosen))]
        n = sum(p[2] for p in picked)
        a, b = sum(p[0] for p in picked) / n, sum(p[1] for p in picked) / n
        drawn.append((a - b) / (1 - b))
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    told = []
    for k, radius in enumerate(RADII_KM):
        hit, placebo = float(own[:, k].mean()), float(other[:, k].mean())
        excess = (hit - placebo) / (1 - placebo)
        told.append({"r_km": radius, "hit": round(hit, 4), "placebo": round(placebo, 4), "excess": round(excess, 4),
                     "interval_90": [round(float(low[k]), 4), round(float(high[k]), 4)]})  # fmt: skip
        print(f"  {len(own):5} events, {len(chosen):3} days, {radius:4g} km: hit {hit:.3f}, placebo {placebo:.3f}, "
              f"excess {excess:+.3f} ({low[k]:+.3f} to {high[k]:+.3f})")  # fmt: skip
    return {"events": len(own), "days": len(chosen), "by_radius": told}


# --- cloud: how far a value speaks; speed -----------------------------------------------------------------


def cloud(data: Path, _case: Any) -> dict[str, Any]:
    """Correlation of two regions' daily cloud by the distance between them, March to October 2015 to 2022."""
    at: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for r in rows_of(data / "grids-ukraine/ukr_oblasts_10km.csv"):
        if r["OBLAST_ID"]:
            at[r["OBLAST_ID"]].append((float(r["LONGITUDE"]), float(r["LATITUDE"])))
    middle = {name: np.mean(cells, axis=0) for name, cells in at.items()}
    value: dict[str, dict[str, float]] = defaultdict(dict)
    for year in range(2015, 2023):
        for r in rows_of(data / f"weather-oblast-ukraine/ukr_weather_data_{year}.csv.gz"):
            if "03" <= r["ACQ_DATE"][5:7] <= "10" and r["CLOUD_COVER (%)"]:
                value[r["OBLAST_ID"]][r["ACQ_DATE"]] = float(r["CLOUD_COVER (%)"])
    names = sorted(set(value) & set(middle))
    dates = sorted(set.intersection(*(set(value[n]) for n in names)))
    table = np.array([[value[n][d] for d in dates] for n in names])
    pairs = []
    for i, a in enumerate(names):
        for j, b in enumerate(names[:i]):
            km = float(distance_m(middle[a][0], middle[a][1], middle[b][0], middle[b][1])) / 1000
            pairs.append((km, np.corrcoef(table[i], table[j])[0, 1], np.abs(table[i] - table[j]).mean()))
    found = np.array(pairs)
    told = []
    for low, high in ((50, 100), (100, 150), (150, 200), (200, 300), (300, 400), (400, 600)):
        here = (found[:, 0] >= low) & (found[:, 0] < high)
        told.append({"km": [low, high], "pairs": int(here.sum()), "correlation": round(float(found[here, 1].mean()), 3),
                     "mean_difference_points": round(float(found[here, 2].mean()), 1)})  # fmt: skip
        print(f"  {low:3}-{high:3} km: {here.sum():3} pairs, correlation {found[here, 1].mean():.2f}, "
              f"{found[here, 2].mean():.1f} points apart")  # fmt: skip
    return {"days": len(dates), "regions": len(names), "by_distance": told}


def speed(data: Path, case: Any) -> dict[str, Any]:
    """Thirty days over the real line of March 2025, five satellites, a cloud value a day, every class."""
    sets = sets_of(data / "tle/celestrak_weather_2026-05-30.tle", case)[0]
    sets += sets_of(data / "tle/celestrak_resource_2026-05-30.tle", case)[0]
    easter = read_agreement(Path(__file__).parents[1] / "examples/easter-2025")
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "truce.toml").write_text(
            (Path(__file__).parents[1] / "examples/easter-2025/truce.toml").read_text(encoding="utf-8"),
            encoding="utf-8",
        )
        opened = open_case(Path(place), easter, [date(2025, 4, 20)], roots=[data], cutoff=None, say=lambda _: None)
        ground = judge(opened, date(2025, 4, 20)).ground
    if ground is None:
        raise SystemExit("there is no map of 20 April 2025 in the data")
    feeds = [
        FeedTerms(name="viirs", kind="firms", path="x", coverage="y", sees={EventClass.FIRE_UNDETERMINED: 0.6},
                  orbits="orbits", satellites=("Suomi NPP", "NOAA-20", "NOAA-21"), cloud="cloud"),
        FeedTerms(name="modis", kind="firms", path="x", coverage="y", sees={EventClass.FIRE_UNDETERMINED: 0.5},
                  orbits="orbits", satellites=("Terra", "Aqua"), cloud="cloud"),
        FeedTerms(name="cloud", kind="cloud", path="x"),
    ]  # fmt: skip
    chosen = [utc_day(date(2026, 5, 20) + timedelta(days=n)) for n in range(30)]
    places = [LonLat(33, 46.6), LonLat(35.8, 47.3), LonLat(37.7, 48.0), LonLat(39.1, 49.0), LonLat(36.5, 49.7)]
    began = time.perf_counter()
    looks, rows = [], 0
    for day in chosen:
        delivered = [Interval(name, "e", day, "feed") for name in ("viirs", "modis")]
        table = cover(
            ground.sectors, day, feeds=feeds, intervals=delivered, troubles=[], classes=list(EventClass), orbits=sets,
            clouds=[Cloud("cloud", "e", n, day, at, 0.4) for n, at in enumerate(places)],
        )  # fmt: skip
        rows += table.num_rows
        looks += [n for n in table["looks"].to_pylist() if n is not None]
    whole_s = time.perf_counter() - began
    began = time.perf_counter()
    exposure = expose(
        ground.sectors, chosen[0], feeds=feeds, intervals=[Interval("viirs", "e", chosen[0], "feed")], troubles=[],
        orbits=sets, clouds=[Cloud("cloud", "e", n, chosen[0], at, 0.4) for n, at in enumerate(places)],
    )  # fmt: skip
    by_size(exposure)
    size_s = time.perf_counter() - began
    began = time.perf_counter()
    points = exposure.points
    for day in chosen:
        for feed in feeds[:2]:
            passes(feed, sets, points, day)
    print(f"  {len(ground.sectors)} sectors, {len(points)} places, 30 days, 12 classes: {whole_s:.2f} s")
    return {
        "sectors": len(ground.sectors), "places": len(points), "days": 30, "rows": rows, "seconds": round(whole_s, 2),
        "of_it_passes_s": round(time.perf_counter() - began, 2), "by_size_one_day_s": round(size_s, 2),
        "looks_a_day_mean": round(float(np.mean(looks)), 2),
    }  # fmt: skip


def main() -> None:
    """Run what is asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    ask.add_argument("--only", action="append", default=[])
    given = ask.parse_args()
    case = read_agreement(Path(__file__).parents[1] / "examples/easter-2025")
    parts: dict[str, Callable[[Path, Any], dict[str, Any]]] = {
        "days": days, "orbits": orbits, "invalid": invalid, "age": age, "passes": passes_seen, "two-look": two_looks,
        "hits": hits, "cloud": cloud, "speed": speed,
    }  # fmt: skip
    unknown = set(given.only) - set(parts)
    if unknown:
        ask.error(f"--only {unknown.pop()}: one of {', '.join(parts)}")
    told = {}
    for name, part in parts.items():
        if not given.only or name in given.only:
            print(f"{name}: {str(part.__doc__ or '').strip()}")
            told[name] = part(given.data, case)
            print(f"  {json.dumps(told[name])}"[:2_000])
    print(json.dumps(told))


if __name__ == "__main__":
    main()
