"""How statements bear on one another: labelled pairs of texts and what we find between them (pairs.json of the gold).

    python benchmarks/relations.py [--mistakes]

Each pair is two texts with their days; the label is what the second statement is to the first: contradicts, reverses,
repeats, confirms, or none. Found is any relation between a statement of one and of the other; a pair in which several
kinds are found counts as right only where the label is the first of them in the order above. No timed test.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from position import GOLD, parties

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.relations import relate

KINDS = ("contradicts", "reverses", "repeats", "confirms")
NONE = "none"


def found_in(pair: dict[str, Any]) -> str:
    """The first kind of relation between the two texts of a pair, or none."""
    documents = [
        Document(side, "gold", "", side, pair[side]["text"], date.fromisoformat(pair[side]["published"]))
        for side in ("first", "second")
    ]
    found = extract(documents, parties())
    where = {one.id: one.document for one in found.statements}
    kinds = {
        str(r.kind)
        for r in relate(found, parties()).relations
        if where.get(r.first) is not None and where.get(r.second) is not None and where[r.first] != where[r.second]
    }
    return next((kind for kind in KINDS if kind in kinds), NONE)


def figures(rows: list[tuple[str, str]]) -> dict[str, Any]:
    """Precision and recall of each kind, from pairs of label and found."""
    table = {}
    for kind in (*KINDS, NONE):
        true = sum(1 for label, ours in rows if label == ours == kind)
        said, had = sum(1 for _, ours in rows if ours == kind), sum(1 for label, _ in rows if label == kind)
        table[kind] = {
            "precision": round(true / said, 3) if said else None,
            "recall": round(true / had, 3) if had else None,
            "n": had,
        }
    wrong = Counter(f"{label} -> {ours}" for label, ours in rows if label != ours)
    right = sum(1 for label, ours in rows if label == ours)
    return {"n": len(rows), "right": right, "per_kind": table, "confusions": dict(sorted(wrong.items()))}


def main() -> None:
    """Print the figures as JSON, or each mistake."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mistakes", action="store_true")
    told = parser.parse_args()
    pairs = json.loads((GOLD / "pairs.json").read_text(encoding="utf-8"))
    rows = [(pair["relation"], found_in(pair)) for pair in pairs]
    if told.mistakes:
        for pair, (label, ours) in zip(pairs, rows, strict=True):
            if label != ours:
                print(f"{pair['id']} {label} <- {ours}\n    {pair['first']['text']}\n    {pair['second']['text']}")
        return
    print(json.dumps(figures(rows), indent=1))


if __name__ == "__main__":
    main()
