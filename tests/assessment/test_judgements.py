"""Grades, states and bounds as DESIGN defines them; what makes a count and what never does."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import DAY, day_only, heat, island, observation, table
from tests.feeds.cases import agreement
from truceline.assessment import ANY, Assessments, Grade, State, assess
from truceline.assessment.grading import COUNTED, grade
from truceline.assessment.likelihood import BANDS, WEIGHTS, Confidence, band, confidence, occurrence
from truceline.assessment.sector_days import sector_days
from truceline.feeds.record import Interval
from truceline.incidents import link
from truceline.observations import Observed
from truceline.observations.coverage import cover
from truceline.observations.schema import COVERAGE
from truceline.terms.agreement import FeedTerms, SourceTerms
from truceline.terms.event_class import NO_FIRE, EventClass
from truceline.terms.party import Origin

FEEDS = (
    FeedTerms(name="posts", kind="viina", path="p.csv", coverage="w.csv", staring=True, sees=dict.fromkeys(NO_FIRE, 0.95), origin=Origin.MONITOR, reliability="B"),
    FeedTerms(name="press", kind="viina", path="n.csv", reliability="D"),
    FeedTerms(name="modis", kind="firms", path="m.csv", reliability="B"),
)  # fmt: skip


def case() -> Any:
    from dataclasses import replace

    return replace(
        agreement(*FEEDS),
        sources=(SourceTerms(name="RNA", reliability="B"), SourceTerms(name="Coast Wire", reliability="C")),
    )


def judged(*rows: dict[str, Any], watched: bool = True) -> Assessments:
    observations = table(*rows)
    intervals = [Interval("posts", "e0", DAY, "staring")] if watched else []
    coverage = cover(
        island().sectors,
        DAY,
        feeds=FEEDS,
        intervals=intervals,
        troubles=[],
        classes=[*NO_FIRE, EventClass.FIRE_UNDETERMINED],
    )
    return assess(link(observations), Observed(DAY, observations, coverage), case())


def third(key: str, source: str = "RNA", **given_: Any) -> dict[str, Any]:
    return observation(
        key,
        **(
            {
                "origin": "third_party",
                "root": f"source:{source}",
                "feed": "press",
                "means": "reported",
                "origin_reason": f"cites '{source}'",
            }
            | given_
        ),
    )


def party(key: str, **given_: Any) -> dict[str, Any]:
    return observation(
        key,
        **({"origin": "party", "party": "bravo", "root": "party:bravo", "feed": "press", "means": "reported"} | given_),
    )


def unknown(key: str, **given_: Any) -> dict[str, Any]:
    return observation(
        key,
        **(
            {
                "origin": "unknown",
                "root": f"text:{key}",
                "feed": "press",
                "means": "reported",
                "origin_reason": "cites nobody",
            }
            | given_
        ),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([observation("post"), third("rna")], Grade.CONFIRMED),
        ([third("rna"), third("wire", "Coast Wire")], Grade.CONFIRMED),
        ([observation("post")], Grade.SINGLE_SOURCE),
        ([third(f"copy{n}") for n in range(40)], Grade.SINGLE_SOURCE),
        ([third("rna"), party("claim")], Grade.SINGLE_SOURCE),
        ([third("rna"), unknown("u")], Grade.SINGLE_SOURCE),
        ([party("claim")], Grade.UNVERIFIABLE),
        ([party("a"), party("b", root="party:alpha", party="alpha")], Grade.UNVERIFIABLE),
        ([unknown("u"), unknown("v")], Grade.UNVERIFIABLE),
        ([third("rna", places_named=3)], Grade.UNVERIFIABLE),
        ([third("rna", places_named=3), observation("post")], Grade.SINGLE_SOURCE),
    ],
    ids=["post and agency", "two agencies", "a post alone", "forty copies", "agency and party", "agency and nobody", "a party alone", "both parties", "nobody", "several places", "several places and a post"],
)  # fmt: skip
def test_grades_count_independent_voices(rows: list[dict[str, Any]], expected: Grade) -> None:
    """Copies, parties, unknown origins and articles of several places add no voice."""
    (one,) = judged(*rows).assessments
    assert one.grade is expected
    assert (one.band is None) == (one.confidence is None) == (expected is Grade.UNVERIFIABLE)
    assert one.counted == (expected in COUNTED)


def test_corroborated_is_two_roots_that_are_only_likely() -> None:
    """Two voices of middling reliability are likely, not very likely."""
    assert grade(2, 0, occurrence(["D", "D"])) is Grade.CORROBORATED
    assert grade(2, 0, occurrence(["B", "C"])) is Grade.CONFIRMED
    assert grade(2, 0, 0.55) is Grade.SINGLE_SOURCE


def test_contested_and_discounted_need_what_they_need() -> None:
    """Voices against make it contested; only a person's review discounts."""
    assert grade(1, 1, 0.5) is Grade.CONTESTED
    assert grade(0, 1, 0.2) is Grade.UNVERIFIABLE
    assert grade(1, 0, 0.2) is Grade.SINGLE_SOURCE
    assert grade(1, 0, 0.2, reviewed=True) is Grade.DISCOUNTED
    assert {Grade.CONFIRMED, Grade.CORROBORATED, Grade.SINGLE_SOURCE} == COUNTED


