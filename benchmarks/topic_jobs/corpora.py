"""The texts that topic models are fitted on: labelled ones read from files, and generated ones."""

from __future__ import annotations

import csv
import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.vocabulary import Vocabulary

GENERATED_TERMS, GENERATED_TOPICS = 20_000, 100
TOPIC_LIKENESS, TOPICS_OF_DOCUMENT = 100, 3
"""Sums of the Dirichlet priors of the generated topics and documents: the smaller the first, the further apart topics
are; the smaller the second, the fewer topics a document is of."""


@dataclass(frozen=True)
class Texts:
    """Documents as lists of tokens, with the class of each."""

    documents: list[list[str]]
    labels: list[str]

    def part(self, first: int, last: int) -> Texts:
        """Return the documents of a range."""
        return Texts(self.documents[first:last], self.labels[first:last])

    @cached_property
    def corpus(self) -> Corpus:
        """All tokens as terms: no stop words, no pruning."""
        return self.in_terms_of(sorted({token for document in self.documents for token in document}))

    def in_terms_of(self, terms: list[str]) -> Corpus:
        """Return the documents as bags of these terms; other tokens are dropped."""
        ids = {term: term_id for term_id, term in enumerate(terms)}
        known = [[ids[token] for token in document if token in ids] for document in self.documents]
        lengths = np.array([len(document) for document in known])
        words = np.array([term_id for document in known for term_id in document], dtype=np.int64)
        return bags(words, lengths, terms)


def bags(words: np.ndarray, lengths: np.ndarray, terms: list[str]) -> Corpus:
    """Count the term ids of documents that stand one after the other."""
    documents = np.repeat(np.arange(len(lengths)), lengths)
    keys, counts = np.unique(documents * len(terms) + words, return_counts=True)
    documents, term_ids = np.divmod(keys, len(terms))
    offsets = np.searchsorted(documents, np.arange(len(lengths) + 1)).astype(np.int64)
    vocabulary = Vocabulary(
        tuple(terms),
        np.bincount(term_ids, minlength=len(terms)),
        np.bincount(words, minlength=len(terms)),
    )
    return Corpus(offsets, term_ids.astype(np.int32), counts.astype(np.int32), vocabulary, words.astype(np.int32))


def read_texts(folder: str, name: str) -> Texts:
    """Read a labelled set and shuffle its rows, which come sorted by label in some."""
    with gzip.open(Path(folder) / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    order = np.random.default_rng(0).permutation(len(rows))
    return Texts([rows[row]["text"].split() for row in order], [rows[row]["label"] for row in order])


def documents_of(corpus: Corpus) -> list[list[str]]:
    """Return the documents of a corpus as lists of tokens."""
    terms = np.array(corpus.vocabulary.terms, dtype=object)
    tokens = terms[np.repeat(corpus.indices, corpus.data)]
    ends = np.cumsum(corpus.doc_lengths)
    return [tokens[start:end].tolist() for start, end in zip(ends - corpus.doc_lengths, ends)]


def fingerprint(corpus: Corpus) -> str:
    """Return the first digits of the SHA-256 of terms, offsets, term ids and counts."""
    digest = hashlib.sha256("\n".join(corpus.vocabulary.terms).encode("utf-8"))
    for array in (corpus.indptr, corpus.indices, corpus.data):
        digest.update(array.tobytes())
    return digest.hexdigest()[:12]


def generated_topics(n_topics: int) -> np.ndarray:
    """Draw topics: P(term | topic), scattered about frequencies that fall as 1 / (rank + 20)."""
    frequencies = 1.0 / (np.arange(GENERATED_TERMS) + 20)
    weights = np.random.default_rng(0).gamma(
        TOPIC_LIKENESS * frequencies / frequencies.sum(), size=(n_topics, GENERATED_TERMS)
    )
    return weights / weights.sum(axis=1, keepdims=True)


def generated_mixtures(n_docs: int, n_words: int, n_topics: int, seed: int) -> Corpus:
    """Draw documents of `n_words` words by LDA."""
    generator = np.random.default_rng(seed)
    doc_topic_distr = generator.dirichlet(generated_alpha(n_topics), n_docs)
    n_words_of = generator.multinomial(n_words, doc_topic_distr)
    topics = np.repeat(np.tile(np.arange(n_topics), n_docs), n_words_of.ravel())
    return _with_words(topics, np.full(n_docs, n_words), n_topics, generator)


def generated_alpha(n_topics: int) -> np.ndarray:
    """Return the document-topic prior that documents are drawn by."""
    return np.full(n_topics, TOPICS_OF_DOCUMENT / n_topics)


def generated_short_texts(
    n_docs: int, n_topics: int, seed: int, n_words: tuple[int, int] = (8, 15)
) -> tuple[Corpus, np.ndarray]:
    """Draw documents of one topic each, with a given number of words, and return them with their topics."""
    generator = np.random.default_rng(seed)
    prevalence = np.random.default_rng(1).dirichlet(np.full(n_topics, 2.0))
    topics = generator.choice(n_topics, n_docs, p=prevalence)
    lengths = generator.integers(n_words[0], n_words[1] + 1, n_docs)
    return _with_words(np.repeat(topics, lengths), lengths, n_topics, generator), topics


def _with_words(topics: np.ndarray, lengths: np.ndarray, n_topics: int, generator: np.random.Generator) -> Corpus:
    """Draw the word of each position from its topic."""
    bounds = generated_topics(n_topics).cumsum(axis=1)
    words = np.empty(len(topics), dtype=np.int64)
    for topic in range(n_topics):
        positions = np.flatnonzero(topics == topic)
        words[positions] = np.searchsorted(bounds[topic], generator.random(len(positions)) * bounds[topic, -1])
    return bags(words, lengths, [f"w{number:05}" for number in range(GENERATED_TERMS)])


def save(corpus: Corpus, path: str, **more: np.ndarray) -> None:
    """Write a generated corpus to a file, so that making it does not count for the memory of what comes after."""
    np.savez(path, offsets=corpus.indptr, term_ids=corpus.indices, counts=corpus.data, **more)


def load(path: str) -> tuple[Corpus, Any]:
    """Read what `save` wrote: the corpus, and the file for what else is in it."""
    arrays = np.load(path)
    terms = tuple(f"w{number:05}" for number in range(GENERATED_TERMS))
    nothing = np.zeros(len(terms), dtype=np.int64)
    return Corpus(arrays["offsets"], arrays["term_ids"], arrays["counts"], Vocabulary(terms, nothing, nothing)), arrays


def head(corpus: Corpus, n_docs: int) -> Corpus:
    """Return the first documents of a corpus."""
    offsets = corpus.indptr[: n_docs + 1]
    return Corpus(offsets, corpus.indices[: offsets[-1]], corpus.data[: offsets[-1]], corpus.vocabulary)


def describe(folder: str, name: str) -> dict[str, Any]:
    """Return the sizes and the fingerprint of a labelled set."""
    texts = read_texts(folder, name)
    corpus = texts.corpus
    return {
        "name": name, "n_docs": corpus.n_docs, "n_terms": corpus.n_terms, "n_words": int(corpus.doc_lengths.sum()),
        "n_labels": len(set(texts.labels)), "hash": fingerprint(corpus),
    }  # fmt: skip
