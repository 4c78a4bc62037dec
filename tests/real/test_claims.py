"""The sentences of the pasted news file, word for word, against the maps of the day it was printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.real.test_ground import control_area
from tests.real.test_territory import DAYS
from truceline.ground.borders import builtin
from truceline.ground.claims import Holds, Verdict, check
from truceline.ground.territory import read_regions
from truceline.terms.agreement import ClaimTerms, GroundTerms
from truceline.terms.claims import Direction, Length, Share, Year, checkables, sentences
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Ukraine", ("Ukrainian", "Kyiv"), ()), Party("bravo", "Russia", ("Russian", "Moscow"), ()))
SAID_ON = date(2025, 3, 14)
TERMS = GroundTerms(map="control", held_by="bravo", countries=("Ukraine",), country_km2=603_550.0)


@pytest.fixture(scope="module")
def verdicts(shared_data: Path) -> list[Verdict]:
    """Every checkable sentence of the raw file, checked."""
    text = next((shared_data / "news").glob("000_*.txt")).read_text(encoding="utf-8")
    file = shared_data / "geoboundaries-ukr" / "geoBoundaries-UKR-ADM1_simplified.geojson"
    regions = read_regions(file.read_bytes(), who=file.name)
    maps = {"maps": [control_area(shared_data, day, held_by="bravo") for day in (*DAYS, SAID_ON)]}
    return [
        check(
            ClaimTerms(id=f"s{start}", text=text[start:end], said_on=SAID_ON, began=date(2022, 2, 24)),
            terms=TERMS, parties=PARTIES, maps=maps, borders=builtin(), regions=regions,
        )
        for start, end in sentences(text, PARTIES)
    ]  # fmt: skip


def test_exactly_the_checkable_sentences_are_found(verdicts: list[Verdict]) -> None:
    """Two of some twenty sentences say anything a map can bear out: a length twice over; a year, a share, a direction."""
    kinds = [[type(part) for part in checkables(v.claim.text, PARTIES)] for v in verdicts]
    assert kinds == [[Length, Length], [Year, Share, Direction]]


def test_they_hold(verdicts: list[Verdict]) -> None:
    """More than 1,000 km and more than 600 miles; nearly a fifth; steadily advanced in Donetsk; the fourth year."""
    assert [verdict.holds for verdict in verdicts] == [Holds.YES, Holds.YES]
    assert "they differ by 34 km" in verdicts[0].note
    figures = {(f.what, f.at): f.value for part in verdicts[1].parts for f in part.figures}
    assert figures["area as drawn, 112,421 of 603,550 km2", "2025-03-14"] == pytest.approx(18.63, abs=0.01)
    months = [value for (what, _), value in figures.items() if what == "month"]
    assert months == pytest.approx([343, 391, 640, 344, 268, 158], abs=1)


def test_what_is_not_so_does_not_hold(shared_data: Path) -> None:
    """The same maps refuse a longer line, a larger share and the other direction."""
    file = shared_data / "geoboundaries-ukr" / "geoBoundaries-UKR-ADM1_simplified.geojson"
    regions = read_regions(file.read_bytes(), who=file.name)
    maps = {"maps": [control_area(shared_data, day, held_by="bravo") for day in (*DAYS, SAID_ON)]}
    for text in (
        "a more than 1,200-kilometre front line",
        "Russia holds more than a fifth of the country",
        "Ukrainian forces advanced in the Donetsk region in recent months",
    ):
        claim = ClaimTerms(id="c", text=text, said_on=SAID_ON)
        found = check(claim, terms=TERMS, parties=PARTIES, maps=maps, borders=builtin(), regions=regions)
        assert found.holds is Holds.NO, text
