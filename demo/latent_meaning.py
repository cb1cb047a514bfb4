"""Compute vectors of texts by latent semantic analysis, as any Python recipe may write them into an embedding column.

They come from the texts alone, without a language model: words that stand in the same texts are near. Embeddings of a
language model know more.

References
----------
Deerwester, Dumais, Furnas, Landauer and Harshman 1990 (Journal of the American Society for Information Science 41).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

N_DIMENSIONS = 64
LEAST_TEXTS, MOST_SHARE = 5, 0.2
"""Texts that hold a word, and largest share of them: rarer words are chance, more frequent ones say little."""
DIGITS = 4
_WORD = re.compile(r"[a-z]{3,}")


def embeddings_of(texts: Sequence[str]) -> list[str]:
    """Return a JSON array of `N_DIMENSIONS` numbers for each text, "" for one without any word that counts."""
    matrix = _weighted(texts)
    left, strengths, right = svds(matrix, k=N_DIMENSIONS, v0=np.ones(min(matrix.shape)))
    order = np.argsort(-strengths, kind="stable")
    signs = np.sign(right[np.arange(len(right)), np.abs(right).argmax(axis=1)])
    vectors = (left * strengths * signs)[:, order]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = np.round(vectors / np.maximum(lengths, 1e-9), DIGITS)
    return [json.dumps(unit.tolist()) if unit.any() else "" for unit in units]


def _weighted(texts: Sequence[str]) -> csr_matrix:
    """Return tf-idf weights, (1 + log count) · log(n / texts with the word), rows of length 1: shape (texts, words)."""
    counts = [Counter(_WORD.findall(text.lower())) for text in texts]
    n_texts = Counter(word for count in counts for word in count)
    words = sorted(word for word, n in n_texts.items() if n >= LEAST_TEXTS and n <= MOST_SHARE * len(texts))
    places = {word: place for place, word in enumerate(words)}
    entries = [
        (row, places[word], n) for row, count in enumerate(counts) for word, n in count.items() if word in places
    ]
    rows, columns, numbers = map(np.array, zip(*entries))
    rarity = np.log(len(texts) / np.array([n_texts[word] for word in words]))
    weights = (1 + np.log(numbers)) * rarity[columns]
    lengths = np.sqrt(np.bincount(rows, weights**2, len(texts)))
    return csr_matrix((weights / lengths[rows], (rows, columns)), (len(texts), len(words)))
