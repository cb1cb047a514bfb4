"""What workers of Spark do to read texts and to divide their documents into parts; no DSS here, workers have none.

Elements are pickled: blocks of texts as numbers of their words, then the same documents as bags of terms.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Optional

import numpy as np

from text_explorer.cells import text_key, text_of
from text_explorer.concurrency.sending import pack, unpack
from text_explorer.corpus import phrases
from text_explorer.corpus._bag_kernels import count_bags, count_terms, count_words
from text_explorer.corpus.boilerplate import add_units, count_units
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.corpus.embeddings.parsing import EmbeddingCollector, EmbeddingKind, RowFaults, embedding_key
from text_explorer.corpus.language.document_languages import DocumentText, TextLanguages
from text_explorer.corpus.phrases import PairCounts, PhraseMerge, TermStream
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.word_stream import WordStream, read_words
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.io.empty_vocabulary import TextSample
from text_explorer.topics.models.documents import sum_of
from text_explorer.topics.models.kernels._parts_kernels import hash_documents
from text_explorer.topics.models.parts.part import Part, part_numbers
from text_explorer.topics.previous.explaining import PreviousWords

TEXTS_IN_BLOCK, CHARACTERS_IN_BLOCK = 20_000, 20_000_000
"""At which a block ends; a single text may be longer."""

WordNumbers = Mapping[str, Mapping[str, int]]
"""The term of each word, by language and word."""

_NO_VOCABULARY = Vocabulary((), np.zeros(0, np.int64), np.zeros(0, np.int64))


@dataclass
class TextCounts:
    """Counts of the texts of a part of a dataset."""

    languages: TextLanguages
    n_texts: int = 0
    n_words: int = 0
    n_missing: int = 0
    kinds: Counter[EmbeddingKind] = field(default_factory=Counter)  # of the embeddings
    faults: RowFaults = field(default_factory=RowFaults)  # rows without an embedding

    def merge(self, other: TextCounts) -> None:
        """Add the counts of other texts."""
        self.languages.merge(other.languages)
        self.n_texts += other.n_texts
        self.n_words += other.n_words
        self.n_missing += other.n_missing
        self.kinds += other.kinds
        self.faults.merge(other.faults)


@dataclass(frozen=True)
class _Block:
    keys: np.ndarray  # int64 of shape (n_texts,): hashes of the texts
    stream: WordStream
    counts: TextCounts
    beginnings: list[tuple[str, str]]  # of some texts; see `TextSample`
    embeddings: EmbeddingCollector

    def terms(self, numbers: WordNumbers) -> np.ndarray:
        """Return the term of each distinct word of the block, -1 for none: int32 array."""
        words = zip(self.stream.surfaces, self.stream.languages)
        found = (numbers.get(language, {}).get(surface, -1) for surface, language in words)
        return np.fromiter(found, dtype=np.int32, count=len(self.stream.surfaces))

    def terms_in_order(self, numbers: WordNumbers, merges: Sequence[PhraseMerge]) -> TermStream:
        """Return the terms in reading order, with phrases as one term."""
        none = np.zeros(0, dtype=np.bool_)
        terms = self.terms(numbers)[self.stream.words]
        stream = TermStream(terms, self.stream.offsets, self.stream.breaks, (), none)
        for merge in merges:
            stream = merge.apply(stream)
        return stream

    def words(self, numbers: WordNumbers, merges: Sequence[PhraseMerge]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the words, their offsets by document, and the term of each number of a word; see `_bag_kernels`."""
        if not merges:
            return self.stream.words, self.stream.offsets, self.terms(numbers)
        stream = self.terms_in_order(numbers, merges)
        return stream.terms, stream.offsets, np.arange(len(merges[-1].starts_pair), dtype=np.int32)


@dataclass(frozen=True)
class Bags:
    """Documents as bags of terms, with the hashes of their texts."""

    keys: np.ndarray  # int64 of shape (n_docs,)
    sizes: np.ndarray  # int64 of shape (n_docs,): different terms of each
    indices: np.ndarray
    data: np.ndarray
    word_order: np.ndarray

    def corpus(self) -> Corpus:
        """Return the documents without their vocabulary."""
        return _corpus(self.sizes, self.indices, self.data)

    def ordered_corpus(self) -> Corpus:
        """Return the documents with the order of their words, without their vocabulary."""
        return replace(self.corpus(), word_order=self.word_order)


@dataclass(frozen=True)
class FirstTopics:
    """The topics that the documents of the corpus start in."""

    keys: np.ndarray  # int64 of shape (n_docs,), ascending: those of the corpus
    topics: np.ndarray  # int32 of shape (n_docs,)

    def of(self, keys: np.ndarray) -> np.ndarray:
        """Return the topics of some documents in the order of the corpus, among them all that have the same key."""
        is_first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        indices = np.arange(len(keys))
        rank = indices - np.maximum.accumulate(np.where(is_first, indices, 0))
        topics: np.ndarray = self.topics[np.searchsorted(self.keys, keys) + rank]
        return topics


