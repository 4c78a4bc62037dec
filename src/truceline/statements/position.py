"""What a speaker does with a proposition: a function of the whole chain, never of one verb.

    cue (act, negations, modal) > content (predicate, its subject, negations, conditions) --read--> Reading

"Said it could neither confirm nor deny whether P" is no denial, "did not say that it denies P" is
nothing clear, "said its guns did not fire" denies. Every reading carries the rule that made it. A rule
that does not fit gives `unclear`; it never guesses.
"""

from __future__ import annotations

from truceline.statements.attribution import Attribution
from truceline.statements.clause import condition_under
from truceline.statements.conditions import condition_in
from truceline.statements.content import Piece
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.side import SAYS_NOT, Reading, Side
from truceline.statements.statement import Position
from truceline.statements.substance import substance

_ASKED = frozenset({"demand", "request", "application", "petition", "plea", "appeal"})
_WEAK_MODALS = frozenset({"may", "might", "could", "can"})
_ALLEGING = frozenset({"allege", "complain", "charge", "protest"})
_DISCLOSING = frozenset({"clarify", "disclose", "divulge", "explain", "identify", "reveal", "specify"})
_ASKING = frozenset({"whether", "if", "who", "whom", "what", "which", "where", "when", "how", "why"})
_ASSURING = frozenset({"assure", "reassure", "swear"})


def read(text: str, parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language) -> Reading:
    """The position of one piece of what an attribution says."""
    content = substance(text, parse, piece, side, language)
    if attribution.doubt:
        return _unclear(f"stands under {attribution.doubt!r}: it is not said that this was said", content)
    reading = _by_act(text, parse, attribution, piece, side, language, content)
    if side.passes_on and reading.position in _PASSED_ON:
        return Reading(Position.REPORTS, f"a third party passes on ({reading.reason})", reading.about, reading.head)
    return reading


_PASSED_ON = frozenset({Position.ASSERTS, Position.ACCUSES, Position.PREDICTS, Position.ACKNOWLEDGES})


