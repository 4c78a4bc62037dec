"""Sweep: many worlds by many seeds, simulated, run and scored; pooled with an interval that respects the seeds.

    catalogue x seeds --one_run, in processes--> a small JSON a run --pool--> Pooled figures a world

A run is kept under the fingerprint of the program that made it: a sweep that was interrupted goes on where it
stopped, and a changed program starts anew. Runs of one seed are not independent (all its days share one line
and one mission), so intervals come from resampling whole seeds.
Method: cluster bootstrap, Davison and Hinkley (1997), Bootstrap Methods and their Application, section 3.8.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

import truceline
from truceline.simulate import score
from truceline.simulate.tables import ASKED
from truceline.simulate.truth import read_truth
from truceline.simulate.worlds import make, world_named
from truceline.watch import run

LEVEL = 0.90
RESAMPLES = 2_000
WORDS = ("k", "n", "share", "low", "high")


@dataclass(frozen=True)
class Pooled:
    """One measure of one world over all seeds: k of n, and the interval of its share by resampled seeds.

    `low` and `high` are None where there is nothing to count, or one seed only.
    """

    world: str
    name: str
    k: float
    n: int
    seeds: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        return self.k / self.n if self.n else None


@dataclass(frozen=True)
class Swept:
    """All of a sweep: pooled figures, and the median of the bounds above 0 by world."""

    days: int
    seeds: tuple[int, ...]
    pooled: tuple[Pooled, ...]
    widths: Mapping[str, int | None]
    reliability: Mapping[str, tuple[tuple[str, float, int, int], ...]]


def fingerprint() -> str:
    """A hash of the program's own source: what a kept run belongs to."""
    root = Path(truceline.__file__).parent
    sums = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.suffix in {".py", ".toml", ".jinja", ".json", ".npz"}:
            sums.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return sums.hexdigest()[:16]


def one_run(world: str, seed: int, days: int, room: Path) -> dict[str, Any]:
    """Simulate, run and score one world and seed; its folder is removed, its figures are returned."""
    case = room / f"{world}-{seed}"
    if case.exists():
        shutil.rmtree(case)
    make(world_named(world), seed, days, case)
    run(case, read_truth(case).days)
    measured = score(case).measured
    shutil.rmtree(case)
    return {
        "world": world,
        "seed": seed,
        "measures": [[one.name, one.k, one.n] for one in measured.measures],
        "reliability": [asdict(one) for one in measured.reliability],
        "widths": [[value, count] for value, count in measured.widths.items()],
    }


def sweep(
    worlds: Sequence[str],
    seeds: Sequence[int],
    days: int,
    *,
    keep: Path,
    processes: int = 2,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Swept:
    """Run every world with every seed and pool the figures.

    Args:
        worlds: Names of the catalogue.
        seeds: At least one.
        days: Of each run.
        keep: Where finished runs are kept; a second sweep finishes what the first began.
        processes: How many at once.
        told: Told how many are done, of how many.
    """
    place = keep / f"{fingerprint()}-{days}"
    place.mkdir(parents=True, exist_ok=True)
    runs = [(world, seed, place / f"{world}-{seed}.json") for world in worlds for seed in seeds]
    waiting = [(world, seed, file) for world, seed, file in runs if not file.exists()]
    told(len(runs) - len(waiting), len(runs))
    with ProcessPoolExecutor(processes) as pool:
        jobs = {pool.submit(one_run, world, seed, days, place): file for world, seed, file in waiting}
        for done, job in enumerate(as_completed(jobs), len(runs) - len(waiting) + 1):
            text = json.dumps(job.result(), sort_keys=True) + "\n"
            part = jobs[job].with_suffix(".part")
            part.write_text(text, encoding="utf-8")
            part.replace(jobs[job])  # a file is whole or is not there
            told(done, len(runs))
    return pool_runs([json.loads(file.read_text(encoding="utf-8")) for _, _, file in runs], days)


def pool_runs(runs: Iterable[Mapping[str, Any]], days: int) -> Swept:
    """Pool the figures of runs, by world and, under the name ``all``, over every world that is not frozen."""
    counts: dict[tuple[str, str], dict[int, list[float]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    widths: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    sharp: dict[str, dict[tuple[str, str], list[float]]] = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0, 0.0]))
    seeds: set[int] = set()
    for one in runs:
        seeds.add(one["seed"])
        for world in _groups(one["world"]):
            for name, k, n in one["measures"]:
                tally = counts[world, name][one["seed"]]
                tally[0] += k
                tally[1] += n
            for value, count in one["widths"]:
                widths[world][value] += count
            for row in one["reliability"]:
                band = sharp[world][row["kind"], row["band"]]
                band[0] += row["said"] * row["n"]
                band[1] += row["k"]
                band[2] += row["n"]
    return Swept(
        days=days,
        seeds=tuple(sorted(seeds)),
        pooled=tuple(_pooled(world, name, by_seed) for (world, name), by_seed in counts.items()),
        widths={world: _median(table) for world, table in widths.items()},
        reliability={
            world: tuple(
                (f"{kind} {band}", said / n, int(k), int(n)) for (kind, band), (said, k, n) in sorted(table.items())
            )
            for world, table in sharp.items()
        },
    )


