"""Pictograms: fetch the sets with npm, rasterise them once, keep them as one numpy file.

The packs stay in `training/.cache/`, which git ignores; they are never committed.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from concepts import PACKS, load_concepts

CACHE = Path(__file__).parent / ".cache"
#: Side of a stored sprite in pixels: enough for a gallery picture of 640×480.
SPRITE = 256


def fetch_packs() -> None:
    """`npm pack` every pictogram set into the cache (skipped when it is already there)."""
    CACHE.mkdir(exist_ok=True)
    for package, version, _ in PACKS:
        name = package.split("/")[1]
        if (CACHE / f"{name}.json").exists():
            continue
        out = subprocess.run(
            ["npm", "pack", "--silent", f"{package}@{version}"], cwd=CACHE, check=True, capture_output=True, text=True
        )
        archive = CACHE / out.stdout.strip().splitlines()[-1]
        with tarfile.open(archive) as tar:
            data = tar.extractfile("package/icons.json").read()
        (CACHE / f"{name}.json").write_bytes(data)
        archive.unlink()


def _rasterise(svg: str, side: int) -> np.ndarray:
    """SVG text → RGBA uint8 [side, side, 4]."""
    import resvg_py

    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def _svg(pack: dict, icon: str) -> str | None:
    """The icon's SVG document, aliases followed; None when the pack lacks it."""
    for _ in range(4):
        if icon in pack["icons"]:
            body = pack["icons"][icon]["body"]
            width = pack["icons"][icon].get("width", pack.get("width", 16))
            height = pack["icons"][icon].get("height", pack.get("height", 16))
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
                f'viewBox="0 0 {width} {height}">{body}</svg>'
            )
        icon = pack.get("aliases", {}).get(icon, {}).get("parent", "")
    return None


def _trim(rgba: np.ndarray) -> np.ndarray:
    """Cut the transparent margin, keep it square, so that a sprite's size means its subject's size."""
    ys, xs = np.nonzero(rgba[..., 3] > 8)
    if len(xs) == 0:
        return rgba
    side = max(xs.max() - xs.min(), ys.max() - ys.min()) + 1
    cx, cy = (xs.max() + xs.min() + 1) // 2, (ys.max() + ys.min() + 1) // 2
    x0, y0 = cx - side // 2, cy - side // 2
    pad = rgba.shape[0]
    padded = np.pad(rgba, ((pad, pad), (pad, pad), (0, 0)))
    cut = padded[y0 + pad : y0 + pad + side, x0 + pad : x0 + pad + side]
    return cv2.resize(cut, (SPRITE, SPRITE), interpolation=cv2.INTER_AREA)


def load_sprites() -> tuple[np.ndarray, list[list[int]]]:
    """All sprites as premultiplied RGBA uint8 [S, SPRITE, SPRITE, 4], and for each concept its rows."""
    concepts = load_concepts()
    stored = CACHE / "sprites.npz"
    if stored.exists():
        with np.load(stored) as file:
            if list(file["keys"]) == [c.key for c in concepts]:
                owner = file["owner"]
                return file["sprites"], [np.flatnonzero(owner == c.index).tolist() for c in concepts]
    fetch_packs()
    packs = [json.loads((CACHE / f"{p.split('/')[1]}.json").read_text()) for p, _, _ in PACKS]
    sprites, owner, names = [], [], []
    for concept in concepts:
        for (package, _, _), pack in zip(PACKS, packs):
            for icon in concept.icons:
                svg = _svg(pack, icon)
                if svg is None:
                    continue
                names.append(f"{package.split('/')[1]}/{icon}")
                rgba = _trim(_rasterise(svg, SPRITE)).astype(np.float32)
                rgba[..., :3] *= rgba[..., 3:] / 255.0
                sprites.append(np.round(rgba).astype(np.uint8))
                owner.append(concept.index)
    array, owners = np.stack(sprites), np.asarray(owner)
    np.savez(stored, sprites=array, owner=owners, names=np.asarray(names), keys=np.asarray([c.key for c in concepts]))
    return array, [np.flatnonzero(owners == c.index).tolist() for c in concepts]


def sprite_names() -> list[str]:
    """Where each sprite comes from: `pack/icon`."""
    load_sprites()
    with np.load(CACHE / "sprites.npz") as file:
        return [str(n) for n in file["names"]]


if __name__ == "__main__":
    array, rows = load_sprites()
    print(array.shape, min(map(len, rows)), "styles at least")
