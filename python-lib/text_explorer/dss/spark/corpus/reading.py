"""Read a dataset's texts into a corpus on Spark's workers, the same as `corpus_reader` reads on one machine.

Texts stay on the workers, and documents too: the driver gets counts alone, of words, and of documents by their lengths.
Where it needs the documents, to go on from a previous model or to train with embeddings, it gets them as numbers of
their terms: 4 bytes a word and 8 per different term of a document, in files where they are many.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional, TypeVar

import numpy as np
from pyspark import RDD, Broadcast, StorageLevel

from text_explorer.concurrency.sending import unpack
from text_explorer.corpus.boilerplate import repeated_lines
from text_explorer.corpus.document_term_matrix import Corpus, CorpusSize
from text_explorer.corpus.embeddings.parsing import embedding_key, source_column_of
from text_explorer.corpus.growing_array import GrowingArray
from text_explorer.corpus.outline import CorpusOutline
from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.dss.batches.embedding_cells import columns_of_embeddings
from text_explorer.dss.batches.topics import DocumentSums
from text_explorer.dss.forms.shared import CorpusSettings
from text_explorer.dss.io.corpus_reader import DatasetCorpus, key_columns_of
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.empty_vocabulary import SAMPLE_TEXTS, TextSample
from text_explorer.dss.io.text_reader import text_languages
from text_explorer.dss.spark.corpus import tasks
from text_explorer.dss.spark.corpus.embeddings import read_vectors
from text_explorer.dss.spark.corpus.vocabulary import VocabularyOnSpark
from text_explorer.dss.spark.describing.documents import SparkDocuments
from text_explorer.dss.spark.session import Spark, fetched, fetched_once, read_frame
from text_explorer.dss.spark.shipping import Shipment
from text_explorer.topics.previous.explaining import Explained, PreviousWords

logger = logging.getLogger(__name__)

Settings = TypeVar("Settings", bound=CorpusSettings)

BYTES_IN_PARTITION = 256 * 2**20
"""Most of the packed documents in a partition: what Python and Spark exchange is limited to 2 GB an element."""

BYTES_PER_WORD = 8


@dataclass(frozen=True)
class SparkCorpus:
    """A corpus whose documents are on the workers, and on the driver where they were asked for."""

    read: DatasetCorpus
    documents: SparkDocuments
    sums: DocumentSums  # of all documents
    _shipment: Shipment
    _spark: Spark
    _bags: RDD[bytes]
    _broadcasts: list[Broadcast[Any]]  # that Spark may need to repeat work

    def completed(
        self, dataset: str, settings: CorpusSettings, blocks: RDD[bytes], counts: tasks.TextCounts, *, held: bool
    ) -> SparkCorpus:
        """Return the corpus checked, with its documents and vectors on the driver where they are needed."""

        def sample() -> TextSample:
            beginnings = blocks.mapPartitions(self._shipment.task(tasks.text_beginnings)).take(SAMPLE_TEXTS)
            return TextSample(counts.n_missing, beginnings)

        read = self.read.checked(dataset, settings, sample)
        if held or read.embedding_column is not None:
            corpus, keys = _collected(self._bags, read.corpus.vocabulary)
            read = replace(read, corpus=corpus, text_keys=keys).by_text()
        if read.embedding_column is not None:
            vectors = read_vectors(self._spark, self._shipment, blocks, counts, read.embedding_column)
            read = replace(read, corpus=replace(read.held, vectors=vectors))
        return replace(self, read=read)

    def explain(self, words: PreviousWords) -> Explained:
        """Explain the documents by previous topics on the workers; see `PreviousWords.explain`."""
        broadcast = self._spark.context.broadcast(words)
        task = self._shipment.task(tasks.explain, broadcasts=[broadcast])
        explained = fetched_once(self._bags.mapPartitions(task), broadcast)
        keys, *found = map(np.concatenate, zip(*explained))
        order = np.argsort(keys, kind="stable")
        return Explained(*(array[order] for array in found))

    def parts(self, n_parts: int, first_topics: Optional[np.ndarray] = None) -> RDD[Any]:
        """Return the parts into which `part.split` divides the corpus, by number, without their rows."""
        n_words = self.read.corpus.n_words
        n_partitions = min(n_parts, max(self._spark.n_slots, n_words * BYTES_PER_WORD // BYTES_IN_PARTITION))
        task = self._shipment.task
        by_hash = self._bags.mapPartitions(task(tasks.send_by_hash, n_partitions)).partitionBy(n_partitions, int)
        first = None if first_topics is None else self._starts(first_topics)
        broadcast = self._spark.context.broadcast(first)
        self._broadcasts.append(broadcast)
        send = task(tasks.send_to_parts, n_parts, broadcasts=[broadcast])
        by_part = by_hash.mapPartitions(send).partitionBy(n_partitions, int)
        return by_part.mapPartitions(task(tasks.build_parts, first is not None))

    @property
    def bytes_of_starts(self) -> int:
        """Bytes of first topics of all documents, as workers get them."""
        keys = self.read.text_keys
        return int(keys.nbytes + np.dtype(np.int32).itemsize * len(keys))

    def _starts(self, first_topics: np.ndarray) -> tasks.FirstTopics:
        if len(first_topics) != self.read.held.n_docs:
            raise ValueError(f"Got {len(first_topics)} first topics of {self.read.held.n_docs} documents.")
        return tasks.FirstTopics(self.read.text_keys, first_topics.astype(np.int32))

    def close(self) -> None:
        """Free what Spark holds of the documents."""
        self._bags.unpersist()
        for broadcast in self._broadcasts:
            broadcast.destroy()


def read_corpus_on_spark(
    spark: Spark,
    shipment: Shipment,
    documents: InputDataset,
    stop_words: Sequence[str],
    settings: CorpusSettings,
    *,
    embedding_column: Optional[str] = None,
    held: bool = False,
) -> SparkCorpus:
    """Read the texts and build their corpus; see `corpus_reader.read_corpus`.

    With `held`, and with embeddings, the driver holds the documents, too.
    """
    key_columns = key_columns_of(documents, settings, embedding_column)
    named = [settings.text_column, *key_columns, *columns_of_embeddings(embedding_column, documents.columns)]
    columns = list(dict.fromkeys(named))
    are_embeddings = tuple(read is embedding_key for read in key_columns.values())
    positions = _positions(columns, settings.language_column, embedding_column, are_embeddings)
    rows = _rows(spark, documents.name, columns)
    settings = without_repeated_lines(shipment, rows, settings)
    preparation = replace(settings.preparation, extra_stop_words=(*settings.preparation.extra_stop_words, *stop_words))
    languages = text_languages(documents, settings)
    blocks = rows.mapPartitions(shipment.task(tasks.read_blocks, languages, preparation, positions))
    blocks = blocks.persist(StorageLevel.MEMORY_AND_DISK)
    try:
        counts = tasks.TextCounts(languages)
        for content in blocks.mapPartitions(shipment.task(tasks.count_texts)).collect():
            counts.merge(unpack(content))
        size = CorpusSize(counts.n_texts, counts.n_words)
        chosen = VocabularyOnSpark(spark, shipment, blocks, preparation).choose(size)
        make_bags = shipment.task(tasks.make_bags, chosen.merges, chosen.final, broadcasts=[chosen.numbers])
        bags = blocks.mapPartitions(make_bags).persist(StorageLevel.MEMORY_AND_DISK)
        documents_there = SparkDocuments(spark.context, shipment, bags)
        sums = documents_there.count(DocumentSums.of) if size.n_docs else DocumentSums.none()
        outline = CorpusOutline(chosen.vocabulary, sums.lengths)
        read = DatasetCorpus(
            outline, np.zeros(0, dtype=np.int64), preparation, chosen.statistics, languages, key_columns,
            embedding_column,
        )  # fmt: skip
        corpus = SparkCorpus(read, documents_there, sums, shipment, spark, bags, [chosen.numbers])
        try:
            return corpus.completed(documents.name, settings, blocks, counts, held=held)
        except BaseException:
            corpus.close()
            raise
    finally:
        blocks.unpersist()


def _rows(spark: Spark, name: str, columns: Sequence[str]) -> RDD[Any]:
    """Return the cells of some columns, spread over all workers."""
    frame = read_frame(spark, name).select(*(f"`{column.replace('`', '``')}`" for column in columns))
    if frame.rdd.getNumPartitions() < spark.n_slots:
        frame = frame.repartition(spark.default_partitions)
    rows: RDD[Any] = frame.rdd
    return rows if rows.getNumPartitions() else spark.context.parallelize([], 1)


def _positions(
    columns: Sequence[str],
    language_column: Optional[str],
    embedding_column: Optional[str],
    are_embeddings: tuple[bool, ...],
) -> tasks.Positions:
    source_column = None if embedding_column is None else source_column_of(embedding_column)

    def position(name: Optional[str]) -> Optional[int]:
        return columns.index(name) if name in columns else None

    return tasks.Positions(
        position(language_column), position(embedding_column), position(source_column), are_embeddings
    )


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


def _collected(bags: RDD[bytes], vocabulary: Vocabulary) -> tuple[Corpus, np.ndarray]:
    """Return the documents of all partitions, in files where they are many, and the hashes of their texts."""
    arrays = {
        name: GrowingArray(np.int64 if name in {"keys", "sizes"} else np.int32)
        for name in ("keys", "sizes", "indices", "data", "word_order")
    }
    for documents in fetched(bags):
        for name, array in arrays.items():
            array.append(getattr(documents, name))
    indptr = np.concatenate(([0], np.cumsum(arrays["sizes"].array()))).astype(np.int64)
    corpus = Corpus(indptr, arrays["indices"].array(), arrays["data"].array(), vocabulary, arrays["word_order"].array())
    return corpus, arrays["keys"].array()
