"""Stretches of time: joined, and with gaps taken out of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from truceline.spacetime import When


def merge(spans: Iterable[When]) -> list[When]:
    """Overlapping or touching intervals joined, in order."""
    joined: list[When] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = When(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(When(span.start, span.end))
    return joined


def without(span: When, gaps: Sequence[When]) -> list[When]:
    """What is left of an interval when the gaps are taken out."""
    left, start = [], span.start
    for gap in merge(gaps):
        if gap.end <= start or gap.start >= span.end:
            continue
        if gap.start > start:
            left.append(When(start, gap.start))
        start = max(start, gap.end)
    if start < span.end:
        left.append(When(start, span.end))
    return left
