"""Steps of a series as a table, so that a long series is compared once and only new maps after that.

    Steps, fingerprints of their maps --to_table--> Arrow table --from_table--> Steps by fingerprints

A step is known by the bytes of its two maps and of the regions: a map that was changed is compared again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import shapely

from truceline.errors import CaseError
from truceline.ground.series import Piece, Step

Key = tuple[str, str, str]  # sha256 of the map before, of the map after, of the regions

REGION = pa.struct([pa.field("name", pa.string(), nullable=False), pa.field("km2", pa.float64(), nullable=False)])
# One row a piece; a step in which nothing changed hands has one row without a piece.
KEPT = pa.schema(
    [
        pa.field("before_sha256", pa.string(), nullable=False),
        pa.field("after_sha256", pa.string(), nullable=False),
        pa.field("regions_sha256", pa.string(), nullable=False),
        pa.field("before", pa.date32(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        pa.field("before_km2", pa.float64(), nullable=False),
        pa.field("after_km2", pa.float64(), nullable=False),
        pa.field("gained", pa.bool_()),
        pa.field("km2", pa.float64()),
        pa.field("regions", pa.list_(REGION)),
        pa.field("area_wkb", pa.binary()),
    ]
)


def to_table(steps: Mapping[Key, Step]) -> pa.Table:
    """Every step with its pieces, in the order of the days."""
    rows: list[dict[str, Any]] = []
    for key, step in sorted(steps.items(), key=lambda item: (item[1].day, item[0])):
        head = dict(zip(("before_sha256", "after_sha256", "regions_sha256"), key, strict=True)) | {
            "before": step.before,
            "day": step.day,
            "before_km2": step.before_km2,
            "after_km2": step.after_km2,
        }
        pieces: list[dict[str, Any]] = [
            {
                "gained": piece.gained,
                "km2": piece.km2,
                "regions": [{"name": name, "km2": km2} for name, km2 in piece.regions],
                "area_wkb": shapely.to_wkb(piece.area),
            }
            for piece in step.pieces
        ]
        rows.extend(head | piece for piece in pieces or [{}])
    return pa.Table.from_pylist(rows, schema=KEPT)


def from_table(table: pa.Table, *, who: str) -> dict[Key, Step]:
    """The steps of a kept table.

    Raises:
        CaseError: The table is another one, or was damaged.
    """
    if not table.schema.equals(KEPT):
        raise CaseError(who, "is not a kept series of this version", "Give another --keep file, or delete this one")
    found: dict[Key, tuple[dict[str, Any], list[Piece]]] = {}
    for row in table.to_pylist():
        key = (row["before_sha256"], row["after_sha256"], row["regions_sha256"])
        _, pieces = found.setdefault(key, (row, []))
        if row["area_wkb"] is not None:
            try:
                area = shapely.from_wkb(row["area_wkb"])
            except shapely.GEOSException as error:
                raise CaseError(who, "holds an area that cannot be read", "Delete the file") from error
            regions = tuple((one["name"], one["km2"]) for one in row["regions"])
            pieces.append(Piece(row["day"], row["gained"], row["km2"], regions, area))
    return {
        key: Step(row["before"], row["day"], row["before_km2"], row["after_km2"], tuple(pieces))
        for key, (row, pieces) in found.items()
    }
