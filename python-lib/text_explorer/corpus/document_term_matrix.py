"""The compact corpus that topic models are trained on: documents as counts of term ids.

Texts are read once and not kept. Memory holds one 32-bit number per word of the corpus, then, after pruning, one id and
one count per distinct term of a document, and the id of each word in reading order, since coherence needs to know which
terms occur near each other. Large arrays are files mapped into memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Optional, Union

import numpy as np

from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus._bag_kernels import count_bags, count_terms, count_words
from text_explorer.corpus.embeddings.document_vectors import DocumentVectors
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.outline import CorpusOutline, DocumentLengths
from text_explorer.corpus.phrases import Pairs, TermStream, find_phrases, merge_phrases
from text_explorer.corpus.statistics import CorpusStatistics, count_left_out
from text_explorer.corpus.terms import TermsOfWords, choose_terms, known_terms
from text_explorer.corpus.vocabulary import Vocabulary, build_vocabulary, prune
from text_explorer.corpus.word_stream import WordStream, read_words
from text_explorer.corpus.words.preparation import NO_PHRASES, Preparation

WORDS_AT_ONCE = 1_000_000
"""Words in a thread's unit of work."""


@dataclass(frozen=True)
class Corpus:
    """Documents as bags of words: a document-term matrix in compressed sparse rows (CSR), named as in scipy."""

    indptr: np.ndarray  # int64 of shape (n_docs + 1,): document ``d`` has the entries ``indptr[d]:indptr[d + 1]``
    indices: np.ndarray  # int32 of shape (n_entries,): term ids, ascending within a document
    data: np.ndarray  # int32 of shape (n_entries,): how often each of these terms occurs in the document
    vocabulary: Vocabulary
    # int32 of shape (n_words,): the term ids of all words that are in the vocabulary, in reading order,
    # document after document (see `word_offsets`). None if the order was not kept.
    word_order: Optional[np.ndarray] = None
    # embeddings of the documents; None where they are known by their words alone
    vectors: Optional[DocumentVectors] = None

    @property
    def n_docs(self) -> int:
        """Number of documents, those without a term included."""
        return len(self.indptr) - 1

    @property
    def n_terms(self) -> int:
        """Size of the vocabulary."""
        return len(self.vocabulary.terms)

    def part(self, first: int, last: int) -> Corpus:
        """Return the documents from `first` up to, not including, `last`."""
        entries = slice(self.indptr[first], self.indptr[last])
        indptr = self.indptr[first : last + 1] - self.indptr[first]
        word_order = self.word_order
        if word_order is not None:
            word_order = word_order[self.word_offsets[first] : self.word_offsets[last]]
        vectors = None if self.vectors is None else self.vectors.take(np.arange(first, last))
        return Corpus(indptr, self.indices[entries], self.data[entries], self.vocabulary, word_order, vectors)

    def batches(self, n_at_once: int) -> Iterator[Corpus]:
        """Yield the documents in parts of at most `n_at_once`; one part, without any, of no document."""
        for first in range(0, max(self.n_docs, 1), n_at_once):
            yield self.part(first, min(first + n_at_once, self.n_docs))

    @cached_property
    def word_offsets(self) -> np.ndarray:
        """int64 array of shape (n_docs + 1,): number of vocabulary words before each document, and in total."""
        running = np.concatenate(([0], np.cumsum(self.data, dtype=np.int64)))
        offsets: np.ndarray = running[self.indptr] - running[self.indptr[0]]
        return offsets

    def take(self, rows: np.ndarray) -> Corpus:
        """Return the documents of some rows, in any order, repeats allowed."""
        indptr, entries = _taken(self.indptr, rows)
        word_order = None if self.word_order is None else self.word_order[_taken(self.word_offsets, rows)[1]]
        vectors = None if self.vectors is None else self.vectors.take(rows)
        return Corpus(indptr, self.indices[entries], self.data[entries], self.vocabulary, word_order, vectors)

    @cached_property
    def doc_lengths(self) -> np.ndarray:
        """int64 array of shape (n_docs,): number of words of each document that are in the vocabulary."""
        return np.diff(self.word_offsets)

    @property
    def known(self) -> np.ndarray:
        """Bool array of shape (n_docs,): whether a document has a word or a vector."""
        known: np.ndarray = self.doc_lengths > 0
        return known if self.vectors is None else known | self.vectors.given

    @property
    def n_known(self) -> int:
        """Number of documents with a word or a vector."""
        return int(np.count_nonzero(self.known))

    @property
    def lengths(self) -> DocumentLengths:
        """How many documents have which length."""
        return DocumentLengths.of(self.doc_lengths)

    @property
    def n_words(self) -> int:
        """Number of words that are in the vocabulary."""
        return int(self.doc_lengths.sum())


