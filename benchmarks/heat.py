"""Benchmark 3, heat: which fires are out of the ordinary. Peaceful years left out one by one, peers in the same run.

    python benchmarks/heat.py --data ../shared/data [--json out.json] [--only years|land-use|rules|scale]

One satellite stream: the rows written with six decimals, which is the archive of Suomi NPP, in the peaceful years and
until 31 August 2022; from September 2022 there are only rows of five decimals, of two satellites, thinned to every
second place by its digits. So the war's share is printed for 24 February to 31 August, where the stream is one and the
same, and for the year. The unit is one vote per cell of 0.1 degree and day. Everything, the threshold too, is fitted
without the year judged; 2022 is judged by a fit on all peaceful years and teaches nothing. The boxes belong to the
question.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from heat_rules import economist_like, plain_nb

from truceline.feeds.satellite.bulk import DECIMALS, Bulk, read_bulk
from truceline.observations.heat.evaluate import Year, judge_year
from truceline.observations.heat.fit import fit
from truceline.observations.heat.hits import Hits, first_of_its_place, votes_of, year_of
from truceline.observations.heat.land_use import LandUse, from_csv
from truceline.observations.heat.model import to_bytes

PEACE = (2012, 2013, 2016, 2018, 2020, 2021)
WAR = 2022
BOXES = {"front zone": (34.5, -90.0, 180.0, 50.5), "west": (-180.0, -90.0, 32.0, 90.0)}
MONTHS = {"24 February to 31 August": ((2, 24), (9, 1)), "24 February to 31 December": ((2, 24), (12, 32))}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("--data", type=Path, default=Path("../shared/data"))
    ask.add_argument("--json", type=Path)
    ask.add_argument("--only", choices=("years", "land-use", "rules", "scale"), action="append")
    given = ask.parse_args()
    parts = given.only or ["years", "land-use", "rules", "scale"]
    found: dict[str, Any] = {"benchmark": "heat"}
    hits = {year: one_stream(given.data, year) for year in (*PEACE, WAR)}
    if "years" in parts:
        found["years"] = years(hits)
    if "land-use" in parts:
        file = given.data / "grids-ukraine" / "ukr_land_use_2022_10km.csv"
        print("\nthe same with land use (`--grid`)")
        found["land_use"] = years(hits, from_csv(file.read_bytes(), file.name))
    if "rules" in parts:
        found["rules"] = rules(hits)
    if "scale" in parts:
        found["scale"] = scale(given.data, hits)
    text = json.dumps(found, sort_keys=True)
    if given.json:
        given.json.write_text(text + "\n", encoding="utf-8")
    print(text)


def one_stream(data: Path, year: int) -> Hits:
    """The rows of one satellite's archive; after August 2022, every second place of the two that are left."""
    bulk = read_bulk(data / "firms-ukraine-points" / f"{year}.csv.gz", f"{year}.csv.gz")
    if bulk.names != DECIMALS:
        sys.exit(f"{year}.csv.gz: expected bare points, found {bulk.names}")
    six, five = bulk.stream == 2, bulk.stream == 1
    last = _day(year, 9, 1) if year == WAR else _day(year, 12, 32)
    half = five & (bulk.day >= last) & (np.round((bulk.lon + bulk.lat) * 1e5).astype(np.int64) % 2 == 0)
    hits = hits_of(bulk)
    kept = hits.where((six & (bulk.day < last)) | half)
    return Hits(kept.lon, kept.lat, kept.day, np.zeros(len(kept), dtype=np.int64), (DECIMALS[2],))


def hits_of(bulk: Bulk) -> Hits:
    return Hits(bulk.lon, bulk.lat, bulk.day, bulk.stream, bulk.names)


def together(hits: dict[int, Hits], chosen: tuple[int, ...]) -> Hits:
    parts = [hits[year] for year in chosen]
    return Hits(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in ("lon", "lat", "day", "stream")),
        parts[0].names,
    )


