"""Two made-up bulletins: a full day between Norland and Sudria, and a day on which nothing could be seen.

Both countries, the island they share and everybody quoted are invented. The island lies in the open Atlantic.
"""

from __future__ import annotations

import hashlib
import math
from datetime import date, timedelta
from typing import Any

from truceline.report.maps import MapSheet

NAMES = {
    "any": "any act of fire",
    "shelling": "shelling",
    "air_or_missile_strike": "air or missile strike",
    "drone_attack": "drone attack",
    "small_arms_fire": "small-arms fire",
    "ground_assault": "ground assault",
    "explosion_undetermined": "explosion, undetermined",
    "fire_undetermined": "fire, undetermined",
}
FORBIDDEN = list(NAMES)[1:7]
GRADES = ("confirmed", "corroborated", "single_source", "contested", "discounted", "unverifiable")
STATES = ("active", "quiet", "undetermined", "not_observed")
POSITIONS = (
    "asserts",
    "acknowledges",
    "acknowledges_in_part",
    "denies",
    "neither_confirms_nor_denies",
    "no_comment",
    "accuses",
    "promises",
    "conditions",
    "calls_for",
    "accepts",
    "rejects",
    "predicts",
    "reports",
    "unclear",
)

CLOUD = "cloud over the sector is not known"
NO_ORBITS = "no orbit elements say which sectors the satellites passed over"
DEAD = "the feed firms-viirs gave nothing from 04:00 to 24:00 UTC"
NOBODY = "nobody and nothing looked here"


