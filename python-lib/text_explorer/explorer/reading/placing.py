"""Put documents into the topics that splits and moves by hand give them, by the rules of 'Assign topics'."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from functools import partial

import numpy as np

from text_explorer.errors import DataError, SettingsError
from text_explorer.explorer.index.opener import Placement
from text_explorer.explorer.index.reader import IndexReader
from text_explorer.explorer.index.topic_shares import unpack_shares
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.reading.model_cache import ModelCache
from text_explorer.explorer.shared.current_edits import CurrentEdits
from text_explorer.topics.edits.splits import Split, follow_splits

_STILL_READING = "Sub-topics and documents moved by hand are shown once all documents have been read."
_NO_MODEL = "Sub-topics are not shown, as their documents cannot be found without the model."


class DocumentPlacer:
    """Places documents by the edits; the words of the documents of split topics are read with the model, once."""

    def __init__(self, model: ModelCache):
        self._model = model
        self._lock = threading.Lock()

    def __call__(self, edits: CurrentEdits) -> Placement:
        """Return the placement that edits need; raise `NotReadyError` while the model they need is being loaded."""
        if not edits.splits and not edits.moves:
            return lambda index: index
        if not edits.splits:
            return partial(self._placed, model=None)
        try:
            return partial(self._placed, model=self._model.get())
        except (DataError, SettingsError) as fault:
            sentence = f"{_NO_MODEL} {fault}"
            return lambda index: replace(index, edits=index.edits.without_splits(sentence))

    def _placed(self, index: IndexReader, model: LoadedModel | None) -> IndexReader:
        edits, documents = index.edits, index.documents
        if not index.is_complete:
            return replace(index, edits=edits.without_splits(_STILL_READING))
        version = edits.version
        with self._lock:  # the first of several requests reads the texts
            moved = index.rows_cache.get(("moved", version), lambda: moved_rows(index))
            topics = index.rows_cache.get(("placed", version), lambda: _topics(index, moved, model))
            probability = index.rows_cache.get(("placed probability", version), lambda: _probability(index, moved))
        return replace(
            index,
            documents=replace(documents, topic=topics, probability=probability),
            topic_ids=tuple(sorted({*index.topic_ids, *edits.split_from})),
            moved_rows=frozenset(moved[0].tolist()),
        )


def moved_rows(index: IndexReader) -> np.ndarray:
    """Return the rows of the documents moved by hand, and their topics: int64 array of shape (2, n_moved)."""
    by_key = "SELECT row FROM documents WHERE key = ? AND digest = ?"
    by_text = "SELECT row FROM documents WHERE digest = ?"
    targets: dict[int, int] = {}
    # A document with an id is found by its id and its text, which comes before one found by its text alone.
    for document, topic in sorted(index.edits.moves.items(), key=lambda move: move[0].key is not None):
        digest = bytes.fromhex(document.digest)
        values = (digest,) if document.key is None else (document.key, digest)
        for row in index.connection.execute(by_text if document.key is None else by_key, values):
            targets[row["row"]] = topic
    return np.array(sorted(targets.items()), dtype=np.int64).reshape(-1, 2).T


def _topics(index: IndexReader, moved: np.ndarray, model: LoadedModel | None) -> np.ndarray:
    """Return the topic of each document, int32: a sub-topic in place of a split topic."""
    edits = index.edits
    topics = index.documents.topic.astype(np.int64)
    topics[moved[0]] = moved[1]
    if not edits.splits or model is None:
        return topics.astype(np.int32)
    final_topic = edits.final_topic.astype(np.int64)
    placed = follow_splits(topics, final_topic, edits.splits, partial(_sub_topics, index, model))
    is_split = (topics >= 0) & np.isin(final_topic[topics], list(edits.splits))
    return np.where(is_split, placed, topics).astype(np.int32)


def _sub_topics(index: IndexReader, model: LoadedModel, split: Split, rows: np.ndarray) -> np.ndarray:
    """Return the sub-topics of documents, computed again only where the documents of the topic have changed."""
    from text_explorer.explorer.reading.document_words import bags_of_rows  # noqa: PLC0415 - see load_model

    digest = hashlib.blake2b(np.ascontiguousarray(rows).tobytes(), digest_size=16).digest()
    key = ("sub-topics", split.ids, digest)
    return index.rows_cache.get(key, lambda: split.topics_of(bags_of_rows(index, rows, model)))


def _probability(index: IndexReader, moved: np.ndarray) -> np.ndarray:
    """Return the probability of each document's topic, of moved ones that of their new topic as the model has it."""
    probability = np.array(index.documents.probability)
    finals = np.array([index.edits.whole_of(topic) for topic in range(index.edits.n_topics)])
    for row, topic in moved.T.tolist():
        known = unpack_shares(index.rows([row], "shares")[row]["shares"])
        of_topic = known[finals[: len(known)] == finals[topic]]
        probability[row] = of_topic.sum() if len(of_topic) else np.nan
    return probability
