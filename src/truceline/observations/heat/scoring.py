"""Score: how ordinary is each detection, and why.

    Hits, HeatModel --score--> Scored: p_ordinary and flagged a vote, the row's own vote, and what speaks for it

`p_ordinary` is the chance, under the peaceful baseline, that a cell-day with detections is at least this unusual for
its place. It is no probability of war: that would need a prior somebody declares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.day_level import Levels
from truceline.observations.heat.expectation import Climate, expect
from truceline.observations.heat.fit import one_vote
from truceline.observations.heat.hits import CELLS, Floats, Hits, Ints, Mask, Votes, first_of_its_place, votes_of
from truceline.observations.heat.model import HeatModel
from truceline.observations.heat.register import Register, StaticSource

RECENT_DAYS = 7


@dataclass(frozen=True)
class Scored:
    """One row a cell-day, and of each detection which cell-day it lies in.

    Attributes:
        votes: The row that speaks for each cell-day.
        p: `p_ordinary`; NaN where no baseline is known.
        expected: Detections expected that day, its level taken upwards only; NaN without baseline.
        level: The day's level around the cell; season: the season's share of the cell's yearly mean.
        recent: Days of the seven before with detections in the cell. Told, and never used.
        beside: Cast by another stream than the reference.
        vote: Of each detection, its cell-day's row; -1 at a source that a monitor vouches for.
        source: Of each detection, the kept static source it lies at (index into the register); -1 for none.
        cell, day: Of each detection.
        repeated: Detections that repeat an earlier row, or that standard quality supersedes.
    """

    votes: Votes
    p: Floats
    flagged: Mask
    expected: Floats
    level: Floats
    season: Floats
    recent: Ints
    beside: Mask
    vote: Ints
    source: Ints
    cell: Ints
    day: Ints
    repeated: Mask


class Scorer:
    """A model made ready to judge: its running totals and its register are laid out once."""

    def __init__(self, model: HeatModel, register: Sequence[StaticSource] | None = None) -> None:
        self.model = model
        self.sources = model.sources if register is None else tuple(register)
        self._climate = Climate(model.area, model.known, model.mean, Levels(model.mean))
        self._register = Register(self.sources)
        self._kept = np.array([one.keep for one in self.sources] + [False])
        self._silent = np.array([one.silent for one in self.sources] + [False])
        days = np.nansum(model.mean, axis=0)
        self._yearly = days / np.maximum(np.isfinite(model.mean).sum(0), 1)

    @property
    def named(self) -> str:
        """Which baseline this is, in words."""
        years = ", ".join(map(str, self.model.years))
        return (
            f"peaceful years {years} of {self.model.names[0]}, flagged at p_ordinary {self.model.threshold:g} or below"
        )

    def score(self, hits: Hits, superseded: Mask | None = None) -> Scored:
        """Judge detections: those of whole days and of all the area, for the day's level is theirs too.

        Args:
            hits: In any order.
            superseded: Rows that do not count because better ones stand beside them; they are told their cell's vote.
        """
        hits = _streams_of(self.model, hits)
        source = self._register.at(hits.lon, hits.lat)
        silent = self._silent[source]
        source = np.where(self._kept[source], source, -1)
        fresh = first_of_its_place(hits)
        if superseded is not None:
            fresh = np.zeros(len(hits), dtype=bool)
            fresh[np.flatnonzero(~superseded)[first_of_its_place(hits.where(~superseded))]] = True
        every = votes_of(hits.where(fresh & ~silent))
        found = expect(every, self._climate, self.model.shares)
        mask = one_vote(every)
        votes = every.where(mask)
        wide, level, season = found.wide[mask], found.level[mask], found.season[mask]
        beside = votes.stream > 0
        known = np.isfinite(wide)
        p = np.full(len(votes), np.nan)
        chance = self.model.wide.log_sf(wide[known], votes.count[known])
        use = self.model.use_of(votes.cell[known])
        p[known] = self.model.zones.p_of(votes.cell[known], chance, use)
        if self.model.beside is not None and (other := known & beside & (votes.stream < len(self.model.shares))).any():
            p[other] = self.model.beside.p_of(votes.cell[other], chance[other[known]], use[other[known]])
        with np.errstate(invalid="ignore"):
            flagged = p <= self.model.threshold
        return Scored(
            votes=votes,
            p=p,
            flagged=flagged,
            expected=np.exp(wide),
            level=level,
            season=season / np.maximum(self._yearly_of(votes), 1e-12) / self._share_of(votes),
            recent=_recent(votes),
            beside=beside,
            vote=np.where(silent, -1, _row_of(votes, hits)),
            source=source,
            cell=hits.cell,
            day=hits.day,
            repeated=~fresh,
        )

    def _share_of(self, votes: Votes) -> Floats:
        shares = np.ones(max(len(votes.names), len(self.model.shares)))
        shares[: len(self.model.shares)] = self.model.shares
        return np.asarray(shares[votes.stream])

    def _yearly_of(self, votes: Votes) -> Floats:
        row, column, inside = self.model.area.index(votes.cell)
        yearly = np.full(len(votes), np.nan)
        yearly[inside] = self._yearly[row[inside], column[inside]]
        return yearly


def _streams_of(model: HeatModel, hits: Hits) -> Hits:
    """The hits with streams numbered as the model has them; those it does not know come after."""
    names = (*model.names, *(name for name in hits.names if name not in model.names))
    place = np.array([names.index(name) for name in hits.names], dtype=np.int64)
    return Hits(hits.lon, hits.lat, hits.day, place[hits.stream], names)


def _row_of(votes: Votes, hits: Hits) -> Ints:
    """The cell-day each detection lies in; -1 where none speaks for it."""
    if not len(votes):
        return np.full(len(hits), -1, dtype=np.int64)
    key = hits.day * CELLS + hits.cell
    own = votes.day * CELLS + votes.cell
    at = np.minimum(np.searchsorted(own, key), len(votes) - 1)
    return np.asarray(np.where(own[at] == key, at, -1))


def _recent(votes: Votes) -> Ints:
    key = votes.day * CELLS + votes.cell
    found = np.zeros(len(votes), dtype=np.int64)
    if not len(key):
        return found
    for back in range(1, RECENT_DAYS + 1):
        earlier = key - back * CELLS
        at = np.minimum(np.searchsorted(key, earlier), len(key) - 1)
        found += key[at] == earlier
    return found
