"""Register of static sources: works and flares that burn the year round, learned, and corrected by a monitor.

    hits of peaceful years --learn--> StaticSource, ... <--CSV--> a monitor's corrections --at--> which hits lie there

A learned source is learned like any other place: its hits make a high expectation there, and many more than that are
still out of the ordinary. The register names it beside what burns, and can be corrected: a source struck out
(``keep`` = no) is left out of the next fit, so what burns there is judged by its surroundings; one a monitor adds
(``basis`` = monitor), because it was built since, is neither learned from nor judged. FIRMS's own column `type` is not
enough: one furnace is 0, 2 or 3 on different nights.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from truceline.errors import CaseError
from truceline.observations.heat.hits import Floats, Hits, Ints, year_of

PLACE = 50  # places per degree: 2 km
LIT_SHARE = 0.05  # lit on this share of the delivered days ...
YEARS_SHARE = 2 / 3  # ... in this share of the years ...
MONTHS_SHARE = 0.5  # ... and in this share of the months: a field burns in its season, works do not
LEAST_MONTHS = 6  # of fewer months nobody can tell works from fields in their season
MOST_KM = 20.0
HALO_KM = 1.2  # pixels of one source scatter by about this much
MAX_SOURCES = 20_000
MAX_BYTES = 5_000_000
COLUMNS = ("id", "lon", "lat", "radius_km", "days_a_year", "years", "basis", "keep", "note")
BASES = ("learned", "monitor")
_KM = 111.195  # a degree on a sphere of 6,371 km


@dataclass(frozen=True)
class StaticSource:
    """A place that burns the year round.

    Attributes:
        lon, lat: Middle, to 0.01 degree.
        radius_km: Hits within it are the source's.
        days_a_year: Days with hits in a year of delivered days.
        years: Years in which it was lit.
        basis: ``learned``, or ``monitor`` for one that a person added.
        keep: False: a monitor says that this is no static source.
    """

    id: str
    lon: float
    lat: float
    radius_km: float
    days_a_year: float
    years: int
    basis: str = "learned"
    keep: bool = True
    note: str = ""

    @property
    def silent(self) -> bool:
        """Whether what burns there is not judged: a monitor vouches for it, and nothing was learned of it."""
        return self.keep and self.basis == "monitor"

    @property
    def unlearned(self) -> bool:
        """Whether a fit leaves its hits out."""
        return self.silent or not self.keep


def learn(hits: Hits, delivered: Ints) -> tuple[StaticSource, ...]:
    """Find the places lit on at least 5 % of the delivered days, in two thirds of the years, in half of the months.

    Args:
        hits: Of peaceful years, duplicates left out.
        delivered: Days on which any stream delivered.
    """
    n_months = len(np.unique(_month(delivered)))
    if not len(hits) or n_months < LEAST_MONTHS:
        return ()
    place, lon, lat = _place(hits)
    lit = np.unique(place * 200_000 + (hits.day + 20_000))
    places, day = np.divmod(lit, 200_000)
    day = day - 20_000
    names, index = np.unique(places, return_inverse=True)
    days = np.bincount(index)
    years = np.bincount(np.unique(index * 10_000 + year_of(day)) // 10_000, minlength=len(names))
    months = np.bincount(np.unique(index * 16 + _month(day)) // 16, minlength=len(names))
    n_years = len(np.unique(year_of(delivered)))
    steady = (
        (days >= LIT_SHARE * len(delivered)) & (years >= YEARS_SHARE * n_years) & (months >= MONTHS_SHARE * n_months)
    )
    per_year = 365.25 / len(delivered)
    found = []
    for group in _joined(names[steady]):
        mine = np.isin(place, group)
        middle = round(float(lon[mine].mean()), 2), round(float(lat[mine].mean()), 2)
        reach = _away_km(middle, *_centre(np.array(group))).max() + HALO_KM
        if reach > MOST_KM:
            continue  # no works are so wide: this is a countryside that burns all year
        its_days = np.unique(hits.day[mine])
        found.append((middle, round(float(reach), 1), len(its_days) * per_year, len(np.unique(year_of(its_days)))))
    found.sort(key=lambda one: (one[0][1], one[0][0]))
    return tuple(
        StaticSource(f"S{n:04d}", lon, lat, radius, round(lit_days, 1), lit_years)
        for n, ((lon, lat), radius, lit_days, lit_years) in enumerate(found, 1)
    )


class Register:
    """Tells which hits lie at a source; a table of places of a hundredth of a degree, made once."""

    def __init__(self, sources: Sequence[StaticSource]) -> None:
        self.sources = tuple(sources)
        cells: dict[int, int] = {}
        for n, one in enumerate(self.sources):
            reach = math.ceil(one.radius_km / _KM * 100) + 1
            wide = math.ceil(reach / max(math.cos(math.radians(one.lat)), 0.05))
            rows = round((one.lat + 90) * 100) + np.arange(-reach, reach + 1)
            columns = round((one.lon + 180) * 100) + np.arange(-wide, wide + 1)
            row, column = (values.ravel() for values in np.meshgrid(rows, columns, indexing="ij"))
            near = _away_km((one.lon, one.lat), (column + 0.5) / 100 - 180, (row + 0.5) / 100 - 90) <= one.radius_km
            cells |= {int(c): n for c in (row[near] * 36_000 + column[near] % 36_000)}
        self._cell = np.array(sorted(cells), dtype=np.int64)
        self._source = np.array([cells[int(c)] for c in self._cell], dtype=np.int64)

    def at(self, lon: Floats, lat: Floats) -> Ints:
        """Index of the source each position lies at, -1 for none."""
        found = np.full(len(lon), -1, dtype=np.int64)
        if not len(self._cell):
            return found
        row = np.floor((lat + 90) * 100 + 1e-7).astype(np.int64)
        cell = row * 36_000 + np.floor((lon + 180) * 100 + 1e-7).astype(np.int64) % 36_000
        at = np.minimum(np.searchsorted(self._cell, cell), len(self._cell) - 1)
        hit = self._cell[at] == cell
        found[hit] = self._source[at[hit]]
        return found


def to_csv(sources: Sequence[StaticSource]) -> str:
    """The register as a monitor reads and corrects it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for s in sources:
        writer.writerow(
            (s.id, f"{s.lon:.2f}", f"{s.lat:.2f}", f"{s.radius_km:g}", f"{s.days_a_year:g}", s.years,
             s.basis, "yes" if s.keep else "no", _plain(s.note))
        )  # fmt: skip
    return out.getvalue()


