"""The learned opinion beside the rules: when it decides, what it may never decide, and what is printed of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.statements import extract, opinion, story
from truceline.statements.encoder import PARTS, WHOSE, Shown
from truceline.statements.features import Sheet
from truceline.statements.opinion import ALL_BUT_SURE, EVEN, HINTS, KEPT_AT, NINE_IN_TEN, POSITIONS
from truceline.statements.parser import parse
from truceline.statements.statement import Confidence, Position, Statement
from truceline.statements.tagger import english
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("North", "Norlandic")), Party("bravo", "Sudria", ("South", "Sudrian")))


def told(text: str) -> tuple[Statement, ...]:
    return extract([Document("d1", "press", "e1", "a.txt", text)], PARTIES).statements


def sure_of(monkeypatch: pytest.MonkeyPatch, chances: dict[Position, float]) -> None:
    """Let the reader say the same of every statement; what is left of the chance is spread over the others."""
    left = (1 - sum(chances.values())) / (len(POSITIONS) - len(chances))
    every = {position: chances.get(position, left) for position in POSITIONS}
    monkeypatch.setattr(opinion, "chances", lambda _seen, _shown: every)


def test_where_reader_and_rules_differ_both_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The likelier position stands, with its chance and what the rules read; its confidence is never high."""
    (ruled,) = told("Norland's army said the road was open.")
    assert (ruled.position, ruled.confidence) == (Position.ASSERTS, Confidence.HIGH)
    sure_of(monkeypatch, {Position.PREDICTS: 0.9})
    (learned,) = told("Norland's army said the road was open.")
    assert learned.position is Position.PREDICTS
    assert learned.reason == f"learned, chance 0.90; the rules: {ruled.position}, {ruled.reason}"
    assert learned.confidence is Confidence.MODERATE


def test_a_learned_position_below_an_even_chance_is_of_low_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.45 is the likeliest of fifteen and still more often wrong than right: plain words it does not overrule at all."""
    sure_of(monkeypatch, {Position.CALLS_FOR: 0.45})
    (learned,) = told("Norland's army said it would open the road.")
    assert (learned.position, learned.confidence) == (Position.CALLS_FOR, Confidence.LOW)
    (plain,) = told("Norland's army said the road was open.")
    assert (plain.position, "learned" in plain.reason) == (Position.ASSERTS, False)


def test_what_the_rules_read_stays_while_it_is_likely(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading of the rules with a fair chance stands, though another position is a little likelier."""
    sure_of(monkeypatch, {Position.PREDICTS: 0.6, Position.ASSERTS: KEPT_AT})
    (kept,) = told("Norland's army said the road was open.")
    assert kept.position is Position.ASSERTS
    assert "learned" not in kept.reason


@pytest.mark.parametrize(
    ("text", "reading", "learned"),
    [
        ("Norland denied shelling Velm.", Position.DENIES, Position.NEITHER_CONFIRMS_NOR_DENIES),
        ("Norland neither confirmed nor denied the strike.", Position.NEITHER_CONFIRMS_NOR_DENIES, Position.DENIES),
        ("Norland refused to comment on the strike.", Position.NO_COMMENT, Position.NEITHER_CONFIRMS_NOR_DENIES),
        (
            "Norland did not say it could neither confirm nor deny it.",
            Position.UNCLEAR,
            Position.NEITHER_CONFIRMS_NOR_DENIES,
        ),
    ],
)
def test_a_denial_and_a_neither_are_never_swapped_on_a_likelihood(
    monkeypatch: pytest.MonkeyPatch, text: str, reading: Position, learned: Position
) -> None:
    """The worst mistake of all: whoever said neither is not made to deny, however sure a network is."""
    sure_of(monkeypatch, {learned: 0.99})
    assert {s.position for s in told(text)} == {reading}


@pytest.mark.parametrize(
    ("text", "learned"),
    [
        ("Norland's army said its guns were busy that night.", Position.ACCUSES),
        ("Norland's army said Sudrian guns were busy that night.", Position.ACKNOWLEDGES),
    ],
)
def test_whose_act_it_is_no_likelihood_decides(monkeypatch: pytest.MonkeyPatch, text: str, learned: Position) -> None:
    """Nobody accuses its own side, nobody admits another's act: names tell whose it is."""
    sure_of(monkeypatch, {learned: 0.99})
    assert [s.position for s in told(text)] == [Position.ASSERTS]


@pytest.mark.parametrize(
    ("text", "reading", "learned"),
    [
        ("Norland rejected the plan.", Position.REJECTS, Position.ACCEPTS),
        ("Norland accepted the plan.", Position.ACCEPTS, Position.REJECTS),
        ("Norland said heavy guarantees would be required.", Position.CONDITIONS, Position.ASSERTS),
        ("Norland said heavy guarantees would be required.", Position.CONDITIONS, Position.CALLS_FOR),
        ("Norland said Sudria must pull back first.", Position.CALLS_FOR, Position.CONDITIONS),
        ("Norland promised to open the road.", Position.PROMISES, Position.UNCLEAR),
        ("Norland could not confirm the strike.", Position.UNCLEAR, Position.NEITHER_CONFIRMS_NOR_DENIES),
        ("Norland said two bridges were down.", Position.ASSERTS, Position.REPORTS),
        ("Norland said it had not fired.", Position.DENIES, Position.ACKNOWLEDGES),
        ("The mission said the bridge was down.", Position.REPORTS, Position.ACCUSES),
    ],
)
def test_what_the_rules_know_best_yields_only_where_all_is_but_sure(
    monkeypatch: pytest.MonkeyPatch, text: str, reading: Position, learned: Position
) -> None:
    """A network that thinks three times of four that who refused agreed does not turn it round.

    What the rules saw hang on a condition yields from nine in ten.
    """
    bar = NINE_IN_TEN if reading is Position.CONDITIONS else ALL_BUT_SURE
    sure_of(monkeypatch, {learned: bar - 0.05})
    assert [s.position for s in told(text)] == [reading]
    sure_of(monkeypatch, {learned: bar + 0.05})
    assert [s.position for s in told(text)] == [learned]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Norland's minister would not vouch for the story and would not disown it.", "neither_confirms_nor_denies"),
        ("Norland's minister did not disown the story.", "unclear"),
        ("Norland did not refuse to confirm or deny the story.", "unclear"),
        ("Norland has at no time disputed that the bonds are hers.", "unclear"),
    ],
)
def test_both_halves_make_a_neither_in_other_words_too_and_one_half_makes_none(text: str, position: str) -> None:
    """What no list of words holds is read by the shipped weights; a half alone, or an even number, stays unclear."""
    assert [str(s.position) for s in told(text)] == [position]


