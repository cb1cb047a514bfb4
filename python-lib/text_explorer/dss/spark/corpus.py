"""Read a dataset's texts into a corpus on Spark's workers, the same as `corpus_reader` reads on one machine.

Texts and documents stay on the workers. The driver gets counts alone: of words, and of documents by their lengths.
"""

from __future__ import annotations

import logging
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, TypeVar

import numpy as np
from pyspark import RDD, Broadcast, StorageLevel

from text_explorer.concurrency.sending import unpack
from text_explorer.corpus.boilerplate import repeated_lines
from text_explorer.corpus.document_term_matrix import CorpusSize, choose_vocabulary
from text_explorer.corpus.outline import CorpusOutline
from text_explorer.corpus.statistics import CorpusStatistics
from text_explorer.corpus.terms import TermsOfWords, choose_terms
from text_explorer.corpus.vocabulary import Vocabulary, automatic_min_documents
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.dss.batches.texts import text_columns
from text_explorer.dss.batches.topics import DocumentSums
from text_explorer.dss.forms.shared import CorpusSettings
from text_explorer.dss.io.corpus_reader import DatasetCorpus
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.empty_vocabulary import SAMPLE_TEXTS, TextSample
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.dss.spark import corpus_tasks as tasks
from text_explorer.dss.spark.describing.documents import SparkDocuments
from text_explorer.dss.spark.session import Spark, read_frame
from text_explorer.dss.spark.shipping import Shipment

logger = logging.getLogger(__name__)

Settings = TypeVar("Settings", bound=CorpusSettings)

BYTES_IN_PARTITION = 256 * 2**20
"""Most of the packed documents in a partition: what Python and Spark exchange is limited to 2 GB an element."""

BYTES_PER_WORD = 8


