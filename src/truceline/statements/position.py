"""What a speaker does with a proposition: a function of the whole chain, never of one verb.

    cue (act, negations, modal) > content (predicate, its subject, negations, conditions) --read--> Reading

"Said it could neither confirm nor deny whether P" is no denial, "did not say that it denies P" is
nothing clear, "said its guns did not fire" denies. Every reading carries the rule that made it. A rule
that does not fit gives `unclear`; it never guesses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from truceline.statements import neither
from truceline.statements.attribution import Attribution
from truceline.statements.content import Piece
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.statement import Position

_SILENCE = re.compile(
    r"\bno(?:thing)?\s+(?:else|more|further|comment\b|to\s+add)|\b(?:nothing|not|n['’]t|unable|refused?|declined?)\b[^.;]{0,40}"
    r"\b(?:say\s+(?:more|anything|whether|if)|comment|elaborate|add\s+anything)\b|\bnothing\b[^.;]{0,12}\bto\s+(?:say|add)\b",
    re.IGNORECASE,
)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_FIRED = frozenset(
    {"artillery", "gun", "weapon", "bullet", "ammunition", "flare", "howitzer", "cannon", "none", "one", "they", "it"}
)
_WEAK_MODALS = frozenset({"may", "might", "could", "can"})


@dataclass(frozen=True)
class Side:
    """What the reading has to know about who is who; words are given by number.

    Attributes:
        is_self: Whether a word's phrase is the speaker or the speaker's own side.
        label: The party a phrase belongs to, None where it belongs to none.
        own: The speaker's party.
        medium: The speaker is a news agency: it passes on.
    """

    is_self: Callable[[int], bool]
    label: Callable[[int], str | None]
    own: str | None
    medium: bool = False


@dataclass(frozen=True)
class Reading:
    """A position, why, whom the proposition is about, and the word that heads the proposition."""

    position: Position
    reason: str
    about: str | None = None
    head: int | None = None


def read(text: str, parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language) -> Reading:
    """The position of one piece of what an attribution says."""
    content = _content(text, parse, piece, side, language)
    if attribution.doubt:
        return _unclear(f"stands under {attribution.doubt!r}: it is not said that this was said", content)
    reading = _by_act(parse, attribution, piece, side, language, content)
    if side.medium and reading.position in _PASSED_ON:
        return Reading(Position.REPORTS, f"a medium passes on ({reading.reason})", reading.about, reading.head)
    return reading


_PASSED_ON = frozenset({Position.ASSERTS, Position.ACCUSES, Position.PREDICTS, Position.ACKNOWLEDGES})


def _by_act(
    parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language, content: Reading
) -> Reading:
    act, odd = attribution.act, attribution.negations % 2 == 1
    if act is Act.NEITHER:
        if odd:
            return Reading(
                Position.NEITHER_CONFIRMS_NOR_DENIES, "confirm and deny, both negated", content.about, content.head
            )
        return _unclear(f"confirm and deny under {attribution.negations} negations", content)
    if act is Act.NO_COMMENT:
        if attribution.note.startswith(("no ", "not ")) or attribution.negations == 0:
            return Reading(Position.NO_COMMENT, f"refuses to speak: {attribution.note}", content.about, content.head)
        return _unclear("the refusal to speak is itself negated", content)
    about = _about_noun(parse, attribution, piece, side, language) or content.about
    told = Reading(content.position, content.reason, about, content.head)
    if act is Act.OPEN:
        return _unclear("open to it: neither accepted nor promised", told)
    if act in (Act.ASSERT, Act.REPORT):
        return _said(parse, attribution, piece, side, language, told)
    if attribution.modal in _WEAK_MODALS and not odd:
        return _unclear(f"{attribution.modal!r} before {attribution.note!r}", told)
    return _performed(parse, attribution, piece, side, language, told)


def _said(
    parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language, told: Reading
) -> Reading:
    if attribution.negations:
        if told.position is Position.NO_COMMENT or attribution.modal == "would":
            return Reading(Position.NO_COMMENT, "would not say", told.about, told.head)
        return _unclear("the saying itself is negated", told)
    head = parse.words[piece.head] if piece.head is not None else None
    subjunctive = head is not None and head.tag == "VB" and not parse.children(head.i, "aux") and not attribution.quoted
    if attribution.note == "insist" and subjunctive:
        return Reading(Position.CALLS_FOR, "insists that somebody do something", told.about, told.head)
    if attribution.act is Act.REPORT and told.position is Position.ASSERTS:
        return Reading(Position.REPORTS if side.medium else Position.ASSERTS, "reports", told.about, told.head)
    return told


def _performed(
    parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language, told: Reading
) -> Reading:
    act, negated, note = attribution.act, attribution.negations > 0, attribution.note
    head = parse.words[piece.head] if piece.head is not None else None
    about = told.about
    if act is Act.DENY:
        if negated:
            return _unclear("does not deny: nothing is acknowledged by that", told)
        own = about or side.own
        return Reading(Position.DENIES, f"{note}", own, told.head)
    if act in (Act.ACKNOWLEDGE, Act.CONFIRM):
        if negated:
            return _unclear(f"does not {note}: nothing is denied by that", told)
        if act is Act.CONFIRM and about != side.own:
            return Reading(Position.ASSERTS, "confirms what is not its own act", about, told.head)
        if _in_part(parse, attribution, piece, language):
            return Reading(Position.ACKNOWLEDGES_IN_PART, f"{note}, but only in part", about or side.own, told.head)
        return Reading(Position.ACKNOWLEDGES, f"{note}", about or side.own, told.head)
    if act is Act.REJECT and head is not None and head.lemma in language.accusations:
        if negated:
            return _unclear("does not reject the accusation", told)
        return Reading(Position.DENIES, f"{note} {head.lemma}", about or side.own, told.head)
    if act is Act.REFUSE or (act is Act.REJECT and note in ("refuse", "decline")):
        lemma = head.lemma if head is not None else ""
        if lemma in language.confirming | language.denying:
            return _unclear(f"refuses to {lemma}, and nothing about the other half", told)
        refusals = sum(1 for _ in range(attribution.negations))
        return (
            _unclear("the refusal is negated", told) if refusals else Reading(Position.REJECTS, note, about, told.head)
        )
    if act in (Act.ACCEPT, Act.REJECT) and negated and _neither_over(parse, attribution):
        return _unclear("neither accepted nor rejected", told)
    if act is Act.ACCEPT and _merely_shares(parse, piece):
        return (
            _unclear("shares a view", told) if negated else Reading(Position.ASSERTS, f"{note} that", about, told.head)
        )
    if act is Act.ACCEPT:
        if condition := _condition(parse, attribution.top, language):
            return Reading(Position.CONDITIONS, f"agrees only if: {condition}", about or side.own, told.head)
        return Reading(
            Position.REJECTS if negated else Position.ACCEPTS, ("not " if negated else "") + note, about, told.head
        )
    if negated:
        return _unclear(f"{note!r} is negated", told)
    simple = {
        Act.REJECT: Position.REJECTS,
        Act.ACCUSE: Position.ACCUSES,
        Act.PROMISE: Position.PROMISES,
        Act.CALL_FOR: Position.CALLS_FOR,
        Act.PREDICT: Position.PREDICTS,
    }[act]
    if simple is Position.PROMISES and (condition := _condition(parse, attribution.top, language, piece.head)):
        return Reading(Position.CONDITIONS, f"promises under a condition: {condition}", about or side.own, told.head)
    return Reading(simple, note, about, told.head)


def _content(text: str, parse: Parse, piece: Piece, side: Side, language: Language) -> Reading:
    """What the words themselves say, as if they stood alone in the speaker's mouth."""
    slice_ = " ".join(text[start:end] for start, end in piece.spans)
    if piece.head is None:
        return Reading(Position.ASSERTS, "plain words")
    head = parse.words[piece.head]
    subject, passive = _doer(parse, head)
    own = subject is not None and side.is_self(subject)
    about = side.own if own else side.label(subject) if subject is not None else None
    about = about or _nominal_doer(parse, piece, side, language)
    chain = neither.governors(parse, head.i)
    marks = neither.negations(parse, [head.i], language)
    negated = len(marks) % 2 == 1
    modal = next((c.lower for c in parse.children(head.i, "aux") if c.tag == "MD"), "")
    if (own or subject is None or parse.words[subject].lower == "there") and _SILENCE.search(slice_):
        return Reading(Position.NO_COMMENT, "nothing more is said", about, head.i)
    if _is_false(parse, head, language) and not negated:
        return Reading(Position.DENIES, "calls the report untrue", about, head.i)
    condition = _condition(parse, head.i, language)
    consents = modal in ("would", "will", "can", "could", "shall") or head.lemma in language.agreeing
    if condition and consents and (own or _only(parse, head)):
        return Reading(Position.CONDITIONS, f"only under a condition: {condition}", about or side.own, head.i)
    if head.lemma in language.needing and modal in ("would", "will", "must"):
        return Reading(Position.CONDITIONS, f"{modal} {head.lower}", about, head.i)
    harm = _harm(parse, piece, head, language)
    if harm is not None and modal not in ("will", "would", "must", "should", "may", "might", "could", "can"):
        return _of_harm(parse, harm, own, negated, about, side, language, head)
    if negated and head.lemma == "be" and any(side.is_self(c.i) for c in parse.children(head.i, "attr", "acomp")):
        return Reading(Position.DENIES, "it was not us", side.own, head.i)
    bound = head.lemma in ("have", "need") and any(c.tag[0] == "V" for c in parse.children(head.i, "xcomp"))
    if (bound or modal in ("must", "should")) and not own and about is not None:
        return Reading(Position.CALLS_FOR, f"{modal} {head.lemma}".strip(), about, head.i)
    if modal in ("must", "should") and not own:
        return Reading(Position.CALLS_FOR, f"{modal} {head.lemma}", about, head.i)
    if modal in ("will", "shall", "wo") or modal in ("would", "'ll"):
        ahead = Position.PROMISES if own and len(chain) < 4 else Position.PREDICTS
        if _condition(parse, head.i, language):
            ahead = Position.PREDICTS
        return Reading(ahead, f"{modal} {head.lemma}, {'self' if own else 'of another'}", about, head.i)
    return Reading(Position.ASSERTS, "plain words" + (", passive" if passive else ""), about, head.i)


