"""Choose sentences without looking at their words: the first ones, or a draw.

The first sentences of a news text are hard to beat; a draw shows how much a method is worth.
"""

from __future__ import annotations

import hashlib

import numpy as np

from text_explorer.summaries.ranking.position import places
from text_explorer.summaries.sentences.document import Document


def lead(document: Document) -> np.ndarray:
    """Score a sentence by its place in its own text: 1, 1/2, 1/3, ..."""
    return 1.0 / places(document)


def random_scores(document: Document, seed: int) -> np.ndarray:
    """Draw a number from 0 to 1 for each sentence; it hangs on the seed and the texts alone, not on other rows."""
    digest = hashlib.blake2b(str(seed).encode(), digest_size=8)
    for text in document.texts:
        digest.update(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest.digest(), "big")))
    return generator.random(document.n_sentences)
