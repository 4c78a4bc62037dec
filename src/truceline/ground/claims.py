"""Checkable sentences, held against the maps: holds, does not hold, or not assessable, with the figures.

    ClaimTerms, control areas by publisher, borders, regions --check--> Verdict

A sentence holds where each thing it says holds by every map at every scale asked; where maps or scales disagree it is
not assessable, and the figures stand beside it. What its words are taken to mean is printed with it.
Start at `check`. Vocabulary: terms/claims.py. Method: docs/methods/territory.md
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import shapely

from truceline.errors import FeedError
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.line import line_of_contact, plane_of
from truceline.ground.newest import MAX_AGE_DAYS, map_for
from truceline.ground.plane import length_km
from truceline.ground.territory import NO_REGION, Region, changed, holding
from truceline.terms.agreement import ClaimTerms, GroundTerms
from truceline.terms.claims import MEANS, Checkable, Direction, Length, Share, Year, checkables, meets
from truceline.terms.party import Party

WIDER_KM = 2.0  # a length is asked at the case's tolerance and at one this much wider
SIMPLE_M = 1_000.0  # and told, without a vote, of the line drawn no finer than this
MOST_TROUBLES = 3  # how many maps that could not be read are named; the rest are counted
STILL_KM2 = 1.0  # a month in which no more than this changed hands is no advance: maps wobble by as much

Maps = Mapping[str, Sequence[ControlArea]]  # by publisher


class Holds(StrEnum):
    """What comes of a check."""

    YES = "holds"
    NO = "does not hold"
    UNKNOWN = "not assessable"


@dataclass(frozen=True)
class Figure:
    """One measured figure a check rests on.

    Attributes:
        what: What was measured, in words.
        value, unit: The figure.
        by: Whose map.
        at: Its day, or the days it lies between.
        votes: Whether the check rests on it; else it is told beside it.
        said: Whether it is what was said; None where that is not asked.
    """

    what: str
    value: float
    unit: str
    by: str
    at: str
    votes: bool = True
    said: bool | None = None


@dataclass(frozen=True)
class Checked:
    """One thing a sentence says, checked.

    Attributes:
        words: As said.
        taken_for: What the words are taken to mean.
        holds: The verdict.
        figures: What it rests on.
        why: Why it cannot be assessed, or what a reader must know; empty where figures say all.
    """

    words: str
    taken_for: str
    holds: Holds
    figures: tuple[Figure, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """A sentence, and what the maps make of it."""

    claim: ClaimTerms
    holds: Holds
    parts: tuple[Checked, ...]
    note: str


@dataclass(frozen=True)
class _Asked:
    """Everything a check looks at."""

    claim: ClaimTerms
    terms: GroundTerms
    maps: Maps
    borders: Borders
    regions: tuple[Region, ...]


def days_needed(claim: ClaimTerms, parties: Sequence[Party]) -> tuple[date, ...]:
    """The days whose maps a claim rests on, so that they can be received."""
    found = {claim.said_on}
    for part in checkables(claim.text, parties):
        if isinstance(part, Direction):
            for first in _month_starts(claim.said_on, part.months):
                found.update(first + timedelta(days=n) for n in range(MAX_AGE_DAYS + 1))
    return tuple(sorted(day for day in found if day <= claim.said_on))


def check(
    claim: ClaimTerms,
    *,
    terms: GroundTerms,
    parties: Sequence[Party],
    maps: Maps,
    borders: Borders,
    regions: Sequence[Region] = (),
    troubles: Sequence[str] = (),
) -> Verdict:
    """Hold a sentence against the maps.

    Args:
        claim: The sentence, who said it when.
        terms: Of the case: whose area the maps draw, tolerance, countries.
        parties: To know who is meant.
        maps: Control areas of each publisher, any days.
        borders: Coast and borders.
        regions: Named regions, for sentences about them.
        troubles: What was wrong with maps that were there and could not be read; printed with the verdict.
    """
    asked = _Asked(claim, terms, maps, borders, tuple(regions))
    parts = tuple(_checked(part, asked) for part in checkables(claim.text, parties))
    publishers = sorted(maps)
    if not parts:
        return Verdict(claim, Holds.UNKNOWN, (), "nothing in it is in the vocabulary that can be checked")
    who = "no map" if not publishers else f"{', '.join(publishers)}{' alone' if len(publishers) == 1 else ''}"
    note = f"According to {who}; borders: {borders.source}."
    if troubles:
        more = f" and {len(troubles) - MOST_TROUBLES} more" if len(troubles) > MOST_TROUBLES else ""
        note += f" Not read: {'; '.join(troubles[:MOST_TROUBLES])}{more}."
    lengths = [part for part in checkables(claim.text, parties) if isinstance(part, Length)]
    for a, b in pairwise(lengths):
        if abs(a.km - b.km) > 0.5:
            note += (
                f" “{a.words}” is {a.km:,.0f} km and “{b.words}” is {b.km:,.0f} km: they differ by "
                f"{abs(a.km - b.km):,.0f} km; both were checked."
            )
    verdicts = {part.holds for part in parts}
    whole = Holds.NO if Holds.NO in verdicts else Holds.UNKNOWN if Holds.UNKNOWN in verdicts else Holds.YES
    return Verdict(claim, whole, parts, note)


def _checked(part: Checkable, asked: _Asked) -> Checked:
    if isinstance(part, Length):
        return _length(part, asked)
    if isinstance(part, Share):
        return _share(part, asked)
    if isinstance(part, Direction):
        return _direction(part, asked)
    return _year(part, asked)


def _agreed(figures: Sequence[Figure], missing: Sequence[str]) -> tuple[Holds, str]:
    """All figures that vote say so, none does, or they disagree; and who had no vote, and why."""
    votes = {figure.said for figure in figures if figure.votes}
    holds = Holds.YES if votes == {True} else Holds.NO if votes == {False} else Holds.UNKNOWN
    why = ["maps or scales disagree"] if len(votes) > 1 else [] if votes else ["there is no map of that day"]
    return holds, "; ".join([*why, *missing])


def _of_day(asked: _Asked) -> tuple[list[ControlArea], list[str]]:
    """Each publisher's map of the day it was said, and why some have none: they have no vote."""
    found, missing = [], []
    for publisher in sorted(asked.maps):
        try:
            found.append(map_for(asked.maps[publisher], asked.claim.said_on)[0])
        except FeedError as error:
            missing.append(f"{publisher}: {error.what}")
    return found, missing


