"""`truceline score`: how well a run found the planted truth."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw it: a picture to look at.")
def score(case: Path, as_json: bool, svg: Path | None) -> None:
    """Score the bulletins of a simulated CASE against its truth.

    \b
    Example:
        truceline score world --svg score.svg
    """
    from truceline.errors import OutputError
    from truceline.simulate import score as measure

    result = measure(case)
    if svg is not None:
        from truceline.simulate.picture import picture
        from truceline.simulate.scoring import read_run

        try:
            svg.write_text(picture(*read_run(case), result), encoding="utf-8")
        except OSError as error:
            raise OutputError("score", f"{svg} cannot be written ({error.strerror})", "Give another file") from error
    click.echo(json.dumps(result.to_json(), sort_keys=True) if as_json else result.to_text())
