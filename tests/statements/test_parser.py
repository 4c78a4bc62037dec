"""The parsed paragraph: which words lie where."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from truceline.statements.parser import parse

TEXT = "The army said on Monday that it had not fired. “We hold our line,” a spokesman added; nobody was hurt."
(WORDS,) = parse([(40, TEXT)])
PLACES = st.integers(30, 40 + len(TEXT) + 10)


@given(st.lists(st.tuples(PLACES, PLACES), max_size=4))
def test_words_within_stretches_are_those_that_begin_there(spans: list[tuple[int, int]]) -> None:
    """Whatever the stretches, empty, backwards, beside the text or across each other: none is missed, none added."""
    plainly = {word.i for word in WORDS.words if any(start <= word.start < end for start, end in spans)}
    assert WORDS.within(spans) == plainly
