"""Independent roots: how many voices there are once copies are put together.

Forty copies of one agency story are one root, and so are all the channels of one party. A row whose
origin cannot be told is never independent. An article that names several places does not say which one
is meant, so it supports an incident but does not locate it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from truceline.spacetime import Precision
from truceline.terms import Agreement
from truceline.terms.party import Origin


@dataclass(frozen=True)
class Root:
    """One voice behind an incident.

    Attributes:
        independent: Whether it may count: a monitor or a named third party that says where.
        reliability: Letter of its source, A-F.
        reason: Why it counts, or why it does not.
    """

    key: str
    origin: Origin
    name: str
    independent: bool
    reliability: str
    reason: str
    observations: tuple[str, ...]


def roots_of(rows: Iterable[Mapping[str, Any]], agreement: Agreement) -> tuple[Root, ...]:
    """The roots among the observations of one incident, independent ones first."""
    by_root: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_root[row["root"]].append(row)
    for key in sorted(by_root):  # whoever cites the mission repeats one of its patrols, and is no second voice
        if own := sorted(other for other in by_root if key.startswith("monitor:") and other.startswith(f"{key}:")):
            by_root[own[0]] += by_root.pop(key)
    roots = _one_vague_voice([_root(key, members, agreement) for key, members in sorted(by_root.items())], by_root)
    return tuple(sorted(roots, key=lambda root: (not root.independent, str(root.origin), root.key)))


def roots_against(
    rows: Iterable[Mapping[str, Any]], reasons: Mapping[str, str], own: Iterable[Root], agreement: Agreement
) -> tuple[tuple[Root, ...], tuple[Root, ...]]:
    """The independent voices that say it did not happen or was something else, and the roots for, without those.

    A party's denial is a statement and is no root here. A voice that takes back its own report is no voice any more,
    neither for nor against.

    Args:
        rows: Of the reports against.
        reasons: By observation, why it is about this incident.
        own: The roots of the incident itself.
    Returns:
        (against, for): `for` with what was taken back no longer independent.
    """
    by_root: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["origin"] in (Origin.MONITOR, Origin.THIRD_PARTY) and row["places_named"] == 1:
            by_root[row["root"]].append(row)
    kept, against = [], []
    taken_back = "; it has taken its own report back"
    for root in own:
        mine = {key for key in by_root if _one_voice(key, root.key)}
        kept.append(replace(root, independent=False, reason=root.reason + taken_back) if mine else root)
    for key, members in sorted(by_root.items()):
        if any(_one_voice(key, root.key) for root in own):
            continue
        told = _root(key, members, agreement)
        why = "; ".join(sorted({reasons[str(row["id"])] for row in members}))
        against.append(replace(told, reason=f"{told.reason}; {why}"))
    return tuple(against), tuple(kept)


def _one_voice(a: str, b: str) -> bool:
    """Whether two keys are one voice: the same, or the mission and one of its patrols."""
    return a == b or (a.startswith("monitor:") and (a.startswith(f"{b}:") or b.startswith(f"{a}:")))


def _one_vague_voice(roots: list[Root], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[Root]:
    """Who names only the day does not say which of its acts is meant, and corroborates nobody.

    Beside a voice that gives the time such a root counts for nothing; of several alone the most reliable counts.
    So losing the exact report can never make two vague ones agree on more than was known before.
    """
    vague = [r for r in roots if r.independent and all(row["precision"] == Precision.DAY for row in rows[r.key])]
    exact = any(root.independent and root not in vague for root in roots)
    speaks = None if exact or not vague else min(vague, key=lambda root: (root.reliability, root.key))
    reason = "; names only the day, so which act it means cannot be told"
    return [
        replace(root, independent=False, reason=root.reason + reason) if root in vague and root is not speaks else root
        for root in roots
    ]


def _root(key: str, rows: list[Mapping[str, Any]], agreement: Agreement) -> Root:
    rows = sorted(rows, key=lambda row: (row["origin"] != Origin.MONITOR, row["id"]))  # who saw it speaks first
    origin = Origin(rows[0]["origin"])
    located = any(row["places_named"] == 1 for row in rows)
    copies = f"; {len(rows)} rows are one voice" if len(rows) > 1 else ""
    reason = f"{rows[0]['origin_reason']}{copies}"
    if origin is Origin.PARTY:
        reason += "; a party's own word is a statement, it never makes a count"
    elif origin is Origin.UNKNOWN:
        reason += "; whose word it is cannot be told, so it is not independent"
    elif origin is Origin.SENSOR:
        reason += "; out of the ordinary by the case's baseline, so it speaks for a fire, and for nobody's act"
    elif not located:
        reason += f"; the text names {min(r['places_named'] for r in rows)} places, which one is meant cannot be told"
    return Root(
        key=key,
        origin=origin,
        name=_name(key, agreement),
        independent=origin in (Origin.MONITOR, Origin.THIRD_PARTY, Origin.SENSOR) and located,
        reliability=_reliability(key, rows, agreement),
        reason=reason,
        observations=tuple(sorted(str(row["id"]) for row in rows)),
    )


def _name(key: str, agreement: Agreement) -> str:
    kind, _, rest = key.partition(":")
    if kind == "party":
        return agreement.party(rest).name
    return "origin not known" if kind == "text" else rest


def _reliability(key: str, rows: list[Mapping[str, Any]], agreement: Agreement) -> str:
    """The named source's own letter, else the best of the feeds that carried it."""
    kind, _, rest = key.partition(":")
    if kind in ("source", "monitor"):
        for source in agreement.sources:
            if source.name == rest:
                return str(source.reliability)
    return min(str(agreement.feed(row["feed"]).reliability) for row in rows)
