"""Paragraphs as lists of numbers, for train_encoder.py: what the transformer sees of them, and what it should say.

    PolNeAR --prepare--> train.json, dev.json, labels.json
    tools/written, the gold's dev half, PolNeAR with positions --prepare_written--> written.json

Here the package is needed, and torch is not.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

VOCABULARY = 20_000  # entries of the base model's own list; rarer words are read in smaller pieces
CUE_PART, SAID_PART = 1, 3  # of a case, as `labelled_case` numbers them
LEAST_RELATION = 150  # times a branch of the tree stood in train to have a number of its own
OUTSIDE = -100  # a word that is not asked about
UNANSWERED = -99  # one that is, and nobody labelled it
GOLD_FOLDER = Path(__file__).parents[1] / "tests" / "data" / "statements"
# How often in an epoch: few texts, and the nearest to what is measured.
TIMES = {"gold/": 3, "newspaper-": 2, "state": 2, "vary_": 2}
ARCHIVE = Path("polnear") / "polnear-train-dev.tar.xz"
CUE_LABELS = {"O": 0, "B": 1, "I": 2}
OF_PRESS = "polnear-"
UNLABELLED = "unlabelled-"
ENDS = {"[CLS]": "<s>", "[SEP]": "</s>"}  # as MPNet's list calls the ends of a text
OWN = 3  # among CUE_LABELS: the predicate of what is said without a cue
ROLE_LABELS = {"O": 0, "S": 1, "C": 2}


def prepare(data: Path, base: Path, work: Path, texts: Path) -> None:
    """Paragraphs of train and dev as lists of numbers, and the names these numbers stand for."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]
    from annotated import read_article
    from attribution import read_split

    from truceline.statements.features import Sheet
    from truceline.statements.pieces import Labels

    archive = data / ARCHIVE
    read = {
        split: [
            (Sheet(words), marked)
            for article in read_split(archive, split)
            for words, marked in read_article(article.text, article.gold)
            if words.words
        ]
        for split in ("train", "dev")
    }
    seen: dict[str, Counter[str]] = {"tags": Counter(), "deps": Counter(), "relations": Counter(), "sides": Counter()}
    for sheet, marked in read["train"]:
        seen["tags"].update(w.tag for w in sheet.parse.words)
        seen["deps"].update(w.dep for w in sheet.parse.words)
        for gold in marked:
            relations, sides = sheet.seen_from(gold.cue, sheet.window(gold.cue))
            seen["relations"].update(relations)
            seen["sides"].update(sides)
    names = {
        kind: sorted(name for name, n in counts.items() if n >= (LEAST_RELATION if kind == "relations" else 1))
        for kind, counts in seen.items()
    }
    kept = entries(base, texts)
    card = {"pieces": list(kept.values()), **names}
    (work / "labels.json").write_text(json.dumps(card))
    labels = Labels.of(card)
    for split, paragraphs in read.items():
        told = [item for sheet, marked in paragraphs for item in items(sheet, marked, labels)]
        (work / f"{split}.json").write_text(json.dumps(told))
        pieces = sum(len(one["ids"]) for one in told)
        print(
            split, len(told), "chunks,", pieces, "pieces,", sum(len(one["roles"]) for one in told), "cues", flush=True
        )


