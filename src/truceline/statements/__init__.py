"""Who said what, with which position, byte-exact.

In: Documents as received and the case's Parties. Out: Statements, with the tallies parties claim and what was
skipped with the reason. The verb: `extract`. Read first: extract.py and story.py, then position.py, where
"could neither confirm nor deny" is kept apart from a denial.

    divide (clean) -> parse (parser) -> attribute (attribution, quotes, neither) -> who (speakers),
    position, when (saying_time), about what (proposition), how many (tallies) -> Statements

Words of a language are data in languages/; names of states and agencies are data in capitals.py and agencies.py.
"""

from __future__ import annotations

from truceline.statements.extract import extract

__all__ = ["extract"]
