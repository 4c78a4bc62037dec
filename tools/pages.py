"""Write the pages of docs that the program knows best: docs/commands.md and docs/event-classes.md.

Run by `make pages`; tests compare what is written with what the program says.
"""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from truceline.cli import COMMANDS, truceline
from truceline.terms.event_class import TABLE, Perceived

DOCS = Path(__file__).parents[1] / "docs"


def commands_page() -> str:
    """Every command's help, word for word."""
    parts = [
        "# Commands\n\nWritten by the program itself (`make pages`). Results go to stdout, talk to stderr; exit 0 done,\n"
        "1 could not, 2 asked wrongly.\n"
    ]
    for name in COMMANDS:
        said = CliRunner().invoke(truceline, [name, "--help"], prog_name="truceline", terminal_width=100).output
        parts.append(f"## {name}\n\n```text\n{said.strip()}\n```\n")
        for below in sorted(getattr(COMMANDS[name], "commands", {})):
            said = (
                CliRunner().invoke(truceline, [name, below, "--help"], prog_name="truceline", terminal_width=100).output
            )
            parts.append(f"### {name} {below}\n\n```text\n{said.strip()}\n```\n")
    return "\n".join(parts)


def classes_page() -> str:
    """The table of event classes: meaning, means, and other people's words."""
    lines = [
        "# Event classes",
        "",
        "Written from `truceline.terms.event_class.TABLE` (`make pages`), where the sources stand. A means that is not ticked cannot",
        "perceive the class at all: its silence says nothing about it. UCDP codes no means of attack, so it has no column.",
        "",
        "| class | meaning | " + " | ".join(Perceived) + " | VIINA | ACLED | OSCE |",
        "|---|---|" + ":-:|" * len(Perceived) + "---|---|---|",
    ]
    for row in TABLE:
        ticks = " | ".join("✓" if means in row.perceived_by else "" for means in Perceived)
        words = " | ".join("; ".join(names) or "–" for names in (row.viina, row.acled, row.osce))
        forbidden = " *Forbidden by a promise of no fire.*" if row.forbidden else ""
        lines.append(f"| `{row.event}` {row.name} | {row.definition}{forbidden} | {ticks} | {words} |")
    return "\n".join(lines) + "\n"


PAGES = {"commands.md": commands_page, "event-classes.md": classes_page}


def main() -> None:
    """Write the pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
