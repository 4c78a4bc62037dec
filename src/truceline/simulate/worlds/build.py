"""Build a named world: let things happen, let the feeds perceive them, write both down.

    fire, burning, mistakes -> sky, posts, newsroom, voices -> inbox/*
                         `---------------------------------> truth.json

Start at `make`. The same world, seed and days give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from truceline.errors import OutputError
from truceline.simulate import files
from truceline.simulate.press import PressDay
from truceline.simulate.theatre import COUNTRY, FIRST_DAY, cutoff_of, day_start
from truceline.simulate.truth import FILE, NOTE, Allegation, BenignFire, Event, LineTruth, Truth, Watched
from truceline.simulate.worlds import posts, sky, voices
from truceline.simulate.worlds.burning import Blaze, blazes
from truceline.simulate.worlds.case import DEPTH_KM, LOST_FEED, truce_toml
from truceline.simulate.worlds.catalogue import World
from truceline.simulate.worlds.fire import Act, acts
from truceline.simulate.worlds.history import ordinary
from truceline.simulate.worlds.mistakes import sounds
from truceline.simulate.worlds.newsroom import Newsroom, newsroom
from truceline.simulate.worlds.stage import TOLERANCE_KM, Stage, stage_of
from truceline.spacetime import iso

MAX_DAYS = 400


def make(world: World, seed: int, days: int, out: Path) -> Path:
    """Write a case of a named world with its truth beside it.

    Args:
        world: From the catalogue.
        seed: 0 or more.
        days: 1 to 400. Days 1 and 2 lie before the truce, which begins on the evening of day 2.
        out: The case folder to make. Files of an earlier world are written over.

    Returns:
        The case folder.

    Raises:
        ValueError: A seed below 0, or days outside 1..400.
        OutputError: The folder cannot be written, or holds a case that is no exercise.
    """
    if seed < 0:
        raise ValueError(f"seed {seed} must be 0 or more")
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"days {days} must be 1 to {MAX_DAYS}")
    case = out / "truce.toml"
    if case.exists() and not case.read_bytes().startswith(b"# EXERCISE"):
        raise OutputError("simulate", f"{out} holds a case that is no exercise", "Give another folder")
    stage = stage_of(world, seed)
    fired = acts(stage, days)
    burning = blazes(stage, days, fired)
    above = sky.Sky(stage, days)
    seen = above.sightings(burning)
    noise = sounds(stage, days)
    heard = posts.patrols(stage, days, (*fired, *noise))
    told = newsroom(stage, days, fired, burning)
    papers = voices.press(stage, days)
    lost = heard.lost

    files.write(
        out, "truce.toml", truce_toml(stage, days, _lost_area(stage, lost), above.withdrawn_from, voices.papers(stage))
    )
    files.write(out, "borders.geojson", _borders(stage))
    for day in range(1, days + 1):
        name = f"control_{_date(day):%Y%m%d}"
        files.write(out, f"inbox/{name}.geojson", files.control_geojson(name, stage.held(day)))
    for feed, table in (("viirs", files.viirs_csv), ("modis", files.firms_csv)):
        files.write(out, f"inbox/{feed}.csv", table(above.detections(seen, feed)))
        files.write(out, f"inbox/{feed}_looks.csv", files.looks_csv(above.looks(feed)))
    files.write_bytes(out, "inbox/ordinary.npz", ordinary(stage.world, seed))
    files.write(out, "inbox/patrols.csv", _patrols_csv(heard))
    files.write(out, "inbox/press_events.csv", files.viina_csv(told.news))
    files.write(out, "later/press_events.csv", files.viina_csv(told.later))
    for key, rows in told.wires.items():
        files.write(out, f"inbox/wire_{key}.csv", files.viina_csv(rows))
        files.write(out, f"later/wire_{key}.csv", files.viina_csv(told.later_wires[key]))
    for party, rows in told.logs.items():
        files.write(out, f"inbox/log_{party}.csv", files.viina_csv(rows))
    for paper in papers:
        files.write(out, paper.path, paper.text)
    files.write(out, FILE, _truth(stage, days, fired, burning, seen, heard, told, papers, noise).to_json())
    return out


def _truth(
    stage: Stage,
    days: int,
    fired: tuple[Act, ...],
    burning: tuple[Blaze, ...],
    seen: Iterable[sky.Sighting],
    heard: posts.Patrols,
    told: Newsroom,
    papers: tuple[PressDay, ...],
    noise: tuple[Act, ...],
) -> Truth:
    traces = {act.id: set(told.traces.get(act.id, ())) for act in fired}
    rows: dict[str, int] = {}
    for one in seen:
        rows[one.blaze.id] = rows.get(one.blaze.id, 0) + one.rows
        if one.blaze.act is not None:
            traces[one.blaze.act].add(one.over.satellite.feed)
    for row in heard.heard:
        if row.act.id in traces and not _is_lost(row.post, heard.lost):
            traces[row.act.id].add("posts")
    first, reach = stage.track, posts.DECLARED_KM
    watches = tuple(
        Watched(w.start, w.end, first.at(w.post.km - reach).lon, first.at(w.post.km + reach).lon)
        for w in heard.watches
        if not _is_lost(w.post, heard.lost)
    )
    return Truth(
        seed=stage.seed,
        days=tuple(_date(day) for day in range(1, days + 1)),
        depth_km=DEPTH_KM,
        tolerance_km=TOLERANCE_KM,
        events=tuple(_event(act, traces[act.id], told.copies.get(act.id, 0), stage) for act in fired),
        benign_fires=tuple(
            BenignFire(b.id, b.kind, b.start, b.end, b.at.lon, b.at.lat, rows.get(b.id, 0))
            for b in burning
            if b.act is None and b.start < cutoff_of(days)
        ),
        allegations=tuple(one for one in told.allegations if one.start < cutoff_of(days)),
        statements=tuple(said for paper in papers for said in paper.statements),
        tallies=tuple(one for paper in papers for one in paper.tallies),
        furniture=tuple(sorted({line for paper in papers for line in paper.furniture})),
        dead_feeds=() if heard.lost is None else (LOST_FEED,),
        watched=(),
        clouded=(),
        dead=() if heard.lost is None else (_lons(stage, heard.lost),),
        lines=tuple(
            LineTruth(_date(day), tuple((p.lon, p.lat) for p in stage.line_of(day))) for day in range(1, days + 1)
        ),
        world=stage.world.name,
        frozen=stage.world.frozen,
        deceptions=tuple(one for one in told.deceptions if one.start < cutoff_of(days)),
        mistakes=tuple(
            Allegation(one.id, None, one.kind.event, one.start, one.end, one.at.lon, one.at.lat)
            for one in (*noise, *told.mistakes)
            if one.start < cutoff_of(days)
        ),
        watches=watches,
        rows=_rows(heard, told),
    )


def _event(act: Act, traces: set[str], copies: int, stage: Stage) -> Event:
    return Event(
        act.id, f"fire by {act.by}", act.kind.event, act.start, act.end, act.at.lon, act.at.lat, act.place,
        tuple(sorted(traces)), copies,
    )  # fmt: skip


def _patrols_csv(heard: posts.Patrols) -> str:
    """The observers' form: hours on watch, then what was heard, each by time."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(posts.COLUMNS)
    for watch in heard.watches:
        if not _is_lost(watch.post, heard.lost):
            at, reach = watch.post.at, f"{posts.DECLARED_KM:g}"
            writer.writerow(
                ("on_watch", iso(watch.start), iso(watch.end), f"{at.lon:.5f}", f"{at.lat:.5f}", "", "", "", "", "",
                 "", "", watch.post.name, reach, reach, "")
            )  # fmt: skip
    for row in heard.heard:
        if not _is_lost(row.post, heard.lost):
            at, (low, high) = row.post.at, row.range_m or ("", "")
            means = "saw" if row.saw else "heard"
            writer.writerow(
                (means, iso(row.start), iso(row.end), f"{at.lon:.5f}", f"{at.lat:.5f}", low, high,
                 _known(row.bearing_deg), _known(row.width_deg), "" if row.event is None else str(row.event),
                 row.count_kind, row.count, row.post.name, "", "", "")
            )  # fmt: skip
    return out.getvalue()


