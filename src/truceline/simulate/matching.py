"""Which incident is which event, which sector lay where, which statement is which sentence.

    bulletins, Truth --> counted incidents with their event;  sectors with their place;  sentences with their readings

The rules are stated in `result.RULE`. Truth knows no sectors, so a bulletin's chainage is laid on the true
line: both run from the north-most end, the agreement's tolerance left out at both coasts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from truceline.simulate.theatre import chainages_km, point_at
from truceline.simulate.truth import Event, LineTruth, Said, Truth
from truceline.spacetime import LonLat, When
from truceline.terms.event_class import EventClass

Bulletin = Mapping[str, Any]
TIME_SLACK = timedelta(hours=1)
KM_PER_DEG = 111.195  # of latitude, on a sphere of the mean radius
END_SLACK_KM = 2.0  # a sector's ends on the tool's line and on the true one agree no better than this

# What may pass for what: a bang nobody could tell apart, and people shooting at each other.
_GROUPS: tuple[frozenset[EventClass], ...] = (
    frozenset({EventClass.SHELLING, EventClass.AIR_OR_MISSILE_STRIKE, EventClass.EXPLOSION_UNDETERMINED}),
    frozenset({EventClass.DRONE_ATTACK, EventClass.EXPLOSION_UNDETERMINED}),
    frozenset({EventClass.SMALL_ARMS_FIRE, EventClass.GROUND_ASSAULT}),
)


@dataclass(frozen=True)
class Found:
    """A counted incident and the event it tells of, None where there is none; `holds` is every event it tells of."""

    incident: Mapping[str, Any]
    bulletin: Bulletin
    event: Event | None
    holds: tuple[Event, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.bulletin['day']} {self.incident['id']}"


@dataclass(frozen=True)
class Stretch:
    """A sector on the true line: longitudes west to east, chainages in km from the line's start."""

    sector: str
    west: float
    east: float
    from_km: float
    to_km: float

    def overlap(self, stretches: Iterable[tuple[float, float]]) -> float:
        """The share of the sector, by longitude, that lies in the stretches."""
        shared = sum(max(0.0, min(self.east, east) - max(self.west, west)) for west, east in stretches)
        return shared / (self.east - self.west)


