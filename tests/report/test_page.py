"""The page: page one answers first, nothing on it runs, and every figure leads back to the received bytes."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.report.samples import bleak_day, full_day, full_sheet
from truceline.report import plain
from truceline.report.html import css_text, render
from truceline.report.words import MARKING, TALLIES_APART

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would make of the page: elements, ids, links, and the text in its sections."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes += [(tag, name, value) for name, value in known.items()]
        if "id" in known:
            self.ids.append(known["id"])
        if tag in ("td", "th", "li", "p"):
            self.texts.append((self.section(), " "))  # cells and paragraphs stand apart when read
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            mark = "page-one" if known.get("class") == "page-one" else known.get("id", "")
            self.open.append((tag, mark))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        if "style" not in tags:
            self.texts.append((self.section(), data))

    def section(self) -> str:
        """Id of the section that is open, or page-one."""
        return next((mark for tag, mark in self.open if tag == "section" and mark), "")

    def text(self, section: str | None = None) -> str:
        """The text of a section as read, white space joined."""
        joined = "".join(data for where, data in self.texts if section is None or where == section)
        return " ".join(joined.replace(plain.NBSP, " ").split())


@pytest.fixture(scope="module")
def full() -> Page:
    return Page(render(full_day(), full_sheet()))


@pytest.fixture(scope="module")
def bleak() -> Page:
    return Page(render(bleak_day(), None))


def test_page_one_answers_the_question(full: Page) -> None:
    """Lengths and shares of each state in one sentence, before anything else."""
    said = full.text("page-one")
    answer = (
        "Of 1,066 km of line, 75 km (7 %) was not silent, 50 km (5 %) was quiet, "
        "for 825 km (77 %) it cannot be told, and 116 km (11 %) nobody could see."
    )
    assert answer in said
    assert said.index(answer) < said.index("Before any figure") < said.index("Feeds")


def test_page_one_names_what_failed_first(full: Page) -> None:
    """Failed feeds stand before the partial and the sound ones, with what to do."""
    said = full.text("page-one")
    assert said.index("firms-viirs failed.") < said.index("firms-modis in part (4 h covered).") < said.index("Sound:")
    assert "Compare with the day before; ask the provider." in said


def test_page_one_names_one_sided_inputs_restrictions_and_the_publisher(full: Page) -> None:
    """Whoever reads only page one knows whose word it is, and what limited it."""
    said = full.text("page-one")
    assert (
        "no channel of this party is among the inputs: what is heard of it comes from others"
        in said[said.index("Sudria: ") :]
    )
    assert "Patrol 3 was refused passage" in said
    assert "according to publisher Island Survey" in said
    assert "110/2031" in said
    assert "Atlantic/Azores" in said


def test_page_one_gives_each_finding_in_each_reading(full: Page) -> None:
    """And says that the finding depends on the reading."""
    said = full.text("page-one")
    assert "P1 no fire as written not consistent" in said
    assert "P1 no fire in the reading R-bravo of Sudria cannot be assessed" in said
    assert "Findings depend on the reading" in said


def test_nothing_received_is_not_nothing_happened(bleak: Page) -> None:
    """Without map, feeds and words the page claims no quiet, no zero incidents, no zero heat."""
    said = bleak.text()
    assert "Nothing can be said of any part of the line" in said
    assert "No feed was sound." in said
    assert "Without a line none could be, which is not to say that none happened." in said
    assert "which is not to say that nothing burned" in said
    assert "0 counted" not in said
    assert "quiet 0" not in said


def test_the_marking_is_on_the_page_and_in_its_margins() -> None:
    """INTERNAL – NOT FOR RELEASE on screen and on every printed page; EXERCISE too where it is one."""
    html = render(bleak_day(), None)
    assert f'<p class="marking">{MARKING}</p>' in html
    assert f'@top-center {{ content: "EXERCISE – {MARKING}"' in html
    assert "A simulated theatre: none of this happened." in html
    assert "EXERCISE" not in render(full_day(), full_sheet())


def test_tallies_stand_apart(full: Page) -> None:
    """A party's own numbers are in their own section, which says so, and nowhere in the figures."""
    assert TALLIES_APART in full.text("tallies")
    assert "at least 1,300" in full.text("tallies")
    for section in ("page-one", "comparisons", "sectors", "incidents", "findings"):
        assert "1,300" not in full.text(section)


