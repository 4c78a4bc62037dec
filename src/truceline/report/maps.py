"""The map: the line coloured by state, and cells where something was reported or burning. Never a point.

    MapSheet --draw_map--> inline SVG

A plain local projection (equirectangular, longitudes narrowed by the cosine of the middle latitude), north up.
"It is ugly" is mended here and in figures.py, which has the colours and patterns.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from markupsafe import Markup

from truceline.report.figures import COLOURS, INK, drawing, round_step, svg, text, together
from truceline.report.words import STATE_WORDS, STATES

Polyline = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]  # left, top, right, bottom on the paper
CellKind = Literal["incident", "incident_not_counted", "heat"]

# Printed at 80 mm high or 104 mm wide at most (style.css), where 11 units of text are 10 px or more.
WIDTH = 360.0
MIN_HEIGHT, MAX_HEIGHT = 200.0, 330.0
KM_PER_DEGREE = 111.195  # mean Earth radius 6371 km
LEAST_CELL = 5.0  # a cell is drawn at least this wide, or it could not be seen
LABEL_EVERY_KM = 100.0
TEXT = 11.0


@dataclass(frozen=True)
class MapSheet:
    """What is on the map of a day, in degrees, already generalised.

    Attributes:
        bounds: (west, south, east, north).
        coast, borders: Lines of (lon, lat).
        sectors: Sector id, state of its "any" row, and its pieces of line in order of chainage.
        cells: (west, south, east, north, kind); cells of the declared grid.
        disclaimer: What the borders drawn do not mean.
        publisher: Who says where the line is.
    """

    bounds: tuple[float, float, float, float]
    coast: tuple[Polyline, ...]
    borders: tuple[Polyline, ...]
    sectors: tuple[tuple[str, str, tuple[Polyline, ...]], ...]
    cells: tuple[tuple[float, float, float, float, CellKind], ...]
    disclaimer: str
    publisher: str

    def __post_init__(self) -> None:
        west, south, east, north = self.bounds
        if not all(math.isfinite(side) for side in self.bounds):
            raise ValueError(f"bounds {self.bounds} must be finite numbers")
        if not (-180 <= west < east <= 180 and -90 < south < north < 90):
            raise ValueError(f"bounds {self.bounds} must be west < east and south < north, in degrees")
        for sector, state, _ in self.sectors:
            if state not in STATES:
                raise ValueError(f"sector {sector}: state {state!r} is not one of {', '.join(STATES)}")


class Paper:
    """Degrees to paper: as wide as asked, as high as the area is tall, within limits."""

    def __init__(
        self, bounds: tuple[float, float, float, float], width: float = WIDTH, tallest: float = MAX_HEIGHT
    ) -> None:
        self.west, self.south, self.east, self.north = bounds
        self.narrow = math.cos(math.radians((self.south + self.north) / 2))
        wide, tall = (self.east - self.west) * self.narrow, self.north - self.south
        self.width = width
        self.height = min(tallest, max(MIN_HEIGHT, width * tall / wide))
        self.scale = min(width / wide, self.height / tall)  # paper units a degree of latitude
        self.left = (width - wide * self.scale) / 2
        self.top = (self.height - tall * self.scale) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a position lies on the paper."""
        return self.left + (lon - self.west) * self.narrow * self.scale, self.top + (self.north - lat) * self.scale

    def path(self, lines: Sequence[Polyline]) -> str:
        """Lines as the data of one path; a point that would not move the pen is left out."""
        moves = []
        for line in lines:
            pen = "M"
            last = ""
            for lon, lat in line:
                x, y = self.at(lon, lat)
                here = f"{x:.1f} {y:.1f}"
                if here != last:
                    moves.append(f"{pen}{here}")
                    pen, last = "L", here
        return "".join(moves)

    def units(self, km: float) -> float:
        """How long a distance is on the paper."""
        return km / KM_PER_DEGREE * self.scale


