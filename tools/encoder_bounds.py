"""Statements and cues shown with other bounds than their labels', for train_encoder.py.

    one text --with_shaken_bounds--> the same text; one statement in three too long, too short, torn or half told,
                                     one cue in three half seen

A label's bounds are right and its cue is whole. What the program finds in a text it has not seen is often neither: of
166 statements of real state prose the weights before read 142 rightly with the labels' bounds, 103 with those they
found. A position does not change with a word more or less, so it is learned on such bounds too; nor does who speaks
and what is said change where half of the cue is seen, or the cue beside it is not.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from encoder_items import CUE_PART, SAID_PART

SHAKEN = 0.35  # of the statements
HALF_SEEN = 0.3  # of the cues
PASSED_OVER = 0.2  # of the cues beside one
OF_THIS_CUE, OF_ANOTHER = 1, 2  # among the marks of truceline.statements.encoder.as_seen
CUE, SOURCE, SAID = CUE_PART, 2, SAID_PART  # places in truceline.statements.encoder.PARTS; 0 is none
LEAST_WORDS = 3  # of a statement whose bounds are moved
FURTHEST = {"longer": 12, "earlier": 6}  # words taken in
WAYS = ("longer", "longer", "earlier", "shorter", "shorter", "later", "torn", "half a cue", "no source")


def with_shaken_bounds(one: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """A text as it is learned from, some of its statements and cues with other bounds; what they mean stays."""
    roles = [(_half_seen(marks, draw), *more) for marks, *more in one["roles"]]
    cases = [_shaken(case, draw) if draw.random() < SHAKEN else case for case in one.get("cases", ())]
    return {**one, "roles": roles} | ({"cases": cases} if "cases" in one else {})


def _half_seen(marks: Sequence[int], draw: random.Random) -> list[int]:
    """The marks as seen from one cue: of a longer cue now and then a word less, and some cues beside it not seen."""
    shown: list[int] = []
    for mark, run in groupby(marks):
        passed = mark == OF_ANOTHER and draw.random() < PASSED_OVER
        shown += [0 if passed else mark for _ in run]
    cue = [n for n, mark in enumerate(marks) if mark == OF_THIS_CUE]
    if len(cue) > 1 and draw.random() < HALF_SEEN:
        shown[draw.choice(cue)] = 0
    return shown


def _shaken(case: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    parts = list(case["parts"])
    for _ in range(draw.choice((1, 1, 2))):
        said = [n for n, part in enumerate(parts) if part == SAID]
        if len(said) >= LEAST_WORDS:
            _move(parts, said, case["parts"], draw.choice(WAYS), draw)
    return {**case, "parts": parts}


def _move(parts: list[int], said: Sequence[int], labelled: Sequence[int], way: str, draw: random.Random) -> None:
    """Move the bounds one way; a third of the words at most, or two, are lost; only words of no part are taken in."""
    some = draw.randint(1, max(2, len(said) // 3))
    if way in FURTHEST:
        some = min(some, FURTHEST[way])
        ahead = (
            range(said[-1] + 1, said[-1] + 1 + some) if way == "longer" else range(said[0] - 1, said[0] - 1 - some, -1)
        )
        for n in ahead:
            if not 0 <= n < len(parts) or labelled[n] not in (0, SAID):
                return
            parts[n] = SAID
        return
    if way == "shorter":
        lost = said[-some:]
    elif way == "later":
        lost = said[:some]
    elif way == "torn":
        at = draw.randrange(1, len(said) - 1)
        lost = said[at : min(at + some, len(said) - 1)]
    elif way == "half a cue":
        cue = [n for n, part in enumerate(parts) if part == CUE]
        lost = [draw.choice(cue)] if len(cue) > 1 else []
    else:
        lost = [n for n, part in enumerate(parts) if part == SOURCE]
    for n in lost:
        parts[n] = 0
