"""One table says what can happen; parsers, provisions and the docs page all read it."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path

from truceline.feeds.reports.viina import LABELS, NO_EVENT
from truceline.terms.event_class import NAMES, NO_FIRE, TABLE, EventClass, Perceived

ROOT = Path(__file__).parents[2]


def test_every_class_has_one_row() -> None:
    """With a name, a sentence that defines it, and means of perceiving it."""
    assert Counter(row.event for row in TABLE) == dict.fromkeys(EventClass, 1)
    assert all(row.definition.endswith(".") and row.perceived_by for row in TABLE)
    assert len(set(NAMES.values())) == len(EventClass)


def test_a_label_of_a_source_means_one_class() -> None:
    """No VIINA label stands in two rows, and none is at once an event and no event."""
    labels = [label for row in TABLE for label in row.viina]
    assert len(labels) == len(set(labels))
    assert not set(labels) & NO_EVENT
    assert LABELS["artillery"] is EventClass.SHELLING


def test_consequences_and_labelled_acts_are_not_what_was_renounced() -> None:
    """Damage, burning, air defence, exercises and demining are no breach of a promise not to fire."""
    assert EventClass.SHELLING in NO_FIRE
    for event in ("fire_undetermined", "infrastructure_damage", "air_defence_fire", "exercise", "controlled_explosion"):
        assert EventClass(event) not in NO_FIRE


def test_heat_cannot_perceive_shots() -> None:
    """A satellite's silence about small arms says nothing."""
    rows = {row.event: row for row in TABLE}
    assert Perceived.HEAT not in rows[EventClass.SMALL_ARMS_FIRE].perceived_by
    assert Perceived.HEAT in rows[EventClass.FIRE_UNDETERMINED].perceived_by


def test_the_docs_page_is_the_table() -> None:
    """docs/event-classes.md is what `make pages` writes."""
    pages = runpy.run_path(str(ROOT / "tools" / "pages.py"))
    assert pages["classes_page"]() == (ROOT / "docs" / "event-classes.md").read_text(encoding="utf-8")
