"""Statements as JSON Lines: one object a line, with the exact words and where they stand in the raw text.

Every line carries the marking, so that a line taken out of the file still says who may read it. Tallies are
not here: they are a party's own counts and stand in bulletin.json under their own name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# The name of each head key differs from every key of a statement.


def statements(bulletin: Mapping[str, Any]) -> str:
    """The statements of a bulletin, one JSON object a line; an empty text where there are none."""
    head = {
        "marking": bulletin["marking"],
        "exercise": bulletin["exercise"],
        "bulletin": bulletin["number"],
        "day": bulletin["day"],
    }
    lines = [
        json.dumps({**head, **one}, ensure_ascii=False, allow_nan=False, sort_keys=True)
        for one in bulletin["statements"]
    ]
    return "".join(f"{_one_line(line)}\n" for line in lines)


def _one_line(line: str) -> str:
    """Some readers also break lines at U+0085, U+2028 and U+2029: in JSON each can be written as an escape."""
    for char in ("\x85", "\u2028", "\u2029"):
        line = line.replace(char, f"\\u{ord(char):04x}")
    return line
