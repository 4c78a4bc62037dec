"""Nothing goes out unreviewed, nothing issued ever changes, and what is learned later is told number by number."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import FIRES, REPORTS, call, case
from truceline import issuing
from truceline.errors import CaseError, LedgerError
from truceline.report.settle import settle
from truceline.terms.decision import Outcome

__all__ = ["case"]
DAY = date(2031, 4, 20)
AT = datetime(2031, 4, 22, 9, tzinfo=UTC)
MORE = '"2031-04-20 15:00:00","-150.4","42.5","Orm","artillery","RNA: shells at Orm"\n'


@pytest.fixture
def two(case: Path) -> Path:
    """Two counted incidents, a fire, and a denial in the press."""
    (case / "inbox" / "reports.csv").write_text(REPORTS + MORE, encoding="utf-8")
    return case


def reviewed(case: Path, person: str = "Ana", hours: float = 0, **more: Any) -> None:
    at = AT + timedelta(hours=hours)
    issuing.review(case, DAY, (), Outcome.STANDS, person=person, reason="read every row", at=at, **more)


def now(case: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((case / "bulletins" / str(DAY) / "bulletin.json").read_text(encoding="utf-8"))
    return read


def test_what_waits_for_review_is_not_issued_and_says_what_would_settle_it(two: Path) -> None:
    """Queue, review, issue; the queue is empty then; no name in any file."""
    waiting = issuing.queue(two, DAY)
    assert len(waiting) == 2
    assert all("a second voice that does not repeat" in one.settles[0] for one in waiting)
    with pytest.raises(CaseError, match="wait for review"):
        issuing.issue(two, DAY, person="Head", at=AT)
    reviewed(two)
    assert issuing.queue(two, DAY) == ()
    done = issuing.issue(two, DAY, person="Head Person", at=AT + timedelta(hours=1))
    assert (done.number, done.closes_at - done.at) == (0, timedelta(hours=72))
    files = {path.name: path.read_bytes() for path in (two / "issued" / str(DAY)).iterdir()}
    assert set(files) == set(done.files) >= {"bulletin.html", "bulletin.json", "incidents.geojson"}
    assert not any(name in data for name in (b"Ana", b"Head Person") for data in files.values())


def test_a_high_grade_needs_two_different_people(two: Path) -> None:
    """Confirmed: the same person twice is one person."""
    second = '"2031-04-20 12:10:00","-150.5","42.5","Velm","artillery","Coast Wire: guns near Velm"\n'
    toml = (two / "truce.toml").read_text(encoding="utf-8")
    (two / "truce.toml").write_text(toml + '\n[[source]]\nname = "Coast Wire"\nreliability = "B"\n', encoding="utf-8")
    (two / "inbox" / "reports.csv").write_text(REPORTS + second, encoding="utf-8")
    (waiting,) = issuing.queue(two, DAY)
    assert (waiting.incident["grade"], waiting.incident["review"]["needed"]) == ("confirmed", 2)
    reviewed(two)
    reviewed(two, hours=1)
    assert len(issuing.queue(two, DAY)) == 1
    reviewed(two, person="Bo", hours=2)
    assert issuing.queue(two, DAY) == ()


def test_issued_bytes_never_change(two: Path) -> None:
    """Running again leaves them; what was removed is restored; what was altered is refused by name."""
    reviewed(two)
    issuing.issue(two, DAY, person="Head", at=AT)
    place = two / "issued" / str(DAY)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    (two / "inbox" / "reports.csv").write_text(REPORTS, encoding="utf-8")
    assert call("run", two, "--day", str(DAY)).exit_code == 0
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    (place / "bulletin.html").unlink()
    issuing.issue(two, DAY, person="Head", at=AT + timedelta(hours=1))
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    (place / "bulletin.json").write_bytes(before["bulletin.json"].replace(b"alpha", b"bravo", 1) + b" ")
    with pytest.raises(LedgerError, match=r"issued/2031-04-20/bulletin\.json was altered"):
        issuing.issue(two, DAY, person="Head", at=AT + timedelta(hours=2))


def test_nothing_changed_is_no_corrigendum(two: Path) -> None:
    """Issuing again without news is refused."""
    reviewed(two)
    issuing.issue(two, DAY, person="Head", at=AT)
    with pytest.raises(CaseError, match="nothing changed"):
        issuing.issue(two, DAY, person="Head", at=AT + timedelta(hours=1))


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """A flattening of the test's own: lists by what names their elements."""
    if isinstance(value, dict):
        return {k: v for key in value for k, v in leaves(value[key], f"{path}.{key}").items()}
    if isinstance(value, list):
        found = {}
        for n, each in enumerate(value):
            name = n
            if isinstance(each, dict):
                name = (
                    each.get("id")
                    or "/".join(
                        str(each[k])
                        for k in ("sector", "class", "provision", "reading", "root", "name", "path", "tolerance_km")
                        if k in each
                    )
                    or n
                )
            found |= leaves(each, f"{path}.{name}")
        return found
    return {path.lstrip("."): value}


