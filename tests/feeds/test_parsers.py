"""What each parser reads, to the value; and what it sets aside, with the reason."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.cases import agreement, in_hand, sample, terms
from truceline.errors import FeedChanged
from truceline.feeds import FEEDS, coverage_table, origin, table
from truceline.feeds.reports import strike_log, viina
from truceline.feeds.satellite import firms
from truceline.feeds.statements import press, quotes
from truceline.spacetime import Precision
from truceline.terms.agreement import SourceTerms
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

ROW = "42.1,-150.6,301.8,1.05,1.02,{day},{time},A,{confidence},6.1NRT,272.5,{frp},N"


def firms_of(row: str) -> tuple[list[dict[str, object]], list[str]]:
    header = sample("firms").decode().split("\n")[0]
    parsed = firms.parse(f"{header}\n{row}\n".encode(), in_hand("firms"))
    assert parsed.detections is not None
    return parsed.detections.to_pylist(), [s.reason for s in parsed.set_aside]


@pytest.mark.parametrize(
    ("time", "hour", "minute"),
    [("0350", 3, 50), ("350", 3, 50), ("50", 0, 50), ("0", 0, 0), ("2359", 23, 59), ("03:50", 3, 50), ("350.0", 3, 50)],
)
def test_acquisition_time_as_text_or_number(time: str, hour: int, minute: int) -> None:
    """FIRMS writes HHMM; spreadsheets drop the zeros."""
    ((row,), _) = firms_of(ROW.format(day="2031-04-20", time=time, confidence=44, frp=1))
    assert row["at_utc"] == datetime(2031, 4, 20, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "word", "percent"),
    [
        ("29", "low", 29.0),
        ("30", "nominal", 30.0),
        ("79", "nominal", 79.0),
        ("80", "high", 80.0),
        ("n", "nominal", None),
        ("high", "high", None),
        ("", None, None),
    ],
)
def test_confidence_as_number_or_word(written: str, word: str | None, percent: float | None) -> None:
    """MODIS User's Guide, table 8: low below 30, nominal below 80, high from there; VIIRS has words."""
    ((row,), _) = firms_of(ROW.format(day="2031-04-20", time="350", confidence=written, frp=1))
    assert (row["confidence"], row["confidence_pct"]) == (word, percent)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.format(day="2031-02-30", time="350", confidence=44, frp=1), "acq_date '2031-02-30' is not a date"),
        (ROW.format(day="2031-04-20", time="2460", confidence=44, frp=1), "acq_time '2460' is not a time"),
        (ROW.format(day="2031-04-20", time="350", confidence=144, frp=1), "confidence '144' is outside"),
        (ROW.format(day="2031-04-20", time="350", confidence="sure", frp=1), "confidence 'sure' is neither"),
        (ROW.format(day="2031-04-20", time="350", confidence=44, frp="inf"), "frp 'inf' is not a finite number"),
        (
            ROW.format(day="2031-04-20", time="350", confidence=44, frp=1).replace("42.1", "NaN"),
            "latitude 'NaN' is not a finite number",
        ),
        (
            ROW.format(day="2031-04-20", time="350", confidence=44, frp=1).replace("42.1", "142.1"),
            "latitude 142.1 is outside -90..90",
        ),
        (
            ROW.format(day="2031-04-20", time="350", confidence=44, frp=1).replace("42.1,-150.6", "0,0"),
            "the position is 0, 0",
        ),
        (
            ROW.format(day="2031-04-20", time="350", confidence=44, frp=1).replace("42.1", ""),
            "latitude '' is not a number",
        ),
    ],
)
def test_a_bad_detection_is_set_aside_with_the_reason(row: str, reason: str) -> None:
    """Value and column are named; nothing is repaired by guess."""
    rows, reasons = firms_of(row)
    assert rows == []
    assert len(reasons) == 1
    assert reasons[0].startswith(f"x.csv: {reason}")


def test_a_repeated_detection_names_the_line_it_repeats() -> None:
    """A duplicate is not a second fire."""
    data = sample("firms") + sample("firms").split(b"\n")[1] + b"\n"
    parsed = firms.parse(data, in_hand("firms"))
    assert [(s.line, s.reason) for s in parsed.set_aside] == [(4, "x.csv: repeats line 2")]


