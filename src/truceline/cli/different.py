"""`truceline different`: a person says that two observations tell of two events; it can be taken back."""

from __future__ import annotations

from pathlib import Path

import click

from truceline.cli.deciding import decided


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("a")
@click.argument("b")
@click.option("--by", "person", required=True, help="Who decides; kept in the ledger, in no bulletin.")
@click.option("--reason", required=True, help="Why, in words others can read.")
@click.option("--withdraw", is_flag=True, help="Take back what was decided of this pair.")
def different(case: Path, a: str, b: str, person: str, reason: str, withdraw: bool) -> None:
    """Say that A and B, observations or incidents of CASE, tell of two events.

    The newest decision on a pair stands, through later rows and rebuilds. Nothing is lost: `--withdraw`, or
    `truceline same`, restores exactly what was there before.

    \b
    Example:
        truceline different my-truce 1f0c2a 77be01 --by "A. Monitor" --reason "Both photographs show it"
    """
    click.echo(decided(case, "withdrawn" if withdraw else "different", a, b, person, reason))
