"""What the words of a statement say, as if they stood alone in the speaker's mouth.

    piece (predicate, its subject, negations, conditions) + who is who --substance--> Reading

The second half of a position: `position.read` first asks what act the cue is, then what the content
says. "Our guns did not fire" denies under any verb of saying. Fixed shapes are the language's data;
what no rule fits is plain words, and what is meant otherwise than said is unclear. Start at `substance`.
"""

from __future__ import annotations

import re

from truceline.statements import neither
from truceline.statements.clause import (
    aim,
    cleft,
    condition_under,
    doer,
    going_to,
    imperative,
    no_object,
    no_subject,
    only,
)
from truceline.statements.conditions import condition_of
from truceline.statements.content import Piece
from truceline.statements.harm import COUNTING, air_defence, harm_in, nominal_doer
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word
from truceline.statements.side import OF_NOBODY, SHOT_DOWN, Reading, Side
from truceline.statements.statement import Position

_SOMEWHERE = frozenset({"in", "at", "near", "over", "inside", "on", "within", "there", "across", "beyond"})
_MARKS = re.compile(r"[\"“”«»„]")  # "had 'absolutely nothing' to do with it" is read without its marks
_AHEAD = frozenset({"will", "shall", "wo", "would", "'ll", "’ll", "'d", "’d"})
_NOT_YET_DONE = _AHEAD | {"must", "should", "may", "might", "could", "can", "ca"}


def substance(text: str, parse: Parse, piece: Piece, side: Side, language: Language) -> Reading:
    """The position of the words themselves."""
    told = _MARKS.sub("", " ".join(text[start:end] for start, end in piece.spans))
    shapes = language.shapes
    if piece.head is None:
        return _short(told, text, piece, side, language) or Reading(Position.ASSERTS, "plain words")
    head = cleft(parse, parse.words[piece.head])
    subject, passive = doer(parse, head)
    own = subject is not None and side.is_self(subject)
    about = side.own if own else side.label(subject) if subject is not None else None
    about = about or nominal_doer(parse, piece, side, language)
    found = _short(told, text, piece, side, language)
    if found is not None:
        return Reading(found.position, found.reason, found.about or about, head.i)
    if (own or subject is None or not _names_another(parse, subject, side)) and _pair_inside(
        parse, piece, side, language
    ):
        return Reading(Position.NEITHER_CONFIRMS_NOR_DENIES, "confirm and deny, both negated", about, head.i)
    marks = neither.negations(parse, [head.i], language)
    negated = len({*marks, *no_subject(parse, head), *no_object(parse, head)}) % 2 == 1
    modal = next((c.lower for c in parse.children(head.i, "aux") if c.tag == "MD"), "")
    if (own or subject is None) and shapes.unverified.search(told):
        return Reading(Position.UNCLEAR, "cannot tell whether it is so", about, head.i)
    if (own or subject is None or parse.words[subject].lower == "there") and shapes.silence.search(told):
        return Reading(Position.NO_COMMENT, "nothing more is said", about, head.i)
    true = head.lemma == "be" and any(
        c.lower in ("true", "correct", "accurate", "right", "so")
        for c in parse.children(head.i, "acomp", "attr", "advmod")
    )
    if negated and true and parse.children(head.i, "ccomp", "nsubj", "csubj"):
        return Reading(Position.DENIES, "says it is not true", about, head.i)
    if _is_false(parse, piece, head, language) and not negated:
        if _provoked(parse, head, language):
            return Reading(Position.ACCUSES, "calls an act a provocation", about, head.i)
        return Reading(Position.DENIES, "calls the report untrue", about, head.i)
    if shapes.no_breach.search(told) and (side.own is not None or side.sided or side.direct) and modal not in _AHEAD:
        return Reading(Position.DENIES, "grants or passes over the act, denies the breach", about or side.own, head.i)
    if negated and shapes.contrary.search(text[_begin(parse, piece) : max(end for _, end in piece.spans)]):
        return Reading(Position.DENIES, "contrary to what is said of it", about or side.own, head.i)
    if found := _conditional(
        text, told, parse, piece, head, side, language, own=own, modal=modal, about=about, negated=negated
    ):
        return found
    if shapes.refused.search(told):
        return Reading(Position.REJECTS, "refuses it in so many words", about, head.i)
    harm = harm_in(parse, piece, head, language)
    perfect = modal in ("may", "might", "could") and any(c.lemma == "have" for c in parse.children(head.i, "aux"))
    if harm is not None and (modal not in _NOT_YET_DONE or perfect):
        done = _of_harm(parse, harm, own, negated, about, side, language, head)
        if done.position is Position.ACKNOWLEDGES and not side.direct and shapes.justified.search(told):
            return Reading(Position.ACKNOWLEDGES_IN_PART, "its own act, and why it was allowed", done.about, head.i)
        return done
    if negated and head.lemma == "be" and any(side.is_self(c.i) for c in parse.children(head.i, "attr", "acomp")):
        return Reading(Position.DENIES, "it was not us", side.own, head.i)
    return _of_others(parse, head, side, language, own=own, negated=negated, modal=modal, about=about, told=told) or (
        Reading(Position.ASSERTS, "plain words" + (", passive" if passive else ""), about, head.i)
    )


