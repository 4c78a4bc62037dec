"""Places: sectors get names people know, each once, and none where nothing is near."""

from __future__ import annotations

import numpy as np

from truceline.ground.places import Places, builtin, names_for


def test_known_places_are_where_they_are() -> None:
    """The shipped file holds places of every part of the world at their positions."""
    places = builtin()
    for name, lon, lat in (("Pokrovsk", 37.18, 48.28), ("Khartoum", 32.53, 15.55), ("Nicosia", 33.36, 35.17)):
        near = places.within(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
        assert name in {places.name[n] for n in near}, name


def test_the_larger_place_names_the_sector_and_each_name_is_used_once() -> None:
    """Two sectors beside one town: the nearer takes it, the other the village; one far from all has none."""
    places = Places(("Town", "Village"), np.array([30.05, 30.0]), np.array([50.0, 50.2]), np.array([90_000, 6_000]))
    found = names_for([(30.0, 50.0), (30.0, 50.22), (35.0, 50.0)], places)
    assert found == ("Town", "Village", None)
