"""Acts told with more than a verb: "took responsibility for P", "gave its consent to P", "called P a fake".

    verb + noun or complement --expressions--> Attributions

Each `_from_...` rule is one shape; the words are the language's data. Start at `expressions`.
"""

from __future__ import annotations

from collections.abc import Set

from truceline.statements import attribution as told
from truceline.statements import neither
from truceline.statements.content import Piece, span_under
from truceline.statements.harm import COUNTING
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word


def expressions(parse: Parse, known: list[told.Attribution], language: Language) -> list[told.Attribution]:
    """The attributions of a paragraph that no plain cue makes, beside the ones already known."""
    taken = {n for a in known for n in (a.verb, a.top)}
    made = (_expression(parse, word, language) for word in parse.words if word.i not in taken)
    return [one for one in made if one is not None]


def counts(parse: Parse, known: list[told.Attribution], language: Language) -> list[told.Attribution]:
    """All attributions, with those of who counts: "counted 150 violations of P" says how many there were.

    They take the place of one of no known act at the same verb.
    """
    taken = {n for a in known if a.act is not Act.OTHER for n in (a.verb, a.top)}
    made = (_from_count(parse, word, language) for word in parse.words if word.i not in taken and word.tag[0] == "V")
    counted = {one.verb: one for one in made if one is not None}
    return [a for a in known if a.verb not in counted] + list(counted.values())


