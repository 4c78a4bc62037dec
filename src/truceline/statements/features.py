"""How the words of a paragraph stand to one another, for the learned reader: quotations, branches, distances.

    Parse --Sheet--> the quotation each word stands in; from one cue, the branch and the side of every other word

Nothing here looks outside the paragraph; of its letters only marks and capitals count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from truceline.statements.parser import Parse, Word
from truceline.statements.quotes import is_a_paragraph_of_its

_OPENING = frozenset({"“", "«", "„", "``", "‘", "`"})
_CLOSING = frozenset({"”", "»", "''", "’"})
_EITHER = frozenset({'"', "'", "''"})
_LONE = frozenset({"'", "’", "‘", "`"})
_BEFORE, _AFTER = 2, 6
MAX_WINDOW = 400


def quote_states(parse: Parse) -> tuple[list[int], list[str]]:
    """For every word the number of the quotation it stands in (0 for none), and its own mark: "(", ")" or "".

    Marks without a partner count for nothing, except one that opens with a capital at the end, or again behind the end
    of a sentence: that quotation runs on.
    """
    words = parse.words
    inside = [0] * len(words)
    mark = [""] * len(words)
    number, opened, by = 0, -1, ""
    for i, word in enumerate(words):
        text = word.text
        if text not in _OPENING and text not in _CLOSING and text not in _EITHER:
            continue
        glued = i > 0 and words[i - 1].end == word.start
        tight = i + 1 < len(words) and words[i + 1].start == word.end
        lone = text in _LONE
        if lone and word.tag == "POS":
            continue
        opens = text in _OPENING or (text in _EITHER and tight and not glued)
        opens = opens and not (text == "“" and by == "„" and opened >= 0)
        if text in _EITHER and tight == glued and not lone:
            opens = opened < 0
        if opened < 0 or (opens and lone == (by in _LONE)):
            if opens and (not lone or tight):
                if 0 <= opened < i - 1 and not lone and _is_a_paragraph(words, opened + 1, i):
                    number += 1  # opened again, as a new paragraph of the same words is
                    mark[opened] = "("
                    for k in range(opened + 1, i):
                        inside[k] = number
                opened, by = i, text
        elif lone == (by in _LONE):
            number += 1
            mark[opened], mark[i] = "(", ")"
            for k in range(opened + 1, i):
                inside[k] = number
            opened = -1
    if 0 <= opened < len(words) - 1 and by not in _LONE and words[opened + 1].text[0].isupper():
        number += 1
        mark[opened] = "("
        for k in range(opened + 1, len(words)):
            inside[k] = number
    return inside, mark


def _is_a_paragraph(words: Sequence[Word], begin: int, past: int) -> bool:
    """Whether the words between two opening marks are one; an abbreviation's mark is part of its word here."""
    last = words[past - 1]
    ends = not any(letter.isalpha() for letter in last.text)
    return ends and is_a_paragraph_of_its(" ".join(word.text for word in words[begin:past]))


def _bucket(n: int) -> str:
    size = abs(n)
    step = size if size <= 3 else 4 if size <= 5 else 6 if size <= 8 else 9 if size <= 15 else 16 if size <= 30 else 31
    return f"{'-' if n < 0 else ''}{step}"


@dataclass
class Sheet:
    """A parsed paragraph with its quotations: of each word the number of its own, 0 for none, and its state.

    `state` is "(" and ")" for the marks of a quotation, "q" inside one and "o" outside.
    """

    parse: Parse
    inside: list[int] = field(init=False)
    state: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.inside, mark = quote_states(self.parse)
        self.state = [own or ("q" if quoted else "o") for own, quoted in zip(mark, self.inside, strict=True)]

    def window(self, cue: Sequence[int]) -> range:
        """The words a cue's source and content are looked for in: some sentences, and whole quotations there."""
        sentences = self.parse.sentences
        here = self.parse.words[cue[0]].sentence
        first = sentences[max(0, here - _BEFORE)][0]
        last = min(len(sentences) - 1, here + _AFTER)
        past = sentences[last][1]
        own, own_past = sentences[here]
        first = max(first, own - MAX_WINDOW // 2)
        return range(first, min(past, max(own_past, own + MAX_WINDOW)))

    def seen_from(self, cue: Sequence[int], span: range) -> tuple[list[str], list[str]]:
        """By which branch of the tree each word of a stretch hangs together with a cue; and its side and distance."""
        words = self.parse.words
        relation = self._relations(self._top(cue))
        first, last, own = min(cue), max(cue), set(cue)
        here = words[first].sentence
        relations = [relation.get(i) or f"S{max(-3, min(4, words[i].sentence - here))}" for i in span]
        sides = [
            "0"
            if i in own
            else "="
            if first < i < last
            else ("<" if i < first else ">") + _bucket(first - i if i < first else i - last)
            for i in span
        ]
        return relations, sides

    def _top(self, cue: Sequence[int]) -> int:
        """The word of a cue the rest hangs on; a verb, the first, where several do."""
        words = self.parse.words
        inside = set(cue)
        heads = [i for i in cue if words[i].head not in inside or words[i].head == i] or list(cue)
        return max(heads, key=lambda i: (words[i].tag[0] == "V", -i))

    def _relations(self, top: int) -> dict[int, str]:
        """By which branch each word of the sentence hangs together with the cue."""
        words = self.parse.words
        relation = {top: "T"}
        self._branches(top, "D", relation)
        path = ""
        number = top
        for step in range(4):
            word = words[number]
            if word.head == number:
                break
            path += word.dep[:5] + "<"
            number = word.head
            relation[number] = f"U{step}{path}"
            self._branches(number, f"X{step}{path}", relation)
        return relation

    def _branches(self, number: int, name: str, relation: dict[int, str]) -> None:
        words = self.parse.words
        for c in words[number].children:
            if c in relation:
                continue
            label = name + words[c].dep + ("-" if c < number else "+")
            stack = [c]
            while stack:
                i = stack.pop()
                if i not in relation:
                    relation[i] = label
                    stack.extend(words[i].children)
