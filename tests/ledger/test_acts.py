"""What people did is kept for ever, in order, and none of it hides another."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from truceline.errors import CaseError
from truceline.ledger import Ledger, decide, decisions
from truceline.terms.decision import Verdict, standing

AT = datetime(2031, 4, 21, 9, tzinfo=UTC)
WHO = {"person": "Ana", "reason": "both photographs"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger in which three observations were linked."""
    with Ledger(tmp_path) as opened:
        opened.name([("a", "i1"), ("b", "i2"), ("c", "i3")])
        return Ledger(tmp_path)


def test_no_decision_hides_an_older_one(ledger: Ledger) -> None:
    """All three stay; the newest of the pair stands; each is chained to the one before."""
    for n, verdict in enumerate((Verdict.SAME, Verdict.DIFFERENT, Verdict.SAME)):
        decide(ledger, verdict, "b", "i1", at=AT + timedelta(hours=n), **WHO)
    every = decisions(ledger)
    assert [one.verdict for one in every] == [Verdict.SAME, Verdict.DIFFERENT, Verdict.SAME]
    assert len({one.id for one in every}) == 3
    assert [(one.a, one.b, one.verdict) for one in standing(every)] == [("a", "b", Verdict.SAME)]
    assert [one.verdict for one in decisions(ledger, AT + timedelta(hours=1))] == [Verdict.SAME, Verdict.DIFFERENT]
    decide(ledger, Verdict.WITHDRAWN, "a", "b", at=AT + timedelta(hours=4), **WHO)
    assert standing(decisions(ledger)) == ()


def test_a_decision_is_not_dated_back(ledger: Ledger) -> None:
    """Or what was known at a past cut-off would change."""
    decide(ledger, Verdict.SAME, "a", "b", at=AT, **WHO)
    with pytest.raises(ValueError, match="lies before the last act"):
        decide(ledger, Verdict.SAME, "b", "c", at=AT - timedelta(hours=1), **WHO)


def test_decisions_that_cannot_all_hold_are_refused(ledger: Ledger) -> None:
    """A is one with B, B with C: then A and C are not two, until one of these is withdrawn."""
    decide(ledger, Verdict.SAME, "a", "b", at=AT, **WHO)
    decide(ledger, Verdict.SAME, "b", "c", at=AT, **WHO)
    with pytest.raises(CaseError, match="stand against it"):
        decide(ledger, Verdict.DIFFERENT, "a", "c", at=AT, **WHO)
    decide(ledger, Verdict.WITHDRAWN, "b", "c", at=AT, **WHO)
    decide(ledger, Verdict.DIFFERENT, "a", "c", at=AT, **WHO)
    with pytest.raises(CaseError, match="stand against it"):
        decide(ledger, Verdict.SAME, "b", "c", at=AT, **WHO)


@pytest.mark.parametrize(
    "wrong", [{"person": " "}, {"reason": ""}, {"reason": "x" * 1001}, {"reason": "a\u202eb"}, {"person": "a\nb"}]
)
def test_a_decision_has_a_person_and_a_reason(ledger: Ledger, wrong: dict[str, str]) -> None:
    """Neither empty nor endless, nor with characters nobody can see."""
    with pytest.raises(ValueError, match="is 1 to 1000 characters"):
        decide(ledger, Verdict.SAME, "a", "b", at=AT, **(WHO | wrong))
    with pytest.raises(CaseError, match="was ever linked"):
        decide(ledger, Verdict.SAME, "a", "nobody", at=AT, **WHO)


@pytest.mark.parametrize("change", ["UPDATE act SET at = '2000'", "DELETE FROM act", "DELETE FROM incident_name"])
def test_the_database_refuses_to_forget(ledger: Ledger, change: str) -> None:
    """Whoever asks."""
    decide(ledger, Verdict.SAME, "a", "b", at=AT, **WHO)
    database = sqlite3.connect(ledger.folder / "ledger.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(change)
    database.close()


def test_the_first_name_stays(ledger: Ledger) -> None:
    """Naming again adds what is new and changes nothing."""
    ledger.name([("a", "i1"), ("a", "i9"), ("d", "i9")])
    assert ledger.names() == (("a", "i1"), ("b", "i2"), ("c", "i3"), ("a", "i9"), ("d", "i9"))
