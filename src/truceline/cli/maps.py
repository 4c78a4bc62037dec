"""Read a control map from a file named on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from truceline.ground.control_area import ControlArea


def read_map(file: Path, day: date | None = None, only: Sequence[str] = ()) -> ControlArea:
    """A control map; of features of several kinds those that are ``property=value`` for all of `only`.

    Its day is the first YYYYMMDD or YYYY-MM-DD in its name, else `day`, else 1 January 1.

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
        data,
        publisher=file.name,
        day=day_of(file) or day or date.min,
        held_by="alpha",
        entry=file.name,
        only=dict(_pair(text) for text in only),
    )


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise click.UsageError(f"--only {text!r} is not property=value")
    return key, value


def day_of(file: Path) -> date | None:
    """The day in a file's name, None where it holds none."""
    for found in re.finditer(r"(\d{4})-?(\d\d)-?(\d\d)", file.stem):
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None
