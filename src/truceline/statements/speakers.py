"""Who is speaking, and for which party: names, offices, capitals and pronouns to a Speaker.

    names found (directory.py) + who was introduced (introductions.py) + story so far --Cast.resolve--> Speaker

A full name holds for the whole document, a surname from where its bearer was introduced. Agencies pass on words and are
no party. What cannot be resolved stays unknown: a guess here would put words into somebody's mouth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from truceline.statements.agencies import MEDIA_WORDS
from truceline.statements.directory import Directory, Match
from truceline.statements.introductions import ARTICLES, NO_LONGER, NOBODY, Introductions, Speaker
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import QUOTE_MARKS
from truceline.terms.party import Origin

_PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_GROUP_PRONOUNS = frozenset({"it", "its", "itself"})
_MANY_PRONOUNS = frozenset({"they", "their", "them", "themselves"})
_THINGS = frozenset({"its", "their", "whose"})
_OWNERS = _THINGS | {"her", "his"}
_SELF_PRONOUNS = frozenset({"i", "we", "our", "my", "us", "me", "ours", "ourselves"})


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
        told = Introductions(self.text, self.directory, self.language)
        for letters, spelled in told.initials(start, end):
            self.shorts.setdefault(letters, spelled)
        for person in told.people(start, end):
            self.full_names.setdefault(person.name, person)
            self.surnames[person.name.split()[-1]] = person

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
        kinds = {c.lower for c in parse.children(word.i, "compound", "amod")}
        of_state = word.lower == "agency" and kinds & _SERVICES and "news" not in kinds  # "intelligence agency"
        passes_on = (word.lower in MEDIA_WORDS and not of_state) or any(m.medium for m in matches)
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
            first = next((w for w in parse.words[word.left : word.i + 1] if w.lower not in ARTICLES), word)
            last = next((w for w in parse.words[word.i : word.right + 1] if w.end >= match.end), word)
            tail = parse.words[last.head] if last.dep in ("poss", "amod", "compound") else last
            phrase = re.sub(r"\s+", " ", self.text[first.start : tail.end])
        human = word.lemma in _HUMAN or word.lower in _HUMAN
        described = self._last_with(word.lower, match.label) if human else None
        if described is not None:
            return replace(described, how="description")
        return Speaker(phrase, _bare(role), match.label, match.origin, "person" if human else "body")

    def _match(self, parse: Parse, word: Word, acts: frozenset[str], deep: int = 0) -> Match | None:
        """The party's name in a phrase where it stands for the doer: the head, before an office, or below one."""
        if word.lower in self.language.outsiders or deep > _DEEPEST:
            return None
        left, right = parse.words[word.left].start, min(parse.words[word.right].end, word.end + _NAME_CHARS)
        named = [m for m in self.directory.find(self.text, left, right) if not m.medium and m.label is not None]
        heads = [m for m in named if m.start <= word.start < m.end]
        if heads:
            return heads[0]
        before = [m for m in named if m.end <= word.end]
        if word.lemma == "source":
            return before[0] if before and _of_a_service(parse, word) else None
        words = self.language.organs | self.language.roles
        if not (word.lower in words or word.lemma in acts | words | _MEMBERS or word.lower in MEDIA_WORDS):
            return None
        others = self.language.outsiders | NO_LONGER - ({"media"} if word.lower == "office" else set())
        own = before[0] if before else None
        beside = [w for w in parse.words[word.left : word.i] if own is None or not own.start <= w.start < own.end]
        if any(w.lower in others for w in beside):
            return None
        if own is not None:
            return None if word.lemma in _BRANCHES and self._of_another(parse, word, own) else own
        preps = parse.children(word.i, "prep", "agent")
        nearest = [p for p in preps if p.lower in _OWNED_BY]
        if not nearest and word.lemma not in _MEMBERS:
            nearest = [p for p in preps if p.lower in _STANDS_IN]
        for prep in nearest:  # "the commander of UN troops in Norland" is not Norland's
            for inner in parse.children(prep.i, "pobj"):
                if inner.i > word.i and (found := self._below(parse, word, inner, acts, deep + 1)) is not None:
                    return found
        for apposition in parse.children(word.i, "appos"):
            return self._match(parse, apposition, acts, deep + 1) if apposition.i > word.i else None
        return None

    def _of_another(self, parse: Parse, word: Word, own: Match) -> bool:
        """Whether a branch that bears a party's name is somebody else's: "the Norland office of the Red Cross"."""
        owners = parse.children(word.i, "poss")
        owners += [o for p in parse.children(word.i, "prep") if p.lower == "of" for o in parse.children(p.i, "pobj")]
        others = [o for o in owners if not parse.words[o.left].start <= own.start < o.end]
        return any(o.tag[:3] == "NNP" or o.dep == "poss" for o in others)

    def _below(self, parse: Parse, word: Word, inner: Word, acts: frozenset[str], deep: int) -> Match | None:
        """Whose an office or rank is by the noun behind it: "of Norland", "of Foreign Affairs of Norland".

        An officer is of whoever has the ship or the group he commands; a governor of whoever has the province.
        """
        if (found := self._match(parse, inner, acts, deep)) is not None:
            beside = (self._match(parse, other, acts, deep) for other in parse.children(inner.i, "conj"))
            return found if all(o is None or o.label == found.label for o in beside) else None
        if inner.lemma in _AFFAIRS:
            of = [p for p in parse.children(inner.i, "prep") if p.lower == "of"]
            behind = next((o for p in of for o in parse.children(p.i, "pobj")), None)
            return self._match(parse, behind, acts, deep) if behind is not None else None
        if (word.lemma in _RANKS and inner.lemma in _COMMANDED) or (word.lemma in _RULES and inner.lemma in _PLACES):
            left = parse.words[inner.left].start
            held = [
                m for m in self.directory.find(self.text, left, inner.start) if m.label is not None and not m.medium
            ]
            between = [w for w in parse.words[inner.left : inner.i] if held and w.start >= held[0].end]
            plain = all(w.lower in _KINDS or w.tag in ("POS", "CD") or _NTH.fullmatch(w.lower) for w in between)
            return held[0] if held and plain else None
        return None

    def _described(self, parse: Parse, word: Word) -> Speaker | None:
        """'the ministry', 'the spokesman': the last speaker of whom that was said."""
        definite = any(c.lower in ("the", "its", "his", "her") for c in parse.children(word.i, "det", "poss"))
        if not definite or word.lower not in self.language.organs | self.language.roles:
            return None
        found = self._last_with(word.lower, None)
        return replace(found, how="description") if found is not None else None

    def _owned(self, parse: Parse, word: Word, outer: Speaker | None) -> Speaker | None:
        """'its defence ministry', 'his deputy', 'A, whose army': of whoever tells it, or was named before."""
        owner = next((c.lower for c in parse.children(word.i, "poss") if c.lower in _OWNERS), None)
        if owner is None or word.lower not in self.language.organs | self.language.roles:
            return None
        if owner in ("its", "their") and outer is not None and outer.label is not None:
            return replace(outer, how="pronoun")
        of, phrase = self._owner(parse, word, owner, outer), self._phrase(parse, word)
        if of is None or of.label is None:
            return None
        return Speaker(phrase, phrase, of.label, of.origin, "body" if owner in _THINGS else "person", "pronoun")

    def _owner(self, parse: Parse, word: Word, owner: str, outer: Speaker | None) -> Speaker | Match | None:
        """Who is meant by the "its", "his" or "whose" before an office."""
        if owner == "whose":
            verb = next((a for a in parse.ancestors(word.i) if a.dep == "relcl"), None)
            return self.resolve(parse, verb.head) if verb is not None else None
        if owner in _PERSON_PRONOUNS:
            return outer if outer is not None and outer.kind == "person" else self._pronoun(owner, None, direct=False)
        first = parse.words[parse.sentences[word.sentence][0]]
        start = parse.words[word.left].start
        named = [m for m in self.directory.find(self.text, first.start, start) if m.label is not None]
        if named:
            return named[-1]
        ahead = self.text[first.start : start].strip()
        if ahead and ahead[0] not in QUOTE_MARKS:  # "Reporters asked the mission, and its spokesman said"
            return None
        if word.sentence > 0:
            begin, past = parse.sentences[word.sentence - 1]
            tops = [w for w in parse.words[begin:past] if w.head == w.i]
            did = [subject for top in tops for subject in parse.children(top.i, "nsubj", "nsubjpass")]
            if did and (match := self._match(parse, did[0], frozenset())) is not None:
                return match
        return self._pronoun("its", None, direct=False)

    def _last_with(self, office: str, label: str | None) -> Speaker | None:
        for speaker in reversed([*self.surnames.values(), *self.spoken[-50:]]):
            words = f"{speaker.role} {speaker.name if speaker.kind != 'person' else ''}".casefold().split()
            if office in words and (label is None or speaker.label == label):
                return speaker
        return None

    def _phrase(self, parse: Parse, word: Word) -> str:
        words = list(parse.words[word.left : word.i + 1])
        while words and (words[0].lower in ARTICLES or not words[0].text[0].isalnum()):
            words = words[1:]
        return re.sub(r"\s+", " ", self.text[words[0].start : words[-1].end]) if words else word.text


