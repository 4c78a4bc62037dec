"""One file a format, for spreadsheets, maps and scripts.

In: a bulletin. Out: the text of a file. `EXPORTS` lists file name and writer; a new format is one file here,
one line in the table and a read-back test. Start at `geojson.py`, the smallest.
Formats never lean on each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from truceline.report.exports import claim_review, csv_table, geojson, jsonl

Export = Callable[[Mapping[str, Any]], str]

EXPORTS: dict[str, Export] = {
    "claims.jsonld": claim_review.claims,
    "incidents.geojson": geojson.incidents,
    "sector_days.csv": csv_table.sector_days,
    "sector_days.dictionary.csv": csv_table.dictionary,
    "statements.jsonl": jsonl.statements,
}

__all__ = ["EXPORTS", "Export"]