def _of_harm(
    parse: Parse, harm: Word, own: bool, negated: bool, about: str | None, side: Side, language: Language, head: Word
) -> Reading:
    """An act a truce forbids: one's own is acknowledged or denied, another's is an accusation."""
    if negated or any(c.lower == "no" for c in parse.children(harm.i, "det")):
        mine = own or about is None or about == side.own
        if mine and (own or side.own is not None):
            return Reading(Position.DENIES, f"its own act, negated: {harm.lower}", about or side.own, head.i)
        return Reading(Position.ASSERTS, f"says that another did not: {harm.lower}", about, head.i)
    if own or (about is not None and about == side.own):
        return Reading(Position.ACKNOWLEDGES, f"its own act: {harm.lower}", side.own, head.i)
    if about is not None and side.own is not None:
        return Reading(Position.ACCUSES, f"another's act: {harm.lower}", about, head.i)
    return Reading(Position.ASSERTS, f"an act without a doer, or a speaker without a side: {harm.lower}", about, head.i)


def _harm(parse: Parse, piece: Piece, head: Word, language: Language) -> Word | None:
    """The word for a forbidden act that heads the content, or is the object or subject of a light head."""
    if head.lemma in language.harm_verbs and head.tag[0] == "V":
        if head.lemma in language.breach_verbs:
            objects = list(parse.children(head.i, "dobj", "nsubjpass"))
            return head if any(o.lemma in language.breach_objects for o in objects) else None
        if head.lemma in ("raid", "storm", "launch") and not parse.children(
            head.i, "dobj", "nsubjpass", "npadvmod", "prep"
        ):
            return None
        things = {c.lemma for c in parse.children(head.i, "dobj", "nsubjpass")}
        if head.lemma == "fire" and things and not things & (language.tally_nouns | language.harm_nouns | _FIRED):
            return None  # a bank fires people
        if head.lemma == "launch" and not any(
            c.lemma in language.harm_nouns | language.tally_nouns for c in parse.children(head.i, "dobj", "nsubjpass")
        ):
            return None
        return head
    if head.lemma in language.breach_verbs:
        objects = parse.children(head.i, "dobj", "nsubjpass")
        return head if any(o.lemma in language.breach_objects for o in objects) else None
    if head.lemma in language.harm_nouns:
        return head
    light = {
        "be",
        "have",
        "take",
        "carry",
        "conduct",
        "make",
        "commit",
        "occur",
        "happen",
        "open",
        "launch",
        "return",
        "record",
    }
    if head.lemma in light:
        for child in parse.children(head.i, "dobj", "attr", "nsubj", "nsubjpass"):
            if child.lemma in language.harm_nouns | {"fire"} and not (head.lemma == "be" and child.dep == "nsubj"):
                return child
    return None


