"""Gather what the checks are given beside the assessments: words, who was on watch, who was kept from looking.

In: the agreement, the records of the run, the observations of the day. Out: `Known`. No opinions here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import shapely

from truceline.assessment import Assessments
from truceline.compliance.known import Denial, Known, Where
from truceline.feeds import Records
from truceline.ground import Ground
from truceline.ground.zones import Zone
from truceline.incidents import Incident
from truceline.observations import Observed
from truceline.observations.spans import merge, without
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.agreement import FeedTerms
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

UNWATCHED = 0.005  # a sliver of a zone beyond the depth of the line is none
SLACK_H = 0.02  # a minute of a day is no gap


def known_of(
    agreement: Agreement,
    records: Records,
    observed: Observed,
    assessments: Assessments,
    sector_km: Mapping[str, float],
    ground: Ground | None = None,
) -> Known:
    """What the checks of a day are given.

    Args:
        agreement: Feeds, their outages and what they declare to see.
        records: When they watched, and what went wrong with them.
        observed: The words of the day's observations.
        assessments: Of the day.
        sector_km: Length of each sector.
        ground: For the zones of the day; None: there is no line.
    """
    texts = {
        row["id"]: row["text"]
        for row in observed.observations.select(["id", "text"]).to_pylist()
        if row["text"] is not None
    }
    feeds = {feed.name: feed for feed in agreement.feeds}
    denials = tuple(
        Denial(feed.name, When(o.start, o.end), o.cause, o.reason)
        for feed in agreement.feeds
        if feed.origin is Origin.MONITOR or feed.kind == "patrol"
        for o in feed.outages
    )

    def on_watch(name: str, event: EventClass, period: When) -> float | None:
        """A staring feed's declared chance for a whole day, over the share of the period it was on watch."""
        feed = feeds[name]
        hours = watched_h(feed, records, period)
        if hours is None or event not in feed.sees or not feed.staring:
            return None
        whole = hours >= period.hours - SLACK_H
        return feed.sees[event] if whole else feed.sees[event] * hours / period.hours

    def monitors(period: When) -> dict[str, bool]:
        found = {}
        for feed in agreement.feeds:
            if feed.origin is Origin.MONITOR or feed.kind == "patrol":
                hours = watched_h(feed, records, period)
                found[feed.name] = hours is not None and hours >= period.hours - SLACK_H
        return found

    return Known(
        assessments=assessments,
        quiet=assessments,
        sector_km=sector_km,
        texts=texts,
        on_watch=on_watch,
        monitors=monitors,
        denials=denials,
        quiet_at=agreement.quiet_at,
        zones={} if ground is None else {zone.id: _where(zone, ground) for zone in ground.zones},
    )


def _where(zone: Zone, ground: Ground) -> Where:
    """A zone as checks need it. What was heard from afar is an area, and lies in the zone by its share."""

    def chance(incident: Incident) -> float:
        if incident.ring is None:
            place = incident.where.lonlat
            return float(zone.p_in([place.lon], [place.lat], incident.where.uncertainty_m)[0])
        samples = incident.ring.samples()
        inside = zone.signed_distance_m([p.lon for p in samples], [p.lat for p in samples]) <= 0
        return float(inside.mean())

    area = zone.area_for()
    path = zone.plane.onto(shapely.union_all([sector.path for sector in ground.sectors]))
    beyond = area.difference(shapely.buffer(path, ground.depth_km * 1000))
    return Where(chance, beyond.area <= UNWATCHED * area.area, zone.rule)


def watched_h(feed: FeedTerms, records: Records, period: When) -> float | None:
    """Hours of a period in which a feed is known to have been on watch; None where it tells no hours at all.

    Outages and failures are taken out, whatever its table of coverage says.
    """
    mine = [i.when for i in records.intervals if i.feed == feed.name]
    gaps = [When(o.start, o.end) for o in feed.outages]
    gaps += [
        period if trouble.when is None else trouble.when
        for trouble in records.troubles
        if trouble.feed == feed.name and trouble.outage
    ]
    if not mine and not gaps:
        return None
    spans = merge(part for when in mine if (part := when.meet(period)) is not None)
    return math.fsum(left.hours for span in spans for left in without(span, gaps))
