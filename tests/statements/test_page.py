"""Web pages: text to read, classes of blocks, and the way back to the source."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.statements import extract
from truceline.statements.clean import Kind, divide_page
from truceline.statements.page import is_page, read_page
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("North", "Norlandic")), Party("bravo", "Sudria", ("South", "Sudrian")))

PAGE = """<!DOCTYPE html><html><head><title>Talks &amp; more</title><style>p {}</style>
<script>document.write("<p>Norland said it fired.</p>");</script></head><body>
<nav><a href="/">Norland said home</a> <a href="/w">World</a></nav>
<article class="post"><h1>Norland&rsquo;s Envoy Speaks</h1><div class="byline">By Ana Holt</div><time>16 April 2031</time>
<p>Norland&#8217;s envoy <b>Ivan Pell</b> said on <a title="a>b" href="x">Monday</a> that
it had not fired.<p>&quot;We kept the truce,&quot; he said. <span hidden>Norland said it fired.</span>
<figure><img src="x.jpg"><figcaption>Norland said its gun stood here. (Reuters)</figcaption></figure>
<div class="share-tools">Share this</div><h2>What Sudria says</h2><p style="overflow: hidden">Sudria denied shelling Ostrel.</p>
</article><footer>Norland said all rights are reserved.</footer></body></html>"""


def kinds(raw: str) -> list[tuple[Kind, str]]:
    page = read_page(raw)
    return [(p.kind, page.text[p.start : p.end]) for p in divide_page(page)]


def test_markup_tells_what_a_block_is() -> None:
    """Title, credit, dateline, caption and widgets by their elements and class names; the rest is body."""
    assert kinds(PAGE) == [
        (Kind.TITLE, "Talks & more"),
        (Kind.WIDGET, "Norland said home World"),
        (Kind.TITLE, "Norland’s Envoy Speaks"),
        (Kind.CREDIT, "By Ana Holt"),
        (Kind.DATELINE, "16 April 2031"),
        (Kind.BODY, "Norland’s envoy Ivan Pell said on Monday that it had not fired."),
        (Kind.BODY, '"We kept the truce," he said.'),
        (Kind.CAPTION, "Norland said its gun stood here. (Reuters)"),
        (Kind.WIDGET, "Share this"),
        (Kind.TITLE, "What Sudria says"),
        (Kind.BODY, "Sudria denied shelling Ostrel."),
        (Kind.WIDGET, "Norland said all rights are reserved."),
    ]


def test_statements_of_a_page_point_into_its_source() -> None:
    """Slices hold letters of the source and never a tag or a reference; hidden text, scripts and menus say nothing."""
    found = extract([Document("d1", "press", "e1", "a.html", PAGE)], PARTIES)
    assert [(s.party, s.text) for s in found.statements] == [
        ("alpha", "that it had not fired"),
        ("alpha", "We kept the truce"),
        ("bravo", "shelling Ostrel"),
    ]
    first = found.statements[0]
    assert [PAGE[a:b] for a, b in first.source] == ["Norland", "s envoy ", "Ivan Pell"]
    assert [PAGE[a:b] for a, b in first.content] == [" that\nit had not fired"[1:]]
    assert first.said_at is not None
    for one in found.statements:
        for a, b in (*one.source, *one.cue, *one.content):
            assert not re.search(r"[<>&]", PAGE[a:b])


@pytest.mark.parametrize("text", ["Norland said <b>no</b>.", "a < b", "", "=1+1 <script>", "<3 said Norland."])
def test_a_tag_in_a_text_makes_no_page(text: str) -> None:
    """Pasted text stays text."""
    assert not is_page(text)


@pytest.mark.parametrize(
    "raw",
    [
        "<p",
        "<p a='",
        '<p a="b',
        "<!--",
        "<!-- <p>x",
        "<script>x",
        "<p>&#0;&#xFFFFFFF;&nosuch;&amp",
        "<p>a<0></p>",
        "</p></p><p>x",
        "<html \x00>",
    ],
)
def test_broken_markup_is_read_as_far_as_it_goes(raw: str) -> None:
    """Nothing raises, and what is text leads back."""
    page = read_page("<p>Norland spoke.</p>" + raw)
    assert page.text.startswith("Norland spoke.")


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "&amp;",
                "&#8217;",
                "&",
                "<",
                ">",
                "x y",
                "é\u200b",
                "<!--",
                "-->",
                '"',
                "'",
                "=",
                "<a href=",
                "\n",
                "🕊",
                "\u202e",
                "<script>",
                "</script>",
                "<p hidden>",
            ]
        ),
        max_size=40,
    )
)
@settings(max_examples=200, deadline=None)
def test_every_letter_leads_back(parts: list[str]) -> None:
    """What is read is what stands at the slices, apart from references and the empty lines between blocks."""
    raw = "<p>" + "".join(parts)
    page = read_page(raw)
    slices = page.back((0, len(page.text)))
    joined = html.unescape("".join(raw[a:b] for a, b in slices))
    assert all(a < b <= c for (a, b), (c, _) in zip(slices, [*slices[1:], (len(raw), 0)], strict=False))
    read = iter(page.text)
    assert all(any(letter == other for other in read) for letter in re.sub(r"\s", " ", joined))
    assert len(page.text) <= 3 * len(html.unescape(raw)) + 2


@pytest.mark.parametrize(
    "unit", ["<", "&amp;", "<!--", '<a "', "<a =", '<a b="', "<script>", "<p>x", "<p hidden>x", "<a b='c"]
)
def test_hostile_markup_costs_no_more_than_its_length(unit: str) -> None:
    """Ten times the text costs about ten times the time, with room for a busy machine."""

    def seconds(length: int) -> float:
        raw = "<p>" + unit * (length // len(unit))
        start = time.process_time()
        read_page(raw)
        return time.process_time() - start

    short = max(min(seconds(10_000) for _ in range(3)), 0.002)
    assert seconds(100_000) < 40 * short
