"""Land use in the baseline: fields are judged among fields, whatever table tells which cells are fields."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.observations.heat_years import FIRST_YEAR, hits, peace, together
from truceline.cli import truceline
from truceline.errors import FeedChanged
from truceline.observations.heat import Hits, Scorer, fit, from_bytes, to_bytes
from truceline.observations.heat.land_use import LandUse, from_csv

FIELD, TOWN = 1, 2
STRIPE = 5  # cells of each use in turn, from west to east


def stripes() -> str:
    """A table of stripes: fields, towns, fields, towns ..."""
    rows = ["longitude,latitude,field,town"]
    for row in range(460, 480):
        for column in range(300, 330):
            town = (column // STRIPE) % 2
            rows.append(f"{column / 10},{row / 10},{0.8 - 0.7 * town:.1f},{0.1 + 0.7 * town:.1f}")
    return "\n".join(rows) + "\n"


def burning(years: int, *, seed: int = 1, first: int = FIRST_YEAR) -> Hits:
    """Fields burn alone and in many places; what burns in towns gives several detections each time."""
    chance = np.random.default_rng(seed)
    lon, lat, day = [], [], []
    for year in range(first, first + years):
        start = int(np.datetime64(f"{year}-01-01", "D").astype(int))
        for n in range(100, 240):
            for town, rate in ((0, 5.0), (1, 1.5)):
                for _ in range(chance.poisson(rate)):
                    column = 300 + 2 * STRIPE * chance.integers(3) + STRIPE * town + chance.integers(STRIPE)
                    at = (column / 10 + 0.05, 46.0 + chance.integers(20) / 10 + 0.05)
                    for k in range(1 if not town else 1 + chance.integers(4)):
                        lon.append(at[0] + 0.004 * k)
                        lat.append(at[1])
                        day.append(start + n)
    return hits(lon, lat, day)


@pytest.fixture(scope="module")
def table() -> LandUse:
    return from_csv(stripes().encode(), "grid")


def test_the_largest_class_of_each_cell_is_kept(table: LandUse) -> None:
    """Names are the table's own; a cell outside it is of no known use."""
    assert table.names == ("field", "town")
    fitted = fit(burning(3), land_use=table)
    inside = fitted.use[fitted.use > 0]
    assert set(inside.tolist()) == {FIELD, TOWN}
    cell = np.array([3600 * (46 + 90) * 10 + 3600 // 2 + 300, 3600 * (46 + 90) * 10 + 3600 // 2 + 305, 0])
    assert fitted.use_of(cell).tolist() == [FIELD, TOWN, 0]


def test_each_use_has_its_own_one_in_twenty(table: LandUse) -> None:
    """Ranked among all, what is ordinary in towns is flagged there and never in fields; among its likes it is not."""
    years, new = burning(6), burning(2, seed=8, first=FIRST_YEAR + 6)
    shares = {}
    for name, use in (("alike", table), ("all", None)):
        model = fit(years, land_use=use)
        found = Scorer(model).score(new)
        town = ((found.votes.cell % 3600 - 1800) // STRIPE) % 2 == 1
        low = found.p <= 0.05
        shares[name] = float(low[town].mean()), float(low[~town].mean())
    assert shares["all"][0] > 2 * 0.05
    assert shares["alike"][0] < 0.6 * shares["all"][0]
    assert all(share < 0.09 for share in shares["alike"])


def test_a_table_of_another_place_changes_nothing() -> None:
    """No cell of the area is told, so the model is the same to the byte."""
    far = from_csv(b"longitude,latitude,a,b\n-70,10,1,0\n", "grid")
    assert to_bytes(fit(peace(3), land_use=far)) == to_bytes(fit(peace(3)))


def test_land_use_survives_the_archive_and_is_doubted(table: LandUse) -> None:
    """It reads back to the byte; a class that cannot be is refused."""
    data = to_bytes(fit(burning(3), land_use=table))
    assert to_bytes(from_bytes(data, "m")) == data
    with np.load(io.BytesIO(data)) as found:
        whole = {name: found[name] for name in found.files}
    for wrong in (whole["use"] + 40, whole["use"][:2], whole["use"] - 5):
        out = io.BytesIO()
        np.savez_compressed(out, **(whole | {"use": wrong}))
        with pytest.raises(FeedChanged):
            from_bytes(out.getvalue(), "m")


@pytest.mark.parametrize(
    "text",
    [
        "", "a,b\n1,2\n", "longitude,latitude,a\n1,2,1\n", "longitude,latitude,a,b\n", "longitude,latitude,a,b\n1,2,3\n",
        "longitude,latitude,a,b\n200,2,1,0\n", "longitude,latitude,a,b\n1,2,nan,0\n", "longitude,latitude,a,b\n1,2,7,0\n",
        "longitude,latitude,a,b\n1,2,x,0\n", "longitude,latitude," + ",".join(f"c{n}" for n in range(40)) + "\n",
    ],
)  # fmt: skip
def test_tables_that_are_none_are_refused_in_words(text: str) -> None:
    """What is wrong and what to give stand in the message."""
    with pytest.raises(FeedChanged, match="is no table of land use") as caught:
        from_csv(text.encode(), "grid.csv")
    assert "longitude, latitude" in caught.value.todo


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    """Nothing else comes out of bytes nobody meant as a table."""
    with contextlib.suppress(FeedChanged):
        from_csv(data, "grid")


def test_an_empty_share_is_not_zero() -> None:
    """A row with a gap tells nothing of its cell; a table of nothing but gaps is refused."""
    told = from_csv(b"longitude,latitude,a,b\n30,46,1,0\n30.1,46,,1\n30.2,46,0,0\n", "grid")
    assert told.use.tolist() == [1]
    for nothing in (b"longitude,latitude,a,b\n30,46,0,0\n", b"longitude,latitude,a,b\n30,46,,1\n"):
        with pytest.raises(FeedChanged, match="land use of no cell"):
            from_csv(nothing, "grid")


def test_the_command_takes_a_grid(tmp_path: Path) -> None:
    """`heat fit --grid`: the model knows the cells, and says how many."""
    years = together(burning(2), burning(1, seed=5, first=FIRST_YEAR + 2))
    day = np.asarray(years.day).astype("datetime64[D]")
    file, grid = tmp_path / "years.csv", tmp_path / "grid.csv"
    rows = "".join(f"{b:.6f},{a:.6f},{d}\n" for a, b, d in zip(years.lon, years.lat, day, strict=True))
    file.write_text("latitude,longitude,acq_date\n" + rows, encoding="utf-8")
    grid.write_text(stripes(), encoding="utf-8")
    words = ["heat", "fit", str(file), "--grid", str(grid), "--out", str(tmp_path / "m.npz"), "--json"]
    got = CliRunner().invoke(truceline, words, prog_name="truceline")
    assert got.exit_code == 0, got.output
    told = json.loads(got.stdout)
    assert 0 < told["cells_of_known_land_use"] <= told["cells_known"]
    assert set(np.unique(from_bytes((tmp_path / "m.npz").read_bytes(), "m").use)) == {0, FIELD, TOWN}
