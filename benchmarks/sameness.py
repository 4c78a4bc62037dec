"""What near pairs of reports of one event look like, beside near pairs of different events, on training worlds.

    python benchmarks/sameness.py [--seeds 101 102 103] [--days 4]

For every pair of reports that lie near each other (within both uncertainties and an hour) and whose events the truth
knows: how often each value of each feature occurs among pairs of one event and among pairs of two. The weight of
a value is log2 of the ratio, with one half added to each count. The worlds are those of the catalogue, the
seeds none of those that calibration is measured on. The weights in
src/truceline/incidents/sameness.py follow them; where they are held back is said there.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections import Counter
from pathlib import Path

from truceline.incidents.pairs import near_rows
from truceline.incidents.sameness import weigh
from truceline.simulate.truth import read_truth
from truceline.simulate.worlds import make, world_named
from truceline.terms import read_agreement
from truceline.terms.party import Origin
from truceline.watch import judge, open_case

WORLDS = ("frayed", "broken", "loud", "one_sided")


def pairs_of(world: str, seed: int, days: int, room: Path) -> list[tuple[bool, tuple[tuple[str, str], ...]]]:
    """(whether both reports tell of one event, the features of the pair) for every near pair of a world."""
    place = make(world_named(world), seed, days, room / f"{world}-{seed}")
    truth = read_truth(place)
    tells = {(feed, line): of for feed, lines in truth.rows for line, of in lines}
    events = {event.id for event in truth.events}
    agreement = read_agreement(place)
    every = list(agreement.days())
    case = open_case(place, agreement, every, roots=(), cutoff=None, say=lambda _: None)
    found = []
    for day in every:
        rows = [
            row
            for row in judge(case, day).observed.observations.to_pylist()
            if row["origin"] != Origin.SENSOR and tells.get((row["feed"], row["line"])) in events
        ]
        for i, j, metres in near_rows(rows):
            seen = weigh(rows[i], rows[j], metres)
            if seen is not None:
                one, other = (tells[row["feed"], row["line"]] for row in (rows[i], rows[j]))
                found.append((one == other, seen.parts))
    return found


def main() -> None:
    """Print the table and one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seeds", type=int, nargs="+", default=[101, 102, 103])
    ask.add_argument("--days", type=int, default=4)
    told = ask.parse_args()
    same: Counter[tuple[str, str]] = Counter()
    other: Counter[tuple[str, str]] = Counter()
    totals = Counter()
    with tempfile.TemporaryDirectory() as room:
        for world in WORLDS:
            for seed in told.seeds:
                for one, seen in pairs_of(world, seed, told.days, Path(room)):
                    totals[one] += 1
                    (same if one else other).update(seen)
    table = []
    for key in sorted({*same, *other}):
        a, b = same[key] + 0.5, other[key] + 0.5
        weight = math.log2(a / (totals[True] + 1) / (b / (totals[False] + 1)))
        table.append(
            {"feature": key[0], "value": key[1], "one": same[key], "two": other[key], "bits": round(weight, 2)}
        )
        print(f"{key[0]:10} {key[1]:28} {same[key]:8} {other[key]:8} {weight:8.2f}")
    print(
        json.dumps(
            {"worlds": WORLDS, "seeds": told.seeds, "pairs": {str(k): v for k, v in totals.items()}, "table": table}
        )
    )


if __name__ == "__main__":
    main()
