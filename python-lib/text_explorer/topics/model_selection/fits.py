"""Train a topic model for a number of topics and a seed, and compute all its measures.

One model serves all measures. It is trained without the held-out documents; its terms are measured on all documents,
which are the same for every model, and its perplexity on the held-out documents.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Callable, Optional, Protocol

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC, top_terms
from text_explorer.topics.model_selection import columns
from text_explorer.topics.model_selection.held_out import HeldOutSplit
from text_explorer.topics.model_selection.stability import seed_stability
from text_explorer.topics.models.engines import ENGINES, GSDMM
from text_explorer.topics.models.parts.lda_engine import FIRST_OPTIMISATION
from text_explorer.topics.models.progress import Progress
from text_explorer.topics.models.training import EngineSettings, TopicModel, best_topics, fit_model, infer_batches
from text_explorer.topics.quality.predictive_likelihood import perplexity

logger = logging.getLogger(__name__)

MEASURE_VERSION = 1
"""To be raised where a measure changes, so that figures of an earlier version are computed again."""

DIGITS = 6
ONE_SEED = "No stability: it compares models of several seeds, and there is one."


class Coherence(Protocol):
    """Coherence of topics, NaN where a topic has none; see `quality.coherence`."""

    @property
    def reasons(self) -> Sequence[Optional[str]]:
        """Return why a topic has none, one reason a topic."""

    def mean_npmi(self) -> float:
        """Return the mean over the topics that have one."""

    def mean_cv(self) -> float:
        """Return the mean over the topics that have one."""


@dataclass(frozen=True)
class TermMeasures:
    """Measures of the top terms of topics, int arrays of shape (n_topics, n_best)."""

    coherence: Callable[..., Coherence]  # `quality.coherence.topic_coherence`
    diversity: Callable[[np.ndarray], float]  # `quality.diagnostics.topic_diversity`


@dataclass(frozen=True)
class FitSettings:
    """One model to train; None leaves a value to the engine, see `EngineSettings`."""

    engine: str
    n_topics: int
    seed: int
    n_iterations: Optional[int] = None
    alpha: Optional[float] = None
    beta: Optional[float] = None
    most_kappa: Optional[float] = None

    def for_engine(self) -> EngineSettings:
        """Return the engine's settings, on one thread, since fits run side by side."""
        return EngineSettings(**asdict(self), n_workers=1)

    def __str__(self) -> str:
        return f"{self.engine} with {self.n_topics} topics and seed {self.seed}"


@dataclass(frozen=True)
class MeasuredFit:
    """Measures of one model, None where undefined."""

    engine: str
    n_topics: int
    seed: int
    n_topics_alive: Optional[int] = None
    coherence_npmi: Optional[float] = None
    coherence_cv: Optional[float] = None
    diversity: Optional[float] = None
    perplexity: Optional[float] = None
    n_iterations: Optional[int] = None
    seconds: Optional[float] = None
    status: str = columns.STATUS_OK
    notes: tuple[str, ...] = ()
    top_terms: tuple[tuple[int, ...], ...] = ()  # for each topic the ids of its most probable terms

    @property
    def succeeded(self) -> bool:
        """Whether there is a model."""
        return self.status == columns.STATUS_OK


def load_engine(corpus: Corpus, engine: str) -> None:
    """Train a tiny model, so that loading compiled loops counts in no model's time."""
    known = int(np.argmax(corpus.doc_lengths > 0))
    fit_model(corpus.part(known, known + 1), EngineSettings(engine, 2, FIRST_OPTIMISATION, n_workers=1))


def measure_fit(corpus: Corpus, split: HeldOutSplit, settings: FitSettings, measures: TermMeasures) -> MeasuredFit:
    """Train a model on one thread and measure it; with too few documents, its status is a sentence that says so."""
    fault = _unsuitable(split, settings)
    if fault is not None:
        return MeasuredFit(settings.engine, settings.n_topics, settings.seed, status=fault)
    progress = _FitProgress(settings=settings)
    started = time.thread_time()  # other fits run beside it
    model = fit_model(split.training, settings.for_engine(), progress=progress)
    seconds = time.thread_time() - started
    best = top_terms(model.topic_term_distr, TERMS_OF_TOPIC)
    coherence = measures.coherence(corpus, best, n_workers=1)
    predicted, notes = _held_out_perplexity(model, split)
    return MeasuredFit(
        settings.engine, settings.n_topics, settings.seed,
        n_topics_alive=_topics_alive(model, split.training),
        coherence_npmi=_rounded(coherence.mean_npmi()),
        coherence_cv=_rounded(coherence.mean_cv()),
        diversity=_rounded(measures.diversity(best)),
        perplexity=_rounded(predicted),
        n_iterations=progress.n_done,
        seconds=round(seconds, 3),
        notes=(*_coherence_notes(coherence.reasons), *notes),
        top_terms=tuple(map(tuple, best.tolist())),
    )  # fmt: skip


