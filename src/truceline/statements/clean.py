"""Divide pasted text into paragraphs and say what each one is, without touching a letter.

    text --divide--> Paragraphs: body, title, caption, credit, widget, dateline, agency line, copy
    page --divide_page--> the same, told by the markup where it tells

In: raw text as received, several stories in one file included. Out: [start, end) offsets into it.
Only body paragraphs are read for statements: a headline's verb is an editor's, a caption's date is
a trap, and a paragraph pasted twice is one testimony. Start at `divide`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from truceline.statements.agencies import AGENCIES
from truceline.statements.page import Page

MAX_TITLE_WORDS = 22
MIN_COPY_CHARS = 20


class Kind(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    TITLE = "title"
    CAPTION = "caption"
    CREDIT = "credit"
    WIDGET = "widget"
    DATELINE = "dateline"
    AGENCY_LINE = "agency_line"
    COPY = "copy"


@dataclass(frozen=True)
class Paragraph:
    """A stretch of the raw text. `story` counts the stories pasted into one file, from 0."""

    start: int
    end: int
    kind: Kind
    story: int = 0


_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = r"(?:\r\n|\r(?!\n)|[\n\x0b\x0c\x85\u2028\u2029])"
_BLANK_LINE = re.compile(_BREAK + r"[^\S\r\n\x0b\x0c\x85\u2028\u2029]*" + _BREAK)
# Invisible marks at the edge of a line are no part of its words: byte order mark, zero-width signs, direction marks.
_EDGE = (
    " \t\u00a0\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\x1c\x1d\x1e\x1f"
)
_ENDS_SENTENCE = re.compile(r"""[.!?…:;][\s"'”’»)\]]*$""")
_AGENCY = r"(?:" + "|".join(re.escape(name) for name in sorted(AGENCIES, key=lambda n: (-len(n), n))) + r")"
_CREDIT_AT_END = re.compile(
    r"[(\[](?P<credit>[^()\[\]]{0,160}?\b(?:"
    + _AGENCY[3:-1]
    + r"|Photo|Pool|Getty|Handout|File)\b[^()\[\]]{0,80})[)\]]\.?$"
)
_BARE_AGENCY = re.compile(_AGENCY)
_CAPTION_START = re.compile(
    r"(?:FILE|File|FILES)\s*(?:PHOTO|photo|picture|image)?\s*[-–—:]|(?:Photo|Picture|Image|Caption|PHOTO)\s*:"
)
_CREDIT_LINE = re.compile(
    r"(?:By|BY)\s+[A-Z][\w.'’-]+(?:[\s,]+(?:and\s+)?[A-Z][\w.'’-]+){0,6}$"
    r"|\(?(?:Additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Tt]ranslation|Photo|Photograph|Compiled) by\b.*"
    r"|(?:Photo )?[Cc]redit\s*:.*|©.*|[Cc]opyright\b.*|All rights reserved.*"
)
_WIDGET_WORDS = {
    "advertisement", "share", "tweet", "print", "email", "save", "read more", "comments", "follow us", "subscribe",
    "related", "listen", "font size", "copy link", "facebook", "whatsapp", "telegram", "link copied", "sign up",
}  # fmt: skip
# “We held the road.” — Ivan Pell
_SIGNED = re.compile(r"[“\"«”][^\n]{8,}[”\"»]\s*(?:[―—–]|--)\s*[^\W\d_][^\"“”«»!?:;\n]{1,78}")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})\s+(?P<m1>{_MONTHS}|{_MONTH_SHORT})\.?,?\s+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTHS}|{_MONTH_SHORT})\.?\s+(?P<d2>\d{{1,2}}),?\s+(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))\b"
)
# "OSTREL (Ridge) — ", "KYIV, Ukraine, 3 March 2031 (AP) - ", "(Reuters) - "
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z'’.\-]{2,}(?:[ ,/]+[\w'’.,/\-]+){0,8}?\s*)?\((?:[A-Z][\w.\-]*)(?:\s[A-Z][\w.\-]*){0,3}\)\s*[-–—]+\s+"
    r"|[A-Z][A-Z'’.\-]{2,}(?:[ ,/]+[\w'’.,/\-]+){0,6}?\s+[–—]\s+"
)
_ONLY_DATE = re.compile(
    r"(?:Published|Updated|Posted|Date)?\s*:?\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?(?:on\s+)?"
    rf"(?:{_DATE.pattern})(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d{{2}}\s*(?:[AaPp]\.?[Mm]\.?|UTC|GMT|[A-Z]{{2,4}})?)?\s*\.?"
)


