"""Ukrainian: cues, negation and modality by stems. A first version: sentences of one speaker, no nesting."""

from __future__ import annotations

from truceline.statements.languages.lexicon import Lexicon, pattern
from truceline.statements.statement import Position

_CONFIRM, _DENY = r"підтвер\w+", r"(?:заперечу\w+|заперечи\w+|заперечен\w+|спросту\w+|спростов\w+|спростуван\w+)"

UKRAINIAN = Lexicon(
    code="uk",
    neither=pattern(
        rf"\b(?:ні|ані|не)\s+{_CONFIRM}(?:(?!\.).){{0,40}}?\b(?:ні|ані|не|чи|або)\s+{_DENY}",
        rf"\b(?:ні|ані|не)\s+{_DENY}(?:(?!\.).){{0,40}}?\b(?:ні|ані|не|чи|або)\s+{_CONFIRM}",
        rf"\b(?:відмов\w+|не\s+(?:став|стала|стали|може|можу|можуть|береться))\s+(?:\w+\s+)?{_CONFIRM}\s+(?:чи|або|і|та)\s+{_DENY}",
    ),
    no_comment=pattern(
        r"\bне\s+коменту\w+", r"\bвідмов\w+\s+(?:від\s+)?комент\w+", r"\bбез\s+коментар\w+", r"\bне\s+(?:став|стала|стали)\s+комент\w+",
        r"\b(?:утрима|ухили)\w+\s+від\s+(?:комент|відпов)\w+", r"\bнічого\s+(?:додати|сказати)",
    ),
    halves=pattern(
        rf"\bне\s+{_DENY}", rf"\bне\s+{_CONFIRM}", r"\bне\s+виключа\w+", r"\bне\s+відкида\w+", r"\bне\s+звинувачу\w+",
        r"\b(?:може|можуть|могла\s+б|міг\s+би)\s+(?:погод|прийн|підпис)\w+", r"\b(?:вивча|розгляда)\w+", r"\bне\s+(?:може|можуть)\s+" + _CONFIRM,
        r"\b(?:нібито|начебто|сподіва\w+)\b",
    ),
    conditions=pattern(
        r"\b(?:лише|тільки)\s+(?:якщо|коли|після|тоді)", r"\bза\s+умови\b", r"\bякщо\b", r"\bдоки\b(?:(?!\.).){0,60}\bне\b",
        r"\bв\s+обмін\s+на\b", r"\bдо\s+тих\s+пір,?\s+поки\b",
    ),
    acts=(
        (Position.ACKNOWLEDGES_IN_PART, pattern(r"\bчастково\s+визна\w+")),
        (Position.DENIES, pattern(
            rf"\b(?:категорично\s+)?{_DENY}", r"\b(?:відки\w+|відхил\w+)(?=\s+(?:\w+\s+)?(?:звинувачен|обвинувачен|закид)\w+)",
            r"\bназва\w+(?=(?:(?!\.).){0,60}\b(?:фейк|вигадк|брехн|неправд|провокац)\w+)",
        )),
        (Position.ACCUSES, pattern(r"\bзвинува\w+", r"\bобвинува\w+", r"\bпокла\w+(?=(?:(?!\.).){0,40}відповідальн)")),
        (Position.ACKNOWLEDGES, pattern(r"\bвизна\w+", rf"\b{_CONFIRM}", r"\bвзя\w+\s+(?:на\s+себе\s+)?відповідальн\w+")),
        (Position.REJECTS, pattern(
            r"\bвідхил\w+", r"\bвідки\w+", r"\bвідмов\w+", r"\bвиключа\w+", r"\bне\s+(?:погод|прийм|підпис)\w+",
        )),
        (Position.ACCEPTS, pattern(r"\bпогод\w+", r"\bприйня\w+", r"\bсхвал\w+", r"\bпідтрима\w+")),
        (Position.PROMISES, pattern(r"\bпообіця\w+", r"\bобіця\w+", r"\bзобов['’ʼ]яза\w+", r"\bгаранту\w+")),
        (Position.CALLS_FOR, pattern(r"\bзаклик\w+", r"\bвимага\w+", r"\bпопроси\w+", r"\bпропону\w+", r"\bзапропонува\w+")),
        (Position.PREDICTS, pattern(r"\bпрогнозу\w+", r"\bочіку\w+", r"\bпередбача\w+")),
    ),
    saying=pattern(
        r"\b(?:заяви|сказа|повідоми|стверджу|відпові|наголоси|дода|зазначи|попереди|написа|розпові|підкресли)\w*",
    ),
    denied=pattern(
        r"\bне\s+(?:відкрива|стріля|обстрілюва|наноси|завдава|атакува|порушува|переход|ма\w+\s+(?:нічого|стосунк))\w*", r"\bжодн\w+",
        r"\bнеправд\w+", r"\bбрехн\w+", r"\bфейк\w*", r"\bвигад\w+", r"\bце\s+не\s+ми\b",
    ),
    admitted=pattern(r"\b(?:ми\s+)?(?:відкри\w+|завда\w+|обстріля\w+|стріля\w+)\b"),
    harmful=pattern(
        r"обстріл\w*", r"стріля\w+", r"атакува(?!тим)\w+", r"поруш\w+", r"відкрива\w+\s+вог\w+", r"удар\w*", r"вогон|вогню", r"вибух\w*", r"влучи\w+",
    ),
    ahead=pattern(r"\w+(?:тиме|тимуть|тимемо)\b", r"\bбуде\b", r"\bбудуть\b", r"\b(?:звільн|відве|відкри|підпиш|припин|поверн)\w*(?:имо|емо)\b"),
    ours=pattern(r"\b\w+(?:имо|емо|тимемо)\b"),
    that=pattern(r",?\s*\bщо\b"),
    media=pattern(r"\bагенці\w+", r"\bгазет\w+", r"\bтелеканал\w*", r"\bвидання\b"),
    partly=pattern(r"\bчастково\b"),
    weekdays=("понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"),
)  # fmt: skip
