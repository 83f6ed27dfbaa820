"""Writes a folder for `npm run golden`: a model, and what the original library makes of texts and photos.

    python generate.py MODEL --out DIR [--photos DIR] [--limit N] [--weights hub|DIR] [--seed N]
"""

import argparse
import shutil
import sys
import time
import warnings
from pathlib import Path

import torch
from PIL import Image

from architectures import ARCHITECTURES, Architecture
from photos import make_photos, photos_under
from reference import Reference, open_photo, write_json
from texts import TEXTS
from weights import randomise, spread

# Above it, two different inputs could be mistaken for each other at the limit of 0.9999.
MAX_COSINE = 0.99
CENTRE_ON = 6


def reference_of(architecture: Architecture, weights: str | None, cache: Path) -> Reference:
    if architecture.family == "open_clip":
        from openclip import OpenClip as Family
    elif architecture.family == "clip":
        from clip import Clip as Family
    else:
        from siglip import Siglip as Family
    return Family(architecture, weights, cache)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", choices=ARCHITECTURES)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--photos", type=Path, help="take photos from here; default: made from a seed")
    parser.add_argument("--limit", type=int, default=16, help="at most so many of --photos")
    parser.add_argument("--weights", help="hub, or a folder with the original weights; default: random")
    parser.add_argument("--cache", type=Path, help="trained tokenizers are kept here; default: --out")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.manual_seed(options.seed)

    architecture = ARCHITECTURES[options.model]
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    weights = architecture.source if options.weights == "hub" else options.weights
    model = reference_of(architecture, weights, options.cache or out)

    files = make_photos(out / "photos", options.seed)
    if options.photos:
        for file in photos_under(options.photos, options.limit):
            shutil.copy(file, out / "photos" / f"given-{file.name}")
            files.append(out / "photos" / f"given-{file.name}")
    images = [open_photo(file) for file in files]
    pixels = [model.pixel_values(image) for image in images]
    tokens = [model.token_ids(text) for text in TEXTS]
    ids = [torch.tensor([row]) for row in tokens]
    if not weights:
        randomise_and_centre(model, options.seed, pixels, ids)

    start = time.time()
    with torch.no_grad():
        image_vectors = torch.cat([model.embed_pixels(p) for p in pixels])
        text_vectors = torch.cat([model.embed_tokens(i) for i in ids])
    report_spread("photos", image_vectors)
    report_spread("texts", distinct(text_vectors, tokens))
    print(f"  {len(files)} photos, {len(TEXTS)} texts embedded in {time.time() - start:.1f} s")

    resize = out / "resize"
    resize.mkdir(exist_ok=True)
    for file, image in zip(files, images):
        name = f"{file.stem}_{model.image_size}_{model.pixel_kind}.png"
        Image.fromarray(model.resized(image)).save(resize / name)
    write_json(
        out / "expected.json",
        {
            "note": f"{architecture.id}, {'weights of ' + weights if weights else 'random weights'}; "
            f"python {sys.version.split()[0]}, torch {torch.__version__}",
            "text": [
                {"text": text, "input_ids": row, "embedding": unit(vector)}
                for text, row, vector in zip(TEXTS, tokens, text_vectors)
            ],
            "image": [
                {"file": str(file.relative_to(out)), "embedding": unit(vector)}
                for file, vector in zip(files, image_vectors)
            ],
        },
    )
    model.save(out / architecture.id)


def randomise_and_centre(model: Reference, seed: int, pixels: list, ids: list) -> None:
    randomise(model.model, seed)
    # Different shapes of photo, different lengths of text.
    some = [row for row in ids if len(set(row[0].tolist())) > 4]
    model.centre(pixels[:: max(1, len(pixels) // CENTRE_ON)], some[:: max(1, len(some) // CENTRE_ON)])


def distinct(vectors: torch.Tensor, tokens: list[list[int]]) -> torch.Tensor:
    """Without texts that are the same to the tokenizer."""
    first = {tuple(row): index for index, row in reversed(list(enumerate(tokens)))}
    return vectors[sorted(first.values())]


def report_spread(what: str, vectors: torch.Tensor) -> None:
    mean, largest = spread(vectors)
    print(f"  cosine between different {what}: mean {mean:.3f}, largest {largest:.4f}")
    if largest > MAX_COSINE:
        print(f"  Above {MAX_COSINE}: a mix-up of these could pass unseen.")


def unit(vector: torch.Tensor) -> list[float]:
    return [round(value, 8) for value in torch.nn.functional.normalize(vector.double(), dim=-1).tolist()]


if __name__ == "__main__":
    main()
