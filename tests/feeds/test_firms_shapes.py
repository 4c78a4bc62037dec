"""FIRMS in every shape it comes in; what supersedes what; and a short day, which is an outage."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.feeds.cases import agreement, in_hand, terms
from truceline.feeds import collect
from truceline.feeds.record import Records
from truceline.feeds.satellite import firms
from truceline.feeds.satellite.volume import short_days
from truceline.ledger import Ledger, receive
from truceline.spacetime import When
from truceline.terms.agreement import FeedTerms

# One row each, as FIRMS has written them; the header says which shape it is.
SHAPES = {
    "MODIS near real time": (
        "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight",
        "47.1,37.6,301.8,1.05,1.02,2031-04-20,0950,T,44,6.1NRT,272.57,10.64,D",
        ("nominal", 44.0, "near_real_time", None),
    ),
    "MODIS archive": (
        "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight,type",
        "47.1,37.6,301.8,1.05,1.02,2031-04-20,950,Terra,MODIS,92,61.03,272.57,10.64,D,2",
        ("high", 92.0, "standard", "other_static"),
    ),
    "MODIS by country": (
        "country_id,latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight",
        "XXX,47.1,37.6,301.8,1.05,1.02,2031-04-20,950,Aqua,MODIS,12,6.1NRT,272.57,10.64,D",
        ("low", 12.0, "near_real_time", None),
    ),
    "VIIRS S-NPP near real time": (
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,version,bright_ti5,frp,daynight",
        "47.1,37.6,298.6,0.6,0.53,2031-04-20,0950,N,nominal,2.0NRT,287.3,0.89,N",
        ("nominal", None, "near_real_time", None),
    ),
    "VIIRS S-NPP archive": (
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight,type",
        "47.1,37.6,298.6,0.6,0.53,2031-04-20,0950,N,VIIRS,h,2,287.3,0.89,N,0",
        ("high", None, "standard", "vegetation"),
    ),
    "VIIRS archive with the MODIS names": (
        "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight,type",
        "47.1,37.6,298.6,0.6,0.53,2031-04-20,0950,N,VIIRS,l,1,287.3,0.89,N,3",
        ("low", None, "standard", "offshore"),
    ),
    "VIIRS NOAA-20": (
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight",
        "47.1,37.6,298.6,0.6,0.53,2031-04-20,0950,N20,VIIRS,n,2.0URT,287.3,0.89,N",
        ("nominal", None, "near_real_time", None),
    ),
    "VIIRS NOAA-20, its number": (
        "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,bright_ti5,frp,daynight",
        "47.1,37.6,298.6,0.6,0.53,2031-04-20,0950,1,n,287.3,0.89,N",
        ("nominal", None, None, None),
    ),
    "VIIRS NOAA-21, few columns": (
        "acq_date,acq_time,satellite,confidence,latitude,longitude",
        "2031-04-20,9:50,N21,n,47.1,37.6",
        ("nominal", None, None, None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_read(name: str) -> None:
    """Place, time, confidence, quality and type of each, whatever the columns and their order."""
    header, row, expected = SHAPES[name]
    if name.endswith("few columns"):
        row = row.replace("9:50", "950")
    parsed = firms.parse(f"{header}\n{row}\n".encode(), in_hand("firms"))
    assert not parsed.set_aside
    assert parsed.detections is not None
    (hit,) = parsed.detections.to_pylist()
    assert (hit["lon"], hit["lat"], hit["at_utc"]) == (37.6, 47.1, datetime(2031, 4, 20, 9, 50, tzinfo=UTC))
    assert (hit["confidence"], hit["confidence_pct"], hit["quality"], hit["source_type"]) == expected


def test_a_pixel_without_a_size_is_its_sensors() -> None:
    """375 m for VIIRS, 1 km for MODIS, where scan and track are not given."""
    header, row, _ = SHAPES["VIIRS NOAA-21, few columns"]
    for satellite, metres in (("N21", 265.2), ("Aqua", 707.1)):
        data = f"{header}\n{row.replace('N21', satellite).replace('9:50', '950')}\n".encode()
        table = firms.parse(data, in_hand("firms")).detections
        assert table is not None
        assert table["uncertainty_m"][0].as_py() == pytest.approx(metres, abs=0.1)


def test_a_type_nobody_defined_is_set_aside() -> None:
    """FIRMS has 0 to 3."""
    header, row, _ = SHAPES["VIIRS S-NPP archive"]
    parsed = firms.parse(f"{header}\n{row[:-1]}7\n".encode(), in_hand("firms"))
    assert "type 7 is outside 0..3" in parsed.set_aside[0].reason


HEADER = (
    "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,confidence,version,bright_ti5,frp,daynight"
)


def _rows(*rows: tuple[str, str, str, str]) -> str:
    """Rows of latitude, day, satellite, version."""
    body = [
        f"{lat},37.6,298.6,0.6,0.53,{day},0950,{satellite},n,{version},287.3,0.9,N"
        for lat, day, satellite, version in rows
    ]
    return "\n".join([HEADER, *body]) + "\n"


def _collected(tmp_path: Path, feed: FeedTerms, cutoff: datetime | None = None) -> Records:
    case = agreement(feed)
    with Ledger(tmp_path / "ledger") as ledger:
        receipts = receive(ledger, case, [date(2031, 4, 20)], case=tmp_path, cutoff=cutoff)
        return collect(
            case, receipts, When(datetime(2031, 4, 19, tzinfo=UTC), datetime(2031, 4, 22, tzinfo=UTC)), ledger.read
        )


def test_standard_quality_supersedes_day_by_day_and_satellite_by_satellite(tmp_path: Path) -> None:
    """What has no standard row yet keeps its quick ones, and what is replaced is named, not lost."""
    (tmp_path / "nrt.csv").write_text(
        _rows(
            ("47.1", "2031-04-20", "N", "2.0NRT"),
            ("47.2", "2031-04-20", "N20", "2.0NRT"),
            ("47.3", "2031-04-21", "N", "2.0NRT"),
        )
    )
    (tmp_path / "sp.csv").write_text(_rows(("47.1", "2031-04-20", "N", "2"), ("47.15", "2031-04-20", "N", "2")))
    records = _collected(tmp_path, terms("firms", path="nrt.csv", standard="sp.csv"))
    stand = [(row["lat"], row["quality"]) for row in records.detections.to_pylist()]
    assert sorted(stand) == [
        (47.1, "standard"),
        (47.15, "standard"),
        (47.2, "near_real_time"),
        (47.3, "near_real_time"),
    ]
    assert [(one.line, one.repeats) for one in records.set_aside] == [(2, True)]


def test_both_qualities_in_one_file_are_no_repetition(tmp_path: Path) -> None:
    """The quick row stands first and is the one that goes."""
    (tmp_path / "x").write_text(_rows(("47.1", "2031-04-20", "N", "2.0NRT"), ("47.1", "2031-04-20", "N", "2")))
    records = _collected(tmp_path, terms("firms", path="x"))
    assert records.detections["quality"].to_pylist() == ["standard"]
    assert records.detections["line"].to_pylist() == [3]


def test_the_old_vintage_stays_readable(tmp_path: Path) -> None:
    """A run as known before standard quality came reads what was there."""
    later = datetime(2031, 8, 1, tzinfo=UTC)
    (tmp_path / "x").write_text(_rows(("47.1", "2031-04-20", "N", "2.0NRT")))
    first = terms("firms", path="x", available_at=datetime(2031, 4, 21, tzinfo=UTC))
    before = _collected(tmp_path, first)
    (tmp_path / "x").write_text(_rows(("47.9", "2031-04-20", "N", "2")))
    now = _collected(tmp_path, terms("firms", path="x", available_at=later))
    then = _collected(tmp_path, terms("firms", path="x", available_at=later), cutoff=datetime(2031, 5, 1, tzinfo=UTC))
    assert now.detections["lat"].to_pylist() == [47.9]
    assert then.detections == before.detections
    assert then.detections["lat"].to_pylist() == [47.1]


def test_standard_rows_that_have_not_come_are_no_outage(tmp_path: Path) -> None:
    """They come months later; until then the quick ones stand, and that is said."""
    (tmp_path / "nrt.csv").write_text(_rows(("47.1", "2031-04-20", "N", "2.0NRT")))
    records = _collected(tmp_path, terms("firms", path="nrt.csv", standard="sp.csv"))
    assert records.detections.num_rows == 1
    assert [(one.outage, "until standard quality comes" in one.what) for one in records.troubles] == [(False, True)]


def _many(counts: dict[int, int]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER.split(","))
    for day, count in counts.items():
        for n in range(count):
            writer.writerow(
                [
                    f"47.{n:05d}",
                    "37.6",
                    "298",
                    "0.6",
                    "0.5",
                    f"2031-04-{day:02d}",
                    "0950",
                    "N",
                    "n",
                    "2",
                    "287",
                    "1",
                    "N",
                ]
            )
    return out.getvalue()


@pytest.mark.parametrize("rows", [0, 1])
def test_a_short_day_is_an_outage(tmp_path: Path, rows: int) -> None:
    """19 April 2025 held 1 detection between 362 and 393: the file ended at 04 UTC, and it was no truce."""
    (tmp_path / "x").write_text(_many({day: 60 + 5 * (day % 7) for day in range(10, 29)} | {20: rows}))
    (trouble,) = _collected(tmp_path, terms("firms", path="x")).troubles
    assert trouble.outage
    assert trouble.when == When(datetime(2031, 4, 20, tzinfo=UTC), datetime(2031, 4, 21, tzinfo=UTC))
    assert f"holds {rows} detection(s) of 2031-04-20" in trouble.what


def test_a_coverage_table_may_show_otherwise(tmp_path: Path) -> None:
    """Where the whole day is said to have been delivered, it was quiet; a part of the day shows nothing."""
    (tmp_path / "x").write_text(_many(dict.fromkeys(range(10, 29), 70) | {20: 1}))
    for until, outage in (("2031-04-21T00:00Z", False), ("2031-04-20T04:00Z", True)):
        (tmp_path / "c").write_text(
            f"from,to,kind\n2031-04-20T00:00Z,{until},feed\n2031-04-21T00:00Z,2031-04-22T00:00Z,feed\n"
        )
        feed = terms("firms", path="x", coverage="c")
        found = [t for t in _collected(tmp_path, feed).troubles if "short day" in t.what]
        assert [t.outage for t in found] == [outage]


def test_days_of_weather_are_no_outage() -> None:
    """Fires fall by a factor of five under cloud, and where next to nothing is usual nothing is short."""
    start = date(2031, 4, 1)
    uneven = {start + timedelta(days=n): (400, 80, 150, 300, 60)[n % 5] for n in range(40)} | {date(2031, 4, 20): 40}
    assert not short_days(uneven, in_hand("firms"))
    few = {start + timedelta(days=n): 3 for n in range(40)} | {date(2031, 4, 20): 0}
    assert not short_days(few, in_hand("firms"))
    assert not short_days({date(2031, 4, 19): 400, date(2031, 4, 20): 0}, in_hand("firms"))
