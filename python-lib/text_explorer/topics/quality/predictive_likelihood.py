"""Predictive likelihood of documents under a topic model: log-likelihood and perplexity.

A word of a document has the probability sum_k share_k P(word | topic k), for mixtures of topics as for mixtures of
documents; Wallach, Murray, Salakhutdinov and Mimno (2009), "Evaluation methods for topic models", ICML.
"""

from __future__ import annotations

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.training import TopicModel
from text_explorer.topics.quality._quality_kernels import word_log_likelihoods


def log_likelihoods(model: TopicModel, corpus: Corpus, doc_topic_distr: np.ndarray) -> np.ndarray:
    """Compute the log-likelihood (natural) of the words of each document; 0 for a document without a known term."""
    probabilities = np.ascontiguousarray(model.topic_term_distr.T)
    return word_log_likelihoods(
        corpus.indptr, corpus.indices, corpus.data, np.nan_to_num(doc_topic_distr), probabilities
    )


def perplexity(model: TopicModel, corpus: Corpus, doc_topic_distr: np.ndarray) -> float:
    """Compute exp(- log-likelihood / number of words); NaN for a corpus without a known term.

    See `log_likelihoods` for the parameters. With proportions inferred from the same words, it measures the fit; with
    proportions inferred from other words of the same documents (see `split_words`), the prediction.
    """
    n_words = int(corpus.doc_lengths.sum())
    if n_words == 0:
        return float("nan")
    return float(np.exp(-log_likelihoods(model, corpus, doc_topic_distr).sum() / n_words))


def split_words(corpus: Corpus, seed: int) -> tuple[Corpus, Corpus]:
    """Split the words of each document at random into two halves: one for inference, one for prediction.

    The first half, the seen one, has one word more of an odd number.
    """
    generator = np.random.default_rng(seed)
    entries = np.repeat(np.arange(len(corpus.data)), corpus.data)
    documents = np.repeat(np.arange(corpus.n_docs), corpus.doc_lengths)
    shuffled = np.lexsort((generator.random(len(entries)), documents))
    position = np.arange(len(entries)) - np.repeat(
        np.cumsum(corpus.doc_lengths) - corpus.doc_lengths, corpus.doc_lengths
    )
    unseen = entries[shuffled[position % 2 == 1]]
    unseen_counts = np.bincount(unseen, minlength=len(corpus.data)).astype(np.int32)
    return _with_counts(corpus, corpus.data - unseen_counts), _with_counts(corpus, unseen_counts)


def _with_counts(corpus: Corpus, counts: np.ndarray) -> Corpus:
    """Return the corpus with other counts, without entries of count 0."""
    kept = counts > 0
    offsets = np.concatenate(([0], np.cumsum(kept)))[corpus.indptr].astype(np.int64)
    return Corpus(offsets, corpus.indices[kept], counts[kept], corpus.vocabulary)
