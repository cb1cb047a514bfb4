"""Weigh the topics of a stored model in new documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from text_explorer.corpus.bag_of_words import bags_and_word_counts
from text_explorer.corpus.text_languages import DocumentText
from text_explorer.topics.stored_topics import StoredTopics


class ScoredDocuments(NamedTuple):
    """What a model says of some documents.

    Attributes
    ----------
    doc_topic_distr
        float64 array of shape (n_docs, n_topics); rows of documents without a known word are NaN.
    n_words, n_known_words
        int64 arrays of shape (n_docs,): words that could be terms, and those of them in the vocabulary.
    """

    doc_topic_distr: np.ndarray
    n_words: np.ndarray
    n_known_words: np.ndarray


def score_documents(documents: Sequence[DocumentText], topics: StoredTopics) -> ScoredDocuments:
    """Weigh the topics in documents; the same text in the same language always has the same weights.

    Parameters
    ----------
    documents
        Texts with their languages.
    topics
        The model, and how texts become its terms.
    """
    scored = ScoredDocuments(
        np.empty((len(documents), topics.n_topics)),
        np.empty(len(documents), dtype=np.int64),
        np.empty(len(documents), dtype=np.int64),
    )
    for rows in _read_together(documents, topics):
        corpus, n_words = bags_and_word_counts(
            [documents[row] for row in rows], topics.vocabulary, topics.preparation
        )  # fmt: skip
        scored.doc_topic_distr[rows] = topics.model.transform(corpus)
        scored.n_words[rows] = n_words
        scored.n_known_words[rows] = corpus.doc_lengths
    return scored


def _read_together(documents: Sequence[DocumentText], topics: StoredTopics) -> Iterator[list[int]]:
    """Yield the rows whose texts may be read at once.

    A stop word begins a phrase unless it is a term in another language of the texts read with it, as *die* is: with
    phrases, each language is read alone, so that a document never hangs on those that share its chunk.
    """
    if not topics.vocabulary.phrases:
        yield list(range(len(documents)))
        return
    by_language: dict[str, list[int]] = {}
    for row, document in enumerate(documents):
        by_language.setdefault(document.language, []).append(row)
    yield from by_language.values()
