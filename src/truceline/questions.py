"""What one asks a case beside its bulletins: who could see, whether it changed, whether a sentence holds.

    case, day -> coverage     who could have seen what, and what is lost without a feed
    case, date -> changed     whether incidents became fewer, per observed sector-hour
    case -> claims            sentences people say about the ground, held against the maps
    case -> positions         who holds which position on what, and what bears on what

Each opens the case as `watch.py` does, calls the rooms it needs, and gives back values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from truceline.assessment import ANY
from truceline.assessment.daily import daily, lists_of
from truceline.assessment.holding import Holding, Told, holding
from truceline.feeds import Records, collect
from truceline.feeds.statements import press
from truceline.ground import Ground
from truceline.ground.claims import Verdict, days_needed
from truceline.ground.claims import check as check_claim
from truceline.ground.control_area import ControlArea
from truceline.ground.territory import Region, read_regions
from truceline.ledger import Ledger, read_case_file, receive
from truceline.observations import Observed, observe
from truceline.observations.exposure import Exposure
from truceline.observations.observe import exposure_of
from truceline.spacetime import When
from truceline.statements.relations import Positions, hold
from truceline.terms import Agreement, read_agreement
from truceline.terms.agreement import ClaimTerms
from truceline.terms.claims import sentences
from truceline.terms.event_class import EventClass
from truceline.watch import Say, borders_of, ground_of, open_case, refuse_open_days, seen


@dataclass(frozen=True)
class Coverage:
    """Who could have seen what on a day, and what is lost without some feeds.

    Attributes:
        exposure: What every feed looked at; `observed` is made of the same.
        whole: The same day with every feed; None where none was left out.
    """

    agreement: Agreement
    day: date
    ground: Ground | None
    ground_trouble: str | None
    records: Records
    exposure: Exposure
    observed: Observed
    whole: Observed | None


def coverage(
    folder: Path,
    day: date,
    *,
    without: Sequence[str] = (),
    roots: Sequence[Path] = (),
    now: datetime | None = None,
    say: Say = lambda _: None,
) -> Coverage:
    """Coverage of one closed day of a case, as if some of its feeds had been withdrawn.

    Args:
        folder: The case folder.
        day: Bulletin day.
        without: Feeds to leave out.
        roots: Further folders the feeds' paths may lie under.
        now: A day that is not closed by then is refused, exercises excepted; None refuses none.
        say: Told what is being done.
    Raises:
        NotYet: The day is not over.
        ValueError: A feed of `without` is not in the case, or is the map without which there is no line.
    """
    agreement = read_agreement(folder)
    for name in without:
        if agreement.feed(name).name == agreement.ground.map:
            raise ValueError(f"feed {name!r} is the map: without it there is no line to cover")
    refuse_open_days(agreement, [day], now)
    case = open_case(folder, agreement, [day], roots=roots, cutoff=None, say=say)
    period = agreement.covers(day)
    ground, trouble = ground_of(case, day)
    say(f"Covering {day}")

    def perceived(terms: Agreement, records: Records) -> Observed:
        return observe(records, ground, period, agreement=terms, classes=tuple(EventClass))

    terms, records = _withdrawn(agreement, case.records, without)
    whole = perceived(agreement, case.records) if without else None
    exposure = exposure_of(records, ground, period, terms)
    return Coverage(terms, day, ground, trouble, records, exposure, perceived(terms, records), whole)


def changed(
    folder: Path,
    at: date,
    *,
    before: int = 30,
    after: int = 30,
    first: date | None = None,
    last: date | None = None,
    event_class: str = ANY,
    known_changes: Sequence[date] = (),
    roots: Sequence[Path] = (),
    cutoff: datetime | None = None,
    now: datetime | None = None,
    say: Say = lambda _: None,
) -> Holding:
    """Whether incidents became fewer or more at a date, per observed sector-hour.

    Args:
        folder: The case folder.
        at: First day after.
        before, after: Days of each period.
        first, last: Days of the series, for placebo dates; the two periods where not given.
        event_class: A class, or ``any`` act of fire.
        known_changes: Other dates at which something is known to have happened.
        roots: Further folders the feeds' paths may lie under.
        cutoff: As known at that moment (UTC); None takes all that is in the ledger.
        now: Days that are not closed by then are refused, exercises excepted; None refuses none.
        say: Told what is being done.
    Raises:
        NotYet: A day is not over.
        ValueError: A period reaches beyond the series.
    """
    agreement = read_agreement(folder)
    start = min(at - timedelta(days=before), first or at)
    end = max(at + timedelta(days=after - 1), last or at)
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    refuse_open_days(agreement, days, now)
    case = open_case(folder, agreement, days, roots=roots, cutoff=cutoff, say=say)
    told = {}
    for day in days:
        say(f"Judging {day}")
        observed, assessments = seen(case, ground_of(case, day)[0], agreement.covers(day))
        lists = tuple(lists_of(assessments.assessments))
        told[day] = Told(daily(assessments, observed.coverage, event_class), lists)
    return holding(told, at, before=before, after=after, known_changes=known_changes)


def claims(
    folder: Path,
    *,
    more: Sequence[ClaimTerms] = (),
    from_texts: bool = False,
    roots: Sequence[Path] = (),
    say: Say = lambda _: None,
) -> tuple[Verdict, ...]:
    """Hold the sentences of a case against its maps.

    Args:
        folder: The case folder.
        more: Sentences beside those of the case file.
        from_texts: Also every sentence of the case's texts that says anything checkable, once a day of publication;
            of a text nobody dated it is not known which day it speaks of.
        roots: Further folders the feeds' paths may lie under.
        say: Told what is being done.
    """
    agreement = read_agreement(folder)
    asked = (*agreement.claims, *more)
    if from_texts:
        say("Reading texts")
        asked += _from_texts(folder, agreement, roots, say)
    maps_only = replace(agreement, feeds=tuple(f for f in agreement.feeds if f.name in agreement.map_feeds))
    days = sorted({day for claim in asked for day in days_needed(claim, agreement.parties)})
    with Ledger(folder / "ledger") as ledger:
        drawn = borders_of(ledger, folder, agreement, roots)
        regions: tuple[Region, ...] = ()
        if agreement.ground.regions is not None:
            text = read_case_file(
                ledger,
                agreement.ground.regions,
                who="ground.regions",
                case=folder,
                roots=roots,
                simulated=agreement.exercise,
            )
            regions = read_regions(text, who=agreement.ground.regions, name=agreement.ground.region_name)
        say("Reading maps")
        receipts = receive(ledger, maps_only, days, case=folder, roots=roots)
        window = When(agreement.covers(days[0]).start, agreement.covers(days[-1]).end) if days else None
        records = None if window is None else collect(maps_only, receipts, window, ledger.read)
    areas = () if records is None else records.control_areas
    # A day without a file is told by the verdict; a file that is there and cannot be read is told by name.
    absent = {receipt.missing for receipt in receipts if receipt.entry is None}
    troubles = () if records is None else tuple(t.what for t in records.troubles if t.what not in absent)
    by_publisher: dict[str, list[ControlArea]] = {}
    for area in areas:
        by_publisher.setdefault(area.publisher, []).append(area)
    verdicts = []
    for claim in asked:
        say(f"Checking {claim.id}")
        verdicts.append(
            check_claim(
                claim,
                terms=agreement.ground,
                parties=agreement.parties,
                maps=by_publisher,
                borders=drawn,
                regions=regions,
                troubles=troubles,
            )
        )
    return tuple(verdicts)


def positions(folder: Path, *, roots: Sequence[Path] = (), say: Say = lambda _: None) -> Positions:
    """Who holds which position on what in a case, over its whole period, as far as is known."""
    agreement = read_agreement(folder)
    case = open_case(folder, agreement, list(agreement.days()), roots=roots, cutoff=None, say=say)
    say("Putting statements of one matter together")
    return hold(agreement, case.statements, case.records)


def _from_texts(folder: Path, agreement: Agreement, roots: Sequence[Path], say: Say) -> tuple[ClaimTerms, ...]:
    """Checkable sentences of the case's texts, each with where it stands."""
    texts_only = replace(agreement, feeds=tuple(f for f in agreement.feeds if f.kind == press.NAME))
    days = agreement.days()
    window = When(agreement.covers(days[0]).start, agreement.covers(days[-1]).end)
    with Ledger(folder / "ledger") as ledger:
        receipts = receive(ledger, texts_only, days, case=folder, roots=roots)
        documents = collect(texts_only, receipts, window, ledger.read).documents
    found: dict[tuple[str, date], ClaimTerms] = {}
    for document in documents:
        for start, end in sentences(document.text, agreement.parties):
            if document.published is None:
                say(f"{document.name}, letter {start}: no date is known, so no map can be chosen")
                continue
            words = " ".join(document.text[start:end].split())
            claim = ClaimTerms(
                id=f"t{document.id[:8]}-{start}",
                text=words,
                said_on=document.published,
                said_by=document.publisher or "",
                source=f"{document.name}, letters {start} to {end}",
            )
            found.setdefault((words, document.published), claim)
    return tuple(found.values())


def _withdrawn(agreement: Agreement, records: Records, names: Sequence[str]) -> tuple[Agreement, Records]:
    """The case as it would be, had some feeds never given anything."""
    gone = set(names)
    left = replace(
        records,
        orbits=tuple(one for one in records.orbits if one.feed not in gone),
        clouds=tuple(one for one in records.clouds if one.feed not in gone),
        baselines=tuple(one for one in records.baselines if one.feed not in gone),
    )
    return replace(agreement, feeds=tuple(f for f in agreement.feeds if f.name not in gone)), left
