"""What makes a yes depend: the words of a condition that bear on what is said.

    predicate + its clause --condition_of--> the word that opens the condition, or empty

A clause under "if" or "unless", a phrase ("in exchange for", "subject to"), an inversion ("were they to leave"),
a no that holds "until" or "without" something. "Even if", "as if" and "whether" depend on nothing.
"""

from __future__ import annotations

from truceline.statements.content import Piece
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word

_NOT_BEFORE = frozenset({"until", "till", "before"})
_WHEN = frozenset({"when", "once", "after", "while"})
_NO = frozenset({"not", "n't", "no", "never", "nothing", "nobody", "neither", "nor", "cannot", "none"})


def condition_of(text: str, parse: Parse, piece: Piece, language: Language) -> str:
    """The word or phrase that opens a condition in a piece, or empty."""
    return condition_in(text, parse, piece.spans[0][0], piece.spans[-1][1], language)


def condition_in(text: str, parse: Parse, start: int, end: int, language: Language) -> str:
    """The same between two offsets."""
    words = [w for w in parse.words if start <= w.start < end]
    for word in words:
        if _opens(parse, word, words, language):
            return word.lower
    found = language.shapes.condition.search(text[start:end])
    return found.group(0) if found is not None else ""


def _opens(parse: Parse, word: Word, words: list[Word], language: Language) -> bool:
    """Whether a subordinating word makes the clause above its own depend on it."""
    if word.dep not in ("mark", "advmod", "prep") and word.lower not in ("provided", "providing", "unless"):
        return False
    before = parse.words[word.i - 1].lower if word.i else ""
    only = before in ("only", "not") or (word.i > 1 and parse.words[word.i - 2].lower == "only")
    if before in ("even", "as", "what"):
        return False
    clause = parse.words[word.head]
    if word.lower in language.conditions - {"until", "once"}:
        return word.lower != "if" or clause.dep != "ccomp" or clause.head == clause.i
    around = {w.lower for w in words if w.i < word.i and w.sentence == word.sentence}
    ahead = any(w.tag == "MD" and w.sentence == word.sentence for w in words) or "ready" in around
    if word.lower in _NOT_BEFORE:
        return bool(around & _NO) or before == "only" or _follows_with_no(words, word)
    if word.lower in _WHEN and clause.dep in ("advcl", "pobj", "pcomp", "ROOT", "conj", "prep"):
        agreed = any(w.lemma in language.agreeing and w.i < word.i for w in words if w.sentence == word.sentence)
        if word.lower == "when" and ahead and agreed and parse.children(clause.i, "nsubj", "nsubjpass"):
            return True  # "we'll sign when they sign"
        return only or "only" in around or (word.lower == "once" and ahead and word.dep in ("mark", "advmod"))
    return False


def _follows_with_no(words: list[Word], word: Word) -> bool:
    """'Until they leave, there will be no talks'."""
    return word.i == words[0].i and any(w.lower in _NO for w in words if w.sentence == word.sentence)
