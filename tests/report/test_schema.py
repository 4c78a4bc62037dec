"""The published form of bulletin.json is strict, complete, and has no field that could do harm."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.report.samples import bleak_day, full_day
from truceline.assessment import ANY, Grade, State
from truceline.assessment.likelihood import BANDS
from truceline.compliance import Verdict
from truceline.feeds.record import FeedState
from truceline.report import bulletin_schema
from truceline.statements.statement import Position
from truceline.terms.agreement import Status
from truceline.terms.event_class import EventClass
from truceline.terms.party import Origin

Change = Callable[[dict[str, Any]], object]

SCHEMA = bulletin_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def objects(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema that describes an object with fields."""
    if isinstance(node, dict):
        if "properties" in node:
            yield path, node
        for key, value in node.items():
            yield from objects(value, f"{path}.{key}")
    elif isinstance(node, list):
        for n, value in enumerate(node):
            yield from objects(value, f"{path}[{n}]")


@pytest.mark.parametrize("sample", [full_day, bleak_day])
def test_both_samples_have_the_published_form(sample: Callable[[], dict[str, Any]]) -> None:
    """What the page is made from is what the schema says."""
    Draft202012Validator.check_schema(SCHEMA)
    assert list(VALIDATOR.iter_errors(sample())) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda b: b.update(extra=1),
        lambda b: b.pop("feeds"),
        lambda b: b.update(marking="PUBLIC"),
        lambda b: b["covers"].update({"from": "2031-04-20 00:00"}),
        lambda b: b["sector_days"][0].update(state="calm"),
        lambda b: b["sector_days"][0].update(observability=1.2),
        lambda b: b["sector_days"][0].update(count=None),
        lambda b: b["incidents"][0]["cell"].update(lon=1.0),
        lambda b: b["incidents"][0].update(grade="proved"),
        lambda b: b["incidents"][0]["responsibility"].update(set_by_program=True),
        lambda b: b["incidents"][0]["occurrence"].update(likelihood="certain"),
        lambda b: b["statements"][0].update(position="neither"),
        lambda b: b["statements"][0].update(source=[[1]]),
        lambda b: b["findings"][0].update(finding="violated"),
        lambda b: b["feeds"][0].update(reliability="G"),
        lambda b: b["feeds"][0]["files"][0].update(sha256="abc"),
        lambda b: b["observations"][0].update(text="x" * 301),
        lambda b: b["totals"]["incidents"]["by_class"].update(raid=1),
        lambda b: b["line"]["state_km"].update(active=-1.0),
    ],
)
def test_a_bulletin_of_another_form_is_refused(change: Change) -> None:
    """Unknown fields, missing fields, words outside the lists and figures out of range are all found."""
    bulletin = copy.deepcopy(full_day())
    change(bulletin)
    assert list(VALIDATOR.iter_errors(bulletin))


def test_every_object_is_closed_and_every_field_explained() -> None:
    """A reader of the schema alone knows what each field means, and nothing else may be there."""
    for path, node in objects(SCHEMA):
        assert node["additionalProperties"] is False, path
        for name, field in node["properties"].items():
            assert field.get("description"), f"{path}.{name}"


# Words of fields that would make the bulletin of use to whoever wants to fire. `unit` of a tally is the
# word for what is counted; `position` is a speaker's stance.
FORBIDDEN = re.compile(
    r"^(units?|brigades?|battalions?|regiments?|assets?|weapons?|systems?|launch\w*|origin_(lat|lon)|destroyed|losses|"
    r"damage\w*|casualt\w*|equipment|vehicles?|ammunition|lat|lon|latitude|longitude|point|coordinates|mgrs|"
    r"enemy|hostile|target\w*|threat\w*)$"
)


def test_no_field_is_of_use_for_aiming() -> None:
    """No field for formations, arms, launch places, destroyed things or bare positions leaves the program."""
    harmful = [
        f"{path}.{name}"
        for path, node in objects(SCHEMA)
        for name in node["properties"]
        if any(FORBIDDEN.match(part) for part in (name, *name.split("_")))
    ]
    assert harmful == ["$.properties.tallies.items.unit"]


def test_the_lists_of_words_are_those_of_the_rooms() -> None:
    """A word that a room adds has to be added to the published form too."""
    defs, fields = SCHEMA["$defs"], SCHEMA["properties"]
    assert defs["state"]["enum"] == [str(s) for s in State]
    assert defs["grade"]["enum"] == [str(g) for g in Grade]
    assert defs["finding"]["enum"] == [str(v) for v in Verdict]
    assert defs["position"]["enum"] == [str(p) for p in Position]
    assert defs["event_class"]["enum"] == [str(c) for c in EventClass]
    assert defs["origin"]["enum"] == [str(o) for o in Origin]
    assert fields["agreement"]["properties"]["status"]["enum"] == [str(s) for s in Status]
    assert fields["feeds"]["items"]["properties"]["state"]["enum"] == [str(s) for s in FeedState]
    assert fields["sector_days"]["items"]["properties"]["class"]["enum"] == [ANY, *(str(c) for c in EventClass)]
    occurrence = fields["incidents"]["items"]["properties"]["occurrence"]["properties"]
    assert occurrence["likelihood"]["enum"] == [*(band.word for band in BANDS), None]
