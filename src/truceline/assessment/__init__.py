"""How sure, of what, and where nobody could tell.

In: incidents, observations and coverage of a day. Out: `Assessments` (judged incidents, sector-days).
The verb is `assess`; read `assess.py` first, then `grading.py` and `sector_days.py` for the definitions.
"It is too sure" is mended in `likelihood.py`.
"""

from __future__ import annotations

from truceline.assessment.assess import Assessment, Assessments, acts_of_fire, assess
from truceline.assessment.grading import COUNTED, Grade
from truceline.assessment.schema import ANY, State

__all__ = ["ANY", "COUNTED", "Assessment", "Assessments", "Grade", "State", "acts_of_fire", "assess"]
