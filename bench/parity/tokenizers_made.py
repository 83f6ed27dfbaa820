"""Tokenizers in the published pipelines, with vocabularies trained here where the real are not given."""

import base64
import gzip
import json
import shutil
from pathlib import Path

import sentencepiece
from open_clip.tokenizer import bytes_to_unicode, default_bpe
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer, CLIPTokenizer, SiglipTokenizer
from transformers.utils import cached_file

from corpus import lines
from reference import write_json

CORPUS_BYTES = 24_000_000
SIGLIP_PIECES = 32_000
GEMMA_PIECES = 48_000


class Made:
    """A transformers tokenizer, and where the files are that the engine reads."""

    def __init__(self, reference, source: str, lower: bool = False):
        self.reference = reference
        self.source = source
        self.lower = lower

    def ids(self, text: str, length: int) -> list[int]:
        return self.reference(
            text.lower() if self.lower else text,
            padding="max_length",
            truncation=True,
            max_length=length,
        )["input_ids"]

    def save(self, target: Path) -> None:
        target.mkdir(parents=True, exist_ok=True)
        for name in ("tokenizer.json", "tokenizer_config.json"):
            shutil.copy(cached_file(self.source, name), target / name)


class siglip_like:
    """SentencePiece, Unigram: transformers reads the .model file, the engine a tokenizer.json."""

    @staticmethod
    def made(cache: Path) -> Made:
        folder = cache / "tokenizer-siglip"
        if not (folder / "tokenizer_config.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            print(f"  Training a Unigram tokenizer of {SIGLIP_PIECES} pieces", flush=True)
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=lines(CORPUS_BYTES),
                model_prefix=str(folder / "spiece"),
                model_type="unigram",
                vocab_size=SIGLIP_PIECES,
                hard_vocab_limit=False,
                normalization_rule_name="nmt_nfkc",
                pad_id=0,
                eos_id=1,
                unk_id=2,
                bos_id=-1,
                num_threads=2,
                minloglevel=2,
            )
            write_json(folder / "tokenizer.json", unigram_json(folder / "spiece.model"))
            write_json(
                folder / "tokenizer_config.json",
                {
                    "do_lower_case": True,
                    "eos_token": "</s>",
                    "pad_token": "</s>",
                    "unk_token": "<unk>",
                    "model_max_length": 64,
                    "tokenizer_class": "SiglipTokenizer",
                    "clean_up_tokenization_spaces": True,
                },
            )
        return Made(SiglipTokenizer(str(folder / "spiece.model")), str(folder))

    @staticmethod
    def loaded(source: str) -> Made:
        return Made(SiglipTokenizer.from_pretrained(source), source)


def unigram_json(spiece: Path) -> dict:
    """The pipeline of Xenova's conversions of SigLIP."""
    from sentencepiece import sentencepiece_model_pb2 as pb2

    model = pb2.ModelProto()
    model.ParseFromString(spiece.read_bytes())
    special = {"single_word": False, "lstrip": True, "rstrip": True, "normalized": False, "special": True}
    space = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
    punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{"id": 1, "content": "</s>", **special}, {"id": 2, "content": "<unk>", **special}],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                replace({"Regex": "[" + "".join("\\" + c for c in punctuation) + "]"}, ""),
                replace({"Regex": r"\s+"}, " "),
                {"type": "Strip", "strip_left": True, "strip_right": True},
                {"type": "Lowercase"},
                {
                    "type": "Precompiled",
                    "precompiled_charsmap": base64.b64encode(
                        model.normalizer_spec.precompiled_charsmap
                    ).decode(),
                },
                replace({"Regex": " {2,}"}, " "),
            ],
        },
        "pre_tokenizer": space,
        "post_processor": ended_by("</s>", 1),
        "decoder": space,
        "model": {
            "type": "Unigram",
            "unk_id": 2,
            "vocab": [[piece.piece, piece.score] for piece in model.pieces],
            "byte_fallback": False,
        },
    }


