"""Write docs/commands.md from the program's own help. Run by `make help-page`; a test compares."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from truceline.cli import COMMANDS, truceline

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """# Commands

Written by the program itself (`make help-page`).
Results go to stdout, talk to stderr; exit 0 done, 1 could not, 2 asked wrongly.
"""


def main() -> None:
    """Write the page."""
    parts = [HEAD]
    for name in COMMANDS:
        said = CliRunner().invoke(truceline, [name, "--help"], prog_name="truceline", terminal_width=100).output
        parts.append(f"## {name}\n\n```text\n{said.strip()}\n```\n")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
