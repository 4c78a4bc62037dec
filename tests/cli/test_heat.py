"""`truceline heat` from files to files: fit, score, evaluate, register, season."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.observations.heat_years import FIRST_YEAR, WORKS, peace
from truceline.cli import truceline
from truceline.observations.heat import Hits


def write(file: Path, hits: Hits) -> Path:
    rows = ["latitude,longitude,acq_date,acq_time,satellite,confidence"]
    rows += [
        f"{lat:.5f},{lon:.5f},{np.datetime64(int(day), 'D')},1130,N,n"
        for lat, lon, day in zip(hits.lat, hits.lon, hits.day, strict=True)
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("heat")
    whole = peace(4)
    for n in range(4):
        year = FIRST_YEAR + n
        first, last = (int(np.datetime64(f"{y}-01-01", "D").astype(int)) for y in (year, year + 1))
        write(folder / f"{year}.csv", whole.where((whole.day >= first) & (whole.day < last)))
    write(folder / "next.csv", peace(1, seed=2, first=FIRST_YEAR + 4))
    said = CliRunner().invoke(truceline, ["heat", "fit", *_years(folder), "--out", str(folder / "m.npz"), "--json"])
    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    assert (told["years"], told["static_sources"], told["rows_refused"]) == ([2001, 2002, 2003, 2004], 1, 0)
    assert told["streams"] == [{"name": "Suomi NPP", "share": 1.0}]
    return folder


def _years(folder: Path) -> list[str]:
    return [str(folder / f"{FIRST_YEAR + n}.csv") for n in range(4)]


def ask(*words: str) -> str:
    said = CliRunner().invoke(truceline, ["heat", *words])
    assert said.exit_code == 0, said.output
    return said.stdout


def test_every_row_is_scored_once_and_says_why(place: Path) -> None:
    """One JSON object a detection, in the order of the file, alike in a cell-day; at most a twentieth flagged, about."""
    rows = [
        json.loads(line) for line in ask("score", str(place / "m.npz"), str(place / "next.csv"), "--json").splitlines()
    ]
    assert [row["row"] for row in rows] == list(range(1, len(rows) + 1))
    assert set(rows[0]) == {"row", "cell", "date", "p_ordinary", "flagged", "reasons"}
    votes = {(row["cell"], row["date"]): (row["p_ordinary"], row["flagged"]) for row in rows}
    assert all(votes[row["cell"], row["date"]] == (row["p_ordinary"], row["flagged"]) for row in rows)
    assert all(0 < p <= 1 for p, _ in votes.values())
    assert 0.005 < np.mean([flagged for _, flagged in votes.values()]) < 0.08
    reasons = [reason for row in rows for reason in row["reasons"]]
    for part in ("expected ", "the day around it ", "season ", "of the 7 days before", "static source S0001"):
        assert any(part in reason for reason in reasons), part


def test_scoring_twice_gives_the_same_bytes(place: Path) -> None:
    """Nothing is drawn by chance."""
    command = ("score", str(place / "m.npz"), str(place / "next.csv"), "--json")
    assert ask(*command) == ask(*command)
    assert "Flagged at p_ordinary" in ask(*command[:-1])


def test_each_year_is_told_with_what_it_was_judged_beside(place: Path) -> None:
    """A year given to judge is never printed without the peaceful ones."""
    told = json.loads(
        ask("evaluate", *_years(place), "--judge", str(place / "next.csv"), "--box", "west=30,46,31.5,48", "--json")
    )
    assert [one["year"] for one in told["left_out"]] == [2001, 2002, 2003, 2004]
    assert [one["year"] for one in told["judged"]] == [2005]
    assert set(told["left_out"][0]["shares"]) == {"all", "west"}
    text = ask("evaluate", *_years(place))
    assert "each year judged by the others" in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_register_can_be_corrected(place: Path) -> None:
    """A source a monitor adds is not judged; one struck out is left out of the next fit."""
    csv = ask("register", str(place / "m.npz"))
    assert csv.splitlines()[1].startswith(f"S0001,{WORKS[0]:.2f},{WORKS[1]:.2f}")
    (place / "r.csv").write_text(csv.replace(",yes,", ",no,"), encoding="utf-8")
    told = json.loads(
        ask("fit", *_years(place), "--register", str(place / "r.csv"), "--out", str(place / "n.npz"), "--json")
    )
    assert told["static_sources"] == 1


def test_the_season_is_drawn(place: Path) -> None:
    """An SVG with a title, and a row for each five days; what no year delivered is no number."""
    told = json.loads(
        ask("season", str(place / "m.npz"), str(place / "next.csv"), "--svg", str(place / "s.svg"), "--json")
    )
    assert len(told["a_day"]) == 73
    assert told["a_day"][0]["median"] is None
    assert (place / "s.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "usual" in ask("season", str(place / "m.npz"))


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (["fit", "next.csv", "--out", "x.npz"], 2, "needs 2 peaceful years"),
        (["score", "next.csv", "next.csv"], 1, "is no heat model"),
        (["evaluate", "next.csv", "--box", "x=1,2"], 2, "is not NAME=WEST,SOUTH,EAST,NORTH"),
        (["score", "m.npz", "m.npz"], 1, "missing from line 1"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(place: Path, words: list[str], code: int, what: str) -> None:
    """Exit 1 could not, 2 asked wrongly."""
    said = CliRunner().invoke(truceline, ["heat", *[str(place / w) if "." in w and "=" not in w else w for w in words]])
    assert (said.exit_code, what in said.output) == (code, True), said.output
