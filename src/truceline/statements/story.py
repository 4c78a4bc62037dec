"""One story: what it has told so far, and the statements made of its next paragraph.

    attributions of a paragraph -> speaker, position, day, proposition -> Statements and Tallies

Outer statements come before those told inside them, for a pronoun inside means the one who speaks outside.
An act that is the speaker's own ("said it denies P") is one statement with the inner position; what is told
of another, or of another day, is a statement of its own with the outer one as its parent. Start at
`Story.paragraph`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from truceline.feeds.record import Document
from truceline.statements.attribution import Attribution, built, subject_of
from truceline.statements.clean import Paragraph
from truceline.statements.content import Piece, clauses_of, sentences_of
from truceline.statements.encoder import Seen
from truceline.statements.heard import heard
from truceline.statements.introductions import NOBODY, Speaker
from truceline.statements.languages.language import Act, Language
from truceline.statements.neither import governors, negations
from truceline.statements.opinion import settled
from truceline.statements.own_words import NOBODYS, OWN_WORDS
from truceline.statements.parser import Parse
from truceline.statements.position import read
from truceline.statements.posts import question_before
from truceline.statements.proposition import qualifiers_of
from truceline.statements.quotes import Quotation, may_quote, quotations
from truceline.statements.saying_time import Said, said_at
from truceline.statements.side import Reading, Side
from truceline.statements.speakers import Cast
from truceline.statements.statement import Position, Span, Statement, Tally, stable_id
from truceline.statements.tagger import Marked
from truceline.statements.tallies import as_tally, tallies_in
from truceline.statements.units import (
    Unit,
    confidence,
    cue_clause,
    depth,
    doubt_over,
    half,
    innermost,
    joined,
    monitors,
    names_nobody,
    quoted,
    root,
    sentence,
    sentence_of,
    sided,
    subject_ahead,
    with_condition,
)
from truceline.statements.whose import Whose
from truceline.terms.party import Origin

_CLAIMED = frozenset(
    {Position.ASSERTS, Position.ACCUSES, Position.ACKNOWLEDGES, Position.ACKNOWLEDGES_IN_PART, Position.REPORTS}
)
_UNSAID = frozenset({Act.NEITHER, Act.NO_COMMENT, Act.DENY})
_PLAIN = frozenset({Position.ASSERTS, Position.REPORTS, Position.UNCLEAR})
_IN_TWO_HALVES = frozenset({Position.NEITHER_CONFIRMS_NOR_DENIES, Position.ACKNOWLEDGES_IN_PART})
# Chance of a cue as annotators of newspapers mark them; between the two nobody knows.
MARKED_AT, PASSED_OVER_AT = 0.65, 0.3
_POINTERS = frozenset({"it", "that", "this", "them", "those"})


@dataclass(frozen=True)
class Told:
    """Who spoke last, for a quotation in the next paragraph that names nobody."""

    attribution: Attribution
    speaker: Speaker
    said: Said


@dataclass
class Story:
    """What one story has told so far: who spoke, which day it named, whose quotation may run on."""

    document: Document
    zone: ZoneInfo
    cast: Cast
    number: int
    published: date | None
    statements: list[Statement]
    tallies: list[Tally]
    days: dict[str, str] = field(default_factory=dict)
    topic: str = ""
    topic_about: str | None = None
    last_quote: Told | None = None
    announced: Told | None = None
    last_subject: str = ""
    counted: set[Span] = field(default_factory=set)
    seen: Seen | None = None

    @property
    def whose(self) -> Whose:
        """Whose a phrase is, as one who speaks in this story says it."""
        return Whose(self.document.text, self.cast, self.language)

    @property
    def language(self) -> Language:
        """The language the story is read in."""
        return self.cast.language

    def paragraph(self, paragraph: Paragraph, words: Parse, marked: Marked | None, *, runs_on: bool) -> None:
        """Read one paragraph: outer statements before those told inside them.

        `marked` is what the learned reader says of it; None in a language it was not trained on.
        """
        text, language = self.document.text, self.language
        self.cast.introduce(paragraph.start, paragraph.end)
        quotes = quotations(text, paragraph.start, paragraph.end, runs_on=runs_on)
        self.seen = None if marked is None else marked.seen
        attributions, loose = heard(paragraph, words, marked, quotes, self.cast)
        self.topic, self.topic_about = self.whose.asked(words)
        if not self.topic:
            self.topic = question_before(text, paragraph.start, paragraph.end).casefold()
        units: list[Unit] = []
        done: set[int] = set()
        for attribution in sorted(attributions, key=lambda a: (sentence(words, a), depth(a, attributions), a.cue)):
            if id(attribution) in done:
                continue
            outer = innermost(units, attribution)
            begin = words.words[words.sentences[sentence(words, attribution)][0]].start
            at = (attribution.source or attribution.cue)[0][0]
            if not attribution.doubt:
                past = max((end for piece in attribution.pieces for _, end in piece.spans), default=at)
                taken_back = language.shapes.taken_back(text[begin:at], text[attribution.cue[-1][0] : past])
                attribution = replace(attribution, doubt=taken_back)
            if outer is not None and (under := doubt_over(words, outer.attribution, attribution)):
                attribution = replace(attribution, doubt=under)
            speaker = self._speaker(words, attribution, outer)
            if speaker == NOBODY and (ahead := subject_ahead(words, attribution)) is not None:
                meant = self.cast.resolve(words, ahead)  # "A is ready to sign, it said"
                pronoun = words.words[attribution.subject].lower if attribution.subject is not None else ""
                if meant.kind == ("person" if pronoun in ("he", "she") else "body"):
                    speaker = replace(meant, how="pronoun")
            said = self._said(words, attribution, outer, speaker, attributions)
            for unit in self._units(words, attribution, speaker, said, outer, attributions, done):
                if attribution.note == OWN_WORDS and unit.statement.position in _PLAIN:
                    continue
                units.append(unit)
                self._tell(unit, words)
            if speaker.name and speaker.how in ("named", "description"):
                self.cast.spoken.append(speaker)
        self._halves(words, units)
        self._loose(words, loose, units)

    def _halves(self, words: Parse, units: list[Unit]) -> None:
        """'It would not confirm P. It did not deny it either.': two halves in neighbouring sentences are a neither."""
        for first, second in itertools.pairwise(units):
            near = 0 <= sentence_of(words, second) - sentence_of(words, first) <= 1
            same = first.speaker.name == second.speaker.name
            halves = {half(first, self.language), half(second, self.language)}
            if near and same and halves == {"confirm", "deny"}:
                for unit in (first, second):
                    whole = replace(
                        unit.statement,
                        position=Position.NEITHER_CONFIRMS_NOR_DENIES,
                        reason="does not confirm and does not deny, in two sentences",
                    )
                    self.statements[self.statements.index(unit.statement)] = whole
                    unit.statement = whole

    def _speaker(self, words: Parse, attribution: Attribution, outer: Unit | None) -> Speaker:
        if attribution.note in NOBODYS:
            return NOBODY
        direct = outer is not None and outer.statement.quoted == "direct"
        return self.cast.resolve(words, attribution.subject, outer.speaker if outer else None, direct=direct)

    def _said(
        self, words: Parse, attribution: Attribution, outer: Unit | None, speaker: Speaker, others: list[Attribution]
    ) -> Said:
        clause = cue_clause(words, attribution, others)
        side = speaker.label or speaker.name
        said = said_at(
            clause,
            cue=" ".join(self.document.text[a:b] for a, b in attribution.cue),
            published=self.published,
            zone=self.zone,
            language=self.language,
            story_day=self.days.get(side, ""),
            outer=outer.said if outer is not None else None,
        )
        if said.named:
            self.days[side] = said.named
        return said

    def _collapsing(
        self, words: Parse, attribution: Attribution, piece: Piece, all_: list[Attribution], speaker: Speaker
    ) -> Attribution | None:
        """'X said it denies P': the act inside is X's own, so it is one statement with the inner position."""
        if attribution.act is not Act.ASSERT or attribution.negations or attribution.doubt or piece.head is None:
            return None
        for inner in all_:
            if not inner.cue or not inner.pieces:
                continue
            if (
                inner.act in (Act.ASSERT, Act.REPORT, Act.OTHER)
                or not piece.covers(inner.cue[0][0])
                or inner is attribution
            ):
                continue
            if inner.top != piece.head and inner.verb != piece.head:
                continue
            if inner.doubt:
                continue
            if inner.subject is None or self.whose.is_self(words, inner.subject, speaker, direct=attribution.quoted):
                return inner
            # A spokesman of nobody known, telling what a party does not say, is that party's spokesman.
            spokesman = speaker.label is None and any(w.startswith("spokes") for w in speaker.name.casefold().split())
            if spokesman and inner.act in _UNSAID and self.cast.label_in(words, inner.subject) is not None:
                return inner
        return None

    def _units(
        self,
        words: Parse,
        attribution: Attribution,
        speaker: Speaker,
        said: Said,
        outer: Unit | None,
        all_: list[Attribution],
        done: set[int],
    ) -> Iterator[Unit]:
        """One for each piece, or for each of its clauses where these take different positions."""

        def unit(piece: Piece) -> tuple[Unit, Attribution | None]:
            inner = self._collapsing(words, attribution, piece, all_, speaker)
            return self._unit(words, attribution, piece, speaker, said, outer, inner), inner

        for piece in attribution.pieces:
            whole, clauses = unit(piece), clauses_of(words, piece)
            apart = len(clauses) > 1 and whole[0].statement.position not in _IN_TWO_HALVES
            parts = [unit(clause) for clause in clauses] if apart else []
            for one, inner in parts if len({part.statement.position for part, _ in parts}) > 1 else [whole]:
                if inner is not None:
                    done.add(id(inner))
                yield one

    def _unit(
        self,
        words: Parse,
        attribution: Attribution,
        piece: Piece,
        speaker: Speaker,
        said: Said,
        outer: Unit | None,
        inner: Attribution | None,
    ) -> Unit:
        text, language, document = self.document.text, self.language, self.document
        direct = attribution.quoted or (outer is not None and outer.statement.quoted == "direct")
        presumed = self.whose.presumed(words, attribution, speaker)
        side = Side(
            is_self=lambda n: (
                self.whose.is_self(words, n, speaker, direct=direct)
                or (presumed is not None and self.whose.label(words, n, speaker, direct=direct) == presumed)
            ),
            label=lambda n: self.whose.label(words, n, speaker, direct=direct),
            own=speaker.label or presumed,
            office=self.whose.office(words, attribution, speaker),
            sided=sided(speaker),
            passes_on=speaker.kind == "medium" or (speaker.label is None and monitors(speaker, language)),
            asked=self.topic_about if self.topic else None,
            direct=direct,
        )
        core, core_piece = attribution, piece
        if inner is not None and language.shapes.either_way.search(" ".join(text[a:b] for a, b in piece.spans)):
            inner = None  # "I can't rule it out and I can't rule it in" is one position, not two
        if inner is not None:
            core, core_piece = inner, inner.pieces[0]
        reading = read(text, words, core, core_piece, side, language)
        if self.seen is not None:
            reading = settled(self.seen, words, attribution, piece, side, reading)
        points_back = core_piece.head is not None and words.words[core_piece.head].lower in _POINTERS
        if reading.about is None and (points_back or reading.position is Position.NO_COMMENT):
            reading = replace(reading, about=self.topic_about)
        if inner is not None:
            cue = " ".join(text[a:b] for a, b in inner.cue)
            reading = replace(reading, reason=f"{reading.reason} (in its own words: {cue!r})")
        withheld = reading.position in (Position.NEITHER_CONFIRMS_NOR_DENIES, Position.NO_COMMENT)
        if not withheld and names_nobody(text, attribution.source):
            reading = replace(reading, position=Position.UNCLEAR, reason="tells who did not speak, not who did")
            speaker = NOBODY
        proposition = self._proposition(words, core_piece, reading, speaker, direct=direct)
        if reading.position is Position.CONDITIONS:
            piece = with_condition(text, words, attribution, piece, language)
        piece = joined(attribution, piece)
        spans = piece.spans
        statement = Statement(
            id=stable_id(document.id, attribution.source, attribution.cue, spans),
            parent=outer.statement.id if outer is not None else None,
            document=document.id,
            feed=document.feed,
            entry=document.entry,
            root=root(text, words, attribution, piece),
            source=attribution.source,
            cue=attribution.cue,
            content=spans,
            speaker=speaker.name,
            role=speaker.role,
            party=speaker.label,
            about_party=reading.about,
            position=reading.position,
            proposition=proposition,
            said_at=said.when,
            said_at_basis=said.basis,
            confidence=confidence(speaker, reading, attribution),
            origin=speaker.origin,
            text=" … ".join(text[a:b] for a, b in spans),
            quoted=quoted(text, attribution, piece),
            qualifiers=qualifiers_of(text, words, piece, piece.head, language),
            reason=reading.reason,
            attribution=self._marked(words, attribution),
        )
        return Unit(statement, attribution, piece, speaker, said)

    def _marked(self, words: Parse, attribution: Attribution) -> bool | None:
        """Whether annotators of newspapers would mark it: direct speech always, an author's own words never."""
        if self.seen is None:
            return None
        if attribution.quoted or attribution.note in NOBODYS:
            return attribution.note not in NOBODYS
        cue = (w.i for w in words.words if any(a < w.end and w.start < b for a, b in attribution.cue))
        chance = max((self.seen.press[n] for n in cue), default=0.0)
        return True if chance >= MARKED_AT else False if chance < PASSED_OVER_AT else None

    def _tell(self, unit: Unit, words: Parse) -> None:
        statement = unit.statement
        self.statements.append(statement)
        if unit.attribution.quoted and unit.attribution.note not in NOBODYS:
            signed = unit.attribution.note == "signature"  # nobody goes on behind a signature
            self.last_quote = None if signed else Told(unit.attribution, unit.speaker, unit.said)
        if statement.party is None or statement.origin is Origin.THIRD_PARTY or statement.position not in _CLAIMED:
            return
        for count in tallies_in(self.document.text, words, unit.piece, self.language):
            if count.span in self.counted:
                continue
            self.counted.add(count.span)
            self.tallies.append(as_tally(statement, count, self.document.text))

    def _loose(self, words: Parse, loose: tuple[Quotation, ...], units: list[Unit]) -> None:
        """A paragraph that goes on quoting: the speaker of the paragraph before, with low confidence."""
        before, announced = self.last_quote, self.announced
        self.announced = self._announcing(words)
        if announced is not None and loose and loose[0].start <= words.words[0].start + 1:
            before, speaker = announced, announced.speaker
            self.last_quote = announced
        elif units or not loose or before is None:
            self.last_quote = before if not units or any(u.attribution.quoted for u in units) else None
            return
        else:
            speaker = replace(before.speaker, how="carried")
        for quote in loose:
            pieces = sentences_of(words, quote.start, quote.end)
            # The verb of the paragraph before has no word number here: the quotation stands alone in this parse.
            carried = replace(before.attribution, pieces=pieces, subject=None, verb=0, top=0, about=None)
            for piece in pieces:
                unit = self._unit(words, carried, piece, speaker, before.said, None, None)
                self.statements.append(unit.statement)

    def _announcing(self, words: Parse) -> Told | None:
        """'He said:' at the end of a paragraph: whose words the next one holds."""
        text = self.document.text
        if not words.words or text[words.words[-1].start : words.words[-1].end] != ":":
            return None
        begin, past = words.sentences[-1]
        verb = next((w for w in reversed(words.words[begin:past]) if may_quote(words, w, self.language)), None)
        chain = governors(words, verb.i) if verb is not None else []
        if verb is None or negations(words, chain, self.language):
            return None
        subject, _ = subject_of(words, chain)
        if subject is None:
            return None
        told = built(words, verb, chain, Act.ASSERT, (), subject, self.language, quoted=True, note=verb.lemma)
        speaker = self._speaker(words, told, None)
        return Told(told, speaker, self._said(words, told, None, speaker, [told]))

    def _proposition(self, words: Parse, piece: Piece, reading: Reading, speaker: Speaker, *, direct: bool) -> str:
        head = words.words[piece.head] if piece.head is not None else None
        if head is not None and head.lower in _POINTERS:
            return self.topic or self.last_subject
        told = self.whose.normal(words, piece, reading.head, speaker, direct=direct)
        if reading.position is Position.NO_COMMENT:
            return self.topic or told
        bare = head is not None and head.tag in ("VBG", "VB") and not words.children(head.i, "nsubj", "nsubjpass")
        if bare and reading.about is not None and not told.startswith(reading.about.casefold()):
            told = f"{reading.about.casefold()} {told}"
        if len(told.split()) >= 2:
            self.last_subject = told
        return told
