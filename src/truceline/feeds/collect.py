"""Collect what every feed of a case gave: one parser a kind, one file at a time.

    receipts, window --FEEDS[kind].parse--> Parsed, file by file --collect--> Records

A file that is missing, broken or empty becomes a `Trouble` of its feed over its own period; the run
goes on. Nothing here decides what a record means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from truceline.errors import CaseError, FeedError
from truceline.feeds import coverage_table
from truceline.feeds.context import File
from truceline.feeds.maps import control_map
from truceline.feeds.orbits import elements
from truceline.feeds.record import Interval, Parsed, Records, Trouble
from truceline.feeds.reports import patrol, strike_log, viina
from truceline.feeds.satellite import baseline, firms
from truceline.feeds.satellite.schema import SORT_KEY, no_detections
from truceline.feeds.satellite.vintage import superseded
from truceline.feeds.statements import press, quotes
from truceline.feeds.weather import cloud
from truceline.ledger import Entry, Receipt
from truceline.spacetime import When, iso
from truceline.terms import Agreement

Read = Callable[[Entry], bytes]


@dataclass(frozen=True)
class FeedKind:
    """A kind of feed: the name used in truce.toml, its parser, and what it is in one line.

    Attributes:
        tells: What its silence could hide: ``events`` of any class, ``heat``, or ``nothing`` that makes a
            sector active or undetermined.
        senses: A sensor, of which coverage is expected.
        whole_day: A dated file belongs to one bulletin, the one that holds the middle of its day. The
            rows of other kinds each belong where their own time falls.
    """

    name: str
    parse: Callable[[bytes, File], Parsed]
    about: str
    tells: str = "nothing"
    senses: bool = False
    whole_day: bool = False


FEEDS: dict[str, FeedKind] = {
    kind.name: kind
    for kind in (
        FeedKind(cloud.NAME, cloud.parse, "how much of the sky was covered, CSV"),
        FeedKind(control_map.NAME, control_map.parse, "who holds what, one GeoJSON a day", whole_day=True),
        FeedKind(firms.NAME, firms.parse, "thermal detections of MODIS or VIIRS, FIRMS CSV", tells="heat", senses=True),
        FeedKind(baseline.NAME, baseline.parse, "what peaceful years showed, fitted by `truceline heat fit`"),
        FeedKind(elements.NAME, elements.parse, "orbit elements of satellites, two lines or OMM"),
        FeedKind(
            patrol.NAME, patrol.parse, "what observers heard and saw, and their hours on watch, CSV", tells="events"
        ),
        FeedKind(press.NAME, press.parse, "press text as pasted, one .txt a document", whole_day=True),
        FeedKind(quotes.NAME, quotes.parse, "quotations a person labelled, JSON Lines"),
        FeedKind(strike_log.NAME, strike_log.parse, "one party's log of long-range strikes, CSV", tells="events"),
        FeedKind(viina.NAME, viina.parse, "news reports with place and labels, VIINA CSV", tells="events"),
    )
}


def collect(agreement: Agreement, receipts: Sequence[Receipt], window: When, read: Read) -> Records:
    """Parse every file that was received.

    Args:
        agreement: Whose feeds these are.
        receipts: One a declared file, with its entry or the reason why there is none.
        window: Only records that meet this time are kept.
        read: Gives the bytes of an entry.

    Returns:
        Records of all feeds, sorted; troubles and rows set aside among them.

    Raises:
        CaseError: A feed is of a kind nobody has written.
    """
    for feed in agreement.feeds:
        if feed.kind not in FEEDS:
            raise CaseError(
                "truce.toml", f"feed '{feed.name}': kind '{feed.kind}' is not known", f"Known kinds: {', '.join(FEEDS)}"
            )
    parsed: list[Parsed] = []
    rows: Counter[str] = Counter()
    explained: set[str] = set()  # feeds that told us when they looked
    delivered: dict[str, str] = {}  # feeds that gave any row at all, with an entry of theirs
    for receipt in receipts:
        one = _parse(agreement, receipt, window, read)
        parsed.append(one)
        if receipt.entry is not None:
            rows[receipt.entry.id] += one.rows_read
            if one.rows_read and receipt.expected.role != "coverage":
                delivered.setdefault(receipt.expected.feed, receipt.entry.id)
        if receipt.expected.role == "coverage" and not one.troubles:
            explained.add(receipt.expected.feed)
    parsed.append(Parsed(intervals=_unstated(agreement, delivered, explained, window)))
    tables = [p.detections for p in parsed if p.detections is not None]
    detections, replaced = superseded(pa.concat_tables(tables).sort_by(SORT_KEY) if tables else no_detections())
    intervals = tuple(sorted((i for p in parsed for i in p.intervals), key=_interval_key))
    return Records(
        detections=detections,
        reports=tuple(sorted((r for p in parsed for r in p.reports), key=lambda r: (r.when, r.feed, r.line, r.id))),
        documents=tuple(sorted((d for p in parsed for d in p.documents), key=lambda d: (d.name, d.id))),
        quotes=tuple(sorted((q for p in parsed for q in p.quotes), key=lambda q: (q.published, q.feed, q.line))),
        control_areas=tuple(sorted((a for p in parsed for a in p.control_areas), key=lambda a: (a.day, a.publisher))),
        intervals=intervals,
        orbits=tuple(
            sorted((o for p in parsed for o in p.orbits), key=lambda o: (o.catalogue, o.epoch, o.feed, o.line))
        ),
        clouds=tuple(sorted((c for p in parsed for c in p.clouds), key=lambda c: (c.feed, c.when, c.at, c.line))),
        baselines=tuple(b for p in parsed for b in p.baselines),
        set_aside=(*(s for p in parsed for s in p.set_aside), *replaced),
        troubles=tuple(_shown(t, intervals, explained) for p in parsed for t in p.troubles),
        rows_read=dict(sorted(rows.items())),
    )


def period_of(agreement: Agreement, receipt: Receipt) -> When | None:
    """The time a file matters to; None for one that is not dated."""
    expected = receipt.expected
    if expected.period is None or not FEEDS[agreement.feed(expected.feed).kind].whole_day:
        return expected.period
    return agreement.covers(agreement.day_of(expected.period.middle))


def _parse(agreement: Agreement, receipt: Receipt, window: When, read: Read) -> Parsed:
    """One file; whatever is wrong with it as a whole becomes a trouble of its feed."""
    expected = receipt.expected
    feed = agreement.feed(expected.feed)
    coverage = expected.role == "coverage"
    period = period_of(agreement, receipt)
    if receipt.entry is None and expected.role == "standard":
        what = f"{receipt.missing or expected.path}: near-real-time rows stand until standard quality comes"
        return Parsed(troubles=(Trouble(feed.name, what, "Fetch it when it is out", period, outage=False),))
    if receipt.entry is None:
        todo = "Fetch it; until then the feed counts as blind" if not coverage else "Write down when the feed looked"
        return Parsed(troubles=(Trouble(feed.name, receipt.missing or "missing", todo, period, outage=not coverage),))
    file = File(feed, agreement, receipt.entry.id, expected.path, expected.day, window)
    data = read(receipt.entry)
    try:
        one = coverage_table.parse(data, file) if coverage else FEEDS[feed.kind].parse(data, file)
    except FeedError as error:
        return Parsed(troubles=(Trouble(feed.name, error.what, error.todo, period, outage=not coverage),))
    # What a parser finds wrong holds for the file's own period; a lost row of a coverage table takes
    # exposure away by itself.
    troubles = tuple(replace(t, when=t.when or period, outage=t.outage and not coverage) for t in one.troubles)
    one = replace(one, troubles=troubles, orbits=tuple(replace(o, about=period) for o in one.orbits))
    return one if coverage else _doubted(one, file, period)


def _doubted(one: Parsed, file: File, period: When | None) -> Parsed:
    """An empty table is an outage until shown otherwise, and so is a table of refused rows."""
    what = None
    if one.rows_read == 0:
        what = f"{file.path} holds a header and no rows: an empty answer is not a quiet day"
    elif len(one.set_aside) == one.rows_read:
        what = f"{file.path}: none of its {one.rows_read} rows could be used"
    if what is None:
        return one
    trouble = Trouble(file.feed.name, what, "Ask the source for it again", period)
    return Parsed(set_aside=one.set_aside, troubles=(*one.troubles, trouble), rows_read=one.rows_read)


def _shown(trouble: Trouble, intervals: Sequence[Interval], explained: set[str]) -> Trouble:
    """A short day is shown otherwise by a coverage table: the whole day was delivered, or its passes are listed."""
    if trouble.feed not in explained or trouble.when is None or not trouble.outage or not trouble.doubt:
        return trouble
    told_until = trouble.when.start
    mine = [i for i in intervals if i.feed == trouble.feed and i.when.overlaps(trouble.when)]
    for when in sorted(i.when for i in mine if i.kind == "feed"):
        told_until = max(told_until, when.end) if when.start <= told_until else told_until
    if any(i.kind == "passing" for i in mine):
        return replace(trouble, outage=False)
    return replace(trouble, outage=False) if told_until >= trouble.when.end else trouble


def _unstated(
    agreement: Agreement, delivered: dict[str, str], explained: set[str], window: When
) -> tuple[Interval, ...]:
    """A sensor that delivered but did not tell us when it looked: one interval whose looks are not known."""
    silent = [f.name for f in agreement.feeds if FEEDS[f.kind].senses and f.name not in explained]
    return tuple(Interval(name, delivered[name], window, "feed") for name in silent if name in delivered)


def _interval_key(interval: Interval) -> tuple[str, str, str, str]:
    return interval.feed, iso(interval.when.start), iso(interval.when.end), str(interval.area)
