"""`truceline link`: the incidents of a day, and why each observation belongs to its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from truceline.cli.talk import talking


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day; it must be over.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def link(case: Path, day: datetime, roots: tuple[Path, ...], as_json: bool) -> None:
    """Print the incidents of CASE on a day with the reasons for each link.

    Where you know better, say so with `truceline same` and `truceline different`; the ids are those printed here.

    \b
    Example:
        truceline link my-truce --day 2031-04-20
    """
    from truceline.report.incidents import linked_incidents
    from truceline.watch import linked

    with talking("Opening the case") as say:
        result = linked(case, day.date(), roots=roots, now=datetime.now(UTC), say=say)
    for one in linked_incidents(result):
        if as_json:
            click.echo(json.dumps(one, ensure_ascii=False, sort_keys=True))
            continue
        click.echo(f"{one['id']}  {one['from']} to {one['to']}  {one['class_name']}, {one['grade'].replace('_', ' ')}")
        for row in one["observations"]:
            click.echo(f"    {row['id']}  {row['voice']}")
        for why in one["links"]:
            click.echo(f"      {why['a']} and {why['b']}: {why['reason']}")
        for apart in one["kept_apart"]:
            click.echo(f"      {apart}")
