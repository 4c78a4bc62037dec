"""The ledger: what we received, unaltered, and nothing ever taken out again.

    Ledger.add(bytes, source) -> Entry

Bytes lie in `objects/`, named by their SHA-256; one row a receipt lies in `ledger.sqlite` (WAL,
STRICT tables, full synchronisation; triggers refuse update and delete). Adding the same bytes from
the same source twice gives the same entry. `received_at` is written for the log and read by nothing:
outputs depend on `available_at` alone.

What people did (decisions, reviews, issues, answers) are acts: rows of their own, each chained to the one before by
its hash, none hiding an older one (`acts.py`). Which observation ever stood under which incident's name is kept
too, first come first.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from truceline.errors import LedgerError
from truceline.ledger.entry import Act, Entry, Source
from truceline.spacetime import iso

MAX_OBJECT_BYTES = 512_000_000  # a larger file is set aside by the feed that declares it

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id           TEXT PRIMARY KEY,
    sha256       TEXT NOT NULL,
    size         INTEGER NOT NULL,
    feed         TEXT NOT NULL,
    path         TEXT NOT NULL,
    available_at TEXT,
    licence      TEXT NOT NULL,
    simulated    INTEGER NOT NULL,
    supersedes   TEXT REFERENCES entry (id),
    received_at  TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS entry_by_path ON entry (feed, path);
CREATE TRIGGER IF NOT EXISTS entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an entry is never removed'); END;
CREATE TABLE IF NOT EXISTS act (
    seq  INTEGER PRIMARY KEY,
    id   TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at   TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS act_is_never_changed BEFORE UPDATE ON act
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an act is never changed'); END;
CREATE TRIGGER IF NOT EXISTS act_is_never_removed BEFORE DELETE ON act
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: an act is never removed'); END;
CREATE TABLE IF NOT EXISTS incident_name (
    seq         INTEGER PRIMARY KEY,
    observation TEXT NOT NULL,
    incident    TEXT NOT NULL,
    UNIQUE (observation, incident)
) STRICT;
CREATE TRIGGER IF NOT EXISTS incident_name_is_never_changed BEFORE UPDATE ON incident_name
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a name is never changed'); END;
CREATE TRIGGER IF NOT EXISTS incident_name_is_never_removed BEFORE DELETE ON incident_name
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: a name is never removed'); END;
"""
_COLUMNS = "id, sha256, size, feed, path, available_at, licence, simulated, supersedes"


