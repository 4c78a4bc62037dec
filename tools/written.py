"""Read the sentences written for training (tools/written/): texts with labelled statements, one JSON object a line.

    <name>.jsonl + <name>.parties.json --texts--> Texts --found_in--> what the program finds in each, beside its label
    polnear.positions.json + the corpus --polnear--> Texts whose words and spans are the corpus's, the positions ours
    polnear.statements.json + the corpus --newspapers--> Texts whose words are the corpus's, every label ours

A label gives strings of its text for source, cue, content and condition, not offsets; {"x": "it", "n": 2} is the
second "it". Their meaning: tools/written/README.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.feeds.record import Document
from truceline.statements import extract, opinion, story
from truceline.statements.encoder import Shown
from truceline.terms.party import Party

LEAST_SHARED = 0.2  # Jaccard index of the characters a statement and a label must share, for them to be one
GOLD = ("en.dev", "public_domain.dev", "public_domain_2.dev", *(f"blind_{number}" for number in range(1, 6)))
OF_GOLD = "gold/"
HELD = ("dispatch_7-", "state_dev-")  # no trainer learns from them: among weights one is chosen by them
ROLES = ("source", "cue", "content")
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Label:
    """One labelled statement; spans are offsets into its text."""

    source: Spans
    cue: Spans
    content: Spans
    position: str | None  # None: takes none, or nobody was asked
    party: str | None
    about: str | None

    @property
    def spans(self) -> dict[str, Spans]:
        """By role, as annotations of PolNeAR are read."""
        return {"source": self.source, "cue": self.cue, "content": self.content}


@dataclass(frozen=True)
class Text:
    """A text with its statements, and the parties its writer invented."""

    id: str
    text: str
    labels: tuple[Label, ...]
    parties: tuple[Party, ...]


def texts(folder: Path) -> list[Text]:
    """Every text of a folder, files in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = json.loads(path.with_suffix("").with_suffix(".parties.json").read_text(encoding="utf-8"))
        parties = tuple(Party(r["id"], r["name"], tuple(r["aliases"]), tuple(r["channels"])) for r in rows)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if line.strip():
                found.append(_text(f"{path.stem}-{number}", json.loads(line), parties))
    return found


def gold(folder: Path) -> list[Text]:
    """The dev halves of the English gold and the blind batches that were read; never a held-out half."""
    rows = json.loads((folder / "parties.json").read_text(encoding="utf-8"))
    parties = tuple(Party(r["id"], r["name"], tuple(r["aliases"]), tuple(r["channels"])) for r in rows)
    found = []
    for stem in GOLD:
        text = (folder / f"{stem}.txt").read_text(encoding="utf-8")
        for item in json.loads((folder / f"{stem}.json").read_text(encoding="utf-8")):
            begin = item["start"]
            labels = [
                Label(
                    *(_moved(one[role], -begin) for role in ROLES),
                    one["position"],
                    one["party"],
                    one["about_party"],
                )
                for one in item["statements"]
            ]
            told = () if stem.startswith("public_domain") else parties
            found.append(Text(f"{OF_GOLD}{item['id']}", text[begin : item["end"]], tuple(labels), told))
    return found


def polnear(archive: Path, folder: Path) -> list[Text]:
    """Paragraphs of PolNeAR's train split whose statements we gave positions; nothing of the corpus is kept here.

    A statement is known by the digest of the article's name, which is made of its headline, and by its number in the
    first annotator's file.
    """
    told = json.loads((folder / "polnear.positions.json").read_text(encoding="utf-8"))
    known = told["positions"]
    found = []
    for article, digest, body in _paragraphs(archive, known):
        positions = known[digest]
        here = [n for n, one in enumerate(article.gold) if one["cue"] and body.start <= one["cue"][0][0] < body.end]
        if here and all(str(n) in positions for n in here):
            moved = [{role: _moved(article.gold[n][role], -body.start) for role in ROLES} for n in here]
            labels = [Label(*one.values(), positions[str(n)], None, None) for n, one in zip(here, moved, strict=True)]
            name = f"polnear-{article.name}-{body.start}"
            found.append(Text(name, article.text[body.start : body.end], tuple(labels), _campaigns(told["parties"])))
    return found


