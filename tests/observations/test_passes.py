"""Passes and cloud: where the satellite was is right, and what is not known stays not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from tests.cases import DAY, island
from truceline.feeds.record import Cloud, Elements, Interval
from truceline.feeds.satellite.schema import DETECTION
from truceline.observations.by_size import by_size
from truceline.observations.coverage import cover
from truceline.observations.detection import ENOUGH, fires, interval, sun_up, two_look
from truceline.observations.exposure import Exposure, expose
from truceline.observations.hours import hours_seen
from truceline.observations.limits import limits
from truceline.observations.orbit import _teme, below, crossings, ground_m, states
from truceline.observations.passes import MAX_AGE_DAYS, passes, sound
from truceline.spacetime import LonLat, When
from truceline.terms.agreement import FeedTerms, Outage
from truceline.terms.event_class import EventClass

FIRE, SHELLING = EventClass.FIRE_UNDETERMINED, EventClass.SHELLING
GROUND = island()


def npp(**more: Any) -> Elements:
    """A fictional orbit of Suomi NPP's shape over the island's year."""
    given: dict[str, Any] = {
        "feed": "orbits", "entry": "e9", "line": 2, "name": "SUOMI NPP", "catalogue": 37849,
        "epoch": datetime(2031, 4, 20, 12, tzinfo=UTC), "mean_motion": 14.195, "eccentricity": 0.00015,
        "inclination_deg": 98.75, "node_deg": 110.0, "perigee_deg": 90.0, "anomaly_deg": 270.0, "bstar": 7e-05,
    }  # fmt: skip
    return Elements(**(given | more))


NOAA20 = npp(catalogue=43013, name="NOAA 20", anomaly_deg=90.0)
VIIRS = FeedTerms(
    name="viirs", kind="firms", path="v.csv", coverage="c.csv", sees={FIRE: 0.5}, orbits="orbits",
    satellites=("Suomi NPP",), cloud="cloud",
)  # fmt: skip
CLOUD = FeedTerms(name="cloud", kind="cloud", path="w.csv")
DELIVERED = Interval("viirs", "e0", DAY, "feed")


def sky_of(share: float, when: When = DAY, lon: float = -150.5) -> Cloud:
    return Cloud("cloud", "e1", 2, when, LonLat(lon, 42.5), share)


def seen(
    *, feed: FeedTerms = VIIRS, orbits: tuple[Elements, ...] = (npp(),), clouds: tuple[Cloud, ...] = (),
    intervals: tuple[Interval, ...] = (DELIVERED,),
) -> Exposure:  # fmt: skip
    return expose(
        GROUND.sectors, DAY, feeds=[feed, CLOUD], intervals=intervals, troubles=[], orbits=orbits, clouds=clouds
    )


def row(event: EventClass = FIRE, **given: Any) -> dict[str, Any]:
    feed = given.pop("feed", VIIRS)
    found = cover(
        GROUND.sectors, DAY, feeds=[feed, CLOUD], intervals=given.pop("intervals", (DELIVERED,)), troubles=[],
        classes=[event], orbits=given.pop("orbits", (npp(),)), clouds=given.pop("clouds", ()),
    )  # fmt: skip
    first: dict[str, Any] = found.to_pylist()[0]
    return first


def test_the_position_is_the_published_one() -> None:
    """Vanguard 1 at its epoch and 360 minutes later: tcppver.out of Revisiting Spacetrack Report #3, kilometres."""
    vanguard = npp(
        catalogue=5, epoch=datetime(2000, 6, 27, 18, 50, 19, 733568, tzinfo=UTC), mean_motion=10.82419157,
        eccentricity=0.1859667, inclination_deg=34.2682, node_deg=348.7242, perigee_deg=331.7664, anomaly_deg=19.3264,
        bstar=0.28098e-4,
    )  # fmt: skip
    position, _ = _teme(vanguard, vanguard.epoch, np.array([0.0, 360.0 * 60]))
    expected = [[7022.46529266, -1400.08296755, 0.03995155], [-7154.03120202, -3783.17682504, -3536.19412294]]
    assert position / 1000 == pytest.approx(np.array(expected), abs=0.01)