def _doer(parse: Parse, head: Word) -> tuple[int | None, bool]:
    """The subject of a predicate, of a passive its agent; for a coordinated verb the subject it shares."""
    word = head
    for _ in range(6):
        agent = next((c.i for p in parse.children(word.i, "agent") for c in parse.children(p.i, "pobj")), None)
        if agent is not None:
            return agent, True
        if parse.children(word.i, "nsubjpass"):
            return None, True
        subject = next(iter(parse.children(word.i, *_SUBJECTS)), None)
        if subject is not None:
            if subject.lower in ("that", "which", "who") and word.dep == "relcl":
                return word.head, False
            return subject.i, False
        possessor = next(iter(parse.children(word.i, "poss")), None)
        if possessor is not None:
            return possessor.i, False
        if word.dep not in ("conj", "xcomp", "acomp", "attr") or word.head == word.i:
            return None, False
        word = parse.words[word.head]
    return None, False


def _nominal_doer(parse: Parse, piece: Piece, side: Side, language: Language) -> str | None:
    """'shelling by Norland', 'Norland's shelling of Ostrel'."""
    for word in parse.words:
        if word.lemma not in language.harm_nouns or not piece.covers(word.start):
            continue
        for child in parse.children(word.i, "poss", "amod", "compound"):
            if (label := side.label(child.i)) is not None:
                return label
            if side.is_self(child.i):
                return side.own
        for prep in parse.children(word.i, "prep", "agent"):
            if prep.lower in ("by", "from"):
                for child in parse.children(prep.i, "pobj"):
                    if (label := side.label(child.i)) is not None:
                        return label
    return None


