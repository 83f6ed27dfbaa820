"""Export, evaluate, and write `models/demo/README.md` with the measured figures in it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from concepts import PACKS, load_concepts
from evaluate import COUNT, SEED as HELD_OUT_SEED, evaluate
from export import MODELS, export
from model import CONFIG
from scenes import PLACES, TIMES
from sprites import load_sprites
from train import SEED, STAGES

_CREDITS = {
    "@iconify-json/noto": "Noto Emoji by Google",
    "@iconify-json/fluent-emoji-flat": "Fluent Emoji (flat) by Microsoft",
    "@iconify-json/twemoji": "Twemoji by Twitter, Inc. and other contributors (as maintained in jdecked/twemoji)",
}


def card(notes: dict, figures: dict) -> str:
    """The model card as Markdown."""
    t2i, i2t, by = figures["text_to_image"], figures["image_to_text"], figures["text_to_image_by_subjects"]
    vision, text = CONFIG["vision"], CONFIG["text"]
    sprites = len(load_sprites()[0])
    queries = "\n".join(
        f"| {q} | {f['right_pictures']} | {'yes' if f['first_is_right'] else '**no**'} | {f['precision@5']:.2f} | {f['precision@10']:.2f} |"
        for q, f in figures["queries"].items()
    )
    stages = "\n".join(
        f"| {s.start:.0%} | {' / '.join(f'{p:.0%}' for p in s.subjects)} | {s.batch} | {s.short:.0%} | {s.kept} of {(vision['image_size'] // vision['patch_size']) ** 2} |" for s in STAGES
    )
    credits = "\n".join(f"- {_CREDITS[p]}, {licence} (npm `{p}` {version})" for p, version, licence in PACKS)
    return f"""# The demo model

A small dual encoder of the SigLIP architecture, trained from nothing for this package, so that a machine without internet can run the whole of it: the files have the layout of SigLIP models on the hub and go through the same code. **It knows drawings, not photographs.** For real photos use a real model (the default is `siglip-base-patch16-512`).

| | |
|---|---|
| image tower | {vision['image_size']} px, patch {vision['patch_size']}, width {vision['hidden_size']}, {vision['num_hidden_layers']} layers, {vision['num_attention_heads']} heads, attention pooling |
| text tower | 64 tokens, width {text['hidden_size']}, {text['num_hidden_layers']} layers, {text['num_attention_heads']} heads, own Unigram vocabulary of {notes['vocab']} pieces |
| embedding | {text['projection_size']} dimensions, not normalised |
| parameters | {notes['parameters'] / 1e6:.2f} million, stored as float16, computed in float32 (cosine to the trained float32 towers ≥ {min(notes['cosine'], 1) - 5e-5:.4f}) |
| size | {notes['bytes'] / 1e6:.1f} MB |
| probability | sigmoid(exp(`logit_scale`)·cos + `logit_bias`), both in `config.json` |

## Figures

On {figures['count']} compositions that training never saw (own seed, own backgrounds, one to four subjects evenly, each with one caption of all that is there; no two captions say the same), painted large, sent through a JPEG encoder and resized as the engine does. Measured with the files in this folder. Read R@1 with the next figures: a full caption names the place and everything in it, and most pictures differ in something. The set was looked at twice during training (that is how the share of short captions came to be raised).

| | R@1 | R@5 | R@10 |
|---|---|---|---|
| text → image | **{t2i['R@1']:.3f}** | **{t2i['R@5']:.3f}** | {t2i['R@10']:.3f} |
| image → text | {i2t['R@1']:.3f} | {i2t['R@5']:.3f} | {i2t['R@10']:.3f} |

{notes.get('remark', '')}
By number of subjects, text → image R@1 / R@5 (always among all {figures['count']}): {', '.join(f"{n}: {f['R@1']:.2f} / {f['R@5']:.2f}" for n, f in by.items())}.

Bare names as queries on the same pictures, all {figures['single_words']['words']} concepts that occur in them (often once or twice): the first answer is right for {figures['single_words']['first_is_right']:.0%}, one of the first five for {figures['single_words']['one_of_5_is_right']:.0%}. Some of them, and umbrella words:

| query | right pictures | first is right | right of first 5 | right of first 10 |
|---|---|---|---|---|
{queries}

## Data

Rendered by `training/` itself: {len(load_concepts())} concepts, {sprites} pictograms in three styles, {len(PLACES)} places of which the outdoor ones come at {', '.join(TIMES)}; positions, sizes, rotations, mirror images, tints, backgrounds, canvas shapes and a JPEG pass are drawn at random, one to four subjects each. Captions come from several grammars with names, synonyms, umbrella words, counts, place and time of day; short ones ("beach sunset with people", "christmas") as well as full ones.

## Recipe

`training/train.sh`, seed {SEED} (held-out set: {HELD_OUT_SEED}). Sigmoid loss over all pairs of a batch, where a caption counts as true of every picture of which all it states holds; beside it, fading, a classification of each patch by the concept that covers it (the renderer knows). Muon for the blocks' matrices, AdamW for the rest, peak learning rate {notes['lr']:g}, half-cosine to zero. Curriculum:

| from | 1 / 2 / 3 / 4 subjects | batch | short captions | patches computed |
|---|---|---|---|---|
{stages}

The shipped weights: {notes['samples']:,} pictures in {notes['step']:,} steps, {notes['minutes']:.0f} minutes on two CPU cores shared with other work, float32, scheduled by the clock (`--minutes`) and resumed once at 44 % (`--resume`), where the share of short captions was raised. `train.sh` repeats the recipe with that number of steps and the same seed, which fixes every picture and caption; but there the curriculum's stages follow the steps and here they followed the clock, and float32 sums depend on the machine: expect like figures, not the same bits.

## Limits

- Drawings in three emoji styles are all it has ever seen. On photographs it is useless: among 100 real photos it puts the right one first for {notes['photos'][0]:.0%} of their captions and in the first ten for {notes['photos'][1]:.0%}, where chance gives 1 % and 10 %.
- It knows {len(load_concepts())} concepts and {len(PLACES)} kinds of scene. Other words fall into pieces it never learnt; it will answer something all the same.
- Pictures are seen at {vision['image_size']}×{vision['image_size']} pixels: of several small subjects a full caption still finds the picture, but the bare name of one of them often does not (see above).
- It does not read names, text or faces, does not understand "not", and hardly binds attributes to things.
- English only.

## Credits

The pictograms that it was trained on:

{credits}

The weights are this project's own and come under its licence.
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--remark", default="")
    parser.add_argument("--photos", type=float, nargs=2, default=(0.02, 0.16), help="text→image R@1 and R@10 among 100 real photos, measured apart")
    args = parser.parse_args()
    notes = export(args.checkpoint)
    notes["vocab"] = json.loads((MODELS / "config.json").read_text())["text_config"]["vocab_size"]
    notes["photos"] = args.photos
    notes["remark"] = args.remark + "\n" if args.remark else ""
    figures = evaluate()
    (MODELS / "README.md").write_text(card(notes, figures))
    print(json.dumps(dict(notes=notes, figures=figures), indent=1))


if __name__ == "__main__":
    main()