def test_the_ground_below_is_where_skyfield_has_it() -> None:
    """Within 50 m over a day, by a library of other authors."""
    from skyfield.api import EarthSatellite, load, wgs84

    made = npp(epoch=datetime(2025, 7, 11, 12, tzinfo=UTC))
    second = f"2 37849 {98.75:8.4f} {110.0:8.4f} 0001500 {90.0:8.4f} {270.0:8.4f} {14.195:11.8f}00001"
    first = "1 37849U 11061A   25192.50000000  .00000000  00000-0  70000-4 0  999"
    digits = [sum(int(c) if c.isdigit() else c == "-" for c in line) % 10 for line in (first, second)]
    scale = load.timescale(builtin=True)
    other = EarthSatellite(f"{first}{digits[0]}", f"{second}{digits[1]}", "x", scale)
    since = datetime(2025, 7, 12, tzinfo=UTC)
    seconds = np.arange(0, 86_400, 600.0)
    lon, lat, height = below(states(made, since, seconds).position_m)
    at = other.at(scale.from_datetimes([since + timedelta(seconds=float(s)) for s in seconds]))
    under = wgs84.geographic_position_of(at)
    east = (np.degrees(lon) - under.longitude.degrees + 180) % 360 - 180
    away = np.hypot(east * np.cos(lat), np.degrees(lat) - under.latitude.degrees) * 111_195
    assert np.median(away) < 50
    assert height == pytest.approx(under.elevation.m, abs=5)


def test_below_and_ground_are_each_others_inverse() -> None:
    """A place on the ellipsoid lies below itself at height 0."""
    lon, lat = np.array([-179.0, 0.0, 33.0, 120.0]), np.array([-80.0, 0.0, 48.0, 89.0])
    back_lon, back_lat, height = below(ground_m(lon, lat))
    assert np.degrees(back_lon) == pytest.approx(lon)
    assert np.degrees(back_lat) == pytest.approx(lat)
    assert height == pytest.approx(np.zeros(4), abs=1e-3)


def test_what_lies_straight_below_is_seen_straight_down_at_that_moment() -> None:
    """The scan angle of the sub-satellite point is 0, its time that of the state, between steps as on them."""
    orbit = npp()
    grid = np.arange(0, 600.0, 20.0)
    moments = np.array([100.0, 111.0, 333.3])
    lon, lat, _ = below(states(orbit, DAY.start, moments).position_m)
    at, scan = crossings(states(orbit, DAY.start, grid), grid, ground_m(np.degrees(lon), np.degrees(lat)))
    assert at == pytest.approx(moments, abs=0.05)
    assert scan == pytest.approx(np.zeros(3), abs=0.02)


def test_a_coarse_step_finds_what_a_fine_one_finds() -> None:
    """Steps of 20 s give the time within 0.2 s and the scan angle within 0.02 degrees of steps of 1 s."""
    places = ground_m(np.linspace(-151, -150, 20), np.full(20, 42.5))
    found = []
    for step in (20.0, 1.0):
        grid = np.arange(0, 86_400.0, step)
        near = np.linalg.norm(states(npp(), DAY.start, grid).position_m - places[0], axis=1) < 2_500_000
        edges = np.flatnonzero(np.diff(np.concatenate([[0], near.astype(int), [0]])))
        run = slice(edges[0], edges[1])
        found.append(crossings(states(npp(), DAY.start, grid[run]), grid[run], places))
    assert found[0][0] == pytest.approx(found[1][0], abs=0.2, nan_ok=True)
    assert found[0][1] == pytest.approx(found[1][1], abs=0.02, nan_ok=True)


def test_a_sun_synchronous_scanner_looks_at_least_twice_a_day() -> None:
    """VIIRS sees every place day and night; passes come in the order of time and within the scan angle."""
    points = np.array([(-150.5, 42.5), (-150.9, 42.5)])
    sky = passes(VIIRS, [npp()], points, DAY)
    assert not sky.missing
    assert len(sky.passes) >= 2
    times = [float(np.nanmin(one.at_s)) for one in sky.passes]
    assert times == sorted(times)
    for one in sky.passes:
        assert (np.abs(one.scan_deg[one.under]) <= 56.28).all()


