"""What was promised: the nouns of an agreement, as values.

`truce.toml` becomes one `Agreement`; every other room reads it and none changes it. The shapes
below are the file's own tables. pydantic checks types and unknown keys here and lives nowhere else;
what needs two keys at once (order of dates, names that must exist) is checked in `rules.py`.
"""

from __future__ import annotations

from dataclasses import field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, Strict
from pydantic.dataclasses import dataclass

from truceline.spacetime import When
from truceline.terms.event_class import EventClass
from truceline.terms.keys import TABLE, Day, Id, Km, Name, PathText, Share, Text, Utc, ZoneName
from truceline.terms.party import Origin, Party
from truceline.terms.provision import Provision, Reading, Window


class Status(StrEnum):
    """Where an agreement stands."""

    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    EXTENDED = "extended"
    ENDED = "ended"


@dataclass(frozen=True, config=TABLE)
class Acceptance:
    """A party's yes: when, in which words, and under which conditions. Kept as said, never weighed.

    Attributes:
        at: The moment (UTC), or the date alone where the hour is not known.
    """

    party: Id
    at: Utc | Day
    conditions: tuple[Text, ...] = ()
    statement: str = ""


@dataclass(frozen=True, config=TABLE)
class GroundTerms:
    """Where the agreement applies.

    Attributes:
        map: Name of the feed that says who holds what, on which day.
        held_by: The party whose area that map draws.
        tolerance_km: Parts of the area's boundary nearer than this to coast or border are no line.
        sector_km: Length of a sector along the line.
        depth_km: How far from the line an incident still belongs to it.
        borders: ``builtin``, or a GeoJSON file of country polygons in the case.
        countries: On whose land, by the borders' own names, the line can run; empty: anywhere. A map
            drawn a little past a state border else gives stretches of border for line.
        also: Feeds of other publishers' maps of the same party's area, to stand beside `map`.
        reference: What kilometres are counted along: a day, whose line it is, or a GeoJSON file of lines. None: the
            line of the agreement's first day.
        regions: A GeoJSON file of named regions, for sentences about them and for territory by region.
        region_name: Its property that names a region; None: the first of the usual ones.
        country_km2: Area of the country to take shares of, square kilometres, beside its land by the borders.
    """

    map: Id
    held_by: Id
    tolerance_km: Annotated[float, Strict(), Field(gt=0.0, le=200.0, allow_inf_nan=False)] = 3.0
    sector_km: Annotated[float, Field(ge=1.0, le=1_000.0)] = 25.0
    depth_km: Km = 20.0
    borders: PathText = "builtin"
    countries: tuple[Text, ...] = ()
    also: tuple[Id, ...] = ()
    reference: Day | PathText | None = None
    regions: PathText | None = None
    region_name: Name | None = None
    country_km2: Annotated[float, Field(gt=0.0, le=2e7, allow_inf_nan=False)] | None = None


@dataclass(frozen=True, config=TABLE)
class TerritoryTerms:
    """Regions a party says are its own, by their names in the regions file. Holding them is another thing."""

    party: Id
    regions: Annotated[tuple[Name, ...], Field(min_length=1)]
    text: str = ""
    since: Day | None = None


@dataclass(frozen=True, config=TABLE)
class ClaimTerms:
    """A sentence somebody said about the ground, to be held against the maps.

    Attributes:
        text: As said.
        said_on: The day it speaks of, as a rule the day it was said.
        said_by, source: Who said it, and where it stands; printed, never weighed.
        party: The party it means, where its words do not name it first.
        region: The region's name in the case's file, where the words have another.
        began: When what it counts the years of began.
    """

    id: Id
    text: Text
    said_on: Day
    said_by: str = ""
    source: str = ""
    party: Id | None = None
    region: Name | None = None
    began: Day | None = None


