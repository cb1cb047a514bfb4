"""One topic with all that is known of it: terms, documents, related topics, groups, summary."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import Any

import numpy as np

from text_explorer.explorer.documents.listing import facts_of_document
from text_explorer.explorer.index.reader import IndexReader, read_matrix
from text_explorer.explorer.shared import roles
from text_explorer.explorer.shared.errors import NotFoundError
from text_explorer.explorer.shared.spans import shorten
from text_explorer.explorer.topic_answers.abstract import topic_abstract
from text_explorer.explorer.topic_answers.entries import TopicEntries, TopicReview, TopicRow
from text_explorer.explorer.topic_answers.statistics import group_lifts
from text_explorer.explorer.topic_answers.terms import merged_terms, most_relevant_terms, trained_terms

MOST_DOCUMENTS = 10
MOST_RELATED = 6
DIGITS = 4


def topic_detail(index: IndexReader, topic: int, review: TopicReview | None = None) -> dict[str, Any]:
    """Describe one topic: a final one with all that is merged into it, one merged into another by itself.

    Raises `NotFoundError` when there is no such topic.
    """
    entries = TopicEntries(index, review or {})
    if topic not in entries.rows:
        raise NotFoundError(f"There is no topic {topic} in the data.")
    members = entries.members(topic)
    rows = [entries.rows[member] for member in members]
    is_merged = len(members) > 1 or topic in index.edits.split_from
    terms = merged_terms(index, entries.words, members) if is_merged else trained_terms(index, topic)
    listed = json.loads(rows[0]["distinctive_terms"])
    return {
        **entries.entry(topic),
        "distinctive_terms": most_relevant_terms(terms) or listed if is_merged else listed,
        "merged": [{"id": row["topic"], "label": entries.entry(row["topic"])["label"]} for row in rows[1:]],
        "siblings": _siblings(index, topic),
        "terms": terms,
        "representatives": _typical(index, topic) or _documents(index, rows, "representatives"),
        "borderline": _borderline(index, rows),
        "related": _related(entries, members),
        "groups": group_lifts(index, np.array(members)),
        "summary": topic_summary(index, topic),
        "abstract": topic_abstract(index, topic),
    }


def _siblings(index: IndexReader, topic: int) -> list[int]:
    """Return the sub-topics of the split that a sub-topic comes from, itself included."""
    whole = index.edits.split_from.get(topic)
    return [] if whole is None else list(index.edits.splits[whole].ids)


def _typical(index: IndexReader, topic: int) -> list[dict[str, Any]]:
    """Return the documents of a sub-topic with the highest probability of the whole topic."""
    if topic not in index.edits.split_from:
        return []
    rows = np.flatnonzero(index.documents.topic == topic)
    best = rows[np.argsort(-np.nan_to_num(index.documents.probability[rows]), kind="stable")[:MOST_DOCUMENTS]].tolist()
    stored = index.rows(best, f"key, substr(text, 1, {2 * roles.EXCERPT_LENGTH}) AS text")
    return [
        {
            "row": row,
            "key": stored[row]["key"],
            "excerpt": shorten(stored[row]["text"], roles.EXCERPT_LENGTH),
            "probability": facts_of_document(index, row)["probability"],
            "similar": None,
        }
        for row in best
    ]


def _documents(index: IndexReader, rows: Sequence[TopicRow], column: str) -> list[dict[str, Any]]:
    """Return representative or borderline documents, in turn the best of each topic where several are merged."""
    names = ("key", "excerpt", "probability", "similar")
    by_rank = zip_longest(*(json.loads(row[column]) for row in rows))
    kept: dict[str, dict[str, Any]] = {}
    for document in filter(None, chain.from_iterable(by_rank)):
        kept.setdefault(document["key"], document)
    return [
        {"row": index.row_of_key(key), **{name: document[name] for name in names}}
        for key, document in list(kept.items())[:MOST_DOCUMENTS]
    ]


def _borderline(index: IndexReader, rows: Sequence[TopicRow]) -> list[dict[str, Any]]:
    """Return the documents that may also belong to another topic, unless that one is merged with this."""
    own = index.edits.final_of(rows[0]["topic"])
    others: dict[str, dict[str, Any]] = {}
    for document in chain.from_iterable(json.loads(row["borderline"]) for row in rows):
        other = index.edits.final_of(document["other"])
        others.setdefault(document["key"], {"other": other, "other_probability": document["other_probability"]})
    return [
        {**document, **others[document["key"]]}
        for document in _documents(index, rows, "borderline")
        if others[document["key"]]["other"] not in (None, own)
    ]


def _related(entries: TopicEntries, members: Sequence[int]) -> list[dict[str, Any]]:
    """Return the topics correlated with this one, positively or negatively.

    The correlation with merged topics is the average of the topics' own, weighted by their p(topic).
    """
    matrix = read_matrix(entries.index.connection, "correlations")
    words = entries.words
    places = [words.topic_ids.index(member) for member in members if member in words.topic_ids]
    if matrix is None or not places:
        return []
    weights = np.maximum(words.final.weights, np.finfo(np.float64).tiny)
    rows = words.with_sub_topics(matrix)[places]
    known = np.isfinite(rows)
    own = words.final.places[places[0]]
    pairs = np.where(known, rows, 0) * weights[places][:, None]
    totals = known * weights[places][:, None]
    sums, totals = (words.final.summed(part * weights).sum(axis=0) for part in (pairs, totals))
    correlations = np.divide(sums, totals, out=np.zeros(len(sums)), where=totals > 0)
    found = [
        {"topic": topic, "correlation": round(float(correlation), DIGITS)}
        for place, (topic, correlation) in enumerate(zip(words.final.ids, correlations))
        if place != own and totals[place] > 0
    ]
    return sorted(found, key=lambda other: (-abs(other["correlation"]), other["topic"]))[:MOST_RELATED]


def topic_summary(index: IndexReader, topic: int) -> dict[str, Any] | None:
    """Return the summary of a topic with the sentences it is made of, None where there is none."""
    row = index.connection.execute("SELECT * FROM topic_summaries WHERE topic = ?", (topic,)).fetchone()
    if row is None:
        return None
    return {
        **{name: row[name] for name in ("text", "n_documents", "n_sentences")},
        "keyphrases": json.loads(row["keyphrases"]),
        "sources": [_source(index.connection, source) for source in json.loads(row["sources"])],
    }


def _source(connection: sqlite3.Connection, source: dict[str, Any]) -> dict[str, Any]:
    """Cut a sentence of a topic's summary out of the document it comes from, where that was found."""
    if source["row"] is None:
        return {**source, "text": None}
    sentence = connection.execute(
        "SELECT substr(text, ?, ?) FROM documents WHERE row = ?",
        (source["start"] + 1, source["end"] - source["start"], source["row"]),
    ).fetchone()[0]
    return {**source, "text": shorten(sentence, roles.MAX_QUERY * 10)}
