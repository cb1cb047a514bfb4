"""Measure how well the first terms of topics describe them, by the way the terms are ranked."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics.describing.terms import (
    TERMS_OF_LABEL,
    TERMS_OF_TOPIC,
    TermScores,
    class_tf_idf,
    score_terms,
    top_terms,
)
from text_explorer.topics.models.training import EngineSettings, best_topics, fit_model
from text_explorer.topics.quality.coherence import topic_coherence
from text_explorer.topics.quality.diagnostics import topic_diversity
from topic_jobs.corpora import read_texts

SHOWN, INTRUSIONS = 5, 20
"""Terms beside an intruder, as in Chang et al. (2009), and intruders tried for each topic."""

FEWEST_DOCUMENTS = 3
"""Smaller topics have a remark; no ranking makes their terms better."""


def rank_terms(folder: str, name: str, engine: str, n_topics: int, seed: int) -> dict[str, dict[str, float]]:
    """Fit a model to a labelled set and measure the first terms of its topics by each ranking."""
    corpus = read_texts(folder, name).corpus
    model = fit_model(corpus, EngineSettings(engine, n_topics, seed=seed, n_workers=1))
    shares = model.transform(corpus)
    best = best_topics(shares)
    sizes = np.bincount(best[best >= 0], minlength=len(model.topic_term_distr))
    kept = np.flatnonzero(sizes >= FEWEST_DOCUMENTS)
    scores = score_terms(model.topic_term_distr, corpus.doc_lengths @ np.nan_to_num(shares), corpus)
    contains = csr_matrix(
        (np.ones(len(corpus.indices)), corpus.indices, corpus.indptr), (corpus.n_docs, corpus.n_terms)
    )
    member = np.zeros((corpus.n_docs, len(kept)))
    member[np.flatnonzero(best >= 0), :] = best[best >= 0][:, None] == kept
    return {
        ranking: _measures(corpus, contains, member, top_terms(values, TERMS_OF_TOPIC)[kept])
        for ranking, values in rankings(scores).items()
    }


def rankings(scores: TermScores) -> dict[str, np.ndarray]:
    """Score all terms in all topics in each way."""
    by_relevance = {f"relevance, λ {weight}": scores.relevance(weight) for weight in (0.8, 0.6, 0.4, 0.2)}
    term_share = scores.probability[0] / scores.lift[0]
    others = {"class-based TF-IDF": class_tf_idf(scores.probability, term_share), "FREX": scores.frex}
    return {"probability": scores.probability, **by_relevance, **others}


def _measures(corpus: Corpus, contains: csr_matrix, member: np.ndarray, best: np.ndarray) -> dict[str, float]:
    coherence = topic_coherence(corpus, best, n_workers=1)
    with_term = np.asarray(contains.sum(axis=0)).ravel()
    in_topic = (contains.T @ member).T  # documents of each topic with each term
    of_label = best[:, :TERMS_OF_LABEL]
    own = np.take_along_axis(in_topic, of_label, axis=1) / with_term[of_label]
    covered = [
        float((contains[:, terms].sum(axis=1).A1 > 0) @ member[:, topic] / member[:, topic].sum())
        for topic, terms in enumerate(of_label)
    ]
    return {
        "cv": coherence.mean_cv(),
        "npmi": coherence.mean_npmi(),
        "diversity": topic_diversity(best),
        "intruders": _intruders_found(contains, best),
        "own": float(own.mean()),
        "covered": float(np.mean(covered)),
    }


def _intruders_found(contains: csr_matrix, best: np.ndarray) -> float:
    """Return the share of intruders that have the least mean NPMI with the topic's first terms (Lau et al. 2014)."""
    used, positions = np.unique(best[:, :SHOWN], return_inverse=True)
    positions = positions.reshape(len(best), SHOWN)
    part = contains[:, used]
    together = (part.T @ part).toarray() / contains.shape[0]
    alone = np.diag(together)
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(together / np.outer(alone, alone)) / -np.log(together)
    npmi[together == 0] = -1
    generator = np.random.default_rng(0)
    right = []
    for own in positions:
        others = np.setdiff1d(positions, own)
        for intruder in generator.choice(others, min(INTRUSIONS, len(others)), replace=False) if len(others) else ():
            shown = np.append(own, intruder)
            pairs = npmi[np.ix_(shown, shown)]
            right.append(int(np.argmin(pairs.sum(axis=1) - np.diag(pairs))) == SHOWN)
    return float(np.mean(right)) if right else float("nan")


def summed_up(runs: list[dict[str, dict[str, float]]]) -> list[tuple[str, dict[str, Any]]]:
    """Return the mean of each measure of each ranking over models."""
    return [
        (ranking, {measure: float(np.mean([run[ranking][measure] for run in runs])) for measure in figures})
        for ranking, figures in runs[0].items()
    ]
