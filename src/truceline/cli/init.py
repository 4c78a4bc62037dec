"""`truceline init`: a commented truce.toml to begin with."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(file_okay=False, path_type=Path))
def init(case: Path) -> None:
    """Make the folder CASE with a commented truce.toml and an inbox.

    A truce.toml that is already there is never touched.

    \b
    Example:
        truceline init my-truce
    """
    from truceline.errors import OutputError

    place = case / "truce.toml"
    try:
        (case / "inbox").mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(resources.files("truceline.terms").joinpath("template.toml").read_text(encoding="utf-8"))
    except FileExistsError as error:
        raise OutputError("init", f"{place} is already there", "Edit it, or give another folder") from error
    except OSError as error:
        raise OutputError(
            "init", f"{case} cannot be written ({error.strerror})", "Give a folder you may write to"
        ) from error
    click.echo(place)
