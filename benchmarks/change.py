"""Benchmark 5: did it fall silent. Named dates, and how often a date at which nothing happened raises an alarm.

    python benchmarks/change.py --data ../shared/data

Series: UCDP events in Ukraine 2014-2019; one party's log of long-range attacks 2022-2025; news reports of artillery per
all reports of the day 2023-2025. Peers in the same run: negative binomial regression of statsmodels with model errors
and with Newey-West errors, and bsts-causalimpact where it is installed. Every date is asked with the same periods.

Prints tables, and one JSON object as its last line. What each figure means stands in docs/methods/change.md; the data
may not be shipped.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from truceline.assessment.change import PLACEBO_REACH_DAYS, pooled, rate_change, statistic
from truceline.assessment.how_many import how_many

PEER_EVERY = 3  # a peer is asked at every third placebo date: a third of the time, the same share


@dataclass(frozen=True)
class Series:
    """Daily counts with their exposure, the periods they are asked with, and the dates at which something happened."""

    name: str
    first: date
    counts: list[float | None]
    exposure: list[float | None]
    before: int
    after: int
    named: tuple[date, ...]

    def index(self, day: date) -> int:
        return (day - self.first).days

    @property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        return tuple(np.array([math.nan if v is None else v for v in part]) for part in (self.counts, self.exposure))

    def placebo_days(self) -> list[int]:
        """Days none of whose two periods holds a named date."""
        named = [self.index(day) for day in self.named]
        inside = range(self.before, len(self.counts) - self.after + 1)
        return [t for t in inside if not any(t - self.before < k < t + self.after for k in named)]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))


def per_day(days: Sequence[date], first: date, last: date) -> list[float | None]:
    counts: list[float | None] = [0.0] * ((last - first).days + 1)
    for day in days:
        if first <= day <= last:
            counts[(day - first).days] += 1
    return counts


def ucdp(data: Path) -> list[date]:
    rows = list(rows_of(data / "ucdp-ged-ukraine-2014-2021" / "ged_ukraine_2014_2019.csv"))[1:]  # the first is HXL tags
    return [date.fromisoformat(row["date_start"][:10]) for row in rows]


def moment(text: str) -> datetime:
    """A local time of the strike log: a day, or a day and an hour that may lack its zero."""
    day, _, clock = text.strip().partition(" ")
    return datetime.fromisoformat(f"{day} {clock.strip().zfill(5)}" if clock else day)


def attacks(data: Path) -> list[tuple[datetime, datetime]]:
    """Entries of the strike log as local times; an entry that names only its day is taken for all of it."""
    found = []
    for row in rows_of(data / "missile-attacks" / "missile_attacks_daily.csv"):
        start, end = (moment(row[key]) for key in ("time_start", "time_end"))
        found.append((start, end if len(row["time_end"].strip()) > 10 else end + timedelta(days=1)))
    return sorted(found)


def artillery(data: Path) -> tuple[dict[date, int], dict[date, int]]:
    told: dict[date, int] = {}
    every: dict[date, int] = {}
    for file in sorted((data / "viina-incidents").glob("*.csv.gz")):
        for row in rows_of(file):
            day = date.fromisoformat(row["datetime"][:10])
            every[day] = every.get(day, 0) + 1
            if "artillery" in row["event_type"].split("|"):
                told[day] = told.get(day, 0) + 1
    return told, every


def all_series(data: Path) -> list[Series]:
    events = per_day(ucdp(data), date(2014, 5, 1), date(2019, 12, 31))
    log = attacks(data)
    strikes = per_day([start.date() for start, _ in log], date(2022, 9, 28), date(2025, 4, 30))
    told, every = artillery(data)
    first = min(every)
    days = [first + timedelta(days=n) for n in range((max(every) - first).days + 1)]
    truces = (date(2014, 9, 5), date(2015, 2, 15), date(2018, 12, 29), date(2019, 7, 21))
    reports: list[float | None] = [told.get(day, 0) if day in every else None for day in days]
    volume: list[float | None] = [every.get(day) for day in days]
    return [
        Series("UCDP events, 30 : 30 days", date(2014, 5, 1), events, [1.0] * len(events), 30, 30, truces),
        Series(
            "long-range attacks, 28 : 2", date(2022, 9, 28), strikes, [1.0] * len(strikes), 28, 2, (date(2025, 4, 19),)
        ),
        Series("artillery per report, 28 : 1", first, reports, volume, 28, 1, (date(2025, 4, 20),)),
        Series(
            "long-range attacks, 28 : 28",
            date(2022, 9, 28),
            strikes,
            [1.0] * len(strikes),
            28,
            28,
            (date(2025, 4, 19),),
        ),
        Series("artillery per report, 28 : 28", first, reports, volume, 28, 28, (date(2025, 4, 20),)),
    ]


def named_dates(series: Series) -> list[dict[str, Any]]:
    found = []
    for day in series.named:
        others = [series.index(other) for other in series.named if other != day]
        one = rate_change(
            series.counts,
            series.exposure,
            series.index(day),
            before=series.before,
            after=series.after,
            known_changes=others,
        )
        found.append(
            {
                "series": series.name,
                "date": day.isoformat(),
                "before": one.before,
                "after": one.after,
                "ratio": one.ratio,
                "low": one.low,
                "high": one.high,
                "direction": one.direction,
                "refused": one.refused,
                "placebo_dates": one.placebo_dates,
                "spread": one.spread,
            }
        )
    return found


def placebo(series: Series) -> list[dict[str, bool]]:
    """For each placebo date whether it raises an alarm, calibrated on the other ones that share no day with it."""
    y, e = series.arrays
    width = series.before + series.after
    z = {
        t: found
        for t in series.placebo_days()
        if (found := statistic(y, e, t, before=series.before, after=series.after)) is not None
    }
    at, value = np.array(list(z)), np.array(list(z.values()))
    alarms = []
    for t, own in z.items():
        near = (np.abs(at - t) >= width) & (np.abs(at - t) <= PLACEBO_REACH_DAYS)
        past = near & (at < t)
        alarm = {"model alone, 5 %": abs(own) > 1.96}
        for name, chosen in (("", near), (", past only", past)):
            calibrated = pooled(value[chosen].tolist(), width)
            alarm |= {f"{100 - level} %{name}": abs(own) > calibrated.limit(level / 100) for level in (95, 90)}
        alarms.append(alarm)
    return alarms


# --- peers ----------------------------------------------------------------------------------------------------


def statsmodels_peer(robust: bool) -> Callable[[np.ndarray, np.ndarray, int], tuple[float, float] | None]:
    import statsmodels.api as sm

    def ask(y: np.ndarray, e: np.ndarray, before: int) -> tuple[float, float] | None:
        step = (np.arange(len(y)) >= before).astype(float)
        model = sm.NegativeBinomial(y, sm.add_constant(step), exposure=e)
        kind = {"cov_type": "HAC", "cov_kwds": {"maxlags": 6}} if robust else {}
        try:
            fit = model.fit(disp=0, maxiter=200, **kind)
        except (np.linalg.LinAlgError, ValueError):
            return None
        ratio, error = float(fit.params[1]), float(fit.bse[1])
        return (ratio, error) if math.isfinite(error) and error > 0 else None

    return ask


def causal_impact_peer() -> Callable[[np.ndarray, np.ndarray, int], bool] | None:
    try:
        import pandas
        from causal_impact import CausalImpact
    except ModuleNotFoundError:
        return None

    def ask(y: np.ndarray, e: np.ndarray, before: int) -> bool:
        frame = pandas.DataFrame({"y": y / e * e.mean()})
        stats = CausalImpact(frame, [0, before - 1], [before, len(y) - 1]).summary_stats
        low, high = stats["ci_lower"], stats["ci_upper"]  # its own 95 % interval of the mean effect
        return bool(low > 0 or high < 0)

    return ask


def peers(series: Series) -> dict[str, tuple[int, int]]:
    """Alarms and dates asked of each peer at nominal 5 %."""
    y, e = series.arrays
    plain, robust, impact = statsmodels_peer(False), statsmodels_peer(True), causal_impact_peer()
    found = {"statsmodels NB": [0, 0], "statsmodels NB, Newey-West": [0, 0]}
    if impact is not None:
        found["bsts-causalimpact"] = [0, 0]
    for t in series.placebo_days()[::PEER_EVERY]:
        if statistic(y, e, t, before=series.before, after=series.after) is None:
            continue
        window = slice(t - series.before, t + series.after)
        known = np.isfinite(y[window]) & np.isfinite(e[window])
        days, weights = y[window][known], e[window][known]
        before = int(known[: series.before].sum())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, ask in (("statsmodels NB", plain), ("statsmodels NB, Newey-West", robust)):
                told = ask(days, weights, before)
                if told is not None:
                    found[name][0] += abs(told[0]) > 1.96 * told[1]
                    found[name][1] += 1
            if impact is not None and before >= 3:
                found["bsts-causalimpact"][0] += impact(days, weights, before)
                found["bsts-causalimpact"][1] += 1
    return {name: (alarms, asked) for name, (alarms, asked) in found.items()}


def same_answer(series: Series) -> float:
    """Largest difference of the log ratio between us and statsmodels over the named dates, where both give one."""
    y, e = series.arrays
    ask, worst = statsmodels_peer(False), 0.0
    for day in series.named:
        k = series.index(day)
        ours = rate_change(series.counts, series.exposure, k, before=series.before, after=series.after)
        if ours.ratio:
            window = slice(k - series.before, k + series.after)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                theirs = ask(y[window], e[window], series.before)
            if theirs is not None:
                worst = max(worst, abs(math.log(ours.ratio) - theirs[0]))
    return worst


# --- what else the issue asks -----------------------------------------------------------------------------------


def longest_pauses(data: Path, first: date, last: date) -> list[tuple[float, str, str]]:
    """Hours without any entry of the strike log that names its hours, longest first."""
    log = [pair for pair in attacks(data) if first <= pair[0].date() <= last and (pair[0].hour or pair[1].hour)]
    found, until = [], log[0][1]
    for start, end in log[1:]:
        if start > until:
            found.append(((start - until).total_seconds() / 3600, f"{until:%Y-%m-%d %H:%M}", f"{start:%Y-%m-%d %H:%M}"))
        until = max(until, end)
    return sorted(found, reverse=True)[:3]


def decay(data: Path) -> dict[str, float]:
    """OSCE SMM, 27 July to 15 September 2020: the trend within the truce, as it has no days before (statsmodels NB)."""
    import statsmodels.api as sm

    start, days, counts = date(2020, 7, 27), [], []
    for row in rows_of(data / "osce-smm" / "osce_smm_daily_counts.csv"):
        day = date.fromisoformat(row["period_end_date"])
        if start <= day <= date(2020, 9, 15) and row["donetsk_violations"] and row["luhansk_violations"]:
            days.append((day - start).days)
            counts.append(int(row["donetsk_violations"]) + int(row["luhansk_violations"]))
    x = sm.add_constant(np.array(days, dtype=float))
    fit = sm.NegativeBinomial(np.array(counts), x).fit(disp=0, maxiter=500)
    low, high = fit.conf_int(alpha=0.10)[1]
    return {
        "reports": len(days),
        "per_week": math.exp(7 * float(fit.params[1])),
        "low": math.exp(7 * float(low)),
        "high": math.exp(7 * float(high)),
    }


def recaptured() -> list[dict[str, Any]]:
    """How often the interval of `how_many` holds the planted number, lists independent and not; 300 worlds each."""
    found = []
    for label, chances, leads in (
        ("two lists, independent", (0.5, 0.35), 0.0),
        ("two lists, one leads to the other", (0.5, 0.35), 0.5),
        ("three lists, independent", (0.5, 0.35, 0.3), 0.0),
        ("three lists, one leads to another", (0.5, 0.35, 0.3), 0.5),
        ("four lists, independent", (0.5, 0.35, 0.3, 0.25), 0.0),
    ):
        draw, planted, worlds = np.random.default_rng(7), 120, 300
        held = warned = 0
        estimates = []
        for _ in range(worlds):
            on = draw.random((planted, len(chances))) < np.array(chances)
            on[:, 1] |= on[:, 0] & (draw.random(planted) < leads)
            one = how_many([tuple(f"L{j}" for j in np.flatnonzero(row)) for row in on if row.any()])
            if one.estimate is not None and one.low is not None and one.high is not None:
                estimates.append(one.estimate)
                held += one.low <= planted <= one.high
                warned += bool(one.dependent)
        found.append(
            {
                "worlds": label,
                "planted": planted,
                "median": float(np.median(estimates)),
                "held": held / len(estimates),
                "dependence_named": warned / len(estimates),
            }
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    told: dict[str, Any] = {"named": [], "placebo": {}, "peers": {}, "same_answer": {}}
    series, pool = all_series(data), []
    peer_pool: dict[str, list[int]] = {}
    print(f"{'named date':38}{'before':>8}{'after':>7}{'ratio':>8}  90 % interval")
    for one in series[:3]:
        for row in named_dates(one):
            told["named"].append(row)
            said = row["refused"] or f"{row['ratio']:.3f}  {row['low']:.3f} .. {row['high']:.3f}  {row['direction']}"
            print(f"{row['date']} {one.name:27}{row['before']:>8.0f}{row['after']:>7.0f}   {said}")
        told["same_answer"][one.name] = same_answer(one)
    print(f"largest difference of the log ratio from statsmodels: {max(told['same_answer'].values()):.1e}")
    print(f"\n{'placebo dates, share of alarms':34}{'dates':>6}")
    for one in series:
        clock = time.perf_counter()
        alarms = placebo(one)
        pool += alarms
        shares = {name: sum(a[name] for a in alarms) / len(alarms) for name in alarms[0]}
        told["placebo"][one.name] = {"dates": len(alarms), **shares}
        print(f"{one.name:34}{len(alarms):>6}  " + "  ".join(f"{name}: {share:.1%}" for name, share in shares.items()))
        ours_s, clock = time.perf_counter() - clock, time.perf_counter()
        for name, (rang, asked) in peers(one).items():
            told["peers"].setdefault(name, {})[one.name] = [rang, asked]
            total = peer_pool.setdefault(name, [0, 0])
            total[0], total[1] = total[0] + rang, total[1] + asked
        told["placebo"][one.name] |= {"seconds": ours_s, "peers_seconds": time.perf_counter() - clock}
    shares = {name: sum(a[name] for a in pool) / len(pool) for name in pool[0]}
    told["placebo"]["pooled"] = {"dates": len(pool), **shares}
    print(f"{'pooled':34}{len(pool):>6}  " + "  ".join(f"{name}: {share:.1%}" for name, share in shares.items()))
    for name, (rang, asked) in peer_pool.items():
        print(f"{name:34}{asked:>6}  at nominal 5 %: {rang / asked:.1%}")
    told["pauses"] = longest_pauses(data, date(2025, 1, 1), date(2025, 4, 30))
    print("\nlongest pauses of the strike log, January to April 2025:")
    for hours, start, end in told["pauses"]:
        print(f"  {hours:5.1f} h  {start} to {end} local")
    told["decay"] = decay(data)
    fall = told["decay"]
    print(
        f"OSCE SMM within the truce of 27 July 2020: x {fall['per_week']:.2f} a week "
        f"({fall['low']:.2f} .. {fall['high']:.2f}), {fall['reports']} reports"
    )
    told["how_many"] = recaptured()
    for row in told["how_many"]:
        print(
            f"  {row['worlds']:36} planted {row['planted']}, median {row['median']:.0f}, 90 % interval holds it in "
            f"{row['held']:.0%}, dependence named in {row['dependence_named']:.0%}"
        )
    print(json.dumps(told, default=float))


if __name__ == "__main__":
    main()
