"""Withhold positions that stand in words: a cell of the grid is worth nothing beside a headline with coordinates.

The received bytes keep them; what people and programs read has a mark instead.
"""

from __future__ import annotations

import re

MARK = "[position withheld]"

_DEGREES = r"\b\d{1,3}(?:\.\d{3,}|,\d{4,})(?:\s?°)?(?:\s?[NSEW]\b)?"  # finer than a hundredth; 1,355 is a number
_MINUTES = r"\b\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”])?(?:\s?[NSEW]\b)?"
_GRID = r"\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{5}\s?\d{5}|\d{4}\s?\d{4}|\d{3}\s?\d{3}|\d{2}\s?\d{2})\b"
_POSITION = re.compile(f"{_MINUTES}|{_DEGREES}|{_GRID}")


def withhold(text: str) -> str:
    """A text with every position in it replaced by a mark.

    >>> withhold("Shells at 42.03203N 150.58514W, 1.25 million people, 1,355 cases")
    'Shells at [position withheld] [position withheld], 1.25 million people, 1,355 cases'
    >>> withhold("near 48°27'30\\"N, grid 37UDQ12345678")
    'near [position withheld], grid [position withheld]'
    """
    return _POSITION.sub(MARK, text)
