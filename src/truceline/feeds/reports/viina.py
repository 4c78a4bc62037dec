"""VIINA-shaped CSV: one row a place named in a news report, with machine labels and the headline.

Columns: datetime (local; 00:00:00 where only the day is known), lon, lat, place_name, event_type
('|'-joined labels), headline. Rows are reports, not events: an article may give several rows, and a row
without a label of violence only says that a place was mentioned.
Labels: Zhukov, VIINA 2.0, https://github.com/zhukovyuri/VIINA
"""

from __future__ import annotations

from datetime import UTC, datetime

from truceline.feeds.context import File, RowRefused, event_day, position
from truceline.feeds.origin import article_key, trace
from truceline.feeds.record import Parsed, Report
from truceline.feeds.rows import read_rows
from truceline.spacetime import When, Where, instant, local_day
from truceline.terms.event_class import TABLE, EventClass

NAME = "viina"
NEEDED = ("datetime", "lon", "lat", "place_name", "event_type", "headline")
PLACE_UNCERTAINTY_M = 5_000.0  # a row names a settlement, and is put at its centre

LABELS: dict[str, EventClass] = {label: row.event for row in TABLE for label in row.viina}
# Labels that say what a text is about but not that something was fired.
NO_EVENT = frozenset({"", "loc", "control", "occupy", "retreat", "retreab", "arrest", "arresb", "milcas", "civcas",
                      "airalert", "airalerb", "cyber", "san", "display", "territory"})  # fmt: skip


def parse(data: bytes, file: File) -> Parsed:
    """Reports of the window. Raises FeedChanged where the file is not such a CSV."""
    rows = read_rows(data, file, needed=NEEDED, parse=_report, dated=_when, same=lambda report: report.id)
    reports = tuple(report for report in rows.found if report.when.overlaps(file.window))
    return Parsed(reports=reports, set_aside=rows.set_aside, troubles=rows.troubles, rows_read=rows.read)


def _report(row: dict[str, str], line: int, file: File) -> Report:
    place = position(row, "lon", "lat")
    labels = tuple(sorted({label.strip().lower() for label in row["event_type"].split("|")}))
    headline = row["headline"].strip()
    unknown = [label for label in labels if label not in LABELS and label not in NO_EVENT]
    if unknown:
        raise RowRefused(f"label {unknown[0][:40]!r} is not one we know")
    traced = trace(headline, feed=file.feed, agreement=file.agreement)
    return Report(
        id=file.key(row["datetime"], row["lon"], row["lat"], *labels, headline),
        feed=file.feed.name,
        entry=file.entry,
        line=line,
        when=_when(row, file),
        where=Where(place, file.feed.uncertainty_m or PLACE_UNCERTAINTY_M),
        place=row["place_name"].strip(),
        event_class=next((event for label, event in LABELS.items() if label in labels), None),
        labels=tuple(label for label in labels if label),
        text=headline,
        origin=traced.origin,
        origin_reason=traced.reason,
        party=traced.party,
        root=traced.root,
        article=article_key(headline) if headline else file.key(line),
        against=traced.against,
    )


def _when(row: dict[str, str], file: File) -> When:
    """Local time to UTC; a row at midnight names only its day and is spread over it."""
    raw = row["datetime"].strip()
    day = event_day(raw, "datetime")
    clock = raw[10:].strip(" T")
    if clock in ("", "00:00:00", "00:00"):
        return local_day(day, file.zone)
    try:
        at = datetime.fromisoformat(f"{day.isoformat()}T{clock}")
    except ValueError:
        raise RowRefused(f"datetime {raw[:40]!r} is not written YYYY-MM-DD HH:MM:SS") from None
    return instant(at.replace(tzinfo=at.tzinfo or file.zone).astimezone(UTC))
