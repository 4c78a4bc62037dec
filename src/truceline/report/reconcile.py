"""Totals reconcile or nothing is written: every sum printed is counted again from the lists.

    bulletin --recount--> sums --compare--> TotalsError naming both, or nothing

Some published daily reports carry parts that do not add up to their total. Ours cannot: a bulletin whose
figures disagree is a fault of this program and stops the run. The same holds where two of our own lists
disagree (an incident that no observation stands behind) and where a place is finer than declared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from truceline.errors import OutputError, TotalsError
from truceline.report.maps import MapSheet
from truceline.report.words import STATES
from truceline.terms.event_class import NO_FIRE, EventClass

ANY = "any"
COUNTED_GRADES = ("confirmed", "corroborated", "single_source")
EVENT_NAMES = frozenset(map(str, EventClass))
# Each printed length may have been rounded to a tenth of a kilometre, so a sum of n may be off by n halves of it.
KM_ROUNDING = 0.05
# Half of the last digit of an observability printed in per cent.
SHARE_ROUNDING = 0.005


def check_totals(bulletin: Mapping[str, Any]) -> None:
    """Recount every sum of the bulletin.

    Raises:
        TotalsError: Two sums of ours disagree; both are named.
    """
    for what in (
        *_sector_days(bulletin),
        *_line(bulletin),
        *_incidents(bulletin),
        *_active_means_counted(bulletin),
        *_quiet_means_seen(bulletin),
        *_reports(bulletin),
        *_statements(bulletin),
        *_feeds(bulletin),
        *_walk_back(bulletin),
    ):
        raise TotalsError(
            who="bulletin",
            what=f"{bulletin['day']}: {what}",
            todo="The bulletin was not written. Please report this: it is a fault of the program, not of the data",
        )


def check_places(bulletin: Mapping[str, Any], sheet: MapSheet | None) -> None:
    """No position that leaves us is finer than the declared grid, and the map shows what the tables say.

    Raises:
        OutputError: A cell is smaller than the grid.
        TotalsError: The map's sectors and the table's differ.
    """
    grid = bulletin["agreement"]["grid_deg"]
    cells = [(f"incident {one['id']}", _sides(one["cell"])) for one in bulletin["incidents"] if one["cell"]]
    cells += [(f"observation {one['id']}", _sides(one["cell"])) for one in bulletin["observations"] if one["cell"]]
    cells += [(f"map cell {n}", cell[:4]) for n, cell in enumerate(sheet.cells if sheet else (), start=1)]
    for name, (west, south, east, north) in cells:
        if min(east - west, north - south) < grid - 1e-6:
            raise OutputError(
                who="bulletin",
                what=f"the cell of {name} is finer than the declared {grid:g}°",
                todo="Nothing was written. Publish cells of the grid that [agreement] grid_deg declares",
            )
    if sheet is None or not sheet.sectors:
        return
    drawn = {sector: state for sector, state, _ in sheet.sectors}
    told = {row["sector"]: row["state"] for row in bulletin["sector_days"] if row["class"] == ANY}
    if drawn != told:
        odd = sorted(s for s in {*drawn, *told} if drawn.get(s) != told.get(s))
        raise TotalsError(
            who="bulletin",
            what=f"the map draws {odd[0]} as {drawn.get(odd[0])}, the sector table says {told.get(odd[0])}",
            todo="The bulletin was not written. Please report this: it is a fault of the program, not of the data",
        )


def _sides(cell: Mapping[str, float]) -> tuple[float, float, float, float]:
    return cell["west"], cell["south"], cell["east"], cell["north"]


def _differ(name: str, said: float, counted_name: str, recounted: float, tolerance: float = 0.0) -> Iterator[str]:
    if abs(said - recounted) > tolerance + 1e-9:
        yield f"{name} is {said:g}, but {counted_name} is {recounted:g}"


def _sector_days(bulletin: Mapping[str, Any]) -> Iterator[str]:
    total = bulletin["totals"]["sector_days"]
    rows = [row for row in bulletin["sector_days"] if row["class"] == ANY]
    states = Counter(row["state"] for row in rows)
    for state in STATES:
        yield from _differ(
            f"totals.sector_days.{state}", total[state], f"the number of {state} rows", float(states[state])
        )
    yield from _differ(
        "totals.sector_days.sum", total["sum"], "the sum of its parts", sum(total[state] for state in STATES)
    )
    line = bulletin["line"]
    sectors = [one["sector"] for one in line["sectors"]] if line else []
    yield from _differ("the number of sectors of the line", len(sectors), "the number of sector-days", len(rows))
    if sorted(sectors) != sorted(row["sector"] for row in rows):
        yield "the sectors of the line and those of the sector-days are not the same"
    keys = Counter((row["sector"], row["class"]) for row in bulletin["sector_days"])
    yield from (f"sector {s}, class {c} has {n} rows instead of 1" for (s, c), n in sorted(keys.items()) if n > 1)


def _line(bulletin: Mapping[str, Any]) -> Iterator[str]:
    total, line = bulletin["totals"]["line_km"], bulletin["line"]
    parts = sum(total[state] for state in STATES)
    yield from _differ("totals.line_km.sum", total["sum"], "the sum of its parts", parts, 4 * KM_ROUNDING)
    if line is None:
        yield from _differ("totals.line_km.sum", total["sum"], "the length of a line that is not known", 0.0)
        return
    lengths = {one["sector"]: one["length_km"] for one in line["sectors"]}
    slack = KM_ROUNDING * (len(lengths) + 1)
    yield from _differ("totals.line_km.sum", total["sum"], "the sum of the sectors", sum(lengths.values()), slack)
    for state in STATES:
        here = [
            lengths.get(row["sector"], 0.0)
            for row in bulletin["sector_days"]
            if row["class"] == ANY and row["state"] == state
        ]
        slack = KM_ROUNDING * (len(here) + 1)
        yield from _differ(f"totals.line_km.{state}", total[state], f"the {state} sectors", sum(here), slack)
        yield from _differ(
            f"totals.line_km.{state}", total[state], f"line.state_km.{state}", line["state_km"][state], KM_ROUNDING
        )


def _incidents(bulletin: Mapping[str, Any]) -> Iterator[str]:
    total, incidents = bulletin["totals"]["incidents"], bulletin["incidents"]
    listed = [one for one in incidents if one["counted"]]
    yield from _differ("totals.incidents.counted", total["counted"], "the number of counted ones", len(listed))
    yield from _differ("totals.incidents.sum", total["sum"], "the number listed", len(incidents))
    yield from _differ(
        "totals.incidents.sum", total["sum"], "counted and not counted", total["counted"] + total["not_counted"]
    )
    grades, classes = Counter(one["grade"] for one in incidents), Counter(one["class"] for one in listed)
    for grade in sorted({*grades, *total["by_grade"]}):
        yield from _differ(
            f"totals.incidents.by_grade.{grade}", total["by_grade"].get(grade, 0), "the number listed", grades[grade]
        )
    for name in sorted({*classes, *total["by_class"]}):
        yield from _differ(
            f"totals.incidents.by_class.{name}", total["by_class"].get(name, 0), "the number counted", classes[name]
        )
    for name, number in total["sub_totals"].items():
        if number > total["counted"]:
            yield f"totals.incidents.sub_totals.{name} is {number}, more than the {total['counted']} counted"
        if name in EVENT_NAMES:
            yield from _differ(f"totals.incidents.sub_totals.{name}", number, "the number counted", classes[name])
    for one in incidents:
        if one["counted"] != (one["grade"] in COUNTED_GRADES):
            yield f"incident {one['id']} is {one['grade']} and counted is {one['counted']}"


def _active_means_counted(bulletin: Mapping[str, Any]) -> Iterator[str]:
    """Active is a counted incident, and nothing else is: the table and the list must agree, sector by sector."""
    if bulletin["line"] is None:
        return
    promises = [provision for provision in bulletin["provisions"] if provision["kind"] == "no_fire"]
    forbidden = {*NO_FIRE, *(name for provision in promises for name in provision["classes"])}
    listed = Counter((one["sector"], one["class"]) for one in bulletin["incidents"] if one["counted"] and one["sector"])
    rows = {(row["sector"], row["class"]): row for row in bulletin["sector_days"]}
    for (sector, name), row in rows.items():
        if name == ANY:
            here = sum(count for (s, c), count in listed.items() if s == sector and c in forbidden)
        else:
            here = listed[sector, name]
        yield from _differ(f"the count of sector {sector}, class {name},", row["count"], "the incidents listed", here)
        if (row["state"] == "active") != (row["count"] > 0):
            yield f"sector {sector}, class {name} is {row['state']} with a count of {row['count']}"
    for sector, name in sorted(listed):
        if (sector, ANY) not in rows:
            yield f"a counted incident ({name}) lies in sector {sector}, which the sector table does not have"


def _quiet_means_seen(bulletin: Mapping[str, Any]) -> Iterator[str]:
    """Missing is not zero: nothing that was not looked at may be called quiet."""
    least = bulletin["agreement"]["quiet_at"]
    for row in bulletin["sector_days"]:
        where = f"sector {row['sector']}, class {row['class']}"
        seen = row["observability"]
        if row["state"] == "quiet" and (seen is None or seen < least - SHARE_ROUNDING):
            yield f"{where} is quiet with an observability of {seen}, but quiet_at is {least:g}"
        if row["state"] == "not_observed" and (row["looks"] or row["watched_h"]):
            yield f"{where} is not observed with {row['looks']} looks and {row['watched_h']} watched hours"


def _reports(bulletin: Mapping[str, Any]) -> Iterator[str]:
    total, heat = bulletin["totals"]["reports"], bulletin["heat"]
    places = sum(total[name] for name in ("near_line", "away_from_line", "without_place", "mention_only"))
    yield from _differ("totals.reports.in_period", total["in_period"], "the sum by place", places)
    by_origin = sum(total["by_origin"].values())
    yield from _differ("totals.reports.in_period", total["in_period"], "the sum by origin", by_origin)
    near = heat["beside_incidents"] + heat["unattributed"]
    yield from _differ("heat.near_line", heat["near_line"], "beside incidents and unattributed", near)
    if heat["near_line"] > heat["detections"]:
        yield f"heat.near_line is {heat['near_line']}, but heat.detections is {heat['detections']}"


def _statements(bulletin: Mapping[str, Any]) -> Iterator[str]:
    total = bulletin["totals"]["statements"]
    listed = Counter(one["position"] for one in bulletin["statements"])
    yield from _differ("totals.statements.sum", total["sum"], "the number listed", len(bulletin["statements"]))
    for name in sorted({*listed, *total["by_position"]}):
        yield from _differ(
            f"totals.statements.by_position.{name}",
            total["by_position"].get(name, 0),
            "the number listed",
            listed[name],
        )


def _feeds(bulletin: Mapping[str, Any]) -> Iterator[str]:
    for feed in bulletin["feeds"]:
        shown = len(feed["set_aside"]) + feed["set_aside_more"]
        yield from _differ(f"{feed['name']}: rows set aside", feed["rows_set_aside"], "listed and more", shown)
    known = {feed["name"] for feed in bulletin["feeds"]}
    for one in bulletin["observations"]:
        if one["feed"] not in known:
            yield f"observation {one['id']} comes from {one['feed']}, which is not among the feeds"


def _walk_back(bulletin: Mapping[str, Any]) -> Iterator[str]:
    """Finding, incident, observation: each step must exist, or a figure leads nowhere."""
    seen = {one["id"] for one in bulletin["observations"]}
    incidents = {one["id"]: one for one in bulletin["incidents"]}
    if len(seen) < len(bulletin["observations"]) or len(incidents) < len(bulletin["incidents"]):
        yield "an observation or an incident is listed twice"
    for one in bulletin["incidents"]:
        voices = [name for root in one["roots"] for name in root["observations"]]
        lost = sorted({*one["observations"], *voices, *one["heat_beside"]} - seen)
        if lost:
            yield f"incident {one['id']} rests on observation {lost[0]}, which is not listed"
    for finding in bulletin["findings"]:
        for name in finding["incidents"]:
            if name not in incidents:
                yield f"the finding on {finding['provision']} rests on incident {name}, which is not listed"
            elif not incidents[name]["counted"]:
                yield f"the finding on {finding['provision']} rests on incident {name}, which is not counted"
        for name in (*finding["unplaced"], *finding["permitted"], *finding["claimed"]):
            if name not in incidents:
                yield f"the finding on {finding['provision']} names incident {name}, which is not listed"
    for window in bulletin["windows"]:
        for name in window["incidents"]:
            if name not in incidents:
                yield f"window {window['id']} names incident {name}, which is not listed"