def draw_map(sheet: MapSheet, line: Mapping[str, Any] | None) -> Markup:
    """The sheet as inline SVG.

    Args:
        sheet: What to draw.
        line: The bulletin's line, for the chainage; None: no line is labelled.
    """
    paper = Paper(sheet.bounds)
    frame = svg("rect", x=0, y=0, width=WIDTH, height=f"{paper.height:.0f}", fill="#fbfaf7")
    clip = svg("clipPath", svg("rect", x=0, y=0, width=WIDTH, height=f"{paper.height:.0f}"), id="map-frame")
    inside = [
        _lines(paper, sheet.coast, "#5f7f8c", 1.0, None),
        _lines(paper, sheet.borders, "#8b8378", 0.9, "5 2 1 2"),
        *_cells(paper, sheet, ("heat",)),
        *(part for state in reversed(STATES) for part in _sector_lines(paper, sheet, state)),
        *_cells(paper, sheet, ("incident_not_counted", "incident")),
    ]
    corner = _free_corner(paper, sheet)
    labels = _labels(paper, sheet, line, corner)
    counts = {state: sum(1 for _, here, _ in sheet.sectors if here == state) for state in STATES}
    told = ", ".join(f"{counts[state]} {STATE_WORDS[state]}" for state in STATES)
    kinds = {kind: sum(1 for cell in sheet.cells if cell[4] == kind) for kind in CELL_STYLES}
    return drawing(
        [
            svg("defs", clip),
            frame,
            svg("g", together(inside), clip_path="url(#map-frame)"),
            svg("g", together(labels), clip_path="url(#map-frame)"),
            *_scale_and_north(paper, corner),
            svg(
                "rect",
                x=0.5,
                y=0.5,
                width=WIDTH - 1,
                height=f"{paper.height - 1:.0f}",
                fill="none",
                stroke="#b9b4a8",
                stroke_width=1,
            ),
        ],
        name="map",
        title="Map of the line by state",
        described=f"Sectors along the line: {told}. Cells: {kinds['incident']} with counted incidents, "
        f"{kinds['incident_not_counted']} with incidents that are not counted, {kinds['heat']} with thermal "
        "detections. Places are cells of the declared grid, not points.",
        width=WIDTH,
        height=paper.height,
        class_="map",
    )


def _lines(paper: Paper, lines: Sequence[Polyline], colour: str, width: float, dashes: str | None) -> Markup:
    more = {"stroke_dasharray": dashes} if dashes else {}
    return svg(
        "path",
        d=paper.path(lines),
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_linejoin="round",
        **more,
    )


# Strokes laid over one another: colour, width, dashes, ends. Each state differs in width and in pattern too.
# Active has round ends, so that even the shortest stretch shows under an incident's cell.
LINE_STROKES: dict[str, tuple[tuple[str, float, str | None, str], ...]] = {
    "active": (("#ffffff", 12.0, None, "round"), (COLOURS["active"], 10.0, None, "round")),
    "quiet": (
        ("#ffffff", 8.0, None, "butt"),
        (COLOURS["quiet"], 6.0, None, "butt"),
        ("#ffffff", 1.6, None, "butt"),
    ),
    "undetermined": (
        (INK["undetermined"], 6.4, None, "butt"),
        (COLOURS["undetermined"], 4.8, None, "butt"),
        (INK["undetermined"], 4.8, "1.2 3.4", "butt"),
    ),
    "not_observed": (("#ffffff", 6.0, None, "butt"), (INK["not_observed"], 3.6, "0.1 6", "round")),
}


def line_strokes(d: str, state: str) -> list[Markup]:
    """A stretch of line in the manner of its state."""
    parts = []
    for colour, width, dashes, cap in LINE_STROKES[state]:
        more = {"stroke_dasharray": dashes} if dashes else {}
        parts.append(
            svg(
                "path",
                d=d,
                fill="none",
                stroke=colour,
                stroke_width=width,
                stroke_linecap=cap,
                stroke_linejoin="round",
                **more,
            )
        )
    return parts


