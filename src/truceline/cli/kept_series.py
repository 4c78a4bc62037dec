"""Compare maps of a long series one after the other, and keep what was compared for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.talk import Say

if TYPE_CHECKING:
    from truceline.ground.control_area import ControlArea
    from truceline.ground.series import Step
    from truceline.ground.series_table import Key
    from truceline.ground.territory import Region


def kept_steps(
    files: Sequence[Path], regions: Sequence[Region], fingerprint: str, keep: Path | None, say: Say
) -> tuple[list[Step], int]:
    """Every step of a series, and how many were compared now and not found kept.

    Args:
        files: Maps, each with its day in its name.
        regions: To share changes out between.
        fingerprint: Of the regions' file.
        keep: Where steps are kept; None: nowhere.
        say: Told which day is being compared.
    """
    from hashlib import sha256

    from truceline.cli.maps import day_of, read_map
    from truceline.errors import CaseError
    from truceline.ground.series import step_between

    unnamed = [file.name for file in files if day_of(file) is None]
    if unnamed:
        raise click.UsageError(f"{unnamed[0]} has no day in its name (YYYYMMDD): a series needs each map's day")
    files = sorted(files, key=lambda file: (day_of(file), file.name))
    try:
        prints = [sha256(file.read_bytes()).hexdigest() for file in files]
    except OSError as error:
        raise CaseError(str(error.filename), f"cannot be read ({error.strerror})", "Give files you may read") from error
    kept = {} if keep is None or not keep.exists() else _read(keep)
    read: tuple[Path, ControlArea] | None = None
    steps: dict[Key, Step] = {}
    compared = 0
    for number, ((before, after), (one, two)) in enumerate(
        zip(pairwise(files), pairwise(prints), strict=True), start=1
    ):
        key = (one, two, fingerprint)
        step = kept.get(key)
        if step is None or (step.before, step.day) != (day_of(before), day_of(after)):
            say(f"Comparing {day_of(after)} ({number} of {len(files) - 1})")
            first = read[1] if read is not None and read[0] == before else read_map(before)
            second = read_map(after)
            read, compared = (after, second), compared + 1
            try:
                step = step_between(first, second, regions)
            except ValueError as error:
                raise click.UsageError(str(error)) from error
        steps[key] = step
    if keep is not None and compared:
        _write(keep, kept | steps)
    return list(steps.values()), compared


def _read(keep: Path) -> dict[Key, Step]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from truceline.errors import CaseError
    from truceline.ground.series_table import from_table

    try:
        table = pq.read_table(keep)
    except (OSError, pa.ArrowException) as error:
        raise CaseError(str(keep), "is no Parquet file that can be read", "Give another --keep file") from error
    return from_table(table, who=str(keep))


def _write(keep: Path, steps: dict[Key, Step]) -> None:
    """Written beside and moved into place, so that a stopped run leaves the old file whole."""
    import pyarrow.parquet as pq

    from truceline.ground.series_table import to_table

    beside = keep.with_suffix(keep.suffix + ".part")
    pq.write_table(to_table(steps), beside)
    beside.replace(keep)
