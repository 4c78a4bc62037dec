"""What we received, when it could be had, unaltered.

In: bytes and where they come from. Out: an `Entry`; later, the same bytes again.
The verb is `Ledger.add`; read `store.py` first, then `receive.py` (which files a case may read).
"""

from __future__ import annotations

from truceline.ledger.decisions import decide, decisions
from truceline.ledger.entry import Act, Entry, Source
from truceline.ledger.issues import answers
from truceline.ledger.receive import Receipt, find, read_case_file, receive
from truceline.ledger.reviews import review, reviews
from truceline.ledger.store import Ledger

__all__ = [
    "Act",
    "Entry",
    "Ledger",
    "Receipt",
    "Source",
    "answers",
    "decide",
    "decisions",
    "find",
    "read_case_file",
    "receive",
    "review",
    "reviews",
]
