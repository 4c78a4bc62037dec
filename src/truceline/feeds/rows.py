"""Read the rows of a CSV into records, and set aside those that cannot be used.

bytes --table--> rows --parse, one by one--> Rows: found, set aside with line and reason, how many read
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from truceline.feeds.context import File, RowRefused, RowRepeated
from truceline.feeds.record import SetAside
from truceline.feeds.table import rows_of, text_of

Record = TypeVar("Record")


@dataclass(frozen=True)
class Rows(Generic[Record]):
    """What a table gave, in its own order. `read` counts every row, used or not."""

    found: tuple[Record, ...]
    set_aside: tuple[SetAside, ...]
    read: int


def read_rows(
    data: bytes,
    file: File,
    *,
    needed: Sequence[str],
    parse: Callable[[dict[str, str], int, File], Record],
    same: Callable[[Record], str] | None = None,
) -> Rows[Record]:
    """Read every row of a table.

    Args:
        data: The file as received.
        file: What is in hand.
        needed: Columns without which it is not the table we know.
        parse: Makes a record of a row and its line, or raises RowRefused.
        same: The natural key of a record; a row with a key already seen repeats it. None: rows may repeat.
    Raises:
        FeedChanged: The file is not such a table.
    """
    text = text_of(data, feed=file.feed.name, path=file.path)
    found: list[Record] = []
    aside: list[SetAside] = []
    first_line: dict[str, int] = {}
    read = 0
    for line, row in rows_of(text, feed=file.feed.name, path=file.path, needed=needed):
        read += 1
        try:
            if row is None:
                raise RowRefused("the row has another number of columns than the header")
            record = parse(row, line, file)
            if same is not None and (earlier := first_line.setdefault(same(record), line)) != line:
                raise RowRepeated(earlier)
        except RowRefused as reason:
            repeats = isinstance(reason, RowRepeated)
            aside.append(SetAside(file.feed.name, file.entry, line, f"{file.path}: {reason}", repeats))
            continue
        found.append(record)
    return Rows(tuple(found), tuple(aside), read)
