"""Which pieces of words the transformer keeps: a short list must hold the words this program is about."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "benchmarks")]

import encoder_items  # noqa: E402

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

    pieces = english().reader.labels.pieces
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
