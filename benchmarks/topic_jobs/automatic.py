"""Decide between GSDMM and LDA as the method *Automatic* does."""

from __future__ import annotations

from text_explorer.topics.model_selection.engine_choice import choose_engine
from text_explorer.topics.models.training import EngineSettings
from topic_jobs.corpora import read_texts


def decide(folder: str, name: str, n_topics: int, seeds: list[int]) -> list[tuple[str, str]]:
    """Return the engine for a labelled set, and the reason, with each seed."""
    corpus = read_texts(folder, name).corpus
    return [choose_engine(corpus, EngineSettings(n_topics=n_topics, seed=seed)) for seed in seeds]
