"""What was perceived, and what could have been.

In: records of the feeds and the ground of a day. Out: `Observed` (observations, coverage).
The verb is `observe`; read `schema.py` first. A new detector is one file and one line in `DETECTORS`.
"""

from __future__ import annotations

from truceline.observations.observe import DETECTORS, Observed, observe
from truceline.observations.schema import Means

__all__ = ["DETECTORS", "Means", "Observed", "observe"]
