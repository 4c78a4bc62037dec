"""Read a web page as a person would, and keep for every letter where it stands in the bytes received.

    raw HTML --read_page--> Page: text to read, what each block is, and the way back to the raw text

In: the page's source. Out: plain text whose every span leads back to slices of the source. A slice never holds
a tag or a character reference: where one intervenes a span falls into fragments. One pass from left to right,
every search remembered, so the cost is linear whatever the page holds. Nothing is run, fetched or resolved.
"""

from __future__ import annotations

import bisect
import html
import re
from collections import Counter
from dataclasses import dataclass, field, replace

from truceline.statements.statement import Span, Statement, Tally

_OPENS_PAGE = re.compile(
    r"[\s\ufeff]*<(?:!doctype\s+html|\?xml|html|head|body|article|main|section|div|meta|h1|p)\b", re.IGNORECASE
)
_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9:-]{0,40}")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
_HIDDEN = re.compile(r"aria-hidden\s*=\s*[\"']?true|display\s*:\s*none", re.IGNORECASE)
_HIDDEN_WORD = re.compile(r"(?:^|\s)hidden(?=[\s=/>]|$)", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CLASS = re.compile(
    r"(?:class|id|itemprop|rel)\s*=\s*(?:\"([^\"]{0,300})\"|'([^']{0,300})'|([^\s>]{1,300}))", re.IGNORECASE
)
# What is never text to read; its inside is passed over up to its end.
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "textarea", "select", "object", "math"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "audio", "blockquote", "body", "br", "button", "caption", "center", "dd",
     "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
     "head", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
     "summary", "table", "tbody", "td", "tfoot", "th", "thead", "time", "title", "tr", "ul", "video"}
)  # fmt: skip
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_WIDGETS = frozenset({"nav", "footer", "aside", "button", "form", "menu", "label"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed", "track"}
)
# Words in class names by which publishers mark what is not the story.
_MARKED = (
    ("caption", re.compile(r"caption|\bcutline", re.IGNORECASE)),
    ("credit", re.compile(r"byline|\bauthor\b|\bcredits?\b|copyright", re.IGNORECASE)),
    ("dateline", re.compile(r"dateline|timestamp|pubdate|published|\bdate\b", re.IGNORECASE)),
    (
        "widget",
        re.compile(
            r"\bads?\b|advert|share|social|related|newsletter|promo|comment|cookie|breadcrumb|sidebar|subscribe|trending|"
            r"recommend|toolbar|\bmenu\b|most-read|skip-link",
            re.IGNORECASE,
        ),
    ),
)
# A class name marks a container as easily as a line: what is longer is judged by its own words.
_LONGEST = {"caption": 600, "credit": 160, "dateline": 160, "widget": 400}
_LINKED = 0.6
_PROSE_WORDS = 25


@dataclass(frozen=True)
class Block:
    """A stretch of the page's text; `kind` is what the markup says it is, empty where it says nothing."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Page:
    """A page as text to read.

    Attributes:
        text: What a reader sees, blocks parted by empty lines, character references resolved.
        blocks: Its blocks in order, offsets into `text`.
    """

    text: str
    blocks: tuple[Block, ...]
    _starts: tuple[int, ...]
    _runs: tuple[tuple[int, int, int], ...]  # (offset in text, offset in raw, length), letter for letter
    _references: tuple[tuple[int, int, int], ...]  # (offset in text, start and end in raw)

    def back(self, span: Span) -> tuple[Span, ...]:
        """The slices of the raw text that a span of `text` was made of, in order, letter for letter.

        What was resolved from a character reference has no letter of its own in the raw text and is left out; a
        span of nothing else gives the references themselves.
        """
        start, end = span
        found: list[Span] = []
        for at, raw, length in self._runs[max(0, bisect.bisect_right(self._starts, start) - 1) :]:
            if at >= end:
                break
            first, past = max(at, start), min(at + length, end)
            if first < past:
                found.append((raw + first - at, raw + past - at))
        if not found:
            first = bisect.bisect_left(self._references, (start,))
            last = bisect.bisect_left(self._references, (end,))
            found = [(a, b) for _, a, b in self._references[first:last]]
        return tuple(found)


def is_page(raw: str) -> bool:
    """Whether a text begins as HTML does. A tag in the middle of a text does not make it one."""
    return _OPENS_PAGE.match(raw) is not None


def read_page(raw: str) -> Page:
    """The page's text with the way back. Never raises: what is no markup is text."""
    reader = _Reader(raw)
    reader.read()
    return reader.page()


def in_source(one: Statement, page: Page) -> Statement:
    """A statement read in a page's text, its spans led back to the page's source; `text` stays what a reader sees."""
    source, cue, content = (
        tuple(piece for span in spans for piece in page.back(span)) for spans in (one.source, one.cue, one.content)
    )
    return replace(one, source=source, cue=cue, content=content)


def tally_in_source(one: Tally, page: Page) -> Tally:
    """A tally with its span in the page's source, from its first letter to its last."""
    slices = page.back(one.span)
    return replace(one, span=(slices[0][0], slices[-1][1])) if slices else one


@dataclass
class _Reader:
    raw: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    references: list[tuple[int, int, int]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    begun: int = 0
    linked: int = 0
    open: Counter[str] = field(default_factory=Counter)
    marked: list[tuple[str, int, str]] = field(default_factory=list)  # (tag, how many were open, kind)
    hidden: tuple[str, int] | None = None
    never: set[str] = field(default_factory=set)  # what does not occur any more further on

    def read(self) -> None:
        raw, at = self.raw, 0
        while at < len(raw):
            sign = raw.find("<", at)
            sign = len(raw) if sign < 0 else sign
            self._words(at, sign)
            at = self._markup(sign) if sign < len(raw) else sign
        self._close()

    def page(self) -> Page:
        """What was read."""
        starts = tuple(run[0] for run in self.runs)
        return Page("".join(self.parts), tuple(self.blocks), starts, tuple(self.runs), tuple(self.references))

    def _find(self, what: str, at: int) -> int:
        """Where a sign stands next; the end of the text where it does not. A search in vain is made once."""
        if what in self.never:
            return len(self.raw)
        found = self.raw.find(what, at)
        if found < 0:
            self.never.add(what)
            return len(self.raw)
        return found

    def _markup(self, at: int) -> int:
        """Read what begins with "<"; returns where it ends."""
        raw = self.raw
        if raw.startswith("<!--", at):
            return self._find("-->", at + 4) + 3
        if raw.startswith(("<!", "<?"), at):
            return self._find(">", at + 2) + 1
        match = _NAME.match(raw, at + 1)
        if match is None:
            self._words(at, at + 1, literal=True)
            return at + 1
        end = self._tag_end(match.end())
        name = match.group().lower()
        if name[0] == "/":
            self._closes(name[1:])
            return end
        attributes = raw[match.end() : min(end, match.end() + 2_000)]
        if name in _SILENT and not attributes.endswith("/>"):
            self._new_block(name)
            return self._past(name, end)
        self._opens(name, attributes)
        return end

    def _tag_end(self, at: int) -> int:
        """Behind the ">" of a tag; one inside a quoted value does not count."""
        raw = self.raw
        end = self._find(">", at)
        while (equals := raw.find("=", at, end)) >= 0:
            at = equals + 1
            while at < end and raw[at].isspace():
                at += 1
            if at >= end or raw[at] not in "\"'":
                continue
            close = self._find(raw[at], at + 1)
            if close == len(raw):
                break
            at = close + 1
            if at > end:
                end = self._find(">", at)
        return min(end + 1, len(raw))

    def _past(self, name: str, at: int) -> int:
        """Behind the end of an element whose inside is not read."""
        key = f"</{name}"
        if key in self.never:
            return len(self.raw)
        match = re.compile(re.escape(key), re.IGNORECASE).search(self.raw, at)
        if match is None:
            self.never.add(key)
            return len(self.raw)
        return self._tag_end(match.end())

    def _opens(self, name: str, attributes: str) -> None:
        self._new_block(name)
        if name in _VOID:
            return
        if name in _BLOCKS and self.open["p"]:
            self._closes("p")
        if name in ("article", "main"):  # whatever was left open before the story is none of it
            self.marked.clear()
            for widget in _WIDGETS:
                self.open[widget] = 0
        self.open[name] += 1
        if self.hidden is None and (_HIDDEN.search(attributes) or _HIDDEN_WORD.search(_QUOTED.sub("", attributes))):
            self.hidden = (name, self.open[name])
        kind = _kind_of(attributes)
        if kind and len(self.marked) < 200:
            self.marked.append((name, self.open[name], kind))

    def _closes(self, name: str) -> None:
        self._new_block(name)
        if self.open[name] == 0:
            return
        if self.hidden is not None and self.hidden == (name, self.open[name]):
            self.hidden = None
        while self.marked and self.marked[-1][:2] == (name, self.open[name]):
            self.marked.pop()
        self.open[name] -= 1

    def _new_block(self, name: str) -> None:
        if name in _BLOCKS or name in _SILENT:
            self._close()

    def _close(self) -> None:
        """End the block that was being read."""
        text = "".join(self.parts[self.begun :])
        if text.strip():
            start = self.length - len(text)
            kind = self._kind(text)
            self.blocks.append(Block(start, self.length, kind))
            self._append("\n\n")
        self.begun, self.linked = len(self.parts), 0

    def _kind(self, text: str) -> str:
        is_open = self.open
        if any(is_open[name] for name in ("figcaption", "caption")):
            return "caption"
        if any(is_open[name] for name in _WIDGETS):
            return "widget"
        if self.marked and len(text) <= _LONGEST[self.marked[-1][2]]:
            return self.marked[-1][2]
        if is_open["h1"] or is_open["title"]:
            return "title"
        if any(is_open[name] for name in _HEADINGS):
            return "heading"
        if is_open["time"]:
            return "dateline"
        if is_open["address"]:
            return "credit"
        if self.linked > _LINKED * len(text) and len(text.split()) < _PROSE_WORDS:
            return "widget"
        return ""

    def _words(self, start: int, end: int, *, literal: bool = False) -> None:
        """Text between tags: letters with their way back, references resolved."""
        if self.hidden is not None or start >= end:
            return
        raw, before = self.raw, self.length
        at = start
        if not literal:
            while at < end:
                sign = raw.find("&", at, end)
                match = _REFERENCE.match(raw, sign, end) if sign >= 0 else None
                if sign < 0:
                    break
                if match is None or (letter := html.unescape(match.group())) == match.group():
                    self._letters(at, sign + 1)
                    at = sign + 1
                    continue
                self._letters(at, sign)
                self.references.append((self.length, match.start(), match.end()))
                self._append(letter if letter.strip() else " ")
                at = match.end()
        self._letters(at, end)
        if self.open["a"]:
            self.linked += self.length - before

    def _letters(self, start: int, end: int) -> None:
        if start < end:
            self.runs.append((self.length, start, end - start))
            self._append(re.sub(r"\s", " ", self.raw[start:end]))

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def _kind_of(attributes: str) -> str:
    """What a class name says a block is."""
    for match in _CLASS.finditer(attributes):
        value = next(group for group in match.groups() if group is not None)
        for kind, words in _MARKED:
            if words.search(value):
                return kind
    return ""
