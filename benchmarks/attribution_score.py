"""How attributions are scored: by the words their spans touch, so punctuation at an edge is free.

Precision, recall and F1 for each role by one-to-one matching on Jaccard (exact, >= .8, >= .5), for whole attributions
(link80, link50: every role that either side has, at least that), and recall by kind of content. The protocol
stands in docs/methods/attribution.md.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WORD = re.compile(r"\w+(?:['’.\-]\w+)*")
ROLES = ("source", "cue", "content")
LEVELS = (("exact", 1.0), ("ov80", 0.8), ("ov50", 0.5))
Attribution = Mapping[str, Any]
Words = frozenset[int]


@dataclass(frozen=True)
class Article:
    """A raw text, and what each annotator marked in it."""

    name: str
    text: str
    golds: dict[str, list[Attribution]]

    @property
    def gold(self) -> list[Attribution]:
        """The first annotator's, in byte order."""
        return next(iter(self.golds.values()), [])


def read_gold(standoff: str) -> list[Attribution]:
    """Attributions of one brat file; fragments of one role are one set."""
    spans: dict[str, list[tuple[int, int]]] = {}
    events: list[list[list[str]]] = []
    for line in standoff.split("\n"):
        line = line.rstrip("\r")
        if not re.match(r"[TE]\d+\t", line):
            continue
        fields = line.split("\t")
        if fields[0][0] == "T":
            spans[fields[0]] = [
                (int(piece.split()[0]), int(piece.split()[1])) for piece in fields[1].split(" ", 1)[1].split(";")
            ]
        else:
            events.append([argument.split(":") for argument in fields[1].split()])
    found: list[Attribution] = []
    for arguments in events:
        one: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
        for role, span in arguments:
            role = re.sub(r"\d+$", "", role).lower()
            if role in one:
                one[role] += spans[span]
        found.append(one)
    return found


@dataclass
class Score:
    """Adds up articles. `figures` gives precision, recall and F1."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, text: str, gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> None:
        """One article."""
        tokens = [match.span() for match in WORD.finditer(text)]
        starts = [a for a, _ in tokens]
        golds = [{role: _touched(one[role], tokens, starts) for role in ROLES} for one in gold]
        found = [{role: _touched(one[role], tokens, starts) for role in ROLES} for one in predicted]
        for role in ROLES:
            theirs, mine = [g[role] for g in golds if g[role]], [p[role] for p in found if p[role]]
            pairs = [(-_jaccard(g, p), i, j) for i, g in enumerate(theirs) for j, p in enumerate(mine) if g & p]
            for level, least in LEVELS:
                self._count(f"{role}.{level}", [pair for pair in pairs if -pair[0] >= least], len(theirs), len(mine))
        scored = {
            (i, j): [_jaccard(g[role], p[role]) for role in ROLES if g[role] or p[role]]
            for i, g in enumerate(golds)
            for j, p in enumerate(found)
            if g["content"] & p["content"]
        }
        for level, least in (("link80", 0.8), ("link50", 0.5)):
            pairs = [(-sum(values), i, j) for (i, j), values in scored.items() if min(values) >= least]
            self._count(f"whole.{level}", pairs, len(golds), len(found))
        self._by_kind(text, gold, golds, found)

    def _count(self, key: str, pairs: list[tuple[float, int, int]], gold: int, found: int) -> None:
        self.counts[key].update(hit=len(_matched(pairs)), gold=gold, found=found)

    def _by_kind(
        self, text: str, raw: Sequence[Attribution], golds: list[dict[str, Words]], found: list[dict[str, Words]]
    ) -> None:
        pairs = [
            (-_jaccard(g["content"], p["content"]), i, j)
            for i, g in enumerate(golds)
            for j, p in enumerate(found)
            if g["content"] & p["content"]
        ]
        close = dict(_matched([pair for pair in pairs if -pair[0] >= 0.8]))
        near = dict(_matched([pair for pair in pairs if -pair[0] >= 0.5]))
        for i, one in enumerate(golds):
            if not one["content"]:
                continue
            counts = self.counts[f"kind.{kind_of(text, raw[i]['content'])}"]
            counts.update(gold=1, hit=i in close)
            if i in near and one["source"]:
                theirs = found[near[i]]["source"]
                counts.update(known=1, speaker=_jaccard(one["source"], theirs) >= 0.5)

    def figures(self) -> dict[str, float]:
        """Every figure by name, as shares of one."""
        figures: dict[str, float] = {}
        for key, counts in self.counts.items():
            if key.startswith("kind."):
                continue
            p, r = (counts["hit"] / counts[side] if counts[side] else 0.0 for side in ("found", "gold"))
            figures |= {f"{key}.p": p, f"{key}.r": r, f"{key}.f1": 2 * p * r / (p + r) if p + r else 0.0}
        for kind in ("direct", "mixed", "indirect"):
            counts = self.counts[f"kind.{kind}"]
            figures[f"{kind}.gold"] = float(counts["gold"])
            figures[f"{kind}.recall"] = counts["hit"] / counts["gold"] if counts["gold"] else 0.0
            figures[f"{kind}.speaker"] = counts["speaker"] / counts["known"] if counts["known"] else 0.0
        return figures


def kind_of(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Direct: every fragment opens at a quotation mark. Mixed: some mark. Indirect: none."""
    marks = ('"', "“", "''", "‘", "«", "„", "``")
    pieces = [text[a:b].lstrip() for a, b in spans]
    before = [text[max(0, a - 2) : a].rstrip() for a, _ in spans]
    opens = [
        piece.startswith(marks) or (lead and lead.endswith(marks)) for piece, lead in zip(pieces, before, strict=True)
    ]
    if all(opens):
        return "direct"
    return (
        "mixed" if any(opens) or any(mark in piece for piece in pieces for mark in marks if mark != "‘") else "indirect"
    )


def _touched(spans: Sequence[Sequence[int]], tokens: list[tuple[int, int]], starts: list[int]) -> Words:
    touched: set[int] = set()
    for start, end in spans:
        i = max(0, bisect.bisect_right(starts, start) - 1)
        while i < len(tokens) and tokens[i][0] < end:
            if tokens[i][1] > start:
                touched.add(i)
            i += 1
    return frozenset(touched)


def _jaccard(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _matched(pairs: list[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """One-to-one, best score first."""
    left: set[int] = set()
    right: set[int] = set()
    matched = []
    for _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            matched.append((i, j))
    return matched
