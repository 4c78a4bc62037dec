"""The ledger loses nothing, changes nothing, and says when somebody else did."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from truceline.errors import LedgerError, PathRefused
from truceline.ledger import Entry, Ledger, Source, find, receive
from truceline.ledger.receive import expected_files
from truceline.terms import Agreement, read_agreement
from truceline.terms.agreement import FeedTerms

AT = datetime(2031, 4, 20, 6, tzinfo=UTC)


def source(path: str = "a.csv", at: datetime | None = AT, *, simulated: bool = False) -> Source:
    return Source("modis", path, at, "open", simulated)


def test_the_same_bytes_from_the_same_source_are_one_entry(tmp_path: Path) -> None:
    """Adding twice, in one run or two, changes nothing."""
    with Ledger(tmp_path) as ledger:
        first = ledger.add(b"rows", source())
        assert ledger.add(b"rows", source()) == first
    with Ledger(tmp_path) as ledger:
        assert ledger.add(b"rows", source()) == first
        assert ledger.entries() == (first,)


@pytest.mark.parametrize(
    "statement", ["UPDATE entry SET licence = 'mine'", "DELETE FROM entry", "REPLACE INTO entry SELECT * FROM entry"]
)
def test_nothing_is_changed_or_removed(tmp_path: Path, statement: str) -> None:
    """The database itself refuses, whoever asks."""
    with Ledger(tmp_path) as ledger:
        ledger.add(b"rows", source())
    database = sqlite3.connect(tmp_path / "ledger.sqlite")
    database.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute(statement)
    database.close()


def test_a_later_vintage_supersedes_and_the_old_one_stays(tmp_path: Path) -> None:
    """The past moves: the newest is used, what was known before can still be read."""
    with Ledger(tmp_path) as ledger:
        old = ledger.add(b"first", source(at=AT))
        new = ledger.add(b"second", source(at=AT.replace(hour=12)))
        assert new.supersedes == old.id
        assert ledger.entries() == (new,)
        assert ledger.entries(cutoff=AT.replace(hour=8)) == (old,)
        assert ledger.read(old) == b"first"
        assert [e.id for e in ledger.vintages("modis", "a.csv")] == [old.id, new.id]


def test_with_a_cut_off_undeclared_availability_is_left_out(tmp_path: Path) -> None:
    """Nobody said when it could be had, so nobody may say it was known then."""
    with Ledger(tmp_path) as ledger:
        entry = ledger.add(b"rows", source(at=None))
        assert ledger.entries() == (entry,)
        assert ledger.entries(cutoff=datetime(2099, 1, 1, tzinfo=UTC)) == ()


def test_one_altered_byte_is_named(tmp_path: Path) -> None:
    """An object that is not what was received is never used."""
    with Ledger(tmp_path) as ledger:
        entry = ledger.add(b"rows", source())
        place = tmp_path / "objects" / entry.sha256[:2] / entry.sha256
        place.write_bytes(b"rowz")
        with pytest.raises(LedgerError, match="altered"):
            ledger.read(entry)
        place.unlink()
        with pytest.raises(LedgerError, match="cannot be read"):
            ledger.read(entry)


def test_a_lost_object_is_kept_again_when_the_bytes_come_back(tmp_path: Path) -> None:
    """A second run finishes what the first began."""
    with Ledger(tmp_path) as ledger:
        entry = ledger.add(b"rows", source())
        (tmp_path / "objects" / entry.sha256[:2] / entry.sha256).unlink()
        ledger.add(b"rows", source())
        assert ledger.read(entry) == b"rows"


def test_exercise_and_reality_never_mix(tmp_path: Path) -> None:
    """A simulated row in a real ledger would be a lie waiting to be printed."""
    with Ledger(tmp_path) as ledger:
        ledger.add(b"real", source())
        with pytest.raises(LedgerError, match="exercise"):
            ledger.add(b"made up", source("b.csv", simulated=True))


def test_a_broken_database_is_said_to_be_broken(tmp_path: Path) -> None:
    """Fatal, with the mend, and exit 1."""
    (tmp_path / "ledger.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(LedgerError, match="Restore") as caught:
        Ledger(tmp_path)
    assert caught.value.exit_code == 1


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    """A file where the folder should be: fatal, in words."""
    (tmp_path / "ledger").write_text("a file")
    with pytest.raises(LedgerError, match="cannot make the folder"):
        Ledger(tmp_path / "ledger")


def test_received_at_is_read_by_nothing(tmp_path: Path) -> None:
    """Two ledgers filled at different times give equal entries."""
    with Ledger(tmp_path / "a") as a, Ledger(tmp_path / "b") as b:
        assert a.add(b"rows", source()) == b.add(b"rows", source())


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../secret.csv", "inbox/../../secret.csv", "..\\secret.csv", "C:/secret.csv", "a\0b"]
)
def test_a_path_outside_is_refused(tmp_path: Path, path: str) -> None:
    """A case file may name only what lies in its folder or under a data root."""
    with pytest.raises(PathRefused) as caught:
        find(path, who="feed 'x'", case=tmp_path, roots=[])
    assert caught.value.exit_code == 2


def test_a_link_that_leads_outside_is_refused(tmp_path: Path) -> None:
    """Nor may it reach out through a link."""
    (tmp_path / "case").mkdir()
    (tmp_path / "secret.csv").write_text("x")
    (tmp_path / "case" / "in.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(PathRefused, match="link"):
        find("in.csv", who="feed 'x'", case=tmp_path / "case", roots=[])


def agreement_with(tmp_path: Path, *feeds: FeedTerms) -> Agreement:
    from dataclasses import replace
    from importlib import resources

    (tmp_path / "truce.toml").write_text(resources.files("truceline.terms").joinpath("template.toml").read_text())
    return replace(read_agreement(tmp_path), feeds=feeds, exercise=True)


def test_a_dated_path_expects_one_file_a_day(tmp_path: Path) -> None:
    """A bulletin's period touches two local days, so both files are expected, each for its own day."""
    agreement = agreement_with(tmp_path, FeedTerms(name="p", kind="press", path="p_%Y%m%d.txt"))
    files = expected_files(agreement, [date(2031, 4, 20)])
    assert [f.path for f in files] == ["p_20310419.txt", "p_20310420.txt"]
    assert files[1].period is not None
    assert files[1].period.hours == 24


