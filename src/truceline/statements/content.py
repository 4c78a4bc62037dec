"""What hangs on a cue: clauses, quoted sentences, objects, and where each begins and ends.

    Parse + cue + frames --content_of--> Pieces, spans into the raw text

Trees fail in known ways: a day of saying is hung into the content ("said on Monday it could ..."), what
only follows is swallowed (", adding that ..."), a clause is lost ("insists that A abandon P"). Each has its
rule here, so that a span holds what was said and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from truceline.statements.languages.language import Act, Frame, Language
from truceline.statements.parser import Parse, Word
from truceline.statements.statement import Span

SUBJECTS = ("nsubj", "nsubjpass")
MAX_CLAUSES = 8
_PARTING = frozenset(";:")
_EDGE = frozenset(",.;:!?\"“”«»„'‘’`-–—…()[]")


@dataclass(frozen=True)
class Piece:
    """One clause or sentence of what was said. `head` is its predicate, None where it has no words."""

    spans: tuple[Span, ...]
    head: int | None
    anaphor: bool = False

    def covers(self, at: int) -> bool:
        """Whether an offset lies in it."""
        return any(start <= at < end for start, end in self.spans)

    @property
    def length(self) -> int:
        """Characters it covers."""
        return sum(end - start for start, end in self.spans)


def sentences_of(parse: Parse, start: int, end: int) -> tuple[Piece, ...]:
    """The sentences of a stretch, each as a piece of its own: positions change from one to the next."""
    pieces = []
    for begin, past in parse.sentences:
        inside = [w for w in parse.words[begin:past] if w.start >= start and w.end <= end]
        span = trim(inside)
        if span is None:
            continue
        numbers = {w.i for w in inside}
        tops = [w for w in inside if (w.head == w.i or w.head not in numbers) and w.lower not in _EDGE]
        verbs = [w for w in tops if w.tag[0] == "V" or w.tag == "MD"] or tops
        head = max(verbs, key=lambda w: (w.right - w.left, -w.i)).i if verbs else None
        pieces.append(Piece((span,), head))
    return tuple(pieces)


def clauses_of(parse: Parse, piece: Piece) -> tuple[Piece, ...]:
    """The clauses of a piece that stand side by side: "P and that Q", "P; Q". One where there are no others."""
    said = [parse.words[n] for n in sorted(parse.within(piece.spans))]
    parts = [part for stretch in _between_marks(parse, said) for part in _coordinated(parse, stretch)]
    if not 1 < len(parts) <= MAX_CLAUSES:
        return (piece,)
    found = []
    for head, words in parts:
        while words and (words[-1].lower in _EDGE or words[-1].dep == "cc"):
            words = words[:-1]
        spans = [(max(a, words[0].start), min(b, words[-1].end)) for a, b in piece.spans] if words else []
        found.append(Piece(tuple((a, b) for a, b in spans if a < b), head.i))
    return tuple(found) if all(part.spans for part in found) else (piece,)


def _between_marks(parse: Parse, words: list[Word]) -> list[list[Word]]:
    """Stretches between semicolons and colons, where each holds a predicate with its subject; else all as one."""
    stretches: list[list[Word]] = [[]]
    for word in words:
        stretches[-1].append(word)
        if word.text in _PARTING:
            stretches.append([])
    stretches = [stretch for stretch in stretches if stretch]
    whole = all(any(_whole(parse, w) and w.tag[0] == "V" for w in stretch) for stretch in stretches)
    return stretches if whole else [words]


def _coordinated(parse: Parse, words: list[Word]) -> list[tuple[Word, list[Word]]]:
    """Predicates of a stretch that stand side by side, each with its words."""
    inside = {w.i for w in words}
    tops = [w for w in words if (w.head == w.i or w.head not in inside) and w.lower not in _EDGE]
    verbs = [w for w in tops if w.tag[0] == "V" or w.tag == "MD"] or tops
    if not verbs:
        return []
    heads = [max(verbs, key=lambda w: (w.right - w.left, -w.i))]
    for word in heads:
        heads += [c for c in parse.children(word.i, "conj") if c.i in inside and _whole(parse, c) and _joined(parse, c)]
    if min(word.i for word in heads) != heads[0].i:
        return [(heads[0], words)]
    heads.sort(key=lambda word: word.i)
    cuts = [words[0].i, *(_start(parse, head) for head in heads[1:]), words[-1].i + 1]
    return [
        (head, [w for w in words if start <= w.i < past])
        for head, start, past in zip(heads, cuts, cuts[1:], strict=False)
    ]


def _whole(parse: Parse, clause: Word) -> bool:
    """Whether a coordinated predicate has a subject before it, or a modal: it may be another act in another time."""
    before = [c for c in parse.children(clause.i, *SUBJECTS, "expl", "aux") if c.i < clause.i]
    first = parse.words[_start(parse, clause)]
    hangs = first.head == clause.i and first.dep == "mark" and first.lower != "that"  # "if A fires"
    return not hangs and any(c.dep != "aux" or c.tag == "MD" for c in before)


def _start(parse: Parse, clause: Word) -> int:
    """The first word of a clause; a "that" before it is its own wherever the tree hangs it."""
    return clause.left - (clause.left > 0 and parse.words[clause.left - 1].lower == "that")


def _joined(parse: Parse, clause: Word) -> bool:
    """Whether "and", "but" or a comma stands before it: the tree has not parted a subject from its verb."""
    start = _start(parse, clause)
    before = parse.words[start - 1] if start else None
    return before is not None and (before.dep == "cc" or before.text in _PARTING | {",", "–", "—"})


def content_of(
    parse: Parse, word: Word, frames: frozenset[Frame], act: Act, language: Language
) -> tuple[tuple[Piece, ...], int | None]:
    """What hangs on a verb by its frames, and the one it is about where the frame names one."""
    heads: list[Word] = []
    about: int | None = None
    if Frame.CLAUSE in frames:
        heads = [c for c in parse.children(word.i, "ccomp") if c.i != word.i and not _parted(parse, c, word)]
        if not heads:
            heads = _in_a_statement(parse, word)
        if not heads and (host := _host(parse, word)) is not None:
            return host, None
        if not heads and (loose := _loose_that(parse, word, language)) is not None:
            return loose, None
    if not heads and Frame.OF in frames:
        blamed = next(iter([*parse.children(word.i, "dobj"), *parse.children(word.i, "nsubjpass")]), None)
        for prep in parse.children(word.i, "prep", "agent"):
            if prep.lower in ("of", "for") and blamed is not None:
                heads = parse.children(prep.i, "pcomp", "pobj")
                about = blamed.i
    if not heads and Frame.GERUND in frames:
        heads = [c for c in parse.children(word.i, "xcomp", "ccomp", "pcomp", "dobj") if c.tag == "VBG"]
    if not heads and Frame.INFINITIVE in frames:
        heads = [c for c in parse.children(word.i, "xcomp", "ccomp") if c.i > word.i and _infinitive(parse, c)]
        about = next((c.i for c in parse.children(word.i, "dobj")), None)
        about = about or next((c.i for h in heads for c in parse.children(h.i, *SUBJECTS)), None)
        on = next((p for p in parse.children(word.i, "prep") if p.lower in ("on", "to")), None)
        if about is None and on is not None and heads:
            about = next((c.i for c in parse.children(on.i, "pobj")), None)
    if not heads and Frame.FOR in frames:
        heads = [
            c
            for p in parse.children(word.i, "prep")
            if p.lower in ("for", "to", "on", "with") and p.i > word.i
            for c in parse.children(p.i, "pobj", "pcomp")
        ]
    if not heads and Frame.OBJECT in frames:
        heads = [
            c for c in parse.children(word.i, "dobj", "nsubjpass") if c.lower not in ("that", "which", "who", "what")
        ]
        if not heads:  # "voted down the text", where the tree takes the particle for a preposition
            heads = [
                c
                for p in parse.children(word.i, "prep")
                if p.lower in ("down", "out")
                for c in parse.children(p.i, "pobj")
            ]
        by_somebody = word.dep == "acl" and word.tag == "VBN" and parse.children(word.i, "agent")
        if not heads and (word.dep == "relcl" or by_somebody):
            return _antecedent(parse, word, language), None  # "terms proposed by A"
    if not heads and Frame.OBJECT in frames and (word.dep == "relcl" or _two_subjects(parse, word, language)):
        return _antecedent(parse, word, language), None
    if not heads and (joint := next(iter(parse.children(word.i, "conj")), None)) is not None and joint.tag == word.tag:
        shared = {Frame.CLAUSE: ("ccomp",), Frame.OBJECT: ("dobj", "nsubjpass"), Frame.GERUND: ("xcomp",)}
        heads = [c for frame, deps in shared.items() if frame in frames for c in parse.children(joint.i, *deps)][:1]
        heads = [
            h for h in heads if h.i > joint.i
        ]  # "has disavowed and punished P": the object stands behind the second
    pieces = []
    for head in heads:
        first = parse.words[about] if about is not None and act is Act.CALL_FOR and word.i < about < head.i else None
        span = span_under(parse, head, word.i, language, first=first)
        if span is not None:
            pieces.append(Piece((span,), head.i))
    return tuple(pieces), about


def _parted(parse: Parse, clause: Word, verb: Word) -> bool:
    """'P; A denied Q': what stands before a semicolon is no part of what A denied."""
    return any(w.text == ";" for w in parse.words[clause.right + 1 : verb.i])


def _infinitive(parse: Parse, word: Word) -> bool:
    return word.tag == "VB" or any(c.tag == "TO" for c in parse.children(word.i, "aux")) or word.tag[0] != "V"


def _in_a_statement(parse: Parse, word: Word) -> list[Word]:
    """'said in a statement that P' where the tree hangs P under the statement."""
    return [
        clause
        for prep in parse.children(word.i, "prep")
        for noun in parse.children(prep.i, "pobj")
        for clause in parse.children(noun.i, "acl", "ccomp", "relcl", "advcl")
        if any(mark.lower == "that" for mark in parse.children(clause.i, "mark"))
    ]


def _host(parse: Parse, word: Word) -> tuple[Piece, ...] | None:
    """'P, X said' where the tree hangs X said under P."""
    if word.dep != "parataxis" or word.head == word.i:
        return None
    numbers = [n for n in parse.subtree(word.head) if not word.left <= n <= word.right]
    spans = tuple(s for run in runs(numbers) if (s := trim([parse.words[n] for n in run])) is not None)
    return (Piece(spans, word.head),) if spans else None


def _loose_that(parse: Parse, word: Word, language: Language) -> tuple[Piece, ...] | None:
    """'insists that A abandon P' where the tree lost the clause: from "that" to the end of what hangs on the verb."""
    that = next((w for w in parse.words[word.i + 1 : word.i + 3] if w.lower == "that" and w.tag in ("IN", "DT")), None)
    right = max((c.right for c in parse.children(word.i, "dobj", "xcomp", "attr", "advcl")), default=0)
    if that is None or right <= that.i + 1:
        return None
    inside = parse.words[that.i : right + 1]
    span = trim(list(inside))
    verb = next((w.i for w in inside if w.tag in ("VB", "VBZ", "VBP", "VBD", "MD")), None)
    return (Piece((span,), verb),) if span and verb is not None else None


def _two_subjects(parse: Parse, word: Word, language: Language) -> bool:
    """'P, a demand A has rejected' where the tree gives the verb both nouns for subjects."""
    subjects = parse.children(word.i, *SUBJECTS)
    return len(subjects) > 1 and subjects[0].lemma in language.anaphors


def _antecedent(parse: Parse, word: Word, language: Language) -> tuple[Piece, ...]:
    """'P, a position A has rejected': the noun only points back, so what it points to comes first."""
    doubled = parse.children(word.i, *SUBJECTS)
    noun = doubled[0] if len(doubled) > 1 else parse.words[word.head]
    own = trim([parse.words[n] for n in range(noun.left, noun.i + 1 if len(doubled) > 1 else word.left)])
    if own is None:
        return ()
    if noun.lemma not in language.anaphors or not noun.left or parse.words[noun.left - 1].lower != ",":
        return (Piece((own,), noun.i),)
    above = [*parse.children(word.i, "ccomp"), *parse.ancestors(noun.i)]
    verb = next((a for a in above if a.tag[0] == "V" and a.i < noun.i), None)
    clause = next((c for c in parse.children(verb.i, "ccomp") if c.i < noun.i), verb) if verb else None
    if clause is None:
        return (Piece((own,), noun.i),)
    back = trim([parse.words[n] for n in range(clause.left, min(clause.right, noun.left - 1) + 1)])
    spans = (back, own) if back is not None and back[1] <= own[0] else (own,)
    return (Piece(spans, clause.i, anaphor=True),)


def noun_content(parse: Parse, word: Word, language: Language) -> tuple[Act, tuple[Piece, ...], str] | None:
    """'reiterating his belief that P'."""
    for noun in parse.children(word.i, "dobj"):
        act = language.nouns.get(noun.lemma)
        clause = next(iter(parse.children(noun.i, "acl", "ccomp", "relcl")), None)
        if act is None or clause is None or not any(c.lower == "that" for c in parse.children(clause.i)):
            continue
        span = span_under(parse, clause, noun.i, language)
        if span is not None:
            return act, (Piece((span,), clause.i),), f"{word.lemma} {noun.lemma}"
    return None


def span_under(parse: Parse, head: Word, cue: int, language: Language, *, first: Word | None = None) -> Span | None:
    """The words under a head, without the cue's own words, a day that belongs to the cue, and what only follows."""
    left, right = head.left if first is None else min(first.left, head.left), head.right
    if left <= cue < head.i:
        left = cue + 1
    if head.i < cue <= right:
        right = parse.words[cue].left - 1 if parse.words[cue].left > head.i else cue - 1
        subjects = parse.children(cue, *SUBJECTS)
        right = min([right, *(s.left - 1 for s in subjects if s.left > head.i)])
    right = _cut_right(parse, head, right, language)
    if left > cue:
        left = _after_day(parse, head, left, language)
    while (right > head.i and parse.words[right].tag == "CC") or (
        parse.words[right].lower in _EDGE - {")"} and right > left
    ):
        right -= 1
    return trim(list(parse.words[left : right + 1]))


