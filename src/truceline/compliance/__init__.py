"""Which promise was kept, which was not, and which cannot be told, in each party's reading.

In: the agreement and the assessments of a day. Out: `Finding`s. The verb is `check`; read `check.py`
first. A new kind of provision is one file and one line in `CHECKS`.
"""

from __future__ import annotations

from truceline.compliance.check import CHECKS, check, in_force
from truceline.compliance.finding import Finding, Verdict

__all__ = ["CHECKS", "Finding", "Verdict", "check", "in_force"]
