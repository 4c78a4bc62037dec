"""Maps that lie where they cannot: swapped axes, another country, several things in one file. Each error has its mend."""

from __future__ import annotations

import json

import pytest

from tests.ground.fiction import collection, country, east_ring, read, rectangle
from truceline.errors import FeedChanged
from truceline.ground.borders import builtin
from truceline.ground.line import line_of_contact


def test_swapped_axes_are_named() -> None:
    """A latitude is a legal longitude: only the coast can tell, and it does."""
    swapped = [[lat, lon] for lon, lat in east_ring()]
    for countries in ((), ("Northland",)):
        with pytest.raises(FeedChanged, match="axes are swapped") as caught:
            line_of_contact(read(collection([swapped])), country(), tolerance_km=3, on_land_of=countries)
        assert "longitude, latitude" in caught.value.todo


def test_real_swapped_axes_are_named() -> None:
    """A box in the east of Ukraine with its axes exchanged lies in Arabia."""
    ring = [[lat, lon] for lon, lat in rectangle(36.0, 47.5, 38.0, 49.0)]
    with pytest.raises(FeedChanged, match="axes are swapped"):
        line_of_contact(read(collection([ring])), builtin(), tolerance_km=3, on_land_of=("Ukraine",))


def test_the_wrong_country_is_named() -> None:
    """A map of Sudan in a case about Ukraine says where it lies."""
    with pytest.raises(FeedChanged, match="lies in Sudan, not in Ukraine") as caught:
        line_of_contact(
            read(collection([rectangle(30, 14, 33, 16)])), builtin(), tolerance_km=3, on_land_of=("Ukraine",)
        )
    assert "--country" in caught.value.todo


def kinds() -> bytes:
    """Held and contested, in one file."""
    members = json.loads(collection([rectangle(11, 50, 13, 52)], [rectangle(10, 50, 11, 52)]))
    for feature, status in zip(members["features"], ("held", "contested"), strict=True):
        feature["properties"] = {"status": status}
    return json.dumps(members).encode()


def test_features_of_several_kinds_are_never_added_up() -> None:
    """Held and contested are two things: the error names the property and its values, and how to choose."""
    with pytest.raises(FeedChanged, match="status: contested, held") as caught:
        read(kinds())
    assert "only" in caught.value.todo


def test_one_kind_can_be_chosen() -> None:
    """With `only` the area is that of the features that have the property."""
    from tests.ground.fiction import DAY
    from truceline.ground.geojson import read_control_area

    def chosen(only: dict[str, str]) -> float:
        area = read_control_area(kinds(), publisher="atlas", day=DAY, held_by="alpha", entry="e", only=only)
        return float(area.area.area)

    assert chosen({"status": "held"}) == pytest.approx(4.0)
    assert chosen({"status": "contested"}) == pytest.approx(2.0)
    with pytest.raises(FeedChanged, match="none of 2 features has status = 'lost'"):
        chosen({"status": "lost"})
