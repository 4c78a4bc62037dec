"""What a language without a parser has to tell: cues and small words as patterns over the words as they stand.

Data classes only; `lexical.py` reads with them. Patterns are stems, for these languages bend every word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.statements.statement import Position


@dataclass(frozen=True)
class Lexicon:
    """The data of one language read by lexicon.

    Attributes:
        neither: Confirms and denies, both negated, in every order.
        no_comment: Refuses to speak.
        halves: Only one half is negated, or the act is hedged: unclear.
        conditions: What makes a yes depend.
        acts: Position and the cue that makes it, in the order they are tried; the cue is the match.
        saying: Verbs of saying, whose position is read from the content.
        denied, admitted, harmful: What content says: own act negated, an act of harm by whoever stands first.
        ahead: Future forms; `ours` is the first person of it.
        that: The word that opens a clause.
        media: Words of agencies, which report.
        partly: "In part".
        offices: Words that are no name at the head of a source.
    """

    code: str
    neither: re.Pattern[str]
    no_comment: re.Pattern[str]
    halves: re.Pattern[str]
    conditions: re.Pattern[str]
    acts: tuple[tuple[Position, re.Pattern[str]], ...]
    saying: re.Pattern[str]
    denied: re.Pattern[str]
    admitted: re.Pattern[str]
    harmful: re.Pattern[str]
    ahead: re.Pattern[str]
    ours: re.Pattern[str]
    that: re.Pattern[str]
    media: re.Pattern[str]
    partly: re.Pattern[str]
    weekdays: tuple[str, ...]


def pattern(*parts: str) -> re.Pattern[str]:
    """Alternatives as one pattern without regard to case."""
    return re.compile("|".join(parts), re.IGNORECASE)
