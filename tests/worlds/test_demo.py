"""The demo's planted truth is found, and a run can be trusted: twice the same, broken off and finished."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from truceline.cli.demo import DAYS, SEED, watched_days
from truceline.ledger import Ledger
from truceline.report import bulletin_schema
from truceline.simulate import score, simulate
from truceline.terms import read_agreement
from truceline.watch import run


def digest(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def watch(place: Path, **more: Any) -> None:
    run(place, watched_days(read_agreement(place)), **more)


def test_the_planted_truth_is_found(theatre: Path) -> None:
    """One counted shelling; no harvest fire among the incidents; cloud is undetermined; the dead feed is named and
    not quiet; the "neither" is no denial; the tally is in no count."""
    result = score(theatre)
    missed = [promise for promise in result.promises if not promise.held]
    assert not missed, result.to_text()
    assert len(result.promises) >= 6


def test_every_bulletin_keeps_its_schema(bulletins: dict[str, dict[str, Any]]) -> None:
    """What we publish is what we said we would publish."""
    validator = Draft202012Validator(bulletin_schema())
    for day, bulletin in bulletins.items():
        assert not [f"{day}: {e.json_path}: {e.message}" for e in validator.iter_errors(bulletin)]


def test_every_figure_leads_back_to_bytes(theatre: Path, bulletins: dict[str, dict[str, Any]]) -> None:
    """Finding -> incident -> observation -> feed, line -> file with its hash -> the bytes in the ledger."""
    walked = 0
    for bulletin in bulletins.values():
        observations = {o["id"]: o for o in bulletin["observations"]}
        incidents = {i["id"]: i for i in bulletin["incidents"]}
        files = {feed["name"]: feed["files"] for feed in bulletin["feeds"]}
        for finding in bulletin["findings"]:
            for key in finding["incidents"]:
                for each in incidents[key]["observations"]:
                    seen = observations[each]
                    hashes = [f["sha256"] for f in files[seen["feed"]] if f["entry"] == seen["entry"]]
                    assert len(hashes) == 1
                    objects = [theatre / "ledger" / "objects" / h[:2] / h for h in hashes]
                    assert all(hashlib.sha256(o.read_bytes()).hexdigest() == o.name for o in objects)
                    line = [
                        o.read_text(encoding="utf-8-sig").splitlines()[seen["line"] - 1]
                        for o in objects
                        if o.suffix == ""
                    ]
                    assert any(seen["text"] is None or seen["text"][:30] in text for text in line)
                    walked += 1
    assert walked


def test_the_case_itself_is_received(theatre: Path) -> None:
    """What was promised and which borders were drawn are evidence too: kept to the byte."""
    with Ledger(theatre / "ledger") as ledger:
        held = {entry.source.path: ledger.read(entry) for entry in ledger.entries() if entry.source.feed == "case"}
    assert held == {name: (theatre / name).read_bytes() for name in ("borders.geojson", "truce.toml")}


def test_all_is_marked(theatre: Path, bulletins: dict[str, dict[str, Any]]) -> None:
    """INTERNAL on everything, EXERCISE on an exercise, and not to be released before 72 hours."""
    for day, bulletin in bulletins.items():
        assert bulletin["marking"] == "INTERNAL – NOT FOR RELEASE"
        assert bulletin["exercise"] is True
        page = (theatre / "bulletins" / day / "bulletin.html").read_text(encoding="utf-8")
        assert "INTERNAL – NOT FOR RELEASE" in page
        assert "EXERCISE" in page


def test_twice_is_the_same_to_the_byte(tmp_path: Path, theatre: Path) -> None:
    """Another folder, another time, another ledger: byte-identical bulletins; and a third run over the second too."""
    simulate(SEED, DAYS, tmp_path / "again")
    watch(tmp_path / "again")
    assert digest(tmp_path / "again" / "bulletins") == digest(theatre / "bulletins")
    watch(tmp_path / "again")
    assert digest(tmp_path / "again" / "bulletins") == digest(theatre / "bulletins")


def test_days_one_by_one_are_the_days_all_at_once(tmp_path: Path, theatre: Path) -> None:
    """A bulletin depends on its day and what was received, never on what else was asked for."""
    simulate(SEED, DAYS, tmp_path / "single")
    for day in watched_days(read_agreement(tmp_path / "single")):
        run(tmp_path / "single", [day])
    assert digest(tmp_path / "single" / "bulletins") == digest(theatre / "bulletins")


class Interrupted(KeyboardInterrupt):
    """Ctrl-C."""


@pytest.mark.parametrize("step", ["Receiving files", "Reading feeds", "Judging", "Writing"])
def test_a_run_that_was_stopped_is_finished_by_the_next(tmp_path: Path, theatre: Path, step: str) -> None:
    """Ctrl-C at any step loses nothing; the second run gives what an undisturbed one gives."""
    place = tmp_path / "theatre"
    simulate(SEED, DAYS, place)

    def stop(said: str) -> None:
        if said.startswith(step):
            raise Interrupted

    with pytest.raises(Interrupted):
        watch(place, say=stop)
    watch(place)
    assert digest(place / "bulletins") == digest(theatre / "bulletins")


def quiet(place: Path) -> set[tuple[str, str, str]]:
    """Every sector-day and class said to be quiet."""
    return {
        (p.parent.name, row["sector"], row["class"])
        for p in place.glob("bulletins/*/bulletin.json")
        for row in json.loads(p.read_text(encoding="utf-8"))["sector_days"]
        if row["state"] == "quiet"
    }


FILES = ["claims.csv", "modis.csv", "modis_looks.csv", "posts.csv", "posts_watch.csv", "press_events.csv"]


def damaged(theatre: Path, place: Path, name: str, data: bytes | None) -> set[tuple[str, str, str]]:
    """What is quiet when one file is gone or holds other bytes."""
    shutil.copytree(theatre, place, ignore=shutil.ignore_patterns("ledger", "bulletins"))
    file = place / "inbox" / name
    file.unlink() if data is None else file.write_bytes(data)
    watch(place)
    found = quiet(place)
    shutil.rmtree(place)
    return found


def test_deleting_any_file_of_any_feed_never_makes_a_sector_quiet(tmp_path: Path, theatre: Path) -> None:
    """Over all feeds and days: with a file gone, the quiet sector-days are those of before, or fewer."""
    before = quiet(theatre)
    assert before, "the theatre must have quiet sector-days, or this test shows nothing"
    files = sorted(p.name for p in (theatre / "inbox").iterdir())
    assert set(FILES) <= set(files)
    for name in files:
        more = damaged(theatre, tmp_path / "less", name, None) - before
        assert not more, f"without {name}: {sorted(more)[:5]}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_or_has_bad_rows_never_makes_a_sector_quiet(
    tmp_path: Path, theatre: Path, name: str
) -> None:
    """Half a download, an open quote, a row that cannot be read: what they hide may have been fire."""
    before, whole = quiet(theatre), (theatre / "inbox" / name).read_bytes()
    lines = whole.splitlines(keepends=True)
    half = whole[: len(whole) // 2]
    middle = len(lines) // 2
    quoted = b"".join([*lines[:middle], b'"' + lines[middle], *lines[middle + 1 :]])
    spoiled = b"".join([*lines[:2], *(b"?" + line.lstrip(b'"') for line in lines[2:])])
    for damage, data in (
        ("cut", half if not half.endswith(b"\n") else half[:-3]),
        ("open quote", quoted),
        ("spoiled rows", spoiled),
    ):
        more = damaged(theatre, tmp_path / "less", name, data) - before
        assert not more, f"{damage} in {name}: {sorted(more)[:5]}"


def test_swapping_the_parties_mirrors_the_bulletin(
    tmp_path: Path, theatre: Path, bulletins: dict[str, dict[str, Any]]
) -> None:
    """The ids alpha and bravo exchanged in the case give the same bulletin with the ids exchanged, word for word."""
    place = tmp_path / "mirror"
    shutil.copytree(theatre, place, ignore=shutil.ignore_patterns("ledger", "bulletins"))
    case = place / "truce.toml"
    case.write_text(mirrored(case.read_text(encoding="utf-8")), encoding="utf-8")
    watch(place)
    for day, bulletin in bulletins.items():
        got = (place / "bulletins" / day / "bulletin.json").read_text(encoding="utf-8")
        swapped = json.loads(mirrored(json.dumps(bulletin, sort_keys=True)))
        assert unordered(json.loads(got)) == unordered(swapped)


def mirrored(text: str) -> str:
    return text.replace("alpha", "\0").replace("bravo", "alpha").replace("\0", "bravo")


def unordered(value: Any) -> Any:
    """Lists compared as bags: rows that are ordered by party id change places in a mirror, and roots their hashes."""
    if isinstance(value, dict):
        return {key: unordered(each) for key, each in sorted(value.items()) if key not in ("sha256", "entry")}
    if isinstance(value, list):
        return sorted((unordered(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return value


def test_the_agreement_binds_only_in_its_time(theatre: Path, bulletins: dict[str, dict[str, Any]]) -> None:
    """Before the start the finding is not_in_force, and nothing is a breach."""
    start = read_agreement(theatre).start
    early = [b for b in bulletins.values() if b["covers"]["to"] <= start.strftime("%Y-%m-%dT%H:%MZ")]
    assert early
    assert {f["finding"] for b in early for f in b["findings"]} == {"not_in_force"}