def test_exact_words_and_positions_are_printed(full: Page) -> None:
    """Neither confirming nor denying is printed as such, with the words it was said in."""
    said = full.text("statements")
    assert "Ivo Marr, spokesman neither confirms nor denies" in said
    assert "I can neither confirm nor deny whether our guns fired at Ettin." in said


def test_likelihood_and_confidence_are_never_in_one_sentence(full: Page) -> None:
    """ICD 203: no sentence of the page has both."""
    bands = re.compile(r"\b(likely|unlikely|roughly even chance|almost certain|almost no chance)\b")
    for sentence in re.split(r"(?<=[.;:!?])\s", full.text("incidents")):
        assert not ("onfidence" in sentence and bands.search(sentence)), sentence


def test_every_figure_leads_back_to_the_bytes(full: Page) -> None:
    """Finding -> incident -> observation -> file: each link of the walk points to something on the page."""
    links = [value for tag, name, value in full.attributes if tag == "a" and name == "href"]
    assert all(link.startswith("#") for link in links)
    lost = sorted({link[1:] for link in links} - set(full.ids))
    assert lost == []
    for name in ("incident-i-3f9a21c0", "obs-o-01", "feed-firms-modis", "sector-S07"):
        assert name in full.ids
    hashes = [f["files"][0]["sha256"] for f in full_day()["feeds"] if f["files"]]
    assert all(sha in full.text("provenance") for sha in hashes)
    assert "line 77: latitude 'NaN' is not a number" in full.text("provenance")


@pytest.mark.parametrize("page", ["full", "bleak"])
def test_the_page_is_whole_and_accessible(page: str, request: pytest.FixtureRequest) -> None:
    """Tags close, ids are unique, headings go down one step at a time, headers have a scope, figures a title."""
    found: Page = request.getfixturevalue(page)
    assert found.open == []
    assert [name for name, n in Counter(found.ids).items() if n > 1] == []
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    assert ("html", "lang", "en") in found.attributes
    assert found.tags["th"] == sum(1 for tag, name, _ in found.attributes if tag == "th" and name == "scope")
    shown = sum(1 for tag, name, value in found.attributes if tag == "svg" and (name, value) == ("role", "img"))
    hidden = sum(1 for tag, name, _ in found.attributes if tag == "svg" and name == "aria-hidden")
    assert shown + hidden == found.tags["svg"]
    assert found.tags["desc"] == shown


@pytest.mark.parametrize("page", ["full", "bleak"])
def test_the_page_fetches_and_runs_nothing(page: str, request: pytest.FixtureRequest) -> None:
    """One file: no script, no address, no font, no image from elsewhere, and a policy that forbids them."""
    found: Page = request.getfixturevalue(page)
    for tag in ("script", "img", "iframe", "object", "embed", "link", "form", "input", "base", "audio", "video"):
        assert found.tags[tag] == 0
    assert not [a for a in found.attributes if a[1].startswith("on") or a[1] in ("style", "src", "srcset", "action")]
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert ("meta", "content", policy) in found.attributes
    html = render(full_day(), full_sheet()) if page == "full" else render(bleak_day(), None)
    assert set(re.findall(r"(?:https?:)?//[\w.]+", html)) <= {"http://www.w3.org"}
    assert not re.search(r"url\((?!#p-|#map-frame)|@import|@font-face", html)


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "]]></style></title><iframe src=javascript:alert(1)>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "\u202egnp.exe\u202c \x00\x1b[2J\u200b",
    "half \ud800 pair",
    "W" * 400,
]

# Every key whose value is somebody's text rather than a word of ours.
FREE = {
    "title",
    "name",
    "note",
    "what",
    "todo",
    "reason",
    "licence",
    "publisher",
    "text",
    "quote",
    "speaker",
    "role",
    "proposition",
    "statement",
    "path",
    "class_name",
    "range",
    "said_at_basis",
    "document",
    "unit",
    "judgement",
    "root",
    "baseline",
    "software",
    "line_trouble",
    "time_zone",
}
FREE_LISTS = {"restrictions", "reasons", "conditions", "evidence_for", "evidence_against", "links", "qualifiers"}