def test_a_missing_power_is_not_known_not_zero() -> None:
    """An empty frp is null."""
    ((row,), _) = firms_of(ROW.format(day="2031-04-20", time="350", confidence=44, frp=""))
    assert row["frp_mw"] is None


def test_a_report_at_midnight_names_only_its_day() -> None:
    """It is spread over the local day, never put at midnight."""
    first, second = viina.parse(sample("viina"), in_hand("viina", time_zone="Europe/Kyiv")).reports
    day = next(r for r in (first, second) if r.place == "Velm")
    assert day.when.precision is Precision.DAY
    assert day.when.start == datetime(2031, 4, 19, 21, tzinfo=UTC)
    assert day.when.hours == 24


def test_labels_become_one_class_the_most_specific_first() -> None:
    """artillery|property is shelling; a row without a label of violence is a mention."""
    by_place = {r.place: r for r in viina.parse(sample("viina"), in_hand("viina")).reports}
    assert by_place["Velm"].event_class is EventClass.SHELLING
    assert by_place["Ostrel"].event_class is None


def test_an_unknown_label_is_set_aside_not_read_as_no_event() -> None:
    """A feed that changes its labels must not turn silent."""
    parsed = viina.parse(sample("viina").replace(b"artillery|property", b"barrage"), in_hand("viina"))
    assert [s.reason for s in parsed.set_aside] == ["x.csv: label 'barrage' is not one we know"]


MISSION = terms("viina", name="posts", origin=Origin.MONITOR, publisher="Hill Mission")
CITED = replace(
    agreement(MISSION),
    sources=(
        SourceTerms(name="Ridge News Agency", aliases=("RNA",), reliability="B"),
        SourceTerms(name="Hill Mission"),
    ),
)


@pytest.mark.parametrize(
    ("headline", "expected", "party"),
    [
        ("Ridge News Agency: shelling near Velm", Origin.THIRD_PARTY, None),
        ("Shelling near Velm, RNA reports", Origin.THIRD_PARTY, None),
        ("North's general staff: South shelled Velm", Origin.PARTY, "alpha"),
        ("RNA: North's general staff says South shelled Velm", Origin.PARTY, "alpha"),
        ("North shelled Velm", Origin.UNKNOWN, None),
        ("The RNAX company opens", Origin.UNKNOWN, None),
        ("", Origin.UNKNOWN, None),
    ],
)
def test_a_headline_is_traced_to_the_voice_it_comes_from(headline: str, expected: Origin, party: str | None) -> None:
    """A party's channel before a third party, a third party before nobody; to be about North is not to be from it."""
    traced = origin.trace(headline, feed=terms("viina"), agreement=CITED)
    assert (traced.origin, traced.party) == (expected, party)


def test_a_channel_feed_is_its_party_whatever_it_cites() -> None:
    """Rows of a party's own feed stay its rows, though they cite an agency."""
    feed = terms("viina", origin=Origin.PARTY, party="bravo")
    assert origin.trace("RNA: calm", feed=feed, agreement=CITED).party == "bravo"


def test_a_story_that_cites_the_mission_is_the_missions_voice() -> None:
    """What the mission's own log says and what the papers say it says is one root."""
    log = origin.trace("shelling heard", feed=MISSION, agreement=CITED)
    paper = origin.trace("Hill Mission: shelling heard", feed=terms("viina"), agreement=CITED)
    assert log.root == paper.root == "monitor:Hill Mission"


def test_copies_of_a_headline_are_one_article() -> None:
    """Case and punctuation do not make a second voice."""
    assert origin.article_key("Shelling near Velm!") == origin.article_key("shelling   near VELM")
    assert origin.article_key("Shelling near Velm") != origin.article_key("Shelling near Ostrel")


def test_a_strike_log_is_its_party_and_lies_nowhere() -> None:
    """Rows of regions have no place; reconnaissance is no attack; all of it is the party's word."""
    strike, watch = strike_log.parse(sample("strike_log"), in_hand("strike_log")).reports[::-1]
    if strike.event_class is None:
        strike, watch = watch, strike
    assert strike.event_class is EventClass.AIR_OR_MISSILE_STRIKE
    assert watch.event_class is None
    assert {strike.origin, watch.origin} == {Origin.PARTY}
    assert strike.where is None
    assert strike.place == "Coast region, Hill region"


