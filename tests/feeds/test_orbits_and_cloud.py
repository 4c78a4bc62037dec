"""Orbit elements and cloud: nothing unsound is taken, and what is not told is not known."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.cases import in_hand, sample
from truceline.errors import FeedChanged
from truceline.feeds.orbits import elements
from truceline.feeds.orbits.elements import checksum
from truceline.feeds.weather import cloud
from truceline.spacetime import LonLat

NAME, FIRST, SECOND = sample("orbits").decode().splitlines()[:3]


def read(*lines: str) -> tuple[int, list[str]]:
    parsed = elements.parse("\n".join(lines).encode(), in_hand("orbits"))
    return len(parsed.orbits), [s.reason for s in parsed.set_aside]


def mended(line: str) -> str:
    """The line with a checksum that fits: a forger's set."""
    return line[:68] + str(checksum(line))


def test_the_sets_of_the_published_verification_are_read() -> None:
    """Vanguard 1 and an orbit of high eccentricity, from Revisiting Spacetrack Report #3, as printed there."""
    count, refused = read(
        "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
        "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
        "1 08195U 75081A   06176.33215444  .00000099  00000-0  11873-3 0   813",
        "2 08195  64.1586 279.0717 6877146 264.7651  20.2257  2.00491383225656",
    )
    assert (count, refused) == (2, [])


@given(st.integers(0, 67), st.integers(1, 9))
def test_any_digit_changed_is_noticed(place: int, by: int) -> None:
    """Whatever digit of line 2 is changed, the set is refused."""
    digit = SECOND[place]
    if digit.isdigit():
        spoilt = f"{SECOND[:place]}{(int(digit) + by) % 10}{SECOND[place + 1 :]}"
        count, refused = read(NAME, FIRST, spoilt)
        assert count == 0
        assert refused


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        (FIRST + "0", SECOND, "line 1 has 70 characters, not 69"),
        (FIRST[:68] + str((int(FIRST[68]) + 1) % 10), SECOND, "line 1 ends in checksum"),
        (FIRST, mended(SECOND.replace("37849", "43013")), "line 1 is of catalogue number 37849, line 2 of 43013"),
        (FIRST, mended(SECOND.replace("14.19500000", "14.70000000")), "mean motion 14.7 a day is not that of Suomi NPP"),
        (FIRST, mended(SECOND.replace(" 98.7500", " 51.6400")), "inclination 51.64 is not that of Suomi NPP"),
        (FIRST, mended(SECOND.replace("0001500", "9001500")), "its perigee lies"),
        (FIRST, mended(SECOND.replace("110.0000", "410.0000")), "ascending node 410 is outside 0..360"),
        (mended(FIRST.replace("31110.5", "31400.5")), SECOND, "epoch: 2031 has no day 400.5"),
        (mended(FIRST.replace(" 70000-4", " 7000X-4")), SECOND, "B* '7000X-4' is not written as 12345-6"),
        (mended(FIRST.replace("37849U", "3784¹U")), SECOND, "line 1"),
    ],
)  # fmt: skip
def test_an_unsound_set_is_refused_by_name_with_the_reason(first: str, second: str, why: str) -> None:
    """A right checksum is not enough: a made-up set of a known satellite must fit its orbit."""
    count, refused = read(NAME, first, second)
    assert count == 0
    assert f"SUOMI NPP: {why}" in refused[0]


def test_a_lone_line_is_a_broken_set() -> None:
    """Half a set is refused and counted; the next one is read."""
    count, refused = read(NAME, FIRST, NAME, FIRST, SECOND, SECOND)
    assert count == 1
    assert [r.split(": ", 1)[1] for r in refused] == [
        "SUOMI NPP: line 1 has no line 2 after it",
        "unnamed set: line 2 has no line 1 before it",
    ]


def test_a_set_given_twice_counts_once() -> None:
    """The same satellite and epoch again is a repeat, and no loss."""
    parsed = elements.parse("\n".join([FIRST, SECOND, FIRST, SECOND]).encode(), in_hand("orbits"))
    assert (len(parsed.orbits), [s.repeats for s in parsed.set_aside]) == (1, [True])


def omm() -> dict[str, object]:
    return {
        "OBJECT_NAME": "SUOMI NPP", "EPOCH": "2031-04-20T12:00:00.000000", "MEAN_MOTION": 14.195,
        "ECCENTRICITY": 0.00015, "INCLINATION": 98.75, "RA_OF_ASC_NODE": 110.0, "ARG_OF_PERICENTER": 90.0,
        "MEAN_ANOMALY": 270.0, "NORAD_CAT_ID": 37849, "BSTAR": 7e-05, "MEAN_ELEMENT_THEORY": "SGP4",
    }  # fmt: skip


