"""Feed health: how every source did on the day, first of all the failed ones.

A feed that failed is shown as failed on page one: it must never look like a quiet day.
"""

from __future__ import annotations

import math
from typing import Any

from truceline.feeds import FEEDS
from truceline.feeds.collect import period_of
from truceline.feeds.record import FeedState, Trouble
from truceline.feeds.satellite import firms
from truceline.ledger import Receipt
from truceline.observations.spans import merge, without
from truceline.report.day import DayResult
from truceline.spacetime import When, iso, local_day
from truceline.terms import Agreement
from truceline.terms.agreement import FeedTerms

SET_ASIDE_SHOWN = 20
REASON_CHARS = 300


def feed_health(agreement: Agreement, result: DayResult) -> list[dict[str, Any]]:
    """One object a feed, in the order of the case file."""
    return [_feed(agreement, result, feed) for feed in agreement.feeds]


def heat_gap(agreement: Agreement, result: DayResult) -> str | None:
    """Why the day's detections are not all there may have been; None: every thermal feed delivered the whole day."""
    for feed in agreement.feeds:
        if feed.kind != firms.NAME:
            continue
        health = _feed(agreement, result, feed)
        if health["covered_h"] is None:
            return f"when feed {feed.name} delivered is not known"
        if health["state"] != FeedState.OK:
            return f"feed {feed.name} did not deliver the whole of {result.day}"
    return None


def _feed(agreement: Agreement, result: DayResult, feed: FeedTerms) -> dict[str, Any]:
    troubles = [t for t in result.records.troubles if t.feed == feed.name and _meets(t.when, result.period)]
    receipts = [
        r for r in result.receipts if r.expected.feed == feed.name and _meets(period_of(agreement, r), result.period)
    ]
    entries = {r.entry.id for r in receipts if r.entry is not None}
    aside = [s for s in result.records.set_aside if s.entry in entries]
    covered_h = _covered_h(feed, result)
    state = _state(feed, troubles, receipts, covered_h, any(not s.repeats for s in aside), result)
    if state is FeedState.FAILED and feed.name == agreement.ground.map and result.ground is not None:
        state = FeedState.PARTIAL  # an older map stands in, and page one says of which day
    return {
        "name": feed.name,
        "kind": feed.kind,
        "state": str(state),
        "troubles": [_trouble(t) for t in troubles],
        "rows_read": sum(result.records.rows_read.get(entry, 0) for entry in sorted(entries)),
        "rows_set_aside": len(aside),
        "set_aside": [{"line": s.line, "reason": s.reason[:REASON_CHARS]} for s in aside[:SET_ASIDE_SHOWN]],
        "set_aside_more": max(0, len(aside) - SET_ASIDE_SHOWN),
        "records_in_period": _records_in_period(agreement, result, feed),
        "covered_h": covered_h,
        "reliability": feed.reliability,
        "licence": feed.licence,
        "origin": str(feed.origin),
        "party": feed.party,
        "publisher": feed.publisher or feed.name,
        "files": [_file(r) for r in receipts if r.entry is not None],
    }


def _meets(when: When | None, period: When) -> bool:
    return when is None or when.overlaps(period)


def _trouble(trouble: Trouble) -> dict[str, Any]:
    return {
        "what": trouble.what,
        "todo": trouble.todo,
        "from": None if trouble.when is None else iso(trouble.when.start),
        "to": None if trouble.when is None else iso(trouble.when.end),
        "outage": trouble.outage,
    }


def _file(receipt: Receipt) -> dict[str, Any]:
    entry = receipt.entry
    if entry is None:
        raise ValueError(f"{receipt.expected.path} was not received, so it has no bytes to show")
    at = entry.source.available_at
    return {
        "path": receipt.expected.path,
        "entry": entry.id,
        "sha256": entry.sha256,
        "bytes": entry.size,
        "available_at": None if at is None else iso(at),
    }


def _covered_h(feed: FeedTerms, result: DayResult) -> float | None:
    """Hours of the period the feed says it covered, less its outages; None where it does not say."""
    if feed.coverage is None:
        return None
    mine = (i.when.meet(result.period) for i in result.records.intervals if i.feed == feed.name)
    gaps = [When(o.start, o.end) for o in feed.outages] + _lost(feed, result)
    spans = merge(part for part in mine if part is not None)
    return round(math.fsum(left.hours for span in spans for left in without(span, gaps)), 2)


def _lost(feed: FeedTerms, result: DayResult) -> list[When]:
    return [t.when or result.period for t in result.records.troubles if t.feed == feed.name and t.outage]


def _state(
    feed: FeedTerms,
    troubles: list[Trouble],
    receipts: list[Receipt],
    covered_h: float | None,
    aside: bool,
    result: DayResult,
) -> FeedState:
    """Failed where nothing of the day could be used, partial where something is missing, else ok."""
    delivered = any(r.entry is not None and r.expected.role != "coverage" for r in receipts)
    gaps = [part for gap in _lost(feed, result) if (part := gap.meet(result.period)) is not None]
    left_h = math.fsum(part.hours for part in without(result.period, gaps))
    if not delivered or left_h < 0.01 or (covered_h == 0 and (FEEDS[feed.kind].senses or feed.staring)):
        return FeedState.FAILED
    outage = any(When(o.start, o.end).overlaps(result.period) for o in feed.outages)
    short = _delivered_in_part(feed, covered_h, result)
    return FeedState.PARTIAL if troubles or aside or outage or short else FeedState.OK


def _delivered_in_part(feed: FeedTerms, covered_h: float | None, result: DayResult) -> bool:
    """Whether a feed says it delivered for only a part of the day. Passes are short by nature and do not say that."""
    kinds = {i.kind for i in result.records.intervals if i.feed == feed.name and i.when.overlaps(result.period)}
    return covered_h is not None and "passing" not in kinds and covered_h < result.period.hours - 0.01


def _records_in_period(agreement: Agreement, result: DayResult, feed: FeedTerms) -> int:
    """How many records of the day the feed gave, whatever they turned out to be."""
    records, period = result.records, result.period
    found = sum(1 for name in result.observed.observations["feed"].to_pylist() if name == feed.name)
    found += sum(
        1
        for r in records.reports
        if r.feed == feed.name and period.holds(r.when.middle) and (r.event_class is None or r.where is None)
    )
    found += sum(1 for o in records.orbits if o.feed == feed.name and (o.about is None or o.about.overlaps(period)))
    found += sum(1 for c in records.clouds if c.feed == feed.name and c.when.overlaps(period))
    dated = [d.published for d in records.documents if d.feed == feed.name and d.published is not None]
    dated += [q.published for q in records.quotes if q.feed == feed.name]
    found += sum(1 for day in dated if period.holds(local_day(day, agreement.zone).middle))
    if feed.name == agreement.ground.map and result.ground is not None:
        found += sum(1 for area in records.control_areas if area.day == result.ground.map_day)
    return found