_SERVICES = frozenset(
    {"army", "defence", "defense", "government", "intelligence", "military", "ministry", "official", "police",
     "security"}
)  # fmt: skip
_MEMBERS = frozenset(
    {"communique", "consul", "corporal", "federation", "fighter", "kingdom", "member", "ombudsman", "ombudswoman",
     "republic", "sergeant", "serviceman", "soldier", "statement"}
)  # fmt: skip
_OWNED_BY, _STANDS_IN = frozenset({"by", "for", "from", "of"}), frozenset({"at", "in"})
_AFFAIRS = frozenset(
    {"affair", "affairs", "economy", "emergency", "energy", "finance", "health", "justice", "transport"}
)
_RANKS = frozenset(
    {"captain", "colonel", "commander", "corporal", "general", "lieutenant", "major", "marshal", "officer", "sergeant",
     "soldier"}
)  # fmt: skip
_RULES = frozenset({"commander", "governor", "head", "mayor"})
_BRANCHES = frozenset({"branch", "bureau", "department", "division", "mission", "office", "wing"})
_COMMANDED = frozenset({"boat", "checkpoint", "crew", "group", "post", "ship", "vessel"})
_PLACES = frozenset({"district", "province", "region"})
# What may stand between a party's name and what its officer commands or its governor rules.
_KINDS = frozenset(
    {"armoured", "army", "artillery", "assault", "battle", "border", "central", "coastal", "drone", "eastern",
     "first", "fourth", "guard", "military", "naval", "navy", "northern", "patrol", "second", "southern", "special",
     "strike", "tank", "third", "western"}
)  # fmt: skip
_NTH = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
_DEEPEST = 6  # offices of offices
_NAME_CHARS = 60  # behind its first noun: "the Coalition of Highland Forces"
_HUMAN = frozenset(
    {"adviser", "aide", "ambassador", "captain", "chancellor", "chief", "colonel", "commander", "consul", "corporal",
     "delegate", "diplomat", "fighter", "member", "ombudsman", "ombudswoman", "sergeant", "serviceman", "soldier",
     "director", "envoy", "general", "governor", "king", "lawmaker", "leader", "lieutenant", "major", "minister",
     "negotiator", "official", "premier", "president", "queen", "representative", "secretary", "speaker", "spokesman",
     "spokesperson", "spokeswoman"}
)  # fmt: skip


def _of_a_service(parse: Parse, word: Word) -> bool:
    """'A Norlandic security source': who speaks so is one of the party's own, and no voice beside it."""
    before = {w.lower for w in parse.words[word.left : word.i]}
    return bool(before & _SERVICES) and not before & NO_LONGER


def _bare(role: str) -> str:
    return " ".join(dropwhile(lambda word: word.casefold() in ARTICLES, role.split()))
