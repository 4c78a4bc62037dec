"""Copies: one testimony however often it is printed, and nothing that differs in substance is a copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.copies import Paper, find_copies, said_alike
from truceline.statements.statement import Statements
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("North", "Norlandic")), Party("bravo", "Sudria", ("South", "Sudrian")))
WIRE = (
    "Norland's defence minister Ivan Pell said on Monday that Sudria had fired 44 times near Ostrel since the truce "
    "began, and that observers at the bridge had counted every one of the shells that fell there."
)


def read(*texts: str) -> Statements:
    return extract([Document(f"d{n}", "press", "e", "a.txt", text) for n, text in enumerate(texts)], PARTIES)


def test_a_lightly_edited_copy_shares_its_root_and_keeps_its_agency() -> None:
    """Another paper's Monday and one word less: one testimony, credited to the agency of the first printing."""
    edited = WIRE.replace("on Monday ", "Monday ").replace("every one of the shells", "every shell")
    found = read(f"OSTREL (Reuters) - {WIRE}", edited)
    roots = {s.document: s.root for s in found.statements if "44" in s.text}
    assert roots["d0"] == roots["d1"]
    assert {s.agencies for s in found.statements} == {("Reuters",)}
    (copy,) = found.copies
    assert (copy.document, copy.of_document) == ("d1", "d0")
    assert 0.6 <= copy.alike < 1
    assert (copy.span[0], copy.span[1]) == (0, len(edited))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("44 times", "45 times"),
        ("had fired", "had not fired"),
        ("near Ostrel", "near Norhaven"),
        (
            "Norland's defence minister Ivan Pell said on Monday that Sudria",
            "Sudria's defence minister Ivan Pell said on Monday that Norland",
        ),
    ],
    ids=["number", "negation", "place", "parties"],
)
def test_what_differs_in_substance_is_no_copy(old: str, new: str) -> None:
    """Alike word for word but for a number, a 'not', a name or who said it of whom: two testimonies."""
    assert old in WIRE
    found = read(WIRE, WIRE.replace(old, new))
    assert found.copies == ()
    assert len({s.root for s in found.statements}) == len(found.statements)


def test_a_clause_of_a_statement_is_the_same_testimony_and_no_other_clause_is() -> None:
    """One printing may be cut where the other is not; what has another number, name or "not" is a second one."""
    (one, *_) = read(WIRE).statements
    printed = {key: getattr(one, key) for key in ("party", "position", "about_party", "speaker")} | {"text": WIRE}

    def alike(text: str) -> bool:
        return said_alike(replace(one, text=text), printed)

    assert alike("Sudria had fired 44 times near Ostrel since the truce began")
    assert not alike("Sudria had fired 45 times near Ostrel since the truce began")
    assert not alike("Sudria had not fired 44 times near Ostrel since the truce began")
    assert not alike("Norhaven had fired 44 times near Ostrel since the truce began")
    assert not alike("Sudria had fired 44 mortars at the bridge near Ostrel when the truce began")


def test_chains_end_at_the_first_printing() -> None:
    """A copy of a copy names the first."""
    papers = [Paper(f"d{n}", 0, len(WIRE), WIRE) for n in range(40)]
    copies = find_copies(papers)
    assert len(copies) == 39
    assert {c.of_document for c in copies} == {"d0"}
    assert {c.alike for c in copies} == {1.0}


def test_short_paragraphs_are_copies_only_word_for_word() -> None:
    """Few words are alike too easily."""
    papers = [
        Paper("a", 0, 9, "Norland denied it."),
        Paper("b", 0, 9, "Norland denied it!"),
        Paper("c", 0, 9, "Norland denied this."),
    ]
    assert [(c.document, c.of_document) for c in find_copies(papers)] == [("b", "a")]
