"""What the recipe says of documents and topics: rows of ``document_topics`` and of ``topics``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.topics import columns
from text_explorer.topics.distribution_json import SHARE_DIGITS, distributions_json
from text_explorer.topics.engines import TrainedTopics, best_topics
from text_explorer.topics.example_documents import ExampleDocuments
from text_explorer.topics.terms import TERMS_OF_TOPIC, TermScores, score_terms, top_terms


def topic_words(trained: TrainedTopics) -> np.ndarray:
    """Count the words of the corpus that belong to each topic, float64 array of shape (n_topics,)."""
    return trained.corpus.doc_lengths @ np.nan_to_num(trained.doc_topic_distr)


def term_scores(trained: TrainedTopics) -> TermScores:
    """Score the terms of a trained model's topics."""
    return score_terms(trained.model.topic_term_distr, topic_words(trained), trained.corpus)


def document_columns(texts: Sequence[Optional[str]], doc_topic_distr: np.ndarray, labels: list[str]) -> pd.DataFrame:
    """Make the topic columns of some rows.

    Parameters
    ----------
    texts
        Texts of the rows, None where empty.
    doc_topic_distr
        float64 array of shape (n_rows, n_topics).
    labels
        Labels of the topics.
    """
    best = best_topics(doc_topic_distr)
    known = best >= 0
    probability = np.where(
        known, np.take_along_axis(doc_topic_distr, np.maximum(best, 0)[:, None], axis=1)[:, 0], np.nan
    )
    missing_text = np.array([text is None for text in texts], dtype=bool)
    status = np.where(missing_text, columns.STATUS_EMPTY, columns.STATUS_UNKNOWN)
    return pd.DataFrame({
        columns.TOPIC_ID: pd.array(np.where(known, best, 0), dtype="Int64").copy(),
        columns.TOPIC_LABEL: pd.Series([labels[i] if i >= 0 else None for i in best], dtype=object),
        columns.TOPIC_PROBABILITY: np.round(probability, SHARE_DIGITS),
        columns.TOPIC_DISTRIBUTION: pd.Series(distributions_json(doc_topic_distr), dtype=object),
        columns.TOPIC_STATUS: np.where(known, columns.STATUS_OK, status).astype(object),
    }).assign(**{columns.TOPIC_ID: lambda table: table[columns.TOPIC_ID].where(known)})  # fmt: skip


def topics_table(
    trained: TrainedTopics, scores: TermScores, labels: list[str], examples: ExampleDocuments
) -> pd.DataFrame:
    """Make the rows of the ``topics`` dataset."""
    best = best_topics(trained.doc_topic_distr)
    n_topics = len(labels)
    n_documents = np.bincount(best[best >= 0], minlength=n_topics)
    words = topic_words(trained)
    terms = trained.corpus.vocabulary.terms

    def names(ids: np.ndarray) -> list[str]:
        return [json.dumps([terms[i] for i in row], ensure_ascii=False) for row in ids]

    return pd.DataFrame({
        columns.TOPIC_ID: np.arange(n_topics),
        columns.LABEL: labels,
        columns.N_DOCUMENTS: n_documents,
        columns.DOCUMENT_SHARE: n_documents / n_documents.sum(),
        columns.TOKEN_SHARE: words / words.sum(),
        columns.EXCLUSIVITY: scores.exclusivity(),
        columns.TOP_TERMS: names(top_terms(scores.probability, TERMS_OF_TOPIC)),
        columns.DISTINCTIVE_TERMS: names(top_terms(scores.relevance(), TERMS_OF_TOPIC)),
        columns.REPRESENTATIVE_DOCUMENTS: [examples.representative_json(topic_id) for topic_id in range(n_topics)],
    })  # fmt: skip
