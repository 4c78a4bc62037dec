"""The story of the program: one truce, day by day, from received bytes to a bulletin. Read this first.

    truce.toml -> terms    what was promised, by whom accepted, in each party's reading
    bytes -> ledger        what we received, unaltered
    -> feeds               records, documents, control areas: parsing only, no opinions
    -> statements          who said what, to the letter
    then, for each day
    -> ground              where it applies: line, sectors
    -> observations        what was perceived, and what could have been
    -> incidents           one thing that happened, however many saw it
    -> assessment          how sure; active, quiet, undetermined, not observed
    -> compliance          which promise was kept, which was not, which cannot be told
    -> report              the bulletin people read

Every room takes values from the rooms before it and gives values on. No room asks the time: what is
known is chosen once, by the cut-off of the ledger's snapshot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from truceline.assessment import Assessments, acts_of_fire, assess
from truceline.compliance import check, known_of, windows
from truceline.errors import CaseError, FeedError, NotYet
from truceline.feeds import Records, collect
from truceline.ground import Ground, borders, lay_out
from truceline.ground.borders import Borders
from truceline.ground.control_area import ControlArea
from truceline.ground.fixed import FixedGround, fix
from truceline.ground.ground import lengths_of, moved
from truceline.incidents import Names, link, name_of
from truceline.ledger import Ledger, Receipt, answers, decisions, read_case_file, receive, reviews
from truceline.observations import Observed, observe
from truceline.observations.heat import Scorer
from truceline.observations.ordinary import baseline_of, in_season
from truceline.report import DayResult, compose, lay_map, write_bulletin
from truceline.spacetime import When, iso
from truceline.statements import extract
from truceline.statements.bearing import bearing
from truceline.statements.labelled import of_day, with_labelled
from truceline.statements.statement import Statements
from truceline.terms import Agreement, read_agreement
from truceline.terms.answer import Answer
from truceline.terms.decision import Decision, Review
from truceline.terms.event_class import EventClass

Say = Callable[[str], None]


@dataclass(frozen=True)
class Case:
    """A case as it stands for one run: everything the days have in common."""

    agreement: Agreement
    borders: Borders
    receipts: tuple[Receipt, ...]
    records: Records
    statements: Statements
    fixed: FixedGround
    decisions: tuple[Decision, ...] = ()
    names: Names | None = None
    reviews: tuple[Review, ...] = ()
    answers: tuple[Answer, ...] = ()
    baseline: Scorer | None = None

    @property
    def control_areas(self) -> tuple[ControlArea, ...]:
        """The areas drawn by the map the agreement names; another feed's map is not the line."""
        return drawn_by((self.agreement.ground.map,), self.receipts, self.records)

    @property
    def maps_beside(self) -> tuple[ControlArea, ...]:
        """The areas other publishers drew, by the feeds the agreement names beside its own map."""
        return drawn_by(self.agreement.ground.also, self.receipts, self.records)

    @property
    def published(self) -> dict[str, date]:
        """The day each text came out, where it is known."""
        texts = {d.id: d.published for d in self.records.documents if d.published is not None}
        return texts | {q.id: q.published for q in self.records.quotes}


def run(
    folder: Path,
    days: Sequence[date] = (),
    *,
    roots: Sequence[Path] = (),
    cutoff: datetime | None = None,
    now: datetime | None = None,
    say: Say = lambda _: None,
) -> list[Path]:
    """Write the bulletins of some days of a case.

    Args:
        folder: The case folder.
        days: Bulletin days; none means every day of the agreement's period.
        roots: Further folders the feeds' paths may lie under.
        cutoff: As known at that moment (UTC); None takes all that is in the ledger.
        now: Days that are not closed by then are refused, exercises excepted; None refuses none.
        say: Told what is being done, one line at a time.
    Returns:
        The folders of the bulletins, in the order of the days.
    """
    agreement = read_agreement(folder)
    wanted = sorted(set(days)) or list(agreement.days())
    refuse_open_days(agreement, wanted, now)
    compared = {day: _compared_with(agreement, day) for day in wanted}
    every = sorted({*wanted, *(other for pairs in compared.values() for _, other in pairs)})
    case = open_case(folder, agreement, every, roots=roots, cutoff=cutoff, say=say)
    results = {day: judge(case, day) for day in _told(every, say, "Judging")}
    _keep_names(folder, results.values())
    written = []
    for day in _told(wanted, say, "Writing"):
        others = [(name, results.get(other), other) for name, other in compared[day]]
        bulletin = compose(agreement, results[day], others, as_known_at=None if cutoff is None else iso(cutoff))
        place = folder / "bulletins" / day.isoformat()
        write_bulletin(bulletin, lay_map(agreement, results[day], case.borders), place)
        written.append(place)
    return written


