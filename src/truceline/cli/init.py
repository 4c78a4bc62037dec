"""`truceline init`: a commented truce.toml to begin with."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(file_okay=False, path_type=Path))
def init(case: Path) -> None:
    """Make the folder CASE with a commented truce.toml, an inbox, and in it an empty form for observers.

    A truce.toml that is already there is never touched.

    \b
    Example:
        truceline init my-truce
    """
    from truceline.errors import OutputError
    from truceline.feeds.reports.patrol import COLUMNS as PATROL_COLUMNS

    place = case / "truce.toml"
    try:
        (case / "inbox").mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(resources.files("truceline.terms").joinpath("template.toml").read_text(encoding="utf-8"))
        with (case / "inbox" / "patrols.csv").open("x", encoding="utf-8", newline="\n") as form:
            form.write(",".join(PATROL_COLUMNS) + "\n")
    except FileExistsError as error:
        raise OutputError(
            "init", f"{error.filename or place} is already there", "Edit it, or give another folder"
        ) from error
    except OSError as error:
        raise OutputError(
            "init", f"{case} cannot be written ({error.strerror})", "Give a folder you may write to"
        ) from error
    click.echo(place)
