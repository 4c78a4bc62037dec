"""Read very many texts one after another into one file of rows; stopped anywhere, it goes on where it stopped.

    texts --stream--> rows in OUT, and OUT.done: one line for each text that is finished

A text counts as finished when its rows are written and OUT.done says up to which byte. What stands behind that byte
when a run begins is the half of a text that was being written: it is cut off and the text is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from truceline.errors import FeedError

Row = dict[str, object]


@dataclass
class Told:
    """What a run did: texts read, texts that could not be read, texts finished before, rows written."""

    read: int = 0
    refused: int = 0
    before: int = 0
    rows: int = 0


class NotOurs(ValueError):
    """OUT cannot be gone on with; the message says why and what to do."""


def stream(
    texts: Iterable[tuple[str, Path]],
    out: Path,
    read: Callable[[str, bytes], Iterable[Row]],
    say: Callable[[str, str], None],
    *,
    most_bytes: int,
) -> Told:
    """Read texts in order and append their rows to `out`.

    Args:
        texts: The name each row is to carry, and where the text lies.
        read: Name and bytes to rows; raises FeedError where the bytes are no text, which is told and passed over.
        say: Called with a name, and the reason why a text could not be read or "" where it was.
        most_bytes: No more of a file is read.

    Raises:
        NotOurs: `out` was not begun by this function, or a finished text has changed since.
    """
    ledger = out.with_name(out.name + ".done")
    done, past = _finished(ledger)
    if out.exists() and not ledger.exists():
        raise NotOurs(f"{out} exists and has no {ledger.name} beside it. Choose another file")
    if out.exists() and out.stat().st_size < past:
        raise NotOurs(f"{out} is shorter than {ledger.name} says. Delete both and begin again")
    told = Told()
    with ledger.open("a", encoding="utf-8") as finished, out.open("ab") as rows:
        rows.truncate(past)
        rows.seek(past)
        for name, path in texts:
            with path.open("rb") as file:
                data = file.read(most_bytes + 1)
            digest = hashlib.sha256(data).hexdigest()
            if name in done:
                if done[name] != digest[:16]:
                    raise NotOurs(f"{path} has changed since its rows were written to {out}. Choose another file")
                told.before += 1
                continue
            reason = ""
            try:
                for row in read(name, data):
                    rows.write((json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8", "replace"))
                    told.rows += 1
                told.read += 1
            except FeedError as problem:
                reason = str(problem)
                told.refused += 1
            rows.flush()
            line = {"document": name, "sha256": digest, "to": rows.tell(), "refused": reason or None}
            finished.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
            finished.flush()
            say(name, reason)
        os.fsync(rows.fileno())
    return told


def texts_in(places: Iterable[Path]) -> list[tuple[str, Path]]:
    """Files as given, and of folders every .txt, .htm and .html below them, by name. Links out of a folder are left."""
    found: list[tuple[str, Path]] = []
    for place in places:
        if not place.is_dir():
            found.append((place.name, place))
            continue
        root = place.resolve()
        below = sorted(p for p in place.rglob("*") if p.suffix.lower() in (".txt", ".htm", ".html") and p.is_file())
        found += [(p.relative_to(place).as_posix(), p) for p in below if p.resolve().is_relative_to(root)]
    return found


def _finished(ledger: Path) -> tuple[dict[str, str], int]:
    """Names of finished texts with the beginning of their digests, and up to which byte their rows go."""
    done: dict[str, str] = {}
    past = 0
    if not ledger.exists():
        return done, past
    whole = ledger.read_text(encoding="utf-8")
    lines = whole.split("\n")
    if lines[-1]:  # the last line was being written when the run was cut off
        with ledger.open("r+b") as file:
            file.truncate(len(whole[: len(whole) - len(lines[-1])].encode("utf-8")))
    for line in lines[:-1]:
        try:
            row = json.loads(line)
            done[str(row["document"])] = str(row["sha256"])[:16]
            past = int(row["to"])
        except (ValueError, KeyError, TypeError) as problem:
            raise NotOurs(
                f"{ledger} holds a line that is none of ours: {line[:60]!r}. Delete it and its rows"
            ) from problem
    return done, past
