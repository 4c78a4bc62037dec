"""Evidence for and against, what each item is worth, and what no input can do: make anybody responsible."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.test_judgements import case, party, third
from tests.cases import DAY, NOON, observation, table
from tests.feeds.cases import agreement
from truceline.assessment import Assessment, Grade, assess
from truceline.assessment.grading import UPWARDS
from truceline.assessment.spoken import attach
from truceline.feeds.origin import trace
from truceline.incidents import link
from truceline.observations import Observed
from truceline.observations.coverage import cover
from truceline.spacetime import When
from truceline.statements.statement import Confidence, Position, Statement
from truceline.terms.agreement import FeedTerms, SourceTerms
from truceline.terms.decision import Outcome, Review
from truceline.terms.party import Origin


def judged(*rows: dict[str, Any], statements: Any = (), reviews: Any = ()) -> tuple[Assessment, ...]:
    observations = table(*rows)
    coverage = cover([], DAY, feeds=(), intervals=[], troubles=[], classes=[])
    incidents = link(observations)
    return assess(incidents, Observed(DAY, observations, coverage), case(), statements, reviews).assessments


def said(
    key: str, position: Position, by: str | None = "alpha", about: str | None = "alpha", **given_: Any
) -> Statement:
    at = given_.pop("at", NOON)
    text = given_.pop("text", "its troops had shelled Velm")
    return Statement(
        key, None, "doc", "press", "e9", key, (), (), ((0, 1),), "a spokesman", "", by, about, position, "",
        When(at, at + timedelta(hours=1)), "given", Confidence.HIGH, Origin.PARTY, text, "indirect", (), "rule",
    )  # fmt: skip


def against(key: str, source: str = "Coast Wire", **given_: Any) -> dict[str, Any]:
    return third(key, source, **({"speaks": "against", "place": "Velm"} | given_))


VELM = {"place": "Velm"}


def test_a_voice_against_makes_it_contested_and_uncounted() -> None:
    """One independent voice for, one against; both stand in the evidence, and each is left out once."""
    (one,) = judged(observation("post", **VELM), against("denial"))
    assert one.grade is Grade.CONTESTED
    assert not one.counted
    assert [root.name for root in one.against] == ["Coast Wire"]
    assert "says that it did not happen" in one.against[0].reason
    assert {(w.item.kind, w.grade) for w in one.without} == {
        ("report", Grade.UNVERIFIABLE),
        ("against", Grade.SINGLE_SOURCE),
    }


def test_a_denial_alone_is_no_incident() -> None:
    """Nothing happened only because somebody says that it did not."""
    assert judged(against("denial")) == ()


def test_a_partys_denial_weighs_nothing() -> None:
    """Row or statement: the grade and the likelihood are what they were."""
    (before,) = judged(observation("post", **VELM))
    denial = party("claim", speaks="against", **VELM)
    (after,) = judged(observation("post", **VELM), denial, statements=[said("s1", Position.DENIES)])
    assert (after.grade, after.band, after.against) == (before.grade, before.band, ())
    assert [one.statement.position for one in after.spoken] == ["denies"]


def test_a_voice_that_takes_its_report_back_is_no_voice() -> None:
    """RNA reports and retracts: nobody independent is left, and RNA is not counted against either."""
    (one,) = judged(third("rna", **VELM), against("retraction", "RNA"))
    assert one.grade is Grade.UNVERIFIABLE
    assert one.against == ()
    assert "taken its own report back" in one.roots[0].reason


def test_another_cause_there_and_then_speaks_against() -> None:
    """An agency's shelling where a monitor saw a controlled explosion is contested."""
    found = judged(third("rna"), observation("post", event_class="controlled_explosion", root="monitor:mission:P1"))
    grades = {str(one.incident.event_class): one.grade for one in found}
    assert grades == {"shelling": Grade.CONTESTED, "controlled_explosion": Grade.SINGLE_SOURCE}


def test_an_admission_moves_how_likely_and_never_the_grade() -> None:
    """Printed with and without; an act that only parties tell of stays unverifiable."""
    rows = (third("rna", "Coast Wire", **VELM),)
    (plain,) = judged(*rows)
    (admitted,) = judged(*rows, statements=[said("s1", Position.ACKNOWLEDGES)])
    assert admitted.probability > plain.probability
    assert admitted.grade is plain.grade
    (dropped,) = [w for w in admitted.without if w.item.kind == "admission"]
    assert dropped.band == plain.band
    (alone,) = judged(party("claim", **VELM), statements=[said("s1", Position.ACKNOWLEDGES)])
    assert alone.grade is Grade.UNVERIFIABLE


@pytest.mark.parametrize(
    "position", [Position.NEITHER_CONFIRMS_NOR_DENIES, Position.NO_COMMENT, Position.ACCUSES, Position.DENIES]
)
def test_neither_silence_nor_accusation_moves_anything(position: Position) -> None:
    """They are recorded with the reason why they are about it."""
    (before,) = judged(observation("post", **VELM))
    (after,) = judged(observation("post", **VELM), statements=[said("s1", position)])
    assert (after.probability, after.grade, after.evidence) == (before.probability, before.grade, before.evidence)
    assert "names Velm" in after.spoken[0].reason