@given(st.lists(st.sampled_from("ABCDEF"), max_size=6), st.lists(st.sampled_from("ABCDEF"), max_size=6))
def test_likelihood_is_never_certain_and_copies_of_nothing_move_nothing(
    given_for: list[str], against: list[str]
) -> None:
    """1 to 99 %, whatever the evidence; a source that cannot be judged moves nothing."""
    p = occurrence(given_for, against)
    assert 0.01 <= p <= 0.99
    assert occurrence([*given_for, "F"], against) == pytest.approx(p)
    assert occurrence([*given_for, "A"], against) >= p


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (1, "almost no chance"),
        (3, "almost no chance"),
        (12, "very unlikely"),
        (30, "unlikely"),
        (50, "roughly even chance"),
        (70, "likely"),
        (90, "very likely"),
        (97, "almost certain"),
        (99, "almost certain"),
    ],
)
def test_words_are_those_of_icd_203(percent: int, word: str) -> None:
    """ICD 203 (2015): 1-5, 5-20, 20-45, 45-55, 55-80, 80-95, 95-99 %."""
    assert band(percent / 100).word == word


def test_an_edge_takes_the_more_cautious_word() -> None:
    """Exactly 80 % is likely, not very likely; exactly 20 % is unlikely, not very unlikely."""
    assert band(0.8).word == "likely"
    assert band(0.2).word == "unlikely"
    assert [(b.low_pct, b.high_pct) for b in BANDS] == [
        (1, 5),
        (5, 20),
        (20, 45),
        (45, 55),
        (55, 80),
        (80, 95),
        (95, 99),
    ]
    with pytest.raises(ValueError, match="cannot be said"):
        band(1.0)


def test_weights_fall_with_reliability() -> None:
    """An A source moves more than a B, down to those that move nothing."""
    assert list(WEIGHTS.values()) == sorted(WEIGHTS.values(), reverse=True)
    assert WEIGHTS["E"] == WEIGHTS["F"] == 1.0


def test_confidence_speaks_of_the_basis() -> None:
    """One voice is low; three are high only where the place is known."""
    assert confidence(1, uncertainty_m=100) is Confidence.LOW
    assert confidence(2, uncertainty_m=100) is Confidence.MODERATE
    assert confidence(3, uncertainty_m=100) is Confidence.HIGH
    assert confidence(3, uncertainty_m=50_000) is Confidence.MODERATE


def states(found: Assessments) -> dict[tuple[str, str], str]:
    return {(r["sector"], r["event_class"]): r["state"] for r in found.sector_days.to_pylist()}


def test_active_quiet_and_the_rest() -> None:
    """A counted incident makes its sector active, in its class; the watched others are quiet."""
    got = states(judged(observation("post", sector="S01")))
    assert got["S01", ANY] == State.ACTIVE
    assert got["S01", "shelling"] == State.ACTIVE
    assert got["S01", "drone_attack"] == State.QUIET
    assert got["S02", ANY] == State.QUIET


def test_nobody_on_watch_is_not_observed() -> None:
    """No looks and no hours: never quiet."""
    assert set(states(judged(watched=False)).values()) == {State.NOT_OBSERVED}


def test_a_counted_report_makes_active_though_nobody_watched() -> None:
    """Somebody else may see what we did not."""
    assert states(judged(third("rna", sector="S02"), watched=False))["S02", ANY] == State.ACTIVE


