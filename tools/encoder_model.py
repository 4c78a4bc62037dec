"""The transformer of truceline/statements/encoder.py as torch trains it; this and encoder_teacher.py need torch.

    items of train_encoder.prepare --batches--> padded tensors --Reader--> scores of cues, of roles, of positions

In the shape that is shipped layers 0 to 4 read a paragraph once, layer 5 reads it from a cue, layer 6 with one
statement marked. A teacher has the same parts in a larger shape.
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

ADDED_AT = 2  # the layer before which the parse is added
BATCH = 1_600  # pieces, about 30 paragraphs
DROPOUT = 0.1
NEVER = -1e4  # what padding is asked
TABLE_LEVELS, LEVELS = 31, 63  # steps each side of nothing that a row's numbers are rounded to in the file
PARTS, WHOSE, POSITIONS = 5, 3, 15
CUES = 4  # O, B, I, and the predicate of what is said without a cue
PRESS = 3  # O, B, I, as PolNeAR's annotators mark them
HINTS_KEPT = 0.85  # of the statements in training; the others are read without what the rules say


@dataclass(frozen=True)
class Shape:
    """How a base model is built, and what its file calls its parts."""

    width: int
    heads: int
    shared: int  # layers that read a paragraph once; the base model has one more
    epsilon: float
    query_key_value: tuple[str, str, str]
    out: str
    norm: str
    first_place: int  # the row of its table of places where a text begins
    distances: int = 0  # by how many steps of distance words attend to each other otherwise; 0: not at all


_BERT = ("attention.self.query", "attention.self.key", "attention.self.value")
_MPNET = ("attention.attn.q", "attention.attn.k", "attention.attn.v")
# all-MiniLM-L6-v2 and all-mpnet-base-v2, as published.
SMALL = Shape(384, 12, 5, 1e-12, _BERT, "attention.output.dense", "attention.output.LayerNorm", 0)
LARGE = Shape(768, 12, 11, 1e-5, _MPNET, "attention.attn.o", "attention.LayerNorm", 2, distances=32)
SHAPES = {"small": SMALL, "large": LARGE}
FURTHEST = 128  # pieces: from here on all are equally far


def as_shipped(table: Tensor) -> Tensor:
    """The pieces' table rounded to TABLE_LEVELS steps each side of nothing, one scale a row."""
    scale = table.abs().amax(1, keepdim=True) / TABLE_LEVELS
    return torch.round(table / scale) * scale


def as_wide(weights: dict[str, Tensor], model: nn.Module) -> dict[str, Tensor]:
    """Weights from before a class, or the press's head, was added: they begin as the model and the cues' head are."""
    own = model.state_dict()
    for kind in ("weight", "bias"):
        weights.setdefault(f"press.{kind}", weights[f"cue.{kind}"][:PRESS].clone())
    return {
        name: torch.cat([value, own[name][len(value) :]]) if name.startswith("cue.") else value
        for name, value in weights.items()
    }


def steps_between(size: int, steps: int) -> Tensor:
    """The step of distance from each piece to each, of shape (size, size): Song et al. 2020, arXiv:2004.09297.

    Half of the steps lead back and half ahead; of each half one is a piece as far as half of it, then they widen.
    """
    at = torch.arange(size)
    apart = at[:, None] - at[None, :]
    half = steps // 2
    near = half // 2
    far = apart.abs()
    widened = near + (torch.log(far.clamp(min=1) / near) / math.log(FURTHEST / near) * (half - near)).long()
    return (apart < 0).long() * half + torch.where(far < near, far, widened.clamp(max=half - 1))


class Layer(nn.Module):
    """One layer, begun as the base model's layer `number`."""

    def __init__(self, number: int, weights: dict[str, Tensor], shape: Shape) -> None:
        super().__init__()
        width, self.heads = shape.width, shape.heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = (nn.LayerNorm(width, eps=shape.epsilon) for _ in range(2))
        self.drop = nn.Dropout(DROPOUT)
        name = f"encoder.layer.{number}."
        with torch.no_grad():
            for what in ("weight", "bias"):
                parts = [weights[f"{name}{part}.{what}"] for part in shape.query_key_value]
                getattr(self.qkv, what).copy_(torch.cat(parts))
                getattr(self.out, what).copy_(weights[f"{name}{shape.out}.{what}"])
                getattr(self.norm1, what).copy_(weights[f"{name}{shape.norm}.{what}"])
                getattr(self.up, what).copy_(weights[f"{name}intermediate.dense.{what}"])
                getattr(self.down, what).copy_(weights[f"{name}output.dense.{what}"])
                getattr(self.norm2, what).copy_(weights[f"{name}output.LayerNorm.{what}"])

    def forward(self, x: Tensor, real: Tensor, far: Tensor | None = None) -> Tensor:
        """Sequences of pieces, shape (n, size, width); `real` tells pieces from padding, `far` adds for distance."""
        n, size, width = x.shape
        q, k, v = self.qkv(x).view(n, size, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # By hand: at such lengths torch's own attention for processors takes a fifth of all time, backwards alone.
        asked = (q * (width // self.heads) ** -0.5) @ k.transpose(-1, -2)
        if far is not None:
            asked = asked + far.to(asked.dtype)
        mixed = asked.masked_fill(~real[:, None, None, :], NEVER).float().softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(n, size, width))))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x), approximate="tanh"))))


