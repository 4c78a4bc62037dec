"""Names exchanged for training: other names in the same places, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools")]

from encoder_names import Names  # noqa: E402

PIECES = ["[UNK]", "[CLS]", "[SEP]", "spain", "vess", "##land", "north", "##ian", "##ern", "says", "monday", "truce"]
NUMBER = {piece: n for n, piece in enumerate(PIECES)}
LABELS = {"pieces": PIECES, "tags": ["JJ", "NN", "NNP", "VBZ"]}


def _item(*words: tuple[str, str]) -> dict[str, Any]:
    """Words as their pieces beside each other ("vess ##land") and their tags."""
    ids, first = [NUMBER["[CLS]"]], []
    for word, _ in words:
        first.append(len(ids))
        ids += [NUMBER[piece] for piece in word.split()]
    return {
        "ids": [*ids, NUMBER["[SEP]"]],
        "first": first,
        "tags": [LABELS["tags"].index(tag) + 1 for _, tag in words],
    }


def _draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - draws of a test


TOLD = [
    _item(("spain", "NNP"), ("says", "VBZ"), ("monday", "NNP")),
    _item(("north", "NNP"), ("says", "VBZ"), ("truce", "NN")),
    _item(("vess ##land", "NNP"), ("says", "VBZ"), ("spain", "NNP")),
    _item(("north ##ern", "NNP"), ("says", "VBZ"), ("truce", "NN")),
]


def test_names_are_exchanged_for_names_as_long_and_nothing_else_moves() -> None:
    """Of one name come others with as many pieces; a day, a verb and a plain noun stay; all places stay."""
    names = Names(TOLD, LABELS)
    seen = set()
    for seed in range(40):
        other = names.exchanged(TOLD[0], _draw(seed))
        assert other["first"] == TOLD[0]["first"]
        assert other["tags"] == TOLD[0]["tags"]
        assert other["ids"][2:] == TOLD[0]["ids"][2:]
        seen.add(PIECES[other["ids"][1]])
    assert seen == {"spain", "north"}


def test_a_name_whose_people_are_named_beside_it_stays() -> None:
    """Whose act it is, "North" and "Northian" tell together: neither is exchanged alone."""
    names = Names(TOLD, LABELS)
    both = _item(("north", "NNP"), ("says", "VBZ"), ("north ##ian", "JJ"), ("truce", "NN"))
    assert all(names.exchanged(both, _draw(seed))["ids"] == both["ids"] for seed in range(40))


def test_one_name_is_one_other_name_in_a_whole_text() -> None:
    """Who speaks and whose troops they are stay the same one."""
    names = Names(TOLD, LABELS)
    twice = _item(("spain", "NNP"), ("says", "VBZ"), ("spain", "NNP"))
    for seed in range(40):
        other = names.exchanged(twice, _draw(seed))["ids"]
        assert other[1] == other[3]


def test_two_names_never_become_one() -> None:
    """Who accuses and who is accused stay two."""
    names = Names(TOLD, LABELS)
    two = _item(("spain", "NNP"), ("says", "VBZ"), ("north", "NNP"))
    for seed in range(40):
        other = names.exchanged(two, _draw(seed))["ids"]
        assert other[1] != other[3]


def test_a_word_that_is_no_name_somewhere_in_a_text_stays() -> None:
    """Else half of it would be exchanged."""
    names = Names(TOLD, LABELS)
    both = _item(("north", "NNP"), ("says", "VBZ"), ("north", "JJ"))
    assert all(names.exchanged(both, _draw(seed))["ids"] == both["ids"] for seed in range(40))


def test_half_of_the_texts_stay_as_they_are() -> None:
    """What is learned of real names is not lost."""
    names = Names(TOLD, LABELS)
    kept = sum(names.exchanged(TOLD[2], _draw(seed)) is TOLD[2] for seed in range(200))
    assert 70 < kept < 130
