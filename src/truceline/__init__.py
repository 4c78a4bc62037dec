"""Where was it silent, where was it not, and where could nobody see? Start at watch.py."""

from __future__ import annotations

__version__ = "0.1.0"