def open_case(
    folder: Path,
    agreement: Agreement,
    days: Sequence[date],
    *,
    roots: Sequence[Path],
    cutoff: datetime | None,
    say: Say,
) -> Case:
    """Receive what the feeds declare for these days, parse it, and read the statements in it."""
    window = When(agreement.covers(days[0]).start, agreement.covers(days[-1]).end)
    with Ledger(folder / "ledger") as ledger:
        say("Receiving files")
        drawn = borders_of(ledger, folder, agreement, roots)
        _refuse_unknown_countries(agreement, drawn)
        receipts = receive(ledger, agreement, days, case=folder, roots=roots, cutoff=cutoff)
        say("Reading feeds")
        records = collect(agreement, receipts, window, ledger.read)
        kept = partial(read_case_file, ledger, who="ground", case=folder, roots=roots, simulated=agreement.exercise)
        fixed = fix(agreement, drawn_by((agreement.ground.map,), receipts, records), drawn, kept)
        decided = decisions(ledger, cutoff)
        reviewed, answered = reviews(ledger, cutoff), answers(ledger, cutoff)
        names = Names(ledger.names(), frozenset(report.id for report in records.reports))
    say("Reading statements")
    said = extract(records.documents, agreement.parties, zone=agreement.zone)
    statements = with_labelled(said, records.quotes, agreement.zone)
    records, baseline = baseline_of(records)
    return Case(agreement, drawn, receipts, records, statements, fixed, decided, names, reviewed, answered, baseline)


def judge(case: Case, day: date) -> DayResult:
    """Everything that can be said of one day. A pure step: the same case and day give the same result."""
    agreement, period = case.agreement, case.agreement.covers(day)
    ground, trouble = ground_of(case, day)
    observed, assessments = seen(case, ground, period)
    sector_km = {} if ground is None else {sector.id: sector.length_km for sector in ground.sectors}
    beside = known_of(agreement, case.records, observed, assessments, sector_km, ground)

    said, said_before = (
        of_day(case.statements, case.published, agreement.covers(when), agreement.zone)
        for when in (day, day - timedelta(days=1))
    )
    languages = {document.id: document.language for document in case.records.documents}

    def seen_in(part: When) -> Assessments:
        return seen(case, ground, part)[1]

    return DayResult(
        day=day,
        period=period,
        records=case.records,
        receipts=case.receipts,
        ground=ground,
        ground_trouble=trouble,
        lengths=() if ground is None else lengths_of(ground, case.control_areas, case.borders),
        movement=() if ground is None else moved(ground, case.control_areas, case.maps_beside, case.fixed.parties),
        observed=observed,
        assessments=assessments,
        findings=check(agreement, period, assessments, sector_km, seen_in, beside),
        windows=windows(agreement, period, assessments, seen_in, beside),
        statements=said,
        bearings=bearing(said, said_before, agreement.parties, languages),
        answers=case.answers,
        baseline=None if case.baseline is None else case.baseline.named,
        season=in_season(case.records.detections, agreement, day, case.baseline),
    )


