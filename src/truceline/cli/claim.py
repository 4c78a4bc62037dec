"""`truceline claim`: sentences people say about the ground, held against the case's maps."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from truceline.ground.claims import Figure, Verdict


@click.command()
@click.argument("case", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--data",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Further folder the case's files may lie under.",
)
@click.option("--text", "texts", multiple=True, help="Another sentence to check; needs --said-on.")
@click.option("--said-on", type=click.DateTime(["%Y-%m-%d"]), help="The day --text speaks of.")
@click.option("--from-texts", is_flag=True, help="Also every checkable sentence of the case's texts.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Also draw the verdicts, as SVG.")
def claim(
    case: Path,
    roots: tuple[Path, ...],
    texts: tuple[str, ...],
    said_on: Any,
    from_texts: bool,
    as_json: bool,
    svg: Path | None,
) -> None:
    """Check the sentences of CASE ([[claim]] in truce.toml) against its maps.

    A sentence holds, does not hold, or is not assessable; the figures, scales and maps stand beside it.

    \b
    Example:
        truceline claim mycase --text "a 400-kilometre front line" --said-on 2031-04-19
    """
    from truceline.cli.talk import talking
    from truceline.questions import claims
    from truceline.terms.agreement import ClaimTerms

    if texts and said_on is None:
        raise click.UsageError("--text needs --said-on: a map is of a day")
    more = [ClaimTerms(id=f"text-{n}", text=text, said_on=said_on.date()) for n, text in enumerate(texts, start=1)]
    with talking("Reading the case") as say:
        verdicts = claims(case, more=more, from_texts=from_texts, roots=roots, say=say)
    if not verdicts:
        raise click.UsageError(
            f"nothing to check: {case / 'truce.toml'} has no [[claim]]; give one, or --text, or --from-texts"
        )
    if svg is not None:
        from truceline.report.claim_picture import claim_picture

        svg.write_text(claim_picture(verdicts), encoding="utf-8")
    for verdict in verdicts:
        click.echo(json.dumps(_told(verdict), ensure_ascii=False) if as_json else _words(verdict))


def _told(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.claim.id,
        "text": verdict.claim.text,
        "said_on": verdict.claim.said_on.isoformat(),
        "said_by": verdict.claim.said_by,
        "source": verdict.claim.source,
        "verdict": verdict.holds.value,
        "checked": [
            {
                "words": part.words,
                "taken_for": part.taken_for,
                "verdict": part.holds.value,
                "why": part.why or None,
                "figures": [
                    {"what": f.what, "value": f.value, "unit": f.unit, "map": f.by, "at": f.at, "votes": f.votes}
                    for f in part.figures
                ],
            }
            for part in verdict.parts
        ],
        "note": verdict.note,
    }


def _words(verdict: Verdict) -> str:
    who = f", {verdict.claim.said_by}" if verdict.claim.said_by else ""
    lines = textwrap.wrap(f"“{verdict.claim.text}”", 78)
    lines += [f"{verdict.claim.said_on}{who}: {verdict.holds.value.upper()}"]
    for part in verdict.parts:
        lines += textwrap.wrap(f"{part.holds.value}: “{part.words}”, taken for {part.taken_for}", 76,
                               initial_indent="  ", subsequent_indent="    ")  # fmt: skip
        lines += [_figure(figure) for figure in part.figures]
        if part.why:
            lines += textwrap.wrap(part.why, 74, initial_indent="    ", subsequent_indent="    ")
    lines += textwrap.wrap(verdict.note, 76, initial_indent="  ", subsequent_indent="  ")
    return "\n".join(lines) + "\n"


def _figure(figure: Figure) -> str:
    value = f"{figure.value:,.2f}" if figure.unit == "%" else f"{figure.value:,.0f}"
    beside = "" if figure.votes else "  (beside it)"
    what = "" if figure.what == "month" else f"  {figure.what}"
    return f"{value:>12} {figure.unit:<3}  {figure.at}{what}{beside}"
