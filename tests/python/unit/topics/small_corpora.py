"""Small corpora, of texts or of plain counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

import numpy as np

from tests.python.unit.english_texts import english
from text_explorer.corpus.document_term_matrix import Corpus, bags_of_words, build_corpus
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.models.training import TrainedTopics
from text_explorer.topics.storage.training_profile import ProfileCounter, TopicProfile

PLAIN = Preparation(max_document_share=1.0)


def corpus_of(texts: Iterable[Optional[str]]) -> Corpus:
    """Build the corpus of texts, with all their words."""
    return build_corpus(english(texts), PLAIN)[0]


def in_terms_of(corpus: Corpus, texts: Iterable[Optional[str]]) -> Corpus:
    """Bring new texts into the terms of a corpus."""
    return bags_of_words(english(texts), corpus.vocabulary, PLAIN)


def corpus_of_counts(counts: Sequence[Sequence[int]]) -> Corpus:
    """Build a corpus of a document-term matrix; its terms are t0, t1 and so on."""
    matrix = np.asarray(counts)
    documents, terms = np.nonzero(matrix)
    offsets = np.concatenate(([0], np.cumsum(np.bincount(documents, minlength=len(matrix))))).astype(np.int64)
    vocabulary = Vocabulary(
        tuple(f"t{term}" for term in range(matrix.shape[1])),
        np.count_nonzero(matrix, axis=0).astype(np.int64),
        matrix.sum(axis=0, dtype=np.int64),
    )
    return Corpus(offsets, terms.astype(np.int32), matrix[documents, terms].astype(np.int32), vocabulary)


def random_corpus(n_docs: int, n_terms: int, mean_length: float, seed: int = 0) -> Corpus:
    """Build a corpus without themes: words fall on terms at random, and one document in ten or so is empty."""
    generator = np.random.default_rng(seed)
    counts = generator.poisson(mean_length / n_terms, size=(n_docs, n_terms))
    return corpus_of_counts(counts * (generator.random((n_docs, 1)) > 0.1))


def counts_of(corpus: Corpus) -> np.ndarray:
    """Return the document-term matrix of a corpus."""
    matrix = np.zeros((corpus.n_docs, corpus.n_terms), dtype=np.int64)
    documents = np.repeat(np.arange(corpus.n_docs), np.diff(corpus.indptr))
    matrix[documents, corpus.indices] = corpus.data
    return matrix


def shares_of(trained: TrainedTopics) -> np.ndarray:
    """Return the document-topic distribution of the documents a model was trained on."""
    return trained.model.transform(trained.corpus)


def profile_of(doc_topic_distr: np.ndarray, n_words: int, n_unknown_words: int) -> TopicProfile:
    """Return the profile of documents by their shares, and by their words and unknown words in all."""
    counter = ProfileCounter(doc_topic_distr.shape[1])
    counter.add(doc_topic_distr, n_words, n_unknown_words)
    return counter.profile()
