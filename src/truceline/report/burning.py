"""What satellites saw burning: the day's detections, what the baseline says of them, and the season they fall in.

DayResult and the days it is compared with --heat--> the bulletin's part `heat` --season_figure--> the curve
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from truceline.observations.heat.season import Curve, Pentad
from truceline.report.day import DayResult
from truceline.report.feed_health import heat_gap
from truceline.report.season import DayMark, draw_season
from truceline.terms import Agreement


def heat(
    agreement: Agreement, result: DayResult, others: Sequence[tuple[str, DayResult | None, date]]
) -> dict[str, Any]:
    """What satellites saw burning on the day, what the baseline says of it, and the season it belongs to."""
    hits = [
        row
        for row in result.observed.observations.select(["id", "origin", "sector", "flagged"]).to_pylist()
        if row["origin"] == "sensor"
    ]
    near = sum(1 for row in hits if row["sector"] is not None)
    alone = set(result.assessments.unattributed_heat)
    unattributed = len(alone)
    judged = Counter(row["flagged"] for row in hits if row["id"] in alone)
    return {
        "detections": len(hits),
        "near_line": near,
        "beside_incidents": near - unattributed,
        "unattributed": unattributed,
        "flagged": judged[True],
        "ordinary": judged[False],
        "not_judged": judged[None],
        "baseline": result.baseline or "no baseline",
        "note": "Heat is fire of any kind: field burning, industry, a strike. "
        + (
            "Without a fitted baseline it makes no sector active."
            if result.baseline is None
            else "Strikes look like stubble fires, and one in twenty ordinary fires is flagged too: heat alone makes "
            "no sector active. Ordinary heat speaks against nothing, flagged heat against quiet."
        ),
        "season": _season(agreement, result, others),
    }


def season_figure(season: Mapping[str, Any] | None) -> Markup | None:
    """The season of a bulletin, drawn; None without a baseline."""
    if season is None:
        return None
    pentads = tuple(Pentad(one["from"], one["median"], one["low"], one["high"]) for one in season["pentads"])
    curve = Curve(pentads, season["level_pct"], tuple(season["years"]), season["stream"])
    marks = [DayMark(date.fromisoformat(one["day"]), one["seen"]) for one in season["days"]]
    return Markup(draw_season(curve, days=marks))  # noqa: S704  (every text in it was escaped when it was drawn)


def _season(
    agreement: Agreement, result: DayResult, others: Sequence[tuple[str, DayResult | None, date]]
) -> dict[str, Any] | None:
    """The season's curve, and what was seen on this day and on those it is compared with; None without a baseline."""
    if result.season is None:
        return None
    curve = result.season.curve
    return {
        "years": list(curve.years),
        "stream": curve.stream,
        "level_pct": curve.level_pct,
        "pentads": [{"from": one.start, "median": one.median, "low": one.low, "high": one.high}
                    for one in curve.pentads],
        "days": [_day_of_season(agreement, "this day", result, result.day),
                 *(_day_of_season(agreement, name, other, day) for name, other, day in others)],
    }  # fmt: skip


def _day_of_season(agreement: Agreement, name: str, result: DayResult | None, day: date) -> dict[str, Any]:
    season = None if result is None else result.season
    gap: str | None
    seen: int | None
    if result is None or season is None:
        gap, seen = "that day has no result", None
    elif season.seen is None:
        gap, seen = f"nothing was received of {season.curve.stream}, so whether it looked is not known", None
    else:
        gap = heat_gap(agreement, result)
        seen = None if gap else season.seen
    return {"day": day.isoformat(), "what": name, "seen": seen, "gap": gap}
