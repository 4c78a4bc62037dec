"""The page: one self-contained file that opens, prints and is read anywhere, without script or network.

    bulletin, MapSheet --view--> what is shown --bulletin.html.jinja--> HTML

Three guards against text that means to be code: everything printed is escaped; a value that is missing or has
not been formatted stops the run (`_as_printed`); and the page's own policy forbids scripts and fetches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from truceline.report import plain, words
from truceline.report.burning import season_figure
from truceline.report.course import timeline_rows
from truceline.report.coverage_strip import KINDS, coverage_strip, sample
from truceline.report.figures import patterns, sector_strip, state_bar, swatch
from truceline.report.maps import MapSheet, cell_sample, draw_map, line_sample
from truceline.report.timeline import timeline
from truceline.report.view import file_anchor, page
from truceline.terms.event_class import NAMES, EventClass

TEMPLATE = "bulletin.html.jinja"


def render(bulletin: Mapping[str, Any], sheet: MapSheet | None) -> str:
    """The bulletin as one HTML page."""
    line = bulletin["line"]
    return (
        _template_room()
        .get_template(TEMPLATE)
        .render(
            **page(bulletin),
            answer=words.answer(
                line,
                bulletin["line_trouble"],
                looks_known=all(row["looks"] is not None for row in bulletin["sector_days"]),
            ),
            patterns=patterns(),
            bar=state_bar(line["state_km"]) if line else None,
            strip=sector_strip(line, bulletin["sector_days"]) if line else None,
            hours=coverage_strip(line, bulletin["coverage_hours"]) if line and bulletin["coverage_hours"] else None,
            season=season_figure(bulletin["heat"]["season"]),
            course=_course(bulletin),
            map=draw_map(sheet, line) if sheet else None,
            sheet=sheet,
        )
    )


def _course(bulletin: Mapping[str, Any]) -> Markup | None:
    """The time line of what was said, where anybody said anything."""
    rows = timeline_rows(bulletin)
    names = {party["id"]: party["name"] for party in bulletin["agreement"]["parties"]}
    return timeline(rows, names, name="course") if rows else None


def _as_printed(value: object) -> object:
    """Nothing reaches the page unless it is text, a whole number, or markup of our own.

    Raises:
        TypeError: A missing value or a bare fraction: the template has to say it in words.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return plain.visible(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"{value!r} has no wording on the page; the template must format it")


def css_text(text: str) -> Markup:
    """A text as a CSS string of harmless characters only: it stands in the style sheet's page margins."""
    harmless = re.sub(r"[^A-Za-z0-9 .,:/–-]", " ", text)
    return Markup(f'"{harmless}"')  # noqa: S704  (no quote, backslash or angle bracket is left)


@cache
def _template_room() -> Environment:
    room = Environment(
        loader=PackageLoader("truceline.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_as_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    room.filters.update(
        cell_name=plain.cell_name,
        clock=plain.clock,
        counted=plain.counted,
        css_text=css_text,
        hours=plain.hours,
        km=plain.km,
        listed=plain.listed,
        number=plain.number,
        class_words=lambda name: NAMES[EventClass(name)],
        sentence=plain.sentence,
        share=plain.share,
    )
    room.globals.update(
        anchor=plain.anchor,
        cell_sample=cell_sample,
        coverage_kinds=KINDS,
        coverage_sample=sample,
        file_anchor=file_anchor,
        line_sample=line_sample,
        period=plain.period,
        said=plain.said,
        swatch=swatch,
        words=words,
    )
    return room