def _rows(heard: posts.Patrols, told: Newsroom) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """Which line of which file tells of what; the header is line 1."""
    watches = sum(not _is_lost(watch.post, heard.lost) for watch in heard.watches)
    acts_heard = [row.act.id for row in heard.heard if not _is_lost(row.post, heard.lost)]
    tables = {"patrols": [""] * watches + acts_heard, "press_events": [row.of for row in told.news]}
    tables |= {f"wire_{key}": [row.of for row in rows] for key, rows in told.wires.items()}
    tables |= {f"log_{party}": [row.of for row in rows] for party, rows in told.logs.items()}
    return tuple(
        (feed, tuple((line, of) for line, of in enumerate(table, 2) if of)) for feed, table in sorted(tables.items())
    )


def _known(value: int | None) -> int | str:
    return "" if value is None else value


def _is_lost(post: posts.Post, lost: tuple[float, float] | None) -> bool:
    return lost is not None and lost[0] <= post.km <= lost[1]


def _lost_area(stage: Stage, lost: tuple[float, float] | None) -> tuple[float, float, float, float] | None:
    if lost is None:
        return None
    (west, east), (_, south, _, north) = _lons(stage, lost), stage.bounds
    return west, south, east, north


def _lons(stage: Stage, stretch: tuple[float, float]) -> tuple[float, float]:
    return stage.track.at(stretch[0]).lon, stage.track.at(stretch[1]).lon


def _borders(stage: Stage) -> str:
    ring = [[p.lon, p.lat] for p in stage.coast()]
    feature = {
        "type": "Feature",
        "properties": {"name": COUNTRY, "note": NOTE},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring], [_islet(stage)]]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False) + "\n"


def _islet(stage: Stage) -> list[list[float]]:
    """A box around the islet the control map draws, as the survey has it."""
    ring = stage.held(1)[1]
    west, east = min(p.lon for p in ring) - 0.01, max(p.lon for p in ring) + 0.01
    south, north = min(p.lat for p in ring) - 0.01, max(p.lat for p in ring) + 0.01
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return [[round(lon, 6), round(lat, 6)] for lon, lat in corners]


def _date(day: int) -> date:
    return day_start(day).astimezone(FIRST_DAY.tzinfo).date()
