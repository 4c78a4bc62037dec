"""What the feed tests share: a case, a file in hand, and the samples."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

from truceline.feeds.context import File
from truceline.spacetime import When
from truceline.terms import Agreement, read_agreement
from truceline.terms.agreement import FeedTerms
from truceline.terms.party import Origin

SAMPLES = Path(__file__).parents[1] / "data" / "feeds"
DAY = date(2031, 4, 20)
WINDOW = When(datetime(2031, 4, 19, 12, tzinfo=UTC), datetime(2031, 4, 21, 12, tzinfo=UTC))


def agreement(*feeds: FeedTerms) -> Agreement:
    with resources.as_file(resources.files("truceline.terms").joinpath("template.toml")) as file:
        read = read_agreement(file)
    return replace(read, feeds=feeds or read.feeds)


def terms(kind: str, **more: object) -> FeedTerms:
    given: dict[str, object] = {"name": kind.replace("_", "-"), "kind": kind, "path": "x", "time_zone": "UTC"}
    if kind == "strike_log":
        given |= {"origin": Origin.PARTY, "party": "bravo"}
    return FeedTerms(**(given | more))  # type: ignore[arg-type]


def in_hand(kind: str, *, window: When = WINDOW, **more: object) -> File:
    feed = terms(kind, **more)
    return File(feed, agreement(feed), "e0", "x.csv", DAY, window)


def sample(kind: str) -> bytes:
    (file,) = (SAMPLES / kind).glob("sample.*")
    return file.read_bytes()
