"""Russian: cues, negation and modality by stems. A first version: sentences of one speaker, no nesting."""

from __future__ import annotations

from truceline.statements.languages.lexicon import Lexicon, pattern
from truceline.statements.statement import Position

_CONFIRM, _DENY = r"подтвер\w+", r"(?:отриц\w+|опроверг\w+|опровер\w+|отрица\w+)"

RUSSIAN = Lexicon(
    code="ru",
    neither=pattern(
        rf"\b(?:ни|не)\s+{_CONFIRM}(?:(?!\.).){{0,40}}?\b(?:ни|не|или|либо)\s+{_DENY}",
        rf"\b(?:ни|не)\s+{_DENY}(?:(?!\.).){{0,40}}?\b(?:ни|не|или|либо)\s+{_CONFIRM}",
        rf"\b(?:отказ\w+|не\s+(?:стал|стала|стали|может|могу|могут|берётся|берется))\s+(?:\w+\s+)?{_CONFIRM}\s+(?:или|либо|и)\s+{_DENY}",
    ),
    no_comment=pattern(
        r"\bне\s+комментир\w+", r"\bотказ\w+\s+(?:от\s+)?коммент\w+", r"\bбез\s+комментари\w+", r"\bне\s+(?:стал|стала|стали)\s+коммент\w+",
        r"\b(?:воздерж|уклон)\w+\s+от\s+(?:коммент|ответ)\w+", r"\bнечего\s+(?:добавить|сказать)",
    ),
    halves=pattern(
        rf"\bне\s+{_DENY}", rf"\bне\s+{_CONFIRM}", r"\bне\s+исключа\w+", r"\bне\s+отверга\w+", r"\bне\s+обвиня\w+",
        r"\b(?:может|могут|могла\s+бы|мог\s+бы)\s+(?:согласи|приня|подписа)\w+", r"\b(?:изуча|рассматрива)\w+", r"\bне\s+(?:может|могут)\s+" + _CONFIRM,
        r"\b(?:якобы|надее\w+)\b",
    ),
    conditions=pattern(
        r"\b(?:лишь|только)\s+(?:если|когда|после|тогда)", r"\bпри\s+условии\b", r"\bесли\b", r"\bпока\b(?:(?!\.).){0,60}\bне\b",
        r"\bв\s+обмен\s+на\b", r"\bдо\s+тех\s+пор,?\s+пока\b",
    ),
    acts=(
        (Position.ACKNOWLEDGES_IN_PART, pattern(r"\bчастично\s+призна\w+")),
        (Position.DENIES, pattern(
            rf"\b(?:категорически\s+)?{_DENY}", r"\b(?:отверг\w+|отклон\w+)(?=\s+(?:\w+\s+)?(?:обвинен|упрёк|упрек)\w+)",
            r"\bназва\w+(?=(?:(?!\.).){0,60}\b(?:фейк|выдумк|ложь|ложью|неправд|провокац)\w*)",
        )),
        (Position.ACCUSES, pattern(r"\bобвин\w+", r"\bвозлож\w+(?=(?:(?!\.).){0,40}ответственн)")),
        (Position.ACKNOWLEDGES, pattern(r"\bпризна\w+", rf"\b{_CONFIRM}", r"\bвзя\w+\s+(?:на\s+себя\s+)?ответственн\w+")),
        (Position.REJECTS, pattern(
            r"\bотклон\w+", r"\bотверг\w+", r"\bотказ\w+", r"\bисключа\w+", r"\bне\s+(?:соглас|прим|подпиш)\w+",
        )),
        (Position.ACCEPTS, pattern(r"\bсогласи\w+", r"\bприня\w+", r"\bодобри\w+", r"\bподдержа\w+")),
        (Position.PROMISES, pattern(r"\bпообеща\w+", r"\bобеща\w+", r"\bобяза\w+", r"\bгаранти\w+")),
        (Position.CALLS_FOR, pattern(r"\bпризва\w+", r"\bпризыва\w+", r"\bтребу\w+", r"\bпотребова\w+", r"\bпопроси\w+", r"\bпредлаг\w+", r"\bпредложи\w+")),
        (Position.PREDICTS, pattern(r"\bпрогнозир\w+", r"\bожида\w+", r"\bпредсказ\w+")),
    ),
    saying=pattern(
        r"\b(?:заяви|сказа|сообщи|утвержда|ответи|подчеркну|добави|отмети|предупреди|написа|рассказа)\w*",
    ),
    denied=pattern(
        r"\bне\s+(?:открыва|стреля|обстрелива|наноси|атакова|наруша|переход|име\w+\s+(?:ничего|отношен))\w*", r"\bни\s+одн\w+",
        r"\bнеправд\w+", r"\bложь\w*", r"\bфейк\w*", r"\bвыдум\w+", r"\bэто\s+не\s+мы\b",
    ),
    admitted=pattern(r"\b(?:мы\s+)?(?:открыли|нанесли|обстреля\w+|стреля\w+)\b"),
    harmful=pattern(
        r"обстрел\w*", r"стреля\w+", r"атаковал\w+", r"наруш\w+", r"открыва\w+\s+ог\w+", r"удар\w*", r"огонь|огня", r"взрыв\w*", r"попа[лд]\w+",
    ),
    ahead=pattern(r"\bбуд(?:ет|ут|ем)\b", r"\b(?:освобод|отвед|откро|подпиш|прекрат|верн)\w*(?:им|ем|ём)\b"),
    ours=pattern(r"\b(?:освобод|отвед|откро|подпиш|прекрат|верн)\w*(?:им|ем|ём)\b", r"\bмы\s+будем\b"),
    that=pattern(r",?\s*\bчто\b"),
    media=pattern(r"\bагентств\w+", r"\bгазет\w+", r"\bтелеканал\w*", r"\bиздание\b"),
    partly=pattern(r"\bчастично\b"),
    weekdays=("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
)  # fmt: skip
