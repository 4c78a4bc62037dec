"""What is read back from an export is what was written; nothing in it runs, nothing is finer than the grid."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.samples import bleak_day, full_day
from truceline.report.exports import EXPORTS
from truceline.report.exports.claim_review import CLAIMS
from truceline.report.exports.csv_table import COLUMNS, cell, uncell


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_is_the_same_every_time(name: str) -> None:
    """Same bulletin, same text; lines end in a line feed only."""
    text = EXPORTS[name](full_day())
    assert text == EXPORTS[name](full_day())
    assert text.endswith("\n")
    assert "\r" not in text


def test_sector_days_read_back() -> None:
    """Every row and every figure of the table comes back; empty cells are what was not known."""
    day = full_day()
    read = rows_of(EXPORTS["sector_days.csv"](day))
    assert len(read) == len(day["sector_days"])
    for row, was in zip(read, day["sector_days"], strict=True):
        assert row["marking"] == day["marking"]
        assert (uncell(row["sector"]), row["class"], row["state"]) == (was["sector"], was["class"], was["state"])
        for name in ("looks", "watched_h", "clear_share", "observability", "missed_upper_90"):
            assert (float(row[name]) if row[name] else None) == was[name]
        assert int(row["count"]) == was["count"]
        assert uncell(row["reasons"]) == " | ".join(was["reasons"])


def test_the_dictionary_explains_every_column_in_order() -> None:
    """Columns are frozen: table and dictionary name the same ones."""
    header = EXPORTS["sector_days.csv"](full_day()).splitlines()[0].split(",")
    read = rows_of(EXPORTS["sector_days.dictionary.csv"](full_day()))
    assert [row["column"] for row in read] == header == [column[0] for column in COLUMNS]
    assert all(row["meaning"] and row["empty_cell_means"] for row in read)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1", '=HYPERLINK("http://x")', "＝1"],
)
def test_formulas_are_made_harmless(text: str) -> None:
    """A spreadsheet shows the text and runs nothing; the text can be had back."""
    assert cell(text).startswith("'")
    assert uncell(cell(text)) == text


@pytest.mark.parametrize("text", ["-3", "+1.5", "-2e-05", "0", "plain", "'tis", "a=b", ""])
def test_plain_numbers_and_words_are_left_alone(text: str) -> None:
    """A negative number stays a number."""
    assert cell(text) == text


@given(st.text())
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    """Whatever was received, the cell gives it back."""
    assert uncell(cell(text)) == text


def test_a_hostile_reason_does_not_break_the_table() -> None:
    """Quotes, commas, line breaks and formulas in a reason stay in their cell."""
    day = full_day()
    reason = '=cmd|"/C calc"!A1,\nsecond "line"'
    day["sector_days"][0]["reasons"] = [reason]
    read = rows_of(EXPORTS["sector_days.csv"](day))
    assert read[0]["reasons"] == f"'{reason}"
    assert len(read) == len(day["sector_days"])


def test_incidents_read_back_as_cells() -> None:
    """RFC 7946: polygons of a closed, counter-clockwise ring; the cell and the judgement come back."""
    day = full_day()
    read = json.loads(EXPORTS["incidents.geojson"](day))
    assert read["type"] == "FeatureCollection"
    assert read["marking"] == day["marking"]
    assert "crs" not in read
    for feature, was in zip(read["features"], day["incidents"], strict=True):
        ring = feature["geometry"]["coordinates"][0]
        assert feature["geometry"]["type"] == "Polygon"
        assert ring[0] == ring[-1]
        assert sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring)) < 0
        west, south, east, north = ring[0][0], ring[0][1], ring[2][0], ring[2][1]
        assert {"west": west, "south": south, "east": east, "north": north} == was["cell"]
        said = feature["properties"]
        assert feature["id"] == was["id"]
        assert (said["grade"], said["counted"], said["sector"]) == (was["grade"], was["counted"], was["sector"])
        assert said["occurrence_likelihood"] == was["occurrence"]["likelihood"]
        assert all(not isinstance(value, dict | list) for value in said.values())


def test_statements_read_back() -> None:
    """One object a line, each with its marking, each as it was."""
    day = full_day()
    head = {"marking": day["marking"], "exercise": False, "bulletin": day["number"], "day": day["day"]}
    read = [json.loads(line) for line in EXPORTS["statements.jsonl"](day).splitlines()]
    assert read == [{**head, **was} for was in day["statements"]]


def test_a_line_stays_one_line() -> None:
    """Line and paragraph separators inside a quotation do not break the file for any reader."""
    day = full_day()
    day["statements"][0]["quote"] = "one\u2028two\u2029three\x85four\nfive"
    text = EXPORTS["statements.jsonl"](day)
    assert len(text.splitlines()) == len(day["statements"])
    assert json.loads(text.splitlines()[0])["quote"] == day["statements"][0]["quote"]


def test_claims_read_back_and_rate_nothing() -> None:
    """Every claim is one ClaimReview with its exact words, and none carries a verdict."""
    day = full_day()
    read = json.loads(EXPORTS["claims.jsonld"](day))
    claims = [one for one in day["statements"] if one["position"] in CLAIMS]
    assert read["@context"] == "https://schema.org"
    assert read["numberOfItems"] == len(claims) > 0
    assert [r["itemReviewed"]["text"] for r in read["itemListElement"]] == [one["quote"] for one in claims]
    assert {r["reviewRating"]["alternateName"] for r in read["itemListElement"]} == {"not rated"}
    assert all("ratingValue" not in r["reviewRating"] for r in read["itemListElement"])


def test_a_bleak_day_has_files_too() -> None:
    """Nothing known is an empty table with its columns, not a missing one."""
    day: dict[str, Any] = bleak_day()
    assert rows_of(EXPORTS["sector_days.csv"](day)) == []
    assert json.loads(EXPORTS["incidents.geojson"](day))["features"] == []
    assert EXPORTS["statements.jsonl"](day) == ""


def test_tallies_are_in_no_export_of_counts() -> None:
    """A party's 122 and 1,300 stand in bulletin.json and nowhere else."""
    day = full_day()
    for name in ("sector_days.csv", "incidents.geojson"):
        assert "1300" not in EXPORTS[name](day)
        assert "122" not in EXPORTS[name](day)
