"""Our own sentences: for each position, ways in which the island's press has somebody take it.

Every template names its position, so a sentence and its truth are written together. {us} speaks, {them} is
the other side; people, capitals and places are filled in. All of it is fiction and written for this project.
"""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, ...]] = {
    "promises": (
        "President {president} of {us} promised on {weekday} that {us} would hold its fire along the whole line.",
        "{us} promised that it would not fire across the line from {weekday} evening on.",
        '"We will keep to the truce," {president} said on {weekday}.',
        "{possessive} general staff pledged to keep its guns silent near {place}.",
        "{minister} vowed that {us} would let the observers pass at {place}.",
    ),
    "conditions": (
        "{us} said it would only agree to the truce if observers were let into the posts near {place}.",
        "{minister}, the defence minister of {us}, said her country would accept the truce only if it was mutual.",
        '"If they stop, we stop," said {spokesman}, a spokesman for {possessive} defence ministry.',
        "{capital} would extend the truce only if {them} withdrew from {place}, {president} said.",
        "{us} will not sign unless {them} returns the prisoners, {minister} said on {weekday}.",
    ),
    "accuses": (
        "{possessive} general staff accused {them} of shelling {place} on {weekday}.",
        "{capital} accused {them} of breaking the truce near {place}.",
        "{them} has broken the truce at {place}, {possessive} defence ministry said on {weekday}.",
        '"They fired on {place} again," {staff_speaker}, a spokeswoman for {possessive} general staff, said.',
        "{president} blamed {them} for the shelling of {place}.",
        "{them} violated the truce near {place}, according to {possessive} general staff.",
        "Ridge News Agency reported that {us} had accused {them} of firing on {place}.",
    ),
    "denies": (
        "{spokesman}, a spokesman for {possessive} defence ministry, denied that {us} had shelled {place}.",
        "{possessive} defence ministry denied that its troops had fired on {place}.",
        '"We did not fire on {place}," {spokesman} told reporters on {weekday}.',
        "{us} rejected as false the report that its guns had fired near {place}.",
        "No shot was fired from our side at {place}, {staff_speaker} of {possessive} general staff said.",
        "{capital} said that its troops had not fired near {place} on {weekday}.",
        "Harbour Wire quoted {spokesman} as denying that {us} had fired on {place}.",
    ),
    "neither_confirms_nor_denies": (
        "{possessive} defence ministry said it could neither confirm nor deny whether {us} flew a drone over {place}.",
        '"I can neither confirm nor deny it," {spokesman} told reporters, asked whether {us} had fired near {place}.',
        "{spokesman} would neither confirm nor deny that {possessive} guns had fired near {place}.",
        "{capital} could not confirm or deny the report of fire near {place}.",
        "Asked about {place}, {staff_speaker} of {possessive} general staff neither confirmed nor denied the report.",
    ),
    "acknowledges": (
        "{possessive} general staff acknowledged that its troops had fired warning shots near {place}.",
        "{staff_speaker}, a spokeswoman for {possessive} general staff, admitted that {us} had fired near {place}.",
        "{minister} confirmed on {weekday} that {possessive} guns had fired near {place}.",
        "{us} admitted that its troops had shelled {place} by mistake.",
    ),
    "no_comment": (
        "{spokesman} declined to comment on the drone seen over {place}.",
        "{possessive} defence ministry had no comment on the reports from {place}.",
        "{spokesman} of {possessive} defence ministry refused to comment on {place}.",
    ),
    "calls_for": (
        "{minister} urged {them} to let the observers into {place}.",
        "{president} called on {them} to stop firing on {place}.",
        "{us} demanded that {them} withdraw its guns from {place}.",
    ),
    "accepts": (
        "{us} accepted the observers' proposal to repair the pump at {place}.",
        "{president} agreed on {weekday} to extend the truce by a week.",
    ),
    "rejects": (
        "{us} rejected the proposal to pull back from {place}.",
        "{minister} turned down an offer to talk at {place}.",
    ),
}
TALLY = (
    "{possessive} general staff said {them} had fired {number} times since the truce began.",
    "{them} broke the truce {number} times in one day, {possessive} general staff said.",
    "{possessive} defence ministry counted {number} violations of the truce by {them} since {weekday}.",
)
NEUTRAL = (
    "The {mission} said its posts near {place} had been manned all day.",
    "The {mission} publishes a bulletin every evening.",
    "The road from {place} to the harbour is open again, drivers say.",
)
TITLES = (
    "Islanders Wait for Quiet",
    "Truce on the Island: Day in Brief",
    "Grain, Ferries and a Fragile Quiet",
    "Line Report",
    "Neither Side Says Much",
)
CAPTIONS = (
    "FILE - {president}, president of {us}, at the harbour of {capital}. (Ridge News Agency)",
    "FILE - A grain field near {place}. (Harbour Wire)",
    "FILE - {minister} denies reports at a briefing in {capital}. (Harbour Wire)",
)
WIDGETS = ("Share", "AA", "3 min read")
