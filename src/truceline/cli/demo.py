"""`truceline demo`: simulate a fictional theatre, watch it, score it. No data, no network."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from truceline.cli.talk import talking

if TYPE_CHECKING:
    from truceline.terms import Agreement

SEED, DAYS = 7, 4
OURS = ("borders.geojson", "bulletins", "inbox", "ledger", "truce.toml", "truth.json")


def watched_days(agreement: Agreement) -> list[date]:
    """The day before the truce and every day of it: a bulletin must also say what does not bind yet."""
    inside = agreement.days()
    return [inside[0] - timedelta(days=1), *inside]


def _clear(out: Path) -> None:
    """Remove an earlier demo, and only one: its case says EXERCISE in the first line."""
    from truceline.errors import OutputError

    case = out / "truce.toml"
    if any(out.iterdir()) and not (case.is_file() and case.read_bytes().startswith(b"# EXERCISE")):
        raise OutputError("demo", f"{out} holds a case that is no demo", "Give another folder with --out")
    for name in OURS:
        place = out / name
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder to make.",
)
def demo(out: Path) -> None:
    """Simulate a fictional theatre, run it, score it, and say where the bulletin is.

    \b
    Example:
        truceline demo --out demo
    """
    from truceline.errors import OutputError
    from truceline.simulate import score, simulate
    from truceline.terms import read_agreement
    from truceline.watch import run

    if out.exists() and (strange := sorted(p.name for p in out.iterdir() if p.name not in OURS)):
        raise OutputError(
            "demo", f"{out} holds {strange[0]}, which is no part of a demo", "Give another folder with --out"
        )
    with talking("Simulating") as say:
        if out.exists():
            _clear(out)
        simulate(SEED, DAYS, out)
        folders = run(out, watched_days(read_agreement(out)), say=say)
    result = score(out)
    click.echo(result.to_text())
    for folder in folders:
        click.echo(f"Bulletin: {folder / 'bulletin.html'}")
    if not result.passed:
        raise OutputError("demo", "the run missed planted truth, see above", "Please report this with the table above")
