"""The model's own SentencePiece-style Unigram vocabulary, as a `tokenizer.json`.

The text rule is SigLIP's: delete ASCII punctuation, collapse white space, lower-case, Unigram
pieces, append `</s>` (1), pad on the right with 1 to 64.
"""

from __future__ import annotations

import math
import string
from collections import Counter
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from tokenizers import Regex, decoders

EOS, UNK, LENGTH = 1, 2, 64

_PUNCTUATION = "[" + "".join("\\" + c for c in string.punctuation) + "]"

#: Everyday words, so that a query outside the captions' world still falls into few pieces.
_EVERYDAY = """
the of and to in is it you that he was for on are with as his they be at one have this from or had by hot but some what
there we can out other were all your when up use word how said an each she which do their time if will way about many then
them would write like so these her long make thing see him two has look more day could go come did my sound no most number
who over know water than call first people may down side been now find any new work part take get place made live where after
back little only round man year came show every good me give our under name very through just form much great think say help
low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small
end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind
off need house picture try us again animal point mother world near build self earth father head stand own page should country
found answer school grow study still learn plant cover food sun four thought let keep eye never last door between city tree
cross since hard start might story saw far sea draw left late run while press close night real life few stop open seem together
next white children begin got walk example ease paper often always music those both mark book letter until mile river car feet
care second group carry took rain eat room friend began idea fish mountain north once base hear horse cut sure watch color face
wood main enough plain girl usual young ready above ever red list though feel talk bird soon body dog family direct pose leave
song measure state product black short numeral class wind question happen complete ship area half rock order fire south problem
piece told knew pass farm top whole king size heard best hour better true during hundred remember step early hold west ground
interest reach fast five sing listen six table travel less morning ten simple several vowel toward war lay against pattern slow
center love person money serve appear road map science rule govern pull cold notice voice fall power town fine certain fly unit
lead cry dark machine note wait plan figure star box noun field rest correct able pound done beauty drive stood contain front
teach week final gave green oh quick develop sleep warm free minute strong special mind behind clear tail produce fact street
inch lot nothing course stay wheel full force blue object decide surface deep moon island foot yet busy test record boat common
gold possible plane age dry wonder laugh thousand ago ran check game shape yes hot miss brought heat snow bed bring sit perhaps
fill east weight language among wedding holiday vacation summer winter spring autumn garden dinner lunch breakfast concert museum
bridge airport station train hotel kitchen office computer screen phone photo picture portrait landscape sunset sunrise birthday
""".split()


#: Log-probabilities of pieces that are no whole word, by length: always dearer than a known word,
#: and the longer the better. Single letters come last.
_PART_SCORE = {4: -14.0, 3: -15.0, 2: -16.0, 1: -18.0}
_PARTS = 450


def learn_pieces(words: Counter) -> list[tuple[str, float]]:
    """Pieces and scores from counted words: every word, then frequent parts of words, then letters.

    The usual EM trainer sums in hash order, learns other pieces each time, and splits half of the
    words that the captions use. Here a word of the captions is one piece, and any run is the same.
    """
    total = sum(words.values())
    pieces = {f"▁{w}": math.log(n / total) for w, n in words.items()}
    parts: Counter = Counter()
    for word in words:
        marked = f"▁{word}"
        for length in (2, 3, 4):
            parts.update(marked[i : i + length] for i in range(len(marked) - length + 1))
    best = sorted(parts.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))[:_PARTS]
    for part, _ in best:
        pieces.setdefault(part, _PART_SCORE[len(part)])
    for letter in "▁" + string.ascii_lowercase + string.digits + "äöüßéèàçñ":
        pieces.setdefault(letter, _PART_SCORE[1])
    return sorted(pieces.items(), key=lambda item: (-item[1], item[0]))


def build_tokenizer(captions: list[str], path: Path) -> Tokenizer:
    """Learn the vocabulary from captions plus everyday words, write `tokenizer.json`, return it."""
    normalizer = normalizers.Sequence([
        normalizers.Replace(Regex(_PUNCTUATION), ""),
        normalizers.Replace(Regex(r"\s+"), " "),
        normalizers.Strip(),
        normalizers.Lowercase(),
        normalizers.NFKC(),
        normalizers.Replace(Regex(" {2,}"), " "),
    ])
    metaspace = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    words = Counter(w for text in captions for w in normalizer.normalize_str(text).split(" "))
    words.update(_EVERYDAY)
    vocab = [("<reserved0>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), *learn_pieces(words)]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=UNK, byte_fallback=False))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizer, metaspace
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.add_special_tokens(["</s>", "<unk>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A $B:1 </s>:1", special_tokens=[("</s>", EOS)]
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(path))
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str], length: int = LENGTH) -> np.ndarray:
    """int64 [n, length]; a longer text is cut so that `</s>` stays its last piece."""
    ids = np.full((len(texts), length), EOS, np.int64)
    for row, item in zip(ids, tokenizer.encode_batch(texts)):
        kept = item.ids[: length - 1] if len(item.ids) > length else item.ids
        row[: len(kept)] = kept
    return ids