@dataclass(frozen=True, config=TABLE)
class ZoneTerms:
    """A strip along a line, or an area, in which a provision holds.

    Either `area`, or `within_km` (both sides alike), or `sides` (each party its own distance).

    Attributes:
        kind: What the text calls it; decides nothing.
        line: The line a strip follows: ``contact`` (the day's line of contact), ``reference`` (the case's
            reference line), or a GeoJSON file of lines in the case.
        beyond_km: The strip begins this far from the line.
        within_km: It reaches this far, on both sides.
        sides: It reaches this far on the side of each party.
        area: A GeoJSON file of polygons in the case.
        party: Whom it binds; None: everybody (with `sides`: each party on its side).
    """

    id: Id
    kind: Literal["buffer", "security", "disengagement", "withdrawal"]
    line: PathText = "contact"
    beyond_km: Annotated[float, Strict(), Field(ge=0.0, le=1_000.0, allow_inf_nan=False)] = 0.0
    within_km: Km | None = None
    sides: dict[Id, Km] = field(default_factory=dict)
    area: PathText | None = None
    party: Id | None = None
    text: str = ""


@dataclass(frozen=True, config=TABLE)
class Outage:
    """A time in which a feed is known to have seen or delivered nothing, and what kind of restriction that was."""

    start: Utc
    end: Utc
    reason: Text
    cause: Literal["outage", "access_denied", "jamming", "withdrawn_by_provider"] = "outage"


@dataclass(frozen=True, config=TABLE)
class FeedTerms:
    """One source of the case and how far it can be trusted to have looked.

    Attributes:
        path: File in the case or under a data root. ``%Y %m %d`` stand for the day, one file a day
            (or a month, a year).
        coverage: CSV that says when the feed looked: columns ``from,to`` in UTC and, where known,
            ``west,south,east,north,looks,clear_share,kind``; or ``date,coverage`` with day labels.
        labels: What a day label means as hours of the UTC day, for example
            ``{ full = "00:00-24:00", early = "00:00-04:00", missing = "" }``.
        sees: Declared probability that one clear look (a passing sensor) or a whole watched day (a
            staring one) perceives an event of a class that happened. A prior, printed as such.
        staring: True for somebody on watch, False for a passing sensor; decides `looks` or `watched_h`.
        area: (west, south, east, north) in degrees it reports on; None: everywhere. Where it fails, nothing
            in this area is called quiet.
        origin: Who its rows come from. `unknown` lets the parser look at each row.
        party: The party it speaks for, with ``origin = "party"``.
        available_at: When its files could be had; None: not declared.
        latency_h: Hours after the end of a dated file's period at which it could be had.
        uncertainty_m: How far a position may be off where the source does not say.
        time_zone: Zone of the source's local times; the agreement's where not given.
        orbits: The feed that gives the elements of its satellites: then passes are computed for the hours in
            which `coverage` says that the feed delivered.
        standard: Of a thermal feed: the file of standard-quality rows that comes months later and supersedes the
            near-real-time ones of `path`, satellite by satellite and day by day.
        satellites: Which satellites its rows come from, by the names of terms/satellite.py.
        cloud: The feed that gives cloud where a look's clear share is not told.
        places: Of a cloud feed: where the places lie that its columns or rows name, (lon, lat) in degrees.
        only: Of a map: properties a feature must have to be the area held, where features are of several kinds.
        reach_km: Of a cloud feed: how far from its place a value still speaks; beyond it cloud is not known.
    """

    name: Id
    kind: Id
    path: PathText
    coverage: PathText | None = None
    standard: PathText | None = None
    labels: dict[str, str] = field(default_factory=dict)
    sees: dict[EventClass, Share] = field(default_factory=dict)
    staring: bool = False
    area: tuple[float, float, float, float] | None = None
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    licence: Text = "not stated"
    origin: Origin = Origin.UNKNOWN
    party: Id | None = None
    publisher: str = ""
    language: str = "en"
    published: Day | None = None
    available_at: Utc | None = None
    latency_h: Annotated[float, Field(ge=0.0, le=100_000.0)] | None = None
    uncertainty_m: Annotated[float, Field(gt=0.0, le=500_000.0)] | None = None
    time_zone: ZoneName | None = None
    outages: tuple[Outage, ...] = ()
    orbits: Id | None = None
    satellites: tuple[Name, ...] = ()
    cloud: Id | None = None
    places: dict[str, tuple[float, float]] = field(default_factory=dict)
    only: dict[str, str] = field(default_factory=dict)
    reach_km: Km = 150.0


