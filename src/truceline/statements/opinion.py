"""The learned opinion: which position a careful reader would give, by all that stands around a statement.

    paragraph as seen + one statement shown + what the rules read --settled--> Reading

Rules read the shapes they know and call everything else plain words. This reader was shown some thousand sentences
written for it; it looks at the paragraph through one more layer of the transformer (encoder.py), with the words of
the cue, the source and the statement marked, and what the rules found beside it. Start at `settled`. How it was made,
and how well it reads: tools/train_encoder.py, docs/methods/positions.md.
"""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from truceline.statements.encoder import Shown
from truceline.statements.languages.language import Act
from truceline.statements.side import OF_NOBODY, SAYS_NOT, SHOT_DOWN, Reading, Side
from truceline.statements.statement import LEARNED, Position

if TYPE_CHECKING:
    from truceline.statements.attribution import Attribution
    from truceline.statements.content import Piece
    from truceline.statements.encoder import Seen
    from truceline.statements.parser import Parse

MAX_WORDS = 120  # looked at together: the sentences of a statement and the one before
_NAMING = ("N", "P")
POSITIONS = tuple(Position)
KEPT_AT = 0.3  # chance at which what the rules read stays, though another position is likelier
ALL_BUT_SURE = 0.8  # for silence where the rules read words, words where they read silence, charges of nobody's side
HARDLY = 0.1  # what the rules are surest of falls only where it is as unlikely and another is all but sure
NINE_IN_TEN = 0.9  # for a condition where the rules foretell, for anything else where they read a condition
WELL_OVER_EVEN = 0.6  # between an admission and plain words
# What is less likely than EVEN overrules no plain words and is no admission; below LIKELY_AT it overrules nothing.
EVEN, LIKELY_AT = 0.5, 1 / 3
_ADMISSIONS = frozenset({Position.ACKNOWLEDGES, Position.ACKNOWLEDGES_IN_PART})
_ABLE = frozenset({"can", "could"})
_NOT_FOR_ABLE = frozenset({Position.ACCEPTS, Position.UNCLEAR})
# (position, act of the cue) in which the rules were right 84 times of a hundred or more in texts nobody tuned them on
# (docs/methods/positions.md): these stand unless the reader is all but sure that they are wrong.
SURE = frozenset(
    {
        (Position.PROMISES, Act.PROMISE),
        (Position.PREDICTS, Act.PREDICT),
        (Position.ACCUSES, Act.ACCUSE),
        (Position.ACCUSES, Act.ASSERT),
        (Position.DENIES, Act.DENY),
        (Position.DENIES, Act.REJECT),
        (Position.NEITHER_CONFIRMS_NOR_DENIES, Act.NEITHER),
        (Position.NEITHER_CONFIRMS_NOR_DENIES, Act.ASSERT),
        (Position.NO_COMMENT, Act.NO_COMMENT),
        (Position.ACKNOWLEDGES_IN_PART, Act.ACKNOWLEDGE),
        (Position.CONDITIONS, Act.ACCEPT),
        (Position.CONDITIONS, Act.PROMISE),
        (Position.REPORTS, Act.REPORT),
    }
)
# Never taken for one another on a likelihood: the rules must have seen both words, or one; and who says no more has not
# said neither.
_HALVES = (
    {Position.DENIES, Position.NEITHER_CONFIRMS_NOR_DENIES},
    {Position.NO_COMMENT, Position.NEITHER_CONFIRMS_NOR_DENIES},
)
# What a reading of the rules becomes only where the reader is all but sure: a "no" becomes no plain word and no
# admission, a yes to an offer no "no" to it; and, from nine in ten, what hangs on a condition something else.
_LESS = {
    Position.DENIES: _ADMISSIONS | {Position.ASSERTS, Position.UNCLEAR},
    Position.ACCEPTS: frozenset({Position.REJECTS}),
    Position.CALLS_FOR: frozenset({Position.CONDITIONS}),
    Position.REJECTS: frozenset({Position.ACCEPTS}),
    Position.CONDITIONS: frozenset(
        {Position.ASSERTS, Position.CALLS_FOR, Position.NO_COMMENT, Position.PREDICTS, Position.PROMISES}
    ),
}
_ANYBODY = frozenset({"he", "she", "him", "his", "her", "hers"})
_OF_ITS_OWN = _ADMISSIONS | {Position.DENIES, Position.PROMISES, Position.CONDITIONS}
HINTS = (
    *(f"rule {name}" for name in ("plain", *Position)),
    *(f"act {act}" for act in Act),
    *(f"about {who}" for who in ("own", "another", "nobody")),
    *(f"modal {word}" for word in ("can", "could", "may", "might", "must", "shall", "should", "will", "would")),
    *("negated", "party told", "passes on", "direct", "doubt"),
)


