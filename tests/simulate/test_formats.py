"""The files look to a parser like the real ones: same columns, same order, same oddities."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from truceline.ground.borders import from_geojson
from truceline.simulate.press import PressDay, stories
from truceline.simulate.theatre import COUNTRY, PLACES, place_of, point_at
from truceline.simulate.truth import Truth
from truceline.spacetime import LonLat
from truceline.statements.statement import Position

# First lines of the real files, as their publishers write them.
FIRMS = (
    "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight"
)
VIINA = b'\xef\xbb\xbf"datetime","lon","lat","place_name","event_type","headline"\n'


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


def test_firms_columns_are_the_real_ones(world: Path) -> None:
    """Header letter for letter; values within what the product can say; times padded and not."""
    file = world / "inbox/modis.csv"
    assert file.read_text().splitlines()[0] == FIRMS
    got = rows(file)
    assert len(got) > 60
    assert {row["satellite"] for row in got} == {"A", "T"}
    assert {row["version"] for row in got} == {"6.1NRT"}
    assert {row["daynight"] for row in got} == {"D", "N"}
    assert all(0 <= int(row["confidence"]) <= 100 for row in got)
    assert all(250 < float(row["bright_t31"]) < float(row["brightness"]) < 400 for row in got)
    assert all(re.fullmatch(r"\d{1,4}", row["acq_time"]) for row in got)


@pytest.mark.parametrize("name", ["posts", "press_events", "claims"])
def test_report_columns_are_those_of_viina(world: Path, name: str) -> None:
    """Byte-order mark, quoted header, local time; every label is one the extracts use."""
    file = world / f"inbox/{name}.csv"
    assert file.read_bytes().startswith(VIINA)
    got = rows(file)
    assert all(re.fullmatch(r"2031-\d\d-\d\d \d\d:\d\d:\d\d", row["datetime"]) for row in got)
    assert {row["event_type"] for row in got} <= {"", "artillery", "firefighb", "uav"}


def test_news_rows_copy_and_leave_the_clock_out(world: Path) -> None:
    """Forty rows tell one agency's story, at several places; some rows know only their day."""
    got = rows(world / "inbox/press_events.csv")
    copies = [row for row in got if row["headline"].startswith("Ridge News Agency: shelling heard near Velm")]
    assert len(copies) == 40
    assert len({row["place_name"] for row in copies}) > 1
    assert any(row["datetime"].endswith("00:00:00") for row in copies)


def test_the_dead_feed_left_nothing(world: Path) -> None:
    """truce.toml declares posts_east; neither its rows nor its watches ever arrived."""
    assert 'name = "posts_east"' in (world / "truce.toml").read_text()
    assert not list(world.glob("inbox/posts_east*"))


def test_control_map_is_one_multipolygon_a_day(world: Path, truth: Truth) -> None:
    """A FeatureCollection of one MultiPolygon with CRS84, redrawn a little every day."""
    seen = []
    for day in truth.days:
        name = f"control_{day:%Y%m%d}"
        got = json.loads((world / f"inbox/{name}.geojson").read_text())
        assert (got["type"], got["name"]) == ("FeatureCollection", name)
        assert got["crs"]["properties"]["name"] == "urn:ogc:def:crs:OGC:1.3:CRS84"
        (feature,) = got["features"]
        assert feature["geometry"]["type"] == "MultiPolygon"
        rings = [ring for polygon in feature["geometry"]["coordinates"] for ring in polygon]
        assert all(ring[0] == ring[-1] for ring in rings)
        seen.append(rings[0])
    assert len({json.dumps(ring) for ring in seen}) == len(seen)


def test_borders_can_be_read_and_hold_every_place(world: Path, truth: Truth) -> None:
    """The island is one country, and every town lies on it."""
    borders = from_geojson((world / "borders.geojson").read_bytes())
    line = tuple(LonLat(lon, lat) for lon, lat in truth.lines[0].vertices)
    assert {borders.country_at(place_of(line, place)) for place in PLACES} == {COUNTRY}


def test_looks_and_watches_have_explicit_intervals(world: Path, truth: Truth) -> None:
    """Four passes a day; under the cloud nothing is clear; no watch reaches into the clouded stretch's middle."""
    looks = rows(world / "inbox/modis_looks.csv")
    assert list(looks[0]) == ["from", "to", "west", "south", "east", "north", "looks", "clear_share", "kind"]
    assert len({row["from"] for row in looks}) == 4 * len(truth.days)
    ((west, east),) = truth.clouded
    middle = (west + east) / 2
    over = [row for row in looks if float(row["west"]) <= middle <= float(row["east"])]
    assert over
    assert {row["clear_share"] for row in over} == {"0.00"}
    watches = rows(world / "inbox/posts_watch.csv")
    assert list(watches[0]) == ["from", "to", "west", "south", "east", "north", "kind"]
    assert not [row for row in watches if float(row["west"]) <= middle <= float(row["east"])]


def test_watched_stretches_are_watched_without_a_gap(world: Path, truth: Truth) -> None:
    """At every km of the watched stretches some post is on watch, day and night, up to the last cut-off."""
    watches = rows(world / "inbox/posts_watch.csv")
    starts = {row["from"] for row in watches}
    assert len(starts) == 3 * len(truth.days) + 1
    line = tuple(LonLat(lon, lat) for lon, lat in truth.lines[-1].vertices)
    for start in starts:
        boxes = [
            tuple(float(row[side]) for side in ("west", "south", "east", "north"))
            for row in watches
            if row["from"] == start
        ]
        for km in [*range(0, 128, 2), *range(178, 253, 2)]:
            at = point_at(line, km)
            assert any(w <= at.lon <= e and s <= at.lat <= n for w, s, e, n in boxes), (start, km)


def test_planted_sentences_stand_in_their_files(texts: dict[str, str], truth: Truth) -> None:
    """Every planted statement and tally is in its file once, to the letter."""
    for said in (*truth.statements, *truth.tallies):
        assert texts[said.document].count(said.words) == 1


def every_story() -> list[PressDay]:
    return [one for seed in range(12) for one in stories(seed, 12)]


def test_press_uses_every_position_it_knows_and_no_other() -> None:
    """Positions are those of the statements room; over some seeds each template's position is used."""
    used = {said.position for one in every_story() for said in one.statements}
    assert used <= {str(position) for position in Position}
    assert {"denies", "neither_confirms_nor_denies", "accuses", "acknowledges", "promises", "conditions"} <= used


def test_furniture_is_no_statement() -> None:
    """No title, caption or widget holds a planted sentence, and none is left with a gap to fill."""
    for one in every_story():
        assert not [line for line in one.furniture for said in one.statements if said.words in line]
        assert "{" not in one.text
