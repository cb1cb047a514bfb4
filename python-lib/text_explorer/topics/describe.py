"""What the recipe says of documents and topics: rows of ``document_topics`` and of ``topics``."""

from __future__ import annotations

import heapq
import json
from collections.abc import Hashable, Sequence
from typing import Optional

import numpy as np
import pandas as pd

from text_explorer.topics import columns
from text_explorer.topics.distribution_json import SHARE_DIGITS, distributions_json
from text_explorer.topics.engines import TrainedTopics, best_topics
from text_explorer.topics.terms import TERMS_OF_TOPIC, TermScores, score_terms, top_terms

N_REPRESENTATIVE = 5
EXCERPT_CHARACTERS = 300


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


class RepresentativeDocuments:
    """The documents with the largest share of each topic, gathered while rows pass by.

    A text met again is not taken again. Ties go to the earlier row.
    """

    def __init__(self, n_topics: int):
        self._heaps: list[list[tuple[float, int, Hashable, str]]] = [[] for _ in range(n_topics)]

    def add(self, row: int, row_key: Hashable, text: Optional[str], shares: np.ndarray) -> None:
        """Look at one document for its own topic."""
        if text is None or np.isnan(shares[0]):
            return
        topic_id = int(shares.argmax())
        heap = self._heaps[topic_id]
        place = (round(float(shares[topic_id]), SHARE_DIGITS), -row)
        if len(heap) == N_REPRESENTATIVE and place <= heap[0][:2]:
            return
        entry = (*place, row_key, excerpt(text))
        if any(entry[3] == held[3] for held in heap):
            return
        (heapq.heappush if len(heap) < N_REPRESENTATIVE else heapq.heapreplace)(heap, entry)

    def json(self, topic_id: int) -> str:
        """Write a topic's documents, largest share first, as JSON."""
        found = sorted(self._heaps[topic_id], key=lambda entry: (-entry[0], -entry[1]))
        documents = [{"row_key": key, "excerpt": text, "probability": share} for share, _, key, text in found]
        return json.dumps(documents, ensure_ascii=False)


def excerpt(text: str) -> str:
    """Shorten a text to a line of at most ``EXCERPT_CHARACTERS`` characters, at a space where there is one."""
    line = " ".join(text[: 4 * EXCERPT_CHARACTERS].split())
    if len(line) <= EXCERPT_CHARACTERS:
        return line
    return line[: EXCERPT_CHARACTERS - 1].rsplit(" ", 1)[0] + "…"


def topics_table(
    trained: TrainedTopics, scores: TermScores, labels: list[str], representative: RepresentativeDocuments
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
        columns.REPRESENTATIVE_DOCUMENTS: [representative.json(topic_id) for topic_id in range(n_topics)],
    })  # fmt: skip
