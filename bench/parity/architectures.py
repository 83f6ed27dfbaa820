"""What the catalogue's models are made of, as their configurations on the hub say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    id: str
    # siglip, siglip2, clip (transformers) or open_clip
    family: str
    # Where the reference's own weights are: a hub repository, or open_clip's tag
    source: str
    image_size: int
    patch_size: int
    # Of the export: below 17 LayerNorm is written as six operations, from 17 on as one
    opset: int


def _siglip(size: int) -> Architecture:
    name = f"siglip-base-patch16-{size}"
    return Architecture(name, "siglip", f"google/{name}", size, 16, 14)


def _siglip2(size: int, patch: int) -> Architecture:
    name = f"siglip2-base-patch{patch}-{size}"
    return Architecture(name, "siglip2", f"google/{name}", size, patch, 17)


ARCHITECTURES = {
    a.id: a
    for a in [
        *(_siglip(size) for size in (224, 256, 384, 512)),
        *(_siglip2(size, 16) for size in (224, 256, 384, 512)),
        _siglip2(256, 32),
        Architecture("ViT-B-32__laion2b-s34b-b79k", "open_clip", "laion2b_s34b_b79k", 224, 32, 17),
        Architecture("clip-vit-base-patch32", "clip", "openai/clip-vit-base-patch32", 224, 32, 14),
    ]
}