def _by_act(
    text: str, parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language, content: Reading
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
    if act is Act.OTHER and attribution.quoted and not attribution.negations:
        return told  # between marks the words speak for themselves, whatever verb brings them
    if act is Act.OTHER:
        return _unclear(f"{attribution.note!r} is no act this tool knows", told)
    if act is Act.OPEN:
        return _unclear("open to it: neither accepted nor promised", told)
    if act is Act.VAGUE and attribution.modal == "would" and not odd:
        condition = _condition(text, parse, attribution, language)
        if condition:
            return Reading(Position.CONDITIONS, f"only under a condition: {condition}", about or side.own, content.head)
    if act is Act.VAGUE:
        return _unclear(f"{attribution.note}: neither a yes nor a no", told)
    if act is Act.PROMISE and _of_the_past(parse, piece):
        return told
    if act in (Act.ASSERT, Act.REPORT):
        return _said(parse, attribution, piece, side, language, told)
    if attribution.modal in _WEAK_MODALS and not odd:
        return _unclear(f"{attribution.modal!r} before {attribution.note!r}", told)
    return _performed(
        text, _condition(text, parse, attribution, language), parse, attribution, piece, side, language, told
    )


def _said(
    parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language, told: Reading
) -> Reading:
    if attribution.modal in ("would", "will", "could") and _only_said(parse, attribution):
        return Reading(Position.NO_COMMENT, f"{attribution.modal} only say", told.about, told.head)
    if attribution.negations:
        if told.reason.startswith("says neither"):
            return told  # "would not say whether it had or had not"
        unsaid = any(w.lower in _ASKING for w in [w for w in parse.words if piece.covers(w.start)][:2])
        if unsaid and attribution.note in {"say", "tell"} | _DISCLOSING:
            return Reading(Position.NO_COMMENT, "does not say whether or what", told.about, told.head)
        thing = piece.head is not None and parse.words[piece.head].tag[0] == "N"
        if thing and attribution.note in _DISCLOSING:
            return Reading(Position.NO_COMMENT, f"does not {attribution.note} it", told.about, told.head)
        if told.position is Position.NO_COMMENT or attribution.modal == "would":
            return Reading(Position.NO_COMMENT, "would not say", told.about, told.head)
        return _unclear(SAYS_NOT, told)
    head = parse.words[piece.head] if piece.head is not None else None
    subjunctive = head is not None and head.tag == "VB" and not parse.children(head.i, "aux") and not attribution.quoted
    if attribution.note == "insist" and subjunctive:
        return Reading(Position.CALLS_FOR, "insists that somebody do something", told.about, told.head)
    wants = head is not None and any(c.lower in ("shall", "must", "should") for c in parse.children(head.i, "aux"))
    if attribution.note == "insist" and wants and (told.about is None or told.about != side.own):
        return Reading(Position.CALLS_FOR, "insists that something shall be", told.about, told.head)
    asked = head is not None and head.tag == "VB" and any(c.tag == "TO" for c in parse.children(head.i, "aux"))
    if attribution.note == "tell" and asked:
        return Reading(Position.CALLS_FOR, "tells somebody to do something", told.about, told.head)
    if attribution.note == "suggest" and head is not None and head.tag == "VBG" and not subjunctive:
        return Reading(Position.CALLS_FOR, "suggests doing something", told.about, told.head)
    other = told.about is not None and side.own is not None and told.about != side.own
    if attribution.note in _ALLEGING and other and told.position is Position.ASSERTS:
        return Reading(Position.ACCUSES, f"{attribution.note} of another", told.about, told.head)
    if attribution.note in _ASSURING and told.position is Position.PREDICTS and not other:
        return Reading(Position.PROMISES, f"{attribution.note}: of its own side", told.about, told.head)
    bare = head is not None and head.tag[0] == "N" and (head.lemma in language.harm_nouns or head.lower == "credit")
    if attribution.note == "claim" and bare and told.position is Position.ASSERTS and not other:
        return Reading(Position.ACKNOWLEDGES, "claims the act", told.about or side.own, told.head)
    mine = told.position in (Position.ACKNOWLEDGES, Position.DENIES)
    if attribution.act is Act.REPORT and mine and head is not None and head.tag == "VBG":
        return Reading(Position.ASSERTS, "reports an act without a doer", None, told.head)  # "reported shelling"
    if attribution.act is Act.REPORT and told.position is Position.ASSERTS:
        return Reading(Position.REPORTS if side.passes_on else Position.ASSERTS, "reports", told.about, told.head)
    return told


def _on_another(parse: Parse, head: Word, side: Side, language: Language) -> bool:
    """An act of harm told as a noun, on somebody who is another party's."""
    if head.lemma not in language.harm_nouns or side.own is None:
        return False
    hurt = [
        w
        for p in parse.children(head.i, "prep")
        if p.lower in ("on", "against", "at")
        for c in parse.children(p.i, "pobj")
        for w in (c, *parse.children(c.i, "compound", "poss", "amod", "nmod"))
    ]
    return any(side.label(w.i) not in (None, side.own) for w in hurt)


def _only_said(parse: Parse, attribution: Attribution) -> bool:
    """'would only say that ...': the rest is kept back."""
    return any(c.lower == "only" for c in parse.children(attribution.verb, "advmod"))


def _performed(
    text: str,
    tail: str,
    parse: Parse,
    attribution: Attribution,
    piece: Piece,
    side: Side,
    language: Language,
    told: Reading,
) -> Reading:
    """Acts done by speaking; `tail` is what opens a condition behind the cue, or empty."""
    act, negated, note = attribution.act, attribution.negations > 0, attribution.note
    head = parse.words[piece.head] if piece.head is not None else None
    about = told.about
    if act is Act.DENY:
        if negated:
            return _unclear("does not deny: nothing is acknowledged by that", told)
        own = about or side.own
        if head is not None and head.lemma in _ASKED:
            return Reading(Position.REJECTS, f"{note} a {head.lemma}", own, told.head)
        return Reading(Position.DENIES, f"{note}", own, told.head)
    if act in (Act.ACKNOWLEDGE, Act.CONFIRM):
        if negated:
            return _unclear(f"does not {note}: nothing is denied by that", told)
        if act is Act.CONFIRM and about is None and head is not None and _on_another(parse, head, side, language):
            about = side.own  # "A confirms drone strike on B's refinery"
        if act is Act.CONFIRM and about != side.own:
            return Reading(Position.ASSERTS, "confirms what is not its own act", about, told.head)
        if _in_part(parse, attribution, piece, language) or language.shapes.justified.search(
            _sentence(text, parse, attribution)
        ):
            return Reading(Position.ACKNOWLEDGES_IN_PART, f"{note}, but only in part", about or side.own, told.head)
        return Reading(Position.ACKNOWLEDGES, f"{note}", about or side.own, told.head)
    charged = head is not None and (head.lemma in language.accusations or head.lower == "talk")
    if act is Act.REJECT and head is not None and charged:
        if negated:
            return _unclear("does not reject the accusation", told)
        return Reading(Position.DENIES, f"{note} {head.lemma}", about or side.own, told.head)
    if act is Act.REFUSE or (act is Act.REJECT and note in ("refuse", "decline")):
        named = [w.lemma for w in parse.words if any(a <= w.start < b for a, b in attribution.cue)]
        halves = language.confirming | language.denying
        lemma = next((n for n in ([head.lemma] if head is not None else []) + named if n in halves), "")
        if lemma:
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
        condition = condition_under(parse, attribution.top, language) or tail
        if note.startswith(("tie ", "link ", "make ")):
            condition = note
        if condition and (not negated or condition.casefold() != "if"):
            return Reading(Position.CONDITIONS, f"agrees only if: {condition}", about or side.own, told.head)
        return Reading(
            Position.REJECTS if negated else Position.ACCEPTS, ("not " if negated else "") + note, about, told.head
        )
    if negated and act is Act.PROMISE and tail.casefold().split()[-1:] in (["without"], ["unless"], ["until"]):
        return Reading(Position.CONDITIONS, f"does not {note}: {tail}", about or side.own, told.head)
    if negated:
        return _unclear(f"{note!r} is negated", told)
    simple = {
        Act.REJECT: Position.REJECTS,
        Act.ACCUSE: Position.ACCUSES,
        Act.PROMISE: Position.PROMISES,
        Act.CALL_FOR: Position.CALLS_FOR,
        Act.PREDICT: Position.PREDICTS,
    }[act]
    condition = condition_under(parse, attribution.top, language, piece.head) or tail
    if condition and (simple is Position.PROMISES or (simple is Position.CALLS_FOR and note == "insist")):
        return Reading(Position.CONDITIONS, f"promises under a condition: {condition}", about or side.own, told.head)
    return Reading(simple, note, about, told.head)


def _sentence(text: str, parse: Parse, attribution: Attribution) -> str:
    begin, past = parse.sentences[parse.words[attribution.verb].sentence]
    return text[parse.words[begin].start : parse.words[past - 1].end]


def _condition(text: str, parse: Parse, attribution: Attribution, language: Language) -> str:
    """What opens a condition in the sentence behind the cue, up to the next act of speaking joined to it."""
    verb = parse.words[attribution.verb]
    _, past = parse.sentences[verb.sentence]
    for word in parse.words[verb.i : past]:
        joins = word.lower in ("and", "but") and word.dep == "cc"
        if joins and any(w.dep in ("nsubj", "nsubjpass") for w in parse.words[word.i + 1 : min(past, word.i + 5)]):
            past = word.i
            break
    words = parse.words[verb.i : past]
    return condition_in(text, parse, words[0].start, words[-1].end, language) if words else ""


def _of_the_past(parse: Parse, piece: Piece) -> bool:
    """'swore they had given no order': an oath about what was, not a promise."""
    if piece.head is None:
        return False
    head = parse.words[piece.head]
    helpers = [c.lower for c in parse.children(head.i, "aux")]
    return (head.tag == "VBD" or "had" in helpers) and not {"would", "will"} & set(helpers)


def _about_noun(parse: Parse, attribution: Attribution, piece: Piece, side: Side, language: Language) -> str | None:
    if attribution.about is not None:
        return side.label(attribution.about)
    if attribution.act in (Act.DENY, Act.ACKNOWLEDGE, Act.CONFIRM, Act.PROMISE) and piece.head is not None:
        head = parse.words[piece.head]
        # "denied shelling P", "pledged to stop": the one who speaks is the one who acts.
        if head.tag in ("VBG", "VB") and not parse.children(head.i, "nsubj", "nsubjpass"):
            return side.own
    return None


def _merely_shares(parse: Parse, piece: Piece) -> bool:
    """'agrees that P is so' is a view; 'agreed that P would be done' is consent."""
    if piece.head is None or not any(c.lower == "that" for c in parse.children(piece.head, "mark")):
        return False
    return not any(c.tag == "MD" for c in parse.children(piece.head, "aux"))


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
    below = [verb.i] if piece.head is None else [verb.i, piece.head]
    for clause in [c for n in below for c in parse.children(n, "advcl", "prep")]:
        acts = [clause, *parse.children(clause.i, "pcomp")]
        if any(
            a.lemma in language.denying | {"reject", "dismiss", "insist", "dispute", "maintain", "stress", "argue"}
            or (clause.lower == "without" and a.lemma == "say")
            for a in acts
        ):
            return True
    if piece.head is not None:
        head = parse.words[piece.head]
        if any(w.dep == "neg" for w in parse.words[head.i : head.right + 1]):
            return True  # "admitted firing two rounds, not sixty"
    sentence = parse.sentences[verb.sentence]
    words = [w.lower for w in parse.words[sentence[0] : sentence[1]]]
    for place, word in enumerate(words):
        if word == "but" and any(
            w in language.negations or w in ("denied", "denies", "rejected") for w in words[place : place + 6]
        ):
            return True
    return False


def _unclear(reason: str, content: Reading) -> Reading:
    return Reading(Position.UNCLEAR, reason, content.about, content.head)
