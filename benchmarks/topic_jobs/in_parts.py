"""What training in parts does to topics, and how evenly threads share the parts."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Any
from unittest.mock import patch

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.models import gibbs_lda, gsdmm
from text_explorer.topics.models.parts import runners
from text_explorer.topics.models.parts.lda_engine import LdaEngine
from text_explorer.topics.models.parts.part import split
from text_explorer.topics.models.parts.runners import Serial
from text_explorer.topics.quality import predictive_likelihood
from topic_jobs.corpora import load, read_texts
from topic_jobs.lda import TRAINED_SHARE, held_out_perplexity
from topic_jobs.measuring import nmi, stopwatch


def train_in_parts(
    folder: str, name: str, engine: str, n_topics: int, n_parts: int, seeds: list[int], sweeps_between_sums: int = 1
) -> list[dict[str, float]]:
    """Train on a labelled set in a given number of parts, once for each seed, and judge the topics.

    `sweeps_between_sums` is of LDA; see `fit_gibbs_lda`.
    """
    texts = read_texts(folder, name)
    judge = {"lda_gibbs": partial(_lda, sweeps_between_sums=sweeps_between_sums), "gsdmm": _gsdmm}[engine]
    with patch.object(runners, "number_of_parts", lambda _: n_parts):
        return [judge(texts, n_topics, seed) for seed in seeds]


def _lda(texts: Any, n_topics: int, seed: int, sweeps_between_sums: int) -> dict[str, float]:
    n_trained = int(TRAINED_SHARE * len(texts.documents))
    training, held_out = texts.part(0, n_trained), texts.part(n_trained, len(texts.documents))
    corpus: Corpus = training.corpus
    halves = predictive_likelihood.split_words(held_out.in_terms_of(list(corpus.vocabulary.terms)), 0)
    model = gibbs_lda.fit_gibbs_lda(corpus, n_topics, seed=seed, n_workers=1, sweeps_between_sums=sweeps_between_sums)
    topics = model.transform(corpus, n_workers=1).argmax(axis=1)
    return {"perplexity": held_out_perplexity(model, *halves), "nmi": nmi(training.labels, topics)}


def _gsdmm(texts: Any, n_topics: int, seed: int) -> dict[str, float]:
    model = gsdmm.fit_gsdmm(texts.corpus, n_topics, seed=seed, n_workers=1)
    topics = model.transform(texts.corpus, n_workers=1).argmax(axis=1)
    return {"clusters": float(len(model.topic_docs)), "nmi": nmi(texts.labels, topics)}


def share_of_threads(path: str, n_topics: int, n_parts: int, n_threads: list[int]) -> dict[str, Any]:
    """Time each part of a sweep of LDA on one thread and share the parts out as `Threads` does.

    Returns
    -------
    dict
        ``seconds``: CPU seconds of the sweep; ``sum``: of adding the statistics of a part; ``speed-up``: of each
        number of threads, by the thread with the most work, without the sums.
    """
    corpus = load(path)[0]
    engine = LdaEngine()
    runner = Serial(split(corpus, n_parts))
    shared = engine.unstarted(n_topics, corpus.n_terms, None)
    shared = engine.update(shared, runner.apply(engine.start, shared, 0))
    engine.sweep(runner.parts[0], shared, 0)  # compiles
    seconds, total = [], None
    for part in sorted(runner.parts, key=lambda part: -part.n_words):
        with stopwatch() as watch:
            _, statistics = engine.sweep(part, shared, 0)
        seconds.append(watch.cpu)
        total = total or statistics.zero()
        with stopwatch() as sums:
            total += statistics
    ups = {str(n): sum(seconds) / _longest(seconds, n) for n in n_threads}
    return {"seconds": sum(seconds), "sum": sums.cpu, "speed-up": ups}


def _longest(seconds: list[float], n_threads: int) -> float:
    """Return when the last of some threads is done, where each takes the next piece of work when it is free."""
    waiting, free_at = deque(seconds), [0.0] * n_threads
    while waiting:
        thread = free_at.index(min(free_at))
        free_at[thread] += waiting.popleft()
    return max(free_at)
