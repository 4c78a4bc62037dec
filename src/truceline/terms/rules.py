"""Rules of a case that need two keys at once: order of dates, names that must exist, rival readings.

In: an agreement whose single keys are sound. Out: what is broken, in words, all at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from truceline.terms.agreement import Agreement, FeedTerms, ZoneTerms
from truceline.terms.event_class import NAMES, PERCEIVED_BY, Perceived
from truceline.terms.party import Origin
from truceline.terms.provision import LINE, Kind
from truceline.terms.satellite import SATELLITES

OWN_KINDS = ("viina", "patrol")  # kinds whose rows give a place and a kind of event
AS_WRITTEN = "as-written"  # the reading every agreement has: the text itself


def broken_rules(agreement: Agreement) -> list[str]:
    """Everything in the agreement that cannot be, each as one phrase naming the key."""
    return [
        *_dates(agreement),
        *_repeats(agreement),
        *_unknown_parties(agreement),
        *_feeds(agreement),
        *_own_feeds(agreement),
        *_readings(agreement),
        *_zones(agreement),
        *_promises(agreement),
    ]


def _dates(agreement: Agreement) -> Iterator[str]:
    if agreement.end <= agreement.start:
        yield f"agreement.end {agreement.end.isoformat()} is not after agreement.start {agreement.start.isoformat()}"
    for reading in agreement.readings:
        start, end = reading.start or agreement.start, reading.end or agreement.end
        if end <= start:
            yield f"reading '{reading.id}': its end {end.isoformat()} is not after its start {start.isoformat()}"
    for feed in agreement.feeds:
        for outage in feed.outages:
            if outage.end <= outage.start:
                yield f"feed '{feed.name}': an outage ends at {outage.end.isoformat()}, before it starts"


def _repeats(agreement: Agreement) -> Iterator[str]:
    for kind, ids in (
        ("party", [p.id for p in agreement.parties]),
        ("provision", [p.id for p in agreement.provisions]),
        ("reading", [r.id for r in agreement.readings]),
        ("feed", [f.name for f in agreement.feeds]),
        ("window", [w.id for w in agreement.windows]),
        ("source", [s.name for s in agreement.sources]),
        ("zone", [LINE, *(z.id for z in agreement.zones)]),
        ("claim", [c.id for c in agreement.claims]),
    ):
        for name in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"{kind} '{name}' stands twice; ids must differ"
    owners: dict[str, str] = {}
    for party in agreement.parties:
        for alias in dict.fromkeys((party.name, *party.aliases, *party.channels)):
            other = owners.setdefault(alias.casefold(), party.id)
            if other != party.id:
                yield f"the name {alias!r} belongs to two parties, '{other}' and '{party.id}'"


def _unknown_parties(agreement: Agreement) -> Iterator[str]:
    known = {p.id for p in agreement.parties}
    named = [("ground.held_by", agreement.ground.held_by)]
    named += [("acceptance.party", a.party) for a in agreement.acceptances]
    named += [(f"reading '{r.id}'.party", r.party) for r in agreement.readings if r.party is not None]
    named += [(f"feed '{f.name}'.party", f.party) for f in agreement.feeds if f.party is not None]
    named += [(f"zone '{z.id}'.party", z.party) for z in agreement.zones if z.party is not None]
    named += [(f"zone '{z.id}'.sides", party) for z in agreement.zones for party in z.sides]
    named += [(f"claim '{c.id}'.party", c.party) for c in agreement.claims if c.party is not None]
    named += [("territory.party", t.party) for t in agreement.territory]
    for key, party in named:
        if party not in known:
            yield f"{key}: no party '{party}'; known: {', '.join(sorted(known))}"


def _feeds(agreement: Agreement) -> Iterator[str]:
    maps = {f.name for f in agreement.feeds if f.kind == "control_map"}
    if agreement.ground.map in {f.name for f in agreement.feeds} - maps:
        yield f"ground.map: feed '{agreement.ground.map}' is no control_map"
    if agreement.ground.map not in {f.name for f in agreement.feeds}:
        yield f"ground.map: no feed '{agreement.ground.map}'; known: {', '.join(f.name for f in agreement.feeds)}"
    for name in agreement.ground.also:
        if name not in maps or name == agreement.ground.map:
            yield f"ground.also: '{name}' is no other feed of kind control_map"
    if len(models := [f.name for f in agreement.feeds if f.kind == "heat_model"]) > 1:
        yield f"feeds {', '.join(models)}: one baseline judges the heat of a case, not {len(models)}"
    for feed in agreement.feeds:
        if (feed.origin is Origin.PARTY) != (feed.party is not None):
            yield f'feed \'{feed.name}\': origin = "party" and party = "..." go together'
        if feed.area is not None and not (
            -180 <= feed.area[0] < feed.area[2] <= 180 and -90 <= feed.area[1] < feed.area[3] <= 90
        ):
            yield f"feed '{feed.name}': area is west, south, east, north in degrees"
        if feed.kind == "firms" and (blind := [e for e in feed.sees if Perceived.HEAT not in PERCEIVED_BY[e]]):
            yield f"feed '{feed.name}': no thermal sensor can see {', '.join(NAMES[event] for event in blind)} ('sees')"
        if feed.standard is not None and feed.kind != "firms":
            yield f"feed '{feed.name}': only a thermal feed (kind 'firms') has 'standard'"
        if feed.only and feed.kind != "control_map":
            yield f"feed '{feed.name}': 'only' is for a control_map"
        if feed.sees and feed.coverage is None and feed.kind != "patrol":  # its form tells the hours on watch
            yield f"feed '{feed.name}': 'sees' needs 'coverage', for nobody knows when it looked"
        yield from _passes(agreement, feed)


def _own_feeds(agreement: Agreement) -> Iterator[str]:
    """A source speaks through feeds whose rows give a place, and no feed is two sources' own."""
    feeds, owner = {f.name: f for f in agreement.feeds}, dict[str, str]()
    for source in agreement.sources:
        for name in source.feeds:
            key = f"source '{source.name}'.feeds"
            if name not in feeds:
                yield f"{key}: no feed '{name}'; known: {', '.join(feeds)}"
            elif feeds[name].kind not in OWN_KINDS or feeds[name].origin not in (Origin.THIRD_PARTY, Origin.MONITOR):
                kinds = " or ".join(OWN_KINDS)
                yield f'{key}: \'{name}\' must be of kind {kinds}, with origin = "third_party" or "monitor"'
            elif owner.setdefault(name, source.name) != source.name:
                yield f"{key}: '{name}' is the own feed of '{owner[name]}' already"


