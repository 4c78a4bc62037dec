"""Read a control map from a file named on the command line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.ground.control_area import ControlArea


def read_map(file: Path, day: date | None = None) -> ControlArea:
    """A control map; its day is the first YYYYMMDD or YYYY-MM-DD in its name, else `day`, else 1 January 1.

    Raises:
        CaseError: The file cannot be read.
        FeedChanged: It is no map of polygons.
    """
    from truceline.errors import CaseError
    from truceline.ground.geojson import read_control_area

    try:
        data = file.read_bytes()
    except OSError as error:
        raise CaseError(str(file), f"cannot be read ({error.strerror})", "Give a file you may read") from error
    return read_control_area(
        data, publisher=file.name, day=day_of(file) or day or date.min, held_by="alpha", entry=file.name
    )


def day_of(file: Path) -> date | None:
    """The day in a file's name, None where it holds none."""
    for found in re.finditer(r"(\d{4})-?(\d\d)-?(\d\d)", file.stem):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None
