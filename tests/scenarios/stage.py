"""A small stage on which the scenarios play: an island cut by a line, posts, a satellite, news and the parties' words."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.cases import collection, square
from truceline.watch import run

FIRST = date(2031, 4, 20)
HEAD = """
[agreement]
name = "Quiet on Ostrel"
status = "in_force"
start = {start}
end = 2031-05-20T00:00:00Z
exercise = true
{head}
[[party]]
id = "alpha"
name = "Norland"
aliases = ["Norlandic"]
channels = ["Norland's general staff"]
[[party]]
id = "bravo"
name = "Sudmark"
aliases = ["Sudmark's"]
channels = ["Sudmark's defence ministry"]
[ground]
map = "control"
held_by = "alpha"
borders = "borders.geojson"
[[provision]]
id = "P1"
kind = "no_fire"
text = "No fire."
[[source]]
name = "RNA"
reliability = "B"
[[source]]
name = "Coast Wire"
reliability = "C"
[[feed]]
name = "control"
kind = "control_map"
path = "inbox/control_%Y%m%d.geojson"
publisher = "Ridge Maps"
"""
SATELLITE = """
[[feed]]
name = "modis"
kind = "firms"
path = "inbox/modis.csv"
coverage = "inbox/modis_looks.csv"
sees = { fire_undetermined = 0.9, shelling = 0.2 }
reliability = "B"
"""
PATROLS = """
[[feed]]
name = "patrols"
kind = "patrol"
path = "inbox/patrols.csv"
origin = "monitor"
publisher = "the mission"
reliability = "A"
sees = { shelling = 0.95, air_or_missile_strike = 0.95, drone_attack = 0.95, small_arms_fire = 0.95, \
ground_assault = 0.95, explosion_undetermined = 0.95 }
"""
NEWS = """
[[feed]]
name = "news"
kind = "viina"
path = "inbox/news.csv"
time_zone = "UTC"
uncertainty_m = 2000
reliability = "C"
"""
PRESS = """
[[feed]]
name = "press"
kind = "press"
path = "inbox/press_%Y%m%d.txt"
"""
LOG = """
[[feed]]
name = "log-{party}"
kind = "strike_log"
path = "inbox/log_{party}.csv"
time_zone = "UTC"
origin = "party"
party = "{party}"
"""
PATROL_COLUMNS = (
    "means,from_utc,to_utc,lon,lat,range_min_m,range_max_m,bearing_deg,bearing_width_deg,event_class,count_kind,count,"
    "patrol,hear_km,see_km,note"
)
NEWS_COLUMNS = "datetime,lon,lat,place_name,event_type,headline"
FIRE_COLUMNS = "latitude,longitude,acq_date,acq_time,satellite,confidence"


class Stage:
    """A case folder that a scenario fills line by line, then runs."""

    def __init__(
        self, place: Path, *feeds: str, start: str = "2031-04-20T00:00:00Z", head: str = "", more: str = ""
    ) -> None:
        self.place = place
        self.inbox = place / "inbox"
        self.inbox.mkdir(parents=True)
        text = HEAD.format(start=start, head=head) + "".join(feeds) + more
        (place / "truce.toml").write_text(text, encoding="utf-8")
        (place / "borders.geojson").write_bytes(collection(square(-151, 42, -150, 43, name="Ostrel")))
        for n in range(-1, 30):
            drawn = self.inbox / f"control_{FIRST + timedelta(days=n):%Y%m%d}.geojson"
            drawn.write_bytes(collection(square(-151, 42.5, -150, 43)))

    def write(self, name: str, header: str, *rows: str) -> Stage:
        """A CSV file of the inbox."""
        (self.inbox / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
        return self

    def patrols(self, *rows: str, days: int = 1, posts: bool = True) -> Stage:
        """The patrols' form; with `posts`, five posts hear the whole line all day, every day."""
        watches = [
            f"on_watch,{day}T00:00Z,{day + timedelta(days=1)}T00:00Z,{lon},42.5,,,,,,,,Post {n},15,15,"
            for day in (FIRST + timedelta(days=d) for d in range(days))
            for n, lon in enumerate((-150.9, -150.7, -150.5, -150.3, -150.1), start=1)
            if posts
        ]
        return self.write("patrols.csv", PATROL_COLUMNS, *watches, *rows)

    def day(self, day: date = FIRST, **given: Any) -> dict[str, Any]:
        """Run one day and give its bulletin."""
        run(self.place, [day], **given)
        return self.bulletin(day)

    def bulletin(self, day: date = FIRST) -> dict[str, Any]:
        """The bulletin of a day that was run."""
        path = self.place / "bulletins" / day.isoformat() / "bulletin.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


def any_rows(bulletin: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Sector rows for any act of fire, by sector."""
    return {row["sector"]: row for row in bulletin["sector_days"] if row["class"] == "any"}