def full_day() -> dict[str, Any]:
    """A day with all four states, all six grades, a dead feed, readings that differ, and much said."""
    sectors = [
        {"sector": f"S{n:02d}", "near": None, "from_km": 25.0 * (n - 1), "to_km": 25.0 * n, "length_km": 25.0}
        for n in range(1, 43)
    ]
    sectors.append({"sector": "S43", "near": None, "from_km": 1050.0, "to_km": 1066.4, "length_km": 16.4})
    incidents = _incidents()
    statements = _statements()
    sector_days = [row for one in sectors for row in _sector_rows(one["sector"], incidents)]
    state_km = dict.fromkeys(STATES, 0.0)
    for one in sectors:
        state_km[_state(one["sector"])] += one["length_km"]
    state_km = {state: round(length, 1) for state, length in state_km.items()}
    return {
        **_head("Thirty days of silence", exercise=False),
        "line": {
            "publisher": "Island Survey",
            "map_day": "2031-04-20",
            "note": "Published on the evening of that day.",
            "lengths": [
                {"tolerance_km": 3.0, "length_km": 1066.4, "pieces": 3},
                {"tolerance_km": 5.0, "length_km": 1021.9, "pieces": 2},
            ],
            "sector_km": 25.0,
            "depth_km": 20.0,
            "state_km": state_km,
            "sectors": sectors,
            "movement": [
                {
                    "sector": "S07",
                    "finding": "according_to_publisher",
                    "said": [
                        {
                            "publisher": "Island Survey",
                            "to": "alpha",
                            "gained_km2": 1.25,
                            "lost_km2": 0.0,
                            "mean_m": 50,
                        }
                    ],
                }
            ],
        },
        "line_trouble": None,
        "feeds": _feeds(),
        "restrictions": [
            "Patrol 3 was refused passage at the Ettin bridge from 09:10 to 14:00 UTC.",
            "Positioning of the monitors' drones was jammed over S28–S31 for six hours.",
            "Cloud over the northern third of the line is not known.",
        ],
        "reasons": [
            "Quiet is said of two sectors only: elsewhere nobody was on watch, no cloud data covers the line, and no "
            "baseline of ordinary heat is fitted.",
            "The line is drawn from one control map, so it is according to publisher Island Survey; no movement of it is "
            "a finding.",
            "No feed of this case is a channel of Sudria: what is heard of the parties is one-sided.",
        ],
        "parties": [
            {
                "party": "alpha",
                "name": "Norland",
                "feeds": ["norland-staff"],
                "reports": 14,
                "statements": 4,
                "tallies": 1,
            },
            {"party": "bravo", "name": "Sudria", "feeds": [], "reports": 0, "statements": 3, "tallies": 1},
        ],
        "sector_days": sector_days,
        "coverage_hours": [_hours(one["sector"], n) for n, one in enumerate(sectors)],
        "incidents": incidents,
        "heat": {
            "detections": 58,
            "near_line": 9,
            "beside_incidents": 2,
            "unattributed": 7,
            "baseline": "none fitted",
            "note": "Heat is fire of any kind: field burning, industry, a strike. "
            "Without a fitted baseline it makes no sector active.",
            "season": None,
        },
        "told_of": {"heard": 8, "told": 3, "share": 0.35},
        "statements": statements,
        "relations": [
            {
                "kind": "contradicts",
                "first": _named(statements[5], here=True),
                "second": _named({**statements[0], "id": "s-00"}, here=False),
                "reason": "same kind: shelling; same place: Ettin",
            },
            {
                "kind": "reverses",
                "first": _named(statements[5], here=True),
                "second": _named(statements[3], here=True),
                "reason": "same party's act: bravo",
            },
        ],
        "tallies": [
            {
                "id": "t-1",
                "party": "alpha",
                "about_party": "bravo",
                "number": 122,
                "inexact": "exact",
                "unit": "violations",
                "text": "Over the past day they violated the silence 122 times.",
                "statement": "s-01",
                "document": "d-1",
            },
            {
                "id": "t-2",
                "party": "bravo",
                "about_party": "alpha",
                "number": 1300,
                "inexact": "at_least",
                "unit": "rounds",
                "text": "More than 1,300 rounds were fired by Norland's forces.",
                "statement": "s-05",
                "document": "d-2",
            },
        ],
        "comparisons": [
            {
                "with": "previous period",
                "day": "2031-04-19",
                "refused": True,
                "reason": "Coverage is not comparable: mean observability 0.21 on this day, 0.64 on that",
                "this": {"count": 3, "watched_h": 1.1},
                "that": {"count": 11, "watched_h": 9.2},
                "ratio": None,
            },
            {
                "with": "reference day",
                "day": "2031-04-06",
                "refused": False,
                "reason": "The watch was comparable on both days",
                "this": {"count": 3, "watched_h": 1.1},
                "that": {"count": 12, "watched_h": 1.2},
                "ratio": 0.25,
            },
        ],
        "findings": [
            {
                "provision": "P1",
                "kind": "no_fire",
                "reading": "as-written",
                "party": None,
                "finding": "not_consistent",
                "reason": "Rests on 2 counted incidents near the line, inside the period",
                "period": {"from": "2031-04-20T00:00Z", "to": "2031-04-21T00:00Z"},
                "incidents": ["i-3f9a21c0", "i-77b0d1e4"],
                "unplaced": [],
                "permitted": [],
                "claimed": [],
                "flips": True,
                "differ": [],
            },
            {
                "provision": "P1",
                "kind": "no_fire",
                "reading": "R-bravo",
                "party": "bravo",
                "finding": "not_assessable",
                "reason": "No counted incident lies inside the period, but 1,016 of 1,066 km were not seen quiet. 1 more may "
                "lie before or after the period",
                "period": {"from": "2031-04-20T18:00Z", "to": "2031-04-21T00:00Z"},
                "incidents": [],
                "unplaced": [],
                "permitted": [],
                "claimed": [],
                "flips": True,
                "differ": [],
            },
            {
                "provision": "P2",
                "kind": "access",
                "reading": "as-written",
                "party": None,
                "finding": "consistent",
                "reason": "The crossing at Lower Ford was open from 06:00 to 20:00 UTC, as three patrols saw",
                "period": {"from": "2031-04-20T00:00Z", "to": "2031-04-21T00:00Z"},
                "incidents": [],
                "unplaced": [],
                "permitted": [],
                "claimed": [],
                "flips": False,
                "differ": [],
            },
        ],
        "windows": [],
        "provisions": [
            {
                "id": "P1",
                "kind": "no_fire",
                "text": "The Parties shall cease all fire along the line of contact, by any means, from the hour of the truce.",
                "zone": "line",
                "count": "incident",
                "classes": FORBIDDEN,
                "list": [],
            },
            {
                "id": "P2",
                "kind": "access",
                "text": "The crossing at Lower Ford shall be open to civilians in daylight.",
                "zone": "line",
                "count": "incident",
                "classes": [],
                "list": [],
            },
        ],
        "totals": {
            "sector_days": {
                **{s: sum(1 for one in sectors if _state(one["sector"]) == s) for s in STATES},
                "sum": len(sectors),
            },
            "line_km": {**state_km, "sum": round(sum(state_km.values()), 1)},
            "incidents": {
                "counted": 3,
                "not_counted": 3,
                "sum": 6,
                "by_grade": dict.fromkeys(GRADES, 1),
                "by_class": {"drone_attack": 1, "explosion_undetermined": 1, "shelling": 1},
                "sub_totals": {"exercise": 0, "controlled_explosion": 0, "contravening_presence": 0, "in_a_window": 0},
            },
            "reports": {
                "in_period": 31,
                "near_line": 19,
                "away_from_line": 6,
                "without_place": 2,
                "mention_only": 4,
                "by_origin": {"monitor": 3, "third_party": 5, "party": 14, "unknown": 9},
            },
            "statements": {
                "sum": len(statements),
                "by_position": {p: sum(1 for s in statements if s["position"] == p) for p in POSITIONS},
            },
        },
        "observations": _observations(),
    }


