"""Checks whether embeddings belong to the texts beside them.

Embeddings in the wrong rows, or of another model than at training, ruin topics without any other sign.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.corpus.document_term_matrix import AnyCorpus, Corpus
from text_explorer.topics.models.gsdmm import GsdmmModel
from text_explorer.topics.models.training import TopicModel, best_topics

MOST_DOCUMENTS, RARE_FACTOR = 10, 2
"""A rare term is in 2 to 10 documents, or where none is, in at most twice as many as the rarest one."""
MOST_PAIRS, LEAST_PAIRS = 2_000, 200
LEAST_COSINE, LEAST_ERRORS = 0.03, 3.0
"""Texts that share a rare term had a mean cosine of .08 to .43 with their own embeddings, on 13 sets of texts, and of
-.01 to .01 with those of other rows."""
EQUAL_COSINE = 0.9999
"""Pairs of equal embeddings, mostly of equal texts, say nothing."""
DOCUMENTS_COMPARED, ENOUGH_COMPARED = 5_000, 20_000


@dataclass(frozen=True)
class RareTermCheck:
    """Mean cosine of the vectors of documents that share a rare term."""

    n_pairs: int
    cosine: Optional[float] = None  # None for fewer pairs than `LEAST_PAIRS`
    standard_error: Optional[float] = None

    @property
    def warning(self) -> Optional[str]:
        """Why the embeddings may not belong to the texts, in a sentence; None where there is no doubt."""
        if self.cosine is None or self.standard_error is None:
            return None
        if self.cosine >= max(LEAST_COSINE, LEAST_ERRORS * self.standard_error):
            return None
        return (
            f"The embeddings do not seem to belong to these texts: texts that share a rare word have embeddings no "
            f"more similar than any two texts (mean cosine {self.cosine:.3f} over {self.n_pairs:,} pairs; at least "
            f"{LEAST_COSINE} is expected). Check that each row has the embedding of its own text, or clear 'Embedding "
            "column'."
        )


def check_rare_terms(corpus: Corpus) -> RareTermCheck:
    """Compare the vectors of documents that share a rare term, one pair of documents a term; see `RareTermCheck`."""
    if corpus.vectors is None:
        return RareTermCheck(0)
    rows = np.flatnonzero(corpus.vectors.given)
    documents = replace(corpus, word_order=None).take(rows)
    matrix = csr_matrix((documents.data, documents.indices, documents.indptr), (len(rows), corpus.n_terms)).tocsc()
    first, second = _pairs(matrix.indptr, matrix.indices)
    values = corpus.vectors.values
    cosines = np.einsum("ij,ij->i", values[rows[first]].astype(np.float64), values[rows[second]].astype(np.float64))
    cosines = cosines[cosines < EQUAL_COSINE]
    if len(cosines) < LEAST_PAIRS:
        return RareTermCheck(len(cosines))
    return RareTermCheck(len(cosines), float(cosines.mean()), float(cosines.std(ddof=1) / np.sqrt(len(cosines))))


def _pairs(indptr: np.ndarray, indices: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Draw two documents of each rare term, and of the pairs at most `MOST_PAIRS`."""
    counts = np.diff(indptr)
    shared = counts[counts >= 2]
    most = max(MOST_DOCUMENTS, RARE_FACTOR * int(shared.min()) if len(shared) else 0)
    terms = np.flatnonzero((counts >= 2) & (counts <= most))
    generator = np.random.default_rng(0)
    if len(terms) > MOST_PAIRS:
        terms = generator.choice(terms, MOST_PAIRS, replace=False)
    one = generator.integers(counts[terms])
    other = (one + 1 + generator.integers(counts[terms] - 1)) % counts[terms]
    return indices[indptr[terms] + one], indices[indptr[terms] + other]


