"""Image towers in Python, for `npm run bench -- encode`: the same work by torch, onnxruntime, open_clip.

Told as JSON in the first argument: {size, patch, threads, fp32, int8, peers}; `peers` are the names of
those to run. Says first what it has, as a line of JSON: {versions, absent}; then answers each line {"run": NAME, "seconds": N} with {"images": n, "seconds": s}.
"""

import json
import sys
import time


def torch_siglip(task):
    import torch
    from transformers import SiglipVisionConfig, SiglipVisionModel

    torch.set_num_threads(task["threads"])
    config = SiglipVisionConfig(image_size=task["size"], patch_size=task["patch"])
    # transformers' fastest attention on a CPU
    model = SiglipVisionModel._from_config(config, attn_implementation="sdpa").eval()
    pixels = torch.randn(1, 3, task["size"], task["size"])

    @torch.inference_mode()
    def run():
        model(pixels)

    return run, torch.__version__


def open_clip_b32(task):
    import logging

    import open_clip
    import torch

    logging.disable(logging.WARNING)
    torch.set_num_threads(task["threads"])
    model = open_clip.create_model("ViT-B-32", pretrained=None).eval()
    pixels = torch.randn(1, 3, 224, 224)

    @torch.inference_mode()
    def run():
        model.encode_image(pixels)

    return run, open_clip.__version__


def onnxruntime(precision):
    def prepare(task):
        import numpy
        import onnxruntime

        if not task.get(precision):
            raise LookupError("no such file")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = task["threads"]
        session = onnxruntime.InferenceSession(task[precision], options, providers=["CPUExecutionProvider"])
        pixels = numpy.random.default_rng(7).standard_normal((1, 3, task["size"], task["size"]), numpy.float32)
        inputs = {session.get_inputs()[0].name: pixels}
        return lambda: session.run(None, inputs), onnxruntime.__version__

    return prepare


PEERS = {
    "onnxruntimeFp32": onnxruntime("fp32"),
    "onnxruntimeInt8": onnxruntime("int8"),
    "torchFp32": torch_siglip,
    "openClipVitB32Fp32": open_clip_b32,
}


def main():
    task = json.loads(sys.argv[1])
    runs, versions, absent = {}, {}, {}
    for name in task["peers"]:
        try:
            runs[name], versions[name] = PEERS[name](task)
            runs[name]()
        except Exception as error:
            absent[name] = f"{type(error).__name__}: {error}".split("\n")[0][:200]
    say({"versions": versions, "absent": absent})
    for line in sys.stdin:
        order = json.loads(line)
        run = runs[order["run"]]
        run()
        images, start = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - start) < order["seconds"]:
            run()
            images += 1
        say({"images": images, "seconds": elapsed})


def say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
