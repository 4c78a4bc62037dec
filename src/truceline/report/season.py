"""The season curve: what each five days of an ordinary year bring, what differs between years, and a year's counts.

Curve, Own or single days --draw_season--> SVG on a scale of factors, for fires change by factors
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from truceline.observations.heat.season import Curve, Own, pentad_on
from truceline.report.figures import drawing, svg, text

WIDTH, HEIGHT = 720.0, 300.0
LEFT, TOP, BOTTOM, RIGHT = 48.0, 46.0, 262.0, 12.0
HEAD = "Detections a day of one satellite, at most 5 counted a cell and day"
LEAST = 0.1  # detections a day: below it is drawn at the foot
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STARTS = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_BAND, _LINE, _DOT = "#d8daeb", "#542788", "#b35806"  # ColorBrewer's PuOr


@dataclass(frozen=True)
class DayMark:
    """What was seen on one day; the first of several is the day the figure is about. None: not all of it was seen."""

    day: date
    seen: int | None


def draw_season(curve: Curve, own: Own | None = None, days: Sequence[DayMark] = ()) -> str:
    """The figure as SVG, with the counts of a year or of single days."""
    tops = [one.high for one in curve.pentads if one.high is not None]
    tops += [] if own is None else [one for one in own.seen if one is not None]
    tops += [mark.seen for mark in days if mark.seen is not None]
    top = 10 ** math.ceil(math.log10(max([*tops, 1.0])))

    def x(n: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * n / 73

    def y(value: float) -> float:
        share = math.log10(max(value, LEAST) / LEAST) / math.log10(top / LEAST)
        return BOTTOM - (BOTTOM - TOP) * share

    parts = [svg("rect", width=WIDTH, height=HEIGHT, fill="#fbfaf7"), *_axes(top, x, y)]
    for run in _runs(curve):
        low, high, middle = ([(x(n + 0.5), y(value)) for n, *rest in run for value in [rest[k]]] for k in (0, 1, 2))
        parts.append(svg("path", d=f"{_path(low)}{_path(high[::-1]).replace('M', 'L', 1)}Z", fill=_BAND, stroke="none"))
        parts.append(svg("path", d=_path(middle), fill="none", stroke=_LINE, stroke_width=1.8))
    if own is not None:
        for n, value in enumerate(own.seen):
            wide, at = x(1) - x(0), f"{x(n + 0.5):.1f}"
            if value is None:
                parts.append(svg("rect", x=f"{x(n):.1f}", y=TOP, width=f"{wide:.1f}", height=BOTTOM - TOP,
                                 fill="#d4d4d4", fill_opacity="0.6"))  # fmt: skip
            else:
                parts.append(svg("circle", cx=at, cy=f"{y(value):.1f}", r=2.6, fill=_DOT, stroke="#fff",
                                 stroke_width=0.7))  # fmt: skip
    parts += [part for n, mark in reversed(list(enumerate(days))) for part in _mark(mark, n == 0, x, y)]
    years = ", ".join(map(str, curve.years))
    parts += _key(curve, own, bool(days))
    described = f"Detections a day by five days of the year, median and range of {years}" + (
        "" if own is None else f", and the counts of {own.year}; grey where that year delivered nothing"
    )
    described += "".join(f"; {m.day}: {'not all seen' if m.seen is None else f'{m.seen:,}'}" for m in days)
    return str(
        drawing(
            parts, name="season", title="Detections a day, by season", described=described, width=WIDTH, height=HEIGHT
        )
    )


def _mark(mark: DayMark, first: bool, x: Callable[[float], float], y: Callable[[float], float]) -> list[Markup]:
    """A dot with a white rim, hollow for a day compared with; a grey bar where not all of the day was seen."""
    at = x(pentad_on(mark.day) + 0.5)
    if mark.seen is None:
        return [svg("path", d=f"M{at:.1f} {TOP}V{BOTTOM}", stroke="#a8a8a8", stroke_width=3 if first else 1.5)]
    radius, inside = (4.5, _DOT) if first else (3.5, "#fbfaf7")
    return [
        svg("circle", cx=f"{at:.1f}", cy=f"{y(mark.seen):.1f}", r=radius + 1.5, fill="#fbfaf7"),
        svg("circle", cx=f"{at:.1f}", cy=f"{y(mark.seen):.1f}", r=radius, fill=inside, stroke=_DOT, stroke_width=1.4),
    ]


def _axes(top: float, x: Callable[[float], float], y: Callable[[float], float]) -> list[Markup]:
    parts = []
    value = LEAST
    while value <= top * 1.001:
        parts.append(svg("path", d=f"M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}", stroke="#dcd8cd", stroke_width=0.8))
        parts.append(
            text(
                f"{value:g}",
                LEFT - 6,
                y(value) + 4,
                text_anchor="end",
                font_size=11,
                fill="#444",
                font_family="sans-serif",
            )
        )
        value *= 10
    for name, start in zip(_MONTHS, _STARTS, strict=True):
        parts.append(svg("path", d=f"M{x(start / 5):.1f} {BOTTOM}v5", stroke="#777", stroke_width=0.8))
        parts.append(text(name, x((start + 15) / 5), BOTTOM + 16, text_anchor="middle", font_size=11, fill="#444",
                          font_family="sans-serif"))  # fmt: skip
    return parts


def _key(curve: Curve, own: Own | None, with_days: bool) -> list[Markup]:
    spread = f"lowest to highest of {len(curve.years)} years: {curve.level_pct} % of further years"
    words = {"font_size": 12, "fill": "#222", "font_family": "sans-serif"}
    parts = [
        text(HEAD, LEFT, 16, **words, font_weight="bold"),
        svg("path", d="M48 31h18", stroke=_LINE, stroke_width=1.8), text("median of the years", 71, 35, **words),
        svg("rect", x=196, y=25, width=18, height=12, fill=_BAND), text(spread, 219, 35, **words),
    ]  # fmt: skip
    if own is not None:
        parts += [svg("circle", cx=566, cy=31, r=2.6, fill=_DOT), text(f"{own.year}; grey: not seen", 574, 35, **words)]
    if with_days:
        parts += [svg("circle", cx=566, cy=31, r=4.5, fill=_DOT), text("this day", 574, 35, **words),
                  svg("circle", cx=636, cy=31, r=3.5, fill="#fbfaf7", stroke=_DOT, stroke_width=1.4),
                  text("compared", 644, 35, **words)]  # fmt: skip
    return parts


def _runs(curve: Curve) -> list[list[tuple[int, float, float, float]]]:
    """Stretches of pentads that are known, as (number, low, high, median)."""
    runs: list[list[tuple[int, float, float, float]]] = [[]]
    for n, one in enumerate(curve.pentads):
        if one.median is None or one.low is None or one.high is None:
            runs.append([])
        else:
            runs[-1].append((n, one.low, one.high, one.median))
    return [run for run in runs if run]


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
