"""Pictures of the ground for the commands: the line of a map, what changed hands, a year of it month by month.

    ControlArea, lines, sectors --line_picture--> SVG       two maps --change_picture--> SVG
    months of a series --months_picture--> SVG

Made to be printed. Parties have no good or bad colours: the area a map draws is hatched, what came to it and what went
from it differ in colour and in hatch. Every picture carries the marking, whose map it is, and what its borders do
not mean.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import shapely
from markupsafe import Markup
from shapely.geometry.base import BaseGeometry

from truceline.ground.borders import DISCLAIMER, Borders, builtin
from truceline.ground.control_area import ControlArea
from truceline.ground.geojson import areas_only
from truceline.ground.line import LineOfContact
from truceline.ground.places import ATTRIBUTION, Places
from truceline.ground.plane import area_km2
from truceline.ground.sectors import Sector
from truceline.ground.series import Month
from truceline.ground.territory import Change
from truceline.report.figures import drawing, round_step, svg, text, together
from truceline.report.maps import Paper
from truceline.report.words import MARKING

WIDTH, MARGIN = 900.0, 24.0
TALLEST = 820.0
FONT = "font-family:'DejaVu Sans',Verdana,sans-serif"
PAPER_COLOUR, FRAME = "#fbfaf7", "#b9b4a8"
COAST, BORDER, HELD = "#5f7f8c", "#8b8378", "#9c8f78"
# Teal and purple of ColorBrewer's PRGn and BrBG, which the colour-blind tell apart; their hatches run crosswise.
TO_ALPHA, TO_BRAVO = "#01665e", "#762a83"
MOST_PLACES = 28
SMALLEST_KM2 = 0.02  # a change below this is no more than the pen
Box = tuple[float, float, float, float]


def line_picture(
    control: ControlArea,
    lines: Sequence[LineOfContact],
    sectors: Sequence[Sector],
    borders: Borders,
    places: Places | None,
    held: str,
) -> str:
    """The line of one map with its kilometres, as an SVG page.

    Args:
        control: The map.
        lines: At one scale or more; the first is drawn.
        sectors: Of the first.
        borders: Coast and borders to draw.
        places: To find one's way by; None: no names.
        held: What is held, in words.
    """
    west, south, east, north = shapely.union_all([sector.path for sector in sectors]).bounds
    frame, paper = _sheet((west, south, east, north), TALLEST)
    lengths = "; ".join(f"{one.length_km:,.0f} km at {one.tolerance_km:g} km" for one in lines)
    taken: list[Box] = [_inset_box(paper), (paper.width - 150, paper.height - 34, paper.width, paper.height)]
    inside = [
        *_base(paper, frame, borders, control.area),
        _path(paper, lines[0].path, "#ffffff", 6.0),
        _path(paper, lines[0].path, "#1c1c1c", 2.6),
        *_kilometres(paper, sectors, taken),
        *([] if places is None else _places(paper, frame, places, taken)),
    ]
    return _page(
        f"The line of contact, map of {control.day}" if control.day.year > 1 else "The line of contact",
        f"{lengths} from coast and border. {held}",
        paper,
        [*inside, *_inset(paper, frame), *_scale(paper)],
        [_key("held", f"area the map of {control.publisher} draws"), *([] if places is None else [_said(ATTRIBUTION)])],
        described=f"Line of contact in {len(sectors)} sectors; {lengths}.",
        note=f"According to {control.publisher}. Borders: {borders.source}.",
    )


def change_picture(before: ControlArea, after: ControlArea, change: Change, borders: Borders) -> str:
    """What changed hands between two maps, as an SVG page: where, and how much in each region."""
    pieces = [
        (gained, part)
        for gained, one, other in ((True, after.area, before.area), (False, before.area, after.area))
        for part in areas_only(shapely.difference(one, other)).geoms
        if area_km2(part) >= SMALLEST_KM2
    ]
    bounds = shapely.union_all([shapely.box(*part.bounds) for _, part in pieces] or [after.area.boundary]).bounds
    frame, paper = _sheet(bounds, TALLEST - 200)
    inside = [
        *_base(paper, frame, borders, after.area),
        _path(paper, after.area.boundary, "#1c1c1c", 1.4),
        *(_area(paper, part, "to-alpha" if gained else "to-bravo") for gained, part in pieces),
    ]
    told = (
        f"{change.gained_km2:,.1f} km² to alpha (whose area the maps draw), {change.lost_km2:,.1f} km² to bravo, "
        f"net {change.net_km2:+,.1f} km²"
    )
    rows = [(row.name, row.gained_km2, row.lost_km2) for row in change.regions if row.gained_km2 + row.lost_km2 >= 0.05]
    return _page(
        f"What changed hands, {before.day} to {after.day}" if before.day.year > 1 else "What changed hands",
        f"{told}.",
        paper,
        [*inside, *_inset(paper, frame), *_scale(paper)],
        [_key("to-alpha", "to alpha"), _key("to-bravo", "to bravo"), _key("held", "held by alpha"), *_bars(rows)],
        described=told,
        note=f"According to {before.publisher} and {after.publisher}; without a second publisher this is no finding of "
        f"displacement. Borders: {borders.source}.",
    )


def months_picture(months: Sequence[Month], source: str) -> str:
    """A series month by month, as an SVG page: the net change, and the part of it in the region that has most."""
    sums: dict[str, float] = {}
    for month in months:
        for name, km2 in month.regions:
            sums[name] = sums.get(name, 0.0) + abs(km2)
    top = max(sums, key=lambda name: (sums[name], name), default=None)
    high = max([abs(month.net_km2) for month in months] + [1.0])
    left, right, row, head = MARGIN + 190, WIDTH - MARGIN - 190, 30.0, 124.0
    zero = left if all(month.net_km2 >= 0 for month in months) else (left + right) / 2
    unit = (right - zero) / high
    parts = [svg("line", x1=zero, x2=zero, y1=head - 8, y2=head + row * len(months), stroke="#333", stroke_width=1)]
    for n, month in enumerate(months):
        y = head + row * n
        part = dict(month.regions).get(top, 0.0) if top else 0.0
        parts += [
            text(f"{month.first} – {month.last}", left - 12, y + 15, text_anchor="end", font_size=12),
            _bar(zero, month.net_km2 * unit, y, "#ffffff", "#333333"),
            _bar(zero, part * unit, y, "url(#held)", "#333333"),
            text(
                f"{month.net_km2:+,.0f}" + (f"  ({part:+,.0f})" if top else ""),
                max(zero, zero + month.net_km2 * unit) + 8,
                y + 15,
                font_size=13,
            ),
        ]
    flips, jumps = (math.fsum(getattr(month, key) for month in months) for key in ("flips_back_km2", "jump_km2"))
    foot = head + row * len(months) + 30
    told = (
        f"Net change in km² to alpha, whose area the maps draw; hatched and in brackets: {top}. Set apart in the "
        f"series: {flips:,.0f} km² that flip back within 14 days, {jumps:,.0f} km² that came at once."
    )
    words = [*_wrapped(told, foot), *_wrapped(f"According to {source}, one publisher: no finding.", foot + 40)]
    parts = [
        *_patterns(),
        svg("rect", width=WIDTH, height=foot + 80, fill=PAPER_COLOUR),
        text(MARKING, MARGIN, 26, font_size=12, font_weight=600, fill="#555"),
        text("What changed hands, month by month", MARGIN, 58, font_size=21, font_weight=600),
        text("from the first available map of a month to the first of the next", MARGIN, 80, font_size=13, fill="#555"),
        *parts,
        *words,
    ]
    described = "; ".join(f"{month.first} to {month.last} {month.net_km2:+,.0f}" for month in months)
    return _file(parts, "months", "What changed hands, month by month", described, foot + 80)


def _page(
    title: str, lead: str, paper: Paper, inside: Sequence[Markup], below: Sequence[tuple[float, Markup]], *,
    described: str, note: str,
) -> str:  # fmt: skip
    """The frame every picture of a map has: marking, title, map, key, whose it is and what borders do not mean."""
    leads = _wrapped(lead, 84, size=13)
    top = 84 + 18 * (len(leads) - 1) + 14
    clip = svg("clipPath", svg("rect", width=paper.width, height=f"{paper.height:.0f}"), id="frame")
    mapped = svg(
        "g",
        svg("rect", width=paper.width, height=f"{paper.height:.0f}", fill="#ffffff")
        + svg("g", together(inside), clip_path="url(#frame)")
        + svg("rect", width=paper.width, height=f"{paper.height:.0f}", fill="none", stroke=FRAME),
        transform=f"translate({MARGIN:.0f} {top:.0f})",
    )
    y = top + paper.height + 12
    foot = []
    for high, part in below:
        foot.append(svg("g", part, transform=f"translate({MARGIN:.0f} {y:.0f})"))
        y += high
    said = _wrapped(note, y + 16)
    last = [*said, *_wrapped(DISCLAIMER, y + 20 + 14.5 * len(said))]
    y += 14.5 * (len(said) - 1)
    parts = [
        *_patterns(),
        svg("defs", clip),
        svg("rect", width=WIDTH, height=f"{y + 62:.0f}", fill=PAPER_COLOUR),
        text(MARKING, MARGIN, 26, font_size=12, font_weight=600, fill="#555"),
        text(title, MARGIN, 58, font_size=21, font_weight=600),
        *leads,
        mapped,
        *foot,
        *last,
    ]
    return _file(parts, "ground", title, described, y + 62)


def _file(parts: Sequence[Markup], name: str, title: str, described: str, height: float) -> str:
    whole = drawing(parts, name=name, title=title, described=described, width=WIDTH, height=height, style=FONT)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{whole}\n'


def _patterns() -> list[Markup]:
    """Hatches: the area a map draws, and what came and went, each running its own way."""

    def hatch(name: str, ground: str, stroke: str, d: str, size: int) -> Markup:
        inside = svg("rect", width=size, height=size, fill=ground)
        inside += svg("path", d=d, stroke=stroke, stroke_width=1.2)
        return svg("pattern", inside, id=name, width=size, height=size, patternUnits="userSpaceOnUse")

    return [
        svg(
            "defs",
            hatch("held", "#f4efe4", HELD, "M-1 9L9 -1M-1 1L1 -1M7 9L9 7", 8)
            + hatch("to-alpha", "#8fc7bd", TO_ALPHA, "M0 3H6", 6)
            + hatch("to-bravo", "#d3b2d6", TO_BRAVO, "M3 0V6", 6),
        )
    ]


def _base(paper: Paper, frame: Box, borders: Borders, held: BaseGeometry) -> list[Markup]:
    """The area held, coast and borders, no finer than a pixel."""
    coarse = 0.6 / paper.scale
    seen = shapely.simplify(shapely.intersection(held, shapely.box(*frame)), coarse)
    return [
        _area(paper, seen, "held", stroke="none"),
        _path(paper, shapely.simplify(borders.lines(frame, kind="coast"), coarse), COAST, 1.1),
        _path(paper, shapely.simplify(borders.lines(frame, kind="border"), coarse), BORDER, 1.1, dashes="6 2 1 2"),
    ]


def _area(paper: Paper, area: BaseGeometry, kind: str, stroke: str | None = None) -> Markup:
    rings = [ring for part in areas_only(area).geoms for ring in (part.exterior, *part.interiors)]
    d = "".join(paper.path([tuple(shapely.get_coordinates(ring).tolist())]) + "Z" for ring in rings)
    colours = {"to-alpha": TO_ALPHA, "to-bravo": TO_BRAVO, "held": "none"}
    return svg("path", d=d, fill=f"url(#{kind})", fill_rule="evenodd", stroke=stroke or colours[kind], stroke_width=0.9)


def _path(paper: Paper, lines: BaseGeometry, colour: str, width: float, dashes: str | None = None) -> Markup:
    parts = [tuple(shapely.get_coordinates(part).tolist()) for part in shapely.get_parts(lines)]
    more = {} if dashes is None else {"stroke_dasharray": dashes}
    return svg(
        "path", d=paper.path(parts), fill="none", stroke=colour, stroke_width=width, stroke_linejoin="round", **more
    )


def _kilometres(paper: Paper, sectors: Sequence[Sector], taken: list[Box]) -> list[Markup]:
    """A dot and the kilometre where each sector begins that starts a new hundred, and at both ends."""
    every = 100.0 if sectors[-1].to_km >= 400 else 50.0 if sectors[-1].to_km >= 150 else 25.0
    parts, next_km = [], 0.0
    for sector in sectors:
        if sector.from_km + 1e-6 < next_km:
            continue
        x, y = paper.at(*shapely.get_coordinates(sector.path)[0])
        parts.append(svg("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3.4, fill="#ffffff", stroke="#1c1c1c"))
        parts += _label(paper, f"{sector.from_km:,.0f} km", x, y, taken, weight=600)
        next_km = (math.floor(sector.from_km / every + 1e-6) + 1) * every
    return parts


def _places(paper: Paper, frame: Box, places: Places, taken: list[Box]) -> list[Markup]:
    """The largest places in the frame, each a dot where it lies, as many as leave each other room."""
    parts, shown = [], 0
    for at in places.within(*frame).tolist():
        if shown == MOST_PLACES:
            break
        x, y = paper.at(float(places.lon[at]), float(places.lat[at]))
        label = _label(paper, places.name[at], x, y, taken, weight=400, reach=(3.0,))
        if label:
            parts += [svg("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=1.8, fill="#555"), *label]
            shown += 1
    return parts


def _label(
    paper: Paper,
    words: str,
    x: float,
    y: float,
    taken: list[Box],
    weight: int,
    reach: tuple[float, ...] = (10.0, 26.0, 44.0),
) -> list[Markup]:
    """Words beside a point, where they cover no others; left out where there is no room."""
    wide, tall = len(words) * 6.6 + 6, 15.0
    for far in reach:
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8)):
            cx, cy = x + dx * (wide / 2 + far), y + dy * (tall / 2 + far)
            box = cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2
            fits = box[0] > 2 and box[1] > 2 and box[2] < paper.width - 2 and box[3] < paper.height - 2
            if fits and not any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in taken):
                taken.append(box)
                common = {"font_size": 11, "font_weight": weight, "text_anchor": "middle"}
                halo = text(words, cx, cy + 4, stroke="#ffffff", stroke_width=3, stroke_linejoin="round", **common)
                return [halo, text(words, cx, cy + 4, fill="#222", **common)]
    return []


def _inset_box(paper: Paper) -> Box:
    return (paper.width - 158, 6, paper.width - 6, 112)


def _inset(paper: Paper, frame: Box) -> list[Markup]:
    """Where in the world: a small map of what lies around, at 1:50m, with the frame marked."""
    west, south, east, north = frame
    lon, lat = (west + east) / 2, (south + north) / 2
    span = max(16.0, (east - west) * 1.8, (north - south) * 2.4)
    around = (
        max(lon - span, -180.0),
        max(lat - span * 0.5, -85.0),
        min(lon + span, 180.0),
        min(lat + span * 0.5, 85.0),
    )
    left, top, right, bottom = _inset_box(paper)
    small = Paper(around, right - left, bottom - top)
    small.height = min(small.height, bottom - top)
    small.scale = min(
        (right - left) / ((around[2] - around[0]) * small.narrow), (bottom - top) / (around[3] - around[1])
    )
    small.left, small.top = 0.0, 0.0
    world = builtin("50m")
    x0, y0 = small.at(west, north)
    x1, y1 = small.at(east, south)
    parts = [
        svg("rect", width=right - left, height=bottom - top, fill="#ffffff", stroke=FRAME),
        _path(small, shapely.simplify(world.lines(around, kind="coast"), 0.1), COAST, 0.7),
        _path(small, shapely.simplify(world.lines(around, kind="border"), 0.1), BORDER, 0.5),
        svg("rect", x=f"{x0:.1f}", y=f"{y0:.1f}", width=f"{x1 - x0:.1f}", height=f"{y1 - y0:.1f}", fill="none",
            stroke="#1c1c1c", stroke_width=1.3),
    ]  # fmt: skip
    clip = svg("clipPath", svg("rect", width=right - left, height=bottom - top), id="inset")
    inner = svg("defs", clip) + svg("g", together(parts), clip_path="url(#inset)")
    return [svg("g", inner, transform=f"translate({left:.0f} {top:.0f})")]


def _scale(paper: Paper) -> list[Markup]:
    km = round_step(60.0 / paper.units(1.0))
    length, x, y = paper.units(km), paper.width - 16.0, paper.height - 12.0
    return [
        svg("path", d=f"M{x - length:.1f} {y - 5:.1f}v5h{length:.1f}v-5", fill="none", stroke="#222"),
        text(f"{km:,.0f} km", x - length / 2, y - 8, text_anchor="middle", font_size=11),
    ]


def _key(kind: str, words: str) -> tuple[float, Markup]:
    square = svg("rect", y=1, width=26, height=14, fill=f"url(#{kind})", stroke="#777")
    return 21.0, square + text(words, 34, 13, font_size=12)


def _said(words: str) -> tuple[float, Markup]:
    return 18.0, text(words, 0, 12, font_size=11, fill="#555")


def _bars(rows: Sequence[tuple[str, float, float]]) -> list[tuple[float, Markup]]:
    """One row a region: what came and what went, to one scale."""
    high = max([max(gained, lost) for _, gained, lost in rows] + [1e-9])
    middle, unit = 430.0, 300.0 / high
    return [
        (
            22.0,
            text(name[:30], 0, 14, font_size=12)
            + _bar(middle, gained * unit, 0, "url(#to-alpha)", TO_ALPHA, 16)
            + _bar(middle, -lost * unit * 0.6, 0, "url(#to-bravo)", TO_BRAVO, 16)
            + text(f"{gained:,.1f} / {lost:,.1f}", middle + gained * unit + 8, 13, font_size=12),
        )
        for name, gained, lost in rows
    ]


def _bar(zero: float, long: float, y: float, fill: str, stroke: str, high: float = 20) -> Markup:
    x = min(zero, zero + long)
    return svg("rect", x=f"{x:.1f}", y=f"{y:.1f}", width=f"{abs(long):.1f}", height=high, fill=fill, stroke=stroke)


def _wrapped(words: str, y: float, *, size: int = 11) -> list[Markup]:
    """Words over several lines, as wide as the page."""
    lines = textwrap.wrap(words, int((WIDTH - 2 * MARGIN) / (size * 0.585)))
    return [text(line, MARGIN, y + 14.5 * n * size / 11, font_size=size, fill="#444") for n, line in enumerate(lines)]


def _sheet(bounds: Sequence[float], tallest: float) -> tuple[Box, Paper]:
    """A frame with air around what is shown, as wide as the page, and its paper."""
    west, south, east, north = bounds
    air = max(0.08 * max(east - west, north - south), 0.12)
    frame: Box = (max(west - air, -180.0), max(south - air, -89.0), min(east + air, 180.0), min(north + air, 89.0))
    paper = Paper(frame, WIDTH - 2 * MARGIN, tallest)
    beside, above = paper.left / paper.scale / paper.narrow, paper.top / paper.scale
    frame = (
        max(frame[0] - beside, -180.0),
        max(frame[1] - above, -89.0),
        min(frame[2] + beside, 180.0),
        min(frame[3] + above, 89.0),
    )
    return frame, Paper(frame, WIDTH - 2 * MARGIN, tallest)
