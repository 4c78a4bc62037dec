"""Train the small transformer further on PolNeAR's train split and write its weights into the package.

    python tools/train_encoder.py prepare --data ../shared/data --base DIR --work WORK
    OMP_NUM_THREADS=1 nice -n 10 python tools/train_encoder.py fit --base DIR --work WORK [--out DIR] [--epochs N]

DIR holds all-MiniLM-L6-v2 as published (model.safetensors, vocab.txt). `prepare` needs this package, `fit` needs torch
and safetensors, which the package never does. The seed is fixed and one thread is used: the same machine and
libraries give the same bytes. What the weights may and may not hold: docs/methods/attribution.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

VOCABULARY = 16_000  # the first entries of the base model's own list; rarer words are read in smaller pieces
LEAST_RELATION = 150  # times a branch of the tree stood in train to have a number of its own
SEED = 6
BATCH = 1_600  # pieces, about 30 paragraphs
RATE, HEAD_RATE, WARM, DECAY, DROPOUT = 2e-4, 1e-3, 0.06, 0.01, 0.1
OUTSIDE = -100  # a word that is not asked about
CUE_LABELS = {"O": 0, "B": 1, "I": 2}
ROLE_LABELS = {"O": 0, "S": 1, "C": 2}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "fit"])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "src/truceline/statements/data")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    if args.step == "prepare":
        prepare(args.data, args.base, args.work)
    else:
        fit(args)


# prepare: paragraphs as numbers


def prepare(data: Path, base: Path, work: Path) -> None:
    """Paragraphs of train and dev as lists of numbers, and the names these numbers stand for."""
    sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "benchmarks")]
    from attribution import read_split
    from train_attribution import read_article

    from truceline.statements.encoder import Labels
    from truceline.statements.features import Sheet, Vocabulary

    plain = Vocabulary(frozenset(), {})
    archive = data / "polnear" / "polnear-train-dev.tar.xz"
    read = {
        split: [
            (Sheet(words, plain), marked)
            for article in read_split(archive, split)
            for words, marked in read_article(article.text, article.gold)
            if words.words
        ]
        for split in ("train", "dev")
    }
    seen: dict[str, Counter[str]] = {"tags": Counter(), "deps": Counter(), "relations": Counter(), "sides": Counter()}
    for sheet, marked in read["train"]:
        seen["tags"].update(w.tag for w in sheet.parse.words)
        seen["deps"].update(w.dep for w in sheet.parse.words)
        for gold in marked:
            relations, sides = sheet.seen_from(gold.cue, sheet.window(gold.cue))
            seen["relations"].update(relations)
            seen["sides"].update(sides)
    names = {
        kind: sorted(name for name, n in counts.items() if n >= (LEAST_RELATION if kind == "relations" else 1))
        for kind, counts in seen.items()
    }
    entries = (base / "vocab.txt").read_text(encoding="utf-8").split("\n")[:VOCABULARY]
    kept = [(n, entry) for n, entry in enumerate(entries) if entry and not entry.startswith("[unused")]
    card = {"pieces": [entry for _, entry in kept], **names}
    (work / "labels.json").write_text(json.dumps(card))
    (work / "rows.json").write_text(json.dumps([n for n, _ in kept]))
    labels = Labels.of(card)
    for split, paragraphs in read.items():
        told = [item for sheet, marked in paragraphs for item in items(sheet, marked, labels)]
        (work / f"{split}.json").write_text(json.dumps(told))
        pieces = sum(len(one["ids"]) for one in told)
        print(
            split, len(told), "chunks,", pieces, "pieces,", sum(len(one["roles"]) for one in told), "cues", flush=True
        )


def items(sheet: Any, marked: Any, labels: Any) -> Iterator[dict[str, Any]]:
    """Chunks of a paragraph: what goes in, and what should come out."""
    from train_attribution import cue_labels, role_labels

    from truceline.statements.encoder import STATES, as_seen, chunks

    cues = cue_labels(sheet.parse, marked)
    taken = {n for gold in marked for n in gold.cue}
    for chunk in chunks(sheet.parse, labels):
        span = range(chunk.start, chunk.past)
        roles = []
        for gold in marked:
            if gold.cue[0] not in span:
                continue
            window = sheet.window(gold.cue)
            by_word = dict(zip(window, role_labels(sheet.parse, window, gold), strict=True))
            told = [ROLE_LABELS[by_word[n]] if n in by_word else OUTSIDE for n in span]
            seen = as_seen(sheet, chunk, gold.cue, taken, labels)
            roles.append((seen["marks"], seen["relations"], seen["sides"], told))
        words = sheet.parse.words[chunk.start : chunk.past]
        yield {
            "ids": chunk.ids,
            "first": chunk.first,
            "word": chunk.word,
            "tags": [labels.tags.get(w.tag, 0) for w in words],
            "deps": [labels.deps.get(w.dep, 0) for w in words],
            "states": [STATES.index(sheet.state[w.i]) for w in words],
            "cues": [CUE_LABELS[cues[n]] for n in span],
            "roles": roles,
        }


# fit: numbers to weights


def fit(args: argparse.Namespace) -> None:
    """Train, watch dev after every epoch, write the weights."""
    import torch
    from torch import nn
    from torch.nn import functional

    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    labels = json.loads((args.work / "labels.json").read_text())
    model = reader(nn, functional, torch, args.base, json.loads((args.work / "rows.json").read_text()), labels)
    train = json.loads((args.work / "train.json").read_text())[:: args.every]
    dev = json.loads((args.work / "dev.json").read_text())
    model.eval()
    start = time.perf_counter()
    for told in (train, dev):
        for batch in batches(told, torch, shuffle=None):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                below = model.below(batch).to(torch.bfloat16)
            for row, one in enumerate(batch["items"]):
                one["below"] = below[row, : len(one["ids"])].clone()
    print(f"lower layers: {time.perf_counter() - start:.0f} s", flush=True)
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("layers")]
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("layers")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY, betas=(0.9, 0.98)
    )
    steps = args.epochs * len(list(batches(train, torch, shuffle=random.Random(0), bare=True)))  # noqa: S311

    def pace(step: int) -> float:
        warm = WARM * steps
        return min(step / warm, max(0.0, (steps - step) / (steps - warm)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    begun, done = time.perf_counter(), 0
    for epoch in range(args.epochs):
        model.train()
        total = Counter()
        for batch in batches(train, torch, shuffle=random.Random(SEED + epoch)):  # noqa: S311
            with torch.autocast("cpu", dtype=torch.bfloat16):
                cues, roles = model(batch)
            loss_cue = functional.cross_entropy(cues.float(), batch["cues"], ignore_index=OUTSIDE)
            loss = loss_cue
            if roles is not None:
                loss_role = functional.cross_entropy(roles.float(), batch["told"], ignore_index=OUTSIDE)
                loss = loss_cue + 0.5 * loss_role
                total["role"] += float(loss_role.detach())
            total["cue"] += float(loss_cue.detach())
            total["n"] += 1
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            if done % 50 == 0:
                spent = time.perf_counter() - begun
                print(
                    f"  {done}/{steps} cue {total['cue'] / total['n']:.4f} role {total['role'] / total['n']:.4f} "
                    f"{spent:.0f} s, to go {spent / done * (steps - done):.0f} s",
                    flush=True,
                )
        watch(model, dev, torch, f"epoch {epoch + 1}, {time.perf_counter() - begun:.0f} s")
        torch.save(model.state_dict(), args.work / f"epoch{epoch + 1}.pt")
    write(model, labels, args)


def watch(model: Any, dev: list[dict[str, Any]], torch: Any, name: str) -> None:
    """Word by word on dev: how often a cue word is found, and a word of source and of content with the cue given."""
    model.eval()
    hits: Counter[str] = Counter()
    for batch in batches(dev, torch, shuffle=None):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            cues, roles = model(batch)
        pairs = [("cue", cues.argmax(-1) > 0, batch["cues"] > 0, batch["cues"] != OUTSIDE)]
        if roles is not None:
            told = batch["told"]
            pairs += [
                (k, roles.argmax(-1) == n, told == n, told != OUTSIDE) for k, n in (("source", 1), ("content", 2))
            ]
        for kind, ours, gold, asked in pairs:
            hits[kind, "both"] += int((ours & gold & asked).sum())
            hits[kind, "ours"] += int((ours & asked).sum())
            hits[kind, "gold"] += int((gold & asked).sum())
    told = [
        f"{k} {200 * hits[k, 'both'] / (hits[k, 'ours'] + hits[k, 'gold']):.1f}" for k in ("cue", "source", "content")
    ]
    print(name, "| words on dev:", ", ".join(told), flush=True)


def batches(
    told: list[dict[str, Any]], torch: Any, *, shuffle: random.Random | None, bare: bool = False
) -> Iterator[Any]:
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
        yield group if bare else stacked([told[n] for n in group], torch)


def stacked(items: list[dict[str, Any]], torch: Any) -> dict[str, Any]:
    size, words = max(len(i["ids"]) for i in items), max(len(i["first"]) for i in items)

    def padded(rows: list[list[int]], width: int, fill: int = 0) -> Any:
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows], dtype=torch.long)

    def by_piece(one: dict[str, Any], values: list[int]) -> list[int]:
        """A number for every piece: 0 for both ends, one more than the word's own for the others."""
        return [0 if w < 0 else values[w] + 1 for w in one["word"]]

    batch = {
        "items": items,
        "ids": padded([i["ids"] for i in items], size),
        "real": padded([[1] * len(i["ids"]) for i in items], size).bool(),
        "first": padded([i["first"] for i in items], words),
        **{k: padded([by_piece(i, i[k]) for i in items], size) for k in ("tags", "deps", "states")},
        "cues": padded([i["cues"] for i in items], words, OUTSIDE).flatten(),
        "of": torch.tensor([n for n, i in enumerate(items) for _ in i["roles"]], dtype=torch.long),
    }
    for k, kind in enumerate(("marks", "relations", "sides")):
        batch[kind] = padded([by_piece(i, r[k]) for i in items for r in i["roles"]], size)
    batch["told"] = padded([r[3] for i in items for r in i["roles"]], words, OUTSIDE).flatten()
    if "below" in items[0]:
        below = torch.zeros(len(items), size, items[0]["below"].shape[1], dtype=torch.bfloat16)
        for n, one in enumerate(items):
            below[n, : len(one["ids"])] = one["below"]
        batch["below"] = below
    return batch


