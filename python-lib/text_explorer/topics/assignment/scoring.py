"""Infer the topics of a stored model in new documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Optional, Protocol

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus, bags_and_word_counts, joined
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.models.gsdmm import meaning_of
from text_explorer.topics.models.inference import Inference


class ReadingModel(Protocol):
    """A model, and how its texts are read."""

    @property
    def model(self) -> Inference:
        """The topics."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms."""

    @property
    def preparation(self) -> Preparation:
        """How texts become terms."""


class ScoredDocuments(NamedTuple):
    """Topics of some documents under a model."""

    doc_topic_distr: np.ndarray
    n_words: np.ndarray  # int64 of shape (n_docs,): words that could be terms
    n_known_words: np.ndarray  # int64 of shape (n_docs,): those of them in the vocabulary
    bags: Corpus  # of their known words


def score_documents(
    documents: Sequence[DocumentText], topics: ReadingModel, embeddings: Optional[np.ndarray] = None
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
    embeddings: np.ndarray, documents: Sequence[DocumentText], topics: ReadingModel
) -> Optional[DocumentVectors]:
    meaning = meaning_of(topics.model)
    if meaning is None:
        return None
    given = embeddings.any(axis=1) & np.array([document.text is not None for document in documents], dtype=bool)
    projection = meaning.projection
    units = np.zeros((len(documents), projection.n_dimensions), dtype=np.float32)
    units[given] = projection.units(embeddings[given])
    return DocumentVectors(units, projection)


def read_bags(documents: Sequence[DocumentText], topics: ReadingModel) -> tuple[Corpus, np.ndarray]:
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


def _read_together(documents: Sequence[DocumentText], topics: ReadingModel) -> list[list[int]]:
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