class _Sent(NamedTuple):
    """Documents on their way to the parts."""

    hashes: np.ndarray  # uint64 of shape (n_docs,): of their terms
    keys: np.ndarray  # int64 of shape (n_docs,): hashes of their texts
    first_topics: np.ndarray  # int32 of shape (n_docs,), -1 where starts are drawn
    corpus: Corpus


def count_lines(preparation: Preparation, rows: Iterable[Any]) -> Iterator[bytes]:
    """Yield the counts of the lines of a partition; see `boilerplate`."""
    yield pack(count_units((text_of(row[0]) for row in rows), preparation, n_workers=1))


def add_lines(first: bytes, second: bytes) -> bytes:
    """Add the counts of lines of two partitions."""
    return pack(add_units(unpack(first), unpack(second)))


class Positions(NamedTuple):
    """Positions of cells in rows, whose first one is the text."""

    language: Optional[int]
    embedding: Optional[int]
    source: Optional[int]  # of the embedding: the id of its model
    are_embeddings: tuple[bool, ...]  # whether each cell after the text that names the document is an array


def read_blocks(
    languages: TextLanguages, preparation: Preparation, positions: Positions, rows: Iterable[Any]
) -> Iterator[bytes]:
    """Read the texts of a partition, and what stands beside them."""
    for block in _blocks(rows):
        counts, sample = TextCounts(copy.deepcopy(languages), n_texts=len(block)), TextSample()
        documents = [_document(row, positions.language, counts.languages) for row in block]
        embeddings = EmbeddingCollector()
        for document, row in zip(documents, block):
            sample.add(*document)
            if positions.embedding is not None:
                source = None if positions.source is None else text_of(row[positions.source])
                embeddings.add(None if document.text is None else row[positions.embedding], source)
        counts.kinds, counts.faults = embeddings.kinds, embeddings.faults
        stream = read_words(documents, preparation, n_workers=1)
        counts.n_words, counts.n_missing = int(stream.offsets[-1]), sample.n_missing
        found = (
            text_key(document.text, *_cell_keys(row[1:], positions.are_embeddings))
            for document, row in zip(documents, block)
        )
        keys = np.fromiter(found, dtype=np.int64, count=len(block))
        yield pack(_Block(keys, stream, counts, sample.beginnings, embeddings))


def _blocks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    block: list[Any] = []
    n_characters = 0
    for row in rows:
        block.append(row)
        n_characters += sum(len(cell) for cell in row if isinstance(cell, (str, list)))
        if len(block) >= TEXTS_IN_BLOCK or n_characters >= CHARACTERS_IN_BLOCK:
            yield block
            block, n_characters = [], 0
    if block:
        yield block


def _document(row: Any, code: Optional[int], languages: TextLanguages) -> DocumentText:
    return languages.with_language(languages.text_of(row[0]), None if code is None else text_of(row[code]))


def _cell_keys(cells: Sequence[Any], are_embeddings: Sequence[bool]) -> Iterator[Optional[str]]:
    """Yield the parts of a key that cells beside the text are, as `corpus_reader.key_columns_of` has them."""
    for cell, is_embedding in zip(cells, are_embeddings):
        yield embedding_key(cell) if is_embedding else text_of(cell)


