"""What the page shows, put in the order in which it is read. No opinions, no figures of its own.

    bulletin --page--> everything the template names

Page one is short whatever the day was like: long lists are cut there and said to be cut, and stand in full
further down. The order of every list is the bulletin's own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from truceline.report.course import relation_groups
from truceline.report.movement import INTRO, movement_words
from truceline.report.plain import anchor, counted, has_unseen, number
from truceline.report.words import POSITION_WORDS, STATE_WORDS, STATES, finding_sentence, line_parts, promise_sentences

ANY = "any"
PAGE_ONE_SECTORS = 6
PAGE_ONE_FINDINGS = 6
PAGE_ONE_LINES = 4
NOBODY = "no party"


@dataclass(frozen=True)
class Part:
    """One state of the line: length and share as printed, and where that was."""

    state: str
    length: str
    share: str
    sectors: int
    where: str


@dataclass(frozen=True)
class Cut:
    """A list cut for page one, and how many were left for later."""

    shown: tuple[Any, ...]
    more: int


@dataclass(frozen=True)
class SectorRow:
    """A sector on the page: its row for any act, its rows per class, and why.

    Attributes:
        uniform: Every class is in the state of the row for any act.
        shared: Numbers of the reasons that other sectors have too.
        own: Reasons of this sector alone.
    """

    sector: Mapping[str, Any]
    any: Mapping[str, Any]
    classes: tuple[Mapping[str, Any], ...]
    summary: str
    uniform: bool
    shared: tuple[int, ...]
    own: tuple[str, ...]


@dataclass(frozen=True)
class ClassRow:
    """What could be missed of one class, over all sectors."""

    name: str
    sectors: Mapping[str, int]
    bounds: str


@dataclass(frozen=True)
class Origin:
    """The bytes an observation was read from."""

    feed: str
    line: int
    path: str
    anchor: str


def page(bulletin: Mapping[str, Any]) -> dict[str, Any]:
    """Everything the template names beside the bulletin itself and its figures."""
    names = {party["id"]: party["name"] for party in bulletin["agreement"]["parties"]}
    rows, shared = sector_rows(bulletin)
    return {
        "b": bulletin,
        "names": names,
        "parts": line_state(bulletin),
        "feeds": {
            state: [f for f in bulletin["feeds"] if f["state"] == state] for state in ("failed", "partial", "ok")
        },
        "page_one": {
            "findings": cut(bulletin["findings"], PAGE_ONE_FINDINGS),
            "restrictions": cut(bulletin["restrictions"], PAGE_ONE_LINES),
            "reasons": cut(bulletin["reasons"], PAGE_ONE_LINES),
            "flips": sum(1 for finding in bulletin["findings"] if finding["flips"]),
        },
        "sector_rows": rows,
        "movement_intro": INTRO,
        "movement_words": {
            one["finding"]: movement_words(one["finding"], names)
            for one in (bulletin["line"] or {}).get("movement", ())
        },
        "shared_reasons": shared,
        "any_name": next((row["class_name"] for row in bulletin["sector_days"] if row["class"] == ANY), "any act"),
        "reading_party": {f["reading"]: names.get(f["party"] or "") for f in bulletin["findings"]},
        "class_rows": class_rows(bulletin),
        "incidents": incident_groups(bulletin["incidents"]),
        "statements": statement_groups(bulletin["statements"], names),
        "statement_ids": {one["id"] for one in bulletin["statements"]},
        "position_table": position_table(bulletin["statements"], names),
        "relations": relation_groups(bulletin["relations"], names),
        "kept": [f for f in bulletin["findings"] if f["finding"] == "consistent"],
        "sentence": {
            (f["provision"], f["reading"], f["party"]): finding_sentence(f, names.get(f["party"] or ""))
            for f in bulletin["findings"]
        },
        "in_force_differs": len({f["finding"] == "not_in_force" for f in bulletin["findings"]}) > 1,
        "promises": promise_sentences(bulletin["findings"], names)[:PAGE_ONE_LINES],
        "said_by": said_by(bulletin["statements"], names),
        "reading_columns": reading_columns(bulletin, names),
        "reading_rows": reading_rows(bulletin),
        "origins": origins(bulletin),
        "unseen": any(has_unseen(text) for text in _texts(bulletin)),
    }


def cut(rows: Sequence[Any], most: int) -> Cut:
    """The first rows, and how many more there are; a single one more is shown rather than counted."""
    if len(rows) <= most + 1:
        return Cut(tuple(rows), 0)
    return Cut(tuple(rows[:most]), len(rows) - most)


def line_state(bulletin: Mapping[str, Any]) -> list[Part]:
    """The four states in their order, each with its length, share and sectors; empty without a line."""
    line = bulletin["line"]
    if line is None:
        return []
    states = {row["sector"]: row["state"] for row in bulletin["sector_days"] if row["class"] == ANY}
    order = [one["sector"] for one in line["sectors"]]
    parts = []
    for state, length, share in line_parts(line["state_km"]):
        here = [sector for sector in order if states[sector] == state]
        parts.append(Part(state, length, share, len(here), sector_ranges(here, order)))
    return parts


def sector_ranges(here: Sequence[str], order: Sequence[str]) -> str:
    """Sectors in a row written as one range.

    >>> sector_ranges(["S1", "S2", "S3", "S5"], ["S1", "S2", "S3", "S4", "S5"])
    'S1–S3, S5'
    """
    place = {sector: n for n, sector in enumerate(order)}
    runs: list[list[str]] = []
    for sector in here:
        if runs and place[sector] == place[runs[-1][-1]] + 1:
            runs[-1].append(sector)
        else:
            runs.append([sector])
    words = [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    if len(words) > PAGE_ONE_SECTORS + 1:
        left = sum(len(run) for run in runs[PAGE_ONE_SECTORS:])
        return f"{', '.join(words[:PAGE_ONE_SECTORS])} and {left} more"
    return ", ".join(words)


def sector_rows(bulletin: Mapping[str, Any]) -> tuple[list[SectorRow], list[str]]:
    """One row a sector, and the reasons that several sectors share, which are printed once."""
    line = bulletin["line"]
    if line is None:
        return [], []
    per_sector: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in bulletin["sector_days"]:
        per_sector[row["sector"]].append(row)
    anys = {sector: next(r for r in rows if r["class"] == ANY) for sector, rows in per_sector.items()}
    used = Counter(reason for row in anys.values() for reason in dict.fromkeys(row["reasons"]))
    shared = list(dict.fromkeys(r for row in anys.values() for r in row["reasons"] if used[r] > 1))
    numbers = {reason: n for n, reason in enumerate(shared, start=1)}
    rows = []
    for sector in line["sectors"]:
        row = anys[sector["sector"]]
        classes = tuple(r for r in per_sector[sector["sector"]] if r["class"] != ANY)
        reasons = tuple(dict.fromkeys(row["reasons"]))
        rows.append(
            SectorRow(
                sector=sector,
                any=row,
                classes=classes,
                summary=class_summary(classes),
                uniform={r["state"] for r in classes} <= {row["state"]},
                shared=tuple(sorted(numbers[r] for r in reasons if r in numbers)),
                own=tuple(r for r in reasons if r not in numbers),
            )
        )
    return rows, shared


def class_summary(rows: Sequence[Mapping[str, Any]]) -> str:
    """The classes of a sector in one line; the state most of them share is said last, as "the other n".

    >>> class_summary([{"class_name": "shelling", "state": "active", "count": 2},
    ...                {"class_name": "mine", "state": "undetermined", "count": 0},
    ...                {"class_name": "exercise", "state": "undetermined", "count": 0}])
    'active: shelling (2); the other 2 undetermined'
    """
    by_state = {state: [r for r in rows if r["state"] == state] for state in STATES}
    present = [state for state in STATES if by_state[state]]
    if not present:
        return "no class"
    most = max(present, key=lambda state: (len(by_state[state]), STATES.index(state)))
    if len(present) == 1 and most != "active":
        return f"all {len(rows)} classes {STATE_WORDS[most]}"
    words = []
    for state in present:
        if state == most and state != "active":
            continue
        named = [r["class_name"] + (f" ({r['count']})" if r["count"] else "") for r in by_state[state]]
        words.append(f"{STATE_WORDS[state]}: {', '.join(named)}")
    if most != "active":
        words.append(f"the other {len(by_state[most])} {STATE_WORDS[most]}")
    return "; ".join(words)


def class_rows(bulletin: Mapping[str, Any]) -> list[ClassRow]:
    """Per class: sectors in each state, and how much could have been missed in them."""
    by_class: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in bulletin["sector_days"]:
        by_class[row["class_name"]].append(row)
    return [
        ClassRow(name, Counter(row["state"] for row in rows), _bounds(rows))
        for name, rows in sorted_any_first(by_class)
    ]


def sorted_any_first(
    by_class: Mapping[str, list[Mapping[str, Any]]],
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Any act first, then the classes in the bulletin's order."""
    return sorted(by_class.items(), key=lambda item: item[1][0]["class"] != ANY)


