"""Benchmark 7: positions read from sentences, beside the labels of our own gold (tests/data/statements).

    python benchmarks/position.py                          the half rules are tuned on
    python benchmarks/position.py --half held_out          the other half; nobody reads its mistakes
    python benchmarks/position.py --set uk --mistakes      one language, each mistake of the dev half
    python benchmarks/position.py --blind 1                a batch fixed before the program was run on it
    python benchmarks/position.py --check                  what no weight has learned from and choices are made by
    python benchmarks/position.py --kept dispatch_7        a file of tools/written that no weight learns from
    python benchmarks/position.py --second-reader          a second reader beside the labels of the held-out half
    python benchmarks/position.py --news FOLDER            agency news of 2001, articles with an even number
    python benchmarks/position.py --party-statements F     confusion matrix on transcribed quotations

A gold statement is found by the statement of ours whose content shares most with it, one to one; a gold statement
that none finds counts as missed in its class. Statements of ours beyond the gold are counted apart. Intervals: items
drawn anew 2,000 times. No timed test.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.labelled import POSITIONS
from truceline.statements.statement import Position, Statement
from truceline.terms.party import Party

GOLD = Path(__file__).parents[1] / "tests" / "data" / "statements"
ENGLISH = ("en", "public_domain", "public_domain_2")
THIRD_PARTY = ("public_domain", "public_domain_2", "blind_7")
CHECKS = ("check_a", "check_b")
NEWS = "news_2001"
WRITTEN = Path(__file__).parents[1] / "tools" / "written"
KEPT = ("dispatch_7", "state_dev")  # of the texts written for training, what no weight learns from
UNREAD = {6, 7}  # blind batches nobody reads the mistakes of
MISSED = "missed"
Spans = Sequence[Sequence[int]]
DRAWS, SEED = 2_000, 7


@dataclass(frozen=True)
class Judged:
    """What the second reader labelled: no party, for he was not asked for one."""

    position: str
    cue: Spans
    content: Spans
    text: str = ""
    party: str | None = None
    about_party: str | None = None


@dataclass(frozen=True)
class Pair:
    """A gold statement and what was made of it, None where nothing was found. Offsets count in the item."""

    item: str
    text: str
    gold: dict[str, Any]
    ours: Statement | Judged | None


@dataclass(frozen=True)
class Scored:
    """All pairs, the statements of ours beyond the gold, and items without a statement in which we saw one."""

    pairs: tuple[Pair, ...]
    beyond: int
    seen_in_nothing: tuple[tuple[str, str], ...]


def parties(name: str = "") -> tuple[Party, ...]:
    """The invented parties of a set; most sets share those of the gold."""
    own = GOLD / f"{name}.parties.json"
    rows = json.loads((own if own.exists() else GOLD / "parties.json").read_text(encoding="utf-8"))
    return tuple(Party(r["id"], r["name"], tuple(r["aliases"]), tuple(r["channels"])) for r in rows)


def compare(name: str, half: str | None) -> Scored:
    """Read one set of the gold and pair what is found with what was labelled; a blind batch has no halves."""
    stem = name if half is None else f"{name}.{half}"
    text = (GOLD / f"{stem}.txt").read_text(encoding="utf-8")
    items = json.loads((GOLD / f"{stem}.json").read_text(encoding="utf-8"))
    language = name if name in ("uk", "ru") else "en"
    documents = [Document(i["id"], "gold", "", i["id"], text[i["start"] : i["end"]], language=language) for i in items]
    return _scored(items, text, _read(documents, () if name in THIRD_PARTY else parties(name)))


def _read(documents: Sequence[Document], known: tuple[Party, ...]) -> dict[str, list[Statement]]:
    by_item: dict[str, list[Statement]] = {}
    for one in extract(documents, known).statements:
        by_item.setdefault(one.document, []).append(one)
    return by_item


def news(folder: Path, half: str) -> Scored:
    """Articles whose words are not ours to print, only our labels: each is a line of a file somebody else gives away.

    Nobody reads the mistakes on those with an odd number: they are the held-out half.

    Raises:
        ValueError: A line is not the one that was labelled.
    """
    text, items, documents = "", [], []
    for row in _articles(half):
        line = (folder / row["file"]).read_bytes().split(b"\n")[row["line"]]
        if hashlib.sha256(line).hexdigest() != row["sha256"]:
            raise ValueError(
                f"{folder / row['file']}, line {row['line']}: not the text that was labelled; see {GOLD}/README.md"
            )
        article = line.decode("utf-8", "replace")
        start = len(text)
        items.append(
            {"id": row["id"], "start": start, "end": start + len(article)}
            | {"statements": [_moved(one, start) for one in row["statements"]]}
        )
        documents.append(Document(row["id"], "gold", "", row["id"], article, language="en"))
        text += article
    return _scored(items, text, _read(documents, parties(NEWS)))


def kept(name: str) -> Scored:
    """A file of tools/written that is kept from training; its parties are less carefully labelled than positions."""
    sys.path.insert(0, str(WRITTEN.parent))
    try:
        from written import texts
    finally:
        sys.path.pop(0)
    told = [one for one in texts(WRITTEN) if one.id.rsplit("-", 1)[0] == name]
    text, items = "", []
    for one in told:
        start = len(text)
        text += one.text
        labels = [
            {"position": label.position, "party": label.party, "about_party": label.about, **label.spans}
            for label in one.labels
        ]
        items.append(
            {"id": one.id, "start": start, "end": len(text), "statements": [_moved(label, start) for label in labels]}
        )
    documents = [Document(one.id, "gold", "", one.id, one.text, language="en") for one in told]
    return _scored(items, text, _read(documents, told[0].parties))


def second_reader_of_news(half: str) -> Scored:
    """The labels of a second reader of the same articles; both count in the article, so no word of it is needed."""
    items = [{"start": 0, "end": 0, **row} for row in _articles(half)]
    told = json.loads((GOLD / f"{NEWS}.second_reader.json").read_text(encoding="utf-8"))
    by_item = {
        row["id"]: [Judged(one["position"], one["cue"], one["content"]) for one in row["statements"]] for row in told
    }
    return _scored(items, "", by_item)


def _articles(half: str) -> list[dict[str, Any]]:
    asked = {"party": None, "about_party": None}  # nobody was asked for them
    rows = json.loads((GOLD / f"{NEWS}.json").read_text(encoding="utf-8"))[half == "held_out" :: 2]
    return [{**row, "statements": [asked | one for one in row["statements"]]} for row in rows]


def second_reader(name: str) -> Scored:
    """The labels of a second reader of the bare held-out texts, scored as the program is: what can be hoped for."""
    text = (GOLD / f"{name}.held_out.txt").read_text(encoding="utf-8")
    items = json.loads((GOLD / f"{name}.held_out.json").read_text(encoding="utf-8"))
    start = {item["id"]: item["start"] for item in items}
    by_item = {
        one["id"]: [
            Judged(moved["position"], moved["cue"], moved["content"])
            for moved in (_moved(label, -start[one["id"]]) for label in one["statements"])
        ]
        for one in json.loads((GOLD / "second_reader.json").read_text(encoding="utf-8"))
        if one["id"] in start
    }
    return _scored(items, text, by_item)


def _scored(items: Sequence[dict[str, Any]], text: str, by_item: Mapping[str, Sequence[Statement | Judged]]) -> Scored:
    """Pair what was found in every item with its labels; offsets of what was found count in the item."""
    pairs: list[Pair] = []
    beyond = 0
    nothing: list[tuple[str, str]] = []
    for item in items:
        ours = by_item.get(item["id"], ())
        words = text[item["start"] : item["end"]]
        if not item["statements"]:
            nothing += [(item["id"], f"{one.position}: {one.text}") for one in ours]
            continue
        gold = [_moved(one, -item["start"]) for one in item["statements"]]
        matched = paired(gold, ours)
        pairs += [
            Pair(item["id"], words, one, ours[matched[number]] if number in matched else None)
            for number, one in enumerate(gold)
        ]
        beyond += len(ours) - len(matched)
    return Scored(tuple(pairs), beyond, tuple(nothing))


def _moved(gold: dict[str, Any], by: int) -> dict[str, Any]:
    spans = {role: [[a + by, b + by] for a, b in gold[role]] for role in ("source", "cue", "content")}
    condition = gold.get("condition")
    return {**gold, **spans, "condition": None if condition is None else [condition[0] + by, condition[1] + by]}


def paired(labels: Sequence[dict[str, Any]], ours: Sequence[Any], *, least: float = 0.0) -> dict[int, int]:
    """Which of ours is which label: whose content and cue share most, one to one, where contents share over `least`."""
    scores = sorted(
        (
            (overlap(g["content"], s.content) + 0.5 * overlap(g["cue"], s.cue), -n, -k)
            for n, g in enumerate(labels)
            for k, s in enumerate(ours)
            if overlap(g["content"], s.content) > least
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, n, k in scores:
        if -n not in pairs and -k not in pairs.values():
            pairs[-n] = -k
    return pairs


def overlap(one: Spans, other: Spans) -> float:
    """Jaccard index of the characters two lists of spans cover."""
    first = {n for a, b in one for n in range(a, b)}
    second = {n for a, b in other for n in range(a, b)}
    return len(first & second) / len(first | second) if first | second else 0.0


def macro_f1(pairs: Sequence[Pair]) -> float:
    """Mean of the F1 of every position that occurs in the gold."""
    rows = [(p.gold["position"], str(p.ours.position) if p.ours else MISSED) for p in pairs]
    values = []
    for name in sorted({gold for gold, _ in rows}):
        true = sum(1 for gold, ours in rows if gold == ours == name)
        wrong = sum(1 for gold, ours in rows if ours == name != gold)
        lost = sum(1 for gold, ours in rows if gold == name != ours)
        values.append(2 * true / (2 * true + wrong + lost))
    return sum(values) / len(values) if values else 0.0


def interval(pairs: Sequence[Pair]) -> tuple[float, float]:
    """95 % of the macro-F1 when items are drawn anew."""
    chance = random.Random(SEED)  # noqa: S311 - draws of a bootstrap
    by_item: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_item.setdefault(pair.item, []).append(pair)
    groups = list(by_item.values())
    draws = sorted(macro_f1([p for g in chance.choices(groups, k=len(groups)) for p in g]) for _ in range(DRAWS))
    return draws[int(DRAWS * 0.025)], draws[int(DRAWS * 0.975) - 1]


def swaps(pairs: Sequence[Pair]) -> tuple[int, int]:
    """How often a denial was read as a neither or the other way round, and of how many."""
    two = {str(Position.DENIES), str(Position.NEITHER_CONFIRMS_NOR_DENIES)}
    of = [p for p in pairs if p.gold["position"] in two]
    wrong = [p for p in of if p.ours is not None and {p.gold["position"], str(p.ours.position)} == two]
    return len(wrong), len(of)


def figures(scored: Scored, *, bootstrap: bool = True) -> dict[str, Any]:
    """Everything that is printed, as plain values."""
    pairs = scored.pairs
    found = [p for p in pairs if p.ours is not None]
    rows = Counter((p.gold["position"], str(p.ours.position) if p.ours else MISSED) for p in pairs)
    per_class = {}
    for name in sorted({gold for gold, _ in rows}):
        true = rows[name, name]
        said = sum(n for (_, ours), n in rows.items() if ours == name)
        had = sum(n for (gold, _), n in rows.items() if gold == name)
        per_class[name] = {"precision": _share(true, said), "recall": _share(true, had), "n": had}
    low, high = interval(pairs) if bootstrap else (None, None)
    return {
        "n": len(pairs),
        "macro_f1": round(macro_f1(pairs), 3),
        "interval_95": None if low is None or high is None else [round(low, 3), round(high, 3)],
        "accuracy": _share(sum(1 for p in found if p.ours and p.ours.position == p.gold["position"]), len(pairs)),
        "swaps": list(swaps(pairs)),
        "conditional_recall": per_class.get("conditions", {}).get("recall"),
        "missed": len(pairs) - len(found),
        "beyond_the_gold": scored.beyond,
        "seen_in_nothing": len(scored.seen_in_nothing),
        "content_exact": _share(
            sum(1 for p in found if p.ours and overlap(p.gold["content"], p.ours.content) == 1), len(pairs)
        ),
        "content_80": _share(
            sum(1 for p in found if p.ours and overlap(p.gold["content"], p.ours.content) >= 0.8), len(pairs)
        ),
        "party": _share(sum(1 for p in found if p.ours and p.ours.party == p.gold["party"]), len(found)),
        "about_party": _share(
            sum(1 for p in found if p.ours and p.ours.about_party == p.gold["about_party"]), len(found)
        ),
        "per_class": per_class,
        "confusions": {f"{g} -> {o}": n for (g, o), n in sorted(rows.items(), key=lambda r: (-r[1], r[0])) if g != o},
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def transcribed(path: Path) -> dict[str, Any]:
    """Labels of one annotator beside ours, through `labelled.POSITIONS`; "neither" there is two things, so no position.

    A quotation that holds no statement of its own is read as what its side's government said between marks.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = []
    for row in rows:
        whole = f"{row['side'].replace('-', ' ').title()}'s government said: “{row['quote'].strip('“”')}”"
        documents += [
            Document(f"{row['id']}/raw", "", "", "", row["quote"]),
            Document(f"{row['id']}/said", "", "", "", whole),
        ]
    found: dict[str, list[Statement]] = {}
    for one in extract(documents, ()).statements:
        found.setdefault(one.document, []).append(one)
    matrix: Counter[tuple[str, str]] = Counter()
    for row in rows:
        ours = found.get(f"{row['id']}/raw") or found.get(f"{row['id']}/said") or []
        first = next((one for one in ours if one.position is not Position.REPORTS), ours[0] if ours else None)
        matrix[row["stance"], str(first.position) if first else MISSED] += 1
    return {
        "n": len(rows),
        "mapping": {label: str(position) for label, position in POSITIONS.items()},
        "matrix": {f"{label} -> {ours}": n for (label, ours), n in sorted(matrix.items())},
    }


