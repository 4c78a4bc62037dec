"""The verb of the room: documents in, statements out.

    divide -> parse -> mark -> (story by story) who, position, when, about what -> Statements

In: documents as received and the case's parties. Out: statements in text order; parents come before their
children. What cannot be read is skipped with a reason, never silently. `extract` is the place to start;
story.py carries what one story has told so far.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from truceline.feeds.record import Document
from truceline.statements.clean import Kind, Paragraph, dateline_day, divide, divide_page
from truceline.statements.copies import Paper, agencies_of, find_copies, share_roots
from truceline.statements.directory import Directory
from truceline.statements.introductions import Speaker
from truceline.statements.languages import LANGUAGES, LEXICONS
from truceline.statements.languages.language import Language
from truceline.statements.lexical import read_lexically
from truceline.statements.page import Page, in_source, is_page, read_page, tally_in_source
from truceline.statements.parser import MAX_PARAGRAPH_CHARS, Parse, parse
from truceline.statements.quotes import QUOTE_MARKS, opens_with_mark
from truceline.statements.speakers import Cast
from truceline.statements.statement import Copy, Statement, Statements, Tally
from truceline.statements.story import Story
from truceline.statements.tagger import Marked, english, mark
from truceline.terms.party import Party

_WORD = re.compile(r"[^\W\d_]+")
UTC_ZONE = ZoneInfo("UTC")
MAX_SENTENCE_WORDS = 600
MAX_QUOTE_MARKS = 200
# No word and no address is that long; cutting it into marks would take the parser minutes.
_SOLID = re.compile(r"\S{1000,}")


def extract(
    documents: Iterable[Document],
    parties: Sequence[Party],
    *,
    zone: ZoneInfo = UTC_ZONE,
    finder: Callable[[Sequence[Paper]], tuple[Copy, ...]] = find_copies,
) -> Statements:
    """Who said what, with which position, with the exact words.

    Args:
        documents: Texts as received; one file may hold several stories.
        parties: The case's parties; with none, a state's plain name stands for the party.
        zone: Zone of the texts' local days.
        finder: Which paragraphs are copies; another than the usual one may know of texts read before.

    Returns:
        Statements in the order of documents and text, the tallies parties claim, and what was skipped:
        documents in an unknown language, paragraphs too long to read, and copies of an earlier paragraph. Near
        copies in two documents stay in both and share the root of the first.
    """
    directory = Directory(parties)
    statements: list[Statement] = []
    tallies: list[Tally] = []
    skipped: list[tuple[str, str]] = []
    papers: list[Paper] = []
    for document in documents:
        if (lexicon := LEXICONS.get(document.language)) is not None:
            page = read_page(document.text) if is_page(document.text) else None
            shown = document if page is None else replace(document, text=page.text)
            read = read_lexically(shown, directory, lexicon, zone)
            statements += read if page is None else [in_source(one, page) for one in read]
            continue
        language = LANGUAGES.get(document.language)
        if language is None:
            known = ", ".join(sorted({*LANGUAGES, *LEXICONS}))
            skipped.append((document.id, f"language {document.language!r} is none of {known}"))
            continue
        page = read_page(document.text) if is_page(document.text) else None
        reader = _Reader(
            document if page is None else replace(document, text=page.text), directory, language, zone, page
        )
        reader.read()
        statements += reader.statements if page is None else [in_source(one, page) for one in reader.statements]
        tallies += reader.tallies if page is None else [tally_in_source(one, page) for one in reader.tallies]
        papers += reader.papers
        skipped += [(document.id, reason) for reason in reader.skipped]
    copies = finder(papers)
    return Statements(share_roots(_distinct(statements), copies), tuple(tallies), tuple(skipped), copies)


def _distinct(statements: list[Statement]) -> tuple[Statement, ...]:
    """The same spans of the same document once, should it have been handed over twice."""
    return tuple({statement.id: statement for statement in reversed(statements)}.values())[::-1]


@dataclass
class _Reader:
    """Reads one document, story by story."""

    document: Document
    directory: Directory
    language: Language
    zone: ZoneInfo
    page: Page | None = None
    statements: list[Statement] = field(default_factory=list)
    tallies: list[Tally] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    full_names: dict[str, Speaker] = field(default_factory=dict)
    papers: list[Paper] = field(default_factory=list)

    def read(self) -> None:
        """Read all stories of the document."""
        paragraphs = divide(self.document.text) if self.page is None else divide_page(self.page)
        bodies: list[Paragraph] = []
        days: dict[int, date] = {}
        for paragraph in paragraphs:
            if paragraph.kind is Kind.COPY:
                self.skipped.append(f"characters {paragraph.start}-{paragraph.end}: copy of an earlier paragraph")
            elif paragraph.kind is Kind.DATELINE:
                told = dateline_day(self.document.text[paragraph.start : paragraph.end])
                if told is not None:
                    days.setdefault(paragraph.story, told)
            elif paragraph.kind is Kind.BODY and paragraph.end - paragraph.start > MAX_PARAGRAPH_CHARS:
                length = paragraph.end - paragraph.start
                self.skipped.append(
                    f"characters {paragraph.start}-{paragraph.end}: a paragraph of {length} characters, "
                    f"more than {MAX_PARAGRAPH_CHARS}, was set aside"
                )
            elif paragraph.kind is Kind.BODY and (solid := _SOLID.search(self.document.text, *_ends(paragraph))):
                length = solid.end() - solid.start()
                self.skipped.append(
                    f"characters {paragraph.start}-{paragraph.end}: {length} characters without a blank, was set aside"
                )
            elif paragraph.kind is Kind.BODY:
                bodies.append(paragraph)
        if not bodies:
            bodies = [p for p in paragraphs if p.kind is Kind.TITLE]  # a text that is nothing but its headline
        text = self.document.text
        agencies = agencies_of(text, paragraphs)
        parses = parse((p.start, self._as_prose(p)) for p in bodies)
        refusals = [_too_dense(text, p, words) for p, words in zip(bodies, parses, strict=True)]
        marks: Iterator[Marked | None] = itertools.repeat(None)
        if self.language.code == "en":
            marks = mark((words for words, why in zip(parses, refusals, strict=True) if not why), english())
        story: Story | None = None
        for number, (paragraph, words, refused) in enumerate(zip(bodies, parses, refusals, strict=True)):
            if story is None or story.number != paragraph.story:
                published = self.document.published or days.get(paragraph.story)
                cast = Cast(text, self.directory, self.language, self.full_names)
                story = Story(self.document, self.zone, cast, paragraph.story, published, self.statements, self.tallies)
            if refused:
                self.skipped.append(f"characters {paragraph.start}-{paragraph.end}: {refused}, was set aside")
                continue
            following = bodies[number + 1] if number + 1 < len(bodies) else None
            runs_on = following is not None and opens_with_mark(text, following.start)
            first = len(self.statements)
            story.paragraph(paragraph, words, next(marks), runs_on=runs_on)
            if len(self.statements) > first:
                named = agencies.get(paragraph.story, ())
                self.statements[first:] = [replace(one, agencies=named) for one in self.statements[first:]]
                self.papers.append(self._paper(paragraph, named))

    def _paper(self, paragraph: Paragraph, agencies: tuple[str, ...]) -> Paper:
        span = paragraph.start, paragraph.end
        words = self.document.text[slice(*span)]
        if self.page is not None:
            slices = self.page.back(span)
            span = slices[0][0], slices[-1][1]
        return Paper(self.document.id, *span, words, agencies)

    def _as_prose(self, paragraph: Paragraph) -> str:
        """The words of a headline in lower case, names apart, one character for one: its verbs read as verbs."""
        text = self.document.text[paragraph.start : paragraph.end]
        words = _WORD.findall(text)
        if paragraph.kind is not Kind.TITLE or sum(w[0].isupper() for w in words) * 2 < len(words):
            return text
        names = {n for m in self.directory.find(text, 0, len(text)) for n in range(m.start, m.end)}
        lowered = [c if n in names or len(c.lower()) != 1 else c.lower() for n, c in enumerate(text)]
        return "".join(lowered)


def _ends(paragraph: Paragraph) -> tuple[int, int]:
    return paragraph.start, paragraph.end


def _too_dense(text: str, paragraph: Paragraph, words: Parse) -> str:
    """Why a paragraph is no prose a person wrote, or empty."""
    longest = max((past - begin for begin, past in words.sentences), default=0)
    if longest > MAX_SENTENCE_WORDS:
        return f"a sentence of {longest} words, more than {MAX_SENTENCE_WORDS}"
    marks = sum(text.count(mark, paragraph.start, paragraph.end) for mark in QUOTE_MARKS)
    return f"{marks} quotation marks, more than {MAX_QUOTE_MARKS}" if marks > MAX_QUOTE_MARKS else ""
