"""What one voice is worth, counted on training worlds, beside what is declared.

    python benchmarks/ratios.py [--seeds 101 ... 108] [--days 4]

A case begins at even odds, so the ratio of a voice is the odds that an incident it alone tells of happened. Counted
for every letter and every two letters, over worlds of the catalogue, none of them frozen, with seeds that calibration
is not measured on: how often the rows a voice rests on tell of an event at all (`of an event`), and how
often an event of the kind lay there and then, within what the incident leaves open and an hour (`there and then`): that
is as much about the place as about the voice, and is printed for the reader only.
In brackets the 90 % interval of Jeffreys; it takes incidents as independent, which those of one seed are not quite.

Then every incident is judged anew with the ratios declared, with their square roots (half the weight), and with those
counted: what is said, how often it was so, and which grades change.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from scipy.stats import beta

from truceline.assessment.evidence import Evidence, said_of
from truceline.assessment.likelihood import WEIGHTS
from truceline.simulate.matching import alike
from truceline.simulate.truth import Event, read_truth
from truceline.simulate.worlds import make, world_named
from truceline.spacetime import When, distance_m
from truceline.terms import read_agreement
from truceline.terms.party import Origin
from truceline.watch import judge, open_case

WORLDS = ("kept", "frayed", "broken", "one_sided", "loud", "silent", "deceived", "night_blind")
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Told:
    """One incident somebody independent tells of: the letters of its voices, and whether it was so."""

    letters: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    of_an_event: bool
    there_and_then: bool


def told_of(world: str, seed: int, days: int, room: Path) -> list[Told]:
    """Every incident with an independent voice for it and none against."""
    place = make(world_named(world), seed, days, room / f"{world}-{seed}")
    truth = read_truth(place)
    tells = {(feed, line): of for feed, lines in truth.rows for line, of in lines}
    events = {event.id: event for event in truth.events}
    agreement = read_agreement(place)
    every = list(agreement.days())
    case = open_case(place, agreement, every, roots=(), cutoff=None, say=lambda _: None)
    found = []
    for day in every:
        judged = judge(case, day)
        rows = {row["id"]: row for row in judged.observed.observations.to_pylist()}
        for one in judged.assessments.assessments:
            voices = [root for root in one.roots if root.independent and root.origin is not Origin.SENSOR]
            if not voices or one.against:
                continue
            its = [rows[key] for root in voices for key in root.observations]
            found.append(
                Told(
                    tuple(sorted(root.reliability for root in voices)),
                    one.evidence,
                    any(tells.get((row["feed"], row["line"])) in events for row in its),
                    any(_lies_there(one.incident, event) for event in events.values()),
                )
            )
    return found


def _lies_there(incident: object, event: Event) -> bool:
    when, where, kind = incident.when, incident.where, incident.event_class  # type: ignore[attr-defined]
    return (
        When(when.start - HOUR, when.end + HOUR).overlaps(event.when)
        and alike(kind, event.event_class)
        and distance_m(where.lonlat, event.where) <= where.uncertainty_m + 1_000
    )


def odds(true: int, false: int, level: float = 0.9) -> tuple[float, float, float]:
    """(odds, low, high) of so many true and false, with Jeffreys' prior.

    >>> [round(x, 1) for x in odds(9, 1)]
    [6.3, 2.4, 29.8]
    """
    a, b, tail = true + 0.5, false + 0.5, (1 - level) / 2
    low, high = (float(p / (1 - p)) for p in beta.ppf([tail, 1 - tail], a, b))
    return a / b, low, high


def again(one: Told, ratios: dict[str, float]) -> tuple[str, str]:
    """(range in words, grade) with other ratios for the voices."""
    letters = {value: letter for letter, value in WEIGHTS.items() if letter != "F"}
    items = [
        replace(item, ratio=ratios[letters[item.ratio]]) if item.kind == "report" else item for item in one.evidence
    ]
    _, words, grade = said_of(items)
    return ("none" if words is None else words.text), str(grade)


def main() -> None:
    """Print both tables and one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=int, nargs="+", default=list(range(101, 109)))
    ask.add_argument("--days", type=int, default=4)
    asked = ask.parse_args()
    every: list[Told] = []
    with tempfile.TemporaryDirectory() as room:
        for world in WORLDS:
            for seed in asked.seeds:
                every += told_of(world, seed, asked.days, Path(room))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in every:
        key = "+".join(one.letters) if len(one.letters) < 3 else "three or more"
        counts[key].update(n=1, event=one.of_an_event, there=one.there_and_then)
    table = []
    print(f"{'voices':14} {'n':>6}  {'declared':>8}  {'of an event':>24}  {'there and then':>24}")
    for key, tally in sorted(counts.items(), key=lambda item: (len(item[0]), item[0])):
        declared = 1.0
        for letter in key.split("+") if key[0].isupper() else ():
            declared *= WEIGHTS[letter]
        row = {"voices": key, "n": tally["n"], "declared": declared if key[0].isupper() else None}
        for name in ("event", "there"):
            row[name] = [round(x, 1) for x in odds(tally[name], tally["n"] - tally[name])]
        table.append(row)
        shown = [f"{row[name][0]:.1f} ({row[name][1]:.1f}-{row[name][2]:.1f})" for name in ("event", "there")]
        print(f"{key:14} {tally['n']:6}  {declared if row['declared'] else 0:8.1f}  {shown[0]:>24}  {shown[1]:>24}")
    fitted = {
        letter: next((r["event"][0] for r in table if r["voices"] == letter), value)
        for letter, value in WEIGHTS.items()
    }
    halved = {letter: value**0.5 for letter, value in WEIGHTS.items()}
    said: dict[str, dict[str, list[int]]] = {}
    for name, ratios in (("declared", dict(WEIGHTS)), ("half the weight", halved), ("as counted", fitted)):
        tally: dict[str, list[int]] = {}
        grades = 0
        for one in every:
            words, grade = again(one, ratios)
            grades += grade != again(one, dict(WEIGHTS))[1]
            k = tally.setdefault(words, [0, 0])
            k[0] += one.of_an_event
            k[1] += 1
        said[name] = {words: tally[words] for words in sorted(tally)}
        print(name, {words: f"{k / n:.3f} of {n}" for words, (k, n) in said[name].items()}, f"{grades} grades change")
    print(json.dumps({"worlds": WORLDS, "seeds": asked.seeds, "days": asked.days, "voices": table, "said": said}))


if __name__ == "__main__":
    main()
