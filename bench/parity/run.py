"""Generates each model's reference outputs, checks the engine against them, and sums up."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from architectures import ARCHITECTURES

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/parity/run.sh", description=__doc__)
    parser.add_argument("models", nargs="*", metavar="MODEL", help=f"of: {', '.join(ARCHITECTURES)}")
    parser.add_argument("--photos", help="compare on photos of this folder too")
    parser.add_argument("--limit", default="16", help="at most so many of --photos (16)")
    parser.add_argument("--weights", help="hub, or a folder with MODEL folders; default: random weights")
    parser.add_argument("--out", type=Path, help="where to work; default: a temporary folder")
    parser.add_argument("--keep", action="store_true", help="keep the models (up to 1.5 GB each)")
    options = parser.parse_args()
    unknown = [name for name in options.models if name not in ARCHITECTURES]
    if unknown:
        parser.error(f"no such model: {', '.join(unknown)}")

    out = options.out or Path(tempfile.mkdtemp(prefix="parity-"))
    results = {}
    try:
        for name in options.models or ARCHITECTURES:
            print(f"── {name}", flush=True)
            results[name] = check(name, out / name, out, options)
            if not options.keep:
                shutil.rmtree(out / name, ignore_errors=True)
    finally:
        if options.out is None and not options.keep:
            shutil.rmtree(out, ignore_errors=True)
        elif options.keep:
            print(f"Kept in {out}")
    return summary(results)


def check(name: str, folder: Path, cache: Path, options: argparse.Namespace) -> dict | None:
    generate = [sys.executable, HERE / "generate.py", name, "--out", folder, "--cache", cache]
    if options.photos:
        generate += ["--photos", options.photos, "--limit", options.limit]
    if options.weights:
        is_hub = options.weights == "hub"
        generate += ["--weights", "hub" if is_hub else str(Path(options.weights) / name)]
    if subprocess.run(list(map(str, generate)), env={**os.environ, "TRANSFORMERS_VERBOSITY": "error"}).returncode:
        return None
    golden = ["node", str(ROOT / "scripts" / "run.mjs"), "golden", "--data", str(folder)]
    done = subprocess.run(golden, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="", flush=True)
    last = done.stdout.strip().split("\n")[-1]
    return json.loads(last) if last.startswith("{") else None


def summary(results: dict[str, dict | None]) -> int:
    width = max(map(len, results))
    print(f"\n{'model':{width}}  {'ids wrong':>9}  {'min cosine':>11}  {'pixels off':>10}")
    for name, result in results.items():
        if result is None:
            print(f"{name:{width}}  no result")
            continue
        cosine = result["minCosine"]
        print(
            f"{name:{width}}  {show(result['tokenMismatches']):>9}  "
            f"{show(cosine and f'{cosine:.8f}'):>11}  {show(result['pixelMaxDiff']):>10}"
            f"{'' if result['golden'] else '  FAILED'}"
        )
    failed = [name for name, result in results.items() if not (result and result["golden"])]

    def over(key: str, of):
        values = [r[key] for r in results.values() if r and r[key] is not None]
        return of(values) if values else None

    line = {
        "parity": not failed,
        "models": len(results),
        "tokenMismatches": over("tokenMismatches", sum),
        "minCosine": over("minCosine", min),
        "pixelMaxDiff": over("pixelMaxDiff", max),
        "failed": failed,
    }
    print(json.dumps(line))
    return 1 if failed else 0


def show(value) -> str:
    return "–" if value is None else str(value)


if __name__ == "__main__":
    sys.exit(main())
