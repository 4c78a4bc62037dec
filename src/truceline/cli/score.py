"""`truceline score`: how well a run found the planted truth."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def score(case: Path, as_json: bool) -> None:
    """Score the bulletins of a simulated CASE against its truth.

    \b
    Example:
        truceline score world
    """
    from truceline.simulate import score as measure

    result = measure(case)
    click.echo(json.dumps(result.to_json(), sort_keys=True) if as_json else result.to_text())
