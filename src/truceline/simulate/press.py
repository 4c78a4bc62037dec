"""The island's press: stories from our own sentence templates, pasted as people paste news.

    seed, days --stories--> PressDay: the text of a file, what each side said in it, tallies, furniture

Every template names the position it takes, so a sentence and its truth are written together. Around the
sentences stand what a news page leaves in a paste: the title twice, captions twice, widgets. The mission
speaks neutrally; its sentences are nobody's position.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.simulate.theatre import ALPHA, BRAVO, FIRST_DAY, MISSION, PLACES, Side, day_start, stream
from truceline.simulate.truth import Said, Tallied

# Position -> templates. {us} is the speaking side, {them} the other one.
_SENTENCES: dict[str, tuple[str, ...]] = {
    "promises": (
        "President {president} of {us} promised on {weekday} that {us} would hold its fire along the whole line.",
        "{us} promised that it would not fire across the line from {weekday} evening on.",
    ),
    "conditions": (
        "{us} said it would only agree to the truce if observers were let into the posts near {place}.",
        "{minister}, the defence minister of {us}, said her country would accept the truce only if it was mutual.",
    ),
    "accuses": (
        "{possessive} general staff accused {them} of shelling {place} on {weekday}.",
        "{capital} accused {them} of breaking the truce near {place}.",
    ),
    "denies": (
        "{spokesman}, a spokesman for {possessive} defence ministry, denied that {us} had shelled {place}.",
        "{possessive} defence ministry denied that its troops had fired on {place}.",
    ),
    "neither_confirms_nor_denies": (
        "{possessive} defence ministry said it could neither confirm nor deny whether {us} flew a drone over {place}.",
        '"I can neither confirm nor deny it," {spokesman} told reporters, asked whether {us} had fired near {place}.',
    ),
    "acknowledges": (
        "{possessive} general staff acknowledged that its troops had fired warning shots near {place}.",
        "{staff_speaker}, a spokeswoman for {possessive} general staff, admitted that {us} had fired near {place}.",
    ),
    "no_comment": ("{spokesman} declined to comment on the drone seen over {place}.",),
    "calls_for": ("{minister} urged {them} to let the observers into {place}.",),
}
_TALLY = "{possessive} general staff said {them} had fired {number} times since the truce began."
_NEUTRAL = (
    f"The {MISSION} said its posts near {{place}} had been manned all day.",
    f"The {MISSION} publishes a bulletin every evening.",
)
_TITLES = (
    "Islanders Wait for Quiet",
    "Truce on Ostrel: Day in Brief",
    "Grain, Ferries and a Fragile Quiet",
    "Line Report",
)
_CAPTIONS = (
    "FILE - {president}, president of {us}, at the harbour of {capital}. (Ridge News Agency)",
    "FILE - A grain field near {place}. (Harbour Wire)",
)
_WIDGETS = ("Share", "AA", "3 min read")

# Who says what on the first four days: (side, position), then a tally where one is told.
_PLAN: dict[int, tuple[tuple[Side, str], ...]] = {
    1: ((ALPHA, "promises"), (BRAVO, "conditions"), (BRAVO, "calls_for")),
    2: ((BRAVO, "accuses"), (ALPHA, "denies"), (BRAVO, "promises")),
    3: ((BRAVO, "accuses"), (ALPHA, "denies"), (BRAVO, "neither_confirms_nor_denies")),
    4: ((ALPHA, "acknowledges"), (ALPHA, "neither_confirms_nor_denies"), (BRAVO, "denies"), (BRAVO, "no_comment")),
}
_TALLIES: dict[int, tuple[Side, int]] = {3: (BRAVO, 444), 4: (ALPHA, 1312)}


@dataclass(frozen=True)
class PressDay:
    """One day's pasted file and what it holds."""

    path: str
    text: str
    statements: tuple[Said, ...]
    tallies: tuple[Tallied, ...]
    furniture: tuple[str, ...]


def stories(seed: int, days: int) -> tuple[PressDay, ...]:
    """The press of the days from 1 on, one file a day."""
    return tuple(_press_day(seed, day) for day in range(1, days + 1))


def _press_day(seed: int, day: int) -> PressDay:
    chance = stream(seed, f"press/{day}")
    on = day_start(day).astimezone(FIRST_DAY.tzinfo).date()
    path = f"inbox/press_{on:%Y%m%d}.txt"
    said: list[Said] = []
    tallied: list[Tallied] = []
    paragraphs: list[str] = []
    for side, position in _plan(chance, day):
        words = _fill(chance.choice(_SENTENCES[position]), side, chance, f"{on:%A}")
        about = _other(side).id if position in ("accuses", "calls_for") else side.id
        said.append(Said(path, on, position, _speaker(words, side), side.id, about, words))
        paragraphs.append(words)
    if told := _tally(chance, day):
        side, number = told
        words = _fill(_TALLY, side, chance, f"{on:%A}", number=number)
        tallied.append(Tallied(path, on, number, side.id, _other(side).id, words))
        paragraphs.append(words)
    paragraphs += [_fill(template, ALPHA, chance, f"{on:%A}") for template in _NEUTRAL]
    title = chance.choice(_TITLES)
    captions = [_fill(caption, chance.choice((ALPHA, BRAVO)), chance, f"{on:%A}") for caption in _CAPTIONS]
    text = "\n".join(_pasted(title, captions, paragraphs)) + "\n"
    return PressDay(path, text, tuple(said), tuple(tallied), (title, *captions, *_WIDGETS))


def _pasted(title: str, captions: list[str], paragraphs: list[str]) -> Iterator[str]:
    """The lines of a paste: head, captions and widgets once more than anybody wants them."""
    yield title
    yield ""
    yield captions[0]
    yield captions[0]
    yield from _WIDGETS
    yield ""
    yield title
    yield ""
    yield captions[0]
    yield captions[1]
    yield captions[1]
    for paragraph in paragraphs:
        yield ""
        yield paragraph


def _plan(chance: random.Random, day: int) -> tuple[tuple[Side, str], ...]:
    if day in _PLAN:
        return _PLAN[day]
    others = chance.sample(sorted(set(_SENTENCES) - {"neither_confirms_nor_denies"}), 3)
    drawn = [(chance.choice((ALPHA, BRAVO)), position) for position in others]
    return (*drawn, (chance.choice((ALPHA, BRAVO)), "neither_confirms_nor_denies"))


def _tally(chance: random.Random, day: int) -> tuple[Side, int] | None:
    if day in _TALLIES or day < 3:
        return _TALLIES.get(day)
    return (chance.choice((ALPHA, BRAVO)), chance.randint(150, 1900)) if chance.random() < 0.6 else None


def _fill(template: str, side: Side, chance: random.Random, weekday: str, number: int | None = None) -> str:
    return template.format(
        us=side.name,
        them=_other(side).name,
        possessive=side.possessive,
        capital=side.capital,
        president=side.president,
        minister=side.minister,
        spokesman=side.spokesman,
        staff_speaker=side.staff_speaker,
        place=chance.choice(PLACES).name,
        weekday=weekday,
        number=number,
    )


def _speaker(words: str, side: Side) -> str:
    """The person a sentence names as speaking, else the side or office."""
    for person in (side.president, side.minister, side.spokesman, side.staff_speaker):
        if person in words:
            return person
    return side.capital if words.startswith(side.capital) else side.name


def _other(side: Side) -> Side:
    return BRAVO if side is ALPHA else ALPHA
