"""When a reader in training is cut, and to what: what is left in the end is what was asked for."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tools")]

from train_encoder import CUT_FROM, CUT_UNTIL, CUTS, cuts_of  # noqa: E402


@given(st.floats(0.05, 0.95), st.integers(100, 100_000))
def test_a_reader_is_cut_to_the_share_asked_for_and_then_learns_on(keep: float, steps: int) -> None:
    """Fifteen cuts, each leaving less, the first ones most; the last leaves `keep`, with half of the steps to come."""
    cuts = cuts_of(keep, steps)
    at, left = list(cuts), list(cuts.values())
    assert len(cuts) == CUTS == 15
    assert at == sorted(at)
    assert CUT_FROM * steps - 1 <= at[0] <= at[-1] <= CUT_UNTIL * steps + 1 <= steps
    taken = [before - after for before, after in zip([1.0, *left], left, strict=False)]
    assert all(more > less > 0 for more, less in pairwise(taken))
    assert abs(left[-1] - keep) < 1e-9


def test_the_run_that_made_the_first_narrow_reader_was_cut_so() -> None:
    """1,500 batches to a fifth: the first cut after the 115th leaves 85 of a hundred, the last after the 675th 20."""
    cuts = cuts_of(0.2, 1_500)
    assert (min(cuts), max(cuts)) == (115, 675)
    assert [round(cuts[at], 2) for at in (115, 155, 395, 675)] == [0.85, 0.72, 0.28, 0.2]
