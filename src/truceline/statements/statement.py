"""The nouns of this room: who said what, with which position, byte-exact.

    Statement     one party's or person's words on one matter, pointing into the raw text
    Tally         a number a party claims; it is in no count of ours
    Statements    all of them, and what was skipped with the reason

In: spans into `Document.text`. Out: values that carry the exact words. A span is a half-open
[start, end) of character offsets into the text as received.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from truceline.spacetime import When, iso
from truceline.terms.party import Origin

Span = tuple[int, int]


LEARNED = "learned, chance"  # how the reason of a position begins that no rule gave


class Position(StrEnum):
    """What a speaker does with a proposition. Defined with examples in docs/words.md."""

    ASSERTS = "asserts"
    ACKNOWLEDGES = "acknowledges"
    ACKNOWLEDGES_IN_PART = "acknowledges_in_part"
    DENIES = "denies"
    NEITHER_CONFIRMS_NOR_DENIES = "neither_confirms_nor_denies"
    NO_COMMENT = "no_comment"
    ACCUSES = "accuses"
    PROMISES = "promises"
    CONDITIONS = "conditions"
    CALLS_FOR = "calls_for"
    ACCEPTS = "accepts"
    REJECTS = "rejects"
    PREDICTS = "predicts"
    REPORTS = "reports"
    UNCLEAR = "unclear"


class Confidence(StrEnum):
    """How sure the reading is: of speaker, extent and position together, never of the truth."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True)
class Statement:
    """Words of one speaker on one matter.

    Attributes:
        id: Hash of document and spans; it does not depend on what else was read.
        parent: Id of the statement inside whose content this one stands, None at the top.
        root: Key of the testimony; copies of one text share it and are one voice.
        source: The words that name the speaker; empty where the text names nobody.
        cue: The words that make it a statement ("said", "could neither confirm nor deny").
        content: What was said. Where the content only points back ("a position A has rejected"),
            the words it points to come first.
        speaker: Name, resolved from pronouns; empty where nobody is named.
        role: "spokesman", "defence ministry" …, empty where none is given.
        party: Party id; the state's plain name where the case has no such party; else None.
        about_party: Whose act the proposition is about; may be the speaker's own party.
        proposition: What it is about, without polarity and modality, to compare statements by.
        said_at: None where the day cannot be told; `said_at_basis` says why, or how it was told.
        origin: PARTY for a party, THIRD_PARTY for agencies and other states, else UNKNOWN.
        text: The raw slices of `content`, joined by " … "; of a web page the words as a reader sees them.
        quoted: "direct", "indirect" or "mixed"; "not known" for what a person transcribed.
        attribution: Whether those who annotate newspapers would mark it as one (PolNeAR's guide); the ledger holds
            more. None where the reader is not sure, or has not learned the language.
        qualifiers: Modals, negation, conditions and dependencies, as they stand in the text.
        reason: The rule that gave the position, with its words.
        agencies: News agencies the story is credited to, those of an earlier printing of the same words included.
    """

    id: str
    parent: str | None
    document: str
    feed: str
    entry: str
    root: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str
    role: str
    party: str | None
    about_party: str | None
    position: Position
    proposition: str
    said_at: When | None
    said_at_basis: str
    confidence: Confidence
    origin: Origin
    text: str
    quoted: str
    qualifiers: tuple[str, ...]
    reason: str
    agencies: tuple[str, ...] = ()
    attribution: bool | None = None

    def to_json(self) -> dict[str, object]:
        """One row of `truceline statements --json`; times are ISO 8601 in UTC, spans are lists."""
        return {
            "id": self.id,
            "parent": self.parent,
            "document": self.document,
            "root": self.root,
            "source": [list(span) for span in self.source],
            "cue": [list(span) for span in self.cue],
            "content": [list(span) for span in self.content],
            "speaker": self.speaker,
            "role": self.role,
            "party": self.party,
            "about_party": self.about_party,
            "position": self.position.value,
            "proposition": self.proposition,
            "said_at": _interval(self.said_at),
            "confidence": self.confidence.value,
            "said_at_basis": self.said_at_basis,
            "origin": self.origin.value,
            "quote": self.text,
            "quoted": self.quoted,
            "attribution": self.attribution,
            "qualifiers": list(self.qualifiers),
            "reason": self.reason,
            "agencies": list(self.agencies),
        }


@dataclass(frozen=True)
class Tally:
    """A number of events a party claims, with whose claim it is. It never enters a count of ours.

    Attributes:
        inexact: "exact", "about" or "at_least".
        unit: What is counted, for example "artillery strikes" or "times fired".
    """

    id: str
    statement: str
    party: str | None
    about_party: str | None
    number: int
    inexact: str
    unit: str
    span: Span
    text: str

    def to_json(self) -> dict[str, object]:
        """The tally as plain values."""
        return {
            "id": self.id,
            "statement": self.statement,
            "party": self.party,
            "about_party": self.about_party,
            "number": self.number,
            "inexact": self.inexact,
            "unit": self.unit,
            "span": list(self.span),
            "text": self.text,
        }


@dataclass(frozen=True)
class Copy:
    """A later printing and the first one, in the order the documents were given.

    Attributes:
        alike: Share of their three-word sequences that both have, 1.0 for the same words.
        agencies: Who is named as the source by either: a copy without a credit keeps the first printing's.
    """

    document: str
    span: Span
    of_document: str
    of_span: Span
    alike: float
    agencies: tuple[str, ...]


@dataclass(frozen=True)
class Statements:
    """What a set of documents says.

    `skipped` pairs a document id with what was left out and why; `copies` are paragraphs printed before.
    """

    statements: tuple[Statement, ...] = ()
    tallies: tuple[Tally, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    copies: tuple[Copy, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Everything as plain values, in a fixed order."""
        return {
            "statements": [statement.to_json() for statement in self.statements],
            "tallies": [tally.to_json() for tally in self.tallies],
            "skipped": [{"document": document, "reason": reason} for document, reason in self.skipped],
        }


def stable_id(*natural: object) -> str:
    """A short hash of what makes a thing itself."""
    return hashlib.sha256("\x1f".join(map(str, natural)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _interval(when: When | None) -> str | None:
    return None if when is None else f"{iso(when.start)}/{iso(when.end)}"
