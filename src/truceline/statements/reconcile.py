"""Bring together what rules found and what the trained reader marked: one attribution for each cue.

    rules' Attributions + Marks --reconcile--> Attributions

Rules know speech acts, negations and frames; the reader knows extents, and cues no list holds. Where both
found a cue, the rule keeps the act; its extents stay while the reader nearly agrees, else its own are taken.
What only the reader found takes the act of its verb, under the same negations, and is of no known act where
no list holds the verb; "neither" is for the rules alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from truceline.statements import neither
from truceline.statements.attribution import Attribution, built
from truceline.statements.content import Piece, trim
from truceline.statements.features import quote_states
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import cue_of
from truceline.statements.statement import Span
from truceline.statements.tagger import Marked, Marks

AGREE_AT = 0.8
DOUBT_AT = 0.2
SURE_INSIDE = 0.55  # of a cue no rule knows inside what somebody said: there the outer statement holds it already
RULED_OUT_AT = 0.02
_OF_A_DAY = frozenset({"on", "in", "late", "early", "last", "this", ","})
_SAYING = frozenset({"say", "tell"})
# "Refuted claims that P": the claim is somebody else's, and the rule has it.
_ABOUT_CLAIMS = frozenset({Act.DENY, Act.REJECT, Act.ACCEPT, Act.CONFIRM, Act.NEITHER})
_PLEAS = frozenset({"request", "application", "petition", "plea", "appeal"})  # to deny one is to reject it
_QUESTIONS = frozenset({"ask", "inquire", "question", "wonder"})
_TELLING = frozenset("VNJR")  # tags begin so
_LIGHT = frozenset({"also", "be", "do", "even", "have", "just", "never", "not", "now", "only", "so", "still", "yet"})
_SIDING = frozenset({"against", "behind", "for", "per"})
# Their extents are the rules' own: a pair of verbs, words about silence, a phrase that points back.
_RULED = frozenset({Act.NEITHER, Act.NO_COMMENT, Act.OPEN, Act.VAGUE})


def reconcile(parse: Parse, ruled: Sequence[Attribution], marked: Marked, language: Language) -> list[Attribution]:
    """One list, in the order of cues."""
    inside, _ = quote_states(parse)
    marks = [_untorn(parse, replace(m, content=_content(parse, m, inside, language)), language) for m in marked.marks]
    by_word = {n: a for a in ruled for n in (a.verb, *_words(parse, a.cue))}
    verbs = {a.verb for a in ruled if a.act in _ABOUT_CLAIMS}
    cued = {n for mark in marks for n in mark.cue}
    unmarked = [a for a in ruled if a.verb not in cued and a.act is Act.ASSERT and _stands_alone(parse, a, marked)]
    done: set[int] = set()
    found: list[Attribution] = []
    for mark in marks:
        rule = next((by_word[n] for n in mark.cue if n in by_word), None)
        if rule is None:
            if any(_holds(parse, other, mark) for other in marks if other is not mark) or any(
                _tells(parse, piece.head, mark) for one in unmarked for piece in one.pieces
            ):
                continue
            made = _made(parse, mark, inside, language)
            if made is not None and not _claimed(parse.words[made.verb], verbs):
                found.append(made)
        elif id(rule) not in done:
            done.add(id(rule))
            others = {n for other in marks if other is not mark for n in (*other.content, *other.cue, *other.source)}
            if _speaks_inside(rule, mark, marks):
                mark = replace(mark, source=())
            twice = any(other.verb in mark.cue for other in ruled if other is not rule)
            found.append(rule if twice else _merged(parse, rule, mark, inside, others))
    found += [rule for rule in ruled if id(rule) not in done and _stands_alone(parse, rule, marked)]
    return sorted(found, key=lambda a: (a.cue, a.verb))


def _claimed(verb: Word, verbs: Collection[int]) -> bool:
    """Whether a cue is the claim a rule's verb denies or accepts: "denied reports"; not "A heard P; B denied Q"."""
    return verb.head in verbs and not (verb.dep in ("ccomp", "parataxis") and verb.i < verb.head)


def _holds(parse: Parse, outer: Marks, mark: Marks) -> bool:
    """Whether a cue no rule knows lies in another's words as their own predicate, or there and is hardly a cue."""
    if not set(mark.cue) <= set(outer.content):
        return False
    return mark.sure < min(SURE_INSIDE, outer.sure) or _tells(parse, _predicate(parse, outer.content), mark)


def _tells(parse: Parse, predicate: int | None, mark: Marks) -> bool:
    """Whether a cue is the predicate of what somebody said: "will lay down its weapons, the minister said"."""
    with_particle = {predicate, *(w.i for w in parse.words if w.dep == "prt" and w.head == predicate)}
    return bool(with_particle & set(mark.cue))


