"""Which pieces of words the transformer keeps: a short list must hold the words this program is about."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "benchmarks")]

import encoder_items  # noqa: E402

from truceline.statements.pieces import Labels  # noqa: E402

LISTED = ["[unused0]", "[UNK]", "[CLS]", "[SEP]", "中", "d", "##ies", "den", "album", "guitar", "denies", "truce", ""]


def test_own_words_are_kept_whole_and_the_rest_is_filled_from_the_front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ "denies" is late in the base model's list and stays; "guitar" comes after what fills it; no other script does."""
    (tmp_path / "vocab.txt").write_text("\n".join(LISTED), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(json.dumps({"t": "North denies it."}) + "\n", encoding="utf-8")
    monkeypatch.setattr(encoder_items, "VOCABULARY", 8)
    kept = encoder_items.entries(tmp_path, tmp_path)
    assert list(kept.values()) == ["[UNK]", "[CLS]", "[SEP]", "d", "##ies", "den", "album", "denies"]
    assert list(kept) == sorted(kept)
    assert all(LISTED[row] == entry for row, entry in kept.items())


def test_the_shipped_pieces_hold_the_words_of_a_truce() -> None:
    """What was cut once ("denies" and "ceasefire" were read in pieces) is in the weights that are shipped."""
    from truceline.statements.tagger import english

    pieces = english().labels.pieces
    for word in (
        "denies",
        "denying",
        "confirming",
        "insists",
        "rejects",
        "pledged",
        "truce",
        "ceasefire",
        "hostilities",
    ):
        assert word in pieces


def test_a_statement_without_a_cue_has_its_predicate_marked() -> None:
    """The first predicate of the sentence inside the words said is marked; one that is a cue already stays one; a
    statement with a cue, and one the program found, mark nothing."""
    labels = Labels.of({"pieces": [], "deps": ["ROOT", "conj", "nsubj"], "tags": ["MD", "NN", "VB"]})
    item = {  # four sentences of three words, each with one predicate
        "deps": [3, 1, 0, 2, 2, 0, 3, 1, 0, 3, 1, 0, 3, 1, 0],
        "tags": [2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3, 2],
        "cues": [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        "cases": [
            {"how": "label", "start": 0, "parts": [3, 3, 3, 3, 3]},  # the head of the sentence before what is joined
            {"how": "label", "start": 3, "parts": [3, 3, 3]},  # a noun joined to it is none, a verb is
            {"how": "label", "start": 6, "parts": [3, 3]},
            {"how": "label", "start": 9, "parts": [1, 3, 3]},
            {"how": "known", "start": 12, "parts": [3, 3, 3]},
        ],
    }
    encoder_items.mark_own_words(item, labels)
    own = encoder_items.OWN
    assert item["cues"] == [0, own, 0, 0, own, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_what_newspapers_pass_over_teaches_our_guide_nothing_about_verbs() -> None:
    """The press's head learns from the press alone; ours learns there what was marked, and that other words are none."""
    tags = ["NN", "VBD"]
    press = {"text": "polnear-a-0", "cues": [0, 1, 0, 0], "tags": [1, 2, 2, 0]}
    ours = {"text": "wires-3", "cues": [0, 1, 3, 0], "tags": [1, 2, 2, 0]}
    article = {"cues": [0, 2, 0, 3], "tags": [1, 2, 2, 0]}
    for item in (press, ours, article):
        encoder_items.apart(item, tags)
    outside = encoder_items.OUTSIDE
    assert (press["cues"], press["press"]) == ([0, 1, outside, 0], [0, 1, 0, 0])
    assert (ours["cues"], ours["press"]) == ([0, 1, 3, 0], [outside] * 4)
    assert (article["cues"], article["press"]) == ([0, 2, outside, 3], [0, 2, 0, 0])