def newspapers(archive: Path, folder: Path) -> list[Text]:
    """Paragraphs of the same articles with every statement our own guide sees in them, acts and nouns too.

    A paragraph is known by the digest of its article's name and its place there; the labels are offsets into it.
    """
    known = json.loads((folder / "polnear.statements.json").read_text(encoding="utf-8"))
    parties = _campaigns(json.loads((folder / "polnear.positions.json").read_text(encoding="utf-8"))["parties"])
    found = []
    for article, digest, body in _paragraphs(archive, known):
        rows = known[digest].get(str(body.start))
        if rows is not None:
            labels = tuple(
                Label(*(_moved(one[role], 0) for role in ROLES), one["position"], None, None) for one in rows
            )
            name = f"newspaper-{digest}-{body.start}"
            found.append(Text(name, article.text[body.start : body.end], labels, parties))
    return found


def _paragraphs(archive: Path, known: Mapping[str, Any]) -> Iterator[tuple[Any, str, Any]]:
    """The body paragraphs of the train split's articles whose digests are known: (article, its digest, paragraph)."""
    from attribution import read_split

    from truceline.statements.clean import Kind, divide

    for article in read_split(archive, "train"):
        digest = hashlib.sha256(article.name.encode()).hexdigest()[:16]
        if digest in known:
            yield from ((article, digest, body) for body in divide(article.text) if body.kind is Kind.BODY)


def _campaigns(rows: Sequence[dict[str, Any]]) -> tuple[Party, ...]:
    return tuple(Party(r["id"], r["name"], tuple(r["aliases"]), ()) for r in rows)


def _moved(spans: Spans, by: int) -> Spans:
    return [(a + by, b + by) for a, b in spans]


def _text(name: str, row: dict[str, Any], parties: tuple[Party, ...]) -> Text:
    text = row["t"]
    labels = [
        Label(*(spans_of(text, one[role]) for role in ("src", "cue", "con")), one["pos"], one["party"], one["about"])
        for one in row["s"]
    ]
    return Text(name, text, tuple(labels), parties)


def spans_of(text: str, strings: Sequence[Any]) -> Spans:
    """Where the strings of a label stand, in the order of the text."""
    found = []
    for one in strings:
        what, number = (one["x"], one["n"]) if isinstance(one, dict) else (one, 1)
        at = -1
        for _ in range(number):
            at = text.index(what, at + 1)
        found.append((at, at + len(what)))
    return sorted(found)


@dataclass(frozen=True)
class Found:
    """By text: the paragraphs that were read, and (statement, paragraph as seen, what is shown, the rules' reading)."""

    sheets: dict[str, list[Any]]
    rows: dict[str, list[tuple[Any, Any, Shown, Any]]]


def found_in(told: Sequence[Text], *, known: bool) -> Found:
    """All the program finds. `known`: whether it is told the writer's parties; else names mean nothing to it."""
    last: list[Any] = []
    rows: list[tuple[str, str, Any, Any, Any]] = []
    sheets: dict[str, list[Any]] = {}
    made, reads, kept = story.Story._unit, story.Story.paragraph, story.settled

    def recorder(seen: Any, parse: Any, attribution: Any, piece: Any, side: Any, reading: Any) -> Any:
        last[:] = [seen, opinion.shown_of(parse, attribution, piece, side, reading), reading]
        return reading

    def unit(self: Any, *args: Any, **more: Any) -> Any:
        last.clear()
        result = made(self, *args, **more)
        if last and last[1] is not None:
            rows.append((self.document.id, result.statement.id, *last))
        return result

    def paragraph(self: Any, *args: Any, **more: Any) -> None:
        reads(self, *args, **more)
        if self.seen is not None:
            sheets.setdefault(self.document.id, []).append(self.seen.sheet)

    story.settled, story.Story._unit, story.Story.paragraph = recorder, unit, paragraph  # type: ignore[assignment,method-assign]
    statements = {}
    try:
        for parties in dict.fromkeys(text.parties for text in told):
            documents = [_document(text) for text in told if text.parties == parties]
            for one in extract(documents, parties if known else ()).statements:
                statements[one.document, one.id] = one
    finally:
        story.settled, story.Story._unit, story.Story.paragraph = kept, made, reads  # type: ignore[method-assign]
    found = Found(sheets, {})
    for document, number, seen, shown, reading in rows:
        if (document, number) in statements:
            found.rows.setdefault(document, []).append((statements[document, number], seen, shown, reading))
    return found


def _document(text: Text) -> Document:
    return Document(text.id, "written", "", text.id, text.text, language="en")
