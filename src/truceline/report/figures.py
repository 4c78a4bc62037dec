"""Figures as inline SVG: the bar of the line and the strip of sectors. No script, no colour alone.

    state km --state_bar--> one bar         sector-days --sector_strip--> sectors along the line, a row per class

Each state has a colour that colour-blind readers tell apart, a pattern of its own and its word beside it.
Grey is kept for what nobody saw. Parties have no colour.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from truceline.report.plain import visible
from truceline.report.words import STATE_WORDS, STATES

# Orange and blue from ColorBrewer's PuOr and RdBu (colorbrewer2.org), which keep apart for the
# colour-blind; sand and grey are paler, and hatched or dotted.
COLOURS: dict[str, str] = {
    "active": "#b35806",
    "quiet": "#2166ac",
    "undetermined": "#efe2bd",
    "not_observed": "#d4d4d4",
}
INK: dict[str, str] = {
    "active": "#7f3b08",
    "quiet": "#123f6d",
    "undetermined": "#7a6420",
    "not_observed": "#6b6b6b",
}

ANY = "any"
STRIP_WIDTH = 720.0
STRIP_LABEL = 150.0
STRIP_ROW = 18.0


def svg(tag: str, content: str = "", /, **attributes: object) -> Markup:
    """One SVG element; every attribute is escaped, content must be Markup already."""
    names = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(visible(str(value)))}"' for name, value in attributes.items()
    )
    inside = content if isinstance(content, Markup) else escape(visible(content))
    return Markup(f"<{tag}{names}>{inside}</{tag}>")  # noqa: S704  (every part was escaped above)


def text(words: str, x: float, y: float, /, **attributes: object) -> Markup:
    """A piece of text at a place, escaped."""
    return svg("text", words, x=f"{x:.1f}", y=f"{y:.1f}", **attributes)


def together(parts: Sequence[Markup]) -> Markup:
    """Elements after one another."""
    return Markup("").join(parts)


def drawing(
    parts: Sequence[Markup],
    *,
    name: str,
    title: str,
    described: str,
    width: float,
    height: float,
    natural: bool = False,
    **attributes: object,
) -> Markup:
    """A whole figure with a title and a description for those who do not see it; `natural`: never drawn larger."""
    if natural:
        attributes = {"width": f"{width:.0f}", "height": f"{height:.0f}", **attributes}
    named = together([svg("title", title, id=f"{name}-title"), svg("desc", described, id=f"{name}-desc")])
    return svg(
        "svg",
        named + together(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        **attributes,
    )


def patterns() -> Markup:
    """The patterns of the four states, defined once in the page and used by every figure."""
    quiet = svg("rect", width=8, height=8, fill=COLOURS["quiet"]) + svg(
        "path", d="M0 2H8M0 6H8", stroke="#8fb6dc", stroke_width=1
    )
    hatch = svg("rect", width=6, height=6, fill=COLOURS["undetermined"]) + svg(
        "path", d="M-1 1L1 -1M0 6L6 0M5 7L7 5", stroke="#a08531", stroke_width=1.1
    )
    dots = (
        svg("rect", width=6, height=6, fill=COLOURS["not_observed"])
        + svg("circle", cx=1.5, cy=1.5, r=0.9, fill="#7d7d7d")
        + svg("circle", cx=4.5, cy=4.5, r=0.9, fill="#7d7d7d")
    )
    defined = [
        svg("pattern", content, id=f"p-{state}", patternUnits="userSpaceOnUse", width=size, height=size)
        for state, content, size in (("quiet", quiet, 8), ("undetermined", hatch, 6), ("not_observed", dots, 6))
    ]
    return svg(
        "svg",
        svg("defs", together(defined)),
        xmlns="http://www.w3.org/2000/svg",
        width=0,
        height=0,
        aria_hidden="true",
        focusable="false",
        class_="patterns",
    )


def fill(state: str) -> str:
    """What an area in this state is filled with."""
    return COLOURS["active"] if state == "active" else f"url(#p-{state})"


def swatch(state: str) -> Markup:
    """A small sample of a state's pattern, to stand before its word."""
    sample = svg("rect", x=0.5, y=0.5, width=15, height=10, rx=1.5, fill=fill(state), stroke=INK[state], stroke_width=1)
    return svg(
        "svg", sample, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 16 11", class_="swatch", aria_hidden="true"
    )


