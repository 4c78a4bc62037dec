"""The texts written for training say what their data card says: every string stands in its text, every name is known."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "benchmarks")]

from position import KEPT, Judged, overlap, paired  # noqa: E402
from written import HELD, ROLES, Text, spans_of, texts  # noqa: E402

from truceline.statements.statement import Position  # noqa: E402

FOLDER = ROOT / "tools" / "written"
POSITIONS = {str(position) for position in Position}


@cache
def everything() -> list[Text]:
    """All texts, read once: there are 47,000."""
    return texts(FOLDER)


def test_every_label_stands_in_its_text() -> None:
    """A label's strings are slices of its text, its position is one of the fifteen, its parties are the file's own."""
    for text in everything():
        known = {party.id for party in text.parties} | {"third", None}
        for label in text.labels:
            assert label.content, text.id
            assert label.position in POSITIONS, text.id
            assert {label.party, label.about} <= known, text.id


def test_no_label_begins_inside_a_word() -> None:
    """ "he" is not the end of "the": a label's first and last letters are those of words."""
    for text in everything():
        for label in text.labels:
            for a, b in (*label.source, *label.cue, *label.content):
                assert not (text.text[a - 1 : a].isalnum() and text.text[a].isalnum()), (text.id, text.text[a:b])
                assert not (text.text[b : b + 1].isalnum() and text.text[b - 1].isalnum()), (text.id, text.text[a:b])


def test_the_card_counts_what_is_there() -> None:
    """The numbers of texts and statements in the data card are the files' own."""
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    told, labels = Counter[str](), Counter[str]()
    for text in everything():
        stem = text.id.rsplit("-", 1)[0]
        told[stem] += 1
        labels[stem] += len(text.labels)
    for path in FOLDER.glob("*.jsonl"):
        row = re.search(rf"\| `{path.stem}` \| [^|]+ \| (\d+) \| (\d+) \|", card)
        assert row is not None, path.stem
        assert [int(n) for n in row.groups()] == [told[path.stem], labels[path.stem]], path.stem


def test_positions_given_to_the_corpus_hold_none_of_its_words() -> None:
    """Beside PolNeAR's paragraphs stand digests of articles' names, numbers of statements, and positions or none."""
    told = json.loads((FOLDER / "polnear.positions.json").read_text(encoding="utf-8"))
    assert set(told) == {"parties", "positions"}
    assert all(re.fullmatch("[0-9a-f]{16}", article) for article in told["positions"])
    for statements in told["positions"].values():
        assert all(number.isdecimal() for number in statements)
        assert set(statements.values()) <= POSITIONS | {None}


def test_labels_of_the_corpus_by_our_guide_hold_none_of_its_words() -> None:
    """Beside digests and places stand offsets and positions: nothing of an article can be read back."""
    told = json.loads((FOLDER / "polnear.statements.json").read_text(encoding="utf-8"))
    assert all(re.fullmatch("[0-9a-f]{16}", article) for article in told)
    for paragraphs in told.values():
        assert all(start.isdecimal() for start in paragraphs)
        for label in (one for labels in paragraphs.values() for one in labels):
            assert set(label) == {*ROLES, "position"}
            assert label["position"] in POSITIONS
            assert label["content"]
            assert all(type(at) is int for role in ROLES for span in label[role] for at in span)


def test_nothing_of_the_gold_was_learned_from() -> None:
    """No text of the gold, held out or not, is among the texts the weights were trained on."""
    written = {text.text for text in everything()}
    gold = ROOT / "tests" / "data" / "statements"
    for path in sorted([*gold.glob("*.txt")]):
        items = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        words = path.read_text(encoding="utf-8")
        assert not written & {words[item["start"] : item["end"]] for item in items}, path.name


def test_what_is_scored_as_kept_from_training_is_kept_from_it() -> None:
    """The files the benchmark calls kept are those the trainer leaves out, and each is there."""
    assert {f"{name}-" for name in KEPT} == set(HELD)
    assert set(KEPT) <= {path.stem for path in FOLDER.glob("*.jsonl")}


def test_the_second_of_two_equal_words_can_be_named() -> None:
    """A string with a number is its n-th occurrence, and spans come in the order of the text."""
    assert spans_of("it said it was", [{"x": "it", "n": 2}, "said"]) == [(3, 7), (8, 10)]
    with pytest.raises(ValueError, match="substring not found"):
        spans_of("it said", [{"x": "it", "n": 2}])


def test_overlap_is_the_jaccard_index_of_characters() -> None:
    """Half of ten characters in common, fifteen touched in all: a third."""
    assert overlap([(0, 10)], [(5, 15)]) == pytest.approx(1 / 3)
    assert paired([], []) == {}


def test_a_statement_is_paired_with_the_label_it_shares_most_with() -> None:
    """One to one, the nearest first; who shares nothing, or no more than is asked for, has no pair."""
    labels = [{"content": [(0, 10)], "cue": [(20, 24)]}, {"content": [(5, 15)], "cue": [(20, 24)]}]
    ours = [Judged("denies", [(20, 24)], [(5, 15)]), Judged("asserts", [(20, 24)], [(12, 40)])]
    assert paired(labels, ours) == {1: 0}
    assert paired(labels, ours[1:]) == {1: 0}
    assert paired(labels, ours[1:], least=0.2) == {}
