"""What every reference can do; the families fill it in."""

import json
from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageOps
from torch import nn


class Reference(ABC):
    """A dual encoder of the original library with its own processors."""

    # Of the resize PNGs that `npm run golden` checks
    pixel_kind: str
    image_size: int

    @abstractmethod
    def resized(self, image: Image.Image) -> np.ndarray:
        """The library's own resize (and crop): uint8 [size, size, 3]."""

    @abstractmethod
    def pixel_values(self, image: Image.Image) -> torch.Tensor:
        """The library's own preprocessing: float32 [1, 3, size, size]."""

    @abstractmethod
    def token_ids(self, text: str) -> list[int]:
        """Padded to the model's length."""

    @abstractmethod
    def embed_pixels(self, pixels: torch.Tensor) -> torch.Tensor:
        """[1, dim], not normalised"""

    @abstractmethod
    def embed_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        """[1, dim], not normalised"""

    @abstractmethod
    def centre(self, pixels: list[torch.Tensor], ids: list[torch.Tensor]) -> None:
        """Takes the mean over these inputs out of both towers' outputs."""

    @abstractmethod
    def save(self, folder: Path) -> None:
        """ONNX graphs and configurations in the layout that the model has on the hub."""


def open_photo(file: Path) -> Image.Image:
    """Upright and RGB, as the libraries' users are told to open photos."""
    image = ImageOps.exif_transpose(Image.open(file))
    return image.convert("RGB")


def mean_of(tower: nn.Module, layer: nn.Module, run, inputs: list[torch.Tensor], pick) -> torch.Tensor:
    """Mean of what `pick` takes from a layer's output."""
    seen = []
    handle = layer.register_forward_hook(lambda _m, _i, output: seen.append(output))
    with torch.no_grad():
        means = [pick(run(x), seen.pop(), x) for x in inputs]
    handle.remove()
    return torch.cat(means).mean(0)


def export(
    module: nn.Module,
    example: torch.Tensor,
    file: Path,
    input_name: str,
    output_names: list[str],
    opset: int,
    dynamic: dict[int, str] | None,
) -> None:
    """By the exporter that reads a trace, with which the published graphs were made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    axes = None
    if dynamic:
        axes = {input_name: dynamic, **{name: {0: "batch_size"} for name in output_names}}
    with torch.no_grad():
        torch.onnx.export(
            module.eval(),
            (example,),
            str(file),
            input_names=[input_name],
            output_names=output_names,
            opset_version=opset,
            dynamic_axes=axes,
            dynamo=False,
        )


def write_json(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False))
