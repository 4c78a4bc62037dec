"""The transformer of truceline/statements/encoder.py as torch trains it; this and its neighbours need torch.

    items of train_encoder.prepare --batches--> padded tensors --Reader--> scores of cues, of roles, of positions

Layers 0 to 10 read a paragraph once, layer 11 reads it from a cue, layer 12 with one statement marked. A teacher has
every head and inner number of its base model; what is shipped has a fifth of them (encoder_narrow.py).
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from encoder_items import OUTSIDE
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

# all-mpnet-base-v2 as published; Song et al. 2020, https://arxiv.org/abs/2004.09297
WIDTH, HEADS, SHARED, EPSILON = 768, 12, 11, 1e-5
HEAD = WIDTH // HEADS  # numbers of what one head asks
INNER = 4 * WIDTH
FIRST_PLACE = 2  # the row of its table of places where a text begins
DISTANCES = 32  # steps of distance by which pieces attend to each other otherwise
FURTHEST = 128  # pieces: from here on all are equally far
QUERY_KEY_VALUE = ("attention.attn.q", "attention.attn.k", "attention.attn.v")

ADDED_AT = 2  # the layer before which the parse is added
BATCH = 1_600  # pieces, about 30 paragraphs
DROPOUT = 0.1
NEVER = -1e4  # what padding is asked
PARTS, WHOSE, POSITIONS = 5, 3, 15
CUES = 4  # O, B, I, and the predicate of what is said without a cue
PRESS = 3  # O, B, I, as PolNeAR's annotators mark them
HINTS_KEPT = 0.85  # of the statements in training; the others are read without what the rules say
LAYER_LEVELS = 15  # steps each side of nothing that a row of a layer's matrix is rounded to in the file


def in_steps(weight: Tensor, levels: int) -> tuple[Tensor, Tensor]:
    """A matrix as whole numbers of steps, `levels` each side of nothing, and the step of each row."""
    step = weight.abs().amax(1, keepdim=True) / levels + 1e-12
    return (weight / step).round(), step


def steps_between(size: int) -> Tensor:
    """The step of distance from each piece to each, of shape (size, size).

    Half of the steps lead back and half ahead; of each half one is a piece as far as half of it, then they widen.
    """
    at = torch.arange(size)
    apart = at[:, None] - at[None, :]
    half = DISTANCES // 2
    near = half // 2
    far = apart.abs()
    widened = near + (torch.log(far.clamp(min=1) / near) / math.log(FURTHEST / near) * (half - near)).long()
    return (apart < 0).long() * half + torch.where(far < near, far, widened.clamp(max=half - 1))


class Layer(nn.Module):
    """One layer, begun as the base model's layer `number`; `kept` are the base model's heads that are left in it."""

    kept: Tensor

    def __init__(self, number: int, weights: dict[str, Tensor]) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = (nn.LayerNorm(WIDTH, eps=EPSILON) for _ in range(2))
        self.drop = nn.Dropout(DROPOUT)
        self.coarse = False
        self.register_buffer("kept", torch.arange(HEADS))
        name = f"encoder.layer.{number}."
        with torch.no_grad():
            for what in ("weight", "bias"):
                self.get_parameter(f"qkv.{what}").copy_(
                    torch.cat([weights[f"{name}{p}.{what}"] for p in QUERY_KEY_VALUE])
                )
                for ours, theirs in (
                    ("out", "attention.attn.o"),
                    ("norm1", "attention.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    self.get_parameter(f"{ours}.{what}").copy_(weights[f"{name}{theirs}.{what}"])

    def forward(self, x: Tensor, real: Tensor, far: Tensor) -> Tensor:
        """Sequences of pieces, shape (n, size, width); `real` tells pieces from padding, `far` adds for distance."""
        n, size, _ = x.shape
        heads = len(self.kept)
        q, k, v = self.through(self.qkv, x).view(n, size, 3, heads, HEAD).permute(2, 0, 3, 1, 4)
        # By hand: at such lengths torch's own attention for processors takes a fifth of all time, backwards alone.
        asked = (q * HEAD**-0.5) @ k.transpose(-1, -2) + far[self.kept].to(q.dtype)
        mixed = asked.masked_fill(~real[:, None, None, :], NEVER).float().softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.through(self.out, mixed.transpose(1, 2).reshape(n, size, heads * HEAD))))
        inner = functional.gelu(self.through(self.up, x), approximate="tanh")
        return self.norm2(x + self.drop(self.through(self.down, inner)))

    def through(self, part: nn.Linear, x: Tensor) -> Tensor:
        """Through one matrix, as it is or as the file will hold it; it learns as if it were not rounded."""
        weight = part.weight
        if self.coarse:
            with torch.no_grad():
                whole, step = in_steps(weight, LAYER_LEVELS)
                moved = whole * step - weight
            weight = weight + moved
        return functional.linear(x, weight, part.bias)


@dataclass
class Answers:
    """What a reader makes of a batch.

    Attributes:
        read: The pieces after each shared layer, each of shape (texts, pieces, WIDTH).
        cues, press: Scores of every word to be in a cue, ours and the press's; `roles` as seen from each cue.
        judged: Scores of the positions of each statement.
        from_cues, of_cases: What stands behind the last two.
    """

    read: list[Tensor]
    cues: Tensor
    press: Tensor
    roles: Tensor | None = None
    judged: Tensor | None = None
    from_cues: Tensor | None = None
    of_cases: Tensor | None = None


class Reader(nn.Module):
    """The base model with what is added to it; the tables of pieces, of places and of distances stay as they are."""

    table: Tensor
    place: Tensor
    far: Tensor
    steps: Tensor

    def __init__(self, base: Path, rows: Sequence[int], labels: dict[str, list[str]]) -> None:
        super().__init__()
        weights = {name: value.float() for name, value in load_file(str(base / "model.safetensors")).items()}
        self.layers = nn.ModuleList(Layer(min(n, SHARED), weights) for n in range(SHARED + 2))
        self.register_buffer("table", weights["embeddings.word_embeddings.weight"][rows])
        self.register_buffer("place", weights["embeddings.position_embeddings.weight"][FIRST_PLACE:])
        self.register_buffer("far", weights["encoder.relative_attention_bias.weight"])
        self.register_buffer("steps", steps_between(len(self.place)), persistent=False)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        with torch.no_grad():
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        sizes = {"tags": len(labels["tags"]) + 2, "deps": len(labels["deps"]) + 2, "states": 5}
        sizes |= {"marks": 4, "relations": len(labels["relations"]) + 2, "sides": len(labels["sides"]) + 2}
        sizes |= {"parts": PARTS + 1, "whose": WHOSE + 1}
        self.added = nn.ModuleDict({k: nn.Embedding(n, WIDTH) for k, n in sizes.items()})
        self.added["hints"] = nn.EmbeddingBag(len(labels["hints"]) + 1, WIDTH, mode="sum", padding_idx=0)
        for one in self.added.values():
            nn.init.normal_(one.weight, std=0.02)
        self.cue, self.press, self.role = (nn.Linear(WIDTH, n) for n in (CUES, PRESS, 3))
        self.opinion = nn.Linear(3 * WIDTH, POSITIONS)
        self.drop = nn.Dropout(DROPOUT)

    def through(self, number: int, x: Tensor, real: Tensor) -> Tensor:
        """One layer."""
        size = x.shape[1]
        found: Tensor = self.layers[number](x, real, self.far[self.steps[:size, :size]].permute(2, 0, 1))
        return found

    def forward(self, batch: Any) -> Answers:
        """All answers to a batch; what nothing is asked about in it is None."""
        read = self.shared(batch)
        x = read[-1].float()
        first = batch["first"][..., None].expand(-1, -1, WIDTH)
        words = self.drop(x.gather(1, first))
        answers = Answers(read, self.cue(words).flatten(0, 1), self.press(words).flatten(0, 1))
        of = batch["of"]
        if len(of):
            answers.from_cues = self.from_cues(x[of], batch)
            answers.roles = self.role(self.drop(answers.from_cues.gather(1, first[of]))).flatten(0, 1)
        if "case_of" in batch:
            answers.of_cases, answers.judged = self.judged(x, batch)
        return answers

    def shared(self, batch: Any) -> list[Tensor]:
        """A paragraph read once, as it stands after each layer."""
        x = self.norm(self.table[batch["ids"]] + self.place[: batch["ids"].shape[1]])
        read = []
        for number in range(SHARED):
            if number == ADDED_AT:
                x = x.float() + sum(self.added[kind](batch[kind]) for kind in ("tags", "deps", "states"))
                x = self.drop(x)
            x = self.through(number, x, batch["real"])
            read.append(x)
        return read

    def from_cues(self, x: Tensor, batch: Any) -> Tensor:
        """A paragraph read again from each of its cues."""
        for kind in ("marks", "relations", "sides"):
            x = x + self.added[kind](batch[kind])
        return self.through(SHARED, x, batch["real"][batch["of"]])

    def judged(self, x: Tensor, batch: Any) -> tuple[Tensor, Tensor]:
        """The words around each statement with it marked, and the scores of its positions."""
        at = batch["case_at"][..., None].expand(-1, -1, WIDTH)
        y = x[batch["case_of"]].gather(1, at)
        y = y + self.added["parts"](batch["case_parts"]) + self.added["whose"](batch["case_whose"])
        hints = batch["case_hints"]
        if self.training:
            hints = hints * (torch.rand(len(hints), 1) < HINTS_KEPT)
        y[:, 0] = y[:, 0] + self.added["hints"](hints)
        y = self.drop(y)
        y = self.through(SHARED + 1, y, batch["case_real"])
        means = []
        for part in (3, 1):  # said, cue
            mask = ((batch["case_parts"] == part + 1) & batch["case_real"])[..., None].float()
            means.append((y * mask).sum(1) / mask.sum(1).clamp(min=1))
        return y, self.opinion(self.drop(torch.cat([y[:, 0], *means], 1)))


def batches(told: list[dict[str, Any]], *, shuffle: random.Random | None, bare: bool = False) -> Iterator[Any]:
    """Chunks of about one length together, BATCH pieces at a time, the batches in an order drawn by `shuffle`."""
    order = list(range(len(told)))
    if shuffle is not None:
        shuffle.shuffle(order)
    order.sort(key=lambda n: len(told[n]["ids"]))
    groups: list[list[int]] = [[]]
    for n in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(told[n]["ids"]) > BATCH:
            groups.append([])
        groups[-1].append(n)
    if shuffle is not None:
        shuffle.shuffle(groups)
    for group in groups:
        yield group if bare else stacked([told[n] for n in group])


def stacked(items: list[dict[str, Any]]) -> dict[str, Any]:
    """A batch: rows padded to one length."""
    size, words = max(len(i["ids"]) for i in items), max(len(i["first"]) for i in items)

    def by_piece(one: dict[str, Any], values: list[int]) -> list[int]:
        """A number for every piece: 0 for both ends, one more than the word's own for the others."""
        return [0 if w < 0 else values[w] + 1 for w in one["word"]]

    batch: dict[str, Any] = {
        "items": items,
        "ids": _padded([i["ids"] for i in items], size),
        "real": _padded([[1] * len(i["ids"]) for i in items], size).bool(),
        "first": _padded([i["first"] for i in items], words),
        **{k: _padded([by_piece(i, i[k]) for i in items], size) for k in ("tags", "deps", "states")},
        "cues": _padded([i["cues"] for i in items], words, OUTSIDE).flatten(),
        "press": _padded([i["press"] for i in items], words, OUTSIDE).flatten(),
        "of": torch.tensor([n for n, i in enumerate(items) for _ in i["roles"]], dtype=torch.long),
    }
    for k, kind in enumerate(("marks", "relations", "sides")):
        batch[kind] = _padded([by_piece(i, r[k]) for i in items for r in i["roles"]], size)
    batch["told"] = _padded([r[3] for i in items for r in i["roles"]], words, OUTSIDE).flatten()
    cases = [(n, i, c) for n, i in enumerate(items) for c in i.get("cases", ())]
    if cases:
        _with_cases(batch, cases)
    return batch


