"""When was it said: "on Monday", "yesterday", "a day earlier", counted from the day of the text.

    cue's clause + day of publication --said_at--> interval of UTC, and the basis in words

A weekday is the last one on or before the day of publication. Where the text has no date nothing is
invented: the interval is None and the basis repeats what the text says. Dates inside the content or in
a caption are never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from truceline.spacetime import Precision, When, local_day
from truceline.statements.languages.language import Language

_EARLIER = re.compile(r"\b(?:a|one|the)\s+day\s+(?:earlier|before)\b|\bthe\s+previous\s+day\b", re.IGNORECASE)
_YESTERDAY = re.compile(r"\byesterday\b", re.IGNORECASE)
_TODAY = re.compile(r"\b(?:today|earlier in the day)\b", re.IGNORECASE)
_FULL = re.compile(r"\b(\d{1,2})\s+([A-Z][a-z]+)(?:\s+(\d{4}))?\b|\b([A-Z][a-z]+)\s+(\d{1,2})(?:,?\s+(\d{4}))?\b")


@dataclass(frozen=True)
class Said:
    """When something was said, how that is known, and the weekday named, for what the story says later."""

    when: When | None
    basis: str
    named: str = ""
    day: date | None = None


def said_at(
    clause: str,
    *,
    cue: str,
    published: date | None,
    zone: ZoneInfo,
    language: Language,
    story_day: str = "",
    outer: Said | None = None,
) -> Said:
    """The day of saying.

    Args:
        clause: The cue's own words, without what was said.
        cue: The cue itself: "had said" is earlier than the text.
        published: Day of the text, None where nobody told us.
        story_day: The last weekday the story named for this side, for the basis only.
        outer: The saying it is told in: "a day earlier" counts from there.
    """
    if earlier := _EARLIER.search(clause):
        told = earlier.group(0)
        if outer is not None and outer.day is not None:
            return _on(outer.day - timedelta(days=1), zone, f"one day before the statement that tells of it ({told!r})")
        known = f"; that one: {outer.basis}" if outer is not None else ""
        return Said(
            None, f"one day before the statement that tells of it ({told!r}), date of the text not known{known}"
        )
    full = _full_date(clause, published, language)
    if full is not None:
        return _on(full[0], zone, f"date in the text: {full[1]}")
    weekday = next((name for name in language.weekdays if re.search(rf"\b{name}\b", clause)), "")
    if weekday:
        if published is None:
            return Said(None, f"weekday {weekday}, date of the text not known", weekday)
        day = published - timedelta(days=(published.weekday() - language.weekdays.index(weekday)) % 7)
        return _on(day, zone, f"weekday {weekday}, the last on or before publication on {published}", weekday)
    for pattern, back, word in ((_YESTERDAY, 1, "yesterday"), (_TODAY, 0, "today")):
        if pattern.search(clause):
            if published is None:
                return Said(None, f"{word}, date of the text not known")
            return _on(published - timedelta(days=back), zone, f"{word}, from publication on {published}")
    month = next(
        (name for name in language.months if re.search(rf"\b[Ii]n (?:early |late |mid-)?{name}\b", clause)), ""
    )
    if month:
        return _in_month(month, published, zone, language)
    if outer is not None:
        return Said(None, f"told inside another statement, not later than it: {outer.basis}")
    if cue.split()[:1] == ["had"]:
        return Said(None, "told as something earlier ('had'), no day named")
    if published is not None:
        return _on(published, zone, f"no day named: day of publication, {published}")
    if story_day:
        return Said(None, f"no day named; this side was last quoted on {story_day}, date of the text not known")
    return Said(None, "no day named, date of the text not known")


def _on(day: date, zone: ZoneInfo, basis: str, named: str = "") -> Said:
    if not date(1, 1, 3) < day < date(9999, 12, 29):
        return Said(None, f"{basis}: out of range", named)
    return Said(local_day(day, zone), basis, named, day)


def _full_date(clause: str, published: date | None, language: Language) -> tuple[date, str] | None:
    """'19 April', 'April 19, 2031'. Without a year, the last such day on or before publication."""
    for match in _FULL.finditer(clause):
        number, name, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        if name not in language.months:
            continue
        month = language.months.index(name) + 1
        if year is None and published is None:
            continue
        for candidate in (int(year),) if year else (published.year, published.year - 1):  # type: ignore[union-attr]
            try:
                day = date(candidate, month, int(number))
            except ValueError:
                continue
            if year is not None or (published is not None and day <= published):
                return day, match.group(0)
    return None


def _in_month(month: str, published: date | None, zone: ZoneInfo, language: Language) -> Said:
    if published is None or not 2 < published.year < 9998:
        return Said(None, f"in {month}, date of the text not known")
    number = language.months.index(month) + 1
    year = published.year if number <= published.month else published.year - 1
    first = local_day(date(year, number, 1), zone)
    following = local_day(date(year + number // 12, number % 12 + 1, 1), zone)
    return Said(
        When(first.start, following.start, Precision.DAY),
        f"in {month}, the last one begun by publication on {published}",
    )
