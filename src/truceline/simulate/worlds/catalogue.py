"""The catalogue: each named world in one row, what is hard about it, and whether it is frozen.

Rates are per 100 km of line and day. A frozen world is misspecified on purpose: what its feeds declare
about themselves is not so. Nothing may be tuned on a frozen world; it is run and printed, that is all.
"""

from __future__ import annotations

from dataclasses import dataclass

REGIMES = ("kept", "frayed", "broken", "broken_sector", "one_sided", "not_in_force")
DECEPTIONS = ("set_fire", "flooding", "planted_copies", "forged_capture")


@dataclass(frozen=True)
class World:
    """One kind of world.

    Attributes:
        line_km: Length of the line, 50..1,500 km.
        regime: What the truce does to the fire; one of `REGIMES`.
        fire: Acts of fire before the truce, per 100 km and day, followers included.
        left: Share of that fire which goes on under the truce.
        fields, scrub, works: Benign fires per 100 km and day (works: places per 100 km that burn always).
        cloud: Mean share of the sky under cloud.
        posted: Share of the line at which patrols stand.
        watch_h: Hours a day they stand there.
        withdrawn: Whether a provider withdraws a heat feed halfway.
        outage: Whether the patrols' reports of a third of the line never arrive.
        reported: Share of the acts that one agency or another tells of.
        copies: Mean number of prints of one agency story.
        statements: Sentences with a position in each day's press, about.
        deceptions: Kinds of `DECEPTIONS` somebody tries.
        truly_heard: True range of hearing over the declared one; 1 where the form tells the truth.
        cloud_said: Share of the cloud that the coverage table admits; 1 where it tells the truth.
        place_error_km: Standard error of the places that event data give.
        talk: How the parties speak: ``mixed``, ``silent`` or ``loud``.
        frozen: Never looked at while tuning.
    """

    name: str
    about: str
    line_km: float = 260.0
    regime: str = "frayed"
    fire: float = 9.0
    left: float = 0.25
    fields: float = 2.0
    scrub: float = 0.5
    works: float = 0.8
    cloud: float = 0.35
    posted: float = 0.7
    watch_h: float = 24.0
    withdrawn: bool = False
    outage: bool = False
    reported: float = 0.35
    copies: float = 4.0
    statements: int = 8
    deceptions: tuple[str, ...] = ()
    truly_heard: float = 1.0
    cloud_said: float = 1.0
    place_error_km: float = 2.0
    talk: str = "mixed"
    frozen: bool = False

    def __post_init__(self) -> None:
        if not 50 <= self.line_km <= 1_500:
            raise ValueError(f"line_km {self.line_km:g} must be 50 to 1500")
        if self.regime not in REGIMES:
            raise ValueError(f"regime {self.regime!r} is none of {', '.join(REGIMES)}")
        if strange := set(self.deceptions) - set(DECEPTIONS):
            raise ValueError(f"deceptions {sorted(strange)} are none of {', '.join(DECEPTIONS)}")


CATALOGUE: tuple[World, ...] = (
    World("kept", "The truce holds but for a handful of acts.", regime="kept", left=0.02),
    World("frayed", "A quarter of the fire goes on, everywhere."),
    World("broken", "The truce changes nothing.", regime="broken", left=1.0),
    World("broken_sector", "It holds but in one stretch of 40 km.", regime="broken_sector", left=0.03),
    World("one_sided", "One side holds its fire, the other does not.", regime="one_sided", left=0.05),
    World("not_in_force", "The truce begins after the last day.", regime="not_in_force", left=1.0),
    World("harvest", "It holds, and a thousand stubble fields burn.", regime="kept", left=0.05, fields=60.0,
          cloud=0.15),
    World("wildfire", "It holds, and the scrub burns for days.", regime="kept", left=0.05, scrub=12.0, cloud=0.2),
    World("clouded", "Weeks of cloud; few patrols.", cloud=0.9, posted=0.35),
    World("night_blind", "Patrols stand by day only.", watch_h=9.0),
    World("outage", "A provider withdraws a feed and a third of the patrols' reports never arrive.",
          withdrawn=True, outage=True),
    World("loud", "Parties that exaggerate, forty copies of every story.", talk="loud", copies=25.0, statements=20),
    World("silent", "Parties that say nothing or neither.", talk="silent", reported=0.15),
    World("deceived", "Set fires, flooding, planted copies, forged captures.", regime="kept", left=0.1,
          deceptions=DECEPTIONS),
    World("frozen_deaf", "Frozen: patrols hear a good half as far as their form says.", truly_heard=0.6, frozen=True),
    World("frozen_clear_sky", "Frozen: the coverage table admits a third of the cloud.", cloud=0.6, cloud_said=0.33,
          frozen=True),
    World("frozen_misplaced", "Frozen: event data give places 12 km off.", place_error_km=12.0, reported=0.6,
          frozen=True),
    World("frozen_storm", "Frozen: harvest, cloud, outage and deception at once.", fields=40.0, cloud=0.6, outage=True,
          withdrawn=True, talk="loud", deceptions=("set_fire", "planted_copies"), truly_heard=0.8, frozen=True),
)  # fmt: skip

# Not part of the sweep: worlds by size, for the clock.
SIZES: tuple[World, ...] = (
    World("long_line", "Twelve hundred kilometres, for thirty days.", line_km=1_200.0, fields=12.0),
    World("busy_day", "Benchmark 9: 1,200 km, about 20,000 detections, 5,000 reports and 300 statements a day.",
          line_km=1_200.0, regime="broken", left=1.0, fire=24.0, fields=600.0, cloud=0.25, reported=0.75, copies=22.0,
          statements=300),
)  # fmt: skip


def world_named(name: str) -> World:
    """The world of that name. Raises ValueError naming the known ones."""
    for world in (*CATALOGUE, *SIZES):
        if world.name == name:
            return world
    raise ValueError(f"no world {name!r}; known: {', '.join(one.name for one in (*CATALOGUE, *SIZES))}")