def from_csv(data: bytes, who: str) -> tuple[StaticSource, ...]:
    """Read a corrected register; everything wrong with a row is an error, for a monitor wrote it on purpose.

    Raises:
        CaseError: Too large, another header, or a row that cannot be.
    """
    todo = f"Columns: {', '.join(COLUMNS)}; keep is yes or no"
    if len(data) > MAX_BYTES:
        raise CaseError(who, f"is {len(data)} bytes long, more than {MAX_BYTES}", todo)
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise CaseError(who, f"is no CSV in UTF-8 ({type(error).__name__})", todo) from error
    if len(rows) > MAX_SOURCES:
        raise CaseError(who, f"holds {len(rows)} sources, more than {MAX_SOURCES}", todo)
    found = []
    for line, row in enumerate(rows, 2):
        try:
            found.append(_source(row))
        except (KeyError, TypeError, ValueError) as error:
            raise CaseError(who, f"line {line}: {error}", todo) from error
    if len({one.id for one in found}) < len(found):
        raise CaseError(who, "two sources have one id", todo)
    return tuple(found)


def _source(row: dict[str, str]) -> StaticSource:
    if row["keep"].strip() not in ("yes", "no"):
        raise ValueError(f"keep {row['keep'][:20]!r} is neither yes nor no")
    basis = (row.get("basis") or "").strip() or "monitor"
    if basis not in BASES:
        raise ValueError(f"basis {basis[:20]!r} is none of {', '.join(BASES)}")
    one = StaticSource(
        row["id"].strip()[:40], float(row["lon"]), float(row["lat"]), float(row["radius_km"]),
        float(row.get("days_a_year") or 0), int(row.get("years") or 0), basis, row["keep"].strip() == "yes",
        (row.get("note") or "")[:500],
    )  # fmt: skip
    if not (-180 <= one.lon <= 180 and -90 <= one.lat <= 90 and 0 < one.radius_km <= MOST_KM):
        raise ValueError("lon, lat or radius_km (above 0, at most 20) cannot be")
    if not one.id:
        raise ValueError("the id is empty")
    return one


def _plain(note: str) -> str:
    """A note that no spreadsheet takes for a formula."""
    return f"'{note}" if note[:1] in ("=", "+", "-", "@", "\t", "\r") else note


def _place(hits: Hits) -> tuple[Ints, Floats, Floats]:
    row = np.floor((hits.lat + 90) * PLACE + 1e-7).astype(np.int64)
    column = np.floor((hits.lon + 180) * PLACE + 1e-7).astype(np.int64)
    return row * 18_001 + column, hits.lon, hits.lat


def _centre(place: Ints) -> tuple[Floats, Floats]:
    row, column = np.divmod(place, 18_001)
    return (column + 0.5) / PLACE - 180, (row + 0.5) / PLACE - 90


def _joined(places: Ints) -> list[list[int]]:
    """Places that touch each other, side or corner, are one source."""
    left, groups = set(places.tolist()), []
    while left:
        group, edge = [], [min(left)]
        left.discard(edge[0])
        while edge:
            one = edge.pop()
            group.append(one)
            for step in (-18_002, -18_001, -18_000, -1, 1, 18_000, 18_001, 18_002):
                if one + step in left:
                    left.discard(one + step)
                    edge.append(one + step)
        groups.append(sorted(group))
    return groups


def _away_km(middle: tuple[float, float], lon: Floats, lat: Floats) -> Floats:
    east = (lon - middle[0]) * math.cos(math.radians(middle[1]))
    return np.asarray(np.hypot(east, lat - middle[1]) * _KM)


def _month(day: Ints) -> Ints:
    return np.asarray(np.asarray(day, "datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12)
