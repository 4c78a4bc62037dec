"""Shapes of a clause that a tree shows badly: fixed phrases as regular expressions, one line a shape.

Data of a language, like its words. All are searched without regard to case, in the words as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Shapes:
    """Fixed phrases of one language.

    Attributes:
        silence: Refuses to say more.
        says_no, says_yes: A whole answer of a few words.
        owned: Takes an act upon itself: "it was ours".
        either_way: Says neither yes nor no without the words confirm and deny.
        irony: Admiration of shelling, an oath by the Queen: what is meant is not what is said.
        condition: What makes the rest depend on something.
        refused: An offer or idea is rejected without a verb of rejecting.
        no_breach: The act is granted, or not spoken of; that it was forbidden is denied.
        justified: Grants the act and says why it was allowed.
        withheld: Grants that something happened and keeps back what.
        unverified: Cannot tell whether it is so.
        contrary: Words that set what follows against what others say.
        untrue: Words before a clause that take it back: "it would be wrong to write that".
    """

    silence: re.Pattern[str]
    says_no: re.Pattern[str]
    says_yes: re.Pattern[str]
    owned: re.Pattern[str]
    either_way: re.Pattern[str]
    irony: re.Pattern[str]
    condition: re.Pattern[str]
    refused: re.Pattern[str]
    no_breach: re.Pattern[str]
    justified: re.Pattern[str]
    withheld: re.Pattern[str]
    unverified: re.Pattern[str]
    contrary: re.Pattern[str]
    untrue: re.Pattern[str]

    def taken_back(self, before: str, told: str) -> str:
        """The words that take a statement back, before it or, where they were taken for its cue, at its beginning."""
        found = self.untrue.search(before) or self.untrue.match(told)
        return "" if found is None else found.group(0)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


ENGLISH_SHAPES = Shapes(
    silence=_any(
        r"\bnothing\s+(?:else|more|further|to\s+add)\b|\bno\s+comment\b|\bwithout\s+(?:further\s+)?comment\b|\bno\s+more\s+to\b",
        r"\bno\s+(?:more|further|other)\s+(?:comments?|details?|information|statements?|remarks|explanation|questions)\b",
        r"\b(?:nothing|not|n['’]t|unable|refused?|declined?)\b[^.;]{0,40}"
        r"\b(?:say\s+(?:more|anything|whether|if)|comment|elaborate|add\s+anything|(?:discuss|speculate|go\s+into)\b)",
        r"\bnothing\b[^.;]{0,12}\bto\s+(?:say|add)\b|\bnothing\s+(?:for\s+you|on\s+that|to\s+give)\b",
        r"\bleave\s+it\s+(?:there|at\s+that)\b",
        r"\b(?:refer|direct|send|point)\s+you\s+to\b",
        r"\b(?:do\s+not|don['’]t|have\s+not|haven['’]t)\s+(?:have|got)\s+anything\s+(?:for\s+you|to\s+(?:say|add))",
        r"\bno\s+(?:information|details?|announcements?)\s+(?:to|for)\b",
        r"\bleave\s+(?:that|it|this)\s+to\b|\bnot\s+(?:my|our|his|her|its)\s+place\s+to\b|\bno\s+(?:response|reply|answer)\b",
    ),
    says_no=_any(
        r"^\W*(?:no|absolutely not|certainly not|of course not|definitely not|not at all|never|by no means)\W*$",
        r"\bnot\s+(?:what|how)\s+(?:it\s+)?happened\b|\bnothing\s+of\s+the\s+(?:sort|kind)\b|\bno\s+such\s+(?:thing|incident|strike|attack|order|event|plan|raid|shelling)s?\b",
        r"\bnot\s+(?:its|our|their|his|her)\s+own\b|\bnot\s+(?:one\s+of\s+)?(?:ours|theirs)\b|\bnothing\s+in\s+common\s+with\s+reality\b",
        r"^\W*(?:that\s+)?(?:no\W+)?(?:they|we|it|he|she|i)\s+(?:did|do|does|have|has|had|was|were|is|are)(?:n['’]t|\s+not)\W*$",
        r"(?<!will)(?<!would)(?<!shall)(?<!\bto)(?<!['’]ll)\s(?:had|has|have)\s+(?:\w+ly\s+)?nothing\s+to\s+do\s+with\b",
        r"(?:\b(?:is|was)|['’]s|^\W*|,)\s*nothing\s+to\s+do\s+with\b",
        r"\bhands\s+are\s+clean\b|\bnot\s+(?:us|our\s+doing|our\s+work|ours)\b",
        r"\bdid\s+no\s+such\s+thing\b|\bnever\s+happened\b|\b(?:had|have|has|played)\s+no\s+(?:part|role|hand)\s+in\b",
        r"\b(?:are|is|was|were)\s+not\s+(?:responsible|involved|behind|to\s+blame)\b",
    ),
    says_yes=_any(r"^\W*(?:yes|absolutely|certainly|of course|we did|that is (?:right|correct|true))\W*$"),
    owned=_any(r"\b(?:it|that|this)\s+was\s+(?:us|ours|our\s+(?:work|doing|people|men|drones?|guns?|crew|battery))\b"),
    either_way=_any(
        r"\b(?:not|n['’]t|cannot|unable|neither)\b.{0,40}\b(?:say|tell)\b.{0,30}"
        r"\b(?:yes\b.{0,40}\bno|either way|one way or)",
        r"\bwhether\b.{0,40}\bor\s+(?:there\s+)?(?:was|were|had|did|is|has|have|do|does)(?:n['’]t|\s+not)",
        r"\bif\b.{0,30}\bhad\s+or\s+had\s+not\b",
        r"\b(?:maybe|perhaps)\s+(?:yes|(?:we|they|it|he|she)\s+\w+)\W+(?:maybe|perhaps)\s+(?:no\b|(?:we|they|it|he|she)\b)",
        r"\bneither\s+claim\w*\s+nor\s+disclaim|\brul\w+\s+(?:\w+\s+)?(?:in\s+or\s+out|in\s+nor\s+out)\b",
        r"\brule\s+\w+\s+out\b.{0,30}\brule\s+\w+\s+in\b|\brule\s+\w+\s+in\b.{0,30}\brule\s+\w+\s+out\b",
        r"\b(?:neither|not|never|n['’]t)\b[^.;]{0,30}\bsay(?:ing)?\s+(?:\w+\s+)?yes\b.{0,50}\bno\b",
        r"\bconfirm\w*\s+nothing\b.{0,20}\bden\w+\s+nothing\b",
    ),
    irony=_any(
        r"^\W*(?:what|how)\s+(?:an?\s+)?(?:wonderful|generous|kind|lovely|nice|brave|noble|splendid|beautiful|thoughtful)\b",
        r"^\W*(?:sure|right|oh yes|yeah)\s*,\s+(?:and|sure|because)\b",
        r"\bof course\b.{0,30}\bour own\b",
        r"\bqueen of\b|\bpigs (?:can|will)? ?fly\b|\bevery (?:tuesday|monday|day before breakfast)\b",
        r"^\W*if this is (?:peace|a truce|a ceasefire|silence)\b",
    ),
    condition=_any(
        r"\b(?:only\s+)?if\s+and\s+only\s+if\b|\bif,\s+and\s+only\s+if\b|\bonly\s+if\b|^\W*if\b|,\s+if\b|\bbut\s+if\b",
        r"\b(?:unless|provided\s+(?:that|the|its?|they|both|all)|providing|assuming|proviso)\b",
        r"\b(?:on|upon|under)\s+(?:the\s+|one\s+|a\s+)?conditions?\b|\bconditional\s+(?:on|upon)\b|\bcontingent\s+(?:on|upon)\b",
        r"\b(?:depend(?:s|ent|ed|ing)?|hing(?:es?|ed|ing)|conditioned)\s+(?:entirely\s+|solely\s+)?(?:up)?on\b|\bsubject\s+to\b",
        r"\bon\s+the\s+understanding\s+that\b|\bpending\b|\bin\s+the\s+event\s+(?:of|that)\b|\bin\s+case\s+(?:of|the)\b",
        r"\b(?:as|so)\s+long\s+as\b(?!\s+(?:possible|necessary|needed|(?:it|he|she|they|we)\s+can\b))",
        r"\bin\s+(?:exchange|return)\s+for\b|\bas\s+soon\s+as\b|\bthe\s+moment\s+(?:the|they|it|he|we)\b",
        r"\bthe\s+(?:day|hour|moment|minute|instant)\s+(?!of\b|before\b|after\b|when\b|that\b|will\b|is\b|was\b)\w+\s+\w+",
        r"\bonly\s+(?:once|when|after|in\s+(?:return|exchange)|on|with|as\s+an?|under|against|following|through)\b|\bnot\s+(?:before|until)\b|\bno\b.{0,60}\buntil\b",
        r"\b(?:not|n['’]t|never|cannot|no)\b(?:(?!\band\b|\bbut\b)[^,;.]){0,80}\b(?:until|without)\b|^\W*(?:until|once)\b",
        r"\bwithout\b.{1,80}\b(?:no|not|never|cannot|nothing|n['’]t)\b|^\W*no\s+[\w ]+,\s+no\s+\w+",
        r"^\W*(?:should\b.{3,60},)|(?:^\W*|,\s+)were\b.{1,60}\bto\s+\w+|,\s+should\s+(?:the|they|it)\b",
        r"\bbefore\s+(?:talks|any|there|negotiations)\b.{0,30}\b(?:begin|can|start)",
        r"\bwith\s+(?:one|the|a|this)\s+(?:reservation|condition|exception)\b|\bwith\s+certain\s+reservations\b|\bwould\s+require\b",
        r"^\W*you\s+(?:give|stop|leave|free|open)\b.{1,60},\s+(?:and\s+)?we\b|\bis\s+a\s+(?:pre)?condition\s+for\b",
    ),
    refused=_any(
        r"\bout\s+of\s+the\s+question\b|\boff\s+the\s+table\b|\bunacceptable\b|\bnot\s+acceptable\b|\bnon-starter\b",
        r"\bno\s+longer\s+(?:felt?|feels?|is|are|was|were|considers?)\b.{0,20}\bbound\b",
        r"\bthere\s+(?:will|can|would|shall)\s+be\s+no\s+(?:negotiations?|talks|concessions?|deal|compromise|settlement|withdrawal|truce|ceasefire)\b",
        r"\b(?:could|can)(?:not|n['’]t|\s+not)\s+(?:imagine|accept|agree|countenance)\b",
        r"\b(?:sees?|saw)\s+no\s+(?:reason|point|need|sense)\b|\b(?:no|out\s+of\s+the)\s+question\s+of\b|\bwill\s+never\s+(?:accept|recogni[sz]e|agree|sign|give|cede|surrender)\b",
        r"^\W*not\s+(?:one|a\s+single|an)\s+(?:more\s+)?(?:inch|metre|meter|village|town|step|hectare|kilometre)\b",
        r"\?\s*never\W*$",
    ),
    no_breach=_any(
        r"\b(?:no|not\s+an?|never\s+an?|not\s+any|hardly\s+an?)\s+(?:\w+\s+)?(?:violation|breach|infringement|attack|act\s+of\s+war)s?\b",
        r"\b(?:lay|lies|was|were|is|fell)\s+outside\s+the\s+(?:truce|ceasefire|agreement|text|zone|deal)\b",
        r"\bdoes\s+not\s+(?:cover|forbid|apply|prohibit)\b",
    ),
    justified=_any(
        r"\b(?:in\s+)?self-?defen[cs]e\b|\bwarning\s+shots?\b",
        r"\b(?:permit|allow)(?:s|ted|ed)\s+(?:this|it|that|by)\b|\b(?:was|were|is)\s+(?:fully\s+)?(?:justified|lawful|permitted|within\s+its\s+rights)\b",
    ),
    withheld=_any(r"\bsome\b|\bmay\s+have\b|\bmight\s+have\b"),
    unverified=_any(
        r"\b(?:can|could|was|were|is|are|am)(?:not|n['’]t|\s+not|\s+unable\s+to|\s+not\s+able\s+to)\s+(?:\w+\s+)?"
        r"(?:verify|corroborate|confirm)\b",
        r"\bhas\s+yet\s+to\s+(?:verify|confirm|decide)\b|\bremains?\s+to\s+be\s+seen\b",
        r"\b(?:is|are|was|were)\s+(?:still\s+)?(?:investigating|checking)\W*$",
        r"\b(?:checking|studying|verifying|reviewing|examining|investigating|assessing|looking\s+into)\s+(?:\w+\s+)?"
        r"(?:reports?|claims?|circumstances|information|incident|matter|footage|allegations?|it|this|them|what)\b",
        r"\bno\s+(?:information|data)\s+(?:\w+\s+)?(?:about|on|of)\b",
        r"\b(?:no|not\s+any)\s+(?:knowledge|awareness)\s+of\b|\b(?:not|n['’]t|un)\s?aware\s+of\b|\baware\s+of\s+(?:\w+\s+)?reports?\b",
    ),
    contrary=_any(
        r"\b(?:contrary\s+to|despite|in\s+spite\s+of)\b[^,;.]{0,60}\b(?:reports?|claims?|allegations?|what|rumou?rs?|assertions?)\b",
    ),
    untrue=_any(
        r"\b(?:wrong|untrue|false|incorrect|misleading|inaccurate|unfair|not\s+true|no\s+longer\s+true)\b"
        r"(?:\s+to\s+\w+)?\s+that\b[^,;:]*$",
    ),
)
