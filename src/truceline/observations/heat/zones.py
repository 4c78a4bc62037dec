"""Zones: how unusual is unusual here? The rank of a vote among the peaceful votes of its own surroundings.

    unusualness of left-out years' votes, by tile --zones_of--> Zones --p_of--> p_ordinary

A rule that flags 5 % of a country's fires may flag 12 % where it is used. So every vote is ranked among those of the
tile of 2 degrees it lies in and the eight around it, among those of its own land use where that is known and they are
enough; a tile with too few of them falls back on the whole area. The rank is a probability by construction as far as
years are exchangeable (conformal prediction: Vovk, Gammerman and Shafer 2005, Algorithmic Learning in a Random World,
section 2.2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from truceline.observations.heat.hits import COLUMNS, Floats, Ints

TILE = 20  # cells
LEAST_VOTES = 200
_TILES_ACROSS = COLUMNS // TILE
_USES = 16  # a tile's number leaves room for so many land uses, 0 among them
RANKS: Floats = np.concatenate([np.geomspace(1e-4, 0.05, 60), np.linspace(0.05, 1.0, 96)[1:]])


@dataclass(frozen=True)
class Zones:
    """Quantiles of the unusualness of peaceful votes, a row a tile and land use, and for the whole area.

    Attributes:
        tile: Tiles with enough votes around, times `_USES`, plus the land use or 0 for all of them; ascending.
        quantile: Shape (tiles + 1, ranks): log chance at each of `RANKS`; the last row is the whole area.
        least: The smallest probability so many votes can tell of, one a row.
    """

    tile: Ints
    quantile: Floats
    least: Floats

    def p_of(self, cell: Ints, log_chance: Floats, use: Ints | None = None) -> Floats:
        """P(a peaceful vote here is at least this unusual), in (0, 1]. `use`: land use of each cell, 0 not known."""
        tile = tile_of(cell) * _USES
        row = self._row(tile)
        if use is not None:
            own = self._row(tile + use)
            row = np.where(own < len(self.tile), own, row)
        p = np.empty(len(cell))
        order = np.argsort(row, kind="stable")
        edges = np.searchsorted(row[order], np.arange(len(self.tile) + 2))
        for n in range(len(self.tile) + 1):
            its = order[edges[n] : edges[n + 1]]
            if len(its):
                p[its] = np.maximum(_rank(self.quantile[n], log_chance[its]), self.least[n])
        return p

    def _row(self, tile: Ints) -> Ints:
        """The row of each tile; the last, of the whole area, where it has none of its own."""
        at = np.searchsorted(self.tile, tile)
        known = (at < len(self.tile)) & (np.append(self.tile, -1)[np.minimum(at, len(self.tile))] == tile)
        return np.asarray(np.where(known, at, len(self.tile)))


def tile_of(cell: Ints) -> Ints:
    """The tile a cell lies in."""
    row, column = np.divmod(cell, COLUMNS)
    return np.asarray((row // TILE) * _TILES_ACROSS + column // TILE)


def zones_of(cell: Ints, log_chance: Floats, use: Ints | None = None) -> Zones:
    """Learn the ranks from the votes of years that were left out of their own expectation.

    Args:
        cell, log_chance: Of each vote.
        use: Land use of its cell, 0 not known; None: of none.

    Raises:
        ValueError: There are no votes.
    """
    if not len(cell):
        raise ValueError("no votes to rank among")
    kept, rows, least = [], [], []
    for key, values in sorted(_surroundings(cell, log_chance, use).items()):
        if len(values) >= LEAST_VOTES:
            kept.append(key)
            rows.append(np.quantile(values, RANKS))
            least.append(1 / (len(values) + 1))
    rows.append(np.quantile(log_chance, RANKS))
    least.append(1 / (len(log_chance) + 1))
    return Zones(np.array(kept, dtype=np.int64), np.array(rows), np.array(least))


def _surroundings(cell: Ints, log_chance: Floats, use: Ints | None) -> dict[int, Floats]:
    """What lies in each tile and the eight around it: of all land uses, and of each one that is known."""
    tile = tile_of(cell)
    found: dict[int, Floats] = {}
    for one in [0] if use is None else [0, *(n for n in np.unique(use).tolist() if n)]:
        its = np.ones(len(cell), dtype=bool) if use is None or not one else use == one
        order = np.argsort(tile[its], kind="stable")
        tiles, start = np.unique(tile[its][order], return_index=True)
        of_tile = dict(zip(tiles.tolist(), np.split(log_chance[its][order], start[1:]), strict=True))
        for at in tiles.tolist():
            found[at * _USES + one] = np.concatenate([of_tile[near] for near in _around(at) if near in of_tile])
    return found


def _around(tile: int) -> list[int]:
    row, column = divmod(tile, _TILES_ACROSS)
    return [(row + a) * _TILES_ACROSS + (column + b) % _TILES_ACROSS for a in (-1, 0, 1) for b in (-1, 0, 1)]


def _rank(quantile: Floats, value: Floats) -> Floats:
    """The rank of values among quantiles, straight between them; equal values take the upper rank."""
    at = np.searchsorted(quantile, value, side="right")
    low, high = np.maximum(at - 1, 0), np.minimum(at, len(RANKS) - 1)
    width = quantile[high] - quantile[low]
    part = np.where(width > 0, (value - quantile[low]) / np.where(width > 0, width, 1.0), 0.0)
    rank = RANKS[low] + part * (RANKS[high] - RANKS[low])
    return np.asarray(np.where(at == 0, RANKS[0], np.where(at == len(RANKS), 1.0, rank)))
