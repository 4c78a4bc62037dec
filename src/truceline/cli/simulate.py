"""`truceline simulate`: a fictional theatre with planted truth."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="The same seed gives the same bytes.")
@click.option("--days", type=click.IntRange(1, 400), help="How many days.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="The case folder to make.")
@click.option("--world", default="demo", show_default=True, help="A world of the catalogue; see --list.")
@click.option("--list", "listed", is_flag=True, help="Print the catalogue of worlds and stop.")
def simulate(seed: int | None, days: int | None, out: Path | None, world: str, listed: bool) -> None:
    """Write a fictional case with known truth, in the feeds' real file formats.

    \b
    Example:
        truceline simulate --seed 7 --days 4 --out world
        truceline simulate --seed 1 --days 5 --out harvest --world harvest
    """
    from truceline.simulate import simulate as make
    from truceline.simulate import worlds

    if listed:
        click.echo(f"{'demo':<18}The island of planted stories that `truceline demo` runs.")
        for one in (*worlds.CATALOGUE, *worlds.SIZES):
            click.echo(f"{one.name:<18}{one.about}")
        return
    if seed is None or days is None or out is None:
        raise click.UsageError("give --seed, --days and --out, or --list")
    if world == "demo":
        click.echo(make(seed, days, out))
        return
    try:
        named = worlds.world_named(world)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(worlds.make(named, seed, days, out))
