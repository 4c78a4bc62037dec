"""How often reports tell of an act of fire: learned from the acts somebody on watch heard too (two looks).

    counted incidents, their voices --told_of--> Told: of n acts a watch heard, k were told of by others

Observability is what the case declares of those who look. Who reports without having been asked to look - agencies,
residents - tells of a part of the acts as well, and nobody declares of how large a part. Of the acts a watch heard that
part can be counted: Lincoln's and Petersen's second look. Reports are taken to tell of as large a part of the acts
nobody was near enough to hear; where what is loud enough for a watch is also what agencies write of, that is too much,
so the day's two numbers are printed. It bears on the bound of missed acts and on nothing else: no report makes a sector
watched, and none makes it quiet.
Source: Seber (1982), The Estimation of Animal Abundance, 2nd ed., section 3.1 (two looks).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from truceline.assessment.roots import Root
from truceline.incidents import Incident
from truceline.terms import Agreement
from truceline.terms.party import Origin

# Before any act was heard: one in four told of, a guess worth two acts (a beta prior). Chosen low; a choice.
PRIOR_TOLD, PRIOR_NOT = 0.5, 1.5


@dataclass(frozen=True)
class Told:
    """Of `heard` acts of a day a watch counted, `told` were told of by an independent voice that was not on watch."""

    heard: int = 0
    told: int = 0

    @property
    def share(self) -> float:
        """The share of acts reports tell of, a posterior mean; 0 where no watch heard anything: nothing was learned.

        >>> Told(0, 0).share, Told(1, 1).share, Told(10, 4).share, round(Told(100, 40).share, 3)
        (0.0, 0.5, 0.375, 0.397)
        """
        if not self.heard:
            return 0.0
        return (self.told + PRIOR_TOLD) / (self.heard + PRIOR_TOLD + PRIOR_NOT)

    def seen_or_told(self, seen: float) -> float:
        """P(counted | happened) of an act seen with this probability; 0 stays 0, for then nobody can check."""
        return 0.0 if seen == 0 else 1 - (1 - seen) * (1 - self.share)


NOBODY_TELLS = Told()


def told_of(
    judged: Iterable[tuple[Incident, Iterable[Root]]], rows: Mapping[str, Mapping[str, Any]], agreement: Agreement
) -> Told:
    """Count both looks over the counted incidents of a day.

    Args:
        judged: Counted incidents near the line with their roots.
        rows: Observations by id.
        agreement: Says which feeds stand watch for a class.
    """
    heard = told = 0
    for incident, roots in judged:
        watch = {feed.name for feed in agreement.feeds if feed.sees.get(incident.event_class)}
        if not any(rows[key]["feed"] in watch for key in incident.observations):
            continue
        heard += 1
        told += any(
            root.independent
            and root.origin is Origin.THIRD_PARTY
            and not any(rows[key]["feed"] in watch for key in root.observations)
            for root in roots
        )
    return Told(heard, told)
