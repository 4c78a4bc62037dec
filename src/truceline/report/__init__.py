"""What people read: the bulletin of a day and its exports.

In: the `DayResult` of a day. `compose` makes of it one plain object (its form is `bulletin_schema`), `lay_map` the
map. Out: bulletin.html, bulletin.json, incidents.geojson, sector_days.csv with its dictionary, statements.jsonl,
claims.jsonld.
The verb is `write_bulletin`; read `bulletin.py` first, then `compose.py`. "The map is ugly" is mended in `maps.py` and
`figures.py`, "the wording is wrong" in `words.py`, "the sums are wrong" is caught in `reconcile.py`.
"""

from __future__ import annotations

from truceline.report.bulletin import bulletin_schema, write_bulletin
from truceline.report.compose import compose
from truceline.report.day import DayResult
from truceline.report.maps import MapSheet
from truceline.report.sheet import lay_map

__all__ = ["DayResult", "MapSheet", "bulletin_schema", "compose", "lay_map", "write_bulletin"]
