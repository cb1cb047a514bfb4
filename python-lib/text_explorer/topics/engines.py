"""The choice of a topic model, and one way to train any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Protocol

import numpy as np

from text_explorer.corpus.bag_of_words import Corpus
from text_explorer.errors import DataError
from text_explorer.topics import gsdmm, variational_lda
from text_explorer.topics.gsdmm import GsdmmModel, fit_gsdmm
from text_explorer.topics.variational_lda import VariationalLdaModel, fit_variational_lda

AUTO = "auto"
ENGINES = {gsdmm.ENGINE: GsdmmModel, variational_lda.ENGINE: VariationalLdaModel}

SHORT_TEXT_TERMS = 20
"""Texts of fewer terms on average mostly speak of one thing, which is what GSDMM assumes."""


class TopicModel(Protocol):
    """What every engine's model can do; `gsdmm.GsdmmModel` has the full descriptions."""

    engine: str

    @property
    def topic_term_distr(self) -> np.ndarray: ...  # noqa: D102

    def transform(self, corpus: Corpus) -> np.ndarray: ...  # noqa: D102

    def reordered(self, order: np.ndarray) -> TopicModel: ...  # noqa: D102

    def arrays(self) -> dict[str, np.ndarray]: ...  # noqa: D102


@dataclass(frozen=True)
class EngineSettings:
    """How a model is trained; None leaves a value to the engine.

    Attributes
    ----------
    engine
        ``auto``, ``gsdmm`` or ``lda_gensim``.
    n_topics
        Number of topics of LDA, largest number of topics of GSDMM.
    n_iterations
        Sweeps of GSDMM, passes of LDA.
    alpha, beta
        Document-topic and topic-term prior.
    seed
        Seed of all random draws.
    """

    engine: str = AUTO
    n_topics: int = 20
    n_iterations: Optional[int] = None
    alpha: Optional[float] = None
    beta: Optional[float] = None
    seed: int = 0


@dataclass(frozen=True)
class TrainedTopics:
    """A model whose topics are numbered by falling prevalence, with the corpus it was trained on.

    Attributes
    ----------
    model
        The trained model.
    doc_topic_distr
        float64 array of shape (n_docs, n_topics), rows of documents without a term NaN.
    corpus
        What it was trained on.
    engine_reason
        Why this engine, in a sentence.
    """

    model: TopicModel
    doc_topic_distr: np.ndarray
    corpus: Corpus
    engine_reason: str


def train(corpus: Corpus, settings: EngineSettings) -> TrainedTopics:
    """Train a topic model and number its topics.

    Raises
    ------
    DataError
        Where the corpus is too small for the settings.
    """
    n_known = int(np.count_nonzero(corpus.doc_lengths))
    if n_known == 0:
        raise DataError(
            f"None of the {corpus.n_docs:,} documents has a word left after stop words, short words, rare words and "
            "words of too many documents are taken out. Choose the right text column and language, lower 'Minimum "
            "documents per term' or raise 'Maximum share of documents per term'."
        )
    engine, reason = choose_engine(corpus, settings)
    given = {"alpha": settings.alpha, "beta": settings.beta}
    options = {name: value for name, value in given.items() if value is not None}
    if engine == gsdmm.ENGINE:
        if settings.n_iterations is not None:
            options["n_iterations"] = settings.n_iterations
        model = fit_gsdmm(corpus, settings.n_topics, seed=settings.seed, **options)
    else:
        if n_known < settings.n_topics:
            fewer = f"Choose at most {n_known:,} topics, or the" if n_known > 1 else "Choose the"
            raise DataError(
                f"'Number of topics' is {settings.n_topics}, but documents with a known word: {n_known:,}. {fewer} "
                "method GSDMM, for which the number is an upper limit."
            )
        model = fit_variational_lda(
            corpus, settings.n_topics, seed=settings.seed, n_passes=settings.n_iterations or 0, **options
        )
    model = model.reordered(_by_prevalence(model.transform(corpus), corpus.doc_lengths))
    # Once more, in the final order of topics: sums of floats depend on it, and a stored model must give these bytes.
    return TrainedTopics(model, model.transform(corpus), corpus, reason)


def choose_engine(corpus: Corpus, settings: EngineSettings) -> tuple[str, str]:
    """Choose the engine and say why.

    Returns
    -------
    tuple of str
        Name of the engine, and a sentence with the figures that led to it.
    """
    if settings.engine != AUTO:
        return settings.engine, "Chosen in the settings."
    lengths = corpus.doc_lengths[corpus.doc_lengths > 0]
    mean = float(lengths.mean())
    if mean < SHORT_TEXT_TERMS:
        return gsdmm.ENGINE, f"Short texts: {mean:.1f} terms on average, fewer than {SHORT_TEXT_TERMS}."
    if len(lengths) < settings.n_topics:
        return gsdmm.ENGINE, f"Fewer documents ({len(lengths):,}) than topics ({settings.n_topics})."
    return variational_lda.ENGINE, f"Longer texts: {mean:.1f} terms on average, at least {SHORT_TEXT_TERMS}."


def best_topics(doc_topic_distr: np.ndarray) -> np.ndarray:
    """Give each document's topic of the largest share, the lower id at a tie.

    Returns
    -------
    ndarray of shape (n_docs,)
        int64; -1 for documents without a topic.
    """
    known = ~np.isnan(doc_topic_distr[:, 0])
    return np.where(known, np.nan_to_num(doc_topic_distr).argmax(axis=1), -1)


def _by_prevalence(doc_topic_distr: np.ndarray, doc_lengths: np.ndarray) -> np.ndarray:
    """Order topics by falling number of documents, then by falling number of words."""
    n_topics = doc_topic_distr.shape[1]
    best = best_topics(doc_topic_distr)
    n_documents = np.bincount(best[best >= 0], minlength=n_topics)
    n_words = doc_lengths @ np.nan_to_num(doc_topic_distr)
    return np.lexsort((np.arange(n_topics), -n_words, -n_documents))
