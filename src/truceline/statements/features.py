"""What a word looks like to the trained taggers: strings for a CRF, from the parse and the quotation marks alone.

    Parse --Sheet--> features of every word as a possible cue; of every word as seen from one cue

No name and no number is ever a feature, and only words of the vocabulary are (each stood in many articles of
the training data): everything else is its tag. So no sentence can be read out of the weights, and what
was learned on one country's news says less about its names. Nothing here looks outside the paragraph.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.statements.parser import Parse, Word

_OPENING = frozenset({"“", "«", "„", "``", "‘", "`"})
_CLOSING = frozenset({"”", "»", "''", "’"})
_EITHER = frozenset({'"', "'", "''"})
_LONE = frozenset({"'", "’", "‘", "`"})
NAMELESS = frozenset({"NNP", "NNPS", "CD", "SYM", "ADD", "FW", "LS", "XX", "_SP", "AFX", "GW"})
_VALENCY = frozenset(
    {"nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "prep", "agent", "acl", "relcl", "parataxis", "attr"}
)
_BEFORE, _AFTER = 2, 6
MAX_WINDOW = 400


@dataclass(frozen=True)
class Vocabulary:
    """Words that may be features, and how often a lemma was a cue where it stood, in steps from 0 to 9."""

    lemmas: frozenset[str]
    cues: Mapping[str, int]


def quote_states(parse: Parse) -> tuple[list[int], list[str]]:
    """For every word the number of the quotation it stands in (0 for none), and its own mark: "(", ")" or "".

    Marks without a partner count for nothing, except one that opens with a capital: that quotation runs on.
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
        if text in _EITHER and tight == glued and not lone:
            opens = opened < 0
        if opened < 0 or (opens and lone == (by in _LONE)):
            if opens and (not lone or tight):
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


def _bucket(n: int) -> str:
    size = abs(n)
    step = size if size <= 3 else 4 if size <= 5 else 6 if size <= 8 else 9 if size <= 15 else 16 if size <= 30 else 31
    return f"{'-' if n < 0 else ''}{step}"