def _bounds(rows: Iterable[Mapping[str, Any]]) -> str:
    """Bounds over sectors are not added: the widest is named, and where there is none that is said."""
    rows = list(rows)
    known = [row["missed_upper_90"] for row in rows if row["missed_upper_90"] is not None]
    none = sum(1 for row in rows if row["bound"] == "no bound")
    unknown = sum(1 for row in rows if row["bound"] == "not known")
    words = []
    if known:
        words.append(f"up to {number(max(known))} in any one of {counted(len(known), 'sector')}")
    if none:
        words.append(f"no bound in {counted(none, 'sector')}")
    if unknown:
        words.append(f"not known in {counted(unknown, 'sector')}")
    return "; ".join(words)


def said_by(statements: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, str]:
    """For each party the positions its statements took, with their numbers; empty where it said nothing."""
    found = {}
    for party in names:
        taken = Counter(s["position"] for s in statements if s["party"] == party)
        found[party] = ", ".join(f"{POSITION_WORDS[position]} {n}" for position, n in sorted(taken.items()))
    return found


def reading_columns(bulletin: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The text as written, then each reading, with its period."""
    agreement = bulletin["agreement"]
    written = {"head": "as written", "start": agreement["start"], "end": agreement["end"]}
    return [written] + [
        {"head": f"{r['id']} ({names[r['party']]})" if r["party"] else r["id"], "start": r["start"], "end": r["end"]}
        for r in agreement["readings"]
    ]


def reading_rows(bulletin: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a provision, its findings in the order of the columns."""
    order = ["as-written", *(r["id"] for r in bulletin["agreement"]["readings"])]
    rows = []
    for provision in bulletin["provisions"]:
        mine = {f["reading"]: f for f in bulletin["findings"] if f["provision"] == provision["id"]}
        findings = [mine[reading] for reading in order if reading in mine]
        rows.append({"provision": provision["id"], "flips": any(f["flips"] for f in findings), "findings": findings})
    return rows


def incident_groups(incidents: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, list[Mapping[str, Any]]]]:
    """Counted ones first, then those that are in no count; each group keeps the bulletin's order."""
    groups = [
        ("counted", "Counted incidents", [one for one in incidents if one["counted"]]),
        ("not-counted", "Incidents that are in no count", [one for one in incidents if not one["counted"]]),
    ]
    return [group for group in groups if group[2]]