def _speaks_inside(rule: Attribution, mark: Marks, marks: Sequence[Marks]) -> bool:
    """Whether a rule knows the speaker among the words somebody said, and the reader took the one who said them.

    "Reuters reported that A rules out P and insists that Q": A insists, whoever reports it.
    """
    return any(
        rule.subject in outer.content and set(mark.source) & set(outer.source) for outer in marks if outer is not mark
    )


def _stands_alone(parse: Parse, rule: Attribution, marked: Marked) -> bool:
    """Whether a rule is kept that the reader does not follow; the less a rule can be mistaken, the longer.

    What is told inside somebody's words is kept: those who annotated the training data seldom looked there.
    """
    if rule.act in _RULED or rule.act is Act.DENY or rule.quoted:
        return True
    if rule.pieces and rule.subject is not None and rule.pieces[0].spans[-1][1] <= rule.cue[0][0]:
        return marked.chances[rule.verb] >= RULED_OUT_AT  # "P, the ministry emphasised": nothing but saying stands so
    told = rule.act in (Act.ASSERT, Act.REPORT) and parse.words[rule.verb].lemma not in _SAYING
    if (not told or rule.act is Act.REPORT) and any(
        rule.verb in mark.content and _leads(parse, rule, mark) for mark in marked.marks
    ):
        return True
    return marked.chances[rule.verb] >= (DOUBT_AT if told else RULED_OUT_AT)


def _leads(parse: Parse, rule: Attribution, mark: Marks) -> bool:
    """Whether a cue is the predicate of what was said, or stands beside it: "said that he denies P and rejects Q"."""
    said = set(mark.content)
    number = rule.top
    while parse.words[number].dep in ("conj", "xcomp", "acomp") and parse.words[number].head in said:
        number = parse.words[number].head
    return parse.words[number].head not in said


def _merged(parse: Parse, rule: Attribution, mark: Marks, inside: Sequence[int], others: set[int]) -> Attribution:
    told = {n for piece in rule.pieces for n in _words(parse, piece.spans)}
    said = set(_solid(parse, mark.content))
    elsewhere = rule.act is Act.VAGUE and told.isdisjoint(said)  # "Over the past year A has expressed interest in P"
    if (rule.act in _RULED and not elsewhere) or any(piece.anaphor for piece in rule.pieces):
        return rule
    if rule.quoted:
        said |= told - others  # quotations the rule gives to this verb and no other cue claims
    merged = rule
    if not _agree(told, said):
        quoted = all(inside[n] for n in said)
        merged = replace(
            merged, pieces=pieces_of(parse, sorted(said)), quoted=quoted, about=_still(rule.about, said, told)
        )
    if mark.source and not _agree(_words(parse, rule.source), _solid(parse, mark.source)):
        merged = replace(merged, source=spans_over(parse, mark.source), subject=_head(parse, mark.source))
    return replace(merged, cue=spans_over(parse, mark.cue))


def _only_asks(parse: Parse, mark: Marks, verb: Word, language: Language) -> bool:
    """A question nobody is named for, or whether somebody confirms or denies: no answer has been given."""
    if verb.lemma not in _QUESTIONS:
        return False
    if verb.tag == "VBN" and not parse.children(verb.i, "agent", "aux", "auxpass"):
        return True  # "Asked about P, A said": A was asked
    answers = language.confirming | language.denying
    return not mark.source or any(parse.words[n].lemma in answers for n in mark.content)


def _tells_something(words: Sequence[Word], cue: Sequence[int]) -> bool:
    """Whether a cue no rule knows has a word that can tell of saying or acting: "of", "is not" and "had" are scraps."""
    return any((words[n].tag[0] in _TELLING and words[n].lemma not in _LIGHT) or words[n].lower in _SIDING for n in cue)


def _content(parse: Parse, mark: Marks, inside: Sequence[int], language: Language) -> tuple[int, ...]:
    """Marked content mended: a quotation more than half marked is whole, and a day of saying is no part of it."""
    words = parse.words
    content = set(mark.content)
    for number in {inside[n] for n in content if inside[n]} - {inside[mark.cue[0]]}:
        stretch = [n for n, other in enumerate(inside) if other == number]
        held = set(mark.cue) | set(mark.source)
        if 2 * len(content.intersection(stretch)) > len(stretch) and not held.intersection(stretch):
            content.update(stretch)
    lead = sorted(content)
    if mark.cue[-1] < lead[0]:
        days = {*language.weekdays, *language.months, "yesterday", "today"}
        cut = 0
        while cut < min(4, len(lead)) and (words[lead[cut]].text in days or words[lead[cut]].lower in _OF_A_DAY):
            cut += 1
        if cut < len(lead) - 1 and any(words[n].text in days for n in lead[:cut]):
            content.difference_update(lead[:cut])
    return tuple(sorted(content))


def _untorn(parse: Parse, mark: Marks, language: Language) -> Marks:
    """A cue that ends in the "to" of its own yes or no is given the verb: "refused to accept | the proposal"."""
    after = mark.cue[-1] + 1
    if parse.words[mark.cue[-1]].tag != "TO" or mark.content[0] != after or len(mark.content) == 1:
        return mark
    if parse.words[after].lemma not in language.agreeing:
        return mark
    return replace(mark, cue=(*mark.cue, after), content=mark.content[1:])


