"""truce.toml: what is right is read as meant, what is wrong is named with its key and its mend."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import CaseError
from truceline.terms import Agreement, read_agreement

MIN, MAX = datetime(2030, 1, 1), datetime(2033, 1, 1)  # noqa: DTZ001 - hypothesis wants naive bounds
TEMPLATE = resources.files("truceline.terms").joinpath("template.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, text: str) -> Agreement:
    (tmp_path / "truce.toml").write_text(text, encoding="utf-8")
    return read_agreement(tmp_path)


def changed(old: str, new: str) -> str:
    assert old in TEMPLATE, f"the template no longer holds {old!r}"
    return TEMPLATE.replace(old, new, 1)


def test_the_template_is_a_sound_case(tmp_path: Path) -> None:
    """What `truceline init` writes can be read as it stands."""
    agreement = read(tmp_path, TEMPLATE)
    assert [p.id for p in agreement.parties] == ["alpha", "bravo"]
    assert agreement.start == datetime(2031, 4, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('status = "in_force" ', 'statsu = "in_force" ', "key 'agreement.statsu' is not known"),
        ("end = 2031-05-19T15:00:00Z", "end = 2031-04-01T15:00:00Z", "agreement.end"),
        ("start = 2031-04-19T15:00:00Z ", "start = 2031-04-19T15:00:00 ", "has no zone"),
        ("start = 2031-04-19T15:00:00Z ", "start = 2031-02-30T15:00:00Z ", "is not TOML"),
        ('time_zone = "Europe/Kyiv"', 'time_zone = "Mars/Olympus"', "not a known time zone"),
        ('time_zone = "Europe/Kyiv"', 'time_zone = "../../etc/passwd"', "not the name of a time zone"),
        ('cutoff = "19:30"', 'cutoff = "25:30"', "is not a time of day"),
        ('kind = "no_fire"', 'kind = "no_music"', "provision.1.kind"),
        ('map = "control" ', 'map = "controll" ', "ground.map: no feed 'controll'"),
        ('held_by = "alpha"', 'held_by = "gamma"', "no party 'gamma'"),
        ("tolerance_km = 3 ", "tolerance_km = nan ", "ground.tolerance_km"),
        ("sector_km = 25", "sector_km = 0", "ground.sector_km"),
        ('id = "bravo"', 'id = "alpha"', "party 'alpha' stands twice"),
        ('aliases = ["Southern", "Southmouth"]', 'aliases = ["North"]', "belongs to two parties"),
        ("sees = { fire_undetermined = 0.9 }", "sees = { fire_undetermined = 1.9 }", "feed.2.sees"),
        ("sees = { fire_undetermined = 0.9 }", "sees = { dragons = 0.9 }", "feed.2.sees"),
        (
            "sees = { fire_undetermined = 0.9 }",
            "sees = { small_arms_fire = 0.9 }",
            "no thermal sensor can see small-arms",
        ),
        ('coverage = "inbox/modis_looks.csv" ', 'reliability = "A" #', "truce.toml"),
    ],
)
def test_a_wrong_key_is_named_with_its_mend(tmp_path: Path, old: str, new: str, says: str) -> None:
    """The message holds the file, the key and what to do; the exit code says: asked wrongly."""
    with pytest.raises(CaseError) as caught:
        read(tmp_path, changed(old, new))
    assert says in str(caught.value)
    assert "truce.toml" in str(caught.value)
    assert caught.value.exit_code == 2


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Nobody has to run the program once a fault."""
    text = changed('map = "control" ', 'map = "x" ').replace('held_by = "alpha"', 'held_by = "gamma"')
    with pytest.raises(CaseError) as caught:
        read(tmp_path, text)
    assert "ground.map" in str(caught.value)
    assert "gamma" in str(caught.value)


WIRE = '\n[[feed]]\nname = "wire"\nkind = "{kind}"\npath = "inbox/wire.csv"\norigin = "{origin}"\n'


@pytest.mark.parametrize(
    ("feeds", "kind", "origin", "says"),
    [
        ('["nowhere"]', "viina", "third_party", "no feed 'nowhere'"),
        ('["wire"]', "press", "third_party", "must be of kind viina or patrol"),
        ('["wire"]', "viina", "unknown", 'origin = "third_party"'),
    ],
)
def test_a_source_speaks_through_feeds_that_can_be_its_own(
    tmp_path: Path, feeds: str, kind: str, origin: str, says: str
) -> None:
    """A feed that is none, gives no places or belongs to nobody is refused by name."""
    text = changed('aliases = ["RNA"]', f'aliases = ["RNA"]\nfeeds = {feeds}') + WIRE.format(kind=kind, origin=origin)
    with pytest.raises(CaseError, match=r"source 'Ridge News Agency'\.feeds") as caught:
        read(tmp_path, text)
    assert says in str(caught.value)


