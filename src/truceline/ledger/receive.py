"""Receive what a case's feeds declare: find each file, refuse what lies outside, keep the bytes.

    Agreement, days --expected_files--> Expected --receive--> Receipt (an entry, or why there is none)

A path may hold ``%Y %m %d``: then one file a day (or a month, a year) is expected, and a missing one is
missing for its own period only. A file that is gone from the inbox but was received before is still in
the ledger, and is used. Start at `receive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from truceline.errors import CaseError, PathRefused
from truceline.ground.newest import MAX_AGE_DAYS
from truceline.ledger.entry import Entry, Source
from truceline.ledger.store import MAX_OBJECT_BYTES, Ledger
from truceline.spacetime import When, local_day
from truceline.terms.agreement import Agreement

CASE_ITSELF = "case"  # the feed under which truce.toml and the borders of a case are kept


@dataclass(frozen=True)
class Expected:
    """One file a feed declares. `period` is what a dated file is about; None for an undated one."""

    feed: str
    path: str
    role: str  # "data", "standard" (supersedes data) or "coverage"
    period: When | None
    day: date | None
    available_at: datetime | None
    licence: str


@dataclass(frozen=True)
class Receipt:
    """An expected file and its entry, or the reason why there is none."""

    expected: Expected
    entry: Entry | None
    missing: str | None = None


def expected_files(agreement: Agreement, days: Sequence[date]) -> tuple[Expected, ...]:
    """Every file the feeds declare for these days, in the order of the case file, then of time."""
    expected: dict[tuple[str, str, str], Expected] = {}
    for feed in agreement.feeds:
        zone = ZoneInfo(feed.time_zone or agreement.time_zone)
        # An older map may still be the newest; any other file matters to the days its own period meets.
        is_map = feed.name in agreement.map_feeds
        back = MAX_AGE_DAYS if is_map else None
        about = [*days, agreement.reference_day] if is_map and agreement.reference_day else days
        covered = [(day, agreement.covers(day)) for day in dict.fromkeys(about)]
        for role, path in (("data", feed.path), ("standard", feed.standard), ("coverage", feed.coverage)):
            if path is None:
                continue
            for named, first, period in _dated(path, covered, zone, back) or ((path, None, None),):
                available = feed.available_at
                if available is None and period is not None and feed.latency_h is not None:
                    available = period.end + timedelta(hours=feed.latency_h)
                expected.setdefault(
                    (feed.name, role, named), Expected(feed.name, named, role, period, first, available, feed.licence)
                )
    return tuple(expected.values())


def receive(
    ledger: Ledger,
    agreement: Agreement,
    days: Sequence[date],
    *,
    case: Path,
    roots: Sequence[Path] = (),
    cutoff: datetime | None = None,
) -> tuple[Receipt, ...]:
    """Put every declared file that is there into the ledger and say what each feed has.

    Args:
        ledger: The case's ledger.
        agreement: Whose feeds to receive.
        days: The bulletin days to be told about, with the days they are compared with.
        case: The case folder; paths are looked for here first.
        roots: Further folders a path may lie under (``--data``).
        cutoff: Take only what was available by then; None takes all.

    Returns:
        One receipt a file, in a fixed order.

    Raises:
        PathRefused: A path leads outside the case and the roots.
        LedgerError: The ledger cannot be written.
    """
    expected = expected_files(agreement, days)
    trouble: dict[tuple[str, str], str] = {}
    found_now: dict[tuple[str, str], Entry] = {}
    for file in expected:
        found = find(file.path, who=f"feed '{file.feed}'", case=case, roots=roots)
        reason = _unreadable(found)
        if found is None or reason is not None:
            trouble[file.feed, file.path] = reason or f"{file.path} is not there"
            continue
        source = Source(file.feed, file.path, file.available_at, file.licence, agreement.exercise)
        try:
            data = found.read_bytes()
        except OSError as error:
            trouble[file.feed, file.path] = f"{file.path} cannot be read ({error.strerror})"
            continue
        entry_now = ledger.add(data, source)
        at = source.available_at
        if cutoff is None or (at is not None and at <= cutoff):
            found_now[file.feed, file.path] = entry_now  # a file put back is used again, whatever came between
    held = {(e.source.feed, e.source.path): e for e in ledger.entries(cutoff)} | found_now
    receipts = []
    for file in expected:
        entry = held.get((file.feed, file.path))
        missing = None
        if entry is None:
            missing = trouble.get((file.feed, file.path), f"{file.path} was not available at the cut-off")
        receipts.append(Receipt(file, entry, missing))
    return tuple(receipts)


def find(path: str, *, who: str, case: Path, roots: Sequence[Path]) -> Path | None:
    """Where a declared path is: in the case, else under the first root that has it; None if nowhere.

    Raises:
        PathRefused: The path is absolute, climbs with ``..``, or a link leads outside.
    """
    parts = PurePosixPath(path)
    todo = "Write a path inside the case folder, or inside a folder given with --data"
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or "\0" in path or re.match(r"[A-Za-z]:", path):
        raise PathRefused(who, f"the path {path!r} leads outside the case", todo)
    for root in (case, *roots):
        place = root / parts
        if place.exists():
            if not place.resolve().is_relative_to(root.resolve()):
                raise PathRefused(who, f"the path {path!r} is a link that leads outside its folder", todo)
            return place
    return None


def read_case_file(ledger: Ledger, path: str, *, who: str, case: Path, roots: Sequence[Path], simulated: bool) -> bytes:
    """A file of the case that the run cannot do without, kept in the ledger like everything received.

    Raises:
        CaseError: It is not there or cannot be read.
        PathRefused: Its path leads outside.
    """
    place = find(path, who=who, case=case, roots=roots)
    reason = f"{path} is not there" if place is None else _unreadable(place)
    if place is None or reason is not None:
        raise CaseError("truce.toml", f"{who}: {reason}", "Add the file, or mend the key")
    try:
        data = place.read_bytes()
    except OSError as error:
        raise CaseError(
            "truce.toml", f"{who}: {path} cannot be read ({error.strerror})", "Give it rights to be read"
        ) from error
    ledger.add(data, Source(CASE_ITSELF, path, None, "the case's own", simulated))
    return data


def _unreadable(found: Path | None) -> str | None:
    if found is None:
        return None
    if not found.is_file():
        return f"{found.name} is not a file"
    size = found.stat().st_size
    if size > MAX_OBJECT_BYTES:
        return f"{found.name} has {size} bytes, more than the {MAX_OBJECT_BYTES} we take"
    return None


def _dated(
    path: str, days: Iterable[tuple[date, When]], zone: ZoneInfo, back: int | None
) -> tuple[tuple[str, date, When], ...]:
    """The files a dated path names for these days: name, first day, and the period it is about."""
    if not re.search(r"%[Ymd]", path):
        return ()
    files: dict[str, tuple[str, date, When]] = {}
    for day, covers in sorted(days):
        for step in range(-(back or 2), 3):
            each = day + timedelta(days=step)
            first, last = _span(path, each)
            period = When(local_day(first, zone).start, local_day(last, zone).end)
            if period.overlaps(covers) or (back is not None and step <= 0):
                named = each.strftime(path)
                files.setdefault(named, (named, first, period))
    return tuple(sorted(files.values(), key=lambda file: file[1]))


def _span(path: str, day: date) -> tuple[date, date]:
    if "%d" in path:
        return day, day
    if "%m" in path:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day.replace(month=1, day=1), day.replace(month=12, day=31)
