"""Rank documents by how near they are to what was typed: by its embedding, or else by what its words lead to.

Without an embedding of the typed text, the documents that hold its words stand for it: the mean of their vectors is
looked for (Rocchio 1971, pseudo relevance feedback). Without vectors, documents are ranked by topics: the mean of
p(topic | word) of the typed words is compared with the proportions of each document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.alike import BY_MEANING, BY_TOPICS
from text_explorer.explorer.documents.listing import Ranking
from text_explorer.explorer.documents.selection import Selection, rows_or_all, selected_rows
from text_explorer.explorer.documents.similar import final_shares, holding, rare_terms, topic_similarities
from text_explorer.explorer.index.reader import ROW, IndexReader, read_report
from text_explorer.explorer.shared.search_syntax import fold, segmented
from text_explorer.explorer.terms.topic_word_matrix import TopicWordMatrix

MOST_RANKED = 1_000
"""Documents that are ranked: further down, similarities tell little."""
COMPARED = 2_000
"""Documents whose proportions are compared in detail: those with the largest share in the topics of the words."""
FEEDBACK = 20
"""Documents with the words whose mean vector is looked for."""
BY_MATCHES = "matches"
NO_KNOWN_WORD = (
    "None of these words is in the vocabulary of the topics, so nothing is known about their meaning. Search for other "
    "words."
)
_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True)
class TypedText:
    """A text to rank documents by."""

    text: str
    embedding: Optional[np.ndarray] = None  # of shape (d,), by the model of the documents' embeddings
    why_no_embedding: Optional[str] = None  # a sentence


def rank_by_meaning(index: IndexReader, selection: Selection, typed: TypedText) -> Ranking:
    """Rank the documents that meet all filters; see the module.

    Returns
    -------
    Ranking
        At most `MOST_RANKED` documents. ``facts`` has ``by`` (`BY_MEANING`, `BY_MATCHES` or `BY_TOPICS`), ``why``
        not by the embedding (a sentence or None), the ``words`` that are known, ``n_matches`` and ``n_ranked_of``.
    """
    facts: dict[str, Any] = {"by": BY_MEANING, "why": typed.why_no_embedding, "words": [], "n_matches": 0}
    rows = selected_rows(index, selection)
    facts["n_ranked_of"] = index.documents.n_rows if rows is None else len(rows)
    query, more = _query(index, typed)
    if query is not None and index.vectors is not None:
        found, similarities = index.vectors.nearest(query, rows, MOST_RANKED)
        return Ranking(found.astype(ROW), similarities, {**facts, **more})
    found, similarities, words = _by_topics(index, selection, typed.text)
    why = typed.why_no_embedding if words else NO_KNOWN_WORD
    return Ranking(found, similarities, {**facts, "by": BY_TOPICS, "words": words, "why": why})


def _query(index: IndexReader, typed: TypedText) -> tuple[Optional[np.ndarray], dict[str, Any]]:
    """Return the vector to look for and what it rests on, None where there is none."""
    vectors = index.vectors
    if vectors is None:
        return None, {}
    if typed.embedding is not None and len(typed.embedding) == vectors.n_numbers:
        return vectors.of_embedding(typed.embedding), {"by": BY_MEANING}
    weights = rare_terms(index, typed.text)
    matches = holding(index, weights)
    matches = matches[vectors.given[matches]][:FEEDBACK]
    if not len(matches):
        return None, {}
    return vectors.mean_of(matches), {"by": BY_MATCHES, "words": list(weights), "n_matches": len(matches)}


def _by_topics(index: IndexReader, selection: Selection, text: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    words = sorted({fold(word) for word in _WORD.findall(segmented(text))})
    term_ids = {word: term_id for word in words if (term_id := _term_id(index, word)) is not None}
    trained = _mean_topics(index, list(term_ids.values()))
    nothing = np.empty(0, dtype=ROW), np.empty(0, dtype=np.float32)
    if trained is None:
        return *nothing, []
    finals = np.square(final_shares(index, trained))
    whole = np.array([index.edits.whole_of(topic) for topic in range(index.edits.n_topics)], dtype=np.int64)
    share_of = np.where(whole < len(finals), finals[np.minimum(whole, len(finals) - 1)], 0.0)
    rows = rows_or_all(index, selection)
    rows = rows[index.documents.topic[rows] >= 0]
    scores = share_of[index.documents.topic[rows]] * np.nan_to_num(index.documents.probability[rows])
    best = rows[np.argsort(-scores, kind="stable")[:COMPARED]]
    known = topic_similarities(index, final_shares(index, trained), best)
    found = np.array([row for row in best.tolist() if known.get(row) is not None], dtype=ROW)
    similarities = np.round(np.array([known[row] for row in found.tolist()], dtype=np.float64), 5)
    order = np.lexsort((found, -similarities))[:MOST_RANKED]
    return found[order], similarities[order].astype(np.float32), list(term_ids)


def _term_id(index: IndexReader, word: str) -> Optional[int]:
    """Return the most frequent term of the vocabulary that a word is, or is a form of."""
    statement = (
        "SELECT term_id FROM vocabulary WHERE folded = :word "
        "OR term IN (SELECT term FROM term_forms WHERE form = :word) "
        "ORDER BY folded = :word DESC, count DESC, term LIMIT 1"
    )
    found = index.connection.execute(statement, {"word": word}).fetchone()
    return None if found is None else int(found["term_id"])


def _mean_topics(index: IndexReader, term_ids: list[int]) -> Optional[np.ndarray]:
    """Return the mean of p(topic | term) of some terms, by id of the trained topics; None where it is not known."""
    facts = read_report(index.connection, "vocabulary")
    ids, weights = np.array(facts["topic_ids"], dtype=np.int64), np.array(facts["topic_weights"])
    if not term_ids or not len(ids):
        return None
    joint = TopicWordMatrix(index).probabilities(term_ids)[:, : len(ids)] * weights
    sums = joint.sum(axis=1)
    if not sums.any():
        return None
    shares = np.zeros(int(ids.max()) + 1)
    shares[ids] = (joint[sums > 0] / sums[sums > 0, None]).mean(axis=0)
    return shares
