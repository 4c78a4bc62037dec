"""A control map: one GeoJSON a day that draws the area one party holds, according to its publisher."""

from __future__ import annotations

from truceline.errors import FeedChanged
from truceline.feeds.context import File
from truceline.feeds.record import Parsed, Trouble
from truceline.ground.geojson import read_control_area

NAME = "control_map"


def parse(data: bytes, file: File) -> Parsed:
    """The control area of the file's day. Raises FeedChanged where it is no usable polygon."""
    if file.day is None:
        raise FeedChanged(
            file.feed.name, f"{file.path} names no day", "Name the files by date, for example control_%Y%m%d.geojson"
        )
    area = read_control_area(
        data,
        publisher=file.publisher,
        day=file.day,
        held_by=file.agreement.ground.held_by,
        entry=file.entry,
        only=file.feed.only,
    )
    troubles: tuple[Trouble, ...] = ()
    if area.repaired:
        troubles = (
            Trouble(
                file.feed.name,
                f"{file.path}: the polygon crosses itself and was repaired",
                "Compare the drawn line with the publisher's own map",
                outage=False,
            ),
        )
    return Parsed(control_areas=(area,), troubles=troubles, rows_read=1)
