"""What became of the topics of a previous model: the rows of the dataset ``topic_changes``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.columns import names_of
from text_explorer.topics.columns import DOCUMENT_SHARE, LABEL, N_DOCUMENTS, TOP_TERMS, TOPIC_ID
from text_explorer.topics.describing.description import TopicDescription
from text_explorer.topics.describing.terms import TERMS_OF_TOPIC, class_tf_idf, top_terms
from text_explorer.topics.prevalence.intervals import difference_interval
from text_explorer.topics.previous.columns import (
    CHANGE,
    GONE,
    GROWN,
    KEPT,
    LABEL_BEFORE,
    MERGED,
    N_DOCUMENTS_BEFORE,
    NEW,
    RELATED,
    SHARE_BEFORE,
    SHRUNK,
    SIMILARITY,
    SPLIT,
    TERMS_BEFORE,
    TOPIC_CHANGES,
)
from text_explorer.topics.previous.edited_topics import PreviousTopics
from text_explorer.topics.previous.matching import distributions
from text_explorer.topics.previous.start import PreviousStart


def changes_table(
    description: TopicDescription, start: Optional[PreviousStart], topic_term_counts: np.ndarray
) -> pd.DataFrame:
    """Build the rows of the dataset: each topic of both models by rising id; without a previous model all are new.

    `topic_term_counts` are those of the new model, see `TopicModel`.
    """
    topics = range(len(description.labels))
    if start is None:
        rows = [_Change(NEW) for _ in topics]
    else:
        comparison = _Comparison(start, description, topic_term_counts)
        rows = [comparison.change_of(topic) for topic in topics]
    tally, vocabulary = description.tally, description.corpus.vocabulary
    best = [[vocabulary.terms[term] for term in terms] for terms in description.scores.best.tolist()]
    n_before = sum(row.n_documents or 0 for row in rows if row.change not in (SPLIT, MERGED))
    values = {
        TOPIC_ID: list(topics),
        CHANGE: [row.change for row in rows],
        LABEL: description.labels,
        LABEL_BEFORE: [row.label for row in rows],
        N_DOCUMENTS_BEFORE: pd.array([row.n_documents for row in rows], dtype="Int64"),
        N_DOCUMENTS: tally.n_documents,
        SHARE_BEFORE: [
            np.nan if row.n_documents is None or not n_before else row.n_documents / n_before for row in rows
        ],
        DOCUMENT_SHARE: tally.document_share,
        SIMILARITY: [np.nan if row.similarity is None else round(row.similarity, 6) for row in rows],
        RELATED: [json.dumps(row.related) for row in rows],
        TERMS_BEFORE: [None if row.terms is None else json.dumps(row.terms, ensure_ascii=False) for row in rows],
        TOP_TERMS: [
            json.dumps(terms, ensure_ascii=False) if used else None for terms, used in zip(best, description.in_use)
        ],
    }
    return pd.DataFrame({name: values[name] for name in names_of(TOPIC_CHANGES)})


@dataclass(frozen=True)
class _Change:
    """What became of a topic, and how it was in the previous model."""

    change: str
    label: Optional[str] = None
    n_documents: Optional[int] = None
    similarity: Optional[float] = None
    related: Sequence[int] = ()
    terms: Optional[list[str]] = None


class _Comparison:
    """The topics of a model and those of the previous one."""

    def __init__(self, start: PreviousStart, now: TopicDescription, topic_term_counts: np.ndarray):
        self._previous = start.previous
        self._now = now
        self._index = {topic: index for index, topic in enumerate(start.previous.ids.tolist())}
        # retired topics are like none
        self._similarity = np.where(now.in_use[:, None], start.similarity(topic_term_counts), -1)
        self._terms = _top_terms(start.previous)

    def change_of(self, topic: int) -> _Change:
        if topic >= self._previous.n_ids:
            nearest = int(self._similarity[topic].argmax())
            similarity = float(self._similarity[topic, nearest])
            return _Change(NEW, similarity=similarity, related=[int(self._previous.ids[nearest])])
        label, index = self._previous.edits.labels[topic], self._index.get(topic)
        if index is None:
            return self._former(topic, label)
        n_documents, terms = int(self._previous.n_documents[index]), self._terms[index]
        if not self._now.in_use[topic]:
            nearest = int(self._similarity[:, index].argmax())
            return _Change(GONE, label, n_documents, float(self._similarity[nearest, index]), [nearest], terms)
        related = [other for other, targets in self._previous.successors.items() if topic in targets]
        similarity = float(self._similarity[topic, index])
        return _Change(self._kept_or_changed(topic, n_documents), label, n_documents, similarity, related, terms)

    def _former(self, topic: int, label: str) -> _Change:
        """Return the change of an id that was not in use any more when training began."""
        successors, stored = self._previous.successors.get(topic, []), self._previous.stored
        change = GONE if not successors else MERGED if len(successors) == 1 else SPLIT
        is_known = stored.profile is not None and topic < stored.n_topics and bool(successors)
        n_documents = int(stored.profile.topic_documents[topic]) if is_known and stored.profile is not None else None
        return _Change(change, label, n_documents, related=successors)

    def _kept_or_changed(self, topic: int, n_documents: int) -> str:
        before, now = int(self._previous.n_documents.sum()), self._now.tally.n_known
        if not before or not now:
            return KEPT
        share = self._now.tally.document_share[topic]
        low, high = difference_interval(n_documents / before, before, share, now)
        return GROWN if low > 0 else SHRUNK if high < 0 else KEPT


def _top_terms(previous: PreviousTopics) -> list[list[str]]:
    """Return the top terms of the previous topics in use, by the words of the previous model."""
    counts, terms = previous.counts, previous.stored.vocabulary.terms
    total = counts.sum(axis=0)
    share = np.maximum(total, np.finfo(float).tiny) / total.sum()
    best = top_terms(class_tf_idf(distributions(counts), share), TERMS_OF_TOPIC)
    return [[terms[term] for term in row] for row in best.tolist()]