def shown_of(parse: Parse, attribution: Attribution, piece: Piece, side: Side, reading: Reading) -> Shown | None:
    """What is shown of a statement; None where it has no words in this paragraph."""
    said = parse.within(piece.spans)
    if not said:
        return None
    besides = parse.within(span for one in attribution.pieces for span in one.spans)
    cue, source = parse.within(attribution.cue), parse.within(attribution.source)
    start, past = looked_at(parse, said, cue | source)
    span = range(start, past)
    parts = tuple(1 if n in cue else 2 if n in source else 3 if n in said else 4 if n in besides else 0 for n in span)
    whose = tuple(_whose(parse, n, side) if n in said else 0 for n in span)
    return Shown(start, past, parts, whose, _hints(attribution, side, reading))


def looked_at(parse: Parse, said: Set[int], besides: Set[int]) -> tuple[int, int]:
    """The words looked at: the sentences a statement, its cue and its source stand in, and the one before."""
    near = [parse.words[n].sentence for n in said | besides]
    start, past = parse.sentences[max(0, min(near) - 1)][0], parse.sentences[max(near)][1]
    if past - start > MAX_WORDS:
        start = max(start, min(said) - MAX_WORDS // 3)
        past = min(past, start + MAX_WORDS)
    return start, past


def plain(reading: Reading) -> bool:
    """Whether the rules saw no shape they know: what was said is so, to them."""
    return reading.reason.startswith("plain words")


def _shaped(reading: Reading) -> bool:
    """Whether the rules saw why it is so told and no more: "an act without a doer, or a speaker without a side"."""
    return reading.position is Position.ASSERTS and not plain(reading)


def _whose(parse: Parse, number: int, side: Side) -> int:
    word = parse.words[number]
    if word.tag[0] not in _NAMING and word.dep not in ("amod", "compound"):
        return 0
    if side.is_self(number):
        return 1
    label = side.label(number)
    return 0 if label is None else 1 if label == side.own else 2


def _hints(attribution: Attribution, side: Side, reading: Reading) -> tuple[str, ...]:
    about = "nobody" if reading.about is None else "own" if reading.about == side.own else "another"
    rule = "plain" if plain(reading) else str(reading.position)
    told = [f"rule {rule}", f"act {attribution.act}", f"about {about}"]
    told += ["negated"] if attribution.negations % 2 else []
    told += ["party told"] if side.own is not None else []
    told += ["passes on"] if side.passes_on else []
    told += ["direct"] if side.direct else []
    told += ["doubt"] if attribution.doubt else []
    told += [f"modal {attribution.modal}"] if attribution.modal else []
    return tuple(told)


def chances(seen: Seen, shown: Shown) -> dict[Position, float] | None:
    """The chance of each position; None where the statement was not read in one part."""
    found = seen.judge(shown)
    return None if found is None else dict(zip(POSITIONS, found, strict=True))


def settled(seen: Seen, parse: Parse, attribution: Attribution, piece: Piece, side: Side, reading: Reading) -> Reading:
    """The position after both were heard, with both reasons where they differ.

    What stands under doubt stays as the rules have it: nobody is given words it is not said that they said.
    """
    if attribution.doubt or _not_only(parse, attribution):
        return reading
    shown = shown_of(parse, attribution, piece, side, reading)
    found = chances(seen, shown) if shown is not None else None
    if found is None:
        return reading
    best = max(POSITIONS, key=found.__getitem__)
    if (
        best == reading.position
        or found[reading.position] >= KEPT_AT
        or (
            (reading.position, attribution.act) in SURE
            and (found[best] < ALL_BUT_SURE or found[reading.position] >= HARDLY)
        )
        or _ruled(best, found[best], parse, attribution, piece, side, reading)
    ):
        return reading
    if found[best] < (EVEN if plain(reading) or best in _ADMISSIONS else LIKELY_AT):
        return reading
    reason = f"{LEARNED} {found[best]:.2f}; the rules: {reading.position}, {reading.reason}"
    about = reading.about or (side.own if best in _OF_ITS_OWN else None)
    return Reading(best, reason, about, reading.head, found[best])


def _not_only(parse: Parse, attribution: Attribution) -> bool:
    """Whether "not only" stands at the cue, which takes nothing back: "has not only declined talks, but …"."""
    return any(
        parse.words[n].lower == "not" and parse.words[n + 1].lower == "only"
        for n in range(max(0, attribution.verb - 3), attribution.verb - 1)
    )


def _neither_of_two(parse: Parse, attribution: Attribution) -> bool:
    """Whether it is said of two parties that neither did: "neither A nor B has claimed the attack"."""
    return attribution.subject is not None and any(
        child.lower == "neither" for child in parse.children(attribution.subject, "preconj", "cc", "det")
    )


def _its_own(parse: Parse, piece: Piece, side: Side) -> bool:
    """Whether more than a "he" or "she" says that the act is the speaker's own: that may be anybody."""
    return any(parse.words[n].lower not in _ANYBODY and side.is_self(n) for n in parse.within(piece.spans))


def _ruled(
    best: Position,
    chance: float,
    parse: Parse,
    attribution: Attribution,
    piece: Piece,
    side: Side,
    reading: Reading,
) -> bool:
    """What no likelihood decides.

    Yes, no, neither and silence are told apart by their words. Whose act it is, names tell: nobody accuses its own side
    ("he" may be anybody), admits another's act or what it shot down, who passes on what was said or seen asserts
    nothing, who counts attacks admits none, who confirms another's act accuses nobody.
    What another will do if something happens is foretold, by the grammar, unless a condition is likely; a modal is no
    doubt, and "neither A nor B" is nobody's refusal to say. Who tells of its own fire admits it, unless plain words are
    well over even. Unless it is all but sure, who said something plain has not kept silent, who kept silent has said
    nothing, one half is no "neither", a "no" is no plain word and no yes, a party does not report, and who has no side
    or passes on what was said does not accuse. What hangs on a condition is foretold, asked for or plainly so from nine
    in ten.
    """
    foreign = reading.about is not None and reading.about != side.own
    hangs = reading.position is Position.CONDITIONS
    passed_on = reading.position is Position.REPORTS and side.passes_on
    if (
        {best, reading.position} in _HALVES
        or reading.reason == OF_NOBODY
        or (best in _ADMISSIONS and (foreign or reading.reason.startswith(SHOT_DOWN)))
        or (best is Position.ACCUSES and reading.about is not None and not foreign and _its_own(parse, piece, side))
        or (best is Position.REPORTS and side.own is not None and chance < ALL_BUT_SURE)
        or (passed_on and (best is Position.ASSERTS or (best is Position.ACCUSES and chance < ALL_BUT_SURE)))
        or (attribution.act is Act.REPORT and (best in _ADMISSIONS or chance < LIKELY_AT))
        or (best is Position.ASSERTS and reading.position is Position.ACKNOWLEDGES and chance < WELL_OVER_EVEN)
        or (best is Position.CONDITIONS and reading.position is Position.PREDICTS and chance < NINE_IN_TEN)
        or (best in _LESS.get(reading.position, ()) and chance < (NINE_IN_TEN if hangs else ALL_BUT_SURE))
        or (best is Position.NEITHER_CONFIRMS_NOR_DENIES and _neither_of_two(parse, attribution))
        or (best is Position.NO_COMMENT and reading.position is Position.ASSERTS and chance < ALL_BUT_SURE)
        or (reading.position is Position.NO_COMMENT and chance < ALL_BUT_SURE)
        or (best is Position.ACCUSES and _shaped(reading) and attribution.act is Act.CONFIRM)
        or (best is Position.ACCUSES and side.own is None and chance < ALL_BUT_SURE and _shaped(reading))
    ):
        return True
    if best is Position.NEITHER_CONFIRMS_NOR_DENIES and reading.position is Position.UNCLEAR:
        return attribution.act is Act.NEITHER or chance < ALL_BUT_SURE or reading.reason == SAYS_NOT
    modal = piece.head is not None and any(c.lower in _ABLE for c in parse.children(piece.head, "aux"))
    return best in _NOT_FOR_ABLE and reading.position is Position.ASSERTS and modal