def divide(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order, each with its kind and its story."""
    blocks = [_trim(text, start, end) for start, end in _blocks(text)]
    found: list[Paragraph] = []
    for start, end in blocks:
        if start < end:
            found.extend(_classify(text, start, end, found[-1].kind if found else None))
    return _tell_stories(text, found)


def divide_page(page: Page) -> tuple[Paragraph, ...]:
    """The paragraphs of a page: what its markup says they are, and where it says nothing what their words say.

    Offsets are those of `page.text`. A heading inside the story is a title and opens no new story.
    """
    found: list[Paragraph] = []
    headings: set[int] = set()
    for block in page.blocks:
        start, end = _trim(page.text, block.start, block.end)
        if start >= end:
            continue
        if not block.kind:
            found.extend(_classify(page.text, start, end, found[-1].kind if found else None))
            continue
        if block.kind == "heading":
            headings.add(start)
        kind = Kind.TITLE if block.kind == "heading" else Kind(block.kind)
        found.append(Paragraph(start, end, kind))
    return _tell_stories(page.text, found, headings)


def dateline_day(text: str) -> date | None:
    """The first full date (day, month and year) in a dateline; None where there is none or it is impossible."""
    match = _DATE.search(text)
    if match is None:
        return None
    part = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    month = part["m"] if part["m"].isdigit() else str(_month_number(part["m"]))
    try:
        return date(int(part["y"]), int(month), int(part["d"]))
    except ValueError:
        return None


def plain(text: str) -> str:
    """Letters and digits only, case folded: what two copies of one text share."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _month_number(word: str) -> int:
    return [name[:3] for name in _MONTHS.split("|")].index(word[:3]) + 1


def _blocks(text: str) -> list[tuple[int, int]]:
    """Lines, and lines of hard-wrapped text joined again into their paragraph."""
    lines = [match.span() for match in _LINE.finditer(text)]
    groups: list[list[tuple[int, int]]] = []
    for start, end in lines:
        if groups and _BLANK_LINE.search(text, groups[-1][-1][1], start) is None:
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    blocks: list[tuple[int, int]] = []
    for group in groups:
        width = max(end - start for start, end in group)
        current = group[0]
        for above, line in itertools.pairwise(group):
            if _wrapped(text, above, line, width):
                current = (current[0], line[1])
            else:
                blocks.append(current)
                current = line
        blocks.append(current)
    return blocks


def _wrapped(text: str, above: tuple[int, int], line: tuple[int, int], width: int) -> bool:
    """Whether a line goes on with the sentence above: in wrapped text its first word had no room there."""
    last = text[slice(*above)].rstrip()
    words = text[line[0] : line[1]].split(maxsplit=1)
    if not last or not words:
        return False
    if words[0][0].islower() and not _ENDS_SENTENCE.search(last[-40:]):
        return True
    full = 40 <= len(last) <= 120 and width <= 120 and len(last) + 1 + len(words[0]) > width
    return full and _whole_line_kind(last) is None and _whole_line_kind(text[slice(*line)].strip()) is None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _EDGE or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _EDGE or text[end - 1].isspace()):
        end -= 1
    return start, end


def _classify(text: str, start: int, end: int, above: Kind | None) -> list[Paragraph]:
    raw = text[start:end]
    if len(raw) > 2_000:
        return [Paragraph(start, end, Kind.BODY)]
    kind = _whole_line_kind(raw)
    if kind is not None:
        return [Paragraph(start, end, kind)]
    credit = _CREDIT_AT_END.search(raw)
    if credit is not None:
        # A wire story may sign its last paragraph "(Reuters)"; a caption stands under a title or another caption.
        if (
            _BARE_AGENCY.fullmatch(credit["credit"])
            and above in (Kind.BODY, Kind.DATELINE)
            and _ENDS_SENTENCE.search(raw[: credit.start()].rstrip())
        ):
            cut_start, cut_end = _trim(text, start, start + credit.start())
            return [Paragraph(cut_start, cut_end, Kind.BODY), Paragraph(start + credit.start(), end, Kind.CREDIT)]
        return [Paragraph(start, end, Kind.CAPTION)]
    if _is_title(raw):
        return [Paragraph(start, end, Kind.TITLE)]
    dateline = _DATELINE.match(raw)
    if dateline is not None and dateline.end() < len(raw):
        cut = start + dateline.end()
        return [Paragraph(*_trim(text, start, cut), Kind.DATELINE), Paragraph(cut, end, Kind.BODY)]
    return [Paragraph(start, end, Kind.BODY)]


def _whole_line_kind(raw: str) -> Kind | None:
    folded = raw.casefold().rstrip(" .:")
    if not any(letter.isalpha() for letter in raw) or folded in _WIDGET_WORDS:
        return Kind.WIDGET
    if re.fullmatch(r"[A-Z+\-]{1,3}|\d+ min(?:ute)?s? read", raw):
        return Kind.WIDGET
    if _ONLY_DATE.fullmatch(raw):
        return Kind.DATELINE
    if re.fullmatch(r"[(\[]?" + _AGENCY + r"[)\]]?\.?", raw):
        return Kind.AGENCY_LINE
    if _CAPTION_START.match(raw):
        return Kind.CAPTION
    if _CREDIT_LINE.fullmatch(raw):
        return Kind.CREDIT
    return None


def _is_title(raw: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’\-]*", raw)
    if not words or len(raw.split()) > MAX_TITLE_WORDS:
        return False
    if _SIGNED.fullmatch(raw):
        return False
    if not _ENDS_SENTENCE.search(raw) and raw[-1] not in '"”»,–—-':
        return True
    long_words = [word for word in words if len(word) >= 4]
    return len(long_words) >= 4 and all(word[0].isupper() for word in long_words)


def _tell_stories(text: str, paragraphs: list[Paragraph], headings: Collection[int] = ()) -> tuple[Paragraph, ...]:
    """Number the stories and mark body paragraphs that were pasted before. Titles open a story once its body began."""
    told: list[Paragraph] = []
    seen: set[str] = set()
    story, has_body = 0, False
    for paragraph in paragraphs:
        kind = paragraph.kind
        if kind is Kind.TITLE and has_body and paragraph.start not in headings:
            story, has_body = story + 1, False
        if kind is Kind.BODY:
            key = plain(text[paragraph.start : paragraph.end])
            if len(key) >= MIN_COPY_CHARS and key in seen:
                kind = Kind.COPY
            seen.add(key)
            has_body = True
        told.append(replace(paragraph, kind=kind, story=story))
    return tuple(told)
