"""A larger reader that the shipped one learns from, beside the labels.

    a batch --Teacher.losses--> how far the small reader's chances and its reading of every piece are from the large's

A label says which answer is right; the teacher says besides which others it had thought of, for every word, and reads
texts nobody labelled. It is all-mpnet-base-v2 (Song et al. 2020, arXiv:2004.09297; twelve layers of 768) trained by
train_encoder.py on the same texts; it is too large and too slow to be shipped. Learning from chances: Hinton, Vinyals
and Dean 2015, arXiv:1503.02531; from what stands behind them: Jiao et al. 2020, arXiv:1909.10351.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from encoder_items import OUTSIDE
from encoder_model import LARGE, SMALL, Reader
from torch import Tensor, nn
from torch.nn import functional

TAUGHT = 0.6  # of what is learned about a word or a statement is the teacher's, the rest the label's
READING = 0.5  # the weight of reading every piece as the teacher does


class Teacher:
    """The large reader's weights, which stay as they are, and a matrix from the small one's width to its own."""

    def __init__(self, weights: Path, base: Path, labels: dict[str, list[str]]) -> None:
        self.model = Reader(base, [0] * len(labels["pieces"]), labels, LARGE)
        self.model.load_state_dict(torch.load(weights, weights_only=True))
        self.model.eval()
        self.wider = nn.Linear(SMALL.width, LARGE.width)

    def losses(
        self, batch: Any, x: Tensor, cues: Tensor, press: Tensor, roles: Tensor | None, judged: Tensor | None
    ) -> dict[str, Tensor]:
        """By kind, what the small reader's answers to a batch lack; they are scores as its heads give them."""
        with torch.no_grad():
            y = self.model.shared(batch)
            known = self.model.cues_and_roles(y, batch)
            opinion = self.model.judged(y, batch) if judged is not None else None
        words = (batch["first"] > 0).flatten()  # place 0 is the opening's: there padding points
        losses = {"cue": _apart(cues, known[0], words), "press": _apart(press, known[1], words)}
        if roles is not None and known[2] is not None:
            losses["role"] = _apart(roles, known[2], batch["told"] != OUTSIDE)
        if judged is not None and opinion is not None:
            losses["position"] = _apart(judged, opinion, torch.ones(len(judged), dtype=torch.bool))
        ours = self.wider(x.float()[batch["real"]])
        losses["reading"] = (1 - functional.cosine_similarity(ours, y.float()[batch["real"]], dim=-1)).mean()
        return losses


def _apart(ours: Tensor, taught: Tensor, asked: Tensor) -> Tensor:
    """The mean divergence of our chances from the teacher's, over the rows asked for."""
    ours, taught = (scores.float()[asked].log_softmax(-1) for scores in (ours, taught))
    return functional.kl_div(ours, taught, reduction="batchmean", log_target=True)
