"""How the figures came about, in the bulletin's own last section."""

from __future__ import annotations

from truceline.assessment.evidence import ADMISSION
from truceline.assessment.likelihood import WEIGHTS
from truceline.incidents.pairs import GAP
from truceline.observations.detection import ACTS_AT_MOST
from truceline.statements.statement import Position
from truceline.terms import Agreement
from truceline.terms.event_class import NAMES, NO_FIRE


def _beyond_the_world(agreement: Agreement) -> str:
    """A sentence where a thermal feed claims to see acts of fire more often than located events bear out."""
    bold = [
        f"{feed.name} ({', '.join(NAMES[event] for event in sorted(acts))})"
        for feed in agreement.feeds
        if feed.kind == "firms" and (acts := [e for e, p in feed.sees.items() if e in NO_FIRE and p > ACTS_AT_MOST])
    ]
    if not bold:
        return ""
    return (
        f" Where located events were looked for in real data, heat lay beside them in at most {ACTS_AT_MOST:.0%} of cases more "
        f"than by chance; the case claims more for {'; '.join(bold)}."
    )


def paragraphs(agreement: Agreement) -> list[dict[str, str]]:
    """Title and text of each method, with this case's own settings."""
    g = agreement.ground
    priors = [
        f"{feed.name}: " + ", ".join(f"{NAMES[event]} {p:g}" for event, p in sorted(feed.sees.items()))
        for feed in agreement.feeds
        if feed.sees
    ]
    weights = ", ".join(f"{letter} {value:g}" for letter, value in WEIGHTS.items())
    return [
        {
            "title": "The line",
            "text": f"The boundary of the control area of the day, less what lies within {g.tolerance_km:g} km of coast or "
            f"state border, cut into sectors of about {g.sector_km:g} km from its northern end on. A length depends on that "
            "tolerance, so it is printed with it. One publisher's map is that publisher's claim.",
        },
        {
            "title": "States of a sector",
            "text": "Active: at least one counted incident. Quiet: none, and an act that happened would have been seen with a "
            f"probability of {agreement.quiet_at:g} or more, and every feed that could have said otherwise was heard. Not observed: no looks and no hours on watch. Undetermined: everything "
            "else, heat out of the ordinary or not judged, and unknown cloud, included. Heat alone never makes a sector active.",
        },
        {
            "title": "Chance to have seen",
            "text": "Declared by the case, not measured. "
            + ("; ".join(priors) if priors else "No feed of this case declares one")
            + ". What is not known adds nothing, so a figure can only be too low."
            + _beyond_the_world(agreement),
        },
        {
            "title": "What could have been missed",
            "text": "Upper 90 % of the events that happened and were not counted, from the counted ones, the chance to have seen "
            "them, the share of the acts a watch heard that reports told of too (two looks), and the rate of the neighbouring sectors (negative binomial with a gamma prior learned from the line of the day). No bound is "
            "given where nothing could have seen, however calm the neighbours are.",
        },
        {
            "title": "One incident",
            "text": "Observations of one kind whose circles of uncertainty meet and whose times lie no more than "
            f"{GAP.seconds // 3600} h apart. What speaks for one event and against it is "
            "weighed in bits and added; words alone never link. A report that names only its day joins the one it is most like and never makes two into one. "
            "An incident belongs to the day that holds the middle of its time.",
        },
        {
            "title": "Voices and grades",
            "text": "Copies of one text and all channels of one party are one voice. A party's word never makes a count; a row "
            "whose origin cannot be told counts no more than that. Confirmed: two or more independent voices, very likely. "
            "Corroborated: two or more, likely. Single source: one. Contested: voices for and against. Discounted: unlikely "
            f"people's review. Unverifiable: no independent voice. A voice that takes its own report back is none. Weights by reliability of source, declared: {weights}; a party's "
            f"admission of an act of its own {ADMISSION[Position.ACKNOWLEDGES]:g}, in part {ADMISSION[Position.ACKNOWLEDGES_IN_PART]:g}: it moves how likely it is and never the grade. Denials of parties, silence, "
            "neither and heat move nothing. What each item is worth stands with it: what would be said without it.",
        },
        {
            "title": "Words of likelihood",
            "text": "Those of ICD 203. They speak of whether something happened. Confidence speaks of how good the basis is and is "
            "printed apart. Who did it is never judged by the program.",
        },
        {
            "title": "Places",
            "text": f"Published as cells of {agreement.grid_deg:g} degrees, the same cell for the same place every day.",
        },
    ]
