"""Languages, one row each. A text in any other language is skipped with the reason, never guessed at.

Add a language: `languages/<code>.py` (data), one row here, labelled sentences and a floor.
"""

from __future__ import annotations

from truceline.statements.languages.en import ENGLISH
from truceline.statements.languages.language import Language

LANGUAGES: dict[str, Language] = {ENGLISH.code: ENGLISH}

__all__ = ["LANGUAGES"]
