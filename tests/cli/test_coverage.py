"""`truceline coverage`, end to end on a small case with orbits, cloud and a thermal feed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.cases import collection, square
from truceline.cli import truceline
from truceline.feeds.orbits.elements import checksum
from truceline.terms.event_class import EventClass

CASE = """
[agreement]
name = "A small truce"
status = "in_force"
start = {year}-04-20T00:00:00Z
end = {year}-04-21T00:00:00Z
exercise = {exercise}

[[party]]
id = "alpha"
name = "North"
[[party]]
id = "bravo"
name = "South"

[ground]
map = "control"
held_by = "alpha"
borders = "borders.geojson"

[[provision]]
id = "P1"
kind = "no_fire"
text = "No fire."

[[feed]]
name = "control"
kind = "control_map"
path = "inbox/control_%Y%m%d.geojson"
publisher = "Ridge Maps"

[[feed]]
name = "viirs"
kind = "firms"
path = "inbox/viirs.csv"
coverage = "inbox/days.csv"
labels = {{ full = "00:00-24:00" }}
sees = {{ fire_undetermined = 0.5 }}
orbits = "orbits"
satellites = ["Suomi NPP"]
cloud = "cloud"

[[feed]]
name = "orbits"
kind = "orbits"
path = "inbox/orbits.tle"

