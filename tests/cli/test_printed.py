"""Near copies across texts read one at a time: the same roots as when all are read together, stopped or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from truceline.cli.printed import Printed
from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.statement import Statement
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("Norlandic",)), Party("bravo", "Sudria", ("Sudrian",)))
FIRST = (
    "Norland's army said on Saturday that Sudrian guns had shelled the mill at Ostrel for an hour before dawn, "
    "and that nobody was hurt."
)
NEAR = FIRST.replace("before dawn, and", "before first light, and")
OTHER = FIRST.replace("Ostrel", "Marn")
TEXTS = {"a": FIRST, "b": NEAR, "c": OTHER, "d": NEAR.replace("said on", "said late on")}


def document(name: str) -> Document:
    return Document(name, "", "", name, TEXTS[name])


def one_by_one(path: Path, names: str, *, fresh: bool) -> dict[str, list[Statement]]:
    read = {}
    with Printed(path, fresh=fresh) as printed:
        for name in names:
            found = extract([document(name)], PARTIES, finder=printed.find)
            read[name] = list(printed.settle(found.statements))
    return read


def roots(read: dict[str, list[Statement]]) -> dict[str, list[str]]:
    return {name: [one.root for one in statements] for name, statements in read.items()}


def test_one_at_a_time_gives_the_roots_of_all_together(tmp_path: Path) -> None:
    """The near copies share the first printing's root, the story of another village does not."""
    together: dict[str, list[Statement]] = {}
    for one in extract([document(name) for name in TEXTS], PARTIES).statements:
        together.setdefault(one.document, []).append(one)
    apart = roots(one_by_one(tmp_path / "printed", "abcd", fresh=True))
    assert apart == roots(together)
    assert apart["a"] == apart["b"] == apart["d"] != apart["c"]


@pytest.mark.parametrize("stopped", ["a", "ab", "abc"])
def test_stopping_changes_no_root(tmp_path: Path, stopped: str) -> None:
    """A text read again takes back what it had entered; a run begun anew forgets all that was there."""
    whole = roots(one_by_one(tmp_path / "whole", "abcd", fresh=True))
    one_by_one(tmp_path / "again", stopped, fresh=True)
    later = "abcd"[len(stopped) - 1 :]  # the last one is read a second time
    assert roots(one_by_one(tmp_path / "again", later, fresh=False)) == {name: whole[name] for name in later}
    assert roots(one_by_one(tmp_path / "again", "dcba", fresh=True))["d"] != whole["c"]
