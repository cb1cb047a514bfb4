"""Inference of document-topic distributions in batches, on several threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Optional, Protocol

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.kernels._sampling_kernels import LANES

DOCUMENTS_AT_ONCE = 10_000


def infer_documents(
    corpus: Corpus, n_topics: int, infer_batch: Callable[[np.ndarray], np.ndarray], n_workers: Optional[int]
) -> np.ndarray:
    """Infer the document-topic distribution of a corpus; documents without a word have none.

    `infer_batch` takes the indptr of a batch of n documents (int64 array of shape (n + 1,)) and returns the weights of
    the topics in them, an array of shape (n, n_topics or more); columns beyond the topics are padding.
    """
    return infer_known(
        corpus.doc_lengths > 0, n_topics,
        lambda documents: infer_batch(corpus.indptr[documents.start : documents.stop + 1]), n_workers,
    )  # fmt: skip


def infer_known(
    known: np.ndarray, n_topics: int, infer_batch: Callable[[slice], np.ndarray], n_workers: Optional[int]
) -> np.ndarray:
    """Infer the distribution of the documents that are `known`, a bool array of shape (n_docs,); others have none.

    `infer_batch` takes a range of documents; see `infer_documents`.
    """
    doc_topic_distr = np.empty((len(known), n_topics))

    def fill(first: int) -> None:
        documents = slice(first, min(first + DOCUMENTS_AT_ONCE, len(known)))
        weights = infer_batch(documents)[:, :n_topics].astype(np.float64)
        doc_topic_distr[documents] = weights / weights.sum(axis=1, keepdims=True)

    for _ in map_ordered(fill, range(0, len(known), DOCUMENTS_AT_ONCE), n_workers or available_workers()):
        pass
    doc_topic_distr[~known] = np.nan
    return doc_topic_distr


def padded(values: np.ndarray) -> np.ndarray:
    """Add zeros along the last axis until its length is a multiple of ``LANES``."""
    missing = -values.shape[-1] % LANES
    return np.ascontiguousarray(np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, missing)]))


class Inference(Protocol):
    """What infers the topics of documents: a model, or what is left of it without what nothing but its files need."""

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution; see `TopicModel`."""


def infer_in_use(in_use: np.ndarray, model: Inference, corpus: Corpus, n_workers: Optional[int]) -> np.ndarray:
    """Infer the document-topic distribution where only some topics are in use: the others have a proportion of 0.

    `in_use` is a bool array of shape (n_topics,), `model` has the topics in use alone.
    """
    doc_topic_distr = np.zeros((corpus.n_docs, len(in_use)))
    shares = model.transform(corpus, n_workers=n_workers)
    doc_topic_distr[:, in_use] = shares
    doc_topic_distr[np.isnan(shares[:, 0])] = np.nan
    return doc_topic_distr


@dataclass(frozen=True)
class InferenceInUse:
    """Infers the topics in use; see `infer_in_use`."""

    in_use: np.ndarray
    model: Inference

    def transform(self, corpus: Corpus, *, n_workers: Optional[int] = None) -> np.ndarray:
        """Infer the document-topic distribution; see `TopicModel`."""
        return infer_in_use(self.in_use, self.model, corpus, n_workers)


def rows_in_order(rows: np.ndarray, order: np.ndarray, retired: Optional[np.ndarray] = None) -> np.ndarray:
    """Return rows by topic in another order; where that is -1, the row of `retired`, else zeros."""
    ordered = rows[order]
    is_retired = order < 0
    if is_retired.any():
        ordered[is_retired] = 0 if retired is None else np.asarray(retired, dtype=rows.dtype)[is_retired]
    return ordered