@pytest.mark.parametrize(
    ("words", "days", "linked"),
    [
        ("its troops had shelled Velm", 0, True),
        ("its troops had shelled Velm", 2, True),
        ("its troops had shelled Velm", 3, False),
        ("its troops had shelled Velm on Sunday", 5, True),
        ("its troops had shelled Velm on Monday", 1, False),
        ("its troops had shelled Orm", 0, False),
        ("Velm would hold elections", 0, False),
        ("its troops had shelled Velmora", 0, False),
    ],
)
def test_a_statement_is_about_an_incident_by_place_kind_and_day(words: str, days: int, linked: bool) -> None:
    """20 April 2031 is a Sunday. A place alone, or a kind alone, is not enough."""
    at = NOON + timedelta(days=days)
    (one,) = judged(observation("post", **VELM), statements=[said("s1", Position.DENIES, at=at, text=words)])
    assert bool(one.spoken) == linked


def test_silence_of_a_watch_counts_against_nothing() -> None:
    """Whatever else was watched: only what somebody says speaks against."""
    (one,) = judged(third("rna"))
    assert one.against == ()
    assert one.grade is Grade.SINGLE_SOURCE


def review(n: int, one: Assessment, outcome: Outcome, person: str, state: str | None = None, **more: Any) -> Review:
    at = datetime(2031, 4, 22, 9, n, tzinfo=UTC)
    statements = more.get("statements", ())
    return Review(f"r{n}", one.incident.id, state or one.state, outcome, statements, person, at, "the crater is old")


def test_only_peoples_review_discounts_and_two_where_the_grade_is_high() -> None:
    """A single source by one person; what is confirmed by two different ones; nobody twice; not after new evidence."""
    (weak,) = judged(third("rna"))
    (gone,) = judged(third("rna"), reviews=[review(0, weak, Outcome.UNLIKELY, "Ana")])
    assert gone.grade is Grade.DISCOUNTED
    rows = (observation("post"), third("rna"))
    (strong,) = judged(*rows)
    assert strong.grade is Grade.CONFIRMED
    ana, again = (review(n, strong, Outcome.UNLIKELY, "Ana") for n in (0, 1))
    bo = review(2, strong, Outcome.UNLIKELY, "Bo")
    assert judged(*rows, reviews=[ana, again])[0].grade is Grade.CONFIRMED
    assert judged(*rows, reviews=[ana, bo])[0].grade is Grade.DISCOUNTED
    dissent = review(3, strong, Outcome.STANDS, "Cy")
    assert judged(*rows, reviews=[ana, bo, dissent])[0].grade is Grade.CONFIRMED
    (late,) = judged(*rows, third("wire", "Coast Wire"), reviews=[ana, bo])
    assert late.grade is Grade.CONFIRMED
    assert (late.reviews, late.lapsed) == ((), 2)


def test_a_person_may_say_what_a_statement_is_about() -> None:
    """Nine days later, naming no place: the program links nothing, a reviewer does, and says so."""
    late = said(
        "s9", Position.ACKNOWLEDGES_IN_PART, at=NOON + timedelta(days=9), text="there was an incident, not ours"
    )
    (before,) = judged(third("rna"), statements=[late])
    assert before.spoken == ()
    (after,) = judged(
        third("rna"), statements=[late], reviews=[review(0, before, Outcome.STANDS, "Ana", statements=(attach(late),))]
    )
    assert after.spoken[0].by_person
    assert after.probability > before.probability
    assert after.grade is before.grade
    assert len(after.reviews) == 1


POSITIONS = st.lists(
    st.builds(
        lambda n, position, by, about: said(f"s{n}", position, by, about),
        st.integers(0, 99),
        st.sampled_from(list(Position)),
        st.sampled_from(["alpha", "bravo", None]),
        st.sampled_from(["alpha", "bravo", None]),
    ),
    max_size=5,
    unique_by=lambda s: s.id,
)


@given(POSITIONS, st.booleans(), st.sampled_from(list(Outcome)))
def test_no_input_makes_the_program_set_responsibility(
    statements: list[Statement], claim: bool, outcome: Outcome
) -> None:
    """Accusations, admissions, claims, reviews: an assessment has no field that names who did it, only who says what."""
    rows = [observation("post", **VELM)] + ([party("claim", **VELM)] if claim else [])
    (first,) = judged(*rows, statements=statements)
    (one,) = judged(*rows, statements=statements, reviews=[review(0, first, outcome, "Ana")])
    assert {"responsible", "responsibility", "by_party", "perpetrator"}.isdisjoint(vars(one))
    assert {c.party for c in one.claims} <= {"bravo"}
    assert {s.statement.id for s in one.spoken} <= {s.id for s in statements}
    assert UPWARDS.index(one.grade) <= UPWARDS.index(judged(observation("post", **VELM))[0].grade)


@pytest.mark.parametrize(
    ("headline", "origin", "denies"),
    [
        ("Coast Wire denies reports of shelling near Velm", Origin.THIRD_PARTY, True),
        ("Reports of shelling near Velm debunked by Coast Wire", Origin.THIRD_PARTY, True),
        ("Coast Wire: the governor denies shelling near Velm", Origin.UNKNOWN, False),
        ("Coast Wire: South denies shelling Velm", Origin.UNKNOWN, False),
        ("Coast Wire: shelling near Velm", Origin.THIRD_PARTY, False),
    ],
)
def test_only_a_source_that_denies_in_its_own_name_speaks_against(headline: str, origin: Origin, denies: bool) -> None:
    """Somebody else's denial that it passes on is nobody's voice."""
    feed = FeedTerms(name="press", kind="viina", path="n.csv")
    terms = replace(agreement(feed), sources=(SourceTerms(name="Coast Wire", reliability="C"),))
    got = trace(headline, feed=feed, agreement=terms)
    assert (got.origin, got.against) == (origin, denies)
