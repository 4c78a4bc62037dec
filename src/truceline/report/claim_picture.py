"""Verdicts on sentences as one picture: what was said, what it was taken for, what the maps show.

    Verdicts --claim_picture--> SVG page

A figure is a bar against the mark of what was said. Words carry the verdict; colour carries nothing.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from markupsafe import Markup

from truceline.ground.claims import Checked, Figure, Verdict
from truceline.report.figures import drawing, svg, text
from truceline.report.words import MARKING

WIDTH, MARGIN = 900.0, 24.0
FONT = "font-family:'DejaVu Sans',Verdana,sans-serif"
BAR_LEFT, BAR_WIDE = 500.0, 230.0


def claim_picture(verdicts: Sequence[Verdict]) -> str:
    """Every verdict below the other, as SVG text."""
    parts: list[Markup] = [text("Sentences held against the maps", MARGIN, 58, font_size=21, font_weight=600)]
    y = 92.0
    for verdict in verdicts:
        parts.append(svg("line", x1=MARGIN, x2=WIDTH - MARGIN, y1=y - 14, y2=y - 14, stroke="#c9c4b8"))
        for line in textwrap.wrap(f"“{verdict.claim.text}”", 92):
            parts.append(text(line, MARGIN, y + 8, font_size=15))
            y += 22
        who = f", {verdict.claim.said_by}" if verdict.claim.said_by else ""
        parts.append(text(verdict.holds.value.upper(), MARGIN, y + 8, font_size=14, font_weight=700))
        parts.append(
            text(f"{verdict.claim.said_on}{who}", WIDTH - MARGIN, y + 8, font_size=12, fill="#555", text_anchor="end")
        )
        y += 24
        for part in verdict.parts:
            found, y = _part(part, y)
            parts += found
        for line in textwrap.wrap(verdict.note, 130):
            parts.append(text(line, MARGIN, y + 8, font_size=11, fill="#555"))
            y += 16
        y += 30
    parts = [
        svg("rect", width=WIDTH, height=f"{y:.0f}", fill="#fbfaf7"),
        text(MARKING, MARGIN, 26, font_size=12, font_weight=600, fill="#555"),
        *parts,
    ]
    described = "; ".join(f"{verdict.claim.text} {verdict.holds.value}" for verdict in verdicts)
    title = "Sentences held against the maps"
    whole = drawing(parts, name="claims", title=title, described=described, width=WIDTH, height=y, style=FONT)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def _part(part: Checked, y: float) -> tuple[list[Markup], float]:
    parts = []
    for line in textwrap.wrap(f"{part.holds.value}: “{part.words}”, taken for {part.taken_for}", 118):
        parts.append(text(line, MARGIN + 16, y + 8, font_size=12, font_weight=600))
        y += 18
    high = max([abs(figure.value) for figure in part.figures] + [1e-9])
    for figure in part.figures:
        parts += _figure(figure, y, high)
        y += 20
    if part.why:
        parts.append(text(part.why, MARGIN + 16, y + 8, font_size=12, fill="#444"))
        y += 18
    return parts, y + 6


def _figure(figure: Figure, y: float, high: float) -> list[Markup]:
    long = BAR_WIDE * abs(figure.value) / high
    value = f"{figure.value:,.2f}" if figure.unit == "%" else f"{figure.value:,.0f}"
    beside = "" if figure.votes else " (beside it)"
    label = f"{figure.at}  {figure.what}"
    solid = {"fill": "#6d6a86"} if figure.votes else {"fill": "none", "stroke": "#6d6a86", "stroke_dasharray": "3 2"}
    if not figure.unit:
        long = 0.0
    return [
        text(label if len(label) <= 74 else label[:73] + "…", BAR_LEFT - 10, y + 8, font_size=11, text_anchor="end"),
        svg("rect", x=BAR_LEFT, y=f"{y - 2:.1f}", width=f"{long:.1f}", height=12, **solid),
        text(f"{value} {figure.unit}{beside}", BAR_LEFT + long + 8, y + 8, font_size=12),
    ]
