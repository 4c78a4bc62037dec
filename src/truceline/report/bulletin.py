"""Write the bulletin of a day: what people read, and what programs read.

    bulletin --reconcile--> checked --html, EXPORTS--> texts --folder--> files

Nothing is written before every sum has been counted again. The same input gives the same bytes: no clock,
sorted keys, line feeds, UTF-8.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from truceline.report.exports import EXPORTS
from truceline.report.folder import write_folder
from truceline.report.html import render
from truceline.report.maps import MapSheet
from truceline.report.reconcile import check_places, check_totals


def write_bulletin(bulletin: dict[str, Any], sheet: MapSheet | None, folder: Path) -> list[Path]:
    """Check a bulletin and write all its files.

    Args:
        bulletin: As composed; its form is `bulletin_schema`.
        sheet: The map of the day; None: there is none, and the page says so.
        folder: Where to; made where it is missing. Files of the same names are replaced together.
    Returns:
        The paths written: bulletin.html, bulletin.json, then the exports.
    Raises:
        TotalsError: Two sums disagree; both are named and nothing is written.
        OutputError: The folder cannot be written, or a place is finer than the declared grid.
        ValueError: The bulletin holds a number that is not finite.
    """
    check_totals(bulletin)
    check_places(bulletin, sheet)
    texts = {"bulletin.html": render(bulletin, sheet), "bulletin.json": as_json(bulletin)}
    texts |= {name: export(bulletin) for name, export in EXPORTS.items()}
    return write_folder(texts, folder)


def as_json(bulletin: dict[str, Any]) -> str:
    """The bulletin as JSON text, the same bytes every time."""
    return json.dumps(bulletin, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def bulletin_schema() -> dict[str, Any]:
    """The published form of bulletin.json (JSON Schema 2020-12)."""
    text = resources.files("truceline.report").joinpath("schema", "bulletin.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
