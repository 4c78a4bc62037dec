"""The door: exit codes, errors in words, and hostile input that is shown instead of swallowed."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.cases import collection, square
from truceline.cli import truceline

CASE = """
[agreement]
name = "A small truce"
status = "in_force"
start = 2031-04-20T00:00:00Z
end = 2031-04-21T00:00:00Z
exercise = true

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

[[source]]
name = "RNA"
reliability = "B"

[[feed]]
name = "control"
kind = "control_map"
path = "inbox/control_%Y%m%d.geojson"
publisher = "Ridge Maps"

[[feed]]
name = "modis"
kind = "firms"
path = "inbox/modis.csv"

[[feed]]
name = "reports"
kind = "viina"
path = "inbox/reports.csv"
time_zone = "UTC"

[[feed]]
name = "press"
kind = "press"
path = "inbox/press_%Y%m%d.txt"
"""
REPORTS = (
    '"datetime","lon","lat","place_name","event_type","headline"\n'
    '"2031-04-20 12:00:00","-150.5","42.5","Velm","artillery","RNA: shelling near Velm"\n'
)
FIRES = "latitude,longitude,acq_date,acq_time,satellite,confidence\n42.45,-150.2,2031-04-20,1140,T,92\n"
MAP = collection(square(-151, 42.5, -150, 43))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A square island, one counted shelling, one fire."""
    place = tmp_path / "case"
    (place / "inbox").mkdir(parents=True)
    (place / "truce.toml").write_text(CASE, encoding="utf-8")
    (place / "borders.geojson").write_bytes(collection(square(-151, 42, -150, 43, name="Ostrel")))
    (place / "inbox" / "control_20310420.geojson").write_bytes(MAP)
    (place / "inbox" / "modis.csv").write_text(FIRES, encoding="utf-8")
    (place / "inbox" / "reports.csv").write_text(REPORTS, encoding="utf-8")
    (place / "inbox" / "press_20310420.txt").write_text("Talks\n\nNorth denied shelling Velm.\n", encoding="utf-8")
    return place


def call(*words: object) -> Result:
    return CliRunner().invoke(truceline, [str(word) for word in words])


def bulletin(case: Path, day: str = "2031-04-20") -> dict[str, Any]:
    read: dict[str, Any] = json.loads((case / "bulletins" / day / "bulletin.json").read_text(encoding="utf-8"))
    return read


def feed(case: Path, name: str) -> dict[str, Any]:
    (found,) = [f for f in bulletin(case)["feeds"] if f["name"] == name]
    return dict(found)


def test_a_run_writes_the_bulletin_and_says_where(case: Path) -> None:
    """Exit 0; stdout holds the pages, one a line; all five files are there."""
    done = call("run", case)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(case / "bulletins" / "2031-04-20" / "bulletin.html")
    names = {p.name for p in (case / "bulletins" / "2031-04-20").iterdir()}
    assert names >= {"bulletin.html", "bulletin.json", "incidents.geojson", "sector_days.csv", "statements.jsonl"}
    assert bulletin(case)["totals"]["incidents"]["counted"] == 1
    assert json.loads(call("run", case, "--json").stdout) == {"bulletins": [str(case / "bulletins" / "2031-04-20")]}


BROKEN: list[tuple[str, bytes | None, str]] = [
    ("modis.csv", None, "is not there"),
    ("modis.csv", b"", "is empty, not even a header"),
    ("modis.csv", FIRES.split("\n")[0].encode() + b"\n", "a header and no rows"),
    ("modis.csv", FIRES.replace(",", ";").encode(), "separated by semicolon"),
    ("modis.csv", b"\xff\xfe\x00\x01" * 50, "NUL bytes"),
    ("modis.csv", FIRES.replace("42.45", "NaN").encode(), "none of its 1 rows"),
    ("reports.csv", None, "is not there"),
    ("reports.csv", b"<html>404 not found</html>", "is missing from"),
    ("control_20310420.geojson", MAP[:80], ""),
    ("control_20310420.geojson", b"[" * 100_000, ""),
    ("control_20310420.geojson", collection(), ""),
    ("press_20310420.txt", b"", "is empty"),
]


