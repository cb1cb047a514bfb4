"""Side of DSS of 'Discover topics (Spark)': read and train on Spark's workers, describe and write on the driver."""

from __future__ import annotations

import logging
import time
from typing import Any, Optional

import numpy as np

from text_explorer.dss.forms.topics import TopicsSettings
from text_explorer.dss.forms.topics_spark import SparkTopicsSettings
from text_explorer.dss.io.datasets import InputDataset
from text_explorer.dss.io.previous_model import moved_documents
from text_explorer.dss.recipes.topics import DiscoveredTopics, topics_of_corpus
from text_explorer.dss.spark.chains import SparkChains
from text_explorer.dss.spark.corpus.reading import read_corpus_on_spark
from text_explorer.dss.spark.faults import explain_spark_faults
from text_explorer.dss.spark.memory import MEBIBYTE, check_memory
from text_explorer.dss.spark.preflight import check_workers
from text_explorer.dss.spark.runner import SparkRunner
from text_explorer.dss.spark.session import start_spark
from text_explorer.errors import SettingsError
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
) -> tuple[DiscoveredTopics, dict[str, Any]]:
    """Read the texts and learn their topics; return also how, for the manifest."""
    started = time.monotonic()
    _check_method(previous)
    spark = start_spark()
    if on_spark.checkpoint_folder:
        spark.context.setCheckpointDir(on_spark.checkpoint_folder)
    runners: list[SparkRunner] = []
    with explain_spark_faults(spark.configuration):
        workers = check_workers(spark)
        corpus = read_corpus_on_spark(
            spark, workers.shipment, documents, stop_words, settings, settings.used_embeddings
        )
        n_words = int(corpus.read.corpus.doc_lengths.sum())
        n_parts = on_spark.parts or number_of_parts(n_words)

        def make_runner(counts: np.ndarray, first_topics: Optional[np.ndarray]) -> SparkRunner:
            check_memory(spark, workers, counts.nbytes, n_words // n_parts)
            driver_bytes = on_spark.driver_memory_for_assignments * MEBIBYTE
            parts = corpus.parts(n_parts, first_topics)
            runners.append(
                SparkRunner(spark, workers, parts, n_parts=n_parts, n_words=n_words, driver_bytes=driver_bytes)
            )
            return runners[-1]

        try:
            moved = moved_documents(documents, corpus.read, previous, settings.text_column)
            topics = topics_of_corpus(
                corpus.read, seeded, settings, started=started, previous=previous, moved=moved,
                elsewhere=Elsewhere(make_runner, SparkChains(spark, workers)), explain=corpus.explain,
            )  # fmt: skip
        finally:
            for runner in runners:
                runner.close()
            corpus.close()
    execution = {
        "engine": "spark",
        "spark_version": spark.context.version,
        "parts": n_parts if runners else 1,  # chains of words and vectors take the corpus whole
        "executors_seen": spark.n_executors,
    }
    return topics, execution


def _check_method(previous: Optional[PreviousTopics]) -> None:
    if previous is not None and previous.stored.model.engine == VARIATIONAL_LDA.id:
        raise SettingsError([
            f"The previous model was trained with '{VARIATIONAL_LDA.label}', which does not run on Spark. Use the "
            "recipe 'Discover topics', or remove the previous model from the inputs."
        ])  # fmt: skip
