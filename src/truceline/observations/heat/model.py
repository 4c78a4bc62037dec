"""The fitted baseline, as a value and as bytes: a NumPy archive without pickle, checked before it is believed.

    fit --HeatModel--> to_bytes (a ledger entry of a case) --from_bytes--> score

The same model gives the same bytes.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from truceline.errors import FeedChanged
from truceline.observations.heat.area import MAX_CELLS, Area, Grid
from truceline.observations.heat.hits import PENTADS, Floats, Ints, Mask
from truceline.observations.heat.land_use import MAX_CLASSES, Uses
from truceline.observations.heat.register import BASES, MAX_SOURCES, StaticSource
from truceline.observations.heat.tail import MOST, SIZE_EDGES, STEPS, Tail
from truceline.observations.heat.zones import RANKS, Zones

FORM = "truceline-heat/2"
MAX_UNPACKED = 400_000_000
MAX_NOTE = 2_000_000


@dataclass(frozen=True)
class HeatModel:
    """What an ordinary year shows.

    Attributes:
        area: The cells it is about.
        known: Where in the area a baseline is known.
        mean: Expected capped detections of the reference stream a delivered day, (73, height, width); NaN where no
            year delivered at this season.
        names, shares: Streams, and what each sees of what the first, the reference, sees.
        wide, near: Distribution of a cell-day given its expectation, with the wide and with the near level of the day.
        zones, beside: Ranks of peaceful votes: of the reference stream, and of votes only other streams cast.
        threshold: `p_ordinary` at or below which a vote is flagged.
        years: The peaceful years it was fitted on.
        totals, days: Capped detections of the reference stream and delivered days, (years, 73).
        sources: Register of static sources.
        use: Land use of the area's cells, 0 not known.
    """

    area: Area
    known: Mask
    mean: Grid
    names: tuple[str, ...]
    shares: tuple[float, ...]
    wide: Tail
    near: Tail
    zones: Zones
    beside: Zones | None
    threshold: float
    years: tuple[int, ...]
    totals: Floats
    days: Floats
    sources: tuple[StaticSource, ...]
    use: Uses

    def use_of(self, cell: Ints) -> Ints:
        """Land use of cells anywhere; 0 where it is not known."""
        row, column, inside = self.area.index(cell)
        found = np.zeros(len(cell), dtype=np.int64)
        found[inside] = self.use[row[inside], column[inside]]
        return found


def to_bytes(model: HeatModel) -> bytes:
    """The model as a NumPy archive."""
    beside = model.beside
    note = {
        "form": FORM,
        "area": asdict(model.area),
        "names": model.names,
        "shares": model.shares,
        "threshold": model.threshold,
        "years": model.years,
        "sources": [asdict(one) for one in model.sources],
    }
    arrays: dict[str, Any] = {
        "known": model.known.astype(np.uint8),
        "mean": model.mean,
        "wide_any": model.wide.any,
        "wide_size": model.wide.size,
        "near_any": model.near.any,
        "near_size": model.near.size,
        "totals": model.totals,
        "days": model.days,
        "use": model.use,
        "note": np.frombuffer(json.dumps(note, sort_keys=True, ensure_ascii=False).encode(), dtype=np.uint8),
    }
    for name, zones in (("zones", model.zones), *((("beside", beside),) if beside is not None else ())):
        arrays |= {f"{name}_tile": zones.tile, f"{name}_quantile": zones.quantile, f"{name}_least": zones.least}
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


def from_bytes(data: bytes, who: str) -> HeatModel:
    """Read a model, believing nothing of it: sizes, shapes, ranges and numbers are checked.

    Args:
        data: The archive.
        who: Feed or file, for the message.

    Raises:
        FeedChanged: It is no model of ours, or one that cannot be.
    """
    todo = "Fit it anew with `truceline heat fit`"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                raise FeedChanged(who, f"the model unpacks to more than {MAX_UNPACKED} bytes", todo)
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        return _model(arrays)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, zipfile.BadZipFile, RecursionError,
            EOFError, NotImplementedError, SyntaxError) as error:  # fmt: skip
        raise FeedChanged(who, f"is no heat model ({type(error).__name__}: {str(error)[:120]})", todo) from error


def _model(arrays: dict[str, Any]) -> HeatModel:
    raw = arrays["note"].tobytes()
    if len(raw) > MAX_NOTE:
        raise ValueError("its note is too long")
    note = json.loads(raw)
    if note["form"] != FORM:
        raise ValueError(f"its form is {str(note['form'])[:40]!r}, not {FORM!r}")
    area = Area(**{key: int(note["area"][key]) for key in ("column", "row", "width", "height")})
    if not (0 < area.width * area.height <= MAX_CELLS and area.width > 0):
        raise ValueError("its area cannot be")
    years = tuple(int(year) for year in note["years"])
    names = tuple(str(name)[:40] for name in note["names"])
    shares = tuple(float(share) for share in note["shares"])
    threshold = float(note["threshold"])
    _hold(0 < len(names) == len(shares) <= 64 and all(0 < s < 1e3 for s in shares), "its streams")
    _hold(0 < threshold <= 0.2, "its threshold")
    _hold(len(note["sources"]) <= MAX_SOURCES, "its register")
    mean = _array(arrays, "mean", (PENTADS, *area.shape), nan=True).astype(np.float32)
    _hold(bool(np.nanmin(mean, initial=0.0) >= 0), "its mean")
    beside = _zones(arrays, "beside") if "beside_tile" in arrays else None
    use = _array(arrays, "use", area.shape)
    _hold(bool((use >= 0).all() and (use <= MAX_CLASSES).all()), "its land use")
    return HeatModel(
        area=area,
        known=_array(arrays, "known", area.shape) > 0,
        mean=mean,
        names=names,
        shares=shares,
        wide=_tail(arrays, "wide"),
        near=_tail(arrays, "near"),
        zones=_zones(arrays, "zones"),
        beside=beside,
        threshold=threshold,
        years=years,
        totals=_array(arrays, "totals", (len(years), PENTADS)),
        days=_array(arrays, "days", (len(years), PENTADS)),
        sources=tuple(_source(one) for one in note["sources"]),
        use=use.astype(np.int8),
    )


def _tail(arrays: dict[str, Any], name: str) -> Tail:
    any_ = _array(arrays, f"{name}_any", (STEPS + 2,))
    size = _array(arrays, f"{name}_size", (len(SIZE_EDGES) + 1, MOST + 2))
    _hold(bool((any_ > 0).all() and (any_ <= 1).all() and (size > 0).all() and (size <= 1).all()), "its tail")
    return Tail(any_, size)


def _zones(arrays: dict[str, Any], name: str) -> Zones:
    tile: Ints = arrays[f"{name}_tile"].astype(np.int64)
    _hold(tile.ndim == 1 and bool((np.diff(tile) > 0).all()), "its zones")
    quantile = _array(arrays, f"{name}_quantile", (len(tile) + 1, len(RANKS)))
    least = _array(arrays, f"{name}_least", (len(tile) + 1,))
    _hold(bool((np.diff(quantile, axis=1) >= 0).all() and (least > 0).all() and (least <= 1).all()), "its ranks")
    return Zones(tile, quantile, least)


def _array(arrays: dict[str, Any], name: str, shape: tuple[int, ...], *, nan: bool = False) -> Any:
    found = arrays[name]
    _hold(found.shape == shape and found.dtype.kind in "fiu", f"the shape of {name}")
    _hold(nan or bool(np.isfinite(found).all()), f"the numbers of {name}")
    _hold(not np.isinf(found).any(), f"the numbers of {name}")
    return found


def _source(one: dict[str, Any]) -> StaticSource:
    found = StaticSource(
        str(one["id"])[:40], float(one["lon"]), float(one["lat"]), float(one["radius_km"]), float(one["days_a_year"]),
        int(one["years"]), str(one["basis"]), bool(one["keep"]), str(one["note"])[:500],
    )  # fmt: skip
    _hold(
        abs(found.lon) <= 180 and abs(found.lat) <= 90 and 0 < found.radius_km <= 20 and found.basis in BASES,
        "a source",
    )
    return found


def _hold(so: bool, what: str) -> None:
    if not so:
        raise ValueError(f"{what} cannot be")
