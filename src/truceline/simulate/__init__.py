"""EXERCISE worlds: a small fictional theatre with planted truth, and how well a run found it.

In: a seed and a number of days. Out: a case folder in the feeds' real file formats with truth.json beside it;
after a run, a Score. The verbs are `simulate` and `score`; read `world.py` first, then `scoring.py`.

    theatre (where, who) -> happenings (what) -> sensors, press (who perceives, who speaks) -> files
                                           `---> truth ------------------------------------> scoring

Nothing here is about a real place, party or conflict; every file says EXERCISE or stands beside one that does.
"""

from __future__ import annotations

from truceline.simulate.result import Promise, Score
from truceline.simulate.scoring import score
from truceline.simulate.world import simulate

__all__ = ["Promise", "Score", "score", "simulate"]
