"""Positions of self-written sentences: two parties, every shape of 'neither', denial and condition."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.statement import Position, Statement
from truceline.terms.party import Party

PARTIES = (
    Party("alpha", "Norland", ("North", "Norlandic")),
    Party("bravo", "Sudria", ("South", "Sudrian")),
)


def told(text: str, parties: Sequence[Party] = PARTIES) -> tuple[Statement, ...]:
    return extract([Document("d1", "press", "e1", "a.txt", text)], parties).statements


NEITHER = [
    "Norland confirmed no strike and denied none.",
    "The South's government said it could neither confirm nor deny whether its batteries had fired near Ostrel.",
    "Sudria said on Monday it could neither confirm nor deny that shells had fallen.",
    "Norland has neither confirmed nor denied the reports.",
    "Norland would neither confirm nor deny it.",
    "Sudria's foreign ministry won't confirm or deny whether it fired.",
    "The Norland spokesman refused to confirm or deny the strike.",
    "Sudria was unable to confirm or deny the report.",
    "Sudria was not able to confirm or deny the report.",
    "A Sudrian official said he was not in a position to confirm or deny the report.",
    "Norland stopped short of confirming or denying the shelling.",
    "Norland avoided confirming or denying that its guns had fired.",
    "There was no confirmation or denial from Sudria.",
    "Norland has issued no confirmation or denial.",
    "Norland neither confirmed the strike nor denied it.",
    "Norland did not confirm the shelling, nor did it deny it.",
    "Norland would not confirm the reports but did not deny them either.",
    "Nobody in Norland's government would confirm or deny the shelling.",
    "Sudria neither admitted nor denied the strike.",
    "Norland's army said it was too early to confirm or deny the reports.",
    "It can be neither confirmed nor denied, Norland said.",
    '"I can neither confirm nor deny that," the Norland spokesman said.',
    "“We can't confirm or deny that,” said Norland's army.",
    '"We do not confirm and we do not deny," the Norland spokesman said.',
    "Asked about the shelling, Norland's spokesman said he could not confirm or deny it.",
]

DENIES = [
    "North denied shelling Ostrel.",
    "Norland denied that its forces had shelled Ostrel.",
    "Norland said it did not shell Ostrel.",
    '"We did not fire," the Norland general said.',
    "Sudria rejected the accusation.",
    "Norland dismissed the accusations as baseless.",
    "Norland said the reports of shelling were false.",
    "Sudria denies any involvement in the attack.",
    "Sudria said there was no shelling near Ostrel.",
    "Norland said none of its guns had fired.",
    "Norland said that no shots were fired by its forces.",
    "Norland's army refuted claims that it had violated the truce.",
    "Sudria again denied having shelled Ostrel.",
    '"It was not us," said a spokesman for the Sudrian army.',
    '"This is a lie," Sudria\'s envoy said.',
]

OTHERS = [
    ("The North's defence ministry said on Friday that South's forces had fired 444 times.", Position.ACCUSES),
    ("Norland's army said Sudria had violated the ceasefire 45 times.", Position.ACCUSES),
    ("Sudria accused Norland of shelling Ostrel.", Position.ACCUSES),
    ("Norland was accused by Sudria of shelling Ostrel.", Position.ACCUSES),
    ("Norland's defence ministry blamed Sudria for the strike.", Position.ACCUSES),
    ("According to Sudria's general staff, Norland's forces fired 45 shots near Ostrel.", Position.ACCUSES),
    ("South's batteries fired near Ostrel, North's defence ministry said on Friday.", Position.ACCUSES),
    ("Norland reported 387 artillery strikes by Sudria on Thursday.", Position.ACCUSES),
    ("The Norland army said in a statement that 17 drones were launched by Sudria.", Position.ACCUSES),
    ("Norland acknowledged that its guns had fired near Ostrel.", Position.ACKNOWLEDGES),
    ("Norland said its forces had returned fire.", Position.ACKNOWLEDGES),
    ("Norland acknowledged in part that its guns had fired, but not near Ostrel.", Position.ACKNOWLEDGES_IN_PART),
    ("Sudria pledged to observe the truce.", Position.PROMISES),
    ("Norland vowed not to fire first.", Position.PROMISES),
    ("Norland said it would open the road on Monday.", Position.PROMISES),
    ("Norland urged Sudria to return to the talks.", Position.CALLS_FOR),
    ("Norland said Sudria must withdraw its guns.", Position.CALLS_FOR),
    ("Norland insisted that Sudria withdraw its guns.", Position.CALLS_FOR),
    ("Norland demanded that Sudria withdraw its guns.", Position.CALLS_FOR),
    ("Norland called on Sudria to stop firing.", Position.CALLS_FOR),
    ("Sudria said it would stop firing only if Norland withdrew its guns.", Position.CONDITIONS),
    ("Sudria said it would only agree if the road was opened first.", Position.CONDITIONS),
    ("Sudria said it would accept the proposal if Norland stopped shelling.", Position.CONDITIONS),
    ("Sudria said it would not accept the proposal unless Norland withdrew.", Position.CONDITIONS),
    ("Norland accepted the proposal.", Position.ACCEPTS),
    ("Sudria agreed to a 30-day truce.", Position.ACCEPTS),
    ("Sudria rejected the proposal.", Position.REJECTS),
    ("Sudria refused to accept the proposal.", Position.REJECTS),
    ("Norland ruled out withdrawing from Ostrel.", Position.REJECTS),
    ("Sudria said Norland would delay the talks.", Position.PREDICTS),
    ("Sudria warned that Norland would attack again.", Position.PREDICTS),
    ("Sudria declined to comment.", Position.NO_COMMENT),
    ("Sudria's army had no comment.", Position.NO_COMMENT),
    ("Norland did not comment.", Position.NO_COMMENT),
    ("Norland would not say whether its guns had fired.", Position.NO_COMMENT),
    ("Norland has not revealed the number of its dead.", Position.NO_COMMENT),
    ("Sudria's chief negotiator would not be drawn on whether the guns had been moved.", Position.NO_COMMENT),
    ("Sudria's army will not disclose who gave the order.", Position.NO_COMMENT),
    ("Sudria refused to identify the unit.", Position.NO_COMMENT),
    ('"There is nothing more I can say," the Norland spokesman said.', Position.NO_COMMENT),
    ("Ridge News Agency reported shelling near Ostrel on Saturday.", Position.REPORTS),
    ("The Ostrel Press said the bridge had been destroyed.", Position.REPORTS),
    ("Ridge News Agency said South's forces had shelled Ostrel.", Position.REPORTS),
    ("Norland said the road to Ostrel was open.", Position.ASSERTS),
    ("Norland's defence ministry said its forces had kept to the truce.", Position.ASSERTS),
]

UNCLEAR = [
    "Neither Norland nor Sudria has claimed responsibility for the blast.",
    "Neither Sudria nor Norland confirmed the exchange.",
    "A Norland official did not deny that shells had landed.",
    "Norland did not say it could neither confirm nor deny the reports.",
    "Sudria did not refuse to confirm or deny the strike.",
    "Sudria neither accepted nor rejected the proposal.",
    "Norland might accept the proposal.",
    "If Sudria denies it, the talks will end.",
    "Norland did not confirm the report.",
]


@pytest.mark.parametrize("sentence", NEITHER)
def test_neither_is_no_denial(sentence: str) -> None:
    """Neither confirming nor denying is its own position in every shape, and never a denial."""
    statements = told(sentence)
    assert [s.position for s in statements] == [Position.NEITHER_CONFIRMS_NOR_DENIES]
    assert statements[0].party in ("alpha", "bravo")


@pytest.mark.parametrize("verb", ["recorded", "registered", "counted", "documented"])
def test_who_counts_attacks_admits_none(verb: str) -> None:
    """A party that says how many attacks there were committed none of them by saying so; whose they were may be unclear."""
    for by in ("", " by Sudria"):
        positions = {s.position for s in told(f"Norland said it had {verb} 17 attacks{by}.")}
        assert positions <= {Position.ASSERTS, Position.ACCUSES, Position.REPORTS, Position.UNCLEAR}
        assert Position.ACKNOWLEDGES not in positions


@pytest.mark.parametrize("sentence", DENIES)
def test_a_denial_is_a_denial(sentence: str) -> None:
    """A party that says it did not do it denies, by whatever words."""
    statements = told(sentence)
    assert [s.position for s in statements] == [Position.DENIES]
    assert statements[0].party in ("alpha", "bravo")


@pytest.mark.parametrize(("sentence", "position"), OTHERS)
def test_each_position_has_its_words(sentence: str, position: Position) -> None:
    """Each of the other positions is read from plain press sentences."""
    assert [s.position for s in told(sentence)] == [position]


@pytest.mark.parametrize("sentence", UNCLEAR)
def test_what_is_turned_round_is_unclear(sentence: str) -> None:
    """A negated, doubted or halved statement is unclear with a reason: no position is guessed."""
    statements = told(sentence)
    assert {s.position for s in statements} == {Position.UNCLEAR}
    assert all(s.reason for s in statements)


def test_confirm_refused_and_other_denied_are_two_statements() -> None:
    """'Could not confirm P but denied Q' holds a real denial, of Q alone."""
    statements = told("Sudria could not confirm the reports but denied its batteries had fired.")
    assert [(s.position, s.text) for s in statements] == [
        (Position.UNCLEAR, "the reports"),
        (Position.DENIES, "its batteries had fired"),
    ]


def test_an_admission_beside_a_denial_is_in_part() -> None:
    """'Admitted P but denied Q' is half an admission; the denial is a statement of its own, of the same party."""
    outer, inner = told("Norland admitted its drones had crossed the line but denied firing.")
    assert (outer.position, outer.party) == (Position.ACKNOWLEDGES_IN_PART, "alpha")
    assert (inner.position, inner.party, inner.text) == (Position.DENIES, "alpha", "firing")


def test_denied_access_denies_nothing() -> None:
    """To deny somebody access is an act, not a statement."""
    assert told("Norland denied monitors access to Ostrel.") == ()


def test_a_question_is_no_answer() -> None:
    """Who is asked to confirm or deny has not answered yet."""
    assert told("Reporters asked Norland to confirm or deny the shelling.") == ()


def test_accused_and_accuser_are_told_apart() -> None:
    """The speaker's party and the party spoken of are two columns."""
    for sentence in ("Sudria accused Norland of shelling Ostrel.", "Norland was accused by Sudria of shelling Ostrel."):
        (statement,) = told(sentence)
        assert (statement.party, statement.about_party) == ("bravo", "alpha")