def years(hits: dict[int, Hits], land_use: LandUse | None = None) -> dict[str, Any]:
    """Each year judged without itself, and the double ratio on the same months."""
    told: dict[str, Any] = {"by_year": {}, "ratios": {}}
    by_months: dict[str, dict[int, Year]] = {name: {} for name in MONTHS}
    print(f"\n{'year':>6}{'votes':>8}{'flagged, % of votes':>21}{'front':>8}{'west':>8}{'% of detections':>17}"
          f"{'exceedance / own':>18}{'threshold':>11}")  # fmt: skip
    for year in (*PEACE, WAR):
        model = fit(together(hits, tuple(y for y in PEACE if y != year)), land_use=land_use)
        whole = judge_year(model, hits[year], boxes=BOXES)
        for name, (start, end) in MONTHS.items():
            days = _day(year, *start), _day(year, *end)
            by_months[name][year] = judge_year(model, hits[year], boxes=BOXES, days=days)
        share = {name: 100 * (one.of_votes or 0.0) for name, one in whole.shares.items()}
        detections = 100 * (whole.shares["all"].of_detections or 0.0)
        told["by_year"][year] = {
            "votes": whole.shares["all"].votes, "flagged_pct": share, "flagged_detections_pct": detections,
            "exceedance": whole.exceedance, "above": whole.above, "threshold": whole.threshold, "ranks": whole.ranks,
        }  # fmt: skip
        print(f"{year:>6}{whole.shares['all'].votes:>8}{share['all']:>21.1f}{share['front zone']:>8.1f}"
              f"{share['west']:>8.1f}{detections:>17.1f}{whole.exceedance:>18.2f}{whole.threshold:>11.4f}")  # fmt: skip
    peace = [told["by_year"][year] for year in PEACE]
    for name in ("all", "front zone", "west"):
        shares = [one["flagged_pct"][name] for one in peace]
        told[f"peace_{name.replace(' ', '_')}"] = {"mean": float(np.mean(shares)), "worst": max(shares)}
        print(f"peace, {name}: mean {np.mean(shares):.1f} %, worst {max(shares):.1f} %")
    above = [one["exceedance"] for one in peace]
    told["exceedance"] = {"mean": float(np.mean(above)), "least": min(above), "most": max(above)}
    print(
        f"exceedance of the 99.9 % bound / the model's own: mean {np.mean(above):.2f}, {min(above):.2f} to {max(above):.2f}"
    )
    for name, of_year in by_months.items():
        told["ratios"][name] = _double(name, of_year)
    ranks = np.sum([one["ranks"] for one in peace], axis=0)
    told["ranks"] = ranks.tolist()
    print("ranks of peaceful votes by tenth, %: " + " ".join(f"{100 * n / ranks.sum():.1f}" for n in ranks))
    return told


def _double(name: str, of_year: dict[int, Year]) -> dict[str, Any]:
    """War over peace in the front zone, over the same in the west, with an interval from drawing peaceful years anew."""
    share = {box: {y: (one.shares[box].of_votes or 0.0) for y, one in of_year.items()} for box in BOXES}
    peace = {box: np.array([share[box][y] for y in PEACE]) for box in BOXES}
    single = {box: share[box][WAR] / peace[box].mean() for box in BOXES}
    chance = np.random.default_rng(3)
    drawn = chance.integers(0, len(PEACE), (2_000, len(PEACE)))
    spread = (share["front zone"][WAR] / peace["front zone"][drawn].mean(1)) / (
        share["west"][WAR] / peace["west"][drawn].mean(1)
    )
    low, high = np.quantile(spread, [0.05, 0.95])
    double = single["front zone"] / single["west"]
    print(f"{name}: front zone {100 * share['front zone'][WAR]:.1f} % in 2022, {100 * peace['front zone'].mean():.1f} % in peace; "
          f"west {100 * share['west'][WAR]:.1f} % and {100 * peace['west'].mean():.1f} %; double ratio {double:.2f} "
          f"(90 % by peaceful years {low:.2f}-{high:.2f})")  # fmt: skip
    return {
        "double_ratio": double, "low": low, "high": high,
        "war_pct": {box: 100 * share[box][WAR] for box in BOXES},
        "peace_pct": {box: 100 * float(peace[box].mean()) for box in BOXES},
    }  # fmt: skip