def seen(case: Case, ground: Ground | None, period: When) -> tuple[Observed, Assessments]:
    """What was perceived in a period, and what it comes to."""
    agreement = case.agreement
    named = (event for provision in agreement.provisions for event in provision.classes)
    classes = tuple(dict.fromkeys((*acts_of_fire(agreement), EventClass.FIRE_UNDETERMINED, *named)))
    observed = observe(case.records, ground, period, agreement=agreement, classes=classes, baseline=case.baseline)
    incidents = link(observed.observations, case.decisions, case.names)
    said = of_day(case.statements, case.published, period, agreement.zone)
    return observed, assess(incidents, observed, agreement, said.statements, case.reviews)


def linked(
    folder: Path, day: date, *, roots: Sequence[Path] = (), now: datetime | None = None, say: Say = lambda _: None
) -> DayResult:
    """The incidents of one closed day, with the reasons for every link; their names are kept."""
    agreement = read_agreement(folder)
    refuse_open_days(agreement, [day], now)
    case = open_case(folder, agreement, [day], roots=roots, cutoff=None, say=say)
    say(f"Linking {day}")
    result = judge(case, day)
    _keep_names(folder, [result])
    return result


def _keep_names(folder: Path, results: Iterable[DayResult]) -> None:
    """Whatever comes later, these incidents keep their ids. An incident's founder stands first."""
    with Ledger(folder / "ledger") as ledger:
        for result in results:
            for one in result.assessments.assessments:
                its = one.incident.observations
                ledger.name((o, one.incident.id) for o in sorted(its, key=lambda o: (name_of(o) != one.incident.id, o)))


def ground_of(case: Case, day: date) -> tuple[Ground | None, str | None]:
    """Line and sectors of the day, or why there are none."""
    terms = case.agreement.ground
    try:
        ground = lay_out(
            case.control_areas,
            day,
            borders=case.borders,
            tolerance_km=terms.tolerance_km,
            sector_km=terms.sector_km,
            depth_km=terms.depth_km,
            on_land_of=terms.countries,
            fixed=case.fixed,
            others=case.maps_beside,
        )
    except FeedError as error:
        return None, error.what
    return ground, None


def drawn_by(feeds: Sequence[str], receipts: Sequence[Receipt], records: Records) -> tuple[ControlArea, ...]:
    entries = {r.entry.id for r in receipts if r.entry and r.expected.feed in feeds}
    return tuple(area for area in records.control_areas if area.entry in entries)


def borders_of(ledger: Ledger, folder: Path, agreement: Agreement, roots: Sequence[Path]) -> Borders:
    """Keep the case file, and read the borders it names: a map without coast would draw a line that is none."""
    kept = partial(read_case_file, ledger, case=folder, roots=roots, simulated=agreement.exercise)
    kept("truce.toml", who="case")
    named = agreement.ground.borders
    if named == "builtin":
        return borders.builtin()
    return borders.from_geojson(kept(named, who="ground.borders"), name=named)


def _refuse_unknown_countries(agreement: Agreement, drawn: Borders) -> None:
    for name in agreement.ground.countries:
        try:
            drawn.country(name)
        except ValueError as error:
            raise CaseError(
                "truce.toml", f"ground.countries: {error}", "Write the name as the borders have it"
            ) from error


def _compared_with(agreement: Agreement, day: date) -> list[tuple[str, date]]:
    return [("previous period", day - timedelta(days=1))] + [
        ("reference day", reference) for reference in agreement.reference_days if reference != day
    ]


def refuse_open_days(agreement: Agreement, days: Iterable[date], now: datetime | None) -> None:
    """Nothing is told about a day before it is over: coverage ahead of time would help whoever wants to hide."""
    if now is None or agreement.exercise:
        return
    for day in days:
        if agreement.cutoff_of(day) > now:
            raise NotYet("watch", f"{day} closes at {iso(agreement.cutoff_of(day))}", "Ask again after that")


def _told(days: Iterable[date], say: Say, verb: str) -> Iterable[date]:
    for day in days:
        say(f"{verb} {day}")
        yield day