def _expression(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """The attribution a verb makes together with a noun, a complement or a particle; None for every other word."""
    if word.tag[0] == "N":
        return _from_no_word(parse, word, language) or _from_nominal(parse, word, language)
    if word.tag[0] != "V" or word.dep in ("amod", "aux", "auxpass", "compound"):
        return None
    return (
        _from_noun(parse, word, language)
        or _from_naming(parse, word, language)
        or _from_leaving(parse, word, language)
        or _from_drawn(parse, word, language)
        or _from_blame(parse, word, language)
        or _from_belief(parse, word, language)
        or _from_terms(parse, word, language)
    )


def _made(
    parse: Parse, word: Word, act: Act, heads: list[Word], language: Language, note: str, **more: object
) -> told.Attribution | None:
    """An attribution of a verb and what hangs below it; without a subject nobody speaks."""
    chain = neither.governors(parse, word.i)
    passive = next(iter(parse.children(word.i, "nsubjpass")), None) if act is Act.NO_COMMENT else None
    subject = passive.i if passive is not None else told.subject_of(parse, chain)[0]  # "A would not be drawn on P"
    pieces = tuple(Piece((span,), h.i) for h in heads if (span := span_under(parse, h, word.i, language)) is not None)
    if subject is None or not pieces:
        return None
    return told.built(parse, word, chain, act, pieces, subject, language, note=note, **more)  # type: ignore[arg-type]


_LEADS_TO = frozenset({"for", "to", "on", "about", "of", "over", "as"})
_ANSWERS = frozenset({"answer", "comment", "reaction", "reply", "response", "word"})
_OF_SILENCE = frozenset({"on", "about", "over", "as"})  # "fell silent for an hour" keeps nothing back


def _below(parse: Parse, *hosts: Word, leads_to: Set[str] = _LEADS_TO) -> list[Word]:
    """What a preposition or clause below the verb or its noun leads to: for P, to P, that P, on P."""
    for host in hosts:
        clause = parse.children(host.i, "ccomp", "acl", "xcomp", "pcomp")
        if clause:
            return clause[:1]
    for host in hosts:
        for prep in parse.children(host.i, "prep", "dative"):
            if prep.lower in leads_to:
                further = [p.i for p in parse.children(prep.i, "prep")]  # "as to whether"
                inner = [c for n in (prep.i, *further) for c in parse.children(n, "pobj", "pcomp")]
                if inner:
                    return inner[:1]
    return []


def _from_noun(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    nouns = parse.children(word.i, "dobj", "intj", "ccomp", "attr")
    for verb, noun, act in language.expressions:
        if word.lemma != verb:
            continue
        named = next((n for n in nouns if noun in (n.lemma, n.lower)), None)
        if named is None:
            continue
        aside = next((p for p in parse.children(word.i, "prt", "advmod") if p.lower in ("aside", "off")), None)
        if verb in ("brush", "wave") and aside is None and not any(w.lower == "aside" for w in parse.words):
            continue
        if noun in ("yes", "no") and {"yes", "no"} <= {w.lower for w in parse.words if w.sentence == word.sentence}:
            return None  # "able to say neither yes nor no"
        given = [c for c in parse.children(word.i, "dative") if c.tag[0] == "N"]
        heads = _below(parse, named, word) or given or [named]
        return _made(parse, word, act, heads, language, f"{verb} {noun}")
    return None


# Verbs that, negated, say of their object that there is none.
_MAKING = frozenset(
    {"be", "contain", "get", "give", "have", "hear", "include", "issue", "make", "offer", "receive", "see", "send"}
)


def _from_nominal(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'Norland's denial that P', 'a demand by A for P', 'the refusal of A to V': an act told by its noun."""
    act = language.nominals.get(word.lemma)
    if act is None or any(c.lower in ("no", "any", "without") for c in parse.children(word.i, "det")):
        return None
    above = parse.words[word.head]
    if above.lower == "without" or (above.lemma in _MAKING and parse.children(above.i, "neg")):
        return None  # "did not issue a denial that P"; but a claim that "could not be verified" was made
    preps = parse.children(word.i, "prep", "agent")
    clauses = [c for c in parse.children(word.i, "acl", "ccomp", "relcl") if _carries(parse, c)]
    owner = next(iter(parse.children(word.i, "poss")), None)
    if owner is None:
        by = ("by", "from") if not clauses else ("by", "from", "of", "on")
        owner = next((c for p in preps if p.lower in by for c in parse.children(p.i, "pobj")), None)
    heads = clauses or [
        c
        for p in preps
        if p.lower in ("of", "for", "to", "on", "about", "against")
        for c in parse.children(p.i, "pobj", "pcomp")
        if owner is None or c.i != owner.i
    ]
    if owner is None or not heads or not (owner.tag in ("NNP", "NNPS", "PRP$") or _is_body(owner, language)):
        return None
    span = span_under(parse, heads[0], word.i, language)
    if span is None:
        return None
    pieces = (Piece((span,), heads[0].i),)
    return told.built(parse, word, [word.i], act, pieces, owner.i, language, note=word.lemma)


def _from_no_word(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'There was no immediate comment from A on P', 'no comment was available from A'."""
    above = parse.words[word.head]
    if (
        word.lemma not in _ANSWERS
        or above.lemma not in ("be", "come")
        or word.dep not in ("attr", "nsubj", "nsubjpass")
    ):
        return None
    if not any(c.lower == "no" for c in parse.children(word.i, "det")):
        return None
    hosts = [word, above, *parse.children(above.i, "acomp")]
    preps = [p for host in hosts for p in parse.children(host.i, "prep")]
    owner = next((c for p in preps if p.lower == "from" for c in parse.children(p.i, "pobj")), None)
    to = [c.lemma for p in preps if p.lower == "to" for c in parse.children(p.i, "pobj")]
    if owner is None or language.harm_nouns & {*to}:
        return None  # "no response from A to the shelling": nobody fired back, or nobody spoke
    heads = _below(parse, *hosts, leads_to=_OF_SILENCE | {"to"}) or _below(parse, owner, leads_to=_OF_SILENCE | {"to"})
    spans = [span for head in heads or [word] if (span := span_under(parse, head, above.i, language)) is not None]
    pieces = tuple(Piece((span,), None) for span in spans)
    return told.built(parse, word, [above.i], Act.NO_COMMENT, pieces, owner.i, language, note="no comment from")


def _carries(parse: Parse, clause: Word) -> bool:
    """'that P' or 'to V' behind a noun; "the demand it made" carries nothing."""
    return any(c.lower == "that" and c.dep == "mark" for c in parse.children(clause.i)) or any(
        c.tag == "TO" for c in parse.children(clause.i, "aux")
    )


def _is_body(word: Word, language: Language) -> bool:
    return word.lower in language.roles | language.organs or word.lower in ("side", "sides", "parties", "rebels")


def _from_naming(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'called the report a provocation', 'branded it "fairy tales"', 'was dismissed by A as invention'."""
    if word.lemma not in language.naming:
        return None
    things = parse.children(word.i, "dobj", "nsubjpass", "ccomp") or [
        w for w in parse.words[word.i + 1 : word.right + 1] if w.lemma in language.accusations and w.tag[0] == "N"
    ]
    words = parse.words[word.left : word.right + 1]
    false = [w for w in words if w.lower in language.falsehoods or w.lemma in language.falsehoods]
    if not false or not things:
        return None
    thing = things[0]
    if thing.dep == "ccomp":
        thing = next(iter(parse.children(thing.i, "nsubj")), thing)
    if thing.i in {w.i for w in false}:
        return None
    if false[-1].lower == "provocation" and thing.lemma not in language.accusations:
        return _made(parse, word, Act.ACCUSE, [thing], language, f"{word.lemma} {false[-1].lower}")
    return _made(parse, word, Act.DENY, [thing], language, f"{word.lemma} {false[-1].lower}")


def _from_leaving(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'withdrew from the agreement', 'signed off on the list', 'made its consent dependent on P'."""
    preps = parse.children(word.i, "prep")
    for lemma, lead, act, nouns in (
        ("withdraw", "from", Act.REJECT, language.breach_objects),
        ("walk", "from", Act.REJECT, language.breach_objects),
        ("sign", "on", Act.ACCEPT, None),
        ("sign", "to", Act.ACCEPT, None),
        ("insist", "on", Act.CALL_FOR, None),
        ("pull", "of", Act.REJECT, language.breach_objects),
        ("back", "of", Act.REJECT, language.breach_objects),
        ("balk", "at", Act.REJECT, None),
        ("bow", "to", Act.ACCEPT, None),
        ("own", "to", Act.ACKNOWLEDGE, None),
        ("admit", "to", Act.ACKNOWLEDGE, None),
        ("confess", "to", Act.ACKNOWLEDGE, None),
        ("refrain", "from", Act.NO_COMMENT, language.silence | {"commenting"}),
        ("object", "to", Act.REJECT, None),
        ("protest", "against", Act.REJECT, None),
        ("renege", "on", Act.REJECT, None),
        ("boast", "of", Act.ACKNOWLEDGE, None),
        ("boast", "about", Act.ACKNOWLEDGE, None),
        ("point", "to", Act.NO_COMMENT, frozenset({"statement", "remark", "communique"})),
        ("refer", "to", Act.NO_COMMENT, frozenset({"statement", "remark", "communique"})),
        ("apologise", "for", Act.ACKNOWLEDGE, None),
        ("apologize", "for", Act.ACKNOWLEDGE, None),
    ):
        if word.lemma != lemma:
            continue
        for prep in preps:
            for inner in parse.children(prep.i, "pobj", "pcomp"):
                if prep.lower == lead and (nouns is None or inner.lemma in nouns):
                    return _made(parse, word, act, [inner], language, lemma)
    return None


def _from_drawn(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'would not be drawn on P', 'refused to discuss P', 'was silent about P', 'kept silent'."""
    chain = neither.governors(parse, word.i)
    refused = len(neither.negations(parse, chain, language)) == 1
    if refused and word.lemma in ("draw", "discuss", "speak", "elaborate", "answer"):
        if word.lemma == "draw" and not parse.children(word.i, "auxpass", "nsubjpass"):
            return None
        heads = parse.children(word.i, "dobj") or _below(parse, word)
        return _made(parse, word, Act.NO_COMMENT, heads, language, f"not {word.lemma}")
    quiet = next(
        (c for c in parse.children(word.i, "acomp", "oprd") if c.lower in ("silent", "mum", "tight-lipped")), None
    )
    if quiet is not None and word.lemma in ("be", "keep", "remain", "stay", "fall"):
        heads = _below(parse, quiet, word, leads_to=_OF_SILENCE)  # "the guns are silent" keeps nothing back
        return _made(parse, word, Act.NO_COMMENT, heads, language, f"{word.lemma} {quiet.lower}")
    return None


def _from_blame(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'held A responsible for P'."""
    if word.lemma != "hold":
        return None
    below = parse.children(word.i, "oprd", "acomp", "ccomp", "xcomp")
    charged = next((c for c in below if c.lower in ("responsible", "liable", "accountable")), None)
    if charged is None:
        return None
    blamed = next(iter([*parse.children(word.i, "dobj"), *parse.children(charged.i, "nsubj")]), None)
    about = None if blamed is None else blamed.i
    return _made(parse, word, Act.ACCUSE, _below(parse, charged, word) or [charged], language, "hold", about=about)


def _from_count(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'counted 150 violations of P', 'has recorded 12 cases of shelling': whoever counts says how many there were."""
    if word.lemma not in COUNTING:
        return None
    if word.dep in ("acl", "relcl") or parse.children(word.i, "auxpass"):  # "violations recorded by A" are A's, unsaid
        return None
    for thing in parse.children(word.i, "dobj"):
        below = [thing, *(w for p in parse.children(thing.i, "prep") for w in parse.children(p.i, "pobj", "pcomp"))]
        words = {form for w in below for form in (w.lemma, w.lower)}
        if parse.children(thing.i, "nummod") and words & language.tally_nouns:
            return _made(parse, word, Act.REPORT, [thing], language, f"{word.lemma} N")
    return None


def _from_belief(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'is believed to have agreed to P', 'is said to': others say so, the subject has said nothing."""
    if word.tag != "VBN" or word.lemma not in ("believe", "think", "say", "understand", "report", "expect", "rumour"):
        return None
    inner = next(iter(parse.children(word.i, "xcomp")), None)
    subject = next(iter(parse.children(word.i, "nsubjpass", "nsubj")), None)
    if inner is None or subject is None or inner.lemma not in language.verbs or parse.children(word.i, "agent"):
        return None
    heads = _below(parse, inner) or parse.children(inner.i, "dobj") or [inner]
    return _made(parse, word, Act.VAGUE, heads, language, f"is {word.lower} to {inner.lemma}")


def _from_terms(parse: Parse, word: Word, language: Language) -> told.Attribution | None:
    """'A will sign only if P': terms that nobody is quoted with."""
    helpers = {c.lower for c in parse.children(word.i, "aux")}
    if word.lemma not in language.agreeing or not helpers & {"will", "would"} or word.dep != "ROOT":
        return None
    clauses = [c for c in parse.children(word.i, "advcl") if parse.children(c.i, "mark")]
    marks = {m.lower for c in clauses for m in parse.children(c.i, "mark")}
    if not marks & {"if", "unless", "until", "provided"} or not parse.children(word.i, "nsubj"):
        return None
    return _made(parse, word, Act.ACCEPT, clauses[:1], language, word.lemma)