def bleak_day() -> dict[str, Any]:
    """A day without a map, without a sound feed, without a word: an exercise, as page one has to say."""
    zero_states = dict.fromkeys(STATES, 0)
    feeds = [
        {
            **feed,
            "state": "failed",
            "files": [],
            "rows_read": 0,
            "rows_set_aside": 0,
            "set_aside": [],
            "set_aside_more": 0,
            "records_in_period": 0,
            "covered_h": 0.0 if feed["covered_h"] is not None else None,
            "troubles": [
                {
                    "what": f"inbox/{feed['name']}.csv is not there",
                    "todo": "Put the file there or take the feed out of truce.toml",
                    "from": None,
                    "to": None,
                    "outage": True,
                }
            ],
        }
        for feed in _feeds()
    ]
    return {
        **_head("Thirty days of silence", exercise=True),
        "line": None,
        "line_trouble": "no control map of 2031-04-20 or of the seven days before it was received",
        "feeds": feeds,
        "restrictions": [],
        "reasons": ["No sector can be judged: there is no map of the line."],
        "parties": [
            {"party": "alpha", "name": "Norland", "feeds": [], "reports": 0, "statements": 0, "tallies": 0},
            {"party": "bravo", "name": "Sudria", "feeds": [], "reports": 0, "statements": 0, "tallies": 0},
        ],
        "sector_days": [],
        "coverage_hours": [],
        "incidents": [],
        "heat": {
            "detections": 0,
            "near_line": 0,
            "beside_incidents": 0,
            "unattributed": 0,
            "baseline": "peaceful years 2026, 2027, 2028 of Suomi NPP, flagged at p_ordinary 0.04 or below",
            "note": "",
            "season": season(),
        },
        "told_of": {"heard": 0, "told": 0, "share": None},
        "statements": [],
        "relations": [],
        "tallies": [],
        "comparisons": [
            {
                "with": "previous period",
                "day": None,
                "refused": True,
                "reason": "There is no usable map of the line for both days",
                "this": {"count": None, "watched_h": None},
                "that": {"count": None, "watched_h": None},
                "ratio": None,
            }
        ],
        "findings": [
            {
                "provision": "P1",
                "kind": "no_fire",
                "reading": "as-written",
                "party": None,
                "finding": "not_assessable",
                "reason": "No usable map of the line, so there is no place to look at",
                "period": {"from": "2031-04-20T00:00Z", "to": "2031-04-21T00:00Z"},
                "incidents": [],
                "unplaced": [],
                "permitted": [],
                "claimed": [],
                "flips": False,
                "differ": [],
            }
        ],
        "windows": [],
        "provisions": [
            {
                "id": "P1",
                "kind": "no_fire",
                "text": "All fire shall cease.",
                "zone": "line",
                "count": "incident",
                "classes": FORBIDDEN,
                "list": [],
            }
        ],
        "totals": {
            "sector_days": {**zero_states, "sum": 0},
            "line_km": {**dict.fromkeys(STATES, 0.0), "sum": 0.0},
            "incidents": {
                "counted": 0,
                "not_counted": 0,
                "sum": 0,
                "by_grade": dict.fromkeys(GRADES, 0),
                "by_class": {},
                "sub_totals": {"exercise": 0, "controlled_explosion": 0, "contravening_presence": 0, "in_a_window": 0},
            },
            "reports": {
                "in_period": 0,
                "near_line": 0,
                "away_from_line": 0,
                "without_place": 0,
                "mention_only": 0,
                "by_origin": {"monitor": 0, "third_party": 0, "party": 0, "unknown": 0},
            },
            "statements": {"sum": 0, "by_position": {}},
        },
        "observations": [],
    }


