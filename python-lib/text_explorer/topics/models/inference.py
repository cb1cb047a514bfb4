"""Find the topics of documents part by part, on several threads."""

from __future__ import annotations

from typing import Callable, Optional

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus

DOCUMENTS_AT_ONCE = 10_000


def shares_of_topics(
    corpus: Corpus, n_topics: int, weigh: Callable[[np.ndarray], np.ndarray], n_workers: Optional[int]
) -> np.ndarray:
    """Give the document-topic distribution of a corpus.

    Parameters
    ----------
    corpus
        Documents in the terms of a model.
    n_topics
        Number of topics.
    weigh
        Weighs the topics in the documents whose entries lie between the offsets it is given (int64 array of shape
        (n + 1,)): gives an array of shape (n, n_topics or more), where what is beyond the topics is padding.
    n_workers
        Number of threads, which does not show in the result; by default one for each processor, within reason.

    Returns
    -------
    numpy.ndarray
        float64 array of shape (n_docs, n_topics); rows sum to one, those of documents without a term are NaN.
    """
    doc_topic_distr = np.empty((corpus.n_docs, n_topics))

    def fill(first: int) -> None:
        last = min(first + DOCUMENTS_AT_ONCE, corpus.n_docs)
        weights = weigh(corpus.indptr[first : last + 1])[:, :n_topics].astype(np.float64)
        doc_topic_distr[first:last] = weights / weights.sum(axis=1, keepdims=True)

    for _ in map_ordered(fill, range(0, corpus.n_docs, DOCUMENTS_AT_ONCE), n_workers or available_workers()):
        pass
    doc_topic_distr[corpus.doc_lengths == 0] = np.nan
    return doc_topic_distr
