"""One set of promises that every feed keeps. A new feed is in it as soon as it is in FEEDS."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from tests.feeds.cases import SAMPLES, in_hand, sample
from truceline.errors import FeedChanged
from truceline.feeds import FEEDS
from truceline.feeds.record import Cloud, Document, Elements, Interval, Parsed, Quote, Report
from truceline.feeds.satellite.schema import DETECTION

DOCS = Path(__file__).parents[2] / "docs"
TABLES = ("firms", "viina", "strike_log")  # patrol has two kinds of row: tests/feeds/test_patrol.py
FORBIDDEN = re.compile(
    r"unit|asset|weapon|launch|destroy|target|brigade|battalion|battery|vehicle|tank|position_of|carrier|model", re.I
)


def count(parsed: Parsed) -> int:
    hits = 0 if parsed.detections is None else parsed.detections.num_rows
    return (
        hits
        + len(parsed.reports)
        + len(parsed.documents)
        + len(parsed.quotes)
        + len(parsed.control_areas)
        + len(parsed.orbits)
        + len(parsed.clouds)
        + len(parsed.baselines)
    )


@pytest.mark.parametrize("kind", FEEDS)
def test_it_reads_its_sample_and_is_documented(kind: str) -> None:
    """Every feed has a recorded sample it reads whole, and a heading in docs/feeds.md."""
    parsed = FEEDS[kind].parse(sample(kind), in_hand(kind))
    assert count(parsed) >= 1
    assert not parsed.set_aside
    assert f"## {kind}\n" in (DOCS / "feeds.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", FEEDS)
def test_reading_twice_gives_the_same(kind: str) -> None:
    """Ids and order do not depend on the run."""
    once, twice = (FEEDS[kind].parse(sample(kind), in_hand(kind)) for _ in range(2))
    assert (once.reports, once.documents, once.quotes, once.orbits, once.clouds) == (
        twice.reports,
        twice.documents,
        twice.quotes,
        twice.orbits,
        twice.clouds,
    )
    assert once.detections == twice.detections


NOTHING = [(kind, data) for kind in FEEDS for data in (b"", b"\0\0\0\0", b"\x1f\x8b\x08broken")]


@pytest.mark.parametrize(("kind", "data"), [pair for pair in NOTHING if pair != ("press", NOTHING[2][1])])
def test_what_is_no_file_of_its_kind_is_refused_in_words(kind: str, data: bytes) -> None:
    """Empty, binary or broken: the feed fails with a message, it does not crash and is not zero.

    A pasted text is not unpacked and may hold any character but NUL, so press alone reads the third.
    """
    with pytest.raises(FeedChanged) as caught:
        FEEDS[kind].parse(data, in_hand(kind))
    assert caught.value.todo


@pytest.mark.parametrize("kind", TABLES)
def test_another_delimiter_is_named(kind: str) -> None:
    """A table saved with semicolons says so, instead of missing all its columns."""
    with pytest.raises(FeedChanged, match="separated by semicolon"):
        FEEDS[kind].parse(sample(kind).replace(b",", b";"), in_hand(kind))


@pytest.mark.parametrize("kind", TABLES)
def test_a_missing_column_is_named(kind: str) -> None:
    """The message holds the column and the file."""
    header, _, rest = sample(kind).decode().partition("\n")
    first = header.split(",")[0]
    with pytest.raises(FeedChanged, match="is missing from"):
        FEEDS[kind].parse((header.replace(first, "nonsense", 1) + "\n" + rest).encode(), in_hand(kind))


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"Velm", "Vélm".encode("latin-1")).replace(b"Hill", "Hîll".encode("latin-1")),
        lambda data: __import__("gzip").compress(data, mtime=0),
    ],
    ids=["BOM", "CRLF", "latin-1", "gzip"],
)
def test_it_is_simply_read(kind: str, change: object) -> None:
    """BOM, CRLF, latin-1 and gzip are how files come."""
    assert callable(change)
    parsed = FEEDS[kind].parse(change(sample(kind)), in_hand(kind))
    assert count(parsed) == count(FEEDS[kind].parse(sample(kind), in_hand(kind)))
    assert not parsed.set_aside


@pytest.mark.parametrize("kind", TABLES)
def test_a_header_alone_reads_no_rows(kind: str) -> None:
    """No rows are told as no rows; `collect` makes an outage of them."""
    header = sample(kind).split(b"\n")[0] + b"\n"
    assert FEEDS[kind].parse(header, in_hand(kind)).rows_read == 0


@pytest.mark.parametrize("kind", TABLES)
def test_a_row_of_another_width_is_set_aside(kind: str) -> None:
    """With its line and the reason; the rest is read."""
    parsed = FEEDS[kind].parse(sample(kind) + b"1,2,3\n", in_hand(kind))
    assert [(s.line, s.reason) for s in parsed.set_aside] == [
        (4, "x.csv: the row has another number of columns than the header")
    ]
    assert count(parsed) == count(FEEDS[kind].parse(sample(kind), in_hand(kind)))


@pytest.mark.parametrize("kind", TABLES)
def test_rows_outside_the_window_are_read_and_not_kept(kind: str) -> None:
    """A file of ten years is a file; only its rows of the window become records."""
    parsed = FEEDS[kind].parse(sample(kind).replace(b"2031-04-20", b"2019-04-20"), in_hand(kind))
    assert parsed.rows_read == 2
    assert count(parsed) == 0


def test_no_record_has_a_field_that_would_help_to_aim() -> None:
    """No unit, asset, weapon's position, launch place or destroyed thing leaves a parser."""
    names = [
        f.name for noun in (Report, Document, Quote, Interval, Elements, Cloud) for f in fields(noun)
    ] + DETECTION.names
    assert not [name for name in names if FORBIDDEN.search(name)]


def test_what_a_log_says_of_launches_stays_in_the_bytes() -> None:
    """The strike log's launch place, weapon and losses are in no field of any record."""
    parsed = FEEDS["strike_log"].parse(sample("strike_log"), in_hand("strike_log"))
    assert "somewhere" not in repr(parsed.reports)
    assert "Kalibr" not in repr(parsed.reports)


def test_every_feed_has_a_sample_folder() -> None:
    """Samples and kinds are the same list."""
    assert sorted(folder.name for folder in SAMPLES.iterdir()) == sorted(FEEDS)