def _sector_lines(paper: Paper, sheet: MapSheet, state: str) -> list[Markup]:
    parts = []
    for sector, here, pieces in sheet.sectors:
        if here == state and (d := paper.path(pieces)):
            named = svg("title", f"{sector}: {STATE_WORDS[state]}")
            parts.append(svg("g", named + together(line_strokes(d, state))))
    return parts


CELL_STYLES: dict[str, dict[str, object]] = {
    "incident": {"stroke": "#111111", "stroke_width": 1.3},
    "incident_not_counted": {"stroke": "#111111", "stroke_width": 1.1, "stroke_dasharray": "1.6 1.2"},
    "heat": {"stroke": "#8a4f7d", "stroke_width": 0.9},
}


def _cells(paper: Paper, sheet: MapSheet, kinds: tuple[str, ...]) -> list[Markup]:
    """Cells as hollow squares; an incident's on a white halo, so that it shows on the line."""
    parts = []
    for kind in kinds:
        for west, south, east, north, _ in sorted({cell for cell in sheet.cells if cell[4] == kind}):
            (left, top), (right, bottom) = paper.at(west, north), paper.at(east, south)
            wide, tall = max(right - left, LEAST_CELL), max(bottom - top, LEAST_CELL)
            box: dict[str, object] = {
                "x": f"{(left + right - wide) / 2:.1f}",
                "y": f"{(top + bottom - tall) / 2:.1f}",
                "width": f"{wide:.1f}",
                "height": f"{tall:.1f}",
                "fill": "none",
            }
            if kind != "heat":
                parts.append(svg("rect", **box, stroke="#ffffff", stroke_width=2.6))
            parts.append(svg("rect", **box, **CELL_STYLES[kind]))
    return parts


def cell_sample(kind: str) -> Markup:
    """A small sample of a cell for the legend."""
    square = svg("rect", x=2, y=2, width=8, height=8, fill="none", **CELL_STYLES[kind])
    return svg(
        "svg", square, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 12 12", class_="cell", aria_hidden="true"
    )


