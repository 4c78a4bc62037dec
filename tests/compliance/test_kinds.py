"""Every kind of provision beside no fire: a kept, a broken and an unknowable case, readings and windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.assessment.test_judgements import FEEDS, case, party, third
from tests.cases import DAY, NOON, island, observation, table
from truceline.assessment import Assessments, assess
from truceline.compliance import Finding, Verdict, check, known_of, windows
from truceline.errors import CaseError
from truceline.feeds.record import Interval, Records
from truceline.incidents import link
from truceline.observations import Observed
from truceline.observations.coverage import cover
from truceline.observations.schema import COVERAGE
from truceline.spacetime import When
from truceline.terms import Agreement
from truceline.terms.agreement import Outage
from truceline.terms.event_class import AT_FACILITIES, IN_THE_AIR, PRESENCE, EventClass
from truceline.terms.provision import Kind, Listed, Provision, Reading, Window

KM = {sector.id: sector.length_km for sector in island().sectors}
POWER = Listed(id="power", name="power stations", words=("power station*", "substation*"))
OIL = Listed(id="oil", name="oil refineries", words=("refiner*",))
LIST = Provision(id="P2", kind=Kind.FACILITY_LIST, text="Spare what is listed.", list=(POWER, OIL))
EVERYTHING = tuple(EventClass)


def terms(*provisions: Provision, **given: Any) -> Agreement:
    whole = {"start": DAY.start - timedelta(days=1), "end": DAY.end + timedelta(days=9), "readings": ()}
    sees = dict.fromkeys(EVERYTHING, 0.95)
    feeds = tuple(replace(feed, sees=sees) if feed.name == "posts" else feed for feed in FEEDS)
    return replace(case(), provisions=provisions, **({"feeds": feeds} | whole | given))


def seen(agreement: Agreement, *rows: dict[str, Any], watched: bool = True) -> tuple[Observed, Assessments, Records]:
    intervals = (Interval("posts", "e0", DAY, "staring"),) if watched else ()
    observations = table(*rows)
    coverage = cover(
        island().sectors, DAY, feeds=agreement.feeds, intervals=intervals, troubles=[], classes=list(EVERYTHING)
    )
    observed = Observed(DAY, observations, coverage)
    records = Records(detections=table(), intervals=intervals)
    return observed, assess(link(observations), observed, agreement), records


def findings(agreement: Agreement, *rows: dict[str, Any], watched: bool = True) -> tuple[Finding, ...]:
    observed, assessments, records = seen(agreement, *rows, watched=watched)
    known = known_of(agreement, records, observed, assessments, KM)
    return check(agreement, DAY, assessments, KM, lambda _: assessments, known)


def strike(key: str, text: str = "RNA: drone hits a power station in the north", **given: Any) -> dict[str, Any]:
    """A third party's word of an act far from the line."""
    return third(key, **({"event_class": "drone_attack", "text": text, "sector": None, "lat": 44.0} | given))


# --- facility lists -------------------------------------------------------------------------------------------


def test_a_listed_facility_is_found_by_the_words_of_a_voice_that_counts() -> None:
    """Broken: one counted incident, anywhere, whose independent words name what is listed; and nothing else."""
    (found,) = findings(terms(LIST), strike("a"), strike("b", "RNA: drone falls in a field", lat=45.0))
    assert found.verdict is Verdict.NOT_CONSISTENT
    assert len(found.incidents) == 1
    assert "power stations" in found.reason


def test_a_partys_word_puts_nothing_on_the_list() -> None:
    """An accusation beside somebody else's report of a strike makes no breach; it is named as claimed or not at all."""
    rows = [
        strike("a", "RNA: drone attack near Velm"),
        party("b", event_class="drone_attack", text="They hit a power station", sector=None, lat=44.0),
    ]
    (found,) = findings(terms(LIST), *rows)
    assert found.verdict is Verdict.NOT_ASSESSABLE
    assert found.incidents == ()
    (alone,) = findings(terms(LIST), rows[1])
    assert alone.verdict is Verdict.NOT_ASSESSABLE
    assert len(alone.claimed) == 1
    assert "1 reported at what it names stands in no count" in alone.reason


