"""Assess: what is known of each incident, how surely, and what state each sector is in.

    Incidents, Coverage --roots, likelihood, grading--> Assessments --sector_days--> states

Three judgements, never one. Occurrence is judged here. Responsibility is not: the program records who
claims what and sets nothing. Breach belongs to the room of compliance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from truceline.assessment.evidence import Evidence, Without, said_of, sensitivity, weigh_all
from truceline.assessment.grading import COUNTED, Grade, reviews_needed
from truceline.assessment.likelihood import Band, Confidence, confidence
from truceline.assessment.roots import Root, roots_against, roots_of
from truceline.assessment.sector_days import sector_days
from truceline.assessment.spoken import Spoken, about
from truceline.assessment.told import NOBODY_TELLS, Told, told_of
from truceline.incidents import Incident, Incidents
from truceline.observations import Observed
from truceline.statements.statement import Statement
from truceline.terms import Agreement
from truceline.terms.decision import Outcome, Review
from truceline.terms.event_class import NO_FIRE, EventClass
from truceline.terms.party import Origin
from truceline.terms.provision import Kind


@dataclass(frozen=True)
class Claim:
    """That a party's own channel reports an incident: recorded, never weighed."""

    party: str
    observations: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """What is known of one incident.

    Attributes:
        probability: P(it happened), from the evidence; printed as a band only.
        band: None where no independent voice speaks of it and no party admits it: then nothing is judged.
        confidence: None where no independent voice speaks of it.
        claims: Which parties' channels report it. No input makes the program set responsibility.
        against: Independent roots that say it did not happen, or was something else.
        evidence: Every item that moves the probability, with its ratio; `without` is what each is worth.
        spoken: Statements about it.
        reviews: Reviews of it as it stands now, each by another person; `lapsed` counts those of earlier states.
        state: Fingerprint of what a review is of.
        grade_before: The grade by the evidence alone, before anybody reviewed it.
    """

    incident: Incident
    roots: tuple[Root, ...]
    probability: float
    band: Band | None
    confidence: Confidence | None
    grade: Grade
    claims: tuple[Claim, ...]
    against: tuple[Root, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    without: tuple[Without, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    reviews: tuple[Review, ...] = ()
    lapsed: int = 0
    state: str = ""
    grade_before: Grade = Grade.UNVERIFIABLE

    @property
    def counted(self) -> bool:
        """Whether it stands in counts."""
        return self.grade in COUNTED


@dataclass(frozen=True)
class Assessments:
    """The judged incidents of a day, the sector-days (table `SECTOR_DAY`), and how often reports told of acts."""

    assessments: tuple[Assessment, ...]
    sector_days: pa.Table
    unattributed_heat: tuple[str, ...]
    told: Told = NOBODY_TELLS


def acts_of_fire(agreement: Agreement) -> tuple[EventClass, ...]:
    """Every act of fire, and what else a promise of no fire forbids: a line is not quiet under fire nobody forbade."""
    promises = [provision for provision in agreement.provisions if provision.kind is Kind.NO_FIRE]
    named = {*NO_FIRE, *(event for provision in promises for event in provision.classes)}
    return tuple(event for event in EventClass if event in named)


def assess(
    incidents: Incidents,
    observed: Observed,
    agreement: Agreement,
    statements: Sequence[Statement] = (),
    reviews: Iterable[Review] = (),
) -> Assessments:
    """Judge the incidents of a day and the state of every sector.

    Args:
        incidents: What was linked.
        observed: The observations they rest on, and the coverage.
        agreement: For the reliability of sources, the forbidden classes and `quiet_at`.
        statements: What came out in this period; those about an incident are found here.
        reviews: What people found, oldest first.
    """
    rows = {row["id"]: row for row in observed.observations.to_pylist()}
    by_incident: dict[str, list[Review]] = {}
    for review in reviews:
        by_incident.setdefault(review.incident, []).append(review)
    judged = tuple(
        _assess(one, rows, agreement, statements, by_incident.get(one.id, []), observed.failed)
        for one in incidents.incidents
    )
    near = [one for one in judged if one.incident.sector is not None]
    alone = incidents.unattributed_heat
    told = told_of(((one.incident, one.roots) for one in near if one.counted), rows, agreement)
    days = sector_days(
        observed.coverage,
        counted=[(str(a.incident.sector), a.incident.event_class) for a in near if a.counted],
        heat=[rows[key]["sector"] for key in alone if rows[key]["flagged"] is None],
        flagged=[rows[key]["sector"] for key in alone if rows[key]["flagged"]],
        ordinary=[rows[key]["sector"] for key in alone if rows[key]["flagged"] is False],
        uncounted=[(str(a.incident.sector), a.incident.event_class) for a in near if not a.counted],
        unchecked=[
            (str(a.incident.sector), a.incident.event_class)
            for a in near
            if not a.counted and any(root.unchecked for root in a.roots)
        ],
        beside=[(other, a.incident.event_class) for a in judged if a.counted for other in a.incident.sectors_beside],
        forbidden=acts_of_fire(agreement),
        quiet_at=agreement.quiet_at,
        told=told,
    )
    return Assessments(judged, days, incidents.unattributed_heat, told)


def _assess(
    incident: Incident,
    rows: Mapping[str, Mapping[str, Any]],
    agreement: Agreement,
    statements: Sequence[Statement],
    reviews: Sequence[Review],
    failed: Container[str],
) -> Assessment:
    members = [rows[key] for key in incident.observations]
    spoken = about(incident, members, statements, reviews, agreement.zone)
    said_why = {why.b: why.reason for why in incident.against}
    heat = [rows[key] for key in incident.heat if rows[key]["flagged"]]  # out of the ordinary: speaks for a fire only
    voices_for = roots_of(
        members + heat if incident.event_class is EventClass.FIRE_UNDETERMINED else members, agreement, failed
    )
    against, roots = roots_against([rows[key] for key in said_why], said_why, voices_for, agreement, failed)
    evidence = weigh_all(roots, against, spoken)
    state = _state(incident, spoken)
    valid = {review.person: review for review in reviews if review.state == state}
    _, _, before = said_of(evidence)
    unlikely = sum(1 for review in valid.values() if review.outcome is Outcome.UNLIKELY)
    held_unlikely = unlikely >= reviews_needed(before, agreement.two_people_above) and unlikely == len(valid)
    probability, words, grade = said_of(evidence, held_unlikely=held_unlikely)
    voices = [root for root in roots if root.independent]
    claims = tuple(
        Claim(root.key.partition(":")[2], root.observations) for root in roots if root.origin is Origin.PARTY
    )
    return Assessment(
        incident=incident,
        roots=roots,
        probability=probability,
        band=words,
        confidence=confidence(len(voices) + len(against), uncertainty_m=incident.where.uncertainty_m)
        if voices or against
        else None,
        grade=grade,
        claims=claims,
        against=against,
        evidence=evidence,
        without=sensitivity(evidence, held_unlikely=held_unlikely),
        spoken=spoken,
        reviews=tuple(valid.values()),
        lapsed=len({review.person for review in reviews} - set(valid)),
        state=state,
        grade_before=before,
    )


def _state(incident: Incident, spoken: Sequence[Spoken]) -> str:
    """What a review is of: the evidence, not what a program makes of it."""
    parts = (
        incident.id,
        incident.event_class,
        *incident.observations,
        "|",
        *(why.b for why in incident.against),
        "|",
        *(one.statement.id for one in spoken if not one.by_person),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