@pytest.mark.parametrize(("name", "data", "says"), BROKEN, ids=[f"{name}-{n}" for n, (name, _, _) in enumerate(BROKEN)])
def test_a_broken_feed_is_failed_on_page_one_and_the_run_goes_on(
    case: Path, name: str, data: bytes | None, says: str
) -> None:
    """Missing, empty, truncated, of another form: exit 0, the feed is failed with the reason, nothing is quiet."""
    file = case / "inbox" / name
    file.unlink() if data is None else file.write_bytes(data)
    done = call("run", case)
    assert done.exit_code == 0, done.output
    kind = {"modis.csv": "modis", "reports.csv": "reports", "press_20310420.txt": "press"}.get(name, "control")
    got = feed(case, kind)
    assert got["state"] == "failed"
    assert says in " ".join(t["what"] for t in got["troubles"])
    assert not [row for row in bulletin(case)["sector_days"] if row["state"] == "quiet"]
    page = (case / "bulletins" / "2031-04-20" / "bulletin.html").read_text(encoding="utf-8")
    assert "failed" in page


def test_a_bad_row_is_counted_and_shown_with_its_line(case: Path) -> None:
    """The feed is partial, the row is set aside with line and reason, the good rows are used."""
    (case / "inbox" / "reports.csv").write_text(
        REPORTS + '"yesterday","-150.5","42.5","Velm","artillery","x"\n', encoding="utf-8"
    )
    assert call("run", case).exit_code == 0
    got = feed(case, "reports")
    assert (got["state"], got["rows_set_aside"], got["set_aside"][0]["line"]) == ("partial", 1, 3)
    assert bulletin(case)["totals"]["incidents"]["counted"] == 1


def test_the_second_run_finishes_what_the_first_could_not(case: Path) -> None:
    """A feed that comes late is used by the next run; nothing has to be deleted for it."""
    late = case / "inbox" / "reports.csv"
    data = late.read_bytes()
    late.unlink()
    call("run", case)
    assert bulletin(case)["totals"]["incidents"]["counted"] == 0
    late.write_bytes(data)
    call("run", case)
    assert bulletin(case)["totals"]["incidents"]["counted"] == 1


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_a_script_in_a_headline_is_text(case: Path) -> None:
    """What a source writes is shown, never run."""
    (case / "inbox" / "reports.csv").write_text(REPORTS.replace("near Velm", SCRIPT), encoding="utf-8")
    assert call("run", case).exit_code == 0
    page = (case / "bulletins" / "2031-04-20" / "bulletin.html").read_text(encoding="utf-8")
    tags = _Tags()
    tags.feed(page)
    assert "script" not in tags.tags
    assert "img" not in tags.tags
    assert not [name for name in tags.attributes if name.startswith("on")]
    assert "&lt;script&gt;" in page


def test_a_formula_in_a_cell_is_text(case: Path) -> None:
    """A spreadsheet that opens our CSV runs nothing of a source's."""
    (case / "truce.toml").write_text(
        CASE.replace('name = "modis"', 'name = "modis"\npublisher = "=cmd|x"'), encoding="utf-8"
    )
    (case / "inbox" / "modis.csv").unlink()
    assert call("run", case).exit_code == 0
    with (case / "bulletins" / "2031-04-20" / "sector_days.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('status = "in_force"', 'statsu = "in_force"', "key 'agreement.statsu' is not known"),
        ("end = 2031-04-21", "end = 2031-04-19", "is not after"),
        ('path = "inbox/modis.csv"', 'path = "../../etc/passwd"', "leads outside the case"),
        ('path = "inbox/modis.csv"', 'path = "/etc/passwd"', "leads outside the case"),
        ('kind = "firms"', 'kind = "fortunes"', "kind 'fortunes' is not known"),
        ('borders = "borders.geojson"', 'borders = "none.geojson"', "is not there"),
    ],
)
def test_a_wrong_case_is_asked_wrongly(case: Path, old: str, new: str, says: str) -> None:
    """Exit 2, one line on stderr with file, key and mend, no traceback, nothing on stdout."""
    (case / "truce.toml").write_text(CASE.replace(old, new), encoding="utf-8")
    done = call("run", case)
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.startswith("Error: ")
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unwritable_folder_could_not(case: Path) -> None:
    """Exit 1 with the mend. A file where the folder should be stops root too."""
    (case / "bulletins").write_text("in the way")
    done = call("run", case)
    assert done.exit_code == 1
    assert "Error: " in done.stderr
    assert "bulletins" in done.stderr


