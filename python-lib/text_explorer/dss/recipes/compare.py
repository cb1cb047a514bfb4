"""Run 'Compare numbers of topics': train models in parallel, measure them, write comparison and suggestion."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Optional

import dataiku
import numpy as np
import pandas as pd

from text_explorer.columns import schema_of
from text_explorer.concurrency.threads import available_workers, map_ordered
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.dss.forms.compare import ALL_ENGINES, CompareSettings
from text_explorer.dss.io.datasets import write_rows
from text_explorer.dss.io.embedding_reader import warn_of_strange_embeddings
from text_explorer.dss.io.fits_folder import FitsFolder
from text_explorer.errors import DataError
from text_explorer.topics.model_selection import columns
from text_explorer.topics.model_selection.candidates import numbers_for
from text_explorer.topics.model_selection.engine_choice import choose_engine
from text_explorer.topics.model_selection.fit_files import corpus_hash
from text_explorer.topics.model_selection.fits import (
    FitSettings,
    MeasuredFit,
    TermMeasures,
    comparison_table,
    load_engine,
    measure_fit,
)
from text_explorer.topics.model_selection.held_out import hold_out
from text_explorer.topics.model_selection.suggestion import suggest
from text_explorer.topics.models.engines import ENGINES
from text_explorer.topics.models.training import EngineSettings
from text_explorer.topics.quality.coherence import topic_coherence
from text_explorer.topics.quality.diagnostics import topic_diversity

logger = logging.getLogger(__name__)

MEASURES = TermMeasures(coherence=topic_coherence, diversity=topic_diversity)


def compare_numbers(corpus: Corpus, settings: CompareSettings, fits_folder: Optional[str]) -> pd.DataFrame:
    """Train and measure every model that an earlier run has not finished; return the ``comparison`` dataset.

    Its rows are by engine, number of topics and seed. If no model can be trained, it raises a `DataError`.
    """
    if corpus.vectors is not None:
        warn_of_strange_embeddings(corpus)
    if not settings.numbers:
        settings = replace(settings, numbers=numbers_for(int(np.count_nonzero(corpus.doc_lengths))))
        logger.info("numbers of topics, by the number of documents: %s", ", ".join(map(str, settings.numbers)))
    plan = [fit for engine in _engines(corpus, settings) for fit in settings.fits(engine)]
    folder = FitsFolder(dataiku.Folder(fits_folder) if fits_folder else None, corpus_hash(corpus), settings.seed)
    done = _finished(plan, folder)
    left = [fit for fit in plan if fit not in done]
    done.update(zip(left, _measure(corpus, left, settings.seed, folder)))
    fits = [done[fit] for fit in plan]
    if not any(fit.succeeded for fit in fits):
        raise DataError(f"No model could be trained. {fits[0].status}")
    return comparison_table(fits)


def _finished(plan: Sequence[FitSettings], folder: FitsFolder) -> dict[FitSettings, MeasuredFit]:
    """Read the fits that an earlier run has finished."""
    kept = {fit: folder.read(fit) for fit in plan}
    done = {fit: measured for fit, measured in kept.items() if measured is not None}
    logger.info("%s of %s models were finished by an earlier run", len(done), len(plan))
    n_others = folder.n_others(plan)
    if n_others:
        logger.info("%s fits of other documents, settings or versions are in the folder, and may be deleted", n_others)
    return done


def _measure(corpus: Corpus, fits: Sequence[FitSettings], seed: int, folder: FitsFolder) -> list[MeasuredFit]:
    """Train and measure models in parallel; return them in order."""
    if not fits:
        return []
    split = hold_out(corpus, seed)
    if split.reason:
        logger.warning("%s", split.reason)
    for engine in {fit.engine: None for fit in fits}:
        load_engine(split.training, engine)
    progress = _Progress(fits)

    def measure(fit: FitSettings) -> MeasuredFit:
        measured = measure_fit(corpus, split, fit, MEASURES)
        folder.write(fit, measured)
        progress.report(fit, measured)
        return measured

    # The largest take longest: started last, one would keep a single processor busy while the others wait.
    order = sorted(fits, key=lambda fit: -fit.n_topics)
    measured = dict(zip(order, map_ordered(measure, order, available_workers())))
    return [measured[fit] for fit in fits]


def write_comparison(name: str, comparison: pd.DataFrame) -> None:
    """Write the dataset ``comparison``."""
    write_rows(name, schema_of(columns.COMPARISON), [comparison])


def write_suggestion(name: str, comparison: pd.DataFrame) -> None:
    """Write the dataset ``suggestion``, and log its row."""
    suggestion = suggest(comparison)
    row = suggestion.iloc[0]
    sentences = f"{row[columns.REASON]} {row[columns.CAVEATS] or ''}"
    logger.info("suggestion (confidence: %s): %s", row[columns.CONFIDENCE], sentences)
    write_rows(name, schema_of(columns.SUGGESTION), [suggestion])


def _engines(corpus: Corpus, settings: CompareSettings) -> tuple[str, ...]:
    """Return the engines; one for all numbers, since figures of two engines are not comparable."""
    if settings.engine == ALL_ENGINES:
        return tuple(ENGINES)
    usual = settings.numbers[len(settings.numbers) // 2]
    engine, reason = choose_engine(corpus, EngineSettings(settings.engine, usual, seed=settings.seed))
    logger.info("engine %s. %s", engine, reason)
    return (engine,)


class _Progress:
    """Log finished models and the estimated time left, assuming that training time is proportional to topics."""

    def __init__(self, fits: Sequence[FitSettings]):
        self._n_left, self._topics_left = len(fits), sum(fit.n_topics for fit in fits)
        self._topics_done, self._started = 0, time.monotonic()
        self._lock = threading.Lock()

    def report(self, fit: FitSettings, measured: MeasuredFit) -> None:
        """Log a finished model; called by several threads."""
        with self._lock:
            self._n_left -= 1
            self._topics_left -= fit.n_topics
            self._topics_done += fit.n_topics
            left = (time.monotonic() - self._started) / self._topics_done * self._topics_left
            logger.info("%s: %s; models left: %s, about %.0f s", fit, measured.status, self._n_left, left)
