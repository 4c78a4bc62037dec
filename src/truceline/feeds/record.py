"""What a feed gives: records as parsed, with no opinion of ours in them.

    bytes of an entry --parse--> Parsed --collect--> Records

Every record names the entry and the line it came from, so that a figure can be walked back to the
received bytes. No record has a field for units, assets, weapons' positions, launch places or
destroyed things (tests/feeds/test_schema.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

import pyarrow as pa

from truceline.ground.control_area import ControlArea
from truceline.spacetime import LonLat, RingSector, When, Where
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin


@dataclass(frozen=True)
class Report:
    """Somebody's account that something happened: a row of an event data set, not an event.

    Attributes:
        id: Hash of feed and natural key: the same row keeps its id in a later vintage.
        event_class: None where the row names a place but no kind of event.
        where: None where the source gives no usable place.
        origin: Who it comes from in the first place.
        party: Id of the party it originates with, None unless origin is PARTY.
        root: Key of the testimony it repeats; rows with one root are one voice.
        article: Key of the text the row was made from; one article may give rows at several places.
        ring: Where it was heard from and in which band of ranges; `where` then is the observer's place with
            the far end of the band for uncertainty. None for rows that give a place.
        means: ``heard``, ``saw`` or ``recorded``, where the observer says; None elsewhere.
        against: It says that the event did not happen. False where it says nothing of the kind.
        count, count_kind: How many the observer counted, ``exact``, ``about`` or ``at_least``; None: not told.
    """

    id: str
    feed: str
    entry: str
    line: int
    when: When
    where: Where | None
    place: str
    event_class: EventClass | None
    labels: tuple[str, ...]
    text: str
    origin: Origin
    origin_reason: str
    party: str | None
    root: str
    article: str
    ring: RingSector | None = None
    means: str | None = None
    count: int | None = None
    count_kind: str | None = None
    against: bool = False


@dataclass(frozen=True)
class Document:
    """A text as received. Offsets of every statement point into `text`, newlines untouched.

    Attributes:
        published: The day the text came out, None where nobody told us.
    """

    id: str
    feed: str
    entry: str
    name: str
    text: str
    published: date | None = None
    language: str = "en"
    origin: Origin = Origin.UNKNOWN
    publisher: str | None = None


@dataclass(frozen=True)
class Quote:
    """A statement that a person transcribed and labelled, with the label as that person gave it."""

    id: str
    feed: str
    entry: str
    line: int
    text: str
    speaker: str
    party: str | None
    about_party: str | None
    stance: str
    published: date
    publisher: str


@dataclass(frozen=True)
class Interval:
    """A time in which a feed could have told us something, and about what area.

    Attributes:
        kind: ``passing`` (a satellite's looks), ``staring`` (somebody on watch) or ``feed`` (the
            feed delivered, but what it looked at is not known).
        area: (west, south, east, north) in degrees; None means everywhere the feed reports on.
        looks: Number of looks for a passing sensor; None where it is not known.
        clear_share: Share of the area free of cloud, 0..1; None where it is not known.
        disc: Where an observer stood, and how far that observer hears and sees, in metres; None: see `area`.
    """

    feed: str
    entry: str
    when: When
    kind: str
    area: tuple[float, float, float, float] | None = None
    looks: int | None = None
    clear_share: float | None = None
    disc: tuple[LonLat, float, float] | None = None


@dataclass(frozen=True)
class Elements:
    """Mean elements of one satellite's orbit at an epoch, for SGP4; angles in degrees, mean motion a day.

    Attributes:
        catalogue: Number in the satellite catalogue.
        bstar: Drag term, per Earth radius.
        about: The time its file is about, where files are dated; such a set speaks for those days only, so that
            a day's passes are the same whatever else is asked for.
    """

    feed: str
    entry: str
    line: int
    name: str
    catalogue: int
    epoch: datetime
    mean_motion: float
    eccentricity: float
    inclination_deg: float
    node_deg: float
    perigee_deg: float
    anomaly_deg: float
    bstar: float
    about: When | None = None


@dataclass(frozen=True)
class Cloud:
    """How much of the sky was covered around a place, 0..1, over a time."""

    feed: str
    entry: str
    line: int
    when: When
    at: LonLat
    share: float


@dataclass(frozen=True)
class Baseline:
    """A fitted heat baseline as received: bytes that are read, and doubted, where they are used."""

    feed: str
    entry: str
    path: str
    data: bytes


@dataclass(frozen=True)
class SetAside:
    """A row that was not used: kept with its line and the reason, and counted.

    Attributes:
        repeats: The row says again what an earlier line said, so nothing is missing without it.
        when: The time it is about, where that much can be read; None: it may be about any time.
    """

    feed: str
    entry: str
    line: int
    reason: str
    repeats: bool = False
    when: When | None = None


class FeedState(StrEnum):
    """How a feed did on a day. Only `OK` may stand behind the word quiet."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True)
class Trouble:
    """Something wrong with a feed as a whole, over a time; None means the whole window.

    An outage takes exposure away; a note only has to be read.

    Attributes:
        doubt: Concluded from how little came, so that a coverage table may show otherwise.
    """

    feed: str
    what: str
    todo: str
    when: When | None = None
    outage: bool = True
    doubt: bool = False


@dataclass(frozen=True)
class Parsed:
    """What one file gave for a window; `rows_read` counts every row, also those outside the window."""

    detections: pa.Table | None = None
    reports: tuple[Report, ...] = ()
    documents: tuple[Document, ...] = ()
    quotes: tuple[Quote, ...] = ()
    control_areas: tuple[ControlArea, ...] = ()
    intervals: tuple[Interval, ...] = ()
    orbits: tuple[Elements, ...] = ()
    clouds: tuple[Cloud, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    rows_read: int = 0


@dataclass(frozen=True)
class Records:
    """What all feeds gave for a window, in a fixed order."""

    detections: pa.Table
    reports: tuple[Report, ...] = ()
    documents: tuple[Document, ...] = ()
    quotes: tuple[Quote, ...] = ()
    control_areas: tuple[ControlArea, ...] = ()
    intervals: tuple[Interval, ...] = ()
    orbits: tuple[Elements, ...] = ()
    clouds: tuple[Cloud, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    rows_read: dict[str, int] = field(default_factory=dict)  # by entry
