"""Assess: what is known of each incident, how surely, and what state each sector is in.

    Incidents, Coverage --roots, likelihood, grading--> Assessments --sector_days--> states

Three judgements, never one. Occurrence is judged here. Responsibility is not: the program records who
claims what and sets nothing. Breach belongs to the room of compliance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from truceline.assessment.grading import COUNTED, Grade, grade
from truceline.assessment.likelihood import Band, Confidence, band, confidence, occurrence
from truceline.assessment.roots import Root, roots_of
from truceline.assessment.sector_days import sector_days
from truceline.incidents import Incident, Incidents
from truceline.observations import Observed
from truceline.terms import Agreement
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
        probability: P(it happened), from the independent roots alone; printed as a band only.
        band: None where no independent voice speaks of it: then nothing is judged, least of all even chances.
        confidence: None with it.
        claims: Which parties' channels report it. No input makes the program set responsibility.
    """

    incident: Incident
    roots: tuple[Root, ...]
    probability: float
    band: Band | None
    confidence: Confidence | None
    grade: Grade
    claims: tuple[Claim, ...]

    @property
    def counted(self) -> bool:
        """Whether it stands in counts."""
        return self.grade in COUNTED


@dataclass(frozen=True)
class Assessments:
    """The judged incidents of a day and the sector-days (table `SECTOR_DAY`)."""

    assessments: tuple[Assessment, ...]
    sector_days: pa.Table
    unattributed_heat: tuple[str, ...]


def acts_of_fire(agreement: Agreement) -> tuple[EventClass, ...]:
    """Every act of fire, and what else a promise of no fire forbids: a line is not quiet under fire nobody forbade."""
    promises = [provision for provision in agreement.provisions if provision.kind is Kind.NO_FIRE]
    named = {*NO_FIRE, *(event for provision in promises for event in provision.classes)}
    return tuple(event for event in EventClass if event in named)


def assess(incidents: Incidents, observed: Observed, agreement: Agreement) -> Assessments:
    """Judge the incidents of a day and the state of every sector.

    Args:
        incidents: What was linked.
        observed: The observations they rest on, and the coverage.
        agreement: For the reliability of sources, the forbidden classes and `quiet_at`.
    """
    rows = {row["id"]: row for row in observed.observations.to_pylist()}
    judged = tuple(_assess(one, rows, agreement) for one in incidents.incidents)
    near = [one for one in judged if one.incident.sector is not None]
    days = sector_days(
        observed.coverage,
        counted=[(str(a.incident.sector), a.incident.event_class) for a in near if a.counted],
        heat=[rows[key]["sector"] for key in incidents.unattributed_heat],
        uncounted=[(str(a.incident.sector), a.incident.event_class) for a in near if not a.counted],
        beside=[(other, a.incident.event_class) for a in judged if a.counted for other in a.incident.sectors_beside],
        forbidden=acts_of_fire(agreement),
        quiet_at=agreement.quiet_at,
    )
    return Assessments(judged, days, incidents.unattributed_heat)


def _assess(incident: Incident, rows: Mapping[str, Mapping[str, Any]], agreement: Agreement) -> Assessment:
    members = [rows[key] for key in incident.observations]
    roots = roots_of(members, agreement)
    voices = [root for root in roots if root.independent]
    probability = occurrence([root.reliability for root in voices])
    claims = tuple(
        Claim(root.key.partition(":")[2], root.observations) for root in roots if root.origin is Origin.PARTY
    )
    return Assessment(
        incident=incident,
        roots=roots,
        probability=probability,
        band=band(probability) if voices else None,
        confidence=confidence(len(voices), uncertainty_m=incident.where.uncertainty_m) if voices else None,
        grade=grade(len(voices), 0, probability),
        claims=claims,
    )