def test_a_party_without_a_side_does_not_accuse() -> None:
    """A villager who says who fired testifies: the accusation is a party's position."""
    (statement,) = told("A farmer said Norland's batteries fired twice.")
    assert (statement.position, statement.party, statement.about_party) == (Position.ASSERTS, None, "alpha")


def test_qualifiers_keep_modal_and_dependency() -> None:
    """'Could' and 'with … help' are kept beside the assertion that rests on them."""
    (statement,) = told("Norland said the line could be watched with Sudrian help from the hills.")
    assert statement.position is Position.ASSERTS
    assert statement.qualifiers == ("could", "with Sudrian help")


def test_same_claim_same_proposition() -> None:
    """A claim, its denial and a neither carry one proposition, whoever speaks and however it is turned."""
    texts = (
        "Sudria said Norland had shelled Ostrel.",
        "Norland denied shelling Ostrel.",
        "Norland could neither confirm nor deny that it had shelled Ostrel.",
        "Norland said its batteries did not shell Ostrel.",
    )
    assert {told(text)[0].proposition for text in texts} == {"alpha shell ostrel"}


SWAPPED = {"Norland": "Sudria", "Sudria": "Norland", "Norlandic": "Sudrian", "Sudrian": "Norlandic"}
SWAPPED |= {"North": "South", "South": "North"}


