"""`truceline heat`: which fires are out of the ordinary, by what peaceful years showed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.talk import talking

if TYPE_CHECKING:
    from truceline.feeds.satellite.bulk import Bulk
    from truceline.observations.heat import HeatModel, Hits, Scored
    from truceline.observations.heat.evaluate import Year
    from truceline.observations.heat.land_use import LandUse
    from truceline.observations.heat.register import StaticSource

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
_SHOWN = 15


@click.group()
def heat() -> None:
    """Tell fires that are out of the ordinary from those that are not.

    A baseline is fitted on detections (FIRMS CSV, or bare latitude, longitude and date) of peaceful years, the whole
    theatre in each. It knows no war: strikes look like stubble fires, and what it flags is heat out of the ordinary,
    nothing more. One in twenty ordinary cell-days is flagged at most, by construction.

    \b
    Example:
        truceline heat fit 2028.csv 2029.csv 2030.csv --out ordinary.npz
        truceline heat score ordinary.npz 2031.csv --json
    """


@heat.command("fit")
@click.argument("files", metavar="FILES...", nargs=-1, required=True, type=_FILES)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where the baseline goes.")
@click.option("--grid", "grid_file", type=_FILES, help="Land use: a CSV of cells with a share for each class.")
@click.option("--register", "register_file", type=_FILES, help="A corrected register of static sources, CSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def fit_(files: tuple[Path, ...], out: Path, grid_file: Path | None, register_file: Path | None, as_json: bool) -> None:
    """Fit a baseline on FILES, detections of peaceful years, and write it to --out.

    With --grid a cell learns from neighbours of its own land use and is ranked among its likes: fields among fields.
    The table has longitude, latitude and a column of shares (0 to 1) a class; cells it does not hold are judged among
    all others.

    \b
    Example:
        truceline heat fit 2028.csv 2029.csv 2030.csv --out ordinary.npz
        truceline heat fit 2028.csv 2029.csv 2030.csv --grid land_use.csv --out ordinary.npz
    """
    from truceline.errors import OutputError
    from truceline.observations.heat import fit, to_bytes

    with talking("Reading detections") as say:
        bulk = _read(files)
        say(f"Fitting on {len(bulk.row):,} detections")
        try:
            model = fit(_hits(bulk), register=_register(register_file), land_use=_land_use(grid_file))
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(to_bytes(model))
    except OSError as error:
        raise OutputError("heat", f"{out} cannot be written ({error.strerror})", "Give another place") from error
    told = {
        "schema": "truceline-heat-fit/1",
        "model": str(out),
        "years": list(model.years),
        "streams": [{"name": n, "share": s} for n, s in zip(model.names, model.shares, strict=True)],
        "threshold": model.threshold,
        "static_sources": len(model.sources),
        "cells_known": int(model.known.sum()),
        "cells_of_known_land_use": int((model.known & (model.use > 0)).sum()),
        "rows": bulk.read,
        "rows_refused": bulk.refused,
        "refused": list(bulk.reasons),
    }
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _fitted(told))


@heat.command("score")
@click.argument("model_file", metavar="MODEL", type=_FILES)
@click.argument("file", metavar="FILE", type=_FILES)
@click.option("--register", "register_file", type=_FILES, help="A corrected register of static sources, CSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a detection.")
def score_(model_file: Path, file: Path, register_file: Path | None, as_json: bool) -> None:
    """Tell of each detection in FILE how ordinary it is under MODEL.

    FILE holds whole days of the whole theatre: how much burns around a cell that day is judged from it too. All
    detections of a cell of 0.1 degree and day share one vote. `p_ordinary` is the chance, under the peaceful baseline,
    of something at least this unusual; no probability of war.

    \b
    Example:
        truceline heat score ordinary.npz 2031.csv --json
    """
    from truceline.observations.heat import Scorer
    from truceline.observations.heat.telling import lines

    with talking("Reading the baseline") as say:
        model, register = _model(model_file), _register(register_file)
        say("Reading detections")
        bulk = _read((file,))
        say(f"Scoring {len(bulk.row):,} detections")
        scorer = Scorer(model, register)
        found = scorer.score(_hits(bulk, all_rows=True), bulk.superseded)
    if not as_json:
        click.echo(_scored(bulk, found, model))
        return
    out = sys.stdout.buffer
    for part in lines(found, bulk.row, scorer.sources):
        out.write(part)
    out.flush()
    if bulk.refused:
        click.echo(f"{bulk.refused} of {bulk.read} rows could not be read: {'; '.join(bulk.reasons)}", err=True)


@heat.command("evaluate")
@click.argument("files", metavar="FILES...", nargs=-1, required=True, type=_FILES)
@click.option("--judge", "judged", multiple=True, type=_FILES, help="Judge this file by all of FILES; may be repeated.")
@click.option(
    "--box", "boxes", multiple=True, metavar="NAME=W,S,E,N", help="A part to tell apart, degrees; may be repeated."
)
@click.option("--grid", "grid_file", type=_FILES, help="Land use: a CSV of cells with a share for each class.")
@click.option("--register", "register_file", type=_FILES, help="A corrected register of static sources, CSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def evaluate_(
    files: tuple[Path, ...], judged: tuple[Path, ...], boxes: tuple[str, ...], grid_file: Path | None,
    register_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Judge each peaceful year in FILES by a baseline of the others, and say what that was worth.

    Shares are of cell-days with detections, one vote each. A share of a file given with --judge means nothing without
    those of the peaceful years, so both are always printed.

    \b
    Example:
        truceline heat evaluate 2027.csv 2028.csv 2029.csv 2030.csv --box north=30,50,40,52
    """
    from truceline.observations.heat import fit
    from truceline.observations.heat.evaluate import judge_year, leave_one_out
    from truceline.observations.heat.hits import year_of

    parts = dict(_box(text) for text in boxes)
    with talking("Reading detections") as say:
        bulk, register, land_use = _read(files), _register(register_file), _land_use(grid_file)
        hits = _hits(bulk)
        say("Judging each year by the others")
        try:
            years = leave_one_out(hits, boxes=parts, register=register, land_use=land_use)
            others = []
            if judged:
                model = fit(hits, register=register, land_use=land_use)
                for file in judged:
                    its = _hits(_read((file,)))
                    others += [judge_year(model, its.where(year_of(its.day) == y), boxes=parts)
                               for y in sorted(set(year_of(its.day).tolist()))]  # fmt: skip
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    told = {
        "schema": "truceline-heat-evaluation/1",
        "left_out": [_year(one) for one in years],
        "judged": [_year(one) for one in others],
        "rows": bulk.read,
        "rows_refused": bulk.refused,
    }
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _evaluated(told))


