"""The press of a world: who says what of the day's fire, in our own sentences, pasted as people paste news.

    Stage, acts, allegations --press--> Paper: the text of a file, what each side said in it, tallies, furniture

How a side speaks is the world's: `mixed` denies most of what it did, admits a little and says neither of some;
`loud` accuses and tallies; `silent` says nothing or neither. A second paper of the day reprints part of the
first word for word: copies, and nobody's second voice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from truceline.simulate.press import PressDay
from truceline.simulate.theatre import ALPHA, BRAVO, FIRST_DAY, MISSION, Side, day_start
from truceline.simulate.truth import Said, Tallied
from truceline.simulate.worlds.sentences import CAPTIONS, NEUTRAL, SENTENCES, TALLY, TITLES, WIDGETS
from truceline.simulate.worlds.stage import Stage

PER_PAPER = 40
REPRINTED = 0.3
# How often a way of speaking takes each position.
WEIGHTS: dict[str, dict[str, int]] = {
    "mixed": {"accuses": 5, "denies": 4, "neither_confirms_nor_denies": 2, "acknowledges": 1, "no_comment": 1,
              "promises": 2, "conditions": 2, "calls_for": 2, "accepts": 1, "rejects": 1},
    "loud": {"accuses": 9, "denies": 5, "neither_confirms_nor_denies": 1, "acknowledges": 1, "no_comment": 1,
             "promises": 1, "conditions": 2, "calls_for": 4, "accepts": 1, "rejects": 2},
    "silent": {"accuses": 1, "denies": 1, "neither_confirms_nor_denies": 5, "acknowledges": 1, "no_comment": 4,
               "promises": 1, "conditions": 1, "calls_for": 1, "accepts": 1, "rejects": 1},
}  # fmt: skip


def papers(stage: Stage) -> tuple[str, ...]:
    """Names of the world's press feeds: one a paper."""
    return tuple(f"press_{n + 1}" for n in range(max(2, -(-stage.world.statements // PER_PAPER))))


def press(stage: Stage, days: int) -> tuple[PressDay, ...]:
    """Every paper of every day."""
    return tuple(paper for day in range(1, days + 1) for paper in _day(stage, day))


def _day(stage: Stage, day: int) -> Iterator[PressDay]:
    chance = stage.chance(f"press/{day}")
    names = papers(stage)
    share = max(1, round(stage.world.statements / (len(names) if len(names) > 2 else 1)))
    first: list[tuple[str, Side, str]] = []
    for n, name in enumerate(names):
        if n == 1 and len(names) == 2:
            written: list[tuple[str, Side, str]] = []  # the second paper only reprints
        else:
            written = [_sentence(stage, chance, day) for _ in range(share)]
        reprinted = [one for one in first if chance.random() < REPRINTED]
        first = first or written
        yield _paper(stage, chance, day, name, written, reprinted)


def _sentence(stage: Stage, chance: random.Random, day: int) -> tuple[str, Side, str]:
    weights = WEIGHTS[stage.world.talk]
    names = sorted(weights)
    position = chance.choices(names, [weights[name] for name in names])[0]
    side = chance.choice((ALPHA, BRAVO))
    return _fill(stage, chance.choice(SENTENCES[position]), side, chance, day), side, position


def _paper(
    stage: Stage,
    chance: random.Random,
    day: int,
    name: str,
    written: list[tuple[str, Side, str]],
    reprinted: list[tuple[str, Side, str]],
) -> PressDay:
    on = day_start(day).astimezone(FIRST_DAY.tzinfo).date()
    path = f"inbox/{name}_{on:%Y%m%d}.txt"
    said, tallied, paragraphs = [], [], []
    for words, side, position in dict.fromkeys([*written, *reprinted]):
        about = _other(side).id if position in ("accuses", "calls_for") else side.id
        said.append(Said(path, on, position, _speaker(words, side), side.id, about, words))
        paragraphs.append(words)
    if day >= 3 and chance.random() < (0.9 if stage.world.talk == "loud" else 0.5):
        side, number = chance.choice((ALPHA, BRAVO)), chance.randint(150, 1900)
        words = _fill(stage, chance.choice(TALLY), side, chance, day, number)
        tallied.append(Tallied(path, on, number, side.id, _other(side).id, words))
        paragraphs.append(words)
    paragraphs += [_fill(stage, template, ALPHA, chance, day) for template in chance.sample(NEUTRAL, 2)]
    title = chance.choice(TITLES)
    captions = [_fill(stage, one, chance.choice((ALPHA, BRAVO)), chance, day) for one in chance.sample(CAPTIONS, 2)]
    head = [title, "", captions[0], captions[0], *WIDGETS, "", title, "", captions[0], captions[1], captions[1]]
    text = "\n".join([*head, *(line for paragraph in paragraphs for line in ("", paragraph))]) + "\n"
    return PressDay(path, text, tuple(said), tuple(tallied), (title, *captions, *WIDGETS))


def _fill(stage: Stage, template: str, side: Side, chance: random.Random, day: int, number: int | None = None) -> str:
    return template.format(
        us=side.name,
        them=_other(side).name,
        possessive=side.possessive,
        capital=side.capital,
        president=side.president,
        minister=side.minister,
        spokesman=side.spokesman,
        staff_speaker=side.staff_speaker,
        place=chance.choice(stage.towns).name,
        weekday=f"{day_start(day).astimezone(FIRST_DAY.tzinfo):%A}",
        number=number,
        mission=MISSION,
    )


def _speaker(words: str, side: Side) -> str:
    """The person a sentence names as speaking, else the side or office."""
    for person in (side.president, side.minister, side.spokesman, side.staff_speaker):
        if person in words:
            return person
    return side.capital if words.startswith(side.capital) else side.name


def _other(side: Side) -> Side:
    return BRAVO if side is ALPHA else ALPHA
