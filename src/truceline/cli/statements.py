"""`truceline statements`: who said what, from texts as pasted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from truceline.terms.party import Party


PROGRESS_EVERY = 500  # texts to a line where no bar can be drawn


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--case",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the parties and aliases of this case.",
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day the texts came out, where you know it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write JSON rows here, text by text; run again to go on where it stopped. FILES may be folders; near copies "
    "of earlier texts share their root (OUT.printed).",
)
def statements(files: tuple[Path, ...], case: Path | None, published: object, as_json: bool, out: Path | None) -> None:
    """Print the statements in FILES: who, which position, the exact words.

    Offsets are characters of the raw text, [start, end).

    \b
    Example:
        truceline statements story.txt --json
        truceline statements articles/ --out rows.jsonl
    """
    import json
    from datetime import datetime

    from truceline.feeds.record import Document
    from truceline.feeds.statements.press import MAX_BYTES, document_text
    from truceline.statements import extract
    from truceline.statements.rows import rows
    from truceline.terms import read_agreement

    parties = read_agreement(case).parties if case is not None else ()
    day = published.date() if isinstance(published, datetime) else None
    if out is not None:
        _to_file(files, out, parties, day)
        return
    documents = []
    for file in files:
        if not file.is_file():
            raise click.UsageError(f"{file} is not a file. A folder is read with --out.")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
        text = document_text(data, feed="statements", path=str(file))
        documents.append(Document(id=file.name, feed="statements", entry="", name=file.name, text=text, published=day))
    found = extract(documents, parties)
    for document, reason in found.skipped:
        click.echo(f"{document}: {reason}", err=True)
    if as_json:
        for row in rows(found.statements):
            click.echo(json.dumps(row, ensure_ascii=False, sort_keys=True))
    else:
        for one in found.statements:
            who = " / ".join(part for part in (one.speaker, one.party) if part) or "speaker not known"
            click.echo(f"{who}: {str(one.position).replace('_', ' ')}\n    {' '.join(one.text.split())}")


def _to_file(files: tuple[Path, ...], out: Path, parties: Sequence[Party], day: date | None) -> None:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from truceline.cli.printed import Printed
    from truceline.cli.stream import NotOurs, Row, stream, texts_in
    from truceline.feeds.record import Document
    from truceline.feeds.statements.press import MAX_BYTES, document_text
    from truceline.statements import extract
    from truceline.statements.rows import rows

    def read(name: str, data: bytes) -> Iterable[Row]:
        text = document_text(data, feed="statements", path=name)
        found = extract([Document(name, "statements", "", name, text, day)], parties, finder=printed.find)
        for document, reason in found.skipped:
            console.print(f"{document}: {reason}", markup=False, highlight=False, soft_wrap=True)
        return rows(printed.settle(found.statements))

    texts = texts_in(files)
    finished = 0
    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("texts", total=len(texts))

        def say(name: str, reason: str) -> None:
            nonlocal finished
            finished += 1
            progress.advance(task)
            if reason:
                console.print(reason, markup=False, highlight=False, soft_wrap=True)
            if not console.is_terminal and finished % PROGRESS_EVERY == 0:
                console.print(f"{finished} texts read in this run, of {len(texts)} in all", highlight=False)

        try:
            begun = out.with_name(f"{out.name}.done").exists()
            with Printed(out.with_name(f"{out.name}.printed"), fresh=not begun) as printed:
                told = stream(texts, out, read, say, most_bytes=MAX_BYTES)
        except NotOurs as problem:
            raise click.ClickException(f"{problem}.") from problem
    console.print(
        f"{told.read} texts read, {told.rows} rows; {told.refused} could not be read, {told.before} were read before.",
        highlight=False,
        soft_wrap=True,
    )
