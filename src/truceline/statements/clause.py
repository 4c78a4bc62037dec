"""What a tree says of one predicate: who does it, what negates or conditions it, whether it is asked for.

    predicate of a parse --doer, no_subject, condition_under ...--> word numbers and words

Pure reading of the tree, without an opinion on positions.
"""

from __future__ import annotations

from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word

_ASKED = frozenset(
    {"request", "question", "query", "call", "email", "message", "inquiry", "accusation", "allegation", "claim",
     "charge", "report", "letter", "phone"}
)  # fmt: skip
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_NOT_ONE = frozenset({"no", "nobody", "none", "neither", "nothing"})


def cleft(parse: Parse, head: Word) -> Word:
    """The act of 'it was A that shelled P', any other predicate as it is."""
    if head.lemma != "be" or not any(c.lower == "it" for c in parse.children(head.i, "nsubj", "expl")):
        return head
    for thing in parse.children(head.i, "attr"):
        for clause in [*parse.children(thing.i, "relcl"), *parse.children(head.i, "ccomp", "advcl")]:
            if any(c.lower in ("that", "who", "which") for c in parse.children(clause.i)):
                return clause
    return head


def no_subject(parse: Parse, head: Word) -> set[int]:
    """The word that negates the subject itself: no one, not one shell, none of its guns, neither guard nor army."""
    for subject in parse.children(head.i, "nsubj", "nsubjpass", "attr" if head.lemma == "be" else "nsubj"):
        if subject.dep == "attr" and not parse.children(head.i, "expl"):
            continue
        first = parse.words[subject.left]
        if subject.lower in _NOT_ONE:
            return {subject.i}
        for child in parse.children(subject.i, "det", "neg", "nummod", "preconj"):
            if child.lower in _NOT_ONE:
                return {child.i}
        if first.lower == "neither":  # "neither its army nor its guard", "neither of our guns"
            return {first.i}
        if first.lower == "not" and parse.words[first.i + 1].lower in ("one", "a"):
            return {first.i}
    return set()


def no_object(parse: Parse, head: Word) -> set[int]:
    """The word that negates the object: shelled nobody, launched none."""
    things = parse.children(head.i, "dobj")
    none = {c.i for c in things if c.lower in _NOT_ONE}
    return none | {d.i for c in things for d in parse.children(c.i, "det") if d.lower == "no"}  # "laid no mines"


def aim(parse: Parse, head: Word) -> bool | None:
    """'has no intention of leaving': True where it is negated, None where no aim is spoken of."""
    for thing in parse.children(head.i, "dobj"):
        if thing.lemma in ("intention", "plan", "wish"):
            return any(c.lower == "no" for c in parse.children(thing.i, "det"))
    return None


def imperative(parse: Parse, head: Word, *, direct: bool) -> bool:
    if not direct or head.tag != "VB" or parse.children(head.i, *SUBJECTS, "aux"):
        return False
    return head.dep in ("ROOT", "ccomp") and head.i <= head.left + 1


def going_to(parse: Parse, head: Word) -> bool:
    return head.lower == "going" and any(c.tag == "VB" for c in parse.children(head.i, "xcomp"))


def doer(parse: Parse, head: Word) -> tuple[int | None, bool]:
    """The subject of a predicate, of a passive its agent; for a coordinated verb the subject it shares."""
    word = head
    for _ in range(6):
        agent = next((c.i for p in parse.children(word.i, "agent") for c in parse.children(p.i, "pobj")), None)
        if agent is not None:
            return agent, True
        if parse.children(word.i, "nsubjpass"):
            return None, True
        subject = next(iter(reversed([s for s in parse.children(word.i, *SUBJECTS) if s.i < word.i])), None)
        subject = subject or next(iter(parse.children(word.i, *SUBJECTS)), None)
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


def condition_under(parse: Parse, number: int, language: Language, other: int | None = None) -> str:
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


def only(parse: Parse, head: Word) -> bool:
    """Whether "only" bears on the predicate or its condition, not on some noun."""
    near = [head.i, *(c.i for c in parse.children(head.i, "advcl"))]
    return any(c.lower == "only" for n in near for c in parse.children(n, "advmod"))


def teller(parse: Parse, word: Word, language: Language) -> int | None:
    """'A said that P but would not go into detail', where the tree makes the silence P's: it is A's."""
    clause = parse.words[word.head] if word.dep == "conj" else word
    verb = parse.words[clause.head]
    if word.dep != "conj" or clause.dep != "ccomp" or verb.lemma not in language.verbs or clause.i < verb.i:
        return None
    return next((s.i for s in parse.children(verb.i, "nsubj")), None) if not parse.children(word.i, "nsubj") else None


def not_yet(parse: Parse, chain: list[int]) -> tuple[int, ...]:
    """'has yet to respond'."""
    return tuple(c.i for n in chain for c in parse.children(n, "advmod") if c.lower == "yet")[:1]


def answers(parse: Parse, word: Word) -> bool:
    """A verb of answering as somebody answers the press: comment, respond to a request, answer questions."""
    if word.tag[0] != "V" or word.tag == "VBG" or word.dep == "amod":
        return False
    if word.lemma in ("comment", "elaborate"):
        return True
    if word.lemma == "go":
        return any(w.lower in ("detail", "details", "specifics") for w in parse.words[word.i + 1 : word.right + 1])
    behind = parse.words[word.i + 1 : word.right + 1]
    if word.lemma in ("respond", "answer", "reply") and not any(w.tag[0] in "NVP" for w in behind):
        return True  # "has not yet replied"
    return word.lemma in ("respond", "answer", "reply", "return", "react", "address") and any(
        w.lemma in _ASKED for w in behind
    )
