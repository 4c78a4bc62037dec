"""The names a text may use for parties, states and media, and where they stand in it.

    parties + states + agencies --Directory.find--> whole-word Matches, longest first

Whom a phrase around a name speaks for is asked in speakers.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from truceline.statements.agencies import AGENCIES
from truceline.statements.capitals import STATES
from truceline.terms.party import Origin, Party

MIN_STEM = 4  # letters before the `*` of an alias; a shorter one stands for itself alone


@dataclass(frozen=True)
class Match:
    """A name of a party, state or medium in the text."""

    start: int
    end: int
    label: str | None
    origin: Origin
    medium: bool


class Directory:
    """The names a text may use for parties, states and media. Parties go first, and take a state's names over."""

    def __init__(self, parties: Sequence[Party]) -> None:
        stems: set[str] = set()
        names: dict[str, tuple[str | None, Origin, bool]] = dict.fromkeys(AGENCIES, (None, Origin.THIRD_PARTY, True))
        known = {name.casefold(): party for party in reversed(parties) for name in (party.name, *party.aliases)}
        for state in STATES:
            party = next((known[name.casefold()] for name in state.names if name.casefold() in known), None)
            label = party.id if party is not None else state.name
            # Without a case every state may be a party, and a party's word never counts as independent.
            origin = Origin.PARTY if party is not None or not parties else Origin.THIRD_PARTY
            names.update(dict.fromkeys(state.names, (label, origin, False)))
        for party in reversed(parties):
            for name in (*party.channels, *party.aliases, party.name):
                plain = name.removesuffix("*").strip()
                if plain:
                    names[plain] = (party.id, Origin.PARTY, False)
                    names.setdefault(plain[0].upper() + plain[1:], (party.id, Origin.PARTY, False))
                    if name.endswith("*") and len(plain) >= MIN_STEM:
                        stems |= {plain, plain[0].upper() + plain[1:]}
        self._names = names
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        # "US-led" and "pro-Norland" are other people.
        written = (re.escape(name) + (r"\w*" if name in stems else "") for name in longest_first)
        self._pattern = re.compile(r"(?<![\w\-])(?:" + "|".join(written) + r")(?![\w\-])")
        self._stems = sorted(stems, key=lambda stem: (-len(stem), stem))

    def find(self, text: str, start: int, end: int) -> list[Match]:
        """The names in a stretch of text, left to right."""
        return [Match(m.start(), m.end(), *self._named(m.group(0))) for m in self._pattern.finditer(text, start, end)]

    def _named(self, written: str) -> tuple[str | None, Origin, bool]:
        """Whose name it is; of a stem with some ending, the stem's."""
        found = self._names.get(written)
        return found if found is not None else self._names[next(s for s in self._stems if written.startswith(s))]
