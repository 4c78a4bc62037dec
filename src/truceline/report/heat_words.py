"""Sentences about heat: what satellites saw burning, what the baseline says of it, and what that does not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
