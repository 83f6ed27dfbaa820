"""Figures on 500 held-out compositions, measured on the files that ship (ONNX, tokenizer.json).

The compositions have their own seed, their own backgrounds, and go the way of real photos: painted
larger, through a JPEG encoder, squashed with Pillow's bicubic filter.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime as ort
from PIL import Image
from tokenizers import Tokenizer

from captions import Captioner, Facts
from compose import Backgrounds, Renderer, Sampler, training_picture
from concepts import load_concepts
from export import MODELS
from sprites import load_sprites
from tokenizer import encode

SEED = 77
COUNT = 500
#: Queries of one concept, and the fact that makes a picture right.
PROBES = {
    "Christmas": "christmas", "Santa": "santa", "gift": "gift", "Christmas tree": "christmas tree", "tree": "tree",
    "snow": "scene snow", "beach": "scene beach", "sunset": "scene sunset", "people": "people", "car": "car",
    "an automobile": "car", "vehicle": "vehicle", "dog": "dog", "animal": "animal", "fruit": "fruit",
}


class Engine:
    """Both towers as the engine runs them; vectors come out normalised."""

    def __init__(self, folder: Path = MODELS):
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        open_ = lambda name: ort.InferenceSession(str(folder / "onnx" / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
        self.vision, self.text = open_("vision_model"), open_("text_model")
        self.side = json.loads((folder / "preprocessor_config.json").read_text())["size"]["height"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def embed_images(self, images: list[Image.Image]) -> np.ndarray:
        found = []
        for image in images:
            small = image.convert("RGB").resize((self.side, self.side), Image.BICUBIC)
            pixels = (np.asarray(small, np.float32) / 255 - 0.5) / 0.5
            found.append(self.vision.run(["pooler_output"], {"pixel_values": pixels.transpose(2, 0, 1)[None]})[0][0])
        return _unit(np.stack(found))

    def embed_texts(self, texts: list[str]) -> np.ndarray:
        return _unit(self.text.run(["pooler_output"], {"input_ids": encode(self.tokenizer, texts)})[0])


def _unit(x: np.ndarray) -> np.ndarray:
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


def held_out(count: int = COUNT) -> tuple[list[Image.Image], list[str], list[set[int]], list[int], Facts]:
    """Pictures, captions (no two alike), facts, and the number of subjects: one to four, evenly."""
    concepts = load_concepts()
    sprites, rows = load_sprites()
    sampler, renderer, facts = Sampler(concepts, rows), Renderer(sprites), Facts(concepts)
    captioner, backgrounds = Captioner(concepts, facts), Backgrounds(np.random.default_rng([SEED, 0]), each=6)
    rng = np.random.default_rng([SEED, 1])
    images, texts, true, numbers, stated_before = [], [], [], [], set()
    while len(images) < count:
        n = 1 + len(images) % 4
        comp = sampler.sample(rng, n)
        picture, _ = training_picture(comp, renderer, backgrounds, rng, 96, 6, detour=1.0)
        text, stated = captioner.full(rng, comp, scene=1.0, umbrella=0.0)
        # Two captions that state the same could not be told apart by anyone.
        key = frozenset(stated)
        if key in stated_before:
            continue
        stated_before.add(key)
        images.append(Image.fromarray(picture))
        texts.append(text)
        true.append(facts.of(comp))
        numbers.append(n)
    return images, texts, true, numbers, facts


def recall(similarity: np.ndarray, k: int) -> np.ndarray:
    """Per row: is the diagonal entry among the k best?"""
    own = similarity.diagonal()[:, None]
    return (similarity > own).sum(1) < k


def _single_words(engine: Engine, image: np.ndarray, true: list[set[int]], facts: Facts) -> dict:
    """Every concept's bare name as a query, where the held-out set has a picture of it."""
    words = [c.key for c in facts.concepts if any(facts.words[c.key] in t for t in true)]
    order = np.argsort(-(engine.embed_texts(words) @ image.T), axis=1)
    right = np.asarray([[facts.words[w] in t for t in true] for w in words])
    ranked = np.take_along_axis(right, order, 1)
    return {
        "words": len(words), "first_is_right": round(float(ranked[:, 0].mean()), 3),
        "one_of_5_is_right": round(float(ranked[:, :5].any(1).mean()), 3),
    }


def evaluate(folder: Path = MODELS) -> dict:
    engine = Engine(folder)
    images, texts, true, numbers, facts = held_out()
    image, text = engine.embed_images(images), engine.embed_texts(texts)
    similarity = text @ image.T
    numbers = np.asarray(numbers)
    result: dict = {
        "count": len(images),
        "text_to_image": {f"R@{k}": round(float(recall(similarity, k).mean()), 3) for k in (1, 5, 10)},
        "image_to_text": {f"R@{k}": round(float(recall(similarity.T, k).mean()), 3) for k in (1, 5, 10)},
        "text_to_image_by_subjects": {
            str(n): {f"R@{k}": round(float(recall(similarity, k)[numbers == n].mean()), 3) for k in (1, 5)} for n in (1, 2, 3, 4)
        },
        "queries": {},
    }
    result["single_words"] = _single_words(engine, image, true, facts)
    queries = engine.embed_texts(list(PROBES))
    for (query, fact), scores in zip(PROBES.items(), queries @ image.T):
        right = np.asarray([facts.words[fact] in t for t in true])
        order = np.argsort(-scores)
        result["queries"][query] = {
            "right_pictures": int(right.sum()), "first_is_right": bool(right[order[0]]),
            "precision@5": round(float(right[order[:5]].mean()), 2), "precision@10": round(float(right[order[:10]].mean()), 2),
        }
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=Path, default=MODELS)
    print(json.dumps(evaluate(parser.parse_args().model), indent=1))
