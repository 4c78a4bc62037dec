"""`truceline positions`: who holds which position on what, over time."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from truceline.cli.talk import talking

if TYPE_CHECKING:
    from truceline.statements.relations import Positions

WIDTH = 80
SHOWN = 90


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--proposition", help="Only this proposition, by its id or the beginning of it.")
@click.option("--all", "everything", is_flag=True, help="Also propositions on which one side alone spoke once.")
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder the feeds' paths may lie under; may be repeated.",
)
@click.option("--svg", "svg_to", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the time line here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, one line a proposition.")
def positions(
    case: Path, proposition: str | None, everything: bool, roots: tuple[Path, ...], svg_to: Path | None, as_json: bool
) -> None:
    """Print who holds which position on what in CASE, and how statements bear on one another.

    Statements of one matter stand together. "Neither confirms nor denies" contradicts nothing. Two statements that
    may or may not speak of one matter are left apart.

    \b
    Example:
        truceline positions demo --svg positions.svg
    """
    from truceline.questions import positions as hold

    with talking("Opening the case") as say:
        found = hold(case, roots=roots, say=say)
    rows = told(found)
    if proposition is not None:
        rows = [row for row in rows if row["id"].startswith(proposition)]
        if not rows:
            raise click.UsageError(f"No proposition begins with {proposition!r}.")
    elif not everything and not as_json:
        rows = [row for row in rows if len(row["held"]) > 1 or row["silences"]]
    if svg_to is not None:
        _draw(found, svg_to)
    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, sort_keys=True) if as_json else _text(row, _names(found)))
    for tally in [] if as_json or proposition is not None else found.statements.tallies:
        claimant = _names(found).get(tally.party or "", tally.party or "nobody named")
        click.echo(f"Tally of {claimant}: {tally.inexact.replace('_', ' ')} {tally.number} {tally.unit}; in no count.")


def told(found: Positions) -> list[dict[str, Any]]:
    """Every proposition with who holds what, as plain values, in the order of reading."""
    statements = {s.id: s for s in found.statements.statements}
    about = {key: one.about_party for key, one in statements.items() if one.about_party is not None}
    rows = []
    for one in found.related.propositions:
        inside = set(one.statements)
        rows.append(
            {
                "id": one.id,
                "predicate": one.matter.predicate.value,
                "event_class": None if one.matter.event is None else str(one.matter.event),
                "about_party": next((about[key] for key in one.statements if key in about), None),
                "places": list(one.matter.places),
                "held": [_held(statements[key].to_json()) for key in one.statements],
                "relations": [
                    {"kind": r.kind.value, "first": r.first, "second": r.second, "reason": r.reason}
                    for r in found.related.relations
                    if r.first in inside or r.second in inside
                ],
                "silences": [
                    {"party": s.party, "looked": s.looked} for s in found.related.silences if s.proposition == one.id
                ],
            }
        )
    return rows


def _held(row: dict[str, Any]) -> dict[str, Any]:
    from truceline.report.withhold import withhold

    keys = (
        "party",
        "speaker",
        "role",
        "position",
        "said_at",
        "said_at_basis",
        "document",
        "content",
        "confidence",
        "root",
    )
    return {"statement": row["id"], "quote": withhold(str(row["quote"])), **{key: row[key] for key in (*keys, "root")}}


def _names(found: Positions) -> dict[str, str]:
    return {party.id: party.name for party in found.agreement.parties}


def _text(row: dict[str, Any], names: dict[str, str]) -> str:
    from truceline.report.plain import visible

    about = f" by {names.get(row['about_party'], row['about_party'])}" if row["about_party"] else ""
    where = f" at {', '.join(row['places'][:3])}" if row["places"] else ""
    lines = [f"{row['id'][:8]}  {row['predicate'].replace('_', ' ')}{about}{where}"]
    for one in row["held"]:
        day = one["said_at"].split("T")[0] if one["said_at"] else "day not known"
        who = names.get(one["party"], one["party"] or "of no party")
        speaker = f" ({one['speaker']})" if one["speaker"] and one["speaker"] != who else ""
        head = f"  {day}  {who}{speaker}: {one['position'].replace('_', ' ')}"
        quote = " ".join(one["quote"].split())
        lines += [head, f"      {quote[:SHOWN] + '…' if len(quote) > SHOWN else quote}"]
    lines += [f"  -> {r['kind'].replace('_', ' ')}: {r['reason']}" for r in row["relations"]]
    lines += [f"  -> nothing heard of {names.get(s['party'], s['party'])} in {s['looked']}" for s in row["silences"]]
    wrapped = [
        part for line in lines for part in textwrap.wrap(visible(line), WIDTH, subsequent_indent="      ") or [""]
    ]
    return "\n".join(wrapped) + "\n"


def _draw(found: Positions, path: Path) -> None:
    from truceline.errors import OutputError
    from truceline.report.timeline import timeline
    from truceline.report.withhold import withhold

    rows = [
        {
            "party": s.party,
            "day": None if s.said_at is None else s.said_at.middle.date(),
            "position": str(s.position),
            "speaker": s.speaker,
            "quote": withhold(s.text),
            "basis": s.said_at_basis,
        }
        for s in found.statements.statements
    ]
    try:
        path.write_text(f"{timeline(rows, _names(found))}\n", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OutputError(
            "positions", f"{path} cannot be written: {error.strerror}", "Give a path that can be written"
        ) from error
