"""A trained model ready to infer topics, loaded from its folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from text_explorer.errors import DataError
from text_explorer.topics.storage.manifest import being_written

if TYPE_CHECKING:
    from text_explorer.topics.storage.stored_model import StoredTopics


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to weigh topics.

    Attributes
    ----------
    topics
        The model, and how texts become its terms.
    topic_term_distr
        float32 array of shape (n_topics, n_terms): p(term | topic).
    topic_weights
        float64 array of shape (n_topics,): p(topic), its share of the words of the corpus; sums to one.
    language_column
        Column that names the language of each document, None where there is none.
    """

    topics: StoredTopics
    topic_term_distr: np.ndarray
    topic_weights: np.ndarray
    language_column: str | None


def load_model(read_file: Callable[[str], bytes | None], manifest: dict[str, Any]) -> LoadedModel:
    """Load a model.

    Parameters
    ----------
    read_file
        Gives the content of a path of the model folder.
    manifest
        The folder's manifest.

    Raises
    ------
    DataError
        Where the folder has no complete model.
    """
    # Imported late: the libraries of the topic models take seconds and 140 MB, and a webapp must answer at once.
    from text_explorer.topics.storage.stored_model import read_stored_topics  # noqa: PLC0415

    topics = read_stored_topics(read_file)
    if manifest.get("model_id") not in (None, topics.model_id):
        raise DataError(being_written("it was rewritten while it was read"))
    settings = manifest.get("settings")
    column = settings.get("language_column") if isinstance(settings, dict) else None
    distr = topics.model.topic_term_distr.astype(np.float32)
    return LoadedModel(topics, distr, _topic_weights(topics), column if isinstance(column, str) and column else None)


def _topic_weights(topics: StoredTopics) -> np.ndarray:
    """Return p(topic): the share of the words that are counted in each topic."""
    arrays = topics.model.arrays()
    counts = arrays.get("topic_term_counts", arrays.get("topic_term_pseudocounts"))
    sums = np.ones(topics.n_topics) if counts is None else counts.sum(axis=1, dtype=np.float64)
    return sums / sums.sum() if sums.sum() > 0 else np.full(topics.n_topics, 1 / topics.n_topics)
