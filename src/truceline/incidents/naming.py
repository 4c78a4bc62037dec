"""Names that stay: an incident keeps its id through late rows, better rows, rebuilds, merges and splits.

    groups of observations, what was named before --name--> an id for each group

An id belongs to the observation that founded it, the one that spoke best for the incident when it was first seen. The
ledger keeps who has ever stood under which id, first come first. So a more exact report that comes late does not
rename anything; of two incidents that become one the older name stays; and once they are parted again,
each has its own name back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Names:
    """What was named before.

    Attributes:
        rows: (observation, incident), oldest first.
        present: Every observation there is now, so that a founder that was deleted can be told from one that lies
            in another incident.
    """

    rows: tuple[tuple[str, str], ...] = ()
    present: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def of(self) -> Mapping[str, tuple[tuple[int, str], ...]]:
        """For each observation the ids it has stood under, with their place in the list."""
        found: dict[str, list[tuple[int, str]]] = {}
        for place, (observation, incident) in enumerate(self.rows):
            found.setdefault(observation, []).append((place, incident))
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def founder(self) -> Mapping[str, str]:
        """For each id the observation that founded it."""
        return {incident: observation for observation, incident in self.rows if name_of(observation) == incident}


def name_of(observation: str) -> str:
    """The id an observation gives the incident it founds."""
    return "i" + hashlib.sha256(observation.encode()).hexdigest()[:10]


def name(groups: Sequence[tuple[str, Sequence[str]]], names: Names) -> list[str]:
    """An id for each group.

    Args:
        groups: (the observation that speaks best, all observations), no observation in two.
        names: What was named before.
    """
    chosen: dict[int, str] = {}
    for n, (_, members) in enumerate(groups):
        founded = [(place, i) for o in members for place, i in names.of.get(o, ()) if i == name_of(o)]
        if founded:
            chosen[n] = min(founded)[1]
    present = names.present | {o for _, members in groups for o in members}
    claims = sorted(
        (place, incident, n)
        for n, (_, members) in enumerate(groups)
        if n not in chosen
        for o in members
        for place, incident in names.of.get(o, ())
        if names.founder.get(incident, o) not in present
    )
    taken = set(chosen.values())
    for _, incident, n in claims:
        if n not in chosen and incident not in taken:
            chosen[n] = incident
            taken.add(incident)
    return [chosen[n] if n in chosen else name_of(best) for n, (best, _) in enumerate(groups)]
