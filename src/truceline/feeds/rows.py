"""Read the rows of a CSV into records, and set aside those that cannot be used.

bytes --table--> rows --parse, one by one--> Rows: found, set aside with line and reason, how many read
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from truceline.feeds.context import File, RowRefused, RowRepeated
from truceline.feeds.record import SetAside, Trouble
from truceline.feeds.table import OPEN_QUOTE, rows_of, text_of
from truceline.spacetime import When

Record = TypeVar("Record")


@dataclass(frozen=True)
class Rows(Generic[Record]):
    """What a table gave, in its own order. `read` counts every row, used or not.

    Attributes:
        troubles: That the file is cut off in its last row: then nobody knows what came after it.
    """

    found: tuple[Record, ...]
    set_aside: tuple[SetAside, ...]
    read: int
    troubles: tuple[Trouble, ...] = ()


def read_rows(
    data: bytes,
    file: File,
    *,
    needed: Sequence[str],
    parse: Callable[[dict[str, str], int, File], Record],
    dated: Callable[[dict[str, str], File], When] | None = None,
    same: Callable[[Record], str] | None = None,
) -> Rows[Record]:
    """Read every row of a table.

    Args:
        data: The file as received.
        file: What is in hand.
        needed: Columns without which it is not the table we know.
        parse: Makes a record of a row and its line, or raises RowRefused.
        dated: The time a row is about, of which a refused row is told as well; raises RowRefused.
        same: The natural key of a record; a row with a key already seen repeats it. None: rows may repeat.
    Raises:
        FeedChanged: The file is not such a table.
    """
    text = text_of(data, feed=file.feed.name, path=file.path)
    found: list[Record] = []
    aside: list[SetAside] = []
    first_line: dict[str, int] = {}
    read = last = 0
    for line, row in rows_of(text, feed=file.feed.name, path=file.path, needed=needed):
        read, last = read + 1, line
        try:
            if isinstance(row, str):
                raise RowRefused(row)
            record = parse(row, line, file)
            if same is not None and (earlier := first_line.setdefault(same(record), line)) != line:
                raise RowRepeated(earlier)
        except RowRefused as reason:
            repeats = isinstance(reason, RowRepeated)
            when = _when(row, file, dated)
            aside.append(SetAside(file.feed.name, file.entry, line, f"{file.path}: {reason}", repeats, when))
            continue
        found.append(record)
    troubles: tuple[Trouble, ...] = ()
    refused = aside[-1].reason if aside and aside[-1].line == last else ""
    if refused.endswith(OPEN_QUOTE) or (refused and not text.endswith(("\n", "\r"))):
        what = f"{file.path} is cut off in its last row, line {last}: what came after it is lost"
        troubles = (Trouble(file.feed.name, what, "Ask the source for it again"),)
    return Rows(tuple(found), tuple(aside), read, troubles)


def _when(row: dict[str, str] | str, file: File, dated: Callable[[dict[str, str], File], When] | None) -> When | None:
    """The time of a refused row, where that much of it can be read."""
    if dated is None or isinstance(row, str):
        return None
    try:
        return dated(row, file)
    except RowRefused:
        return None