def text_beginnings(blocks: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Yield the beginnings of some texts of a partition, with their languages."""
    for content in blocks:
        yield from unpack(content).beginnings


def count_texts(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the counts of the texts of a partition."""
    total = sum_of(unpack(content).counts for content in blocks)
    if total is not None:
        yield pack(total)


def count_distinct_words(blocks: Iterable[bytes]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the distinct words of a partition, each with its language and count."""
    total: Counter[tuple[str, str]] = Counter()
    for content in blocks:
        stream = unpack(content).stream
        counts = count_words(stream.words, len(stream.surfaces)).tolist()
        for surface, language, count in zip(stream.surfaces, stream.languages, counts):
            total[surface, language] += count
    yield from total.items()


def count_documents(
    merges: Sequence[PhraseMerge], n_terms: int, numbers: WordNumbers, blocks: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the documents and occurrences of each term in a partition: int64 array of shape (2, n_terms)."""
    total = np.zeros((2, n_terms), dtype=np.int64)
    for content in blocks:
        words, offsets, terms = unpack(content).words(numbers, merges)
        total += count_terms(words, offsets, 0, len(offsets) - 1, terms, n_terms)
    yield pack(total)


def count_pairs(
    merges: Sequence[PhraseMerge],
    frequent: np.ndarray,
    n_targets: int,
    numbers: WordNumbers,
    blocks: Iterable[bytes],
) -> Iterator[tuple[int, bytes]]:
    """Yield the pairs of frequent terms in a partition, divided among those who add them up."""
    total = PairCounts.sum_of(
        phrases.count_pairs(unpack(content).terms_in_order(numbers, merges), frequent) for content in blocks
    )
    # Multiplied, so that pairs of the same first or second word do not all go to one.
    targets = (total.codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(40)) % np.uint64(n_targets)
    for target in np.unique(targets).tolist():
        own = targets == target
        yield int(target), pack(PairCounts(total.codes[own], total.counts[own]))


def add_pairs(first: bytes, second: bytes) -> bytes:
    """Add the pairs of two partitions."""
    return pack(PairCounts.sum_of([unpack(first), unpack(second)]))


def frequent_pairs(least: int, content: bytes) -> bytes:
    """Return the pairs that occur `least` times, and the number of all."""
    pairs = unpack(content)
    return pack((pairs.of_at_least(least), len(pairs.codes)))


def add_arrays(first: bytes, second: bytes) -> bytes:
    """Add the arrays of two partitions."""
    return pack(unpack(first) + unpack(second))


def make_bags(
    merges: Sequence[PhraseMerge], final: np.ndarray, numbers: WordNumbers, blocks: Iterable[bytes]
) -> Iterator[bytes]:
    """Yield the documents of each block as bags of terms.

    `final` has the term of the vocabulary for each number of a word or phrase, -1 for none.
    """
    for content in blocks:
        block = unpack(content)
        words, offsets, terms = block.words(numbers, merges)
        counted = count_bags(words, offsets, 0, len(offsets) - 1, final[terms])
        yield pack(Bags(block.keys, *counted))


def explain(words: PreviousWords, bags: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the keys of the documents of each block, and how previous topics explain them."""
    for content in bags:
        block = unpack(content)
        yield pack((block.keys, *words.explain(block.corpus())))


def send_by_hash(n_partitions: int, bags: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the documents for each partition: those of the same terms go to the same one."""
    for content in bags:
        block = unpack(content)
        corpus = block.corpus()
        hashes = np.empty(corpus.n_docs, dtype=np.uint64)
        hash_documents(corpus.indptr, corpus.indices, corpus.data, hashes)
        none = np.full(corpus.n_docs, -1, dtype=np.int32)
        yield from _sorted_out(hashes % np.uint64(n_partitions), _Sent(hashes, block.keys, none, corpus))


def send_to_parts(
    n_parts: int, first_topics: Optional[FirstTopics], sent: Iterable[tuple[int, bytes]]
) -> Iterator[tuple[int, bytes]]:
    """Yield the documents for each part; all of the same terms must be in this partition, see `part_numbers`."""
    received = [unpack(content) for _, content in sent]
    if received:
        documents = _joined(received)
        if first_topics is not None:
            documents = documents._replace(first_topics=first_topics.of(documents.keys))
        yield from _sorted_out(part_numbers(documents.hashes, n_parts), documents)


def build_parts(with_first_topics: bool, sent: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """Yield the parts of a partition, as `part.split` would divide the corpus."""
    received: dict[int, list[Any]] = {}
    for number, content in sent:
        received.setdefault(number, []).append(unpack(content))
    for number in sorted(received):
        documents = _joined(received.pop(number))
        corpus, none = documents.corpus, np.zeros(0, dtype=np.int32)
        first = documents.first_topics.astype(np.int64) if with_first_topics else None
        part = Part(number, none, corpus.doc_lengths, corpus.indptr, corpus.indices, corpus.data, none, first)
        yield number, pack(part)


def _corpus(sizes: np.ndarray, indices: np.ndarray, data: np.ndarray) -> Corpus:
    indptr = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    return Corpus(indptr, indices, data, _NO_VOCABULARY)


def _sorted_out(targets: np.ndarray, documents: _Sent) -> Iterator[tuple[int, bytes]]:
    for target in np.unique(targets).tolist():
        rows = np.flatnonzero(targets == target)
        *of_documents, corpus = documents
        taken = corpus.take(rows)
        arrays = (array[rows] for array in of_documents)
        yield int(target), pack((*arrays, np.diff(taken.indptr), taken.indices, taken.data))


def _joined(received: list[tuple[np.ndarray, ...]]) -> _Sent:
    """Return documents in the order of `part.split`: by the hashes of their terms, then as in the corpus."""
    hashes, keys, first_topics, *arrays = map(np.concatenate, zip(*received))
    order = np.lexsort((keys, hashes))
    return _Sent(hashes[order], keys[order], first_topics[order], _corpus(*arrays).take(order))
