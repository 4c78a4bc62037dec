"""What the ledger keeps: which bytes, from which feed, since when they could be had; and what people did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where bytes come from, as the case declares it.

    Attributes:
        feed: Name of the feed.
        path: Path as declared (relative to the case or a data root), never a path of the machine.
        available_at: When these bytes could be had (UTC); None where nobody declared it.
        licence: As stated by the feed.
        simulated: True for an exercise. A ledger holds one kind only.
    """

    feed: str
    path: str
    available_at: datetime | None
    licence: str
    simulated: bool = False


@dataclass(frozen=True)
class Entry:
    """One receipt: these bytes, from this source. Its id is a hash of both, never of the clock."""

    id: str
    sha256: str
    size: int
    source: Source
    supersedes: str | None = None


@dataclass(frozen=True)
class Act:
    """What a person did: decide, review, issue, answer. Its id is a hash of it and of the act before it."""

    id: str
    kind: str
    at: datetime
    body: dict[str, Any]
