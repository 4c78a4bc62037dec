"""What a person decided about evidence: a value that the ledger keeps for ever and the rooms are given.

A decision names two observations, never incidents: incidents are made anew at every run, observations stay.
The newest decision on a pair stands; withdrawing it leaves the pair as the evidence has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What a review came to."""

    STANDS = "stands"
    UNLIKELY = "unlikely"


@dataclass(frozen=True)
class Attached:
    """A statement about an incident, whenever it came: as much of it as the judgement needs."""

    id: str
    party: str | None
    about_party: str | None
    position: str
    speaker: str


@dataclass(frozen=True)
class Review:
    """That a person looked at an incident as it stood, and what that came to.

    Attributes:
        incident: Its id.
        state: Fingerprint of what was looked at; once the evidence is another, the review is of the past.
        outcome: It stands as graded, or the person holds it unlikely, with reasons.
        statements: Statements the person finds to be about it.
        person: Who; stays in the ledger and is in no export.
    """

    id: str
    incident: str
    state: str
    outcome: Outcome
    statements: tuple[Attached, ...]
    person: str
    at: datetime
    reason: str


class Verdict(StrEnum):
    """What was decided of a pair."""

    SAME = "same"
    DIFFERENT = "different"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Decision:
    """That two observations tell of one event, or of two, or that no more is decided of them.

    Attributes:
        id: From the ledger.
        a, b: Ids of observations, `a` before `b`.
        person: Who decided; stays in the ledger and is in no export.
        at: When, UTC.
    """

    id: str
    verdict: Verdict
    a: str
    b: str
    person: str
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise ValueError(f"a decision is on two observations in order; got {self.a!r} and {self.b!r}")


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that hold: the newest of each pair, given oldest first, without what was withdrawn."""
    newest = {(one.a, one.b): one for one in decisions}
    return tuple(newest[pair] for pair in sorted(newest) if newest[pair].verdict is not Verdict.WITHDRAWN)
