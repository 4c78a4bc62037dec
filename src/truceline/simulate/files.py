"""Write a world down in the feeds' real file formats: what a monitor's inbox would hold.

    rows --write_case--> truce.toml, borders.geojson, inbox/*.csv, inbox/*.geojson, inbox/*.txt

Columns, order, quoting and byte-order marks are those of the real sources (FIRMS MODIS NRT CSV,
the VIINA extracts, DeepState-like GeoJSON), so that the parsers meet no special case. Fixed number formats:
the same world is the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal

from truceline.errors import OutputError
from truceline.simulate.sensors import Heat, Look, ReportRow, Watch
from truceline.simulate.theatre import (
    ALPHA,
    BRAVO,
    COUNTRY,
    CUTOFF,
    HARBOUR,
    MISSION,
    RIDGE,
    ZONE,
    Side,
    coastline,
    cutoff_of,
    day_start,
    truce_start,
)
from truceline.simulate.truth import NOTE
from truceline.spacetime import LonLat, iso

FIRMS_COLUMNS = (
    "latitude", "longitude", "brightness", "scan", "track", "acq_date", "acq_time", "satellite", "confidence",
    "version", "bright_t31", "frp", "daynight",
)  # fmt: skip
VIIRS_COLUMNS = (
    "latitude", "longitude", "bright_ti4", "scan", "track", "acq_date", "acq_time", "satellite", "instrument",
    "confidence", "version", "bright_ti5", "frp", "daynight",
)  # fmt: skip
VIINA_COLUMNS = ("datetime", "lon", "lat", "place_name", "event_type", "headline")
LOOK_COLUMNS = ("from", "to", "west", "south", "east", "north", "looks", "clear_share", "kind")
WATCH_COLUMNS = ("from", "to", "west", "south", "east", "north", "kind")
DEAD_FEED = "posts_east"


def write(case: Path, name: str, text: str) -> None:
    """Write one file of the case, newlines as given.

    Raises:
        OutputError: The folder or file cannot be written.
    """
    write_bytes(case, name, text.encode("utf-8"))


def write_bytes(case: Path, name: str, data: bytes) -> None:
    """Write one file of the case that is no text.

    Raises:
        OutputError: The folder or file cannot be written.
    """
    file = case / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    except OSError as error:
        raise OutputError(
            "simulate", f"{name} cannot be written ({error.strerror})", "Give a folder you may write to"
        ) from error


def firms_csv(hits: Iterable[Heat]) -> str:
    """FIRMS MODIS NRT rows. Aqua's times are numbers, without leading zeros, as in some exports."""
    rows = []
    for hit in hits:
        clock = f"{hit.at:%H%M}" if hit.satellite == "T" else str(int(f"{hit.at:%H%M}"))
        rows.append(
            (
                f"{hit.lat:.5f}", f"{hit.lon:.5f}", _short(hit.brightness), _short(hit.scan), _short(hit.track),
                f"{hit.at:%Y-%m-%d}", clock, hit.satellite, str(hit.confidence), "6.1NRT", _short(hit.bright_t31),
                _short(hit.frp), "D" if hit.by_day else "N",
            )
        )  # fmt: skip
    return _table(FIRMS_COLUMNS, rows)


def viirs_csv(hits: Iterable[Heat]) -> str:
    """FIRMS VIIRS NRT rows: I-band names, confidence in words."""
    rows = [
        (
            f"{hit.lat:.5f}", f"{hit.lon:.5f}", _short(hit.brightness), _short(hit.scan), _short(hit.track),
            f"{hit.at:%Y-%m-%d}", f"{hit.at:%H%M}", hit.satellite, "VIIRS", _word(hit.confidence),
            "2.0NRT", _short(hit.bright_t31), _short(hit.frp), "D" if hit.by_day else "N",
        )
        for hit in hits
    ]  # fmt: skip
    return _table(VIIRS_COLUMNS, rows)


def viina_csv(rows: Iterable[ReportRow]) -> str:
    """VIINA-shaped rows: byte-order mark, every field quoted, local time, midnight where only the day is known."""
    body = [
        (
            f"{row.local:%Y-%m-%d %H:%M:%S}" if row.clock else f"{row.local:%Y-%m-%d} 00:00:00",
            _short(row.at.lon, 5),
            _short(row.at.lat, 5),
            row.place,
            row.label,
            row.headline,
        )
        for row in rows
    ]
    return "\ufeff" + _table(VIINA_COLUMNS, body, quoting=csv.QUOTE_ALL)


def looks_csv(looks: Iterable[Look]) -> str:
    """When the satellite looked, at which box, and how much of it was clear."""
    rows = [
        (iso(one.start), iso(one.end), *(f"{side:.4f}" for side in one.box), "1", f"{one.clear_share:.2f}", "passing")
        for one in looks
    ]
    return _table(LOOK_COLUMNS, rows)


def watches_csv(watches: Iterable[Watch]) -> str:
    """Which post was on watch, when, over which box."""
    rows = [(iso(one.start), iso(one.end), *(f"{side:.4f}" for side in one.box), "staring") for one in watches]
    return _table(WATCH_COLUMNS, rows)