def _cut_right(parse: Parse, head: Word, right: int, language: Language) -> int:
    """', adding that Q', ', noting Q' and ', a position A has rejected' belong to whoever tells it."""
    for word in parse.words[head.i + 1 : right + 1]:
        if parse.words[word.left - 1].lower != "," or word.left <= head.i:
            continue
        if word.dep == "conj" and word.lemma in language.silence and parse.children(word.i, "neg"):
            return word.left - 2 if word.left < word.i else word.i - 3  # ", and did not elaborate"
        if (
            word.dep in ("advcl", "conj")
            and word.tag == "VBG"
            and (word.lemma in language.verbs or word.lemma == "refer")
        ):
            return word.left - 2
        if word.lemma in language.anaphors and parse.children(word.i, "relcl"):
            return word.left - 2
    return right


def _after_day(parse: Parse, head: Word, left: int, language: Language) -> int:
    """'said on Monday it could …': the day is the day of saying. Returns where the content begins."""
    subject = next(iter(parse.children(head.i, "nsubj", "nsubjpass", "expl")), None)
    if subject is None or subject.left <= left or any(w.lower == "that" for w in parse.words[left : subject.left]):
        return left
    lead = parse.words[left : subject.left]
    names = {*language.weekdays, *language.months, "yesterday", "today"}
    if lead and lead[0].lower in ("on", "in", "yesterday", "late", "early") and any(w.text in names for w in lead):
        return subject.left
    return subject.left if lead and lead[0].text in names else left


