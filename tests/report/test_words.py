"""The fixed wording answers plainly, adds up in print, and keeps apart what has to be apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.assessment import COUNTED, Grade, State
from truceline.assessment.likelihood import BANDS
from truceline.compliance import Verdict
from truceline.report import plain, words
from truceline.report.reconcile import COUNTED_GRADES
from truceline.statements.statement import Position
from truceline.terms.party import Origin


def line(active: float, quiet: float, undetermined: float, not_observed: float) -> dict[str, dict[str, float]]:
    return {"state_km": {"active": active, "quiet": quiet, "undetermined": undetermined, "not_observed": not_observed}}


def test_one_sentence_answers_the_three_questions() -> None:
    """Where it was silent, where it was not, and where nobody could see: lengths and shares."""
    said = words.answer(line(150, 50, 700, 112), None, looks_known=True).replace(plain.NBSP, " ")
    assert said == (
        "Of 1,012 km of line, 150 km (15 %) was not silent, 50 km (5 %) was quiet, "
        "for 700 km (69 %) it cannot be told, and 112 km (11 %) nobody could see."
    )


def test_no_quiet_is_said_plainly() -> None:
    """Nothing quiet is no blank and no zero: it is a sentence. And what is unknown was not looked at by that alone."""
    said = words.answer(line(0, 0, 1000, 0), None, looks_known=False)
    assert "no part can be called quiet" in said
    assert "How much of it was looked at is not known" in said
    assert "looked at" not in words.answer(line(0, 0, 1000, 0), None, looks_known=True)
    assert "how much of it was looked at is not known" in words.answer(line(0, 10, 990, 0), None, looks_known=False)


@pytest.mark.parametrize(("state", "says"), [
    ((300, 0, 0, 0), "No part of 300 km of line was silent."),
    ((0, 300, 0, 0), "All of 300 km of line was quiet: no incident was counted, and one would have been seen."),
    ((0, 0, 0, 300), "Nobody could see any of 300 km of line: no incident was counted, and no part can be called quiet."),
])  # fmt: skip
def test_a_line_in_one_state_is_told_in_one_plain_clause(state: tuple[float, ...], says: str) -> None:
    """Nobody has to read three clauses that say none to learn the one that says all."""
    assert words.answer(line(*state), None, looks_known=True).replace(plain.NBSP, " ") == says


def test_without_a_line_nothing_is_claimed() -> None:
    """No map gives no kilometres, and the reason."""
    assert words.answer(None, "the map is missing.", looks_known=False) == (
        "Nothing can be said of any part of the line: the map is missing."
    )


@given(st.lists(st.floats(0, 2000), min_size=4, max_size=4))
def test_printed_lengths_add_up_to_the_printed_whole(values: list[float]) -> None:
    """Whatever the lengths, the parts a reader adds up give the total that is printed."""
    decimals = 0 if sum(values) >= 100 else 1
    shown = plain.apportion(values, decimals)
    assert sum(shown) == pytest.approx(round(math.fsum(values), decimals), abs=1e-6)
    assert all(abs(a - b) <= 10**-decimals + 1e-9 for a, b in zip(values, shown, strict=True))


@given(st.lists(st.floats(0.001, 2000), min_size=4, max_size=4))
def test_something_is_never_printed_as_nothing(values: list[float]) -> None:
    """A state with any length at all shows neither 0 km nor 0 %."""
    for _, length, percent in words.line_parts(dict(zip(words.STATES, values, strict=True))):
        assert length != "0"
        assert not percent.startswith("0")


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("confidence", ["low", "moderate", "high"])
def test_likelihood_and_confidence_never_share_a_sentence(band: object, confidence: str) -> None:
    """ICD 203, section D.6.e.(2)(a)."""
    occurrence = {"likelihood": band.word, "range": band.text, "confidence": confidence}  # type: ignore[attr-defined]
    likely, sure = words.likelihood_sentence(occurrence), words.confidence_sentence(occurrence)
    assert "onfidence" not in likely
    assert not any(f" {b.word} " in f" {sure} " for b in BANDS)
    assert likely.endswith(".")
    assert sure.endswith(".")


def test_every_word_of_the_rooms_has_a_wording() -> None:
    """A state, grade, verdict, position or origin that a room adds needs its words here."""
    assert list(words.STATE_WORDS) == list(words.STATE_MEANING) == list(words.STATES) == [str(s) for s in State]
    assert list(words.GRADE_WORDS) == list(words.GRADE_MEANING) == list(words.GRADES) == [str(g) for g in Grade]
    assert list(words.FINDING_WORDS) == list(words.FINDING_SHORT) == [str(v) for v in Verdict]
    assert list(words.POSITION_WORDS) == [str(p) for p in Position]
    assert list(words.ORIGIN_WORDS) == list(words.ORIGIN_SHORT) == [str(o) for o in Origin]
    assert {str(g) for g in COUNTED} == set(COUNTED_GRADES)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31mb", "a⟨U+001B⟩[31mb"),
        ("\u202egnp.exe", "⟨U+202E⟩gnp.exe"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("zero\u200bwidth", "zero⟨U+200B⟩width"),
        ("half \ud800", "half ⟨U+D800⟩"),
        ("می‌خواهم", "می‌خواهم"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_cannot_be_seen_is_shown(text: str, shown: str) -> None:
    """No character may hide, or turn the line around; spelling of other scripts is left alone."""
    assert plain.visible(text) == shown
    assert plain.has_unseen(text) == (text != shown)


@given(st.text())
def test_anchors_are_safe_in_a_link(text: str) -> None:
    """Whatever an id holds, its anchor is letters, digits, - and _, and the same every time."""
    found = plain.anchor("incident", text)
    assert found == plain.anchor("incident", text)
    assert all(char.isascii() and (char.isalnum() or char in "-_") for char in found)
