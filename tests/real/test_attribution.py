"""Who said what, on articles other people annotated: the floor of docs/methods/attribution.md holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOOR = {"source.ov80": 0.73, "cue.ov80": 0.68, "content.ov80": 0.60, "whole.link50": 0.58}


@pytest.fixture(scope="module")
def figures(shared_data: Path) -> dict[str, float]:
    """PolNeAR's dev split, read and scored as benchmarks/attribution.py does."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import attribution
    finally:
        sys.path.pop(0)
    articles = attribution.read_split(shared_data / "polnear" / "polnear-train-dev.tar.xz", "dev")
    score = attribution.Score()
    for article, found in zip(articles, attribution.attributions(attribution.ours(articles)), strict=True):
        score.add(article.text, article.gold, found)
    return score.figures()


@pytest.mark.parametrize(("figure", "least"), FLOOR.items())
def test_the_floor_is_passed(figures: dict[str, float], figure: str, least: float) -> None:
    """Every row the program calls an attribution is scored; the floor is that of a tagger anybody could have built."""
    assert figures[f"{figure}.f1"] >= least


def test_direct_quotations_are_found_with_their_speaker(figures: dict[str, float]) -> None:
    """Words between marks are the surest evidence there is: most are found whole, with who said them."""
    assert figures["direct.recall"] >= 0.82
    assert figures["direct.speaker"] >= 0.93


def test_every_position_given_to_the_corpus_belongs_to_a_statement_of_it(shared_data: Path) -> None:
    """The numbers kept in tools/written lead to the paragraphs they were given in: none is lost, none is invented."""
    folder = ROOT / "tools" / "written"
    sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "benchmarks")]
    try:
        from written import polnear
    finally:
        del sys.path[:2]
    told = json.loads((folder / "polnear.positions.json").read_text(encoding="utf-8"))["positions"]
    texts = polnear(shared_data / "polnear" / "polnear-train-dev.tar.xz", folder)
    assert sum(len(text.labels) for text in texts) == sum(len(one) for one in told.values())
    assert all(text.text[a:b].strip() for text in texts for label in text.labels for a, b in label.content)


def test_every_label_by_our_guide_leads_to_words_of_the_corpus(shared_data: Path) -> None:
    """Offsets kept in tools/written are whole words of the paragraphs they were given in: none is lost."""
    folder = ROOT / "tools" / "written"
    sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "benchmarks")]
    try:
        from written import newspapers

        texts = newspapers(shared_data / "polnear" / "polnear-train-dev.tar.xz", folder)
    finally:
        del sys.path[:2]
    told = json.loads((folder / "polnear.statements.json").read_text(encoding="utf-8"))
    assert len(texts) == sum(len(paragraphs) for paragraphs in told.values())
    for text in texts:
        for a, b in (span for label in text.labels for span in (*label.source, *label.cue, *label.content)):
            assert text.text[a:b].strip() == text.text[a:b]
            assert not (text.text[a - 1 : a].isalnum() and text.text[a].isalnum())
            assert not (text.text[b : b + 1].isalnum() and text.text[b - 1].isalnum())