def test_an_older_map_is_expected_too(tmp_path: Path) -> None:
    """The newest map of the last seven days is used, so each of them is looked for; so are those of the first day, 19 April."""
    agreement = agreement_with(tmp_path, FeedTerms(name="control", kind="control_map", path="c_%Y%m%d.geojson"))
    files = expected_files(agreement, [date(2031, 4, 20)])
    assert [f.path for f in files] == [f"c_203104{day}.geojson" for day in range(12, 21)]


def test_a_monthly_path_expects_one_file_a_month(tmp_path: Path) -> None:
    """On the first of a month the file of the month before is expected too."""
    agreement = agreement_with(tmp_path, FeedTerms(name="v", kind="viina", path="v_%Y%m.csv"))
    assert [f.path for f in expected_files(agreement, [date(2031, 5, 1)])] == ["v_203104.csv", "v_203105.csv"]


def test_a_file_that_is_gone_is_still_in_the_ledger(tmp_path: Path) -> None:
    """The inbox may be emptied; what was received is used."""
    agreement = agreement_with(tmp_path, FeedTerms(name="v", kind="viina", path="v.csv"))
    (tmp_path / "v.csv").write_text("rows")
    with Ledger(tmp_path / "ledger") as ledger:
        days = [date(2031, 4, 20)]
        (first,) = receive(ledger, agreement, days, case=tmp_path)
        (tmp_path / "v.csv").unlink()
        (second,) = receive(ledger, agreement, days, case=tmp_path)
    assert isinstance(first.entry, Entry)
    assert second.entry == first.entry


def test_a_missing_file_is_a_receipt_that_says_so(tmp_path: Path) -> None:
    """Missing is a value of its own: a receipt with a reason and no entry."""
    agreement = agreement_with(tmp_path, FeedTerms(name="v", kind="viina", path="v.csv"))
    with Ledger(tmp_path / "ledger") as ledger:
        (receipt,) = receive(ledger, agreement, [date(2031, 4, 20)], case=tmp_path)
    assert receipt.entry is None
    assert receipt.missing == "v.csv is not there"


def test_a_folder_in_place_of_a_file_is_a_receipt_that_says_so(tmp_path: Path) -> None:
    """What cannot be read is told, not raised: the run goes on."""
    agreement = agreement_with(tmp_path, FeedTerms(name="v", kind="viina", path="v.csv"))
    (tmp_path / "v.csv").mkdir()
    with Ledger(tmp_path / "ledger") as ledger:
        (receipt,) = receive(ledger, agreement, [date(2031, 4, 20)], case=tmp_path)
    assert receipt.missing == "v.csv is not a file"


def test_latency_makes_a_dated_file_available_after_its_day(tmp_path: Path) -> None:
    """Availability is the end of the file's period and the declared latency."""
    feed = FeedTerms(name="v", kind="viina", path="v_%Y%m%d.csv", latency_h=3, time_zone="UTC")
    files = expected_files(agreement_with(tmp_path, feed), [date(2031, 4, 20)])
    assert files[-1].available_at == datetime(2031, 4, 21, 3, tzinfo=UTC)
