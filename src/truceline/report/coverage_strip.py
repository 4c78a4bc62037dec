"""The coverage strip: sectors along the line from left to right, the day's hours downwards; grey is "not seen".

    coverage_hours --kind of each sector and hour--> runs of hours alike --> one block each

Watched, looked at, looked at under cloud, not known, nobody: each has a pattern or mark of its own and its word in the
key. It says nothing of classes and of what happened.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from truceline.report.figures import (
    COLOURS,
    INK,
    STRIP_LABEL,
    STRIP_WIDTH,
    drawing,
    fill,
    km_axis,
    svg,
    text,
    together,
)

ROW = 9.0
HALF = 0.5  # from here on a sector-hour counts as watched, and a look as clear

WATCHED, PARTLY, LOOKED, CLOUDED, UNKNOWN, NOBODY = (
    "watched", "watched in part", "looked at in clear sky", "looked at, mostly cloud", "not known", "nobody looked",
)  # fmt: skip
KINDS = (WATCHED, PARTLY, LOOKED, CLOUDED, UNKNOWN, NOBODY)
# Purples from ColorBrewer's PuOr (colorbrewer2.org): none of them stands for a state or a party.
_FILL = {
    WATCHED: "#542788",
    PARTLY: "#998ec3",
    LOOKED: "#d8daeb",
    CLOUDED: COLOURS["not_observed"],
    UNKNOWN: fill("undetermined"),
    NOBODY: fill("not_observed"),
}
_INK = {UNKNOWN: INK["undetermined"], NOBODY: INK["not_observed"], CLOUDED: INK["not_observed"]}


def kind_of(watched: float, looks: int | None, clear: float | None) -> str:
    """What a sector-hour is drawn as.

    >>> kind_of(1.0, 0, None), kind_of(0.0, 0, None), kind_of(0.0, None, None), kind_of(0.0, 2, 0.1)
    ('watched', 'nobody looked', 'not known', 'looked at, mostly cloud')
    """
    if watched >= HALF:
        return WATCHED
    if watched > 0:
        return PARTLY
    if looks is None or (looks and clear is None):
        return UNKNOWN
    if not looks:
        return NOBODY
    return LOOKED if clear is not None and clear >= HALF else CLOUDED


def coverage_strip(line: Mapping[str, Any], coverage_hours: Sequence[Mapping[str, Any]]) -> Markup:
    """The figure, or an empty one where no sector has an hour."""
    hours = {one["sector"]: one for one in coverage_hours}
    length = math.fsum(one["length_km"] for one in line["sectors"])
    scale = (STRIP_WIDTH - STRIP_LABEL - 2) / length if length else 0.0
    rows = max((len(one["watched_share"]) for one in coverage_hours), default=0)
    parts: list[Markup] = []
    x = STRIP_LABEL
    for sector in line["sectors"]:
        width = sector["length_km"] * scale
        if (one := hours.get(sector["sector"])) is not None:
            parts += _column(sector["sector"], one, x, width)
        x += width
    clock = [hour for one in coverage_hours[:1] for hour in one["hours_utc"]]
    parts += [
        text(f"{hour} UTC", STRIP_LABEL - 8, n * ROW + ROW, text_anchor="end")
        for n, hour in enumerate(clock)
        if n % 3 == 0
    ]
    parts += km_axis(length, scale, rows * ROW + 3)
    return drawing(
        parts,
        name="coverage-strip",
        title="Who looked, sector by sector and hour by hour",
        described="Each column is a sector in order along the line, each row an hour of the day from the top. "
        "Grey and dotted is where nobody looked. The sector table says looks and hours in numbers.",
        width=STRIP_WIDTH,
        height=rows * ROW + 27,
        class_="strip",
    )


def sample(kind: str) -> Markup:
    """A small sample of a kind, to stand before its word in the key."""
    block = together([_rect(kind, 0.5, 0.5, 15, 10), *_mark(kind, 8, 5.5)])
    return svg(
        "svg", block, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 16 11", class_="swatch", aria_hidden="true"
    )


def _column(name: str, hours: Mapping[str, Any], x: float, width: float) -> list[Markup]:
    kinds = [
        kind_of(watched, looks, clear)
        for watched, looks, clear in zip(hours["watched_share"], hours["looks"], hours["clear_share"], strict=True)
    ]
    parts: list[Markup] = []
    first = 0
    for n in range(1, len(kinds) + 1):
        if n < len(kinds) and kinds[n] == kinds[first]:
            continue
        told = f"{name}, {_span(hours['hours_utc'], first, n)}: {kinds[first]}"
        block = _rect(kinds[first], x, first * ROW, max(width - 0.6, 0.8), (n - first) * ROW - 0.4, told)
        parts.append(block)
        first = n
    for n, looks in enumerate(hours["looks"]):
        if looks:
            clear = hours["clear_share"][n]
            mark = LOOKED if clear is not None and clear >= HALF else CLOUDED
            parts += _mark(mark, x + width / 2, n * ROW + ROW / 2)
    return parts


def _span(clock: Sequence[str], first: int, end: int) -> str:
    return f"{clock[first]} UTC, {end - first} h"


def _rect(kind: str, x: float, y: float, width: float, height: float, told: str = "") -> Markup:
    return svg(
        "rect",
        svg("title", told) if told else Markup(),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{width:.1f}",
        height=f"{height:.1f}",
        fill=_FILL[kind],
        stroke=_INK.get(kind, "none"),
        stroke_width=0.4,
    )


def _mark(kind: str, x: float, y: float) -> list[Markup]:
    """A look: filled where it was clear, a ring where it was not or nobody knows."""
    if kind not in (LOOKED, CLOUDED):
        return []
    inside = "#1b1b19" if kind == LOOKED else "#ffffff"
    return [svg("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=2, fill=inside, stroke="#ffffff" if kind == LOOKED
                else "#1b1b19", stroke_width=0.8)]  # fmt: skip