def line_sample(state: str) -> Markup:
    """A short stretch of line for the legend."""
    return svg(
        "svg",
        together(line_strokes("M1 6H29", state)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 30 12",
        class_="line-sample",
        aria_hidden="true",
    )


def _scale_and_north(paper: Paper, corner: Box) -> list[Markup]:
    km = _scale_km(paper)
    length, (left, top, right, bottom) = paper.units(km), corner
    x, y = left + 6, bottom - 9
    backing = svg(
        "rect",
        x=f"{left:.1f}",
        y=f"{top:.1f}",
        width=f"{right - left:.1f}",
        height=f"{bottom - top:.1f}",
        fill="#fbfaf7",
        fill_opacity=0.85,
    )
    bar = svg("path", d=f"M{x:.1f} {y - 4:.1f}v4h{length:.1f}v-4", fill="none", stroke="#222", stroke_width=1.2)
    north = svg("path", d=f"M{WIDTH - 16:.0f} 12l5 13l-5 -3.5l-5 3.5z", fill="#222")
    return [backing, bar, text(f"{km:,.0f} km", x, y - 8), north, text("N", WIDTH - 16, 37, text_anchor="middle")]


def _scale_km(paper: Paper) -> float:
    """A round length that takes between a ninth and a third of the width."""
    km = round_step(WIDTH / 9 / paper.units(1.0))
    while paper.units(km) > WIDTH / 3 and km > 1:
        km = round_step(km / 2.6)
    return km


def _free_corner(paper: Paper, sheet: MapSheet) -> Box:
    """The corner for the scale bar: where it covers least of the line, lower left if it makes no odds."""
    wide, tall = max(paper.units(_scale_km(paper)), 40.0) + 12, 30.0
    bottom = paper.height - 4
    corners: list[Box] = [
        (4, bottom - tall, 4 + wide, bottom),
        (WIDTH - 4 - wide, bottom - tall, WIDTH - 4, bottom),
        (4, 4, 4 + wide, 4 + tall),
    ]
    points = [paper.at(*p) for _, _, pieces in sheet.sectors for piece in pieces for p in piece]
    return min(corners, key=lambda box: sum(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points))


def _labels(paper: Paper, sheet: MapSheet, line: Mapping[str, Any] | None, corner: Box) -> list[Markup]:
    """Kilometre marks along the line, then names of active sectors, each only where it covers no other."""
    taken: list[Box] = [corner, (WIDTH - 30, 0, WIDTH, 42)]
    parts: list[Markup] = []
    drawn = [paper.at(*p) for _, _, pieces in sheet.sectors for piece in pieces for p in piece]
    stretches = {sector: pieces for sector, _, pieces in sheet.sectors if pieces}
    if line is not None:
        for mark, sector, along in _marks(line):
            if sector in stretches:
                parts += _mark(paper, stretches[sector], f"{mark:,.0f} km", along, taken, drawn, "km")
    for sector, state, pieces in sheet.sectors:
        if state == "active" and pieces:
            parts += _mark(paper, pieces, sector, 0.5, taken, drawn, "name")
    return parts


def _marks(line: Mapping[str, Any]) -> list[tuple[float, str, float]]:
    """Every 100 km: the sector it falls into and how far along it."""
    marks = []
    for one in line["sectors"]:
        first = math.ceil(one["from_km"] / LABEL_EVERY_KM)
        while (mark := first * LABEL_EVERY_KM) < one["to_km"]:
            marks.append((mark, one["sector"], (mark - one["from_km"]) / (one["to_km"] - one["from_km"])))
            first += 1
    return marks


def _mark(
    paper: Paper,
    pieces: Sequence[Polyline],
    words: str,
    along: float,
    taken: list[Box],
    drawn: Sequence[tuple[float, float]],
    kind: str,
) -> list[Markup]:
    """A label where it covers no other; of such places the one that covers least of the line, the nearest first."""
    (x, y), (dx, dy) = _point_along([[paper.at(*p) for p in piece] for piece in pieces], along)
    if not (0 <= x <= WIDTH and 0 <= y <= paper.height):
        return []
    wide, tall = len(words) * TEXT * 0.58 + 4, TEXT + 3
    # First square to the line on either side, then straight beside, above and below.
    beside = [(-dy, dx), (dy, -dx), (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0)]
    free: list[Box] = []
    for far in (1.0, 1.4, 1.8):
        for ex, ey in beside:
            cx = x + ex * (wide / 2 + 7) * far
            cy = y + ey * (tall / 2 + 7) * far
            box = cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2
            fits = box[0] > 2 and box[1] > 2 and box[2] < WIDTH - 2 and box[3] < paper.height - 2
            if fits and not any(_meet(box, other) for other in taken):
                free.append(box)
    if not free:
        return []
    best = min(free, key=lambda box: sum(box[0] <= px <= box[2] and box[1] <= py <= box[3] for px, py in drawn))
    taken.append(best)
    cx, cy = (best[0] + best[2]) / 2, (best[1] + best[3]) / 2
    shown = [text(words, cx, cy + TEXT * 0.36, text_anchor="middle", class_=f"label {kind}")]
    if kind == "km":  # a tick across the line, which hides nothing of it
        tick = f"M{x - dy * 6:.1f} {y + dx * 6:.1f}L{x + dy * 6:.1f} {y - dx * 6:.1f}"
        shown.insert(0, svg("path", d=tick, stroke="#222", stroke_width=1.1))
    return shown


def _point_along(
    pieces: Sequence[Sequence[tuple[float, float]]], along: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The point that far along the pieces (0..1), and the direction of the line there."""
    steps = [(a, b, math.dist(a, b)) for piece in pieces for a, b in pairwise(piece)]
    left = along * sum(step for *_, step in steps)
    for a, b, step in steps:
        if step > 0 and left <= step:
            share = left / step
            direction = (b[0] - a[0]) / step, (b[1] - a[1]) / step
            return (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])), direction
        left -= step
    return pieces[-1][-1], (1.0, 0.0)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
