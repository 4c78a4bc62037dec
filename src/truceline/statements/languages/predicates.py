"""Which kind of matter a statement speaks of: one line a class and language, the first that fits is taken.

Regular expressions over the words as they stand, without regard to case; word beginnings are enough. Add a word
to its line. The classes of acts are those of terms/event_class.py; the others are what parties negotiate about.
"""

from __future__ import annotations

import re
from enum import StrEnum

from truceline.terms.event_class import EventClass


class Predicate(StrEnum):
    """What a statement is about, before who, where and when."""

    SHELLING = "shelling"
    AIR_OR_MISSILE_STRIKE = "air_or_missile_strike"
    DRONE_ATTACK = "drone_attack"
    SMALL_ARMS_FIRE = "small_arms_fire"
    GROUND_ASSAULT = "ground_assault"
    EXPLOSION_UNDETERMINED = "explosion_undetermined"
    AIR_DEFENCE_FIRE = "air_defence_fire"
    INFRASTRUCTURE_DAMAGE = "infrastructure_damage"
    MINE = "mine"
    FIRE = "fire"  # some act of fire, the means not told
    VIOLATION = "violation"  # a breach as such, the act not told
    TRUCE = "truce"
    TALKS = "talks"
    WITHDRAWAL = "withdrawal"
    DEPLOYMENT = "deployment"
    TERRITORY = "territory"
    ACCESS = "access"
    PRISONERS = "prisoners"
    MONITORING = "monitoring"
    PRESSURE = "pressure"
    OTHER = "other"

    @property
    def event(self) -> EventClass | None:
        """The class of act, None where the statement tells of none or does not tell the means."""
        return EventClass(self.value) if self.value in EventClass.__members__.values() else None


# Acts whose means may be told more or less exactly by two speakers of one matter.
FIRE_LIKE: frozenset[Predicate] = frozenset(
    {Predicate.SHELLING, Predicate.AIR_OR_MISSILE_STRIKE, Predicate.DRONE_ATTACK, Predicate.SMALL_ARMS_FIRE,
     Predicate.GROUND_ASSAULT, Predicate.EXPLOSION_UNDETERMINED, Predicate.MINE, Predicate.FIRE, Predicate.VIOLATION}
)  # fmt: skip

