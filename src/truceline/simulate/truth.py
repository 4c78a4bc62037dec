"""What really happened in an invented world, kept beside the files that only show traces of it.

    happenings, press --Truth--> truth.json --read_truth--> Truth --> scoring

Truth knows nothing of sectors, cells or grades: those are the tool's words. It says what happened where and
when, which feeds could tell of it, what was only alleged, who said what in which words, and where nobody
could see. Times are UTC, positions degrees on WGS 84.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from truceline.errors import CaseError
from truceline.spacetime import LonLat, When, iso
from truceline.terms.event_class import EventClass

SCHEMA = "truceline-truth/1"
FILE = "truth.json"
NOTE = "EXERCISE. An invented island, invented parties, invented events. Nothing in this folder happened."
MAX_BYTES = 64_000_000
# Traces of an event that are somebody's own and not a party's word.
INDEPENDENT = frozenset({"posts", "ridge", "harbour"})
HEAT = frozenset({"modis", "viirs"})


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes:
        story: Which planted story it is, for example ``the shelling``.
        traces: Who tells of it: ``posts``, ``ridge``, ``harbour``, ``modis``, ``viirs``, ``alpha``, ``bravo``;
            none: nobody.
        copies: Rows of the news feed that repeat one agency's story of it.
    """

    id: str
    story: str
    event_class: EventClass
    start: datetime
    end: datetime
    lon: float
    lat: float
    place: str
    traces: tuple[str, ...]
    copies: int = 0

    @property
    def when(self) -> When:
        return When(self.start, self.end)

    @property
    def where(self) -> LonLat:
        return LonLat(self.lon, self.lat)

    @property
    def voices(self) -> int:
        """How many independent voices tell of it, copies counted once."""
        return len(INDEPENDENT & set(self.traces))

    @property
    def countable(self) -> bool:
        """Whether somebody other than a party tells of it: without that no tool may count it."""
        return self.voices > 0

    @property
    def heat_visible(self) -> bool:
        """Whether a satellite recorded the fire it lit."""
        return bool(HEAT & set(self.traces))


@dataclass(frozen=True)
class BenignFire:
    """Something that burnt and was no act of fire: a field, a works' flare, scrub."""

    id: str
    kind: str
    start: datetime
    end: datetime
    lon: float
    lat: float
    detections: int

    @property
    def when(self) -> When:
        return When(self.start, self.end)

    @property
    def where(self) -> LonLat:
        return LonLat(self.lon, self.lat)


@dataclass(frozen=True)
class Allegation:
    """Something that was said to have happened and did not. `party` is None where nobody is cited."""

    id: str
    party: str | None
    event_class: EventClass
    start: datetime
    end: datetime
    lon: float
    lat: float

    @property
    def when(self) -> When:
        return When(self.start, self.end)

    @property
    def where(self) -> LonLat:
        return LonLat(self.lon, self.lat)


@dataclass(frozen=True)
class Deception:
    """Something somebody wanted believed: ``set_fire``, ``flooding``, ``planted_copies``, ``forged_capture``."""

    id: str
    kind: str
    event_class: EventClass
    start: datetime
    end: datetime
    lon: float
    lat: float

    @property
    def when(self) -> When:
        return When(self.start, self.end)

    @property
    def where(self) -> LonLat:
        return LonLat(self.lon, self.lat)


@dataclass(frozen=True)
class Watched:
    """That somebody stood watch whose reports arrived: over these longitudes, at that time."""

    start: datetime
    end: datetime
    west: float
    east: float


@dataclass(frozen=True)
class Said:
    """A sentence of the press and the position it takes. `words` stand in the file exactly so."""

    document: str
    day: date
    position: str
    speaker: str
    party: str
    about_party: str | None
    words: str


@dataclass(frozen=True)
class Tallied:
    """A party's own sum of what the other did: a statement, and no count."""

    document: str
    day: date
    number: int
    party: str
    about_party: str
    words: str


