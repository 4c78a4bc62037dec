"""The door: one file a command. A command reads, calls one function, prints.

Results go to stdout, talk to stderr; exit 0 done, 1 could not, 2 asked wrongly. Rooms are imported
inside the commands, so that `truceline --help` answers at once.
"""

from __future__ import annotations

import sys
from typing import Any

import click

from truceline import __version__
from truceline.cli import (
    answer,
    change,
    claim,
    coverage,
    demo,
    different,
    heat,
    init,
    issue,
    line,
    link,
    positions,
    review,
    run,
    same,
    score,
    simulate,
    statements,
    territory,
)
from truceline.errors import TrucelineError

COMMANDS: dict[str, click.Command] = {
    str(command.name): command
    for command in (
        answer.answer,
        change.change,
        claim.claim,
        coverage.coverage,
        demo.demo,
        different.different,
        heat.heat,
        init.init,
        issue.issue,
        line.line,
        link.link,
        positions.positions,
        review.review,
        run.run,
        same.same,
        score.score,
        simulate.simulate,
        statements.statements,
        territory.territory,
    )
}


class _Door(click.Group):
    """Turns our own errors into one line on stderr and the exit code they stand for."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TrucelineError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Door, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="truceline")
def truceline() -> None:
    """Where was it silent, where was it not, and where could nobody see?

    Truceline watches over a ceasefire along a line, by satellites and open sources, for civilian
    monitors. Begin with `truceline demo`.
    """


def main() -> None:
    """Run the command line. A run that was stopped says so, and the next one finishes it."""
    try:
        code = truceline.main(standalone_mode=False)  # click returns the code of ctx.exit, it does not raise it
    except click.exceptions.Abort:
        click.echo("Stopped. Nothing received is lost; run the same command again to finish.", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        click.echo(
            f"Error: truceline: the result cannot be printed ({error.strerror}). Free space, then run again.", err=True
        )
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
