"""How likely it is that an incident happened: weights in one readable table, and the words for it.

Words and bands: US Intelligence Community Directive 203 (2015), section D.6.e.(2)(a). A judgement is never
0 or 100 %, and likelihood and confidence never stand in one sentence.

The weights are declared: an A source is taken to be right about 6 times out of 7 when it is alone, an F source says
nothing either way. What benchmarks/ratios.py counts on worlds lies above them; why they are kept stands in
docs/methods/judgements.md. No figure of ours is printed finer than a band.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PRIOR_ODDS = 1.0  # a report exists: before we know whose, even chances

# Likelihood ratio of one independent root by the reliability of its source (Admiralty A-F): how many
# times more often such a source reports a thing that happened than a thing that did not.
WEIGHTS: dict[str, float] = {"A": 6.0, "B": 4.0, "C": 2.3, "D": 1.5, "E": 1.0, "F": 1.0}


class Confidence(StrEnum):
    """The quality of the basis of a judgement."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True)
class Band:
    """A likelihood word with its band in per cent."""

    word: str
    low_pct: int
    high_pct: int

    @property
    def text(self) -> str:
        """The band as printed: ``55-80 %`` with an en dash."""
        return f"{self.low_pct}–{self.high_pct} %"


ALMOST_NO_CHANCE = Band("almost no chance", 1, 5)
VERY_UNLIKELY = Band("very unlikely", 5, 20)
UNLIKELY = Band("unlikely", 20, 45)
ROUGHLY_EVEN = Band("roughly even chance", 45, 55)
LIKELY = Band("likely", 55, 80)
VERY_LIKELY = Band("very likely", 80, 95)
ALMOST_CERTAIN = Band("almost certain", 95, 99)
BANDS = (ALMOST_NO_CHANCE, VERY_UNLIKELY, UNLIKELY, ROUGHLY_EVEN, LIKELY, VERY_LIKELY, ALMOST_CERTAIN)


def occurrence(reliability_for: Sequence[str], reliability_against: Sequence[str] = ()) -> float:
    """P(it happened), from one letter an independent root.

    Args:
        reliability_for: Reliability letters of the roots that report it.
        reliability_against: Those of the roots that say it did not happen.

    Returns:
        A probability held within 1..99 %.

    >>> round(occurrence(["B"]), 2), round(occurrence(["B", "C"]), 2)
    (0.8, 0.9)
    """
    log_odds = math.log(PRIOR_ODDS)
    log_odds += math.fsum(math.log(WEIGHTS[letter]) for letter in reliability_for)
    log_odds -= math.fsum(math.log(WEIGHTS[letter]) for letter in reliability_against)
    return min(0.99, max(0.01, 1 / (1 + math.exp(-log_odds))))


def band(probability: float) -> Band:
    """The ICD 203 band a probability falls in; a value on an edge takes the more cautious word.

    Raises:
        ValueError: Not a probability that may be said: below 1 % or above 99 %.
    """
    percent = round(probability * 100, 6)
    if not 1 <= percent <= 99:
        raise ValueError(f"probability {probability} cannot be said; give 0.01 to 0.99")
    for one in BANDS:
        if percent <= one.high_pct and not (percent == one.high_pct and one.high_pct < 45):
            return one
    return BANDS[-1]


def confidence(independent_roots: int, *, uncertainty_m: float) -> Confidence:
    """How good the basis is: more voices, and a place known well enough to look at.

    One voice is low. Two or more are moderate, or high from three on where the place is known to 5 km.
    """
    if independent_roots <= 1:
        return Confidence.LOW
    return Confidence.HIGH if independent_roots >= 3 and uncertainty_m <= 5_000 else Confidence.MODERATE
