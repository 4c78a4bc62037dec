"""Statements as rows for other programs: what one cue says in several sentences is one row where that loses nothing.

    Statements --rows--> one JSON object for each attribution

The ledger keeps sentence by sentence, for a denial may stand between two promises. A reader of rows wants the
quotation whole: sentences of one cue are joined while the rules read at most one position in them that is more
than plain words. The first such position is the row's; `parts` keeps every sentence with its own, learned ones too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from truceline.statements.statement import LEARNED, Position, Statement

_PLAIN = frozenset({Position.ASSERTS, Position.REPORTS, Position.UNCLEAR})


def rows(statements: Iterable[Statement]) -> Iterator[dict[str, object]]:
    """Rows in the order of the statements; `parts` is there only where sentences were joined.

    A statement that stands inside one sentence of a joined row names that row as its parent.
    """
    whole: dict[str, str] = {}
    for parts in _testimonies(statements):
        leading = next((part for part in parts if part.position not in _PLAIN), parts[0])
        row = leading.to_json()
        whole.update({part.id: leading.id for part in parts})
        if leading.parent is not None:
            row["parent"] = whole.get(leading.parent, leading.parent)
        if len(parts) > 1:
            row["content"] = [list(span) for part in parts for span in part.content]
            row["quote"] = " … ".join(part.text for part in parts)
            row["qualifiers"] = list(dict.fromkeys(word for part in parts for word in part.qualifiers))
            row["parts"] = [_part(part) for part in parts]
        yield row


def _part(one: Statement) -> dict[str, object]:
    row = one.to_json()
    return {key: row[key] for key in ("id", "content", "position", "about_party", "proposition", "reason")}


def _testimonies(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Neighbours with one source and cue, parted where the rules read a second position."""
    group: list[Statement] = []
    strong: tuple[Position, str | None] | None = None
    for one in statements:
        ruled = one.position not in _PLAIN and not one.reason.startswith(LEARNED)
        stand = (one.position, one.about_party) if ruled else None
        if group and (_words(group[-1]) != _words(one) or (stand and strong and stand != strong)):
            yield group
            group, strong = [], None
        group.append(one)
        strong = strong or stand
    if group:
        yield group


def _words(one: Statement) -> tuple[object, ...]:
    return (one.document, one.source, one.cue, one.parent, one.party)