def test_a_corrigendum_lists_every_changed_number_and_why(two: Path) -> None:
    """A near-real-time vintage replaced, a row deleted, a report and an article taken back: nothing is left out."""
    reviewed(two)
    issuing.issue(two, DAY, person="Head", at=AT)
    old = now(two)
    inbox = two / "inbox"
    (inbox / "modis.csv").write_text(
        FIRES.splitlines(keepends=True)[0] + "42.46,-150.21,2031-04-20,1141,T,88\n42.47,-150.9,2031-04-20,1141,T,70\n",
        encoding="utf-8",
    )
    taken_back = '"2031-04-20 13:00:00","-150.5","42.5","Velm","artillery","RNA denies reports of shelling near Velm"\n'
    (inbox / "reports.csv").write_text(REPORTS + taken_back, encoding="utf-8")
    (inbox / "press_20310420.txt").write_text("Talks\n\nThe talks go on.\n", encoding="utf-8")
    reviewed_again = issuing.queue(two, DAY)
    for n, _ in enumerate(reviewed_again):
        reviewed(two, hours=1 + n)
    done = issuing.issue(two, DAY, person="Head", at=AT + timedelta(hours=3))
    assert done.folder == "issued/2031-04-20-corrigendum-1"
    told = json.loads((two / done.folder / "corrigendum.json").read_text(encoding="utf-8"))
    new = json.loads((two / done.folder / "bulletin.json").read_text(encoding="utf-8"))
    where = {one["where"]: one for one in told["changes"]}

    before, after = leaves(old), leaves(new)
    number = (int, float)
    whole = [w for w in where if w.count(".") == 1 and w.split(".")[0] in ("incidents", "statements", "tallies")]
    expected = {
        key
        for key in {*before, *after}
        if before.get(key) != after.get(key)
        and any(isinstance(v, number) and not isinstance(v, bool) for v in (before.get(key), after.get(key)))
        and key.split(".")[0] not in ("observations", "methods")
        and not any(key.startswith(f"{w}.") for w in whole)
    }
    assert len(expected) > 10
    missing = expected - set(where)
    assert not missing
    assert all(one["why"] and all(one["why"]) for one in told["changes"])
    assert not any("decisions or reviews of people since" in why for one in told["changes"] for why in one["why"])
    causes = " | ".join(told["causes"])
    assert "modis: inbox/modis.csv came anew" in causes
    assert "reports: inbox/reports.csv came anew" in causes
    assert "press: inbox/press_20310420.txt came anew" in causes
    gone = [one for one in told["changes"] if one["where"].startswith("incidents.") and one["is"] is None]
    assert any("the row is no longer there" in why for one in gone for why in one["why"])
    (velm,) = new["incidents"]
    assert velm["grade"] == "unverifiable"
    assert where[f"incidents.{velm['id']}.grade"]["was"] == "single_source"
    assert (old["totals"]["incidents"]["counted"], new["totals"]["incidents"]["counted"]) == (2, 0)
    assert where["totals.incidents.counted"]["is"] == 0
    text = (two / done.folder / "corrigendum.txt").read_text(encoding="utf-8")
    assert "totals.incidents.counted: 2 -> 0" in text
    assert text.startswith("INTERNAL – NOT FOR RELEASE")


