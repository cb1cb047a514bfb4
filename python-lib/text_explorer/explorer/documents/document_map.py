"""Documents on a map: where each stands, by topic, and which of them meet the filters."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import numpy as np

from text_explorer.explorer.documents.selection import Selection, selected_rows
from text_explorer.explorer.documents.similar import described_documents
from text_explorer.explorer.index.reader import ROW, IndexReader, read_report
from text_explorer.explorer.shared.errors import NotFoundError

MOST_DRAWN = 50_000
_LARGEST = 65_535
NO_TOPIC = -1


def document_map(index: IndexReader, selection: Selection) -> dict[str, Any]:
    """Return the documents to be drawn.

    At most `MOST_DRAWN`, evenly spaced in the dataset; with filters, at least half of them are kept for documents that
    match, as far as there are so many.

    Returns
    -------
    dict
        ``points``: base64 of little-endian arrays ``x``, ``y`` (uint16, 0 to 65535 for -1 to 1), ``topic`` (int32,
        final topic), ``row`` (int32) and ``matches`` (uint8); ``n`` of all documents, ``n_placed`` on the map,
        ``n_drawn``, ``n_matching`` (placed ones that meet the filters) and ``n_matching_drawn``; ``islands`` and
        ``quality`` as `loading.vectors.islands` returns them.

    Raises
    ------
    NotFoundError
        Where there are no vectors, with what to do, or too many topics.
    """
    facts = read_report(index.connection, "vectors")
    if index.vectors is None:
        raise NotFoundError(facts.get("reason") or "The documents are still being read; the map follows.")
    if facts["no_map"]:
        raise NotFoundError(facts["no_map"])
    places = index.vectors.places
    placed = index.rows_cache.get("placed", lambda: np.flatnonzero(~np.isnan(places[:, 0])).astype(ROW))
    rows = selected_rows(index, selection)
    matching = placed if rows is None else np.intersect1d(placed, rows, assume_unique=True)
    others = placed[:0] if rows is None else np.setdiff1d(placed, matching, assume_unique=True)
    drawn = evenly(matching, max(MOST_DRAWN // 2, MOST_DRAWN - len(others)))
    around = evenly(others, MOST_DRAWN - len(drawn))
    both = np.concatenate([around, drawn])
    finals = np.array([index.edits.final_of(topic) for topic in range(index.edits.n_topics)] + [NO_TOPIC])
    topics = index.documents.topic[both]
    known = np.where(topics < index.edits.n_topics, finals[np.minimum(topics, index.edits.n_topics)], topics)
    on_grid = np.rint((np.clip(places[both], -1, 1) + 1) / 2 * _LARGEST)
    matches = np.repeat([0, 1], [len(around), len(drawn)])
    arrays = {
        "x": on_grid[:, 0].astype("<u2"), "y": on_grid[:, 1].astype("<u2"), "topic": known.astype("<i4"),
        "row": both.astype("<i4"), "matches": matches.astype("u1"),
    }  # fmt: skip
    return {
        "points": {name: b64encode(array.tobytes()).decode("ascii") for name, array in arrays.items()},
        "n": index.documents.n_rows, "n_placed": len(placed), "n_drawn": len(both),
        "n_matching": len(matching), "n_matching_drawn": len(drawn),
        "islands": [{**island, "topic": index.edits.final_of(island["topic"])} for island in facts["islands"]],
        "quality": facts["quality"],
    }  # fmt: skip


def evenly(rows: np.ndarray, most: int) -> np.ndarray:
    """Return at most so many rows, evenly spaced."""
    if len(rows) <= most:
        return rows
    return rows[np.arange(most) * len(rows) // most] if most > 0 else rows[:0]


def document_on_map(index: IndexReader, row: int) -> dict[str, Any]:
    """Return what is shown of a document that the pointer is on: ``key``, ``title``, ``topic`` and ``excerpt``."""
    index.check_row(row)
    return described_documents(index, [{"row": row}])[0]
