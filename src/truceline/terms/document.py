"""Read truce.toml: text to an `Agreement`, or an error that names file, key and mend.

    truce.toml --tomllib--> tables --pydantic--> nouns --rules.py--> Agreement

Start at `read_agreement`. What is wrong is reported all at once, never one line a run.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from truceline.errors import CaseError
from truceline.terms.agreement import (
    Acceptance,
    Agreement,
    ClaimTerms,
    FeedTerms,
    GroundTerms,
    SourceTerms,
    Status,
    TerritoryTerms,
    ZoneTerms,
)
from truceline.terms.keys import TABLE, Day, Id, Name, Text, Utc, ZoneName
from truceline.terms.party import Party
from truceline.terms.provision import Provision, Reading, Window
from truceline.terms.rules import broken_rules

MAX_BYTES = 1_000_000  # a case file is written by people; anything longer is a mistake or an attack


def _clock(text: str | time) -> time:
    if isinstance(text, time):
        return text
    if not re.fullmatch(r"\d\d:\d\d", text):
        raise ValueError(f'{text!r} is not a time of day; write "19:30"')
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f'{text!r} is not a time of day; write "19:30"') from error


@dataclass(frozen=True, config=TABLE)
class _Head:
    name: Text
    status: Status
    start: Utc
    end: Utc
    time_zone: ZoneName = "UTC"
    cutoff: Annotated[str | time, AfterValidator(_clock)] = "00:00"
    exercise: bool = False
    quiet_at: Annotated[float, Field(gt=0.0, lt=1.0)] = 0.9
    grid_deg: Annotated[float, Field(ge=0.05, le=5.0)] = 0.1
    delay_h: Annotated[float, Field(ge=0.0, le=100_000.0)] = 72.0
    reference_days: tuple[Day, ...] = ()
    two_people_above: Literal["unverifiable", "contested", "single_source", "corroborated"] = "single_source"
    reply_h: Annotated[float, Field(ge=1.0, le=100_000.0)] = 72.0


@dataclass(frozen=True, config=TABLE)
class _PartyTable:
    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    channels: tuple[Name, ...] = ()


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class _File:
    agreement: _Head
    ground: GroundTerms
    party: tuple[_PartyTable, ...] = Field(min_length=2)
    provision: tuple[Provision, ...] = Field(min_length=1)
    feed: tuple[FeedTerms, ...] = Field(min_length=1)
    acceptance: tuple[Acceptance, ...] = ()
    reading: tuple[Reading, ...] = ()
    source: tuple[SourceTerms, ...] = ()
    zone: tuple[ZoneTerms, ...] = ()
    window: tuple[Window, ...] = ()
    claim: tuple[ClaimTerms, ...] = ()
    territory: tuple[TerritoryTerms, ...] = ()


def read_agreement(path: Path) -> Agreement:
    """Read an agreement from a truce.toml.

    Args:
        path: The file, or the case folder that holds it.

    Returns:
        The agreement, checked.

    Raises:
        CaseError: The file is missing, not TOML, or says something impossible. The message names
            every key at fault and how to mend it.
    """
    file = path / "truce.toml" if path.is_dir() else path
    who = str(file)
    tables = _tables(file, who)
    try:
        said = TypeAdapter(_File).validate_python(tables)
    except ValidationError as error:
        faults = [_fault(item) for item in error.errors(include_url=False)]
        raise CaseError(
            who, "; ".join(faults), "Mend these keys; `truceline init` writes a commented example"
        ) from error
    head = said.agreement
    agreement = Agreement(
        name=head.name,
        status=head.status,
        start=head.start,
        end=head.end,
        time_zone=head.time_zone,
        cutoff=_clock(head.cutoff),
        exercise=head.exercise,
        parties=tuple(Party(p.id, p.name, p.aliases, p.channels) for p in said.party),
        ground=said.ground,
        provisions=said.provision,
        feeds=said.feed,
        acceptances=said.acceptance,
        readings=said.reading,
        sources=said.source,
        zones=said.zone,
        windows=said.window,
        claims=said.claim,
        territory=said.territory,
        reference_days=head.reference_days,
        quiet_at=head.quiet_at,
        grid_deg=head.grid_deg,
        delay_h=head.delay_h,
        two_people_above=head.two_people_above,
        reply_h=head.reply_h,
    )
    if broken := broken_rules(agreement):
        raise CaseError(who, "; ".join(broken), "Mend these keys, then run again")
    return agreement


def _tables(file: Path, who: str) -> dict[str, Any]:
    try:
        if file.exists() and not file.is_file():
            raise CaseError(who, "is not a file", "Give the folder of a case; `truceline init CASE` makes one")
        raw = file.read_bytes()
    except OSError as error:
        raise CaseError(
            who, f"cannot be read ({error.strerror})", "Give the folder of a case; `truceline init CASE` makes one"
        ) from error
    if len(raw) > MAX_BYTES:
        raise CaseError(who, f"is {len(raw)} bytes long", f"A case file has at most {MAX_BYTES} bytes")
    try:
        return tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise CaseError(who, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8") from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, and so is a number of 5,000 digits
        raise CaseError(
            who, f"is not TOML: {error}", "Mend that line; dates are written 2031-04-19T15:00:00Z"
        ) from error


def _fault(item: Any) -> str:
    """One fault in words: which key, what is wrong, what was written."""
    key = ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in item["loc"])
    if item["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"key '{key}' is not known"
    if item["type"] in ("missing", "missing_argument"):
        return f"key '{key}' is missing"
    shown = item["input"]
    shown = f" (written: {str(shown)[:60]!r})" if isinstance(shown, str | int | float | date | datetime) else ""
    message = str(item["msg"]).removeprefix("Value error, ")
    return f"key '{key}': {message}{shown}"
