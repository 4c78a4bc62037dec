"""What stands in the folder is the old bulletin or the new one, whatever stops the program in between."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.report.samples import bleak_day, full_day, full_sheet
from truceline.errors import OutputError
from truceline.report import write_bulletin
from truceline.report.folder import write_folder

FILES = [
    "bulletin.html",
    "bulletin.json",
    "claims.jsonld",
    "incidents.geojson",
    "sector_days.csv",
    "sector_days.dictionary.csv",
    "statements.jsonl",
]


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_all_files_are_written_and_nothing_else(tmp_path: Path) -> None:
    """The files that DESIGN section 6 names, with the dictionary of the table; no leftover beside them."""
    paths = write_bulletin(full_day(), full_sheet(), tmp_path / "deep" / "2031-04-20")
    assert [p.name for p in paths] == FILES
    assert sorted(contents(tmp_path / "deep" / "2031-04-20")) == FILES
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["2031-04-20"]


def test_the_same_bulletin_gives_the_same_bytes(tmp_path: Path) -> None:
    """No clock, no order of a set, no place of the machine is in any file."""
    write_bulletin(full_day(), full_sheet(), tmp_path / "a")
    write_bulletin(copy.deepcopy(full_day()), full_sheet(), tmp_path / "elsewhere" / "b")
    assert contents(tmp_path / "a") == contents(tmp_path / "elsewhere" / "b")
    assert all(str(tmp_path).encode() not in content for content in contents(tmp_path / "a").values())
    assert all(b"\r" not in content for content in contents(tmp_path / "a").values())


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    """A monitor's own notes beside a bulletin outlive the next run."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_bulletin(full_day(), full_sheet(), tmp_path)
    write_bulletin(bleak_day(), None, tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


class StopsAt(Mapping[str, str]):
    """Texts of which one, when asked for, is met by a Ctrl-C."""

    def __init__(self, texts: dict[str, str], name: str) -> None:
        self.texts, self.name = texts, name

    def __getitem__(self, name: str) -> str:
        if name == self.name:
            raise KeyboardInterrupt
        return self.texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_a_stop_while_writing_leaves_the_old_bulletin(name: str, tmp_path: Path) -> None:
    """Not one file of the new bulletin stands beside those of the old."""
    folder = tmp_path / "day"
    write_folder({"one": "old", "two": "old", "three": "old"}, folder)
    with pytest.raises(KeyboardInterrupt):
        write_folder(StopsAt({"one": "new", "two": "new", "three": "new"}, name), folder)
    assert set(contents(folder).values()) == {b"old"}


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("moved", [False, True])
def test_a_stop_while_replacing_waits_for_the_last_file(
    after: int, moved: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Ctrl-C between two files, or right after one was moved, is obeyed once the new bulletin is whole."""
    folder = tmp_path / "day"
    write_folder({"one": "old", "two": "old", "three": "old"}, folder)
    replace, calls = Path.replace, iter(range(99))

    def interrupted(self: Path, to: Path) -> Path:
        now = next(calls) == after
        if now and not moved:
            raise KeyboardInterrupt
        done = replace(self, to)
        if now:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder({"one": "new", "two": "new", "three": "new"}, folder)
    assert set(contents(folder).values()) == {b"new"}
    assert [p.name for p in tmp_path.iterdir()] == ["day"]


def test_leftovers_of_a_broken_run_are_cleaned(tmp_path: Path) -> None:
    """A run that lost its power leaves a hidden folder; the next one removes it and finishes."""
    left = tmp_path / ".day.unfinished"
    left.mkdir()
    (left / "bulletin.html").write_text("half", encoding="utf-8")
    write_bulletin(full_day(), full_sheet(), tmp_path / "day")
    assert not left.exists()
    assert sorted(contents(tmp_path / "day")) == FILES


def test_a_leftover_link_is_not_followed(tmp_path: Path) -> None:
    """Whoever put a link where our hidden folder goes loses the link, not what it points to."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "file").write_text("mine", encoding="utf-8")
    (tmp_path / ".day.unfinished").symlink_to(kept)
    write_folder({"one": "new"}, tmp_path / "day")
    assert (kept / "file").read_text(encoding="utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Who, what, where and mend; nothing is left behind."""
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(OutputError, match=r"bulletin: .*file.* cannot be written: .*Give a folder"):
        write_bulletin(full_day(), full_sheet(), tmp_path / "file")
    with pytest.raises(OutputError, match="cannot be written"):
        write_bulletin(full_day(), full_sheet(), tmp_path / "file" / "day")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_folder_where_a_file_should_go_is_found_before_anything_is_replaced(tmp_path: Path) -> None:
    """The old files still stand when one of the names cannot be used."""
    folder = tmp_path / "day"
    write_folder({"one": "old", "three": "old"}, folder)
    (folder / "two").mkdir()
    with pytest.raises(OutputError, match="a folder stands where the file should go"):
        write_folder({"one": "new", "two": "new", "three": "new"}, folder)
    assert (folder / "one").read_text(encoding="utf-8") == "old"
    assert (folder / "three").read_text(encoding="utf-8") == "old"


def test_half_a_character_is_written_as_an_escape(tmp_path: Path) -> None:
    """UTF-8 cannot hold a lone half of a pair; the run does not break on it."""
    (path,) = write_folder({"one": '"\ud800"'}, tmp_path / "day")
    assert path.read_bytes() == b'"\\ud800"'