def test_two_halves_of_a_day_hold_the_passes_of_the_day() -> None:
    """A pass belongs to one part of a day only, and to one."""
    points = np.array([(-150.5, 42.5)])
    noon = DAY.middle
    whole = passes(VIIRS, [npp()], points, DAY).passes
    parts = [passes(VIIRS, [npp()], points, part).passes for part in (When(DAY.start, noon), When(noon, DAY.end))]
    assert len(whole) == sum(len(part) for part in parts)


@pytest.mark.parametrize(
    ("orbits", "why"),
    [
        ((), "no orbit elements were received"),
        ((npp(epoch=DAY.middle - timedelta(days=MAX_AGE_DAYS + 1)),), "its nearest elements are 31 days away"),
        ((npp(), npp(epoch=npp().epoch + timedelta(hours=1))), "km apart"),
        ((npp(feed="another"),), "no orbit elements were received"),
    ],
)
def test_elements_missing_old_or_at_odds_give_not_known(orbits: tuple[Elements, ...], why: str) -> None:
    """Not known is not "did not pass": looks are null, not 0, and the reason stands in the bulletin."""
    got = row(orbits=orbits, clouds=(sky_of(0.0),))
    assert got["looks"] is None
    assert got["observability"] is None
    (reason,) = [r for r in got["reasons"] if r.startswith("viirs: when Suomi NPP passed is not known: ")]
    assert why in reason


def test_the_nearest_of_several_sets_is_taken() -> None:
    """Of consistent sets the one nearest to the day's middle."""
    from truceline.observations.orbit import _days

    assert _days(datetime(2000, 1, 1, 12, tzinfo=UTC)) == 2_451_545.0
    early = npp(epoch=DAY.middle - timedelta(days=20))
    with pytest.raises(ValueError, match="km apart"):
        sound([early, npp()], DAY)
    assert sound([early], DAY) == early


def test_a_dated_file_speaks_for_its_own_day() -> None:
    """Else a bulletin would depend on which other days were asked for."""
    tomorrow = When(DAY.end, DAY.end + timedelta(days=1))
    points = np.array([(-150.5, 42.5)])
    assert passes(VIIRS, [npp(about=tomorrow)], points, DAY).missing
    alone, beside = (passes(VIIRS, sets, points, DAY) for sets in (
        [npp(about=DAY)], [npp(about=DAY), npp(epoch=DAY.middle, anomaly_deg=10.0, about=tomorrow)]
    ))  # fmt: skip
    assert [one.scan_deg[0] for one in alone.passes] == [one.scan_deg[0] for one in beside.passes]


def test_one_satellite_not_known_leaves_the_looks_not_known() -> None:
    """The passes that are known still count for observability, which can only be too low."""
    two = replace(VIIRS, satellites=("Suomi NPP", "NOAA-20"))
    half = row(feed=two, clouds=(sky_of(0.0),))
    both = row(feed=two, orbits=(npp(), NOAA20), clouds=(sky_of(0.0),))
    assert half["looks"] is None
    assert 0 < half["observability"] < both["observability"]
    assert both["looks"] > 2


def test_cloud_not_known_is_not_clear() -> None:
    """Without a cloud value, or too far from one, the looks count and the chance is not known."""
    assert row()["looks"] >= 2
    assert row()["observability"] is None
    assert row(clouds=(sky_of(0.0, lon=-140.0),))["observability"] is None
    assert row(clouds=(sky_of(0.0),))["observability"] is not None


def test_looks_under_one_value_of_cloud_are_taken_together() -> None:
    """With a quarter of the sky clear all day no number of looks claims more than a quarter."""
    got = row(feed=replace(VIIRS, sees={FIRE: 1.0}), clouds=(sky_of(0.75),))
    assert got["looks"] >= 2
    assert got["observability"] == pytest.approx(0.25)
    assert got["clear_share"] == pytest.approx(0.25)


def test_an_hour_speaks_before_a_day() -> None:
    """Where an hour's cloud is known it is taken, and only for the looks in that hour."""
    first = seen(clouds=(sky_of(0.0),)).seen[0].looks[0]
    hour = When(first.at - timedelta(minutes=30), first.at + timedelta(minutes=30))
    looks = seen(clouds=(sky_of(0.0), sky_of(1.0, hour))).seen[0].looks
    assert looks[0].clear[0] == 0.0
    assert looks[-1].clear[0] == 1.0


