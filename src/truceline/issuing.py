"""From draft to issued: people review, somebody issues, and what is learned later becomes a corrigendum.

    run a day --bulletin--> queue, what would settle it --review--> reviewed --issue--> bytes that never change
    run it again, later --> another bulletin --issue--> corrigendum: each changed number, and why

The program issues nothing by itself, and names nobody who reviewed. Start at `issue`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from truceline.errors import CaseError, LedgerError, OutputError
from truceline.ledger import Ledger
from truceline.ledger.issues import Issue, issued_bytes, issues, keep_answer, keep_issue
from truceline.ledger.reviews import review as keep_review
from truceline.report.bulletin import as_json
from truceline.report.corrigendum import as_text, corrigendum
from truceline.report.settle import settle
from truceline.terms import read_agreement
from truceline.terms.answer import Answer
from truceline.terms.decision import Attached, Outcome, Review
from truceline.watch import linked, run

Say = Callable[[str], None]
# What a party alone claims is printed as that and needs nobody's review.
_WITHOUT_REVIEW = frozenset({"unverifiable"})


@dataclass(frozen=True)
class Waiting:
    """An incident that waits for review, and what would settle it."""

    incident: Mapping[str, Any]
    settles: tuple[str, ...]


def queue(
    folder: Path, day: date, *, roots: Sequence[Path] = (), now: datetime | None = None, say: Say = lambda _: None
) -> tuple[Waiting, ...]:
    """What waits for review on a day: contested first, then by how much rests on it."""
    bulletin = _bulletin(folder, day, roots, now, say)
    waiting = [one for one in bulletin["incidents"] if _waits(one)]
    order = ("contested", "confirmed", "corroborated", "single_source", "discounted")
    waiting.sort(key=lambda one: (order.index(one["grade"]), one["from"], one["id"]))
    return tuple(Waiting(one, tuple(settle(one))) for one in waiting)


def review(
    folder: Path,
    day: date,
    incidents: Sequence[str],
    outcome: Outcome,
    *,
    statements: Sequence[str] = (),
    person: str,
    reason: str,
    at: datetime,
    roots: Sequence[Path] = (),
    now: datetime | None = None,
    say: Say = lambda _: None,
) -> tuple[Review, ...]:
    """Keep one person's review of some incidents of a day, as they stand now.

    Args:
        folder: The case folder.
        day: Bulletin day.
        incidents: Ids; none means every one that waits for review.
        outcome: They stand, or are held unlikely.
        statements: Statements of any bulletin of the case that are about the one incident.
        person, reason: Who, and why.
        at: Now, UTC.
        roots, now, say: As `watch.run`.
    Raises:
        CaseError: An id is not of that day, or a statement is in no bulletin.
    """
    if statements and len(incidents) != 1:
        raise ValueError("a statement is found to be about one incident: name that one")
    result = linked(folder, day, roots=roots, now=now, say=say)
    judged = {a.incident.id: a for a in result.assessments.assessments}
    if not incidents:
        bulletin = _bulletin(folder, day, roots, now, say)
        incidents = [one["id"] for one in bulletin["incidents"] if _waits(one)]
    unknown = sorted(set(incidents) - set(judged))
    if unknown:
        raise CaseError(
            "review", f"{unknown[0]} is no incident of {day}", "Take the ids from `truceline review CASE --day`"
        )
    attached = [_statement(folder, key) for key in statements]
    with Ledger(folder / "ledger") as ledger:
        return tuple(
            keep_review(
                ledger, key, judged[key].state, outcome, statements=attached, person=person, at=at, reason=reason
            )
            for key in incidents
        )


def issue(
    folder: Path,
    day: date,
    *,
    person: str,
    at: datetime,
    roots: Sequence[Path] = (),
    now: datetime | None = None,
    say: Say = lambda _: None,
) -> Issue:
    """Issue the bulletin of a day, or, where it was issued before, a corrigendum with the bulletin as it is now.

    Args:
        folder: The case folder.
        day: Bulletin day.
        person: Who issues.
        at: Now, UTC: the window for answers opens, for every party alike.
        roots, now, say: As `watch.run`.
    Raises:
        CaseError: Something waits for review, or nothing changed since the last issue.
        LedgerError: An earlier issue in the folder was altered.
    """
    agreement = read_agreement(folder)
    with Ledger(folder / "ledger") as ledger:
        earlier = issues(ledger, day)
        for one in issues(ledger):
            restore(folder, ledger, one)
    bulletin = _bulletin(folder, day, roots, now, say)
    waiting = [one["id"] for one in bulletin["incidents"] if _waits(one)]
    if waiting:
        raise CaseError(
            "issue",
            f"{day}: {len(waiting)} incident(s) wait for review, {waiting[0]} among them",
            f"See `truceline review CASE --day {day}`",
        )
    place = folder / "bulletins" / day.isoformat()
    files = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
    with Ledger(folder / "ledger") as ledger:
        if earlier:
            last = earlier[-1]
            before = json.loads(issued_bytes(ledger, last, "bulletin.json"))
            told = corrigendum(before, bulletin, number=last.number + 1, sha256=last.files["bulletin.json"])
            if (
                not told["changes"]
                and hashlib.sha256(files["bulletin.json"]).hexdigest() == last.files["bulletin.json"]
            ):
                raise CaseError("issue", f"{day}: nothing changed since it was issued", "Nothing has to be corrected")
            files |= {"corrigendum.json": as_json(told).encode(), "corrigendum.txt": as_text(told).encode()}
        ids = tuple(one["id"] for one in bulletin["incidents"])
        kept = keep_issue(
            ledger,
            day,
            files,
            incidents=ids,
            person=person,
            at=at,
            reply_h=agreement.reply_h,
            simulated=agreement.exercise,
        )
        restore(folder, ledger, kept)
    return kept


def answer(folder: Path, incident: str, *, party: str, reply: bool, person: str, text: str, at: datetime) -> Answer:
    """Keep a party's dispute of an issued incident, or its reply; every party is asked in the same window.

    Raises:
        CaseError: The party or the incident is not known.
    """
    agreement = read_agreement(folder)
    try:
        agreement.party(party)
    except ValueError as error:
        raise CaseError("answer", str(error), "Take a party of truce.toml") from error
    with Ledger(folder / "ledger") as ledger:
        return keep_answer(ledger, incident, party=party, reply=reply, person=person, text=text, at=at)


def restore(folder: Path, ledger: Ledger, one: Issue) -> None:
    """Have an issue's files in the case as they were issued: write what is missing, refuse what was altered."""
    place = folder / one.folder
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name in sorted(one.files):
            file, data = place / name, issued_bytes(ledger, one, name)
            if not file.exists():
                file.write_bytes(data)
            elif file.read_bytes() != data:
                raise LedgerError(
                    "issue",
                    f"{one.folder}/{name} was altered after it was issued",
                    "Remove it; the ledger has the original",
                )
    except OSError as error:
        raise OutputError(
            "issue",
            f"{one.folder} cannot be written ({error.strerror})",
            "Make the case folder writable, then run again",
        ) from error


def _waits(one: Mapping[str, Any]) -> bool:
    return one["grade"] not in _WITHOUT_REVIEW and one["review"]["state"] == "draft"


def _bulletin(folder: Path, day: date, roots: Sequence[Path], now: datetime | None, say: Say) -> dict[str, Any]:
    (place,) = run(folder, [day], roots=roots, now=now, say=say)
    read: dict[str, Any] = json.loads((place / "bulletin.json").read_text(encoding="utf-8"))
    return read


def _statement(folder: Path, key: str) -> Attached:
    """A statement from whichever bulletin of the case has it."""
    for file in sorted((folder / "bulletins").glob("*/bulletin.json")):
        for one in json.loads(file.read_text(encoding="utf-8"))["statements"]:
            if one["id"] == key:
                return Attached(key, one["party"], one["about_party"], one["position"], one["speaker"])
    raise CaseError("review", f"no bulletin has a statement {key!r}", "Run the day on which it came out first")