@dataclass(frozen=True)
class Laid:
    """A bulletin's sectors on the true line of its map's day."""

    line: tuple[LonLat, ...]
    trim_km: float
    scale: float
    sectors: tuple[Stretch, ...]

    def km_of(self, at: LonLat) -> tuple[float, float]:
        """(chainage as the bulletin counts it, km from the line) of a position."""
        along, beside_km = self.km_of_all([at])
        return float(along[0]), float(beside_km[0])

    def km_of_all(self, places: Sequence[LonLat]) -> tuple[np.ndarray, np.ndarray]:
        """Chainages as the bulletin counts them and km from the line, shape (n,), of the nearest point of the line.

        In the plane that touches the globe at the line's middle: good to a few metres in a theatre's depth.
        """
        along, beside_km = np.empty(len(places)), np.empty(len(places))
        a, step, start = self._segments
        for n, place in enumerate(places):
            p = self._plane(np.array([[place.lon, place.lat]]))
            share = np.clip(((p - a) * step).sum(1) / np.maximum((step * step).sum(1), 1e-12), 0, 1)
            away = np.hypot(*(p - a - share[:, None] * step).T)
            best = int(away.argmin())
            along[n] = start[best] + share[best] * (start[best + 1] - start[best])
            beside_km[n] = away[best]
        return (along - self.trim_km) / self.scale, beside_km

    @cached_property
    def _segments(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        points = self._plane(np.array([[p.lon, p.lat] for p in self.line]))
        return points[:-1], np.diff(points, axis=0), np.array(chainages_km(self.line))

    def _plane(self, lonlat: np.ndarray) -> np.ndarray:
        middle = self.line[len(self.line) // 2]
        scale = KM_PER_DEG * np.array([np.cos(np.radians(middle.lat)), 1.0])
        flat: np.ndarray = (lonlat - [middle.lon, middle.lat]) * scale
        return flat


def period_of(bulletin: Bulletin) -> When:
    """What a bulletin covers."""
    return When(moment(bulletin["covers"]["from"]), moment(bulletin["covers"]["to"]))


def moment(text: str) -> datetime:
    """A bulletin's time, UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def counted(bulletin: Bulletin) -> list[Mapping[str, Any]]:
    """The incidents a bulletin counts."""
    return [one for one in bulletin["incidents"] if one["counted"]]


def alike(said: EventClass, what: EventClass) -> bool:
    """Whether what is said to be the one may be the other."""
    return said is what or any(said in group and what in group for group in _GROUPS)


def matches(incident: Mapping[str, Any], what: EventClass, when: When, where: LonLat, grid_deg: float) -> bool:
    """Whether an incident may tell of this event, by `result.RULE`."""
    return alike(EventClass(incident["class"]), what) and beside(incident, when, where, grid_deg)


def beside(incident: Mapping[str, Any], when: When, where: LonLat, grid_deg: float) -> bool:
    """Whether an incident lies at this time and place, whatever it is said to be."""
    span = When(moment(incident["from"]) - TIME_SLACK, moment(incident["to"]) + TIME_SLACK)
    cell = incident["cell"]
    room = grid_deg * 1.0001  # the cell's own corners are printed rounded
    near = cell["west"] - room <= where.lon <= cell["east"] + room and (
        cell["south"] - room <= where.lat <= cell["north"] + room
    )
    return near and span.overlaps(when)


def matched(truth: Truth, bulletins: Sequence[Bulletin]) -> list[Found]:
    """Every counted incident of the bulletins with the event it tells of.

    Where the truth says which line of a file tells of what, that decides; else time, place and class do.
    """
    if truth.rows:
        return [one for bulletin in bulletins for one in _by_rows(truth, bulletin)]
    found = []
    for bulletin in bulletins:
        grid = float(bulletin["agreement"]["grid_deg"])
        around = period_of(bulletin)
        around = When(around.start - timedelta(days=1), around.end + timedelta(days=1))
        near = [event for event in truth.events if event.when.overlaps(around)]
        for incident in counted(bulletin):
            middle = When(moment(incident["from"]), moment(incident["to"])).middle
            fits = [event for event in near if matches(incident, event.event_class, event.when, event.where, grid)]
            fits.sort(key=lambda event: (not event.countable, abs(event.when.middle - middle), event.id))
            found.append(Found(incident, bulletin, fits[0] if fits else None, tuple(fits[:1])))
    return found


def _by_rows(truth: Truth, bulletin: Bulletin) -> list[Found]:
    """Each counted incident with the events that the rows it rests on tell of, most rows first; no party's rows."""
    tells = {(feed, line): of for feed, lines in truth.rows for line, of in lines}
    events = {event.id: event for event in truth.events}
    rows = {row["id"]: row for row in bulletin["observations"]}
    found = []
    for incident in counted(bulletin):
        its = [rows[key] for key in incident["observations"] if key in rows]
        told = Counter(
            of
            for row in its
            if row["origin"] != "party" and (of := tells.get((row["feed"], row["line"]), "")) in events
        )
        holds = tuple(events[of] for of in sorted(told, key=lambda of: (-told[of], of)))
        found.append(Found(incident, bulletin, holds[0] if holds else None, holds))
    return found


def lay(truth: Truth, bulletin: Bulletin) -> Laid | None:
    """Lay a bulletin's sectors on the true line; None where the bulletin has no line."""
    said = bulletin["line"]
    if said is None or not said["sectors"]:
        return None
    true_line = _line_on(truth.lines, date.fromisoformat(said["map_day"] or bulletin["day"]))
    line = tuple(LonLat(lon, lat) for lon, lat in true_line.vertices)
    length = chainages_km(line)[-1] - 2 * truth.tolerance_km
    scale = length / max(float(sector["to_km"]) for sector in said["sectors"])
    stretches = []
    for sector in said["sectors"]:
        ends = [point_at(line, truth.tolerance_km + float(sector[key]) * scale).lon for key in ("from_km", "to_km")]
        stretches.append(
            Stretch(sector["sector"], min(ends), max(ends), float(sector["from_km"]), float(sector["to_km"]))
        )
    return Laid(line, truth.tolerance_km, scale, tuple(stretches))


def _line_on(lines: Sequence[LineTruth], day: date) -> LineTruth:
    """The line of a day, else the last one before it, else the first."""
    earlier = [line for line in lines if line.day <= day]
    return earlier[-1] if earlier else lines[0]


@dataclass(frozen=True)
class Reading:
    """A statement of a bulletin, placed in the text it was read from."""

    statement: Mapping[str, Any]
    said: Said | None
    furniture: bool


def readings(truth: Truth, bulletins: Sequence[Bulletin], texts: Mapping[str, str]) -> list[Reading]:
    """Place every statement of the bulletins in the world's texts, each statement once.

    A bulletin names its documents by ids of its own. A document is the text in which most of its statements'
    offsets give exactly the words they quote; a statement belongs to the planted sentence it lies in.

    Args:
        texts: The press files by path, as they were written.
    """
    by_document: dict[str, dict[str, Mapping[str, Any]]] = {}
    for bulletin in bulletins:
        for statement in bulletin["statements"]:
            by_document.setdefault(statement["document"], {}).setdefault(statement["id"], statement)
    found: list[Reading] = []
    if not texts:
        return found
    for document in sorted(by_document):
        statements = [by_document[document][key] for key in sorted(by_document[document])]
        exact = {path: [one for one in statements if _is_exact(one, texts[path])] for path in sorted(texts)}
        path = max(exact, key=lambda name: len(exact[name]))  # of several alike the first
        found += [_read(truth, one, path, texts[path]) for one in exact[path]]
    return found


def _spans(statement: Mapping[str, Any], part: str) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in statement[part]]


def _is_exact(statement: Mapping[str, Any], text: str) -> bool:
    spans = _spans(statement, "content")
    return bool(spans) and " … ".join(text[start:end] for start, end in spans) == statement["quote"]


def _read(truth: Truth, statement: Mapping[str, Any], path: str, text: str) -> Reading:
    around = _spans(statement, "content") + _spans(statement, "cue")
    for said in truth.statements:
        start = text.find(said.words) if said.document == path else -1
        if start >= 0 and any(a < start + len(said.words) and start < b for a, b in around):
            return Reading(statement, said, False)
    lines = {_line_at(text, start) for start, _ in _spans(statement, "content")}
    return Reading(statement, None, lines <= set(truth.furniture))


def _line_at(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()
