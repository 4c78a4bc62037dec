"""Very many texts into one file: stopped anywhere it goes on, and what cannot be read is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from truceline.cli.stream import NotOurs, Row, Told, stream, texts_in
from truceline.errors import FeedChanged


def folder(tmp_path: Path, count: int = 6) -> Path:
    place = tmp_path / "texts"
    (place / "sub").mkdir(parents=True)
    for n in range(count):
        (place / ("sub" if n % 2 else ".") / f"{n}.txt").write_text(f"text {n}\n" * (n + 1), encoding="utf-8")
    (place / "note.pdf").write_bytes(b"%PDF")
    return place


def read(name: str, data: bytes) -> Iterator[Row]:
    if b"3" in data:
        raise FeedChanged("statements", f"{name} is odd", "Send another")
    for number, line in enumerate(data.decode().splitlines()):
        yield {"document": name, "line": line, "number": number}


def run(place: Path, out: Path, stop_after: int | None = None) -> Told:
    seen: list[str] = []

    def reading(name: str, data: bytes) -> Iterator[Row]:
        for row in read(name, data):
            yield row
            if stop_after is not None and len(seen) == stop_after:
                raise KeyboardInterrupt

    return stream(texts_in([place]), out, reading, lambda name, reason: seen.append(name), most_bytes=1_000)


def test_a_folder_is_read_by_name_without_what_is_no_text(tmp_path: Path) -> None:
    """Order and names do not depend on the file system, and a link out of the folder is not followed."""
    place = folder(tmp_path)
    (tmp_path / "outside.txt").write_text("x", encoding="utf-8")
    (place / "link.txt").symlink_to(tmp_path / "outside.txt")
    assert [name for name, _ in texts_in([place])] == ["0.txt", "2.txt", "4.txt", "sub/1.txt", "sub/3.txt", "sub/5.txt"]


@pytest.mark.parametrize("stop_after", [0, 1, 3, 5])
def test_stopped_in_the_middle_of_a_text_it_ends_with_the_same_bytes(tmp_path: Path, stop_after: int) -> None:
    """The half of a text is cut off, nothing is written twice, nothing is lost."""
    place = folder(tmp_path)
    whole = tmp_path / "whole.jsonl"
    told = run(place, whole)
    assert (told.read, told.refused, told.before) == (5, 1, 0)
    out = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run(place, out, stop_after)
    for path, half in ((tmp_path / "out.jsonl.done", '{"document": "4.t'), (out, '{"half')):
        with path.open("a", encoding="utf-8") as file:
            file.write(half)
    again = run(place, out)
    assert out.read_bytes() == whole.read_bytes()
    assert again.before == stop_after
    assert run(place, out).before == 6


def test_what_could_not_be_read_is_in_the_ledger(tmp_path: Path) -> None:
    """A text refused is told with its reason, and not read again."""
    out = tmp_path / "out.jsonl"
    run(folder(tmp_path), out)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl.done").read_text(encoding="utf-8").splitlines()]
    assert [line["document"] for line in lines if line["refused"]] == ["sub/3.txt"]
    assert "is odd" in next(line["refused"] for line in lines if line["refused"])


def test_it_does_not_write_over_what_is_not_its_own(tmp_path: Path) -> None:
    """A file without its ledger, a ledger without its rows and a text that changed are errors."""
    place, out = folder(tmp_path), tmp_path / "out.jsonl"
    out.write_text("mine\n", encoding="utf-8")
    with pytest.raises(NotOurs, match="Choose another file"):
        run(place, out)
    assert out.read_text(encoding="utf-8") == "mine\n"
    out.unlink()
    run(place, out)
    (place / "0.txt").write_text("other\n", encoding="utf-8")
    with pytest.raises(NotOurs, match="has changed"):
        run(place, out)
    out.write_text("", encoding="utf-8")
    with pytest.raises(NotOurs, match="shorter"):
        run(place, out)