def state_bar(state_km: Mapping[str, float]) -> Markup:
    """The line as one bar, a part a state, in the fixed order. Lengths are to scale."""
    whole = math.fsum(state_km[state] for state in STATES)
    parts, x = [], 0.0
    for state in STATES:
        width = STRIP_WIDTH * state_km[state] / whole if whole else 0.0
        if width > 0:
            parts.append(
                svg(
                    "rect",
                    x=f"{x:.1f}",
                    y=0.5,
                    width=f"{width:.1f}",
                    height=27,
                    fill=fill(state),
                    stroke=INK[state],
                    stroke_width=1,
                )
            )
        x += width
    told = "; ".join(f"{STATE_WORDS[state]} {state_km[state]:,.1f} km" for state in STATES)
    return drawing(
        parts,
        name="state-bar",
        title="The state of the line",
        described=f"A bar in four parts: {told}.",
        width=STRIP_WIDTH,
        height=28,
        preserveAspectRatio="none",
        class_="state-bar",
    )


def sector_strip(line: Mapping[str, Any], sector_days: Sequence[Mapping[str, Any]]) -> Markup:
    """Sectors along the line from left to right, a row per class: where it was what, at a glance."""
    sectors = line["sectors"]
    length = math.fsum(one["length_km"] for one in sectors)
    rows = {(row["sector"], row["class"]): row for row in sector_days}
    names = {row["class"]: row["class_name"] for row in sector_days}
    scale = (STRIP_WIDTH - STRIP_LABEL - 2) / length if length else 0.0
    parts: list[Markup] = []
    y = 0.0
    for name in names:
        is_any = name == ANY
        height = STRIP_ROW + 6 if is_any else STRIP_ROW
        parts.append(
            text(names[name], STRIP_LABEL - 8, y + height / 2 + 4, text_anchor="end", class_="any" if is_any else "row")
        )
        x = STRIP_LABEL
        for one in sectors:
            width = one["length_km"] * scale
            row = rows.get((one["sector"], name))
            if row is not None:
                parts.append(_block(row, one, x, y, width, height - 3))
            x += width
        y += height + (4 if is_any else 0)
    parts += km_axis(length, scale, y + 2)
    return drawing(
        parts,
        name="strip",
        title="States of the sectors along the line, by class",
        described="Each row is a class of event, each block a sector in order along the line. "
        "The sector table below says the same in words and numbers.",
        width=STRIP_WIDTH,
        height=y + 24,
        class_="strip",
    )


def _block(
    row: Mapping[str, Any], sector: Mapping[str, Any], x: float, y: float, width: float, height: float
) -> Markup:
    told = f"{sector['sector']}, {row['class_name']}: {STATE_WORDS[row['state']]}"
    return svg(
        "rect",
        svg("title", told),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{max(width - 1, 0.8):.1f}",
        height=f"{height:.1f}",
        fill=fill(row["state"]),
        stroke=INK[row["state"]],
        stroke_width=0.7,
    )


def km_axis(length: float, scale: float, y: float) -> list[Markup]:
    """Kilometres along the line, under a strip of sectors; `scale` is its width a kilometre."""
    step = round_step(length / 6) if length else 1.0
    parts = [
        svg(
            "path",
            d=f"M{STRIP_LABEL:.1f} {y:.1f}H{STRIP_LABEL + length * scale:.1f}",
            stroke="#555",
            stroke_width=0.8,
            fill="none",
        )
    ]
    mark = 0.0
    while mark <= length:
        x = STRIP_LABEL + mark * scale
        parts.append(svg("path", d=f"M{x:.1f} {y:.1f}v4", stroke="#555", stroke_width=0.8))
        last = mark + step > length
        near_edge = x > STRIP_WIDTH - 24
        parts.append(
            text(
                f"{mark:,.0f}{' km' if last else ''}",
                x if not near_edge else STRIP_WIDTH,
                y + 16,
                text_anchor="end" if near_edge else "middle",
            )
        )
        mark += step
    return parts


def round_step(at_least: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 … that is not smaller.

    >>> round_step(33), round_step(150)
    (50.0, 200.0)
    """
    step = 1.0
    while True:
        for factor in (1, 2, 5):
            if step * factor >= at_least:
                return step * factor
        step *= 10
