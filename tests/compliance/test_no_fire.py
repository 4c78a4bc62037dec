"""The promise not to fire: a kept, a broken and an unknowable case, in every reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.assessment.test_judgements import case, judged, third
from tests.cases import DAY, day_only, heat, island, observation
from truceline.assessment import Assessments
from truceline.compliance import CHECKS, Finding, Verdict, check, in_force
from truceline.terms.agreement import Status
from truceline.terms.provision import Kind, Reading

KM = {sector.id: sector.length_km for sector in island().sectors}


def findings(assessments: Assessments, part: Assessments | None = None, **terms: Any) -> tuple[Finding, ...]:
    given = {"start": DAY.start - timedelta(days=1), "end": DAY.end + timedelta(days=9), "readings": ()}
    return check(
        replace(case(), **(given | terms)), DAY, assessments, KM, lambda _: assessments if part is None else part
    )


def test_kept() -> None:
    """Every sector seen quiet, nothing counted: consistent."""
    (found,) = findings(judged())
    assert found.verdict is Verdict.CONSISTENT


def test_broken_names_exactly_what_it_rests_on() -> None:
    """One counted incident near the line: not consistent, naming it and nothing else."""
    assessments = judged(observation("post"), third("away", sector=None, lat=44.0))
    (found,) = findings(assessments)
    assert found.verdict is Verdict.NOT_CONSISTENT
    assert found.incidents == tuple(a.incident.id for a in assessments.assessments if a.incident.sector)


def test_unknowable() -> None:
    """Nothing counted, but nobody watched: not assessable, with the kilometres."""
    (found,) = findings(judged(watched=False))
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert f"{sum(KM.values()):.0f} of {sum(KM.values()):.0f} km" in found.reason


def test_heat_alone_is_not_a_breach_and_not_quiet() -> None:
    """Fire of unknown kind leaves the promise not assessable."""
    (found,) = findings(judged(heat("h")))
    assert found.verdict is Verdict.NOT_ASSESSABLE


def test_outside_its_period_and_before_acceptance_it_does_not_bind() -> None:
    """Proposed, suspended, not begun or over: not in force, and nothing is a breach."""
    broken = judged(observation("post"))
    for terms in (
        {"status": Status.PROPOSED},
        {"status": Status.SUSPENDED},
        {"start": DAY.end},
        {"start": DAY.start - timedelta(days=2), "end": DAY.start},
    ):
        (found,) = findings(broken, **terms)
        assert found.verdict is Verdict.NOT_IN_FORCE
        assert found.incidents == ()
        assert in_force(replace(case(), **terms), DAY) == "none" or "end" not in terms


def test_a_part_of_a_day_is_kept_only_if_that_part_was_watched() -> None:
    """A quiet day does not make its one unwatched hour quiet."""
    gap = {"start": DAY.start + timedelta(hours=22), "end": DAY.end}
    (found,) = findings(judged(), judged(watched=False), **gap)
    assert found.verdict is Verdict.NOT_ASSESSABLE
    (found,) = findings(judged(), judged(), **gap)
    assert found.verdict is Verdict.CONSISTENT


def test_an_ended_truce_bound_until_its_end() -> None:
    """History is not wiped by the status of today."""
    (found,) = findings(judged(observation("post")), status=Status.ENDED)
    assert found.verdict is Verdict.NOT_CONSISTENT


def test_two_readings_of_the_start_flip_exactly_what_lies_between() -> None:
    """Fire at noon breaks the text that starts in the morning, not the reading that starts in the evening."""
    evening = DAY.start + timedelta(hours=18)
    reading = Reading(id="R-bravo", party="bravo", start=evening)
    written, bravo = findings(judged(observation("post")), readings=(reading,))
    assert written.verdict is Verdict.NOT_CONSISTENT
    assert bravo.incidents == ()
    assert bravo.verdict is Verdict.NOT_ASSESSABLE
    assert written.flips
    assert bravo.flips


def test_readings_that_agree_do_not_flip() -> None:
    """The same finding in both readings is no dispute."""
    reading = Reading(id="R-bravo", party="bravo", start=DAY.start)
    assert not any(f.flips for f in findings(judged(observation("post")), readings=(reading,)))


def test_a_report_that_names_only_its_day_is_not_used_across_the_start() -> None:
    """It may have been before the truce: named as unplaced, the finding does not rest on it."""
    noon = DAY.start + timedelta(hours=12)
    row = day_only("d", origin="third_party", root="source:RNA", feed="press", origin_reason="cites 'RNA'")
    (found,) = findings(judged(row), start=noon)
    assert found.incidents == ()
    assert len(found.unplaced) == 1
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert "not known well enough" in found.reason


def test_every_kind_of_provision_has_a_check() -> None:
    """What terms lets a case write, compliance can check."""
    assert set(CHECKS) == set(Kind)
