"""Sweep the worlds of the catalogue and write what came of it: `make worlds`, or `make worlds-small` for CI.

python tools/worlds.py --seeds 20 --days 4 --page docs/methods/calibration.md
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

from rich.progress import Progress

from truceline.simulate.sweep import LEVEL, Swept, sweep, to_markdown
from truceline.simulate.worlds import CATALOGUE

START, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seeds", type=int, default=20, help="how many seeds a world, from 1 on")
    ask.add_argument("--days", type=int, default=4)
    ask.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    ask.add_argument("--keep", type=Path, default=Path(".worlds"), help="where finished runs are kept")
    ask.add_argument("--world", action="append", help="only this world; may be repeated")
    ask.add_argument("--page", type=Path, help="a page whose measured part is written anew")
    ask.add_argument("--json", type=Path, help="also write the pooled figures here")
    given = ask.parse_args()
    worlds = given.world or [one.name for one in CATALOGUE]
    with Progress() as bar:
        task = bar.add_task(f"{len(worlds)} worlds x {given.seeds} seeds", total=None)
        swept = sweep(
            worlds,
            range(1, given.seeds + 1),
            given.days,
            keep=given.keep,
            processes=given.processes,
            told=lambda done, total: bar.update(task, completed=done, total=total),
        )
    table = to_markdown(swept)
    print(table)
    if given.json:
        given.json.write_text(json.dumps(asdict(swept), sort_keys=True, indent=1) + "\n", encoding="utf-8")
    if given.page:
        write_page(given.page, swept, table)


def write_page(page: Path, swept: Swept, table: str) -> None:
    """Put the tables between the marks of the page; the words around them are a person's."""
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(START)
    _, _, tail = rest.partition(END)
    n = len({one.world for one in swept.pooled if not one.world.startswith("all")})
    said = (
        f"{n} worlds, {len(swept.seeds)} seeds each, {swept.days} days a run; in brackets the {LEVEL:.0%} interval by "
        "resampled seeds.\n\n"
    )
    page.write_text(f"{head}{START}\n{said}{table}{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
