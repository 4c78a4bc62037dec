"""What was promised, by whom accepted, in each party's reading, and whether it is in force.

In: truce.toml. Out: one `Agreement`. The verb is `read_agreement`; read `agreement.py` first.
"""

from __future__ import annotations

from truceline.terms.agreement import Agreement
from truceline.terms.document import read_agreement

__all__ = ["Agreement", "read_agreement"]
