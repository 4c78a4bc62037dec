"""Fit: from detections of peaceful years to what an ordinary year shows, each year judged by the others.

    Hits --duplicates, register--> Votes --season by season--> mean
      each year left out: expectation from the others --> tails, ranks by zone, threshold --> HeatModel

Nothing here knows of war, of a place by name, or of the day before: a truce's first day is judged like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.area import Area, by_pentad
from truceline.observations.heat.climatology import delivered, known_area, mean_of, season_of
from truceline.observations.heat.day_level import Levels
from truceline.observations.heat.expectation import Climate, Expected, expect
from truceline.observations.heat.hits import (
    CAP,
    PENTADS,
    Floats,
    Hits,
    Ints,
    Mask,
    Votes,
    first_of_its_place,
    pentad_of,
    votes_of,
    year_of,
)
from truceline.observations.heat.land_use import LandUse, Uses
from truceline.observations.heat.model import HeatModel
from truceline.observations.heat.register import Register, StaticSource, learn
from truceline.observations.heat.tail import Tail, Tally
from truceline.observations.heat.tail import learn as learn_tail
from truceline.observations.heat.zones import Zones, zones_of

AIM = 0.05  # of peaceful cell-days with detections, at most this share is flagged in any year of the fit
LEAST_DAYS = 20  # a year with fewer delivered days teaches nothing
LEAST_YEARS = 2
LEAST_BESIDE = 300  # votes of other streams, from which on they are ranked among themselves


@dataclass(frozen=True)
class LeftOut:
    """The votes of one year, judged by the other years: one row a cell-day.

    Attributes:
        beside: Votes that only another stream than the reference cast.
        log_chance: log P(as many or more), by the wide expectation.
        use: Land use of its cell, 0 not known.
    """

    year: int
    votes: Votes
    expected: Expected
    beside: Mask
    log_chance: Floats
    use: Ints


def fit(
    hits: Hits,
    *,
    register: Sequence[StaticSource] | None = None,
    land_use: LandUse | None = None,
    aim: float = AIM,
) -> HeatModel:
    """Fit a baseline on peaceful years.

    Args:
        hits: Detections of peaceful years only, all of a theatre; whole calendar years or the same season of each.
        register: A monitor's corrected register; None learns one.
        land_use: What each cell mostly is; None: not known, and cells are judged among all others.
        aim: Largest share of cell-days with detections that any of the years, judged by the others, may have flagged.

    Raises:
        ValueError: Fewer than two years, too large an area, or nothing to learn from.
    """
    if not len(hits):
        raise ValueError("no detections to fit on")
    hits = hits.where(first_of_its_place(hits))
    hits, days = _reference_first(hits)
    sources = tuple(learn(hits, days[0])) if register is None else tuple(register)
    left = Register([one for one in sources if one.unlearned])
    votes = votes_of(hits.where(left.at(hits.lon, hits.lat) < 0))
    years = _years(days[0])
    area = Area.around(votes.cell)
    known = known_area(area, votes)
    use = np.zeros(area.shape, dtype=np.int8) if land_use is None else land_use.on(area)
    shares = _shares(votes, days)
    reference = votes.stream == 0
    year = year_of(votes.day)
    of_year = {y: days[0][year_of(days[0]) == y] for y in years}
    seasons = {y: season_of(votes.where(reference & (year == y)), of_year[y], area, known, use) for y in years}
    left_out, tallies = [], (Tally(), Tally())
    for y in years:
        mean = mean_of([seasons[other] for other in years if other != y], known)
        climate = Climate(area, known, mean, Levels(mean))
        its = votes.where((year == y) & (votes.stream < len(shares)))
        mine = (Tally(), Tally())
        found = expect(its, climate, shares, all_days=of_year[y], tallies=mine)
        tallies = tallies[0] + mine[0], tallies[1] + mine[1]
        left_out.append((y, its, found))
    wide, near = learn_tail(tallies[0]), learn_tail(tallies[1])
    judged = tuple(_one_vote(y, its, found, wide, _use_at(area, use, its)) for y, its, found in left_out)
    zones, beside = _zones(judged)
    mean = mean_of([seasons[y] for y in years], known)
    totals = [
        by_pentad(part, area, pentad_of(part.day), CAP).sum((1, 2))
        for part in (votes.where(reference & (year == y)) for y in years)
    ]
    return HeatModel(
        area=area,
        known=known,
        mean=mean,
        names=votes.names[: len(shares)],
        shares=tuple(round(share, 4) for share in shares),
        wide=wide,
        near=near,
        zones=zones,
        beside=beside,
        threshold=threshold_of(judged, aim),
        years=tuple(years),
        totals=np.array(totals, dtype=float),
        days=np.array([np.bincount(pentad_of(of_year[y]), minlength=PENTADS) for y in years], dtype=float),
        sources=sources,
        use=use,
    )


def one_vote(votes: Votes) -> Mask:
    """The row that speaks for each cell-day: the reference stream's, else the first of the others. Votes are sorted."""
    first = np.ones(len(votes), dtype=bool)
    first[1:] = (np.diff(votes.day) != 0) | (np.diff(votes.cell) != 0)
    return first


