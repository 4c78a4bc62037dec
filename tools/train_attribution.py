"""Train the attribution taggers on PolNeAR's train split and the texts of tools/written; write them into the package.

    OMP_NUM_THREADS=1 nice -n 10 python tools/train_attribution.py --data ../shared/data [--out DIR] [--every N]

Nothing is drawn by chance: articles in the order of their names, L-BFGS from zero weights; the same data and library
give the same bytes. `--every 6` trains on each sixth article, to try something out. What the weights may and may not
hold stands in docs/methods/attribution.md: single words in at least MIN_ARTICLES articles, no names, no numbers.
"""

from __future__ import annotations

import argparse
import bisect
import hashlib
import json
import lzma
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from attribution import read_split
from written import HELD, texts

from truceline.statements.clean import Kind, divide
from truceline.statements.features import NAMELESS, Sheet, Vocabulary
from truceline.statements.parser import MAX_PARAGRAPH_CHARS, Parse, parse

MIN_ARTICLES = 10
MAX_LETTERS = 20
ITERATIONS = 70
SETTINGS = {"c1": 0.1, "c2": 0.1, "feature.minfreq": 8, "feature.possible_transitions": True}
EIGHT_BYTES = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 3, "pb": 3}]  # numbers


@dataclass(frozen=True)
class Gold:
    """Word numbers of one attribution in its paragraph."""

    cue: tuple[int, ...]
    source: frozenset[int] = frozenset()
    content: frozenset[int] = frozenset()


Paragraphs = list[tuple[Parse, list[Gold]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "src/truceline/statements/data")
    parser.add_argument("--texts", type=Path, default=Path(__file__).parent / "written")
    parser.add_argument("--without", nargs="*", default=["vary_"], help="texts whose name begins so are left out")
    parser.add_argument("--every", type=int, default=1)
    args = parser.parse_args()
    articles = read_split(args.data / "polnear" / "polnear-train-dev.tar.xz", "train")[:: args.every]
    read = [read_article(article.text, article.gold) for article in articles]
    told = [text for text in texts(args.texts) if not text.id.startswith((*HELD, *args.without))][:: args.every]
    read += [read_article(text.text, [label.spans for label in text.labels]) for text in told]
    vocabulary = vocabulary_of(read)
    args.out.mkdir(parents=True, exist_ok=True)
    fit(args.out / "roles.crfsuite", role_items(read, vocabulary))
    fit(args.out / "cues.crfsuite", cue_items(read, vocabulary))
    names = ("cues.crfsuite.xz", "roles.crfsuite.xz", "encoder.npz")  # the last is train_encoder.py's
    shipped = [args.out / name for name in names if (args.out / name).exists()]
    card = {
        "trained_on": f"PolNeAR train, {len(articles)} articles, first annotator of each; {len(told)} texts of our own",
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in shipped},
        "cues": dict(sorted(vocabulary.cues.items())),
        "lemmas": sorted(vocabulary.lemmas),
    }
    (args.out / "attribution.json").write_text(json.dumps(card, indent=0) + "\n", encoding="utf-8")


def read_article(text: str, gold: Sequence) -> Paragraphs:
    """Body paragraphs, parsed as at run time, each with the attributions whose cue begins in it."""
    bodies = [p for p in divide(text) if p.kind is Kind.BODY and p.end - p.start <= MAX_PARAGRAPH_CHARS]
    parses = parse((p.start, text[p.start : p.end]) for p in bodies)
    found: Paragraphs = [(words, []) for words in parses]
    for one in gold:
        place = next((k for k, p in enumerate(bodies) if one["cue"] and p.start <= one["cue"][0][0] < p.end), None)
        if place is None:
            continue
        words, marked = found[place]
        cue, source, content = (touched(words, one[role]) for role in ("cue", "source", "content"))
        cue = cue or touched(words, one["cue"], marks=True)  # "― Ana Holt"
        if cue:
            marked.append(Gold(tuple(sorted(cue)), frozenset(source), frozenset(content)))
    return found


def touched(words: Parse, spans: Iterable[tuple[int, int]], *, marks: bool = False) -> set[int]:
    """Words that spans touch, without punctuation unless it is asked for."""
    starts = [word.start for word in words.words]
    found: set[int] = set()
    for start, end in spans:
        for word in words.words[max(0, bisect.bisect_right(starts, start) - 1) : bisect.bisect_left(starts, end)]:
            if word.end > start and (marks or any(letter.isalnum() for letter in word.text)):
                found.add(word.i)
    return found


def vocabulary_of(read: Sequence[Paragraphs]) -> Vocabulary:
    """Words that stood in many articles, and how often each was (part of) a cue."""
    articles: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    cued: Counter[str] = Counter()
    for paragraphs in read:
        here = set()
        for words, marked in paragraphs:
            cues = {n for gold in marked for n in gold.cue}
            for word in words.words:
                if word.tag not in NAMELESS:
                    here.add(word.lemma)
                    stood[word.lemma] += 1
                    cued[word.lemma] += word.i in cues
        articles.update(here)
    lemmas = frozenset(lemma for lemma, n in articles.items() if n >= MIN_ARTICLES and len(lemma) <= MAX_LETTERS)
    share = {lemma: cued[lemma] / (stood[lemma] + 2) for lemma in lemmas if cued[lemma] >= 3}
    return Vocabulary(lemmas, {lemma: min(9, 1 + int(10 * value)) for lemma, value in share.items() if value > 0.02})


def fit(path: Path, items: Iterable[tuple[list[list[str]], list[str]]]) -> None:
    """Fit one tagger and write it."""
    import pycrfsuite

    start = time.perf_counter()
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**SETTINGS, "max_iterations": ITERATIONS})
    for rows, labels in items:
        trainer.append(rows, labels)
    trainer.train(str(path))
    small = path.with_name(path.name + ".xz")
    small.write_bytes(lzma.compress(path.read_bytes(), filters=EIGHT_BYTES))
    path.unlink()
    print(f"{path.stem}: {time.perf_counter() - start:.0f} s, {small.stat().st_size / 1e6:.1f} MB", flush=True)


def cue_items(read: Sequence[Paragraphs], vocabulary: Vocabulary) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Every paragraph once."""
    for paragraphs in read:
        for words, marked in paragraphs:
            if words.words:
                yield Sheet(words, vocabulary).cue_rows(), cue_labels(words, marked)


def role_items(read: Sequence[Paragraphs], vocabulary: Vocabulary) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Every cue once, with the words around it."""
    for paragraphs in read:
        for words, marked in paragraphs:
            sheet = Sheet(words, vocabulary)
            taken = {n for gold in marked for n in gold.cue}
            for gold in marked:
                yield sheet.role_rows(gold.cue, taken), role_labels(words, sheet.window(gold.cue), gold)


def cue_labels(words: Parse, marked: Iterable[Gold]) -> list[str]:
    """B for the first word of a cue, I for the others, O."""
    labels = ["O"] * len(words.words)
    for gold in marked:
        for place, n in enumerate(gold.cue):
            labels[n] = "I" if place else "B"
    return labels


def role_labels(words: Parse, span: range, gold: Gold) -> list[str]:
    """S, C or O; punctuation between two words of one role is of that role."""
    labels = ["S" if n in gold.source else "C" if n in gold.content else "O" for n in span]
    solid = [k for k, n in enumerate(span) if any(letter.isalnum() for letter in words.words[n].text) or n in gold.cue]
    for left, right in pairwise(solid):
        if labels[left] == labels[right]:
            labels[left + 1 : right] = [labels[left]] * (right - left - 1)
    return labels


if __name__ == "__main__":
    main()
