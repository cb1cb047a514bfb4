"""Side of DSS of 'Discover topics (Spark)': workers read, train, count and write; the driver adds up and describes."""

from __future__ import annotations

import logging
import time
from contextlib import ExitStack, closing
from typing import Any, Optional, cast

import numpy as np

from text_explorer.dss.batches import on_spark as tasks
from text_explorer.dss.batches.texts import text_columns
from text_explorer.dss.batches.topics import DocumentSums, TopicRowCounts, TopicsOfRows
from text_explorer.dss.forms.shared import ID_COLUMN
from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.dss.forms.topics_spark import SparkTopicsSettings
from text_explorer.dss.io.datasets import AddedColumns, InputDataset
from text_explorer.dss.io.previous_model import moved_documents
from text_explorer.dss.recipes.topics import DiscoveredTopics, topics_of_corpus
from text_explorer.dss.recipes.topics_outputs import WriteRows, write_document_topics
from text_explorer.dss.spark.corpus.reading import read_corpus_on_spark
from text_explorer.dss.spark.faults import explain_spark_faults
from text_explorer.dss.spark.preflight import LIBRARIES, check_workers
from text_explorer.dss.spark.rows import SparkRows, WorkedRows
from text_explorer.dss.spark.session import Spark, start_spark
from text_explorer.dss.spark.shipping import Shipment
from text_explorer.dss.spark.training.chains import SparkChains
from text_explorer.dss.spark.training.memory import MEBIBYTE, check_memory
from text_explorer.dss.spark.training.runner import SparkRunner
from text_explorer.errors import DataError, SettingsError
from text_explorer.topics.models.elsewhere import Elsewhere
from text_explorer.topics.models.engines import VARIATIONAL_LDA
from text_explorer.topics.models.parts.part import number_of_parts
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.seeds.seed_terms import SeededTopic

logger = logging.getLogger(__name__)


def discover_topics_on_spark(
    documents: InputDataset,
    stop_words: list[str],
    seeded: tuple[SeededTopic, ...],
    settings: TopicsSettings,
    on_spark: SparkTopicsSettings,
    previous: Optional[PreviousTopics] = None,
) -> tuple[DiscoveredTopics, dict[str, Any], WriteRows]:
    """Read the texts and learn their topics; return also how, for the manifest, and what writes the rows.

    To go on from a previous model, and with embeddings, this machine gets the documents, and describes and writes them.
    """
    started = time.monotonic()
    _check_method(previous)
    spark = start_spark()
    runners: list[SparkRunner] = []
    with explain_spark_faults(spark.configuration), ExitStack() as on_workers:
        workers = check_workers(spark, libraries=(*LIBRARIES, "pandas"))
        embedding_column, shipment = settings.used_embeddings, workers.shipment
        is_held = previous is not None or embedding_column is not None
        corpus = read_corpus_on_spark(
            spark, shipment, documents, stop_words, settings, embedding_column=embedding_column, held=is_held
        )
        on_workers.callback(corpus.close)
        n_words = corpus.read.corpus.n_words
        n_parts = on_spark.parts or number_of_parts(n_words)

        def make_runner(counts: np.ndarray, first_topics: Optional[np.ndarray]) -> SparkRunner:
            several_sweeps = on_spark.sweeps_between_sums > 1
            starts_bytes = 0 if first_topics is None else corpus.bytes_of_starts
            check_memory(
                spark, workers, counts.nbytes, n_words // n_parts, starts_bytes=starts_bytes,
                several_sweeps=several_sweeps,
            )  # fmt: skip
            driver_bytes = on_spark.driver_memory_for_assignments * MEBIBYTE
            parts = corpus.parts(n_parts, first_topics)
            runners.append(
                SparkRunner(
                    spark, workers, parts, n_parts=n_parts, n_words=n_words, driver_bytes=driver_bytes,
                    restart_address=on_spark.checkpoint_folder,
                )
            )  # fmt: skip
            on_workers.callback(runners[-1].close)
            return runners[-1]

        there = Elsewhere(make_runner, SparkChains(spark, workers), None if is_held else corpus.documents)
        moved = moved_documents(documents, corpus.read, previous, settings.text_column)
        topics = topics_of_corpus(
            corpus.read, seeded, settings, started=started, previous=previous, moved=moved, elsewhere=there,
            explain=corpus.explain, sweeps_between_sums=on_spark.sweeps_between_sums,
        )  # fmt: skip
        for runner in runners:
            runner.finish()
    execution = {
        "engine": "spark",
        "spark_version": spark.context.version,
        "parts": n_parts if runners else 1,  # chains of words and vectors take the corpus whole
        "sweeps_between_sums": on_spark.sweeps_between_sums,
        "executors_seen": spark.n_executors,
    }
    writes = write_document_topics if is_held else _rows_writer(spark, shipment, corpus.sums)
    return topics, execution, writes


def _check_method(previous: Optional[PreviousTopics]) -> None:
    if previous is not None and previous.stored.model.engine == VARIATIONAL_LDA.id:
        raise SettingsError([
            f"The previous model was trained with '{VARIATIONAL_LDA.label}', which does not run on Spark. Use the "
            "recipe 'Discover topics', or remove the previous model from the inputs."
        ])  # fmt: skip


def _rows_writer(spark: Spark, shipment: Shipment, read: DocumentSums) -> WriteRows:
    """Return the function that writes rows on the workers, after a check that their documents are those `read`."""

    def write(name: str, documents: InputDataset, topics: DiscoveredTopics, of_rows: TopicsOfRows) -> TopicRowCounts:
        settings, output = of_rows.settings, AddedColumns(documents.schema, of_rows.added_columns)
        if settings.id_column is None:
            logger.warning(
                "'%s' is not set: on Spark rows have no number, so representative documents have no key by which the "
                "webapp could open them", ID_COLUMN.label,
            )  # fmt: skip
        wanted = (*text_columns(settings), settings.id_column, settings.date_column, *settings.group_columns)
        with explain_spark_faults(spark.configuration):
            rows = SparkRows(spark, shipment, documents.name, documents.schema)
            row_format = rows.row_format(list(dict.fromkeys(filter(None, wanted))), of_rows.added_columns)
            sent = rows.broadcast(of_rows)
            with closing(WorkedRows(rows, shipment.task(tasks.discover, row_format, broadcasts=[sent]))) as worked:
                counts = cast(TopicRowCounts, worked.sum_of_counts())
                if not counts.read.equals(read):
                    raise DataError("The documents changed while the recipe ran. Run it again.")
                worked.write(name, output)
        logger.info("%s rows written with their topics", f"{counts.n_rows:,}")
        return counts

    return write