def test_omm_as_json_and_csv_says_what_two_lines_say() -> None:
    """One orbit in three forms is one orbit."""
    table = io.StringIO()
    writer = csv.DictWriter(table, omm().keys())
    writer.writeheader()
    writer.writerow(omm())
    forms = [f"{NAME}\n{FIRST}\n{SECOND}\n", json.dumps([omm()]), table.getvalue()]
    read_as = [elements.parse(form.encode(), in_hand("orbits")).orbits[0] for form in forms]
    for one in read_as[1:]:
        assert one.epoch == read_as[0].epoch
        for key in ("catalogue", "mean_motion", "eccentricity", "inclination_deg", "node_deg", "bstar"):
            assert getattr(one, key) == pytest.approx(getattr(read_as[0], key)), key


@pytest.mark.parametrize("change", [{"BSTAR": "1_0"}, {"EPOCH": "soon"}, {"NORAD_CAT_ID": 1.5}, {"MEAN_MOTION": None},
                                    {"MEAN_ELEMENT_THEORY": "DSST"}, {"ECCENTRICITY": True}])  # fmt: skip
def test_an_unsound_omm_is_refused(change: dict[str, object]) -> None:
    """The same guards hold for the newer form."""
    parsed = elements.parse(json.dumps([omm() | change]).encode(), in_hand("orbits"))
    assert not parsed.orbits
    assert len(parsed.set_aside) == 1


def test_a_text_without_elements_is_no_orbit_file() -> None:
    """Prose fails the feed in words."""
    with pytest.raises(FeedChanged, match="holds no set of orbit elements"):
        elements.parse(b"Dear all,\nattached.\n", in_hand("orbits"))


def test_cloud_of_a_region_is_placed_where_the_case_says() -> None:
    """A day a region; the region whose place nobody told is not used, and that is said."""
    data = b"OBLAST_ID,ACQ_DATE,CLOUD_COVER (%)\nUA01,2031-04-20,25\nUA02,2031-04-20,50\nUA01,2031-04-21,\n"
    parsed = cloud.parse(data, in_hand("cloud", places={"UA01": (31.0, 48.0)}))
    assert [(c.at, c.share, c.when.hours) for c in parsed.clouds] == [(LonLat(31, 48), 0.25, 24.0)]
    (note,) = parsed.troubles
    assert not note.outage
    assert "UA02" in note.what


def test_cloud_of_a_wide_table_is_a_row_a_place() -> None:
    """One column a place, percent; an empty value is not known and gives nothing."""
    data = b"date,harbour_cloudcover_mean,ridge_cloudcover_mean\n2031-04-20,100,\n"
    places = {"harbour": (31.0, 48.0), "ridge": (32.0, 48.0)}
    parsed = cloud.parse(data, in_hand("cloud", places=places))
    assert [(c.at.lon, c.share) for c in parsed.clouds] == [(31.0, 1.0)]


@pytest.mark.parametrize("share", ["1.01", "-0.1", "nan", "lots"])
def test_impossible_cloud_is_set_aside(share: str) -> None:
    """Cloud is a share of the sky."""
    data = f"from,to,lon,lat,cloud_share\n2031-04-20T00:00Z,2031-04-21T00:00Z,31,48,{share}\n"
    parsed = cloud.parse(data.encode(), in_hand("cloud"))
    assert (len(parsed.clouds), len(parsed.set_aside)) == (0, 1)


HOSTILE = st.one_of(
    st.text(max_size=300),
    st.tuples(st.integers(0, 138), st.characters()).map(
        lambda spoil: (f"{FIRST}\n{SECOND}"[: spoil[0]] + spoil[1] + f"{FIRST}\n{SECOND}"[spoil[0] + 1 :])
    ),
    st.tuples(st.integers(0, 66), st.sampled_from(" .-+e9")).map(
        lambda spoil: "\n".join(mended(one[: spoil[0]] + spoil[1] + one[spoil[0] + 1 :]) for one in (FIRST, SECOND))
    ),
    st.tuples(
        st.sampled_from(sorted(omm())),
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=30), st.just("1e999"),
                  st.just("0001-01-01T00:00:00+23:00"), st.lists(st.integers(), max_size=2)),
    ).map(lambda pair: json.dumps([omm() | {pair[0]: pair[1]}])),
)  # fmt: skip


@given(HOSTILE)
def test_whatever_comes_it_is_read_or_refused_in_words(text: str) -> None:
    """No input crashes the parser, and what it takes can be an orbit."""
    try:
        parsed = elements.parse(text.encode("utf-8", "surrogatepass"), in_hand("orbits"))
    except FeedChanged:
        return
    for one in parsed.orbits:
        assert 0 < one.mean_motion < 17
        assert 0 <= one.eccentricity < 1
    assert parsed.rows_read == len(parsed.orbits) + len(parsed.set_aside)


@given(st.text(max_size=200).map(lambda s: "from,to,lon,lat,cloud_share\n" + s))
def test_whatever_stands_in_a_cloud_table_it_is_read_or_refused(text: str) -> None:
    """The same for cloud: a share between 0 and 1, or a reason."""
    try:
        parsed = cloud.parse(text.encode("utf-8", "surrogatepass"), in_hand("cloud"))
    except FeedChanged:
        return
    assert all(0 <= one.share <= 1 for one in parsed.clouds)