def test_press_text_is_kept_to_the_letter() -> None:
    """CRLF, BOM and trailing blanks stay: offsets point into the raw text."""
    raw = "\ufeffA title\r\n\r\n He said so. \n"
    assert press.document_text(raw.encode(), feed="press", path="x") == raw


def test_quotes_keep_the_label_as_given() -> None:
    """Side and about side become the case's parties; a side nobody knows stays nobody's."""
    found = {q.stance: q for q in quotes.parse(sample("quotes"), in_hand("quotes")).quotes}
    assert (found["deny"].party, found["deny"].about_party) == ("bravo", "bravo")
    changed = sample("quotes").replace(b'"side": "North"', b'"side": "a third side"')
    assert {q.party for q in quotes.parse(changed, in_hand("quotes")).quotes} == {"bravo", None}


@pytest.mark.parametrize("line", ["{", "[1]", '{"quote": 1}', '{"published": "x"}', "[" * 5000])
def test_a_bad_quote_is_set_aside(line: str) -> None:
    """Hostile JSON is a row like any other bad row."""
    parsed = quotes.parse(sample("quotes") + line.encode() + b"\n", in_hand("quotes"))
    assert [s.line for s in parsed.set_aside] == [3]
    assert len(parsed.quotes) == 2


def coverage(text: str, **more: object) -> tuple[list[tuple[str, str, str]], list[str]]:
    parsed = coverage_table.parse(text.encode(), in_hand("firms", **more))
    spans = [(i.when.start.isoformat()[:16], i.when.end.isoformat()[:16], i.kind) for i in parsed.intervals]
    return spans, [s.reason for s in parsed.set_aside]


LABELS = {"full": "00:00-24:00", "early": "00:00-04:15", "missing": ""}


def test_a_day_label_means_an_explicit_interval() -> None:
    """full, early and missing become hours; a day that is not in the table was not covered."""
    spans, aside = coverage("date,coverage\n2031-04-19,full\n2031-04-20,early\n2031-04-21,missing\n", labels=LABELS)
    assert spans == [("2031-04-19T00:00", "2031-04-20T00:00", "feed"), ("2031-04-20T00:00", "2031-04-20T04:15", "feed")]
    assert aside == []


def test_a_label_nobody_explained_is_set_aside() -> None:
    """An unknown word is never read as full."""
    spans, aside = coverage("date,coverage\n2031-04-20,partly\n", labels=LABELS)
    assert spans == []
    assert "is not explained" in aside[0]


def test_explicit_intervals_keep_what_is_not_known_as_not_known() -> None:
    """Empty looks and clear_share are None, never 0."""
    text = "from,to,west,south,east,north,looks,clear_share\n2031-04-20T01:00Z,2031-04-20T01:10Z,-151,42,-150,43,,\n"
    (interval,) = coverage_table.parse(text.encode(), in_hand("firms")).intervals
    assert (interval.looks, interval.clear_share, interval.area) == (None, None, (-151.0, 42.0, -150.0, 43.0))


@pytest.mark.parametrize(
    "row",
    ["2031-04-20T05:00Z,2031-04-20T04:00Z,,,,,,", "x,2031-04-20T04:00Z,,,,,,", "2031-04-20T01:00Z,2031-04-20T02:00Z,1,,,,,",
     "2031-04-20T01:00Z,2031-04-20T02:00Z,1,1,0,2,,", "2031-04-20T01:00Z,2031-04-20T02:00Z,,,,,1.5,", "2031-04-20T01:00Z,2031-04-20T02:00Z,,,,,1,1.5"],
)  # fmt: skip
def test_an_impossible_interval_is_set_aside(row: str) -> None:
    """End before start, half an area, half a look: refused with the reason."""
    spans, aside = coverage("from,to,west,south,east,north,looks,clear_share\n" + row + "\n")
    assert spans == []
    assert len(aside) == 1


