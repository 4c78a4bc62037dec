"""The fixed wording: the same thing is said in the same words in every bulletin.

One table a subject. Compose and the page use these and no others, so that a reader who knows one bulletin
knows them all, and so that swapping the parties in the input mirrors every sentence.
Likelihood and confidence never stand in one sentence (ICD 203, section D.6.e.(2)(a)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from truceline.assessment.grading import COUNTED
from truceline.assessment.likelihood import BANDS
from truceline.report.heat_words import contrast_sentence as contrast_sentence
from truceline.report.heat_words import heat_sentence as heat_sentence
from truceline.report.heat_words import season_sentence as season_sentence
from truceline.report.heat_words import told_sentence as told_sentence
from truceline.report.line_words import STATES as STATES
from truceline.report.line_words import answer as answer
from truceline.report.line_words import line_parts as line_parts
from truceline.report.plain import NBSP, counted, listed, number
from truceline.terms.rules import AS_WRITTEN

MARKING = "INTERNAL – NOT FOR RELEASE"
EXERCISE_MEANING = "A simulated theatre: none of this happened."

STATE_WORDS: dict[str, str] = {
    "active": "active",
    "quiet": "quiet",
    "undetermined": "undetermined",
    "not_observed": "not observed",
}

STATE_MEANING: dict[str, str] = {
    "active": "at least one counted incident",
    "quiet": "none, and it would have been seen",
    "undetermined": "none counted, but it might not have been seen",
    "not_observed": "nobody and nothing looked",
}

GRADES: tuple[str, ...] = (
    "confirmed",
    "corroborated",
    "single_source",
    "contested",
    "discounted",
    "unverifiable",
)

GRADE_WORDS: dict[str, str] = {
    "confirmed": "confirmed",
    "corroborated": "corroborated",
    "single_source": "single source",
    "contested": "contested",
    "discounted": "discounted",
    "unverifiable": "unverifiable",
}

GRADE_MEANING: dict[str, str] = {
    "confirmed": "two or more independent voices, one of them not a party's; very likely",
    "corroborated": "two or more independent voices; likely",
    "single_source": "one voice, not a party's",
    "contested": "independent voices for it and against it",
    "discounted": "unlikely, after a person's review",
    "unverifiable": "parties' voices only, or voices whose origin cannot be told",
}

# ICD 203 (2015), section D.6.e.(2)(a).
LIKELIHOOD: dict[str, str] = {band.word: band.text for band in BANDS}

CONFIDENCE_MEANING: dict[str, str] = {
    "low": "it rests on one independent voice at most",
    "moderate": "it rests on two or more independent voices",
    "high": "it rests on three or more independent voices and a place known well",
}

FINDING_WORDS: dict[str, str] = {
    "consistent": "consistent with the provision",
    "not_consistent": "not consistent with the provision",
    "not_assessable": "cannot be assessed",
    "not_in_force": "not in force",
}

# The same for a narrow column, beside the provision it speaks of.
FINDING_SHORT: dict[str, str] = {
    "consistent": "consistent",
    "not_consistent": "not consistent",
    "not_assessable": "cannot be assessed",
    "not_in_force": "not in force",
}

KIND_WORDS: dict[str, str] = {
    "no_fire": "no fire",
    "no_fly": "no flights",
    "withdrawal": "withdrawal",
    "facility_list": "listed facilities",
    "access": "access",
}

WINDOW_WORDS: dict[str, str] = {
    "exercise": "permission for an exercise",
    "controlled_explosion": "permission for controlled explosions",
    "repair": "quiet for repairs",
    "passage": "quiet for passage",
}
WINDOW_FINDING: dict[str, str] = {
    "consistent": "it was kept",
    "not_consistent": "it was not kept",
    "not_assessable": "whether it was kept cannot be assessed",
    "not_in_force": "not in force",
}
SIDE_BY_SIDE = (
    "Each column applies one reading to the same incidents. Incidents named here alone are those on which this finding "
    "rests and another reading's does not; no other finding differs."
)
PLACE_WITHHELD = "its place is not published"

IN_FORCE_WORDS: dict[str, str] = {
    "whole": "in force for the whole of this period",
    "part": "in force for a part of this period",
    "none": "not in force in this period",
}

ORIGIN_WORDS: dict[str, str] = {
    "monitor": "a monitor's own",
    "sensor": "a sensor's",
    "third_party": "a third party's",
    "party": "a party's own word",
    "unknown": "origin cannot be told",
}

ORIGIN_SHORT: dict[str, str] = {
    "monitor": "monitors",
    "sensor": "sensors",
    "third_party": "third parties",
    "party": "parties",
    "unknown": "cannot be told",
}

MEANS_WORDS: dict[str, str] = {
    "heard": "heard",
    "saw": "seen",
    "recorded": "recorded",
    "derived": "derived from a sensor",
    "reported": "reported",
}

FEED_STATE_WORDS: dict[str, str] = {"ok": "sound", "partial": "in part", "failed": "failed"}

POSITION_WORDS: dict[str, str] = {
    "asserts": "asserts",
    "acknowledges": "acknowledges",
    "acknowledges_in_part": "acknowledges in part",
    "denies": "denies",
    "neither_confirms_nor_denies": "neither confirms nor denies",
    "no_comment": "no comment",
    "accuses": "accuses",
    "promises": "promises",
    "conditions": "sets a condition",
    "calls_for": "calls for",
    "accepts": "accepts",
    "rejects": "rejects",
    "predicts": "predicts",
    "reports": "reports",
    "unclear": "unclear",
}

RELATION_WORDS: dict[str, str] = {
    "contradicts": "contradicts",
    "reverses": "goes back on",
    "confirms": "confirms",
    "number_differs": "gives another number than",
    "condition_met": "claims or promises what was the condition of",
    "condition_unmet": "refuses what was the condition of",
}
RELATIONS_APART = (
    "Two statements held to speak of one matter, and how one bears on the other. Neither is weighed: who is right is "
    "not said here."
)

TALLIES_APART = "Tallies are statements; none of them is in any count above."
RESPONSIBILITY_APART = (
    "Occurrence, responsibility and breach are three judgements, kept apart. No program sets responsibility: "
    "what is said about it is recorded and not weighed."
)
NOT_JUDGED = "Not judged."
INEXACT_WORDS: dict[str, str] = {"exact": "", "about": "about ", "at_least": "at least "}
NO_CHANNEL = "no channel of this party is among the inputs: what is heard of it comes from others"
PARTY_WORDS_APART = "What a party says, in any feed, is a statement. It makes no count."
FLIPS_MEANING = "another reading of the same words gives another finding. No reading is preferred here."
WALK_BACK = (
    "Every figure leads back: a finding names its incidents, an incident its observations, an observation the file "
    "and the line, and a file the SHA-256 of its bytes."
)
UNSEEN_CHARACTERS = (
    "Some texts hold characters that cannot be seen or that turn the line around; they are printed as ⟨U+202E⟩. "
    "The texts stand unaltered in bulletin.json."
)
FACTS_NOT_BLAME = "The bulletin records facts and what was said. It apportions no blame."


def likelihood_sentence(occurrence: Mapping[str, Any]) -> str:
    r"""How likely it is that it happened, in the fixed words.

    >>> likelihood_sentence({"likelihood": "likely", "range": "55–80 %"})
    'That it happened is likely (55–80\xa0%).'
    """
    if occurrence["likelihood"] is None:
        return "How likely it is that it happened is not judged."
    word, band = occurrence["likelihood"], occurrence["range"].replace(" %", f"{NBSP}%")
    if word.endswith("chance"):
        article = "" if word.startswith("almost no") else "a "
        return f"There is {article}{word} ({band}) that it happened."
    return f"That it happened is {word} ({band})."


def without_words(left: Mapping[str, Any]) -> str:
    """What would be said without one item, and the grade then.

    >>> without_words({"likelihood": "likely", "range": "55–80 %", "grade": "single_source"})
    'likely (55–80\xa0%), single source'
    """
    grade = left["grade"].replace("_", " ")
    if left["likelihood"] is None:
        return f"not judged, {grade}"
    band = left["range"].replace(" %", f"{NBSP}%")
    return f"{left['likelihood']} ({band}), {grade}"


def review_sentence(review: Mapping[str, Any]) -> str:
    """How far people have looked at it.

    >>> review_sentence({"state": "draft", "reviews": 1, "needed": 2, "lapsed": 0})
    'Draft: reviewed by 1 of the 2 different people its grade needs.'
    """
    who = "person" if review["needed"] == 1 else "different people"
    lapsed = f" {review['lapsed']} reviewed it before the evidence changed." if review["lapsed"] else ""
    if review["state"] == "reviewed":
        return f"Reviewed by {counted(review['reviews'], 'person', 'people')}.{lapsed}"
    if not review["reviews"]:
        return f"Draft: nobody has reviewed it as it stands; its grade needs {review['needed']} {who}.{lapsed}"
    return f"Draft: reviewed by {review['reviews']} of the {review['needed']} {who} its grade needs.{lapsed}"


def confidence_sentence(occurrence: Mapping[str, Any]) -> str:
    """How good the basis of that judgement is: always a sentence of its own.

    >>> confidence_sentence({"confidence": "low"})
    'Confidence is low: it rests on one independent voice at most.'
    """
    if occurrence["confidence"] is None:
        return "Confidence is not stated."
    return f"Confidence is {occurrence['confidence']}: {CONFIDENCE_MEANING[occurrence['confidence']]}."


def reading_words(reading: str, party_name: str | None) -> str:
    """Whose reading of the text it is.

    >>> reading_words("as-written", None), reading_words("R-north", "North")
    ('as written', 'in the reading R-north of North')
    """
    if reading == AS_WRITTEN:
        return "as written"
    return f"in the reading {reading} of {party_name}" if party_name else f"in the reading {reading}"


def finding_sentence(finding: Mapping[str, Any], party_name: str | None) -> str:
    """A finding in one plain sentence, without its reason.

    >>> finding_sentence({"provision": "P1", "kind": "no_fire", "reading": "as-written",
    ...                   "finding": "not_assessable"}, None)
    'P1 (no fire), as written: cannot be assessed.'
    """
    head = f"{finding['provision']} ({KIND_WORDS[finding['kind']]}), {reading_words(finding['reading'], party_name)}"
    return f"{head}: {FINDING_WORDS[finding['finding']]}."


def promise_sentences(findings: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> list[str]:
    """What became of each provision, in one sentence over all its readings.

    >>> promise_sentences([{"provision": "P1", "kind": "no_fire", "reading": "as-written", "party": None,
    ...     "finding": "not_assessable"}, {"provision": "P1", "kind": "no_fire", "reading": "R-north",
    ...     "party": "north", "finding": "not_in_force"}], {"north": "North"})
    ['No fire (P1): cannot be assessed as written; not in force in the reading R-north of North.']
    """
    said = []
    for provision in dict.fromkeys(f["provision"] for f in findings):
        mine = [f for f in findings if f["provision"] == provision]
        kinds = dict.fromkeys(f["finding"] for f in mine)
        head = f"{KIND_WORDS[mine[0]['kind']].capitalize()} ({provision})"
        if len(kinds) == 1:
            where = ", in every reading" if len(mine) > 1 else ""
            said.append(f"{head}{where}: {FINDING_SHORT[mine[0]['finding']]}.")
            continue
        parts = []
        for kind in kinds:
            where = listed(
                reading_words(f["reading"], names.get(f["party"] or "")) for f in mine if f["finding"] == kind
            )
            parts.append(f"{FINDING_SHORT[kind]} {where}")
        said.append(f"{head}: {'; '.join(parts)}.")
    return said


def incidents_sentence(totals: Mapping[str, Any], line: Mapping[str, Any] | None) -> str:
    """How many incidents are counted. Without a line nothing could be, and that is not none."""
    if line is None and not totals["sum"]:
        return (
            "Incidents are counted along the line. Without a line none could be, "
            "which is not to say that none happened."
        )
    said = f"{counted(totals['counted'], 'counted incident')}, {number(totals['not_counted'])} more in no count"
    kinds = [(GRADE_WORDS[g], n) for g, n in totals["by_grade"].items() if n and g not in COUNTED]
    if len(kinds) == 1:
        return f"{said} ({kinds[0][0]})."
    return f"{said} ({listed(f'{n} {name}' for name, n in kinds)})." if kinds else f"{said}."


def sub_totals_sentence(parts: Mapping[str, int]) -> str:
    """Counted ones that are no acts against the other side; nothing where there are none.

    >>> sub_totals_sentence({"exercise": 2, "controlled_explosion": 1, "contravening_presence": 0, "in_a_window": 2})
    'Of these, 2 exercises, 1 controlled explosion; 2 in a window that permits them. '
    """
    named = [
        counted(parts["exercise"], "exercise") if parts["exercise"] else "",
        counted(parts["controlled_explosion"], "controlled explosion") if parts["controlled_explosion"] else "",
        counted(parts["contravening_presence"], "presence where none may be", "presences where none may be")
        if parts["contravening_presence"]
        else "",
    ]
    said = ", ".join(text for text in named if text)
    window = f"{parts['in_a_window']} in a window that permits them" if parts["in_a_window"] else ""
    return f"Of these, {'; '.join(text for text in (said, window) if text)}. " if said or window else ""
