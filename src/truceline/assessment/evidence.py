"""What speaks for an incident having happened, what against, and what each item is worth: one readable table.

    roots for and against, statements --weigh_all--> Evidence, each with its ratio --posterior--> P(it happened)

Odds = `PRIOR_ODDS` times the ratio of every item. What is not in the table moves nothing: a party's claim or denial,
"neither", silence, an article that was copied, heat without a baseline. An admission against interest moves how
likely it is and never the grade: a party's word makes no count. Each item is left out once, and what is then
said is printed: a judgement that hangs on one thing shows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.assessment.grading import Grade, grade
from truceline.assessment.likelihood import PRIOR_ODDS, WEIGHTS, Band, band
from truceline.assessment.roots import Root
from truceline.assessment.spoken import Spoken
from truceline.statements.statement import Position

# How many times more often a party admits an act of its own that happened than one that did not. Declared, not
# measured: admissions of real acts and of invented ones are too rare in any data we have.
ADMISSION = {Position.ACKNOWLEDGES: 3.0, Position.ACKNOWLEDGES_IN_PART: 2.0}


@dataclass(frozen=True)
class Evidence:
    """One item.

    Attributes:
        kind: ``report``, ``against`` or ``admission``.
        name: Who speaks.
        ratio: Likelihood ratio: above 1 for, below 1 against.
        key: Of the root, or of the statement.
    """

    kind: str
    name: str
    ratio: float
    reason: str
    key: str


@dataclass(frozen=True)
class Without:
    """What would be said if one item had not been received."""

    item: Evidence
    band: Band | None
    grade: Grade


def weigh_all(roots: Iterable[Root], against: Iterable[Root], spoken: Iterable[Spoken]) -> tuple[Evidence, ...]:
    """Every item that moves something: roots for, roots against, admissions."""
    items = [Evidence("report", r.name, WEIGHTS[r.reliability], r.reason, r.key) for r in roots if r.independent]
    items += [Evidence("against", r.name, 1 / WEIGHTS[r.reliability], r.reason, r.key) for r in against]
    admitted: dict[str, Evidence] = {}
    for one in spoken:  # a party's channels are one voice: its plainest admission counts once
        said = one.statement
        ratio = ADMISSION.get(Position(said.position))
        if ratio is None or said.party is None or said.about_party != said.party:
            continue
        reason = f"{said.position.replace('_', ' ')} an act of its own side ({one.reason})"
        item = Evidence("admission", said.speaker or said.party, ratio, reason, said.id)
        if said.party not in admitted or ratio > admitted[said.party].ratio:
            admitted[said.party] = item
    return (*items, *(admitted[party] for party in sorted(admitted)))


def posterior(items: Iterable[Evidence]) -> float:
    """P(it happened), held within 1..99 %.

    >>> round(posterior([]), 2)
    0.5
    """
    log_odds = math.log(PRIOR_ODDS) + math.fsum(math.log(one.ratio) for one in items)
    return min(0.99, max(0.01, 1 / (1 + math.exp(-log_odds))))


def said_of(items: Sequence[Evidence], *, held_unlikely: bool = False) -> tuple[float, Band | None, Grade]:
    """Probability, its band and the grade these items give.

    No band where nobody but the parties speaks and none admits: then nothing is judged, least of all even chances.
    """
    voices = [one for one in items if one.kind != "admission"]
    n_for = sum(1 for one in voices if one.kind == "report")
    n_against = len(voices) - n_for
    chance = posterior(items)
    # The grade goes by the independent voices alone, so that no party can raise it.
    got = grade(n_for, n_against, posterior(voices), held_unlikely=held_unlikely)
    return chance, band(chance) if items else None, got


def sensitivity(items: Sequence[Evidence], *, held_unlikely: bool = False) -> tuple[Without, ...]:
    """What would be said without each item, in their order."""
    found = []
    for n, item in enumerate(items):
        _, words, got = said_of([*items[:n], *items[n + 1 :]], held_unlikely=held_unlikely)
        found.append(Without(item, words, got))
    return tuple(found)
