"""Who promised. Parties carry neutral ids; names and aliases are the case's data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Party:
    """A signatory and the forces it answers for.

    Attributes:
        id: Neutral id, for example ``alpha``.
        name: What people call it, for example ``North``.
        aliases: Other names a text may use: adjectives, capitals, ministries, offices, officials.
        channels: Names of its own outlets and staffs in any language; a report that cites one of
            them originates with this party, whatever feed brought it.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class Origin(StrEnum):
    """Who a report comes from in the first place. `UNKNOWN` never counts as independent."""

    MONITOR = "monitor"
    SENSOR = "sensor"
    THIRD_PARTY = "third_party"
    PARTY = "party"
    UNKNOWN = "unknown"
