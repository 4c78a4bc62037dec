"""Bounds moved for training: the same statement, a little more or less of it, and never nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools")]

from encoder_bounds import CUE, OF_ANOTHER, OF_THIS_CUE, SAID, SOURCE, with_shaken_bounds  # noqa: E402

MARKS = [0, OF_THIS_CUE, OF_THIS_CUE, OF_THIS_CUE, 0, OF_ANOTHER, OF_ANOTHER, 0, OF_ANOTHER]
CASE = {"parts": [0, 0, SOURCE, SOURCE, CUE, CUE, *[SAID] * 9, 0, 0, 0, 0, CUE], "label": 3, "whose": [0] * 20}


def _draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - draws of a test


@given(st.integers(), st.lists(st.sampled_from([0, CUE, SOURCE, SAID, 4]), min_size=1, max_size=40))
def test_what_is_moved_stays_a_statement(seed: int, parts: list[int]) -> None:
    """As many places as words; cue, source and "said besides" become no part of what is said; some of it stays."""
    text = {"roles": [], "cases": [{"parts": parts, "label": 1}], "text": "t"}
    (moved,) = with_shaken_bounds(text, _draw(seed))["cases"]
    assert len(moved["parts"]) == len(parts)
    assert moved["label"] == 1
    assert all(now in (was, 0) or (was == 0 and now == SAID) for was, now in zip(parts, moved["parts"], strict=True))
    assert (SAID in moved["parts"]) == (SAID in parts)
    assert (CUE in moved["parts"]) == (CUE in parts)


def test_a_third_of_the_statements_is_moved_in_every_way() -> None:
    """Over many draws bounds grow and shrink, a cue is halved, a source lost; two in three stay as labelled."""
    seen = [
        with_shaken_bounds({"roles": [], "cases": [CASE]}, _draw(seed))["cases"][0]["parts"] for seed in range(2_000)
    ]
    whole = CASE["parts"]
    assert 0.6 < sum(parts == whole for parts in seen) / len(seen) < 0.72
    assert {parts.count(SAID) > 9 for parts in seen} == {True, False}
    assert not any(SAID in parts[:6] or parts[19] == SAID for parts in seen)  # cue, source and what is behind them
    behind = {"parts": [CUE, 0, 0, *[SAID] * 9], "label": 3}
    assert any(
        with_shaken_bounds({"roles": [], "cases": [behind]}, _draw(n))["cases"][0]["parts"][2] == SAID
        for n in range(200)
    )
    assert any(parts[15] == SAID for parts in seen)
    assert any(parts.count(CUE) == 2 for parts in seen)
    assert any(parts.count(SOURCE) == 0 for parts in seen)
    assert any(0 in parts[7:14] for parts in seen)


def test_a_cue_is_half_seen_and_never_unseen() -> None:
    """Of a longer cue a word is lost now and then, of a short one none; a cue beside it is seen whole or not at all."""
    shown = [with_shaken_bounds({"roles": [[MARKS, [1]]]}, _draw(n))["roles"][0][0] for n in range(2_000)]
    kept = [marks.count(OF_THIS_CUE) for marks in shown]
    assert set(kept) == {2, 3}
    assert 0.66 < kept.count(3) / len(kept) < 0.74
    assert {(marks[5], marks[6], marks[8]) for marks in shown} == {(a, a, b) for a in (0, 2) for b in (0, 2)}
    assert 0.76 < sum(marks[8] == OF_ANOTHER for marks in shown) / len(shown) < 0.84
    assert with_shaken_bounds({"roles": [[[0, OF_THIS_CUE], [1]]]}, _draw(1))["roles"] == [([0, OF_THIS_CUE], [1])]


def test_the_same_draw_gives_the_same_bounds() -> None:
    """Weights can be made again."""
    text = {"roles": [[MARKS, [7], [8], [9]]] * 50, "cases": [CASE] * 50}
    assert with_shaken_bounds(text, _draw(5)) == with_shaken_bounds(text, _draw(5))
    assert text["cases"] == [CASE] * 50
