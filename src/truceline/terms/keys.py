"""What a single key of a case file may hold: times with a zone, short ids, names, shares, lengths.

pydantic checks them; it lives in this room only.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, Strict

TABLE = ConfigDict(extra="forbid", strict=False, arbitrary_types_allowed=True)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no zone; write {at.isoformat()}Z for UTC")
    _within_reach(at)
    return at.astimezone(UTC)


def _within_reach(at: date) -> date:
    if not 1900 <= at.year <= 2200:
        raise ValueError(f"the year {at.year} is outside 1900..2200")
    return at


def _name(text: str) -> str:
    if not re.search(r"\w", text):
        raise ValueError(f"{text!r} names nothing; a name has a letter or digit, and may end in *")
    return text


def _neutral_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,39}", text):
        raise ValueError(f"{text!r} must be a short id: a letter, then letters, digits, - or _")
    return text


def _zone(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_+\-/]{0,63}", name) or ".." in name:
        raise ValueError(f"{name!r} is not the name of a time zone, for example Europe/Kyiv or UTC")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a known time zone, for example Europe/Kyiv or UTC") from error
    return name


Utc = Annotated[datetime, Strict(), AfterValidator(_aware)]
Day = Annotated[date, Strict(), AfterValidator(_within_reach)]
Name = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_name)]
PathText = Annotated[str, Field(min_length=1, max_length=400)]
Id = Annotated[str, AfterValidator(_neutral_id)]
ZoneName = Annotated[str, AfterValidator(_zone)]
Text = Annotated[str, Field(min_length=1, max_length=5_000)]
Share = Annotated[float, Strict(), Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Km = Annotated[float, Strict(), Field(gt=0.0, le=1_000.0, allow_inf_nan=False)]
