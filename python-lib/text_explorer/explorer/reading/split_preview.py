"""Preview a split of a topic before it is saved: sub-topics of its documents, with terms and documents of each."""

from __future__ import annotations

import threading
from typing import Any, NamedTuple

import numpy as np

from text_explorer.corpus.document_term_matrix import Corpus
from text_explorer.explorer.documents.excerpts import excerpts
from text_explorer.explorer.index.reader import IndexReader, RowsCache
from text_explorer.explorer.reading.document_words import bags_of_rows
from text_explorer.explorer.reading.loaded_model import LoadedModel
from text_explorer.explorer.shared.errors import BadRequestError, NotFoundError, NotReadyError
from text_explorer.explorer.shared.parameters import SplitRequest
from text_explorer.topics.edits.fit_split import fit_split, top_terms
from text_explorer.topics.edits.splits import Split

N_EXCERPTS = 3


class _Read(NamedTuple):
    """The words of the documents of the topic that was last asked for: another number of parts needs the same."""

    cache: RowsCache  # of the state of the index they were read from
    rows: np.ndarray
    bags: Corpus


_last: list[_Read] = []
_lock = threading.Lock()


def split_preview(index: IndexReader, model: LoadedModel, request: SplitRequest) -> dict[str, Any]:
    """Find sub-topics of the documents of a topic; the same documents give the same ones.

    Returns
    -------
    dict
        ``n_documents`` of the topic; ``parts``, for each sub-topic ``label``, ``top_terms``, ``n_documents`` that would
        belong to it, and ``excerpts`` of three that belong to it most clearly; ``split``, the value of the edit that
        makes them.

    Raises
    ------
    NotFoundError, BadRequestError, NotReadyError
        Where there is no such topic, it cannot be split, or documents are still being read.
    DataError
        Where no sub-topics are found.
    """
    topic = request.topic
    if topic not in index.topic_ids:
        raise NotFoundError(f"There is no topic {topic} in the data.")
    if topic in index.edits.splits or index.edits.final_of(topic) != topic:
        raise BadRequestError(f"Topic {topic} is split or merged into another topic already.")
    if not index.is_complete:
        raise NotReadyError("A topic can be split once all documents have been read. Please wait a moment.")
    rows = np.flatnonzero(np.isin(index.documents.topic, index.edits.members_of(topic)))
    with _lock:  # of two requests the second finds the words read
        bags = _bags(index, rows, model)
    split = fit_split(bags, request.n_parts)
    return {"topic": topic, "n_documents": len(rows), "parts": _parts(index, rows, bags, split), "split": _value(split)}


def _bags(index: IndexReader, rows: np.ndarray, model: LoadedModel) -> Corpus:
    known = _last[0] if _last else None
    if known is None or known.cache is not index.rows_cache or not np.array_equal(known.rows, rows):
        known = _Read(index.rows_cache, rows, bags_of_rows(index, rows, model))
        _last[:] = [known]
    return known.bags


def _parts(index: IndexReader, rows: np.ndarray, bags: Corpus, split: Split) -> list[dict[str, Any]]:
    scores = split.scores(bags)
    ordered = np.sort(scores, axis=1)
    margins, best = ordered[:, -1] - ordered[:, -2], scores.argmax(axis=1)
    found = []
    for part, terms in zip(split.parts, top_terms(split)):
        own = np.flatnonzero(best == part.topic_id)
        clearest = rows[own[np.argsort(-margins[own], kind="stable")[:N_EXCERPTS]]].tolist()
        shown, keys = excerpts(index, clearest, None), index.rows(clearest, "key")
        found.append({
            "label": part.label,
            "top_terms": terms,
            "n_documents": len(own),
            "excerpts": [
                {"row": row, "key": keys[row]["key"], "excerpt": shown[row]["excerpt"]} for row in clearest
            ],
        })  # fmt: skip
    return found


def _value(split: Split) -> dict[str, Any]:
    """Return the value of the edit; saving gives the sub-topics their ids."""
    value = split.as_json()
    for part in value["parts"]:
        del part["topic_id"]
    return value