def mirrored(sentence: str) -> str:
    words = sorted(SWAPPED, key=lambda word: -len(word))
    out, at = [], 0
    while at < len(sentence):
        name = next((w for w in words if sentence.startswith(w, at)), None)
        out.append(SWAPPED[name] if name else sentence[at])
        at += len(name) if name else 1
    return "".join(out)


@pytest.mark.parametrize("sentence", [*NEITHER, *DENIES, *(s for s, _ in OTHERS), *UNCLEAR])
def test_swapping_the_parties_mirrors_the_statements(sentence: str) -> None:
    """No name is treated better than the other: swapped names give the swapped statements."""
    swap = {"alpha": "bravo", "bravo": "alpha", None: None}
    one, other = told(sentence), told(mirrored(sentence))
    assert [(s.position, swap[s.party], swap[s.about_party], *map(mirrored, s.qualifiers)) for s in one] == [
        (s.position, s.party, s.about_party, *s.qualifiers) for s in other
    ]


def test_what_one_will_have_nothing_to_do_with_is_not_denied() -> None:
    """The past is denied; what is to come is promised, or refused."""
    (past,) = told("Norland said it had nothing to do with the strike.")
    (ahead,) = told("Norland said it will have nothing to do with the envoy's plan.")
    assert past.position is Position.DENIES
    assert ahead.position in (Position.PROMISES, Position.REJECTS)
