"""The line in words: how long each state is, and the one sentence of page one that says it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from truceline.report.plain import NBSP, apportion, number

# In the order in which they are always printed.
STATES: tuple[str, ...] = ("active", "quiet", "undetermined", "not_observed")

# The one sentence of page one where the whole line is in one state.
ALL_OF_IT: dict[str, str] = {
    "active": "No part of {} of line was silent.",
    "quiet": "All of {} of line was quiet: no incident was counted, and one would have been seen.",
    "undetermined": "No incident was counted along {} of line, and no part can be called quiet: "
    "one may have been missed anywhere.",
    "not_observed": "Nobody could see any of {} of line: no incident was counted, and no part can be called quiet.",
}


def line_parts(state_km: Mapping[str, float]) -> list[tuple[str, str, str]]:
    r"""State, kilometres and share as printed; the printed parts add up to the printed whole.

    >>> line_parts({"active": 25.0, "quiet": 0.0, "undetermined": 74.6, "not_observed": 0.4})[2:]
    [('undetermined', '75', '75\xa0%'), ('not_observed', '<1', '<1\xa0%')]
    """
    values = [state_km[state] for state in STATES]
    whole = math.fsum(values)
    decimals = 0 if whole >= 100 else 1
    lengths = apportion(values, decimals)
    percents = apportion([100 * value / whole if whole else 0.0 for value in values])
    return [
        (state, _part(value, shown, decimals), f"{_part(value, percent, 0)}{NBSP}%")
        for state, value, shown, percent in zip(STATES, values, lengths, percents, strict=True)
    ]


def _part(value: float, shown: float, decimals: int) -> str:
    least = 0.1 if decimals else 1
    if value > 0 and shown == 0:
        return f"<{least:g}"
    return number(shown, 0 if shown == 0 else decimals)


def answer(line: Mapping[str, Any] | None, line_trouble: str | None, *, looks_known: bool) -> str:
    """One plain sentence: where it was silent, where it was not, and where nobody could see.

    Args:
        line: The bulletin's line; None: there is none, and `line_trouble` says why.
        line_trouble: Why there is none.
        looks_known: Whether it is known of every sector how often it was looked at.
    """
    if line is None:
        why = (line_trouble or "no usable map of the line").strip().rstrip(".")
        return f"Nothing can be said of any part of the line: {why}."
    parts = {state: (length, percent) for state, length, percent in line_parts(line["state_km"])}
    whole = math.fsum(line["state_km"].values())
    total = f"{number(whole, 0 if whole >= 100 else 1)}{NBSP}km"
    unknown = "" if looks_known else " How much of it was looked at is not known."
    there = [state for state, (length, _) in parts.items() if length != "0"]
    if len(there) == 1:
        return ALL_OF_IT[there[0]].format(total) + (unknown if there[0] == "undetermined" else "")
    clauses = [
        _clause(parts["active"], "{} ({}) was not silent", "no part had a counted incident"),
        _clause(parts["quiet"], "{} ({}) was quiet", "no part can be called quiet"),
        _clause(parts["undetermined"], "for {} ({}) it cannot be told", "nothing was left open"),
        _clause(
            parts["not_observed"],
            "{} ({}) nobody could see",
            "every part was looked at" if looks_known else "how much of it was looked at is not known",
        ),
    ]
    return f"Of {total} of line, {clauses[0]}, {clauses[1]}, {clauses[2]}, and {clauses[3]}."


def _clause(part: tuple[str, str], some: str, none: str) -> str:
    length, percent = part
    return none if length == "0" else some.format(f"{length}{NBSP}km", percent)
