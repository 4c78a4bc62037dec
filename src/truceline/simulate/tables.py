"""What is measured of a run, and the values it is kept in. The measuring is `measures.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Measure -> (what is asked, the goal as BENCHMARKS.md section 8 states it; empty: none is stated).
ASKED: dict[str, tuple[str, str]] = {
    "bound_covers": ("sector-days and classes whose missed events are within the printed upper 90 %", "90 %"),
    "bound_calibrated": (
        "the same where a bound is not 0 for certain, each count's edge split so that 90 % is exact",
        "90 %",
    ),
    "bound_calibrated_at_stake": ("the same, where 0.1 missed events or more are expected", "90 %"),
    "bound_covers_where_fire": ("the same, where an event of the class was missed or the bound is above 0", ""),
    "quiet_said": ("truly quiet, well watched sector-days without heat that are said quiet", ">= 70 %"),
    "quiet_said_beside_heat": ("truly quiet, well watched sector-days with benign heat that are said quiet", ""),
    "quiet_wrong": ("sector-days said quiet in which fire was planted", "<= 10 %"),
    "active_right": ("sector-days said active in which fire was planted", ""),
    "heat_recall": ("events whose fire a satellite recorded that are counted", ">= 70 %"),
    "benign_kept_out": ("benign fires recorded by a satellite beside which nothing false is counted", ">= 95 %"),
    "recall": ("events somebody independent tells of that are counted", ""),
    "recall_of_all": ("events that are counted, those beyond anybody's reach included", ""),
    "counted_once": ("counted events that are one incident and not several", ""),
    "told_apart": ("counted incidents that hold one event and not several", ""),
    "false_alarms": ("counted incidents that match no event", ""),
    "confirmed_true": ("incidents graded confirmed that match an event", ""),
    "corroborated_true": ("incidents graded corroborated that match an event", ""),
    "single_source_true": ("incidents graded single source that match an event", ""),
    "set_fire_held": ("set fires that raise no grade above contested", "all"),
    "flooding_held": ("floods of entries that raise no grade above contested", "all"),
    "planted_copies_held": ("planted stories that raise no grade above contested", "all"),
    "forged_capture_held": ("forged captures that raise no grade above contested", "all"),
    "beside_true_held": ("incidents of a true event beside which something was planted that adds no voice", "all"),
    "copies_one_voice": ("incidents of copied stories with no more voices than there were", "all"),
    "positions_right": ("planted sentences found with their position", ""),
    "denials_and_neithers_apart": ("planted denials and neithers found, not taken for each other", "all"),
    "tallies_kept": ("planted tallies kept as tallies", ""),
}


@dataclass(frozen=True)
class Measure:
    """k of n. `name` is a key of `ASKED`, or `recall:CLASS`."""

    name: str
    k: float
    n: int


@dataclass(frozen=True)
class Reliability:
    """Said against so: of the things said with a chance in a band, how many are so. `said` is their mean chance."""

    kind: str
    band: str
    said: float
    k: int
    n: int


@dataclass(frozen=True)
class Measured:
    """All figures of one run. `widths` counts printed bounds of missed events by their value."""

    measures: tuple[Measure, ...]
    reliability: tuple[Reliability, ...]
    widths: Mapping[int, int]