AnyCorpus = Union[Corpus, CorpusOutline]
"""A corpus, or its outline where the documents are on other machines."""


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Concatenate the bags of words of corpora of one vocabulary."""
    if len(corpora) == 1:
        return corpora[0]
    sizes = np.concatenate([np.diff(corpus.indptr) for corpus in corpora])
    return Corpus(
        np.concatenate(([0], np.cumsum(sizes))).astype(np.int64),
        np.concatenate([corpus.indices for corpus in corpora]),
        np.concatenate([corpus.data for corpus in corpora]),
        corpora[0].vocabulary,
    )


def build_corpus(
    documents: Iterable[DocumentText], preparation: Preparation, *, n_workers: Optional[int] = None
) -> tuple[Corpus, CorpusStatistics]:
    """Build the corpus and its vocabulary, reading the texts once.

    Returns
    -------
    corpus
        One document per text, with the order of its words; the vocabulary is empty if pruning leaves no term.
    statistics
        Counts of what was read, and of what was left out, by reason.
    """
    n_workers = n_workers or available_workers()
    stream = read_words(documents, preparation, n_workers=n_workers)
    word_counts = count_words(stream.words, len(stream.surfaces))
    found = choose_terms(stream.surfaces, stream.languages, word_counts, preparation)
    terms, phrases = _with_phrases(stream, found, preparation)
    term_counts = _count_terms(terms, n_workers)
    size = CorpusSize(stream.n_docs, int(stream.offsets[-1]))
    kept, vocabulary, statistics = choose_vocabulary(
        found, word_counts, terms.names, term_counts, phrases, size, preparation
    )
    return _count_bags(terms, kept, vocabulary, n_workers, with_order=True), statistics


class CorpusSize(NamedTuple):
    """Number of documents, and of words, terms or not."""

    n_docs: int
    n_words: int


def choose_vocabulary(
    found: TermsOfWords,
    word_counts: np.ndarray,
    names: Sequence[str],
    term_counts: np.ndarray,
    phrases: tuple[Pairs, ...],
    size: CorpusSize,
    preparation: Preparation,
) -> tuple[np.ndarray, Vocabulary, CorpusStatistics]:
    """Choose the terms of a corpus, given their names and sums over all documents.

    Parameters
    ----------
    found, word_counts
        Of the distinct words; see `choose_terms`.
    term_counts : int64 array of shape (2, n_terms): documents and occurrences of each term

    Returns
    -------
    kept : int64 array: the indices of the vocabulary's terms, in its order
    vocabulary, statistics
    """
    document_counts, occurrences = term_counts
    kept, pruned = prune(document_counts, names, size.n_docs, preparation)
    terms = tuple(names[term] for term in kept.tolist())
    vocabulary = build_vocabulary(terms, document_counts[kept], occurrences[kept], found.names_of_stems, phrases)
    statistics = CorpusStatistics(
        n_docs=size.n_docs,
        n_words=size.n_words,
        n_words_kept=int(occurrences[kept].sum()),
        n_terms=len(kept),
        **count_left_out(found, word_counts, names, term_counts, pruned),
    )
    statistics.log()
    return kept, vocabulary, statistics


def bags_of_words(
    documents: Iterable[DocumentText],
    vocabulary: Vocabulary,
    preparation: Preparation,
    *,
    n_workers: Optional[int] = None,
) -> Corpus:
    """Return new texts as bags of words of a known vocabulary, without unknown words; see `bags_and_word_counts`."""
    return bags_and_word_counts(documents, vocabulary, preparation, n_workers=n_workers)[0]


def bags_and_word_counts(
    documents: Iterable[DocumentText],
    vocabulary: Vocabulary,
    preparation: Preparation,
    *,
    n_workers: Optional[int] = None,
    with_order: bool = False,
) -> tuple[Corpus, np.ndarray]:
    """Return new texts as bags of words of a known vocabulary, and count all words that could be terms.

    Use the preparation the vocabulary was built with.

    Returns
    -------
    corpus
        Known words only; by choice with their order.
    n_words
        int64 array of shape (n_docs,): words of each document, known or not, without stop words and other words that
        the preparation leaves out; a phrase counts once.
    """
    n_workers = n_workers or available_workers()
    stream = read_words(documents, preparation, n_workers=n_workers)
    found = known_terms(stream.surfaces, stream.languages, vocabulary.names_of_stems, preparation, vocabulary.count_of)
    terms = _Terms(stream.words, stream.offsets, found.word_terms, found.names)
    if vocabulary.phrases:
        terms = _from_stream(merge_phrases(_term_stream(stream, found), vocabulary.phrases))
    numbers = {name: term for term, name in enumerate(terms.names)}
    term_numbers = np.array([numbers.get(term, -1) for term in vocabulary.terms], dtype=np.int64)
    running = np.concatenate(([0], np.cumsum(terms.word_terms[terms.words] >= 0, dtype=np.int64)))
    n_words = running[terms.offsets[1:]] - running[terms.offsets[:-1]]
    return _count_bags(terms, term_numbers, vocabulary, n_workers, with_order=with_order), n_words


def _taken(offsets: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the offsets of the given rows when concatenated, and the present indices of their entries."""
    lengths = np.diff(offsets)[rows]
    new_offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return new_offsets, np.arange(new_offsets[-1]) + np.repeat(offsets[rows] - new_offsets[:-1], lengths)