def _still(about: int | None, content: Collection[int], before: Collection[int]) -> int | None:
    """Whom it is about, unless that word stood in the content and is no part of it now."""
    return about if about in content or about not in before else None


def _made(parse: Parse, mark: Marks, inside: Sequence[int], language: Language) -> Attribution | None:
    pieces = pieces_of(parse, mark.content)
    cue = spans_over(parse, mark.cue)
    words = parse.words
    verbs = [n for n in mark.cue if words[n].tag[0] == "V" and words[n].dep not in ("aux", "auxpass")]
    verb = words[(verbs or list(mark.cue))[-1]]
    if not pieces or not cue or _only_asks(parse, mark, verb, language) or not _tells_something(words, mark.cue):
        return None
    asked = {words[n].lemma for n in mark.content if words[n].dep in ("dobj", "nsubjpass")}
    if verb.lemma in language.denying and asked & (language.access_nouns - _PLEAS):
        return None  # to deny somebody access is no statement
    known = language.verbs.get(cue_of(parse, verb, language) or verb.lemma)
    act = known.act if known is not None else Act.OTHER
    if act is Act.CALL_FOR and verb.lemma in _QUESTIONS:
        act = Act.OTHER  # a question between marks asks for nothing to be done
    if act is Act.REFUSE:
        heads = {parse.words[p.head].lemma for p in pieces if p.head is not None}
        act = Act.NO_COMMENT if heads & language.silence else Act.REJECT
    if verb.lower in ("according", "per"):
        act = Act.ASSERT
    made = built(
        parse,
        verb,
        neither.governors(parse, verb.i),
        act,
        pieces,
        _head(parse, mark.source) if mark.source else None,
        language,
        quoted=all(inside[n] for n in _solid(parse, mark.content)),
        note=verb.lemma,
    )
    return replace(made, cue=cue, source=spans_over(parse, mark.source), pieces=pieces)


def pieces_of(parse: Parse, content: Sequence[int]) -> tuple[Piece, ...]:
    """Marked words as pieces, one for each sentence: positions change from one sentence to the next."""
    pieces = []
    by_sentence: dict[int, list[int]] = {}
    for n in content:
        by_sentence.setdefault(parse.words[n].sentence, []).append(n)
    for numbers in by_sentence.values():
        spans = spans_over(parse, numbers)
        if spans:
            pieces.append(Piece(spans, _predicate(parse, numbers)))
    return tuple(pieces)


def spans_over(parse: Parse, numbers: Sequence[int]) -> tuple[Span, ...]:
    """Runs of marked words as spans, edges without punctuation; a run of marks alone is none."""
    spans: list[Span | None] = []
    run: list[int] = []
    solid = set(_solid(parse, numbers))
    for n in sorted(numbers):
        gap = range(run[-1] + 1, n) if run else range(0)
        if run and any(_is_solid(parse, k) for k in gap):
            spans.append(trim([parse.words[k] for k in range(run[0], run[-1] + 1)]))
            run = []
        run.append(n)
    if run:
        spans.append(trim([parse.words[k] for k in range(run[0], run[-1] + 1)]))
    return tuple(span for span in spans if span is not None) if solid else ()


def _predicate(parse: Parse, numbers: Sequence[int]) -> int | None:
    inside = set(numbers)
    tops = [parse.words[n] for n in _solid(parse, numbers)]
    tops = [w for w in tops if w.head == w.i or w.head not in inside]
    verbs = [w for w in tops if w.tag[0] == "V" or w.tag == "MD"] or tops
    return max(verbs, key=lambda w: (w.right - w.left, -w.i)).i if verbs else None


def _head(parse: Parse, numbers: Sequence[int]) -> int | None:
    inside = set(numbers)
    tops = [n for n in _solid(parse, numbers) if parse.words[n].head not in inside or parse.words[n].head == n]
    nouns = [n for n in tops if parse.words[n].tag[0] == "N" or parse.words[n].tag == "PRP"]
    return next(iter(nouns or tops), None)


def _words(parse: Parse, spans: Iterable[Span]) -> set[int]:
    """Word numbers that spans touch, punctuation left out."""
    ranges = list(spans)
    return {w.i for w in parse.words if any(a < w.end and w.start < b for a, b in ranges) and _is_solid(parse, w.i)}


def _is_solid(parse: Parse, n: int) -> bool:
    return any(letter.isalnum() for letter in parse.words[n].text)


def _solid(parse: Parse, numbers: Iterable[int]) -> list[int]:
    return [n for n in numbers if _is_solid(parse, n)]


def _agree(one: Collection[int], other: Collection[int]) -> bool:
    both = len(set(one) & set(other))
    return both >= AGREE_AT * len(set(one) | set(other))