def test_who_passes_on_asserts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mission that tells what it saw takes no side by that, however sure a network is."""
    sure_of(monkeypatch, {Position.ASSERTS: 0.99})
    assert [s.position for s in told("The mission said the bridge was down.")] == [Position.REPORTS]


def test_plain_words_become_an_admission_from_an_even_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules saw no shape in yields to an admission as it yields to anything else; so does what they know."""
    sure_of(monkeypatch, {Position.ACKNOWLEDGES: EVEN - 0.05})
    assert [s.position for s in told("The mission said the bridge was down.")] == [Position.REPORTS]
    for chance, position in ((EVEN - 0.05, Position.ASSERTS), (EVEN + 0.05, Position.ACKNOWLEDGES)):
        sure_of(monkeypatch, {Position.ACKNOWLEDGES: chance})
        assert [s.position for s in told("Norland's army said its guns were busy that night.")] == [position]


def test_what_another_will_do_if_is_foretold_unless_a_condition_is_all_but_certain(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The grammar tells whose act it is to come: eight times of ten are not enough to make terms of a forecast."""
    text = "Norland's army said Sudria will open the road if the shelling stops."
    for chance, position in ((NINE_IN_TEN - 0.05, Position.PREDICTS), (NINE_IN_TEN + 0.05, Position.CONDITIONS)):
        sure_of(monkeypatch, {Position.CONDITIONS: chance})
        assert [s.position for s in told(text)] == [position]


def test_he_may_be_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose act "his" tells is a guess: it does not keep a charge from being read."""
    sure_of(monkeypatch, {Position.ACCUSES: ALL_BUT_SURE + 0.05})
    assert [s.position for s in told("Norland's minister said he was losing the war.")] == [Position.ACCUSES]


def test_nobody_is_given_words_it_is_not_said_that_they_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under doubt the reader is not asked."""
    sure_of(monkeypatch, {Position.ACKNOWLEDGES: 0.99})
    found = told("It would be wrong to write that Norland admitted the attack.")
    assert all(s.position is Position.UNCLEAR for s in found)


def test_words_are_shown_by_their_part_and_their_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cue, source and statement are marked; whose a word is, is told for the statement's own words."""
    seen: list[Shown] = []

    def looked(_seen: object, shown: Shown) -> None:
        seen.append(shown)

    monkeypatch.setattr(opinion, "chances", looked)
    told("Norland said its guns had not hit the Sudrian post.")
    (shown,) = seen
    words = ["Norland", "said", "its", "guns", "had", "not", "hit", "the", "Sudrian", "post", "."]
    parts = {word: PARTS[part] for word, part in zip(words, shown.parts, strict=True)}
    whose = {word: WHOSE[side] for word, side in zip(words, shown.whose, strict=True)}
    assert (parts["Norland"], parts["said"], parts["guns"], parts["."]) == ("source", "cue", "said", "")
    assert (whose["guns"], whose["Sudrian"], whose["hit"]) == ("own", "another's", "")
    assert {"rule denies", "act assert", "about own", "party told"} <= set(shown.hints) <= set(HINTS)


(WORDS,) = parse([(0, "The mission said its patrol had been stopped. Norland would not say by whom.")])
(SEEN,) = english().read([Sheet(WORDS)])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_chances_are_chances(data: st.DataObject) -> None:
    """Whatever is marked in whatever stretch: fifteen numbers between nothing and one that sum to one."""
    start = data.draw(st.integers(0, len(WORDS.words) - 1))
    past = data.draw(st.integers(start + 1, len(WORDS.words)))
    parts = tuple(data.draw(st.integers(0, len(PARTS) - 1)) for _ in range(start, past))
    whose = tuple(data.draw(st.integers(0, len(WHOSE) - 1)) for _ in range(start, past))
    hints = tuple(data.draw(st.lists(st.sampled_from((*HINTS, "unheard of")), max_size=4)))
    found = opinion.chances(SEEN, Shown(start, past, parts, whose, hints))
    assert found is not None
    assert tuple(found) == POSITIONS
    assert all(0 <= chance <= 1 for chance in found.values())
    assert sum(found.values()) == pytest.approx(1, abs=1e-5)


def test_what_was_read_in_two_parts_is_left_to_the_rules() -> None:
    """A statement over the edge of a chunk has no opinion."""
    assert opinion.chances(SEEN, Shown(0, len(WORDS.words) + 1, (), (), ())) is None


def test_the_reader_is_asked_in_every_paragraph() -> None:
    """The door the training tool records through is the one the program reads through."""
    assert story.settled is opinion.settled