def _groups(world: str) -> tuple[str, ...]:
    return (world, "all frozen") if world_named(world).frozen else (world, "all")


def _pooled(world: str, name: str, by_seed: Mapping[int, Sequence[float]]) -> Pooled:
    table = np.array([by_seed[seed] for seed in sorted(by_seed)], dtype=float)
    k, n = float(table[:, 0].sum()), int(table[:, 1].sum())
    low = high = None
    if n and len(table) > 1:
        chance = np.random.default_rng(int(hashlib.sha256(f"{world}/{name}".encode()).hexdigest()[:8], 16))
        drawn = table[chance.integers(0, len(table), (RESAMPLES, len(table)))].sum(1)
        shares = drawn[drawn[:, 1] > 0]
        low, high = (float(v) for v in np.quantile(shares[:, 0] / shares[:, 1], [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return Pooled(world, name, k, n, len(table), low, high)


def _median(table: Mapping[int, int]) -> int | None:
    values = [value for value, count in sorted(table.items()) if value for _ in range(count)]
    return values[len(values) // 2] if values else None


def to_markdown(swept: Swept) -> str:
    """The calibration page's tables: every measure over all worlds, then the main ones world by world."""
    by = {(one.world, one.name): one for one in swept.pooled}
    names = [*ASKED, *sorted({one.name for one in swept.pooled} - set(ASKED))]
    lines = [
        "| measure | what is counted | goal | worlds of the catalogue | frozen worlds |",
        "|---|---|---|---|---|",
    ]
    for name in names:
        about, goal = ASKED.get(name, (f"events of class {name.partition(':')[2].replace('_', ' ')} counted", ""))
        cells = [_cell(by.get((group, name))) for group in ("all", "all frozen")]
        lines.append(f"| {name.replace('_', ' ')} | {about} | {goal} | {cells[0]} | {cells[1]} |")
    widths = [("–" if w is None else str(w)) for w in (swept.widths.get("all"), swept.widths.get("all frozen"))]
    lines.append(f"| median bound above 0 | the width of the bounds that say anything | | {widths[0]} | {widths[1]} |")
    shown = ("bound_covers", "quiet_said", "quiet_wrong", "recall", "heat_recall", "benign_kept_out", "false_alarms")
    lines += ["", "| world | " + " | ".join(name.replace("_", " ") for name in shown) + " |", "|---" * 8 + "|"]
    for world in dict.fromkeys(one.world for one in swept.pooled if not one.world.startswith("all")):
        lines.append(f"| {world} | " + " | ".join(_cell(by.get((world, name)), brief=True) for name in shown) + " |")
    lines += ["", "| said (worlds of the catalogue) | mean chance said | so | of |", "|---|---|---|---|"]
    lines += [f"| {band} | {said:.2f} | {k / n:.2f} | {n} |" for band, said, k, n in swept.reliability.get("all", ())]
    return "\n".join(lines) + "\n"


def _cell(one: Pooled | None, *, brief: bool = False) -> str:
    if one is None or one.share is None:
        return "no such"
    interval = "" if one.low is None else f" ({one.low:.2f}–{one.high:.2f})"
    return f"{one.share:.2f}{interval}, n {one.n}" if not brief else f"{one.share:.2f} of {one.n}"
