"""Ground: where the agreement applies on a day.

In: control areas (who holds what, one publisher's claim with a date), borders and coast, and the
case's lengths. Out: `Ground`, the line of contact in sectors, with distances to it.
The one verb: `lay_out`. Read first: ground.py, then line.py. Method: docs/methods/line.md
"""

from __future__ import annotations

from truceline.ground.ground import Ground, lay_out

__all__ = ["Ground", "lay_out"]
