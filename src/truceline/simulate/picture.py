"""The score as one picture: where the misses lie, how far what was said can be relied on, what was found.

    Truth, bulletins, Score --picture--> an SVG page of 960 by about 900

Above, the line from left to right and the days downward: each sector-day in its state, each planted event where
and when it happened. Below, said against so, and recall by class. No colour alone; grey is what nobody saw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from truceline.report.figures import INK, drawing, fill, patterns, svg, text
from truceline.simulate.matching import lay, matched, period_of
from truceline.simulate.result import STATES, Score
from truceline.simulate.tables import ASKED, Reliability
from truceline.simulate.truth import Truth
from truceline.terms.event_class import NAMES, EventClass

WIDTH, MARGIN, TOP = 960.0, 84.0, 96.0
FONT = "font-family:'DejaVu Sans',Verdana,sans-serif"
MARKS = (
    ("found", "found: counted as an incident"),
    ("missed", "missed, though somebody told of it"),
    ("beyond", "beyond anybody's reach"),
)
SHOWN = (
    "bound_covers", "quiet_said", "quiet_wrong", "recall", "heat_recall", "benign_kept_out", "false_alarms",
    "positions_right", "copies_one_voice",
)  # fmt: skip


def picture(truth: Truth, bulletins: Sequence[Mapping[str, Any]], score: Score) -> str:
    """The page as SVG text.

    Args:
        truth: Of the world.
        bulletins: As written to bulletin.json, in the order of their days.
        score: Of these bulletins.
    """
    row = min(64.0, max(14.0, 300.0 / max(1, len(bulletins))))
    bottom = TOP + 40 + row * len(bulletins)
    tall = bottom + 450
    frozen = " · frozen: not looked at while tuning" if score.frozen else ""
    told = f"{len(score.days)} days from {score.days[0]}, seed {truth.seed}{frozen}"
    parts = [
        patterns(),
        svg("rect", width=WIDTH, height=f"{tall:.0f}", fill="#fbfaf7"),
        text(f"World “{score.world.replace('_', ' ')}”: what was found of it", 24, 38, font_size=21, font_weight=600),
        text(f"EXERCISE. {told}. Nothing here happened.", 24, 60, font_size=13, fill="#555"),
        *_map(truth, bulletins, TOP, row),
        *_reliability(score, 24, bottom + 20),
        *_recall(score, 500, bottom + 20),
        *_figures(score, 24, bottom + 300),
    ]
    described = f"{len(truth.events)} planted events; " + "; ".join(
        f"{m.name.replace('_', ' ')} {m.k} of {m.n}" for m in score.measured.measures if m.name in SHOWN
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(
        drawing(
            parts, name="score", title=f"Score of world {score.world}", described=described, width=WIDTH, height=tall,
            style=FONT,
        )
    ) + "\n"  # fmt: skip


def _map(truth: Truth, bulletins: Sequence[Mapping[str, Any]], top: float, row: float) -> list[Markup]:
    """Sector-days in their states, and the events upon them."""
    parts: list[Markup] = []
    found = {event.id for one in matched(truth, bulletins) for event in one.holds}
    tally = dict.fromkeys((name for name, _ in MARKS), 0)
    for n, bulletin in enumerate(bulletins):
        y, laid, period = top + n * row, lay(truth, bulletin), period_of(bulletin)
        parts.append(text(str(bulletin["day"]), 14, y + row / 2 + 4, font_size=min(11.5, row * 0.8), fill="#333"))
        if laid is None:
            parts.append(text("no usable map of the line", MARGIN + 8, y + row / 2 + 4, font_size=11, fill="#333"))
            continue
        length = max(one.to_km for one in laid.sectors)

        def x_of(km: float, length: float = length) -> float:
            return MARGIN + 8 + km / length * (WIDTH - MARGIN - 36)

        states = {one["sector"]: one["state"] for one in bulletin["sector_days"] if one["class"] == "any"}
        for one in laid.sectors:
            left, right = x_of(one.from_km), x_of(one.to_km)
            state = states.get(one.sector, "not_observed")
            parts.append(
                svg("rect", x=f"{left:.1f}", y=f"{y:.1f}", width=f"{right - left:.1f}", height=f"{row - 2:.1f}",
                    fill=fill(state), stroke="#ffffff", stroke_width=0.8, fill_opacity=0.75)
            )  # fmt: skip
        events = [event for event in truth.events if period.holds(event.when.middle)]
        along, _ = laid.km_of_all([event.where for event in events])
        for event, km in zip(events, along, strict=True):
            kind = "found" if event.id in found else "missed" if event.countable else "beyond"
            tally[kind] += 1
            share = (event.when.middle - period.start) / (period.end - period.start)
            parts.append(_mark(kind, x_of(min(max(float(km), 0), length)), y + 3 + share * (row - 8)))
    y = top + len(bulletins) * row + 14
    parts.append(text("west coast", MARGIN + 8, y, font_size=11, fill="#555"))
    parts.append(text("east coast", WIDTH - 28, y, font_size=11, fill="#555", text_anchor="end"))
    x = 24.0
    for name, words in MARKS:
        parts += [_mark(name, x + 5, top - 16), text(f"{words} ({tally[name]})", x + 15, top - 12, font_size=11.5)]
        x += 36 + 6.6 * len(f"{words} ({tally[name]})")
    x = MARGIN + 120
    for state in STATES:
        parts += [
            svg("rect", x=x, y=y - 10, width=16, height=11, fill=fill(state), stroke=INK[state], stroke_width=1),
            text(state.replace("_", " "), x + 22, y, font_size=11, fill=INK[state]),
        ]
        x += 130
    return parts


def _mark(kind: str, x: float, y: float) -> Markup:
    if kind == "found":
        return svg("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3.4, fill="#111", stroke="#fff", stroke_width=0.9)
    if kind == "missed":
        cross = f"M{x - 3.4:.1f} {y - 3.4:.1f}l6.8 6.8m0 -6.8l-6.8 6.8"
        return svg("path", d=cross, stroke="#fff", stroke_width=3.6) + svg(
            "path", d=cross, stroke="#111", stroke_width=1.7
        )
    return svg("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=2.6, fill="#fff", stroke="#555", stroke_width=1)


def _reliability(score: Score, left: float, top: float) -> list[Markup]:
    """Two panels: likelihood said against how often it was so; observability said against the share found."""
    parts = [text("Said against so", left, top, font_size=15, font_weight=600)]
    for n, (kind, words) in enumerate((("likelihood", "likelihood of incidents"), ("observability", "observability"))):
        x, y, side = left + 34 + n * 222, top + 34, 168.0
        parts.append(text(words, x, y - 8, font_size=11.5, fill="#333"))
        parts.append(
            svg("rect", x=x, y=y, width=side, height=side, fill="#fff", stroke="#b9b4a8", stroke_width=1)
            + svg("path", d=f"M{x} {y + side}l{side} {-side}", stroke="#999", stroke_width=1, stroke_dasharray="4 3")
        )
        for share in (0.0, 0.5, 1.0):
            parts.append(text(f"{share:.0%}", x + side * share, y + side + 14, font_size=10, text_anchor="middle"))
            parts.append(text(f"{share:.0%}", x - 5, y + side * (1 - share) + 4, font_size=10, text_anchor="end"))
        parts.append(text("said", x + side / 2, y + side + 27, font_size=10.5, text_anchor="middle", fill="#555"))
        rows = [one for one in score.measured.reliability if one.kind == kind and one.n]
        parts += [_point(one, x, y, side) for one in rows]
        if not rows:
            parts.append(text("nothing to compare", x + side / 2, y + side / 2, font_size=11, text_anchor="middle"))
    return parts


def _point(one: Reliability, x: float, y: float, side: float) -> Markup:
    low, high = wilson(one.k, one.n)
    px = x + side * min(max(one.said, 0.02), 0.98)
    at = [y + side * (1 - share) for share in (low, one.k / one.n, high)]
    bar = svg("path", d=f"M{px:.1f} {at[0]:.1f}V{at[2]:.1f}", stroke="#111", stroke_width=1.4)
    dot = svg("circle", cx=f"{px:.1f}", cy=f"{at[1]:.1f}", r=3.6, fill="#111")
    return bar + dot + text(f"n={one.n}", px, at[0] + 11, font_size=9.5, text_anchor="middle", fill="#333")


def wilson(k: int, n: int, z: float = 1.6449) -> tuple[float, float]:
    """A 90 % interval of a share. Source: Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.541, 0.931]
    """
    middle, half = (k + z * z / 2) / (n + z * z), z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return middle - half, middle + half


def _recall(score: Score, left: float, top: float) -> list[Markup]:
    """Bars: of the events somebody told of, how many were counted, by class."""
    parts = [text("Found, of what somebody told of", left, top, font_size=15, font_weight=600)]
    rows = [
        (NAMES[EventClass(one.name.partition(":")[2])], one.k, one.n)
        for one in score.measured.measures
        if one.name.startswith("recall:")
    ]
    rows += [("fires a satellite recorded", m.k, m.n) for m in score.measured.measures if m.name == "heat_recall"]
    most = max((n for _, _, n in rows), default=1) or 1
    for number, (name, k, n) in enumerate(rows):
        y, wide = top + 26 + number * 26, 190.0 * n / most
        parts += [
            text(name, left, y + 11, font_size=11.5),
            svg(
                "rect", x=left + 168, y=y, width=f"{wide:.1f}", height=14, fill="#fff", stroke="#333", stroke_width=0.9
            ),
            svg("rect", x=left + 168, y=y, width=f"{wide * k / n if n else 0:.1f}", height=14, fill="#333"),
            text(f"{k} of {n}", left + 174 + wide, y + 11, font_size=11),
        ]
    return parts


def _figures(score: Score, left: float, top: float) -> list[Markup]:
    parts = [text("What is asked of it", left, top - 12, font_size=15, font_weight=600)]
    shown = [one for one in score.measured.measures if one.name in SHOWN]
    for n, one in enumerate(shown):
        about, goal = ASKED[one.name]
        y = top + 10 + n * 15
        said = f"{one.k / one.n:.1%}" if one.n else "no such"
        parts += [
            text(said, left + 62, y, font_size=11.5, text_anchor="end", font_weight=600),
            text(f"{about} ({one.k:.0f} of {one.n})", left + 74, y, font_size=11.5),
            text(f"goal {goal}" if goal else "", WIDTH - 28, y, font_size=11, text_anchor="end", fill="#555"),
        ]
    return parts