@heat.command("register")
@click.argument("model_file", metavar="MODEL", type=_FILES)
def register_(model_file: Path) -> None:
    """Print the register of static sources of MODEL as CSV, to be read and corrected.

    Strike a source out with keep = no and fit anew with --register; add one that was built since as a row with
    basis = monitor, and give the file to score or fit. Not for release: it holds places to two kilometres.

    \b
    Example:
        truceline heat register ordinary.npz > register.csv
    """
    from truceline.observations.heat.register import to_csv

    click.echo(to_csv(_model(model_file).sources), nl=False)


@heat.command("season")
@click.argument("model_file", metavar="MODEL", type=_FILES)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=_FILES)
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def season_(model_file: Path, files: tuple[Path, ...], svg: Path | None, as_json: bool) -> None:
    """Print the season of MODEL with its interval between years, and beside it the counts of FILE.

    \b
    Example:
        truceline heat season ordinary.npz 2031.csv --svg season.svg
    """
    from truceline.errors import OutputError
    from truceline.observations.heat.season import season_of_model, season_of_year
    from truceline.report.season import draw_season

    model = _model(model_file)
    curve = season_of_model(model)
    hits = _hits(_read(files)) if files else None
    own = None if hits is None else season_of_year(model, hits)
    if svg is not None:
        try:
            svg.write_text(draw_season(curve, own), encoding="utf-8")
        except OSError as error:
            raise OutputError("heat", f"{svg} cannot be written ({error.strerror})", "Give another place") from error
    seen = [None] * len(curve.pentads) if own is None else list(own.seen)
    rows = [
        {"from": one.start, "median": one.median, "low": one.low, "high": one.high, "seen": count}
        for one, count in zip(curve.pentads, seen, strict=True)
    ]
    told = {"schema": "truceline-heat-season/1", "years": list(model.years), "stream": model.names[0],
            "interval_pct": curve.level_pct, "a_day": rows}  # fmt: skip
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _season(told))


def _read(files: tuple[Path, ...]) -> Bulk:
    from truceline.feeds.satellite.bulk import joined, read_bulk

    return joined([read_bulk(file, file.name) for file in files])


def _hits(bulk: Bulk, *, all_rows: bool = False) -> Hits:
    from truceline.observations.heat import Hits

    hits = Hits(bulk.lon, bulk.lat, bulk.day, bulk.stream, bulk.names)
    return hits if all_rows else hits.where(~bulk.superseded)


def _model(file: Path) -> HeatModel:
    from truceline.observations.heat import from_bytes

    return from_bytes(_bytes_of(file), file.name)


def _register(file: Path | None) -> tuple[StaticSource, ...] | None:
    from truceline.observations.heat.register import from_csv

    return None if file is None else from_csv(_bytes_of(file), file.name)


