"""The house keeps its walls, and the walls are real: a planted breach of each contract is reported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PYPROJECT = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

# Contract -> (file to spoil, line to add). Every contract has one; the test below sees to it.
BREACHES: dict[str, tuple[str, str]] = {
    "one-way": ("ground/line.py", "from truceline.observations import schema"),
    "no-io": ("assessment/roots.py", "import sqlite3"),
    "offline": ("feeds/origin.py", "import urllib.request"),
    "spacy-door": ("statements/position.py", "import spacy"),
    "pydantic-door": ("report/day.py", "import pydantic"),
    "sqlite-door": ("report/totals.py", "import sqlite3"),
    "feeds-apart": ("feeds/reports/viina.py", "from truceline.feeds.satellite import firms"),
    "detectors-apart": ("observations/thermal.py", "from truceline.observations import reported"),
    "checks-apart": ("compliance/no_fly.py", "from truceline.compliance import no_fire"),
    "exports-apart": ("report/exports/jsonl.py", "from truceline.report.exports import geojson"),
    "no-loops": ("incidents/incident.py", "def late():\n    import truceline.assessment"),
}


def lint(tree: Path, *contracts: str) -> tuple[int, str]:
    """Run import-linter over a copy of the package."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", str(PYPROJECT), "--no-cache"]
    for contract in contracts:
        command += ["--contract", contract]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package to spoil."""
    place = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "src" / "truceline", place / "truceline", ignore=shutil.ignore_patterns("__pycache__"))
    return place


def test_the_house_as_it_stands_keeps_every_contract(tree: Path) -> None:
    """Data flows one way, the middle rooms do no I/O, heavy libraries stay behind their doors."""
    code, said = lint(tree)
    assert code == 0, said


@pytest.mark.parametrize("contract", BREACHES)
def test_a_planted_breach_is_reported(tree: Path, contract: str) -> None:
    """A wall that reports nothing is painted on."""
    name, line = BREACHES[contract]
    file = tree / "truceline" / name
    sound = file.read_text(encoding="utf-8")
    try:
        file.write_text(f"{sound}\n{line}\n", encoding="utf-8")
        code, said = lint(tree, contract)
    finally:
        file.write_text(sound, encoding="utf-8")
    assert code == 1, said
    assert "BROKEN" in said


def test_a_new_room_must_be_placed_on_purpose(tree: Path) -> None:
    """A stray `utils.py` at the top fails the layers."""
    stray = tree / "truceline" / "utils.py"
    stray.write_text("", encoding="utf-8")
    try:
        code, said = lint(tree, "one-way")
    finally:
        stray.unlink()
    assert code == 1, said


def test_every_contract_has_a_planted_breach() -> None:
    """A contract nobody has tried is not one."""
    assert {contract["id"] for contract in CONTRACTS} == set(BREACHES)


def test_registries_and_contracts_list_the_same() -> None:
    """A feed or export that is not in its independence contract is outside the walls."""
    from truceline.compliance import CHECKS
    from truceline.feeds import FEEDS
    from truceline.observations import DETECTORS
    from truceline.report.exports import EXPORTS

    modules = {contract["id"]: set(contract.get("modules", ())) for contract in CONTRACTS}
    assert modules["feeds-apart"] == {kind.parse.__module__ for kind in FEEDS.values()}
    assert modules["detectors-apart"] == {detector.__module__ for detector in DETECTORS.values()}
    assert modules["checks-apart"] == {check.__module__ for check in CHECKS.values()}
    exports = {f"truceline.report.exports.{p.stem}" for p in (ROOT / "src/truceline/report/exports").glob("[a-z]*.py")}
    assert modules["exports-apart"] == exports
    assert {export.__module__ for export in EXPORTS.values()} <= exports


def test_modules_stay_readable() -> None:
    """A module has one noun: 400 lines at most, tables of data apart."""
    data = {"capitals.py", "en.py", "theatre.py"}
    long = {
        str(path.relative_to(ROOT)): n
        for path in sorted((ROOT / "src").rglob("*.py"))
        if path.name not in data and (n := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_every_module_opens_with_its_part_in_the_story() -> None:
    """A stranger who opens a file is told where they are."""
    bare = [
        str(p.relative_to(ROOT))
        for p in sorted((ROOT / "src").rglob("*.py"))
        if not p.read_text(encoding="utf-8").startswith('"""')
    ]
    assert not bare


def test_words_we_avoid_stand_nowhere() -> None:
    """No word of aiming or blaming in code, templates or docs (docs/words.md says which and why)."""
    import re

    avoided = re.compile(r"(?<![:\w])target\b|\b(enemy|hostile|violator|proven)\b|(?<!near-)\breal-time\b", re.I)
    # FIRMS names its product near-real-time, and CSS a pseudo-class :target; those are quotations.
    found = []
    for path in sorted(
        [
            *(ROOT / "src").rglob("*.py"),
            *(ROOT / "src").rglob("*.jinja"),
            *(ROOT / "docs").rglob("*.md"),
            ROOT / "README.md",
        ]
    ):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if avoided.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found
