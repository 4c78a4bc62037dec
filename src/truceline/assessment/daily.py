"""One number a day: counted incidents, and the sector-hours in which one would have been seen.

    Assessments, Coverage of a day --daily--> count and exposure, or not known, with the reason

Exposure is 24 h times the chance to have seen, summed over the sectors in which that chance is known: "observed
sector-hours". A sector in which it is not known, or in which a feed that could have told was out, gives neither
count nor hours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from truceline.assessment.assess import Assessment, Assessments
from truceline.assessment.exposure import LEAST_OBSERVABILITY
from truceline.assessment.schema import ANY

HOURS = 24.0


@dataclass(frozen=True)
class Daily:
    """A day in the series.

    Attributes:
        count: Counted incidents in the sectors that could be seen; None: not known.
        exposure_h: Observed sector-hours; None: not known.
        sectors, sectors_known: Sectors of the line, and how many of them stand in the figures.
        reason: Why the day is not known; None where it is.
    """

    count: int | None
    exposure_h: float | None
    sectors: int
    sectors_known: int
    reason: str | None


def daily(assessments: Assessments, coverage: pa.Table, event_class: str = ANY) -> Daily:
    """The count and the exposure of a day.

    Args:
        assessments: Of the day.
        coverage: Table `COVERAGE` of the same day, for the feeds that were out.
        event_class: A class, or ``any`` for any act of fire.
    """
    rows = [row for row in assessments.sector_days.to_pylist() if row["event_class"] == event_class]
    out = {
        row["sector"]
        for row in coverage.select(["sector", "event_class", "silent_feeds"]).to_pylist()
        if row["silent_feeds"] and event_class in (ANY, row["event_class"])
    }
    known = [
        row
        for row in rows
        if row["sector"] not in out and row["observability"] is not None and row["observability"] >= LEAST_OBSERVABILITY
    ]
    if not rows:
        return Daily(None, None, 0, 0, "no usable map of the line, or nobody was asked about this class")
    if not known:
        why = "a feed that could have told was out" if out else "how much could have been seen is not known anywhere"
        return Daily(None, None, len(rows), 0, why)
    hours = math.fsum(HOURS * row["observability"] for row in known)
    return Daily(sum(row["count"] for row in known), hours, len(rows), len(known), None)


def lists_of(assessments: Iterable[Assessment]) -> list[tuple[str, ...]]:
    """For each counted incident near the line the independent lists that hold it: the mission, or a named source."""
    return [
        tuple(sorted({_list(root.key) for root in one.roots if root.independent}))
        for one in assessments
        if one.counted and one.incident.sector is not None
    ]


def _list(key: str) -> str:
    """Patrols of one mission do not look at the same places, so they are one list."""
    kind, _, rest = key.partition(":")
    return "the mission's own observers" if kind == "monitor" else rest
