"""What a parser is told about the file in its hands. It is told nothing else, and asks nothing."""

from __future__ import annotations

import hashlib
import math
import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from truceline.spacetime import LonLat, When
from truceline.terms.agreement import Agreement, FeedTerms

# As sources write numbers; what else Python would take (1_000, other scripts' digits) is a mistake here.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?(?:nan|inf|infinity)", re.IGNORECASE)


class RowRefused(ValueError):
    """This row cannot be used: it is set aside with the reason, and the rest of the file goes on."""


class RowRepeated(RowRefused):
    """This row says again what an earlier line of the file said."""

    def __init__(self, earlier: int) -> None:
        super().__init__(f"repeats line {earlier}")


@dataclass(frozen=True)
class File:
    """One file of one feed, and the window we want to know about."""

    feed: FeedTerms
    agreement: Agreement
    entry: str
    path: str
    day: date | None
    window: When

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the source's local times."""
        return ZoneInfo(self.feed.time_zone or self.agreement.time_zone)

    @property
    def publisher(self) -> str:
        """Who publishes it, for sentences such as "according to …"."""
        return self.feed.publisher or self.feed.name

    def key(self, *natural: object) -> str:
        """A stable id from the feed's name and a row's natural key."""
        text = "\x1f".join([self.feed.name, *map(str, natural)])
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def number(row: dict[str, str], column: str, *, least: float = -math.inf, most: float = math.inf) -> float:
    """A finite number in a column. Raises RowRefused naming column and value."""
    raw = row[column].strip()
    if not _NUMBER.fullmatch(raw):
        raise RowRefused(f"{column} {raw[:40]!r} is not a number")
    value = float(raw)
    if not math.isfinite(value):
        raise RowRefused(f"{column} {raw[:40]!r} is not a finite number")
    if not least <= value <= most:
        raise RowRefused(f"{column} {value:g} is outside {least:g}..{most:g}")
    return value


def optional_number(
    row: dict[str, str], column: str, *, least: float = -math.inf, most: float = math.inf
) -> float | None:
    """A finite number, or None where the column is absent or empty."""
    if not row.get(column, "").strip():
        return None
    return number(row, column, least=least, most=most)


def position(row: dict[str, str], lon: str, lat: str) -> LonLat:
    """The position in two columns; (0, 0) is what broken exports write, not a place.

    Raises:
        RowRefused: Not numbers, not finite, out of range, or exactly 0, 0.
    """
    place = LonLat(number(row, lon, least=-180, most=180), number(row, lat, least=-90, most=90))
    if place == LonLat(0.0, 0.0):
        raise RowRefused("the position is 0, 0: an empty value, not a place")
    return place


def event_day(raw: str, column: str) -> date:
    """A date written YYYY-MM-DD. Raises RowRefused naming column and value."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", raw.strip()[:10]):
            raise ValueError(raw)
        return date.fromisoformat(raw.strip()[:10])
    except ValueError:
        raise RowRefused(f"{column} {raw[:40]!r} is not a date written YYYY-MM-DD") from None
