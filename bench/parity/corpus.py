"""Text that every Python installation has: to train tokenizers of the real sizes on."""

import sysconfig
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = {".txt", ".rst", ".md", ".py", ""}


def lines(limit_bytes: int) -> Iterator[str]:
    paths = sysconfig.get_paths()
    left = limit_bytes
    for root in dict.fromkeys([paths["stdlib"], paths["purelib"]]):
        for file in sorted(Path(root).rglob("*")):
            if file.suffix not in SUFFIXES or not file.is_file() or "site-packages/pip" in str(file):
                continue
            try:
                text = file.read_text("utf-8")[:100_000]
            except (UnicodeDecodeError, OSError):
                continue
            left -= len(text)
            for line in text.splitlines():
                if len(line.strip()) > 3:
                    yield line.strip()
            if left < 0:
                return
