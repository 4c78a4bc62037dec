"""`truceline issue`: the bulletin of a day goes out, and from then on only corrigenda follow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from truceline.cli.talk import talking


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day; it must be over.")
@click.option("--by", "person", required=True, help="Who issues; kept in the ledger, in no bulletin.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def issue(case: Path, day: datetime, person: str, roots: tuple[Path, ...], as_json: bool) -> None:
    """Issue the bulletin of a day of CASE into CASE/issued/; its bytes never change again.

    Refused while an incident waits for review. A day that was issued before gets a corrigendum: every changed
    number, with why. The parties may answer in one window, the same for each: `truceline answer`.

    \b
    Example:
        truceline issue my-truce --day 2031-04-20 --by "H. Head"
    """
    from truceline import issuing

    now = datetime.now(UTC).replace(microsecond=0)
    try:
        with talking("Opening the case") as say:
            done = issuing.issue(case, day.date(), person=person, at=now, roots=roots, now=now, say=say)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        told = {
            "day": str(done.day),
            "number": done.number,
            "folder": str(case / done.folder),
            "files": dict(done.files),
        }
        click.echo(json.dumps(told | {"answers_until": done.closes_at.isoformat()}, ensure_ascii=False, sort_keys=True))
        return
    click.echo(case / done.folder / ("corrigendum.txt" if done.number else "bulletin.html"))
    click.echo(f"Every party may answer until {done.closes_at:%Y-%m-%d %H:%M} UTC.")