def agreement(model: TopicModel, corpus: Corpus) -> Optional[float]:
    """Return the share of documents whose words alone and whose vectors alone have the same topic.

    Some documents with both are drawn; None where there are none. With embeddings in the wrong rows it was below .5,
    with the right ones above .75.
    """
    if corpus.vectors is None:
        return None
    rows = np.flatnonzero(corpus.vectors.given & (corpus.doc_lengths > 0))
    if len(rows) == 0:
        return None
    if len(rows) > DOCUMENTS_COMPARED:
        rows = np.sort(np.random.default_rng(0).choice(rows, DOCUMENTS_COMPARED, replace=False))
    both = replace(corpus, word_order=None).take(rows)
    by_words = best_topics(model.transform(replace(both, vectors=None)))
    by_vectors = best_topics(model.transform(without_words(both)))
    return float(np.mean(by_words == by_vectors))


def without_words(corpus: Corpus) -> Corpus:
    """Return the documents with their vectors alone."""
    return replace(corpus, indptr=np.zeros_like(corpus.indptr), indices=corpus.indices[:0], data=corpus.data[:0])


def meaning_facts(model: TopicModel, corpus: AnyCorpus, column: str, rare_terms: RareTermCheck) -> dict[str, Any]:
    """Return the figures of a training with embeddings, ready for JSON; `column` is where they come from."""
    if not isinstance(corpus, Corpus) or corpus.vectors is None:
        return {}
    if not isinstance(model, GsdmmModel) or model.meaning is None or model.run is None:
        return {}
    projection = model.meaning.projection
    return {
        "source": column,
        "embedding_model": corpus.vectors.source,
        "n_numbers": projection.n_numbers,
        "n_dimensions": projection.n_dimensions,
        "explained_variance": round(projection.explained, 4),
        "share_with_vectors": round(float(corpus.vectors.given.mean()), 6),
        "kappa": round(model.meaning.kappa, 3),
        "mean_cosine": round(model.run.cosine, 4),
        "agreement": _rounded(agreement(model, corpus)),
        "rare_term_cosine": _rounded(rare_terms.cosine),
        "n_rare_term_pairs": rare_terms.n_pairs,
        "log_joints_of_starts": [round(value, 1) for value in model.run.log_joints],
        "warning": rare_terms.warning,
    }


def _rounded(value: Optional[float]) -> Optional[float]:
    return None if value is None else round(value, 4)


class FitOfVectors:
    """How well the vectors of new documents fit the topics that their words alone have.

    Embeddings of another model have the same number of numbers often; their cosines with the directions of topics are
    near 0.
    """

    def __init__(self) -> None:
        self._n, self._sum, self._sum_of_squares = 0, 0.0, 0.0

    def merge(self, other: FitOfVectors) -> None:
        """Add the figures of other documents."""
        self._n += other._n
        self._sum += other._sum
        self._sum_of_squares += other._sum_of_squares

    def add(self, model: TopicModel, corpus: Corpus) -> None:
        """Compare some documents, by their vectors, with the topics of their words."""
        vectors = corpus.vectors
        if not isinstance(model, GsdmmModel) or model.meaning is None or vectors is None or self._n >= ENOUGH_COMPARED:
            return
        rows = np.flatnonzero(vectors.given & (corpus.doc_lengths > 0))
        sums = model.meaning.sums.astype(np.float64)
        topics = best_topics(model.transform(replace(corpus, vectors=None, word_order=None).take(rows)))
        known = model.meaning.n_vectors[topics] > 0
        lengths = np.linalg.norm(sums[topics[known]], axis=1)
        cosines = np.einsum("ij,ij->i", vectors.values[rows[known]], sums[topics[known]]) / np.maximum(lengths, 1e-9)
        self._n += len(cosines)
        self._sum += float(cosines.sum())
        self._sum_of_squares += float((cosines**2).sum())

    @property
    def warning(self) -> Optional[str]:
        """Why the embeddings may be of another model than those of the training, in a sentence; None without doubt."""
        if self._n < LEAST_PAIRS:
            return None
        mean = self._sum / self._n
        error = np.sqrt(max(self._sum_of_squares / self._n - mean**2, 0.0) / self._n)
        if mean >= max(LEAST_COSINE, LEAST_ERRORS * error):
            return None
        return (
            f"The embeddings do not fit the topics of their texts (mean cosine {mean:.3f} over {self._n:,} texts; at "
            f"least {LEAST_COSINE} is expected): they are of other texts, or of another embedding model than at the "
            "training. Topics are better without them: clear 'Embedding column', or compute the embeddings again."
        )
