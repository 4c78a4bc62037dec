"""One party's log of long-range strikes on its territory: a channel of that party, never a count of ours.

Columns read: time_start, time_end (local; a day alone is spread over the day), model, affected region.
What was launched from where, at what, and what was shot down stays in the received bytes: no field of
ours holds it. Rows have regions, not places, so they lie in no sector.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from truceline.feeds.context import File, RowRefused
from truceline.feeds.origin import article_key, trace
from truceline.feeds.record import Parsed, Report
from truceline.feeds.rows import read_rows
from truceline.spacetime import Precision, When, instant, local_day
from truceline.terms.event_class import NAMES, EventClass

NAME = "strike_log"
NEEDED = ("time_start", "time_end", "model", "affected region")

# The log's own words for what came: missiles and guided bombs, attack drones; the rest watched only.
_MISSILE = re.compile(
    r"\b(?:X-|Kh-|Kalibr|Iskander|Kinzhal|Oniks|P-800|C-\d00|S-\d00|KAB|Zircon|KN-23|Guided Aerial Bomb)", re.I
)
_DRONE = re.compile(r"Shahed|Geran|Lancet|Ланцет|Молн[іи]я|loitering", re.I)


def parse(data: bytes, file: File) -> Parsed:
    """Rows that meet the window. Raises FeedChanged where the file is not such a log."""
    rows = read_rows(data, file, needed=NEEDED, parse=_report)
    reports = tuple(report for report in rows.found if report.when.overlaps(file.window))
    return Parsed(reports=reports, set_aside=rows.set_aside, troubles=rows.troubles, rows_read=rows.read)


def _report(row: dict[str, str], line: int, file: File) -> Report:
    event = EventClass.AIR_OR_MISSILE_STRIKE if _MISSILE.search(row["model"]) else None
    event = EventClass.DRONE_ATTACK if event is None and _DRONE.search(row["model"]) else event
    regions = ", ".join(sorted(re.findall(r"'([^']{1,60})'", row["affected region"])))
    text = f"{NAMES[event] if event else 'flight'} in the log; regions named: {regions or 'none'}"
    traced = trace(text, feed=file.feed, agreement=file.agreement)
    return Report(
        id=file.key(row["time_start"], row["time_end"], row["model"], line),
        feed=file.feed.name,
        entry=file.entry,
        line=line,
        when=_when(row["time_start"].strip(), row["time_end"].strip(), file),
        where=None,
        place=regions,
        event_class=event,
        labels=(),
        text=text,
        origin=traced.origin,
        origin_reason=traced.reason,
        party=traced.party,
        root=traced.root,
        article=article_key(f"{file.feed.name} {line}"),
    )


def _when(start: str, end: str, file: File) -> When:
    first, last = _time(start, file), _time(end, file)
    if isinstance(first, When) or isinstance(last, When):
        begin = first.start if isinstance(first, When) else first
        until = last.end if isinstance(last, When) else last
        if until <= begin:
            raise RowRefused(f"ends {end!r} before it starts {start!r}")
        return When(begin, until, Precision.DAY)
    if last < first:
        raise RowRefused(f"ends {end!r} before it starts {start!r}")
    return When(first, last) if last > first else instant(first)


def _time(raw: str, file: File) -> datetime | When:
    try:
        if len(raw) <= 10:
            return local_day(date.fromisoformat(raw), file.zone)
        return datetime.strptime(raw, "%Y-%m-%d %H:%M").replace(tzinfo=file.zone).astimezone(UTC)
    except ValueError:
        raise RowRefused(f"time {raw[:40]!r} is not written YYYY-MM-DD HH:MM") from None