def entries(base: Path, texts: Path) -> dict[int, str]:
    """The entries kept of the base model's list, by their row: what our own texts are made of, then the first ones.

    The list is in the order of how often a word stands in books and an encyclopedia: among its first 16,000 are
    "album" and "guitar", but not "denies", "truce" or "ceasefire", and what is read in smaller pieces has lost what
    the base model knows of it. Letters of other scripts than Latin are left out.
    """
    from truceline.statements.pieces import CLOSE, OPEN, UNKNOWN, Labels

    listed = (base / "vocab.txt").read_text(encoding="utf-8").split("\n")
    whole = Labels.of({"pieces": listed})
    kept = {whole.pieces[end] for end in (UNKNOWN, OPEN, CLOSE)}
    for path in sorted(texts.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kept.update(n for word in json.loads(line)["t"].split() for n in whole.split(word))
    for n, entry in enumerate(listed):
        if len(kept) >= VOCABULARY:
            break
        if entry and not entry.startswith("[unused") and all(not c.isalpha() or _latin(c) for c in entry):
            kept.add(n)
    return {n: listed[n] for n in sorted(kept)}


def rows_of(base: Path, pieces: Sequence[str]) -> list[int]:
    """Where the pieces stand in a base model's own list, which may call both ends of a text otherwise."""
    listed = {entry: n for n, entry in enumerate((base / "vocab.txt").read_text(encoding="utf-8").split("\n"))}
    return [listed[ENDS[piece] if piece in ENDS and ENDS[piece] in listed else piece] for piece in pieces]


def _latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def items(sheet: Any, marked: Any, labels: Any) -> Iterator[dict[str, Any]]:
    """Chunks of a paragraph: what goes in, and what should come out."""
    from annotated import cue_labels, role_labels

    from truceline.statements.encoder import STATES, as_seen
    from truceline.statements.pieces import chunks

    cues = cue_labels(sheet.parse, marked)
    taken = {n for gold in marked for n in gold.cue}
    for chunk in chunks(sheet.parse, labels):
        span = range(chunk.start, chunk.past)
        roles = []
        for gold in marked:
            if gold.cue[0] not in span:
                continue
            window = sheet.window(gold.cue)
            by_word = dict(zip(window, role_labels(sheet.parse, window, gold), strict=True))
            told = [ROLE_LABELS[by_word[n]] if n in by_word else OUTSIDE for n in span]
            seen = as_seen(sheet, chunk, gold.cue, taken, labels)
            roles.append((seen["marks"], seen["relations"], seen["sides"], told))
        words = sheet.parse.words[chunk.start : chunk.past]
        yield {
            "start": chunk.start,
            "ids": chunk.ids,
            "first": chunk.first,
            "word": chunk.word,
            "tags": [labels.tags.get(w.tag, 0) for w in words],
            "deps": [labels.deps.get(w.dep, 0) for w in words],
            "states": [STATES.index(sheet.state[w.i]) for w in words],
            "cues": [CUE_LABELS[cues[n]] for n in span],
            "roles": roles,
        }


def prepare_written(folder: Path, work: Path, data: Path | None) -> None:
    """Texts of `written.py` as `items`, each with its cases: what is shown of a statement, and its position.

    With `data`, PolNeAR's paragraphs whose statements have positions are among them, and those our own guide labelled.
    """
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]
    from annotated import Gold, touched
    from position import paired
    from written import HELD, LEAST_SHARED, OF_GOLD, found_in, gold, newspapers, polnear, texts

    from truceline.statements.encoder import Shown
    from truceline.statements.opinion import HINTS, POSITIONS
    from truceline.statements.pieces import Labels

    card = json.loads((work / "labels.json").read_text())
    card["hints"] = list(HINTS)
    (work / "labels.json").write_text(json.dumps(card))
    labels = Labels.of(card)
    ours = [*(text for text in texts(folder) if not text.id.startswith(HELD)), *gold(GOLD_FOLDER)]
    told = [*ours]
    if data is not None:
        told += [*polnear(data / ARCHIVE, folder), *newspapers(data / ARCHIVE, folder)]
    views = [found_in(told, known=True), found_in(ours, known=False)]
    number = {str(position): n for n, position in enumerate(POSITIONS)}
    items_of: list[dict[str, Any]] = []
    counts: Counter[str] = Counter()
    for text in told:
        sheets = {sheet.parse.words[0].start: sheet for sheet in views[0].sheets.get(text.id, [])}
        cases: list[tuple[int, Shown, int, str]] = []
        for name, view in zip(("known", "unknown"), views, strict=True):
            rows = view.rows.get(text.id, [])
            pairs = paired([one.spans for one in text.labels], [s for s, _, _, _ in rows], least=LEAST_SHARED)
            counts[f"{name}, labels"] += len(text.labels)
            counts[f"{name}, found"] += len(pairs)
            for label, k in pairs.items():
                _, seen, case, reading = rows[k]
                position = text.labels[label].position
                if position is not None:
                    counts[f"{name}, rules right"] += str(reading.position) == position
                    cases.append((seen.sheet.parse.words[0].start, case, number[position], name))
        for start, sheet in sorted(sheets.items()):
            parse = sheet.parse
            by_cue: dict[tuple[int, ...], tuple[set[int], set[int]]] = {}
            for label in text.labels:
                cue, source, content = (touched(parse, spans) for spans in (label.cue, label.source, label.content))
                cue = cue or touched(parse, label.cue, marks=True)  # "Ana Holt:"
                if cue and content:  # sentences of one quotation are one attribution, whatever their positions
                    both = by_cue.setdefault(tuple(sorted(cue)), (set(), set()))
                    both[0].update(source)
                    both[1].update(content - cue)
                if content and label.position is not None:
                    cases.append((start, labelled_case(parse, cue, source, content), number[label.position], "label"))
            marked = [Gold(cue, frozenset(source), frozenset(content)) for cue, (source, content) in by_cue.items()]
            for item in items(sheet, marked, labels):
                item["text"] = text.id
                item["times"] = next((n for name, n in TIMES.items() if text.id.startswith(name)), 1)
                # The rules know the gold by heart: what they say of it is no hint.
                here = [(case, expected, how) for at, case, expected, how in cases if at == start]
                item["cases"] = _cases_of(item, here, hints=not text.id.startswith(OF_GOLD))
                mark_own_words(item, labels)
                items_of.append(item)
    (work / "written.json").write_text(json.dumps(items_of))
    print(len(told), "texts,", len(items_of), "chunks,", sum(len(i["cases"]) for i in items_of), "cases", dict(counts))