def test_one_feed_is_one_source_s_own(tmp_path: Path) -> None:
    """Two agencies cannot both speak through it."""
    text = changed('aliases = ["RNA"]', 'aliases = ["RNA"]\nfeeds = ["wire"]') + WIRE.format(
        kind="viina", origin="third_party"
    )
    assert read(tmp_path, text).sources[0].feeds == ("wire",)
    with pytest.raises(CaseError, match="own feed of 'Ridge News Agency' already"):
        read(tmp_path, text + '\n[[source]]\nname = "Coast Wire"\nfeeds = ["wire"]\n')


SECOND = '\n[[reading]]\nid = "R2"\nparty = "{party}"\nstart = {start}\nend = {end}\n'


def test_overlapping_readings_of_one_party_are_refused(tmp_path: Path) -> None:
    """A party can hold one reading at a time; two that do not overlap are its change of mind."""
    with pytest.raises(CaseError, match="overlap"):
        read(
            tmp_path, TEMPLATE + SECOND.format(party="bravo", start="2031-04-25T00:00:00Z", end="2031-04-26T00:00:00Z")
        )
    read(tmp_path, TEMPLATE + SECOND.format(party="alpha", start="2031-04-25T00:00:00Z", end="2031-04-26T00:00:00Z"))


@pytest.mark.parametrize("data", [b"\xff\xfe[agreement]", b"[[[[", b"a = " + b"[" * 5000, b"x" * 2_000_000, b""])
def test_a_broken_file_is_an_error_not_a_crash(tmp_path: Path, data: bytes) -> None:
    """Bytes that are no case are refused in words."""
    (tmp_path / "truce.toml").write_bytes(data)
    with pytest.raises(CaseError):
        read_agreement(tmp_path)


def test_a_missing_file_says_what_makes_one(tmp_path: Path) -> None:
    """The first mistake anybody makes is met with the command that mends it."""
    with pytest.raises(CaseError, match="truceline init"):
        read_agreement(tmp_path)


def test_bom_and_crlf_are_simply_read(tmp_path: Path) -> None:
    """A file saved by an office program is a file."""
    (tmp_path / "truce.toml").write_bytes(b"\xef\xbb\xbf" + TEMPLATE.replace("\n", "\r\n").encode())
    assert read_agreement(tmp_path).name == "Thirty days of silence"


def test_a_bulletin_ends_at_the_cut_off(tmp_path: Path) -> None:
    """[cut-off of D-1, cut-off of D) in the agreement's zone: 19:30 in Kyiv is 16:30 UTC in summer."""
    covers = read(tmp_path, TEMPLATE).covers(date(2031, 4, 20))
    assert covers.start == datetime(2031, 4, 19, 16, 30, tzinfo=UTC)
    assert covers.end == datetime(2031, 4, 20, 16, 30, tzinfo=UTC)


def test_a_midnight_cut_off_closes_its_own_day(tmp_path: Path) -> None:
    """The bulletin of a date is about that date, not about the day before it."""
    agreement = read(tmp_path, changed('cutoff = "19:30"', 'cutoff = "00:00"').replace("Europe/Kyiv", "UTC"))
    covers = agreement.covers(date(2031, 4, 20))
    assert covers.start == datetime(2031, 4, 20, tzinfo=UTC)
    assert covers.end == datetime(2031, 4, 21, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date(2031, 3, 30), 23), (date(2031, 10, 26), 25), (date(2031, 6, 1), 24)])
def test_daylight_saving_is_observed(tmp_path: Path, day: date, hours: int) -> None:
    """A day on which the clocks change is 23 or 25 hours long."""
    assert read(tmp_path, TEMPLATE).covers(day).hours == hours


@given(at=st.datetimes(MIN, MAX))
def test_every_moment_lies_in_exactly_one_bulletin(at: datetime) -> None:
    """Whatever the moment, the day that claims it covers it, and its neighbours do not."""
    agreement = _template()
    moment = at.replace(tzinfo=UTC)
    day = agreement.day_of(moment)
    near = [day.fromordinal(day.toordinal() + step) for step in (-1, 0, 1)]
    assert [agreement.covers(d).holds(moment) for d in near] == [False, True, False]


def _template() -> Agreement:
    with resources.as_file(resources.files("truceline.terms").joinpath("template.toml")) as file:
        return read_agreement(file)
