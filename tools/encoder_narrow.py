"""Make a teacher narrow enough to be shipped: heads and inner numbers are cut away while the rest learns.

    a reader + its gradients --Cutter.weigh--> what each head and each inner number is worth
                             --Cutter.cut--> the same reader with the least worth left out

What a head or an inner number is worth is the square of what the loss would change without it, to the first order
(Molchanov et al. 2019, https://arxiv.org/abs/1906.10771), per number it costs, over all layers together. It is cut
little by little, fast at first (Zhu and Gupta 2017, https://arxiv.org/abs/1710.01878), and what is left learns from the
whole teacher, layer by layer, as in Xia, Zhong and Chen 2022, https://arxiv.org/abs/2204.00408.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from encoder_model import HEAD, HEADS, INNER, SHARED, WIDTH, Layer, Reader
from torch import Tensor, nn

HEAD_COSTS, INNER_COSTS = 4 * WIDTH * HEAD, 2 * WIDTH  # numbers
LEAST = (1, 128)  # heads and inner numbers of a layer that reads
LEAST_OF_LAST = (4, 384)  # of the two that answer: a batch asks little of them
EVEN = 32  # inner numbers left in a layer are a multiple of it
REMEMBERED = 0.3  # of what was weighed before a cut


def rounded(table: Tensor, levels: int) -> Tensor:
    """Each row rounded to `levels` steps each side of nothing, the step that comes nearest to the row."""
    most = table.abs().amax(1, keepdim=True)
    error = torch.full_like(most, float("inf"))
    found = table.clone()
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3):
        step = most * share / levels
        tried = (table / step).round().clamp(-levels, levels) * step
        apart = (tried - table).square().sum(1, keepdim=True)
        found = torch.where(apart < error, tried, found)
        error = torch.minimum(apart, error)
    return found


def share_left(reader: Reader) -> float:
    """Of the numbers of all layers' matrices the share that is left."""
    left = sum(HEAD_COSTS * len(one.kept) + INNER_COSTS * len(one.up.weight) for one in reader.layers)
    return left / (len(reader.layers) * (HEAD_COSTS * HEADS + INNER_COSTS * INNER))


def as_cut(reader: Reader, state: dict[str, Tensor]) -> None:
    """Load weights saved after a cut into a whole reader."""
    for number, layer in enumerate(reader.layers):
        kept = state[f"layers.{number}.kept"].tolist()
        cut_to(layer, kept, range(len(state[f"layers.{number}.up.weight"])), None)
    reader.load_state_dict(state)


def cut_to(layer: Layer, heads: Sequence[int], inner: Sequence[int], optimiser: torch.optim.Optimizer | None) -> None:
    """Keep the heads and inner numbers in these places; an optimiser forgets what it knew of the others."""
    at, span = torch.tensor(heads)[:, None], torch.arange(HEAD)
    columns = (at * HEAD + span).flatten()
    rows = (torch.arange(3)[:, None] * len(layer.kept) * HEAD + columns).flatten()
    inside = torch.tensor(list(inner))
    for part, name, index, dim in (
        (layer.qkv, "weight", rows, 0),
        (layer.qkv, "bias", rows, 0),
        (layer.out, "weight", columns, 1),
        (layer.up, "weight", inside, 0),
        (layer.up, "bias", inside, 0),
        (layer.down, "weight", inside, 1),
    ):
        _replace(part, name, index, dim, optimiser)
    layer.kept = layer.kept[list(heads)]


def _replace(part: nn.Module, name: str, index: Tensor, dim: int, optimiser: torch.optim.Optimizer | None) -> None:
    before = part.get_parameter(name)
    after = nn.Parameter(before.data.index_select(dim, index).contiguous())
    setattr(part, name, after)
    for group in () if optimiser is None else optimiser.param_groups:
        for place, one in enumerate(group["params"]):
            if one is before:
                group["params"][place] = after
                known = optimiser.state.pop(before, {}) if optimiser is not None else {}
                if known:
                    optimiser.state[after] = {
                        key: value if key == "step" else value.index_select(dim, index).contiguous()
                        for key, value in known.items()
                    }


class Cutter:
    """What the heads and inner numbers of a reader are worth, and the knife."""

    def __init__(self, reader: Reader, optimiser: torch.optim.Optimizer) -> None:
        self.reader, self.optimiser = reader, optimiser
        self.worth = [(torch.zeros(len(one.kept)), torch.zeros(len(one.up.weight))) for one in reader.layers]

    def weigh(self) -> None:
        """Add what the gradients of a batch say; a layer the batch asked nothing of is passed over."""
        for layer, (heads, inner) in zip(self.reader.layers, self.worth, strict=True):
            out, down = layer.out.weight, layer.down.weight
            if out.grad is not None and down.grad is not None:
                heads += (out.data * out.grad).sum(0).view(-1, HEAD).sum(1).square()
                inner += (down.data * down.grad).sum(0).square()

    def cut(self, share: float, *, last: bool) -> None:
        """Leave this share of all numbers; the last cut leaves each layer a multiple of EVEN inner numbers."""
        kept = self._chosen(share)
        for number, (layer, (heads, inner)) in enumerate(zip(self.reader.layers, kept, strict=True)):
            worth_of_heads, worth = self.worth[number]
            if last:
                count = min(len(worth), max(LEAST[1], round(len(inner) / EVEN) * EVEN))
                inner = worth.argsort(descending=True)[:count].tolist()
            heads, inner = sorted(heads), sorted(inner)
            cut_to(layer, heads, inner, self.optimiser)
            self.worth[number] = (worth_of_heads[heads] * REMEMBERED, worth[inner] * REMEMBERED)

    def _chosen(self, share: float) -> list[tuple[list[int], list[int]]]:
        """Of each layer the places of the heads and of the inner numbers that are worth most for what they cost."""
        units: list[tuple[float, int, int, int, int]] = []
        for number, worths in enumerate(self.worth):
            least = LEAST if number < SHARED else LEAST_OF_LAST
            for kind, (worth, cost) in enumerate(zip(worths, (HEAD_COSTS, INNER_COSTS), strict=True)):
                for rank, place in enumerate(worth.argsort(descending=True).tolist()):
                    first = float("inf") if rank < least[kind] else float(worth[place]) / cost
                    units.append((first, number, kind, place, cost))
        units.sort(reverse=True)
        left = share * len(self.worth) * (HEAD_COSTS * HEADS + INNER_COSTS * INNER)
        kept: list[tuple[list[int], list[int]]] = [([], []) for _ in self.worth]
        for worth, number, kind, place, cost in units:
            if worth == float("inf") or cost <= left:
                left -= cost
                kept[number][kind].append(place)
        return kept
