"""Text and numbers as a person reads them: nothing hidden, nothing finer than it is known.

    any text --visible--> text in which no character can hide or turn the line around
    numbers --km, hours, share, apportion--> printed figures whose parts add up to the printed whole

What was received may hold control characters, direction overrides and half pairs. On paper they are shown as
⟨U+202E⟩, so that nobody reads something else than what is there; bulletin.json keeps the text unaltered.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NOT_KNOWN = "not known"
NBSP = "\u00a0"  # between a number and its unit, which belong on one line

# Line breaks and tabs are white space on paper; a joiner (U+200C, U+200D) belongs to the spelling of
# Persian and Hindi; the soft hyphen only breaks a line. Every other unseen character is shown.
_LEFT_ALONE = frozenset("\n\r\t\u200c\u200d\u00ad")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def _is_unseen(char: str) -> bool:
    if char in _LEFT_ALONE:
        return False
    point = ord(char)
    never_a_character = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return never_a_character or unicodedata.category(char) in _UNSEEN


def visible(text: str) -> str:
    """The text with every character that cannot be seen written out as ``⟨U+202E⟩``.

    >>> visible("calm" + chr(0x202E) + "mlac")
    'calm⟨U+202E⟩mlac'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(char):04X}⟩" if _is_unseen(char) else char for char in text)


def has_unseen(text: str) -> bool:
    """Whether `visible` would change the text."""
    return visible(text) != text


def anchor(kind: str, name: str) -> str:
    """An id for the page that any text may be turned into, the same every time and safe in a link.

    >>> anchor("incident", "a1b2")
    'incident-a1b2'
    """
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:60]
    if slug == name and slug:
        return f"{kind}-{slug}"
    return f"{kind}-{slug.strip('-')}-{hashlib.sha256(name.encode('utf-8', 'backslashreplace')).hexdigest()[:8]}"


def number(value: float | None, decimals: int = 0) -> str:
    """A number with a comma for thousands; `NOT_KNOWN` where there is none.

    >>> number(1012.4), number(None)
    ('1,012', 'not known')
    """
    if value is None:
        return NOT_KNOWN
    return f"{value + 0.0:,.{decimals}f}"


def km(value: float | None) -> str:
    r"""A length: whole kilometres from 10 up, one decimal below; ``<0.1 km`` is never printed as zero.

    >>> km(1012.4), km(4.21), km(0.01), km(0)
    ('1,012\xa0km', '4.2\xa0km', '<0.1\xa0km', '0\xa0km')
    """
    if value is None:
        return NOT_KNOWN
    if value == 0:
        return f"0{NBSP}km"
    if value < 0.05:
        return f"<0.1{NBSP}km"
    return f"{number(value, 0 if value >= 10 else 1)}{NBSP}km"


def hours(value: float | None) -> str:
    r"""Hours, with one decimal where they are not whole.

    >>> hours(24.0), hours(3.25), hours(None)
    ('24\xa0h', '3.2\xa0h', 'not known')
    """
    if value is None:
        return NOT_KNOWN
    return f"{number(value, 0 if float(value).is_integer() else 1)}{NBSP}h"


def share(value: float | None) -> str:
    r"""A share in per cent; small and near-whole shares never round to nothing or to all.

    >>> share(0.154), share(0.001), share(0.9999), share(0.0)
    ('15\xa0%', '<1\xa0%', '>99\xa0%', '0\xa0%')
    """
    if value is None:
        return NOT_KNOWN
    percent = value * 100
    if 0 < percent < 0.5:
        return f"<1{NBSP}%"
    if 99.5 <= percent < 100:
        return f">99{NBSP}%"
    return f"{percent:.0f}{NBSP}%"


def apportion(values: Sequence[float], decimals: int = 0) -> list[float]:
    """Rounded parts that add up to the rounded whole (largest remainder), so that print reconciles.

    >>> apportion([33.4, 33.4, 33.4])
    [34.0, 33.0, 33.0]
    """
    scale = 10**decimals
    scaled = [value * scale for value in values]
    floors = [int(value + 1e-9) for value in scaled]
    whole = round(math.fsum(values), decimals)  # as the total itself is printed
    left = round(whole * scale) - sum(floors)
    by_remainder = sorted(range(len(values)), key=lambda i: (floors[i] - scaled[i], i))
    for i in by_remainder[:left]:
        floors[i] += 1
    return [value / scale for value in floors]


def clock(at: str) -> str:
    """A UTC time of the bulletin as printed.

    >>> clock("2025-04-19T15:00Z")
    '2025-04-19 15:00 UTC'
    """
    return at.replace("T", " ").replace("Z", " UTC")


def period(start: str, end: str, precision: str = "minute") -> str:
    """A time as exactly as it was known, and no more.

    >>> period("2025-04-20T03:10Z", "2025-04-20T03:40Z")
    '2025-04-20 03:10–03:40 UTC'
    >>> period("2025-04-20T00:00Z", "2025-04-21T00:00Z", "day")
    '2025-04-20 00:00 – 2025-04-21 00:00 UTC, only the day is known'
    """
    first, last = clock(start).removesuffix(" UTC"), clock(end).removesuffix(" UTC")
    text = f"{first}–{last[11:]} UTC" if first[:10] == last[:10] else f"{first} – {last} UTC"
    if precision == "minute":
        return text
    return f"{text}, only the {precision} is known"


def cell_name(cell: Mapping[str, Any]) -> str:
    """A published cell in words: its sides, never a point.

    >>> cell_name({"west": 31.2, "south": 48.1, "east": 31.3, "north": 48.2})
    '31.2–31.3° E, 48.1–48.2° N'
    """
    return f"{_sides(cell['west'], cell['east'], 'EW')}, {_sides(cell['south'], cell['north'], 'NS')}"


def _sides(low: float, high: float, names: str) -> str:
    plus, minus = names[0], names[1]
    if low >= 0:
        return f"{_degrees(low)}–{_degrees(high)}° {plus}"
    if high <= 0:
        return f"{_degrees(-high)}–{_degrees(-low)}° {minus}"
    return f"{_degrees(-low)}° {minus} – {_degrees(high)}° {plus}"


def _degrees(value: float) -> str:
    text = f"{value:.4f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def listed(words: Iterable[str]) -> str:
    """Words in a row, as in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    row = list(words)
    return row[0] if len(row) == 1 else f"{', '.join(row[:-1])} and {row[-1]}" if row else ""


def counted(number_of: int, one: str, many: str | None = None) -> str:
    """A count with its noun.

    >>> counted(1, "incident"), counted(2, "incident"), counted(0, "entry", "entries")
    ('1 incident', '2 incidents', '0 entries')
    """
    return f"{number_of:,} {one if number_of == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """A phrase as a sentence: a capital first, unless it begins with a name of a file or so, and a full stop.

    >>> sentence("the file is missing"), sentence("modis.csv is empty."), sentence("")
    ('The file is missing.', 'modis.csv is empty.', '')
    """
    text = text.strip()
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    if first.isalpha():
        text = text[0].upper() + text[1:]
    return text if text[-1] in ".!?…" else f"{text}."


def said(when: str) -> str:
    """When something was said, given as ``from/to`` in UTC or in any other words.

    >>> said("2025-04-19T15:00Z/2025-04-19T15:01Z")
    '2025-04-19 15:00–15:01 UTC'
    """
    start, slash, end = when.partition("/")
    return period(start, end) if slash else clock(when)
