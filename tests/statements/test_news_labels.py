"""Labels of news that is not ours to print: they hold no word of it, and are never set beside another text."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import position  # noqa: E402

from truceline.statements.statement import Position  # noqa: E402

LINE = "Norland has denied that its guns fired on Monday."


def test_the_labels_hold_offsets_and_positions_alone() -> None:
    """No text is kept; the file is the one whose hash was written down before anything learned from the news."""
    path = position.GOLD / f"{position.NEWS}.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert sum(len(row["statements"]) for row in rows) == 765
    for number, row in enumerate(rows):
        assert set(row) == {"id", "file", "line", "sha256", "statements"}
        assert row["id"] == f"news-{number:03d}"
        for one in row["statements"]:
            assert set(one) == {"source", "cue", "content", "position"}
            assert Position(one["position"])
            assert one["content"]
            assert all(a < b for role in ("source", "cue", "content") for a, b in one[role])
    record = (ROOT / "docs" / "decisions" / "0010-gold-of-positions.md").read_text(encoding="utf-8")
    assert f"`{position.NEWS}.json` (`{hashlib.sha256(path.read_bytes()).hexdigest()}`)" in record


def test_the_second_reader_scores_as_the_page_says() -> None:
    """What can be hoped for on real news is worked out from both readers' offsets, without a word of the text."""
    halves = [position.second_reader_of_news(half) for half in ("dev", "held_out")]
    pairs = tuple(pair for half in halves for pair in half.pairs)
    told = position.figures(position.Scored(pairs, sum(half.beyond for half in halves), ()), bootstrap=False)
    assert (told["n"], told["accuracy"], told["missed"], told["beyond_the_gold"]) == (765, 0.914, 26, 11)


def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> Path:
    label = {"source": [[0, 7]], "cue": [[8, 18]], "content": [[19, 48]], "position": "denies"}
    row = {"file": "a.cor", "line": 1, "sha256": hashlib.sha256(LINE.encode()).hexdigest(), "statements": [label]}
    rows = [{"id": "news-000", **row}, {"id": "news-001", **row}]
    (tmp_path / f"{position.NEWS}.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "parties.json").write_text("[]", encoding="utf-8")
    (tmp_path / "a.cor").write_text(f"Another line.\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(position, "GOLD", tmp_path)
    return tmp_path


def test_a_half_is_read_where_its_lines_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second article is the held-out half; its label is found in the line it was given for."""
    scored = position.news(folder(tmp_path, monkeypatch, LINE), "held_out")
    (pair,) = scored.pairs
    assert (pair.item, pair.gold["position"]) == ("news-001", "denies")
    assert pair.ours is not None
    assert pair.ours.position is Position.DENIES


def test_another_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is not the one labelled is named, with the page that tells where to get it."""
    with pytest.raises(ValueError, match=r"a\.cor, line 1: not the text that was labelled; see .*README\.md"):
        position.news(folder(tmp_path, monkeypatch, "Norland has denied everything."), "dev")
