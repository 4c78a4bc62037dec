"""Exchange names in a text the transformer learns from, so that who it is about cannot be learned by heart.

    items of train_encoder.prepare and written --Names--> the same items with other names in half of the texts

A position must not hang on the name: "Spain claims the islands" and "Vessland claims the islands" are one statement.
A name keeps its number of pieces, so nothing else of an item moves; one name is the same other name in a whole item,
and two never become one.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

MOSTLY = 0.95  # of the times a word stands somewhere it is tagged a name
MOST_PIECES = 4
EXCHANGED = 0.5  # of the texts
STEM = 3  # letters: "Spain" stays where "Spanish" stands in the text
TAGS = ("NNP", "NNPS")
# Tagged as names, but they tell of an office, a medium, a body or a day.
KEPT = frozenset(
    word
    for words in (
        ("mr", "mrs", "ms", "dr", "god", "excellency", "majesty"),
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("january", "february", "march", "april", "may", "june", "july", "august"),
        ("september", "october", "november", "december"),
        ("congress", "senate", "parliament", "supreme", "treasury", "pentagon", "kremlin", "knesset", "institute"),
        ("nato", "un", "eu", "osce", "united", "cia", "fbi", "icj", "reuters", "ap", "afp", "tass", "interfax"),
        ("xinhua", "cnn", "bbc", "fox", "abc", "cbs", "nbc", "msnbc", "twitter", "facebook", "telegram", "bloomberg"),
    )
    for word in words
)


class Names:
    """Names of the items, by their number of pieces."""

    def __init__(self, told: Iterable[dict[str, Any]], labels: dict[str, Sequence[str]]) -> None:
        self.pieces = [piece.removeprefix("##") for piece in labels["pieces"]]
        self.tags = {n for n, tag in enumerate(labels["tags"], 1) if tag in TAGS}
        seen: Counter[tuple[int, ...]] = Counter()
        named: Counter[tuple[int, ...]] = Counter()
        for one in told:
            for n, word in enumerate(_words(one)):
                seen[word] += 1
                named[word] += one["tags"][n] in self.tags
        self.pool: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for word, times in sorted(named.items()):
            text = self._text(word)
            if len(word) <= MOST_PIECES and times >= MOSTLY * seen[word] and text not in KEPT and text.isalpha():
                self.pool[len(word)].append(word)
        self.names = {word for words in self.pool.values() for word in words}

    def exchanged(self, one: dict[str, Any], draw: random.Random) -> dict[str, Any]:
        """The item as it is, or with each of its names another one."""
        if draw.random() >= EXCHANGED:
            return one
        words = _words(one)
        here = [n for n, word in enumerate(words) if word in self.names]
        plain = {words[n] for n in here if one["tags"][n] not in self.tags}  # here it is no name throughout
        taken = set(words)
        stems = Counter(self._text(word)[:STEM] for word in set(words))
        other: dict[tuple[int, ...], tuple[int, ...]] = {}
        ids = list(one["ids"])
        for n in here:
            word = words[n]
            if word in plain or stems[self._text(word)[:STEM]] > 1:
                continue
            if word not in other:  # two who differ must not become one
                free = [name for name in self.pool[len(word)] if name not in taken]
                other[word] = draw.choice(free) if free else word
                taken.add(other[word])
            at = one["first"][n]
            ids[at : at + len(word)] = other[word]
        return {**one, "ids": ids}

    def _text(self, word: tuple[int, ...]) -> str:
        return "".join(self.pieces[n] for n in word)


def _words(one: dict[str, Any]) -> list[tuple[int, ...]]:
    ids, bounds = one["ids"], [*one["first"], len(one["ids"]) - 1]
    return [tuple(ids[a:b]) for a, b in itertools.pairwise(bounds)]
