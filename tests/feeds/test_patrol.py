"""The observers' form: what was heard stays a ring sector, hours on watch are exposure, a slip is set aside."""

from __future__ import annotations

import pytest

from tests.feeds.cases import in_hand, sample
from truceline.feeds.record import Parsed
from truceline.feeds.reports.patrol import COLUMNS, UNKNOWN_RANGE_M, parse
from truceline.spacetime import LonLat
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

HEARD = {
    "means": "heard", "from_utc": "2031-04-20T09:12Z", "to_utc": "2031-04-20T09:20Z", "lon": "31.2", "lat": "48.1",
    "range_min_m": "4000", "range_max_m": "6000", "bearing_deg": "20", "bearing_width_deg": "30", "event_class": "",
    "count_kind": "about", "count": "45", "patrol": "Patrol 1", "hear_km": "", "see_km": "", "note": "",
}  # fmt: skip
WATCH = HEARD | {"means": "on_watch", "count_kind": "", "count": "", "hear_km": "6", "see_km": "4"}


def form(*rows: dict[str, str]) -> Parsed:
    text = "\n".join([",".join(COLUMNS), *(",".join(row[name] for name in COLUMNS) for row in rows)]) + "\n"
    return parse(text.encode(), in_hand("patrol", origin=Origin.MONITOR, publisher="The Mission"))


def test_the_sample_gives_a_ring_sector_and_a_watch() -> None:
    """One row an observation, one a watch: neither becomes a point."""
    parsed = parse(sample("patrol"), in_hand("patrol"))
    (report,), (watch,) = parsed.reports, parsed.intervals
    assert report.ring is not None
    assert (report.ring.near_m, report.ring.far_m, report.ring.bearing_deg, report.ring.width_deg) == (
        4000,
        6000,
        20,
        30,
    )
    assert report.event_class is EventClass.EXPLOSION_UNDETERMINED
    assert (report.count, report.count_kind, report.means) == (45, "about", "heard")
    assert (watch.kind, watch.when.hours, watch.disc) == ("staring", 8.0, (LonLat(31.2, 48.1), 6000.0, 4000.0))


def test_the_words_hold_no_position() -> None:
    """Positions leave as cells; the text of a row tells who, by which means and how many."""
    (report,) = form(HEARD).reports
    assert report.text == "Patrol 1 heard about 45"


def test_each_patrol_is_a_voice_of_its_own() -> None:
    """Two patrols that hear the same bang are two pairs of ears."""
    reports = form(HEARD, HEARD | {"patrol": "Patrol 2"}).reports
    assert {report.root for report in reports} == {"monitor:The Mission:Patrol 1", "monitor:The Mission:Patrol 2"}
    assert {report.origin for report in reports} == {Origin.MONITOR}


def test_what_is_left_empty_is_not_known() -> None:
    """No range: a wide band. No bearing: all round. No count: none told, not one."""
    empty = dict.fromkeys(("range_min_m", "range_max_m", "bearing_deg", "bearing_width_deg", "count", "count_kind"), "")
    (report,) = form(HEARD | empty).reports
    assert report.ring is not None
    assert (report.ring.near_m, report.ring.far_m, report.ring.bearing_deg) == (0.0, UNKNOWN_RANGE_M, None)
    assert report.count is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (HEARD | {"means": "felt"}, "means 'felt' is none of heard, saw, recorded, on_watch"),
        (HEARD | {"range_min_m": "7000"}, "a band of"),
        (HEARD | {"range_max_m": ""}, "range_min_m without range_max_m"),
        (HEARD | {"range_max_m": "900000"}, "outside"),
        (HEARD | {"bearing_deg": ""}, "bearing_width_deg without bearing_deg"),
        (HEARD | {"bearing_deg": "400"}, "outside 0..360"),
        (HEARD | {"event_class": "cannon"}, "none of docs/event-classes.md"),
        (HEARD | {"count_kind": "some"}, "count_kind 'some' is none of"),
        (HEARD | {"count": ""}, "without a count"),
        (HEARD | {"count": "2.5"}, "not a whole number"),
        (HEARD | {"to_utc": "2031-04-20T09:00Z"}, "is not after from_utc"),
        (HEARD | {"from_utc": "2031-04-20 09:12"}, "is not a UTC time"),
        (HEARD | {"lon": "0", "lat": "0"}, "0, 0"),
        (WATCH | {"hear_km": "", "see_km": ""}, "needs hear_km or see_km"),
        (WATCH | {"to_utc": "2031-04-29T09:00Z"}, "longer than 48"),
    ],
)
def test_a_slip_of_the_pen_is_set_aside_with_its_reason(row: dict[str, str], reason: str) -> None:
    """The row is kept apart with line and reason; the others are read."""
    parsed = form(row, HEARD)
    assert len(parsed.reports) == 1
    (aside,) = parsed.set_aside
    assert aside.line == 2
    assert reason in aside.reason


def test_the_same_row_twice_counts_once() -> None:
    """A form sent in twice is no second bang."""
    assert len(form(HEARD, HEARD).reports) == 1