def statement_groups(
    statements: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Statements by the party the speaker answers for, in the order of the parties; others last."""
    groups = [(name, [s for s in statements if s["party"] == party]) for party, name in names.items()]
    groups.append(
        ("Speakers of no party, or of one that is not known", [s for s in statements if s["party"] not in names])
    )
    return [group for group in groups if group[1]]


def position_table(
    statements: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> list[tuple[str, list[int], int]]:
    """How often each position was taken, by party in their order, then by nobody's speakers."""
    parties: list[str | None] = [*names, None]
    taken = Counter((s["position"], s["party"] if s["party"] in names else None) for s in statements)
    positions = sorted({position for position, _ in taken})
    return [
        (position, [taken[position, party] for party in parties], sum(taken[position, party] for party in parties))
        for position in positions
    ]


def origins(bulletin: Mapping[str, Any]) -> dict[str, Origin]:
    """For each observation the file it was read from: the last step of the walk back."""
    found = {}
    feeds = {feed["name"]: feed for feed in bulletin["feeds"]}
    for one in bulletin["observations"]:
        files = feeds[one["feed"]]["files"]
        file = next((f for f in files if one["entry"] in (f.get("entry"), f["sha256"])), None)
        if file is None and len(files) == 1:
            file = files[0]
        if file is None:
            found[one["id"]] = Origin(one["feed"], one["line"], f"entry {one['entry']}", anchor("feed", one["feed"]))
        else:
            found[one["id"]] = Origin(one["feed"], one["line"], file["path"], file_anchor(one["feed"], file))
    return found


def file_anchor(feed: str, file: Mapping[str, Any]) -> str:
    """The place of a file in the list of received bytes."""
    return anchor("file", f"{feed}-{file['sha256'][:16]}-{file['path']}")


def _texts(value: Any) -> Iterable[str]:
    """Every text in the bulletin."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
