"""No test talks to a network, and properties are tried the same way on every machine."""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no failure, and what CI tries can be tried again.
settings.register_profile("truceline", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("truceline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole worlds first: they take longest, and no worker should be left alone with them at the end."""
    items.sort(key=lambda item: "worlds" not in item.path.parts)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves the process."""

    def refuse(self: socket.socket, address: Any) -> None:
        if self.family == socket.AF_UNIX:
            return real(self, address)
        raise AssertionError(f"a test tried to connect to {address!r}")

    real = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", refuse)
