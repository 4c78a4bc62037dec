"""Press text as people paste it: one .txt file is one document, kept to the letter.

Offsets of every statement point into this text, so nothing is stripped, folded or normalised.
"""

from __future__ import annotations

from truceline.errors import FeedChanged
from truceline.feeds.context import File
from truceline.feeds.record import Document, Parsed

NAME = "press"
MAX_CHARS = 10_000_000
MAX_BYTES = 4 * MAX_CHARS  # UTF-8 takes at most four bytes a character


def parse(data: bytes, file: File) -> Parsed:
    """The document. Raises FeedChanged where the file is empty, too long or not text."""
    text = document_text(data, feed=file.feed.name, path=file.path)
    document = Document(
        id=file.key(text),
        feed=file.feed.name,
        entry=file.entry,
        name=file.path,
        text=text,
        published=file.day or file.feed.published,
        language=file.feed.language,
        origin=file.feed.origin,
        publisher=file.feed.publisher or None,
    )
    return Parsed(documents=(document,), rows_read=1)


def document_text(data: bytes, *, feed: str, path: str) -> str:
    """The text of a document, newlines untouched: UTF-8, or latin-1 where it is not UTF-8.

    Raises:
        FeedChanged: Nothing in it, too long, or NUL bytes.
    """
    if len(data) > MAX_BYTES:
        raise FeedChanged(feed, f"{path} has more than {MAX_BYTES} bytes", "Send one text a file")
    if b"\0" in data:
        raise FeedChanged(feed, f"{path} holds NUL bytes: it is not text", "Paste the text, not the document file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    if not text.strip():
        raise FeedChanged(feed, f"{path} is empty", "Paste the text again")
    if len(text) > MAX_CHARS:
        raise FeedChanged(feed, f"{path} has {len(text)} characters, more than {MAX_CHARS}", "Send one text a file")
    return text
