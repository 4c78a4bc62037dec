"""How the maps moved the line since the day before: as data for the bulletin, and in words for the page.

Displacements --movement_of--> bulletin["line"]["movement"] --movement_words--> what can be said of a sector
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from truceline.ground.side_by_side import Displacement

INTRO = (
    "What a publisher drew, not what happened. Where two publishers agree it is a finding of where the line runs; one "
    "alone is that publisher’s word, which may be a movement or an older one drawn late."
)


def movement_of(movement: Sequence[Displacement], held_by: str) -> list[dict[str, Any]]:
    """One object a sector in which any publisher drew a change.

    Args:
        movement: Of the day.
        held_by: The party whose area the maps draw.
    """
    return [
        {
            "sector": one.sector,
            "finding": one.finding,
            "said": [
                {
                    "publisher": said.publisher,
                    "to": held_by,
                    "gained_km2": round(said.gained_km2, 2),
                    "lost_km2": round(said.lost_km2, 2),
                    "mean_m": round(said.mean_m),
                }
                for said in one.said
            ],
        }
        for one in movement
    ]


def movement_words(finding: str, names: Mapping[str, str]) -> str:
    """What can be said of a sector's line since the day before.

    >>> movement_words("moved_to_alpha", {"alpha": "North"})
    'moved, to North'
    """
    if finding.startswith("moved_to_"):
        party = finding.removeprefix("moved_to_")
        return f"moved, to {names.get(party, party)}"
    return {
        "stood": "stood",
        "maps_differ": "the maps differ: no finding",
        "according_to_publisher": "according to one publisher: no finding",
    }[finding]
