"""What was printed before, kept on disk: near copies across very many texts, in memory that does not grow.

    paragraphs of a text --Printed.find--> Copies        its statements --Printed.settle--> the same, roots shared

The rows lie beside OUT (OUT.printed). The comparison is that of `truceline.statements.copies`. A text read again after
a stop first takes back what it had entered, so that stopping changes no root.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from truceline.ledger.printings import Printing, Printings
from truceline.statements.copies import ALIKE_AT, MAX_BUCKET, MIN_WORDS, Paper, Print, find_copies, said_alike
from truceline.statements.statement import Copy, Statement

_KEPT = ("party", "position", "about_party", "speaker", "text", "root")


class Printed:
    """The first printings so far. Use as a context; texts come one at a time: `find`, then `settle`."""

    def __init__(self, path: Path, *, fresh: bool) -> None:
        self._rows = Printings(path, fresh=fresh)
        self._new: list[Paper] = []
        self._before: list[tuple[Copy, list[dict[str, str]]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rows.close()

    def find(self, papers: Sequence[Paper]) -> tuple[Copy, ...]:
        """Paragraphs of one text that repeat its own or an earlier text's."""
        for document in dict.fromkeys(paper.document for paper in papers):
            self._rows.forget(document)
        inside = find_copies(papers)
        repeated = {(copy.document, copy.span) for copy in inside}
        self._new, self._before = [], []
        for paper in papers:
            if (paper.document, (paper.start, paper.end)) in repeated:
                continue
            earlier = self._earlier(paper)
            if earlier is None:
                self._new.append(paper)
            else:
                self._before.append(earlier)
        return (*inside, *(copy for copy, _ in self._before))

    def settle(self, statements: Iterable[Statement]) -> tuple[Statement, ...]:
        """The statements of the text, those in copies with the root of the same statement in the first printing."""
        settled = []
        mine: dict[int, list[Statement]] = {}
        for one in statements:
            at = (one.cue or one.content)[0][0]
            copied = next((pair for pair in self._before if _holds(pair[0].span, at)), None)
            if copied is not None:
                copy, said = copied
                one = replace(one, agencies=tuple(dict.fromkeys((*one.agencies, *copy.agencies))))
                same = next((other["root"] for other in said if said_alike(one, other)), None)
                one = one if same is None else replace(one, root=same)
            settled.append(one)
            place = next((k for k, paper in enumerate(self._new) if _holds((paper.start, paper.end), at)), None)
            if place is not None:
                mine.setdefault(place, []).append(one)
        for place, paper in enumerate(self._new):
            kept = [{key: getattr(one, key) for key in _KEPT} for one in mine.get(place, [])]
            more = json.dumps({"agencies": paper.agencies, "said": kept})
            self._rows.add(Printing(paper.document, paper.start, paper.end, paper.text, more), _keys(paper.text))
        self._rows.commit()
        return tuple(settled)

    def _earlier(self, paper: Paper) -> tuple[Copy, list[dict[str, str]]] | None:
        one = Print.of_text(paper.text)
        best: tuple[float, Printing] | None = None
        for other in self._rows.under(_keys(paper.text), most=MAX_BUCKET):
            printed = Print.of_text(other.text)
            alike = one.alike(printed) if one.same_matter(printed) else 0.0
            if alike >= ALIKE_AT and (best is None or alike > best[0]):
                best = alike, other
        if best is None:
            return None
        alike, first = best
        more = json.loads(first.more)
        agencies = tuple(dict.fromkeys((*more["agencies"], *paper.agencies)))
        span = (first.start, first.past)
        return Copy(paper.document, (paper.start, paper.end), first.document, span, alike, agencies), more["said"]


def _keys(text: str) -> list[tuple[int, int]]:
    """The bands of a paragraph; none for one too short to be told from another."""
    one = Print.of_text(text)
    return one.bands() if len(one.words) >= MIN_WORDS else []


def _holds(span: tuple[int, int], at: int) -> bool:
    return span[0] <= at < span[1]
