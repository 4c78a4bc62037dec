"""Decisions on observations, kept as acts: nothing a person decided is ever lost, and the newest on a pair stands.

two observations, a person, a reason --decide--> Decision
the ledger at a moment --decisions--> every decision, oldest first
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from truceline.errors import CaseError
from truceline.ledger.store import Ledger
from truceline.terms.decision import Decision, Verdict, standing

KIND = "decision"
MOST_CHARS = 1000


def decide(ledger: Ledger, verdict: Verdict, a: str, b: str, *, person: str, at: datetime, reason: str) -> Decision:
    """Keep a decision on two observations that the case has linked at least once.

    Args:
        ledger: Of the case.
        verdict: Same, different, or withdrawn.
        a, b: Observations, or incidents, which stand for the observation that founded them.
        person: Who decides.
        at: Now, UTC.
        reason: Why, in words others can read.
    Raises:
        CaseError: An observation is not known, or other decisions that stand say the opposite.
        ValueError: No person or no reason is given, or both are one observation.
    """
    body = {"person": in_words(person, "person"), "reason": in_words(reason, "reason"), "verdict": str(verdict)}
    names = ledger.names()
    one, other = sorted(_observation(names, key) for key in (a, b))
    if one == other:
        raise ValueError(f"{a} and {b} are one observation")
    _refuse_contradiction(standing(decisions(ledger)), verdict, one, other)
    act = ledger.act(KIND, at, body | {"a": one, "b": other})
    return Decision(act.id, verdict, one, other, body["person"], act.at, body["reason"])


def decisions(ledger: Ledger, until: datetime | None = None) -> tuple[Decision, ...]:
    """Every decision, oldest first; with `until` (UTC) those made by then."""
    return tuple(
        Decision(
            act.id,
            Verdict(act.body["verdict"]),
            act.body["a"],
            act.body["b"],
            act.body["person"],
            act.at,
            act.body["reason"],
        )
        for act in ledger.acts(KIND, until)
    )


def in_words(text: str, what: str) -> str:
    """A text that a person wrote: not empty, not endless, without characters that cannot be seen.

    Raises:
        ValueError: It is none of these.
    """
    text = text.strip()
    if not text or len(text) > MOST_CHARS or any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in text):
        raise ValueError(f"a {what} is 1 to {MOST_CHARS} characters that can be seen; got {text[:40]!r}")
    return text


def _observation(names: Iterable[tuple[str, str]], key: str) -> str:
    """The observation itself, or the first that stood under an incident's name."""
    for observation, incident in names:
        if key in (observation, incident):
            return observation
    raise CaseError("ledger", f"no observation or incident {key!r} was ever linked in this case",
                    "Run the day first, then take the ids from `truceline link`")  # fmt: skip


def _refuse_contradiction(held: Iterable[Decision], verdict: Verdict, a: str, b: str) -> None:
    """What stands must be possible: nobody can be one with two that are held to be different."""
    others = [one for one in held if (one.a, one.b) != (a, b)]
    leader: dict[str, str] = {}

    def lead(key: str) -> str:
        while key in leader:
            key = leader[key]
        return key

    same = [(one.a, one.b) for one in others if one.verdict is Verdict.SAME]
    for x, y in [*same, *([(a, b)] if verdict is Verdict.SAME else [])]:
        if lead(x) != lead(y):
            leader[lead(y)] = lead(x)
    apart = [(one.a, one.b, one.id) for one in others if one.verdict is Verdict.DIFFERENT]
    for x, y, key in [*apart, *([(a, b, "this one")] if verdict is Verdict.DIFFERENT else [])]:
        if lead(x) == lead(y):
            which = (
                "decisions that they are the same" if key == "this one" else f"decision {key} that they are different"
            )
            raise CaseError("ledger", f"{a} and {b}: {which} stand against it", "Withdraw those first")
