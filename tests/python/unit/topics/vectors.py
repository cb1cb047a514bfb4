"""Corpora whose documents have vectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.embeddings.projection import Projection


def with_units(corpus: Corpus, values: np.ndarray) -> Corpus:
    """Return the corpus with a vector for each document, brought to length one; a row of zeros is none."""
    values = np.asarray(values, dtype=np.float64)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    units = (values / np.where(lengths > 0, lengths, 1.0)).astype(np.float32)
    n_dims = values.shape[1]
    projection = Projection(np.zeros(n_dims, dtype=np.float32), np.eye(n_dims, dtype=np.float32), 1.0)
    return replace(corpus, vectors=DocumentVectors(units, projection))


def near_directions(directions: np.ndarray, n_dims: int, noise: float, seed: int = 0) -> np.ndarray:
    """Draw a vector near each of some axes, given by their numbers, all around zero as projections are."""
    values = noise * np.random.default_rng(seed).normal(size=(len(directions), n_dims))
    values[np.arange(len(directions)), directions] += 1.0
    return values - values.mean(axis=0)
