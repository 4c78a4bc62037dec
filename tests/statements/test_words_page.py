"""docs/words.md defines each position with an example and a near miss: the program reads both as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.statement import Position
from truceline.terms.party import Party

PAGE = (Path(__file__).parents[2] / "docs" / "words.md").read_text(encoding="utf-8")
PARTIES = (Party("alpha", "North", ("Northern",)), Party("bravo", "South", ("Southern",)))
ROW = re.compile(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ROWS = [
    (Position(name), example.strip(), miss.strip())
    for name, example, miss in ROW.findall(PAGE)
    if name in list(Position)
]


def read(text: str) -> list[Position]:
    return [s.position for s in extract([Document("d", "press", "e", "a", text)], PARTIES).statements]


def test_every_position_has_a_row() -> None:
    """All fifteen, each once."""
    assert [row[0] for row in ROWS] == list(Position)


@pytest.mark.parametrize(("position", "example", "miss"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_the_example_is_read_so_and_the_near_miss_is_not(position: Position, example: str, miss: str) -> None:
    """The near miss stands in quotation marks, with the position it has instead, or those it may have, behind a dash."""
    assert position in read(example)
    told = re.match(r"[“\"](.+?)[”\"] – (.*`\w+`.*)", miss)
    if told is not None:
        assert position not in read(told[1])
        assert {Position(name) for name in re.findall(r"`(\w+)`", told[2])} & set(read(told[1]))
