"""The terms of a topic with all figures; those of merged topics are computed from their members."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.index.schema import FROM_MODEL
from text_explorer.explorer.shared import roles
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix
from text_explorer.topics.describing.terms import RELEVANCE_LAMBDA, TERMS_OF_TOPIC

_TRAINED = """
SELECT term, probability, lift, relevance, frex, saliency, rank, count, document_count FROM terms WHERE topic = ?
ORDER BY probability DESC, term LIMIT ?
"""


def trained_terms(index: IndexReader, topic: int) -> list[dict[str, Any]]:
    """Return the terms of a topic as the dataset of terms lists them, by falling probability."""
    return [dict(row) for row in index.connection.execute(_TRAINED, (topic, roles.MAX_TERMS))]


def merged_terms(index: IndexReader, words: TopicWordMatrix, members: Sequence[int]) -> list[dict[str, Any]]:
    """Return the terms of topics merged into one, or as if they were.

    p(term | merged topic) is the average of the topics' own, weighted by their p(topic); lift and relevance follow from
    it, counts add up. FREX, which needs the ranks of all terms, is not known. Of the terms that the dataset lists for
    one of the ``members``, the trained topics, the most probable ones are returned, by falling probability.
    """
    listed: dict[str, int] = {}
    for topic in members:
        if topic in index.edits.split_from:
            listed |= dict.fromkeys(index.edits.splits[index.edits.split_from[topic]].terms, 0)
        for row in trained_terms(index, topic):
            listed[row["term"]] = listed.get(row["term"], 0) + (row["count"] or 0)
    rows = words.rows_of(list(listed))
    if not rows:
        return []
    places = [words.topic_ids.index(member) for member in members if member in words.topic_ids]
    if not places:
        return []
    # A topic without a word weighs next to nothing, but by itself it counts.
    weights = np.maximum(words.final.weights[places], np.finfo(np.float64).tiny)
    sums = words.probabilities([row["term_id"] for row in rows])[:, places] @ weights
    averages = sums / weights.sum()
    shares = sums / np.array([row["weight"] or np.inf for row in rows])
    terms = [
        {
            "term": row["term"],
            **_scores(average, row["corpus_probability"]),
            "frex": None,
            "saliency": row["saliency"],
            "count": round(share * row["count"]) if words.source == FROM_MODEL else listed[row["term"]],
            "document_count": row["document_count"],
        }
        for row, average, share in zip(rows, averages.tolist(), shares.tolist())
    ]
    by_relevance = sorted(terms, key=lambda term: (-(term["relevance"] or -math.inf), term["term"]))
    for rank, term in enumerate(by_relevance, start=1):
        term["rank"] = rank
    return sorted(terms, key=lambda term: (-term["probability"], term["term"]))[: roles.MAX_TERMS]


def _scores(probability: float, corpus_probability: float | None) -> dict[str, float | None]:
    """Return probability, lift and relevance (Sievert and Shirley 2014, equation 1)."""
    if not probability or not corpus_probability:
        return {"probability": probability, "lift": None, "relevance": None}
    lift = probability / corpus_probability
    relevance = RELEVANCE_LAMBDA * math.log(probability) + (1 - RELEVANCE_LAMBDA) * math.log(lift)
    return {"probability": probability, "lift": lift, "relevance": relevance}


def most_relevant_terms(terms: Sequence[dict[str, Any]]) -> list[str]:
    """Return the ten most relevant terms, best first."""
    known = [(-term["relevance"], term["term"]) for term in terms if term["relevance"] is not None]
    return [term for _, term in sorted(known)[:TERMS_OF_TOPIC]]


def top_terms(terms: Sequence[dict[str, Any]], n_topics: int) -> list[str]:
    """Return the ten terms of the highest class-based TF-IDF among ``n_topics``, as of trained topics.

    They are the most probable ones where the frequency of a term in all documents is not known, see
    `topics.describing.terms.class_tf_idf`.
    """
    is_known = all(term["lift"] for term in terms)

    def score(term: dict[str, Any]) -> float:
        probability = term["probability"]
        weight = math.log1p(term["lift"] / (n_topics * probability)) if is_known and probability else 1.0
        return float(probability * weight)

    return [term["term"] for term in sorted(terms, key=lambda term: (-score(term), term["term"]))[:TERMS_OF_TOPIC]]
