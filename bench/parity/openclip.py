"""OpenCLIP, in the layout of immich-app/ViT-B-32__laion2b-s34b-b79k."""

from pathlib import Path

import numpy as np
import open_clip
import torch
from open_clip.transform import PreprocessCfg, image_transform_v2
from PIL import Image
from torch import nn

from architectures import Architecture
from reference import Reference, export, write_json
from tokenizers_made import clip_bpe

NAME = "ViT-B-32"
LENGTH = 77


class Encode(nn.Module):
    """One tower with its vector scaled to unit length, as Immich exports it."""

    def __init__(self, model: nn.Module, method: str):
        super().__init__()
        self.model = model
        self.method = method

    def forward(self, x):
        return getattr(self.model, self.method)(x, normalize=True)


class OpenClip(Reference):
    pixel_kind = "clipcrop"

    def __init__(self, architecture: Architecture, weights: str | None, cache: Path):
        self.architecture = architecture
        self.image_size = architecture.image_size
        # Fused attention is not in the operators of ONNX.
        torch.backends.mha.set_fastpath_enabled(False)
        self.model = open_clip.create_model(NAME, pretrained=checkpoint(weights))
        self.model.eval()
        config = open_clip.get_model_preprocess_cfg(self.model)
        self.preprocess = image_transform_v2(PreprocessCfg(**config), is_train=False)
        self.tokenizer = open_clip.get_tokenizer(NAME)
        self.files = clip_bpe.made(cache)

    def resized(self, image: Image.Image) -> np.ndarray:
        # All steps up to the one that makes a tensor of it.
        for step in self.preprocess.transforms:
            if type(step).__name__ in ("ToTensor", "MaybeToTensor"):
                break
            image = step(image)
        return np.asarray(image, dtype=np.uint8)

    def pixel_values(self, image: Image.Image) -> torch.Tensor:
        return self.preprocess(image)[None]

    def token_ids(self, text: str) -> list[int]:
        return self.tokenizer(text)[0].tolist()

    def embed_pixels(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.model.encode_image(pixels)

    def embed_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        return self.model.encode_text(ids)

    def centre(self, pixels: list[torch.Tensor], ids: list[torch.Tensor]) -> None:
        model = self.model
        with torch.no_grad():
            # W (x - c) = W x - W c, and the projections are square enough to solve for c.
            image = torch.cat([self.embed_pixels(p) for p in pixels]).mean(0)
            words = torch.cat([self.embed_tokens(i) for i in ids]).mean(0)
            model.visual.ln_post.bias -= solve(model.visual.proj, image)
            model.ln_final.bias -= solve(model.text_projection, words)

    def save(self, folder: Path) -> None:
        opset = self.architecture.opset
        size = self.image_size
        visual, textual = folder / "visual", folder / "textual"
        # Immich's graphs take exactly one input.
        export(
            Encode(self.model, "encode_image"),
            torch.zeros(1, 3, size, size),
            visual / "model.onnx",
            "image",
            ["embedding"],
            opset,
            None,
        )
        export(
            Encode(self.model, "encode_text"),
            torch.ones(1, LENGTH, dtype=torch.int32),
            textual / "model.onnx",
            "text",
            ["embedding"],
            opset,
            None,
        )
        write_json(folder / "config.json", open_clip.get_model_config(NAME))
        write_json(visual / "preprocess_cfg.json", open_clip.get_model_preprocess_cfg(self.model))
        self.files.save(textual)


def checkpoint(weights: str | None) -> str | None:
    """A tag of open_clip's, or the checkpoint in a folder."""
    if weights and Path(weights).is_dir():
        return str(next(p for p in sorted(Path(weights).iterdir()) if p.suffix in (".safetensors", ".bin", ".pt")))
    return weights


def solve(projection: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The smallest c with c @ projection = target."""
    return torch.linalg.lstsq(projection.T.double(), target.double()[:, None]).solution[:, 0].float()
