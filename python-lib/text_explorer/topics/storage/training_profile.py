"""How topics and unknown words are spread over some documents: kept at training, and compared with at every later run.

All sums are of whole numbers, so that neither the order of the documents nor how they are cut into chunks shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from text_explorer.topics.files.checked_json import Fields, fault_of
from text_explorer.topics.models.training import best_topics
from text_explorer.topics.storage.manifest import MANIFEST

_SHARE_UNITS = 2**40
"""Shares are added up as multiples of its inverse: far finer than what is written, and 8 million documents of a chunk
fit into 64 bits."""


@dataclass(frozen=True)
class TopicProfile:
    """The model's own topics in some documents, before any edit or threshold."""

    n_rows: int  # documents, those without a topic included
    topic_documents: np.ndarray  # int64 of shape (n_topics,): documents whose largest share is the topic
    # float64 of shape (n_topics,): mean share over the documents that have topics; NaN where none has
    mean_shares: np.ndarray
    n_words: int  # words that could be terms
    n_unknown_words: int  # those of them that are not in the vocabulary

    @property
    def n_documents(self) -> int:
        """Number of documents that have a topic."""
        return int(self.topic_documents.sum())

    @property
    def document_shares(self) -> np.ndarray:
        """float64 array of shape (n_topics,): share of the documents that have a topic; NaN where none has."""
        n_documents = self.n_documents
        return self.topic_documents / n_documents if n_documents else np.full(len(self.topic_documents), np.nan)

    @property
    def no_topic_share(self) -> float:
        """Share of the rows that have no topic; NaN where there is no row."""
        return (self.n_rows - self.n_documents) / self.n_rows if self.n_rows else float("nan")

    @property
    def unknown_word_share(self) -> float:
        """Share of the words that are not in the vocabulary; NaN where there is no word."""
        return self.n_unknown_words / self.n_words if self.n_words else float("nan")

    def as_dict(self) -> dict[str, Any]:
        """Return all by name, ready for JSON."""
        known = self.n_documents > 0
        return {
            "n_rows": self.n_rows,
            "topic_documents": self.topic_documents.tolist(),
            "topic_mean_shares": [round(share, 9) for share in self.mean_shares.tolist()] if known else None,
            "n_words": self.n_words,
            "n_unknown_words": self.n_unknown_words,
        }


class ProfileCounter:
    """Counts a profile batch by batch."""

    def __init__(self, n_topics: int):
        self._n_rows = self._n_words = self._n_unknown_words = 0
        self._topic_documents = np.zeros(n_topics, dtype=np.int64)
        self._share_units = [0] * n_topics

    def add(self, doc_topic_distr: np.ndarray, n_words: int, n_unknown_words: int) -> None:
        """Count documents, their words that could be terms, and those of them that are not in the vocabulary."""
        best = best_topics(doc_topic_distr)
        self._topic_documents += np.bincount(best[best >= 0], minlength=len(self._topic_documents))
        units = np.rint(doc_topic_distr[best >= 0] * _SHARE_UNITS).astype(np.int64).sum(axis=0)
        self._share_units = [total + more for total, more in zip(self._share_units, units.tolist())]
        self._n_rows += len(doc_topic_distr)
        self._n_words += int(n_words)
        self._n_unknown_words += int(n_unknown_words)

    def merge(self, other: ProfileCounter) -> None:
        """Add what another counter has counted."""
        self._topic_documents += other._topic_documents
        self._share_units = [total + more for total, more in zip(self._share_units, other._share_units)]
        self._n_rows += other._n_rows
        self._n_words += other._n_words
        self._n_unknown_words += other._n_unknown_words

    def profile(self) -> TopicProfile:
        """Return what was counted."""
        n_documents = int(self._topic_documents.sum())
        mean_shares = np.array([
            total / (n_documents * _SHARE_UNITS) if n_documents else np.nan for total in self._share_units
        ])  # fmt: skip
        counts = self._topic_documents.copy()
        return TopicProfile(self._n_rows, counts, mean_shares, self._n_words, self._n_unknown_words)


def parse_profile(stored: Any, n_topics: int) -> Optional[TopicProfile]:
    """Read the profile of a manifest, None where it holds none; raise ``DataError`` where it is damaged."""
    if stored is None:
        return None
    fault = fault_of(MANIFEST)
    fields = Fields({"training_profile": stored}, fault).object("training_profile")
    topic_documents = fields.wholes("topic_documents", n_topics)
    for name in ("n_rows", "n_words", "n_unknown_words"):
        if fields.whole(name) is None:
            raise fields.refuse(name, "a whole number")
    n_rows, n_words, n_unknown_words = (stored[name] for name in ("n_rows", "n_words", "n_unknown_words"))
    if topic_documents.sum() > n_rows or n_unknown_words > n_words:
        raise fault("the numbers of training_profile contradict one another")
    if fields.values.get("topic_mean_shares") is None:
        return TopicProfile(n_rows, topic_documents, np.full(n_topics, np.nan), n_words, n_unknown_words)
    mean_shares = fields.numbers("topic_mean_shares", n_topics, least=0, most=1)
    return TopicProfile(n_rows, topic_documents, mean_shares, n_words, n_unknown_words)