def test_an_empty_coverage_table_is_no_coverage() -> None:
    """A header alone says nothing about any day; it is refused, not read as covered."""
    with pytest.raises(FeedChanged, match="no rows"):
        coverage("from,to\n")


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to more than the limit is told so, without filling the memory."""
    monkeypatch.setattr(table, "MAX_TEXT_BYTES", 1000)
    with pytest.raises(FeedChanged, match="unpacks to more than"):
        table.text_of(gzip.compress(b"a" * 5000), feed="x", path="bomb.gz")


def test_a_cut_off_gzip_is_told_so() -> None:
    """Half a file is never read as a whole one."""
    whole = gzip.compress(b"a,b\n" * 5000)
    with pytest.raises(FeedChanged, match="cut off"):
        table.text_of(whole[: len(whole) // 2], feed="x", path="x.gz")


@given(st.binary(max_size=400))
def test_no_bytes_crash_a_parser(data: bytes) -> None:
    """Whatever the bytes, a parser reads them or refuses them in words."""
    for parser, kind in (
        (firms.parse, "firms"),
        (viina.parse, "viina"),
        (strike_log.parse, "strike_log"),
        (quotes.parse, "quotes"),
    ):
        for prefix in (b"", sample(kind)):
            try:
                parser(prefix + data, in_hand(kind))
            except FeedChanged as refused:
                assert refused.what  # noqa: PT017


@pytest.mark.parametrize("kind", ["firms", "viina", "strike_log"])
def test_a_table_cut_off_in_a_row_is_told_so(kind: str) -> None:
    """Half a download is no shorter day: the rows before the cut are read, and the feed is out for its time."""
    whole = sample(kind)
    parsed = FEEDS[kind].parse(whole[: len(whole) - 12], in_hand(kind))
    assert [t.outage for t in parsed.troubles] == [True]
    assert "is cut off in its last row" in parsed.troubles[0].what
    assert FEEDS[kind].parse(whole, in_hand(kind)).troubles == ()


def test_a_last_line_without_a_break_is_a_line() -> None:
    """Many programs leave the last line break out."""
    parsed = firms.parse(sample("firms").rstrip(b"\n"), in_hand("firms"))
    assert parsed.troubles == ()
    assert parsed.detections is not None
    assert parsed.detections.num_rows == 2


def test_a_quote_that_is_never_closed_loses_nothing_in_silence() -> None:
    """Without care it would swallow the rest of the file into one headline."""
    data = sample("viina").replace(
        b'"Ridge News Agency: shelling near Velm"', b'"Ridge News Agency: shelling near Velm'
    )
    parsed = viina.parse(data, in_hand("viina"))
    assert [s.reason.startswith("x.csv: is no CSV") for s in parsed.set_aside] == [True]
    assert [s.when for s in parsed.set_aside] == [None]
    last = viina.parse(sample("viina").rstrip()[:-1], in_hand("viina"))
    assert [s.reason for s in last.set_aside] == [f"x.csv: {table.OPEN_QUOTE}"]
    assert [t.outage for t in last.troubles] == [True]


@pytest.mark.parametrize(
    "headline",
    [
        "Ridge News Agency: North’s general staff reports shelling",
        "Ridge News Agency: North's\u00a0general\u200b staff reports shelling",
        "Ridge News Agency: Southern army says it was shelled at Velm",
        "According to the Southern army, Velm was shelled, RNA",
        "Ridge News Agency denies that any shelling took place at Velm",
    ],
)
def test_a_partys_word_or_a_denial_is_no_voice_for_it(headline: str) -> None:
    """Curly apostrophes, invisible blanks and an agency's name in front do not make it one."""
    got = origin.trace(headline, feed=terms("viina"), agreement=CITED)
    assert got.against == headline.startswith("Ridge News Agency denies")  # its own denial is a voice, against
    assert got.against or got.origin in (Origin.PARTY, Origin.UNKNOWN)


@pytest.mark.parametrize("number", ["-1_50.5", "٤٢", "0x2A", "1e400", ""])
def test_only_plain_numbers_are_numbers(number: str) -> None:
    """What a programming language would take is not what a source means."""
    rows, reasons = firms_of(ROW.format(day="2031-04-20", time="350", confidence=44, frp=1).replace("42.1", number))
    assert rows == []
    assert len(reasons) == 1