def _begin(parse: Parse, piece: Piece) -> int:
    """Where the sentence of a piece begins."""
    head = parse.words[piece.head] if piece.head is not None else parse.words[0]
    return parse.words[parse.sentences[head.sentence][0]].start


def _short(told: str, text: str, piece: Piece, side: Side, language: Language) -> Reading | None:
    """Answers of a word or two, questions, irony: what a predicate does not tell."""
    shapes = language.shapes
    past = max(end for _, end in piece.spans)
    if text[past : past + 1] == "?" or told.rstrip().endswith("?"):
        if shapes.refused.search(told):
            return Reading(Position.REJECTS, "refuses it in so many words")
        return Reading(Position.UNCLEAR, "a question, not a statement")
    if shapes.irony.search(told):
        return Reading(Position.UNCLEAR, "irony: what is meant is not what is said")
    if side.direct and shapes.says_no.search(told):
        return Reading(Position.DENIES, "answers no", side.asked or side.own)
    if side.direct and shapes.owned.search(told):
        return Reading(Position.ACKNOWLEDGES, "it was us", side.own)
    if side.direct and shapes.says_yes.search(told):
        mine = side.asked is not None and side.asked == side.own
        return Reading(Position.ACKNOWLEDGES if mine else Position.ASSERTS, "answers yes", side.asked)
    if shapes.says_no.search(told) and (side.direct or side.own is not None):
        return Reading(Position.DENIES, "had no part in it", side.asked or side.own)
    if shapes.either_way.search(told):
        return Reading(Position.NEITHER_CONFIRMS_NOR_DENIES, "says neither yes nor no", side.asked)
    return None


def _pair_inside(parse: Parse, piece: Piece, side: Side, language: Language) -> bool:
    """'it is our policy neither to confirm nor to deny': the pair is the speaker's own, not one that is told of."""
    for pair in neither.find(parse, language):
        governed = piece.head in neither.governors(parse, pair.first)
        if governed and piece.covers(parse.words[pair.first].start) and pair.negations % 2 == 1:
            subject, _ = doer(parse, parse.words[pair.first])
            return subject is None or not _names_another(parse, subject, side)
    return False


def _names_another(parse: Parse, subject: int, side: Side) -> bool:
    word = parse.words[subject]
    if side.is_self(subject) or word.lower in ("it", "that", "this", "there", "i", "we"):
        return False
    label = side.label(subject)
    return label is not None and label != side.own


