"""Standard quality supersedes near real time: satellite by satellite, UTC day by UTC day.

FIRMS replaces its quick rows by reprocessed ones after some months; a file may hold both, or a feed may name the
later file under `standard`. Where a satellite has standard rows of a day, its near-real-time rows of that day are set
aside as superseded. A day of which no standard row came keeps its quick ones: missing is not zero. Nothing is lost:
both files stay in the ledger, and a run as known at an earlier cut-off reads the earlier one.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from truceline.feeds.record import SetAside
from truceline.spacetime import instant
from truceline.terms.satellite import BY_WRITTEN

QUICK, STANDARD = "near_real_time", "standard"


def superseded(detections: pa.Table) -> tuple[pa.Table, tuple[SetAside, ...]]:
    """The detections that stand, and the quick ones that standard rows of the same feed, satellite and day replace.

    Args:
        detections: Table `DETECTION`. Rows whose quality is not told are left alone.
    """
    if not pc.any(pc.equal(detections["quality"], STANDARD)).as_py():
        return detections, ()
    days = pc.strftime(detections["at_utc"], "%Y-%m-%d").to_pylist()
    feeds, written = detections["feed"].to_pylist(), detections["satellite"].to_pylist()
    qualities = detections["quality"].to_pylist()
    keys = [(feed, _satellite(name), day) for feed, name, day in zip(feeds, written, days, strict=True)]
    standard = {key for key, quality in zip(keys, qualities, strict=True) if quality == STANDARD}
    gone = [quality == QUICK and key in standard for key, quality in zip(keys, qualities, strict=True)]
    aside = tuple(
        SetAside(
            row["feed"], row["entry"], row["line"],
            f"near-real-time row of {row['satellite']} superseded by standard quality of that day",
            repeats=True, when=instant(row["at_utc"]),
        )
        for row in detections.filter(pa.array(gone)).to_pylist()
    )  # fmt: skip
    return detections.filter(pa.array([not one for one in gone])), aside


def _satellite(written: str) -> str:
    known = BY_WRITTEN.get(written.casefold())
    return written if known is None else known.name
