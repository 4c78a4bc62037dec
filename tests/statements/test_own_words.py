"""What is said without a cue, as the learned reader finds it: where it begins and ends, and where it is looked for."""

from __future__ import annotations

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.attribution import Attribution
from truceline.statements.languages import LANGUAGES
from truceline.statements.own_words import LIKELY_AT, LIKELY_WORDS, OWN_WORDS, own_words
from truceline.statements.parser import parse
from truceline.statements.quotes import quotations


def found(text: str, *predicates: str, chance: float = LIKELY_AT) -> list[Attribution]:
    """Attributions where the reader is given these words as predicates."""
    (words,) = parse([(0, text)])
    likely = [chance if word.text in predicates else 0.0 for word in words.words]
    return own_words(words, [], quotations(text, 0, len(text)), LANGUAGES["en"], likely)


@pytest.mark.parametrize(
    ("text", "predicate", "told"),
    [
        ("Let those who fired answer for it.", "Let", "Let those who fired answer for it"),
        ("And the mines must be lifted first.", "lifted", "the mines must be lifted first"),
        ("If they cross, the road is closed to them.", "closed", "If they cross, the road is closed to them"),
    ],
)
def test_a_likely_predicate_brings_its_clause(text: str, predicate: str, told: str) -> None:
    """The clause with its condition and without what joins it; nobody is named as its source."""
    (one,) = found(text, predicate)
    (piece,) = one.pieces
    assert [text[a:b] for a, b in piece.spans] == [told]
    assert (one.note, one.source) == (LIKELY_WORDS, ())


def test_an_unlikely_predicate_brings_nothing() -> None:
    """It is plain narration."""
    assert found("The mines must be lifted first.", "lifted", chance=LIKELY_AT - 0.01) == []


def test_what_stands_between_marks_is_somebodys() -> None:
    """Quotations have speakers of their own, or are told as nobody's elsewhere."""
    assert found('The banner read "The mines must be lifted first" in two scripts.', "lifted") == []


@pytest.mark.parametrize(
    "text", ["The mines must be lifted before we talk.", "Before we talk, the mines must be lifted."]
)
def test_a_clause_is_told_once(text: str) -> None:
    """A predicate inside a clause that was found is no second statement, wherever it stands."""
    (one,) = found(text, "lifted", "talk")
    assert text.startswith("".join(text[a:b] for a, b in one.pieces[0].spans))


def test_ours_are_the_source() -> None:
    """ "Our troops" speak for whoever writes; of others something is said, and by nobody named."""
    for text, source in (("Our troops are tired.", ["Our troops"]), ("Their troops are tired.", [])):
        (one,) = found(text, "are")
        assert [text[a:b] for a, b in one.source] == source


def test_plain_words_of_the_author_are_told_where_the_reader_finds_them() -> None:
    """A shape the rules know and would leave out as plain is kept where the reader takes it for a statement."""
    (ruled,) = found("We will be here.", "nothing")
    (learned,) = found("We will be here.", "be")
    assert (ruled.note, learned.note) == (OWN_WORDS, LIKELY_WORDS)


def test_the_shipped_reader_hears_what_no_rule_knows() -> None:
    """A demand of nobody named in a party's text is in the ledger; plain narration beside it is not."""
    text = "Rain fell on Velm all day. Let those who fired on our convoy answer for it before the world."
    told = extract([Document("d", "", "", "d", text)], ()).statements
    assert [(str(s.position), s.speaker) for s in told] == [("calls_for", "")]
    assert told[0].text == "Let those who fired on our convoy answer for it before the world"
