"""Land use: what a cell mostly is, so that fields are judged among fields and towns among towns.

    CSV of cells with shares of land-use classes --from_csv--> LandUse --on--> a class for each cell of an area

The classes are whatever the table's own columns are; none of them means anything to the program. 0 is "not told".
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.errors import FeedChanged
from truceline.observations.heat.area import Area
from truceline.observations.heat.hits import COLUMNS, Ints, cell_of

MAX_CLASSES = 12
MAX_BYTES = 200_000_000
MAX_ROWS = 4_000_000
_PLACE = ("longitude", "latitude")

Uses = NDArray[np.int8]


@dataclass(frozen=True)
class LandUse:
    """The largest class of each cell.

    Attributes:
        names: The classes; class n is named by `names[n - 1]`.
        cell: Cells, ascending, each once.
        use: Its class, from 1 on.
    """

    names: tuple[str, ...]
    cell: Ints
    use: Uses

    def on(self, area: Area) -> Uses:
        """The class of every cell of an area, shape (height, width); 0 where the table tells none."""
        rows, columns = np.mgrid[area.row : area.row + area.height, area.column : area.column + area.width]
        wanted = rows * COLUMNS + columns
        at = np.minimum(np.searchsorted(self.cell, wanted), len(self.cell) - 1)
        return np.asarray(np.where(self.cell[at] == wanted, self.use[at], 0), dtype=np.int8)


def from_csv(data: bytes, who: str) -> LandUse:
    """Read a table: longitude, latitude (degrees, in the cell or its south-west corner), then a column for each class.

    A cell told twice keeps the mean of its rows; one whose shares are all 0, or one of them empty, is not told.

    Args:
        data: CSV, UTF-8, with a header.
        who: Its name, for the message.

    Raises:
        FeedChanged: It is no such table, or too large.
    """
    todo = "Give a CSV with longitude, latitude and a column of shares (0 to 1) for each class of land use"
    if len(data) > MAX_BYTES:
        raise FeedChanged(who, f"is larger than {MAX_BYTES} bytes", todo)
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        header = [name.strip().casefold() for name in next(reader, [])]
        places = [header.index(name) for name in _PLACE]
        classes = [n for n in range(len(header)) if n not in places]
        if not 1 < len(classes) <= MAX_CLASSES:
            raise ValueError(f"it has {len(classes)} columns beside the place; 2 to {MAX_CLASSES} classes are read")
        rows = [_numbers(row, places, classes, reader.line_num) for row in reader if any(row)]
        if not 0 < len(rows) <= MAX_ROWS:
            raise ValueError(f"it has {len(rows)} rows; 1 to {MAX_ROWS} are read")
    except (ValueError, csv.Error) as error:
        raise FeedChanged(who, f"is no table of land use ({str(error)[:120]})", todo) from error
    table = np.array(rows)
    table = table[np.isfinite(table).all(axis=1)]
    cells, row = np.unique(cell_of(table[:, 0], table[:, 1]), return_inverse=True)
    share = np.zeros((len(cells), len(classes)))
    np.add.at(share, row, table[:, 2:])
    told = share.max(axis=1, initial=0.0) > 0
    if not told.any():
        raise FeedChanged(who, "tells the land use of no cell", todo)
    return LandUse(
        names=tuple(header[n][:60] for n in classes),
        cell=cells[told],
        use=(share[told].argmax(axis=1) + 1).astype(np.int8),
    )


def _numbers(row: Sequence[str], places: Sequence[int], classes: Sequence[int], line: int) -> list[float]:
    if len(row) != len(places) + len(classes):
        raise ValueError(f"line {line} has {len(row)} values")
    lon, lat = (float(row[n]) for n in places)
    if any(row[n].strip().casefold() == "nan" for n in classes):
        raise ValueError(f"line {line} has a share that cannot be")
    shares = [float(row[n]) if row[n].strip() else math.nan for n in classes]
    if not (abs(lon) <= 180 and abs(lat) <= 90 and all(0 <= share <= 1 or math.isnan(share) for share in shares)):
        raise ValueError(f"line {line} has a place or a share that cannot be")
    return [lon, lat, *shares]
