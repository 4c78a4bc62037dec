"""What the trained reader adds, and how rows join sentences."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise, product
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.features import quote_states
from truceline.statements.languages.en import ENGLISH
from truceline.statements.parser import parse
from truceline.statements.reconcile import reconcile
from truceline.statements.rows import rows
from truceline.statements.statement import Confidence, Statement
from truceline.statements.tagger import TURN, Marked, Marks, english, likeliest, mark
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("North", "Norlandic")), Party("bravo", "Sudria", ("South", "Sudrian")))


def told(text: str) -> tuple[Statement, ...]:
    return extract([Document("d1", "press", "e1", "a.txt", text)], PARTIES).statements


def test_a_cue_no_list_holds_is_found_and_not_called_certain() -> None:
    """'joked' is in no table of acts: the words are in the ledger, and whatever is read of them is of low confidence."""
    (statement,) = told("The envoy joked that the road was a lake.")
    assert statement.text == "that the road was a lake"
    assert statement.speaker
    assert statement.confidence is Confidence.LOW
    assert "no act" in statement.reason


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"Yes," he said.', "Yes ,"),
        ("“Yes,” he said. “No.”", "Yes , No ."),
        ("It's the soldiers' road.", ""),
        ("‘We held,’ he said.", "We held ,"),
        ("''We held,'' he said.", "We held ,"),
        ("He said “no and left.", ""),
        ("“We held. We will hold.", "We held . We will hold ."),
        ('"We held. "We will hold."', "We held . We will hold ."),
        ('He "held on "Monday," it said.', "Monday ,"),
    ],
)
def test_quotation_marks_of_every_kind(text: str, inside: str) -> None:
    """Straight, curly, single and doubled marks; a stray one counts for nothing, one that opens runs on or opens again."""
    (words,) = parse([(0, text)])
    numbers, _ = quote_states(words)
    assert " ".join(w.text for w, n in zip(words.words, numbers, strict=True) if n) == inside


def test_marks_are_words_of_the_paragraph_and_do_not_overlap() -> None:
    """Source, cue and content of one attribution share no word."""
    (words,) = parse([(0, "Pell said the guns were silent, adding that Sudria would accuse him of firing anyway.")])
    (marked,) = mark([words], english())
    marks = marked.marks
    assert marks
    for one in marks:
        sets = [set(one.cue), set(one.source), set(one.content)]
        assert sum(map(len, sets)) == len(set.union(*sets))
        assert all(0 <= n < len(words.words) for n in set.union(*sets))


def test_one_quotation_is_one_row_with_its_parts() -> None:
    """Plain sentences of one quotation are joined; a second position begins a row of its own."""
    text = '"The road is open," Norland\'s envoy said. "It is wide. We did not fire. We will keep the truce."'
    found = told(text)
    joined = list(rows(found))
    assert [row["position"] for row in joined] == ["denies", "promises"]
    assert joined[0]["quote"] == "The road is open … It is wide … We did not fire"
    parts = joined[0]["parts"]
    assert isinstance(parts, list)
    assert [part["position"] for part in parts] == ["asserts", "asserts", "denies"]
    assert sum(len(row.get("parts", [1])) for row in joined) == len(found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("“We held the road all night.” — Ivan Pell", "Ivan Pell", "We held the road all night"),
        ('"Nobody fired a shot here." -- Ana Holt, mayor of Ostrel.', "Ana Holt", "Nobody fired a shot here"),
        ("“It was ‘calm’ and “quiet” that day.” ― Jana Orel", "Jana Orel", "It was ‘calm’ and “quiet” that day"),
    ],
)
def test_a_name_behind_a_dash_signs_the_quotation(text: str, speaker: str, words: str) -> None:
    """A paragraph that is one quotation, signed: no verb says so, the dash does."""
    found = told(text + "\n\nThe night was long and the guns were far away from the road.")
    assert [(s.speaker, s.text, s.quoted) for s in found][:1] == [(speaker, words, "direct")]


@pytest.mark.parametrize("text", ["“We held.” — A day later the road was open.", "“We held the road,” he said — Pell"])
def test_other_words_behind_a_dash_sign_nothing(text: str) -> None:
    """A sentence that goes on is no signature."""
    assert "signature" not in {s.reason for s in told(text)}
    assert not [s for s in told(text) if "day later" in s.speaker or s.speaker == "Pell"]


def test_a_verb_before_a_colon_announces_the_next_paragraph() -> None:
    """'He said:' stands alone, and the words come in a paragraph of their own."""
    text = (
        "The road was shelled on Monday.\n\nIvan Pell, the mayor of Ostrel, said:\n\n“We held the road. Nobody fled.”"
    )
    found = [s for s in told(text) if s.quoted == "direct"]
    assert [s.text for s in found] == ["We held the road", "Nobody fled"]
    assert all("Pell" in s.speaker for s in found)
    assert len(list(rows(found))) == 1


def test_one_likely_word_is_found_where_no_stretch_is() -> None:
    """A lone word of content costs two steps, more than a chance of .83 is worth: only then is the path without them."""
    chances = [(0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.17, 0.0, 0.83), (1.0, 0.0, 0.0)]
    assert "C" not in likeliest(chances)
    assert likeliest(chances, turn=0.0) == "SOCO"


@given(st.lists(st.tuples(*[st.floats(0.001, 1)] * 3), min_size=1, max_size=5), st.sampled_from((0.0, TURN)))
def test_no_row_of_labels_is_likelier_than_the_one_found(
    chances: list[tuple[float, float, float]], turn: float
) -> None:
    """Of all rows of O, S and C the one found has the best sum, a turn paid wherever content begins or ends."""

    def worth(row: Iterable[str]) -> float:
        labels = list(row)
        turns = sum((a == "C") != (b == "C") for a, b in pairwise(labels))
        return sum(log(told["OSC".index(one)]) for told, one in zip(chances, labels, strict=True)) - turn * turns

    best = max(worth(row) for row in product("OSC", repeat=len(chances)))
    assert worth(likeliest(chances, turn)) == pytest.approx(best)


def _cued(text: str, cue: tuple[int, ...], source: tuple[int, ...], content: tuple[int, ...]) -> list[tuple[str, str]]:
    """Cue and content of what is made of one mark no rule knows."""
    (parsed,) = parse([(0, text)])
    marked = Marked((Marks(cue, source, content, 0.9),), (0.9,) * len(parsed.words))
    return [
        (text[a.cue[0][0] : a.cue[-1][1]], text[a.pieces[0].spans[0][0] : a.pieces[0].spans[-1][1]])
        for a in reconcile(parsed, (), marked, ENGLISH)
    ]


def test_a_yes_or_no_is_not_torn_from_its_to() -> None:
    """Whichever side of the bar the verb fell, "refused to accept" is the cue; other infinitives are what is said."""
    whole = [("refused to accept", "the proposal")]
    assert _cued("Norland refused to accept the proposal.", (1, 2), (0,), (3, 4, 5)) == whole
    assert _cued("Norland refused to accept the proposal.", (1, 2, 3), (0,), (4, 5)) == whole
    assert _cued("Norland refused to shell the road.", (1, 2), (0,), (3, 4, 5)) == [("refused to", "shell the road")]
    assert _cued("Norland refused to accept.", (1, 2), (0,), (3,)) == [("refused to", "accept")]


def test_a_modal_and_a_negation_are_no_cue() -> None:
    """ "Will never" tells nobody's words: it belongs to the verb behind it."""
    assert _cued("We will never allow their guns there.", (1, 2), (0,), (3, 4, 5, 6)) == []
    assert _cued("We will never allow their guns there.", (1, 2, 3), (0,), (4, 5, 6)) != []
