"""What a language has to tell: its cues by speech act, and the small words that turn a statement round."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from truceline.statements.languages.shapes import Shapes


class Act(StrEnum):
    """What somebody does by speaking, before polarity, modality and embedding are looked at."""

    ASSERT = "assert"
    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    CONFIRM = "confirm"
    DENY = "deny"
    ACCUSE = "accuse"
    PROMISE = "promise"
    CALL_FOR = "call_for"
    ACCEPT = "accept"
    REJECT = "reject"
    PREDICT = "predict"
    REFUSE = "refuse"
    OPEN = "open"
    NEITHER = "neither"
    NO_COMMENT = "no_comment"
    VAGUE = "vague"
    OTHER = "other"  # it is a statement, but no act of this table


class Frame(StrEnum):
    """How what was said hangs on its cue."""

    CLAUSE = "clause"  # said (that) P; "P," said X
    QUOTE = "quote"  # "P," said X
    OBJECT = "object"  # rejected the proposal
    GERUND = "gerund"  # denied shelling P
    INFINITIVE = "infinitive"  # pledged to V; urged A to V
    OF = "of"  # accused A of V-ing; blamed A for P
    FOR = "for"  # called for P; agreed to P


@dataclass(frozen=True)
class Cue:
    """A word that makes a statement of what hangs on it."""

    act: Act
    frames: frozenset[Frame]


@dataclass(frozen=True)
class Language:
    """The data of one language. All words are lemmas in lower case unless said otherwise.

    Attributes:
        verbs: Cues that are verbs; a particle is written after its verb ("rule out").
        nouns: Nouns that carry a clause: "his belief that P".
        nominals: Nouns that are an act by themselves: "A's denial of P", "an offer by A to V".
        offers: What is accepted or refused besides what points back: terms, request, invitation.
        negations: Words that turn a clause round.
        refusals: What governs an act that then does not happen: unable to confirm, stopped short of.
        confirming, denying: The two halves of "neither confirm nor deny".
        pairing: Further words that deny only beside one that confirms: own or disown, confirm or exclude.
        confirmations, denials: The same as nouns.
        harm_verbs, harm_nouns: Acts a truce forbids.
        wrong_verbs: What one accuses another of besides: beat, seize, hide, keep out.
        grand: Verbs whose negated future refuses something: accept, cede, negotiate.
        inward: Verbs of knowing and having, whose negation denies no act.
        monitors: Words of those who watch and pass on: mission, observers.
        expressions: (verb, noun, act): a verb and the noun that make one act together, "take responsibility".
        falsehoods: What an untrue report is called.
        access_nouns: "Denied access" denies nothing.
        accusations: Objects whose rejection is a denial.
        silence: Verbs of speaking whose refusal is "no comment".
        agreeing: Verbs of consent, for conditions.
        hedges: Words kept as qualifiers as they stand.
        backers: Nouns after "with" on which the content depends: "with allied help".
        anaphors: Nouns that only point back: "a position A has rejected".
        roles: Words of office that bind a name to a party.
        naming: Verbs that call a report something: brand, dismiss.
        bodies: Who else speaks before a colon: charity, council, rebels.
        layout: What stands before a colon and is nobody: update, photo, annex.
        outsiders: Nouns that make "Norland's …" somebody else.
        own: Pronouns of a speaker's own side in direct speech.
        weekdays, months: Capitalised, as written; weekdays from Monday.
    """

    code: str
    verbs: dict[str, Cue]
    nouns: dict[str, Act]
    nominals: dict[str, Act]
    offers: frozenset[str]
    negations: frozenset[str]
    refusals: frozenset[str]
    confirming: frozenset[str]
    denying: frozenset[str]
    pairing: frozenset[str]
    confirmations: frozenset[str]
    denials: frozenset[str]
    harm_verbs: frozenset[str]
    wrong_verbs: frozenset[str]
    breach_verbs: frozenset[str]
    breach_objects: frozenset[str]
    harm_nouns: frozenset[str]
    stopping: frozenset[str]
    falsehoods: frozenset[str]
    access_nouns: frozenset[str]
    accusations: frozenset[str]
    silence: frozenset[str]
    agreeing: frozenset[str]
    needing: frozenset[str]
    conditions: frozenset[str]
    hedges: frozenset[str]
    backers: frozenset[str]
    anaphors: frozenset[str]
    roles: frozenset[str]
    organs: frozenset[str]
    bodies: frozenset[str]
    layout: frozenset[str]
    outsiders: frozenset[str]
    grand: frozenset[str]
    inward: frozenset[str]
    monitors: frozenset[str]
    expressions: tuple[tuple[str, str, Act], ...]
    naming: frozenset[str]
    shapes: Shapes
    partly: frozenset[str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    tally_nouns: frozenset[str]
    number_words: dict[str, int]