[[feed]]
name = "cloud"
kind = "cloud"
path = "inbox/cloud.csv"
"""


def case(folder: Path, *, year: int = 2031, exercise: bool = True) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    (folder / "truce.toml").write_text(CASE.format(year=year, exercise=str(exercise).lower()))
    (folder / "borders.geojson").write_bytes(collection(square(-151, 42, -150, 43, name="Ostrel")))
    (inbox / f"control_{year}0420.geojson").write_bytes(collection(square(-151, 42.5, -150, 43)))
    (inbox / "viirs.csv").write_text(
        f"latitude,longitude,acq_date,acq_time,satellite,confidence,frp\n42.4,-150.5,{year}-04-20,1200,N,n,4.2\n"
    )
    (inbox / "days.csv").write_text(f"date,coverage\n{year}-04-20,full\n")
    (inbox / "cloud.csv").write_text(
        f"from,to,lon,lat,cloud_share\n{year}-04-20T00:00Z,{year}-04-21T00:00Z,-150.5,42.5,0.25\n"
    )
    lines = [
        f"1 37849U 11061A   {year % 100:02d}110.50000000  .00000100  00000-0  70000-4 0  999",
        "2 37849  98.7500 110.0000 0001500  90.0000 270.0000 14.1950000000001",
    ]
    (inbox / "orbits.tle").write_text("\n".join(["NPP", *(f"{one}{checksum(one)}" for one in lines)]) + "\n")
    return folder


def ask(*words: str | Path) -> Result:
    return CliRunner().invoke(truceline, ["coverage", *map(str, words)], prog_name="truceline")


def told(*words: str | Path) -> dict[str, Any]:
    done = ask(*words, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def of(found: dict[str, Any], event: str = "fire_undetermined") -> dict[str, Any]:
    first: dict[str, Any] = next(row for row in found["sectors"] if row["class"] == event)
    return first


def test_it_says_looks_hours_clear_share_and_chance(tmp_path: Path) -> None:
    """Per sector and class; 0 for what nothing here can see; every class of the table."""
    found = told(case(tmp_path / "c"), "--day", "2031-04-20")
    fire = of(found)
    assert fire["looks"] >= 2
    assert fire["clear_share"] == 0.75
    assert 0 < fire["observability"] <= 0.75
    assert of(found, "small_arms_fire")["observability"] == 0
    assert {row["class"] for row in found["sectors"]} == set(EventClass)
    assert found["marking"].startswith("INTERNAL")
    assert not [reason for reason in found["restrictions"] if "not known" in reason]
    assert {one["observability"] is None for one in found["by_size"]} == {False}


@pytest.mark.parametrize(
    ("feed", "looks", "chance"), [("viirs", 0, 0.0), ("orbits", None, None), ("cloud", "same", None)]
)
def test_without_a_feed_shows_what_its_loss_would_cost(
    tmp_path: Path, feed: str, looks: int | str | None, chance: float | None
) -> None:
    """Without the sensor nothing is seen; without orbits or cloud it is not known, which is not 0."""
    folder = case(tmp_path / "c")
    whole = of(told(folder, "--day", "2031-04-20"))
    fire = of(told(folder, "--day", "2031-04-20", "--without", feed))
    assert fire["looks"] == (whole["looks"] if looks == "same" else looks)
    assert fire["observability"] == chance
    assert fire["with_all_feeds"] == {name: whole[name] for name in fire["with_all_feeds"]}


def test_a_day_that_is_not_over_is_refused(tmp_path: Path) -> None:
    """Coverage ahead of time would help whoever wants to hide; an exercise's days are nobody's."""
    real = case(tmp_path / "real", year=2041, exercise=False)
    done = ask(real, "--day", "2041-04-20")
    assert done.exit_code == 2
    assert "closes at 2041-04-21T00:00Z" in done.stderr
    assert not done.stdout
    assert ask(case(tmp_path / "game", year=2041), "--day", "2041-04-20").exit_code == 0


@pytest.mark.parametrize(("feed", "said"), [("radar", "no feed 'radar'"), ("control", "is the map")])
def test_what_cannot_be_left_out_is_refused(tmp_path: Path, feed: str, said: str) -> None:
    """A feed nobody has, and the map: asked wrongly, exit 2."""
    done = ask(case(tmp_path / "c"), "--day", "2031-04-20", "--without", feed)
    assert done.exit_code == 2
    assert said in done.stderr


def test_it_fits_a_terminal_and_says_the_change(tmp_path: Path) -> None:
    """80 columns; before and after, side by side."""
    done = ask(case(tmp_path / "c"), "--day", "2031-04-20", "--without", "cloud")
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "clear 75% -> not known" in done.stdout
    assert "-> not known: fire, undetermined" in done.stdout


def test_asking_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """And running in another folder too."""
    one, two = (ask(case(tmp_path / n), "--day", "2031-04-20", "--json").stdout for n in "ab")
    assert one == two


def test_a_run_draws_the_strip_and_refuses_unsound_elements_by_name(tmp_path: Path) -> None:
    """The bulletin shows hour by hour who looked; a spoilt set leaves passes not known, with the reason on the page."""
    folder = case(tmp_path / "c")
    CliRunner().invoke(truceline, ["run", str(folder)], catch_exceptions=False)
    page = (folder / "bulletins/2031-04-20/bulletin.html").read_text(encoding="utf-8")
    assert "Who looked, sector by sector and hour by hour" in page
    assert "looked at in clear sky" in page
    tle = folder / "inbox/orbits.tle"
    tle.write_text(tle.read_text().replace("98.7500", "98.7501"))
    CliRunner().invoke(truceline, ["run", str(folder)], catch_exceptions=False)
    bulletin = json.loads((folder / "bulletins/2031-04-20/bulletin.json").read_text(encoding="utf-8"))
    orbits = next(feed for feed in bulletin["feeds"] if feed["name"] == "orbits")
    assert "NPP: line 2 ends in checksum" in orbits["set_aside"][0]["reason"]
    assert any("when Suomi NPP passed is not known" in reason for reason in bulletin["restrictions"])
    assert all(looks is None for looks in bulletin["coverage_hours"][0]["looks"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('satellites = ["Suomi NPP"]', "", "'orbits' and 'satellites' go together"),
        ('satellites = ["Suomi NPP"]', 'satellites = ["Sputnik"]', "satellite 'Sputnik' is not known"),
        ('orbits = "orbits"', 'orbits = "cloud"', "orbits = 'cloud' is no feed of kind 'orbits'"),
        ('cloud = "cloud"', 'cloud = "sky"', "cloud = 'sky' is no feed of kind 'cloud'"),
        ('coverage = "inbox/days.csv"', "", "'orbits' needs 'coverage'"),
    ],
)
def test_a_case_that_cannot_be_is_refused_naming_the_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Before anything is read."""
    folder = case(tmp_path / "c")
    file = folder / "truce.toml"
    file.write_text(file.read_text().replace(old, new))
    done = ask(folder, "--day", "2031-04-20")
    assert done.exit_code == 2
    assert said in done.stderr


def test_page_one_complains_of_no_orbits_and_no_cloud_only_where_there_are_none(tmp_path: Path) -> None:
    """With both, the reasons for no quiet are others; without either, each is named."""

    def reasons(folder: Path) -> str:
        CliRunner().invoke(truceline, ["run", str(folder)], catch_exceptions=False)
        return " ".join(
            json.loads((folder / "bulletins/2031-04-20/bulletin.json").read_text(encoding="utf-8"))["reasons"]
        )

    folder = case(tmp_path / "c")
    assert "orbit elements" not in reasons(folder)
    assert "no cloud data" not in reasons(folder)
    (folder / "truce.toml").write_text(
        (folder / "truce.toml")
        .read_text()
        .replace('orbits = "orbits"\nsatellites = ["Suomi NPP"]\ncloud = "cloud"\n', "")
    )
    assert "no orbit elements" in reasons(folder)
    assert "no cloud data" in reasons(folder)
