"""The SigLIP architecture, small: patch convolution, pre-norm transformer, attention pooling.

Parameters are named as in `transformers`' SiglipModel, so that its weights can be compared.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

#: From this position on the text tower's position embeddings are one and the same vector. Padding
#: at those positions is then one token repeated, and training computes it once with the weight of
#: its repetitions (`TextTower.forward_short`): exact, and 21 positions' work instead of 64.
TIED_FROM = 20

CONFIG = {
    "vision": dict(hidden_size=192, intermediate_size=768, num_hidden_layers=6, num_attention_heads=6, image_size=96, patch_size=16),
    "text": dict(hidden_size=128, intermediate_size=512, num_hidden_layers=2, num_attention_heads=4, max_position_embeddings=64, projection_size=192),
}


class Attention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.out_proj(y.transpose(1, 2).reshape(b, t, d))


class Mlp(nn.Module):
    def __init__(self, width: int, inner: int):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int):
        super().__init__()
        self.layer_norm1, self.self_attn = nn.LayerNorm(width, eps=1e-6), Attention(width, heads)
        self.layer_norm2, self.mlp = nn.LayerNorm(width, eps=1e-6), Mlp(width, inner)

    def forward(self, x: Tensor, bias: Tensor | None = None) -> Tensor:
        x = x + self.self_attn(self.layer_norm1(x), bias)
        return x + self.mlp(self.layer_norm2(x))


class PoolingHead(nn.Module):
    """One learnt query attends to all patches; then a residual MLP."""

    def __init__(self, width: int, inner: int, heads: int):
        super().__init__()
        self.heads = heads
        self.probe = nn.Parameter(torch.randn(1, 1, width) * 0.5)
        self.q, self.kv, self.out_proj = nn.Linear(width, width), nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.layernorm, self.mlp = nn.LayerNorm(width, eps=1e-6), Mlp(width, inner)

    def forward(self, x: Tensor) -> Tensor:
        b, t, d = x.shape
        q = self.q(self.probe).view(1, 1, self.heads, d // self.heads).transpose(1, 2).expand(b, -1, -1, -1)
        k, v = self.kv(x).view(b, t, 2, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        y = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, 1, d)
        y = self.out_proj(y)
        return (y + self.mlp(self.layernorm(y)))[:, 0]


class VisionTower(nn.Module):
    def __init__(self, hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, image_size, patch_size):
        super().__init__()
        self.grid = image_size // patch_size
        self.patch_embedding = nn.Conv2d(3, hidden_size, patch_size, patch_size)
        self.position_embedding = nn.Parameter(torch.randn(1, self.grid**2, hidden_size) * 0.02)
        self.layers = nn.ModuleList(Layer(hidden_size, intermediate_size, num_attention_heads) for _ in range(num_hidden_layers))
        self.post_layernorm = nn.LayerNorm(hidden_size, eps=1e-6)
        self.head = PoolingHead(hidden_size, intermediate_size, num_attention_heads)

    def tokens(self, pixels: Tensor, keep: Tensor | None = None) -> Tensor:
        """[b, 3, n, n] → [b, grid², width]; with `keep` [b, k] only those patches, in that order."""
        x = self.patch_embedding(pixels).flatten(2).transpose(1, 2) + self.position_embedding
        if keep is not None:
            x = x.gather(1, keep.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        for layer in self.layers:
            x = layer(x)
        return self.post_layernorm(x)

    def forward(self, pixels: Tensor) -> Tensor:
        """[b, 3, n, n] → pooled [b, width]."""
        return self.head(self.tokens(pixels))


class TextTower(nn.Module):
    def __init__(self, vocab_size, hidden_size, intermediate_size, num_hidden_layers, num_attention_heads, max_position_embeddings, projection_size):
        super().__init__()
        self.length = max_position_embeddings
        self.token_embedding = nn.Embedding(vocab_size, hidden_size)
        nn.init.normal_(self.token_embedding.weight, std=0.02 * math.sqrt(384 / hidden_size))
        self.position_embedding = nn.Parameter(torch.randn(TIED_FROM + 1, hidden_size) * 0.02)
        self.layers = nn.ModuleList(Layer(hidden_size, intermediate_size, num_attention_heads) for _ in range(num_hidden_layers))
        self.final_layer_norm = nn.LayerNorm(hidden_size, eps=1e-6)
        self.head = nn.Linear(hidden_size, projection_size)
        bias = torch.zeros(1, 1, 1, TIED_FROM + 1)
        bias[..., -1] = math.log(self.length - TIED_FROM)
        self.register_buffer("repeat_bias", bias, persistent=False)

    def positions(self) -> Tensor:
        """All 64 position embeddings [64, width], as SigLIP stores them."""
        tail = self.position_embedding[-1:].expand(self.length - TIED_FROM, -1)
        return torch.cat([self.position_embedding[:-1], tail])

    def _run(self, x: Tensor, bias: Tensor | None) -> Tensor:
        for layer in self.layers:
            x = layer(x, bias)
        return self.head(self.final_layer_norm(x[:, -1]))

    def forward(self, ids: Tensor) -> Tensor:
        """int64 [b, 64] → pooled [b, projection]: the last position, no mask, as in SigLIP."""
        return self._run(self.token_embedding(ids) + self.positions(), None)

    def forward_short(self, ids: Tensor) -> Tensor:
        """The same result for texts of at most 20 pieces, from ids [b, 21] whose last column is padding."""
        return self._run(self.token_embedding(ids) + self.position_embedding, self.repeat_bias)


class Siglip(nn.Module):
    """Both towers, the sigmoid loss's scale and bias, and a training-only classifier of patches."""

    def __init__(self, vocab_size: int, concepts: int, config: dict = CONFIG):
        super().__init__()
        self.vision = VisionTower(**config["vision"])
        self.text = TextTower(vocab_size, **config["text"])
        self.patch_classifier = nn.Linear(config["vision"]["hidden_size"], concepts)
        self.logit_scale = nn.Parameter(torch.tensor(math.log(10.0)))
        self.logit_bias = nn.Parameter(torch.tensor(-10.0))

    def forward(self, pixels: Tensor, ids: Tensor, keep: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        """→ image [b, d] and text [b, d], both normalised, and patch tokens [b, k or grid², d]."""
        tokens = self.vision.tokens(pixels, keep)
        image = F.normalize(self.vision.head(tokens), dim=-1)
        text = F.normalize(self.text.forward_short(ids), dim=-1)
        return image, text, tokens