def _length(part: Length, asked: _Asked) -> Checked:
    terms, figures = asked.terms, []
    maps, missing = _of_day(asked)
    for control in maps:
        for tolerance in (terms.tolerance_km, terms.tolerance_km + WIDER_KM):
            try:
                line = line_of_contact(control, asked.borders, tolerance_km=tolerance, on_land_of=terms.countries)
            except FeedError as error:
                missing.append(f"{control.publisher} at {tolerance:g} km: {error.what}")
                continue
            what, at = f"line at {tolerance:g} km", control.day.isoformat()
            said = meets(line.length_km, part.how, part.km)
            figures.append(Figure(what, round(line.length_km, 1), "km", control.publisher, at, said=said))
            if tolerance == terms.tolerance_km:
                plane = plane_of(control)
                coarse = length_km(plane.back(shapely.simplify(plane.onto(line.path), SIMPLE_M)))
                told = f"the same, drawn no finer than {SIMPLE_M / 1000:g} km"
                figures.append(Figure(told, round(coarse, 1), "km", control.publisher, at, votes=False))
    holds, why = _agreed(figures, missing)
    return Checked(part.words, f"{part.km:,.0f} km: {MEANS[part.how]}", holds, tuple(figures), why)


def _share(part: Share, asked: _Asked) -> Checked:
    taken = f"{part.share:.1%}: {MEANS[part.how]}"
    held_by = asked.terms.held_by
    party = asked.claim.party or part.party
    if party is not None and party != held_by:
        return Checked(part.words, taken, Holds.UNKNOWN, (), f"the maps draw the area of {held_by}, not of {party}")
    figures = []
    maps, missing = _of_day(asked)
    for control in maps:
        held = holding(control, asked.borders)
        at, by = control.day.isoformat(), control.publisher
        if asked.terms.country_km2 is not None:
            share = held.area_km2 / asked.terms.country_km2
            what = f"area as drawn, {held.area_km2:,.0f} of {asked.terms.country_km2:,.0f} km2"
            figures.append(Figure(what, round(share * 100, 2), "%", by, at, said=meets(share, part.how, part.share)))
        if held.country is not None:
            share = held.on_land_km2 / held.country_km2
            what = f"its part on the land of {held.country}, {held.on_land_km2:,.0f} of {held.country_km2:,.0f} km2"
            figures.append(Figure(what, round(share * 100, 2), "%", by, at, said=meets(share, part.how, part.share)))
    holds, why = _agreed(figures, missing)
    return Checked(part.words, taken, holds, tuple(figures), why)


