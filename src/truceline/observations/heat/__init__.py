"""Heat: which fires are out of the ordinary, by what peaceful years showed in the same place and season.

    hits (columns) --fit--> HeatModel --Scorer.score--> p_ordinary, flagged, reasons;  --evaluate--> a year left out

Start at `fit.fit`, then `climatology`, `day_level`, `tail`, `zones` and `register` in this order. Method and measured
figures: docs/methods/heat.md.
"""

from __future__ import annotations

from truceline.observations.heat.fit import fit
from truceline.observations.heat.hits import Hits
from truceline.observations.heat.model import HeatModel, from_bytes, to_bytes
from truceline.observations.heat.scoring import Scored, Scorer

__all__ = ["HeatModel", "Hits", "Scored", "Scorer", "fit", "from_bytes", "to_bytes"]