_P = Predicate
_LINES: dict[str, tuple[tuple[Predicate, str], ...]] = {
    "en": (
        (_P.MONITORING, r"satellite|observers?\b|monitor(?!ing mission)|peacekeep|inspector|verif"),
        (_P.PRISONERS, r"prisoner|detainee|captive|hostage|captur\w+ (?:of )?(?:sailors|soldiers|scouts)|\bpow\b|swap"),
        (_P.AIR_DEFENCE_FIRE, r"air[- ]defen[cs]e (?:fire|shot|is working)|shot down|shooting down|intercept"),
        (_P.VIOLATION, r"(?:violat|breach|broke|break)\w*\s+(?:of\s+)?(?:the\s+|its\s+|this\s+)?(?:truce|ceasefire|pause|silence)"),
        (_P.DRONE_ATTACK, r"\bdrones?\b|\buavs?\b|unmanned|quadcopter"),
        (_P.MINE, r"\bmine(?:s|d|field|fields)?\b|\bmining\b|sapper"),
        (_P.AIR_OR_MISSILE_STRIKE, r"missile|rocket|air ?strike|air ?raid|\bbomb|aircraft|\bjets?\b|helicopter|\bair force|"
         r"\bstr(?:ike|ikes|uck|iking)\b|\bflights?\b|no-fly"),
        (_P.GROUND_ASSAULT, r"assault|\binva[ds]|incursion|ground push|crossed the (?:line|river|border)|attack(?:ed|s)? at dawn|"
         r"with tanks|\braid\b|offensive|storm"),
        (_P.SMALL_ARMS_FIRE, r"sniper|rifle|machine[- ]gun|small[- ]arms|\bshots?\b|bursts?\b|warning shot"),
        (_P.SHELLING, r"shell|artiller|mortar|howitzer|\bguns? (?:had )?fired|gunner|batter(?:y|ies)|barrage|bombard|\brounds?\b"),
        (_P.EXPLOSION_UNDETERMINED, r"explosion|blast|explod"),
        (_P.WITHDRAWAL, r"withdr[ae]w|pull(?:ed|ing)? ?(?:back|out)|pullback|pull-?out|evacuat|(?:guns?|tanks?|troops?|men) "
         r"(?:would |will |have |has |had )?(?:leave|left|be removed|been moved)"),
        (_P.FIRE, r"open(?:ed|ing)? fire|return(?:ed|ing)? fire|\bfir(?:ed|ing)\b(?! (?:line|squad))|cross[- ]?fire|\battack"),
        (_P.TRUCE, r"truce|ceasefire|cease-fire|armistice|\bpause\b|hold(?:ing)? (?:its |his |their )?fire|\bsilen|\bquiet|"
         r"agreement|\bpeace\b|stop firing|the (?:plan|proposal|deal|text|draft|protocol|accord|treaty)\b|hostilities"),
        (_P.TALKS, r"\btalks?\b|\bmeet|met\b|negotiat|phone|\bspoke(?:n)?\b|\bcalls?\b|contact|delegation|dialogue|mediation"),
        (_P.TERRITORY, r"territor|\bline\b|\bborder|\bhills?\b|\bstrip\b|\bcede|annex|boundary|\bregions?\b|village"),
        (_P.ACCESS, r"access|road|crossing|corridor|convoy|passage|\bport\b|\baid\b|let .{0,20}(?:in|through|out)\b|reopen|bridge"),
        (_P.DEPLOYMENT, r"deploy|positions?\b|troops?\b|tanks?\b|forces\b|units?\b|advisers|rearm|weapons?\b|missiles in"),
        (_P.INFRASTRUCTURE_DAMAGE, r"damage|power (?:line|station|plant)|water plant|pipeline|destroyed"),
        (_P.PRESSURE, r"pressure|sanction"),
        (_P.VIOLATION, r"violat|breach"),
    ),
    "uk": (
        (_P.PRISONERS, r"полонен|заручник"), (_P.DRONE_ATTACK, r"дрон|безпілотник"),
        (_P.MINE, r"мінуван|\bмін[аиу]\b|замінован"), (_P.AIR_OR_MISSILE_STRIKE, r"удар|ракет|авіаці|бомб"),
        (_P.GROUND_ASSAULT, r"наступ|штурм|атакуватим|вторгнен"), (_P.SMALL_ARMS_FIRE, r"постріл|снайпер|кулемет"),
        (_P.SHELLING, r"обстріл|снаряд|артилер|міномет|стріля|вогню|вогонь|гармат\w+ (?:стріля)"),
        (_P.EXPLOSION_UNDETERMINED, r"вибух"), (_P.WITHDRAWAL, r"відведен|відвод|відведе|відійд"),
        (_P.VIOLATION, r"порушен|порушил"), (_P.TRUCE, r"перемир|угод|припинен|тиш[аіу]|пауз|план буферн|пропозиці"),
        (_P.TALKS, r"перегово|телефонн|зустріч|розмов|контакт"), (_P.TERRITORY, r"територ|ліні[яїю]|кордон"),
        (_P.ACCESS, r"дорог|коридор|пропусти|доступ|блокад"), (_P.DEPLOYMENT, r"військ|радник|пересуван|техніки"),
        (_P.MONITORING, r"спостерігач|супутник|моніторинг"), (_P.PRESSURE, r"тиск|санкці"),
    ),
    "ru": (
        (_P.PRISONERS, r"пленн|заложник"), (_P.DRONE_ATTACK, r"дрон|беспилотник"),
        (_P.MINE, r"минирован|\bмин[аыу]\b|заминирован"), (_P.AIR_OR_MISSILE_STRIKE, r"удар|ракет|авиаци|бомб"),
        (_P.GROUND_ASSAULT, r"наступлен|штурм|атаковать|вторжен"), (_P.SMALL_ARMS_FIRE, r"выстрел|снайпер|пулемет"),
        (_P.SHELLING, r"обстрел|снаряд|артилл|миномет|стреля|огня|огонь"),
        (_P.EXPLOSION_UNDETERMINED, r"взрыв"), (_P.WITHDRAWAL, r"отвод|отведен|отведёт|вывод войск"),
        (_P.VIOLATION, r"нарушен|нарушил"), (_P.TRUCE, r"перемири|соглашен|прекращ|тишин|пауз|план буферн|предложени"),
        (_P.TALKS, r"перегов|телефонн|встреч|разговор|контакт"), (_P.TERRITORY, r"территор|лини[яию]|границ"),
        (_P.ACCESS, r"дорог|коридор|пропусти|доступ|блокад"), (_P.DEPLOYMENT, r"войск|советник|передвижен|техник"),
        (_P.MONITORING, r"наблюдател|спутник|мониторинг"), (_P.PRESSURE, r"давлен|санкци"),
    ),
}  # fmt: skip
_TABLES = {
    code: tuple((predicate, re.compile(words, re.IGNORECASE)) for predicate, words in lines)
    for code, lines in _LINES.items()
}


def predicate_of(words: str, language: str) -> Predicate:
    """The class of the first line that fits; OTHER where none does.

    >>> predicate_of("that its guns had fired near Ostrel", "en").value, predicate_of("the weather", "en").value
    ('shelling', 'other')
    """
    for predicate, pattern in _TABLES.get(language, ()):
        if pattern.search(words):
            return predicate
    return Predicate.OTHER
