"""Words for acts a truce forbids, found in the tree: the act that heads a clause, and whose it is.

    predicate --harm_in--> the word for a forbidden act        piece --nominal_doer--> the party it is laid to

"Conducted artillery fire", "387 cases of shelling", "violated the ceasefire regime" are such acts; a bank that fires
people is not, and what an air defence brings down is told apart (`air_defence`).
"""

from __future__ import annotations

from truceline.statements.content import Piece
from truceline.statements.languages.language import Language
from truceline.statements.parser import Parse, Word
from truceline.statements.side import Side

_THINGS = ("dobj", "attr", "nsubj", "nsubjpass", "acomp")
_COUNTED = frozenset({"case", "instance", "count", "act", "series", "wave", "number"})
_FIRED = frozenset(
    {"artillery", "gun", "weapon", "bullet", "ammunition", "flare", "howitzer", "cannon", "none", "one", "they", "it"}
)
_LIGHT = frozenset(
    {"be", "have", "take", "carry", "conduct", "make", "commit", "occur", "happen", "open", "launch", "return",
     "record", "come", "report", "do"}
)  # fmt: skip

# Who does this to acts says how many there were, and committed none of them.
COUNTING = frozenset({"count", "record", "register", "log", "document", "tally"})


def air_defence(parse: Parse, harm: Word) -> bool:
    """'shot down 12 drones': what flies in from elsewhere, not a village."""
    down = harm.lemma == "down" or any(c.lower == "down" for c in parse.children(harm.i, "prt", "advmod"))
    things = {c.lemma for c in parse.children(harm.i, "dobj", "nsubjpass")}
    below = {
        c.lemma
        for t in parse.children(harm.i, "dobj")
        for p in parse.children(t.i, "prep")
        for c in parse.children(p.i, "pobj")
    }
    return down and bool((things | below) & {"drone", "missile", "rocket", "uav", "bomb", "shell"})


def harm_in(parse: Parse, piece: Piece, head: Word, language: Language) -> Word | None:
    """The word for a forbidden act that heads the content, or is the object or subject of a light head."""
    if head.lemma in language.breach_verbs:
        objects = parse.children(head.i, "dobj", "nsubjpass")
        named = [w for o in objects for w in (o, *parse.children(o.i, "compound", "amod"))]
        return head if any(w.lemma in language.breach_objects for w in named) else None
    if head.lemma == "drop":
        bombs = {"bomb", "explosive", "grenade", "munition", "charge", "warhead", "shell"}
        return head if any(c.lemma in bombs for c in parse.children(head.i, "dobj", "nsubjpass")) else None
    if head.lemma in language.harm_verbs and head.tag[0] == "V":
        things = {c.lemma for c in parse.children(head.i, "dobj", "nsubjpass")}
        fired_on = any(c.lower in ("on", "upon", "at") for c in parse.children(head.i, "prep", "prt"))
        if head.lemma in ("raid", "storm", "launch", "down", "sink", "hit") and not parse.children(
            head.i, "dobj", "nsubjpass", "npadvmod", "prep"
        ):
            return None
        if (
            head.lemma == "fire"
            and things
            and not fired_on
            and not things & (language.tally_nouns | language.harm_nouns | _FIRED)
        ):
            return None  # a bank fires people
        if head.lemma == "launch" and not things & (language.harm_nouns | language.tally_nouns | {"none", "one", "it"}):
            return None
        return head
    if head.lemma in language.harm_nouns:
        return head
    if head.lemma in _COUNTED:
        return _counted(parse, head, language)
    if head.lemma in _LIGHT:
        for child in parse.children(head.i, *_THINGS):
            if child.lemma in language.harm_nouns | {"fire"} and not (head.lemma == "be" and child.dep == "nsubj"):
                return child
            if child.lemma in _COUNTED and (harm := _counted(parse, child, language)) is not None:
                return harm
    if head.lemma in ("land", "fall", "explode", "come"):
        return next((c for c in parse.children(head.i, "nsubj") if c.lemma in language.tally_nouns), None)
    return None


def _counted(parse: Parse, word: Word, language: Language) -> Word | None:
    """'387 cases of artillery fire', 'a series of raids'."""
    below = [c for p in parse.children(word.i, "prep") for c in parse.children(p.i, "pobj")]
    return next((c for c in below if c.lemma in language.harm_nouns | {"fire"}), None)


def nominal_doer(parse: Parse, piece: Piece, side: Side, language: Language) -> str | None:
    """'shelling by Norland', 'Norland's shelling of Ostrel', 'fire came from Norlandic positions'."""
    for word in parse.words:
        if word.lemma not in language.harm_nouns | language.tally_nouns or not piece.covers(word.start):
            continue
        for child in parse.children(word.i, "poss", "amod", "compound"):
            if (label := side.label(child.i)) is not None:
                return label
            if side.is_self(child.i):
                return side.own
        hosts = [word.i]
        if word.dep in ("nsubj", "dobj", "nsubjpass") and parse.words[word.head].lemma in (
            "come",
            "be",
            "report",
            "originate",
            "fire",
            "launch",
        ):
            hosts.append(word.head)
        for host in hosts:
            for prep in parse.children(host, "prep", "agent"):
                if prep.lower in ("by", "from"):
                    for child in parse.children(prep.i, "pobj"):
                        if (label := side.label(child.i)) is not None:
                            return label
    return None