def noun_span(parse: Parse, number: int) -> tuple[Span, ...]:
    """A noun phrase without relative clauses and what a comma sets apart."""
    word = parse.words[number]
    right = word.right
    for child in parse.children(number, "relcl", "appos", "acl", "advcl", "punct", "conj", "cc"):
        if child.i > number and (child.dep not in ("conj", "cc")):
            right = min(right, child.left - 1)
    span = trim(list(parse.words[word.left : max(right, number) + 1]))
    return (span,) if span is not None else ()


def runs(numbers: Iterable[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def spans_of(parse: Parse, numbers: Iterable[int]) -> tuple[Span, ...]:
    """Neighbouring words as one span each; a "to" between two of them belongs to them."""
    known = set(numbers)
    numbers = known | {n + 1 for n in known if n + 2 in known and parse.words[n + 1].tag == "TO"}
    return tuple((parse.words[run[0]].start, parse.words[run[-1]].end) for run in runs(numbers))


def trim(words: list[Word]) -> Span | None:
    while words and (words[0].lower in _EDGE or not words[0].text.strip()):
        words = words[1:]
    while words and (words[-1].lower in _EDGE - {")"} or words[-1].text == "..." or not words[-1].text.strip()):
        words = words[:-1]
    return (words[0].start, words[-1].end) if words else None
