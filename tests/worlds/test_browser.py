"""What people see: the demo's bulletin in a real browser, printed on A4."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def printed(theatre: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each printed page of the first whole day of the truce."""
    missing = [program for program in ("chromium", "pdftotext") if shutil.which(program) is None]
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"{', '.join(missing)} is not here; .ci/run installs chromium and poppler-utils")
        pytest.skip(f"{', '.join(missing)} is not here; Debian's chromium and poppler-utils have it")
    place = tmp_path_factory.mktemp("print")
    page = theatre / "bulletins" / "2031-09-05" / "bulletin.html"
    command = ["chromium", *FLAGS, f"--user-data-dir={place / 'profile'}", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={place / 'out.pdf'}", f"file://{page}"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", place / "out.pdf", "-"], check=True, capture_output=True, text=True, timeout=60
    )
    return text.stdout.split("\f")


def test_page_one_fits_on_one_sheet(printed: list[str]) -> None:
    """The marking, the answer, the failed feed, the findings and what each party gave stand on the first sheet."""
    first = printed[0]
    for words in (
        "INTERNAL – NOT FOR RELEASE",
        "EXERCISE",
        "Of 307 km of line",
        "posts_east failed",
        "Findings",
        "What each party’s channels gave",
        "What a party says, in any feed",
    ):
        assert words in first, f"{words!r} is not on page one:\n{first}"
    assert "Comparisons" in printed[1]


def test_every_sheet_is_marked(printed: list[str]) -> None:
    """A sheet that comes loose still says that it is not for release, and that none of it happened."""
    for number, sheet in enumerate((sheet for sheet in printed if sheet.strip()), start=1):
        assert "NOT FOR RELEASE" in sheet, f"sheet {number} is not marked"
        assert "EXERCISE" in sheet, f"sheet {number} does not say EXERCISE"
