"""A fitted heat baseline as a feed: bytes of a model, kept like everything received and read where it is used.

`truceline heat fit` writes it. Whether it is sound is asked by observations/heat/model.py, which alone knows its form;
here only what any NumPy archive is: a ZIP of arrays.
"""

from __future__ import annotations

import io
import zipfile

from truceline.errors import FeedChanged
from truceline.feeds.context import File
from truceline.feeds.record import Baseline, Parsed

NAME = "heat_model"
MAX_ARRAYS = 64


def parse(data: bytes, file: File) -> Parsed:
    """The model's bytes. Raises FeedChanged where they are no archive of arrays."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FeedChanged(
            file.feed.name, f"{file.path} is no heat model", "Fit it with `truceline heat fit`"
        ) from error
    if not 0 < len(names) <= MAX_ARRAYS or not all(name.endswith(".npy") for name in names):
        raise FeedChanged(
            file.feed.name, f"{file.path} holds other things than arrays", "Fit it with `truceline heat fit`"
        )
    return Parsed(baselines=(Baseline(file.feed.name, file.entry, file.path, data),), rows_read=1)
