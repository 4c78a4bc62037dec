"""Find "could neither confirm nor deny" in all its shapes, before anybody looks for a denial.

    words of a sentence --find--> Pairs of a confirming and a denying word, with the negations over both

The verb "deny" in such a pair is no denial. Pairs are looked for in the row of words, not in the tree,
so that a wrong parse cannot turn "neither" into "denies". Start at `find`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word

_REACH = 16
_CLIMB = frozenset({"xcomp", "acomp", "pcomp", "prep", "attr", "oprd", "acl", "dobj", "conj", "relcl", "ccomp", "pobj"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


@dataclass(frozen=True)
class Pair:
    """A confirming and a denying word that belong together.

    Attributes:
        first, last: Word numbers, in the order of the text.
        negations: How many negations stand over both; an odd number makes "neither", an even one is unclear.
        marks: The words that negate or govern the pair.
    """

    first: int
    last: int
    negations: int
    marks: tuple[int, ...]
    nouns: bool = False


def find(parse: Parse, language: Language) -> tuple[Pair, ...]:
    """All pairs of a paragraph. A word belongs to one pair at most."""
    pairs: list[Pair] = []
    for begin, end in parse.sentences:
        words = parse.words[begin:end]
        pairs += _verb_pairs(parse, words, language)
        pairs += _noun_pairs(parse, words, language)
    return tuple(pairs)


def governors(parse: Parse, verb: int) -> list[int]:
    """The verb and the words that govern it, up to the one with a subject: confirm, unable, was."""
    chain = [verb]
    while len(chain) < 12:
        word = parse.words[chain[-1]]
        short_of = word.dep == "advmod" and word.lower == "short"
        purpose = word.dep == "advcl" and _infinitive(parse, word) and parse.words[word.head].tag[0] in "JR"
        if word.head == word.i or (word.dep not in _CLIMB and not short_of and not purpose):
            break
        if word.dep == "relcl" and parse.words[word.head].lower in ("something", "anything"):
            chain += [word.head, parse.words[word.head].head]  # "it is not something I can confirm"
            break
        if parse.children(word.i, *_SUBJECTS) and word.dep != "conj":
            break
        if word.dep == "conj" and (
            parse.children(word.i, *_SUBJECTS) or parse.words[word.head].tag[:2] != word.tag[:2]
        ):
            break
        if word.dep == "relcl" and not _infinitive(parse, word):
            break
        chain.append(joined_above(parse, word))
    return chain


def joined_above(parse: Parse, verb: Word) -> int:
    """The verb a second verb shares its subject with: by its tense of two in one sentence the one that tells.

    "A said its men had crossed but denied that they fired": the tree joins "denied" to "crossed".
    """
    told = parse.words[verb.head]
    if verb.dep != "conj" or told.dep != "ccomp" or verb.tag not in ("VBD", "VBZ", "VBP"):
        return told.i
    tells = parse.words[told.head]
    if any(c.lower in ("it", "later", "then") for c in parse.children(verb.i, "advmod", "dobj")):
        return told.i  # "A said B had fired and then denied it"
    of_told = told.tag == verb.tag and (told.lemma != "be" or verb.lemma == "be")
    of_tells = verb.tag in {tells.tag, *(c.tag for c in parse.children(tells.i, "aux"))}
    return tells.i if of_tells and not of_told and tells.i < told.i else told.i


def _infinitive(parse: Parse, word: Word) -> bool:
    return any(child.tag == "TO" for child in parse.children(word.i, "aux"))


def negations(parse: Parse, chain: Iterable[int], language: Language) -> tuple[int, ...]:
    """The words that turn the chain round: not, never, neither, unable, refused, "no one" …"""
    found: set[int] = set()
    links = list(chain)
    for place, number in enumerate(links):
        word = parse.words[number]
        joined = place > 0 and parse.words[links[place - 1]].dep == "conj"
        for child in parse.children(number):
            if child.lower == "not" and parse.words[min(child.i + 1, len(parse.words) - 1)].lower in ("only", "merely"):
                continue  # "has not only declined, but …"
            if child.lower in language.negations and child.dep in ("neg", "preconj", "advmod", "cc", "det"):
                # "did not confirm but denies": the negation of the first verb reaches the second over or/nor alone.
                if joined and not _reaches(parse, number, links[place - 1], child):
                    continue
                if child.lower == "nor" and (child.i > number or joined):
                    continue
                found.add(child.i)
            if child.lower == "nothing" and child.dep == "dobj":
                found.add(child.i)  # "confirmed nothing and denied nothing"
            if child.lower == "too" and number != links[0]:
                found.add(child.i)  # "too early to confirm"
            if child.dep in ("nsubj", "nsubjpass") and place + 1 == len(links):
                subject = [child, *parse.children(child.i, "det")]
                found.update(part.i for part in subject if part.lower in ("no", "nobody", "none", "nothing"))
        if number != links[0] and (word.lemma in language.refusals or word.lower in language.refusals) and not joined:
            found.add(number)
        if word.dep == "conj" and _comes_after_nor(parse, word):
            found.update(w.i for w in parse.children(word.head) if w.lower == "nor")
    return tuple(sorted(found))


def _reaches(parse: Parse, first: int, second: int, mark: Word) -> bool:
    if mark.lower == "neither":
        return True
    between = {word.lower for word in parse.words[min(first, second) + 1 : max(first, second)]}
    return bool(between & {"or", "nor"}) and mark.i < first


def _comes_after_nor(parse: Parse, word: Word) -> bool:
    return any(w.lower == "nor" and w.i < word.i for w in parse.children(word.head, "cc")) and not any(
        w.lower in ("neither", "not", "n't", "never") for w in parse.children(word.head)
    )


def _verb_pairs(parse: Parse, words: tuple[Word, ...], language: Language) -> list[Pair]:
    yes = [
        w
        for w in words
        if w.tag[0] in "VN"
        and (
            w.lemma in language.confirming
            or (w.lemma == "claim" and any(o.lower == "neither" for o in parse.words[max(words[0].i, w.i - 2) : w.i]))
        )
    ]
    if not yes:
        return []
    no = [w for w in words if w.lemma in language.denying | language.pairing and w.tag[0] in "VN"]
    pairs: list[Pair] = []
    used: set[int] = set()
    for confirm, deny in sorted(((c, d) for c in yes for d in no), key=lambda p: (abs(p[0].i - p[1].i), p[0].i)):
        first, last = sorted((confirm.i, deny.i))
        if used & {first, last} or last - first > _REACH:
            continue
        pair = _pair(parse, words, first, last, language)
        if pair is not None:
            pairs.append(pair)
            used |= {first, last}
    return pairs


def _pair(parse: Parse, words: tuple[Word, ...], first: int, last: int, language: Language) -> Pair | None:
    between = {word.lower for word in parse.words[first + 1 : last]}
    over = set(negations(parse, governors(parse, first), language))
    over |= {n for n in _close_marks(parse, words[0].i, first, language) if "nor" in between or "or" in between}
    if "nor" in between:
        # "nor" alone already says that the first half was negated, whatever the tree makes of it.
        over = over or {next(w.i for w in parse.words[first + 1 : last] if w.lower == "nor")}
    elif "or" in between:
        pass
    else:
        own = set(negations(parse, [last], language)) | set(_close_marks(parse, first + 1, last, language))
        over, own = over | _none(parse, first), own | _none(parse, last)
        if not over or not own:
            return None
        return Pair(first, last, 1, tuple(sorted(over | own)))
    return Pair(first, last, len(over), tuple(sorted(over)))


def _none(parse: Parse, verb: int) -> set[int]:
    """What is denied or confirmed is none: "it confirms no such strike and it denies none"."""
    objects = parse.children(verb, "dobj", "attr")
    return {w.i for o in objects for w in (o, *parse.children(o.i, "det")) if w.lower in ("no", "none", "nothing")}


def _close_marks(parse: Parse, begin: int, verb: int, language: Language) -> list[int]:
    """A negation in the few words before a verb, for trees that hang it elsewhere."""
    marks = []
    for word in parse.words[max(begin, verb - 3) : verb]:
        if word.lower in ("neither", "not", "n't", "never", "without", "cannot"):
            marks = [word.i]
    return marks


def _noun_pairs(parse: Parse, words: tuple[Word, ...], language: Language) -> list[Pair]:
    yes = [w.i for w in words if w.lemma in language.confirmations]
    no = [w.i for w in words if w.lemma in language.denials]
    for confirm in yes:
        for deny in no:
            first, last = sorted((confirm, deny))
            between = {word.lower for word in parse.words[first + 1 : last]}
            if last - first <= 6 and between & {"or", "nor"}:
                begin = max(words[0].i, first - 6)
                marks = tuple(w.i for w in parse.words[begin:first] if w.lower in language.negations)
                return [Pair(first, last, min(1, len(marks)), marks, nouns=True)]
    return []
