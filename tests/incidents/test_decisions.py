"""What people decide of observations holds, can be undone exactly, and outlives late rows; ids stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cases import NOON, day_only, observation, table
from tests.incidents.test_linking import ROWS, members
from truceline.incidents import Incidents, link
from truceline.incidents.naming import Names, name, name_of
from truceline.incidents.sameness import NEAR, WEIGHTS, weigh
from truceline.terms.decision import Decision, Verdict, standing

LATER = NOON + timedelta(days=1)


def decide(verdict: str, a: str, b: str, n: int = 0) -> Decision:
    """The n-th decision of a day."""
    a, b = sorted((a, b))
    return Decision(f"d{n}", Verdict(verdict), a, b, "Ana", LATER + timedelta(minutes=n), "seen on both photographs")


def far(key: str, **given_: Any) -> dict[str, Any]:
    return observation(key, **({"lat": 42.7} | given_))


def test_what_a_person_holds_to_be_the_same_is_one_incident() -> None:
    """Though 22 km apart; the reason is kept, the person's name is not among what rooms print."""
    found = link(table(observation("a"), far("b")), [decide("same", "a", "b")])
    assert members(found) == [("a", "b")]
    (why,) = found.incidents[0].links
    assert "seen on both photographs" in why.reason
    assert "Ana" not in repr(found)


def test_what_a_person_holds_to_be_different_is_two_even_through_others() -> None:
    """A chain that would join them breaks at its weakest link, and both sides say why."""
    rows = [observation("a", lat=42.500), observation("b", lat=42.510), observation("c", lat=42.522)]
    assert members(link(table(*rows))) == [("a", "b", "c")]
    found = link(table(*rows), [decide("different", "a", "c")])
    assert members(found) == [("a", "b"), ("c",)]
    assert all("held to be different" in one.kept_apart[0] for one in found.incidents)


@pytest.mark.parametrize("undo", ["different", "withdrawn"])
def test_splitting_what_was_merged_restores_the_prior_state(undo: str) -> None:
    """Byte for byte: the same incidents, links, reasons and ids as if nobody had ever decided."""
    rows = table(observation("a"), observation("a2"), far("b"), far("b2"), day_only("c", lat=42.69))
    before = link(rows)
    names = Names(tuple((o, one.id) for one in before.incidents for o in one.observations))
    merged = link(rows, [decide("same", "a", "b")], names)
    assert len(merged.incidents) == len(before.incidents) - 1
    names = Names((*names.rows, *((o, one.id) for one in merged.incidents for o in one.observations)))
    after = link(rows, [decide("same", "a", "b"), decide(undo, "a", "b", 1)], names)
    assert repr(after) == repr(before)


@given(rows=ROWS, order=st.randoms(use_true_random=False), data=st.data())
def test_order_does_not_matter_with_decisions(rows: list[dict[str, Any]], order: Any, data: st.DataObject) -> None:
    """Any order of the rows; nothing that is kept apart is ever together, and every row is in one incident."""
    ids = sorted(row["id"] for row in rows)
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=4)) if ids else []
    verdicts = data.draw(st.lists(st.sampled_from(["same", "different"]), min_size=len(pairs), max_size=len(pairs)))
    told = [decide(v, a, b, n) for n, (v, (a, b)) in enumerate(zip(verdicts, pairs, strict=True)) if a != b]
    mixed = list(rows)
    order.shuffle(mixed)
    found = link(table(*rows), told)
    assert found == link(table(*mixed), told)
    assert sorted(key for one in found.incidents for key in one.observations) == ids
    together = {key: n for n, one in enumerate(found.incidents) for key in one.observations}
    assert all(together[d.a] != together[d.b] for d in standing(told) if d.verdict is Verdict.DIFFERENT)


def test_a_decision_on_what_is_gone_waits() -> None:
    """A row that a newer vintage deletes takes no decision with it: when the row is back, so is the decision."""
    told = [decide("same", "a", "b")]
    assert members(link(table(observation("a")), told)) == [("a",)]
    assert members(link(table(observation("a"), far("b")), told)) == [("a", "b")]


def named(found: Incidents, before: Names | None = None) -> Names:
    rows = () if before is None else before.rows
    return Names((*rows, *((o, one.id) for one in found.incidents for o in one.observations)))


def test_an_incident_keeps_its_id_when_a_more_exact_row_comes_late() -> None:
    """The founder names it, not whoever speaks best today."""
    first = link(table(day_only("vague", origin="third_party", root="source:RNA")))
    names = named(first)
    both = link(table(day_only("vague", origin="third_party", root="source:RNA"), observation("exact")), (), names)
    assert both.incidents[0].id == first.incidents[0].id != name_of("exact")


def test_of_two_incidents_that_become_one_the_older_name_stays_and_both_come_back() -> None:
    """Merged under the first name; parted again, each has its own."""
    names = Names((("b", name_of("b")), ("a", name_of("a")), ("a", name_of("b"))))
    assert name([("a", ["a", "b"])], names) == [name_of("b")]
    assert name([("a", ["a"]), ("b", ["b"])], names) == [name_of("a"), name_of("b")]


def test_an_incident_whose_founder_is_deleted_keeps_its_name_once() -> None:
    """Of two that stood under it the one seen first keeps it."""
    names = Names((("gone", name_of("gone")), ("a", name_of("gone")), ("b", name_of("gone"))))
    assert name([("b", ["b"]), ("a", ["a"])], names) == [name_of("b"), name_of("gone")]
    assert name([("a", ["a"])], Names(names.rows, frozenset({"gone"}))) == [name_of("a")]


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12),
    st.lists(st.integers(0, 3), min_size=6, max_size=6),
)
def test_no_two_incidents_ever_share_an_id(rows: list[tuple[str, str]], where: list[int]) -> None:
    """Whatever was named before and however observations are grouped now."""
    names = Names(tuple((o, name_of(f)) for o, f in rows))
    groups = [(min(g), g) for n in range(4) if (g := [o for o, at in zip("abcdef", where, strict=True) if at == n])]
    ids = name(groups, names)
    assert len(set(ids)) == len(ids)


def test_words_alone_never_link() -> None:
    """The same sentence about another place, another day or another kind is another event."""
    text = {"text": "Shells fell on the mill", "place": "Mill"}
    for other in ({"lat": 42.6}, {"start_utc": LATER, "end_utc": LATER + timedelta(minutes=1)}, {"event_class": "small_arms_fire"}):  # fmt: skip
        assert len(link(table(observation("a", **text), observation("b", **text, **other))).incidents) == 2
    assert sum(max(bits for bits, _ in WEIGHTS[name].values()) for name in ("text", "place")) < NEAR


def test_one_observers_log_tells_two_acts_apart() -> None:
    """Two entries of one patrol's form are two; those of two patrols may be one."""
    row = {"root": "monitor:mission:P1"}
    assert len(link(table(observation("a", **row), observation("b", **row))).incidents) == 2
    assert len(link(table(observation("a", **row), observation("b", root="monitor:mission:P2"))).incidents) == 1


def test_every_part_of_a_weight_is_kept_and_adds_up() -> None:
    """The reason names each part that moved the sum, and the sum is the sum."""
    a, b = observation("a", place="Mill"), observation("b", place="Mill", event_class="explosion_undetermined")
    got = weigh(a, b, 0.0)
    assert got is not None
    assert got.bits == NEAR + sum(WEIGHTS[name][value][0] for name, value in got.parts)
    (link_,) = link(table(a, b)).incidents[0].links
    assert link_.bits == got.bits
    assert f"{got.bits:+g} bits" in link_.reason
    assert "both name one place (+1)" in link_.reason