@dataclass(frozen=True, config=TABLE)
class SourceTerms:
    """A third party that reports cite by name, in whatever language.

    Attributes:
        feeds: Its own feeds, where the case receives them. It then speaks as an independent root only through them: a
            row elsewhere that cites it is a citation, and no root until one of them holds the same report. None
            declared: its citation is taken for its word.
    """

    name: Name
    aliases: tuple[Name, ...] = ()
    reliability: Literal["A", "B", "C", "D", "E", "F"] = "F"
    feeds: tuple[Id, ...] = ()


@dataclass(frozen=True, config=TABLE)
class Agreement:
    """A truce as its case folder describes it.

    Attributes:
        cutoff: Local time at which a bulletin's day ends. Midnight is the midnight that closes the
            day, so the bulletin of a date is about that date (docs/decisions/0003-cut-off.md).
        quiet_at: Least observability at which "none seen" may be called quiet.
        grid_deg: Side of the cells in which positions are published.
        delay_h: Hours after a cut-off before which nothing may be released.
        reference_days: Days the case declares fit to compare with.
        two_people_above: An incident graded higher than this is reviewed by two different people.
        reply_h: Hours after an issue in which the parties, each of them, may dispute and reply.
    """

    name: str
    status: Status
    start: datetime
    end: datetime
    time_zone: str
    cutoff: time
    exercise: bool
    parties: tuple[Party, ...]
    ground: GroundTerms
    provisions: tuple[Provision, ...]
    feeds: tuple[FeedTerms, ...]
    acceptances: tuple[Acceptance, ...] = ()
    readings: tuple[Reading, ...] = ()
    sources: tuple[SourceTerms, ...] = ()
    zones: tuple[ZoneTerms, ...] = ()
    windows: tuple[Window, ...] = ()
    claims: tuple[ClaimTerms, ...] = ()
    territory: tuple[TerritoryTerms, ...] = ()
    reference_days: tuple[date, ...] = ()
    quiet_at: float = 0.9
    grid_deg: float = 0.1
    delay_h: float = 72.0
    two_people_above: str = "single_source"
    reply_h: float = 72.0

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days and cut-offs are counted."""
        return ZoneInfo(self.time_zone)

    def cutoff_of(self, day: date) -> datetime:
        """The moment (UTC) that closes the bulletin of `day`."""
        closing = day + timedelta(days=1) if self.cutoff == time(0) else day
        return datetime.combine(closing, self.cutoff, self.zone).astimezone(UTC)

    def covers(self, day: date) -> When:
        """What the bulletin of `day` covers: [cut-off of the day before, cut-off of the day)."""
        return When(self.cutoff_of(day - timedelta(days=1)), self.cutoff_of(day))

    def day_of(self, at: datetime) -> date:
        """The bulletin day whose period holds the moment `at`."""
        day = at.astimezone(self.zone).date() - timedelta(days=1)
        while self.cutoff_of(day) <= at:
            day += timedelta(days=1)
        return day

    def days(self) -> tuple[date, ...]:
        """Every bulletin day that touches the agreement's period in any reading, in order."""
        start = min([self.start, *(r.start for r in self.readings if r.start is not None)])
        end = max([self.end, *(r.end for r in self.readings if r.end is not None)])
        first, last = self.day_of(start), self.day_of(end - timedelta(microseconds=1))
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))

    @property
    def reference_day(self) -> date | None:
        """The day whose line kilometres are counted along; None where a file gives that line."""
        named = self.ground.reference
        return named if isinstance(named, date) else None if isinstance(named, str) else self.days()[0]

    @property
    def map_feeds(self) -> tuple[str, ...]:
        """The feed the line is drawn from, then those that stand beside it."""
        return (self.ground.map, *self.ground.also)

    def feed(self, name: str) -> FeedTerms:
        """The feed of that name. Raises ValueError naming the known ones."""
        for feed in self.feeds:
            if feed.name == name:
                return feed
        raise ValueError(f"no feed {name!r}; known: {', '.join(f.name for f in self.feeds)}")

    def party(self, party_id: str) -> Party:
        """The party of that id. Raises ValueError naming the known ones."""
        for party in self.parties:
            if party.id == party_id:
                return party
        raise ValueError(f"no party {party_id!r}; known: {', '.join(p.id for p in self.parties)}")