def _about_noun(parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language) -> str | None:
    if attribution.about is not None:
        return side.label(attribution.about)
    if attribution.act in (Act.DENY, Act.ACKNOWLEDGE, Act.CONFIRM, Act.PROMISE) and piece.head is not None:
        head = parse.words[piece.head]
        # "denied shelling P", "pledged to stop": the one who speaks is the one who acts.
        if head.tag in ("VBG", "VB") and not parse.children(head.i, "nsubj", "nsubjpass"):
            return side.own
    return None


def _condition(parse: Parse, number: int, language: Language, other: int | None = None) -> str:
    """The first word of a condition under a predicate: if, unless, provided, on condition."""
    for head in (number, other):
        if head is None:
            continue
        for child in parse.children(head, "advcl", "prep", "conj", "ccomp", "xcomp"):
            marks = [child, *parse.children(child.i, "mark", "advmod")]
            for mark in marks:
                if mark.lower in language.conditions - {"until", "once"} and (
                    mark.dep in ("mark", "advmod") or mark.tag == "VBN"
                ):
                    return mark.lower
            if child.lower == "on" and any(c.lemma == "condition" for c in parse.children(child.i, "pobj")):
                return "on condition"
    return ""


def _merely_shares(parse: Parse, piece: Piece) -> bool:
    """'agrees that P is so' is a view; 'agreed that P would be done' is consent."""
    if piece.head is None or not any(c.lower == "that" for c in parse.children(piece.head, "mark")):
        return False
    return not any(c.tag == "MD" for c in parse.children(piece.head, "aux"))


def _only(parse: Parse, head: Word) -> bool:
    """Whether "only" bears on the predicate or its condition, not on some noun."""
    near = [head.i, *(c.i for c in parse.children(head.i, "advcl"))]
    return any(c.lower == "only" for n in near for c in parse.children(n, "advmod"))


def _neither_over(parse: Parse, attribution: Attribution) -> bool:
    word = parse.words[attribution.verb]
    around = [word.i, *(c.i for c in parse.children(word.i, "conj")), word.head if word.dep == "conj" else word.i]
    return any(c.lower in ("neither", "nor") for n in around for c in parse.children(n))


def _in_part(parse: Parse, attribution: Attribution, piece: Piece, language: Language) -> bool:
    verb = parse.words[attribution.verb]
    if any(c.lower in language.partly for c in parse.children(verb.i, "advmod", "prep")):
        return True
    if any(
        p.lower == "in" and any(c.lower == "part" for c in parse.children(p.i)) for p in parse.children(verb.i, "prep")
    ):
        return True
    sentence = parse.sentences[verb.sentence]
    words = [w.lower for w in parse.words[sentence[0] : sentence[1]]]
    for place, word in enumerate(words):
        if word == "but" and any(
            w in language.negations or w in ("denied", "denies", "rejected") for w in words[place : place + 6]
        ):
            return True
    return False


def _is_false(parse: Parse, head: Word, language: Language) -> bool:
    if head.lemma not in ("be", "call", "describe", "dismiss", "brand") or head.tag[0] not in "VA":
        return head.lower in language.falsehoods
    return any(c.lower in language.falsehoods for c in parse.children(head.i, "acomp", "attr", "oprd"))


def _unclear(reason: str, content: Reading) -> Reading:
    return Reading(Position.UNCLEAR, reason, content.about, content.head)
