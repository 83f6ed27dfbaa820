"""Photos for the comparison: made from a seed, in the shapes and encodings that go wrong."""

import math
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}


def photos_under(folder: Path, limit: int) -> list[Path]:
    found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    if not found:
        raise SystemExit(f"No photos in {folder}")
    # Spread over the folder, not its first ones.
    step = max(1, len(found) / limit)
    return [found[int(i * step)] for i in range(min(limit, len(found)))]


def make_photos(folder: Path, seed: int = 7) -> list[Path]:
    """Sizes above, below and at the model's, odd differences for the crop, and every colour mode."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    files = []

    def save(image: Image.Image, name: str, **options) -> None:
        image.save(folder / name, **options)
        files.append(folder / name)

    save(scene(rng, 500, 375), "landscape.jpg", quality=90)
    save(scene(rng, 333, 500), "portrait.jpg", quality=75)
    save(scene(rng, 1603, 1201), "large.jpg", quality=92)
    save(scene(rng, 231, 227), "almost.jpg", quality=95, subsampling=0)
    save(scene(rng, 120, 67), "small.jpg", quality=85)
    save(scene(rng, 900, 61), "panorama.jpg", quality=85)
    save(scene(rng, 512, 512), "square.png")
    save(scene(rng, 410, 307).convert("L"), "grey.jpg", quality=88)
    save(scene(rng, 300, 200).quantize(64), "palette.png")
    alpha = scene(rng, 280, 420)
    alpha.putalpha(Image.linear_gradient("L").resize(alpha.size))
    save(alpha, "alpha.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    save(scene(rng, 480, 321), "rotated.jpg", quality=90, exif=exif)
    save(scene(rng, 640, 427), "photo.webp", quality=80)
    return files


def scene(rng: np.random.Generator, width: int, height: int) -> Image.Image:
    """Noise with a natural spectrum in two colours, under a few shapes with hard edges."""
    y, x = np.mgrid[0:height, 0:width]
    image = np.zeros((height, width, 3))
    for octave in range(1, 8):
        for _ in range(4):
            angle, phase = rng.uniform(0, 2 * math.pi, 2)
            frequency = 2**octave * rng.uniform(0.7, 1.4) / max(width, height)
            wave = np.cos(2 * math.pi * frequency * (x * math.cos(angle) + y * math.sin(angle)) + phase)
            image += wave[..., None] * rng.normal(0, 0.5, 3) / octave
    image += rng.normal(0, 0.05, image.shape)
    image = 255 / (1 + np.exp(-(image + rng.normal(0, 0.8, 3))))
    picture = Image.fromarray(image.astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(2, 7))):
        x0, y0 = rng.uniform(0, 0.8, 2) * (width, height)
        x1, y1 = (x0, y0) + rng.uniform(0.05, 0.5, 2) * (width, height)
        colour = tuple(int(c) for c in rng.integers(0, 256, 3))
        [draw.ellipse, draw.rectangle][int(rng.integers(2))]([x0, y0, x1, y1], fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(0.6))
