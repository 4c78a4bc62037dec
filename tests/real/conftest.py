"""Real data lie beside the repository and never in it: see README, "Real data"."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data: $TRUCELINE_DATA, else ../shared/data beside the clone."""
    named = os.environ.get("TRUCELINE_DATA")
    place = Path(named) if named else ROOT.parent / "shared" / "data"
    if not (place / "README.md").is_file():
        if os.environ.get("CI"):
            pytest.fail(f"CI must run the real-data tests, but {place.name} is not there; set TRUCELINE_DATA")
        pytest.skip("the real data are not beside this clone; set TRUCELINE_DATA to their folder")
    return place.resolve()
