"""Sentences about heat: what satellites saw burning, what the baseline says of it, and what that does not say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from truceline.observations.heat.season import pentad_on
from truceline.report.plain import NBSP, counted


def contrast_sentence(heat: Mapping[str, Any]) -> str:
    """Whether less, or more, burnt near the line than the control area leads one to expect."""
    if heat["refused"]:
        return f"Heat near the line is not compared. {heat['reason']}"
    this, that = heat["this"], heat["that"]
    said = (
        f"Cells with heat near the line and in the control area (to 150{NBSP}km): {this['near']:,} and "
        f"{this['control']:,} in this period, {that['near']:,} and {that['control']:,} in that. "
    )
    if heat["ratio"] is None:
        return said + "Too few to set side by side."
    high = "no upper limit" if heat["high"] is None else f"{heat['high']:.2f}"
    verdict = "" if heat["distinguishable"] else ": not distinguishable from no change"
    return said + f"Ratio {heat['ratio']:.2f}, 90{NBSP}% interval {heat['low']:.2f} to {high}{verdict}."


def season_sentence(season: Mapping[str, Any]) -> str:
    """How the day lies in its season, and what that does not say."""
    this, *others = season["days"]
    pentad = season["pentads"][pentad_on(date.fromisoformat(this["day"]))]
    if this["seen"] is None:
        said = f"This day is not set beside its season: {this['gap']}."
    elif pentad["median"] is None:
        said = f"{season['stream']} recorded {this['seen']:,} this day; no year of the baseline delivered this season."
    else:
        said = (
            f"{season['stream']} recorded {this['seen']:,} this day, where the same season of "
            f"{len(season['years'])} ordinary years had {pentad['low']:g} to {pentad['high']:g} a day, in the middle "
            f"{pentad['median']:g}."
        )
    beside = [
        f"{one['what']} ({one['day']}) {'not all seen' if one['seen'] is None else format(one['seen'], ',')}"
        for one in others
    ]
    told = f" Compared with: {'; '.join(beside)}." if beside else ""
    return (
        f"{said}{told} All of the baseline's area, at most five counted a cell and day. Cloud alone can press a day "
        "below its season and a clear sky lift it above; heat says nothing of who lit it."
    )


def told_sentence(told: Mapping[str, Any]) -> str:
    """What the bounds of missed acts take for granted of reports."""
    if not told["heard"]:
        return "No watch heard a counted act near the line, so the bounds below rest on those who looked alone."
    acts = counted(told["heard"], "counted act")
    return (
        f"Of {acts} a watch heard, others told of {told['told']:,}. The bounds below take it that reports tell of "
        f"{told['share']:.0%} of the acts nobody was near enough to hear; were it fewer, more could have been missed."
    )


def _judged(heat: Mapping[str, Any]) -> str:
    """How many of these are ordinary there, where a baseline tells."""
    if not heat.get("flagged") and not heat.get("ordinary"):
        return ""
    parts = [f"{heat['ordinary']:,} ordinary for place and season", f"{heat['flagged']:,} out of the ordinary"]
    parts += [f"{heat['not_judged']:,} not judged"] if heat["not_judged"] else []
    return f" ({', '.join(parts)})"


def heat_sentence(heat: Mapping[str, Any]) -> str:
    """What satellites saw burning, and what that does not say."""
    if not heat["detections"]:
        return "No thermal detection was received, which is not to say that nothing burned."
    seen = counted(heat["detections"], "thermal detection")
    if not heat["near_line"]:
        return f"{seen}, none of them near the line. Heat alone is no incident and names nobody."
    return (
        f"{seen}, {heat['near_line']:,} of them near the line: {heat['beside_incidents']:,} beside an incident, "
        f"{heat['unattributed']:,} that nobody can attribute{_judged(heat)}. "
        "Heat alone is no incident and names nobody."
    )
