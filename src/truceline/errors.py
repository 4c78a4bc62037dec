"""One tree of errors, by what the caller does next.

    TrucelineError
    |-- CaseError      the case's own files are wrong: mend the file, then run again     exit 2
    |-- PathRefused    a path leads outside the case and its data roots: mend the path   exit 2
    |-- NotYet         the day asked for is not closed: come back later                  exit 2
    |-- LedgerError    what we received cannot be kept or read: stop                     exit 1
    |-- OutputError    what we found cannot be written: stop                             exit 1
    |-- TotalsError    two of our own sums disagree: stop, this is our fault             exit 1
    `-- FeedError      one source failed: the run goes on, the feed is shown as failed
        |-- FeedMissing   the file is not there
        `-- FeedChanged   the source answered, but not in the form we know: a person must look

Every error says who, what, where (inside `what`) and what to do next. A wrong argument to a
function is a plain ValueError.
"""

from __future__ import annotations


class TrucelineError(Exception):
    """Something a person has to know about, with what to do next.

    Args:
        who: The room, feed or file that speaks, for example ``"firms"`` or ``"truce.toml"``.
        what: What is wrong and where: file, line, column, value.
        todo: What to do next, as a sentence.
    """

    exit_code = 1

    def __init__(self, who: str, what: str, todo: str) -> None:
        super().__init__(who, what, todo)
        self.who = who
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.who}: {self.what}. {self.todo}"


class CaseError(TrucelineError):
    """The case folder or its truce.toml cannot be used as it stands: mend it, then run again."""

    exit_code = 2


class PathRefused(TrucelineError):
    """A path leads outside the case folder and the data roots that were named."""

    exit_code = 2


class NotYet(TrucelineError):
    """The day asked for is not closed yet, so nothing is told about it."""

    exit_code = 2


class LedgerError(TrucelineError):
    """The ledger cannot be read or written: nothing may go on without it."""


class OutputError(TrucelineError):
    """A result cannot be written where it was asked for."""


class TotalsError(TrucelineError):
    """Two sums of our own that must agree do not: the bulletin is not written."""


class FeedError(TrucelineError):
    """One source failed. The run goes on and page one says so; it must never look like a quiet day."""


class FeedMissing(FeedError):
    """The file a feed declares is not there."""


class FeedChanged(FeedError):
    """A source answered, but not in the form we know: a person must look."""