def test_a_pass_that_was_not_delivered_is_no_look() -> None:
    """Of a day of which only the early hours came, only passes in them are looks, and nothing is called quiet."""
    first = seen().seen[0].looks[0]
    early = Interval("viirs", "e0", When(DAY.start, first.at + timedelta(minutes=20)), "feed")
    got = row(intervals=(early,), clouds=(sky_of(0.0),))
    assert got["looks"] == 1
    assert got["silent_feeds"] == ["viirs"]
    late = Interval("viirs", "e0", When(DAY.end - timedelta(minutes=1), DAY.end), "feed")
    assert row(intervals=(late,), clouds=(sky_of(0.0),))["looks"] == 0


def test_a_restriction_is_said_by_its_kind() -> None:
    """A feed its provider withdrew is another thing than one that broke."""
    gone = replace(VIIRS, outages=(Outage(DAY.start, DAY.end, "licence ended", "withdrawn_by_provider"),))
    said = limits(DAY, feeds=[gone], intervals=[DELIVERED], troubles=[])
    assert said[0] == "viirs: withdrawn by its provider 2031-04-20T00:00Z to 2031-04-21T00:00Z, licence ended"
    assert row(feed=gone, clouds=(sky_of(0.0),))["looks"] == 0


def test_no_thermal_look_sees_small_arms() -> None:
    """0, not null: what is named in no `sees` here cannot be seen."""
    assert row(SHELLING, clouds=(sky_of(0.0),))["observability"] == 0.0


def test_every_hour_of_the_day_has_a_row_and_the_looks_add_up() -> None:
    """The strip shows the looks the table counts."""
    exposure = seen(clouds=(sky_of(0.2),))
    hours = hours_seen(exposure).to_pylist()
    first = [one for one in hours if one["sector"] == "S01"]
    assert [one["hour"] for one in first] == list(range(24))
    assert sum(one["looks"] for one in first) == row(clouds=(sky_of(0.2),))["looks"]
    assert {one["looks"] for one in hours_seen(seen(orbits=())).to_pylist()} == {None}


def test_larger_and_longer_fires_are_seen_more() -> None:
    """By size and duration the chance never falls, and never exceeds what the clouds leave."""
    found = {(one.size.from_mw, one.duration_h): one.observability for one in by_size(seen(clouds=(sky_of(0.4),)))
             if one.sector == "S01"}  # fmt: skip
    values = {key: value for key, value in found.items() if value is not None}
    assert len(values) == len(found)
    for (mw, hours), value in values.items():
        assert 0 <= value <= 0.6 + 1e-9
        assert all(value <= other + 1e-9 for (m, h), other in values.items() if m >= mw and h >= hours)


def test_by_size_says_nothing_where_nobody_measured_the_sensor() -> None:
    """MODIS has no two-look figure, so heat by size is not known where it alone looked; and 0 where nobody did."""
    modis = replace(VIIRS, satellites=("Aqua",))
    aqua = npp(catalogue=27424, mean_motion=14.6, inclination_deg=98.4)
    assert {one.observability for one in by_size(seen(feed=modis, orbits=(aqua,), clouds=(sky_of(0.0),)))} == {None}
    assert {one.observability for one in by_size(seen(intervals=()))} == {0.0}


@pytest.mark.parametrize(
    ("n", "m", "low", "high"), [(10, 10, 0.7411, 1.0), (10, 0, 0.0, 0.2589), (20, 10, 0.302, 0.698)]
)
def test_the_interval_of_a_share_is_the_exact_one(n: int, m: int, low: float, high: float) -> None:
    """Clopper and Pearson, 90 %: 0.05 ** (1/10) and its kin."""
    assert interval(n, m) == pytest.approx((low, high), abs=5e-4)