def test_a_broken_ledger_could_not(case: Path) -> None:
    """Exit 1: without the ledger nothing may go on."""
    (case / "ledger").mkdir()
    (case / "ledger" / "ledger.sqlite").write_bytes(b"no database" * 500)
    done = call("run", case)
    assert done.exit_code == 1
    assert "Restore" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--day", "2031-04-20", "--from", "2031-04-20"],
        ["--from", "2031-04-20"],
        ["--from", "2031-04-21", "--to", "2031-04-20"],
        ["--day", "the 20th"],
    ],
)
def test_days_asked_wrongly(case: Path, words: list[str]) -> None:
    """Exit 2 and a usage line."""
    assert call("run", case, *words).exit_code == 2


def test_a_day_that_is_not_over_is_refused(case: Path) -> None:
    """Nothing is told of days ahead, exercises excepted."""
    real = CASE.replace("exercise = true", "exercise = false").replace("2031", "2150")
    (case / "truce.toml").write_text(real, encoding="utf-8")
    done = call("run", case)
    assert done.exit_code == 2
    assert "closes at" in done.stderr


def test_as_known_before_anything_was_available_nothing_is_known(case: Path) -> None:
    """With a cut-off, what has no declared availability is left out, and the feeds say so."""
    assert call("run", case, "--as-known-at", "2031-04-20T12:00Z").exit_code == 0
    got = bulletin(case)
    assert got["as_known_at"] == "2031-04-20T12:00Z"
    assert {f["state"] for f in got["feeds"]} == {"failed"}
    assert "not available at the cut-off" in json.dumps(got["feeds"])


def test_init_makes_a_case_and_never_touches_one(tmp_path: Path) -> None:
    """The written file is commented; a second call could not."""
    assert call("init", tmp_path / "new").exit_code == 0
    text = (tmp_path / "new" / "truce.toml").read_text(encoding="utf-8")
    assert text.count("#") > 10
    (tmp_path / "new" / "truce.toml").write_text("mine")
    done = call("init", tmp_path / "new")
    assert done.exit_code == 1
    assert (tmp_path / "new" / "truce.toml").read_text() == "mine"


def test_statements_give_one_object_a_line(tmp_path: Path) -> None:
    """The keys other programs call for; every span is the raw text's slice, CRLF and BOM included."""
    raw = (
        "\ufeffTalks go on\r\n\r\nThe South said on Friday it could neither confirm nor deny whether it had fired.\r\n"
    )
    file = tmp_path / "story.txt"
    file.write_bytes(raw.encode())
    done = call("statements", file, "--json")
    assert done.exit_code == 0, done.output
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    keys = "id parent document root source cue content speaker role party about_party position proposition said_at confidence"
    for row in rows:
        assert set(keys.split()) <= set(row)
        assert " … ".join(raw[a:b] for a, b in row["content"]) == row["quote"]
    assert {row["position"] for row in rows} == {"neither_confirms_nor_denies"}


def test_demo_refuses_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    """It deletes nothing it did not make."""
    (tmp_path / "precious.txt").write_text("mine")
    done = call("demo", "--out", tmp_path)
    assert done.exit_code == 1
    assert (tmp_path / "precious.txt").read_text() == "mine"


