"""Who is speaking, and for which party: names, offices, capitals and pronouns to a Speaker.

    parties + states + agencies --Directory--> whole-word matches, longest first
    story so far --Cast.resolve--> Speaker

A title with a state's adjective binds a person for the rest of the story ("Norland spokesman Ivan Pell",
later "Pell"); a full name holds for the whole document. Agencies pass on words and are no party. What
cannot be resolved stays unknown: a guess here would put words into somebody's mouth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from truceline.statements.agencies import AGENCIES, MEDIA_WORDS
from truceline.statements.capitals import STATES
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word
from truceline.terms.party import Origin, Party

_PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_GROUP_PRONOUNS = frozenset({"it", "its", "itself"})
_MANY_PRONOUNS = frozenset({"they", "their", "them", "themselves"})
_SELF_PRONOUNS = frozenset({"i", "we", "our", "my", "us", "me", "ours", "ourselves"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their", "his", "her", "our"})
MIN_STEM = 4  # letters before the `*` of an alias; a shorter one stands for itself alone
_SHORT = re.compile(
    r"((?:[A-Z][\w’'\-]{0,30}\s(?:(?:of|for|and|the)\s){0,2}){1,6}[A-Z][\w’'\-]{0,30})\s\(([A-Z]{2,7})\)"
)
_TOKEN = re.compile(r"[^\W\d_](?:[\w’'.\-]*\w)?\.?")


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


@dataclass
class Cast:
    """Who has appeared in one story so far: grows as the text is read, never looks ahead except for full names."""

    text: str
    directory: Directory
    language: Language
    full_names: dict[str, Speaker] = field(default_factory=dict)
    surnames: dict[str, Speaker] = field(default_factory=dict)
    spoken: list[Speaker] = field(default_factory=list)
    shorts: dict[str, Speaker] = field(default_factory=dict)

    def introduce(self, start: int, end: int) -> None:
        """Bind whom a paragraph introduces: 'Norland's envoy Ivan Pell', 'Pell, its envoy', 'the Ridge Press (RP)'."""
        for found in _SHORT.finditer(self.text, start, end):
            spelled = self._spelled_out(found)
            if spelled is not None:
                self.shorts.setdefault(found[2], spelled)
        for match in self.directory.find(self.text, start, end):
            if match.label is None or match.medium:
                continue
            for person in (self._named_after(match, end), self._named_before(match, start)):
                if person is not None:
                    self.full_names.setdefault(person.name, person)
                    self.surnames[person.name.split()[-1]] = person

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
        at, comma = match.end, False
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
                if names or not roles or is_role:
                    break
                comma = True
            if is_role and not names:
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
        if not names or (not roles and not possessive) or (comma and len(names) < 2):
            return None
        office = re.sub(r"['’]s?$", "", self.text[match.start : match.end])
        role = " ".join([office, *roles]) if roles else ""
        return Speaker(" ".join(names), role, match.label, match.origin, "person")

    def _named_before(self, match: Match, start: int) -> Speaker | None:
        """'Anna Weiss, spokeswoman for the Norland army'."""
        lead = self.text[max(start, match.start - 90) : match.start]
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
        if found[1].split()[0].casefold() in _ARTICLES or self.directory.find(found[1], 0, len(found[1])):
            return None
        ranks, name = self._without_rank(found[1])
        return Speaker(name, " ".join([*ranks, *roles]), match.label, match.origin, "person") if name else None

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

    def resolve(
        self, parse: Parse, number: int | None, outer: Speaker | None = None, *, direct: bool = False
    ) -> Speaker:
        """The speaker a noun phrase or pronoun names.

        Args:
            number: Word number of its head; None where the text names nobody.
            outer: Who says the sentence it stands in: the first one a pronoun may mean.
            direct: Inside quotation marks "we" is the speaker and "he" is somebody else.
        """
        if number is None:
            return NOBODY
        word = parse.words[number]
        inner = [o for p in parse.children(number, "prep") if p.i > number for o in parse.children(p.i, "pobj")]
        if word.lower in ("nobody", "none", "one") and inner:
            return self.resolve(parse, inner[0].i, outer, direct=direct)  # "nobody in Norland's government"
        if word.tag in ("PRP", "PRP$", "DT", "WP") or word.lower in _PERSON_PRONOUNS | _GROUP_PRONOUNS | _MANY_PRONOUNS:
            return self._pronoun(word.lower, outer, direct=direct)
        person = self._person(parse, word)
        if person is not None:
            return person
        body = self._body(parse, word)
        if body is not None:
            return body
        if word.text in self.shorts:
            return self.shorts[word.text]
        described = self._described(parse, word) or self._owned(parse, word, outer)
        if described is not None:
            return described
        return Speaker(self._phrase(parse, word), "", None, Origin.UNKNOWN, "unknown")

    def label_in(self, parse: Parse, number: int | None, *, acts: frozenset[str] = frozenset()) -> str | None:
        """The party a noun phrase belongs to, for what a statement is about.

        Args:
            acts: Nouns that carry their doer: "Norland's shelling".
        """
        if number is None:
            return None
        word = parse.words[number]
        person = self._person(parse, word)
        if person is not None:
            return person.label
        match = self._match(parse, word, acts)
        if match is None and word.text in self.shorts:
            return self.shorts[word.text].label
        return match.label if match is not None else None

    def _pronoun(self, lower: str, outer: Speaker | None, *, direct: bool) -> Speaker:
        if lower in _SELF_PRONOUNS:
            return replace(outer, how="pronoun") if outer is not None and direct else NOBODY
        candidates = [outer] if outer is not None and not direct else []
        candidates += [speaker for speaker in reversed(self.spoken[-8:]) if speaker != outer or not direct]
        wanted = {"person"} if lower in _PERSON_PRONOUNS else {"body", "medium"}
        if lower not in _PERSON_PRONOUNS | _GROUP_PRONOUNS | _MANY_PRONOUNS:
            return NOBODY
        for speaker in candidates[:6]:
            if speaker.kind in wanted:
                return replace(speaker, how="pronoun")
            # Somebody the case does not know spoke last: by name it may be they who go on, else nobody can tell.
            if speaker.kind == "unknown":
                by_name = speaker.name.split()[-1:] and speaker.name.split()[-1][0].isupper()
                return replace(speaker, how="pronoun") if by_name else NOBODY
        return NOBODY

    def _person(self, parse: Parse, word: Word) -> Speaker | None:
        names = [w for w in (word, *parse.children(word.i, "compound", "flat", "appos")) if w.text[:1].isupper()]
        phrase = self.text[parse.words[word.left].start : word.end]
        for full, speaker in self.full_names.items():
            if re.search(rf"(?<!\w){re.escape(full)}(?!\w)", phrase):
                return speaker
        for name in names:
            if name.text in self.surnames and (name.i == word.i or name.dep == "appos"):
                return self.surnames[name.text]
        return None

    def _body(self, parse: Parse, word: Word) -> Speaker | None:
        phrase = self._phrase(parse, word)
        matches = self.directory.find(self.text, parse.words[word.left].start, word.end)
        own_channel = next((m for m in matches if m.origin is Origin.PARTY and m.end == word.end), None)
        stately = any(m.label is not None for m in matches) and bool(
            {"state", "army", "official"} & {w.lower for w in parse.words[word.left : word.i]}
        )
        passes_on = word.lower in MEDIA_WORDS or any(m.medium for m in matches)
        if own_channel is None and passes_on and not stately:
            return Speaker(phrase, "", None, Origin.THIRD_PARTY, "medium")
        match = self._match(parse, word, frozenset())
        if match is None:
            return None
        words = [w for w in parse.words[word.left : word.right + 1] if w.start >= match.end and w.i <= word.i]
        role = " ".join(w.text for w in words if w.lower not in ("'s", "’s", "'", "’"))
        if not role and match.start >= word.end:
            role = self.text[parse.words[word.left].start : word.end]
        if match.start >= word.end:
            first = next((w for w in parse.words[word.left : word.i + 1] if w.lower not in _ARTICLES), word)
            last = next((w for w in parse.words[word.i : word.right + 1] if w.end >= match.end), word)
            tail = parse.words[last.head] if last.dep in ("poss", "amod", "compound") else last
            phrase = re.sub(r"\s+", " ", self.text[first.start : tail.end])
        human = word.lemma in _HUMAN or word.lower in _HUMAN
        described = self._last_with(word.lower, match.label) if human else None
        if described is not None:
            return replace(described, how="description")
        return Speaker(phrase, _bare(role), match.label, match.origin, "person" if human else "body")

    def _match(self, parse: Parse, word: Word, acts: frozenset[str]) -> Match | None:
        """The party's name in a phrase where it stands for the doer: the head, before an office, or after 'for'."""
        if word.lower in self.language.outsiders:
            return None
        left = parse.words[word.left].start
        before = [m for m in self.directory.find(self.text, left, word.end) if not m.medium and m.label is not None]
        heads = [m for m in before if m.start <= word.start < m.end]
        if heads:
            return heads[0]
        if word.lemma == "source":
            return before[0] if before and _of_a_service(parse, word) else None
        words = self.language.organs | self.language.roles
        carries = word.lower in words or word.lemma in acts | words or word.lower in MEDIA_WORDS
        if not carries:
            return None
        if before and not any(w.lower in self.language.outsiders for w in parse.words[word.left : word.i]):
            return before[0]
        for prep in parse.children(word.i, "prep", "agent"):
            if prep.lower in ("for", "of", "from", "by", "at", "in"):
                inner = next(iter(parse.children(prep.i, "pobj")), None)
                if inner is not None and inner.i != word.i:
                    return self._match(parse, inner, acts) if inner.i > word.i else None
        for apposition in parse.children(word.i, "appos"):
            return self._match(parse, apposition, acts) if apposition.i > word.i else None
        return None

    def _described(self, parse: Parse, word: Word) -> Speaker | None:
        """'the ministry', 'the spokesman': the last speaker of whom that was said."""
        definite = any(c.lower in ("the", "its", "his", "her") for c in parse.children(word.i, "det", "poss"))
        if not definite or word.lower not in self.language.organs | self.language.roles:
            return None
        found = self._last_with(word.lower, None)
        return replace(found, how="description") if found is not None else None

    def _owned(self, parse: Parse, word: Word, outer: Speaker | None) -> Speaker | None:
        """'its defence ministry': of whoever tells it, or of the party named before in the sentence."""
        if not any(c.lower in ("its", "their") for c in parse.children(word.i, "poss")):
            return None
        if word.lower not in self.language.organs | self.language.roles:
            return None
        phrase = self._phrase(parse, word)
        if outer is not None and outer.label is not None:
            return replace(outer, how="pronoun")
        begin = parse.words[parse.sentences[word.sentence][0]].start
        named = [m for m in self.directory.find(self.text, begin, parse.words[word.left].start) if m.label is not None]
        return Speaker(phrase, phrase, named[-1].label, named[-1].origin, "body", "pronoun") if named else None

    def _last_with(self, office: str, label: str | None) -> Speaker | None:
        for speaker in reversed([*self.surnames.values(), *self.spoken[-50:]]):
            words = f"{speaker.role} {speaker.name if speaker.kind != 'person' else ''}".casefold().split()
            if office in words and (label is None or speaker.label == label):
                return speaker
        return None

    def _phrase(self, parse: Parse, word: Word) -> str:
        words = list(parse.words[word.left : word.i + 1])
        while words and (words[0].lower in _ARTICLES or not words[0].text[0].isalnum()):
            words = words[1:]
        return re.sub(r"\s+", " ", self.text[words[0].start : words[-1].end]) if words else word.text


_SERVICES = frozenset(
    {"army", "defence", "defense", "government", "intelligence", "military", "ministry", "official", "police",
     "security"}
)  # fmt: skip
_NO_LONGER = frozenset({"exile", "exiled", "former", "media", "opposition", "rebel", "retired"})
_HUMAN = frozenset(
    {"adviser", "aide", "ambassador", "captain", "chancellor", "chief", "colonel", "commander", "delegate", "diplomat",
     "director", "envoy", "general", "governor", "king", "lawmaker", "leader", "lieutenant", "major", "minister",
     "negotiator", "official", "premier", "president", "queen", "representative", "secretary", "speaker", "spokesman",
     "spokesperson", "spokeswoman"}
)  # fmt: skip


def _of_a_service(parse: Parse, word: Word) -> bool:
    """'A Norlandic security source': who speaks so is one of the party's own, and no voice beside it."""
    before = {w.lower for w in parse.words[word.left : word.i]}
    return bool(before & _SERVICES) and not before & _NO_LONGER


def _bare(role: str) -> str:
    return " ".join(dropwhile(lambda word: word.casefold() in _ARTICLES, role.split()))
