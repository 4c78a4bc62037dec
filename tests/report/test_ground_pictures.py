"""Pictures of the ground: well-formed, escaped, with the marking and the disclaimer, and byte-identical twice."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from itertools import pairwise

from tests.ground.fiction import DAY, collection, country, east_ring, read, rectangle
from truceline.ground.claims import check
from truceline.ground.line import line_of_contact, plane_of
from truceline.ground.places import builtin
from truceline.ground.sectors import cut
from truceline.ground.series import judged, months_of, step_between
from truceline.ground.territory import Region, changed
from truceline.report.claim_picture import claim_picture
from truceline.report.ground_picture import change_picture, line_picture, months_picture
from truceline.terms.agreement import ClaimTerms, GroundTerms

HOSTILE = "<script>alert(1)</script>&\u202e"
BORDERS = country()


def sound(page: str) -> str:
    """Parsed as XML, with no script, no link and nothing fetched."""
    root = ElementTree.fromstring(page)  # noqa: S314  (made by us a line ago)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "image", "a", "foreignObject", "use"}
    words = " ".join(root.itertext())
    assert "INTERNAL – NOT FOR RELEASE" in words
    assert "\u202e" not in page
    return words


def maps() -> list:  # type: ignore[type-arg]
    return [
        read(collection([rectangle(11.0 - n * 0.01, 50, 13, 52)]), day=DAY + timedelta(days=n), publisher=HOSTILE)
        for n in range(40)
    ]


def test_the_line() -> None:
    """Title, scale of the lengths, whose map, what its borders do not mean; a hostile publisher stays text."""
    control = read(collection([east_ring()]), publisher=HOSTILE)
    line = line_of_contact(control, BORDERS, tolerance_km=3)
    sectors = cut(line, 25, plane_of(control))
    pages = [line_picture(control, [line], sectors, BORDERS, builtin(), "held") for _ in range(2)]
    assert pages[0] == pages[1]
    words = sound(pages[0])
    assert "km at 3 km" in words
    assert "no opinion on the legal status" in words
    assert "GeoNames" in words
    assert "0 km" in words


def test_what_changed_hands() -> None:
    """Both ways and every region are in words, not in colour alone."""
    before, after = maps()[0], maps()[20]
    regions = [Region(f"Ridge {HOSTILE}", read(collection([rectangle(9, 50, 13, 51)])).area)]
    page = change_picture(before, after, changed(before, after, regions), BORDERS)
    words = sound(page)
    assert "to alpha" in words
    assert "to bravo" in words
    assert "no finding" in words


def test_months() -> None:
    """Each month's net figure stands beside its bar."""
    drawn = maps()
    steps = [step_between(a, b) for a, b in pairwise(drawn)]
    months = months_of(judged(steps), steps[0].before, steps[0].before_km2)
    words = sound(months_picture(months, HOSTILE))
    assert all(f"{month.net_km2:+,.0f}" in words for month in months)


def test_verdicts() -> None:
    """The verdict stands in words, with the figures it rests on."""
    claim = ClaimTerms(id="c", text=f"a more than 100-kilometre front line {HOSTILE}", said_on=date(2031, 4, 19))
    terms = GroundTerms(map="control", held_by="alpha")
    control = read(collection([rectangle(11, 50, 13, 52)]))
    words = sound(claim_picture([check(claim, terms=terms, parties=(), maps={"atlas": [control]}, borders=BORDERS)]))
    assert "HOLDS" in words
    assert "line at 3 km" in words
