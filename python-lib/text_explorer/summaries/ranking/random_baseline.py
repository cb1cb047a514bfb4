"""Score sentences at random: a baseline that shows how much a method is worth."""

from __future__ import annotations

import hashlib

import numpy as np

from text_explorer.summaries.sentences.document import Document


def random_scores(document: Document, seed: int) -> np.ndarray:
    """Draw a number from 0 to 1 for each sentence; it depends only on the seed and the texts, not on other rows."""
    digest = hashlib.blake2b(str(seed).encode(), digest_size=8)
    for text in document.texts:
        digest.update(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
    generator = np.random.Generator(np.random.PCG64(int.from_bytes(digest.digest(), "big")))
    return generator.random(document.n_sentences)