def main() -> None:
    """Print the figures as JSON, or the mistakes of the dev half."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=("dev", "held_out"), default="dev")
    parser.add_argument("--set", dest="sets", action="append", choices=(*ENGLISH, "uk", "ru"))
    parser.add_argument("--blind", type=int, action="append", help="number of a blind batch; may be repeated")
    parser.add_argument("--mistakes", action="store_true", help="each mistake of the dev half; refused for the other")
    parser.add_argument("--check", action="store_true", help="the sets by which weights and thresholds are chosen")
    parser.add_argument("--kept", choices=KEPT, help="a file of tools/written that no weight learns from")
    parser.add_argument(
        "--second-reader", action="store_true", help="a second reader of the held-out texts, or of the news"
    )
    parser.add_argument("--news", type=Path, help="folder gensim/test/test_data of the package gensim 4.4.0")
    parser.add_argument(
        "--party-statements", type=Path, help="a file of transcribed quotations, one JSON object a line"
    )
    told = parser.parse_args()
    if told.party_statements is not None:
        print(json.dumps(transcribed(told.party_statements), indent=1))
        return
    if told.mistakes and (told.half != "dev" or told.second_reader or set(told.blind or ()) & UNREAD):
        parser.error("mistakes of the held-out half and of unread batches are not read by anybody")
    if told.second_reader and set(told.sets or ()) - set(ENGLISH):
        parser.error("the second reader read English alone")
    if told.second_reader and told.news is not None:
        scored = [second_reader_of_news(told.half)]
    elif told.second_reader:
        scored = [second_reader(name) for name in told.sets or ENGLISH]
    elif told.news is not None:
        scored = [news(told.news, told.half)]
    elif told.kept is not None:
        scored = [kept(told.kept)]
    elif told.check:
        scored = [compare(name, None) for name in CHECKS]
    elif told.blind:
        scored = [compare(f"blind_{number}", None) for number in told.blind]
    else:
        scored = [compare(name, told.half) for name in told.sets or ENGLISH]
    merged = Scored(
        tuple(p for s in scored for p in s.pairs),
        sum(s.beyond for s in scored),
        tuple(x for s in scored for x in s.seen_in_nothing),
    )
    if told.mistakes:
        for pair in merged.pairs:
            ours = str(pair.ours.position) if pair.ours else MISSED
            if ours != pair.gold["position"]:
                why = pair.ours.reason if isinstance(pair.ours, Statement) else ""
                print(f"{pair.gold['id']} {pair.gold['position']} <- {ours} ({why})\n    {pair.text}")
        for item, what in merged.seen_in_nothing:
            print(f"{item} nothing is said <- {what}")
        return
    table = figures(merged)
    if told.second_reader or told.news or told.kept or told.blind == [7]:
        del table["party"], table["about_party"]  # not asked for
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
