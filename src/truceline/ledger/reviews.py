"""Reviews of incidents, kept as acts: who looked at what, as it stood, and what that came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from truceline.ledger.decisions import in_words
from truceline.ledger.store import Ledger
from truceline.terms.decision import Attached, Outcome, Review

KIND = "review"


def review(
    ledger: Ledger,
    incident: str,
    state: str,
    outcome: Outcome,
    *,
    statements: Sequence[Attached] = (),
    person: str,
    at: datetime,
    reason: str,
) -> Review:
    """Keep a review of an incident in the state a person saw it in.

    Raises:
        ValueError: No person or no reason is given.
    """
    body = {
        "incident": incident,
        "state": state,
        "outcome": str(outcome),
        "statements": [asdict(one) for one in sorted(statements, key=lambda one: one.id)],
        "person": in_words(person, "person"),
        "reason": in_words(reason, "reason"),
    }
    act = ledger.act(KIND, at, body)
    return _review(act.id, act.at, body)


def reviews(ledger: Ledger, until: datetime | None = None) -> tuple[Review, ...]:
    """Every review, oldest first; with `until` (UTC) those made by then."""
    return tuple(_review(act.id, act.at, act.body) for act in ledger.acts(KIND, until))


def _review(key: str, at: datetime, body: Mapping[str, object]) -> Review:
    statements = body["statements"]
    assert isinstance(statements, list)  # noqa: S101 - written by `review` alone
    return Review(
        id=key,
        incident=str(body["incident"]),
        state=str(body["state"]),
        outcome=Outcome(str(body["outcome"])),
        statements=tuple(Attached(**one) for one in statements),
        person=str(body["person"]),
        at=at,
        reason=str(body["reason"]),
    )
