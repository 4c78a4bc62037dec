"""Whom a paragraph introduces: a name with an office or a party beside it, and names told by their first letters.

    "Norland spokesman Ivan Pell", "Gen. Pell of the Norlandic army", "Ms. Weiss (Norland)" --people--> Speakers
    "the Ridge Press (RP)" --initials--> RP, Speaker

What is introduced so holds for the rest of the story: who speaks is asked in speakers.py. Who held an office before
speaks for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import takewhile

from truceline.statements.agencies import MEDIA_WORDS
from truceline.statements.directory import Directory, Match
from truceline.statements.languages.language import Language
from truceline.terms.party import Origin

ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our"})
_SHORT = re.compile(
    r"((?:[A-Z][\w’'\-]{0,30}\s(?:(?:of|for|and|the)\s){0,2}){1,6}[A-Z][\w’'\-]{0,30})\s\(([A-Z]{2,7})\)"
)
_LEAD_CHARS = 90
TITLE = r"(?:Mr|Ms|Mrs|Dr|MR|MS|MRS|DR)\.?\s"
_DELEGATE = re.compile(TITLE + r"((?:[A-Z][\w’'\-]{0,30}\s){1,4})\((?:the )?$")
_OFFICER = re.compile(
    r"(?<![\w’'])((?:[A-Z][\w’'\-]{0,30}\.?\s){1,6}?[A-Z][\w’'\-]{1,30}),?\s"
    r"(of|who (?:leads|heads|commands|chairs|represents))\s(?:the )?$"
)
_INSTITUTIONS = frozenset(
    {"academy", "affairs", "assembly", "bank", "centre", "center", "court", "friends", "institute", "museum", "school",
     "union", "university"}
)  # fmt: skip
_BODIES = frozenset({"armed", "general"})
_BESIDE = frozenset({"after", "and", "by", "for", "from", "of", "to", "with"})
# What may stand behind the name of a party that ends there: a verb, or a word of the sentence.
_GOES_ON = frozenset(
    {"also", "and", "as", "at", "can", "could", "did", "does", "had", "has", "in", "is", "of", "on", "said", "says",
     "still", "then", "to", "told", "was", "were", "when", "who", "will", "with", "would"}
)  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_](?:[\w’'.\-]*\w)?\.?")
NO_LONGER = frozenset({"ex", "exile", "exiled", "former", "media", "opposition", "rebel", "retired"})


@dataclass(frozen=True)
class Speaker:
    """Somebody who speaks.

    Attributes:
        label: Party id, or a state's plain name, or None.
        kind: "person", "body" (office, army, state), "medium" or "unknown".
        how: "named", "pronoun", "description", "carried" or "none".
    """

    name: str
    role: str
    label: str | None
    origin: Origin
    kind: str
    how: str = "named"


NOBODY = Speaker("", "", None, Origin.UNKNOWN, "unknown", "none")


@dataclass(frozen=True)
class Introductions:
    """The introductions of one text."""

    text: str
    directory: Directory
    language: Language

    def people(self, start: int, end: int) -> Iterator[Speaker]:
        """Those whom a stretch of the text names with a party: 'Norland's envoy Ivan Pell', 'Pell, its envoy'."""
        for match in self.directory.find(self.text, start, end):
            if match.label is None or match.medium:
                continue
            told = [self._named_after(match, end), self._named_before(match, start)]
            told += [self._officer_of(match, start), self._delegate(match, start)]
            yield from (person for person in told if person is not None)

    def initials(self, start: int, end: int) -> Iterator[tuple[str, Speaker]]:
        """Names told by their first letters in brackets: the letters, and whose they are."""
        for found in _SHORT.finditer(self.text, start, end):
            spelled = self._spelled_out(found)
            if spelled is not None:
                yield found[2], spelled

    def _spelled_out(self, found: re.Match[str]) -> Speaker | None:
        """A medium, or an office of a party, of whose name the letters behind it are the initials."""
        words = [w for w in re.finditer(r"\S+", found[1]) if w[0][0].isupper()][-len(found[2]) :]
        if "".join(w[0][0] for w in words) != found[2]:
            return None
        start = found.start(1) + words[0].start()
        name, last = self.text[start : found.end(1)], words[-1][0].casefold()
        matches = self.directory.find(self.text, start, found.end(1))
        if last in MEDIA_WORDS or any(m.medium for m in matches):
            return Speaker(name, "", None, Origin.THIRD_PARTY, "medium")
        of = next((m for m in matches if m.label is not None), None)
        if of is None or last not in self.language.organs:
            return None
        return Speaker(name, self.text[of.end : found.end(1)].strip(), of.label, of.origin, "body")

    def _named_after(self, match: Match, end: int) -> Speaker | None:
        at, comma, ranked = match.end, False, False
        roles: list[str] = []
        names: list[str] = []
        possessive = re.match(r"['’]s?(?!\w)", self.text[at : at + 2]) is not None
        at += len(re.match(r"(?:['’]s?(?!\w))?", self.text[at : at + 2]).group(0))  # type: ignore[union-attr]
        for _ in range(12):
            step = re.compile(r"[ \t\u00a0]+|,\s(?=[A-Z])").match(self.text, at, end)
            token = _TOKEN.match(self.text, step.end(), end) if step else None
            if step is None or token is None:
                break
            word = token.group(0)
            is_role = word.casefold() in self.language.roles | self.language.organs
            if step.group(0).startswith(","):
                if names or not roles:
                    break
                comma, ranked = True, is_role
            if (is_role and not names) or word.casefold() == "counterpart":
                roles.append(word)
            elif word[0].isupper() and not re.search(r"['’]s$", word) and not self._is_alias(token):
                names.append(word.rstrip(".") if len(word) > 2 else word)
                if len(names) == 4:
                    break
            else:
                if re.search(r"['’]s$", word) and word[0].isupper() and roles:
                    names.append(word[:-2])
                break
            at = token.end()
        if not names or (not roles and not possessive) or (comma and len(names) < 2) or self._is_body(names):
            return None
        before = self._word_before(match.start)  # "former Norlandic minister Ivan Pell"
        if {before, *(role.casefold() for role in roles)} & NO_LONGER or (possessive and "counterpart" in roles):
            return None
        if ranked and (self.text[at : at + 1] != "," or before in _BESIDE):
            return None  # "After talks with Norland's president, General Anna Weiss said"
        office = re.sub(r"['’]s?$", "", self.text[match.start : match.end])
        role = " ".join([office, *roles]) if roles else ""
        return Speaker(" ".join(names), role, match.label, match.origin, "person")

    def _named_before(self, match: Match, start: int) -> Speaker | None:
        """'Anna Weiss, spokeswoman for the Norland army'."""
        lead = self.text[max(start, match.start - _LEAD_CHARS) : match.start]
        found = re.search(
            r"((?:[A-Z][\w’'\-]+\s){1,3}[A-Z][\w’'\-]+|[A-Z][\w’'\-]+), (?:an? |the )?([^,.;:()\"“”]*)$", lead
        )
        if found is None:
            return None
        tail = re.match(r"(?:['’]s)?((?: [\w’'\-]+){0,5})", self.text[match.end : match.end + 60])
        told = (found[2] + self.text[match.start : match.end] + (tail[1] if tail else "")).split()
        known = self.language.roles - {"of", "the", "for"}
        roles = [w for w in told if w.casefold() in known]
        before = [w.casefold() for w in found[2].split()]
        if not roles or any(w not in known | {"of", "the", "for", "at", "in", "and", "with"} for w in before):
            return None
        if any(word.casefold() in NO_LONGER for word in told):
            return None
        if found[1].split()[0].casefold() in ARTICLES or self.directory.find(found[1], 0, len(found[1])):
            return None
        ranks, name = self._without_rank(found[1])
        return Speaker(name, " ".join([*ranks, *roles]), match.label, match.origin, "person") if name else None

    def _officer_of(self, match: Match, start: int) -> Speaker | None:
        """'Foreign Minister Anna Weiss of Norland', 'Gen. Pell of the Norlandic army', 'Pell, who leads the Front'."""
        begin = max(start, match.start - _LEAD_CHARS)
        found = _OFFICER.search(self.text[begin : match.start])
        if found is None or self.directory.find(found[1], 0, len(found[1])):
            return None
        ranks, name = self._without_rank(found[1])
        before = self._word_before(begin + found.start())
        told = {before, *(word.casefold() for word in found[1].split())}
        if not 0 < len(name.split()) <= 3 or self._is_body(name.split(), self.language.organs | self.language.roles):
            return None  # "the Security Council of Norland"
        if told & NO_LONGER or before == "the" or (found[2] == "of" and not ranks) or not self._ends(match):
            return None
        return Speaker(name, " ".join(ranks), match.label, match.origin, "person")

    def _ends(self, match: Match) -> bool:
        """Whether a party's name, or a body of it, is the whole of it: "the Norland office of the Red Cross" is not."""
        behind = self.text[match.end : match.end + 60]
        owns, told = re.match(r"(['’]s)?((?:\s[\w’'\-]+){0,3})", behind).groups()  # type: ignore[union-attr]
        words = told.split()
        body = list(takewhile(lambda word: word.casefold() in self.language.organs | _BODIES, words))
        after = next(iter(words[len(body) :]), "")
        if body:
            return after not in ("at", "in", "of")
        whole = owns is None and behind[:1] not in ("-", "'", "’")
        return whole and (not after or after in _GOES_ON or (after.islower() and after.endswith("ed")))

    def _is_body(self, words: list[str], offices: Set[str] = frozenset()) -> bool:
        """Whether what looks like a person's name is an institution's: "Red Cross", "National Bank"."""
        return bool({word.casefold().rstrip(".") for word in words} & (self.language.bodies | _INSTITUTIONS | offices))

    def _word_before(self, at: int) -> str:
        return next(iter(self.text[max(0, at - 24) : at].split()[-1:]), "").casefold()

    def _delegate(self, match: Match, start: int) -> Speaker | None:
        """'Ms. Weiss (Norland)', as minutes of councils and commissions have it."""
        found = _DELEGATE.search(self.text[max(start, match.start - _LEAD_CHARS) : match.start])
        if found is None or self.text[match.end : match.end + 1] != ")":
            return None
        return Speaker(found[1].strip(), "", match.label, match.origin, "person")

    def _without_rank(self, name: str) -> tuple[list[str], str]:
        """'Colonel Anna Weiss' is a rank and a name."""
        words, ranks = name.split(), []
        while words and words[0].casefold() in self.language.roles:
            ranks.append(words.pop(0))
        return ranks, " ".join(words)

    def _is_alias(self, token: re.Match[str]) -> bool:
        return any(
            m.start == token.start() and m.end >= token.end()
            for m in self.directory.find(self.text, token.start(), token.end())
        )
