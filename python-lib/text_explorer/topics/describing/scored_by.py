"""What the topics of documents rest on: their words, their embeddings, or both."""

from __future__ import annotations

from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.topics import columns
from text_explorer.topics.models.gsdmm import GsdmmModel
from text_explorer.topics.models.meaning.clusters import ClusterMeaning
from text_explorer.topics.models.training import TopicModel


def meaning_of(model: TopicModel) -> Optional[ClusterMeaning]:
    """Return the meaning of a model's topics; None for one that was trained without embeddings."""
    return model.meaning if isinstance(model, GsdmmModel) else None


def with_scored_by(added: pd.DataFrame, documents: Corpus) -> pd.DataFrame:
    """Add the column `MEANING` to the topic columns of documents, and tell in their status of topics without a word."""
    has_word = documents.doc_lengths > 0
    has_vector = np.zeros(documents.n_docs, dtype=bool) if documents.vectors is None else documents.vectors.given
    by = np.select(
        [has_word & has_vector, has_word, has_vector], [columns.BY_BOTH, columns.BY_WORDS, columns.BY_MEANING], ""
    ).astype(object)
    has_topic = added[columns.TOPIC_DISTRIBUTION].notna().to_numpy()
    status = added[columns.TOPIC_STATUS].to_numpy()
    alone = has_topic & (by == columns.BY_MEANING) & (status == columns.STATUS_OK)
    return added.assign(**{
        columns.TOPIC_STATUS: np.where(alone, columns.STATUS_BY_MEANING, status),
        columns.SCORED_BY: pd.Series(by, dtype=object).where(pd.Series(has_topic), None),
    })  # fmt: skip
