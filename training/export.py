"""Checkpoint → `models/demo/`, in the layout of SigLIP models on the hub.

Weights are stored as float16 with a Cast behind each, which onnxruntime folds when it loads the
model: half the size, float32 arithmetic. The graph is written node by node: the towers are small,
and so neither an exporter's version nor its tracing can change the result.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from concepts import load_concepts
from model import CONFIG, Siglip
from sprites import CACHE

MODELS = Path(__file__).parent.parent / "models" / "demo"
OPSET = 17


class Graph:
    """A little ONNX graph writer: each method adds nodes and returns the name of the result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.known: dict[str, str] = {}

    def op(self, kind: str, *inputs: str, outputs: int = 1, name: str | None = None, **attributes):
        names = [name] if name else [f"{kind}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, name=f"{kind}_{len(self.nodes)}", **attributes))
        return names[0] if outputs == 1 else names

    def weight(self, tensor: torch.Tensor, name: str) -> str:
        """A float parameter, stored as float16 and cast up."""
        if name not in self.known:
            self.weights.append(numpy_helper.from_array(tensor.detach().numpy().astype(np.float16), name + "_f16"))
            self.known[name] = self.op("Cast", name + "_f16", to=TensorProto.FLOAT)
        return self.known[name]

    def ints(self, values: list[int]) -> str:
        name = "shape_" + "_".join(map(str, values)).replace("-", "m")
        if name not in self.known:
            self.weights.append(numpy_helper.from_array(np.asarray(values, np.int64), name))
            self.known[name] = name
        return name

    def scalar(self, value: float) -> str:
        name = f"scalar_{value!r}"
        if name not in self.known:
            self.weights.append(numpy_helper.from_array(np.asarray(value, np.float32), name))
            self.known[name] = name
        return name

    def linear(self, x: str, layer: torch.nn.Linear, name: str) -> str:
        y = self.op("MatMul", x, self.weight(layer.weight.T.contiguous(), name + ".weight"))
        return self.op("Add", y, self.weight(layer.bias, name + ".bias"))

    def norm(self, x: str, layer: torch.nn.LayerNorm, weights: str, **kw) -> str:
        return self.op("LayerNormalization", x, self.weight(layer.weight, weights + ".weight"), self.weight(layer.bias, weights + ".bias"), axis=-1, epsilon=layer.eps, **kw)

    def gelu(self, x: str) -> str:
        """gelu_pytorch_tanh: x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))."""
        cube = self.op("Mul", self.op("Mul", x, x), x)
        inner = self.op("Mul", self.op("Add", x, self.op("Mul", cube, self.scalar(0.044715))), self.scalar(0.7978845608028654))
        return self.op("Mul", self.op("Mul", x, self.scalar(0.5)), self.op("Add", self.op("Tanh", inner), self.scalar(1.0)))

    def mlp(self, x: str, layer, name: str) -> str:
        return self.linear(self.gelu(self.linear(x, layer.fc1, name + ".fc1")), layer.fc2, name + ".fc2")

    def split_heads(self, x: str, heads: int, width: int) -> str:
        return self.op("Transpose", self.op("Reshape", x, self.ints([0, -1, heads, width // heads])), perm=[0, 2, 1, 3])

    def attend(self, q: str, k: str, v: str, heads: int, width: int) -> str:
        q, k, v = (self.split_heads(t, heads, width) for t in (q, k, v))
        scores = self.op("MatMul", self.op("Mul", q, self.scalar((width // heads) ** -0.5)), self.op("Transpose", k, perm=[0, 1, 3, 2]))
        y = self.op("MatMul", self.op("Softmax", scores, axis=-1), v)
        return self.op("Reshape", self.op("Transpose", y, perm=[0, 2, 1, 3]), self.ints([0, -1, width]))

    def block(self, x: str, layer, name: str) -> str:
        width, heads = layer.layer_norm1.normalized_shape[0], layer.self_attn.heads
        qkv = self.linear(self.norm(x, layer.layer_norm1, name + ".layer_norm1"), layer.self_attn.qkv, name + ".qkv")
        q, k, v = self.op("Split", qkv, self.ints([width] * 3), outputs=3, axis=-1)
        y = self.linear(self.attend(q, k, v, heads, width), layer.self_attn.out_proj, name + ".out_proj")
        x = self.op("Add", x, y)
        return self.op("Add", x, self.mlp(self.norm(x, layer.layer_norm2, name + ".layer_norm2"), layer.mlp, name + ".mlp"))

    def model(self, inputs, outputs, title: str) -> onnx.ModelProto:
        graph = helper.make_graph(self.nodes, title, inputs, outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="training/export.py")
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model


def vision_graph(tower) -> onnx.ModelProto:
    """`pixel_values` f32 [batch,3,n,n] → `last_hidden_state` [batch,grid²,d], `pooler_output` [batch,d]."""
    g, side, grid = Graph(), CONFIG["vision"]["image_size"], tower.grid
    width, patch = CONFIG["vision"]["hidden_size"], CONFIG["vision"]["patch_size"]
    conv = tower.patch_embedding
    x = g.op("Conv", "pixel_values", g.weight(conv.weight, "patch.weight"), g.weight(conv.bias, "patch.bias"), kernel_shape=[patch, patch], strides=[patch, patch])
    x = g.op("Transpose", g.op("Reshape", x, g.ints([0, width, grid * grid])), perm=[0, 2, 1])
    x = g.op("Add", x, g.weight(tower.position_embedding, "position_embedding"))
    for i, layer in enumerate(tower.layers):
        x = g.block(x, layer, f"layers.{i}")
    x = g.norm(x, tower.post_layernorm, "post_layernorm", name="last_hidden_state")
    head = tower.head
    kv = g.linear(x, head.kv, "head.kv")
    k, v = g.op("Split", kv, g.ints([width] * 2), outputs=2, axis=-1)
    q = g.linear(g.weight(head.probe, "head.probe"), head.q, "head.q")
    y = g.linear(g.attend(q, k, v, head.heads, width), head.out_proj, "head.out_proj")
    y = g.op("Add", y, g.mlp(g.norm(y, head.layernorm, "head.layernorm"), head.mlp, "head.mlp"))
    g.op("Squeeze", y, g.ints([1]), name="pooler_output")
    value = helper.make_tensor_value_info
    return g.model(
        [value("pixel_values", TensorProto.FLOAT, ["batch_size", 3, side, side])],
        [value("last_hidden_state", TensorProto.FLOAT, ["batch_size", grid * grid, width]), value("pooler_output", TensorProto.FLOAT, ["batch_size", width])],
        "vision_model",
    )


def text_graph(tower) -> onnx.ModelProto:
    """`input_ids` i64 [batch,64] → `pooler_output` [batch,d]."""
    g, length, width = Graph(), tower.length, CONFIG["text"]["projection_size"]
    g.weights.append(numpy_helper.from_array(tower.token_embedding.weight.detach().numpy().astype(np.float16), "token_embedding_f16"))
    x = g.op("Cast", g.op("Gather", "token_embedding_f16", "input_ids", axis=0), to=TensorProto.FLOAT)
    x = g.op("Add", x, g.weight(tower.positions().unsqueeze(0), "position_embedding"))
    for i, layer in enumerate(tower.layers):
        x = g.block(x, layer, f"layers.{i}")
    x = g.norm(x, tower.final_layer_norm, "final_layer_norm")
    last = g.op("Squeeze", g.op("Slice", x, g.ints([length - 1]), g.ints([length]), g.ints([1])), g.ints([1]))
    y = g.op("MatMul", last, g.weight(tower.head.weight.T.contiguous(), "head.weight"))
    g.op("Add", y, g.weight(tower.head.bias, "head.bias"), name="pooler_output")
    value = helper.make_tensor_value_info
    return g.model(
        [value("input_ids", TensorProto.INT64, ["batch_size", length])],
        [value("pooler_output", TensorProto.FLOAT, ["batch_size", width])],
        "text_model",
    )


def load_model(checkpoint: Path, tokenizer_path: Path = CACHE / "tokenizer.json") -> tuple[Siglip, dict]:
    """The model with its checkpoint's weights, in evaluation mode, and the checkpoint's notes."""
    state = torch.load(checkpoint, map_location="cpu")
    vocab = Tokenizer.from_file(str(tokenizer_path)).get_vocab_size()
    model = Siglip(vocab, len(load_concepts()))
    model.load_state_dict(state.pop("model"))
    return model.eval(), state


def write_configs(model: Siglip, folder: Path, vocab: int) -> None:
    """config.json, preprocessor_config.json, tokenizer_config.json as SiglipModel's are."""
    shared = dict(attention_dropout=0.0, hidden_act="gelu_pytorch_tanh", layer_norm_eps=1e-06)
    text = {**shared, **CONFIG["text"], "bos_token_id": None, "eos_token_id": 1, "pad_token_id": 1, "model_type": "siglip_text_model", "vocab_size": vocab}
    vision = {**shared, **CONFIG["vision"], "model_type": "siglip_vision_model", "num_channels": 3}
    side = CONFIG["vision"]["image_size"]
    files = {
        "config.json": dict(
            architectures=["SiglipModel"], initializer_factor=1.0, model_type="siglip",
            logit_scale=round(model.logit_scale.item(), 5), logit_bias=round(model.logit_bias.item(), 5),
            text_config=dict(sorted(text.items())), vision_config=dict(sorted(vision.items())),
        ),
        "preprocessor_config.json": dict(
            do_convert_rgb=None, do_normalize=True, do_rescale=True, do_resize=True, image_mean=[0.5] * 3, image_std=[0.5] * 3,
            image_processor_type="SiglipImageProcessor", resample=3, rescale_factor=1 / 255, size=dict(height=side, width=side),
        ),
        "tokenizer_config.json": dict(
            do_lower_case=True, eos_token="</s>", pad_token="</s>", unk_token="<unk>", model_max_length=64,
            tokenizer_class="SiglipTokenizer", clean_up_tokenization_spaces=True,
        ),
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1) + "\n")


def check(model: Siglip, folder: Path) -> float:
    """Smallest cosine between the float32 towers in torch and the stored ones in onnxruntime."""
    import onnxruntime as ort

    side, vocab = CONFIG["vision"]["image_size"], model.text.token_embedding.num_embeddings
    generator = torch.Generator().manual_seed(0)
    pixels = torch.rand(6, 3, side, side, generator=generator) * 2 - 1
    ids = torch.full((6, 64), 1)
    for row in range(6):
        ids[row, : 3 * row] = torch.randint(3, vocab, (3 * row,), generator=generator)
    worst = 1.0
    for name, feed, tower in (("vision_model", {"pixel_values": pixels}, model.vision), ("text_model", {"input_ids": ids}, model.text)):
        session = ort.InferenceSession(str(folder / "onnx" / f"{name}.onnx"), providers=["CPUExecutionProvider"])
        got = torch.from_numpy(session.run(["pooler_output"], {k: v.numpy() for k, v in feed.items()})[0])
        with torch.no_grad():
            want = tower(*feed.values())
        worst = min(worst, torch.cosine_similarity(got, want).min().item())
    with torch.no_grad():
        short = model.text.forward_short(ids[:, :21])
    worst = min(worst, torch.cosine_similarity(short, want).min().item())
    return worst


def export(checkpoint: Path, folder: Path = MODELS) -> dict:
    """Write the whole model folder; returns the checkpoint's notes plus size, parameters, fidelity."""
    model, notes = load_model(checkpoint)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    onnx.save(vision_graph(model.vision), folder / "onnx" / "vision_model.onnx")
    onnx.save(text_graph(model.text), folder / "onnx" / "text_model.onnx")
    shutil.copyfile(CACHE / "tokenizer.json", folder / "tokenizer.json")
    write_configs(model, folder, model.text.token_embedding.num_embeddings)
    notes["cosine"] = check(model, folder)
    notes["parameters"] = sum(p.numel() for tower in (model.vision, model.text) for p in tower.parameters())
    notes["bytes"] = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    assert notes["cosine"] >= 0.999, f"the stored towers differ from the trained ones: cosine {notes['cosine']}"
    return notes


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", type=Path, default=CACHE / "run" / "model.pt")
    parser.add_argument("--out", type=Path, default=MODELS)
    args = parser.parse_args()
    print(export(args.checkpoint, args.out))
