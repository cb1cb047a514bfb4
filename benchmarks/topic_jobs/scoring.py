"""The topics of new documents, found by models and their peers."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models.gibbs_lda import fit_gibbs_lda
from text_explorer.topics.models.gsdmm import fit_gsdmm
from text_explorer.topics.models.variational_lda import VariationalLdaModel
from topic_jobs.corpora import documents_of, head, load
from topic_jobs.lda import gensim_bags, gensim_model, tomotopy_model
from topic_jobs.measuring import stopwatch


class ScoringWay(NamedTuple):
    """One way to find the topics of new documents.

    Attributes
    ----------
    seconds
        Trains on documents, scores others and returns the CPU seconds of scoring.
    for_all
        Whether it is fast enough for all documents.
    of_one_topic
        Whether it takes documents to be of one topic each, and so gets such.
    """

    seconds: Callable[[Corpus, Corpus, int], float]
    for_all: bool = True
    of_one_topic: bool = False


def _seconds_of_transform(model: Any, documents: Corpus) -> float:
    model.transform(head(documents, 100), n_workers=1)
    with stopwatch() as watch:
        model.transform(documents, n_workers=1)
    return watch.cpu


def _score_by_gibbs(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(fit_gibbs_lda(training, n_topics, n_iterations=50, seed=0, n_workers=1), documents)


def _score_by_gsdmm(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(fit_gsdmm(training, n_topics, seed=0), documents)


def _score_copy_of_gensim(training: Corpus, documents: Corpus, n_topics: int) -> float:
    return _seconds_of_transform(_our_copy(gensim_model(training, n_topics, 1, 0)[0]), documents)


def _our_copy(model: Any) -> VariationalLdaModel:
    return VariationalLdaModel(model.state.get_lambda().astype(np.float64), model.alpha.astype(np.float64))


def _score_by_gensim(training: Corpus, documents: Corpus, n_topics: int) -> float:
    model, _ = gensim_model(training, n_topics, 1, 0)
    given = gensim_bags(documents)
    with stopwatch() as watch:
        model.inference(given)
    return watch.cpu


def _score_by_tomotopy(training: Corpus, documents: Corpus, n_topics: int) -> float:
    model = tomotopy_model(training, n_topics, 0)
    model.train(50, workers=1)
    given = [model.make_doc(document) for document in documents_of(documents)]
    with stopwatch() as watch:
        model.infer(given, workers=1)
    return watch.cpu


GENSIM_SCORING = "gensim's model, its own `inference`"
SCORING_WAYS = {
    "Gibbs LDA": ScoringWay(_score_by_gibbs),
    "GSDMM": ScoringWay(_score_by_gsdmm, of_one_topic=True),
    "gensim's model, our scoring": ScoringWay(_score_copy_of_gensim),
    GENSIM_SCORING: ScoringWay(_score_by_gensim, for_all=False),
    "tomotopy `infer`": ScoringWay(_score_by_tomotopy, for_all=False),
}


def score(training_path: str, path: str, way: str, n_topics: int, n_docs: int) -> float:
    """Train on some documents, and return the number of others scored per second."""
    training, documents = load(training_path)[0], load(path)[0]
    return n_docs / SCORING_WAYS[way].seconds(training, head(documents, n_docs), n_topics)


class _FirstGuessOfOnes:
    """Replaces gensim's random numbers, so that it starts like our scoring."""

    def gamma(self, _shape: float, _scale: float, size: tuple[int, int]) -> np.ndarray:
        """Return ones."""
        return np.ones(size)


def compare_scoring(training_path: str, path: str, n_topics: int) -> float:
    """Return the largest difference between gensim's topic proportions and ours, for 1,000 documents in float64."""
    training, documents = load(training_path)[0], head(load(path)[0], 1_000)
    model, _ = gensim_model(training, n_topics, 1, 0, dtype=np.float64)
    model.random_state = _FirstGuessOfOnes()
    gammas, _ = model.inference(gensim_bags(documents))
    theirs = gammas / gammas.sum(axis=1, keepdims=True)
    return float(np.abs(_our_copy(model).transform(documents, n_workers=1) - theirs).max())