def comparison_table(fits: Sequence[MeasuredFit]) -> pd.DataFrame:
    """Build the rows of the ``comparison`` dataset, in the order of the fits."""
    stability = _stability(fits)
    rows: list[dict[str, Any]] = []
    for fit, own in zip(fits, stability):
        notes = (*fit.notes, ONE_SEED) if fit.succeeded and own is None else fit.notes
        rows.append({name: getattr(fit, name) for name in _FIT_COLUMNS})
        rows[-1].update({columns.STABILITY: own, columns.NOTES: " ".join(notes) or None})
    table = pd.DataFrame(rows, columns=names_of(columns.COMPARISON))
    types = {"bigint": "Int64", "double": "float64", "string": "object"}
    return table.astype({column.name: types[column.type] for column in columns.COMPARISON})


_FIT_COLUMNS = [name for name in names_of(columns.COMPARISON) if name not in (columns.STABILITY, columns.NOTES)]


@dataclass
class _FitProgress(Progress):
    """Names the model in the log, among lines of others, and counts its iterations."""

    settings: Optional[FitSettings] = None
    n_done: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._reported = self._started

    def report(self, what: str, iteration: int, n_iterations: int, more: str = "") -> None:
        self.n_done = iteration
        if 1 < iteration < n_iterations:  # the first and last lines of many models would flood the log
            super().report(str(self.settings), iteration, n_iterations, more)


def _unsuitable(split: HeldOutSplit, settings: FitSettings) -> Optional[str]:
    if ENGINES[settings.engine].one_topic_per_document or split.n_known >= settings.n_topics:
        return None
    return (
        f"More topics ({settings.n_topics:,}) than training documents with a known word ({split.n_known:,}): use "
        f"smaller numbers, or the method {GSDMM.label}, for which the number is an upper limit."
    )


def _topics_alive(model: TopicModel, training: Corpus) -> int:
    """Count the topics that are the main topic of a document, in batches."""
    n_documents = np.zeros(len(model.topic_term_distr), dtype=np.int64)
    for _, shares in infer_batches(model, training, n_workers=1):
        best = best_topics(shares)
        n_documents += np.bincount(best[best >= 0], minlength=len(n_documents))
    return int(np.count_nonzero(n_documents))


def _held_out_perplexity(model: TopicModel, split: HeldOutSplit) -> tuple[float, tuple[str, ...]]:
    """Compute the perplexity by document completion, or the reason why there is none."""
    if split.seen is None or split.unseen is None:
        return math.nan, (split.reason or "",)
    shares = model.transform(split.seen, n_workers=1)
    return perplexity(model, split.unseen, shares), ()


def _coherence_notes(reasons: Sequence[Optional[str]]) -> tuple[str, ...]:
    missing = [reason for reason in reasons if reason is not None]
    if not missing:
        return ()
    lacking = f"Topics without NPMI or C_v, left out of that mean: {len(missing):,} of {len(reasons):,}."
    return (f"{lacking} One of them: {missing[0]}",)


def _stability(fits: Sequence[MeasuredFit]) -> list[Optional[float]]:
    """Compute the mean agreement of each fit with those of other seeds; None without another seed."""
    stability: list[Optional[float]] = [None] * len(fits)
    groups: dict[tuple[str, int], list[int]] = {}
    for index, fit in enumerate(fits):
        if fit.succeeded:
            groups.setdefault((fit.engine, fit.n_topics), []).append(index)
    for group in groups.values():
        for index, own in zip(group, seed_stability([np.array(fits[index].top_terms) for index in group])):
            stability[index] = _rounded(float(own))
    return stability


def _rounded(value: float) -> Optional[float]:
    return round(float(value), DIGITS) if math.isfinite(value) else None