class Reader(nn.Module):
    """The base model with what is added to it; the pieces' table stays as it is, the lower layers unless `whole`."""

    def __init__(
        self, base: Path, rows: Sequence[int], labels: dict[str, list[str]], shape: Shape, *, whole: bool = False
    ) -> None:
        super().__init__()
        weights = load_file(str(base / "model.safetensors"))
        weights = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
        width, self.shape = shape.width, shape
        self.layers = nn.ModuleList(Layer(min(n, shape.shared), weights, shape) for n in range(shape.shared + 2))
        table = weights["embeddings.word_embeddings.weight"][rows]
        self.register_buffer("table", as_shipped(table) if shape is SMALL else table)
        place = weights["embeddings.position_embeddings.weight"][shape.first_place :]
        kind = weights.get("embeddings.token_type_embeddings.weight", torch.zeros(1, width))
        self.register_buffer("place", place + kind[0])
        if shape.distances:
            self.register_buffer("far", weights["encoder.relative_attention_bias.weight"])
            self.register_buffer("steps", steps_between(len(place), shape.distances), persistent=False)
        self.norm = nn.LayerNorm(width, eps=shape.epsilon)
        with torch.no_grad():
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        for value in self.lower():
            value.requires_grad_(whole)
        sizes = {"tags": len(labels["tags"]) + 2, "deps": len(labels["deps"]) + 2, "states": 5}
        sizes |= {"marks": 4, "relations": len(labels["relations"]) + 2, "sides": len(labels["sides"]) + 2}
        sizes |= {"parts": PARTS + 1, "whose": WHOSE + 1}
        self.added = nn.ModuleDict({k: nn.Embedding(n, width) for k, n in sizes.items()})
        self.added["hints"] = nn.EmbeddingBag(len(labels["hints"]) + 1, width, mode="sum", padding_idx=0)
        for one in self.added.values():
            nn.init.normal_(one.weight, std=0.02)
        self.cue, self.role = nn.Linear(width, CUES), nn.Linear(width, 3)
        self.press = nn.Linear(width, PRESS)
        self.opinion = nn.Linear(3 * width, POSITIONS)
        self.drop = nn.Dropout(DROPOUT)

    def through(self, number: int, x: Tensor, real: Tensor) -> Tensor:
        """One layer."""
        size = x.shape[1]
        far = self.far[self.steps[:size, :size]].permute(2, 0, 1) if self.shape.distances else None
        found: Tensor = self.layers[number](x, real, far)
        return found

    def lower(self) -> list[nn.Parameter]:
        """The weights under the parse."""
        return [value for part in (self.norm, *self.layers[:ADDED_AT]) for value in part.parameters()]

    def below(self, batch: Any) -> Tensor:
        """What the layers under the parse give."""
        x = self.norm(self.table[batch["ids"]] + self.place[: batch["ids"].shape[1]])
        for number in range(ADDED_AT):
            x = self.through(number, x, batch["real"])
        return x

    def shared(self, batch: Any) -> Tensor:
        """A paragraph read once."""
        x = batch["below"].float() if "below" in batch else self.below(batch).float()
        for kind in ("tags", "deps", "states"):
            x = x + self.added[kind](batch[kind])
        x = self.drop(x)
        for number in range(ADDED_AT, self.shape.shared):
            x = self.through(number, x, batch["real"])
        return x

    def cues_and_roles(self, x: Tensor, batch: Any) -> tuple[Tensor, Tensor, Tensor | None]:
        """Scores of every word to be in a cue, ours and the press's, and of every word as seen from each cue."""
        first = batch["first"][..., None].expand(-1, -1, self.shape.width)
        words = x.gather(1, first)
        cues, press = (head(self.drop(words)).flatten(0, 1) for head in (self.cue, self.press))
        of = batch["of"]
        if not len(of):
            return cues, press, None
        y = x[of].float()
        for kind in ("marks", "relations", "sides"):
            y = y + self.added[kind](batch[kind])
        y = self.through(self.shape.shared, y, batch["real"][of])
        return cues, press, self.role(self.drop(y.gather(1, first[of]))).flatten(0, 1)

    def judged(self, x: Tensor, batch: Any) -> Tensor:
        """Scores of the positions of each statement."""
        at = batch["case_at"][..., None].expand(-1, -1, self.shape.width)
        y = x[batch["case_of"]].float().gather(1, at)
        y = y + self.added["parts"](batch["case_parts"]) + self.added["whose"](batch["case_whose"])
        hints = batch["case_hints"]
        if self.training:
            hints = hints * (torch.rand(len(hints), 1) < HINTS_KEPT)
        y[:, 0] = y[:, 0] + self.added["hints"](hints)
        y = self.drop(y)
        y = self.through(self.shape.shared + 1, y, batch["case_real"])
        means = []
        for part in (3, 1):  # said, cue
            mask = ((batch["case_parts"] == part + 1) & batch["case_real"])[..., None].float()
            means.append((y * mask).sum(1) / mask.sum(1).clamp(min=1))
        return self.opinion(self.drop(torch.cat([y[:, 0], *means], 1)))


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
    if "below" in items[0]:
        below = torch.zeros(len(items), size, items[0]["below"].shape[1], dtype=torch.bfloat16)
        for n, one in enumerate(items):
            below[n, : len(one["ids"])] = one["below"]
        batch["below"] = below
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