def test_what_is_not_counted_makes_nothing_active() -> None:
    """A party's claim leaves a watched sector quiet and is told beside it."""
    found = judged(party("claim", sector="S01"))
    assert states(found)["S01", "shelling"] == State.QUIET
    (row,) = [r for r in found.sector_days.to_pylist() if (r["sector"], r["event_class"]) == ("S01", "shelling")]
    assert any("not counted" in reason for reason in row["reasons"])


def test_heat_never_makes_active_and_never_leaves_quiet() -> None:
    """Unattributed heat is undetermined, though posts heard nothing."""
    got = states(judged(heat("h", sector="S01")))
    assert got["S01", ANY] == State.UNDETERMINED
    assert got["S01", "shelling"] == State.QUIET
    assert got["S02", ANY] == State.QUIET


COVERAGE_ROWS = st.fixed_dictionaries(
    {
        "looks": st.one_of(st.none(), st.integers(0, 5)),
        "watched_h": st.floats(0, 24),
        "observability": st.one_of(st.none(), st.floats(0, 1)),
    }
)


@given(COVERAGE_ROWS, st.integers(0, 3), st.integers(0, 3), st.sampled_from([[], ["modis"]]))
def test_quiet_only_where_it_would_have_been_seen(
    seen: dict[str, Any], counted: int, hot: int, silent: list[str]
) -> None:
    """Whatever the inputs, quiet means: none counted, observability at least 0.9, no heat left over, no feed out."""
    row = {
        "sector": "S01",
        "event_class": "shelling",
        "clear_share": None,
        "reasons": [],
        "silent_feeds": silent,
        **seen,
    }
    rows = sector_days(
        pa.Table.from_pylist([row], schema=COVERAGE),
        counted=[("S01", EventClass.SHELLING)] * counted,
        heat=["S01"] * hot,
        uncounted=[],
        forbidden=[EventClass.SHELLING],
        quiet_at=0.9,
    ).to_pylist()
    whole = next(r for r in rows if r["event_class"] == ANY)
    if whole["state"] == State.QUIET:
        assert counted == 0
        assert hot == 0
        assert not silent
        assert seen["observability"] is not None
        assert seen["observability"] >= 0.9
        assert seen["looks"] != 0 or seen["watched_h"] > 0
    if counted:
        assert whole["state"] == State.ACTIVE


def test_ordinary_heat_leaves_quiet_and_heat_out_of_the_ordinary_does_not() -> None:
    """With a baseline: ordinary heat speaks against nothing, flagged heat against quiet, and neither makes active."""
    for flagged, state in ((False, "quiet"), (True, "undetermined"), (None, "undetermined")):
        rows = judged(heat("h", sector="S01", flagged=flagged)).sector_days.to_pylist()
        (whole,) = [row for row in rows if (row["sector"], row["event_class"]) == ("S01", ANY)]
        assert (whole["state"], whole["count"]) == (state, 0)
        words = {False: "ordinary for place", True: "out of the ordinary", None: "no baseline"}[flagged]
        assert any(words in reason for reason in whole["reasons"])
        (fire,) = [row for row in rows if (row["sector"], row["event_class"]) == ("S01", "fire_undetermined")]
        assert fire["state"] == "undetermined"


def test_heat_out_of_the_ordinary_speaks_for_a_fire_and_for_no_act() -> None:
    """A reported fire gains a voice by it; a shelling does not, and ordinary heat gives none to either."""
    for event, flagged, voices in (
        ("fire_undetermined", True, 2),
        ("fire_undetermined", False, 1),
        ("shelling", True, 1),
    ):
        (one,) = judged(third("t", event_class=event), heat("h", flagged=flagged)).assessments
        assert one.incident.heat == ("h",)
        assert len([root for root in one.roots if root.independent]) == voices
    (fire,) = judged(third("t", event_class="fire_undetermined"), heat("h", flagged=True)).assessments
    (voice,) = [root for root in fire.roots if root.key == "sensor:modis"]
    assert "for nobody's act" in voice.reason
    assert fire.claims == ()


def test_responsibility_is_never_set() -> None:
    """No input makes the program say who did it: an assessment has no such field, only recorded claims."""
    (one,) = judged(
        observation("post"), party("claim"), day_only("d", origin="party", party="alpha", root="party:alpha")
    ).assessments
    assert [claim.party for claim in one.claims] == ["alpha", "bravo"]
    assert not [name for name in vars(one) if "responsib" in name or "attribut" in name]
