"""`truceline statements`: who said what, from texts as pasted."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--case",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Use the parties and aliases of this case.",
)
@click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="The day the texts came out, where you know it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def statements(files: tuple[Path, ...], case: Path | None, published: object, as_json: bool) -> None:
    """Print the statements in FILES: who, which position, the exact words.

    Offsets are characters of the raw text, [start, end).

    \b
    Example:
        truceline statements story.txt --json
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
    documents = []
    for file in files:
        if not file.is_file():
            raise click.UsageError(f"{file} is not a file.")
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