def poisoned(value: Any, payload: str, key: str = "") -> Any:
    """The bulletin with the payload in every text that comes from outside."""
    if isinstance(value, dict):
        return {k: poisoned(v, payload, k) for k, v in value.items()}
    if isinstance(value, list):
        if key in FREE_LISTS:
            return [payload] * len(value)
        return [poisoned(v, payload, key) for v in value]
    return payload if key in FREE and isinstance(value, str) else value


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_is_printed_and_never_obeyed(payload: str, full: Page) -> None:
    """Script, markup, templates, direction overrides in every field at once: the page only shows them."""
    day = full_day()
    bad = poisoned(day, payload)
    for feed, name in zip(bad["feeds"], [f["name"] for f in day["feeds"]], strict=True):
        feed["name"] = name  # names of feeds are keys; see the test of hostile ids
    html = render(bad, full_sheet())
    found, clean = Page(html), full
    assert set(found.tags) == set(clean.tags)
    assert {(tag, name) for tag, name, _ in found.attributes} == {(tag, name) for tag, name, _ in clean.attributes}
    assert all(v.startswith("#") for tag, name, v in found.attributes if name == "href")
    assert plain.visible(payload) in "".join(data for _, data in found.texts)
    assert not re.search("[\x00-\x08\x1b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)


@pytest.mark.parametrize(
    "old", ["i-3f9a21c0", "S07", "firms-viirs", "press-rows", "o-01", "s-01", "R-bravo", "Norland"]
)
@pytest.mark.parametrize("payload", PAYLOADS[:6], ids=range(6))
def test_hostile_ids_are_harmless_too(old: str, payload: str, full: Page) -> None:
    """An id, name of a feed, sector or reading that is markup stays text, and its links still meet."""
    day = json.loads(json.dumps(full_day()).replace(f'"{old}"', json.dumps(payload)))
    found = Page(render(day, full_sheet()))
    assert set(found.tags) == set(full.tags)
    links = {value[1:] for _, name, value in found.attributes if name == "href"}
    assert links <= set(found.ids)
    assert plain.visible(payload) in "".join(data for _, data in found.texts)


def test_the_page_says_that_it_shows_unseen_characters() -> None:
    """A reader who meets ⟨U+202E⟩ finds out what it is; nobody else is bothered."""
    day = full_day()
    assert "cannot be seen" not in render(day, full_sheet()).split("<footer>")[1]
    day["statements"][0]["quote"] = "calm\u202emlac"
    html = render(day, full_sheet())
    assert "calm⟨U+202E⟩mlac" in html
    assert "cannot be seen" in html.split("<footer>")[1]


def test_a_value_the_template_forgot_to_word_stops_the_page() -> None:
    """None and bare fractions are never printed as `None` or 0.30000000000000004."""
    day = full_day()
    day["restrictions"] = [None]
    with pytest.raises(TypeError, match="None has no wording"):
        render(day, full_sheet())
    day["restrictions"] = [0.1 + 0.2]
    with pytest.raises(TypeError, match="no wording"):
        render(day, full_sheet())


def test_texts_in_the_style_sheet_hold_no_css() -> None:
    """The margin of a printed page shows number and day, whatever they hold."""
    shown = css_text('"; } </style><script>\\22 {')
    assert re.fullmatch(r'"[A-Za-z0-9 .,:/–-]*"', shown)


def test_swapping_the_names_mirrors_the_page() -> None:
    """Word for word: no sentence, order or colour depends on which party is which."""

    def swapped(text: str) -> str:
        return text.replace("Norland", "\x01").replace("Sudria", "Norland").replace("\x01", "Sudria")

    mirrored = json.loads(swapped(json.dumps(full_day())))
    assert Page(render(mirrored, full_sheet())).text() == swapped(full_text())


def full_text() -> str:
    return Page(render(full_day(), full_sheet())).text()


def test_a_crowded_day_keeps_page_one_short() -> None:
    """Long lists are cut on page one, said to be cut, and stand in full below."""
    day = full_day()
    day["restrictions"] = [f"Restriction number {n}." for n in range(40)]
    found = Page(render(day, full_sheet()))
    assert "and 36 more below" in found.text("page-one")
    assert "Restriction number 39." not in found.text("page-one")
    assert "Restriction number 39." in found.text("blind")
