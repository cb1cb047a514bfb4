"""Measure how a chain of models, each going on from the one before, keeps its topics, beside models trained afresh."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from text_explorer.corpus.document_term_matrix import Corpus, build_corpus
from text_explorer.corpus.language.document_languages import DocumentText
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.edits.edit_log import no_edits
from text_explorer.topics.models.training import EngineSettings, TrainedTopics, best_topics, train
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.previous.start import start_from
from text_explorer.topics.storage.stored_model import StoredTopics
from text_explorer.topics.storage.training_profile import ProfileCounter

LAST_YEARS = (1900, *range(1910, 2020, 10), 2030)
"""The first model reads the paragraphs up to the first year, each update adds those up to the next."""


def update_in_steps(
    path: str, engine: str, n_topics: int, weight: float, seed: int, n_first: int | None = None
) -> dict[str, Any]:
    """Train on paragraphs of speeches, update the model decade by decade, and compare it with fresh models.

    The number of topics rises in equal steps from `n_first`, by default all.
    """
    with Path(path).open(encoding="utf-8", newline="") as stream:
        rows = [(int(row["year"]), row["text"]) for row in csv.DictReader(stream)]
    numbers = np.rint(np.linspace(n_first or n_topics, n_topics, len(LAST_YEARS))).astype(int).tolist()
    stays, n_new, n_gone, previous, topics = [], [], [], None, np.empty(0, dtype=np.int64)
    for last_year, n_now in zip(LAST_YEARS, numbers):
        texts = [DocumentText(text, "en") for year, text in rows if year <= last_year]
        corpus = build_corpus(texts, Preparation())[0]
        trained = _trained(corpus, EngineSettings(engine, n_now, seed=seed), previous, weight)
        before, topics = topics, best_topics(trained.model.transform(corpus))
        if previous is not None:
            known = before >= 0
            stays.append(float(np.mean(before[known] == topics[: len(before)][known])))
            n_new.append(len(trained.model.in_use) - previous.n_ids)
            n_gone.append(int(np.count_nonzero(~trained.model.in_use[previous.ids])))
        previous = _stored(trained, corpus)
    fresh, other = (
        best_topics(_trained(corpus, EngineSettings(engine, n_topics, seed=own), None, 0).model.transform(corpus))
        for own in (seed, seed + 1)
    )
    return {
        "stays": stays, "n_new": n_new, "n_gone": n_gone, "n_in_use": int(np.count_nonzero(trained.model.in_use)),
        "n_fresh": len(np.unique(fresh)), "chain": agreement(topics, fresh), "fresh": agreement(other, fresh),
    }  # fmt: skip


def _trained(corpus: Corpus, settings: EngineSettings, previous: PreviousTopics | None, weight: float) -> TrainedTopics:
    if previous is None:
        return train(corpus, settings)
    start = start_from(previous, corpus, settings.n_topics, weight=weight, seed=settings.seed)
    settings = EngineSettings(settings.engine, start.n_topics, seed=settings.seed)
    given = {"seed_counts": start.seed_counts, "first_topics": start.first_topics, "numbering": start.number}
    return train(corpus, settings, **given)


def _stored(trained: TrainedTopics, corpus: Corpus) -> PreviousTopics:
    labels = tuple(f"Topic {topic}" for topic in range(len(trained.model.in_use)))
    counter = ProfileCounter(len(labels))
    counter.add(trained.model.transform(corpus), 0, 0)
    stored = StoredTopics(trained.model, corpus.vocabulary, "", labels, Preparation(), "en", False, counter.profile())
    return PreviousTopics(stored, no_edits(labels))


def agreement(first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """Return the share of documents in matched topics, matched one to one at best, and the NMI of two clusterings."""
    known = (first >= 0) & (second >= 0)
    joint = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(joint, (first[known], second[known]), 1)
    joint /= joint.sum()
    rows, columns = linear_sum_assignment(joint, maximize=True)
    of_first, of_second = joint.sum(axis=1), joint.sum(axis=0)
    filled = joint > 0
    information = (joint[filled] * np.log(joint[filled] / np.outer(of_first, of_second)[filled])).sum()
    entropies = [-(share[share > 0] * np.log(share[share > 0])).sum() for share in (of_first, of_second)]
    return {"matched": float(joint[rows, columns].sum()), "nmi": float(2 * information / sum(entropies))}
