"""Page one in sentences: why there is no quiet, whose inputs are one-sided, what each party's channels gave."""

from __future__ import annotations

from collections import Counter
from typing import Any

from truceline.assessment import ANY, State
from truceline.compliance import Verdict, in_force
from truceline.feeds import FEEDS
from truceline.report.day import DayResult
from truceline.terms import Agreement
from truceline.terms.party import Origin


def reasons(agreement: Agreement, result: DayResult, sector_days: list[dict[str, Any]]) -> list[str]:
    """What a reader must know before any figure, most important first."""
    said: list[str] = []
    states = Counter(row["state"] for row in sector_days if row["class"] == ANY)
    if result.ground is None:
        said.append(f"No sector can be judged: {result.ground_trouble}")
    elif not states[State.QUIET]:
        said += _why_no_quiet(agreement, result)
    if result.assessments.unattributed_heat:
        n = len(result.assessments.unattributed_heat)
        said.append(
            f"{n} thermal {'detection' if n == 1 else 'detections'} near the line lie beside no reported event. "
            + (
                "No baseline is fitted, so they make no sector active and none quiet."
                if result.baseline is None
                else _judged(result)
            )
        )
    if result.ground is not None:
        if result.ground.map_day != result.ground.day:
            said.append(
                f"There is no usable control map of {result.ground.day}; that of {result.ground.map_day} stands in, "
                "so no sector is called quiet."
            )
        if result.ground.width:
            said.append(f"The line is according to publisher {result.ground.publisher}, with others beside it.")
            said += [one.sentence for one in result.ground.width]
        else:
            said.append(
                f"The line is drawn from one control map, so it is according to publisher {result.ground.publisher}; "
                "no movement of it is a finding."
            )
        said += result.ground.not_beside
    one_sided = [feed for feed in agreement.feeds if feed.origin is Origin.PARTY]
    said += [
        f"{feed.name} is a channel of {agreement.party(str(feed.party)).name}: "
        "its rows are statements and stand in no count."
        for feed in one_sided
    ]
    silent = [p.name for p in agreement.parties if p.id not in {f.party for f in one_sided}]
    if one_sided and silent:
        said.append(
            f"No feed of this case is a channel of {' or '.join(silent)}: what is heard of the parties is one-sided."
        )
    said += _unread(result)
    if in_force(agreement, result.period) == "none":
        if all(f.verdict is Verdict.NOT_IN_FORCE for f in result.findings):
            said.append("The agreement was not in force in this period, so nothing here is a breach of it.")
        else:
            said.append("As written the agreement was not in force in this period; in another reading it was.")
    return said


def _judged(result: DayResult) -> str:
    """What the baseline says of the heat beside no event."""
    alone = set(result.assessments.unattributed_heat)
    rows = result.observed.observations.select(["id", "flagged"]).to_pylist()
    flagged = Counter(row["flagged"] for row in rows if row["id"] in alone)
    said = f"By the baseline {flagged[False]} are ordinary for place and season and {flagged[True]} are not"
    return said + (f"; of {flagged[None]} nothing is known." if flagged[None] else ".")


def _unread(result: DayResult) -> list[str]:
    """Texts that were kept and not read, whole or in part. Copies of a paragraph are read once, and are no gap."""
    names = {document.id: document.name for document in result.records.documents}
    return [
        f"{names.get(key, key)} was not read whole: {reason}."
        for key, reason in result.statements.skipped
        if not reason.endswith("copy of an earlier paragraph")
    ]


def _why_no_quiet(agreement: Agreement, result: DayResult) -> list[str]:
    """Why no sector is quiet, as far as the case itself explains it."""
    sensors = [feed for feed in agreement.feeds if FEEDS[feed.kind].senses or feed.staring]
    why: list[str] = []
    if not sensors:
        why.append("no feed of this case watches the line")
    if not any(feed.staring for feed in sensors):
        why.append("nobody is on watch")
    hours = result.observed.hours
    if hours["looks"].null_count:
        why.append("no orbit elements say which sectors the satellites passed over")
    if any(FEEDS[f.kind].senses for f in sensors) and hours["clear_share"].null_count == hours.num_rows:
        why.append("no cloud data over the line")
    if result.baseline is None:
        why.append("no baseline of ordinary heat is fitted")
    if not why:
        return []
    return ["No sector can be called quiet: " + "; ".join(why) + "."]


def parties(agreement: Agreement, result: DayResult) -> list[dict[str, Any]]:
    """What each party's channels gave in the period."""
    reports = Counter(
        r.party for r in result.records.reports if r.origin is Origin.PARTY and result.period.holds(r.when.middle)
    )
    statements = Counter(s.party for s in result.statements.statements)
    tallies = Counter(t.party for t in result.statements.tallies)
    return [
        {
            "party": p.id,
            "name": p.name,
            "feeds": [feed.name for feed in agreement.feeds if feed.party == p.id],
            "reports": reports[p.id],
            "statements": statements[p.id],
            "tallies": tallies[p.id],
        }
        for p in agreement.parties
    ]
