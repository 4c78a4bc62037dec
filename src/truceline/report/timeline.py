"""The time line of positions: parties downwards, days from left to right, one mark a statement, its words on hover.

    rows {party, day, position, speaker, quote, basis} --timeline--> one SVG

A mark is two letters in a box; the box tells the family (says so, says no, says neither, of what is to come) by its
edge and tone, so that nothing hangs on colour. Parties have no colour. A statement whose day is not known stands in
a column of its own at the end, never on a day that was guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from truceline.report.figures import drawing, svg, text, together
from truceline.report.words import POSITION_WORDS

LABEL, CELL, MARK, GAP, HEAD = 130.0, 30.0, 22.0, 3.0, 46.0
APART = 54.0  # before the column of days not known
MOST_COLUMNS = 45  # beyond it a column is a week
MOST_MARKS = 14  # in one cell; further ones are counted in a mark of their own, whose hover names them

CODES: dict[str, str] = {
    "asserts": "As", "acknowledges": "Ad", "acknowledges_in_part": "Ap", "denies": "De",
    "neither_confirms_nor_denies": "Ne", "no_comment": "Nc", "accuses": "Ac", "promises": "Pr", "conditions": "If",
    "calls_for": "Ca", "accepts": "Ye", "rejects": "No", "predicts": "Wi", "reports": "Re", "unclear": "?",
}  # fmt: skip
_FAMILIES = {
    "says_no": ({"denies", "rejects"}, {"fill": "#2d2a4a", "stroke": "#2d2a4a"}, "#ffffff"),
    "neither": (
        {"neither_confirms_nor_denies", "no_comment", "unclear"},
        {"fill": "#ffffff", "stroke": "#2d2a4a", "stroke_dasharray": "3 2"},
        "#2d2a4a",
    ),
    "ahead": (
        {"promises", "conditions", "calls_for", "accepts", "predicts"},
        {"fill": "#d8daeb", "stroke": "#542788"},
        "#2d2a4a",
    ),
}
_SAYS_SO: tuple[dict[str, str], str] = ({"fill": "#ffffff", "stroke": "#2d2a4a"}, "#2d2a4a")


def timeline(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], *, name: str = "timeline") -> Markup:
    """The figure.

    Args:
        rows: Statements with `party` (id or None), `day` (date or None), `position`, `speaker`, `quote`, `basis`; with
            `href` its mark leads there.
        names: Party ids in their order, with the names to print.
        name: Prefix of the ids in the drawing.
    """
    days = sorted({row["day"] for row in rows if row["day"] is not None})
    step = 7 if days and (days[-1] - days[0]).days + 1 > MOST_COLUMNS else 1
    columns = _columns(days, step)
    undated = any(row["day"] is None for row in rows)
    parties: list[str | None] = [party for party in names if any(row["party"] == party for row in rows)]
    if any(row["party"] not in names for row in rows):
        parties.append(None)
    width = LABEL + CELL * (len(columns) + undated) + (APART if undated else 0) + 8
    parts: list[Markup] = _heads(columns, undated, step)
    y = HEAD
    for party in parties:
        mine = [r for r in rows if (r["party"] if r["party"] in names else None) == party]
        cells = [
            [r for r in mine if r["day"] is not None and first <= r["day"] < first + timedelta(step)]
            for first in columns
        ]
        if undated:
            cells.append([r for r in mine if r["day"] is None])
        tallest = max((min(len(cell), MOST_MARKS + 1) for cell in cells), default=1)
        height = max(1, tallest) * (MARK + GAP) + 10
        label = "Others" if party is None else names[party]
        parts.append(
            svg("line", x1=0, x2=f"{width:.0f}", y1=f"{y:.1f}", y2=f"{y:.1f}", stroke="#c9c4b8", stroke_width=1)
        )
        parts.append(text(_short(label), 4, y + 18, class_="name", font_weight="bold"))
        for place, cell in enumerate(cells):
            x = LABEL + CELL * place + (APART if undated and place == len(columns) else 0)
            parts += _cell(cell, x, y + 5)
        y += height
    legend, y = _legend(rows, width, y + 14)
    parts += legend
    told = "; ".join(f"{POSITION_WORDS[p]} {n}" for p, n in sorted(Counter(r["position"] for r in rows).items()))
    span = f"{days[0]} to {days[-1]}" if days else "no day known"
    return drawing(
        parts,
        name=name,
        title=f"Positions by party and day, {span}",
        described=told or "No statement",
        width=max(width, 420.0),
        height=y + 6,
        natural=True,
        class_="course",
        font_family="system-ui, sans-serif",
        font_size=12,
    )


def _columns(days: Sequence[date], step: int) -> list[date]:
    if not days:
        return []
    return [days[0] + timedelta(n) for n in range(0, (days[-1] - days[0]).days + 1, step)]


def _heads(columns: Sequence[date], undated: bool, step: int) -> list[Markup]:
    parts = []
    for place, first in enumerate(columns):
        x = LABEL + CELL * place + MARK / 2
        if place == 0 or first.day <= step:
            parts.append(text(f"{first:%b %Y}", x - MARK / 2, 14, font_size=11, fill="#5b5566"))
        parts.append(text(f"{first.day}", x, 34, text_anchor="middle"))
    if undated:
        x = LABEL + CELL * len(columns) + APART + MARK / 2
        parts += [
            text("day not", x, 22, text_anchor="middle", font_size=10),
            text("known", x, 34, text_anchor="middle", font_size=10),
        ]
    return parts


def _cell(cell: Sequence[Mapping[str, Any]], x: float, y: float) -> list[Markup]:
    parts = []
    for number, row in enumerate(cell[:MOST_MARKS]):
        quote = " ".join(str(row["quote"]).split())
        said = f"{row['speaker'] or 'Nobody named'}: {POSITION_WORDS[row['position']]} – {quote} ({row['basis']})"
        mark = _mark(row["position"], x, y + number * (MARK + GAP), said)
        parts.append(svg("a", mark, href=row["href"]) if row.get("href") else mark)
    rest = cell[MOST_MARKS:]
    if rest:
        told = "; ".join(f"{row['speaker'] or 'Nobody named'}: {POSITION_WORDS[row['position']]}" for row in rest)
        parts.append(_box(f"+{len(rest)}", *_SAYS_SO, x, y + MOST_MARKS * (MARK + GAP), told))
    return parts


def _mark(position: str, x: float, y: float, said: str) -> Markup:
    look, ink = next(((look, ink) for members, look, ink in _FAMILIES.values() if position in members), _SAYS_SO)
    return _box(CODES[position], look, ink, x, y, said)


def _box(letters: str, look: Mapping[str, str], ink: str, x: float, y: float, said: str) -> Markup:
    box = svg("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=MARK, height=MARK, rx=3, stroke_width=1.4, **look)
    label = text(
        letters,
        x + MARK / 2,
        y + MARK / 2 + 4,
        text_anchor="middle",
        class_="light" if ink == "#ffffff" else "dark",
        fill=ink,
        font_size=11,
        font_weight="bold",
    )
    title = [svg("title", said)] if said else []
    return svg("g", together([*title, box, label]))


def _legend(rows: Sequence[Mapping[str, Any]], width: float, y: float) -> tuple[list[Markup], float]:
    used = [position for position in CODES if any(row["position"] == position for row in rows)]
    parts: list[Markup] = []
    x = 4.0
    for position in used:
        words = POSITION_WORDS[position]
        wide = MARK + 8 + 6.6 * len(words) + 14
        if x > 4.0 and x + wide > max(width, 420.0):
            x, y = 4.0, y + MARK + 6
        parts += [_mark(position, x, y, ""), text(words, x + MARK + 6, y + MARK / 2 + 4)]
        x += wide
    return parts, y + MARK


def _short(label: str) -> str:
    return label if len(label) <= 18 else label[:17] + "…"