def _conditional(
    text: str,
    told: str,
    parse: Parse,
    piece: Piece,
    head: Word,
    side: Side,
    language: Language,
    *,
    own: bool,
    modal: str,
    about: str | None,
    negated: bool,
) -> Reading | None:
    """A yes that depends: the speaker's own act, or nobody's in particular, under a condition."""
    if head.lemma in language.needing and modal in ("would", "will", "must"):
        return Reading(Position.CONDITIONS, f"{modal} {head.lower}", about, head.i)
    condition = condition_of(text, parse, piece, language)
    if not condition or imperative(parse, head, direct=side.direct) or head.lemma == "let":
        return None
    subject, _ = doer(parse, head)
    another = subject is not None and side.own is not None and _names_another(parse, subject, side)
    named = subject is not None and (own or side.label(subject) is not None)
    refuses = negated or bool(no_subject(parse, head) or no_object(parse, head)) or _says_no(parse, head)
    ahead = modal in _NOT_YET_DONE - {"must", "should"} or going_to(parse, head)
    consents = head.lemma in language.agreeing or _first_of(parse, head, language)
    past = head.tag in ("VBD", "VBN") and not modal
    reason = f"only under a condition: {condition}"
    if another and not (refuses and re.match(_HOLDS_BACK, condition, re.IGNORECASE)):
        return None
    if past and not (head.lemma == "be" and consents):
        return None
    if own and (ahead or consents or head.tag in ("VBP", "VBZ", "VB") or modal == "must"):
        return Reading(Position.CONDITIONS, reason, about or side.own, head.i)
    if refuses and re.match(_HOLDS_BACK, condition, re.IGNORECASE):
        return Reading(Position.CONDITIONS, reason, about or side.own, head.i)
    if consents or only(parse, head) or (named and ahead and not negated) or "only" in condition.casefold():
        return Reading(Position.CONDITIONS, reason, about or side.own, head.i)
    if re.match(r"\W*(?:no|without|you)\b", told, re.IGNORECASE) or head.tag[0] in "NJ":
        return Reading(Position.CONDITIONS, reason, about or side.own, head.i)
    if re.match(r"would require|before talks|is a (?:pre)?condition", condition, re.IGNORECASE):
        return Reading(Position.CONDITIONS, reason, about, head.i)
    return None


_HOLDS_BACK = r".*\b(?:unless|until|till|before|without|only|once|if|when|long)\b"


def _says_no(parse: Parse, head: Word) -> bool:
    """'there can be no settlement', 'there is nothing to sign'."""
    things = parse.children(head.i, "attr", "dobj", "nsubj", "nsubjpass")
    return any(t.lower == "nothing" or any(c.lower == "no" for c in parse.children(t.i, "det")) for t in things)


def _first_of(parse: Parse, head: Word, language: Language) -> bool:
    """'is ready to sign', 'was prepared to halt', 'pulls back': consent in a complement."""
    below = parse.children(head.i, "acomp", "xcomp", "attr", "ccomp")
    return head.lemma in ("be", "can", "intend", "offer", "promise") and any(
        c.lemma in language.agreeing or any(g.lemma in language.agreeing for g in parse.children(c.i, "xcomp"))
        for c in below
    )