def full_sheet() -> MapSheet:
    """The map of the full day."""
    sectors = tuple(
        (f"S{n:02d}", _state(f"S{n:02d}"), (tuple(_line_at((n - 1 + k / 6) / 42.66) for k in range(7)),))
        for n in range(1, 44)
    )
    shore = tuple((-30.2 + 8.0 * k / 90, 43.75 + 0.35 * math.sin(k / 6) + 0.12 * math.sin(k * 1.7)) for k in range(91))
    border = (
        ((-30.3, 47.6), (-29.2, 47.8), (-28.4, 48.6), (-27.6, 49.6)),
        ((-24.6, 43.9), (-23.9, 44.6), (-22.8, 44.7)),
    )
    cells = [(*_sides(one["cell"]), "incident" if one["counted"] else "incident_not_counted") for one in _incidents()]
    for n, along in enumerate((0.05, 0.21, 0.33, 0.52, 0.66, 0.8, 0.93)):
        lon, lat = _line_at(along)
        cells.append((*_sides(_cell(lon + 0.15 * (-1) ** n, lat + 0.1)), "heat"))
    return MapSheet(
        bounds=(-30.3, 43.4, -22.4, 50.0),
        coast=(shore,),
        borders=border,
        sectors=sectors,
        cells=tuple(sorted(cells)),  # type: ignore[arg-type]
        disclaimer="The borders drawn imply no opinion on any territory or its borders.",
        publisher="according to publisher Island Survey",
    )


def season() -> dict[str, Any]:
    """A season of three ordinary years, a day that was not all seen and one beside it; no year delivered in January."""
    pentads = []
    for n in range(73):
        start = date(2031, 1, 1) + timedelta(days=5 * n)
        high = round(12 + 300 * math.exp(-(((n - 45) / 8) ** 2)), 2)
        known = n >= 6
        pentads.append(
            {
                "from": f"{start:%m-%d}",
                "median": round(high / 2, 2) if known else None,
                "low": round(high / 5, 2) if known else None,
                "high": high if known else None,
            }
        )
    return {
        "years": [2026, 2027, 2028],
        "stream": "Suomi NPP",
        "level_pct": 50,
        "pentads": pentads,
        "days": [
            {
                "day": "2031-05-12",
                "what": "this day",
                "seen": None,
                "gap": "viirs did not deliver the whole of 2031-05-12",
            },
            {"day": "2031-05-11", "what": "previous period", "seen": 17, "gap": None},
        ],
    }


def _head(title: str, *, exercise: bool) -> dict[str, Any]:
    return {
        "schema": "truceline-bulletin/1",
        "marking": "INTERNAL – NOT FOR RELEASE",
        "exercise": exercise,
        "number": "110/2031",
        "title": title,
        "day": "2031-04-20",
        "covers": {
            "from": "2031-04-19T16:30Z",
            "to": "2031-04-20T16:30Z",
            "time_zone": "Atlantic/Azores",
            "from_local": "2031-04-19 16:30",
            "to_local": "2031-04-20 16:30",
        },
        "as_known_at": "2031-04-21T06:00Z",
        "release_not_before": "2031-04-23T16:30Z",
        "agreement": {
            "name": title,
            "status": "in_force",
            "start": "2031-04-19T15:00Z",
            "end": "2031-05-19T15:00Z",
            "in_force": "whole",
            "parties": [{"id": "alpha", "name": "Norland"}, {"id": "bravo", "name": "Sudria"}],
            "acceptances": [
                {"party": "alpha", "at": "2031-04-18T09:00Z", "conditions": [], "statement": "Norland accepts."},
                {
                    "party": "bravo",
                    "at": "2031-04-18",
                    "conditions": ["monitors are let into the Ettin valley"],
                    "statement": "We accept, provided monitors are let into the Ettin valley.",
                },
            ],
            "readings": [],
            "quiet_at": 0.9,
            "grid_deg": 0.1,
        },
        "methods": [
            {
                "title": "States of a sector",
                "text": "Active: at least one counted incident. Quiet: none, and an act that happened would have been seen with "
                "a probability of 0.9 or more. Not observed: no looks and no hours on watch. Undetermined: all else.",
            },
            {
                "title": "What could have been missed",
                "text": "Upper 90 % of the events that happened and were not seen (negative binomial, Jeffreys prior).",
            },
        ],
        "software": "truceline 0.1.0",
    }


def _state(sector: str) -> str:
    if sector in ("S07", "S19", "S36"):
        return "active"
    if sector in ("S12", "S13"):
        return "quiet"
    if "S28" <= sector <= "S31" or sector == "S43":
        return "not_observed"
    return "undetermined"