def test_two_look_finds_the_share_that_was_planted() -> None:
    """Of 200 fires one satellite saw, the other finds 60 % within the hour; a fire out of its view does not count."""
    two = replace(VIIRS, satellites=("Suomi NPP", "NOAA-20"))
    lon, lat = np.meshgrid(np.linspace(-152, -149, 20), np.linspace(41, 44, 10))
    points = np.column_stack([lon.ravel(), lat.ravel()])
    sky = passes(two, [npp(), NOAA20], points, DAY)
    pairs = [
        (a, b) for a in sky.passes for b in sky.passes
        if a.satellite == "Suomi NPP" and b.satellite == "NOAA-20" and (a.under & b.under).all()
        and 0 < abs(np.nanmean(a.at_s) - np.nanmean(b.at_s)) < 3_300
    ]  # fmt: skip
    assert pairs
    a, b = pairs[0]
    hits = [(p, t, "N") for p, t in zip(points, a.at_s, strict=True)]
    hits += [(p, t, "N20") for n, (p, t) in enumerate(zip(points, b.at_s, strict=True)) if n % 5 < 3]
    rows = [
        {"id": str(n), "feed": "viirs", "entry": "e", "line": n, "lon": p[0], "lat": p[1], "satellite": name,
         "at_utc": DAY.start + timedelta(seconds=int(t)), "uncertainty_m": 300.0}
        for n, (p, t, name) in enumerate(hits)
    ]  # fmt: skip
    found = two_look(two, pa.Table.from_pylist(rows, schema=DETECTION), [npp(), NOAA20], DAY)
    one = next(t for t in found if t.first == "Suomi NPP")
    assert (one.n, one.m, one.p) == (200, 120, pytest.approx(0.6))
    assert one.low is not None
    assert one.high is not None
    assert one.low < 0.6 < one.high


def test_few_pairs_give_no_figure() -> None:
    """Under thirty, no share is told."""
    two = replace(VIIRS, satellites=("Suomi NPP", "NOAA-20"))
    none = pa.Table.from_pylist([], schema=DETECTION)
    assert all(t.n < ENOUGH and t.p is None for t in two_look(two, none, [npp(), NOAA20], DAY))


def test_pixels_side_by_side_are_one_fire() -> None:
    """And the same place in the next pass is another."""
    found = fires(np.array([30.0, 30.005, 30.0]), np.array([48.0, 48.0, 48.0]), np.array([0.0, 1.0, 6_000.0]),
                  np.array([1.0, 2.0, 4.0]))  # fmt: skip
    assert sorted(found.power_mw) == [3.0, 4.0]


def test_the_sun_is_up_at_noon_and_down_at_midnight() -> None:
    """At the equinox on the equator, and by the clock of the place."""
    greenwich, far = np.array([(0.0, 0.0)]), np.array([(180.0, 0.0)])
    noon = datetime(2031, 3, 21, 12, tzinfo=UTC)
    assert sun_up(greenwich, noon)[0]
    assert not sun_up(far, noon)[0]
    assert not sun_up(greenwich, noon + timedelta(hours=6, minutes=30))[0]
    assert sun_up(greenwich, noon + timedelta(hours=5, minutes=30))[0]


@pytest.mark.parametrize(
    ("lon", "lat"), [(32.0, 15.0), (0.0, 0.0), (179.99, -17.0), (-180.0, 66.0), (25.0, 78.0), (-70.0, -54.0)]
)
def test_any_theatre_is_covered(lon: float, lat: float) -> None:
    """Sudan, the equator, the date line, both hemispheres: nothing knows where the theatre is. 3,060 km meet everywhere."""
    sky = passes(VIIRS, [npp()], np.array([(lon, lat)]), DAY)
    assert not sky.missing
    assert len(sky.passes) >= 1
    days = [When(DAY.start + timedelta(days=n), DAY.end + timedelta(days=n)) for n in range(3)]
    assert sum(len(passes(VIIRS, [npp()], np.array([(lon, lat)]), day).passes) for day in days) >= 6


def test_a_bold_claim_for_a_thermal_feed_is_said_in_the_methods() -> None:
    """Taken at its word, and beside it stands what located events bear out."""
    from tests.feeds.cases import agreement
    from truceline.report.methods import paragraphs

    def chance(p: float) -> str:
        feed = replace(VIIRS, sees={SHELLING: p, FIRE: 0.9})
        return next(one["text"] for one in paragraphs(agreement(feed)) if one["title"] == "Chance to have seen")

    assert "the case claims more for viirs (shelling)" in chance(0.5)
    assert "claims more" not in chance(0.1)
