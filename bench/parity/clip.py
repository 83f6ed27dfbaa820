"""CLIP of transformers, in the layout of Xenova/clip-vit-base-patch32."""

import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from transformers import CLIPConfig, CLIPModel
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from architectures import Architecture
from reference import Reference, export, mean_of, write_json
from tokenizers_made import clip_bpe

LENGTH = 77


class Projected(nn.Module):
    """A tower with its projection, whose one output the published graphs have."""

    def __init__(self, tower: nn.Module, projection: nn.Linear):
        super().__init__()
        self.tower = tower
        self.projection = projection

    def forward(self, x):
        return self.projection(self.tower(x).pooler_output)


class Clip(Reference):
    pixel_kind = "clipcrop"

    def __init__(self, architecture: Architecture, weights: str | None, cache: Path):
        self.architecture = architecture
        self.image_size = architecture.image_size
        if weights:
            self.model = CLIPModel.from_pretrained(weights, attn_implementation="eager")
            self.tokenizer = clip_bpe.loaded(weights)
            self.processor = CLIPImageProcessorPil.from_pretrained(weights)
        else:
            # The defaults are base size with 32-pixel patches.
            config = CLIPConfig(
                text_config={"eos_token_id": 2, "bos_token_id": 0, "attn_implementation": "eager"},
                vision_config={
                    "image_size": self.image_size,
                    "patch_size": architecture.patch_size,
                    "attn_implementation": "eager",
                },
                attn_implementation="eager",
            )
            self.model = CLIPModel(config)
            self.tokenizer = clip_bpe.made(cache)
            self.processor = CLIPImageProcessorPil()
        self.model.eval()
        self.vision = Projected(self.model.vision_model, self.model.visual_projection)
        self.text = Projected(self.model.text_model, self.model.text_projection)

    def resized(self, image: Image.Image) -> np.ndarray:
        planes = self.processor(image, do_rescale=False, do_normalize=False)["pixel_values"][0]
        return np.asarray(planes, dtype=np.uint8).transpose(1, 2, 0)

    def pixel_values(self, image: Image.Image) -> torch.Tensor:
        return self.processor(image, return_tensors="pt")["pixel_values"]

    def token_ids(self, text: str) -> list[int]:
        return self.tokenizer.ids(text, LENGTH)

    def embed_pixels(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.vision(pixels)

    def embed_tokens(self, ids: torch.Tensor) -> torch.Tensor:
        return self.text(ids)

    def centre(self, pixels: list[torch.Tensor], ids: list[torch.Tensor]) -> None:
        # The projections have no bias: the norms before them carry it.
        vision, text = self.model.vision_model, self.model.text_model
        with torch.no_grad():
            image = torch.cat([vision(p).pooler_output for p in pixels]).mean(0)
            words = torch.cat([text(i).pooler_output for i in ids]).mean(0)
            vision.post_layernorm.bias -= image
            text.final_layer_norm.bias -= words

    def save(self, folder: Path) -> None:
        size = self.image_size
        opset = self.architecture.opset
        export(
            self.vision,
            torch.zeros(1, 3, size, size),
            folder / "onnx" / "vision_model.onnx",
            "pixel_values",
            ["image_embeds"],
            opset,
            {0: "batch_size", 1: "num_channels", 2: "height", 3: "width"},
        )
        export(
            self.text,
            torch.ones(1, LENGTH, dtype=torch.int64),
            folder / "onnx" / "text_model.onnx",
            "input_ids",
            ["text_embeds"],
            opset,
            {0: "batch_size", 1: "sequence_length"},
        )
        write_json(folder / "config.json", json.loads(self.model.config.to_json_string(use_diff=True)))
        processor = self.processor
        write_json(
            folder / "preprocessor_config.json",
            {
                "crop_size": {"height": processor.crop_size["height"], "width": processor.crop_size["width"]},
                "do_center_crop": True,
                "do_convert_rgb": True,
                "do_normalize": True,
                "do_rescale": True,
                "do_resize": True,
                "image_mean": list(processor.image_mean),
                "image_processor_type": "CLIPImageProcessor",
                "image_std": list(processor.image_std),
                "resample": int(processor.resample),
                "rescale_factor": processor.rescale_factor,
                "size": {"shortest_edge": processor.size["shortest_edge"]},
            },
        )
        self.tokenizer.save(folder)