def test_a_list_is_kept_only_where_somebody_watches_what_it_names() -> None:
    """Kept: the feeds declared to watch the list were on watch all the time and saw nothing."""
    watched = replace(LIST, watch=("posts",))
    (found,) = findings(terms(watched))
    assert found.verdict is Verdict.CONSISTENT
    (blind,) = findings(terms(watched), watched=False)
    assert blind.verdict is Verdict.NOT_ASSESSABLE
    (nobody,) = findings(terms(LIST))
    assert nobody.verdict is Verdict.NOT_ASSESSABLE
    assert "nobody is on watch at what the list names" in nobody.reason


def test_two_lists_flip_exactly_the_incidents_between_them() -> None:
    """One reading lists power and oil, the other power alone: the refinery flips, nothing else does."""
    narrow = Reading(id="R-bravo", party="bravo", lists={"P2": ("power",)})
    rows = [strike("a"), strike("b", "RNA: missile sets a refinery on fire", lat=45.0)]
    written, bravo = findings(terms(LIST, readings=(narrow,)), *rows)
    assert len(written.incidents) == 2
    assert len(bravo.incidents) == 1
    assert written.flips
    assert set(written.differ) == set(written.incidents) - set(bravo.incidents)
    assert bravo.differ == ()


# --- flights, withdrawal, access ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "classes", "event"),
    [(Kind.NO_FLY, IN_THE_AIR, "overflight"), (Kind.WITHDRAWAL, PRESENCE, "contravening_presence")],
)
def test_flights_and_presences_along_the_line(kind: Kind, classes: tuple[EventClass, ...], event: str) -> None:
    """Kept where all was watched, broken by one counted sighting, unknowable where nobody watched; other acts do not matter."""
    promise = Provision(id="P3", kind=kind, text="No.")
    assert promise.classes == classes
    (kept,) = findings(terms(promise))
    assert kept.verdict is Verdict.CONSISTENT
    (other,) = findings(terms(promise), observation("shell"))
    assert other.verdict is Verdict.CONSISTENT
    (broken,) = findings(terms(promise), observation("seen", event_class=event, means="saw"))
    assert broken.verdict is Verdict.NOT_CONSISTENT
    assert len(broken.incidents) == 1
    (unknown,) = findings(terms(promise), watched=False)
    assert unknown.verdict is Verdict.NOT_ASSESSABLE


def test_a_presence_is_no_act_of_fire() -> None:
    """It breaks a withdrawal and leaves the promise not to fire kept: it is counted apart."""
    fire, away = (
        Provision(id="P1", kind=Kind.NO_FIRE, text="No."),
        Provision(id="P3", kind=Kind.WITHDRAWAL, text="Back."),
    )
    first, second = findings(terms(fire, away), observation("seen", event_class="contravening_presence", means="saw"))
    assert (first.verdict, second.verdict) == (Verdict.CONSISTENT, Verdict.NOT_CONSISTENT)


def test_access() -> None:
    """Kept where all of the mission was heard all the time; broken by a denial it records; a failed feed denies nothing."""
    promise = Provision(id="P4", kind=Kind.ACCESS, text="The mission may look anywhere.")
    (kept,) = findings(terms(promise))
    assert kept.verdict is Verdict.CONSISTENT
    (silent,) = findings(terms(promise), watched=False)
    assert silent.verdict is Verdict.NOT_ASSESSABLE
    for cause, verdict in (
        ("access_denied", Verdict.NOT_CONSISTENT),
        ("jamming", Verdict.NOT_CONSISTENT),
        ("outage", Verdict.NOT_ASSESSABLE),
    ):
        stopped = Outage(start=NOON, end=NOON + timedelta(hours=1), reason="at the bridge", cause=cause)  # type: ignore[arg-type]
        feeds = tuple(replace(f, outages=(stopped,)) if f.name == "posts" else f for f in terms(promise).feeds)
        (found,) = findings(terms(promise, feeds=feeds))
        assert found.verdict is verdict, cause


# --- windows --------------------------------------------------------------------------------------------------


def window(kind: str, **given: Any) -> Window:
    span = {"start": NOON - timedelta(hours=1), "end": NOON + timedelta(hours=2), "text": "As agreed."}
    return Window(id="W1", kind=kind, **(span | given))  # type: ignore[arg-type]


