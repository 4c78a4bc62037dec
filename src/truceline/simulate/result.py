"""How well a run found the truth: the figures, the named promises, and how they are printed.

A `Score` is a value; `scoring.py` computes it. `to_text` fits 80 columns, `to_json` is one object.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from truceline.simulate.tables import ASKED, Measured

WIDTH = 80
STATES = ("quiet", "undetermined", "not_observed", "active")
RULE = (
    "same group of classes; times overlap, with an hour's slack; the event lies in the incident's cell or one "
    "grid cell beside it; each incident goes to the one event nearest in time. In a named world the truth "
    "knows which line of which file tells of what, and that decides instead"
)


@dataclass(frozen=True)
class Promise:
    """One thing the program promises, whether it was held, and what was seen."""

    name: str
    held: bool
    seen: str


@dataclass(frozen=True)
class IncidentScore:
    """Counted incidents against events.

    Attributes:
        planted: Events somebody other than a party tells of, in the periods of the bulletins.
        beyond_reach: Events nobody independent tells of: no tool could count them.
        found, missed: Events with and without a counted incident; together `planted`.
        repeated: Counted incidents beyond the first of one event.
        false_alarms: Counted incidents that match no event somebody independent tells of.
        from_benign_fire, from_claims: How many false alarms lie at a harmless fire, at a mere claim.
    """

    planted: int
    beyond_reach: int
    found: tuple[str, ...]
    missed: tuple[str, ...]
    repeated: int
    false_alarms: tuple[str, ...]
    from_benign_fire: int
    from_claims: int
    copied_stories: int
    copies_counted_once: int


@dataclass(frozen=True)
class StateScore:
    """States said of sector-days against the truth. A confusion counts sector-days by state.

    Attributes:
        truly_quiet: No fire planted in the sector, or within 2 km of its ends.
        truly_active: Fire planted in the sector.
        well_watched_quiet: Those of `truly_quiet` that were watched day and night and had no heat.
        said_quiet_with_fire: Sector-days said quiet in which fire was planted, as "day sector".
    """

    truly_quiet: Mapping[str, int]
    truly_active: Mapping[str, int]
    well_watched_quiet: Mapping[str, int]
    clouded: Mapping[str, int]
    dead_feed: Mapping[str, int]
    said_quiet: int
    said_quiet_with_fire: tuple[str, ...]
    unscored: int


@dataclass(frozen=True)
class StatementScore:
    """Statements planted against found.

    Attributes:
        planted, found, right: By position: sentences written, found at all, found with that position.
        confusion: planted position -> found position -> how often, misses left out.
        beside: Statements found in a planted text that were in no planted sentence and no furniture.
        from_furniture: Statements drawn from a title, a caption or a widget.
    """

    planted: Mapping[str, int]
    found: Mapping[str, int]
    right: Mapping[str, int]
    confusion: Mapping[str, Mapping[str, int]]
    beside: int
    from_furniture: int
    tallies_planted: int
    tallies_found: int
    tallies_in_counts: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """How well a run found the planted truth of a world."""

    days: tuple[str, ...]
    incidents: IncidentScore
    states: StateScore
    statements: StatementScore
    promises: tuple[Promise, ...]
    measured: Measured
    world: str = "demo"
    frozen: bool = False

    @property
    def passed(self) -> bool:
        """Whether every promise was held."""
        return all(promise.held for promise in self.promises)

    def to_json(self) -> dict[str, Any]:
        """One JSON object; keys as the attributes are called."""
        return {"schema": "truceline-score/1", "passed": self.passed, "matching_rule": RULE, **asdict(self)}

    def to_text(self) -> str:
        """The score as a page of text, at most 80 columns."""
        return "\n".join(line for part in self._lines() for line in _wrapped(part)) + "\n"

    def _lines(self) -> Iterator[str]:
        i, s, w = self.incidents, self.states, self.statements
        named = "" if self.world == "demo" else f" of world '{self.world}'" + (", frozen" if self.frozen else "")
        span = " to ".join(dict.fromkeys((*self.days[:1], *self.days[-1:])))
        yield f"EXERCISE: score{named}, {len(self.days)} bulletin(s), {span}"
        yield ""
        yield (
            f"Incidents          planted {i.planted}, found {len(i.found)}, missed {len(i.missed)}, "
            f"repeated {i.repeated}"
        )
        yield (
            f"                   false alarms {len(i.false_alarms)} (benign fires {i.from_benign_fire}, "
            f"claims {i.from_claims})"
        )
        yield f"                   beyond anybody's reach {i.beyond_reach}"
        yield f"Copied stories     {i.copied_stories}, counted once {i.copies_counted_once}"
        yield ""
        yield "Sector-days        " + "".join(f"{state.replace('_', ' '):>14}" for state in STATES)
        for name, table in (
            ("truly quiet", s.truly_quiet),
            ("  well watched", s.well_watched_quiet),
            ("fire planted", s.truly_active),
            ("under cloud", s.clouded),
            ("of the dead feed", s.dead_feed),
        ):
            yield f"{name:<19}" + "".join(f"{table[state]:>14}" for state in STATES)
        yield f"Said quiet {s.said_quiet}, with fire planted {len(s.said_quiet_with_fire)}; not scored {s.unscored}"
        yield ""
        yield f"{'Statements':<32}{'planted':>9}{'found':>9}{'right':>9}"
        for position in sorted(w.planted):
            yield f"  {position:<30}{w.planted[position]:>9}{w.found[position]:>9}{w.right[position]:>9}"
        yield (
            f"Tallies            planted {w.tallies_planted}, found {w.tallies_found}, "
            f"in counts {len(w.tallies_in_counts)}"
        )
        yield ""
        yield from self._measures()
        yield ""
        for promise in self.promises:
            yield f"[{'held' if promise.held else 'BROKEN'}] {promise.name}: {promise.seen}"
        yield ""
        held = sum(promise.held for promise in self.promises)
        kept = f"{held} of {len(self.promises)} promises held. " if self.promises else ""
        yield f"{kept}An incident matches an event by: {RULE}."

    def _measures(self) -> Iterator[str]:
        yield f"{'Measured':<44}{'k':>7}{'n':>7}{'share':>9}  goal"
        for one in self.measured.measures:
            _, goal = ASKED.get(one.name, ("", ""))
            share = f"{one.k / one.n:.3f}" if one.n else "no such"
            yield f"  {one.name.replace('_', ' '):<42}{one.k:>7.0f}{one.n:>7}{share:>9}  {goal}".rstrip()
        yield f"  {'median width of a bound above 0':<42}{'':>14}{_median(self.measured.widths):>9}"


def _median(widths: Mapping[int, int]) -> str:
    """The median of the bounds that are above 0; most sector-days and classes have a bound of 0."""
    values = [value for value, count in sorted(widths.items()) if value for _ in range(count)]
    return str(values[len(values) // 2]) if values else "no such"


def _wrapped(line: str) -> Iterator[str]:
    """A line in pieces of at most 80 columns, broken at blanks, the rest indented."""
    while len(line) > WIDTH:
        cut = line.rfind(" ", 10, WIDTH + 1)
        cut = WIDTH if cut < 0 else cut
        yield line[:cut].rstrip()
        line = "    " + line[cut:].lstrip()
    yield line
