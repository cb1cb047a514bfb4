"""Diagnostics of topics: of their documents, of their words, and of their differences.

Those named after MALLET are its topic diagnostics (``cc.mallet.topics.TopicModelDiagnostics``), with the words that
belong to a topic taken by their expected number, share times length, instead of from one state of the sampler.

References
----------
David Mimno et al. (2011). Optimizing semantic coherence in topic models. EMNLP.
Loulwah AlSumait et al. (2009). Topic significance ranking of LDA generative models. ECML PKDD.
Adji Dieng, Francisco Ruiz and David Blei (2020). Topic modeling in embedding spaces. TACL 8: diversity.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from text_explorer.topics.quality._quality_kernels import (
    FRACTION_BITS,
    SHARE_LOGS,
    SHARES,
    WORD_LOGS,
    WORDS,
    add_documents,
)


class DocumentTally:
    """Sums over the documents of a corpus for each topic, updated batch by batch.

    It holds a few numbers for each topic, and neither the order of documents nor the parts in which they come show in
    the result. Documents without a known term (rows of NaN) count nowhere. `n_documents` are those whose largest share
    is each topic, the lower id at a tie, unless they were moved.
    """

    def __init__(self, n_topics: int):
        self.n_documents = np.zeros(n_topics, dtype=np.int64)
        self._sums = np.zeros((4, 2, n_topics), dtype=np.int64)
        self._largest = np.zeros((2, n_topics))

    def add(self, doc_topic_distr: np.ndarray, doc_lengths: np.ndarray) -> None:
        """Count documents in."""
        if doc_topic_distr.shape != (len(doc_lengths), len(self.n_documents)):
            raise ValueError(
                f"Topic proportions must be of {len(doc_lengths)} documents in {len(self.n_documents)} topics. "
                f"Got the shape {doc_topic_distr.shape}."
            )
        add_documents(
            np.ascontiguousarray(doc_topic_distr, dtype=np.float64), np.asarray(doc_lengths, dtype=np.int64),
            self.n_documents, self._sums, self._largest,
        )  # fmt: skip

    def move(self, main_topics: np.ndarray, to_topics: np.ndarray) -> None:
        """Count documents that are counted for their main topics, -1 for none, for other topics instead."""
        n_topics = len(self.n_documents)
        self.n_documents -= np.bincount(main_topics[main_topics >= 0], minlength=n_topics)
        self.n_documents += np.bincount(to_topics, minlength=n_topics)

    def merge(self, other: DocumentTally) -> None:
        """Add the sums of other documents."""
        self.n_documents += other.n_documents
        self._sums += other._sums
        self._sums[:, 0] += self._sums[:, 1] >> FRACTION_BITS
        self._sums[:, 1] &= (1 << FRACTION_BITS) - 1
        self._largest = np.ascontiguousarray(np.sort(np.vstack((self._largest, other._largest)), axis=0)[:1:-1])

    def _sum(self, which: int) -> np.ndarray:
        whole, fraction = self._sums[which]
        total: np.ndarray = whole + fraction / (1 << FRACTION_BITS)
        return total

    @property
    def n_known(self) -> int:
        """Number of documents with a topic."""
        return int(self.n_documents.sum())

    @property
    def document_share(self) -> np.ndarray:
        """Share of the documents whose main topic is each topic; NaN where no document has a topic."""
        return _divided(self.n_documents, self.n_known)

    @property
    def mean_share(self) -> np.ndarray:
        """Mean proportion of each topic, documents weighted equally; NaN where no document has a topic."""
        return _divided(self._sum(SHARES), self.n_known)

    @property
    def n_words(self) -> np.ndarray:
        """float64 array of shape (n_topics,): expected number of words that belong to each topic."""
        return self._sum(WORDS)

    @property
    def token_share(self) -> np.ndarray:
        """Share of all words that belong to each topic, p(topic); NaN where there is no word."""
        return _divided(self.n_words, self.n_words.sum())

    @property
    def effective_documents(self) -> np.ndarray:
        """Over how many documents the words of each topic are spread: exp of the entropy of p(document | topic).

        As many as have the topic where all have the same number of its words, 1 where one document has them all, 0
        where none has any. MALLET's document entropy is its logarithm.
        """
        words = self.n_words
        return words * np.exp(-_divided(self._sum(WORD_LOGS), np.where(words > 0, words, np.inf)))

    @property
    def two_largest_share(self) -> np.ndarray:
        """Share of the words of each topic in the two documents with most of them; NaN without words."""
        return _divided(self._largest.sum(axis=0), self.n_words)

    @property
    def document_focus(self) -> np.ndarray:
        """Concentration of each topic in its own documents, from 0 to 1; NaN for a topic with all words, or with none.

        It is 0 where the topic has the same share of each document, 1 where its documents are of no other topic: the
        Kullback-Leibler divergence of p(document | topic) from p(document), divided by its upper bound,
        -log p(topic).
        """
        bound = -_log(self.token_share)
        return np.clip(1 + _divided(_divided(self._sum(SHARE_LOGS), self.n_words), bound), 0, 1)


def topic_diversity(topic_term_ids: np.ndarray) -> float:
    """Return the part of the best terms of all topics that are different: 1 where no two topics share one.

    As OCTIS does it, with ten terms of each topic. It falls as topics get more. NaN without terms.
    """
    if topic_term_ids.size == 0:
        return float("nan")
    return len(np.unique(topic_term_ids)) / topic_term_ids.size


def uniform_distance(topic_term_distr: np.ndarray) -> np.ndarray:
    """Return each topic's Kullback-Leibler divergence from all terms being equally probable, in nats (MALLET).

    0 means that the topic prefers no term.
    """
    return _divergence(topic_term_distr, np.full(topic_term_distr.shape[1], 1 / max(topic_term_distr.shape[1], 1)))


def corpus_distance(topic_term_distr: np.ndarray, term_counts: np.ndarray) -> np.ndarray:
    """Return each topic's Kullback-Leibler divergence from the corpus' terms, in nats (MALLET's ``corpus_dist``)."""
    return _divergence(topic_term_distr, term_counts / term_counts.sum())


def distinctness(topic_term_distr: np.ndarray, term_counts: np.ndarray, token_share: np.ndarray) -> np.ndarray:
    """Return how far the terms of each topic are its own, from 0 to about 1; NaN for a topic with all words, or none.

    It is 0 where its terms are as frequent as in the whole corpus, 1 where no other topic has them: `corpus_distance`
    divided by its upper bound, -log p(topic), so that many small topics and few large ones can be compared. p(topic) is
    `DocumentTally.token_share`.
    """
    return _divided(corpus_distance(topic_term_distr, term_counts), -_log(token_share))


def _divergence(topic_term_distr: np.ndarray, reference: np.ndarray) -> np.ndarray:
    """Topic by topic, so that no second array of all topics and terms is held."""
    return np.array([float(rel_entr(topic, reference).sum()) for topic in topic_term_distr])


def _log(values: np.ndarray) -> np.ndarray:
    """Return logarithms, NaN where a value is not above zero."""
    return np.log(values, where=values > 0, out=np.full(len(values), np.nan))


def _divided(values: np.ndarray, by: ArrayLike) -> np.ndarray:
    """Divide; NaN where the divisor is not above zero."""
    by = np.broadcast_to(by, values.shape)
    return np.divide(values, by, where=by > 0, out=np.full(len(values), np.nan))