def _passes(agreement: Agreement, feed: FeedTerms) -> Iterator[str]:
    """What a sensor needs so that its passes and the cloud under them can be known."""
    kinds = {f.name: f.kind for f in agreement.feeds}
    for key, named, kind in (("orbits", feed.orbits, "orbits"), ("cloud", feed.cloud, "cloud")):
        if named is not None and kinds.get(named) != kind:
            yield f"feed '{feed.name}': {key} = '{named}' is no feed of kind '{kind}'"
    if (feed.orbits is None) != (not feed.satellites):
        yield f"feed '{feed.name}': 'orbits' and 'satellites' go together"
    if feed.orbits is not None and (feed.kind != "firms" or feed.staring):
        yield f"feed '{feed.name}': only a thermal feed that passes has 'orbits'"
    if feed.orbits is not None and feed.coverage is None:
        yield f"feed '{feed.name}': 'orbits' needs 'coverage': a pass whose picture never came is no look"
    unknown = sorted(set(feed.satellites) - set(SATELLITES))
    if unknown:
        yield f"feed '{feed.name}': satellite {unknown[0]!r} is not known; known: {', '.join(SATELLITES)}"
    for place, (lon, lat) in feed.places.items():
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            yield f"feed '{feed.name}': place '{place}' is lon, lat in degrees"