class gemma_like:
    """BPE over ▁-joined text, with byte fallback and Gemma's added tokens."""

    # A few of each kind that Gemma has; neither lower-cased nor split.
    ADDED = ["\n", "\n\n", "▁▁", "▁▁▁", "<table>", "<h1>", "<unused0>"]
    SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>"]

    @staticmethod
    def made(cache: Path) -> Made:
        folder = cache / "tokenizer-siglip2"
        if not (folder / "tokenizer_config.json").exists():
            folder.mkdir(parents=True, exist_ok=True)
            print(f"  Training a BPE tokenizer of {GEMMA_PIECES} pieces", flush=True)
            write_json(folder / "tokenizer.json", gemma_like.bpe_json())
            write_json(
                folder / "tokenizer_config.json",
                {
                    "add_bos_token": False,
                    "add_eos_token": True,
                    "bos_token": "<bos>",
                    "eos_token": "<eos>",
                    "pad_token": "<pad>",
                    "unk_token": "<unk>",
                    "mask_token": "<mask>",
                    "clean_up_tokenization_spaces": False,
                    "model_max_length": 64,
                    "padding_side": "right",
                    "processor_class": "SiglipProcessor",
                    "tokenizer_class": "GemmaTokenizer",
                },
            )
        return gemma_like.loaded(str(folder))

    @staticmethod
    def loaded(source: str) -> Made:
        """As on the hub: a Gemma tokenizer, which is fed lower-cased text."""
        return Made(AutoTokenizer.from_pretrained(source), source, lower=True)

    @staticmethod
    def bpe_json() -> dict:
        trained = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True))
        trained.normalizer = normalizers.Sequence([normalizers.Lowercase(), normalizers.Replace(" ", "▁")])
        # Merges within words only, as SentencePiece trains them; no split when it is used.
        trained.pre_tokenizer = pre_tokenizers.Split("▁", behavior="merged_with_next")
        head = [*gemma_like.SPECIAL, *gemma_like.ADDED, *(f"<0x{byte:02X}>" for byte in range(256))]
        trainer = trainers.BpeTrainer(vocab_size=GEMMA_PIECES, special_tokens=head, show_progress=False)
        trained.train_from_iterator(lines(CORPUS_BYTES), trainer)
        model = json.loads(trained.to_str())["model"]

        def added(content: str, special: bool) -> dict:
            flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
            return {"id": model["vocab"][content], "content": content, **flags, "special": special}

        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [
                *(added(token, True) for token in gemma_like.SPECIAL),
                *(added(token, False) for token in gemma_like.ADDED),
            ],
            "normalizer": replace({"String": " "}, "▁"),
            "pre_tokenizer": {
                "type": "Split",
                "pattern": {"String": " "},
                "behavior": "MergedWithPrevious",
                "invert": False,
            },
            "post_processor": ended_by("<eos>", 1),
            "decoder": {
                "type": "Sequence",
                "decoders": [
                    replace({"String": "▁"}, " "),
                    {"type": "ByteFallback"},
                    {"type": "Fuse"},
                ],
            },
            "model": {**model, "fuse_unk": True, "byte_fallback": True, "unk_token": "<unk>"},
        }


class clip_bpe:
    """CLIP's real vocabulary, which open_clip carries."""

    @staticmethod
    def made(cache: Path) -> Made:
        folder = cache / "tokenizer-clip"
        if not (folder / "tokenizer_config.json").exists():
            vocab, merges = clip_bpe.vocabulary()
            CLIPTokenizer(vocab=vocab, merges=merges, model_max_length=77).save_pretrained(folder)
        return clip_bpe.loaded(str(folder))

    @staticmethod
    def loaded(source: str) -> Made:
        return Made(CLIPTokenizer.from_pretrained(source), source)

    @staticmethod
    def vocabulary() -> tuple[dict[str, int], list[tuple[str, str]]]:
        """49,408 entries: bytes, bytes at a word's end, merges, start and end (CLIP's simple_tokenizer)."""
        rows = gzip.open(default_bpe()).read().decode().split("\n")[1 : 49152 - 256 - 2 + 1]
        merges = [tuple(row.split()) for row in rows]
        letters = list(bytes_to_unicode().values())
        entries = [*letters, *(c + "</w>" for c in letters), *("".join(m) for m in merges)]
        entries += ["<|startoftext|>", "<|endoftext|>"]
        return {entry: index for index, entry in enumerate(entries)}, merges


def replace(pattern: dict, content: str) -> dict:
    return {"type": "Replace", "pattern": pattern, "content": content}


def ended_by(token: str, token_id: int) -> dict:
    sequence = {"Sequence": {"id": "A", "type_id": 0}}
    return {
        "type": "TemplateProcessing",
        "single": [sequence, {"SpecialToken": {"id": token, "type_id": 0}}],
        "pair": [sequence, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {token: {"id": token, "ids": [token_id], "tokens": [token]}},
    }
