"""Write the words of the topics into the webapp's index, so that no request has to touch the model folder.

With a model folder these are all words of its vocabulary; without one, those the dataset of terms lists. p(term|topic)
lies in blocks of some terms with all their topics: one term costs one small block, all of one topic a pass over some
megabytes (20 MB for 100,000 terms in 50 topics).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from scipy.special import rel_entr

from text_explorer.errors import DataError
from text_explorer.explorer.index.schema import FROM_MODEL, TERMS_IN_BLOCK
from text_explorer.explorer.loading.model_words import TopicWords, listed_words, words_of_model
from text_explorer.explorer.loading.rows import IndexWriter, write_report
from text_explorer.explorer.shared.cells import as_object
from text_explorer.explorer.shared.search_syntax import fold
from text_explorer.topics.describing.super_topics import group_topics, super_topic_range
from text_explorer.topics.quality.distances import topic_distances
from text_explorer.topics.storage.manifest import ARRAYS, CORRELATIONS, parse_correlations

# More logarithms than the build should wait for, about ten seconds of them: 300 topics in 100,000 terms.
_MOST_LOGARITHMS = 1_500_000_000
_NAMED_BY = 3
_INSERT = "INSERT INTO vocabulary VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class _Scores:
    """Scores of each term over all topics: arrays of shape (n_terms,)."""

    weight: np.ndarray
    main_place: np.ndarray
    saliency: np.ndarray


def read_vocabulary(writer: IndexWriter) -> None:
    """Read the words of the model, or else those of the dataset of terms, which must be in the index already."""
    words = words_of_model(writer) or listed_words(writer.connection)
    _write_terms(writer, words)
    _write_blocks(writer, words)
    distances = _distances(words)
    _write_matrix(writer, "distances", distances)
    _group_topics(writer, words.topic_ids, distances)
    _write_correlations(writer, words)
    facts = {"source": words.source, "topic_ids": words.topic_ids, "topic_weights": words.topic_weights.tolist()}
    write_report(writer, "vocabulary", facts)
    write_report(writer, "model", _model_facts(writer))


def _model_facts(writer: IndexWriter) -> dict[str, Any]:
    """Note what decides which parts of the page there can be."""
    manifest = writer.source.manifest()
    has_folder = manifest is not None
    return {
        "quality": dict(writer.settings.quality),
        "date_column": writer.settings.date_column,
        "has_folder": has_folder,
        "preparation": as_object(as_object(manifest).get("preparation")),
        "has_arrays": has_folder and ARRAYS in writer.source.model_paths(ARRAYS),
    }


def _write_terms(writer: IndexWriter, words: TopicWords) -> None:
    scores = _score(words)
    listed = np.full(len(words.terms), np.nan) if words.saliency is None else words.saliency
    saliency = np.where(np.isnan(listed), scores.saliency, listed)
    rows = zip(
        range(len(words.terms)),
        words.terms,
        map(fold, words.terms),
        words.counts.tolist(),
        words.document_counts.tolist(),
        _known(saliency),
        _known(words.corpus_probability),
        _known(scores.weight),
        np.array(words.topic_ids or [0])[scores.main_place].tolist(),
    )
    writer.connection.executemany(_INSERT, rows)


def _known(values: np.ndarray) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in values.tolist()]


def _score(words: TopicWords) -> _Scores:
    """Weigh p(term | topic) by p(topic), block by block, for an array of all topics and terms may be large.

    Saliency is p(term) KL(p(topic | term) || p(topic)) in nats, as `topics.terms` has it.
    """
    n_terms = len(words.terms)
    scores = _Scores(np.zeros(n_terms), np.zeros(n_terms, dtype=np.int64), np.zeros(n_terms))
    topic_counts = np.zeros(len(words.topic_ids))
    for part, joint in _joint(words):
        sums = joint.sum(axis=1)
        # Of terms that are only listed, topics that do not list them have the rest.
        scores.weight[part] = sums if words.source == FROM_MODEL else np.fmax(sums, words.corpus_probability[part])
        scores.main_place[part] = joint.argmax(axis=1) if joint.size else 0
        topic_counts += _shares(joint, scores.weight[part]).T @ words.counts[part]
    if not topic_counts.sum():  # a foreign dataset without counts: how often a term occurs is not known
        scores.saliency[:] = np.nan
        return scores
    total, of_topics = float(words.counts.sum()), topic_counts / topic_counts.sum()
    for part, joint in _joint(words):
        shares = _shares(joint, scores.weight[part])
        divergence = rel_entr(shares, of_topics * (shares > 0)).sum(axis=1)
        scores.saliency[part] = np.maximum(words.counts[part] / total * divergence, 0)
    return scores


def _joint(words: TopicWords) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield p(term | topic) p(topic) of some terms at a time, each of shape (n_terms of the part, n_topics)."""
    n_at_once = 4_096
    for first in range(0, len(words.terms), n_at_once):
        part = slice(first, first + n_at_once)
        yield part, words.topic_term_distr[:, part].T * words.topic_weights


