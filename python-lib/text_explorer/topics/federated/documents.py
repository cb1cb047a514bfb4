"""The documents of a site as they may be counted: without terms that too few of them have, and bounded for noise."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.vocabulary import Vocabulary


def document_counts(corpus: Corpus) -> np.ndarray:
    """Return the number of documents with each term: int64 array of shape (n_terms,)."""
    return np.bincount(corpus.indices, minlength=corpus.n_terms)


def without_rare_terms(corpus: Corpus, min_documents: int) -> Corpus:
    """Return documents without the words of terms that fewer of them have; vocabulary and order of words stay."""
    is_sent = document_counts(corpus) >= min_documents
    order = None if corpus.word_order is None else corpus.word_order[is_sent[corpus.word_order]]
    return replace(_kept(corpus, is_sent[corpus.indices], corpus.data), word_order=order)


def bounded(corpus: Corpus, most_terms: int) -> Corpus:
    """Return documents with at most `most_terms` distinct terms, each once.

    Which terms stay depends on hashes of the terms alone, so that no document has a say in what stays of another.
    """
    hashes = [
        blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest() for term in corpus.vocabulary.terms
    ]
    ranks = np.argsort(np.argsort(hashes, kind="stable"), kind="stable")[corpus.indices]
    documents = np.repeat(np.arange(corpus.n_docs), np.diff(corpus.indptr))
    order = np.lexsort((ranks, documents))
    within = np.empty(len(order), dtype=np.int64)
    within[order] = np.arange(len(order)) - corpus.indptr[documents[order]]
    return _kept(corpus, within < most_terms, np.ones_like(corpus.data))


def without_documents(vocabulary: Vocabulary) -> Corpus:
    """Return a corpus of a vocabulary alone, from which terms are scored."""
    empty = np.zeros(0, dtype=np.int32)
    return Corpus(np.zeros(1, dtype=np.int64), empty, empty, vocabulary)


def _kept(corpus: Corpus, kept: np.ndarray, data: np.ndarray) -> Corpus:
    before = np.concatenate(([0], np.cumsum(kept)))
    indptr = before[corpus.indptr].astype(np.int64)
    return replace(corpus, indptr=indptr, indices=corpus.indices[kept], data=data[kept], word_order=None)
