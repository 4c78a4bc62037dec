"""A corrigendum: every number and word that an issued bulletin has and today's has otherwise, each with why.

    bulletin as issued, bulletin now --flatten--> leaves by path --differences--> changes --causes--> why

Nothing is picked by hand: both objects are taken apart to their leaves, lists are matched by what names their
elements, and every number that differs is listed, with the words that judge (grade, state, finding, likelihood). Why is
found in the same objects: which file came anew, which observation came or went, which incident changed with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from truceline.report.words import MARKING

Leaf = str | int | float | bool | None
Path = tuple[str, ...]

# What names an element of a list, the first that every element has and no two share.
_NAMES = (
    ("id",),
    ("sector", "class"),
    ("provision", "reading"),
    ("root",),
    ("kind", "with"),
    ("name", "day"),
    ("name",),
    ("path",),
    ("tolerance_km",),
    ("sector",),
    ("class",),
    ("title",),
    ("item",),
)
_JUDGING = frozenset(
    {"grade", "state", "finding", "likelihood", "range", "confidence", "counted", "judgement", "bound", "in_force"}
)
_WHOLE = frozenset({"incidents", "observations", "statements", "tallies"})  # come and go as wholes
_NOT_FIGURES = frozenset({"methods", "observations", "links"})
MOST_REASONS = 6


def corrigendum(old: Mapping[str, Any], new: Mapping[str, Any], *, number: int, sha256: str) -> dict[str, Any]:
    """The difference between a bulletin as issued and the same day's now.

    Args:
        old, new: Two bulletins of one day.
        number: Of the corrigendum, from 1.
        sha256: Of the bulletin.json it corrects.
    """
    causes = _Causes(old, new)
    changes = [
        {"where": ".".join(path), "was": was, "is": now, "why": causes.of(path)}
        for path, was, now in differences(old, new)
    ]
    return {
        "schema": "truceline-corrigendum/1",
        "marking": MARKING,
        "exercise": new["exercise"],
        "day": new["day"],
        "bulletin": new["number"],
        "number": number,
        "corrects": {"sha256": sha256},
        "causes": causes.all(),
        "changes": changes,
        "answers": [{"incident": one["id"], **answer} for one in new["incidents"] for answer in one.get("answers", ())],
        "software": {"was": old["software"], "is": new["software"]},
    }


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[Path, Leaf, Leaf]]:
    """Every changed number and judging word: path, was, is; a whole element that came or went is one."""
    before, after = dict(flatten(old)), dict(flatten(new))
    gone, come = _elements(old) - _elements(new), _elements(new) - _elements(old)
    found: list[tuple[Path, Leaf, Leaf]] = []
    found += [(path, _said(old, path), None) for path in sorted(gone)]
    found += [(path, None, _said(new, path)) for path in sorted(come)]
    for path in sorted({*before, *after}):
        if path[:2] in gone or path[:2] in come or path[0] in _NOT_FIGURES:
            continue
        was, now = before.get(path), after.get(path)
        if was != now and (path[-1] in _JUDGING or _is_number(was) or _is_number(now)):
            found.append((path, was, now))
    return found


def flatten(value: Any, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """The leaves of an object with their paths; elements of lists stand under what names them."""
    if isinstance(value, Mapping):
        for key in sorted(value):
            yield from flatten(value[key], (*path, str(key)))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for key, each in zip(_keys(value), value, strict=True):
            yield from flatten(each, (*path, key))
    else:
        yield path, value


def as_text(one: Mapping[str, Any]) -> str:
    """The corrigendum for people: plain text, one change a paragraph."""
    lines = [
        str(one["marking"]),
        "",
        f"Corrigendum {one['number']} to bulletin {one['bulletin']} of {one['day']}",
        "",
        f"It corrects the bulletin.json with SHA-256 {one['corrects']['sha256']}.",
        f"{len(one['changes'])} figures and words changed.",
        "",
        "What came to be known since",
        *(f"- {cause}" for cause in one["causes"]),
        "",
        "What changed, and why",
    ]
    for change in one["changes"]:
        lines.append(f"- {change['where']}: {_word(change['was'])} -> {_word(change['is'])}")
        lines += [f"    {why}" for why in change["why"]]
    if one["answers"]:
        lines += ["", "What the parties answered; it is weighed nowhere"]
        for answer in one["answers"]:
            late = ", after the window" if answer["late"] else ""
            lines.append(
                f"- {answer['incident']}, {answer['party']}, {answer['kind']} of {answer['at']}{late}: {answer['text']}"
            )
    return "\n".join(lines) + "\n"


def _word(value: Leaf) -> str:
    return "none" if value is None else str(value)


def _is_number(value: Leaf) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _keys(values: Sequence[Any]) -> list[str]:
    for names in _NAMES:
        if all(isinstance(each, Mapping) and all(name in each for name in names) for each in values):
            keys = ["/".join(str(each[name]) for name in names) for each in values]
            if len(set(keys)) == len(keys):
                return keys
    return [str(n) for n in range(len(values))]


def _elements(bulletin: Mapping[str, Any]) -> set[Path]:
    return {(name, str(each["id"])) for name in _WHOLE - _NOT_FIGURES for each in bulletin[name]}


def _said(bulletin: Mapping[str, Any], path: Path) -> str:
    (one,) = [each for each in bulletin[path[0]] if each["id"] == path[1]]
    if path[0] == "incidents":
        return f"{one['class_name']}, {one['from']}, {one['grade'].replace('_', ' ')}"
    return str(one.get("number") or one.get("position"))


class _Causes:
    """Why figures differ, as far as the two bulletins tell."""

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self.feeds = {name: why for name, why in _feed_causes(old, new).items() if why}
        rows = {one["id"]: one for bulletin in (old, new) for one in bulletin["observations"]}
        self.incidents: dict[str, list[str]] = {}
        self.sectors: dict[str, list[str]] = defaultdict(list)
        before, after = ({one["id"]: one for one in b["incidents"]} for b in (old, new))
        for key in sorted({*before, *after}):
            why = self._incident(before.get(key), after.get(key), rows)
            if why:
                self.incidents[key] = why
                for sector in {one["sector"] for one in (before.get(key), after.get(key)) if one and one["sector"]}:
                    self.sectors[sector].append(f"incident {key}: {why[0]}")
        was, now = ({r["id"]: r for r in b["observations"] if r["origin"] == "sensor"} for b in (old, new))
        for key in sorted(set(was) ^ set(now)):
            row = rows[key]
            verb = "no longer there" if key in was else "new"
            if row["sector"]:
                self.sectors[row["sector"]].append(f"{row['feed']}: detection {key} is {verb}")
        self.software = (
            [f"the program: {old['software']} -> {new['software']}"] if old["software"] != new["software"] else []
        )
        self.terms = ["the case file: its terms were changed"] if old["provisions"] != new["provisions"] else []

    def all(self) -> list[str]:
        """Everything that came to be known."""
        told = [why for name in sorted(self.feeds) for why in self.feeds[name]]
        told += [f"incident {key}: {why}" for key in sorted(self.incidents) for why in self.incidents[key]]
        return [*told, *self.software, *self.terms]

    def of(self, path: Path) -> list[str]:
        """Why one leaf differs: what lies nearest to it, else everything there is."""
        room = path[0]
        found: list[str] = []
        if room == "incidents":
            found = self.incidents.get(path[1], [])
        elif room in {"sector_days", "coverage_hours"}:
            found = self.sectors.get(path[1].split("/")[0], [])
        elif room == "feeds":
            found = self.feeds.get(path[1], [])
        elif room in {"totals", "findings", "line", "comparisons"}:
            found = [f"incident {key}: {why[0]}" for key, why in sorted(self.incidents.items())]
            found += [why for name in sorted(self.feeds) for why in self.feeds[name]]
        found = found or self.all() or ["decisions or reviews of people since; each stands with its incident"]
        more = [f"and {len(found) - MOST_REASONS} more"] if len(found) > MOST_REASONS else []
        return [*found[:MOST_REASONS], *more]

    def _incident(
        self, was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, rows: Mapping[str, Mapping[str, Any]]
    ) -> list[str]:
        seen_before = _behind(was)
        seen_now = _behind(now)
        why = [
            f"{rows[key]['feed']}, line {rows[key]['line']}: the row is "
            + ("no longer there" if key in seen_before else "new")
            for key in sorted(seen_before ^ seen_now)
            if key in rows
        ]
        if was and now:
            if was["links"] != now["links"]:
                why += [text for text in now["links"] if "a person's decision" in text and text not in was["links"]]
            if was["responsibility"]["recorded"] != now["responsibility"]["recorded"]:
                why.append("a statement about it came or went")
            if was["review"] != now["review"]:
                why += [
                    f"review: {text}" for text in now["review"]["outcomes"] if text not in was["review"]["outcomes"]
                ]
                why += ["a review lapsed"] if now["review"]["lapsed"] > was["review"]["lapsed"] else []
            if was.get("answers") != now.get("answers"):
                why.append("a party answered")
            if not why and was != now:
                why = [text for name in sorted(self.feeds) for text in self.feeds[name]]
        elif not why:
            why = ["people decided otherwise which observations are one"]
        return why


def _behind(one: Mapping[str, Any] | None) -> set[str]:
    """Every observation an incident names: for, against, heat beside it."""
    if one is None:
        return set()
    return {*one["observations"], *one["heat_beside"], *(key for root in one["roots"] for key in root["observations"])}


def _feed_causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[str]]:
    before, after = ({feed["name"]: feed for feed in b["feeds"]} for b in (old, new))
    found: dict[str, list[str]] = {}
    for name in sorted({*before, *after}):
        was = {file["path"]: file["sha256"] for file in before.get(name, {"files": []})["files"]}
        now = {file["path"]: file["sha256"] for file in after.get(name, {"files": []})["files"]}
        found[name] = [
            f"{name}: {path} "
            + ("is new" if path not in was else "is gone" if path not in now else "came anew with other bytes")
            for path in sorted({*was, *now})
            if was.get(path) != now.get(path)
        ]
    return found
