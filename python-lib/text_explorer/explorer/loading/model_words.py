"""The words of the topics, as the model folder has them, or else as the dataset of terms lists them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np

from text_explorer.errors import DataError
from text_explorer.explorer.index.document_vectors import write_projection
from text_explorer.explorer.index.schema import FROM_MODEL, FROM_TOPIC_TERMS
from text_explorer.explorer.loading.rows import IndexWriter
from text_explorer.explorer.shared.cells import as_text
from text_explorer.topics.describing.terms import class_tf_idf
from text_explorer.topics.storage.manifest import ARRAYS, being_written

_TOP_TERMS = 10
# Two runs share a topic's top terms by chance now and then; of one run they differ by ties alone.
_LEAST_OVERLAP = 0.5
_LISTED = "terms JOIN topics USING (topic)"
_LISTED_COLUMNS = ("term", "probability", "lift", "count", "document_count", "saliency")


@dataclass(frozen=True)
class TopicWords:
    """What is known of the words of the topics, in the order of ``topic_ids`` and ``terms``."""

    source: str  # `FROM_MODEL` where every word of every topic is known, else `FROM_TOPIC_TERMS`
    topic_ids: list[int]
    topic_weights: np.ndarray  # float64, shape (n_topics,): p(topic)
    terms: tuple[str, ...]
    topic_term_distr: np.ndarray  # shape (n_topics, n_terms): p(term | topic); 0 for what is not listed
    corpus_probability: np.ndarray  # float64, shape (n_terms,): p(term), NaN where not known
    counts: np.ndarray  # int64, shape (n_terms,): occurrences
    document_counts: np.ndarray  # int64, shape (n_terms,)
    saliency: np.ndarray | None = None  # float64, shape (n_terms,); None where it is to be computed


def words_of_model(writer: IndexWriter) -> TopicWords | None:
    """Read the words of the model folder; None where it holds no model of these topics, and a note has the reason."""
    try:
        if ARRAYS not in writer.source.model_paths(ARRAYS):
            return None
        words = _read_model(writer)
    except DataError as fault:
        writer.notes.append(f"Only the words listed in the dataset of terms are shown. {fault}")
        return None
    if _is_of_topics(words, writer.connection):
        return words
    writer.notes.append(
        "Only the words listed in the dataset of terms are shown: the model folder comes from another run of 'Discover "
        "topics' than the dataset of topics. Select the outputs of one run in the settings of this webapp."
    )
    return None


def _read_model(writer: IndexWriter) -> TopicWords:
    from text_explorer.topics.models.gsdmm import meaning_of  # noqa: PLC0415 - loads the engines' libraries, seconds
    from text_explorer.topics.storage.model_folder import read_model  # noqa: PLC0415

    _, model, vocabulary, model_id = read_model(writer.source.model_file)
    if writer.settings.model.get("model_id") not in (None, model_id):
        raise DataError(being_written("it was rewritten while it was read"))
    meaning = meaning_of(model)
    if meaning is not None:
        write_projection(writer.connection, meaning.projection.centre, meaning.projection.directions)
    topic_term_distr = model.topic_term_distr
    topic_ids = list(range(len(topic_term_distr)))
    total = max(int(vocabulary.term_counts.sum()), 1)
    return TopicWords(
        FROM_MODEL,
        topic_ids,
        topic_weights(writer.connection, topic_ids),
        tuple(map(as_text, vocabulary.terms)),
        topic_term_distr,
        vocabulary.term_counts / total,
        vocabulary.term_counts,
        vocabulary.document_counts,
    )


def _is_of_topics(words: TopicWords, connection: sqlite3.Connection) -> bool:
    """Return whether the model has the topics of the dataset, by their ids and top terms."""
    stored = {topic: json.loads(terms)[:_TOP_TERMS] for topic, terms in _columns(connection, "topic, top_terms")}
    if sorted(stored) != words.topic_ids:
        return False
    listed = {topic: terms for topic, terms in stored.items() if terms and words.terms}
    known_share = np.maximum(words.corpus_probability, np.finfo(np.float64).tiny)
    # Before version 0.2.0 top terms were the most probable ones.
    rankings = (words.topic_term_distr, class_tf_idf(words.topic_term_distr, known_share))
    return not listed or max(_overlap(words.terms, scores, listed) for scores in rankings) >= _LEAST_OVERLAP


def _overlap(terms: tuple[str, ...], scores: np.ndarray, listed: dict[int, list[str]]) -> float:
    """Return the mean share of the listed terms of each topic that are among as many best ones."""
    overlaps = []
    for topic, names in listed.items():
        n_best = min(len(names), len(terms))
        best = np.argpartition(-scores[topic], n_best - 1)[:n_best]
        overlaps.append(len({terms[place] for place in best} & set(names)) / len(names))
    return float(np.mean(overlaps))


def topic_weights(connection: sqlite3.Connection, topic_ids: list[int]) -> np.ndarray:
    """Return p(topic): its share of the words, else its share of the documents, else the same for all topics."""
    for column in ("token_share", "n_documents"):
        known = dict(_columns(connection, f"topic, {column}"))
        weights = np.array([known.get(topic) or 0 for topic in topic_ids], dtype=np.float64)
        complete = all(known.get(topic) is not None for topic in topic_ids)
        if complete and weights.min(initial=0) >= 0 and weights.sum() > 0:
            return weights / weights.sum()
    return np.full(len(topic_ids), 1 / max(len(topic_ids), 1))


def listed_words(connection: sqlite3.Connection) -> TopicWords:
    """Return the words the dataset of terms lists.

    p(term) is p(term | topic) / lift; where there is no lift, the sum of p(term | topic) p(topic) over the topics that
    list the term. Counts add up those topics, so they are a lower bound.
    """
    topic_ids = [topic for (topic,) in _columns(connection, "topic")]
    places = {topic: place for place, topic in enumerate(topic_ids)}
    # Row by row, as there may be a dataset of all terms in all topics.
    terms = tuple(term for (term,) in connection.execute(f"SELECT DISTINCT term FROM {_LISTED} ORDER BY term"))
    numbers = {term: number for number, term in enumerate(terms)}
    distr = np.zeros((len(topic_ids), len(terms)), dtype=np.float32)
    corpus, saliency = np.full(len(terms), np.nan), np.full(len(terms), np.nan)
    counts, document_counts = np.zeros(len(terms), dtype=np.int64), np.zeros(len(terms), dtype=np.int64)
    rows = connection.execute(f"SELECT topic, {', '.join(_LISTED_COLUMNS)} FROM {_LISTED}")
    for topic, term, probability, lift, count, n_documents, listed_saliency in rows:
        number = numbers[term]
        distr[places[topic], number] = known = min(max(probability or 0.0, 0.0), 1.0)
        if known and lift and lift > 0:
            corpus[number] = min(known / lift, 1.0)
        counts[number] += max(count or 0, 0)
        document_counts[number] = max(document_counts[number], n_documents or 0)
        saliency[number] = np.nan if listed_saliency is None else listed_saliency
    weights = topic_weights(connection, topic_ids)
    corpus = np.where(np.isnan(corpus), weights @ distr, corpus)
    return TopicWords(FROM_TOPIC_TERMS, topic_ids, weights, terms, distr, corpus, counts, document_counts, saliency)


def _columns(connection: sqlite3.Connection, columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(f"SELECT {columns} FROM topics ORDER BY topic")]