@dataclass
class Sheet:
    """The features of one paragraph. Make one for a paragraph, then ask for `cue_rows` and `role_rows`."""

    parse: Parse
    vocabulary: Vocabulary
    inside: list[int] = field(init=False)
    mark: list[str] = field(init=False)
    lex: list[str] = field(init=False)
    lean: list[int] = field(init=False)
    state: list[str] = field(init=False)
    _near: list[list[str]] = field(init=False)
    _likest: list[int] = field(init=False)  # of each sentence the word most often a cue, the first of equal ones
    _quoting: list[bool] = field(init=False)  # whether a quotation mark stands in it

    def __post_init__(self) -> None:
        words = self.parse.words
        self.inside, self.mark = quote_states(self.parse)
        self.lex = [self._lexical(word) for word in words]
        cues = self.vocabulary.cues
        self.lean = [cues.get(word.lemma, 0) if word.tag[0] in "VNIJR" else 0 for word in words]
        self.state = [self.mark[i] or ("q" if self.inside[i] else "o") for i in range(len(words))]
        self._near = [self._neighbours(i) for i in range(len(words))]
        sentences = self.parse.sentences
        self._likest = [max(range(begin, past), key=self.lean.__getitem__, default=begin) for begin, past in sentences]
        self._quoting = [any(self.mark[begin:past]) for begin, past in sentences]

    def _lexical(self, word: Word) -> str:
        if word.tag in NAMELESS or word.lemma not in self.vocabulary.lemmas:
            return word.tag
        return word.lemma

    def _neighbours(self, i: int) -> list[str]:
        """The word and its neighbours, which both taggers look at."""
        words, lex = self.parse.words, self.lex
        last = len(words) - 1
        word = words[i]
        tag = word.tag
        before = words[i - 1].tag if i else "^"
        after = words[i + 1].tag if i < last else "$"
        lex_before = lex[i - 1] if i else "^"
        lex_after = lex[i + 1] if i < last else "$"
        head = words[word.head]
        return [
            "w=" + lex[i],
            "t=" + tag,
            "d=" + word.dep,
            "s=" + self.state[i],
            "w-1=" + lex_before,
            "w+1=" + lex_after,
            "w-2=" + (lex[i - 2] if i > 1 else "^"),
            "w+2=" + (lex[i + 2] if i + 1 < last else "$"),
            "ttt=" + before + tag + after,
            "hw=" + lex[head.i],
            "dht=" + word.dep + head.tag,
            "s3=" + (self.state[i - 1] if i else "^") + self.state[i] + (self.state[i + 1] if i < last else "$"),
        ]

    def cue_rows(self) -> list[list[str]]:
        """Features of every word as a possible cue."""
        return [near + self._as_cue(i) for i, near in enumerate(self._near)]

    def _as_cue(self, i: int) -> list[str]:
        parse, lex, state = self.parse, self.lex, self.state
        words = parse.words
        word = words[i]
        lemma, lean = lex[i], self.lean[i]
        row = [f"l={lean}", f"lt={lean}{word.tag}", "wd=" + lemma + "|" + word.dep]
        begin, past = parse.sentences[word.sentence]
        if i == begin:
            row.append("first")
        if word.text[0].isupper():
            row.append("cap")
        if word.text.isupper() and len(word.text) > 1:
            row.append("caps")
        row.append("s1=" + (state[i - 1] if i > begin else "^") + "|" + (state[i + 1] if i + 1 < past else "$"))
        row += [
            "t-2=" + (words[i - 2].tag if i > 1 else "^"),
            "t+2=" + (words[i + 2].tag if i + 2 < len(words) else "$"),
        ]
        row += ["w-3=" + (lex[i - 3] if i > 2 else "^"), "w+3=" + (lex[i + 3] if i + 3 < len(words) else "$")]
        if self._quoting[word.sentence]:
            row += ["quoting", f"quoting{lean}"]
        # The quotation that ends just before the word or begins just behind it.
        for k in range(i - 1, max(begin, i - 7) - 1, -1):
            if self.mark[k]:
                row.append(f"mb={self.mark[k]}{_bucket(i - k)}")
                row.append(f"mbl={self.mark[k]}{lean}")
                break
        for k in range(i + 1, min(past, i + 8)):
            if self.mark[k]:
                row.append(f"ma={self.mark[k]}{_bucket(k - i)}")
                row.append(f"mal={self.mark[k]}{lean}")
                break
        for c in word.children:
            child = words[c]
            side = "<" if c < i else ">"
            row.append("k" + side + child.dep)
            if child.dep in (
                "nsubj",
                "nsubjpass",
                "dobj",
                "agent",
                "prep",
                "mark",
                "aux",
                "neg",
                "prt",
                "ccomp",
                "xcomp",
            ):
                row.append("kl" + child.dep + "=" + lex[c])
                row.append("kwd=" + lemma + side + child.dep)
                row.append(f"kt={lean}{side}{child.dep}{child.tag}")
            elif child.dep in ("acl", "relcl", "poss", "pobj", "advcl"):
                row.append("kwd=" + lemma + side + child.dep)
            if child.dep in ("ccomp", "xcomp", "acl", "relcl"):
                marks = [words[m].lower for m in child.children if words[m].dep == "mark"]
                row.append("km=" + child.dep + (lex[c] if marks else "0") + ("|" + marks[0] if marks else ""))
                row.append(
                    f"kcs={child.dep}{any(words[m].dep in ('nsubj', 'nsubjpass') for m in child.children)}{lean}"
                )
        for k in range(i - 1, max(begin, i - 6) - 1, -1):
            if self.lean[k] >= 5:
                row += [f"lv={i - k}{self.lean[k]}{word.tag}", f"lvd={word.dep}{int(word.head == k)}{self.lean[k]}"]
                break
        for k in range(i + 1, min(past, i + 7)):
            if self.lean[k] >= 5:
                row += [f"rv={k - i}{self.lean[k]}{word.tag}", f"rvd={word.dep}{int(word.head == k)}{self.lean[k]}"]
                break
        head = words[word.head]
        row += ["hd=" + head.dep, "hwd=" + lex[head.i] + "|" + word.dep, f"hl={self.lean[head.i]}{word.dep}"]
        grand = words[head.head]
        row.append("g=" + grand.tag + head.dep + word.dep)
        near = max((self.lean[k] for k in range(max(begin, i - 4), min(past, i + 5)) if k != i), default=0)
        row.append(f"near={near}")
        row.append(f"nearl={near}|{lean}")
        best = self._likest[word.sentence]
        row.append("best" if best == i else f"best{self.lean[best]}")
        row.append(f"len={_bucket(past - begin)}")
        return row

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

    def role_rows(self, cue: Sequence[int], others: Collection[int]) -> list[list[str]]:
        """Features of the words in a cue's `window` as seen from that cue; `others` are words of other cues."""
        parse, words, lex = self.parse, self.parse.words, self.lex
        top = self._top(cue)
        relation, second = self._relations(top)
        cue_lex = lex[top]
        cue_class = f"{self.lean[top]}{words[top].tag}"
        valency = "".join(sorted({words[c].dep[:6] for c in words[top].children if words[c].dep in _VALENCY}))
        first, last = min(cue), max(cue)
        here = words[first].sentence
        own = set(cue)
        span = self.window(cue)
        begin, past = parse.sentences[here]
        quote_before = any(self.mark[k] for k in range(begin, first))
        quote_after = any(self.mark[k] for k in range(last, past))
        shape = f"{int(quote_before)}{int(quote_after)}{int(bool(self.inside[first]))}"
        numbers = sorted({self.inside[k] for k in span if self.inside[k]})
        place = {n: place for place, n in enumerate(numbers)}
        earlier = [place[self.inside[k]] for k in range(span.start, first) if self.inside[k]]
        base = earlier[-1] if earlier else -1
        left = self._between(span, first, others, own, -1)
        right = self._between(span, last, others, own, 1)
        rows = []
        for i in span:
            word = words[i]
            rel = relation.get(i) or f"S{max(-3, min(4, word.sentence - here))}"
            rel2 = second.get(i, rel)
            side = "0" if i in own else "<" if i < first else ">" if i > last else "="
            distance = i - first if i < first else max(0, i - last)
            quote = self.inside[i]
            in_quote = (
                "o" if not quote else "=" if quote == self.inside[first] else str(max(-2, min(2, place[quote] - base)))
            )
            state = self.state[i] + in_quote
            blocked = left[i - span.start] if i < first else right[i - span.start]
            rows.append(
                [
                    *self._near[i],
                    "r=" + rel,
                    "r2=" + rel2,
                    "rw=" + rel + "|" + cue_lex,
                    "rs=" + rel + side + state,
                    "rb=" + rel + side + str(blocked),
                    "rc=" + rel + cue_class,
                    "rv=" + rel + valency,
                    "r2t=" + rel2 + word.tag,
                    "rt=" + rel + word.tag,
                    "sd=" + side + _bucket(distance),
                    "sdt=" + side + _bucket(distance) + word.tag,
                    "q=" + side + state + shape,
                    "qs=" + state + shape + f"{word.sentence - here}",
                    "qc=" + state + cue_class + side,
                    f"sn={max(-3, min(4, word.sentence - here))}{shape}{self.state[i]}",
                    f"o={int(i in others)}{blocked}{side}",
                    "r-1=" + (relation.get(i - 1) or "S") + rel,
                    "r+1=" + (relation.get(i + 1) or "S") + rel,
                    "cw=" + cue_lex + side,
                    "e=" + side + rel + ("[" if word.left == i else "") + ("]" if word.right == i else ""),
                ]
            )
            if i in own:
                rows[-1].append("cue")
            elif i == first - 1:
                rows[-1].append("cue+1" + cue_lex)
            elif i == last + 1:
                rows[-1].append("cue-1" + cue_lex)
        return rows

    def seen_from(self, cue: Sequence[int], span: range) -> tuple[list[str], list[str]]:
        """By which branch of the tree each word of a stretch hangs together with a cue; and its side and distance."""
        words = self.parse.words
        relation, _ = self._relations(self._top(cue))
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

    def _between(self, span: range, edge: int, others: Collection[int], own: Collection[int], step: int) -> list[int]:
        """For every word of the window how many other cues stand between it and the cue, at most 3."""
        counts = [0] * len(span)
        run, inside = 0, False
        k = edge
        while k in span:
            now = k in others and k not in own
            if now and not inside:
                run += 1
            inside = now
            counts[k - span.start] = min(3, run)
            k += step
        return counts

    def _top(self, cue: Sequence[int]) -> int:
        """The word of a cue the rest hangs on; the verb with the greatest lean where several do."""
        words = self.parse.words
        inside = set(cue)
        heads = [i for i in cue if words[i].head not in inside or words[i].head == i] or list(cue)
        return max(heads, key=lambda i: (self.lean[i], words[i].tag[0] == "V", -i))

    def _relations(self, top: int) -> tuple[dict[int, str], dict[int, str]]:
        """By which branch each word of the sentence hangs together with the cue, coarse and finer."""
        words = self.parse.words
        relation = {top: "T"}
        second = {top: "T"}
        self._branches(top, "D", relation, second)
        path = ""
        number = top
        for step in range(4):
            word = words[number]
            if word.head == number:
                break
            path += word.dep[:5] + "<"
            number = word.head
            name = f"U{step}{path}"
            relation[number] = second[number] = name
            self._branches(number, f"X{step}{path}", relation, second)
        return relation, second

    def _branches(self, number: int, name: str, relation: dict[int, str], second: dict[int, str]) -> None:
        words = self.parse.words
        for c in words[number].children:
            if c in relation:
                continue
            label = name + words[c].dep + ("-" if c < number else "+")
            stack = [(c, "")]
            while stack:
                i, under = stack.pop()
                if i in relation:
                    continue
                relation[i] = label
                second[i] = label + under
                stack.extend((child, under or ">" + words[child].dep) for child in words[i].children)
