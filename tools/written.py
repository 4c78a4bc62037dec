"""Read the sentences written for training (tools/written/): texts with labelled statements, one JSON object a line.

    <name>.jsonl + <name>.parties.json --texts--> Texts --found_in--> what the program finds in each, beside its label
    polnear.positions.json + the corpus --polnear--> Texts whose words and spans are the corpus's, the positions ours

A label gives strings of its text for source, cue, content and condition, not offsets; {"x": "it", "n": 2} is the
second "it". Their meaning: tools/written/README.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
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
HELD = ("dispatch_7-",)  # no trainer learns from it: among weights one is chosen by it
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
                    *([(a - begin, b - begin) for a, b in one[role]] for role in ("source", "cue", "content")),
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
    from attribution import read_split

    from truceline.statements.clean import Kind, divide

    told = json.loads((folder / "polnear.positions.json").read_text(encoding="utf-8"))
    parties = tuple(Party(r["id"], r["name"], tuple(r["aliases"]), ()) for r in told["parties"])
    found = []
    for article in read_split(archive, "train"):
        positions = told["positions"].get(hashlib.sha256(article.name.encode()).hexdigest()[:16], {})
        for body in divide(article.text) if positions else ():
            if body.kind is not Kind.BODY:
                continue
            here = [n for n, one in enumerate(article.gold) if one["cue"] and body.start <= one["cue"][0][0] < body.end]
            if here and all(str(n) in positions for n in here):
                labels = [
                    Label(
                        *(
                            [(a - body.start, b - body.start) for a, b in article.gold[n][role]]
                            for role in ("source", "cue", "content")
                        ),
                        positions[str(n)],
                        None,
                        None,
                    )
                    for n in here
                ]
                name = f"polnear-{article.name}-{body.start}"
                found.append(Text(name, article.text[body.start : body.end], tuple(labels), parties))
    return found


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