def control_geojson(name: str, rings: Sequence[Sequence[LonLat]]) -> str:
    """A control map of a day: a FeatureCollection of one MultiPolygon, laid out as the daily copies are."""
    polygons = ", ".join(
        f"[ [ {', '.join(f'[ {_short(p.lon, 6)}, {_short(p.lat, 6)} ]' for p in r)} ] ]" for r in rings
    )
    return (
        "{\n"
        '"type": "FeatureCollection",\n'
        f'"name": "{name}",\n'
        '"crs": { "type": "name", "properties": { "name": "urn:ogc:def:crs:OGC:1.3:CRS84" } },\n'
        '"features": [\n'
        '{ "type": "Feature", "properties": { }, "geometry": { "type": "MultiPolygon", "coordinates": '
        f"[ {polygons} ] }} }}\n"
        "]\n"
        "}\n"
    )


def borders_geojson() -> str:
    """The island as one country polygon with its islet, by the island's own survey."""
    coast = [[round(p.lon, 6), round(p.lat, 6)] for p in coastline()]
    islet = [[-151.09, 43.155], [-151.01, 43.155], [-151.01, 43.205], [-151.09, 43.205], [-151.09, 43.155]]
    feature = {
        "type": "Feature",
        "properties": {"name": COUNTRY, "note": NOTE},
        "geometry": {"type": "MultiPolygon", "coordinates": [[coast], [islet]]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False) + "\n"


def truce_toml(days: int, dead_area: tuple[float, float, float, float]) -> str:
    """The case: an agreement in force from the evening of day 2, two readings, the feeds, one of which is dead."""
    start = truce_start()
    end = max(cutoff_of(days), start + timedelta(hours=24))
    watched = "shelling = 0.95, small_arms_fire = 0.95, drone_attack = 0.95, air_or_missile_strike = 0.97, "
    watched += "ground_assault = 0.97, explosion_undetermined = 0.95"
    return f"""# {NOTE}

[agreement]
name = "Ostrel harvest truce"
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
statement = "We accept the truce, if it is mutual."

[[acceptance]]
party = "bravo"
at = {toml_time(iso(day_start(1) + timedelta(hours=16)))}
conditions = ["that observers are let into the eastern posts"]
statement = "We accept, from the hour our posts have been told."

[ground]
map = "control"
held_by = "alpha"
tolerance_km = 3
sector_km = 25
depth_km = 20
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

[[source]]
name = "{HARBOUR}"
reliability = "B"

[[source]]
name = "{MISSION}"
reliability = "A"

[[feed]]
name = "control"
kind = "control_map"
path = "inbox/control_%Y%m%d.geojson"
publisher = "Ostrel Atlas"
reliability = "B"
licence = "invented"

[[feed]]
name = "modis"
kind = "firms"
path = "inbox/modis.csv"
coverage = "inbox/modis_looks.csv"
sees = {{ fire_undetermined = 0.9 }}
reliability = "B"
licence = "invented"

[[feed]]
name = "posts"
kind = "viina"
path = "inbox/posts.csv"
coverage = "inbox/posts_watch.csv"
sees = {{ {watched} }}
staring = true
origin = "monitor"
publisher = "{MISSION}"
reliability = "A"
licence = "invented"
uncertainty_m = 2000

[[feed]]
name = "{DEAD_FEED}"
kind = "viina"
path = "inbox/{DEAD_FEED}.csv"
coverage = "inbox/{DEAD_FEED}_watch.csv"
area = {json.dumps(list(dead_area))}
sees = {{ {watched} }}
staring = true
origin = "monitor"
publisher = "{MISSION}"
reliability = "A"
licence = "invented"
uncertainty_m = 2000

[[feed]]
name = "press_events"
kind = "viina"
path = "inbox/press_events.csv"
reliability = "C"
licence = "invented"

[[feed]]
name = "press"
kind = "press"
path = "inbox/press_%Y%m%d.txt"
publisher = "Ostrel press digest"
reliability = "C"
licence = "invented"

[[feed]]
name = "claims"
kind = "viina"
path = "inbox/claims.csv"
origin = "party"
party = "bravo"
publisher = "{BRAVO.name} general staff"
reliability = "E"
licence = "invented"
"""


def _word(confidence: int) -> str:
    return "l" if confidence < 45 else "n" if confidence < 90 else "h"


def party_toml(side: Side) -> str:
    """A party's table of truce.toml."""
    return (
        f'[[party]]\nid = "{side.id}"\nname = "{side.name}"\n'
        f"aliases = {json.dumps(list(side.aliases))}\nchannels = {json.dumps(list(side.channels))}\n"
    )


def toml_time(moment: str) -> str:
    """A time as TOML writes it: seconds are not optional there."""
    return moment if moment.count(":") == 2 else moment.removesuffix("Z") + ":00Z"


def _short(value: float, digits: int = 2) -> str:
    """A number without the zeros nobody measured."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=quoting, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