def threshold_of(judged: Sequence[LeftOut], aim: float) -> float:
    """The largest threshold at which no year, ranked among the others, has more than `aim` of its votes flagged.

    Aiming at 5 % in the mean would exceed 5 % in half of the years to come; this aims at the worst of those known.
    """
    found = aim
    for one in judged:
        others = [other for other in judged if other.year != one.year]
        p = ranks(one, *_zones(others))
        if len(p):
            found = min(found, float(np.quantile(p, aim)))
    return max(float(np.floor(found * 1e4) / 1e4), 1e-4)


def ranks(one: LeftOut, zones: Zones, beside: Zones | None) -> Floats:
    """`p_ordinary` of the votes of a year among those of others."""
    p = zones.p_of(one.votes.cell, one.log_chance, one.use)
    if beside is not None and (other := one.beside).any():
        p[other] = beside.p_of(one.votes.cell[other], one.log_chance[other], one.use[other])
    return p


def _use_at(area: Area, use: Uses, votes: Votes) -> Ints:
    row, column, _ = area.index(votes.cell)
    return use[row, column].astype(np.int64)


def _one_vote(year: int, votes: Votes, expected: Expected, wide: Tail, use: Ints) -> LeftOut:
    mask = one_vote(votes) & np.isfinite(expected.wide)
    its = votes.where(mask)
    kept = Expected(expected.wide[mask], expected.near[mask], expected.level[mask], expected.season[mask])
    return LeftOut(year, its, kept, its.stream > 0, wide.log_sf(kept.wide, its.count), use[mask])


def _zones(judged: Sequence[LeftOut]) -> tuple[Zones, Zones | None]:
    cell = np.concatenate([one.votes.cell for one in judged])
    chance = np.concatenate([one.log_chance for one in judged])
    other = np.concatenate([one.beside for one in judged])
    use = np.concatenate([one.use for one in judged])
    beside = zones_of(cell[other], chance[other], use[other]) if other.sum() >= LEAST_BESIDE else None
    own = ~other if beside is not None and (~other).any() else np.ones(len(cell), dtype=bool)
    return zones_of(cell[own], chance[own], use[own]), beside


def _reference_first(hits: Hits) -> tuple[Hits, list[Ints]]:
    """Streams in order: the one that delivered in most years, then by detections; and the days each delivered."""
    days = [delivered(hits.day[hits.stream == n]) for n in range(len(hits.names))]
    rows = [int((hits.stream == n).sum()) for n in range(len(hits.names))]
    whole = [_whole_years(one) for one in days]
    order = sorted(range(len(hits.names)), key=lambda n: (-len(whole[n]), -rows[n], hits.names[n]))
    order = [n for n in order if rows[n]]
    place = np.full(len(hits.names), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    names = tuple(hits.names[n] for n in order)
    return Hits(hits.lon, hits.lat, hits.day, place[hits.stream], names), [days[n] for n in order]


def _whole_years(days: Ints) -> list[int]:
    years, count = np.unique(year_of(days), return_counts=True)
    return [int(y) for y, n in zip(years, count, strict=True) if n >= LEAST_DAYS]


def _years(days: Ints) -> list[int]:
    years = _whole_years(days)
    if len(years) < LEAST_YEARS:
        raise ValueError(
            f"a baseline needs {LEAST_YEARS} peaceful years with {LEAST_DAYS} delivered days each of one satellite; "
            f"found {len(years)}"
        )
    return years


def _shares(votes: Votes, days: Sequence[Ints]) -> list[float]:
    """What each stream sees of what the reference sees, on the days both delivered."""
    shares = [1.0]
    own = np.minimum(votes.count, CAP)
    for n in range(1, len(days)):
        both = np.intersect1d(days[0], days[n])
        if len(both) < LEAST_DAYS:
            break  # streams are in order of how long they delivered
        on_both = np.isin(votes.day, both)
        reference = float(own[on_both & (votes.stream == 0)].sum())
        shares.append(max(float(own[on_both & (votes.stream == n)].sum()), 1.0) / max(reference, 1.0))
    return shares