def reader(nn: Any, functional: Any, torch: Any, base: Path, rows: list[int], labels: dict[str, list[str]]) -> Any:
    """The base model with what is added to it; the pieces' table and the lower layers stay as they are."""
    from safetensors.torch import load_file

    weights = load_file(str(base / "model.safetensors"))
    weights = {name.removeprefix("bert."): value.float() for name, value in weights.items()}
    width, heads, shared, added_at = 384, 12, 5, 2

    class Layer(nn.Module):
        def __init__(self, number: int) -> None:
            super().__init__()
            self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
            self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
            self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
            self.drop = nn.Dropout(DROPOUT)
            name = f"encoder.layer.{number}."
            with torch.no_grad():
                for what in ("weight", "bias"):
                    parts = [weights[f"{name}attention.self.{k}.{what}"] for k in ("query", "key", "value")]
                    getattr(self.qkv, what).copy_(torch.cat(parts))
                    getattr(self.out, what).copy_(weights[f"{name}attention.output.dense.{what}"])
                    getattr(self.norm1, what).copy_(weights[f"{name}attention.output.LayerNorm.{what}"])
                    getattr(self.up, what).copy_(weights[f"{name}intermediate.dense.{what}"])
                    getattr(self.down, what).copy_(weights[f"{name}output.dense.{what}"])
                    getattr(self.norm2, what).copy_(weights[f"{name}output.LayerNorm.{what}"])

        def forward(self, x: Any, real: Any) -> Any:
            n, size, _ = x.shape
            q, k, v = self.qkv(x).view(n, size, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=real[:, None, None, :])
            x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(n, size, width))))
            return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x), approximate="tanh"))))

    class Reader(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = nn.ModuleList(Layer(n) for n in range(shared + 1))
            table = weights["embeddings.word_embeddings.weight"][rows]
            scale = table.abs().amax(1, keepdim=True) / 127
            self.register_buffer("table", torch.round(table / scale) * scale)  # as it will be shipped
            place = (
                weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
            )
            self.register_buffer("place", place)
            self.norm = nn.LayerNorm(width, eps=1e-12)
            with torch.no_grad():
                self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
                self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for lower in (self.norm, *self.layers[:added_at]):
                for value in lower.parameters():
                    value.requires_grad_(False)
            sizes = {"tags": len(labels["tags"]) + 2, "deps": len(labels["deps"]) + 2, "states": 5}
            sizes |= {"marks": 4, "relations": len(labels["relations"]) + 2, "sides": len(labels["sides"]) + 2}
            self.added = nn.ModuleDict({k: nn.Embedding(n, width) for k, n in sizes.items()})
            for one in self.added.values():
                nn.init.normal_(one.weight, std=0.02)
            self.cue, self.role = nn.Linear(width, 3), nn.Linear(width, 3)
            self.drop = nn.Dropout(DROPOUT)

        def below(self, batch: Any) -> Any:
            x = self.norm(self.table[batch["ids"]] + self.place[: batch["ids"].shape[1]])
            for layer in self.layers[:added_at]:
                x = layer(x, batch["real"])
            return x

        def forward(self, batch: Any) -> Any:
            x, real = batch["below"], batch["real"]
            x = x.float()
            for kind in ("tags", "deps", "states"):
                x = x + self.added[kind](batch[kind])
            x = self.drop(x)
            for layer in self.layers[added_at:shared]:
                x = layer(x, real)
            first = batch["first"][..., None].expand(-1, -1, width)
            cues = self.cue(self.drop(x.gather(1, first))).flatten(0, 1)
            of = batch["of"]
            if not len(of):
                return cues, None
            y = x[of].float()
            for kind in ("marks", "relations", "sides"):
                y = y + self.added[kind](batch[kind])
            y = self.layers[shared](y, real[of])
            return cues, self.role(self.drop(y.gather(1, first[of]))).flatten(0, 1)

    return Reader()


def write(model: Any, labels: dict[str, list[str]], args: argparse.Namespace) -> None:
    """Weights as bytes with one scale for each row, and the names as text, in one file numpy reads without pickle."""
    import torch

    arrays: dict[str, Any] = {}
    for name, value in model.state_dict().items():
        values = value.detach().float().numpy()
        if values.ndim == 2:
            scale = np.abs(values).max(1, keepdims=True) / 127 + 1e-12
            arrays[name] = np.round(values / scale).astype(np.int8)
            arrays[name + ".scale"] = scale[:, 0].astype(np.float32)
        else:
            arrays[name] = values.astype(np.float32)
    arrays["labels"] = np.frombuffer(json.dumps(labels, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "encoder.npz"
    np.savez_compressed(path, **arrays)
    if (args.out / "attribution.json").exists():  # the card of the package names the digests of all weights
        card = json.loads((args.out / "attribution.json").read_text(encoding="utf-8"))
        card["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        (args.out / "attribution.json").write_text(json.dumps(card, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, torch {torch.__version__}", flush=True)


if __name__ == "__main__":
    main()
