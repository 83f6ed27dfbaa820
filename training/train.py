"""Train the demo model from nothing.

    python train.py --minutes 95          # annealed to end after so many minutes
    python train.py --steps 2400          # the same, counted in steps: exactly repeatable

Pictures are composed afresh for every batch by worker processes; a batch's content depends only on
the seed, its number and the curriculum's stage.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing as mp
import os
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer

from captions import Captioner, Facts
from compose import Backgrounds, Renderer, Sampler, training_picture
from concepts import load_concepts
from model import CONFIG, TIED_FROM, Siglip
from sprites import CACHE, load_sprites
from tokenizer import build_tokenizer, encode

SEED = 20261122
SIDE = CONFIG["vision"]["image_size"]
GRID = SIDE // CONFIG["vision"]["patch_size"]


@dataclass(frozen=True)
class Stage:
    """One step of the curriculum."""

    start: float  #: share of the run from which it holds
    subjects: tuple[float, float, float, float]  #: how probable one, two, three, four subjects are
    batch: int
    short: float  #: share of captions that are short, as queries are
    place: float  #: how often a full caption says where
    kept: int  #: patches of each picture that are computed; background patches are dropped first


#: Full captions that name the place are matched by the place too easily: the later stages ask for
#: single things more often. Many small steps first, more negatives per picture later. Half of a picture's patches show only
#: background: dropping most of them nearly doubles the speed. The last stage sees whole pictures.
STAGES = (
    Stage(0.00, (1.0, 0.0, 0.0, 0.0), 128, 0.3, 0.75, 20),
    Stage(0.08, (0.5, 0.5, 0.0, 0.0), 128, 0.3, 0.75, 20),
    Stage(0.18, (0.3, 0.4, 0.3, 0.0), 192, 0.3, 0.75, 20),
    Stage(0.32, (0.22, 0.28, 0.27, 0.23), 256, 0.3, 0.75, 20),
    Stage(0.43, (0.30, 0.30, 0.22, 0.18), 256, 0.55, 0.5, 20),
    Stage(0.80, (0.30, 0.30, 0.22, 0.18), 256, 0.55, 0.5, GRID * GRID),
)


def stage_at(progress: float) -> int:
    return max(i for i, stage in enumerate(STAGES) if progress >= stage.start)


def make_tokenizer(path: Path) -> Tokenizer:
    """The vocabulary is learnt from 20,000 sampled captions."""
    concepts = load_concepts()
    _, rows = load_sprites()
    sampler, captioner = Sampler(concepts, rows), Captioner(concepts, Facts(concepts))
    rng = np.random.default_rng([SEED, 1])
    texts = []
    for i in range(20000):
        texts.append(captioner.caption(rng, sampler.sample(rng, 1 + i % 4))[0])
    return build_tokenizer(texts, path)


class BatchMaker:
    """Composes training batches; one per worker process."""

    def __init__(self, tokenizer_path: Path):
        self.concepts = load_concepts()
        sprites, rows = load_sprites()
        self.sampler, self.renderer = Sampler(self.concepts, rows), Renderer(sprites)
        self.facts = Facts(self.concepts)
        self.captioner = Captioner(self.concepts, self.facts)
        self.backgrounds = Backgrounds(np.random.default_rng([SEED, 2]), each=24)
        self.tokenizer = Tokenizer.from_file(str(tokenizer_path))

    def make(self, number: int, stage: Stage) -> dict[str, np.ndarray]:
        """Batch `number`: images u8 [b,n,n,3], ids [b,21], kept patches [b,k] and their labels [b,k], facts stated and true [b,f]."""
        rng = np.random.default_rng([SEED, 3, number])
        b = stage.batch
        images = np.empty((b, SIDE, SIDE, 3), np.uint8)
        labels = np.empty((b, GRID * GRID), np.int16)
        stated, true = np.zeros((b, len(self.facts)), bool), np.zeros((b, len(self.facts)), bool)
        texts = []
        for i in range(b):
            comp = self.sampler.sample(rng, 1 + int(rng.choice(4, p=stage.subjects)))
            image, patch = training_picture(comp, self.renderer, self.backgrounds, rng, SIDE, GRID, detour=0.2)
            text, said = self.captioner.caption(rng, comp, stage.short, stage.place)
            images[i], labels[i] = image, patch.ravel()
            stated[i, list(said)] = True
            true[i, list(self.facts.of(comp))] = True
            texts.append(text)
        ids = np.full((b, TIED_FROM + 1), 1, np.int64)
        ids[:, :TIED_FROM] = encode(self.tokenizer, texts, TIED_FROM)
        preference = rng.random(labels.shape) + 0.7 * (labels >= 0)
        keep = np.argsort(-preference, axis=1)[:, : stage.kept]
        labels = np.take_along_axis(labels, keep, 1)
        return dict(images=images, ids=ids, keep=keep, labels=labels, stated=stated, true=true)


def _worker(index: int, count: int, tokenizer_path: Path, stage, total: int, first: int, queue) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    import cv2

    cv2.setNumThreads(1)
    maker = BatchMaker(tokenizer_path)
    number = first + index
    while True:
        # With a fixed number of steps the stage follows from the batch's number alone.
        at = stage_at(number / total) if total else stage.value
        queue.put(maker.make(number, STAGES[at]))
        number += count


def losses(model: Siglip, batch: dict[str, torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Sigmoid loss over all pairs, patch classification loss, and top-1 of the batch (diagonal)."""
    pixels = batch["images"].permute(0, 3, 1, 2).float().div_(127.5).sub_(1.0)
    image, text, tokens = model(pixels, batch["ids"], batch["keep"])
    logits = text @ image.T * model.logit_scale.exp() + model.logit_bias
    stated = batch["stated"].float()
    # A caption matches every picture of which all its facts are true, not only its own.
    match = stated @ batch["true"].float().T >= stated.sum(1, keepdim=True) - 0.5
    match.fill_diagonal_(True)
    sign = match.float() * 2 - 1
    # A caption true of many pictures would outweigh the rest: its positives share a weight of √count.
    positives = match.sum(1, keepdim=True).float()
    weight = torch.where(match, positives.rsqrt(), torch.ones(()))
    contrast = -(F.logsigmoid(sign * logits) * weight).sum() / len(logits)
    labels = batch["labels"].long().flatten()
    known = labels >= 0
    dense = F.cross_entropy(model.patch_classifier(tokens.flatten(0, 1)[known]), labels[known], label_smoothing=0.05)
    with torch.no_grad():
        top1 = match[torch.arange(len(logits)), logits.argmax(1)].float().mean()
        patch = (model.patch_classifier(tokens.flatten(0, 1)[known][:2000]).argmax(-1) == labels[known][:2000]).float().mean()
    return contrast, dense, torch.stack([top1, patch])


