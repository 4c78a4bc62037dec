"""Languages, one row each. A text in any other language is skipped with the reason, never guessed at.

Add a language: `languages/<code>.py` (data), one row here, labelled sentences and a floor.
"""

from __future__ import annotations

from truceline.statements.languages.en import ENGLISH
from truceline.statements.languages.language import Language
from truceline.statements.languages.lexicon import Lexicon
from truceline.statements.languages.ru import RUSSIAN
from truceline.statements.languages.uk import UKRAINIAN

LANGUAGES: dict[str, Language] = {ENGLISH.code: ENGLISH}

# Languages without a parser, read by lexicon alone: a first version (lexical.py).
LEXICONS: dict[str, Lexicon] = {lexicon.code: lexicon for lexicon in (RUSSIAN, UKRAINIAN)}

__all__ = ["LANGUAGES", "LEXICONS"]
