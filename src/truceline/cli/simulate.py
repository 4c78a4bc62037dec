"""`truceline simulate`: a fictional theatre with planted truth."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), required=True, help="The same seed gives the same bytes.")
@click.option("--days", type=click.IntRange(1, 400), required=True, help="How many days.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The case folder to make.")
def simulate(seed: int, days: int, out: Path) -> None:
    """Write a fictional case with known truth, in the feeds' real file formats.

    \b
    Example:
        truceline simulate --seed 7 --days 4 --out world
    """
    from truceline.simulate import simulate as make

    click.echo(make(seed, days, out))
