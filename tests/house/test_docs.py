"""Help and docs say the same, and every promise of the front page is one a reader can try."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from truceline.cli import COMMANDS, truceline

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_docs_hold_the_help_word_for_word(name: str) -> None:
    """docs/commands.md is what --help prints; `make pages` writes it anew."""
    said = CliRunner().invoke(truceline, [name, "--help"], prog_name="truceline", terminal_width=100).output
    assert f"## {name}\n\n```text\n{said.strip()}\n```" in COMMANDS_PAGE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(name: str) -> None:
    """And the example names the command."""
    command = COMMANDS[name]
    assert command.help is not None
    assert f"truceline {name}" in command.help.split("Example:")[1]
    assert all(p.help for p in command.params if isinstance(p, click.Option))


def test_what_is_not_built_is_absent_from_help() -> None:
    """Commands of later issues stand in the roadmap and nowhere else."""
    planned = set(re.findall(r"`([a-z]+)`", (ROOT / "docs" / "roadmap.md").read_text(encoding="utf-8")))
    assert {"verify", "serve"} <= planned
    assert not {
        "verify",
        "pack",
        "serve",
    } & set(COMMANDS)


def test_links_between_pages_lead_somewhere() -> None:
    """No page sends a reader to a file that is not there."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    dead = [
        f"{page.relative_to(ROOT)} -> {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert not dead


def test_the_words_page_defines_every_position_grade_state_and_finding() -> None:
    """A word that is printed is a word that is defined."""
    from truceline.assessment import Grade, State
    from truceline.compliance import Verdict
    from truceline.statements.statement import Position

    words = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    missing = [str(w) for kind in (Position, Grade, State, Verdict) for w in kind if f"| `{w}` |" not in words]
    assert not missing


def test_a_complaint_finds_its_room() -> None:
    """README and tour alone lead from a complaint to the folder that mends it."""
    tour = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
    for complaint, room in (
        ("the FIRMS parser fails", "feeds/satellite"),
        ("it counted one shelling twice", "incidents"),
        ("it is too sure", "assessment"),
        ("the map is ugly", "report"),
    ):
        row = next((line for line in tour.splitlines() if complaint in line), "")
        assert room in row
        assert (ROOT / "src" / "truceline" / room).is_dir()


def test_the_two_commands_stand_in_the_readme() -> None:
    """`make demo` and `make test`, each with what it needs."""
    assert "make demo" in README
    assert "make test" in README


def test_help_answers_at_once() -> None:
    """Under half a second, because no room is imported for it; the best of three, for a busy machine."""
    best = 9.9
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", "from truceline.cli import main; import sys; sys.argv = ['truceline', '--help']; main()"], check=True, capture_output=True, timeout=30)  # fmt: skip
        best = min(best, time.perf_counter() - start)
    assert best < 0.5


def test_help_loads_no_heavy_library() -> None:
    """The reason for the speed, checked apart from the clock."""
    code = "import sys, truceline.cli; print(sorted({'numpy', 'pyarrow', 'shapely', 'spacy', 'pydantic', 'pyproj'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=30)
    assert done.stdout.strip() == "[]"


def test_every_module_can_be_imported_alone() -> None:
    """No module leans on another having been imported before it."""
    import importlib
    import pkgutil

    import truceline as package

    for module in pkgutil.walk_packages(package.__path__, "truceline."):
        importlib.import_module(module.name)


def test_locks_hold_no_addresses() -> None:
    """Names, versions and hashes only."""
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert all(
            "==" in line or line.strip().startswith("--hash=sha256:") for line in text.splitlines() if line.strip()
        )
