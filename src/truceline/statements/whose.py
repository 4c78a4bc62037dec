"""Whose a phrase is when this one says it: "we", "its batteries", "two of its fighters", "Norland's guns".

    phrase + Speaker --Whose--> own side or not, party, words that compare

What a story knows of names is in `Cast`; here it is asked with the eyes of the one who speaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from truceline.statements.attribution import Attribution
from truceline.statements.content import Piece
from truceline.statements.introductions import NOBODY, Speaker
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word
from truceline.statements.proposition import proposition_of
from truceline.statements.speakers import Cast


@dataclass(frozen=True)
class Whose:
    """The text, and who is known in it."""

    text: str
    cast: Cast
    language: Language

    def is_self(self, words: Parse, number: int, speaker: Speaker, *, direct: bool) -> bool:
        """Whether a phrase is the speaker or the speaker's own side: it, its batteries, we, our forces."""
        word = words.words[number]
        if word.tag == "CD" or word.lower in ("some", "several", "none", "one", "members", "elements", "many"):
            below = [c for p in words.children(number, "prep") if p.lower == "of" for c in words.children(p.i, "pobj")]
            if below:
                return self.is_self(words, below[0].i, speaker, direct=direct)  # "two of its fighters"
        first = (
            "i",
            "we",
            "our",
            "my",
            "us",
            "me",
            "ours",
        )  # outside marks too they are the speaker's: "we fired, A said"
        pronouns = first if direct else ("it", "he", "she", "its", "his", "her", *first)
        if not direct and speaker.kind != "person":
            pronouns = (*pronouns, "they", "their")
        if word.lower in pronouns:
            return not (word.lower == "it" and speaker.kind == "person")
        for owner in words.children(number, "poss"):
            if owner.lower in pronouns:
                outsiders, organs = self.language.outsiders, self.language.organs
                acts = self.language.harm_nouns
                return word.lower not in outsiders and (word.lower in organs or word.lemma in organs | acts)
        label = self.cast.label_in(words, number, acts=self.language.harm_nouns)
        return label is not None and label == speaker.label

    def office(self, words: Parse, attribution: Attribution, speaker: Speaker) -> bool:
        """Whether an office of state speaks whose party is not told."""
        if attribution.subject is None or speaker.label is not None or speaker.kind == "person":
            return False
        office = {words.words[attribution.subject].lower} & (self.language.roles | self.language.organs)
        below = {c.lower for c in words.children(attribution.subject)}
        return bool(office) and not below & {"a", "an", "western", "foreign", "any", "both", "two", "regional", "local"}

    def presumed(self, words: Parse, attribution: Attribution, speaker: Speaker) -> str | None:
        """Whose side an office speaks for that is named without one: "the ministry said", where one party is spoken of.

        Used for reading the position alone; the ledger leaves the speaker's party open.
        """
        if not self.office(words, attribution, speaker):
            return None
        named = {
            match.label
            for piece in attribution.pieces
            for start, end in piece.spans
            for match in self.cast.directory.find(self.text, start, end)
        }
        return named.pop() if len(named) == 1 else None

    def label(self, words: Parse, number: int, speaker: Speaker, *, direct: bool) -> str | None:
        """The party a phrase belongs to, as this speaker says it."""
        if self.is_self(words, number, speaker, direct=direct):
            return speaker.label
        return self.cast.label_in(words, number, acts=self.language.harm_nouns)

    def normal(self, words: Parse, piece: Piece, head: int | None, speaker: Speaker, *, direct: bool) -> str:
        """What a piece says, in words that compare: parties by their ids, the speaker's own side by its party."""
        text = self.text
        labels = {
            at: (match.start, match.label.casefold())
            for a, b in piece.spans
            for match in self.cast.directory.find(text, a, b)
            if match.label is not None
            for at in range(match.start, match.end)
        }
        mine = ("i", "we", "our", "my") if direct else ("it", "he", "she", "its", "his", "her")
        organs = self.language.organs

        def named(word: Word) -> str | None:
            if word.start in labels:
                first, label = labels[word.start]
                return label if first == word.start else ""
            if word.lower in mine and word.dep in ("nsubj", "nsubjpass", "poss"):
                return speaker.label or speaker.name or None
            if word.lower in organs and any(
                child.start in labels or child.lower in mine
                for child in words.children(word.i, "poss", "amod", "compound")
            ):
                return ""  # "Norland's batteries" and "Norland" are one side
            return None

        return proposition_of(words, piece, head, self.language, named)

    def asked(self, words: Parse) -> tuple[str, str | None]:
        """What a question in the paragraph was about, and whom: 'asked if P', so that "it" in the answer means P."""
        for word in words.words:
            if word.lemma != "ask" or word.tag[0] != "V":
                continue
            for clause in words.children(word.i, "ccomp", "advcl"):
                if any(mark.lower in ("if", "whether") for mark in words.children(clause.i, "mark")):
                    first, last = words.words[clause.left], words.words[clause.right]
                    piece = Piece(((first.start, last.end),), clause.i)
                    subject = next(iter(words.children(clause.i, "nsubj")), None)
                    about = self.cast.label_in(words, subject.i) if subject is not None else None
                    return self.normal(words, piece, clause.i, NOBODY, direct=False), about
        return "", None
