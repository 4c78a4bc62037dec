"""Quotations that a person transcribed and labelled: JSON Lines, one statement a line.

Keys read: id, published, publisher, side, speaker, stance, about_side, quote. Others are left where they
are. The label is that person's and is kept as given; what it means as a position is decided in the
room of statements.
"""

from __future__ import annotations

import json
from typing import Any

from truceline.errors import FeedChanged
from truceline.feeds.context import File, RowRefused, event_day
from truceline.feeds.record import Parsed, Quote, SetAside
from truceline.feeds.table import text_of
from truceline.spacetime import local_day

NAME = "quotes"
STANCES = ("allege", "deny", "confirm", "neither", "observe", "reaffirm")
MAX_LINE_CHARS = 100_000


def parse(data: bytes, file: File) -> Parsed:
    """The quotations published in the window. Raises FeedChanged where no line is such a row."""
    text = text_of(data, feed=file.feed.name, path=file.path)
    quotes: list[Quote] = []
    aside: list[SetAside] = []
    read = 0
    for line, raw in enumerate(text.splitlines(), start=1):
        if not raw.strip():
            continue
        read += 1
        try:
            quote = _quote(raw, line, file)
        except RowRefused as reason:
            aside.append(SetAside(file.feed.name, file.entry, line, f"{file.path}: {reason}"))
            continue
        if local_day(quote.published, file.zone).overlaps(file.window):
            quotes.append(quote)
    if read == 0 or len(aside) == read:
        raise FeedChanged(file.feed.name, f"{file.path} holds no quotation", "Compare it with docs/feeds.md, quotes")
    return Parsed(quotes=tuple(quotes), set_aside=tuple(aside), rows_read=read)


def _quote(raw: str, line: int, file: File) -> Quote:
    if len(raw) > MAX_LINE_CHARS:
        raise RowRefused(f"the line has {len(raw)} characters, more than {MAX_LINE_CHARS}")
    try:
        row = json.loads(raw)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RowRefused(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise RowRefused("not a JSON object")
    stance = _text(row, "stance")
    if stance not in STANCES:
        raise RowRefused(f"stance {stance[:40]!r} is none of {', '.join(STANCES)}")
    quote, speaker = _text(row, "quote"), str(row.get("speaker") or "")
    if speaker.casefold() in ("(none)", "none", "unknown"):
        speaker = ""  # nobody is named
    published = event_day(_text(row, "published"), "published")
    return Quote(
        id=file.key(row.get("id"), quote, published),
        feed=file.feed.name,
        entry=file.entry,
        line=line,
        text=quote,
        speaker=speaker,
        party=_party(row.get("side"), file),
        about_party=_party(row.get("about_side"), file),
        stance=stance,
        published=published,
        publisher=str(row.get("publisher") or ""),
    )


def _text(row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise RowRefused(f"{key} is missing or not text")
    return value


def _party(side: object, file: File) -> str | None:
    """The case's party that a label names; None where it names somebody else."""
    for party in file.agreement.parties:
        if str(side).casefold() in {name.casefold() for name in (party.id, party.name, *party.aliases)}:
            return party.id
    return None
