"""Infer the topics of a stored model in new documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Optional

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus, bags_and_word_counts
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.topics.describing.scored_by import meaning_of
from text_explorer.topics.storage.stored_model import StoredTopics


class ScoredDocuments(NamedTuple):
    """Topics of some documents under a model."""

    doc_topic_distr: np.ndarray
    n_words: np.ndarray  # int64 of shape (n_docs,): words that could be terms
    n_known_words: np.ndarray  # int64 of shape (n_docs,): those of them in the vocabulary
    bags: Corpus  # of their known words


def score_documents(
    documents: Sequence[DocumentText], topics: StoredTopics, embeddings: Optional[np.ndarray] = None
) -> ScoredDocuments:
    """Infer the topics of documents; the same text in the same language always has the same distribution.

    `embeddings`, of a model that has meaning, are a float32 array of shape (n_docs, d) with zeros where a document has
    none; it is then scored by its words alone.
    """
    bags, n_words = read_bags(documents, topics)
    if embeddings is not None:
        bags = replace(bags, vectors=_vectors_of(embeddings, documents, topics))
    return ScoredDocuments(topics.model.transform(bags), n_words, bags.doc_lengths, bags)


def _vectors_of(
    embeddings: np.ndarray, documents: Sequence[DocumentText], topics: StoredTopics
) -> Optional[DocumentVectors]:
    meaning = meaning_of(topics.model)
    if meaning is None:
        return None
    given = embeddings.any(axis=1) & np.array([document.text is not None for document in documents], dtype=bool)
    projection = meaning.projection
    units = np.zeros((len(documents), projection.n_dimensions), dtype=np.float32)
    units[given] = projection.units(embeddings[given])
    return DocumentVectors(units, projection)


def read_bags(documents: Sequence[DocumentText], topics: StoredTopics) -> tuple[Corpus, np.ndarray]:
    """Read documents as bags of the model's words, and count all words that could be terms; see `score_documents`."""
    groups = _read_together(documents, topics)
    read = [
        bags_and_word_counts([documents[row] for row in rows], topics.vocabulary, topics.preparation)
        for rows in groups
    ]  # fmt: skip
    corpus = joined([bags for bags, _ in read])
    n_words = np.concatenate([counts for _, counts in read])
    if len(groups) == 1:
        return corpus, n_words
    positions = np.argsort(np.concatenate(groups))  # position of each row among the rows of all groups
    return corpus.take(positions), n_words[positions]


def _read_together(documents: Sequence[DocumentText], topics: StoredTopics) -> list[list[int]]:
    """Return the rows whose texts may be read at once.

    A stop word begins a phrase unless it is a term in another language of the texts read with it, as *die* is: with
    phrases, each language is read alone, so that a document never depends on others of its chunk.
    """
    if not topics.vocabulary.phrases:
        return [list(range(len(documents)))]
    by_language: dict[str, list[int]] = {}
    for row, document in enumerate(documents):
        by_language.setdefault(document.language, []).append(row)
    return list(by_language.values()) or [[]]


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Concatenate corpora of one vocabulary."""
    if len(corpora) == 1:
        return corpora[0]
    sizes = np.concatenate([np.diff(corpus.indptr) for corpus in corpora])
    return Corpus(
        np.concatenate(([0], np.cumsum(sizes))),
        np.concatenate([corpus.indices for corpus in corpora]),
        np.concatenate([corpus.data for corpus in corpora]),
        corpora[0].vocabulary,
    )
