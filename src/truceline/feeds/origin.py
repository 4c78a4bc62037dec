"""Who does a line of text come from in the first place?

A row that cites a party's staff or ministry originates with that party, whoever printed it; a row
that cites a third party the case names is that third party's testimony; of any other row nobody can
tell, and `unknown` counts no more than a party's own word. To be *about* a party is not to come from it:
only its `channels` decide, never its name.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from truceline.terms.agreement import Agreement, FeedTerms
from truceline.terms.party import Origin

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´"), "'")
# Words for passing on and for denying, in the languages of the headlines we have read.
_TELLS = (
    r"sa(?:ys|id)\b|claim\w*|report\w*|state[sd]?\b|announce\w*|tells?\b|told\b"
    r"|заяв\w*|повідом\w*|сообщ\w*|каж\w*|говор\w*"
)
_ACCORDING = r"according to|за словами|за даними|по словам|по данным"
_DENIES = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut\w*|debunk\w*|fake\w*|спрост\w*|опроверг\w*|запереч\w*|отриц\w*|фейк\w*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Traced:
    """An origin with its reason, the party where there is one, and the root of the testimony."""

    origin: Origin
    reason: str
    party: str | None
    root: str
    against: bool = False  # the source itself says that it did not happen


def trace(text: str, *, feed: FeedTerms, agreement: Agreement) -> Traced:
    """Trace a row to the voice it comes from.

    Args:
        text: Headline or text of the row.
        feed: Its feed; a declared origin holds for every row of it.
        agreement: Its parties with the names of their own channels, and the third parties a row may
            cite. A name that ends in ``*`` matches any ending.

    Returns:
        Party channels first: a third party that quotes a staff passes on the staff's word.
    """
    if feed.origin is Origin.PARTY and feed.party is not None:
        return Traced(Origin.PARTY, f"feed '{feed.name}' is a channel of this party", feed.party, f"party:{feed.party}")
    for party in agreement.parties:
        if cited := cited_name(text, party.channels):
            return Traced(Origin.PARTY, f"cites {cited!r}", party.id, f"party:{party.id}")
    if feed.origin is Origin.MONITOR:
        return Traced(
            Origin.MONITOR, f"feed '{feed.name}' is the mission's own", None, f"monitor:{feed.publisher or feed.name}"
        )
    own = next((source for source in agreement.sources if feed.name in source.feeds), None)
    if own is not None and _denies_itself(plain(text), (own.name, *own.aliases), agreement):
        reason = f"feed '{feed.name}' is its own, and speaks against it"
        return Traced(Origin.THIRD_PARTY, reason, None, f"source:{own.name}", against=True)
    missions = {f.publisher or f.name for f in agreement.feeds if f.origin is Origin.MONITOR}
    for source in agreement.sources:
        if source is not own and (cited := cited_name(text, (source.name, *source.aliases))):
            root = f"{'monitor' if source.name in missions else 'source'}:{source.name}"
            if _denies_itself(plain(text), (source.name, *source.aliases), agreement):
                return Traced(Origin.THIRD_PARTY, f"cites {cited!r}, which speaks against it", None, root, against=True)
            if doubt := _passed_on(plain(text), agreement):
                return Traced(Origin.UNKNOWN, f"cites {cited!r}, but {doubt}", None, f"text:{article_key(text)}")
            # A story that cites the mission repeats the mission: one voice, not two.
            return Traced(Origin.THIRD_PARTY, f"cites {cited!r}", None, root)
    if own is not None:
        if doubt := _passed_on(plain(text), agreement):
            reason = f"feed '{feed.name}' is {own.name}'s own, but {doubt}"
            return Traced(Origin.UNKNOWN, reason, None, f"text:{article_key(text)}")
        return Traced(Origin.THIRD_PARTY, f"feed '{feed.name}' is its own", None, f"source:{own.name}")
    if feed.origin is Origin.THIRD_PARTY:
        return Traced(
            Origin.THIRD_PARTY,
            f"feed '{feed.name}' is declared a third party",
            None,
            f"source:{feed.publisher or feed.name}",
        )
    return Traced(Origin.UNKNOWN, "cites nobody the case knows", None, f"text:{article_key(text)}")


def _passed_on(text: str, agreement: Agreement) -> str | None:
    """Why a row that cites a third party is not that third party's own account; None if it may be."""
    if _DENIES.search(text):
        return "somebody it does not name speaks against it"
    for party in agreement.parties:
        for name in (party.name, *party.aliases):
            word = re.escape(plain(name))
            if re.search(rf"(?<!\w){word}(?!\w)(?:\W+\w+){{0,3}}?\W+(?:{_TELLS})", text, re.IGNORECASE) or re.search(
                rf"(?:{_ACCORDING})(?:\W+\w+){{0,3}}?\W+{word}(?!\w)", text, re.IGNORECASE
            ):
                return f"passes on what {party.name} says"
    return None


def _denies_itself(text: str, names: tuple[str, ...], agreement: Agreement) -> bool:
    """Whether the named source, in its own name, says that it did not happen: "RNA denies ...", "debunked by RNA".

    A denial in which any party is named may be that party's, and a party's denial weighs nothing here.
    """
    named = (name for party in agreement.parties for name in (party.name, *party.aliases, *party.channels))
    if cited_name(text, tuple(named)):
        return False
    name = _pattern(names).pattern
    before = rf"{name}(?:\s+\w+)?\s+{_DENIES.pattern}"  # "RNA: somebody denies" is somebody's word
    after = rf"{_DENIES.pattern}(?:\W+\w+){{0,4}}?\W+(?:by|{_ACCORDING})\W+{name}"
    return bool(re.search(f"{before}|{after}", text, re.IGNORECASE))


def cited_name(text: str, names: tuple[str, ...]) -> str | None:
    """The first of the names that stands in the text as whole words, longest first; None if none does.

    >>> cited_name("Генштаб: 50 боїв", ("Генштаб*",))
    'Генштаб'
    >>> cited_name("Northern lights", ("North",)) is None
    True
    """
    if not names:
        return None
    found = _pattern(names).search(plain(text))
    return found.group(0) if found else None


def plain(text: str) -> str:
    """A text as names are looked for in it: no invisible characters, plain blanks and apostrophes.

    >>> plain("Norland\u2019s\u00a0general\u200b staff")
    "Norland's general staff"
    """
    folded = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def article_key(text: str) -> str:
    """A key that copies of one headline share: letters and digits only, case folded."""
    plain = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        stem, open_end = (plain(name[:-1]), r"\w*") if name.endswith("*") else (plain(name), "")
        parts.append(re.escape(stem) + open_end)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)
