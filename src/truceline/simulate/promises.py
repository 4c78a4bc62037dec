"""The named promises: what must hold in every run of a simulated world, each with what was seen.

    Seen (truth, bulletins, matches, figures) --promises_of--> Promise, Promise, ...

One function a promise; it gives None where the days that were run hold nothing of its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from truceline.simulate.happenings import THE_SHELLING
from truceline.simulate.matching import Bulletin, Found, Reading
from truceline.simulate.result import IncidentScore, Promise, StatementScore, StateScore
from truceline.simulate.truth import Event, Truth

NEITHER, DENIES = "neither_confirms_nor_denies", "denies"


@dataclass(frozen=True)
class Seen:
    """All that a promise may look at."""

    truth: Truth
    bulletins: tuple[Bulletin, ...]
    events: tuple[Event, ...]
    found: tuple[Found, ...]
    readings: tuple[Reading, ...]
    incidents: IncidentScore
    states: StateScore
    statements: StatementScore


Check = Callable[[Seen], Promise | None]


def promises_of(seen: Seen) -> tuple[Promise, ...]:
    """Every promise that the days run have something to say about."""
    return tuple(promise for check in CHECKS if (promise := check(seen)) is not None)


def _shelling(seen: Seen) -> Promise | None:
    planted = [event for event in seen.events if event.story == THE_SHELLING]
    if not planted:
        return None
    times = [sum(one.event == event for one in seen.found) for event in planted]
    return Promise(
        "the shelling is one counted incident", times == [1] * len(planted), f"counted {_list(times)} time(s)"
    )


def _all_found(seen: Seen) -> Promise | None:
    if not seen.incidents.planted:
        return None
    i = seen.incidents
    what = f"{len(i.found)} of {i.planted} found once, {i.repeated} repeated, {len(i.false_alarms)} false alarms"
    what += f"; missed: {', '.join(i.missed)}" if i.missed else ""
    return Promise(
        "every event is one incident, and nothing else is", not (i.missed or i.repeated or i.false_alarms), what
    )


def _copies(seen: Seen) -> Promise | None:
    """Copies may neither make a second incident nor a second voice."""
    copied = [event for event in seen.events if event.copies > 1 and event.countable]
    if not copied:
        return None
    faults = []
    for event in copied:
        its = [one for one in seen.found if one.event == event]
        voices = [sum(root["independent"] for root in one.incident["roots"]) for one in its]
        if len(its) != 1:
            faults.append(f"{event.id} counted {len(its)} times")
        faults += [f"{event.id} has {n} voices for {event.voices}" for n in voices if n > event.voices]
    rows = sum(event.copies for event in copied)
    what = f"{rows} rows of {len(copied)} stories; " + (", ".join(faults) or "each one incident, one voice an agency")
    return Promise("copies are one voice", not faults, what)


def _harvest(seen: Seen) -> Promise | None:
    fires = [fire for fire in seen.truth.benign_fires if fire.kind == "harvest"]
    if not fires:
        return None
    made = seen.incidents.from_benign_fire
    return Promise(
        "harmless fires make no incident", made == 0, f"{len(fires)} fields burnt, {made} incident(s) made of fire"
    )


def _clouded(seen: Seen) -> Promise | None:
    table = seen.states.clouded
    if not seen.bulletins:
        return None
    held = table["undetermined"] > 0 and sum(table.values()) == table["undetermined"]
    return Promise("the clouded, unwatched stretch is undetermined", held, _table(table))


def _dead_not_quiet(seen: Seen) -> Promise | None:
    table = seen.states.dead_feed
    if not seen.truth.dead_feeds:
        return None
    held = sum(table.values()) > 0 and not table["quiet"]
    return Promise("the stretch of the dead feed is not quiet", held, _table(table))


def _dead_named(seen: Seen) -> Promise | None:
    if not seen.truth.dead_feeds:
        return None
    missing = []
    for bulletin in seen.bulletins:
        failed = {feed["name"] for feed in bulletin["feeds"] if feed["state"] == "failed"}
        page_one = " ".join([*bulletin["restrictions"], *bulletin["reasons"]])
        missing += [
            f"{bulletin['day']} {name}" for name in seen.truth.dead_feeds if name not in failed or name not in page_one
        ]
    what = f"{_list(seen.truth.dead_feeds)} named in every bulletin" if not missing else f"not named: {_list(missing)}"
    return Promise("page one names the dead feed", not missing, what)


def _neither(seen: Seen) -> Promise | None:
    planted = seen.statements.planted.get(NEITHER, 0)
    if not planted:
        return None
    said = [one for one in seen.readings if one.said is not None and one.said.position == NEITHER]
    denials = sum(one.statement["position"] == DENIES for one in said)
    right = seen.statements.right[NEITHER]
    what = f"{planted} planted, {right} found as neither, {denials} taken for a denial"
    return Promise("'neither' is no denial", not denials and right == planted, what)


def _denials(seen: Seen) -> Promise | None:
    planted = [one for one in seen.readings if one.said is not None and one.said.position == DENIES]
    if not seen.statements.planted.get(DENIES):
        return None
    softened = sum(one.statement["position"] == NEITHER for one in planted)
    what = f"{seen.statements.planted[DENIES]} planted, {softened} taken for 'neither'"
    return Promise("a denial is no 'neither'", not softened, what)


def _tally(seen: Seen) -> Promise | None:
    if not seen.statements.tallies_planted:
        return None
    s = seen.statements
    what = (
        f"{s.tallies_found} of {s.tallies_planted} kept as tallies; in counts: {_list(s.tallies_in_counts) or 'none'}"
    )
    return Promise("a party's tally is in no count", not s.tallies_in_counts, what)


def _party_only(seen: Seen) -> Promise | None:
    alone = [event for event in seen.events if not event.countable]
    made = seen.incidents.from_claims
    if not alone and not seen.truth.allegations:
        return None
    what = (
        f"{len(seen.truth.allegations)} claims of what was not, {len(alone)} true event(s) beyond reach; {made} counted"
    )
    return Promise("a claim alone is not counted", made == 0, what)


def _quiet_is_quiet(seen: Seen) -> Promise | None:
    wrong = seen.states.said_quiet_with_fire
    what = f"{seen.states.said_quiet} said quiet, {len(wrong)} of them had fire" + (
        f": {_list(wrong)}" if wrong else ""
    )
    return Promise("no fire where it was said quiet", not wrong, what)


def _quiet_is_said(seen: Seen) -> Promise | None:
    """A tool that never says quiet is safe and useless."""
    table = seen.states.well_watched_quiet
    total = sum(table.values())
    if not total:
        return None
    return Promise("quiet is said where it was watched", table["quiet"] * 10 >= total * 7, _table(table))


def _furniture(seen: Seen) -> Promise | None:
    if not seen.truth.furniture:
        return None
    drawn = seen.statements.from_furniture
    return Promise("titles and captions speak for nobody", drawn == 0, f"{drawn} statement(s) drawn from them")


def _marked(seen: Seen) -> Promise | None:
    unmarked = [bulletin["day"] for bulletin in seen.bulletins if bulletin["exercise"] is not True]
    return Promise("every bulletin says EXERCISE", not unmarked, _list(unmarked) or f"{len(seen.bulletins)} do")


def _table(table: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {state.replace('_', ' ')}" for state, n in table.items() if n) or "no such sector-day"


def _list(items: object) -> str:
    return ", ".join(map(str, items)) if isinstance(items, list | tuple) else str(items)


CHECKS: tuple[Check, ...] = (
    _shelling,
    _copies,
    _all_found,
    _harvest,
    _clouded,
    _dead_not_quiet,
    _dead_named,
    _neither,
    _denials,
    _tally,
    _party_only,
    _quiet_is_quiet,
    _quiet_is_said,
    _furniture,
    _marked,
)
