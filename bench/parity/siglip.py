"""SigLIP and SigLIP 2 of transformers, in the layout of Xenova/siglip-* and onnx-community/siglip2-*."""

import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from transformers import SiglipConfig, SiglipModel

# Pillow does the resize in this one; the other is torchvision's, an imitation of it.
from transformers.models.siglip.image_processing_pil_siglip import SiglipImageProcessorPil

from architectures import Architecture
from reference import Reference, export, write_json
from tokenizers_made import gemma_like, siglip_like

LENGTH = 64
BICUBIC, BILINEAR = 3, 2


class Pooled(nn.Module):
    """A tower with the two outputs that the published graphs have."""

    def __init__(self, tower: nn.Module):
        super().__init__()
        self.tower = tower

    def forward(self, x):
        output = self.tower(x)
        return output.last_hidden_state, output.pooler_output


class Siglip(Reference):
    def __init__(self, architecture: Architecture, weights: str | None, cache: Path):
        self.architecture = architecture
        self.image_size = architecture.image_size
        second = architecture.family == "siglip2"
        self.pixel_kind = "bilinear" if second else "bicubic"
        if weights:
            self.model = SiglipModel.from_pretrained(weights, attn_implementation="eager")
            self.tokenizer = (gemma_like if second else siglip_like).loaded(weights)
            self.processor = SiglipImageProcessorPil.from_pretrained(weights)
        else:
            self.tokenizer = (gemma_like if second else siglip_like).made(cache)
            self.model = SiglipModel(config(architecture, second))
            self.processor = SiglipImageProcessorPil(
                size={"height": self.image_size, "width": self.image_size},
                resample=BILINEAR if second else BICUBIC,
                image_mean=[0.5] * 3,
                image_std=[0.5] * 3,
            )
        self.model.eval()

    def resized(self, image: Image.Image) -> np.ndarray:
        planes = self.processor(image, do_rescale=False, do_normalize=False)["pixel_values"][0]
        return np.asarray(planes, dtype=np.uint8).transpose(1, 2, 0)

    def pixel_values(self, image: Image.Image) -> torch.Tensor:
        return self.processor(image, return_tensors="pt")["pixel_values"]

    def token_ids(self, text: str) -> list[int]:
        return self.tokenizer.ids(text, LENGTH)

    def embed_pixels(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.model.vision_model(pixels).pooler_output

    def embed_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        return self.model.text_model(ids).pooler_output

    def centre(self, pixels: list[torch.Tensor], ids: list[torch.Tensor]) -> None:
        with torch.no_grad():
            image = torch.cat([self.embed_pixels(p) for p in pixels]).mean(0)
            text = torch.cat([self.embed_tokens(i) for i in ids]).mean(0)
            self.model.vision_model.head.mlp.fc2.bias -= image
            self.model.text_model.head.bias -= text

    def save(self, folder: Path) -> None:
        size = self.image_size
        opset = self.architecture.opset
        outputs = ["last_hidden_state", "pooler_output"]
        export(
            Pooled(self.model.vision_model),
            torch.zeros(1, 3, size, size),
            folder / "onnx" / "vision_model.onnx",
            "pixel_values",
            outputs,
            opset,
            {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"},
        )
        export(
            Pooled(self.model.text_model),
            torch.zeros(1, LENGTH, dtype=torch.int64),
            folder / "onnx" / "text_model.onnx",
            "input_ids",
            outputs,
            opset,
            {0: "batch_size", 1: "sequence_length"},
        )
        # The hub's config.json holds only what differs from the defaults.
        write_json(folder / "config.json", json.loads(self.model.config.to_json_string(use_diff=True)))
        write_json(folder / "preprocessor_config.json", preprocessor(self.processor))
        self.tokenizer.save(folder)


def config(architecture: Architecture, second: bool) -> SiglipConfig:
    text = {"vocab_size": 256000 if second else 32000}
    return SiglipConfig(
        text_config={
            **text,
            "attn_implementation": "eager",
            "hidden_size": 768,
            "intermediate_size": 3072,
            "num_hidden_layers": 12,
            "num_attention_heads": 12,
            "max_position_embeddings": LENGTH,
            "bos_token_id": 2 if second else None,
            "eos_token_id": 1,
            "pad_token_id": 0 if second else 1,
        },
        vision_config={
            "image_size": architecture.image_size,
            "patch_size": architecture.patch_size,
            "attn_implementation": "eager",
            "hidden_size": 768,
            "intermediate_size": 3072,
            "num_hidden_layers": 12,
            "num_attention_heads": 12,
        },
        attn_implementation="eager",
    )


def preprocessor(processor: SiglipImageProcessorPil) -> dict:
    return {
        "do_convert_rgb": None,
        "do_normalize": True,
        "do_rescale": True,
        "do_resize": True,
        "image_mean": list(processor.image_mean),
        "image_std": list(processor.image_std),
        "image_processor_type": "SiglipImageProcessor",
        "processor_class": "SiglipProcessor",
        "resample": int(processor.resample),
        "rescale_factor": processor.rescale_factor,
        "size": {"height": processor.size["height"], "width": processor.size["width"]},
    }
