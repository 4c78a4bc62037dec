"""`truceline review`: what waits for review and what would settle it; and one person's review."""

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
    "--by", "person", help="Who reviews; kept in the ledger, in no bulletin. Without it the queue is printed."
)
@click.option("--reason", help="What the review rests on, in words others can read.")
@click.option(
    "--incident", "incidents", multiple=True, help="Only this incident; may be repeated. [default: all that wait]"
)
@click.option(
    "--outcome", type=click.Choice(["stands", "unlikely"]), default="stands", show_default=True, help="What it came to."
)
@click.option(
    "--statement", "statements", multiple=True, help="A statement that is about the one incident; may be repeated."
)
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def review(
    case: Path,
    day: datetime,
    person: str | None,
    reason: str | None,
    incidents: tuple[str, ...],
    outcome: str,
    statements: tuple[str, ...],
    roots: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Print what waits for review on a day of CASE, or keep a person's review of it.

    A review is of the evidence as it stands; when that changes the review lapses. Above the grade the case sets, two
    different people review.

    \b
    Example:
        truceline review my-truce --day 2031-04-20
        truceline review my-truce --day 2031-04-20 --by "A. Monitor" --reason "Read every row"
    """
    from truceline import issuing
    from truceline.terms.decision import Outcome

    now = datetime.now(UTC).replace(microsecond=0)
    if person is None:
        if reason or incidents or statements:
            raise click.UsageError("A review needs --by and --reason.")
        with talking("Opening the case") as say:
            waiting = issuing.queue(case, day.date(), roots=roots, now=now, say=say)
        for one in waiting:
            told = {key: one.incident[key] for key in ("id", "grade", "class", "from", "sector", "review")}
            if as_json:
                click.echo(json.dumps(told | {"settles": list(one.settles)}, ensure_ascii=False, sort_keys=True))
                continue
            done = f"{told['review']['reviews']} of {told['review']['needed']} reviews"
            click.echo(f"{told['id']}  {told['grade']}, {told['class']}, {told['from']}, {done}".replace("_", " "))
            for what in one.settles:
                click.echo(f"    would settle it: {what}")
        if not waiting and not as_json:
            click.echo("Nothing waits for review.")
        return
    if reason is None:
        raise click.UsageError("A review needs --reason.")
    try:
        with talking("Opening the case") as say:
            kept = issuing.review(
                case, day.date(), incidents, Outcome(outcome), statements=statements, person=person, reason=reason,
                at=now, roots=roots, now=now, say=say,
            )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    for done_one in kept:
        if as_json:
            click.echo(
                json.dumps({"review": done_one.id, "incident": done_one.incident, "outcome": str(done_one.outcome)})
            )
        else:
            click.echo(f"{done_one.id}  {done_one.incident}: {done_one.outcome}")
