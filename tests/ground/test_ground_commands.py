"""`line`, `territory` and `claim` as other programs call them: JSON, files written, errors with their mend."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.ground.fiction import DAY, collection, rectangle
from truceline.cli import truceline


def ask(*words: object) -> Result:
    return CliRunner().invoke(truceline, [str(word) for word in words], prog_name="truceline")


def told(*words: object) -> dict:  # type: ignore[type-arg]
    result = ask(*words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def maps(tmp_path: Path) -> Path:
    """Twelve days of a map in the east of Ukraine; the front goes 0.01 degrees west a day."""
    folder = tmp_path / "maps"
    folder.mkdir()
    for n in range(12):
        day = DAY + timedelta(days=n)
        ring = rectangle(36.0 - n * 0.01, 48.0, 37.5, 49.0)
        (folder / f"control_{day:%Y%m%d}.geojson").write_bytes(collection([ring]))
    return folder


def test_a_line_keeps_its_kilometres(maps: Path, tmp_path: Path) -> None:
    """The first day's line is kept, and later maps are counted along it: sectors begin and end where they did."""
    files = sorted(maps.iterdir())
    reference, picture = tmp_path / "reference.geojson", tmp_path / "line.svg"
    first = told("line", files[0], "--write-reference", reference, "--svg", picture, "--json")
    last = told("line", files[-1], "--reference", reference, "--rebase", reference, "--json")
    ends = [[(s["sector"], s["from_km"], s["to_km"]) for s in one["sectors"]] for one in (first, last)]
    assert ends[0] == ends[1]
    assert last["reference"] == "the line of reference.geojson"
    assert all(
        row["old_km"] == pytest.approx(row["new_km"], abs=1e-3) for row in last["rebased"][1:-1]
    )  # its end is its start: the box is closed
    assert picture.read_text(encoding="utf-8").startswith("<?xml")


def test_a_series_is_told_day_by_day_and_compared_once(maps: Path, tmp_path: Path) -> None:
    """Eleven steps; the second run compares nothing; a map that comes later is one more step; bytes stay the same."""
    keep, picture = tmp_path / "series.parquet", tmp_path / "months.svg"
    first = told("territory", maps, "--keep", keep, "--svg", picture, "--json")
    assert (first["maps"], first["compared_now"], len(first["days"])) == (12, 11, 11)
    kept = keep.read_bytes()
    again = told("territory", maps, "--keep", keep, "--json")
    assert again["compared_now"] == 0
    assert again["days"] == first["days"]
    assert keep.read_bytes() == kept
    new = maps / f"control_{DAY + timedelta(days=12):%Y%m%d}.geojson"
    new.write_bytes(collection([rectangle(35.88, 48.0, 37.5, 49.0)]))
    assert told("territory", maps, "--keep", keep, "--json")["compared_now"] == 1
    assert "month by month" in picture.read_text(encoding="utf-8")


def test_a_changed_map_is_compared_again(maps: Path, tmp_path: Path) -> None:
    """A publisher replaces a day's map: both its steps are compared anew, the others are not."""
    keep = tmp_path / "series.parquet"
    told("territory", maps, "--keep", keep, "--json")
    sorted(maps.iterdir())[5].write_bytes(collection([rectangle(35.9, 48.0, 37.5, 49.0)]))
    assert told("territory", maps, "--keep", keep, "--json")["compared_now"] == 2


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("territory",), 2, "MAP_A MAP_B"),
        (("line", "{map}", "--only", "status"), 2, "is not property=value"),
        (("line", "{map}", "--reference", "{map}"), 2, "no feature is a LineString"),
        (("line", "{map}", "--country", "Sudan"), 1, "lies in Ukraine, not in Sudan"),
        (("territory", "{folder}", "--keep", "{map}"), 2, "is no Parquet file"),
        (("claim", "{folder}", "--text", "a 400 km front line"), 2, "--said-on"),
        (("claim", "{folder}"), 2, "truce.toml"),
    ],
)
def test_errors_say_what_to_do(maps: Path, words: tuple[str, ...], code: int, said: str) -> None:
    """A source that cannot be used is 1, what the asker can mend is 2, and the words name what is wrong."""
    one = sorted(maps.iterdir())[0]
    result = ask(*(word.format(map=one, folder=maps) for word in words))
    assert result.exit_code == code, result.output
    assert said in result.output


CASE = """
[agreement]
name = "Thirty days of silence"
status = "in_force"
start = 2031-04-19T15:00:00Z
end = 2031-05-19T15:00:00Z

[[party]]
id = "alpha"
name = "North"

[[party]]
id = "bravo"
name = "South"

[ground]
map = "control"
held_by = "alpha"
countries = ["Ukraine"]

[[provision]]
id = "P1"
kind = "no_fire"
text = "No fire."

[[feed]]
name = "control"
kind = "control_map"
path = "control_%Y%m%d.geojson"
publisher = "Atlas"

[[feed]]
name = "news"
kind = "press"
path = "story.txt"
published = 2031-04-21

[[claim]]
id = "length"
text = "A more than 300-kilometre front line runs through the country."
said_on = 2031-04-20
"""


def test_claims_of_a_case_and_of_its_texts(maps: Path, tmp_path: Path) -> None:
    """The case's own sentence and the one its text says, each with verdict and figures; a picture of both."""
    (maps / "truce.toml").write_text(CASE, encoding="utf-8")
    (maps / "story.txt").write_text("Quiet, he said. They watch a 300-mile line of contact now.\n", encoding="utf-8")
    picture = tmp_path / "claims.svg"
    result = ask("claim", maps, "--from-texts", "--json", "--svg", picture)
    assert result.exit_code == 0, result.output
    own, text = (json.loads(line) for line in result.stdout.splitlines())
    assert (own["id"], own["verdict"]) == ("length", "holds")
    assert {f["what"] for f in own["checked"][0]["figures"] if f["votes"]} == {"line at 3 km", "line at 5 km"}
    assert (text["text"], text["verdict"]) == ("They watch a 300-mile line of contact now.", "does not hold")
    assert "story.txt, letters" in text["source"]
    assert "DOES NOT HOLD" in picture.read_text(encoding="utf-8")
    assert "Atlas alone" in ask("claim", maps).stdout


def test_a_map_that_cannot_be_read_is_told_with_the_verdict(maps: Path) -> None:
    """The map of the day is cut off: the verdict rests on an older one and says which file was not read."""
    (maps / "truce.toml").write_text(CASE, encoding="utf-8")
    (maps / "story.txt").write_text("Nothing.\n", encoding="utf-8")
    (maps / f"control_{DAY + timedelta(days=1):%Y%m%d}.geojson").write_bytes(
        collection([rectangle(36, 48, 37, 49)])[:90]
    )
    said = json.loads(ask("claim", maps, "--json").stdout)
    assert said["verdict"] == "holds"
    assert "Not read: " in said["note"]
    assert "cut off" in said["note"]