class Ledger:
    """The ledger of one case folder. Use it as a context manager; one writer at a time."""

    def __init__(self, folder: Path) -> None:
        """Open the ledger in `folder`, making it where it does not exist.

        Raises:
            LedgerError: The folder cannot be written or the database is not ours or is broken.
        """
        self.folder = folder
        self._objects = folder / "objects"
        try:
            self._objects.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._error(f"cannot make the folder ({error.strerror})", "Make the case folder writable") from error
        try:
            self._db = sqlite3.connect(folder / "ledger.sqlite", timeout=30, isolation_level=None)
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.execute("PRAGMA recursive_triggers = ON")  # or REPLACE would delete behind the trigger's back
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._db.close()
            raise self._unusable(error) from error

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; every entry is already safe on disk."""
        self._db.close()

    def add(self, data: bytes, source: Source) -> Entry:
        """Keep these bytes as received from this source.

        Args:
            data: The bytes, unaltered.
            source: Feed, path, availability and licence.

        Returns:
            The entry; the same one when the same bytes came from the same source before.

        Raises:
            LedgerError: The bytes cannot be written, or an exercise would be mixed with real data.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        entry_id = _entry_id(sha256, source)
        if known := self._find(entry_id):
            if not self._object(sha256).exists():
                self._write(sha256, data)
            return known
        self._refuse_mixing(source)
        self._write(sha256, data)
        supersedes = self._newest(source)
        try:
            with closing(self._db.cursor()) as cursor:
                cursor.execute(
                    f"INSERT INTO entry ({_COLUMNS}, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own constant
                    (
                        entry_id,
                        sha256,
                        len(data),
                        source.feed,
                        source.path,
                        None if source.available_at is None else iso(source.available_at),
                        source.licence,
                        int(source.simulated),
                        supersedes,
                        datetime.now(UTC).isoformat(timespec="seconds"),
                    ),
                )
        except sqlite3.Error as error:
            raise self._error(
                f"an entry cannot be written ({error})", "Free space or rights, then run again"
            ) from error
        return Entry(entry_id, sha256, len(data), source, supersedes)

    def entries(self, cutoff: datetime | None = None) -> tuple[Entry, ...]:
        """Entries available at `cutoff`, the newest vintage of each path only, in the order of feed and path.

        Args:
            cutoff: UTC. None takes all; with a cut-off an entry of undeclared availability is left out.
        """
        newest: dict[tuple[str, str], Entry] = {}
        for row in self._rows("ORDER BY rowid"):
            entry = _entry(row)
            at = entry.source.available_at
            if cutoff is not None and (at is None or at > cutoff):
                continue
            newest[entry.source.feed, entry.source.path] = entry
        return tuple(newest[key] for key in sorted(newest))

    def vintages(self, feed: str, path: str) -> tuple[Entry, ...]:
        """Every entry ever received for one path of a feed, oldest first."""
        return tuple(_entry(row) for row in self._rows("WHERE feed = ? AND path = ? ORDER BY rowid", feed, path))

    def read(self, entry: Entry) -> bytes:
        """The bytes of an entry, checked against their SHA-256.

        Raises:
            LedgerError: The object is missing or is not what was received.
        """
        try:
            data = self._object(entry.sha256).read_bytes()
        except OSError as error:
            raise self._error(
                f"object {entry.sha256[:12]}… of {entry.source.feed} cannot be read ({error.strerror})",
                "Restore ledger/objects from a copy",
            ) from error
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise self._error(
                f"object {entry.sha256[:12]}… of {entry.source.feed} was altered after it was received",
                "Restore ledger/objects from a copy and find out who altered it",
            )
        return data

    def act(self, kind: str, at: datetime, body: Mapping[str, Any]) -> Act:
        """Keep what somebody did. Its id is a hash of it and of the act before: none can be put in between.

        Raises:
            LedgerError: It cannot be written.
            ValueError: It is dated before the act before it: what was known at a past moment would change.
        """
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        try:
            with closing(self._db.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                try:
                    last = cursor.execute("SELECT id, at FROM act ORDER BY seq DESC LIMIT 1").fetchone()
                    stamp = at.astimezone(UTC).isoformat(timespec="seconds")
                    if last is not None and stamp < str(last[1]):
                        raise ValueError(f"{stamp} lies before the last act in the ledger, of {last[1]}")
                    key = "\x1f".join(("" if last is None else str(last[0]), kind, stamp, text))
                    found = Act(_letter(kind) + hashlib.sha256(key.encode()).hexdigest()[:15], kind, at, dict(body))
                    cursor.execute(
                        "INSERT INTO act (id, kind, at, body) VALUES (?, ?, ?, ?)", (found.id, kind, stamp, text)
                    )
                    cursor.execute("COMMIT")
                except BaseException:
                    cursor.execute("ROLLBACK")
                    raise
        except sqlite3.Error as error:
            raise self._error(f"an act cannot be written ({error})", "Free space or rights, then try again") from error
        return found

    def acts(self, kind: str, until: datetime | None = None) -> tuple[Act, ...]:
        """What was done of one kind, oldest first; with `until` (UTC) only what was done by then."""
        try:
            with closing(self._db.cursor()) as cursor:
                rows = cursor.execute("SELECT id, at, body FROM act WHERE kind = ? ORDER BY seq", (kind,)).fetchall()
        except sqlite3.Error as error:
            raise self._error(f"cannot be read ({error})", "Restore ledger.sqlite from a copy") from error
        every = (Act(str(key), kind, datetime.fromisoformat(at), json.loads(body)) for key, at, body in rows)
        return tuple(one for one in every if until is None or one.at <= until)

    def names(self) -> tuple[tuple[str, str], ...]:
        """(observation, incident) as they were first named, oldest first."""
        try:
            with closing(self._db.cursor()) as cursor:
                rows = cursor.execute("SELECT observation, incident FROM incident_name ORDER BY seq").fetchall()
        except sqlite3.Error as error:
            raise self._error(f"cannot be read ({error})", "Restore ledger.sqlite from a copy") from error
        return tuple((str(observation), str(incident)) for observation, incident in rows)

    def name(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keep which observation stands under which incident's name; what is kept already stays as it is."""
        try:
            with closing(self._db.cursor()) as cursor:
                cursor.execute("BEGIN IMMEDIATE")
                cursor.executemany(
                    "INSERT INTO incident_name (observation, incident) VALUES (?, ?) ON CONFLICT DO NOTHING", rows
                )
                cursor.execute("COMMIT")
        except sqlite3.Error as error:
            raise self._error(f"names cannot be written ({error})", "Free space or rights, then run again") from error

    def _object(self, sha256: str) -> Path:
        return self._objects / sha256[:2] / sha256

    def _write(self, sha256: str, data: bytes) -> None:
        """Write beside, flush to disk, then rename: an object is whole or absent."""
        place = self._object(sha256)
        if place.exists() and place.stat().st_size == len(data):
            return
        partial = place.with_suffix(".partial")
        try:
            place.parent.mkdir(exist_ok=True)
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(place)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise self._error(
                f"an object cannot be written ({error.strerror})", "Free space or rights, then run again"
            ) from error

    def _find(self, entry_id: str) -> Entry | None:
        rows = self._rows("WHERE id = ?", entry_id)
        return _entry(rows[0]) if rows else None

    def _newest(self, source: Source) -> str | None:
        rows = self._rows("WHERE feed = ? AND path = ? ORDER BY rowid DESC LIMIT 1", source.feed, source.path)
        return str(rows[0][0]) if rows else None

    def _refuse_mixing(self, source: Source) -> None:
        rows = self._rows("WHERE simulated <> ? LIMIT 1", int(source.simulated))
        if rows:
            kind = "an exercise" if source.simulated else "real"
            raise self._error(
                f"feed '{source.feed}' is {kind}, the ledger holds the other kind",
                "Keep exercises and real cases in folders of their own",
            )

    def _rows(self, clause: str, *values: object) -> list[tuple[object, ...]]:
        try:
            with closing(self._db.cursor()) as cursor:
                return cursor.execute(f"SELECT {_COLUMNS} FROM entry {clause}", values).fetchall()  # noqa: S608 - our own constants
        except sqlite3.Error as error:
            raise self._error(f"cannot be read ({error})", "Restore ledger.sqlite from a copy") from error

    def _unusable(self, error: sqlite3.Error) -> LedgerError:
        return self._error(f"ledger.sqlite cannot be used ({error})", "Restore it from a copy; do not delete it")

    def _error(self, what: str, todo: str) -> LedgerError:
        return LedgerError("ledger", f"{self.folder}: {what}", todo)


def _letter(kind: str) -> str:
    """The first letter of an act's id tells its kind to a reader."""
    return kind[:1]


def _entry_id(sha256: str, source: Source) -> str:
    at = "" if source.available_at is None else iso(source.available_at)
    key = "\x1f".join((sha256, source.feed, source.path, at))
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:15]


def _entry(row: tuple[object, ...]) -> Entry:
    entry_id, sha256, size, feed, path, at, licence, simulated, supersedes = row
    available_at = None if at is None else datetime.fromisoformat(str(at))
    source = Source(str(feed), str(path), available_at, str(licence), bool(simulated))
    return Entry(str(entry_id), str(sha256), int(str(size)), source, None if supersedes is None else str(supersedes))
