"""Named worlds with known truth: a fictional line of 50-1,500 km, its fire, its sensors, its press.

    catalogue (what kind of world) -> stage (where) -> fire, burning (what happens)
        -> sky, posts, newsroom, voices (who perceives, who speaks) -> build (the case folder, truth.json)

In: a world's name, a seed and a number of days. Out: a case folder in the feeds' real file formats.
Start at `build.make`. A frozen world is never looked at while tuning; see docs/methods/worlds.md.
"""

from __future__ import annotations

from truceline.simulate.worlds.build import make
from truceline.simulate.worlds.catalogue import CATALOGUE, SIZES, World, world_named

__all__ = ["CATALOGUE", "SIZES", "World", "make", "world_named"]