def _hours(sector: str, n: int) -> dict[str, Any]:
    """A day of one sector, hour by hour: by turns watched, looked at, clouded, not known and nobody."""
    kinds = [(1.0, 0, None), (0.2, 0, None), (0.0, 1, 0.9), (0.0, 1, 0.1), (0.0, None, None), (0.0, 0, None)]
    row = [kinds[(n // 4 + hour // 5) % len(kinds)] for hour in range(24)]
    return {
        "sector": sector,
        "hours_utc": [f"{(hour + 16) % 24:02d}:30" for hour in range(24)],
        "watched_share": [one[0] for one in row],
        "looks": [one[1] for one in row],
        "clear_share": [one[2] for one in row],
    }


def _sector_rows(sector: str, incidents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    state = _state(sector)
    looks, watched, clear, seen = {
        "active": (3, 6.0, 0.7, 0.55),
        "quiet": (4, 24.0, 0.95, 0.96),
        "undetermined": (2, 0.0, None, 0.0),
        "not_observed": (0, 0.0, None, 0.0),
    }[state]
    if sector in ("S01", "S02", "S03"):
        looks, watched, seen = None, None, None
    reasons = {
        "active": [CLOUD],
        "quiet": [],
        "undetermined": [CLOUD, NO_ORBITS, DEAD],
        "not_observed": [NOBODY],
    }[state]
    if sector == "S36":
        reasons = [*reasons, "the patrol had to leave at 12:40 UTC"]
    rows = []
    for name, words in NAMES.items():
        here = [
            one
            for one in incidents
            if one["counted"]
            and one["sector"] == sector
            and (one["class"] == name or (name == "any" and one["class"] in FORBIDDEN))
        ]
        its = state if name == "any" or state != "active" or here else "undetermined"
        if name == "fire_undetermined" and state == "quiet":
            its = "undetermined"
        missed = None if not seen else (1 if its == "quiet" else 4)
        rows.append(
            {
                "sector": sector,
                "class": name,
                "class_name": words,
                "state": its,
                "looks": looks,
                "watched_h": watched,
                "clear_share": clear,
                "observability": seen,
                "count": len(here),
                "missed_upper_90": missed,
                "missed_expected": None,
                "missed_shape": None,
                "bound": "not known" if seen is None else "no bound" if missed is None else f"up to {missed}",
                "reasons": reasons,
            }
        )
    return rows


def _line_at(along: float) -> tuple[float, float]:
    """A made-up line, bending like a river."""
    lon = -29.6 + 6.4 * along + 0.35 * math.sin(11 * along)
    lat = 49.4 - 5.1 * along**1.4 + 0.45 * math.sin(7 * along + 0.4) + 0.1 * math.sin(39 * along)
    return round(lon, 4), round(lat, 4)


def _cell(lon: float, lat: float) -> dict[str, float]:
    x, y = math.floor(lon * 10), math.floor(lat * 10)
    return {
        "west": round(x / 10, 6),
        "south": round(y / 10, 6),
        "east": round((x + 1) / 10, 6),
        "north": round((y + 1) / 10, 6),
    }


def _sides(cell: dict[str, float]) -> tuple[float, float, float, float]:
    return cell["west"], cell["south"], cell["east"], cell["north"]


def _incidents() -> list[dict[str, Any]]:
    shelling = _incident(
        "i-3f9a21c0",
        "shelling",
        "S07",
        "confirmed",
        "2031-04-20T03:10Z",
        "2031-04-20T03:40Z",
        ("very likely", "80–95 %", "moderate"),
        roots=[
            ("monitor:patrol-2", "monitor", "Patrol 2", True, "the monitors' own patrol", ["o-01"]),
            (
                "source:Island Post",
                "third_party",
                "Island Post",
                True,
                "a named outlet that says where",
                ["o-02", "o-03"],
            ),
            ("party:alpha", "party", "Norland", False, "a party's own word is a statement", ["o-04"]),
        ],
        links=[
            "o-01 and o-02: same kind, 2.1 km and 0 min apart",
            "o-02 and o-03: two rows of one agency story, one voice",
        ],
        heat=["o-20", "o-21"],
        claims=[("alpha", "accuses", "bravo", "s-01"), ("bravo", "neither_confirms_nor_denies", "bravo", "s-04")],
        judged=("not consistent", "Counted, forbidden here, and wholly inside the period"),
    )
    drone = _incident(
        "i-77b0d1e4",
        "drone_attack",
        "S19",
        "corroborated",
        "2031-04-20T11:00Z",
        "2031-04-20T12:00Z",
        ("likely", "55–80 %", "moderate"),
        roots=[
            ("source:Coast Radio", "third_party", "Coast Radio", True, "a named outlet that says where", ["o-05"]),
            ("source:Island Post", "third_party", "Island Post", True, "a named outlet that says where", ["o-06"]),
        ],
        links=["o-05 and o-06: same kind, 3.4 km and 20 min apart"],
        claims=[],
        judged=("not consistent", "Counted, forbidden here, and wholly inside the period"),
        precision="hour",
    )
    heard = _incident(
        "i-a04c5512",
        "explosion_undetermined",
        "S36",
        "single_source",
        "2031-04-19T16:30Z",
        "2031-04-20T16:30Z",
        ("likely", "55–80 %", "low"),
        roots=[("source:Relief Union", "third_party", "Relief Union", True, "a named body that says where", ["o-07"])],
        links=[],
        claims=[("bravo", "denies", "bravo", "s-06")],
        judged=("not assessable", "Its time may lie before or after the period"),
        precision="day",
    )
    contested = _incident(
        "i-b8e20f73",
        "small_arms_fire",
        "S22",
        "contested",
        "2031-04-20T06:00Z",
        "2031-04-20T07:00Z",
        ("roughly even chance", "45–55 %", "low"),
        roots=[
            ("source:Coast Radio", "third_party", "Coast Radio", True, "a named outlet that says where", ["o-08"]),
            ("monitor:patrol-4", "monitor", "Patrol 4", True, "heard nothing, 2 km away, in that hour", ["o-09"]),
        ],
        links=["o-08 and o-09: same place and hour"],
        claims=[],
        judged=("not assessable", "Graded contested: it stands in no count"),
        against=["Patrol 4 stood 2 km away in that hour and heard nothing"],
        precision="hour",
    )
    discounted = _incident(
        "i-c1d9e8aa",
        "shelling",
        None,
        "discounted",
        "2031-04-20T08:00Z",
        "2031-04-20T08:20Z",
        ("unlikely", "20–45 %", "low"),
        roots=[("source:Island Post", "third_party", "Island Post", True, "a named outlet that says where", ["o-10"])],
        links=[],
        claims=[],
        judged=("not assessable", "Graded discounted: it stands in no count"),
        against=["A quarry announced blasting at that time", "Reviewed by two people"],
    )
    claimed = _incident(
        "i-e55f0b19",
        "air_or_missile_strike",
        "S02",
        "unverifiable",
        "2031-04-19T16:30Z",
        "2031-04-20T16:30Z",
        ("roughly even chance", "45–55 %", "low"),
        roots=[("party:alpha", "party", "Norland", False, "a party's own word is a statement", ["o-11"])],
        links=[],
        claims=[("alpha", "reports", None, "1 row of its own channels")],
        judged=("not assessable", "Graded unverifiable: it stands in no count"),
        precision="day",
    )
    return [shelling, drone, heard, contested, discounted, claimed]


def _incident(
    name: str,
    kind: str,
    sector: str | None,
    grade: str,
    start: str,
    end: str,
    occurrence: tuple[str, str, str],
    *,
    roots: list[tuple[str, str, str, bool, str, list[str]]],
    links: list[str],
    claims: list[tuple[str | None, str, str | None, str]],
    judged: tuple[str, str],
    heat: list[str] | None = None,
    against: list[str] | None = None,
    precision: str = "minute",
) -> dict[str, Any]:
    lon, lat = _line_at(((int(sector[1:]) if sector else 25) - 0.5) / 42.66)
    likelihood, band, confidence = occurrence
    return {
        "id": name,
        "class": kind,
        "class_name": NAMES[kind],
        "sector": sector,
        "cell": _cell(lon + (0.0 if sector else 0.9), lat + (0.0 if sector else 0.7)),
        "from": start,
        "to": end,
        "precision": precision,
        "uncertainty_km": 1.0 if precision == "minute" else 5.0,
        "grade": grade,
        "counted": grade in GRADES[:3],
        "occurrence": {
            "likelihood": likelihood,
            "range": band,
            "confidence": confidence,
            "evidence_for": [f"{root[2]}: {root[4]}" for root in roots if root[3]],
            "evidence_against": against or [],
            "without": [
                {"item": "a post (reports it)", "likelihood": None, "range": None, "grade": "unverifiable"},
                {"item": "RNA (reports it)", "likelihood": "likely", "range": "55–80 %", "grade": "single_source"},
            ],
        },
        "responsibility": {
            "set_by_program": False,
            "note": "Recorded, not judged.",
            "recorded": [
                {
                    "party": party,
                    "position": position,
                    "about_party": about,
                    "statement": statement,
                    "reason": "names Velm, 'shelled', said 0 day(s) after",
                }
                for party, position, about, statement in claims
            ],
        },
        "breach": [
            {"provision": "P1", "reading": "as-written", "judgement": judged[0], "reason": judged[1]},
            {
                "provision": "P1",
                "reading": "R-bravo",
                "judgement": "not concerned",
                "reason": "In that reading the truce begins at 18:00 UTC, after it",
            },
        ],
        "roots": [
            {"root": key, "origin": origin, "name": name, "independent": free, "reason": why, "observations": seen}
            for key, origin, name, free, why, seen in roots
        ],
        "links": links,
        "observations": sorted(name for root in roots for name in root[5]),
        "review": {
            "state": "draft",
            "reviews": 1,
            "needed": 2,
            "lapsed": 0,
            "outcomes": ["stands (2031-04-21T09:00Z): seen"],
        },
        "answers": [
            {"party": "bravo", "kind": "dispute", "at": "2031-04-23T09:00Z", "late": True, "text": "Not there."}
        ],
        "heat_beside": heat or [],
    }


def _observations() -> list[dict[str, Any]]:
    places = {
        "o-01": (
            "patrols",
            4,
            "shelling",
            "S07",
            "heard",
            "monitor",
            "Seven explosions to the north-east, undetermined.",
        ),
        "o-02": ("press-rows", 19, "shelling", "S07", "reported", "third_party", "Shells fell near Ettin before dawn."),
        "o-03": (
            "press-rows",
            23,
            "shelling",
            "S07",
            "reported",
            "third_party",
            "Shells fell near Ettin, agency says.",
        ),
        "o-04": ("norland-staff", 2, "shelling", "S07", "reported", "party", "The other side shelled Ettin."),
        "o-05": ("press-rows", 31, "drone_attack", "S19", "reported", "third_party", "A drone hit the grain quay."),
        "o-06": ("press-rows", 32, "drone_attack", "S19", "reported", "third_party", "Drone at the quay of Marl."),
        "o-07": ("press-rows", 40, "explosion_undetermined", "S36", "reported", "third_party", "A blast was heard."),
        "o-08": ("press-rows", 44, "small_arms_fire", "S22", "reported", "third_party", "Shots at the ford."),
        "o-09": ("patrols", 9, "small_arms_fire", "S22", "heard", "monitor", "Nothing heard from 06:00 to 07:00."),
        "o-10": ("press-rows", 51, "shelling", None, "reported", "third_party", "Bangs inland, cause not clear."),
        "o-11": ("norland-staff", 7, "air_or_missile_strike", "S02", "reported", "party", "A missile was fired at us."),
        "o-20": ("firms-modis", 112, "fire_undetermined", "S07", "derived", "sensor", None),
        "o-21": ("firms-modis", 113, "fire_undetermined", "S07", "derived", "sensor", None),
    }
    return [
        {
            "id": name,
            "feed": feed,
            "entry": f"entry-{feed}",
            "line": line,
            "class": kind,
            "from": "2031-04-20T03:10Z",
            "to": "2031-04-20T03:40Z",
            "precision": "minute",
            "cell": _cell(*_line_at(((int(sector[1:]) if sector else 25) - 0.5) / 42.66)),
            "sector": sector,
            "p_at_line": 1.0 if sector else 0.62,
            "means": means,
            "origin": origin,
            "root": f"root:{name}",
            "text": text,
        }
        for name, (feed, line, kind, sector, means, origin, text) in places.items()
    ]


def _feeds() -> list[dict[str, Any]]:
    return [
        _feed("island-survey", "control", "ok", "C", "third_party", records=1, read=1, publisher="Island Survey"),
        _feed(
            "firms-modis",
            "firms",
            "partial",
            "B",
            "sensor",
            records=58,
            read=393,
            covered=4.0,
            aside=[(77, "latitude 'NaN' is not a number"), (210, "acq_time '2470' is no time of day")],
            troubles=[
                {
                    "what": "the coverage table says 'early': the file ends at 04:00 UTC",
                    "todo": "Fetch the whole day",
                    "from": "2031-04-20T04:00Z",
                    "to": "2031-04-20T16:30Z",
                    "outage": True,
                }
            ],
            publisher="NASA FIRMS",
        ),
        _feed(
            "firms-viirs",
            "firms",
            "failed",
            "B",
            "sensor",
            records=0,
            read=0,
            covered=0.0,
            files=False,
            troubles=[
                {
                    "what": "inbox/viirs_2031-04-20.csv holds a header and no row, where 300 to 900 rows are usual",
                    "todo": "Compare with the day before; ask the provider",
                    "from": None,
                    "to": None,
                    "outage": True,
                }
            ],
            publisher="NASA FIRMS",
        ),
        _feed(
            "norland-staff",
            "strike_log",
            "ok",
            "E",
            "party",
            records=14,
            read=14,
            party="alpha",
            publisher="General Staff of Norland",
        ),
        _feed("patrols", "reports", "ok", "A", "monitor", records=3, read=9, covered=18.5, publisher="the mission"),
        _feed("press-rows", "viina", "ok", "D", "unknown", records=14, read=61, publisher="an event data set"),
        _feed("press", "press", "ok", "C", "unknown", records=2, read=2, publisher="several outlets"),
    ]


def _feed(
    name: str,
    kind: str,
    state: str,
    letter: str,
    origin: str,
    *,
    records: int,
    read: int,
    publisher: str,
    covered: float | None = None,
    aside: list[tuple[int, str]] | None = None,
    troubles: list[dict[str, Any]] | None = None,
    party: str | None = None,
    files: bool = True,
) -> dict[str, Any]:
    aside = aside or []
    return {
        "name": name,
        "kind": kind,
        "state": state,
        "troubles": troubles or [],
        "rows_read": read,
        "rows_set_aside": len(aside),
        "set_aside": [{"line": line, "reason": reason} for line, reason in aside],
        "set_aside_more": 0,
        "records_in_period": records,
        "covered_h": covered,
        "reliability": letter,
        "licence": "open",
        "origin": origin,
        "party": party,
        "publisher": publisher,
        "files": [
            {
                "entry": f"entry-{name}",
                "path": f"inbox/{name}_2031-04-20.csv",
                "sha256": hashlib.sha256(name.encode()).hexdigest(),
                "bytes": 1000 + 37 * read,
                "available_at": "2031-04-21T03:00Z",
            }
        ]
        if files
        else [],
    }


def _named(one: dict[str, Any], *, here: bool) -> dict[str, Any]:
    kept = {key: one[key] for key in ("party", "speaker", "position", "said_at", "document", "quote")}
    return {"statement": one["id"], **kept, "here": here}


def _statements() -> list[dict[str, Any]]:
    rows = [
        (
            "s-01",
            "alpha",
            "General Staff",
            "spokeswoman",
            "accuses",
            "bravo",
            "Sudria shelled Ettin before dawn and broke its word.",
        ),
        (
            "s-02",
            "alpha",
            "Ada Holm",
            "president",
            "promises",
            "alpha",
            "We shall keep the silence as long as they keep it.",
        ),
        ("s-03", "alpha", "Ada Holm", "president", "conditions", "alpha", "as long as they keep it"),
        (
            "s-04",
            "bravo",
            "Ivo Marr",
            "spokesman",
            "neither_confirms_nor_denies",
            "bravo",
            "I can neither confirm nor deny whether our guns fired at Ettin.",
        ),
        (
            "s-05",
            "bravo",
            "Ministry of Defence",
            "ministry",
            "accuses",
            "alpha",
            "More than 1,300 rounds were fired by Norland's forces.",
        ),
        (
            "s-06",
            "bravo",
            "Ivo Marr",
            "spokesman",
            "denies",
            "bravo",
            "There was no explosion on our side of the Weir.",
        ),
        (
            "s-07",
            "alpha",
            "Ministry of Defence",
            "ministry",
            "calls_for",
            None,
            "We call on the monitors to go to Ettin.",
        ),
        ("s-08", None, "Relief Union", "", "reports", None, "Our team heard one blast; nobody was hurt."),
        (
            "s-09",
            "Westmark",
            "Foreign minister of Westmark",
            "minister",
            "calls_for",
            None,
            "Both must let the monitors pass.",
        ),
    ]
    return [
        {
            "id": name,
            "parent": "s-02" if name == "s-03" else None,
            "document": "d-2" if party == "bravo" else "d-1",
            "root": "d-2" if party == "bravo" else "d-1",
            "speaker": speaker,
            "role": role,
            "party": party,
            "about_party": about,
            "position": position,
            "proposition": "fire at Ettin" if "Ettin" in quote else "",
            "said_at": "2031-04-20T09:00Z/2031-04-20T10:00Z" if party else None,
            "said_at_basis": "the text gives the day and the hour" if party else "the text names no day",
            "confidence": "high" if position != "conditions" else "moderate",
            "origin": "party" if party in ("alpha", "bravo") else "third_party",
            "qualifiers": ["as long as they keep it"] if name == "s-02" else [],
            "agencies": ["Ridge News"] if name == "s-02" else [],
            "quote": quote,
            "quoted": "direct",
            "attribution": None if name == "s-03" else True,
            "reason": "verb of saying with its subject",
            "source": [[0, len(speaker)]],
            "cue": [[len(speaker) + 1, len(speaker) + 5]],
            "content": [[40 * n, 40 * n + len(quote)]],
            "labelled_by": "program",
        }
        for n, (name, party, speaker, role, position, about, quote) in enumerate(rows, start=1)
    ]