def rules(hits: dict[int, Hits]) -> dict[str, Any]:
    """The peers on the same input: shares of detections, as they give them, and of votes."""
    told: dict[str, Any] = {}
    for name, rule in (("rule of The Economist's model, our simplification", economist_like), ("plain NB climatology, 99.9 % bound", plain_nb)):  # fmt: skip
        rows = {}
        for year in (*PEACE, WAR):
            training = together(hits, tuple(y for y in PEACE if y != year))
            its = hits[year].where(first_of_its_place(hits[year]))
            votes = votes_of(its)
            flagged, exceedance = rule(votes_of(training.where(first_of_its_place(training))), votes)
            rows[year] = {
                "detections_pct": 100 * float(votes.count[flagged].sum() / votes.count.sum()),
                "votes_pct": 100 * float(flagged.mean()), "exceedance": exceedance,
            }  # fmt: skip
        told[name] = rows
        peace = [rows[year] for year in PEACE]
        above = [one["exceedance"] for one in peace if one["exceedance"] is not None]
        print(f"{name}: peace {min(p['detections_pct'] for p in peace):.0f}-{max(p['detections_pct'] for p in peace):.0f} % of "
              f"detections, {min(p['votes_pct'] for p in peace):.0f}-{max(p['votes_pct'] for p in peace):.0f} % of votes; 2022 "
              f"{rows[WAR]['detections_pct']:.0f} % and {rows[WAR]['votes_pct']:.0f} %"
              + (f"; exceedance / own {np.mean(above):.2f} ({min(above):.2f}-{max(above):.2f})" if above else ""))  # fmt: skip
    return told


def scale(data: Path, hits: dict[int, Hits]) -> dict[str, Any]:
    """Ten million detections scored from a file to a file, and ten years fitted with every stream."""
    import resource
    import subprocess
    import tempfile

    bulks = {year: read_bulk(data / "firms-ukraine-points" / f"{year}.csv.gz", str(year)) for year in PEACE}
    parts = [hits_of(bulks[year]) for year in PEACE]
    for shift in range(4):  # ten years: four of the six again, in years of their own
        old = parts[shift]
        moved = old.day + 365 * 20 + 5
        parts.append(Hits(old.lon, old.lat, moved, old.stream, old.names))
    ten = Hits(
        *(np.concatenate([getattr(p, n) for p in parts]) for n in ("lon", "lat", "day", "stream")), parts[0].names
    )
    began = time.perf_counter()
    model = fit(ten)
    fitted = time.perf_counter() - began
    print(f"fit of {len(np.unique(year_of(ten.day)))} years, {len(ten):,} detections, three streams: {fitted:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "model.npz").write_bytes(to_bytes(model))
        rows = write_many(place / "many.csv", parts[:6], 10_000_000)
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        began = time.perf_counter()
        command = [sys.executable, "-c", "from truceline.cli import main; main()", "heat", "score", str(place / "model.npz"), str(place / "many.csv"), "--json"]  # fmt: skip
        with (place / "out.jsonl").open("wb") as out:
            subprocess.run(command, stdout=out, check=True)  # noqa: S603 - our own command
        scored = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - used
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        lines = sum(chunk.count(b"\n") for chunk in iter_bytes(place / "out.jsonl"))
    print(
        f"{rows:,} detections scored, {lines:,} lines written: {scored:.1f} s, {used:.1f} s of it computing, peak {peak:.0f} MB"
    )
    return {
        "fit_s": fitted,
        "fit_detections": len(ten),
        "score_s": scored,
        "score_cpu_s": used,
        "score_peak_mb": peak,
        "lines": lines,
    }


def write_many(file: Path, parts: list[Hits], rows: int) -> int:
    """Real detections over and over, each time moved by some metres and by years."""
    import pyarrow as pa
    import pyarrow.csv as pcsv

    written, turn = 0, 0
    schema = pa.schema([("latitude", pa.string()), ("longitude", pa.string()), ("acq_date", pa.date32())])
    with pcsv.CSVWriter(str(file), schema) as out:
        while written < rows:
            part = parts[turn % len(parts)]
            step = turn // len(parts)
            n = min(len(part), rows - written)
            table = pa.table(
                {
                    "latitude": [f"{v:.6f}" for v in (part.lat[:n] + step * 2.3e-4)],
                    "longitude": [f"{v:.6f}" for v in (part.lon[:n] + step * 1.7e-4)],
                    "acq_date": pa.array((part.day[:n] + 1461 * (step % 5)).astype(np.int32), pa.date32()),
                },
                schema=schema,
            )
            out.write_table(table)
            written, turn = written + n, turn + 1
    return written


def iter_bytes(file: Path) -> Any:
    with file.open("rb") as source:
        while chunk := source.read(1 << 22):
            yield chunk


def _day(year: int, month: int, day: int) -> int:
    if day > 31:
        return (date(year + 1, 1, 1) - date(1970, 1, 1)).days
    return (date(year, month, day) - date(1970, 1, 1)).days


if __name__ == "__main__":
    main()