def _of_others(
    parse: Parse,
    head: Word,
    side: Side,
    language: Language,
    *,
    own: bool,
    negated: bool,
    modal: str,
    about: str | None,
    told: str,
) -> Reading | None:
    """Acts that are no harm: wrongs of another, one's own past, what is to come, what is wanted."""
    other = about is not None and side.own is not None and about != side.own
    if own and head.lemma in ("regret", "mourn", "deplore"):
        return Reading(Position.UNCLEAR, f"{head.lemma}: grants nothing", about, head.i)
    if head.lemma == "lie" and not own and not negated and parse.children(head.i, "nsubj") and not modal:
        return Reading(Position.DENIES, "says that another lies", about, head.i)
    bound = head.lemma in ("have", "need") and any(c.tag[0] == "V" for c in parse.children(head.i, "xcomp"))
    wanted = modal in ("must", "should") or bound
    if wanted and no_subject(parse, head):
        return Reading(Position.UNCLEAR, OF_NOBODY, about, head.i)
    if wanted and not own and (about is not None or modal in ("must", "should") or parse.children(head.i, "nsubj")):
        return Reading(Position.CALLS_FOR, f"{modal} {head.lemma}".strip(), about, head.i)
    lets = head.lower == "let" and head.tag == "VB" and not parse.children(head.i, "aux")
    if (
        lets
        or imperative(parse, head, direct=side.direct)
        or re.match(r"\W*(?:it is|it's) (?:high )?time\b", told, re.IGNORECASE)
    ):
        return Reading(Position.CALLS_FOR, f"asks for it: {head.lower}", about, head.i)
    if modal in _AHEAD or going_to(parse, head):
        return _ahead(parse, head, side, language, own=own, negated=negated, modal=modal, about=about)
    if own and head.lemma in ("have",) and (denied_aim := aim(parse, head)) is not None:
        kind = Position.PROMISES if denied_aim else Position.ASSERTS
        return Reading(kind, "has no intention", about, head.i)
    beside = [c for c in parse.children(head.i, "advcl") if c.tag == "VBG"]
    breaking = any(c.lemma in language.breach_verbs for c in beside)  # "A, violating the truce, subjected B to fire"
    wrong = (head.lemma in language.wrong_verbs and head.tag[0] == "V") or breaking
    if wrong and other and not negated and modal not in _NOT_YET_DONE:
        return Reading(Position.ACCUSES, f"another's act: {head.lower}", about, head.i)
    past = head.tag in ("VBD", "VBN") or any(
        c.lower in ("did", "had", "has", "have") for c in parse.children(head.i, "aux")
    )
    helped = any(c.lower in ("do", "does") for c in parse.children(head.i, "aux"))
    of_side = own or (about is not None and side.own is None)
    if of_side and negated and helped and head.lemma in language.grand:
        return Reading(Position.REJECTS, f"does not {head.lemma}", about or side.own, head.i)
    placed = any(c.lower in _SOMEWHERE for c in parse.children(head.i, "prep", "advmod"))
    if own and negated and past and head.lemma == "be" and placed and not modal:
        return Reading(Position.DENIES, "was not there", side.own, head.i)
    there = [c for c in parse.children(head.i, "attr") if any(d.lower == "no" for d in parse.children(c.i, "det"))]
    if (
        side.own is not None
        and not modal
        and parse.children(head.i, "expl")
        and any(_presence(c, language) for c in there)
    ):
        return Reading(Position.DENIES, f"there is no {there[0].lower}", about or side.own, head.i)
    kept = [c for c in parse.children(head.i, "dobj") if any(d.lower == "no" for d in parse.children(c.i, "det"))]
    if own and head.lemma in ("have", "keep", "possess", "maintain") and any(_presence(c, language) for c in kept):
        return Reading(Position.DENIES, f"has no {kept[0].lower}", side.own, head.i)
    if own and negated and past and not modal and head.lemma not in language.inward and side.own is not None:
        return Reading(Position.DENIES, f"its own act, negated: {head.lower}", side.own, head.i)
    none = no_subject(parse, head)
    named = [c for c in parse.children(head.i, "nsubj", "nsubjpass") if none]
    forces = language.organs | language.tally_nouns | language.harm_nouns
    of_ours = [
        c
        for c in named
        if {c.lower, f"{c.lower}s"} & forces
        or any(side.is_self(g.i) for p in parse.children(c.i, "prep") for g in parse.children(p.i, "pobj"))
    ]
    if of_ours and past and not modal and (side.own is not None or side.direct):
        return Reading(Position.DENIES, f"none of its own did: {head.lower}", about or side.own, head.i)
    if none and past and not modal and side.own is not None and about is None and parse.children(head.i, "auxpass"):
        return Reading(Position.DENIES, f"nothing of the kind was done: {head.lower}", side.own, head.i)
    if wrong and negated and own:
        return Reading(Position.DENIES, f"its own act, negated: {head.lower}", side.own, head.i)
    return None


def _presence(word: Word, language: Language) -> bool:
    """What a side is said to have where it must not: troops, guns, bases, a part in it."""
    kinds = language.organs | language.harm_nouns | language.tally_nouns
    return word.lower in kinds or word.lemma in kinds | {
        "presence",
        "base",
        "hand",
        "part",
        "role",
        "involvement",
        "link",
    }


def _ahead(
    parse: Parse, head: Word, side: Side, language: Language, *, own: bool, negated: bool, modal: str, about: str | None
) -> Reading:
    """What will be: one's own promise or refusal, another's by prediction."""
    answers = parse.words[head.left].lower in ("yes", "yeah") or any(
        c.lower == "yes" for c in parse.children(head.i, "intj")
    )
    mine = own or (about is not None and about == side.own)
    if negated and head.lemma in language.confirming | language.denying:
        return Reading(Position.UNCLEAR, f"does not {head.lemma}, and nothing about the other half", about, head.i)
    if mine and negated and head.lemma in language.grand:
        return Reading(Position.REJECTS, f"{modal} not {head.lemma}", about, head.i)
    if mine and answers and head.lemma in language.agreeing:
        return Reading(Position.ACCEPTS, f"yes, {modal} {head.lemma}", about, head.i)
    if modal == "would" and head.lemma in ("like", "hate", "love", "say", "prefer"):
        return Reading(Position.ASSERTS, "plain words", about, head.i)
    told = neither.governors(parse, head.i)
    if mine and len(told) < 4 and not condition_under(parse, head.i, language):
        return Reading(Position.PROMISES, f"{modal} {head.lemma}, self", about, head.i)
    if side.own is not None and parse.children(head.i, "nsubjpass") and about is None and head.lemma == "answer":
        return Reading(Position.PROMISES, f"{modal} be {head.lower}", side.own, head.i)
    return Reading(Position.PREDICTS, f"{modal} {head.lemma}, {'self' if own else 'of another'}", about, head.i)


