"""Chains of both samplers on a small corpus, and runners of them on Spark."""

import dataclasses
from itertools import islice

import numpy as np

from tests.python.unit.topics.models.parts.test_runners import corpus_of_counts
from text_explorer.dss.spark.training.runner import SparkRunner, rdd_of_parts
from text_explorer.topics.models.parts.gsdmm_engine import ROUNDS, GsdmmEngine
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split

COUNTS = np.random.default_rng(0).poisson(0.3, (120, 60))
CORPUS = corpus_of_counts(COUNTS)
N_WORDS = int(COUNTS.sum())
ENGINES = {"lda": (LdaEngine(n_sweeps=4, sweeps_between_sums=2), 5), "gsdmm": (GsdmmEngine(0.1, 0.1, 1, ROUNDS), 12)}
SWEEPS = 3


def runner_on(spark, workers, n_parts, n_partitions=None, runner_type=SparkRunner, first_topics=None, **options):
    parts = rdd_of_parts(spark, split(CORPUS, n_parts, first_topics), n_partitions)
    options = {"n_words": N_WORDS, "driver_bytes": 2**30, **options}
    return runner_type(spark, workers, parts, n_parts=n_parts, **options)


def last_state(engine, runner, n_sweeps=SWEEPS):
    engine, n_topics = ENGINES[engine]
    *_, state = islice(runner.run(engine, engine.unstarted(n_topics, CORPUS.n_terms, None), 7), n_sweeps)
    return {field.name: np.asarray(getattr(state, field.name)) for field in dataclasses.fields(state)}


def assert_same(found, expected):
    assert {name for name in expected if found[name].tobytes() != expected[name].tobytes()} == set()
