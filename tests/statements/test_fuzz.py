"""Whatever is received: no crash, whole spans of the raw text, and a cost that grows no faster than the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from truceline.feeds.record import Document
from truceline.feeds.statements.press import document_text
from truceline.statements import extract
from truceline.statements.clean import divide
from truceline.statements.page import is_page
from truceline.statements.statement import Statements
from truceline.terms.party import Party

PARTIES = (Party("alpha", "Norland", ("North", "Norlandic")), Party("bravo", "Sudria", ("South", "Sudrian")))


def read(text: str) -> Statements:
    return extract([Document("d1", "press", "e1", "a.txt", text)], PARTIES)


def check(text: str) -> None:
    for one in read(text).statements:
        for spans in (one.source, one.cue, one.content):
            assert all(0 <= a < b <= len(text) for a, b in spans)
        assert one.content
        if not is_page(text):
            assert one.text == " … ".join(text[a:b] for a, b in one.content)


@given(st.binary(max_size=400))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_bytes(data: bytes) -> None:
    """Bytes are text or refused with a reason; what is text is read."""
    body = b"Norland said " + data.replace(b"\0", b"") + b' "it fired," Norland said.'
    check(document_text(body, feed="press", path="a.txt"))


PIECES = [
    "Norland said ", "“", "‘", "«", "»", "’", "”", '"', "''", "it fired", ". ", "\n\n", "\r", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff",
    "قالت نورلاند إنها لم تطلق النار", "אמרה נורלנד", " denied that ", " (Reuters)", "OSTREL – ", "<p>", "&quot;", "<b>", "</p>", "é́", "🕊", ",", " he said",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nested_quotations_directions_and_invisible_signs(parts: list[str], page: bool) -> None:
    """Marks of every kind inside each other, right-to-left text, zero-width signs and odd line ends, as text and as page."""
    check(("<p>" if page else "") + "".join(parts))


def story(chars: int) -> str:
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < chars:
        number = len(paragraphs) * 7_919 % 10_000
        paragraphs.append(
            f'Norland said Sudria fired {number} times. "It is village {number}," its envoy said. "We held."'
        )
    return "\n\n".join(paragraphs)


def seconds(do: object, text: str) -> float:
    start = time.process_time()
    do(text)  # type: ignore[operator]
    return time.process_time() - start


def test_a_story_four_times_as_long_costs_about_four_times_as_much() -> None:
    """With room for a busy machine; a cost that grows with the square would be sixteen times."""
    read(story(500))
    short = min(seconds(read, story(8_000)) for _ in range(2))
    assert seconds(read, story(32_000)) < 10 * short


@pytest.mark.parametrize(
    "unit",
    [
        "\n",
        " ",
        "a\r",
        "a b\x85",
        "(Photo ",
        '" ',
        "Norland Says\n",
        "OSTREL, a, b",
        "A (Reuters\n",
        "1 January ",
        "x" * 60 + "\x0b",
        "“‘«",
        "\u202e",
    ],
)
def test_dividing_costs_no_more_than_the_length(unit: str) -> None:
    """Ten times the text of one thing repeated costs about ten times the time: no rule goes back over the text."""
    divide(unit * 10)
    short = max(min(seconds(divide, unit * (20_000 // len(unit))) for _ in range(3)), 0.002)
    assert seconds(divide, unit * (200_000 // len(unit))) < 40 * short


def test_ten_megabytes_on_one_line() -> None:
    """A wall of text is set aside with the reason, in seconds."""
    found = read("Norland said Sudria fired at Ostrel. " * 270_000)
    assert found.statements == ()
    assert "set aside" in found.skipped[0][1]