def test_ctrl_c_says_what_to_do(case: Path) -> None:
    """Exit 1, one line, no traceback; the next run finishes."""
    code = (
        "import truceline.watch as w\n"
        "def stop(*a, **k): raise KeyboardInterrupt\n"
        "w.collect = stop\n"
        "import sys; sys.argv = ['truceline', 'run', sys.argv[1]]\n"
        "from truceline.cli import main; main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(case)], capture_output=True, text=True, timeout=60, check=False, env=os.environ
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "run the same command again" in done.stderr
    assert call("run", case).exit_code == 0


def script(*words: object) -> subprocess.CompletedProcess[str]:
    """The installed command, as a shell would call it."""
    command = [str(Path(sys.executable).parent / "truceline"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_installed_command_exits_as_it_should(case: Path, tmp_path: Path) -> None:
    """0 done, 1 could not, 2 asked wrongly: through the real program, not only through the test runner."""
    assert script("--help").returncode == 0
    assert script("nonsense").returncode == 2
    assert script("init", case).returncode == 1
    (case / "truce.toml").write_text("nonsense = 1", encoding="utf-8")
    done = script("run", case)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")


def test_only_the_map_that_is_named_draws_the_line(case: Path) -> None:
    """Another publisher's map beside it, even one that comes first in the alphabet, changes nothing."""
    call("run", case)
    before = bulletin(case)["line"]
    other = '\n[[feed]]\nname = "atlas"\nkind = "control_map"\npath = "inbox/atlas_%Y%m%d.geojson"\norigin = "party"\nparty = "bravo"\npublisher = "Aaa"\n'
    (case / "truce.toml").write_text(CASE + other, encoding="utf-8")
    (case / "inbox" / "atlas_20310420.geojson").write_bytes(collection(square(-151, 42.7, -150, 43)))
    assert call("run", case).exit_code == 0
    assert bulletin(case)["line"] == before
    (case / "truce.toml").write_text(CASE.replace('map = "control"', 'map = "press"'), encoding="utf-8")
    assert "is no control_map" in call("run", case).stderr


def test_a_file_put_back_is_used_again(case: Path) -> None:
    """Damaged, then restored: the third run gives what the first gave."""
    file = case / "inbox" / "reports.csv"
    whole = file.read_bytes()
    call("run", case)
    first = bulletin(case)
    file.write_bytes(whole.split(b"\n")[0] + b"\n")
    call("run", case)
    assert bulletin(case) != first
    file.write_bytes(whole)
    call("run", case)
    assert bulletin(case) == first


def test_coordinates_in_a_headline_are_withheld(case: Path) -> None:
    """No output holds a position finer than the cell, in numbers or in words."""
    (case / "inbox" / "reports.csv").write_text(
        REPORTS.replace("near Velm", "at 42.03203N 150.58514W"), encoding="utf-8"
    )
    assert call("run", case).exit_code == 0
    for file in (case / "bulletins" / "2031-04-20").iterdir():
        text = file.read_text(encoding="utf-8")
        assert "42.03203" not in text
        assert "150.58514" not in text


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("start = 2031-04-20T00:00:00Z", "start = 5", "agreement.start"),
        ("end = 2031-04-21T00:00:00Z", "end = 9999-12-31T00:00:00Z", "outside 1900..2200"),
        ('status = "in_force"', 'status = "in_force"\ntime_zone = "Etc"', "not a known time zone"),
        ('borders = "borders.geojson"', 'borders = "borders.geojson"\ntolerance_km = 500', "tolerance_km"),
        ('borders = "borders.geojson"', 'borders = "borders.geojson"\ncountries = ["Nowhere"]', "Nowhere"),
        ('kind = "no_fire"', 'kind = "no_fire"\nclasses = []', "classes"),
        ('name = "RNA"', 'name = "RNA"\naliases = ["*"]', "names nothing"),
        ('path = "inbox/modis.csv"', f'path = "{"x" * 5000}"', "feed.2.path"),
        ("exercise = true", f"exercise = true\ngrid_deg = {'9' * 5000}", "is not TOML"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(case: Path, old: str, new: str, says: str) -> None:
    """No traceback, whatever stands in the case file."""
    (case / "truce.toml").write_text(CASE.replace(old, new), encoding="utf-8")
    done = script("run", case)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_day_out_of_reach_is_asked_wrongly(case: Path) -> None:
    """The calendar has ends."""
    for day in ("0001-01-01", "9999-12-31"):
        assert call("run", case, "--day", day).exit_code == 2


def test_nothing_that_is_not_ours_is_written_over(tmp_path: Path) -> None:
    """A real case is safe from `simulate`, and a folder with a stranger's file from `demo`."""
    call("init", tmp_path / "real")
    text = (tmp_path / "real" / "truce.toml").read_text(encoding="utf-8")
    assert call("simulate", "--seed", 1, "--days", 1, "--out", tmp_path / "real").exit_code == 1
    assert call("demo", "--out", tmp_path / "real").exit_code == 1
    assert (tmp_path / "real" / "truce.toml").read_text(encoding="utf-8") == text
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "truth.json").write_text("{}")
    (tmp_path / "mine" / "precious.txt").write_text("mine")
    assert call("demo", "--out", tmp_path / "mine").exit_code == 1
    assert (tmp_path / "mine" / "precious.txt").read_text() == "mine"


def test_change_answers_or_says_why_not(tmp_path: Path) -> None:
    """`change` gives a ratio with an interval per observed sector-hour, and refuses where the watch is not known."""
    from truceline.simulate import simulate

    place = tmp_path / "world"
    simulate(5, 24, place)
    ask = ["change", str(place), "--at", "2031-09-15", "--before", "8", "--after", "8", "--json"]
    done = CliRunner().invoke(truceline, ask)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["refused"] is None
    assert told["interval"]["low"] <= told["ratio"] <= told["interval"]["high"]
    assert told["before"]["days_known"] == 8
    assert told["before"]["observed_sector_hours"] > 0
    (place / "inbox" / "posts.csv").unlink(missing_ok=True)
    for file in (place / "inbox").glob("patrol*"):
        file.unlink()
    blind = tmp_path / "blind"
    blind.mkdir()
    for name in ("truce.toml", "borders.geojson"):
        (blind / name).write_bytes((place / name).read_bytes())
    done = CliRunner().invoke(truceline, ["change", str(blind), *ask[2:-1]])
    assert done.exit_code == 0, done.output
    assert "No comparison: only 0 of the 8 days before are known well enough" in done.stdout
    assert CliRunner().invoke(truceline, [*ask, "--class", "noise"]).exit_code == 2


def test_positions_are_told_drawn_and_given_as_lines(case: Path, tmp_path: Path) -> None:
    """A table for people, a line a proposition for programs, a drawing; an id nobody has is a wrong question."""
    drawn = tmp_path / "positions.svg"
    shown = call("positions", case, "--all", "--svg", drawn)
    assert shown.exit_code == 0, shown.output
    assert "denies" in shown.output
    assert all(len(line) <= 80 for line in shown.output.splitlines())
    assert "shelling Velm" in drawn.read_text(encoding="utf-8")
    (row,) = [json.loads(line) for line in call("positions", case, "--json").stdout.splitlines()]
    assert (row["predicate"], row["event_class"], row["places"]) == ("shelling", "shelling", ["Velm"])
    assert row["held"][0]["position"] == "denies"
    assert call("positions", case, "--proposition", row["id"][:8]).exit_code == 0
    assert call("positions", case, "--proposition", "nothing").exit_code == 2
    assert call("positions", case, "--svg", tmp_path / "no" / "such" / "place.svg").exit_code == 1
