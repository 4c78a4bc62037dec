r"""Train the transformer on PolNeAR and on texts of our own, make it narrow, and write its weights into the package.

    python tools/train_encoder.py prepare --data ../shared/data --base DIR --work WORK
    python tools/train_encoder.py written --data ../shared/data --base DIR --work WORK
    python tools/train_encoder.py fit --base DIR --work WORK --rate 6e-5 --head-rate 5e-4 --parts 8 --threads 2
    python tools/train_encoder.py unlabelled --base DIR --work WORK --sentences FILE
    python tools/train_encoder.py fit --base DIR --work WORK --teacher WORK/fitted.pt --keep 0.2 \
        --rate 1e-4 --parts 8 --names --threads 2
    python tools/train_encoder.py fit --base DIR --work WORK --start WORK/narrow.pt --teacher WORK/fitted.pt \
        --coarse --rate 8e-5 --parts 1 --names --threads 2
    python tools/train_encoder.py pack --base DIR --work WORK --start WORK/narrow.pt [--out DIR]

The first `fit` trains a reader with every head and inner number of its base model; the second makes of it one with a
fifth of them, which learns from the whole one and from the labels, on sentences that nobody labelled among others; the
third lets it learn on with its layers rounded as in the file (docs/decisions/0015). The runs that made what is shipped
stand in docs/methods/attribution.md.
DIR holds all-mpnet-base-v2 as published (model.safetensors, vocab.txt). `prepare`, `written` and `unlabelled` need this
package, `fit` and `pack` need torch and safetensors, which the package never does. Seed and number of threads are
given: the same machine and libraries give the same bytes. What the weights may and may not hold:
docs/methods/attribution.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from encoder_bounds import with_shaken_bounds
from encoder_items import OUTSIDE, apart, prepare, prepare_unlabelled, prepare_written, rows_of
from encoder_names import Names

SEED = 6
WARM, DECAY = 0.06, 0.01
TAUGHT = 0.6  # of what is learned about a word or a statement is the teacher's, the rest the label's
CUTS, CUT_FROM, CUT_UNTIL = 15, 0.05, 0.45  # how often a reader is cut, and in which share of the steps
# Steps each side of nothing that a row's numbers are rounded to in the file.
TABLE_LEVELS, LEVELS = 7, 127
EVERY, SAVED = 50, 250  # steps told of together; after which weights are saved


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "written", "unlabelled", "fit", "pack"])
    parser.add_argument("--texts", type=Path, default=Path(__file__).parent / "written")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sentences", type=Path, help="one a line, labelled by nobody: what a teacher is asked about")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "src/truceline/statements/data")
    parser.add_argument("--start", type=Path, help="weights to go on from, cut or whole")
    parser.add_argument("--teacher", type=Path, help="whole weights to learn from beside the labels")
    parser.add_argument("--keep", type=float, help="cut until this share of the layers' numbers is left")
    parser.add_argument("--coarse", action="store_true", help="learn with layers rounded as in the file")
    parser.add_argument("--steps", type=int, help="batches to learn from; one epoch where it is not given")
    parser.add_argument("--rate", type=float, default=1e-4, help="for the layers")
    parser.add_argument("--head-rate", type=float, default=2e-4, help="for what stands on and beside the layers")
    parser.add_argument("--parts", type=int, default=8, help="an epoch takes one of as many of PolNeAR")
    parser.add_argument("--names", action="store_true", help="exchange the names in one text of two")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    if args.step == "unlabelled" and args.sentences is None:
        parser.error("unlabelled needs --sentences FILE")
    if args.step == "pack" and args.start is None:
        parser.error("pack needs --start FILE, the weights to write")
    if args.keep is not None and args.teacher is None:
        parser.error("--keep needs --teacher FILE: what is left learns from the whole")
    args.work.mkdir(parents=True, exist_ok=True)
    if args.step == "prepare":
        prepare(args.data, args.base, args.work, args.texts)
    elif args.step == "written":
        prepare_written(args.texts, args.work, args.data)
    elif args.step == "unlabelled":
        prepare_unlabelled(args.sentences, args.work)
    elif args.step == "fit":
        fit(args)
    else:
        pack(args)


def fit(args: argparse.Namespace) -> None:
    """Train, tell how far it is, write the weights into WORK: fitted.pt, or narrow.pt of a reader that was cut."""
    import torch
    from encoder_narrow import Cutter, rounded, share_left
    from encoder_teacher import by_labels, by_teacher

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    labels = _labels(args)
    model = _reader(args, labels, args.start or args.teacher)
    teacher = None
    if args.teacher is not None:
        teacher = _reader(args, labels, args.teacher).eval().requires_grad_(False)
        model.table = rounded(teacher.table, TABLE_LEVELS)
        for layer in model.layers:
            layer.drop.p = 0.0  # it must read as the teacher does, which drops nothing
            layer.coarse = args.coarse
    texts = _Texts(args, labels)
    steps = args.steps or texts.batches()
    body = [p for n, p in model.named_parameters() if n.startswith(("layers.", "norm."))]
    heads = [p for n, p in model.named_parameters() if not n.startswith(("layers.", "norm."))]
    groups = [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=DECAY, betas=(0.9, 0.98), fused=True)
    cuts = cuts_of(args.keep, steps) if args.keep is not None else {}
    cutter = Cutter(model, optimiser) if cuts else None
    falls_from = max(cuts, default=WARM * steps)
    total: Counter[str] = Counter()
    begun = time.perf_counter()
    model.train()

    def save() -> None:
        torch.save(model.state_dict(), args.work / ("narrow.pt" if share_left(model) < 1 else "fitted.pt"))

    for step, batch in zip(range(1, steps + 1), texts, strict=False):
        pace = min(step / (WARM * steps), 1.0) if step < falls_from else (steps - step) / (steps - falls_from)
        for group, rate in zip(optimiser.param_groups, (args.rate, args.head_rate), strict=True):
            group["lr"] = rate * pace
        with torch.autocast("cpu", dtype=torch.bfloat16):
            answers = model(batch)
            losses = by_labels(batch, answers)
            if teacher is not None:
                with torch.no_grad():
                    taught = teacher(batch)
                losses = {name: (1 - TAUGHT) * loss for name, loss in losses.items()}
                for name, loss in by_teacher(batch, answers, taught).items():
                    losses[name] = losses.get(name, 0.0) + (1.0 if name == "reading" else TAUGHT) * loss
        optimiser.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        if cutter is not None:
            cutter.weigh()
        torch.nn.utils.clip_grad_norm_([p for group in optimiser.param_groups for p in group["params"]], 1.0)
        optimiser.step()
        for name, loss in losses.items():
            total[name] += float(loss.detach())
            total["n " + name] += 1
        if step % SAVED == 0:
            save()
        if step % EVERY == 0:
            spent = time.perf_counter() - begun
            means = " ".join(f"{name} {total[name] / total['n ' + name]:.4f}" for name in losses)
            print(f"  {step}/{steps} {means} {spent:.0f} s, to go {spent / step * (steps - step):.0f} s", flush=True)
            total.clear()
        if cutter is not None and step in cuts:
            cutter.cut(cuts[step], last=step == max(cuts))
            print(f"  {share_left(model):.3f} left; heads {[len(one.kept) for one in model.layers]}", flush=True)
    save()
    watch(model, texts.dev, f"{steps} steps, {time.perf_counter() - begun:.0f} s")


def cuts_of(keep: float, steps: int) -> dict[int, float]:
    """After which steps a reader is cut, and the share of its numbers left then: fast at first, `keep` in the end."""
    first, last = CUT_FROM * steps, CUT_UNTIL * steps
    parts = [(n + 1) / CUTS for n in range(CUTS)]
    return {round(first + (last - first) * part): keep + (1 - keep) * (1 - part) ** 3 for part in parts}


class _Texts:
    """Batches without end: every text once, in an order drawn anew, then all of them again."""

    def __init__(self, args: argparse.Namespace, labels: dict[str, list[str]]) -> None:
        self.args = args
        self.train, self.dev, self.written = (
            json.loads((args.work / f"{name}.json").read_text()) for name in ("train", "dev", "written")
        )
        if args.teacher is not None and (args.work / "unlabelled.json").exists():
            self.written += json.loads((args.work / "unlabelled.json").read_text())
        for one in (*self.train, *self.dev, *self.written):
            apart(one, labels["tags"])
        self.written = [one for one in self.written for _ in range(one["times"])]
        self.names = Names([*self.train, *self.written], labels) if args.names else None

    def epoch(self, number: int) -> list[dict[str, Any]]:
        """The texts of an epoch as they are shown in it."""
        told = [
            *self.train[number % self.args.parts :: self.args.parts],
            *(_viewed(one, number + n) for n, one in enumerate(self.written)),
        ]
        draw = random.Random(self.args.seed + number)  # noqa: S311
        told = told if self.names is None else [self.names.exchanged(one, draw) for one in told]
        return [with_shaken_bounds(one, draw) for one in told]

    def batches(self) -> int:
        """How many batches an epoch has."""
        from encoder_model import batches

        return sum(1 for _ in batches(self.epoch(0), shuffle=None, bare=True))

    def __iter__(self) -> Iterator[Any]:
        from encoder_model import batches

        number = 0
        while True:
            yield from batches(self.epoch(number), shuffle=random.Random(self.args.seed + number))  # noqa: S311
            number += 1


def _labels(args: argparse.Namespace) -> dict[str, list[str]]:
    labels: dict[str, list[str]] = json.loads((args.work / "labels.json").read_text())
    return {"hints": [], **labels}


def _reader(args: argparse.Namespace, labels: dict[str, list[str]], weights: Path | None) -> Any:
    """A reader begun as its base model, or with weights saved before."""
    import torch
    from encoder_model import Reader
    from encoder_narrow import as_cut

    reader = Reader(args.base, rows_of(args.base, labels["pieces"]), labels)
    if weights is not None:
        as_cut(reader, torch.load(weights, weights_only=True))
    return reader


def _viewed(one: dict[str, Any], turn: int) -> dict[str, Any]:
    """A text with its labels as they are and what the program finds in it, one time in three without the parties."""
    view = "unknown" if turn % 3 == 0 else "known"
    return {**one, "cases": [case for case in one["cases"] if case["how"] in ("label", view, "found")]}


def watch(model: Any, dev: list[dict[str, Any]], name: str) -> None:
    """Word by word on dev: how often the press's head finds a cue word; and, the cue given, source and content."""
    import torch
    from encoder_model import batches

    model.eval()
    hits: Counter[str] = Counter()
    for batch in batches(dev, shuffle=None):
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            answers = model(batch)
        pairs = [("cue", answers.press.argmax(-1) > 0, batch["press"] > 0, batch["press"] != OUTSIDE)]
        if answers.roles is not None:
            told = batch["told"]
            pairs += [
                (kind, answers.roles.argmax(-1) == n, told == n, told != OUTSIDE)
                for kind, n in (("source", 1), ("content", 2))
            ]
        for kind, ours, gold, asked in pairs:
            hits[kind, "both"] += int((ours & gold & asked).sum())
            hits[kind, "ours"] += int((ours & asked).sum())
            hits[kind, "gold"] += int((gold & asked).sum())
    told = [
        f"{k} {200 * hits[k, 'both'] / (hits[k, 'ours'] + hits[k, 'gold']):.1f}" for k in ("cue", "source", "content")
    ]
    print(name, "| words on dev:", ", ".join(told), flush=True)


def pack(args: argparse.Namespace) -> None:
    """Weights as whole numbers, one scale a row, and the names as text, in one file numpy reads without pickle."""
    import torch
    from encoder_model import LAYER_LEVELS, in_steps

    labels = _labels(args)
    state = torch.load(args.start, weights_only=True)
    far = state.pop("far")
    arrays: dict[str, Any] = {}
    for name, values in state.items():
        if name.endswith(".kept"):  # what is told of distance, for these heads alone
            arrays[name.removesuffix("kept") + "far"] = far[:, values].numpy()
        elif values.ndim == 2:
            levels = TABLE_LEVELS if name == "table" else LAYER_LEVELS if name.startswith("layers.") else LEVELS
            whole, step = in_steps(values, levels)
            arrays[name], arrays[name + ".scale"] = whole.numpy().astype(np.int8), step[:, 0].numpy()
        else:
            arrays[name] = values.numpy()
    arrays["labels"] = np.frombuffer(json.dumps(labels, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "encoder.npz"
    np.savez_compressed(path, **arrays)
    card = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    path.with_suffix(".json").write_text(json.dumps(card, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, torch {torch.__version__}", flush=True)


if __name__ == "__main__":
    main()
