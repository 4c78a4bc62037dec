"""`truceline change`: did incidents become fewer or more at a date?"""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.talk import talking

if TYPE_CHECKING:
    from truceline.assessment.holding import Holding
    from truceline.assessment.how_many import HowMany

_DAY = click.DateTime(["%Y-%m-%d"])
_PER = 1000  # rates are printed per so many observed sector-hours


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--at", "at", type=_DAY, required=True, help="First day after.")
@click.option("--before", type=click.IntRange(7, 400), default=30, show_default=True, help="Days before.")
@click.option("--after", type=click.IntRange(1, 400), default=30, show_default=True, help="Days after.")
@click.option("--from", "first", type=_DAY, help="First day of the series, for placebo dates.")
@click.option("--to", "last", type=_DAY, help="Last day of the series.")
@click.option("--class", "event_class", default="any", show_default=True, help="One class of events.")
@click.option("--known", "known", type=_DAY, multiple=True, help="Another date of a known change; may be repeated.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def change(
    case: Path,
    at: datetime,
    before: int,
    after: int,
    first: datetime | None,
    last: datetime | None,
    event_class: str,
    known: tuple[datetime, ...],
    roots: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Print how the rate of counted incidents in CASE changed at a day.

    Counts are divided by observed sector-hours: hours of a sector times the chance to have seen an
    act there. Where coverage is not comparable nothing is said but why. No single score is given.

    \b
    Example:
        truceline change my-truce --at 2031-05-04 --before 14 --after 14
    """
    from truceline.assessment import ANY
    from truceline.questions import changed
    from truceline.terms.event_class import EventClass

    if event_class not in (ANY, *EventClass):
        raise click.UsageError(f"--class {event_class!r} is no class; known: {', '.join((ANY, *EventClass))}")
    days = [one.date() for one in (at, first, last, *known) if one is not None]
    if any(not 1901 <= day.year <= 2199 for day in days):
        raise click.UsageError("A year is outside 1901..2199.")
    if (max(days) - min(days)).days > 4000:
        raise click.UsageError("Ask for a series of fewer than 4,000 days.")
    with talking("Opening the case") as say:
        found = changed(
            case,
            at.date(),
            before=before,
            after=after,
            first=None if first is None else first.date(),
            last=None if last is None else last.date(),
            event_class=event_class,
            known_changes=[one.date() for one in known],
            roots=roots,
            now=datetime.now(UTC),
            say=say,
        )
    if as_json:
        click.echo(json.dumps(_as_json(found, event_class), ensure_ascii=False, allow_nan=False))
        return
    for line in _lines(found, event_class):
        click.echo(line)


def _as_json(found: Holding, event_class: str) -> dict[str, Any]:
    one = found.change
    return {
        "at": found.at.isoformat(),
        "class": event_class,
        "before": _period(found, found.days[: found.before_days], one.before, one.exposure_before, one.rate_before),
        "after": _period(found, found.days[found.before_days :], one.after, one.exposure_after, one.rate_after),
        "ratio": _finite(one.ratio),
        "interval": None if one.refused else {"level": one.level, "low": _finite(one.low), "high": _finite(one.high)},
        "direction": one.direction,
        "refused": one.refused,
        "spread": round(one.spread, 3),
        "placebo_dates": one.placebo_dates,
        "in_all": {"before": _count(found.in_all_before), "after": _count(found.in_all_after)},
    }


def _period(found: Holding, days: Any, count: float, exposure_h: float, rate: float | None) -> dict[str, Any]:
    return {
        "from": days[0][0].isoformat(),
        "to": days[-1][0].isoformat(),
        "days": len(days),
        "days_known": sum(1 for _, day in days if day.reason is None),
        "counted": int(count),
        "observed_sector_hours": round(exposure_h, 1),
        "per_1000_observed_sector_hours": None if rate is None else round(_PER * rate, 3),
    }


def _finite(value: float | None) -> float | None:
    """Infinity has no place in JSON: a bound that is not there is null."""
    return None if value is None or not math.isfinite(value) else round(value, 4)


def _count(one: HowMany) -> dict[str, Any]:
    return {
        "told": one.told,
        "lists": dict(one.lists),
        "on_two_or_more": one.shared,
        "estimate": _finite(one.estimate),
        "low": _finite(one.low),
        "high": _finite(one.high),
        "warnings": list(one.warnings),
        "refused": one.refused,
    }


def _lines(found: Holding, event_class: str) -> list[str]:
    one, told = found.change, _as_json(found, event_class)
    lines = []
    for name in ("before", "after"):
        part = told[name]
        rate = part["per_1000_observed_sector_hours"]
        lines.append(
            f"{name.capitalize():7}{_span(part['from'], part['to'])}  {part['counted']:>5} counted in "
            f"{part['observed_sector_hours']:,.0f} observed sector-hours"
        )
        said = "no rate" if rate is None else f"{rate:g} per {_PER:,} observed sector-hours"
        lines.append(f"       {said}; {part['days_known']} of {part['days']} days known")
    lines += [f"       left out: {number} day(s), {reason}" for reason, number in found.unknown]
    if one.refused is not None:
        lines.append(f"No comparison: {one.refused}.")
    else:
        lines.append(f"The rate {_WORDS[one.direction]}.")
        lines.append(f"After : before  {_ratio(one.ratio)}, 90 % interval {_ratio(one.low)} to {_ratio(one.high)}")
        lines.append(
            f"       stretched by {one.spread:.2f} after {one.placebo_dates} placebo date(s) of this series"
            if one.placebo_dates
            else f"       stretched by {one.spread:.2f}, as other series need it: this one has no placebo dates"
        )
    for name, count in (("before", found.in_all_before), ("after", found.in_all_after)):
        lines += _in_all(name, count)
    return lines


_WORDS = {
    "fell": "fell",
    "rose": "rose",
    "no change can be told": "may have risen or fallen: no change can be told from it",
}


def _in_all(name: str, one: HowMany) -> list[str]:
    if one.refused is not None or one.estimate is None or one.low is None or one.high is None:
        return [f"How many in all, {name}: not estimated, {one.refused}."]
    lists = ", ".join(f"{name} {size}" for name, size in one.lists)
    return [
        f"How many in all, {name}: about {one.estimate:.0f} ({one.low:.0f} to {one.high:.0f}); {one.told} were told",
        f"       by {lists}; {one.shared} by two or more",
        *(f"       {text}" for text in one.warnings),
    ]


def _ratio(value: float | None) -> str:
    if value is None or math.isinf(value):
        return "no bound"
    return f"{value:.2f}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{date.fromisoformat(first)} to {date.fromisoformat(last)}"