def _readings(agreement: Agreement) -> Iterator[str]:
    for reading in agreement.readings:
        if reading.id == AS_WRITTEN:
            yield f"reading '{AS_WRITTEN}' is the text itself; give yours another id"
    for a, b in combinations(agreement.readings, 2):
        overlap = max(a.start or agreement.start, b.start or agreement.start) < min(
            a.end or agreement.end, b.end or agreement.end
        )
        if a.party is not None and a.party == b.party and overlap:
            yield f"readings '{a.id}' and '{b.id}' overlap: party '{a.party}' can have one reading at a time"


def _zones(agreement: Agreement) -> Iterator[str]:
    for zone in agreement.zones:
        ways = [key for key, given in _ways(zone) if given]
        if len(ways) != 1:
            yield f"zone '{zone.id}': give one of within_km, sides and area; given: {', '.join(ways) or 'none'}"
        if zone.sides and zone.party is not None:
            yield f"zone '{zone.id}': 'sides' names the parties already; leave 'party' out"
        reach = [far for far in (zone.within_km, *zone.sides.values()) if far is not None]
        if reach and min(reach) <= zone.beyond_km:
            yield f"zone '{zone.id}': it begins {zone.beyond_km:g} km from the line and ends at {min(reach):g} km"


def _ways(zone: ZoneTerms) -> list[tuple[str, bool]]:
    return [("within_km", zone.within_km is not None), ("sides", bool(zone.sides)), ("area", zone.area is not None)]


def _promises(agreement: Agreement) -> Iterator[str]:
    """Facility lists and what readings make of them; windows and what they make an exception from."""
    provisions = {p.id: p for p in agreement.provisions}
    feeds = {f.name for f in agreement.feeds}
    for p in agreement.provisions:
        if (p.kind is Kind.FACILITY_LIST) != bool(p.list):
            yield f"provision '{p.id}': kind = \"facility_list\" and [[provision.list]] go together"
        if p.watch and p.kind is not Kind.FACILITY_LIST:
            yield f"provision '{p.id}': only a facility list has 'watch'"
        for name in sorted(set(p.watch) - feeds):
            yield f"provision '{p.id}'.watch: no feed '{name}'; known: {', '.join(sorted(feeds))}"
        entries = [entry.id for entry in p.list]
        for name in sorted({e for e in entries if entries.count(e) > 1}):
            yield f"provision '{p.id}': list entry '{name}' stands twice; ids must differ"
    zones = {LINE, *(zone.id for zone in agreement.zones)}
    placed = [(f"provision '{p.id}'.zone", p.zone) for p in agreement.provisions]
    placed += [(f"window '{w.id}'.zone", w.zone) for w in agreement.windows]
    placed += [(f"reading '{r.id}'.zones", zone) for r in agreement.readings for zone in r.zones.values()]
    for key, zone in placed:
        if zone not in zones:
            yield f"{key}: no zone '{zone}'; known: {', '.join(sorted(zones))}"
    for p in agreement.provisions:
        if p.kind in (Kind.FACILITY_LIST, Kind.ACCESS) and p.zone != LINE:
            yield f"provision '{p.id}': a {p.kind} holds anywhere; leave 'zone' out"
    for reading in agreement.readings:
        for named in sorted({*reading.lists, *reading.classes, *reading.zones} - set(provisions)):
            yield f"reading '{reading.id}': no provision '{named}'; known: {', '.join(sorted(provisions))}"
        for named, ids in reading.lists.items():
            known = {entry.id for entry in provisions[named].list} if named in provisions else set(ids)
            for entry in sorted(set(ids) - known):
                yield f"reading '{reading.id}': provision '{named}' lists no '{entry}'"
    for window in agreement.windows:
        if window.end <= window.start:
            yield f"window '{window.id}': its end {window.end.isoformat()} is not after its start"
        if window.permits and window.zone != LINE:
            yield f"window '{window.id}': what it permits is permitted anywhere; leave 'zone' out"
        for named in sorted(set(window.provisions) - set(provisions)):
            yield f"window '{window.id}': no provision '{named}'; known: {', '.join(sorted(provisions))}"
