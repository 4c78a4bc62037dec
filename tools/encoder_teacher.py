"""What a reader should answer: the labels' word, and the word of a teacher that is larger than itself.

    a batch and the answers to it --by_labels--> how far they are from the labels
                                  --by_teacher--> how far from another reader's, word by word and layer by layer

A label says which answer is right; the teacher says besides which others it had thought of, for every word, and reads
texts nobody labelled. It is all-mpnet-base-v2 trained by train_encoder.py on the same texts; it is too large and too
slow to be shipped. Learning from chances: Hinton, Vinyals and Dean 2015, https://arxiv.org/abs/1503.02531; from what
stands behind them, layer by layer: Jiao et al. 2020, https://arxiv.org/abs/1909.10351.
"""

from __future__ import annotations

from typing import Any

import torch
from encoder_items import OUTSIDE
from encoder_model import Answers
from torch import Tensor
from torch.nn import functional

WEIGHTS = {"cue": 1.0, "press": 1.0, "role": 0.5, "position": 0.5}
SMOOTHED = 0.05  # of the chance of a position goes to the others
LAST_LAYERS = 0.1  # the weight of the two layers that answer, beside the mean of those that read


def by_labels(batch: Any, answers: Answers) -> dict[str, Tensor]:
    """By kind, how far the answers are from the labels; a kind nobody labelled in this batch is left out."""
    asked = {
        "cue": (answers.cues, "cues"),
        "press": (answers.press, "press"),
        "role": (answers.roles, "told"),
        "position": (answers.judged, "case_labels"),
    }
    losses = {}
    for name, (scores, key) in asked.items():
        if scores is None or not bool((answered := batch[key] >= 0).any()):
            continue
        smoothed = SMOOTHED if name == "position" else 0.0
        found = functional.cross_entropy(scores.float()[answered], batch[key][answered], label_smoothing=smoothed)
        losses[name] = WEIGHTS[name] * found
    return losses


def by_teacher(batch: Any, answers: Answers, taught: Answers) -> dict[str, Tensor]:
    """By kind, how far the answers are from a teacher's; `reading` is what stands behind them, in every layer."""
    words = (batch["first"] > 0).flatten()  # place 0 is the opening's: there padding points
    asked = batch["told"] != OUTSIDE
    losses = {"cue": _apart(answers.cues, taught.cues, words), "press": _apart(answers.press, taught.press, words)}
    real = batch["real"]
    reading = sum(_far(a, b, real) for a, b in zip(answers.read, taught.read, strict=True)) / len(taught.read)
    if answers.roles is not None and taught.roles is not None and bool(asked.any()):
        losses["role"] = _apart(answers.roles, taught.roles, asked)
        reading = reading + LAST_LAYERS * _far(answers.from_cues, taught.from_cues, real[batch["of"]])
    if answers.judged is not None and taught.judged is not None:
        losses["position"] = _apart(answers.judged, taught.judged, torch.ones(len(answers.judged), dtype=torch.bool))
        reading = reading + LAST_LAYERS * _far(answers.of_cases, taught.of_cases, batch["case_real"])
    return {name: WEIGHTS[name] * loss for name, loss in losses.items()} | {"reading": reading}


def _apart(ours: Tensor, taught: Tensor, asked: Tensor) -> Tensor:
    """The mean divergence of our chances from the teacher's, over the rows asked for."""
    ours, taught = (scores.float()[asked].log_softmax(-1) for scores in (ours, taught))
    return functional.kl_div(ours, taught, reduction="batchmean", log_target=True)


def _far(ours: Tensor, taught: Tensor, real: Tensor) -> Tensor:
    """The mean square by which pieces are read otherwise, as a share of how much the teacher's readings vary."""
    ours, taught = (read.float()[real] for read in (ours, taught))
    return functional.mse_loss(ours, taught) / taught.var()