def test_an_exercise_in_its_window_is_permitted_and_named() -> None:
    """Announced fire is no breach; the same fire an hour later is, and so is another class than was announced."""
    fire = Provision(id="P1", kind=Kind.NO_FIRE, text="No.")
    agreement = terms(fire, windows=(window("exercise", classes=(EventClass.SHELLING,)),))
    (found,) = findings(agreement, observation("a"))
    assert found.incidents == ()
    assert len(found.permitted) == 1
    assert "a window that permits them" in found.reason
    late = {"start_utc": NOON + timedelta(hours=3), "end_utc": NOON + timedelta(hours=3, minutes=1)}
    for row in (observation("b", **late), observation("c", event_class="small_arms_fire")):
        (broken,) = findings(agreement, row)
        assert broken.verdict is Verdict.NOT_CONSISTENT


def test_quiet_for_repairs_is_reported_when_it_was_kept_too() -> None:
    """Kept, broken, unknowable: a window of quiet is told in each case."""
    agreement = terms(LIST, windows=(window("repair"),))
    for rows, watched, verdict in (
        ([], True, Verdict.CONSISTENT),
        ([observation("a")], True, Verdict.NOT_CONSISTENT),
        ([], False, Verdict.NOT_ASSESSABLE),
    ):
        observed, assessments, records = seen(agreement, *rows, watched=watched)
        known = known_of(agreement, records, observed, assessments, KM)
        (kept,) = windows(agreement, DAY, assessments, lambda _, now=assessments: now, known)  # type: ignore[misc]
        assert kept.verdict is verdict
    later = When(DAY.end, DAY.end + timedelta(days=1))
    assert windows(agreement, later, assessments, lambda _: assessments, known) == ()


# --- the case file --------------------------------------------------------------------------------------------

CASE = """
[agreement]
name = "A list"
status = "in_force"
start = 2031-04-20T00:00:00Z
end = 2031-05-20T00:00:00Z
[[party]]
id = "alpha"
name = "North"
[[party]]
id = "bravo"
name = "South"
[ground]
map = "control"
held_by = "alpha"
[[provision]]
id = "P1"
kind = "facility_list"
text = "Spare them."
[[provision.list]]
id = "power"
name = "power stations"
words = ["power station*"]
[[feed]]
name = "control"
kind = "control_map"
path = "c.geojson"
"""


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "facility_list"', 'kind = "no_fire"', "go together"),
        ("[[provision.list]]\nid", '[[provision.list]]\nid = "power"\nname = "again"\nwords = ["x"]\n[[provision.list]]\nid', "stands twice"),
        ("[[feed]]", '[[reading]]\nid = "R"\nparty = "bravo"\nlists = { P1 = ["oil"] }\n[[feed]]', "lists no 'oil'"),
        ("[[feed]]", '[[reading]]\nid = "R"\nparty = "bravo"\nclasses = { P9 = ["mine"] }\n[[feed]]', "no provision 'P9'"),
        ("[[feed]]", '[[window]]\nid = "W"\nkind = "repair"\ntext = "x"\nstart = 2031-04-21T00:00:00Z\nend = 2031-04-20T00:00:00Z\n[[feed]]', "is not after its start"),
        ('text = "Spare them."', 'text = "Spare them."\nwatch = ["eyes"]', "no feed 'eyes'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_with_its_key(tmp_path: Any, old: str, new: str, words: str) -> None:
    """A list without entries, an entry twice, a reading of what is not there, a window that ends before it begins."""
    from truceline.terms import read_agreement

    file = tmp_path / "truce.toml"
    file.write_text(CASE, encoding="utf-8")
    assert read_agreement(file).provisions[0].classes == AT_FACILITIES
    file.write_text(CASE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CaseError, match=words):
        read_agreement(file)


def test_the_days_of_a_case_are_those_of_every_reading() -> None:
    """A reading that begins a week earlier has its bulletins too."""
    early = Reading(id="R-bravo", party="bravo", start=DAY.start - timedelta(days=8))
    plain, wide = terms(LIST), terms(LIST, readings=(early,))
    assert len(wide.days()) == len(plain.days()) + 7


def test_no_coverage_is_asked_for_in_vain() -> None:
    """The table the checks rest on has every class a provision names."""
    _, assessments, _ = seen(terms(LIST))
    assert {row["event_class"] for row in assessments.sector_days.to_pylist()} >= {str(c) for c in LIST.classes}
    assert COVERAGE.names