def _land_use(file: Path | None) -> LandUse | None:
    from truceline.observations.heat.land_use import from_csv

    return None if file is None else from_csv(_bytes_of(file), file.name)


def _bytes_of(file: Path) -> bytes:
    from truceline.errors import CaseError

    try:
        return file.read_bytes()
    except OSError as error:
        raise CaseError(str(file), f"cannot be read ({error.strerror})", "Give a file you may read") from error


def _box(text: str) -> tuple[str, tuple[float, float, float, float]]:
    name, _, sides = text.partition("=")
    try:
        west, south, east, north = (float(side) for side in sides.split(","))
    except ValueError:
        raise click.UsageError(f"--box {text!r} is not NAME=WEST,SOUTH,EAST,NORTH in degrees") from None
    if not name or name == "all" or not (west < east and south < north):
        raise click.UsageError(f"--box {text!r} is not NAME=WEST,SOUTH,EAST,NORTH in degrees")
    return name, (west, south, east, north)


def _year(one: Year) -> dict[str, Any]:
    return {
        "year": one.year,
        "threshold": one.threshold,
        "shares": {
            name: {"cell_days": s.votes, "flagged": s.flagged, "share": _r(s.of_votes), "detections": s.detections,
                   "share_of_detections": _r(s.of_detections)}
            for name, s in one.shares.items()
        },
        "above_bound": one.above,
        "above_bound_expected": round(one.expected_above, 2),
        "cell_days_without_baseline": one.unknown,
        "ranks": list(one.ranks),
    }  # fmt: skip


def _r(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def _fitted(told: dict[str, Any]) -> str:
    streams = ", ".join(f"{one['name']} ({one['share']:g})" for one in told["streams"])
    lines = [
        f"Fitted on {', '.join(map(str, told['years']))}: {told['rows'] - told['rows_refused']:,} rows.",
        f"Streams, and what each sees of the first: {streams}.",
        f"Flagged at p_ordinary {told['threshold']:g} or below; {told['static_sources']} static sources learned.",
        f"Written to {told['model']}.",
    ]
    if told["rows_refused"]:
        lines.append(f"{told['rows_refused']} rows could not be read: {'; '.join(told['refused'])}")
    return "\n".join(lines)


def _scored(bulk: Bulk, found: Scored, model: HeatModel) -> str:
    import numpy as np

    from truceline.observations.heat.hits import name_of
    from truceline.observations.heat.telling import reasons_of

    judged = np.isfinite(found.p)
    lines = [
        f"{bulk.read:,} rows, {bulk.refused} refused; {len(found.votes):,} cell-days, {int((~judged).sum())} of them "
        "without a baseline.",
        f"Flagged at p_ordinary {model.threshold:g} or below: {int(found.flagged.sum())} cell-days; of "
        "peaceful ones at most one in twenty would be.",
    ]  # fmt: skip
    order = np.lexsort((found.votes.cell, found.votes.day, np.where(judged, found.p, 2.0)))
    for row in order[:_SHOWN]:
        if found.flagged[row]:
            day = np.datetime64(int(found.votes.day[row]), "D")
            lines.append(f"{day}  {name_of(int(found.votes.cell[row]))}  p {found.p[row]:.4f}")
            lines += [f"    {reason}" for reason in reasons_of(found, int(row))]
    return "\n".join(lines)


def _evaluated(told: dict[str, Any]) -> str:
    names = list(told["left_out"][0]["shares"])
    head = f"{'year':>6}{'cell-days':>11}" + "".join(f"{name[:12]:>14}" for name in names) + f"{'above / own':>14}"
    lines = ["Share of cell-days flagged, %; each year judged by the others.", head]
    for group, title in ((told["left_out"], None), (told["judged"], "Judged by all of them:")):
        if title and group:
            lines.append(title)
        for one in group:
            shares = (one["shares"][name]["share"] for name in names)
            cells = "".join(f"{'none' if share is None else f'{100 * share:.1f}':>14}" for share in shares)
            own = one["above_bound_expected"]
            ratio = f"{one['above_bound'] / own:.2f}" if own else "none"
            lines.append(f"{one['year']:>6}{one['shares']['all']['cell_days']:>11}{cells}{ratio:>14}")
    return "\n".join(lines)


def _season(told: dict[str, Any]) -> str:
    lines = [
        f"Detections a day of {told['stream']}, {told['interval_pct']} % of years within",
        "from      usual     low    high    seen",
    ]
    for one in told["a_day"]:
        cells = "".join(
            f"{'-' if one[key] is None else f'{one[key]:.1f}':>8}" for key in ("median", "low", "high", "seen")
        )
        lines.append(f"{one['from']:<7}{cells}")
    return "\n".join(lines)