def _with_cases(batch: dict[str, Any], cases: list[tuple[int, dict[str, Any], dict[str, Any]]]) -> None:
    at, parts, whose = [], [], []
    for _, item, case in cases:
        span = range(case["start"], case["past"])
        pieces = [k for k, w in enumerate(item["word"]) if w in span]
        at.append([0, *pieces])
        for rows, kind in ((parts, "parts"), (whose, "whose")):
            rows.append([0, *(case[kind][item["word"][k] - case["start"]] + 1 for k in pieces)])
    size = max(len(row) for row in at)
    batch["case_of"] = torch.tensor([n for n, _, _ in cases], dtype=torch.long)
    batch["case_at"] = _padded(at, size)
    batch["case_real"] = _padded([[1] * len(row) for row in at], size).bool()
    batch["case_parts"], batch["case_whose"] = _padded(parts, size), _padded(whose, size)
    batch["case_hints"] = _padded([c["hints"] for _, _, c in cases], max(1, *(len(c["hints"]) for _, _, c in cases)))
    batch["case_labels"] = torch.tensor([c["label"] for _, _, c in cases], dtype=torch.long)
    batch["case_weights"] = torch.tensor([c.get("weight", 1.0) for _, _, c in cases])


def _padded(rows: list[list[int]], width: int, fill: int = 0) -> Tensor:
    return torch.tensor([row + [fill] * (width - len(row)) for row in rows], dtype=torch.long)