class _Terms(NamedTuple):
    """Words of documents as numbers, the term of each number (see `_bag_kernels`), and the names of the terms."""

    words: np.ndarray
    offsets: np.ndarray
    word_terms: np.ndarray
    names: Sequence[str]


def _with_phrases(
    stream: WordStream, found: TermsOfWords, preparation: Preparation
) -> tuple[_Terms, tuple[Pairs, ...]]:
    if preparation.phrases == NO_PHRASES:
        return _Terms(stream.words, stream.offsets, found.word_terms, found.names), ()
    phrases, merged = find_phrases(_term_stream(stream, found), preparation)
    return _from_stream(merged), phrases


def _term_stream(stream: WordStream, found: TermsOfWords) -> TermStream:
    terms = found.word_terms[stream.words]
    return TermStream(terms, stream.offsets, stream.breaks, found.names, found.only_in_phrases)


def _from_stream(stream: TermStream) -> _Terms:
    word_terms = np.where(stream.only_in_phrases, -1, np.arange(len(stream.names))).astype(np.int32)
    return _Terms(stream.terms, stream.offsets, word_terms, stream.names)


def _count_terms(terms: _Terms, n_workers: int) -> np.ndarray:
    """Count documents and occurrences of each term: int64 array of shape (2, n_terms)."""
    counts = np.zeros((2, len(terms.names)), dtype=np.int64)
    for counted in map_ordered(
        lambda documents: count_terms(terms.words, terms.offsets, *documents, terms.word_terms, len(terms.names)),
        document_ranges(terms.offsets), n_workers,
    ):  # fmt: skip
        counts += counted
    return counts


def _count_bags(terms: _Terms, kept: np.ndarray, vocabulary: Vocabulary, n_workers: int, *, with_order: bool) -> Corpus:
    """Count the terms of each document that are in the vocabulary, whose term ``i`` is ``kept[i]`` here."""
    new_ids = np.full(len(terms.names) + 1, -1, dtype=np.int32)  # one more, so that the term -1 stays -1
    known = kept >= 0
    new_ids[kept[known]] = np.flatnonzero(known)
    word_terms = new_ids[terms.word_terms]
    sizes, indices, data = GrowingArray(np.int64), GrowingArray(np.int32), GrowingArray(np.int32)
    word_order = GrowingArray(np.int32)
    arrays = (sizes, indices, data, word_order)[: 4 if with_order else 3]
    for counted in map_ordered(
        lambda documents: count_bags(terms.words, terms.offsets, *documents, word_terms),
        document_ranges(terms.offsets), n_workers,
    ):  # fmt: skip
        for array, part in zip(arrays, counted):
            array.append(part)
    indptr = np.concatenate(([0], np.cumsum(sizes.array()))).astype(np.int64)
    order = word_order.array() if with_order else None
    return Corpus(indptr, indices.array(), data.array(), vocabulary, order)


def document_ranges(offsets: np.ndarray) -> Iterator[tuple[int, int]]:
    """Yield ranges of documents (first, last + 1) with about ``WORDS_AT_ONCE`` words each."""
    n_docs = len(offsets) - 1
    inner = np.searchsorted(offsets, np.arange(WORDS_AT_ONCE, offsets[-1], WORDS_AT_ONCE))
    bounds = np.unique(np.concatenate(([0], inner, [n_docs]))).tolist()
    yield from zip(bounds, bounds[1:])