def _of_harm(
    parse: Parse, harm: Word, own: bool, negated: bool, about: str | None, side: Side, language: Language, head: Word
) -> Reading:
    """An act a truce forbids: one's own is acknowledged or denied, another's is an accusation."""
    if own and head.lemma in COUNTING:  # "it has recorded 17 attacks": who counts acts did not commit them
        own, about = False, None if about == side.own else about
        if negated or any(c.lower == "no" for c in parse.children(harm.i, "det")):
            return Reading(Position.ASSERTS, f"counted none: {harm.lower}", about, head.i)
    if negated or any(c.lower == "no" for c in parse.children(harm.i, "det")):
        mine = own or about is None or about == side.own
        if mine and (own or side.own is not None or (about is None and side.direct)):
            return Reading(Position.DENIES, f"its own act, negated: {harm.lower}", about or side.own, head.i)
        return Reading(Position.ASSERTS, f"says that another did not: {harm.lower}", about, head.i)
    if side.office and air_defence(parse, harm):
        return Reading(Position.ASSERTS, f"{SHOT_DOWN}: {harm.lower}", about, head.i)
    if side.office and about is not None:
        return Reading(Position.ACCUSES, f"an office tells of a party's act: {harm.lower}", about, head.i)
    endured = any(side.is_self(c.i) for c in parse.children(head.i, "nsubjpass"))
    if own and air_defence(parse, harm):
        return Reading(Position.ASSERTS, f"{SHOT_DOWN}: {harm.lower}", about, head.i)
    if (own and not endured) or (about is not None and about == side.own and not endured):
        return Reading(Position.ACKNOWLEDGES, f"its own act: {harm.lower}", side.own, head.i)
    if about is not None and side.own is not None:
        return Reading(Position.ACCUSES, f"another's act: {harm.lower}", about, head.i)
    subject, _ = doer(parse, head)
    who = parse.words[subject].lower if subject is not None else ""
    if who == "other":
        return Reading(Position.ACCUSES, f"the other's act: {harm.lower}", None, head.i)
    if who in ("they", "neighbours", "neighbors") and (side.own is not None or side.sided):
        return Reading(Position.ACCUSES, f"the other's act: {harm.lower}", None, head.i)
    suffered = [c for c in parse.children(head.i, "dobj", "nsubjpass", "pobj") if side.is_self(c.i)]
    if suffered and (side.own is not None or side.direct):
        return Reading(Position.ACCUSES, f"done to its own side: {harm.lower}", None, head.i)
    return Reading(Position.ASSERTS, f"an act without a doer, or a speaker without a side: {harm.lower}", about, head.i)


def _is_false(parse: Parse, piece: Piece, head: Word, language: Language) -> bool:
    if head.lower in language.falsehoods:
        return True
    if head.tag[0] in "VA" and head.lemma in ("be", "call", "describe", "dismiss", "brand"):
        return any(
            c.lower in language.falsehoods or c.lemma in language.falsehoods
            for c in parse.children(head.i, "acomp", "attr", "oprd")
        )
    # A headline without its verb: "information about a withdrawal is FAKE", "reports fake".
    last = next((w for w in reversed(parse.words) if piece.covers(w.start) and w.text[0].isalnum()), None)
    return last is not None and last.lower in language.falsehoods and last.dep in ("acomp", "attr", "ROOT")


def _provoked(parse: Parse, head: Word, language: Language) -> bool:
    """Whether it is an act that is called a provocation, not what somebody wrote of it."""
    called = {c.lower for c in parse.children(head.i, "acomp", "attr", "oprd")}
    things = parse.children(head.i, "nsubj", "dobj")
    return "provocation" in called and any(c.lemma not in language.accusations and c.tag[0] == "N" for c in things)