def _shares(joint: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return np.divide(joint, weight[:, None], out=np.zeros_like(joint), where=weight[:, None] > 0)


def _write_blocks(writer: IndexWriter, words: TopicWords) -> None:
    distr = words.topic_term_distr
    blocks = (
        (number, np.ascontiguousarray(distr[:, first : first + TERMS_IN_BLOCK].T, dtype=np.float32).tobytes())
        for number, first in enumerate(range(0, distr.shape[1], TERMS_IN_BLOCK))
    )
    writer.connection.executemany("INSERT INTO term_blocks VALUES (?, ?)", blocks)


def _distances(words: TopicWords) -> np.ndarray:
    """Return the distances of the topics; for very many topics and terms, by the most probable terms."""
    distr = np.asarray(words.topic_term_distr, dtype=np.float64)
    n_topics, n_terms = distr.shape
    n_affordable = 2 * _MOST_LOGARITHMS // max(n_topics**2, 1)
    if n_terms > n_affordable:
        distr = distr[:, np.sort(np.argsort(-distr.max(axis=0), kind="stable")[:n_affordable])]
    sums = distr.sum(axis=1, keepdims=True)
    distr = np.divide(distr, sums, out=np.zeros_like(distr), where=sums > 0)
    return topic_distances(distr)


def _group_topics(writer: IndexWriter, topic_ids: list[int], distances: np.ndarray) -> None:
    """Group the topics of older versions again where they left one or two super-topics for many topics.

    Each is named by the best term of its three most frequent topics. Model folders of this version name the
    super-topics of their topics, which stay as they are: edits and 'Assign topics' refer to them.
    """
    manifest, connection = writer.source.manifest(), writer.connection
    stored = "SELECT count(DISTINCT parent), count(parent) FROM topics"
    n_groups, n_grouped = connection.execute(stored).fetchone()
    if not n_grouped or n_groups >= super_topic_range(len(topic_ids))[0] or (manifest or {}).get("topic_parents"):
        return
    groups: dict[int, list[int]] = {}
    for topic, parent in zip(topic_ids, group_topics(distances).parents.tolist()):
        groups.setdefault(parent, []).append(topic)
    by_size = "SELECT top_terms FROM topics WHERE topic IN (%s) ORDER BY n_documents DESC, topic"
    for parent, members in groups.items():
        marks = ",".join("?" * len(members))
        best = [json.loads(terms)[:1] for (terms,) in connection.execute(by_size % marks, members)]
        label = ", ".join(dict.fromkeys(chain.from_iterable(best[:_NAMED_BY]))) or f"Super-topic {parent}"
        rows = [(parent, label, topic) for topic in members]
        connection.executemany("UPDATE topics SET parent = ?, parent_label = ? WHERE topic = ?", rows)


def _write_correlations(writer: IndexWriter, words: TopicWords) -> None:
    """Write the correlations of the topics, which newer model folders hold."""
    content = writer.source.model_file(CORRELATIONS) if words.source == FROM_MODEL else None
    if content is None:
        return
    try:
        matrix = parse_correlations(content, len(words.topic_ids), writer.settings.model.get("model_id"))
    except DataError as fault:
        writer.notes.append(f"Related topics are not shown. {fault}")
    else:
        _write_matrix(writer, "correlations", matrix)


def _write_matrix(writer: IndexWriter, name: str, matrix: np.ndarray) -> None:
    content = np.ascontiguousarray(matrix, dtype=np.float32).tobytes()
    writer.connection.execute("INSERT INTO topic_matrices VALUES (?, ?)", (name, content))
