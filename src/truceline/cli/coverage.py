"""`truceline coverage`: who could have seen what on a day that is over."""

from __future__ import annotations

import json
import textwrap
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.talk import talking

if TYPE_CHECKING:
    from truceline.questions import Coverage

WIDTH = 80


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="A day that is over.")
@click.option("--without", multiple=True, metavar="FEED", help="As if this feed were withdrawn; may be repeated.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def coverage(case: Path, day: datetime, without: tuple[str, ...], roots: tuple[Path, ...], as_json: bool) -> None:
    """Print who could have seen what in CASE on a day that is over.

    Per sector and class: looks, hours on watch, share free of cloud, and the chance to have been seen, had it
    happened. 0 means that nothing here can see the class; "not known" is neither 0 nor 1. Days that are not over
    are refused.

    \b
    Example:
        truceline coverage demo --day 2031-09-05 --without modis
    """
    from truceline.questions import coverage as cover

    if not 1900 <= day.year <= 2200:
        raise click.UsageError(f"The year {day.year} is outside 1900..2200.")
    with talking("Opening the case") as say:
        try:
            found = cover(case, day.date(), without=without, roots=roots, now=datetime.now(UTC), say=say)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    told = _told(found, day.date(), without)
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else _text(told))


def _told(found: Coverage, day: date, without: tuple[str, ...]) -> dict[str, Any]:
    """Everything the command says, as one plain object."""
    from truceline.observations.by_size import by_size
    from truceline.observations.detection import ACTS_AT_MOST, two_look
    from truceline.spacetime import iso
    from truceline.terms.event_class import NAMES, EventClass

    period = found.exposure.day
    km = {} if found.ground is None else {s.id: (s.from_km, s.to_km) for s in found.ground.sectors}
    before = {} if found.whole is None else {_key(row): row for row in found.whole.coverage.to_pylist()}
    rows = []
    for row in found.observed.coverage.to_pylist():
        said: dict[str, Any] = {
            "sector": row["sector"],
            "from_km": round(km[row["sector"]][0], 1),
            "to_km": round(km[row["sector"]][1], 1),
            "class": row["event_class"],
            "class_name": NAMES[EventClass(row["event_class"])],
            **{name: row[name] for name in ("looks", "watched_h", "clear_share", "observability", "silent_feeds")},
        }
        if before:
            said["with_all_feeds"] = {
                name: before[_key(row)][name] for name in ("looks", "watched_h", "clear_share", "observability")
            }
        rows.append(said)
    heat = [f for f in found.agreement.feeds if f.orbits is not None]
    return {
        "schema": "truceline-coverage/1",
        "marking": "INTERNAL – NOT FOR RELEASE",
        "exercise": found.agreement.exercise,
        "day": day.isoformat(),
        "covers": {"from": iso(period.start), "to": iso(period.end)},
        "without": list(without),
        "line_trouble": found.ground_trouble,
        "restrictions": list(found.observed.restrictions),
        "sectors": rows,
        "hours": [{**row, "start_utc": iso(row["start_utc"])} for row in found.observed.hours.to_pylist()],
        "by_size": [
            {
                "sector": one.sector,
                "power_mw": [one.size.from_mw, one.size.below_mw],
                "duration_h": one.duration_h,
                "observability": one.observability,
            }
            for one in by_size(found.exposure)
        ],
        "chance_of_one_look": [
            {
                "feed": feed.name,
                "declared": {str(event): p for event, p in feed.sees.items()},
                "acts_of_fire_at_most": ACTS_AT_MOST,
                "two_look": [
                    {"first": t.first, "second": t.second, "n": t.n, "m": t.m, "p": _r(t.p), "low": _r(t.low),
                     "high": _r(t.high)}
                    for t in two_look(feed, found.records.detections, found.records.orbits, period)
                ],
            }
            for feed in heat
        ],
    }  # fmt: skip


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["sector"], row["event_class"]


def _r(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _text(told: dict[str, Any]) -> str:
    """The same for a terminal of 80 columns; classes alike in a sector share a line."""
    lines = [f"{told['marking']}", f"Coverage of {told['day']}, {told['covers']['from']} to {told['covers']['to']}"]
    if told["without"]:
        lines.append(f"As if withdrawn: {', '.join(told['without'])} (all feeds -> without)")
    lines += [line for reason in told["restrictions"] for line in _wrapped(f"- {reason}", "  ")]
    if told["line_trouble"]:
        lines += _wrapped(f"No line, so no sectors: {told['line_trouble']}", "  ")
    by_sector: dict[str, list[dict[str, Any]]] = {}
    for row in told["sectors"]:
        by_sector.setdefault(row["sector"], []).append(row)
    for sector, rows in by_sector.items():
        lines += ["", *_sector(sector, rows)]
    return "\n".join(lines)


def _sector(sector: str, rows: list[dict[str, Any]]) -> list[str]:
    one = rows[0]
    old = one.get("with_all_feeds")
    figures = [
        (name, _change(None if old is None else _figure(old[key], form), _figure(one[key], form)))
        for name, key, form in (
            ("looks", "looks", "d"),
            ("on watch", "watched_h", ".1f"),
            ("clear", "clear_share", ".0%"),
        )
    ]
    head = f"{sector}  km {one['from_km']:g} to {one['to_km']:g}"
    lines = _wrapped(f"{head}: " + ", ".join(f"{name} {value}" for name, value in figures), "     ")
    alike: dict[str, list[str]] = {}
    for row in rows:
        before = row.get("with_all_feeds")
        chance = _change(None if before is None else _chance(before["observability"]), _chance(row["observability"]))
        alike.setdefault(chance, []).append(row["class_name"])
    for chance, names in sorted(alike.items(), key=lambda item: (-len(item[1]), item[0])):
        lines += _wrapped(f"     {chance}: {', '.join(names)}", " " * 10)
    return lines


def _chance(value: float | None) -> str:
    return "not known" if value is None else "0" if value == 0 else f"{value:.2f}"


def _figure(value: float | None, form: str) -> str:
    if value is None:
        return "not known"
    return f"{value:{form}}" + (" h" if form == ".1f" else "")


def _change(before: str | None, after: str) -> str:
    return after if before is None or before == after else f"{before} -> {after}"


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False) or [""]
