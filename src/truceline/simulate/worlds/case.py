"""The case file of a named world: the agreement, two readings, the feeds and what they declare of themselves.

Stage, patrols, sky --truce_toml--> truce.toml
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from truceline.simulate.files import party_toml, toml_time
from truceline.simulate.theatre import ALPHA, BRAVO, CUTOFF, HARBOUR, MISSION, RIDGE, ZONE, cutoff_of, day_start
from truceline.simulate.truth import NOTE
from truceline.simulate.worlds.fire import truce_of
from truceline.simulate.worlds.posts import HEARS, RANGE_KM
from truceline.simulate.worlds.stage import TOLERANCE_KM, Stage
from truceline.spacetime import iso

DEPTH_KM = 20.0
LOST_FEED = "patrols_lost"
_HEARD = {str(event): round(HEARS, 2) for event in RANGE_KM} | {"explosion_undetermined": round(HEARS, 2)}


def truce_toml(
    stage: Stage, days: int, lost_area: tuple[float, float, float, float] | None, withdrawn: datetime | None,
    papers: tuple[str, ...],
) -> str:  # fmt: skip
    """The case as a monitor would have written it. What a frozen world gets wrong is not told here."""
    start = truce_of(stage.world.regime, days)
    end = max(cutoff_of(days), start + timedelta(hours=24))
    head = f"""# {NOTE}
# World "{stage.world.name}": {stage.world.about}

[agreement]
name = "Ostrel truce ({stage.world.name.replace("_", " ")})"
status = "in_force"
start = {toml_time(iso(start))}
end = {toml_time(iso(end))}
time_zone = "{ZONE}"
cutoff = "{CUTOFF}"
exercise = true

{party_toml(ALPHA)}
{party_toml(BRAVO)}
[[acceptance]]
party = "alpha"
at = {toml_time(iso(day_start(1) + timedelta(hours=11)))}
conditions = ["that the other side ceases fire at the same hour"]

[[acceptance]]
party = "bravo"
at = {toml_time(iso(day_start(1) + timedelta(hours=16)))}

[ground]
map = "control"
held_by = "alpha"
tolerance_km = {TOLERANCE_KM:g}
sector_km = 25
depth_km = {DEPTH_KM:g}
borders = "borders.geojson"

[[provision]]
id = "P1"
kind = "no_fire"
zone = "line"
count = "incident"
text = "The sides shall not fire across the line."

[[reading]]
id = "R-bravo"
party = "bravo"
start = {toml_time(iso(start + timedelta(hours=3)))}
note = "Counts from the hour the last post had been told."

[[source]]
name = "{RIDGE}"
reliability = "B"
feeds = ["wire_ridge"]

[[source]]
name = "{HARBOUR}"
reliability = "B"
feeds = ["wire_harbour"]

[[source]]
name = "{MISSION}"
reliability = "A"
"""
    return head + "".join(_feed(one) for one in _feeds(lost_area, withdrawn, days, papers))


def _feeds(
    lost_area: tuple[float, float, float, float] | None, withdrawn: datetime | None, days: int, papers: tuple[str, ...]
) -> Iterator[dict[str, object]]:
    yield {"name": "control", "kind": "control_map", "path": "inbox/control_%Y%m%d.geojson",
           "publisher": "Ostrel Atlas", "reliability": "B"}  # fmt: skip
    for name in ("viirs", "modis"):
        feed: dict[str, object] = {
            "name": name, "kind": "firms", "path": f"inbox/{name}.csv", "coverage": f"inbox/{name}_looks.csv",
            "sees": {"fire_undetermined": 0.85 if name == "viirs" else 0.6}, "reliability": "B",
        }  # fmt: skip
        if name == "viirs" and withdrawn is not None:
            feed["outages"] = [
                {"start": withdrawn, "end": cutoff_of(days) + timedelta(days=30), "reason": "withdrawn by its provider"}
            ]
        yield feed
    yield {"name": "ordinary", "kind": "heat_model", "path": "inbox/ordinary.npz", "reliability": "B"}
    patrols: dict[str, object] = {
        "kind": "patrol", "path": "inbox/patrols.csv", "sees": _HEARD, "staring": True, "origin": "monitor",
        "publisher": MISSION, "reliability": "A",
    }  # fmt: skip
    yield {"name": "patrols", **patrols}
    if lost_area is not None:
        yield {"name": LOST_FEED, **patrols, "path": f"inbox/{LOST_FEED}.csv", "area": list(lost_area)}
    yield {"name": "press_events", "kind": "viina", "path": "inbox/press_events.csv", "reliability": "C",
           "uncertainty_m": 5000}  # fmt: skip
    for key, agency in (("ridge", RIDGE), ("harbour", HARBOUR)):
        yield {"name": f"wire_{key}", "kind": "viina", "path": f"inbox/wire_{key}.csv", "origin": "third_party",
               "publisher": agency, "reliability": "B", "uncertainty_m": 5000}  # fmt: skip
    for paper in papers:
        yield {"name": paper, "kind": "press", "path": f"inbox/{paper}_%Y%m%d.txt", "publisher": "Ostrel press digest",
               "reliability": "C"}  # fmt: skip
    for side in (ALPHA, BRAVO):
        yield {"name": f"log_{side.id}", "kind": "viina", "path": f"inbox/log_{side.id}.csv", "origin": "party",
               "party": side.id, "publisher": f"{side.name} general staff", "reliability": "E"}  # fmt: skip


def _feed(feed: Mapping[str, object]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in feed.items()]
    return "\n[[feed]]\n" + "\n".join(lines) + '\nlicence = "invented"\n'


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return toml_time(iso(value))
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return json.dumps(value)
