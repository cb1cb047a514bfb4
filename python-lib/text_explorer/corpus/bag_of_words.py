"""The compact corpus every topic model is trained on: documents as counts of term ids.

Texts are read once and let go; what stays is one 32-bit id for each word of the corpus, then, after pruning, one id and
one count for each distinct term of a document.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np

from text_explorer.corpus.stop_words import stop_words
from text_explorer.corpus.tokens import tokenize

logger = logging.getLogger(__name__)

MIN_DOCUMENTS_BY_SIZE = ((10_000, 5), (1_000, 3), (100, 2))
"""Automatic 'minimum documents per term': rare terms cost time and memory and say nothing of a topic, but in a small
corpus every term is rare."""

MAX_SHARE_FROM_DOCUMENTS = 20
"""In fewer documents a term found in half of them is no sign of a stop word."""


@dataclass(frozen=True)
class WordSettings:
    """Which words of a text become terms.

    Attributes
    ----------
    language
        Normalised ISO 639-1 code whose stop words are left out.
    extra_stop_words
        Further words to leave out, in the form of `tokens.normal_form`.
    min_length
        Least number of characters of a term.
    keep_numbers
        Whether tokens made of digits alone are terms.
    min_documents
        Least number of documents a term must be in; 0 chooses by the size of the corpus.
    max_document_share
        Largest share of the documents a term may be in.
    max_terms
        Largest size of the vocabulary; the terms in most documents are kept.
    """

    language: str = "en"
    extra_stop_words: frozenset[str] = frozenset()
    min_length: int = 2
    keep_numbers: bool = False
    min_documents: int = 0
    max_document_share: float = 0.5
    max_terms: int = 100_000

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Stop words of the language and the user's own."""
        return stop_words(self.language) | self.extra_stop_words

    def terms(self, text: str) -> Iterable[str]:
        """Give the terms of a text in their order, before the vocabulary is pruned."""
        left_out = self.stop_words
        tokens = tokenize(text, min_length=self.min_length, keep_numbers=self.keep_numbers)
        return (token.term for token in tokens if token.term not in left_out)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of a corpus, in alphabetical order; a term's id is its place.

    Attributes
    ----------
    terms
        All terms.
    document_counts
        int64 array of shape (n_terms,): documents holding the term.
    term_counts
        int64 array of shape (n_terms,): occurrences of the term.
    """

    terms: tuple[str, ...]
    document_counts: np.ndarray
    term_counts: np.ndarray

    @cached_property
    def ids(self) -> dict[str, int]:
        """Map each term to its id."""
        return {term: term_id for term_id, term in enumerate(self.terms)}


@dataclass(frozen=True)
class Corpus:
    """Documents as bags of words, in compressed sparse rows.

    Attributes
    ----------
    offsets
        int64 array of shape (n_docs + 1,): document ``d`` holds the entries ``offsets[d]:offsets[d + 1]``.
    term_ids
        int32 array of shape (n_entries,), ascending within a document.
    counts
        int32 array of shape (n_entries,).
    vocabulary
        What the ids mean.
    """

    offsets: np.ndarray
    term_ids: np.ndarray
    counts: np.ndarray
    vocabulary: Vocabulary

    @property
    def n_docs(self) -> int:
        """Number of documents, those without a term included."""
        return len(self.offsets) - 1

    @property
    def n_terms(self) -> int:
        """Size of the vocabulary."""
        return len(self.vocabulary.terms)

    @cached_property
    def doc_lengths(self) -> np.ndarray:
        """int64 array of shape (n_docs,): number of words of each document that are in the vocabulary."""
        running = np.concatenate(([0], np.cumsum(self.counts, dtype=np.int64)))
        return running[self.offsets[1:]] - running[self.offsets[:-1]]


def build_corpus(texts: Iterable[Optional[str]], settings: WordSettings) -> Corpus:
    """Read texts once and make the corpus and its vocabulary.

    Parameters
    ----------
    texts
        One text a document; None for a missing one.
    settings
        Which words become terms.

    Returns
    -------
    Corpus
        As many documents as texts; the vocabulary is empty where nothing is left after pruning.
    """
    ids: dict[str, int] = {}
    words, word_offsets = array("i"), array("q", [0])
    for text in texts:
        words.extend(ids.setdefault(term, len(ids)) for term in settings.terms(text or ""))
        word_offsets.append(len(words))
    corpus = _count(np.asarray(words, dtype=np.int32), np.asarray(word_offsets, dtype=np.int64), list(ids))
    pruned = _prune(corpus, settings)
    logger.info(
        "corpus: %s documents, %s words, %s terms of which %s are kept (%s words)",
        corpus.n_docs, len(words), corpus.n_terms, pruned.n_terms, int(pruned.counts.sum()),
    )  # fmt: skip
    return pruned


def bags_of_words(texts: Iterable[Optional[str]], vocabulary: Vocabulary, settings: WordSettings) -> Corpus:
    """Bring new texts into the terms of a known vocabulary; unknown words are left out."""
    ids = vocabulary.ids
    words, word_offsets = array("i"), array("q", [0])
    for text in texts:
        words.extend(ids[term] for term in settings.terms(text or "") if term in ids)
        word_offsets.append(len(words))
    offsets, term_ids, counts = _compress(np.asarray(words, np.int32), np.asarray(word_offsets, np.int64), len(ids))
    return Corpus(offsets, term_ids, counts, vocabulary)


def _count(words: np.ndarray, word_offsets: np.ndarray, terms: list[str]) -> Corpus:
    """Count the terms of each document; ids are given anew in alphabetical order."""
    order = np.array(sorted(range(len(terms)), key=terms.__getitem__), dtype=np.int64)
    rank = np.empty(len(terms), dtype=np.int32)
    rank[order] = np.arange(len(terms), dtype=np.int32)
    offsets, term_ids, counts = _compress(rank[words], word_offsets, len(terms))
    vocabulary = Vocabulary(
        terms=tuple(terms[i] for i in order),
        document_counts=np.bincount(term_ids, minlength=len(terms)),
        term_counts=np.bincount(term_ids, weights=counts, minlength=len(terms)).astype(np.int64),
    )
    return Corpus(offsets, term_ids, counts, vocabulary)


def _compress(words: np.ndarray, word_offsets: np.ndarray, n_terms: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Turn runs of word ids into ascending distinct ids with counts."""
    n_docs = len(word_offsets) - 1
    documents = np.repeat(np.arange(n_docs, dtype=np.int64), np.diff(word_offsets))
    keys, counts = np.unique(documents * max(n_terms, 1) + words, return_counts=True)
    per_document = np.bincount(keys // max(n_terms, 1), minlength=n_docs)
    offsets = np.concatenate(([0], np.cumsum(per_document))).astype(np.int64)
    return offsets, (keys % max(n_terms, 1)).astype(np.int32), counts.astype(np.int32)


def _prune(corpus: Corpus, settings: WordSettings) -> Corpus:
    """Leave out terms that are too rare, too common, or beyond the largest vocabulary."""
    vocabulary = corpus.vocabulary
    kept = vocabulary.document_counts >= (settings.min_documents or automatic_min_documents(corpus.n_docs))
    if corpus.n_docs >= MAX_SHARE_FROM_DOCUMENTS:
        kept &= vocabulary.document_counts <= settings.max_document_share * corpus.n_docs
    kept_ids = np.flatnonzero(kept)
    if len(kept_ids) > settings.max_terms:
        by_documents = np.argsort(-vocabulary.document_counts[kept_ids], kind="stable")
        kept_ids = np.sort(kept_ids[by_documents[: settings.max_terms]])
    new_ids = np.full(corpus.n_terms, -1, dtype=np.int32)
    new_ids[kept_ids] = np.arange(len(kept_ids), dtype=np.int32)
    stays = new_ids[corpus.term_ids] >= 0
    running = np.concatenate(([0], np.cumsum(stays)))
    return Corpus(
        offsets=running[corpus.offsets].astype(np.int64),
        term_ids=new_ids[corpus.term_ids][stays],
        counts=corpus.counts[stays],
        vocabulary=Vocabulary(
            terms=tuple(vocabulary.terms[i] for i in kept_ids),
            document_counts=vocabulary.document_counts[kept_ids],
            term_counts=vocabulary.term_counts[kept_ids],
        ),
    )


def automatic_min_documents(n_docs: int) -> int:
    """Choose 'minimum documents per term' by the number of documents."""
    return next((least for size, least in MIN_DOCUMENTS_BY_SIZE if n_docs >= size), 1)
