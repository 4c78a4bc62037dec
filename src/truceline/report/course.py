"""The course of what was said, as the page shows it: the time line's rows and where statements meet.

    bulletin --timeline_rows--> timeline.py        bulletin --relation_groups--> the list below it

Nothing is weighed here: a statement stands on the day it was said, and a relation names both of its statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from truceline.report.plain import anchor
from truceline.report.words import RELATION_WORDS

HOVER_CHARS = 160
SAME_ACT = "same party's act: "


def relation_groups(
    relations: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Relations by kind, in the order of the words' table, parties by name; a kind without one is left out."""
    named: list[Mapping[str, Any]] = [{**one, "reason": _with_name(one["reason"], names)} for one in relations]
    groups = [(kind, [one for one in named if one["kind"] == kind]) for kind in RELATION_WORDS]
    return [group for group in groups if group[1]]


def _with_name(reason: str, names: Mapping[str, str]) -> str:
    """'same party's act: bravo' with the party's name."""
    before, act, after = reason.partition(SAME_ACT)
    party, semicolon, rest = after.partition(";")
    return f"{before}{act}{names.get(party, party)}{semicolon}{rest}"


def timeline_rows(bulletin: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bulletin's statements as the time line takes them, on the local day they were said."""
    return [
        {
            "party": one["party"],
            "day": _day_said(one["said_at"], bulletin["covers"]),
            "position": one["position"],
            "speaker": one["speaker"],
            "quote": shorten(one["quote"]),
            "basis": one["said_at_basis"] or "when is not known",
            "href": f"#{anchor('statement', one['id'])}",
        }
        for one in bulletin["statements"]
    ]


def _day_said(said_at: str | None, covers: Mapping[str, Any]) -> date | None:
    """The local day of the middle of an interval, by the clock the bulletin closes by."""
    if said_at is None:
        return None
    start, _, end = said_at.partition("/")
    try:
        first, last = (datetime.fromisoformat(part) for part in (start, end or start))
        closes = datetime.fromisoformat(covers["to"]).replace(tzinfo=None)
        ahead = datetime.fromisoformat(covers["to_local"]) - closes
        return (first.replace(tzinfo=None) + (last - first) / 2 + ahead).date()
    except ValueError:
        return None  # told in other words than a time: its day is not known


def shorten(quote: str) -> str:
    """What fits a hover: the first 160 characters of the words, cut at a blank."""
    words = " ".join(quote.split())
    return words if len(words) <= HOVER_CHARS else words[:HOVER_CHARS].rsplit(" ", 1)[0] + " …"
