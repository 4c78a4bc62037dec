"""Which promise was kept, which was not, and which cannot be told, in each party's reading.

In: the agreement and the assessments of a day. Out: `Finding`s. The verb is `check`; read `check.py`
first. A new kind of provision is one file and one line in `CHECKS`.
"""

from __future__ import annotations

from truceline.compliance.check import CHECKS, check, in_force
from truceline.compliance.finding import Finding, Verdict
from truceline.compliance.gather import known_of
from truceline.compliance.windows import Kept, windows

__all__ = ["CHECKS", "Finding", "Kept", "Verdict", "check", "in_force", "known_of", "windows"]