def optimisers(model: Siglip, lr: float, muon: bool) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the blocks, AdamW for all the rest."""
    matrices, decay, plain, scalars = [], [], [], []
    for name, p in model.named_parameters():
        if name in ("logit_scale", "logit_bias"):
            scalars.append(p)
        elif p.ndim == 2 and muon and (".layers." in name or ".head." in name):
            matrices.append(p)
        elif p.ndim >= 2 and "embedding" not in name and "probe" not in name:
            decay.append(p)
        else:
            plain.append(p)
    adam = torch.optim.AdamW(
        [dict(params=decay, weight_decay=0.05), dict(params=plain, weight_decay=0.0), dict(params=scalars, weight_decay=0.0, lr=lr * 3)],
        lr=lr, betas=(0.9, 0.98), eps=1e-8,
    )
    found: list[torch.optim.Optimizer] = [adam]
    if matrices:
        found.append(torch.optim.Muon(matrices, lr=lr, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"))
    for o in found:
        for g in o.param_groups:
            g["peak"] = g["lr"]
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=0)
    parser.add_argument("--steps", type=int, default=0)
    parser.add_argument("--lr", type=float, default=2.5e-3)
    parser.add_argument("--warmup", type=int, default=100)
    parser.add_argument("--adamw", action="store_true", help="AdamW for everything")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--dense", type=float, default=1.0)
    parser.add_argument("--resume", type=Path, help="a checkpoint to go on from (the optimisers start anew)")
    parser.add_argument("--at", type=float, default=0.0, help="with --resume: the share of the run that lies behind it")
    parser.add_argument("--out", type=Path, default=CACHE / "run")
    args = parser.parse_args()
    if not args.minutes and not args.steps:
        parser.error("say --minutes or --steps")
    torch.manual_seed(SEED)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer_path = CACHE / "tokenizer.json"
    load_sprites()
    if not tokenizer_path.exists():
        make_tokenizer(tokenizer_path)
    vocab = Tokenizer.from_file(str(tokenizer_path)).get_vocab_size()
    model = Siglip(vocab, len(load_concepts()))
    done = dict(step=0, samples=0, minutes=0.0)
    if args.resume:
        done = torch.load(args.resume)
        model.load_state_dict(done.pop("model"))
    opts = optimisers(model, args.lr, not args.adamw)
    context = mp.get_context("spawn")
    stage, queue = context.Value("i", stage_at(args.at)), context.Queue(maxsize=4)
    workers = [
        context.Process(target=_worker, args=(i, args.workers, tokenizer_path, stage, args.steps, done["step"], queue), daemon=True)
        for i in range(args.workers)
    ]
    for w in workers:
        w.start()
    first = queue.get()
    start = last_save = time.time()
    step, samples, smooth, log = done["step"], done["samples"], None, open(args.out / "log.jsonl", "w")
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters, {vocab} pieces", flush=True)
    batch = first
    waited = 0.0
    while True:
        elapsed = (time.time() - start) / 60
        progress = step / args.steps if args.steps else args.at + (1 - args.at) * elapsed / args.minutes
        if progress >= 1:
            break
        stage.value = stage_at(progress)
        # Warm up, hold, then fall along a half cosine to almost nothing.
        factor = min(1.0, (step - done["step"] + 1) / args.warmup) * (0.5 + 0.5 * math.cos(math.pi * max(0.0, (progress - 0.2) / 0.8)))
        for o in opts:
            for g in o.param_groups:
                g["lr"] = g["peak"] * max(factor, 0.005)
        contrast, dense, shown = losses(model, {k: torch.from_numpy(v) for k, v in batch.items()})
        # The patch labels teach to see; later on the pairs have the greater say.
        loss = contrast + args.dense * max(0.5, 1 - 1.2 * progress) * dense
        for o in opts:
            o.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for o in opts:
            o.step()
        step += 1
        samples += len(batch["ids"])
        now = torch.stack([contrast.detach(), dense.detach(), *shown])
        smooth = now if smooth is None else smooth * 0.95 + now * 0.05
        if step % 25 == 0:
            line = dict(
                step=step, minutes=round(elapsed, 2), progress=round(progress, 4), samples=samples, samples_per_s=round((samples - done["samples"]) / (time.time() - start), 1),
                contrast=round(smooth[0].item(), 3), dense=round(smooth[1].item(), 3), top1=round(smooth[2].item(), 3), patch=round(smooth[3].item(), 3),
                scale=round(model.logit_scale.exp().item(), 2), bias=round(model.logit_bias.item(), 2), waited=round(waited, 1),
            )
            print(json.dumps(line), flush=True)
            log.write(json.dumps(line) + "\n"); log.flush()
        if time.time() - last_save > 180:
            save(model, args, step, samples, done["minutes"] + elapsed)
            last_save = time.time()
        t = time.time()
        batch = queue.get()
        waited += time.time() - t
    save(model, args, step, samples, done["minutes"] + (time.time() - start) / 60)
    for w in workers:
        w.terminate()


def save(model: Siglip, args, step: int, samples: int, minutes: float) -> None:
    """Write the checkpoint by rename, so that a reader never meets half of one."""
    state = dict(model=model.state_dict(), step=step, samples=samples, minutes=minutes, lr=args.lr)
    torch.save(state, args.out / "model.tmp")
    os.replace(args.out / "model.tmp", args.out / "model.pt")


if __name__ == "__main__":
    main()
