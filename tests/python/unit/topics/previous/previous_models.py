"""Previous models of three terms, made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Optional

import numpy as np

from text_explorer.corpus.vocabulary import Vocabulary
from text_explorer.corpus.words.preparation import Preparation
from text_explorer.topics.edits.edit_files import parse_entry
from text_explorer.topics.edits.edit_log import edit_history, resolve_edits
from text_explorer.topics.models.gibbs_lda import GibbsLdaModel
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.storage.stored_model import StoredTopics
from text_explorer.topics.storage.training_profile import TopicProfile

TERMS = ARMY, NAVY, BREAD = "army", "navy", "bread"
STAMP = {"author": "ann", "time": "2026-01-31T12:00:00.000000Z"}


def previous_topics(
    counts: Sequence[Sequence[float]],
    *edits: dict[str, Any],
    documents: Optional[Sequence[int]] = None,
    retired: Sequence[int] = (),
    terms: Sequence[str] = TERMS,
    parents: Sequence[int] = (),
    super_labels: Sequence[str] = (),
) -> PreviousTopics:
    """Build a previous model from the occurrences of terms in topics, and edits of it."""
    n_topics = len(counts)
    alpha = np.where(np.isin(np.arange(n_topics), retired), 0.0, 0.1)
    model = GibbsLdaModel(np.array(counts, dtype=np.float64), alpha, 0.01)
    n_documents = np.array(documents or [10] * n_topics)
    profile = TopicProfile(int(n_documents.sum()), n_documents, np.full(n_topics, 0.1), 100, 0)
    term_counts = np.maximum(np.array(counts, dtype=np.int64).sum(axis=0), 1)
    vocabulary = Vocabulary(tuple(terms), np.ones(len(terms), dtype=np.int64), term_counts)
    labels = tuple(f"topic {topic}" for topic in range(n_topics))
    stored = StoredTopics(model, vocabulary, "a" * 32, labels, Preparation(), "en", False, profile)
    stored = replace(stored, parents=tuple(parents), super_labels=tuple(super_labels))
    parsed = [parse_entry({**edit, **STAMP}) for edit in edits]
    return PreviousTopics(
        stored, resolve_edits(parsed, labels, parents, super_labels), edit_history(parsed, n_topics, len(super_labels))
    )


def split_of(terms: Sequence[str], *parts: tuple[int, Sequence[float], float]) -> dict[str, Any]:
    """Build the JSON of a split from the id, the probabilities and the share of each sub-topic."""
    described = [
        {"topic_id": topic, "label": f"part {topic}", "share": share, "probabilities": list(probabilities)}
        for topic, probabilities, share in parts
    ]
    return {"terms": list(terms), "parts": described}
