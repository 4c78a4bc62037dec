"""Sector-days as a CSV table with frozen columns, and its data dictionary.

    sector_days.csv             one row a sector and class; an empty cell means "not known", never zero
    sector_days.dictionary.csv  what each column means, its unit, and what an empty cell means

A cell that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) gets a leading
apostrophe, except where it is a plain number (OWASP, "CSV Injection"). `cell` writes and `uncell` reads back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Column, type, unit, meaning, what an empty cell means.
COLUMNS: tuple[tuple[str, str, str, str, str], ...] = (
    ("marking", "text", "", "who may read this file", "never empty"),
    ("exercise", "true or false", "", "true: a simulated theatre, none of it happened", "never empty"),
    ("bulletin", "text", "", "number of the bulletin", "never empty"),
    ("day", "date", "", "day of the bulletin", "never empty"),
    ("sector", "text", "", "sector of the line", "never empty"),
    ("from_km", "number", "km", "chainage where the sector begins", "not known"),
    ("to_km", "number", "km", "chainage where the sector ends", "not known"),
    ("length_km", "number", "km", "length of the sector", "not known"),
    ("class", "text", "", "class of event; any: every act the agreement's provisions forbid", "never empty"),
    ("state", "text", "", "active, quiet, undetermined or not_observed", "never empty"),
    ("looks", "whole number", "looks", "looks of passing sensors; never added to watched_h", "not known"),
    ("watched_h", "number", "h", "hours watched by staring means", "not known"),
    ("clear_share", "number", "0 to 1", "share free of cloud over the looks", "no look, or cloud not known"),
    ("observability", "number", "0 to 1", "chance that an event would have been seen had it happened", "not known"),
    ("count", "whole number", "incidents", "counted incidents", "never empty"),
    (
        "missed_upper_90",
        "whole number",
        "events",
        "upper 90 % of events that happened and were not seen",
        "no bound, or not known: see bound",
    ),
    (
        "missed_expected",
        "number",
        "events",
        "mean number of events that happened and were not seen",
        "no bound, or not known: see bound",
    ),
    ("bound", "text", "", "the same in words", "never empty"),
    ("reasons", "text", "", "what limited the watch, parted by ' | '", "nothing is known to have limited it"),
)
DICTIONARY_COLUMNS = ("column", "type", "unit", "meaning", "empty_cell_means", "note")
APOSTROPHE_NOTE = (
    "a text that begins with = + - @ or white space that starts a formula carries a leading apostrophe; "
    "so does one that begins with apostrophes followed by such a sign; take one apostrophe away to read it"
)

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\Z")
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # the wide forms are read as the narrow ones by some spreadsheets


def sector_days(bulletin: Mapping[str, Any]) -> str:
    """The sector-days of a bulletin as CSV (RFC 4180, line feeds, UTF-8)."""
    line = bulletin["line"]
    sectors = {one["sector"]: one for one in line["sectors"]} if line else {}
    head = {
        "marking": bulletin["marking"],
        "exercise": bulletin["exercise"],
        "bulletin": bulletin["number"],
        "day": bulletin["day"],
    }
    rows = []
    for row in bulletin["sector_days"]:
        stretch = sectors.get(row["sector"], {})
        known = {**head, **stretch, **row, "reasons": " | ".join(row["reasons"])}
        rows.append([cell(known.get(column[0])) for column in COLUMNS])
    return _table([column[0] for column in COLUMNS], rows)


def dictionary(bulletin: Mapping[str, Any]) -> str:
    """What each column of sector_days.csv means, as CSV. The same for every bulletin of one version."""
    rows = [[*column, APOSTROPHE_NOTE if column[1] == "text" else ""] for column in COLUMNS]
    return _table(DICTIONARY_COLUMNS, [[cell(value) for value in row] for row in rows])


def cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet runs.

    >>> cell("=1+1"), cell("-3.5"), cell(None), cell(True)
    ("'=1+1", '-3.5', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.match(text) else text


def uncell(text: str) -> str:
    """The text as it was before `cell` made it harmless.

    >>> uncell("'=1+1"), uncell("-3.5"), uncell("'tis")
    ('=1+1', '-3.5', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
