"""Talk to the person at the terminal, on stderr: what is being done right now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Say = Callable[[str], None]


@contextmanager
def talking(first: str) -> Iterator[Say]:
    """A spinner with the current step on a terminal; nothing where stderr is a file."""
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(first) as status:
        yield lambda step: status.update(f"{step} …")