@dataclass(frozen=True)
class LineTruth:
    """The line of a day, from its north-most end, as (lon, lat)."""

    day: date
    vertices: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Truth:
    """A world as it was.

    Attributes:
        tolerance_km: The coast's share at either end that the agreement does not call line.
        watched, clouded, dead: Stretches of longitude (west, east): watched day and night; under cloud and
            unwatched; watched by a feed that never arrived.
        furniture: Titles, captions and widgets of the press: nobody's statement.
        world: Its name in the catalogue; ``demo`` is the island of planted stories.
        frozen: Whether nothing may be tuned on it.
        deceptions: What somebody wanted believed.
        mistakes: What somebody independent told of in good faith, and was not.
        watches: Every watch that was kept and reported.
        rows: By feed, which line of its file tells of what: (line, id of an event, allegation, mistake or deception).
    """

    seed: int
    days: tuple[date, ...]
    depth_km: float
    tolerance_km: float
    events: tuple[Event, ...]
    benign_fires: tuple[BenignFire, ...]
    allegations: tuple[Allegation, ...]
    statements: tuple[Said, ...]
    tallies: tuple[Tallied, ...]
    furniture: tuple[str, ...]
    dead_feeds: tuple[str, ...]
    watched: tuple[tuple[float, float], ...]
    clouded: tuple[tuple[float, float], ...]
    dead: tuple[tuple[float, float], ...]
    lines: tuple[LineTruth, ...]
    world: str = "demo"
    frozen: bool = False
    deceptions: tuple[Deception, ...] = ()
    mistakes: tuple[Allegation, ...] = ()
    watches: tuple[Watched, ...] = ()
    rows: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = ()
    schema: str = SCHEMA
    note: str = NOTE

    def to_json(self) -> str:
        """The truth file: sorted keys, one item a line's worth of indent, times as UTC text."""
        return json.dumps(_plain(asdict(self)), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_truth(case: Path) -> Truth:
    """Read the truth of a simulated case.

    Raises:
        CaseError: The folder has no truth.json, or one that is not of this form.
    """
    file = case / FILE
    todo = "Give a folder that `truceline simulate` made"
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise CaseError(str(file), f"cannot be read ({error.strerror})", todo) from error
    if len(raw) > MAX_BYTES:
        raise CaseError(str(file), f"is {len(raw)} bytes long", todo)
    try:
        said = json.loads(raw)
        if not isinstance(said, dict) or said.get("schema") != SCHEMA:
            raise CaseError(str(file), f"is no truth of the form {SCHEMA}", todo)
        return _truth(said)
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise CaseError(str(file), f"is not a sound truth file ({type(error).__name__}: {error})", todo) from error


def _truth(said: dict[str, Any]) -> Truth:
    """The values of a truth file; an unknown or missing key is a TypeError or KeyError."""
    return Truth(
        **{
            **said,
            "days": tuple(date.fromisoformat(day) for day in said["days"]),
            "events": tuple(Event(**{**_happened(one), "traces": tuple(one["traces"])}) for one in said["events"]),
            "benign_fires": tuple(BenignFire(**_happened(one)) for one in said["benign_fires"]),
            "allegations": tuple(Allegation(**_happened(one)) for one in said["allegations"]),
            "mistakes": tuple(Allegation(**_happened(one)) for one in said["mistakes"]),
            "deceptions": tuple(Deception(**_happened(one)) for one in said["deceptions"]),
            "watches": tuple(Watched(**_happened(one)) for one in said["watches"]),
            "statements": tuple(Said(**_dated(one)) for one in said["statements"]),
            "tallies": tuple(Tallied(**_dated(one)) for one in said["tallies"]),
            "furniture": tuple(said["furniture"]),
            "rows": tuple((feed, tuple((int(n), str(key)) for n, key in lines)) for feed, lines in said["rows"]),
            "dead_feeds": tuple(said["dead_feeds"]),
            "lines": tuple(
                LineTruth(date.fromisoformat(one["day"]), tuple((lon, lat) for lon, lat in one["vertices"]))
                for one in said["lines"]
            ),
            **{key: tuple((west, east) for west, east in said[key]) for key in ("watched", "clouded", "dead")},
        }
    )


def _happened(one: dict[str, Any]) -> dict[str, Any]:
    """A thing with a start and an end, and perhaps a class, as values."""
    times = {key: datetime.fromisoformat(one[key].replace("Z", "+00:00")) for key in ("start", "end")}
    kind = {"event_class": EventClass(one["event_class"])} if "event_class" in one else {}
    return {**one, **times, **kind}


def _dated(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "day": date.fromisoformat(one["day"])}


def _plain(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, EventClass) else value
