"""Documents like one document by meaning: those whose vectors are nearest, see `index.document_vectors`."""

from __future__ import annotations

from typing import Any, Optional

import numpy as np

from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.documents.similar import MOST_SIMILAR, described_documents, similar_documents
from text_explorer.explorer.index.document_vectors import largest
from text_explorer.explorer.index.reader import IndexReader

BY_MEANING, BY_TOPICS = "meaning", "topics"
_FIRST, _MOST = 64, 4_096
"""Nearest documents whose texts are compared at first, and at most, to collapse copies."""
DIGITS = 2


def documents_like(index: IndexReader, row: int, selection: Selection) -> dict[str, Any]:
    """Return the documents most similar to one, among those that meet the filters.

    By the cosine of their vectors, where the document has one; else as `similar_documents`.

    Returns
    -------
    dict
        As `similar_documents`, with ``by``, `BY_MEANING` or `BY_TOPICS`; ``why`` not by meaning, a sentence, else None;
        ``among``, the number of documents that meet the filters, None without a filter. Of texts that are repeated the
        first is listed, with ``n_same`` others.

    Raises
    ------
    NotFoundError
        Where there is no such document.
    """
    index.check_row(row)
    rows = selected_rows(index, selection)
    among = None if rows is None else len(rows)
    query = None if index.vectors is None else index.vectors.of_row(row)
    if query is None:
        why = None if index.vectors is None else "This document has no embedding, so documents are compared by topics."
        return {**similar_documents(index, row, rows), "by": BY_TOPICS, "why": why, "among": among}
    entries, n_copies = _nearest(index, row, query, rows)
    return {
        "documents": described_documents(index, entries),
        "n_copies": n_copies, "by": BY_MEANING, "why": None, "among": among,
    }  # fmt: skip


def _nearest(
    index: IndexReader, row: int, query: np.ndarray, rows: Optional[np.ndarray]
) -> tuple[list[dict[str, Any]], int]:
    """Return the nearest documents of different texts, and how many copies of the text itself are among them."""
    assert index.vectors is not None
    similarities = index.vectors.similarities(query, rows)
    most = _FIRST
    while True:
        near, of_near = largest(similarities, rows, most)
        entries, n_copies = _of_different_texts(index, row, near, of_near)
        if len(entries) >= MOST_SIMILAR or len(near) < most or most >= _MOST:
            return entries[:MOST_SIMILAR], n_copies
        most *= 4


def _of_different_texts(
    index: IndexReader, row: int, near: np.ndarray, similarities: np.ndarray
) -> tuple[list[dict[str, Any]], int]:
    digests = digests_of(index, [row, *near.tolist()])
    entries: dict[bytes, dict[str, Any]] = {}
    n_copies = 0
    for other, similarity in zip(near.tolist(), similarities.tolist()):
        if other == row:
            continue
        digest = digests[other]
        if digest == digests[row]:
            n_copies += 1
        elif digest in entries:
            entries[digest]["n_same"] += 1
        else:
            entries[digest] = {"row": other, "similarity": round(similarity, DIGITS), "n_same": 0}
    return list(entries.values()), n_copies


_BATCH = 500


def digests_of(index: IndexReader, rows: list[int]) -> dict[int, bytes]:
    """Return the digest of the text of each of some documents."""
    found = [index.rows(rows[start : start + _BATCH], "digest") for start in range(0, len(rows), _BATCH)]
    return {row: stored["digest"] for batch in found for row, stored in batch.items()}
