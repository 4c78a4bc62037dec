"""`truceline answer`: a party disputes an issued incident, or replies; its words stand beside it and weigh nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("incident")
@click.option("--party", required=True, help="Id of the party that answers.")
@click.option("--by", "person", required=True, help="Who received it; kept in the ledger, in no bulletin.")
@click.option("--text", required=True, help="The party's words.")
@click.option("--reply", is_flag=True, help="A reply to a dispute, not a dispute of its own.")
def answer(case: Path, incident: str, party: str, person: str, text: str, reply: bool) -> None:
    """Keep what a party says of an issued INCIDENT of CASE; it is printed beside the incident from the next run on.

    The window is the same for every party; what comes later is kept and marked late.

    \b
    Example:
        truceline answer my-truce i0f3a9c2b71 --party bravo --by "H. Head" --text "We dispute the place."
    """
    from truceline import issuing

    now = datetime.now(UTC).replace(microsecond=0)
    if not (case / "ledger").is_dir():
        raise click.UsageError(f"{case} has no ledger yet. Issue a bulletin first.")
    try:
        kept = issuing.answer(case, incident, party=party, reply=reply, person=person, text=text, at=now)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{kept.id}  {kept.incident}: {kept.kind} of {kept.party}{', late' if kept.late else ''}")
