"""Random weights under which different inputs give clearly different embeddings.

A network as initialised for training maps all photos to nearly one direction, and then a cosine of
0.9999 proves nothing: a wrong photo would pass. So weights keep the signal's variance, attention is
peaked, and what all inputs have in common is taken out at the end (see Reference.centre).
"""

import math

import torch
from torch import nn


# Softmax that looks at some positions rather than at the mean of all
QUERY_KEY_GAIN = 1.6
# Neighbouring pixels are alike, so a patch's sum is small
PATCH_GAIN = 3


def randomise(model: nn.Module, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)

    def normal(shape, std):
        return torch.randn(shape, generator=generator) * std

    with torch.no_grad():
        for name, parameter in model.named_parameters():
            shape = parameter.shape
            fan_in = math.prod(shape[1:])
            if parameter.ndim == 0 or name.startswith("logit_"):
                continue
            if "position" in name:
                parameter.copy_(normal(shape, 0.3))
            elif "embedding" in name and "patch" not in name:
                parameter.copy_(normal(shape, 1))
            elif parameter.ndim >= 2:
                parameter.copy_(normal(shape, 1 / math.sqrt(fan_in)))
                if "q_proj" in name or "k_proj" in name:
                    parameter *= QUERY_KEY_GAIN
                elif name.endswith("in_proj_weight"):
                    # Queries, keys and values in one matrix.
                    parameter[: 2 * shape[0] // 3] *= QUERY_KEY_GAIN
                elif "patch_embedding" in name or name.endswith("conv1.weight"):
                    parameter *= PATCH_GAIN
            elif name.endswith("bias"):
                parameter.copy_(normal(shape, 0.1))
            else:
                # LayerNorm
                parameter.copy_(1 + normal(shape, 0.2))


def spread(vectors: torch.Tensor) -> tuple[float, float]:
    """Mean and largest cosine between different rows; nearly equal inputs make the largest high."""
    unit = nn.functional.normalize(vectors.double(), dim=-1)
    cosines = (unit @ unit.T)[~torch.eye(len(unit), dtype=torch.bool)]
    return cosines.mean().item(), cosines.max().item()
