"""Figures a text gives twice, in two units: "1,000-kilometer (600-mile)". Both are what was said; they may differ.

    words --conversions_in--> Conversion (first, second, the second in the unit of the first)

Units: international mile 1.609344 km, foot 0.3048 m, both exact (International Yard and Pound Agreement, 1959).
They differ where the gap is more than 2 % and more than half the last digit given. "600 miles" for 621 is so told:
whoever rounded, the reader is owed both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SHARE = 0.02
_METRES = {"kilometer": 1000.0, "kilometre": 1000.0, "km": 1000.0, "metre": 1.0, "meter": 1.0, "m": 1.0,
           "mile": 1609.344, "mi": 1609.344, "foot": 0.3048, "feet": 0.3048, "ft": 0.3048}  # fmt: skip
_UNIT = r"(kilomet(?:er|re)s?|km|met(?:er|re)s?|miles?|mi|foot|feet|ft)"
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,7}(?:\.\d{1,3})?)"
_TWICE = re.compile(
    rf"\b{_NUMBER}[\s\u00a0-]?{_UNIT}\s*\(\s*(?:about\s+|some\s+)?{_NUMBER}[\s\u00a0-]?{_UNIT}\s*\)", re.IGNORECASE
)


@dataclass(frozen=True)
class Conversion:
    """One length in two units.

    Attributes:
        text: As it stands.
        first, second: The figures as given, with their units.
        converted: The second in the unit of the first.
        differs: More than rounding to the last digit, and more than `SHARE`.
    """

    text: str
    first: str
    second: str
    converted: float
    differs: bool

    @property
    def told(self) -> str:
        """In words: '600 mile = 966 kilometer, beside 1,000 kilometer'."""
        unit = self.first.split(" ", 1)[1]
        return f"{self.second} = {self.converted:,.0f} {unit}, beside {self.first}"


def conversions_in(text: str) -> Iterator[Conversion]:
    """The lengths given twice, left to right.

    >>> [c.told for c in conversions_in("a more than 1,000-kilometer (600-mile) front")]
    ['600 mile = 966 kilometer, beside 1,000 kilometer']
    >>> [c.differs for c in conversions_in("1,000 km (621 miles); 10 km (6 miles)")]
    [False, False]
    """
    for match in _TWICE.finditer(text):
        one, other = _value(match[1]), _value(match[3])
        metres = (one * _METRES[_unit(match[2])], other * _METRES[_unit(match[4])])
        places = len(match[3].partition(".")[2])
        rounding = 0.5 * 10**-places * _METRES[_unit(match[4])]
        differs = abs(metres[0] - metres[1]) > max(rounding, SHARE * metres[0])
        if one >= 1 and other >= 1:
            converted = metres[1] / _METRES[_unit(match[2])]
            yield Conversion(
                match.group(0), f"{match[1]} {_unit(match[2])}", f"{match[3]} {_unit(match[4])}", converted, differs
            )


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _unit(word: str) -> str:
    folded = word.casefold()
    return folded if folded in _METRES else folded.removesuffix("s")
