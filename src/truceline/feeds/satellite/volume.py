"""Expected volume: a day on which a file holds far fewer detections than on the days around it is an outage.

    rows a UTC day --neighbouring days--> what to expect --short_days--> Trouble of that day

An empty or short day looks like silence and usually is a file that ended early. What is usual is taken from up to
`NEIGHBOURS` days of the same file nearest in time, on the scale of log(1 + n): fires change by factors, not by
steps. A day is short where it lies more than `DEVIATIONS` standard deviations below their mean. Nothing is said
where fewer than `LEAST_DAYS` days are there to compare with, or where what is usual is itself near nothing. A coverage
table that says the whole day was delivered shows otherwise, and the finding becomes a note (collect.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from truceline.feeds.context import File
from truceline.feeds.record import Trouble
from truceline.spacetime import When

NEIGHBOURS = 14  # two weeks: longer, and the season changes
WITHIN_DAYS = 21
LEAST_DAYS = 5
DEVIATIONS = 3.0  # one quiet day in 740 by chance, were the logarithms normal
LEAST_SD = 0.7  # a factor of two is never out of the ordinary, however even the days around
WORTH = 20.0  # below so many usual rows a short day cannot be told from a quiet one


def short_days(counts: Mapping[date, int], file: File) -> tuple[Trouble, ...]:
    """Outages for the days of the window that hold far too few rows.

    Args:
        counts: Rows of the whole file by UTC day; a day that is absent holds none.
        file: What is in hand.
    """
    days = _days(file.window)
    found = []
    for day in days:
        expected = usual(counts, day)
        if expected is None:
            continue
        mean, sd = expected
        rows = counts.get(day, 0)
        if math.expm1(mean) >= WORTH and math.log1p(rows) < mean - DEVIATIONS * sd:
            start = datetime(day.year, day.month, day.day, tzinfo=UTC)
            what = (
                f"{file.path} holds {rows} detection(s) of {day}, where about {math.expm1(mean):.0f} are usual at this "
                "time: a short day is an outage until shown otherwise"
            )
            todo = "Fetch that day again, or say in a coverage table that all of it was delivered"
            found.append(Trouble(file.feed.name, what, todo, When(start, start + timedelta(days=1)), doubt=True))
    return tuple(found)


def usual(counts: Mapping[date, int], day: date) -> tuple[float, float] | None:
    """Mean and standard deviation of log(1 + rows) on the days around; None where too few are there."""
    near = sorted(
        (one for one in counts if one != day and abs((one - day).days) <= WITHIN_DAYS),
        key=lambda one: (abs((one - day).days), one),
    )[:NEIGHBOURS]
    if len(near) < LEAST_DAYS:
        return None
    logs = [math.log1p(counts[one]) for one in near]
    mean = math.fsum(logs) / len(logs)
    sd = math.sqrt(math.fsum((one - mean) ** 2 for one in logs) / (len(logs) - 1))
    return mean, max(sd, LEAST_SD)


def _days(window: When) -> list[date]:
    """Every UTC day that meets a window."""
    first = window.start.astimezone(UTC).date()
    last = (window.end.astimezone(UTC) - timedelta(microseconds=1)).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
