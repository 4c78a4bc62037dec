"""Independent roots: how many voices there are once copies are put together.

Forty copies of one agency story are one root, and so are all the channels of one party. A row whose
origin cannot be told is never independent. An article that names several places does not say which one
is meant, so it supports an incident but does not locate it.

A source whose own feeds the case receives speaks through them alone: a row elsewhere that cites it is a citation,
kept and printed, and no voice until one of them holds the same report, that is, has a row linked into the same
incident. Where such a feed failed nobody can tell, and both ways are taken against certainty: for the incident the
citation is no voice, and its sector is not called quiet; against it, it is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
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
        unchecked: It cites a source whose own feed failed on that day.
    """

    key: str
    origin: Origin
    name: str
    independent: bool
    reliability: str
    reason: str
    observations: tuple[str, ...]
    unchecked: bool = False


def roots_of(rows: Iterable[Mapping[str, Any]], agreement: Agreement, failed: Container[str] = ()) -> tuple[Root, ...]:
    """The roots among the observations of one incident, independent ones first.

    Args:
        rows: The observations.
        agreement: For parties and sources, and the sources' own feeds.
        failed: Names of the feeds that were out for any part of the day.
    """
    by_root: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_root[row["root"]].append(row)
    for key in sorted(by_root):  # whoever cites the mission repeats one of its patrols, and is no second voice
        if own := sorted(other for other in by_root if key.startswith("monitor:") and other.startswith(f"{key}:")):
            by_root[own[0]] += by_root.pop(key)
    told = [_root(key, members, agreement, failed) for key, members in sorted(by_root.items())]
    roots = _one_vague_voice(told, {key: _own_rows(key, members, agreement) for key, members in by_root.items()})
    return tuple(sorted(roots, key=lambda root: (not root.independent, str(root.origin), root.key)))


def roots_against(
    rows: Iterable[Mapping[str, Any]],
    reasons: Mapping[str, str],
    own: Iterable[Root],
    agreement: Agreement,
    failed: Container[str] = (),
) -> tuple[tuple[Root, ...], tuple[Root, ...]]:
    """The independent voices that say it did not happen or was something else, and the roots for, without those.

    A party's denial is a statement and is no root here. A voice that takes back its own report is no voice any more,
    neither for nor against.

    Args:
        rows: Of the reports against.
        reasons: By observation, why it is about this incident.
        own: The roots of the incident itself.
        failed: Names of the feeds that were out for any part of the day.
    Returns:
        (against, for): `for` with what was taken back no longer independent, and with the citations against that
        the cited source's own feed does not hold: they are no voice, and say so.
    """
    by_root: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["origin"] in (Origin.MONITOR, Origin.THIRD_PARTY) and row["places_named"] == 1:
            by_root[row["root"]].append(row)
    kept, against = [], []
    taken_back = "; it has taken its own report back"
    cited = {key: _not_held(key, members, agreement) for key, members in by_root.items()}
    only_cited = sorted(key for key, own in cited.items() if own and not any(name in failed for name in own))
    unheld = [_against(_root(key, by_root.pop(key), agreement), reasons) for key in only_cited]
    for root in own:
        mine = {key for key in by_root if _one_voice(key, root.key)}
        kept.append(replace(root, independent=False, reason=root.reason + taken_back) if mine else root)
    for key, members in sorted(by_root.items()):
        if any(_one_voice(key, root.key) for root in own):
            continue
        against.append(_against(_root(key, members, agreement, failed), reasons))
    return tuple(against), (*kept, *unheld)


def _against(told: Root, reasons: Mapping[str, str]) -> Root:
    why = "; ".join(sorted({reasons[key] for key in told.observations}))
    return replace(told, reason=f"{told.reason}; {why}")


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


def _own_feeds(key: str, agreement: Agreement) -> tuple[str, ...]:
    """The own feeds of the source a root is the word of; none where the case declares none."""
    kind, _, rest = key.partition(":")
    if kind not in ("source", "monitor"):
        return ()
    return next((s.feeds for s in agreement.sources if rest == s.name or rest.startswith(f"{s.name}:")), ())


def _own_rows(key: str, rows: Sequence[Mapping[str, Any]], agreement: Agreement) -> list[Mapping[str, Any]]:
    """The rows that came through the source's own feeds; all of them where it declares none, or has none here."""
    feeds = _own_feeds(key, agreement)
    return [row for row in rows if row["feed"] in feeds] or list(rows)


def _not_held(key: str, rows: Sequence[Mapping[str, Any]], agreement: Agreement) -> tuple[str, ...]:
    """The own feeds that hold none of these rows, so that they only cite; empty where one does, or none is declared."""
    feeds = _own_feeds(key, agreement)
    return () if any(row["feed"] in feeds for row in rows) else feeds


def _root(key: str, rows: list[Mapping[str, Any]], agreement: Agreement, failed: Container[str] = ()) -> Root:
    rows = sorted(rows, key=lambda row: (row["origin"] != Origin.MONITOR, row["id"]))  # who saw it speaks first
    its = _own_rows(key, rows, agreement)
    rows = its + [row for row in rows if row not in its]
    origin = Origin(rows[0]["origin"])
    located = any(row["places_named"] == 1 for row in its)
    missing = _not_held(key, rows, agreement)
    out = [name for name in missing if name in failed]
    copies = f"; {len(rows)} rows are one voice" if len(rows) > 1 else ""
    reason = f"{rows[0]['origin_reason']}{copies}"
    if origin is Origin.PARTY:
        reason += "; a party's own word is a statement, it never makes a count"
    elif origin is Origin.UNKNOWN:
        reason += "; whose word it is cannot be told, so it is not independent"
    elif origin is Origin.SENSOR:
        reason += "; out of the ordinary by the case's baseline, so it speaks for a fire, and for nobody's act"
    elif not located:
        reason += f"; the text names {min(r['places_named'] for r in its)} places, which one is meant cannot be told"
    if out:
        reason += f"; its own feed '{out[0]}' failed that day, so whether it holds this cannot be told"
    elif missing:
        reason += f"; its own feed '{missing[0]}' does not hold it, so it is a citation and no voice"
    return Root(
        key=key,
        origin=origin,
        name=_name(key, agreement),
        independent=origin in (Origin.MONITOR, Origin.THIRD_PARTY, Origin.SENSOR) and located and not missing,
        reliability=_reliability(key, rows, agreement),
        reason=reason,
        observations=tuple(sorted(str(row["id"]) for row in rows)),
        unchecked=bool(out),
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
