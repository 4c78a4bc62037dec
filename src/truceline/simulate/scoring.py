"""Score a run against the truth of its world: what was found, what was missed, what was made up.

    truth.json, bulletins/*/bulletin.json, press texts --score--> Score

In: a case folder `simulate` made and `run` worked on. Out: figures and named promises. Only days with a
bulletin are scored, and only what the truth holds for them. A promise that could not be looked at (nothing of
its kind lay in the days run) is left out, never counted as held. Start at `score_bulletins`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from truceline.errors import CaseError
from truceline.simulate.matching import (
    END_SLACK_KM,
    Bulletin,
    Found,
    Laid,
    Reading,
    Stretch,
    beside,
    counted,
    lay,
    matched,
    period_of,
    readings,
)
from truceline.simulate.measures import measures_of
from truceline.simulate.promises import Seen, promises_of
from truceline.simulate.result import STATES, IncidentScore, Score, StatementScore, StateScore
from truceline.simulate.truth import Event, Truth, read_truth

MAX_BYTES = 256_000_000
HEAT_SLACK_KM = 5.0  # a fire beside the end of one sector may be put into the next
SCHEMA = "truceline-bulletin/1"


def score(case: Path) -> Score:
    """Score the bulletins of a simulated case.

    Args:
        case: A folder that `simulate` made and that has been run.

    Returns:
        The score.

    Raises:
        CaseError: No truth.json, no bulletin, or one that is not of the published form.
    """
    truth, bulletins = read_run(case)
    texts = {path: _text(case / path) for path in sorted({said.document for said in truth.statements})}
    try:
        return score_bulletins(truth, bulletins, texts)
    except (KeyError, TypeError, AttributeError) as error:
        raise CaseError(
            str(case), f"a bulletin.json lacks what its schema asks for ({error})", "Run the case again, then score it"
        ) from error


def read_run(case: Path) -> tuple[Truth, list[Bulletin]]:
    """The truth of a simulated case and the bulletins of its run, in the order of their days.

    Raises:
        CaseError: No truth.json, no bulletin, or one that is not of the published form.
    """
    truth = read_truth(case)
    bulletins = [_bulletin(file) for file in sorted(case.glob("bulletins/*/bulletin.json"))]
    if not bulletins:
        raise CaseError(
            str(case), "holds no bulletins/*/bulletin.json", "Run it first: `truceline run` with this folder"
        )
    return truth, bulletins


def score_bulletins(truth: Truth, bulletins: Sequence[Bulletin], texts: Mapping[str, str]) -> Score:
    """Score bulletins already read.

    Args:
        truth: Of the world they are about.
        bulletins: As written to bulletin.json, in the order of their days.
        texts: The world's press files by path.
    """
    periods = [period_of(bulletin) for bulletin in bulletins]
    events = [event for event in truth.events if any(p.start <= event.when.middle < p.end for p in periods)]
    found = matched(truth, bulletins)
    read = readings(truth, bulletins, texts)
    incidents = _incidents(truth, events, found)
    states = _states(truth, bulletins)
    statements = _statements(truth, bulletins, read)
    seen = Seen(truth, tuple(bulletins), tuple(events), tuple(found), tuple(read), incidents, states, statements)
    return Score(
        days=tuple(b["day"] for b in bulletins),
        incidents=incidents,
        states=states,
        statements=statements,
        promises=promises_of(seen) if truth.world == "demo" else (),
        measured=measures_of(seen),
        world=truth.world,
        frozen=truth.frozen,
    )


def _incidents(truth: Truth, events: Sequence[Event], found: Sequence[Found]) -> IncidentScore:
    times = Counter(one.event.id for one in found if one.event is not None)
    countable = [event for event in events if event.countable]
    false = [one for one in found if one.event is None or not one.event.countable]
    copied = [event for event in countable if event.copies > 1]
    return IncidentScore(
        planted=len(countable),
        beyond_reach=len(events) - len(countable),
        found=tuple(_named(event) for event in countable if times[event.id]),
        missed=tuple(_named(event) for event in countable if not times[event.id]),
        repeated=sum(max(0, times[event.id] - 1) for event in truth.events if event.countable),
        false_alarms=tuple(sorted(one.label for one in false)),
        from_benign_fire=sum(_at_any(one, truth.benign_fires) for one in false if one.event is None),
        from_claims=sum(one.event is not None or _at_any(one, truth.allegations) for one in false),
        copied_stories=len(copied),
        copies_counted_once=sum(times[event.id] == 1 for event in copied),
    )


def _named(event: Event) -> str:
    return f"{event.id} {event.story}"


def _at_any(one: Found, things: Iterable[Any]) -> bool:
    grid = float(one.bulletin["agreement"]["grid_deg"])
    return any(beside(one.incident, thing.when, thing.where, grid) for thing in things)


def _states(truth: Truth, bulletins: Sequence[Bulletin]) -> StateScore:
    tables: dict[str, Counter[str]] = {
        name: Counter(dict.fromkeys(STATES, 0)) for name in ("quiet", "active", "watched", "clouded", "dead")
    }
    wrongly_quiet: list[str] = []
    unscored = said_quiet = 0
    for bulletin in bulletins:
        rows = {row["sector"]: row["state"] for row in bulletin["sector_days"] if row["class"] == "any"}
        laid, period = lay(truth, bulletin), period_of(bulletin)
        fire: list[float] = []
        heat: list[float] = []
        if laid is not None:
            now = [event for event in truth.events if period.start <= event.when.middle < period.end]
            burning = [one for one in truth.benign_fires if one.when.overlaps(period)]
            fire = _chainages(now, laid, truth.depth_km)
            heat = _chainages(burning, laid, truth.depth_km + END_SLACK_KM)
        said_quiet += sum(state == "quiet" for state in rows.values())
        sectors = {one.sector: one for one in laid.sectors} if laid else {}
        for sector, state in sorted(rows.items()):
            if laid is None or sector not in sectors or state not in STATES:
                unscored += 1
                continue
            stretch = sectors[sector]
            if _within(fire, stretch, -END_SLACK_KM):
                tables["active"][state] += 1
                if state == "quiet":
                    wrongly_quiet.append(f"{bulletin['day']} {sector}")
            elif not _within(fire, stretch, END_SLACK_KM):
                tables["quiet"][state] += 1
                if stretch.overlap(truth.watched) > 0.95 and not _within(heat, stretch, HEAT_SLACK_KM):
                    tables["watched"][state] += 1
            else:
                unscored += 1
            if stretch.overlap(truth.clouded) > 0.8:
                tables["clouded"][state] += 1
            if stretch.overlap(truth.dead) > 0.5:
                tables["dead"][state] += 1
    return StateScore(
        truly_quiet=dict(tables["quiet"]),
        truly_active=dict(tables["active"]),
        well_watched_quiet=dict(tables["watched"]),
        clouded=dict(tables["clouded"]),
        dead_feed=dict(tables["dead"]),
        said_quiet=said_quiet,
        said_quiet_with_fire=tuple(wrongly_quiet),
        unscored=unscored,
    )


def _chainages(things: Iterable[Any], laid: Laid, depth_km: float) -> list[float]:
    """Chainages of the things that lie within a depth of the line, as the bulletin counts km."""
    placed = laid.km_of_all([thing.where for thing in things])
    return [float(km) for km, beside_km in zip(*placed, strict=True) if beside_km <= depth_km]


def _within(places: Iterable[float], stretch: Stretch, slack_km: float) -> bool:
    """Whether any place lies in a sector made longer (or, below 0, shorter) by a slack at both ends."""
    return any(stretch.from_km - slack_km <= km <= stretch.to_km + slack_km for km in places)


def _statements(truth: Truth, bulletins: Sequence[Bulletin], read: Sequence[Reading]) -> StatementScore:
    days = {bulletin["day"] for bulletin in bulletins}
    planted = [said for said in truth.statements if said.day.isoformat() in days]
    confusion: dict[str, Counter[str]] = {}
    found, right = Counter[str](), Counter[str]()
    for said in planted:
        got = [one.statement["position"] for one in read if one.said == said]
        if not got:
            continue
        found[said.position] += 1
        best = said.position if said.position in got else sorted(got)[0]
        right[said.position] += best == said.position
        confusion.setdefault(said.position, Counter())[best] += 1
    positions = Counter(said.position for said in planted)
    tallies = [told for told in truth.tallies if told.day.isoformat() in days]
    told = {(one["party"], one["number"]) for bulletin in bulletins for one in bulletin["tallies"]}
    return StatementScore(
        planted=dict(sorted(positions.items())),
        found={position: found[position] for position in sorted(positions)},
        right={position: right[position] for position in sorted(positions)},
        confusion={position: dict(sorted(row.items())) for position, row in sorted(confusion.items())},
        beside=sum(one.said is None and not one.furniture for one in read),
        from_furniture=sum(one.furniture for one in read),
        tallies_planted=len(tallies),
        tallies_found=sum((one.party, one.number) in told for one in tallies),
        tallies_in_counts=tuple(sorted({fault for b in bulletins for fault in _unexplained(truth, b)})),
    )


def _unexplained(truth: Truth, bulletin: Bulletin) -> list[str]:
    """Every count of a bulletin that is larger than its counted incidents explain, and incidents made of a tally."""
    day, real = bulletin["day"], counted(bulletin)
    totals = bulletin["totals"]["incidents"]
    faults = []
    if totals["counted"] != len(real):
        faults.append(f"{day}: totals count {totals['counted']} incidents, {len(real)} are listed")
    if sum(totals["by_class"].values()) != len(real):
        faults.append(f"{day}: counts by class add up to {sum(totals['by_class'].values())}, {len(real)} are listed")
    by_sector = Counter(one["sector"] for one in real)
    faults += [
        f"{day} {row['sector']}, {row['class']}: counts {row['count']}, {by_sector[row['sector']]} listed"
        for row in bulletin["sector_days"]
        if row["count"] > by_sector[row["sector"]]
    ]
    faults += [
        f"{day}: compares {comparison['this']['count']} incidents, {len(real)} are listed"
        for comparison in bulletin["comparisons"]
        if (comparison["this"]["count"] or 0) > len(real)
    ]
    texts = {one["id"]: one["text"] or "" for one in bulletin["observations"]}
    for one in real:
        words = " ".join(texts.get(key, "") for key in one["observations"])
        faults += [f"{day} {one['id']}: rests on a tally" for told in truth.tallies if told.words in words]
    return faults


def _bulletin(file: Path) -> Bulletin:
    todo = "Run the case again, then score it"
    try:
        raw = file.read_bytes()
        said = json.loads(raw) if len(raw) <= MAX_BYTES else None
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(str(file), f"cannot be read ({type(error).__name__})", todo) from error
    if not isinstance(said, dict) or said.get("schema") != SCHEMA:
        raise CaseError(str(file), f"is no bulletin of the form {SCHEMA}", todo)
    return said


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(str(file), f"cannot be read ({type(error).__name__})", "Simulate the world again") from error
