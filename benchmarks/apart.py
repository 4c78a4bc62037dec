"""Whether reports hold what tells two acts apart, and what using it would cost, on training worlds.

    python benchmarks/apart.py [--seeds 101 102] [--days 4]

Counted incidents are linked twice: as the program does, and with one rule more: an incident holds no two entries of
one patrol's own form (entries that begin and end within the same minute are joined first). Printed are how many
incidents hold one event, how many events stand in one incident, how many incidents there are for an event, and for
every incident of several events what in its own reports tells them apart.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from truceline.assessment import acts_of_fire, assess
from truceline.incidents import linking
from truceline.observations import Observed, observe
from truceline.simulate.truth import read_truth
from truceline.simulate.worlds import make, world_named
from truceline.terms import Agreement, read_agreement
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin
from truceline.watch import ground_of, open_case

WORLDS = ("frayed", "broken", "loud", "deceived")
Day = tuple[str, Observed, Agreement, dict[tuple[str, int], str]]
_ORDERED = linking._weighed


def days_of(world: str, seed: int, days: int, room: Path) -> list[Day]:
    """What was observed on every day of a world, and which row tells of which event."""
    place = make(world_named(world), seed, days, room / f"{world}-{seed}")
    truth = read_truth(place)
    events = {event.id for event in truth.events}
    tells = {(feed, line): of for feed, lines in truth.rows for line, of in lines if of in events}
    agreement = read_agreement(place)
    every = list(agreement.days())
    case = open_case(place, agreement, every, roots=(), cutoff=None, say=lambda _: None)
    classes = (*acts_of_fire(agreement), EventClass.FIRE_UNDETERMINED)
    return [
        (
            f"{world}-{seed}",
            observe(
                case.records, ground_of(case, day)[0], agreement.covers(day), agreement=agreement, classes=classes,
                baseline=case.baseline,
            ),
            agreement,
            tells,
        )
        for day in every
    ]  # fmt: skip


class OneEntryEach(linking._Groups):
    """Groups of which none holds two entries of one patrol's own form."""

    def _join(self, i: int, j: int, why: linking.Link) -> bool:
        a, b = self._lead(i), self._lead(j)
        if a != b and self._forms(a) & self._forms(b):
            return False
        return super()._join(i, j, why)

    def _forms(self, group: int) -> set[str]:
        rows = (self.events[k] for k in self.members[group])
        return {str(row["root"]) for row in rows if _is_entry(row)}


def _is_entry(row: Any) -> bool:
    return bool(row["origin"] == Origin.MONITOR and row["root"].count(":") >= 2)


def _same_minute_first(events: Sequence[Any]) -> list[Any]:
    def late(pair: Any) -> bool:
        a, b = events[pair[0]], events[pair[1]]
        apart = max(abs((a[key] - b[key]).total_seconds()) for key in ("start_utc", "end_utc"))
        return not (_is_entry(a) and _is_entry(b) and apart <= 60)

    return sorted(_ORDERED(events), key=late)


def counted(every: Sequence[Day]) -> dict[str, Any]:
    """The figures of one way of linking."""
    one = incidents = 0
    times: Counter[tuple[str, str]] = Counter()
    why: Counter[str] = Counter()
    for name, observed, agreement, tells in every:
        rows = {row["id"]: row for row in observed.observations.to_pylist()}
        for a in assess(linking.link(observed.observations), observed, agreement).assessments:
            holds: dict[str, list[Any]] = defaultdict(list)
            for row in (rows[key] for key in a.incident.observations if a.counted):
                if row["origin"] != Origin.PARTY and (row["feed"], row["line"]) in tells:
                    holds[tells[row["feed"], row["line"]]].append(row)
            if not holds:
                continue
            times.update((name, of) for of in holds)
            incidents += 1
            one += len(holds) == 1
            if len(holds) > 1:
                why[_what_tells(holds)] += 1
    once = sum(n == 1 for n in times.values())
    return {
        "incidents": incidents, "events": len(times), "hold one event": round(one / incidents, 3),
        "events in one incident": round(once / len(times), 3), "incidents an event": round(incidents / len(times), 3),
        "what tells the others apart": dict(why),
    }  # fmt: skip


def _what_tells(holds: dict[str, list[Any]]) -> str:
    entries = [{row["root"] for row in rows if _is_entry(row)} for rows in holds.values()]
    if any(one & other for n, one in enumerate(entries) for other in entries[n + 1 :]):
        return "one patrol wrote two entries"
    return "nothing: an event without an entry of a patrol" if not all(entries) else "nothing: no patrol heard both"


def main() -> None:
    """Print both and one JSON object."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seeds", type=int, nargs="+", default=[101, 102])
    ask.add_argument("--days", type=int, default=4)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as room:
        every = [day for w in WORLDS for seed in asked.seeds for day in days_of(w, seed, asked.days, Path(room))]
    found = {"as linked": counted(every)}
    with (
        mock.patch.object(linking, "_Groups", OneEntryEach),
        mock.patch.object(linking, "_weighed", _same_minute_first),
    ):
        found["one entry of a form each"] = counted(every)
    for name, figures in found.items():
        print(name, figures)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