def prepare_unlabelled(sentences: Path, work: Path) -> None:
    """Sentences as `items` without any answer: asked about as the program reads them, answered by a teacher alone."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]
    from annotated import Gold, touched
    from written import ROLES, Text, found_in

    from truceline.statements.pieces import Labels

    labels = Labels.of(json.loads((work / "labels.json").read_text()))
    lines = sentences.read_text(encoding="utf-8").splitlines()
    told = [Text(f"{UNLABELLED}{n}", line, (), ()) for n, line in enumerate(lines)]
    found = found_in(told, known=False)
    items_of: list[dict[str, Any]] = []
    for text in told:
        for sheet in found.sheets.get(text.id, []):
            start = sheet.parse.words[0].start
            rows = [row for row in found.rows.get(text.id, []) if row[1].sheet.parse.words[0].start == start]
            by_cue: dict[tuple[int, ...], Any] = {}
            for one, *_ in rows:
                cue, source, content = (sorted(touched(sheet.parse, getattr(one, role))) for role in ROLES)
                if cue and content:
                    by_cue.setdefault(tuple(cue), Gold(tuple(cue), frozenset(source), frozenset(content)))
            for item in items(sheet, list(by_cue.values()), labels):
                item |= {"text": text.id, "times": 1, "cues": [OUTSIDE] * len(item["cues"])}
                item["roles"] = [
                    (marks, relations, sides, [n if n == OUTSIDE else UNANSWERED for n in asked])
                    for marks, relations, sides, asked in item["roles"]
                ]
                item["cases"] = _cases_of(item, [(case, UNANSWERED, "found") for _, _, case, _ in rows])
                items_of.append(item)
    (work / "unlabelled.json").write_text(json.dumps(items_of))
    print(len(told), "texts,", len(items_of), "chunks,", sum(len(i["cases"]) for i in items_of), "cases")


def _cases_of(
    item: dict[str, Any], cases: Sequence[tuple[Any, int, str]], *, hints: bool = True
) -> list[dict[str, Any]]:
    """The statements shown in a chunk, with the number of the position expected and how each was found."""
    first, past = item["start"], item["start"] + len(item["first"])
    return [
        {
            "start": case.start - first,
            "past": case.past - first,
            "parts": case.parts,
            "whose": case.whose,
            "hints": hints_of(case) if hints else [],
            "label": expected,
            "how": how,
        }
        for case, expected, how in cases
        if case.start >= first and case.past <= past
    ]


def mark_own_words(item: dict[str, Any], labels: Any) -> None:
    """Mark the predicate of each statement a label gives no cue: "We will not leave until they do" in a message."""
    root, joined = labels.deps.get("ROOT", 0), {labels.deps.get(dep, 0) for dep in ("conj", "ccomp", "parataxis")}
    verbs = {n for tag, n in labels.tags.items() if tag[0] == "V" or tag == "MD"}
    for case in item["cases"]:
        if case["how"] != "label" or CUE_PART in case["parts"]:
            continue
        said = [case["start"] + n for n, part in enumerate(case["parts"]) if part == SAID_PART]
        tops = [n for n in said if item["deps"][n] == root] + [
            n for n in said if item["deps"][n] in joined and item["tags"][n] in verbs
        ]
        if tops and item["cues"][tops[0]] == CUE_LABELS["O"]:
            item["cues"][tops[0]] = OWN


def apart(item: dict[str, Any], tags: Sequence[str]) -> None:
    """Part what is learned of cues by whose guide it is: ours, or the press's (PolNeAR's annotators).

    The press's own head learns from PolNeAR alone. Ours learns there what was marked, and of the rest only that no word
    but a verb is a cue: whether a verb passed over tells an act ("backed the plan") nobody was asked.
    """
    of_press = "text" not in item or item["text"].startswith(OF_PRESS)
    none = CUE_LABELS["O"]
    item["press"] = [none if of_press and cue == OWN else cue if of_press else OUTSIDE for cue in item["cues"]]
    if of_press:
        item["cues"] = [
            OUTSIDE if cue == none and tag and tags[tag - 1][0] == "V" else cue
            for cue, tag in zip(item["cues"], item["tags"], strict=True)
        ]


def hints_of(case: Any) -> list[int]:
    """What the rules found, as numbers; as at run time a name the weights have none for is passed over ("ca n't")."""
    from truceline.statements.opinion import HINTS

    return [HINTS.index(hint) + 1 for hint in case.hints if hint in HINTS]


def labelled_case(parse: Any, cue: set[int], source: set[int], content: set[int]) -> Any:
    """A statement as its label has it, without anything the rules know."""
    from truceline.statements.encoder import Shown
    from truceline.statements.opinion import looked_at

    start, past = looked_at(parse, content, cue | source)
    parts = tuple(1 if n in cue else 2 if n in source else 3 if n in content else 0 for n in range(start, past))
    return Shown(start, past, parts, (0,) * (past - start), ())