def _direction(part: Direction, asked: _Asked) -> Checked:
    every = "in each of" if part.steadily else "over all of"
    way = "to" if part.forward else "away from"
    party = asked.claim.party or part.party
    named = asked.claim.region or part.region
    taken = (
        f"more than {STILL_KM2:g} km2 went {way} {party or 'nobody named'} in {named}, {every} "
        f"the {part.months} months before {asked.claim.said_on:%B %Y}"
    )

    def unknown(why: str) -> Checked:
        return Checked(part.words, taken, Holds.UNKNOWN, (), why)

    if party is None:
        return unknown("it does not say which party moved; name one with 'party'")
    like = [region for region in asked.regions if named.casefold() in region.name.casefold()]
    if len(like) != 1:
        known = ", ".join(region.name for region in (like or asked.regions)[:6]) or "none; see ground.regions"
        return unknown(f"{'several regions are' if like else 'no region is'} called {named!r}: {known}")
    figures = []
    for publisher in sorted(asked.maps):
        starts = [_first_of(asked.maps[publisher], day) for day in _month_starts(asked.claim.said_on, part.months)]
        if any(one is None for one in starts):
            continue
        months = []
        for before, after in pairwise(one for one in starts if one is not None):
            change = changed(before, after, like)
            region = next((row for row in change.regions if row.name not in (NO_REGION,)), None)
            net = 0.0 if region is None else region.after_km2 - region.before_km2
            towards = net if (party == before.held_by) == part.forward else -net
            months.append((f"{before.day} to {after.day}", towards))
        total = sum(km2 for _, km2 in months)
        for at, km2 in months:
            said = km2 > STILL_KM2 if part.steadily else None
            figures.append(Figure("month", round(km2, 1), "km2", publisher, at, votes=part.steadily, said=said))
        span = f"{months[0][0].split(' ')[0]} to {months[-1][0].split(' ')[-1]}"
        figures.append(Figure("in all", round(total, 1), "km2", publisher, span, said=total > STILL_KM2))
    if not figures:
        return unknown("no publisher has a map of the first days of each of these months")
    # One month that did not go that way is enough: then it was not steadily. Publishers who differ leave it open.
    by = {f.by: all(g.said for g in figures if g.votes and g.by == f.by) for f in figures}
    holds = Holds.YES if all(by.values()) else Holds.NO if not any(by.values()) else Holds.UNKNOWN
    return Checked(part.words, taken, holds, tuple(figures), "" if holds is not Holds.UNKNOWN else "maps disagree")


def _year(part: Year, asked: _Asked) -> Checked:
    taken, began, said = f"year {part.nth}, counted from the day it began", asked.claim.began, asked.claim.said_on
    if began is None:
        return Checked(part.words, taken, Holds.UNKNOWN, (), "the case does not say when it began; give 'began'")
    if said < began:
        return Checked(part.words, taken, Holds.NO, (), f"it was said before it began, {began}")
    nth = said.year - began.year + ((said.month, said.day) >= (began.month, began.day))
    figure = Figure("year", float(nth), "", "calendar", f"{began} to {said}", said=nth == part.nth)
    return Checked(part.words, taken, Holds.YES if nth == part.nth else Holds.NO, (figure,))


def _month_starts(said_on: date, months: int) -> list[date]:
    """The first days of that many whole months before the month it was said in, and of that month."""
    index = said_on.year * 12 + said_on.month - 1
    return [date((index - n) // 12, (index - n) % 12 + 1, 1) for n in range(months, -1, -1)]


def _first_of(areas: Sequence[ControlArea], first: date) -> ControlArea | None:
    """The first map on or after a day, at most a week later."""
    later = [area for area in areas if 0 <= (area.day - first).days <= MAX_AGE_DAYS]
    return min(later, key=lambda area: (area.day, area.entry), default=None)
