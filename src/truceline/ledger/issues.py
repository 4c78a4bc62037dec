"""What was issued, and what the parties answered: acts of their own, with the bytes kept for ever.

    day, files --keep_issue--> Issue (its bytes are objects of the ledger)
    a party's words on an incident --keep_answer--> Answer

A day is issued once; every later issue of it is a corrigendum. The window for answers opens and closes at the same
moment for every party; what comes after it is kept and marked late.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from truceline.errors import CaseError
from truceline.ledger.decisions import in_words
from truceline.ledger.entry import Entry, Source
from truceline.ledger.store import Ledger
from truceline.terms.answer import Answer

ISSUE, ANSWER = "issue", "answer"
ISSUED = "issued"  # the feed under which issued bytes are kept


@dataclass(frozen=True)
class Issue:
    """One issue of a bulletin.

    Attributes:
        number: 0 for the bulletin, then 1, 2 ... for its corrigenda.
        at: When, UTC; the window for answers opens then.
        closes_at: When it closes, for every party.
        files: SHA-256 of each file by name.
        incidents: Ids of the incidents it lists.
        person: Who issued it; stays in the ledger.
    """

    id: str
    day: date
    number: int
    at: datetime
    closes_at: datetime
    files: Mapping[str, str]
    incidents: tuple[str, ...]
    person: str

    @property
    def folder(self) -> str:
        """Where it lies in the case."""
        return f"{ISSUED}/{self.day}" + (f"-corrigendum-{self.number}" if self.number else "")


def keep_issue(
    ledger: Ledger,
    day: date,
    files: Mapping[str, bytes],
    *,
    incidents: tuple[str, ...],
    person: str,
    at: datetime,
    reply_h: float,
    simulated: bool,
) -> Issue:
    """Keep an issue with its bytes. The number follows from what was issued before."""
    number = len(issues(ledger, day))
    person = in_words(person, "person")
    for name, data in sorted(files.items()):
        ledger.add(data, _source(day, number, name, simulated))
    body = {
        "day": day.isoformat(),
        "number": number,
        "closes_at": (at + timedelta(hours=reply_h)).isoformat(timespec="seconds"),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
        "incidents": sorted(incidents),
        "person": person,
    }
    ledger.act(ISSUE, at, body)
    return issues(ledger, day)[-1]


def issues(ledger: Ledger, day: date | None = None, until: datetime | None = None) -> tuple[Issue, ...]:
    """What was issued, oldest first; of one day, where one is given."""
    every = (
        Issue(
            id=act.id,
            day=date.fromisoformat(act.body["day"]),
            number=int(act.body["number"]),
            at=act.at,
            closes_at=datetime.fromisoformat(act.body["closes_at"]),
            files=dict(act.body["files"]),
            incidents=tuple(act.body["incidents"]),
            person=act.body["person"],
        )
        for act in ledger.acts(ISSUE, until)
    )
    return tuple(one for one in every if day is None or one.day == day)


def issued_bytes(ledger: Ledger, issue: Issue, name: str) -> bytes:
    """A file as it was issued, checked against its SHA-256."""
    sha256 = issue.files[name]
    return ledger.read(Entry(issue.id, sha256, 0, _source(issue.day, issue.number, name, simulated=False)))


def keep_answer(
    ledger: Ledger, incident: str, *, party: str, reply: bool, person: str, text: str, at: datetime
) -> Answer:
    """Keep what a party says of an issued incident: a dispute, or a reply to one.

    Raises:
        CaseError: No issue lists the incident.
        ValueError: No person or no words are given.
    """
    about = [one for one in issues(ledger) if incident in one.incidents]
    if not about:
        raise CaseError("ledger", f"no issued bulletin lists an incident {incident!r}", "Answer what was issued")
    last = about[-1]
    body = {
        "incident": incident,
        "day": last.day.isoformat(),
        "issue": last.number,
        "party": party,
        "kind": "reply" if reply else "dispute",
        "person": in_words(person, "person"),
        "text": in_words(text, "text"),
        "late": at > last.closes_at,
    }
    ledger.act(ANSWER, at, body)
    return answers(ledger)[-1]


def answers(ledger: Ledger, until: datetime | None = None) -> tuple[Answer, ...]:
    """What the parties answered, oldest first."""
    return tuple(
        Answer(
            id=act.id,
            incident=act.body["incident"],
            issue=int(act.body["issue"]),
            party=act.body["party"],
            kind=act.body["kind"],
            text=act.body["text"],
            at=act.at,
            late=bool(act.body["late"]),
        )
        for act in ledger.acts(ANSWER, until)
    )


def _source(day: date, number: int, name: str, simulated: bool) -> Source:
    return Source(ISSUED, f"{day}/{number}/{name}", None, "the case's own", simulated)
