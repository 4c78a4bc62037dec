"""`truceline run`: the bulletins of a case."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from truceline.cli.talk import talking

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--day", type=_DAY, help="Only this day.")
@click.option("--from", "first", type=_DAY, help="First day.")
@click.option("--to", "last", type=_DAY, help="Last day, included.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option(
    "--as-known-at",
    type=click.DateTime(["%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%SZ"]),
    help="Use only what could be had by then (UTC).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object: the folders written.")
def run(
    case: Path,
    day: datetime | None,
    first: datetime | None,
    last: datetime | None,
    roots: tuple[Path, ...],
    as_known_at: datetime | None,
    as_json: bool,
) -> None:
    """Write the daily bulletins of CASE into CASE/bulletins/.

    Without a day: every day of the agreement's period.

    \b
    Example:
        truceline run examples/easter-2025 --from 2025-04-14 --to 2025-04-24 --data ../shared/data
    """
    from truceline.watch import run as watch

    with talking("Opening the case") as say:
        folders = watch(
            case,
            _days(day, first, last),
            roots=roots,
            cutoff=None if as_known_at is None else as_known_at.replace(tzinfo=UTC),
            now=datetime.now(UTC),
            say=say,
        )
    if as_json:
        import json

        click.echo(json.dumps({"bulletins": [str(folder) for folder in folders]}))
        return
    for folder in folders:
        click.echo(folder / "bulletin.html")


def _days(day: datetime | None, first: datetime | None, last: datetime | None) -> list[date]:
    """The days asked for; none stands for the agreement's whole period."""
    for asked in (day, first, last):
        if asked is not None and not 1900 <= asked.year <= 2200:
            raise click.UsageError(f"The year {asked.year} is outside 1900..2200.")
    if day is not None:
        if first is not None or last is not None:
            raise click.UsageError("Give --day, or --from and --to, not both.")
        return [day.date()]
    if first is None and last is None:
        return []
    if first is None or last is None:
        raise click.UsageError("--from and --to go together.")
    if last < first:
        raise click.UsageError(f"--to {last:%Y-%m-%d} comes before --from {first:%Y-%m-%d}.")
    if (last - first).days >= 1000:
        raise click.UsageError("Ask for fewer than 1,000 days at once.")
    return [first.date() + timedelta(days=n) for n in range((last - first).days + 1)]
