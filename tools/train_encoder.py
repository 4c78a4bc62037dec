r"""Train the small transformer further on PolNeAR and on texts of our own, and write its weights into the package.

    python tools/train_encoder.py prepare --data ../shared/data --base DIR --work WORK
    OMP_NUM_THREADS=1 nice -n 10 python tools/train_encoder.py fit --base DIR --work WORK [--out DIR] [--epochs N]
    python tools/train_encoder.py written --data ../shared/data --base DIR --work WORK
    python tools/train_encoder.py fit --base DIR --work WORK --start WORK/epoch5.pt --epochs 4 --threads 2

    python tools/train_encoder.py fit --base LARGE --work WORK --shape large --fresh --whole --epochs 1 \
        --rate 6e-5 --head-rate 5e-4 --parts 8 --threads 2
    python tools/train_encoder.py unlabelled --base DIR --work WORK --sentences FILE
    python tools/train_encoder.py fit --base DIR --work WORK --whole --start WORK/before.pt \
        --teacher WORK/written1.pt --teacher-base LARGE

The first two train on PolNeAR alone; the next go on from there on the texts of tools/written as well, for positions.
The last three train a larger reader and let the small one learn from it too (docs/decisions/0014), on sentences that
nobody labelled among others. LARGE holds all-mpnet-base-v2 as published.
The runs that made what is shipped stand in docs/methods/attribution.md.
DIR holds all-MiniLM-L6-v2 as published (model.safetensors, vocab.txt). `prepare` needs this package, `fit` needs torch
and safetensors, which the package never does. Seed and number of threads are given: the same machine and
libraries give the same bytes. What the weights may and may not hold: docs/methods/attribution.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from encoder_bounds import with_shaken_bounds
from encoder_items import OUTSIDE, apart, prepare, prepare_unlabelled, prepare_written, rows_of
from encoder_names import Names

SEED = 6
RATE, SECOND_RATE, HEAD_RATE, WARM, DECAY = 2e-4, 1.5e-4, 1e-3, 0.06, 0.01
WEIGHTS = {"cue": 1.0, "press": 1.0, "role": 0.5, "position": 0.5}
SMOOTHED = 0.05  # of the chance of a position goes to the others


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["prepare", "written", "unlabelled", "fit"])
    parser.add_argument("--texts", type=Path, default=Path(__file__).parent / "written")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--sentences", type=Path, help="one a line, labelled by nobody: what a teacher is asked about")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "src/truceline/statements/data")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--start", type=Path, help="weights to go on from, with the written texts")
    parser.add_argument("--rate", type=float, default=SECOND_RATE, help="for the layers, with --start")
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE, help="for what stands on and beside the layers")
    parser.add_argument("--parts", type=int, default=4, help="with --start: an epoch takes one of as many of PolNeAR")
    parser.add_argument("--whole", action="store_true", help="train the two lower layers too, at half the rate")
    parser.add_argument("--at-most", type=int, help="draw as many of the written texts that are seen once in an epoch")
    parser.add_argument("--names", action="store_true", help="exchange the names in one text of two")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--shape", choices=["small", "large"], default="small", help="large: a teacher, never shipped")
    parser.add_argument("--fresh", action="store_true", help="begin with the base model and the written texts at once")
    parser.add_argument("--teacher", type=Path, help="a teacher's weights, to learn from beside the labels")
    parser.add_argument("--teacher-base", type=Path, help="the base model it was begun as")
    args = parser.parse_args()
    if args.names and not args.whole:
        parser.error("--names needs --whole: without it the lower layers have read the texts before names change")
    if args.step == "unlabelled" and args.sentences is None:
        parser.error("unlabelled needs --sentences FILE")
    if args.teacher is not None and (args.teacher_base is None or args.start is None or args.shape != "small"):
        parser.error("--teacher needs --teacher-base DIR and --start, and teaches the small shape")
    if args.teacher is not None and not args.whole:
        parser.error("--teacher needs --whole: a teacher has lower layers of its own")
    args.work.mkdir(parents=True, exist_ok=True)
    if args.step == "prepare":
        prepare(args.data, args.base, args.work, args.texts)
    elif args.step == "written":
        prepare_written(args.texts, args.work, args.data)
    elif args.step == "unlabelled":
        prepare_unlabelled(args.sentences, args.work)
    else:
        fit(args)


def fit(args: argparse.Namespace) -> None:
    """Train, watch dev after every epoch, write the weights.

    Without `--start` on PolNeAR alone; with it, from weights trained so, on the written texts beside the next of
    `--parts` parts of PolNeAR in each epoch, so that what was learned there is not lost.
    """
    import torch
    from encoder_model import SHAPES, Reader, as_shipped, as_wide, batches
    from encoder_teacher import READING, TAUGHT, Teacher

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    labels = json.loads((args.work / "labels.json").read_text())
    labels.setdefault("hints", [])
    shape = SHAPES[args.shape]
    model = Reader(args.base, rows_of(args.base, labels["pieces"]), labels, shape, whole=args.whole)
    train = json.loads((args.work / "train.json").read_text())
    dev = json.loads((args.work / "dev.json").read_text())
    written, rate, parts = [], RATE, 1
    if args.start is not None:
        missing, _ = model.load_state_dict(as_wide(torch.load(args.start, weights_only=True), model), strict=False)
        print("begun anew:", ", ".join(sorted({name.rsplit(".", 2)[0] for name in missing})), flush=True)
        if args.shape == "small":
            model.table = as_shipped(model.table)
    if args.start is not None or args.fresh:
        written = json.loads((args.work / "written.json").read_text())
        if args.at_most is not None:
            once = [one for one in written if one["times"] == 1]
            drawn = random.Random(args.seed).sample(once, min(args.at_most, len(once)))  # noqa: S311
            written = drawn + [one for one in written if one["times"] > 1]
        rate, parts = args.rate, args.parts
        if args.teacher is not None and (args.work / "unlabelled.json").exists():
            written += json.loads((args.work / "unlabelled.json").read_text())
    for one in (*train, *dev, *written):
        apart(one, labels["tags"])
    model.eval()
    start = time.perf_counter()
    for told in () if args.whole else (train, dev, written):  # what never changes is read once
        for batch in batches(told, shuffle=None):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                below = model.below(batch).to(torch.bfloat16)
            for row, one in enumerate(batch["items"]):
                one["below"] = below[row, : len(one["ids"])].clone()
    written = [one for one in written for _ in range(one["times"])]
    print(f"lower layers: {time.perf_counter() - start:.0f} s", flush=True)
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("layers")]
    lower = [p for p in model.lower() if p.requires_grad]
    teacher = None if args.teacher is None else Teacher(args.teacher, args.teacher_base, labels)
    heads += [] if teacher is None else list(teacher.wider.parameters())
    below = {id(p) for p in lower}
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("layers") and id(p) not in below]
    heads = [p for p in heads if id(p) not in below]
    groups = [{"params": body, "lr": rate}, {"params": heads, "lr": args.head_rate}, {"params": lower, "lr": rate / 2}]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=DECAY, betas=(0.9, 0.98), fused=True)

    names = Names([*train, *written], labels) if args.names else None

    def epoch_of(number: int) -> list[dict[str, Any]]:
        told = [*train[number % parts :: parts], *(_viewed(one, number + n) for n, one in enumerate(written))]
        draw = random.Random(args.seed + number)  # noqa: S311
        told = told if names is None else [names.exchanged(one, draw) for one in told]
        return [with_shaken_bounds(one, draw) for one in told]

    steps = sum(len(list(batches(epoch_of(n), shuffle=None, bare=True))) for n in range(args.epochs))

    def pace(step: int) -> float:
        warm = WARM * steps
        return min(step / warm, max(0.0, (steps - step) / (steps - warm)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    begun, done = time.perf_counter(), 0
    for epoch in range(args.epochs):
        model.train()
        total: Counter[str] = Counter()
        for batch in batches(epoch_of(epoch), shuffle=random.Random(args.seed + epoch)):  # noqa: S311
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x = model.shared(batch)
                cues, press, roles = model.cues_and_roles(x, batch)
                judged = model.judged(x, batch) if "case_of" in batch else None
                taught = teacher.losses(batch, x, cues, press, roles, judged) if teacher is not None else {}
            losses = labelled(batch, cues, press, roles, judged)
            if teacher is not None:
                losses = {name: (1 - TAUGHT) * loss for name, loss in losses.items()}
                for name, loss in taught.items():
                    share = READING if name == "reading" else TAUGHT * WEIGHTS[name]
                    losses[name] = losses.get(name, 0.0) + share * loss
            optimiser.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            torch.nn.utils.clip_grad_norm_(body + heads + lower, 1.0)
            optimiser.step()
            schedule.step()
            done += 1
            for name, loss in losses.items():
                total[name] += float(loss.detach())
                total["n " + name] += 1
            if done % 50 == 0:
                spent = time.perf_counter() - begun
                means = " ".join(f"{name} {total[name] / total['n ' + name]:.4f}" for name in losses)
                print(
                    f"  {done}/{steps} {means} {spent:.0f} s, to go {spent / done * (steps - done):.0f} s", flush=True
                )
        torch.save(model.state_dict(), args.work / f"{'written' if written else 'epoch'}{epoch + 1}.pt")
        watch(model, dev, f"epoch {epoch + 1}, {time.perf_counter() - begun:.0f} s")
    if args.shape == "small":
        write(model, labels, args)


def labelled(batch: Any, cues: Any, press: Any, roles: Any, judged: Any) -> dict[str, Any]:
    """By kind, how far the answers to a batch are from its labels; a kind nobody labelled here is left out."""
    from torch.nn import functional

    answers = {
        "cue": (cues, "cues"),
        "press": (press, "press"),
        "role": (roles, "told"),
        "position": (judged, "case_labels"),
    }
    losses = {}
    for name, (scores, key) in answers.items():
        if scores is None or not bool((answered := batch[key] >= 0).any()):
            continue
        smoothed = SMOOTHED if name == "position" else 0.0
        found = functional.cross_entropy(scores.float()[answered], batch[key][answered], label_smoothing=smoothed)
        losses[name] = WEIGHTS[name] * found
    return losses


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
            _, press, roles = model.cues_and_roles(model.shared(batch), batch)
        pairs = [("cue", press.argmax(-1) > 0, batch["press"] > 0, batch["press"] != OUTSIDE)]
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


def write(model: Any, labels: dict[str, list[str]], args: argparse.Namespace) -> None:
    """Weights as whole numbers, one scale a row, and the names as text, in one file numpy reads without pickle."""
    import torch
    from encoder_model import LEVELS, TABLE_LEVELS

    arrays: dict[str, Any] = {}
    for name, value in model.state_dict().items():
        values = value.detach().float().numpy()
        if values.ndim == 2:
            levels = TABLE_LEVELS if name == "table" else LEVELS
            scale = np.abs(values).max(1, keepdims=True) / levels + 1e-12
            arrays[name] = np.round(values / scale).astype(np.int8)
            arrays[name + ".scale"] = scale[:, 0].astype(np.float32)
        else:
            arrays[name] = values.astype(np.float32)
    arrays["labels"] = np.frombuffer(json.dumps(labels, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)
    args.out.mkdir(parents=True, exist_ok=True)
    path = args.out / "encoder.npz"
    np.savez_compressed(path, **arrays)
    card = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    path.with_suffix(".json").write_text(json.dumps(card, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, torch {torch.__version__}", flush=True)


if __name__ == "__main__":
    main()
