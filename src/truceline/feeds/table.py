"""Read a CSV as people send it: BOM, latin-1, CRLF, gzip, a wrong delimiter; rows with their line numbers.

    bytes --text_of--> text --rows_of--> (line, row) or an error that says what is wrong with the file

A row that cannot be used is the parser's business (it sets it aside with line and reason). A file
that is not the table we know raises `FeedChanged`.
"""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Iterator, Sequence

from truceline.errors import FeedChanged

MAX_TEXT_BYTES = 512_000_000  # after unpacking
MAX_FIELD_CHARS = 100_000
OPEN_QUOTE = "opens a quote that is never closed: all that follows is lost in it"
_GZIP = b"\x1f\x8b"
_DELIMITERS = {";": "semicolon", "\t": "tab", "|": "bar"}

csv.field_size_limit(MAX_FIELD_CHARS)


def text_of(data: bytes, *, feed: str, path: str) -> str:
    """The text of a file: unpacked where gzipped, UTF-8 or else latin-1, without BOM.

    Raises:
        FeedChanged: The file is broken, too large when unpacked, or holds NUL bytes.
    """
    if data[:2] == _GZIP:
        data = _unpack(data, feed=feed, path=path)
    if b"\0" in data:
        raise FeedChanged(feed, f"{path} holds NUL bytes: it is not text", "Open it and see what was sent")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # every byte has a meaning there, so nothing is lost


def rows_of(text: str, *, feed: str, path: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """The rows of a CSV, each with the line it ends on; a row that cannot be read gives the reason instead.

    Args:
        needed: Columns without which the table is not the one we know. Others may come and go.
    Raises:
        FeedChanged: No header, a column missing or twice, or another delimiter.
    """
    header = next(csv.reader(io.StringIO(text, newline="")), None)
    if header is None:
        raise FeedChanged(feed, f"{path} is empty, not even a header", "Ask the source for it again")
    header = [name.strip() for name in header]
    _check_header(header, feed=feed, path=path, needed=needed)
    # Strict, for else a quote that is never closed would swallow the rest of the file into one field.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        next(reader)
    except csv.Error as error:
        raise FeedChanged(feed, f"{path}, line 1: {error}", "Open it and see what was sent") from error
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, OPEN_QUOTE if str(error) == "unexpected end of data" else f"is no CSV ({error})"
            continue
        if len(row) == len(header):
            yield reader.line_num, dict(zip(header, row, strict=True))
        elif row:
            yield reader.line_num, "the row has another number of columns than the header"


def _check_header(header: list[str], *, feed: str, path: str, needed: Sequence[str]) -> None:
    missing = [name for name in needed if name not in header]
    if missing:
        for delimiter, name in _DELIMITERS.items():
            if delimiter in (header[0] if header else ""):
                raise FeedChanged(feed, f"{path} is separated by {name}, not by comma", "Save it with commas")
        raise FeedChanged(
            feed,
            f"column {missing[0]!r} is missing from {path}, line 1",
            f"Compare its header with docs/feeds.md: {', '.join(needed)}",
        )
    repeated = sorted({name for name in header if header.count(name) > 1})
    if repeated:
        raise FeedChanged(feed, f"column {repeated[0]!r} stands twice in {path}, line 1", "Remove one of them")


def _unpack(data: bytes, *, feed: str, path: str) -> bytes:
    """Gunzip within bounds: a small file may unpack to anything. Several members are one file."""
    out, rest = bytearray(), data
    try:
        while rest:
            member = zlib.decompressobj(wbits=31)
            out += member.decompress(rest, MAX_TEXT_BYTES + 1 - len(out))
            if len(out) > MAX_TEXT_BYTES:
                raise FeedChanged(feed, f"{path} unpacks to more than {MAX_TEXT_BYTES} bytes", "Send it in parts")
            if not member.eof:
                raise FeedChanged(
                    feed, f"{path} is cut off: the gzip stream does not end", "Ask the source for it again"
                )
            rest = member.unused_data
    except zlib.error as error:
        raise FeedChanged(feed, f"{path} is not a sound gzip file ({error})", "Ask the source for it again") from error
    return bytes(out)
