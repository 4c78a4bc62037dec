"""Detections in bulk: the same rows as the parser reads, whatever the shape, and what cannot be read is counted."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from tests.feeds.cases import in_hand, sample
from truceline.errors import FeedChanged, FeedMissing
from truceline.feeds.satellite import firms
from truceline.feeds.satellite.bulk import DECIMALS, joined, read_bulk

POINTS = (
    b"LATITUDE,LONGITUDE,ACQ_DATE\n47.1,37.6171,2012-01-02\n47.16526,37.557,2012-01-02\n47.154771,37.5,2012-02-29\n"
)


def test_it_reads_what_the_parser_reads() -> None:
    """Place and day of the recorded FIRMS sample, by both."""
    bulk, table = read_bulk(sample("firms"), "x"), firms.parse(sample("firms"), in_hand("firms")).detections
    assert table is not None
    assert sorted(zip(bulk.lon, bulk.lat, strict=True)) == sorted(
        zip(*(table[n].to_pylist() for n in ("lon", "lat")), strict=True)
    )
    assert [str(np.datetime64(int(d), "D")) for d in bulk.day] == ["2031-04-20"] * 2
    assert sorted(bulk.names) == ["Aqua", "Terra"]


@pytest.mark.parametrize(
    "change",
    [lambda d: d, lambda d: gzip.compress(d, mtime=0), lambda d: b"\xef\xbb\xbf" + d, lambda d: d.replace(b"\n", b"\r\n"),
     lambda d: d.lower(), lambda d: d.replace(b"47.1,", b'"47.1",')],
    ids=["plain", "gzip", "BOM", "CRLF", "lower case", "quoted"],
)  # fmt: skip
def test_bare_points_are_told_apart_by_their_digits(change: object, tmp_path: Path) -> None:
    """Up to four decimals, five, six: three products, however the file is written."""
    assert callable(change)
    (tmp_path / "p.csv").write_bytes(change(POINTS))
    bulk = read_bulk(tmp_path / "p.csv", "p.csv")
    assert (bulk.names, bulk.stream.tolist(), bulk.row.tolist(), bulk.refused) == (DECIMALS, [0, 1, 2], [1, 2, 3], 0)


def test_what_cannot_be_read_is_counted_and_named_by_its_row() -> None:
    """And the rows after it keep their numbers."""
    data = (
        b"acq_date,latitude,longitude,version,satellite\n2024-02-30,1,2,2,N\n2024-02-28,1,2,2,N\n2024-02-28,1,2.1,2NRT,N\n"
        b"2024-02-28,x,2.1,2NRT,N\n1,2\n2024-02-28,0,0,2NRT,N\n2024-02-29,7,7,2NRT,1\n2024-02-29,nan,7,2,N\n2024-02-29,91,7,2,N\n"
    )
    bulk = read_bulk(data, "x")
    assert (bulk.read, bulk.refused, bulk.row.tolist()) == (9, 6, [2, 3, 7])
    assert bulk.names == ("Suomi NPP", "NOAA-20")
    assert bulk.superseded.tolist() == [False, True, False]
    assert bulk.reasons[:3] == (
        "row 1: date cannot be read",
        "row 4: latitude cannot be read",
        "row 6: the position is 0, 0",
    )


@pytest.mark.parametrize("data", [b"", b"\0\0\0", b"\x1f\x8bbroken", b"a,b\n1,2\n", gzip.compress(POINTS * 500)[:-900]])
def test_what_is_no_table_of_detections_is_refused(data: bytes) -> None:
    """Empty, binary, broken, cut off or of other columns."""
    with pytest.raises(FeedChanged):
        read_bulk(data, "x")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """And says so."""
    with pytest.raises(FeedMissing):
        read_bulk(tmp_path / "none.csv", "none.csv")


def test_files_are_joined_with_their_streams() -> None:
    """A satellite keeps its name whichever file it stands first in."""
    head = b"acq_date,latitude,longitude,satellite\n"
    both = joined(
        [read_bulk(head + b"2024-02-28,1,2,N\n", "a"), read_bulk(head + b"2024-02-28,1,2,N20\n2024-02-28,1,3,N\n", "b")]
    )
    assert [both.names[n] for n in both.stream] == ["Suomi NPP", "NOAA-20", "Suomi NPP"]
    assert (both.row.tolist(), both.read) == ([1, 2, 3], 3)
    assert read_bulk(head, "c").read == 0