def test_both_parties_answer_in_the_same_window(two: Path) -> None:
    """Words beside the incident, weighed nowhere; late for one is late for the other; the corrigendum carries them."""
    with pytest.raises(CaseError, match="no issued bulletin lists"):
        issuing.answer(two, "i0", party="alpha", reply=False, person="Head", text="no", at=AT)
    reviewed(two)
    done = issuing.issue(two, DAY, person="Head", at=AT)
    key = done.incidents[0]
    say: dict[str, Any] = {"person": "Head", "text": "We dispute it, see 42.50123, -150.40321"}
    given = [
        issuing.answer(two, key, party=party, reply=reply, at=done.closes_at + timedelta(minutes=late), **say)
        for party, reply, late in (("bravo", False, -1), ("alpha", True, 0), ("alpha", False, 1), ("bravo", False, 1))
    ]
    assert [one.late for one in given] == [False, False, True, True]
    with pytest.raises(CaseError, match="gamma"):
        issuing.answer(two, key, party="gamma", reply=False, at=AT + timedelta(days=9), **say)
    before = now(two)
    again = issuing.issue(two, DAY, person="Head", at=AT + timedelta(days=9))
    after = now(two)
    (one,) = [i for i in after["incidents"] if i["id"] == key]
    assert [(a["party"], a["kind"], a["late"]) for a in one["answers"]] == [
        ("bravo", "dispute", False), ("alpha", "reply", False), ("alpha", "dispute", True), ("bravo", "dispute", True)
    ]  # fmt: skip
    assert after["totals"] == before["totals"]
    assert "42.50123" not in json.dumps(after)
    told = json.loads((two / again.folder / "corrigendum.json").read_text(encoding="utf-8"))
    assert len(told["answers"]) == 4
    page = (two / again.folder / "bulletin.html").read_text(encoding="utf-8")
    assert "after the window" in page


def test_the_terminal_reviews_issues_and_answers(two: Path) -> None:
    """The same by command; asked wrongly is exit 2."""
    assert call("review", two, "--day", DAY, "--reason", "x").exit_code == 2
    queue = call("review", two, "--day", DAY)
    assert "would settle it: a second voice" in queue.stdout
    assert call("issue", two, "--day", DAY, "--by", "Head").exit_code == 2
    assert call("review", two, "--day", DAY, "--by", "Ana", "--reason", "read every row").exit_code == 0
    assert call("review", two, "--day", DAY).stdout.strip() == "Nothing waits for review."
    done = call("issue", two, "--day", DAY, "--by", "Head", "--json")
    assert done.exit_code == 0, done.output
    key = now(two)["incidents"][0]["id"]
    said = call("answer", two, key, "--party", "bravo", "--by", "Head", "--text", "Not ours.")
    assert f"{key}: dispute of bravo" in said.stdout


def test_what_would_settle_it_follows_from_what_is_missing() -> None:
    """Contested asks both, a party's word asks for anybody else, a vague one for hour and place."""
    base: dict[str, Any] = {
        "grade": "single_source", "precision": "minute", "uncertainty_km": 1.0, "heat_beside": [], "class": "shelling",
        "roots": [{"name": "RNA", "independent": True, "origin": "third_party"}],
        "occurrence": {"evidence_against": []},
    }  # fmt: skip
    assert settle(base) == ["a second voice that does not repeat RNA"]
    wire = {"name": "Wire", "independent": True, "origin": "third_party"}
    contested = base | {
        "grade": "contested",
        "roots": [*base["roots"], wire],
        "occurrence": {"evidence_against": ["Wire: denies"]},
    }
    assert "Wire and RNA each rest on" in settle(contested)[0]
    claimed = base | {
        "roots": [{"name": "South", "independent": False, "origin": "party"}],
        "precision": "day",
        "uncertainty_km": 9.0,
    }
    assert settle(claimed) == ["an account by anybody but the parties", "the hour it happened", "a place known to 5 km"]