@dataclass(frozen=True)
class SparkCorpus:
    """A corpus whose documents are on the workers."""

    read: DatasetCorpus
    documents: SparkDocuments
    sums: DocumentSums  # of all documents
    _shipment: Shipment
    _spark: Spark
    _bags: RDD[bytes]
    _numbers: Broadcast[tasks.WordNumbers]

    def parts(self, n_parts: int) -> RDD[Any]:
        """Return the parts into which `part.split` divides the corpus, by number, without their rows."""
        n_words = self.read.corpus.n_words
        n_partitions = min(n_parts, max(self._spark.n_slots, n_words * BYTES_PER_WORD // BYTES_IN_PARTITION))
        task = self._shipment.task
        by_hash = self._bags.mapPartitions(task(tasks.send_by_hash, n_partitions)).partitionBy(n_partitions, int)
        by_part = by_hash.mapPartitions(task(tasks.send_to_parts, n_parts)).partitionBy(n_partitions, int)
        return by_part.mapPartitions(task(tasks.build_parts))

    def close(self) -> None:
        """Free what Spark holds of the documents."""
        self._bags.unpersist()
        self._numbers.destroy()


class _Words(NamedTuple):
    surfaces: list[str]
    languages: list[str]
    counts: np.ndarray


def read_corpus_on_spark(
    spark: Spark, shipment: Shipment, documents: InputDataset, stop_words: Sequence[str], settings: CorpusSettings
) -> SparkCorpus:
    """Read the texts and build their corpus; see `corpus_reader.read_corpus`. Without phrases."""
    rows = _rows(spark, documents.name, text_columns(settings))
    settings = without_repeated_lines(shipment, rows, settings)
    preparation = replace(settings.preparation, extra_stop_words=(*settings.preparation.extra_stop_words, *stop_words))
    languages = text_languages(documents, settings)
    blocks = rows.mapPartitions(shipment.task(tasks.read_blocks, languages, preparation))
    blocks = blocks.persist(StorageLevel.MEMORY_AND_DISK)
    counts = tasks.TextCounts(languages)
    for content in blocks.mapPartitions(shipment.task(tasks.count_texts)).collect():
        counts.add(unpack(content))
    size = CorpusSize(counts.n_texts, counts.n_words)
    kept, statistics, vocabulary = _vocabulary(spark, shipment, blocks, size, preparation)
    broadcast = spark.context.broadcast(kept)
    bags = blocks.mapPartitions(shipment.task(tasks.make_bags, broadcasts=[broadcast]))
    bags = bags.persist(StorageLevel.MEMORY_AND_DISK)
    documents_there = SparkDocuments(spark.context, shipment, bags)
    sums = documents_there.count(DocumentSums.of) if size.n_docs else DocumentSums.none()
    outline = CorpusOutline(vocabulary, sums.lengths)
    read = DatasetCorpus(outline, np.zeros(0, dtype=np.int64), preparation, statistics, languages)

    def sample() -> TextSample:
        beginnings = blocks.mapPartitions(shipment.task(tasks.text_beginnings)).take(SAMPLE_TEXTS)
        return TextSample(counts.n_missing, beginnings)

    read.checked(documents.name, settings, sample)
    blocks.unpersist()
    return SparkCorpus(read, documents_there, sums, shipment, spark, bags, broadcast)


def _rows(spark: Spark, name: str, columns: Sequence[str]) -> RDD[Any]:
    """Return the cells of some columns, spread over all workers."""
    frame = read_frame(spark, name).select(*(f"`{column.replace('`', '``')}`" for column in columns))
    if frame.rdd.getNumPartitions() < spark.n_slots:
        frame = frame.repartition(spark.default_partitions)
    rows: RDD[Any] = frame.rdd
    return rows if rows.getNumPartitions() else spark.context.parallelize([], 1)


def without_repeated_lines(shipment: Shipment, rows: RDD[Any], settings: Settings) -> Settings:
    """Find the repeated lines of texts, first cells of rows; see `text_reader.without_repeated_lines`."""
    if not settings.ignore_boilerplate:
        return settings
    counted = rows.mapPartitions(shipment.task(tasks.count_lines, settings.preparation))
    units = unpack(counted.treeReduce(shipment.task(tasks.add_lines)))
    found = repeated_lines(units, settings.preparation)
    if found.lines:
        logger.info("%s Switch 'Ignore repeated lines' off to keep them.", found.sentence())
    return replace(settings, preparation=replace(settings.preparation, repeated_lines=found.lines))


def _vocabulary(
    spark: Spark, shipment: Shipment, blocks: RDD[bytes], size: CorpusSize, preparation: Preparation
) -> tuple[tasks.WordNumbers, CorpusStatistics, Vocabulary]:
    """Choose the vocabulary; return also the term of each word in it.

    Documents are counted of those terms only that occur often enough: the others, which are most, are too rare in any
    number of documents.
    """
    words = _distinct_words(shipment, blocks)
    found = choose_terms(words.surfaces, words.languages, words.counts, preparation)
    is_term = found.word_terms >= 0
    occurrences = np.bincount(
        found.word_terms[is_term], weights=words.counts[is_term], minlength=len(found.names)
    ).astype(np.int64)
    counted = np.flatnonzero(occurrences >= (preparation.min_documents or automatic_min_documents(size.n_docs)))
    broadcast = spark.context.broadcast(_numbers(words, found, counted))
    count = shipment.task(tasks.count_documents, len(counted), broadcasts=[broadcast])
    of_counted = unpack(blocks.mapPartitions(count).treeReduce(shipment.task(tasks.add_arrays)))
    broadcast.destroy()
    term_counts = np.vstack((occurrences, occurrences))
    term_counts[:, counted] = of_counted
    kept, vocabulary, statistics = choose_vocabulary(
        found, words.counts, found.names, term_counts, (), size, preparation
    )
    return _numbers(words, found, kept), statistics, vocabulary


def _distinct_words(shipment: Shipment, blocks: RDD[bytes]) -> _Words:
    pairs = blocks.mapPartitions(shipment.task(tasks.count_distinct_words)).reduceByKey(operator.add)
    entries = sorted(pairs.collect())
    counts = np.fromiter((count for _, count in entries), dtype=np.int64, count=len(entries))
    return _Words([word for (word, _), _ in entries], [language for (_, language), _ in entries], counts)


def _numbers(words: _Words, found: TermsOfWords, terms: np.ndarray) -> tasks.WordNumbers:
    """Return the index in `terms` of each word that leads to one of them."""
    numbers = np.full(len(found.names) + 1, -1, dtype=np.int64)  # one more, so that the term -1 stays -1
    numbers[terms] = np.arange(len(terms))
    of_words = numbers[found.word_terms]
    by_language: dict[str, dict[str, int]] = {}
    for word in np.flatnonzero(of_words >= 0).tolist():
        by_language.setdefault(words.languages[word], {})[words.surfaces[word]] = int(of_words[word])
    return by_language
