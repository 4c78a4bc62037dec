"""Shapes of statements the rules read as classes, not as single sentences: each line another wording of one class."""

from __future__ import annotations

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.statement import Statement
from truceline.terms.party import Party

PARTIES = (
    Party("alpha", "Norland", ("North", "Norlandic")),
    Party("bravo", "Sudria", ("South", "Sudrian")),
)


def positions(text: str) -> list[str]:
    return [str(one.position) for one in statements(text)]


def statements(text: str) -> tuple[Statement, ...]:
    return extract([Document("d", "", "", "d", text)], PARTIES).statements


@pytest.mark.parametrize(
    "text",
    [
        "Norland will not sign unless the guns leave the ridge, its envoy said.",
        "Norland said it would withdraw in exchange for the hill.",
        "Norland will only lay down its weapons once the last foreign soldier has gone, its minister said.",
        '"As long as they shoot, we shoot back," a Norlandic commander said.',
        '"Without guarantees there is nothing to sign," said Norland\'s negotiator.',
        "Norland made its signature conditional on a full exchange of maps.",
        "Norland tied its approval to written guarantees.",
        "We will withdraw our soldiers once the line is watched by others.",
    ],
)
def test_a_yes_that_depends_is_a_condition(text: str) -> None:
    """However the condition is worded, it is neither a promise nor a prediction."""
    assert positions(text) == ["conditions"]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Norland's denial that it had moved missiles was met with doubt.", "denies"),
        ("Norland rejected as “pure invention” a report that its guns had fired.", "denies"),
        ("The claim was denied by Norland.", "denies"),
        ("Norland turned down three invitations to talks.", "rejects"),
        ("Norland denied the request for a pause.", "rejects"),
        ("Norland has not only declined negotiation, but closed the road.", "rejects"),
        ("It was the South, not the army, that shelled the bridge, Norland's minister said.", "accuses"),
        ("Norland claims to have shot down seven of the nine rockets.", "asserts"),
        ("Norland would only say that an inquiry was under way.", "no_comment"),
        ("Norland has yet to respond to the accusation.", "no_comment"),
        ("Norland has not said whether its aircraft took part.", "no_comment"),
        ("There was no immediate comment from Norland.", "no_comment"),
        ("No comment was available from the Norlandic ministry.", "no_comment"),
        ("There has been no word from Norland on the strike.", "no_comment"),
        ("Not a single one of our rockets left its launcher. – Norlandic General Staff", "denies"),
    ],
)
def test_acts_are_read_in_any_dress(text: str, position: str) -> None:
    """Nouns, passives, clefts, particles and signatures carry an act as a plain verb does."""
    assert position in positions(text)


def test_a_text_in_the_first_person_speaks_for_nobody_named() -> None:
    """A press release is read, but its author is not guessed."""
    (one,) = statements("We will not leave the ridge until the mines are cleared.")
    assert (str(one.position), one.speaker, one.party, str(one.confidence)) == ("conditions", "", None, "low")
    assert statements("We walked along the river and it was quiet.") == ()


@pytest.mark.parametrize(
    ("text", "position", "source"),
    [
        ("There can be no settlement unless all foreign troops are removed.", "conditions", ()),
        ("Until some method is devised, there can be no disarmament.", "conditions", ()),
        ("Our troops cannot be withdrawn until the mines are cleared.", "conditions", ("Our troops",)),
        ("But one thing is certain: I will never allow their guns on the ridge.", "promises", ("I",)),
    ],
)
def test_what_is_ours_and_what_cannot_be_until_are_own_words(text: str, position: str, source: tuple[str, ...]) -> None:
    """Nobody reports these: they are the author's position, and the author is not guessed."""
    (one,) = statements(text)
    assert (str(one.position), one.speaker, str(one.confidence)) == (position, "", "low")
    assert tuple(text[a:b] for a, b in one.source) == source


@pytest.mark.parametrize(
    "text",
    [
        "There was no water until the aid came.",
        "There had been no water until the aid came.",
        "Our bridge was hit on Monday.",
        "We had no news until he came.",
        "Our men could not leave until the shelling stopped.",
        "There is no school in Orlen until the shelling stops.",
    ],
)
def test_what_is_over_is_no_position(text: str) -> None:
    """A plain tale in the first person commits nobody."""
    assert statements(text) == ()


def test_what_is_said_is_not_told_twice() -> None:
    """The predicate of somebody's words is no second cue, though the reader takes it for one."""
    assert positions("Norland will only lay down its weapons once the last soldier has gone, its minister said.") == [
        "conditions"
    ]


def test_what_stands_before_a_semicolon_is_not_what_was_denied() -> None:
    """The clause before belongs to whoever wrote the text."""
    one = statements("The panel could not establish who had fired; Norland denied responsibility.")[-1]
    assert str(one.position) == "denies"
    assert one.text.endswith("responsibility")
    assert "panel" not in one.text


@pytest.mark.parametrize(
    "text",
    [
        "The front has fallen silent for the first time in two weeks.",
        "The artillery fell silent for an hour, and then resumed.",
        "The guns along the river have fallen silent, for now.",
    ],
)
def test_guns_that_fall_silent_keep_nothing_back(text: str) -> None:
    """Silence about something is an answer; silence for an hour is quiet."""
    assert statements(text) == ()
    assert positions("The ministry fell silent about the losses.") == ["no_comment"]


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("Norland's claim that Sudria fired first could not be verified.", "accuses"),
        ("The mission could not independently confirm Norland's claim that Sudria fired first.", "accuses"),
        ("Sudria did not accept Norland's offer to withdraw the guns.", "promises"),
        ("Sudria has not answered Norland's demand that it withdraw.", "calls_for"),
    ],
)
def test_a_claim_that_cannot_be_verified_was_made(text: str, position: str) -> None:
    """What is said of a claim, an offer or a demand takes it for made; only one that was not issued is none."""
    assert [str(one.position) for one in statements(text) if one.party == "alpha"] == [position]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Norland's delegate, who asked not to be named, said that Sudria had rejected the map.",
            ["asserts", "rejects"],
        ),
        ("The officer declined to be identified.", []),
        ("The commander asked not to be quoted by name.", []),
        ("Norland asked that the dead be named by the UN.", ["calls_for"]),
    ],
)
def test_how_somebody_spoke_is_nothing_said(text: str, found: list[str]) -> None:
    """Who asks not to be named calls for nothing and keeps nothing back."""
    assert positions(text) == found


def test_a_provocation_is_an_act_or_a_report() -> None:
    """An act called so is somebody's fault; a report called so is denied."""
    assert positions("Norland's Foreign Ministry said that the shelling was a provocation.") == ["accuses"]
    assert positions("Norland's Foreign Ministry said that the report was a provocation.") == ["denies"]


def test_a_denial_that_was_not_issued_is_none() -> None:
    """Nobody is given a denial it is said that they did not make."""
    for text in (
        "Norland did not issue a denial that its troops had crossed.",
        "There was not a denial by Norland that it had fired.",
    ):
        assert "denies" not in positions(text)
