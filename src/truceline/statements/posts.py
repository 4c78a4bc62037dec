"""Layouts in which the speaker stands before or behind a mark and no verb says so: posts, transcripts, minutes.

    "General Staff of A: no strikes were carried out."   "MS SORG: Next question."   “We held.” — Ivan Pell
    --posts--> Attributions

The mark is the cue. A label counts only where it names a party, an office or, in capitals, a person: other
words before a colon are words. Start at `posts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.statements.attribution import Attribution
from truceline.statements.content import sentences_of
from truceline.statements.directory import Directory
from truceline.statements.introductions import TITLE
from truceline.statements.languages.language import Act, Language
from truceline.statements.parser import Parse
from truceline.statements.quotes import QUOTE_MARKS

MAX_LABEL_CHARS = 80
_ANSWERS = frozenset({"A", "ANSWER"})
# "MR ORESK:", "THE SPOKESMAN:", and the questioner, whose words are nobody's position.
_TURN = re.compile(
    r"(?:(?<=[.?!]\s)|(?<=[.?!][\"”]\s)|^)(?P<label>Q(?:UESTION)?\b:?|A(?:NSWER)?(?=:)|(?:(?:MR|MS|MRS|DR|GEN|COL|THE)\.?\s)?[A-Z][A-Z’'\-]{2,}(?:\s[A-Z’'\-]{3,})*):?(?<=[:Q])\s"
)
# As the minutes of the Security Council and of many commissions name who speaks: "Mr. Pell (Norland): We refuse."
_DELEGATE = re.compile(TITLE + r"[^\W\d_][^():;.!?\n]{0,40}\s\([^\W\d_]")
_UNDERSIGNED = re.compile(r"(?<=[.!?…”\"])\s+(?P<mark>[–—-]{1,2})\s*(?P<label>[^.!?:;,\n–—]{2,60})$")
_LABEL = re.compile(
    rf"[^\w\"“«„]*(?:Official\s*:\s*)?(?P<label>(?:{TITLE})?[^.!?:;\n]{{2,80}}?)\s*(?P<mark>:|\s[–—-])\s+"
)
# “We held the road.” — Ivan Pell, mayor of Ostrel
_SIGNATURE = re.compile(r"[”\"»]\s*(?P<mark>[―—–]|--?)\s*(?P<label>[^\W\d_][^\"“”«»!?:;\n]{1,78}?)[\s.]*")
_LEAST_SIGNED = 3  # words


@dataclass(frozen=True)
class _Turn:
    start: int
    end: int
    mark: int
    past: int


def posts(
    text: str,
    start: int,
    end: int,
    parse: Parse,
    known: list[Attribution],
    directory: Directory,
    language: Language,
    *,
    headline: bool = False,
) -> list[Attribution]:
    """One attribution for each label that speaks, in the order of the text; in a headline any name may be one."""
    found = []
    signed = _signed(text, start, end, parse, known)
    turns = (
        _turns(text, start, end)
        or _leading(text, start, end, parse, directory, language, headline=headline)
        or ([] if signed else _undersigned(text, start, end, directory, language))
    )
    for number, turn in enumerate(turns):
        label = text[turn.start : turn.end]
        if label in ("Q", "QUESTION"):
            continue
        past = turns[number + 1].start if number + 1 < len(turns) else end
        first = turn.past
        if turn.past < turn.start:  # signed: the words stand before the name
            past = turn.mark
        while first < past and text[first] in QUOTE_MARKS + " ":
            first += 1
        # A verb of saying right behind the mark speaks for itself.
        if any(turn.past <= a.cue[0][0] < turn.past + 1 for a in known):
            continue
        pieces = sentences_of(parse, first, past)
        named = label.index("(") if _DELEGATE.match(label) else len(label)
        subject = next((w for w in reversed(parse.words) if turn.start <= w.start < turn.start + named), None)
        if not pieces or subject is None:
            continue
        verb = next(w for w in parse.words if w.start >= turn.mark or w.end > turn.mark)
        if known and turn.past < turn.start and any(p.covers(first) for a in known for p in a.pieces):
            continue
        found.append(
            Attribution(
                act=Act.ASSERT,
                verb=verb.i,
                top=verb.i,
                cue=((turn.mark, turn.mark + 1),),
                source=((turn.start, turn.end),),
                subject=None if label in _ANSWERS else subject.i,
                pieces=pieces,
                quoted=True,
                note="label",
            )
        )
    return found + signed


def _signed(text: str, start: int, end: int, parse: Parse, known: list[Attribution]) -> list[Attribution]:
    """A paragraph that is one quotation with a name behind a dash."""
    last = max(text.rfind(mark, start, end) for mark in '”"»')
    signature = _SIGNATURE.fullmatch(text, last, end) if last > start and text[start] in QUOTE_MARKS + "”" else None
    if signature is None or len(text[start:last].split()) < _LEAST_SIGNED:
        return []
    a, b = signature.span("label")
    named = [w for w in parse.words if a <= w.start and w.end <= b]
    name = next((n for n, w in enumerate(named) if w.text in (",", "(")), len(named))
    verbs = any(w.tag[0] == "V" for w in named[:name])
    if not named or name > 6 or not named[0].text[0].isupper() or verbs:
        return []
    gaps = _between(text, start + 1, last)
    if any(x < b and a < y for other in known for x, y in other.source) or any(
        first <= cue[0] < past for other in known for cue in other.cue for first, past in gaps
    ):
        return []  # another cue has the name or a part: "P" - A said; "P," said A. "Q" - B
    mark = next(w for w in parse.words if w.end > signature.start("mark"))
    return [
        Attribution(
            act=Act.ASSERT,
            verb=mark.i,
            top=mark.i,
            cue=(signature.span("mark"),),
            source=((a, b),),
            subject=named[max(0, name - 1)].i,
            pieces=sentences_of(parse, start + 1, last),
            quoted=True,
            note="signature",
        )
    ]


def _between(text: str, start: int, past: int) -> list[tuple[int, int]]:
    """Stretches that stand outside quotations between a first opening mark and a last closing one."""
    gaps: list[tuple[int, int]] = []
    deep, closed = 1, start
    for at in range(start, past):
        letter = text[at]
        opens = letter in "“«" or (letter == '"' and deep == 0)
        closes = letter in "”»" or (letter == '"' and deep > 0)
        if opens:
            if deep == 0:
                gaps.append((closed, at))
            deep += 1
        elif closes and deep > 0:
            deep, closed = deep - 1, at + 1
    return gaps


def question_before(text: str, start: int, end: int) -> str:
    """What a questioner asks in a transcript, empty where nobody does."""
    found = re.search(r"(?:^|\s)Q(?:UESTION)?:?\s+([^?]{3,300}\?)", text[start:end])
    return found[1] if found is not None else ""


def _turns(text: str, start: int, end: int) -> list[_Turn]:
    turns = []
    for match in _TURN.finditer(text[start:end]):
        label = match["label"].rstrip(":")
        begin = start + match.start("label")
        mark = begin + len(label)
        turns.append(_Turn(begin, mark, mark if text[mark] == ":" else begin, start + match.end()))
    return turns if any(text[t.start : t.end] not in ("Q", "QUESTION") for t in turns) else []


def _undersigned(text: str, start: int, end: int, directory: Directory, language: Language) -> list[_Turn]:
    """'Not one shell was ours. – General Staff of A': a post signed at its end."""
    match = _UNDERSIGNED.search(text, max(start, end - MAX_LABEL_CHARS), end)
    if match is None:
        return []
    label = match["label"]
    words = [w.casefold() for w in re.findall(r"[\w’'-]+", label)]
    if not directory.find(label, 0, len(label)) and not any(w in language.roles | language.organs for w in words):
        return []
    return [_Turn(match.start("label"), match.end("label"), match.start("mark"), start)]


def _leading(
    text: str, start: int, end: int, parse: Parse, directory: Directory, language: Language, *, headline: bool
) -> list[_Turn]:
    match = _LABEL.match(text[start : min(end, start + MAX_LABEL_CHARS + 40)])
    if match is None:
        return []
    label = match["label"]
    names = directory.find(label, 0, len(label))
    words = [w.casefold() for w in re.findall(r"[\w’'-]+", label)]
    offices = [w for w in words if w in language.roles | language.organs]
    inside = [w for w in parse.words if start <= w.start < start + match.end("label")]
    verbs = [w for w in inside if w.lemma in language.verbs and w.tag[0] == "V" and w.lower not in language.roles]
    if verbs or len(words) > 10 or not words or words[0] in language.layout:
        return []
    delegate = bool(names) and _DELEGATE.match(label) is not None
    speaks = bool(offices) or words[-1] in language.bodies or (bool(names) and len(words) == 1) or delegate
    if not speaks and not (headline and label[0].isupper() and not any(c.isdigit() for c in label)):
        return []
    a, b = start + match.start("label"), start + match.end("label")
    return [_Turn(a, b, start + match.start("mark") + len(match["mark"]) - 1, start + match.end())]
