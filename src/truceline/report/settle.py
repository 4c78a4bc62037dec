"""What would settle an incident: the one thing more that would change what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NEAR_KM = 5.0


def settle(one: Mapping[str, Any]) -> list[str]:
    """What to look for, by what is missing; for a reviewer, in the order of use.

    Args:
        one: An incident of a bulletin.
    """
    voices = sorted({root["name"] for root in one["roots"] if root["independent"]} - _against(one))
    found = []
    if one["grade"] == "contested":
        found.append(
            f"what {_listed(sorted(_against(one)))} and {_listed(voices)} each rest on; "
            "a visit, or pictures before and after"
        )
    if not voices:
        parties = any(root["origin"] == "party" for root in one["roots"])
        found.append(
            "an account by anybody but the parties"
            if parties
            else "who first said it: the row names no source the case knows"
        )
    if len(voices) == 1:
        found.append(f"a second voice that does not repeat {voices[0]}")
    if one["precision"] == "day":
        found.append("the hour it happened")
    if one["uncertainty_km"] > NEAR_KM:
        found.append(f"a place known to {NEAR_KM:g} km")
    if one["heat_beside"]:
        found.append("whether the fire beside it is out of the ordinary there: a baseline, or a picture")
    if one["class"] == "explosion_undetermined":
        found.append("what kind of explosion it was: a crater, a fragment, a recording")
    return found or ["nothing more: it waits for people"]


def _against(one: Mapping[str, Any]) -> set[str]:
    """Names of those who speak against it."""
    return {text.split(":", 1)[0] for text in one["occurrence"]["evidence_against"]}


def _listed(names: list[str]) -> str:
    return " and ".join(names) or "nobody"
