"""First printings of paragraphs on disk, found again by keys: a comparison with very many texts.

    Printing + keys --Printings.add--> a row        keys --Printings.under--> rows that share one

No opinion on what is alike: the keys are the caller's (MinHash bands), and so is the comparison. Unlike the ledger's
entries these rows may be thrown away and made anew from the texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS paragraph (
    n INTEGER PRIMARY KEY, document TEXT NOT NULL, start INTEGER NOT NULL, past INTEGER NOT NULL,
    text TEXT NOT NULL, more TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS of_document ON paragraph (document);
CREATE TABLE IF NOT EXISTS key (band INTEGER NOT NULL, key INTEGER NOT NULL, n INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS by_key ON key (band, key);
CREATE INDEX IF NOT EXISTS by_paragraph ON key (n);
"""


@dataclass(frozen=True)
class Printing:
    """A paragraph of a document, [start, past) characters, and whatever the caller keeps with it as text."""

    document: str
    start: int
    past: int
    text: str
    more: str


class Printings:
    """Rows in one SQLite file.

    Args:
        path: Of the file.
        fresh: Whether nothing was read yet: what an older run left there is thrown away.
    """

    def __init__(self, path: Path, *, fresh: bool) -> None:
        if fresh:
            for left in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                left.unlink(missing_ok=True)
        self._base = sqlite3.connect(path)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.executescript(_TABLES)

    def add(self, printing: Printing, keys: Iterable[tuple[int, int]]) -> None:
        """Keep a paragraph under its keys."""
        row = (printing.document, printing.start, printing.past, printing.text, printing.more)
        made = self._base.execute(
            "INSERT INTO paragraph (document, start, past, text, more) VALUES (?, ?, ?, ?, ?)", row
        )
        rows = [(band, key, made.lastrowid) for band, key in keys]
        self._base.executemany("INSERT INTO key (band, key, n) VALUES (?, ?, ?)", rows)

    def under(self, keys: Sequence[tuple[int, int]], *, most: int) -> list[Printing]:
        """The paragraphs under any of some keys, in the order they came; a key with more than `most` finds none."""
        numbers: set[int] = set()
        for band, key in keys:
            rows = self._base.execute(
                "SELECT n FROM key WHERE band = ? AND key = ? LIMIT ?", (band, key, most + 1)
            ).fetchall()
            if len(rows) <= most:
                numbers.update(n for (n,) in rows)
        columns = "document, start, past, text, more"
        found = (
            self._base.execute(f"SELECT {columns} FROM paragraph WHERE n = ?", (n,)).fetchone()  # noqa: S608 - ours
            for n in sorted(numbers)
        )
        return [Printing(*row) for row in found]

    def forget(self, document: str) -> None:
        """Take back what a document had entered."""
        numbers = self._base.execute("SELECT n FROM paragraph WHERE document = ?", (document,)).fetchall()
        self._base.executemany("DELETE FROM key WHERE n = ?", numbers)
        self._base.executemany("DELETE FROM paragraph WHERE n = ?", numbers)

    def commit(self) -> None:
        """Make what was added last."""
        self._base.commit()

    def close(self) -> None:
        """Commit and let go of the file."""
        self._base.commit()
        self._base.close()
