"""A trained model ready to infer topics, loaded from its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from text_explorer.errors import DataError
from text_explorer.explorer.shared.cells import as_object, as_text
from text_explorer.topics.storage.manifest import being_written

if TYPE_CHECKING:
    from text_explorer.topics.storage.stored_model import StoredTopics


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to weigh topics."""

    topics: StoredTopics  # with how texts become its terms
    topic_term_distr: np.ndarray  # float32, shape (n_topics, n_terms): p(term | topic)
    topic_weights: np.ndarray  # float64, shape (n_topics,): p(topic), its share of the words of the corpus; sums to one
    language_column: str | None  # names the language of each document


def load_model(read_file: Callable[[str], bytes | None], manifest: dict[str, Any]) -> LoadedModel:
    """Load a model; raise `DataError` where the folder has no complete one."""
    # Imported late: the libraries of the topic models take seconds and 140 MB, and a webapp must answer at once.
    from text_explorer.topics.storage.stored_model import read_stored_topics  # noqa: PLC0415

    topics = read_stored_topics(read_file)
    if manifest.get("model_id") not in (None, topics.model_id):
        raise DataError(being_written("it was rewritten while it was read"))
    column = as_text(as_object(manifest.get("settings")).get("language_column")) or None
    return LoadedModel(topics, topics.model.topic_term_distr.astype(np.float32), _topic_weights(topics), column)


def _topic_weights(topics: StoredTopics) -> np.ndarray:
    """Return p(topic): the share of the words that are counted in each topic."""
    arrays = topics.model.arrays()
    counts = arrays.get("topic_term_counts", arrays.get("topic_term_pseudocounts"))
    sums = np.ones(topics.n_topics) if counts is None else counts.sum(axis=1, dtype=np.float64)
    return sums / sums.sum() if sums.sum() > 0 else np.full(topics.n_topics, 1 / topics.n_topics)
