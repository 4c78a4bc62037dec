"""How much speaks for two near reports being of one event: weights that are added, each kept with its words.

    two rows, metres apart --weigh--> Sameness (the sum, and every part of it)

Only reports that lie near each other, under both uncertainties and within the hour, of kinds that may be one, are
weighed at all: words alone never link. That much gives `NEAR`; every further likeness or difference adds its
part, and a pair is linked where the sum is 0 or more.

Weights are in bits: log2 of how many times more often the value occurs among near pairs of one event than among near
pairs of two. They were measured on training worlds (benchmarks/sameness.py) and rounded to halves; two are
held back on purpose, because an invented press is more uniform than a real one: shared words give at most
+1 and none take away, and another place name takes 3 where the worlds would take 9.
Method: Fellegi and Sunter (1969), https://doi.org/10.1080/01621459.1969.10501049
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.incidents.pairs import Row, reach_m, same_kind, when_of
from truceline.spacetime import Precision
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

NEAR = 3.0  # bits: a pair that is near and of one kind; 4 of 5 such pairs tell of one event

# feature -> value -> (bits, words). docs/methods/linking.md prints this table.
WEIGHTS: dict[str, dict[str, tuple[float, str]]] = {
    "distance": {
        "close": (0.0, "well within what both places leave open"),
        "apart": (-1.0, "places agree only roughly"),
        "edge": (-2.0, "places agree only at their edges"),
    },
    "time": {
        "quarter": (0.5, "within a quarter of an hour"),
        "hour": (0.0, "within the hour"),
        "day": (-1.0, "one names only the day"),
    },
    "class": {
        "same": (0.0, "of one kind"),
        "undetermined": (-1.5, "one could not tell the kind"),
    },
    "voice": {
        "one log": (-6.0, "one observer's log tells them apart"),
        "other": (0.0, "two accounts"),
    },
    "place": {
        "same": (1.0, "both name one place"),
        "other": (-3.0, "they name different places"),
        "none": (0.0, "not both name a place"),
    },
    "text": {
        "copy": (1.0, "more than half of their words are shared"),
        "own": (0.0, "each has its own words"),
    },
}


@dataclass(frozen=True)
class Sameness:
    """The sum in bits, and its parts: (feature, value)."""

    bits: float
    parts: tuple[tuple[str, str], ...]

    @property
    def words(self) -> str:
        """What moved the sum, in words, with its weight."""
        moved = [(WEIGHTS[name][value]) for name, value in self.parts]
        return "; ".join(f"{words} ({bits:+g})" for bits, words in moved if bits)


def weigh(a: Row, b: Row, metres: float) -> Sameness | None:
    """How much speaks for one event; None where the kinds cannot be one.

    Args:
        a, b: Two near rows.
        metres: As `pairs` measured them.
    """
    one, other = EventClass(a["event_class"]), EventClass(b["event_class"])
    if not same_kind(one, other):
        return None
    parts = tuple(_parts(a, b, metres))
    return Sameness(NEAR + sum(WEIGHTS[name][value][0] for name, value in parts), parts)


def _parts(a: Row, b: Row, metres: float) -> Iterator[tuple[str, str]]:
    share = metres / reach_m(a, b)
    yield "distance", "close" if share <= 0.25 else "apart" if share <= 0.75 else "edge"
    gap_min = when_of(a).gap(when_of(b)).total_seconds() / 60
    vague = Precision.DAY in (a["precision"], b["precision"])
    yield "time", "day" if vague else "quarter" if gap_min <= 15 else "hour"
    yield "class", "same" if a["event_class"] == b["event_class"] else "undetermined"
    yield "voice", "one log" if _one_log(a, b) else "other"
    named = a["place"], b["place"]
    yield "place", "none" if None in named else "same" if named[0] == named[1] else "other"
    yield "text", "copy" if _shared(a["text"], b["text"]) > 0.5 else "own"


def _one_log(a: Row, b: Row) -> bool:
    """Two entries of one patrol's own form: who stood there took them for two."""
    return bool(a["root"] == b["root"] and a["origin"] == b["origin"] == Origin.MONITOR and a["root"].count(":") >= 2)


def _shared(a: str | None, b: str | None) -> float:
    """Share of all their words that both texts have, 0..1."""
    one, other = (set(re.findall(r"\w+", (text or "").casefold())) for text in (a, b))
    return len(one & other) / len(one | other) if one and other else 0.0
