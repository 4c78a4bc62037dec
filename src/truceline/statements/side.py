"""Who is who to the one who speaks, and what is read of one statement: the values the reading rules share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from truceline.statements.statement import Position


@dataclass(frozen=True)
class Side:
    """What the reading has to know about who is who; words are given by number.

    Attributes:
        is_self: Whether a word's phrase is the speaker or the speaker's own side.
        label: The party a phrase belongs to, None where it belongs to none.
        own: The speaker's party.
        sided: The speaker speaks for a side, known or not ("both parties").
        passes_on: The speaker is a news agency or a monitor: it passes on.
        office: An office of no party told speaks; `own` is then the one party it speaks of, for want of another.
        asked: Whose act the paragraph's question asks about: a party, "" for a question about nobody; None: none asked.
    """

    is_self: Callable[[int], bool]
    label: Callable[[int], str | None]
    own: str | None
    sided: bool = False
    passes_on: bool = False
    asked: str | None = None
    office: bool = False
    direct: bool = False


SHOT_DOWN = "what its air defence brought down"
SAYS_NOT = "the saying itself is negated"
OF_NOBODY = "says who should not, of nobody in particular"


@dataclass(frozen=True)
class Reading:
    """A position, why, whom the proposition is about, and the word that heads the proposition.

    `chance` is how sure the learned reader is whose position this is; None where the rules' own stands.
    """

    position: Position
    reason: str
    about: str | None = None
    head: int | None = None
    chance: float | None = None
